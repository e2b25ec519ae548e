"""Values that are known when a plan is run and not before: what the day of the decision comes to, one value under one name.

A plan holds none of them. So it serves every day, and an engine is handed the values of one as literals.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.values.dates import Date

_EPOCH: Final = dt.date(1970, 1, 1).toordinal()

#: What a plan reads of one day, by name.
Values: TypeAlias = Mapping[str, Any]


@attrs.frozen(kw_only=True)
class Asked:
    """What is known when a plan is run.

    Args:
        on: The decision day.
        until: The last day of the schedule, inclusive; the horizon of the policy if ``None``.
    """

    on: Date
    until: Date | None = None


#: What makes a value of the day that is asked for, and of whatever else it is handed.
Make: TypeAlias = Callable[..., Any]


@attrs.frozen(eq=False)
class Given(Expression):
    """A value that all rows have, by its *name* among those that are handed over when a plan is run."""

    name: str


@attrs.define(eq=False)
class GivenValues:
    """What a plan reads of the day while it is made: no value is here, only what makes it."""

    _names: dict[tuple[Make, tuple[Hashable, ...]], str] = attrs.field(factory=dict)

    def of(self, make: Make, *parts: Hashable) -> Given:
        """The value that *make* comes to for the day and for *parts*."""
        return Given(self._names.setdefault((make, parts), f"given_{len(self._names)}"))

    def number(self, make: Callable[..., Date], *parts: Hashable) -> Given:
        """The day that *make* comes to, as days since 1970."""
        return self.of(_number, make, *parts)

    def day(self, make: Callable[..., Date], *parts: Hashable) -> Given:
        """The day that *make* comes to."""
        return self.of(_day, make, *parts)

    def makers(self) -> Mapping[str, Callable[[Asked], Any]]:
        """What makes every value, by name."""
        return {name: _maker(make, parts) for (make, parts), name in self._names.items()}


def decision_day(asked: Asked) -> Date:
    """The day of the decision."""
    return asked.on


def _maker(make: Make, parts: tuple[Hashable, ...]) -> Callable[[Asked], Any]:
    return lambda asked: make(asked, *parts)


def _number(asked: Asked, make: Callable[..., Date], *parts: Hashable) -> int:
    return make(asked, *parts).toordinal() - _EPOCH


def _day(asked: Asked, make: Callable[..., Date], *parts: Hashable) -> dt.date:
    found = make(asked, *parts)
    return dt.date(found.year, found.month, found.day)
