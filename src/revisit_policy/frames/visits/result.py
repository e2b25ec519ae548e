"""What comes of the next visit, in columns: by which means it is made and when its result is due, as `planning.errand` says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

import attrs

from revisit_policy.frames.columns.day_columns import chosen, lowest, or_missing, where_it
from revisit_policy.frames.expressions.expression import Expression, Highest, Points
from revisit_policy.frames.expressions.truth import Flag, in_column
from revisit_policy.frames.outputs.outcome_columns import place
from revisit_policy.frames.visits.days.plan_days import PlanDays
from revisit_policy.frames.visits.days.result_days import working_day_numbers
from revisit_policy.frames.visits.joint import Joint
from revisit_policy.frames.visits.means import highest_only
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart


@attrs.frozen(kw_only=True, eq=False)
class VisitResult:
    """How the next visit is made, and the days on which its result can be expected."""

    method: Expression
    officers: Expression
    earliest: Expression
    expected: Expression
    latest: Expression

    @classmethod
    def of(cls, joint: Joint, days: PlanDays, *, officers: tuple[int, ...], red_days: int | None) -> VisitResult:
        """What comes of the *joint* visit; each method takes its *officers*, and the result of an answer to a red signal its *red_days*."""
        put = days.stages.put
        methods = _methods(joint, days, count=len(officers))
        usual, longest, most = _working_days(joint, days, highest_only(methods), red_days=red_days)
        numbers = working_day_numbers(days.calendar, days.years, most=most)
        first_day = put(chosen(joint.opens >= days.on, joint.opens, days.on))
        return cls(
            method=put(place(methods).fill_null(0)),
            officers=put(_officers(methods, officers)),
            earliest=numbers.after(first_day, usual, days.stages),
            expected=numbers.after(joint.due, usual, days.stages),
            latest=numbers.after(joint.closes, longest, days.stages),
        )


def _officers(methods: tuple[Flag, ...], officers: tuple[int, ...]) -> Expression:
    """The most *officers* that any of the *methods* that are asked for takes."""
    counts = sorted(set(officers))
    asked = {count: either(flag for flag, takes in zip(methods, officers, strict=True) if takes >= count) for count in counts}
    more = ((in_column(asked[count]), count - least) for least, count in pairwise(counts))
    return Points(tuple(more), counts[0])


def _methods(joint: Joint, days: PlanDays, *, count: int) -> tuple[Flag, ...]:
    """For every method, where something that the visit serves asks for it."""
    return tuple(
        days.stages.put_flag(either(both((serves, each.means.methods[place])) for serves, each in zip(joint.serves, joint.pending, strict=True)))
        for place in range(count)
    )


def _working_days(joint: Joint, days: PlanDays, thorough: tuple[Flag, ...], *, red_days: int | None) -> tuple[Expression, Expression, int]:
    """Working days from the visit to its result, usually and at the longest, and the most that there can be.

    If a red signal is answered the preliminary finding waits for nothing but the report on that; what comes after it is the same.
    """
    put = days.stages.put
    needed = _needed(joint, days, thorough)
    usual, longest = _of_one_day({part: flag for part, flag in needed.items() if part.leads_to is ResultDay.PRELIMINARY}, put, least=1)
    if red_days is not None:
        answers_red = days.stages.put_flag(
            either(serves for serves, each in zip(joint.serves, joint.pending, strict=True) if each.is_red)
        )
        usual, longest = (put(chosen(answers_red, red_days, taken)) for taken in (usual, longest))
    for later in _later(needed):
        more, most_more = _of_one_day(later, put, least=0)
        usual, longest = put(usual + more), put(longest + most_more)
    return usual, longest, (red_days or 1) + sum(max(0, part.working_days) for part in needed)


def _later(needed: Mapping[TurnaroundPart, Flag]) -> Iterator[dict[TurnaroundPart, Flag]]:
    """The steps after the finding, those of each day by themselves; in one where none shortens the others, which comes to the same."""
    later = {part: flag for part, flag in needed.items() if part.leads_to is not ResultDay.PRELIMINARY}
    days = tuple(ResultDay) if any(part.working_days < 0 for part in later) else (None,)
    for day in days:
        of_day = {part: flag for part, flag in later.items() if day in (None, part.leads_to)}
        if any(flag is not False for flag in of_day.values()):
            yield of_day


def _of_one_day(needed: Mapping[TurnaroundPart, Flag], put: Callable[[Expression], Expression], *, least: int) -> tuple[Expression, Expression]:
    """Working days of the steps *needed*, usually and at the longest, never fewer than the *least*."""
    usually = put(_total((part, flag) for part, flag in needed.items() if not part.is_contingent))
    with_all = put(_total(needed.items()))
    can_be_less = least > 0 or any(part.working_days < 0 for part in needed)
    usual = put(chosen(usually >= least, usually, least)) if can_be_less else usually
    return usual, put(Highest((usual, with_all)))


def _total(needed: Iterable[tuple[TurnaroundPart, Flag]]) -> Expression:
    return Points(tuple((in_column(flag), part.working_days) for part, flag in needed if flag is not False and part.working_days))


def _needed(joint: Joint, days: PlanDays, thorough: tuple[Flag, ...]) -> dict[TurnaroundPart, Flag]:
    """Where each step is needed: all that is served has its own, but one visit has one report, that of what leads."""
    flagged = days.stages.put_flag
    parts = dict.fromkeys(part for each in joint.pending for part in each.means.parts)
    leads = _leading(joint, days, thorough) if any(part.is_report for part in parts) else joint.serves
    found: dict[TurnaroundPart, Flag] = {}
    for part in parts:
        where = leads if part.is_report else joint.serves
        found[part] = flagged(either(both((flag, each.means.parts.get(part, False))) for flag, each in zip(where, joint.pending, strict=True)))
    return found


def _leading(joint: Joint, days: PlanDays, thorough: tuple[Flag, ...]) -> list[Flag]:
    """For every obligation, where it asks for the most *thorough* method that anything does, and is the first to do so."""
    put, flagged = days.stages.put, days.stages.put_flag
    most = tuple(map(flagged, thorough))
    asking = [
        flagged(both((serves, either(both(pair) for pair in zip(most, each.means.methods, strict=True)))))
        for serves, each in zip(joint.serves, joint.pending, strict=True)
    ]
    first = put(or_missing(lowest(where_it(flag, day) for flag, day in zip(asking, joint.deadlines, strict=True))))
    found: list[Flag] = []
    ahead: list[Flag] = []
    for flag, day in zip(asking, joint.deadlines, strict=True):
        is_first = flagged(both((flag, (day == first).fill_null(value=False))))
        found.append(both((is_first, inverse(either(ahead)))))
        ahead.append(is_first)
    return found
