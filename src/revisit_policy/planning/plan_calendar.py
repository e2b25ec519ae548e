"""A calendar of working days as a plan asks it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from weakref import WeakValueDictionary

import attrs

from revisit_policy.errors import OutsideCalendarError
from revisit_policy.outcomes.obligations.timing import Within
from revisit_policy.values.dates import Date, add_months, from_ordinal, month_end
from revisit_policy.values.working_days import Basis, WorkCalendar

_FRIDAY = 4
# A book of loans asks about the same few thousand days over and over.
_remembered = lru_cache(maxsize=2**12)
_day = _remembered(from_ordinal)
months_after = _remembered(add_months)


@attrs.frozen(kw_only=True, eq=False)
class PlanCalendar:
    """A calendar that refuses no question, and leaves alone the days that it has not confirmed.

    Counts of working days go on provisionally beyond the confirmed days, and from Monday to Friday where the calendar
    has no answer at all. Calendar days are moved to a working day only where they are confirmed.

    Args:
        origin: The calendar that it stands for.
        calendar: The provisional calendar.
        confirmed_from: The first confirmed day.
        confirmed_to: The last one, inclusive.
        token: What stands for it in the keys of memories that are not to keep it.
    """

    origin: WorkCalendar
    calendar: WorkCalendar
    confirmed_from: Date
    confirmed_to: Date
    token: object = attrs.field(factory=object, init=False)

    @cached_property
    def day(self) -> Callable[[Date], object]:
        """What stands for a day of this calendar in the keys of memories that are not to keep it."""
        return lru_cache(maxsize=64)(_token_of)

    @classmethod
    def of(cls, calendar: WorkCalendar) -> PlanCalendar:
        """What a plan asks instead of *calendar*: for equal calendars the same object, as long as it is in use."""
        edition = calendar.edition
        found = _in_use.get(edition)
        if found is None or (found.origin is not calendar and found.origin != calendar):
            first, last = calendar.confirmed
            found = _in_use[edition] = cls(origin=calendar, calendar=calendar.provisional(), confirmed_from=first, confirmed_to=last)
        return found

    def basis(self, first: Date, last: Date) -> Basis:
        """`CONFIRMED` if every day from *first* to *last* is."""
        return Basis.CONFIRMED if self.confirmed_from <= first and last <= self.confirmed_to else Basis.PROVISIONAL

    # Each answer is kept by the calendar itself, in functions that do not hold it: it is freed as soon as nobody asks it.

    @cached_property
    def forward(self) -> Callable[[Date], Date]:
        """The first working day on or after a day; the day itself if it is not confirmed."""
        first, last, working_from = self.confirmed_from, self.confirmed_to, self.working_from

        @_remembered
        def forward(day: Date) -> Date:
            return working_from(day) if first <= day <= last else day

        return forward

    @cached_property
    def back(self) -> Callable[[Date], Date]:
        """The last working day up to a day; the day itself if it or that day is not confirmed."""
        first, last, roll_back = self.confirmed_from, self.confirmed_to, self.calendar.roll_back

        @_remembered
        def back(day: Date) -> Date:
            if not first <= day <= last:
                return day
            try:
                return roll_back(day)
            except OutsideCalendarError:
                return day

        return back

    @cached_property
    def working_from(self) -> Callable[[Date], Date]:
        """The first working day on or after a day, confirmed or not."""
        roll_forward = self.calendar.roll_forward

        @_remembered
        def working_from(day: Date) -> Date:
            try:
                return roll_forward(day)
            except OutsideCalendarError:
                return day if day.weekday() <= _FRIDAY else _weekday_after(day, 1)

        return working_from

    @cached_property
    def after(self) -> Callable[[Date, int], Date]:
        """The working day that comes so many working days, at least 1, after a day that is not counted, confirmed or not."""
        add_working_days = self.calendar.add_working_days

        @_remembered
        def after(day: Date, working_days: int) -> Date:
            try:
                return add_working_days(day, working_days)
            except OutsideCalendarError:
                return _weekday_after(day, working_days)

        return after

    @cached_property
    def each_after(self) -> Callable[[Date, tuple[int, ...]], tuple[Date, ...]]:
        """The working days that come so many working days each, never fewer than the one before, after a day, as `after` tells them."""
        after = self.after

        @_remembered
        def each_after(day: Date, counts: tuple[int, ...]) -> tuple[Date, ...]:
            if counts[0] == counts[-1]:  # of the results of most visits the four days are one
                return (after(day, counts[0]),) * len(counts)
            return tuple([after(day, count) for count in counts])

        return each_after


#: The calendars that somebody is planning with, by edition: none is kept here that nobody else keeps.
_in_use: WeakValueDictionary[str, PlanCalendar] = WeakValueDictionary()


def _token_of(_day: Date) -> object:
    return object()


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


def counted_from(within: Within, since: Date, *, calendar: PlanCalendar) -> Date | None:
    """The day that comes the days or months of *within* after *since*; ``None`` if it counts none but the month itself."""
    if within.working_days is not None:
        return calendar.after(since, within.working_days)
    if within.days is not None:
        return day_after(since, within.days)
    return months_after(since, within.months) if isinstance(within.months, int) else None


def last_day_within(within: Within, since: Date, *, calendar: PlanCalendar) -> Date:
    """The last day, inclusive, of the time that is left from the day *since*: counted from it, or the end of its month if that comes first."""
    counted = counted_from(within, since, calendar=calendar)
    if counted is not None and not within.same_month:
        return counted
    ends = month_end(since)
    return ends if counted is None else min(ends, counted)
