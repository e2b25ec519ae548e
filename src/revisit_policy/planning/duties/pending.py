"""Something that has to be done, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce
from operator import attrgetter
from typing import Final

import attrs

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.duty import Duty
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.planned_visit import planned_visit
from revisit_policy.planning.raw_bounds import day_to_aim_at
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date

_opens = attrgetter("opens")

#: By what all that is pending is served: its deadline, then the order of its kind.
deadline_of: Final[Callable[[Pending], tuple[Date, int]]] = attrgetter("deadline")


@attrs.frozen(eq=False)  # shared between plans, and a key in them
class Pending:
    """A duty that has not been met, and the window it is to be met within.

    Args:
        duty: What is to be done.
        window: When, seen from the day of the plan.
        is_projection: Whether it rests on a visit or a valuation that is still to be made.
        deadline: By what all that is pending is served: its deadline, then the order of its kind.
    """

    duty: Duty
    window: Window
    is_projection: bool = attrs.field(default=False, kw_only=True)
    deadline: tuple[Date, int] = attrs.field(init=False)

    @deadline.default
    def _its_deadline(self) -> tuple[Date, int]:
        return self.window.missed_on or self.window.closes, self.duty.kind.order


@attrs.frozen(kw_only=True, eq=False)  # shared between plans, and a key in them
class Joint:
    """One visit that meets several duties.

    Its kind and its closing are those of the first, its opening is the last of theirs, its method the most thorough.

    Args:
        served: What it meets.
        errand: What it is made for, and how.
        visit: The visit, as long as nothing is looked after besides.
    """

    served: tuple[Pending, ...]
    errand: Errand
    visit: Revisit

    @property
    def window(self) -> Window:
        """When it is made."""
        return self.visit.window

    def about(self, errand: Errand, *, today: Today) -> Revisit:
        """The visit that is made for an *errand* that looks after more."""
        key = (self, errand)
        found: Revisit | None = today.memory.visits.find(key)
        if found is None:
            made = planned_visit(errand, self.window, is_projection=self.visit.is_projection, today=today)
            found = today.memory.visits.keep(key, made)
        return found


def joined(served: Sequence[Pending], *, today: Today) -> Joint:
    """The one visit that meets all of *served*; most visits of a book are those of other loans, made for the same duties on the same days.

    Args:
        served: At least one, the earliest deadline first, all of them open when the first one closes.
        today: The day of the plan.
    """
    key = tuple(served)
    found: Joint | None = today.memory.joints.kept.get(key) or today.memory.joints.find(key)
    return today.memory.joints.keep(key, _joined(key, today)) if found is None else found


def _joined(served: tuple[Pending, ...], today: Today) -> Joint:
    errand = reduce(partial(Errand.together_with, memory=today.memory), [each.duty.errand for each in served])
    window = served[0].window if len(served) == 1 else _shared_window(served, today=today)
    is_projection = all(each.is_projection for each in served)
    return Joint(served=served, errand=errand, visit=planned_visit(errand, window, is_projection=is_projection, today=today))


def _shared_window(served: Sequence[Pending], *, today: Today) -> Window:
    first = served[0].window
    latest = max([each.window for each in served], key=_opens)
    if latest.opens == first.opens:
        return first
    return Window(
        opens=latest.opens,
        due=max(day_to_aim_at(latest.opens, first.closes, calendar=today.calendar), today.soonest),
        closes=first.closes,
        opens_because=(*latest.opens_because, BoundReason.SHARED_VISIT),
        closes_because=first.closes_because,
        basis=today.calendar.basis(latest.opens, first.closes),
        missed_on=first.missed_on,
    )
