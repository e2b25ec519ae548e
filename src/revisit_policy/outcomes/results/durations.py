"""How long results have taken: what the visits of the past say about the limits of the next."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import attrs

from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.turnaround import ResultDay
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.validation import checked, fault, several
from revisit_policy.values.working_days import WorkCalendar

_RESULTS: Final = Phrase("若干已完成回访的结果（Result）", "several results of visits that were made, each a Result")
_HALF, _NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)


@attrs.frozen(kw_only=True)
class StageDurations:
    """How long one of the days of results has taken, in working days from the day before it or, of the first, from the visit.

    Args:
        day: Which.
        working_days: The durations observed, the shortest first.
        in_time: How many of those that have come came by their limit, or whose limit has passed without them.
        due: How many have come, or should have.
    """

    day: ResultDay
    working_days: tuple[int, ...]
    in_time: int
    due: int

    def percentile(self, share: Fraction) -> int | None:
        """The least duration that at least this *share* of all observed do not exceed: nearest-rank, always one that was observed.

        Args:
            share: Above 0, at most 1.

        Returns:
            Whole working days; ``None`` if nothing has been observed.
        """
        count = len(self.working_days)
        rank = -(-share.numerator * count // share.denominator)
        return self.working_days[max(rank, 1) - 1] if count else None

    @property
    def median(self) -> int | None:
        """Half of all took no longer; ``None`` if nothing has been observed."""
        return self.percentile(_HALF)

    @property
    def ninth_tenth(self) -> int | None:
        """Nine in ten took no longer; ``None`` likewise."""
        return self.percentile(_NINE_TENTHS)

    @property
    def on_time(self) -> Fraction | None:
        """The share that came by its limit, of all that have come or should have; ``None`` if there are none."""
        return Fraction(self.in_time, self.due) if self.due else None


@attrs.frozen(kw_only=True)
class Durations:
    """How long the results of visits have taken, day by day.

    It is made of results as they stand, so that it is a value that a bank keeps and signs: what it says can take the place of a proposal
    in the figures of a rulebook.

    Args:
        stages: One for each of the four days, in their order.
    """

    stages: tuple[StageDurations, ...]

    @classmethod
    def of(cls, results: Iterable[Result], calendar: WorkCalendar) -> Durations:
        """What *results* of visits that were made say; what a policy did not ask for, and what has not come, has no duration.

        Args:
            results: As `result_of` tells them, each once.
            calendar: The working days that durations are counted in.

        Raises:
            InvalidValueError: If an argument is of another kind, or a result is that of a visit to come.
            OutsideCalendarError: If the calendar has no answer for a day.

        Examples:
            >>> from revisit_policy.values.cn_notices import CHINA
            >>> Durations.of([], CHINA).stage("told").median is None
            True
        """
        expected = Phrase("工作日历", "a calendar of working days")
        days = checked(calendar, WorkCalendar, field="calendar", expected=expected)
        given = [_made(result) for result in several(results, field="results", expected=_RESULTS)]
        return cls(stages=tuple(_observed(day, given, calendar=days) for day in ResultDay))

    def stage(self, day: ResultDay | str) -> StageDurations:
        """What is observed of one of the four days, or of the one with this code.

        Raises:
            UnknownNameError: If there is none.
        """
        return self.stages[ResultDay.parse(day).severity]


def _made(result: Result) -> Result:
    known = checked(result, Result, field="results", expected=_RESULTS)
    if known.progress is None:
        raise fault("results", "a visit to come", _RESULTS)
    return known


def _observed(day: ResultDay, results: list[Result], *, calendar: WorkCalendar) -> StageDurations:
    found: list[int] = []
    in_time = due = 0
    for result in results:
        stage = result.stage(day)
        if not stage.is_asked or stage.starts_on is None:
            continue
        if stage.reached_on is not None:
            taken = _between(stage.starts_on, stage.reached_on, calendar=calendar)
            found.append(taken)
            in_time += taken <= stage.longest
        due += stage.reached_on is not None or stage.is_late
    return StageDurations(day=day, working_days=tuple(sorted(found)), in_time=in_time, due=due)


def _between(first: Date, last: Date, *, calendar: WorkCalendar) -> int:
    """Working days after *first* up to *last*, inclusive."""
    return sum(calendar.is_working(from_ordinal(day)) for day in range(first.toordinal() + 1, last.toordinal() + 1))
