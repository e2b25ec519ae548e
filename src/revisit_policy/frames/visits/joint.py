"""The next visit in columns: of all that is pending the first to close, with all that is open by then, as `planning.plan` says."""

from __future__ import annotations

from itertools import groupby

import attrs

from revisit_policy.frames.columns.day_columns import chosen, highest, is_from, is_known, lowest, or_missing, where_it
from revisit_policy.frames.expressions.expression import Expression, Highest, Lowest, Points
from revisit_policy.frames.expressions.truth import Flag, in_column
from revisit_policy.frames.visits.days.plan_days import PlanDays
from revisit_policy.frames.visits.pending import Pending
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.values.labels import Labelled


@attrs.frozen(kw_only=True, eq=False)
class Joint:
    """What is pending, and of it what the next visit serves.

    Args:
        pending: The obligations, of which those with one deadline are met in this order.
        deadlines: The last day to meet each of them; nothing left can be met before the first working day.
        serves: Where the visit meets each of them.
        earliest: The first of their closings; null where nothing is pending.
        kind: The place of the kind of the visit, that of the first to close.
        opens: The first day of the visit.
        due: The day to aim at.
        closes: The last day.
        is_missed: Where the first closing has passed.
        is_due: Where there is a visit up to the horizon.
    """

    pending: tuple[Pending, ...]
    deadlines: tuple[Expression, ...]
    serves: tuple[Flag, ...]
    earliest: Expression
    kind: Expression
    opens: Expression
    due: Expression
    closes: Expression
    is_missed: Flag
    is_due: Flag

    @classmethod
    def of(cls, pending: tuple[Pending, ...], days: PlanDays, *, until: Expression, kinds: tuple[Labelled, ...]) -> Joint:
        """The next visit that meets some of what is *pending*, if it is to be made by the day *until*; places are those of *kinds*."""
        put, flagged = days.stages.put, days.stages.put_flag
        earliest = put(or_missing(lowest(where_it(each.exists, each.closes) for each in pending)))
        first = put(_deadline(earliest, days))
        deadlines = tuple(put(_deadline(each.closes, days)) for each in pending)
        closes = put(chosen(is_from(earliest, days.soonest), earliest, days.soonest))
        serves = _served(pending, _of_the_first(pending, deadlines, first=first, days=days), closes=closes, days=days)
        opens = put(or_missing(highest(_opening(pending, serves, days))))
        aimed = put(Lowest((closes, Highest((opens, days.back(days.halfway(opens, closes)))))))
        is_missed = flagged((earliest < days.on).fill_null(value=False))
        return cls(
            pending=pending,
            deadlines=deadlines,
            serves=serves,
            earliest=earliest,
            kind=put(_kind(pending, deadlines, first=first, kinds=kinds)),
            opens=opens,
            due=put(chosen(is_from(aimed, days.soonest), aimed, days.soonest)),
            closes=closes,
            is_missed=is_missed,
            is_due=flagged(both((is_known(earliest), either((is_missed, closes <= until))))),
        )


def _deadline(closes: Expression, days: PlanDays) -> Expression:
    """The closing, or the first working day there is if none is left before it."""
    return chosen(both(((closes >= days.on).fill_null(value=False), (closes < days.soonest).fill_null(value=False))), days.soonest, closes)


def _of_the_first(pending: tuple[Pending, ...], deadlines: tuple[Expression, ...], *, first: Expression, days: PlanDays) -> tuple[Flag, ...]:
    """For each of what is *pending* that shares no visit, where it is the *first*; nobody asks that of the others if all share theirs."""
    if all(each.kind.joins for each in pending):
        return ()
    found: list[Flag] = []
    for each, deadline in zip(pending, deadlines, strict=True):
        is_first = both((each.exists, (deadline == first).fill_null(value=False)))
        found.append(days.stages.put_flag(both((is_first, inverse(either(found))))))
    return tuple(found)


def _served(pending: tuple[Pending, ...], alone: tuple[Flag, ...], *, closes: Expression, days: PlanDays) -> tuple[Flag, ...]:
    """Where the visit meets each: all that is open by the time the first one *closes*, but what shares no visit by itself."""
    flagged = days.stages.put_flag
    is_open = [each.exists if each.has_begun else both((each.exists, (each.opens <= closes).fill_null(value=False))) for each in pending]
    if not alone:
        return tuple(map(flagged, is_open))
    shared = flagged(inverse(either(flag for each, flag in zip(pending, alone, strict=True) if not each.kind.joins)))
    return tuple(
        flagged(both((flag, shared)) if each.kind.joins else is_first) for each, flag, is_first in zip(pending, is_open, alone, strict=True)
    )


def _opening(pending: tuple[Pending, ...], serves: tuple[Flag, ...], days: PlanDays) -> list[Expression | None]:
    """The first days of all that is served; of several that one stands for the last, moved to a working day once for all of them."""
    several = [where_it(flag, each.latest) for each, flag in zip(pending, serves, strict=True) if each.latest is not None]
    latest = highest(several)
    moved = None if latest is None else days.forward(days.stages.put(latest))
    return [*(where_it(flag, each.opens) for each, flag in zip(pending, serves, strict=True) if each.latest is None), moved]


def _kind(pending: tuple[Pending, ...], deadlines: tuple[Expression, ...], *, first: Expression, kinds: tuple[Labelled, ...]) -> Expression:
    """The kind of what closes first, of those with one deadline the one that comes first."""
    places: list[tuple[Expression, int]] = []
    ahead: list[Flag] = []
    for kind, members in groupby(zip(pending, deadlines, strict=True), key=lambda each: each[0].kind.kind):
        earliest = lowest(where_it(each.exists, deadline) for each, deadline in members)
        is_first: Flag = False if earliest is None else (earliest == first).fill_null(value=False)
        place = kinds.index(kind) if kind in kinds else 0
        places.append((in_column(both((is_first, inverse(either(ahead))))), place))
        ahead.append(is_first)
    return Points(tuple(each for each in places if each[1]))
