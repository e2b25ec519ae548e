"""What a calendar answers about every day of a stretch of time, by a list of its working days.

The calendar is asked for one working day after the other and for nothing else: each of its other answers counts in that list. A day
that it has no answer about is one of Monday to Friday, as in `PlanCalendar`.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import Final

import attrs

from revisit_policy.errors import OutsideCalendarError
from revisit_policy.frames.expressions.day_steps import number_of, rank_of, weekday_at
from revisit_policy.frames.visits.days.exceptions import Exceptions
from revisit_policy.planning.plan_calendar import PlanCalendar, day_after
from revisit_policy.values.dates import Date

#: Calendars and stretches of which the working days are kept.
_MEMORY: Final = 8

#: The first day that a case file can name.
_FIRST: Final = Date(1900, 1, 1)

#: The working days after a stretch are listed so many at a time, so that most counts share one list.
_AT_A_TIME: Final = 64


@attrs.frozen(kw_only=True, eq=False)
class WorkingDays:
    """The working days of a stretch of time and some after it, as a calendar names them one after the other.

    Args:
        start: The number of the first day of which the calendar has an answer.
        days: The numbers of the working days from then on, in order.
    """

    start: int
    days: tuple[int, ...]

    @classmethod
    def of(cls, calendar: PlanCalendar, first: Date, last: Date, *, most: int) -> WorkingDays | None:
        """Those from *first* to *last*, and the *most* working days after that, as far as there are answers; ``None`` if there are none."""
        start = _first_answered(calendar, first, last)
        if start is None:
            return None
        found = [number_of(start)] if calendar.calendar.is_working(start) else []
        day, left = start, most
        while left:
            try:
                day = calendar.calendar.add_working_days(day, 1)
            except OutsideCalendarError:
                break
            found.append(number_of(day))
            left -= day > last
        return cls(start=number_of(start), days=tuple(found))


def _first_answered(calendar: PlanCalendar, first: Date, last: Date) -> Date | None:
    day = first
    while day <= last:
        try:
            calendar.calendar.add_working_days(day, 1)
            calendar.calendar.is_working(day)
        except OutsideCalendarError:
            day = day_after(day, 1)
        else:
            return day
    return None


@attrs.frozen(kw_only=True, eq=False)
class AnsweredDays:
    """A calendar's answers about the *days* of a stretch.

    Args:
        days: The numbers of the days.
        ranks: What the rule of Monday to Friday says of each; see `day_steps.rank_of`.
        upto: How many *working* days there are up to each, itself included; -1 where the calendar has no answer.
        working: The working days of the stretch, and some after it.
        confirmed: The days of which the answer is final.
    """

    days: range
    ranks: tuple[int, ...]
    upto: tuple[int, ...]
    working: tuple[int, ...]
    confirmed: range

    @classmethod
    def of(cls, calendar: PlanCalendar, *, last_year: int, working_days: int = 1) -> AnsweredDays:
        """Those of all days that a plan asks about to the end of its *last_year*, for counts of up to so many *working_days*."""
        return _answered(calendar, last_year, -(-working_days // _AT_A_TIME) * _AT_A_TIME)

    def forward(self) -> Exceptions:
        """Where the first working day on or after a day is not the first from Monday to Friday; see `PlanCalendar.forward`."""
        days = self.confirmed
        return Exceptions.of(days, answers=map(self._working_from, days), ruled=[weekday_at(rank_of(day - 1) + 1) for day in days])

    def back(self) -> Exceptions:
        """The same of the last working day up to a day; see `PlanCalendar.back`."""
        days = self.confirmed
        return Exceptions.of(days, answers=map(self._back, days), ruled=[weekday_at(rank_of(day)) for day in days])

    def after(self, working_days: int) -> Exceptions:
        """The same of the day that comes so many *working_days* after a day; see `PlanCalendar.after`."""
        return Exceptions.of(self.days, answers=self._after(working_days), ruled=self._ruled(working_days))

    def settled_after(self, working_days: int) -> Exceptions:
        """The same of that day moved back to a working day, but to none before the day that is counted from."""
        moved = ((day, self._back(after)) for day, after in zip(self.days, self._after(working_days), strict=True))
        return Exceptions.of(
            self.days, answers=[back if back >= day else self._working_from(day) for day, back in moved], ruled=self._ruled(working_days)
        )

    def _ruled(self, working_days: int) -> list[int]:
        return [weekday_at(rank + working_days) for rank in self.ranks]

    def _after(self, working_days: int) -> list[int]:
        working, more = self.working, working_days - 1
        known = len(working) - more
        return [working[upto + more] if 0 <= upto < known else weekday_at(rank + working_days) for upto, rank in zip(self.upto, self.ranks, strict=True)]

    def _back(self, day: int) -> int:
        upto = self.upto[day - self.days.start] if day in self.confirmed else 0
        return self.working[upto - 1] if upto > 0 else day

    def _working_from(self, day: int) -> int:
        at = bisect_left(self.working, day)
        is_answered = at < len(self.working) and self.upto[day - self.days.start] >= 0
        return self.working[at] if is_answered else weekday_at(rank_of(day - 1) + 1)


@lru_cache(maxsize=_MEMORY)
def _answered(calendar: PlanCalendar, last_year: int, most: int) -> AnsweredDays:
    first, last = calendar.confirmed_from, max(Date(last_year, 12, 31), calendar.confirmed_to)
    reach = 2 * most + 7  # of days before, counted from Monday to Friday, what they come to may still be moved within the confirmed ones
    first = day_after(first, -reach) if _begins_confirmed(calendar) else min(first, _FIRST)
    days = range(number_of(first), number_of(last) + 1)
    found = WorkingDays.of(calendar, first, last, most=most)
    start, working = (days.stop, ()) if found is None else (found.start, found.days)
    is_working = frozenset(working)
    counts = accumulate(day in is_working for day in range(start, days.stop))
    return AnsweredDays(
        days=days,
        ranks=tuple(map(rank_of, days)),
        upto=(*(-1 for _ in range(days.start, start)), *counts),
        working=working,
        confirmed=range(number_of(calendar.confirmed_from), number_of(calendar.confirmed_to) + 1),
    )


def _begins_confirmed(calendar: PlanCalendar) -> bool:
    """Whether the calendar has no answer before its first confirmed day."""
    try:
        calendar.calendar.is_working(day_after(calendar.confirmed_from, -1))
    except OutsideCalendarError:
        return True
    return False
