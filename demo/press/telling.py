"""The press room's two years put together: all its deeds, to be told among the others in their order of time."""

from demo.folder import read
from demo.press.briefings import briefing_deeds
from demo.press.desk import HOUR, OPENED, Deed, Desk
from demo.press.enquiries import enquiry_deeds
from demo.press.house import house_deeds
from demo.press.register import register_deeds
from demo.press.releases import releases, statements


def press_deeds(desk: Desk) -> list[Deed]:
    """Registers first: a release names people, a seat is a journalist's."""
    written = read("press.toml")
    opened = desk.days.moment(OPENED)
    said = statements(desk)
    texts = [*releases(desk, written["contact"]), *said]
    return [
        *house_deeds(desk, written, opened),
        *register_deeds(desk, opened + HOUR),
        *(deed for text in texts for deed in text.deeds()),
        *briefing_deeds(desk),
        *enquiry_deeds(desk, said),
    ]
