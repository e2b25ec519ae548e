"""Something that has to be done, and when."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce
from operator import attrgetter

import attrs

from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.duty import Duty
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.raw_bounds import day_to_aim_at
from revisit_policy.planning.today import Today

_opens = attrgetter("opens")


@attrs.frozen
class Pending:
    """A duty that has not been met, and the window it is to be met within.

    Args:
        duty: What is to be done.
        window: When.
        is_projection: Whether it rests on a visit or a valuation that is still to be made.
    """

    duty: Duty
    window: Window
    is_projection: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(kw_only=True)
class Joint:
    """One visit that meets several duties.

    Its kind and its closing are those of the first, its opening is the last of theirs, its method the most thorough.

    Args:
        duties: What it meets.
        errand: What it is made for, and how.
        window: When it is made.
        is_projection: Whether all of it rests on a visit or a valuation that is still to be made.
    """

    duties: tuple[Duty, ...]
    errand: Errand
    window: Window
    is_projection: bool


def joined(served: Sequence[Pending], *, today: Today) -> Joint:
    """The one visit that meets all of *served*.

    Args:
        served: At least one, the earliest deadline first, all of them open when the first one closes.
        today: The day of the plan.
    """
    if len(served) == 1:
        (one,) = served
        return Joint(duties=(one.duty,), errand=one.duty.errand, window=one.window, is_projection=one.is_projection)
    return Joint(
        duties=tuple(each.duty for each in served),
        errand=reduce(partial(Errand.together_with, memory=today.memory), [each.duty.errand for each in served]),
        window=_shared_window(served, today=today),
        is_projection=all(each.is_projection for each in served),
    )


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
