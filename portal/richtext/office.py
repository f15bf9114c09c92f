"""What a word processor leaves in pasted text and no reader should meet."""

import re

from portal.richtext.tokens import Start, Token

_OFFICE = re.compile(r"class=.?Mso|mso-|<o:p|urn:schemas-microsoft-com", re.IGNORECASE)
_LIST_MARK = re.compile(
    r"<!(?:--)?\[if !supportLists\](?:--)?>((?:[^<]|<(?!!)){0,1000}?)<!(?:--)?\[endif\](?:--)?>",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:<[^>]*>|&nbsp;|\s|[·•▪◦§oØüv–-])*")


def is_office(html: str) -> bool:
    """Whether Word or one of its kin wrote this."""
    return bool(_OFFICE.search(html))


def without_bullets(html: str) -> str:
    """The text without the bullet glyphs Word types before its list paragraphs; their numbers stay."""
    return _LIST_MARK.sub(lambda mark: "" if _BULLET.fullmatch(mark[1]) else mark[1], html)


def without_proofing_language(token: Token) -> Token:
    """The token without Word's `lang`.

    Word writes its spelling checker's language on every piece of text, in capitals, whatever the text is.
    """
    if not isinstance(token, Start) or not token.attributes.get("lang", "")[:2].isupper():
        return token
    return Start(token.name, {name: value for name, value in token.attributes.items() if name != "lang"})
