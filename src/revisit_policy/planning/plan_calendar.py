"""A calendar of working days as a plan asks it."""

from __future__ import annotations

from functools import lru_cache

import attrs

from revisit_policy.errors import OutsideCalendarError
from revisit_policy.values.dates import Date, add_months, from_ordinal
from revisit_policy.values.working_days import Basis, WorkCalendar

_FRIDAY = 4
# A book of loans asks about the same few thousand days over and over.
_remembered = lru_cache(maxsize=2**15)
_day = _remembered(from_ordinal)
months_after = _remembered(add_months)


@attrs.frozen(kw_only=True, eq=False)
class PlanCalendar:
    """A calendar that refuses no question, and leaves alone the days that it has not confirmed.

    Counts of working days go on provisionally beyond the confirmed days, and from Monday to Friday where the calendar
    has no answer at all. Calendar days are moved to a working day only where they are confirmed.

    Args:
        calendar: The provisional calendar.
        confirmed_from: The first confirmed day.
        confirmed_to: The last one, inclusive.
    """

    calendar: WorkCalendar
    confirmed_from: Date
    confirmed_to: Date

    @classmethod
    def of(cls, calendar: WorkCalendar) -> PlanCalendar:
        """What a plan asks instead of *calendar*; the same object as long as its edition stays the same."""
        return _plan_calendar(calendar, calendar.edition)

    def basis(self, first: Date, last: Date) -> Basis:
        """`CONFIRMED` if every day from *first* to *last* is."""
        return Basis.CONFIRMED if self.confirmed_from <= first and last <= self.confirmed_to else Basis.PROVISIONAL

    @_remembered
    def forward(self, day: Date) -> Date:
        """The first working day on or after *day*; *day* itself if it is not confirmed."""
        return self.working_from(day) if self.confirmed_from <= day <= self.confirmed_to else day

    @_remembered
    def back(self, day: Date) -> Date:
        """The last working day up to *day*; *day* itself if it or that day is not confirmed."""
        if not self.confirmed_from <= day <= self.confirmed_to:
            return day
        try:
            return self.calendar.roll_back(day)
        except OutsideCalendarError:
            return day

    @_remembered
    def working_from(self, day: Date) -> Date:
        """The first working day on or after *day*, confirmed or not."""
        try:
            return self.calendar.roll_forward(day)
        except OutsideCalendarError:
            return day if day.weekday() <= _FRIDAY else _weekday_after(day, 1)

    @_remembered
    def after(self, day: Date, working_days: int) -> Date:
        """The working day number *working_days* after *day*, confirmed or not.

        Args:
            day: It is not counted itself.
            working_days: At least 1.
        """
        try:
            return self.calendar.add_working_days(day, working_days)
        except OutsideCalendarError:
            return _weekday_after(day, working_days)


@lru_cache(maxsize=32)
def _plan_calendar(calendar: WorkCalendar, _edition: str) -> PlanCalendar:
    first, last = calendar.confirmed
    return PlanCalendar(calendar=calendar.provisional(), confirmed_from=first, confirmed_to=last)


def _weekday_after(day: Date, count: int) -> Date:
    ordinal = day.toordinal()
    for _ in range(count):
        ordinal += 1
        while (ordinal - 1) % 7 > _FRIDAY:  # ordinal 1 was a Monday
            ordinal += 1
    return from_ordinal(ordinal)


def day_after(day: Date, days: int) -> Date:
    """The day that comes *days* calendar days after *day*; before it if they are below zero."""
    return _day(day.toordinal() + days)


def halfway(first: Date, last: Date) -> Date:
    """The day in the middle of two, the earlier of two such days."""
    return _day((first.toordinal() + last.toordinal()) // 2)
