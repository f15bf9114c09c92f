"""Who gets a seat: one for each outlet before a second for any, in the order they asked."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pressroom.models import Attendance, Briefing


@dataclass
class Hall:
    """The seats of one briefing. `taken` and `caps` by outlet; `kept` outlets are invited and have no seat yet."""

    capacity: int | None
    usual_cap: int
    caps: dict[int, int] = field(default_factory=dict)
    taken: Counter[int] = field(default_factory=Counter)
    invited: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, briefing: Briefing) -> "Hall":
        invitations = list(briefing.invitations.all())
        seated = briefing.attendances.seated().values_list("journalist__outlet", flat=True)
        return cls(
            briefing.capacity, briefing.outlet_cap,
            {each.outlet_id: each.seats for each in invitations if each.seats is not None},
            Counter(seated), {each.outlet_id for each in invitations},
        )  # fmt: skip

    @property
    def free(self) -> float:
        return float("inf") if self.capacity is None else self.capacity - self.taken.total()

    def cap(self, outlet: int) -> int:
        return self.caps.get(outlet, self.usual_cap)

    def has_room(self, outlet: int) -> bool:
        """A seat is free, and the outlet has not had its share."""
        return self.free > 0 and self.taken[outlet] < self.cap(outlet)

    def has_room_unasked(self, outlet: int) -> bool:
        """Without a person deciding: an outlet's second seat leaves one for each invited outlet that has none."""
        kept = sum(1 for each in self.invited if not self.taken[each] and self.cap(each) > 0)
        return self.has_room(outlet) and (not self.taken[outlet] or self.free > kept)

    def take(self, outlet: int) -> None:
        self.taken[outlet] += 1


def fair(hall: Hall, waiting: Iterable[Attendance]) -> list[Attendance]:
    """Those of the waiting (in the order they asked) who would get the seats that are free. Changes nothing."""
    return _dealt(hall, waiting, Hall.has_room)


def unasked(hall: Hall, waiting: Iterable[Attendance]) -> list[Attendance]:
    """Those who get a seat without a person deciding. Changes nothing."""
    return _dealt(hall, waiting, Hall.has_room_unasked)


def _dealt(
    hall: Hall, waiting: Iterable[Attendance], has_room: Callable[[Hall, int], bool]
) -> list[Attendance]:
    hall = Hall(hall.capacity, hall.usual_cap, hall.caps, Counter(hall.taken), hall.invited)
    left, dealt = list(waiting), []
    while open_to := [each for each in left if has_room(hall, each.journalist.outlet_id)]:
        # min() keeps the order they asked in among outlets with equally many seats.
        chosen = min(open_to, key=lambda each: hall.taken[each.journalist.outlet_id])
        hall.take(chosen.journalist.outlet_id)
        left.remove(chosen)
        dealt.append(chosen)
    return dealt
