"""The days of one plan: which are working days, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from revisit_policy.errors import OutsideCalendarError
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.working_days import Basis, WorkCalendar

_FRIDAY = 4


@attrs.frozen(kw_only=True)
class PlanDays:
    """A calendar as a plan asks it: never refusing, and leaving alone what is not confirmed.

    Counts of working days go on provisionally beyond the confirmed days, and from Monday to Friday where the calendar
    has no answer at all. Calendar days are moved to a working day only where that day is confirmed.

    Args:
        calendar: The provisional calendar.
        soonest: The first working day on or after the day of the plan.
        confirmed_from: The first confirmed day.
        confirmed_to: The last one, inclusive.
    """

    calendar: WorkCalendar
    soonest: Date
    confirmed_from: Date
    confirmed_to: Date

    @classmethod
    def of(cls, calendar: WorkCalendar, *, on: Date) -> PlanDays:
        """The days of a plan made on the day *on*."""
        provisional = calendar.provisional()
        first, last = calendar.confirmed
        return cls(calendar=provisional, soonest=_working_from(provisional, on), confirmed_from=first, confirmed_to=last)

    def basis(self, first: Date, last: Date) -> Basis:
        """`CONFIRMED` if every day from *first* to *last* is."""
        return Basis.CONFIRMED if self.confirmed_from <= first and last <= self.confirmed_to else Basis.PROVISIONAL

    def forward(self, day: Date) -> Date:
        """The first working day on or after *day*; *day* itself if it is not confirmed."""
        return self._moved(day, self.calendar.roll_forward)

    def back(self, day: Date) -> Date:
        """The last working day up to *day*; *day* itself if it is not confirmed."""
        return self._moved(day, self.calendar.roll_back)

    def working_from(self, day: Date) -> Date:
        """The first working day on or after *day*, confirmed or not."""
        return _working_from(self.calendar, day)

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

    def _moved(self, day: Date, move: Callable[[Date], Date]) -> Date:
        if not self.confirmed_from <= day <= self.confirmed_to:
            return day
        try:
            return move(day)
        except OutsideCalendarError:
            return day


def _working_from(calendar: WorkCalendar, day: Date) -> Date:
    try:
        return calendar.roll_forward(day)
    except OutsideCalendarError:
        return day if day.weekday() <= _FRIDAY else _weekday_after(day, 1)


def _weekday_after(day: Date, count: int) -> Date:
    ordinal = day.toordinal()
    for _ in range(count):
        ordinal += 1
        while (ordinal - 1) % 7 > _FRIDAY:  # ordinal 1 was a Monday
            ordinal += 1
    return from_ordinal(ordinal)
