"""Reading an automatic reply: is somebody away, or gone, and who is written to instead?

The words are a stranger's: little of them is read, nothing is followed, and what is found is only proposed to a person.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from portal.accounts.refusal import Refused
from portal.directory.emails import sendable
from portal.languages.folding import fold
from portal.mailing.models import Delivery, Returned

Says = Returned.Says

LONGEST, ADDRESSES = 20_000, 50  # letters read, addresses looked at
#: How far before an address the words may stand that send us there.
NEAR = 80


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{phrase})\b" for phrase in phrases))


#: Looked for in this order, in words without diacritics: “I have left the ministry” is clear, “has left” may be for a holiday.
WORDINGS = (
    (Says.LEFT, _any_of(
        "retired", "no longer the",
        r"no longer (?:with|at|work(?:s|ing)?|employed|serv\w+|responsible|in charge|in (?:use|the|this)|valid|active|monitored)",
        "left (?:my|his|her|their|the|this) (?:post|position|job|ministry|embassy|mission|consulate|department|company|agency)",
        "left (?:my|his|her|their|the|this) (?:organi[sz]ation|institution|service)",
        "(?:ended|end of|finished|completed?) (?:my|his|her|their) (?:mission|term|tour|assignment|posting|duties)",
        "(?:transferred|reassigned|moved) to (?:a|an|the|another|our)",
        "(?:da|duoc|vua|moi) (?:nghi huu|nghi viec|thoi viec|chuyen cong tac|chuyen sang)",
        "(?:da|vua|moi) roi (?:khoi )?(?:vi tri|co quan|dai su quan|bo)",
        "khong con (?:cong tac|lam viec|phu trach|dam nhiem|giu|su dung|o vi tri|la)",
        "(?:ket thuc|het|hoan thanh) nhiem ky",
    )),
    (Says.AWAY, _any_of(
        "out of (?:the )?office",
        "on (?:[a-z]+ )?(?:leave|holidays?|vacation|mission)",
        "(?:annual|sick|maternity|parental) leave",
        "(?:away|absent) (?:from|until|on|for)",
        "(?:currently|am|is) (?:away|absent|travell?ing)",
        "business trip",
        "nghi (?:phep|le|thai san|om|mat|tet|he)",
        "vang mat", "di cong tac", "tam thoi khong", "khong co mat",
    )),
    (Says.LEFT, _any_of(
        "(?:has|have|had) left", "i['’]ve left",
        "new (?:e-?mail|contact|address|person|colleague)",
        "successor", "replaced by",
        "nghi huu", "chuyen cong tac",
        "(?:dia chi|dau moi|email|hop thu|can bo) (?:lien he |phu trach |email |thu )?moi",
        "thay (?:the )?toi",
    )),
)  # fmt: skip
_SENDS_US = re.compile(
    r"\bcontact|\bwrite|\breach|\bsend|\baddress|\bsuccessor|\bmail\b|\blien he|\blien lac|\bgui|\bdia chi|\bdau moi|\bthay"
)
_ADDRESS = re.compile(r"(?<![A-Za-z0-9._+'-])[A-Za-z0-9._+'-]{1,64}@[\w.-]{3,190}")
_NOBODY = re.compile(r"(?i)(no-?reply|do-?not-?reply|postmaster|mailer-daemon)\b")
#: Where a reply begins to repeat the letter it answers.
_REPEATED = re.compile(
    r"(?im)^[ \t]*(?:>|-{2,} ?(?:original|forwarded|thư gốc|tin nhắn gốc)|_{8,}|(?:from|từ|sent|đã gửi): "
    r"|on .{5,120}wrote:|(?:vào|ngày) .{5,120}đã viết:)"
)


@dataclass(frozen=True)
class Reply:
    """What a reply says, and the address it sends us to; "" when it names none, or is only of somebody away."""

    says: Any
    proposed: str = ""


def read(subject: str, text: str, answered: Delivery) -> Reply:
    """What the words mean; those of our own letter, repeated in the answer, do not count."""
    words = f"{subject.replace(answered.message.subject, '')}\n{own_words(text)}"[:LONGEST]
    says = _meaning(fold(words))
    return Reply(says, "" if says == Says.AWAY else _proposed(words, says, answered.email))


def own_words(text: str) -> str:
    """A reply without the letter it answers."""
    text = text[:LONGEST]
    repeated = _REPEATED.search(text)
    return text[: repeated.start()] if repeated else text


def _meaning(folded: str) -> Any:
    return next((says for says, wording in WORDINGS if wording.search(folded)), Says.UNCLEAR)


def _proposed(words: str, says: Any, asked: str) -> str:
    """The first address the words send us to; of one who has left, failing that, the first address at all."""
    found = []
    for match in list(_ADDRESS.finditer(words))[:ADDRESSES]:
        if address := _usable(match.group(), asked):
            before = fold(words[max(0, match.start() - NEAR) : match.start()])
            if _SENDS_US.search(before):
                return address
            found.append(address)
    return found[0] if found and says == Says.LEFT else ""


def _usable(written: str, asked: str) -> str:
    """The address as it can be sent to; "" for ours, for the one that answers, for one that nobody reads."""
    try:
        address = sendable(written.strip(".'-"))
    except Refused:
        return ""
    ours = address.lower().endswith(f"@{settings.MAIL_DOMAIN}")
    return "" if ours or address.lower() == asked.lower() or _NOBODY.match(address) else address
