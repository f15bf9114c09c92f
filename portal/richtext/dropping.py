"""What is never text: scripts, drawings, the choices of a form, whatever stands inside a figure."""

from collections import Counter
from collections.abc import Iterable, Iterator

from portal.richtext.tokens import RAW_TEXT, End, Start, Text, Token

PICTURES = ("canvas", "map", "math", "svg")
PLAYERS = ("applet", "audio", "embed", "object", "video")
FORM_PARTS = ("button", "datalist", "select")
MACHINERY = ("frameset", "head", "template", "xml")
DROPPED = frozenset((*PICTURES, *PLAYERS, *FORM_PARTS, *MACHINERY, *RAW_TEXT))


def kept(stream: Iterable[Token]) -> Iterator[Token]:
    """The stream without dropped elements and without the inside of figures (a figure is only a reference).

    An element that is never closed does not swallow what follows it.
    """
    stream = list(stream)
    closings = Counter(token.name for token in stream if isinstance(token, End))
    dropping, depth = "", 0
    for token in stream:
        name = "" if isinstance(token, Text) else token.name
        if isinstance(token, End):
            closings[name] -= 1
        if dropping:
            depth += _change_of_depth(token, dropping)
            dropping = dropping if depth and closings[dropping] else ""
            continue
        if name not in DROPPED and not (name == "figure" and isinstance(token, End)):
            yield token
        if isinstance(token, Start) and (name in DROPPED or name == "figure") and closings[name]:
            dropping, depth = name, 1


def _change_of_depth(token: Token, name: str) -> int:
    if isinstance(token, Text) or token.name != name:
        return 0
    return 1 if isinstance(token, Start) else -1
