"""Results in columns: the working day that comes so many after a day, where both differ from row to row.

Working days from the day of the plan on are numbered. A day is looked up among the numbers, the working days are added, and
the sum is looked up among the days.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Final

import attrs

from revisit_policy.frames.expressions.day_steps import number_of, rank_of, weekday_at, weekday_rank
from revisit_policy.frames.expressions.expression import Expression, when
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.visits.days.answered_days import WorkingDays
from revisit_policy.frames.visits.days.exceptions import Exceptions
from revisit_policy.planning.plan_calendar import PlanCalendar
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
    found = WorkingDays.of(calendar, first, last, most=most)
    if found is None:
        nothing = Exceptions((), ())
        return WorkingDayNumbers(numbers=nothing, days=nothing, first=0, last=0, is_whole=True)
    working = found.days[found.days[:1] == (found.start,) :]  # after the first day
    base = rank_of(found.start)
    days, numbers = range(found.start, number_of(last) + 1), range(base + 1, base + len(working) + 1)
    return WorkingDayNumbers(
        numbers=Exceptions.of(days, answers=[base + bisect_right(working, day) for day in days], ruled=map(rank_of, days)),
        days=Exceptions.of(numbers, answers=working, ruled=map(weekday_at, numbers)),
        first=found.start,
        last=base + len(working),
        is_whole=found.start == number_of(first) and len(working) >= bisect_right(working, number_of(last)) + most,
    )
