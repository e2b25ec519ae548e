"""Working days in columns: what a calendar answers, as Monday to Friday and the days on which that is not so.

The answers come from the calendar that the single decision asks, and only those are written down that differ from Monday to
Friday: some dozens a year.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Final, cast

import attrs

from revisit_policy.frames.expressions.day_steps import MonthDay, number_of, weekday_at, weekday_rank
from revisit_policy.frames.expressions.expression import Expression, Lowest, Named, when
from revisit_policy.frames.expressions.given import Asked, GivenValues, decision_day
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.visits.days.answered_days import AnsweredDays
from revisit_policy.frames.visits.days.exceptions import Exceptions
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.obligations.timing import Within
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.values.dates import Date

#: Added to a day number it gives one above zero, which all engines divide alike.
_AHEAD: Final = 200_000

#: Calendars, and how many working days, of which the answers are kept.
_MEMORY: Final = 32


@attrs.frozen(kw_only=True, eq=False)
class PlanDays:
    """A calendar as `PlanCalendar` answers for it, over columns of day numbers.

    Args:
        calendar: What the single decision asks.
        years: The first and the last year in which working days are counted; a deadline begins in none after the last.
        values: What the plan reads of its day.
        stages: The layers that the answers are computed in; what is asked about one column again has been answered.
    """

    calendar: PlanCalendar
    years: tuple[int, int]
    values: GivenValues
    stages: Stages
    _known: dict[tuple[Hashable, ...], Expression] = attrs.field(factory=dict, init=False)

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
        return self._once(day, "forward", self._forward)

    def _forward(self, day: Expression) -> Expression:
        found = weekday_at(self.stages.put(weekday_rank(day - 1)) + 1)
        return self._within_confirmed(day, _forward(self.calendar, self.years[1]).added_to(found, day))

    def back(self, day: Expression) -> Expression:
        """See `PlanCalendar.back`."""
        return self._once(day, "back", self._back)

    def _back(self, day: Expression) -> Expression:
        return self._within_confirmed(day, _back(self.calendar, self.years[1]).added_to(weekday_at(self._rank(day)), day))

    def _within_confirmed(self, day: Expression, moved: Expression) -> Expression:
        first, last = number_of(self.calendar.confirmed_from), number_of(self.calendar.confirmed_to)
        return self.stages.put(when((day >= first) & (day <= last)).then(moved).otherwise(day))

    def after(self, day: Expression, working_days: int) -> Expression:
        """See `PlanCalendar.after`, for a *day* that is not after the day of the plan."""
        exceptions = _after(self.calendar, working_days, self.years[1])
        return self._once(day, working_days, lambda day: exceptions.added_to(weekday_at(self._rank(day) + working_days), day))

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
        found = weekday_at(self._rank(began) + deadline.working_days)
        return self.stages.put(_settled_after(self.calendar, deadline.working_days, self.years[1]).added_to(found, began))

    def _rank(self, day: Expression) -> Expression:
        return self._once(day, "rank", weekday_rank)

    def _once(self, day: Expression, what: Hashable, make: Callable[[Expression], Expression]) -> Expression:
        """*what* is asked of a *day*, computed the first time that it is asked of this column."""
        key = (what, day.name if isinstance(day, Named) else day)
        if key not in self._known:
            self._known[key] = self.stages.put(make(day))
        return self._known[key]

    def halfway(self, first: Expression, last: Expression) -> Expression:
        """The day in the middle of two, the earlier of two such days."""
        return self.stages.put((first + last + 2 * _AHEAD) // 2 - _AHEAD)

    def last_day_within(self, within: Within, since: Expression, *, months: Expression | int | None = None) -> Expression:
        """See `planning.plan_calendar.last_day_within`; *months* are those of the time as rows have them, else as it says them."""
        put = self.stages.put
        counted: Expression | None = None
        if within.working_days is not None:
            counted = self.after(since, within.working_days)
        elif within.days is not None:
            counted = put(since + within.days)
        elif within.months is not None:
            counted = MonthDay.of(since, self.stages).later(cast("int", within.months) if months is None else months)
        if counted is not None and not within.same_month:
            return counted
        ends = MonthDay.of(since, self.stages).month_end()
        return ends if counted is None else put(Lowest((counted, ends)))


def _working_from(asked: Asked, calendar: PlanCalendar) -> Date:
    return calendar.working_from(asked.on)


# -- what a calendar answers, looked up once -------------------------------------------------------------------------


@lru_cache(maxsize=_MEMORY)
def _forward(calendar: PlanCalendar, last_year: int) -> Exceptions:
    return AnsweredDays.of(calendar, last_year=last_year).forward()


@lru_cache(maxsize=_MEMORY)
def _back(calendar: PlanCalendar, last_year: int) -> Exceptions:
    return AnsweredDays.of(calendar, last_year=last_year).back()


@lru_cache(maxsize=_MEMORY)
def _after(calendar: PlanCalendar, working_days: int, last_year: int) -> Exceptions:
    return AnsweredDays.of(calendar, last_year=last_year, working_days=working_days).after(working_days)


@lru_cache(maxsize=_MEMORY)
def _settled_after(calendar: PlanCalendar, working_days: int, last_year: int) -> Exceptions:
    return AnsweredDays.of(calendar, last_year=last_year, working_days=working_days).settled_after(working_days)
