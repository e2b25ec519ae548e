"""The next visit in columns: of all that is pending the first to close, with all that is open by then, as `planning.plan` says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs

from revisit_policy.frames.columns.day_columns import chosen, highest, is_from, is_known, lowest, or_missing, where_it
from revisit_policy.frames.expressions.expression import Expression, Highest, Lowest, Points
from revisit_policy.frames.expressions.truth import Flag, in_column
from revisit_policy.frames.visits.windows import Pending, Windows
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.outcomes.visit import VisitKind

#: Added to a day number it gives one above zero, which all engines divide alike.
_AHEAD: Final = 200_000


@attrs.frozen(kw_only=True, eq=False)
class Joint:
    """What is pending, and of it what the next visit serves.

    Args:
        pending: The obligations, of which those with one deadline are met in this order: the visits first, the valuation last.
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
    def of(cls, windows: Windows, *, until: Expression) -> Joint:
        """The next visit that *windows* ask for, if it is to be made by the day *until*."""
        days, put, flagged = windows.days, windows.days.stages.put, windows.days.stages.put_flag
        on, soonest = days.on, days.soonest
        visits, triggers, valuation = windows.visits(), tuple(windows.triggers()), windows.valuation()
        pending = (*visits, *triggers, valuation)
        called = lowest(each.closes for each in triggers)  # null where none of them asks
        called = None if called is None else put(called)
        regular = put(or_missing(lowest(where_it(each.exists, each.closes) for each in visits)))
        earliest = put(or_missing(lowest((regular, called, where_it(valuation.exists, valuation.closes)))))
        closes = put(chosen(is_from(earliest, soonest), earliest, soonest))
        deadlines = tuple(put(_deadline(each.closes, on=on, soonest=soonest)) for each in pending)
        is_missed = flagged((earliest < on).fill_null(value=False))
        serves = tuple(each.exists if each in triggers else flagged(_is_open(each, closes)) for each in pending)  # a signal has begun
        opening = [where_it(flag, each.opens) for flag, each in zip(serves, pending, strict=True) if each not in triggers]
        opens = put(or_missing(highest((*opening, windows.latest_signal()))))
        middle = put((opens + closes + 2 * _AHEAD) // 2 - _AHEAD)
        aimed = put(Lowest((closes, Highest((opens, days.back(middle))))))
        return cls(
            pending=pending,
            deadlines=deadlines,
            serves=serves,
            earliest=earliest,
            kind=put(_kind(windows, (regular, called), lambda closes: _is_of_the_first(closes, earliest, on=on, soonest=soonest), visits[1].exists)),
            opens=opens,
            due=put(chosen(is_from(aimed, soonest), aimed, soonest)),
            closes=closes,
            is_missed=is_missed,
            is_due=flagged(both((is_known(earliest), either((is_missed, closes <= until))))),
        )


def _is_open(each: Pending, closes: Expression) -> Flag:
    return both((each.exists, (each.opens <= closes).fill_null(value=False)))


def _deadline(closes: Expression, *, on: Expression, soonest: Expression) -> Expression:
    """The closing, or the first working day there is if none is left before it."""
    return chosen(both(((closes >= on).fill_null(value=False), (closes < soonest).fill_null(value=False))), soonest, closes)


def _is_of_the_first(closes: Expression, earliest: Expression, *, on: Expression, soonest: Expression) -> Flag:
    """Where what *closes* on this day has one deadline with the *earliest*."""
    one, first = (_deadline(each, on=on, soonest=soonest) for each in (closes, earliest))
    return (one == first).fill_null(value=False)


def _kind(windows: Windows, closing: tuple[Expression, Expression | None], is_first: Callable[[Expression], Flag], is_periodic: Flag) -> Expression:
    """The kind of what closes first; of several a visit that is due anyway, else one that a signal asks for."""
    regular, called = closing
    planned, asked = is_first(regular), False if called is None else is_first(called)
    places = {VisitKind.PERIODIC: both((planned, is_periodic)), VisitKind.TRIGGERED: both((inverse(planned), asked))}
    places[VisitKind.REVALUATION] = inverse(either((planned, asked)))
    known = windows.request.words.visited
    start, *others = (known.index(kind) if kind in known else 0 for kind in (VisitKind.FIRST, *places))
    return Points(tuple((in_column(flag), place - start) for flag, place in zip(places.values(), others, strict=True)), start)
