"""Working days as tables over ordinals: every question is one or two look-ups."""

from array import array
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate, compress

import attrs

from revisit_policy.errors import OutsideCalendarError
from revisit_policy.values.dates import Date, from_ordinal

_day_of = lru_cache(maxsize=8192)(from_ordinal)


@attrs.frozen(eq=False, repr=False)
class DayTable:
    """Which days of an unbroken stretch are working days.

    Args:
        first: Ordinal of the first day.
        flags: One byte a day: 1 if it is a working day, else 0.
        ranks: Beside each day, the number of working days from the first day to it, both inclusive.
        days: Ordinals of the working days.
    """

    first: int
    flags: bytes
    ranks: "array[int]"
    days: "array[int]"

    @classmethod
    def of(cls, first: Date, last: Date, *, is_working: Callable[[int], bool]) -> "DayTable":
        """The table of the days from *first* to *last*, both inclusive.

        Args:
            first: The first day.
            last: The last day.
            is_working: Asked once about each day's ordinal.
        """
        ordinals = range(first.toordinal(), last.toordinal() + 1)
        flags = bytes(map(is_working, ordinals))
        return cls(ordinals.start, flags, array("l", accumulate(flags)), array("l", compress(ordinals, flags)))

    def is_working(self, day: Date) -> bool:
        """Whether *day* is a working day."""
        return self.flags[self._place(day)] == 1

    def rank(self, day: Date) -> int:
        """The number of working days up to *day*, inclusive."""
        return self.ranks[self._place(day)]

    def after(self, day: Date, count: int) -> Date:
        """The working day number *count* after *day*, which is not counted; *count* is above zero."""
        place = self.ranks[self._place(day)] + count - 1
        if place >= len(self.days):
            raise self.outside(from_ordinal(self.first + len(self.flags)))
        return _day_of(self.days[place])

    def before(self, day: Date) -> Date:
        """The last working day before *day*, given that *day* is none."""
        place = self.ranks[self._place(day)] - 1
        if place < 0:
            raise self.outside(from_ordinal(self.first - 1))
        return _day_of(self.days[place])

    def outside(self, day: Date) -> OutsideCalendarError:
        """The error for a *day* that the table does not have."""
        last = self.first + len(self.flags) - 1
        return OutsideCalendarError(day=day, first=from_ordinal(self.first), last=from_ordinal(last))

    def _place(self, day: Date) -> int:
        place = day.toordinal() - self.first
        if 0 <= place < len(self.flags):
            return place
        raise self.outside(day)
