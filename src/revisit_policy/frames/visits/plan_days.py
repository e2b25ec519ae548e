"""Working days in columns: what a calendar answers, as Monday to Friday and the days on which that is not so.

The answers come from the calendar that the single decision asks, one day after the other, and only those are written down
that differ from Monday to Friday: some dozens a year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

import attrs

from revisit_policy.errors import OutsideCalendarError
from revisit_policy.frames.expressions.day_steps import EPOCH, MonthDay, number_of, rank_of, weekday_at, weekday_rank
from revisit_policy.frames.expressions.expression import Expression, Looked, Lowest, when
from revisit_policy.frames.expressions.given import Asked, GivenValues, decision_day
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.values.dates import Date, from_ordinal

#: Calendars, and how many working days, of which the answers are kept.
_MEMORY: Final = 32

#: How many days a year can have.
_YEAR: Final = 366

#: The first day that a case file can name.
_FIRST: Final = Date(1900, 1, 1)


@attrs.frozen(eq=False)
class Exceptions:
    """The whole numbers *keys* for which a rule gives a wrong answer, and what has to be added to it there."""

    keys: tuple[int, ...]
    values: tuple[int, ...]

    @classmethod
    def of(cls, keys: Iterable[int], *, answer: Callable[[int], int], rule: Callable[[int], int]) -> Exceptions:
        """Where and by how much *answer* is not what the *rule* says."""
        off = {key: difference for key in keys if (difference := answer(key) - rule(key))}
        return cls(tuple(off), tuple(off.values()))

    def added_to(self, ruled: Expression, key: Expression) -> Expression:
        """What the rule says of *key*, put right."""
        return ruled + Looked(key, self.keys, self.values) if self.keys else ruled


@attrs.frozen(kw_only=True, eq=False)
class PlanDays:
    """A calendar as `PlanCalendar` answers for it, over columns of day numbers.

    Args:
        calendar: What the single decision asks.
        years: The first and the last year in which working days are counted; a deadline begins in none after the last.
        values: What the plan reads of its day.
        stages: The layers that the answers are computed in.
    """

    calendar: PlanCalendar
    years: tuple[int, int]
    values: GivenValues
    stages: Stages

    @property
    def on(self) -> Expression:
        """The day of the plan."""
        return self.values.number(decision_day)

    @property
    def soonest(self) -> Expression:
        """The first working day from the day of the plan on."""
        return self.values.number(_working_from, self.calendar)

    def forward(self, day: Expression) -> Expression:
        """See `PlanCalendar.forward`; null for null, as all here."""
        found = weekday_at(self.stages.put(weekday_rank(day - 1)) + 1)
        return self._within_confirmed(day, _forward(self.calendar).added_to(found, day))

    def back(self, day: Expression) -> Expression:
        """See `PlanCalendar.back`."""
        found = weekday_at(self.stages.put(weekday_rank(day)))
        return self._within_confirmed(day, _back(self.calendar).added_to(found, day))

    def _within_confirmed(self, day: Expression, moved: Expression) -> Expression:
        first, last = number_of(self.calendar.confirmed_from), number_of(self.calendar.confirmed_to)
        return self.stages.put(when((day >= first) & (day <= last)).then(moved).otherwise(day))

    def after(self, day: Expression, working_days: int) -> Expression:
        """See `PlanCalendar.after`, for a *day* that is not after the day of the plan."""
        found = weekday_at(self.stages.put(weekday_rank(day)) + working_days)
        return self.stages.put(_after(self.calendar, working_days, self.years[1]).added_to(found, day))

    def closing(self, began: Expression, closes: Expression) -> Expression:
        """The last working day up to *closes*, but if that would be before *began*, the first one from then on."""
        rolled = self.back(closes)
        return self.stages.put(when(rolled >= began).then(rolled).otherwise(self.forward(began)))

    def answered_by(self, began: Expression, deadline: Deadline) -> Expression:
        """The last day to answer a signal that *began* on this day, which is not after the day of the plan."""
        if deadline.within_month:
            closes = MonthDay.of(began, self.stages).month_end()
            if deadline.working_days is not None:
                closes = self.stages.put(Lowest((self.after(began, deadline.working_days), closes)))
            return self.closing(began, closes)
        assert deadline.working_days is not None  # noqa: S101 - one that asks for a visit of its own
        found = weekday_at(self.stages.put(weekday_rank(began)) + deadline.working_days)
        return self.stages.put(_settled_after(self.calendar, deadline.working_days, self.years[1]).added_to(found, began))


def _working_from(asked: Asked, calendar: PlanCalendar) -> Date:
    return calendar.working_from(asked.on)


# -- what a calendar answers, looked up once -------------------------------------------------------------------------


def _day(number: int) -> Date:
    return from_ordinal(number + EPOCH)


def _confirmed(calendar: PlanCalendar) -> range:
    return range(number_of(calendar.confirmed_from), number_of(calendar.confirmed_to) + 1)


@lru_cache(maxsize=_MEMORY)
def _forward(calendar: PlanCalendar) -> Exceptions:
    return Exceptions.of(
        _confirmed(calendar),
        answer=lambda number: number_of(calendar.forward(_day(number))),
        rule=lambda number: weekday_at(rank_of(number - 1) + 1),
    )


@lru_cache(maxsize=_MEMORY)
def _back(calendar: PlanCalendar) -> Exceptions:
    return Exceptions.of(
        _confirmed(calendar),
        answer=lambda number: number_of(calendar.back(_day(number))),
        rule=lambda number: weekday_at(rank_of(number)),
    )


def _asked(calendar: PlanCalendar, working_days: int, year: int) -> range:
    """The days up to the end of a *year* of which a calendar may say something else than Monday to Friday."""
    reach = 2 * working_days + 7
    first = number_of(calendar.confirmed_from) - reach if _begins_confirmed(calendar) else number_of(_FIRST)
    return range(first, number_of(Date(year, 12, 31)) + 1)


@lru_cache(maxsize=_MEMORY)
def _begins_confirmed(calendar: PlanCalendar) -> bool:
    """Whether the calendar has no answer before its first confirmed day."""
    try:
        calendar.calendar.is_working(from_ordinal(calendar.confirmed_from.toordinal() - 1))
    except OutsideCalendarError:
        return True
    return False


@lru_cache(maxsize=_MEMORY)
def _after(calendar: PlanCalendar, working_days: int, year: int) -> Exceptions:
    return Exceptions.of(
        _asked(calendar, working_days, year),
        answer=lambda number: number_of(calendar.after(_day(number), working_days)),
        rule=lambda number: weekday_at(rank_of(number) + working_days),
    )


@lru_cache(maxsize=_MEMORY)
def _settled_after(calendar: PlanCalendar, working_days: int, year: int) -> Exceptions:
    def settled(number: int) -> int:
        began = _day(number)
        rolled = calendar.back(calendar.after(began, working_days))
        return number_of(rolled if rolled >= began else calendar.working_from(began))

    return Exceptions.of(_asked(calendar, working_days, year), answer=settled, rule=lambda number: weekday_at(rank_of(number) + working_days))
