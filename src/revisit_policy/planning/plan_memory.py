"""What planning remembers for one policy: the loans of a book are visited for the same reasons and on the same days."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import attrs

from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.values.memory import Memory
from revisit_policy.values.working_days import WorkCalendar

#: How many calendars are kept: a bank has one, or one a city.
_CALENDARS: Final = 32


def _asked(calendar: WorkCalendar, _edition: str) -> PlanCalendar:
    return PlanCalendar.of(calendar)


def _few_calendars() -> Callable[[WorkCalendar, str], PlanCalendar]:
    return lru_cache(maxsize=_CALENDARS)(_asked)


def _small_memory() -> Memory[Any]:
    return Memory(2**19)


def _large_memory() -> Memory[Any]:
    return Memory(2**23)


@attrs.frozen(eq=False)
class PlanMemory:
    """The parts of plans, each made once; they hang on whoever holds this, which a policy does, and go with it.

    No key holds a calendar, whose table of days is the largest thing in planning: the calendars asked for of late are kept apart.

    Args:
        errands: By what they are made from.
        shared_errands: By the two errands that one visit serves.
        informed_errands: By an errand and what is to be asked besides.
        duties: By what they are made from.
        slates: What several duties are to one another, by these.
        bounds: Of what is done once, by duty and the day it is counted from.
        windows: By bounds.
        obligations: What is pending, by duty, the last time or the first day, and the day of the plan.
        deadlines: Windows by period, the last time and the day of the plan.
        seen: Windows as they stand on the day of the plan.
        joints: Visits that meet several duties, by what is pending of these.
        visits: Those that look after more besides, by joint and errand.
        desk_duties: What a desk has to do, by the horizon and what is pending.
        todays: The day of the last plan.
        courses: All visits of a plan, one after the other, by the horizon, what is pending and what recurs.
    """

    errands: Memory[Any] = attrs.field(factory=_small_memory, init=False)
    shared_errands: Memory[Any] = attrs.field(factory=_small_memory, init=False)
    informed_errands: Memory[Any] = attrs.field(factory=_small_memory, init=False)
    duties: Memory[Any] = attrs.field(factory=_small_memory, init=False)
    slates: Memory[Any] = attrs.field(factory=_small_memory, init=False)
    bounds: Memory[Any] = attrs.field(factory=_small_memory, init=False)
    obligations: Memory[Any] = attrs.field(factory=_large_memory, init=False)
    deadlines: Memory[Any] = attrs.field(factory=_large_memory, init=False)
    windows: Memory[Any] = attrs.field(factory=_small_memory, init=False)
    seen: Memory[Any] = attrs.field(factory=_small_memory, init=False)
    joints: Memory[Any] = attrs.field(factory=_large_memory, init=False)
    visits: Memory[Any] = attrs.field(factory=_small_memory, init=False)
    desk_duties: Memory[Any] = attrs.field(factory=_small_memory, init=False)
    courses: Memory[Any] = attrs.field(factory=_large_memory, init=False)
    todays: dict[Any, Any] = attrs.field(factory=dict, init=False)
    _calendars: Callable[[WorkCalendar, str], PlanCalendar] = attrs.field(factory=_few_calendars, init=False)

    def calendar(self, calendar: WorkCalendar) -> PlanCalendar:
        """What a plan asks instead of *calendar*."""
        return self._calendars(calendar, calendar.edition)
