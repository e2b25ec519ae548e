"""Results in columns: the working day that comes so many after a day, where both differ from row to row.

Working days from the day of the plan on are numbered. A day is looked up among the numbers, the working days are added, and
the sum is looked up among the days.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Final

import attrs

from revisit_policy.errors import OutsideCalendarError
from revisit_policy.frames.expressions.day_steps import number_of, rank_of, weekday_at, weekday_rank
from revisit_policy.frames.expressions.expression import Expression, when
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.visits.plan_days import Exceptions
from revisit_policy.planning.plan_calendar import PlanCalendar, day_after
from revisit_policy.values.dates import Date

#: Calendars, days and reaches of which the numbers are kept.
_MEMORY: Final = 8


@attrs.frozen(kw_only=True, eq=False)
class WorkingDayNumbers:
    """The working days of a stretch of time, numbered; the first number is the one that Monday to Friday would give.

    Args:
        numbers: Where the number of the last working day up to a day is not that of Monday to Friday.
        days: Where the day of a number is not that of Monday to Friday.
        first: The first day of which the calendar has an answer.
        last: The last number that has a day.
        is_whole: Whether there is an answer for every day and every number that can be asked for.
    """

    numbers: Exceptions
    days: Exceptions
    first: int
    last: int
    is_whole: bool

    def after(self, day: Expression, working_days: Expression, stages: Stages) -> Expression:
        """See `PlanCalendar.after`, for a *day* of the stretch."""
        ruled = stages.put(weekday_rank(day))
        number = stages.put(self.numbers.added_to(ruled, day) + working_days)
        found = self.days.added_to(weekday_at(number), number)
        if not self.is_whole:
            answered = (day >= self.first) & (number <= self.last)
            found = when(answered).then(found).otherwise(weekday_at(ruled + working_days))
        return stages.put(found)


@lru_cache(maxsize=_MEMORY)
def working_day_numbers(calendar: PlanCalendar, years: tuple[int, int], *, most: int) -> WorkingDayNumbers:
    """The numbers of the days of these *years*, both inclusive, of a month more, and of the *most* working days after that."""
    first, last = Date(years[0], 1, 1), Date(years[1] + 1, 1, 31)  # the first working day after the horizon may lie in the next year
    start = _first_answered(calendar, first, last)
    if start is None:
        nothing = Exceptions((), ())
        return WorkingDayNumbers(numbers=nothing, days=nothing, first=0, last=0, is_whole=True)
    found = _working_days(calendar, start, last, most=most)
    base = rank_of(number_of(start))
    return WorkingDayNumbers(
        numbers=Exceptions.of(
            range(number_of(start), number_of(last) + 1), answer=lambda number: base + bisect_right(found, number), rule=rank_of
        ),
        days=Exceptions.of(range(base + 1, base + len(found) + 1), answer=lambda number: found[number - base - 1], rule=weekday_at),
        first=number_of(start),
        last=base + len(found),
        is_whole=start == first and len(found) >= bisect_right(found, number_of(last)) + most,
    )


def _first_answered(calendar: PlanCalendar, first: Date, last: Date) -> Date | None:
    day = first
    while day <= last:
        try:
            calendar.calendar.add_working_days(day, 1)
        except OutsideCalendarError:
            day = day_after(day, 1)
        else:
            return day
    return None


def _working_days(calendar: PlanCalendar, start: Date, last: Date, *, most: int) -> list[int]:
    """The numbers of the working days after *start* up to *last*, and of the *most* after that, as far as there are answers."""
    found: list[int] = []
    day, left = start, most
    while left:
        try:
            day = calendar.calendar.add_working_days(day, 1)
        except OutsideCalendarError:
            break
        found.append(number_of(day))
        left -= day > last
    return found
