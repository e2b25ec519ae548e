"""Something that has to be done, and when."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce
from operator import attrgetter

import attrs

from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.raw_bounds import day_to_aim_at
from revisit_policy.planning.today import Today

_opens = attrgetter("opens")


@attrs.frozen
class Obligation:
    """An errand that is to be done within a window.

    Args:
        errand: What is to be done.
        window: When.
        is_projection: Whether it rests on a visit or a valuation that is still to be made.
    """

    errand: Errand
    window: Window
    is_projection: bool = attrs.field(default=False, kw_only=True)


def joined(served: Sequence[Obligation], *, today: Today) -> Obligation:
    """The one obligation that stands for all of *served*.

    Its kind and its closing are those of the first, its opening is the last of theirs, its method the most thorough.

    Args:
        served: At least one, the earliest deadline first, all of them open when the first one closes.
        today: The day of the plan.
    """
    if len(served) == 1:
        return served[0]
    errand = reduce(partial(Errand.together_with, memory=today.memory), [each.errand for each in served])
    return Obligation(errand, _shared_window(served, today=today), is_projection=all(each.is_projection for each in served))


def _shared_window(served: Sequence[Obligation], *, today: Today) -> Window:
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
