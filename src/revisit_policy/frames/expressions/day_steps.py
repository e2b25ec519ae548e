"""Steps of days in columns: weeks and months of day numbers, by whole numbers alone, which all engines reckon alike.

A day is the number of days since 1970-01-01. Divisions are of numbers above zero only, because below zero engines round
in different ways. Years and months come of a day number by the method known as *days from civil* and *civil from days*:
years begin in March, so that 29 February is the last day of one, and centuries go by fours.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, TypeVar

import attrs

from revisit_policy.frames.expressions.expression import Expression, Lowest, Stepped, expression, when
from revisit_policy.frames.expressions.stages import Stages

Number = TypeVar("Number", int, Expression)

#: The day number 0, as Python counts days.
EPOCH: Final = dt.date(1970, 1, 1).toordinal()

_WEEKS: Final = 10_000
_MONDAY: Final = 3 + 7 * _WEEKS  # added to a day number it gives the days since a Monday long before any loan
_MARCH: Final = 719_468  # added to a day number it gives the days since 1 March of the year 0
_CENTURIES: Final = 146_097  # days of four centuries
_YEARS: Final = 1_461  # days of four years


def number_of(day: dt.date) -> int:
    """The number of a *day*."""
    return day.toordinal() - EPOCH


# -- weeks -----------------------------------------------------------------------------------------------------------


def weekday_rank(day: Expression) -> Expression:
    """How many days from Monday to Friday there are from a Monday long ago to *day*, the first and the last of them left out."""
    since = day + _MONDAY
    week = since // 7
    beyond = since - week * 7 - 4
    return since - week * 2 - when(beyond > 0).then(beyond).otherwise(0)


def weekday_at(rank: Number) -> Number:
    """The day from Monday to Friday of this *rank*, one or a column of them."""
    return rank + rank // 5 * 2 - _MONDAY


def rank_of(day: int) -> int:
    """What `weekday_rank` says of one day."""
    week, weekday = divmod(day + _MONDAY, 7)
    return week * 5 + min(weekday, 4)


# -- months ----------------------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class MonthDay:
    """A day as a month and the days of it that have passed; months are counted from March of the year 0."""

    day: Expression
    month: Expression
    passed: Expression
    stages: Stages

    @classmethod
    def of(cls, day: Expression, stages: Stages) -> MonthDay:
        """The month of *day*."""
        put = stages.put
        since = day + _MARCH
        century = put((since * 4 + 3) // _CENTURIES)
        left = put(since - century * _CENTURIES // 4)
        year = put((left * 4 + 3) // _YEARS)
        day_of_year = put(left - year * _YEARS // 4)
        month = put((day_of_year * 5 + 2) // 153)
        return cls(day, put((century * 100 + year) * 12 + month), put(day_of_year - (month * 153 + 2) // 5), stages)

    def later(self, months: Expression | int) -> Expression:
        """The same day of the month, so many *months* later; the month's last day if it has no such day."""
        month = self.stages.put(self.month + months)
        steps = Lowest((_first_of(month, self.stages) + self.passed, _first_of(month + 1, self.stages) - 1))
        return self.stages.put(Stepped(steps, self.day, expression(months)))

    def month_end(self) -> Expression:
        """The last day of the month."""
        return self.stages.put(Stepped(_first_of(self.month + 1, self.stages) - 1, self.day))


def _first_of(month: Expression, stages: Stages) -> Expression:
    """The first day of a *month* counted from March of the year 0."""
    year = stages.put(month // 12)
    days = year * 365 + year // 4 - year // 100 + year // 400
    return stages.put(days + ((month - year * 12) * 153 + 2) // 5 - _MARCH)
