"""The day of the plan."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.raw_bounds import shared
from revisit_policy.values.dates import Date
from revisit_policy.values.working_days import WorkCalendar


@attrs.frozen(kw_only=True, eq=False)
class Today:
    """The day a plan is made on, and the calendar it looks at.

    Args:
        on: The day.
        soonest: The first working day from then on.
        calendar: The calendar.
        memory: What is remembered of plans.
        token: What stands for day and calendar in the keys of memories that are not to keep it.
    """

    on: Date
    soonest: Date
    calendar: PlanCalendar
    memory: PlanMemory
    token: object

    @classmethod
    def of(cls, on: Date, calendar: WorkCalendar, *, memory: PlanMemory) -> Today:
        """The day *on* in *calendar*, with what is remembered of plans."""
        found: Today | None = memory.todays.get(on)
        if found is not None and found.calendar.origin is calendar:
            return found
        asked = memory.calendar(calendar)
        found = cls(on=on, soonest=asked.working_from(on), calendar=asked, memory=memory, token=asked.day(on))
        memory.todays.clear()  # the last day alone: a book is decided on one
        memory.todays[on] = found
        return found

    def seen(self, window: Window) -> Window:
        """The *window* with nothing still to be done in the past.

        Args:
            window: As it stood before it opened.

        Returns:
            The window itself if the day to aim at lies ahead. Otherwise that day is the first working day from today,
            and so is the closing if it has passed, or if no working day is left before it.
        """
        if window.due >= self.soonest:
            return window
        key = (window, self.token)
        seen: Window | None = self.memory.seen.find(key)
        return self.memory.seen.keep(key, self._seen(window)) if seen is None else seen

    def _seen(self, window: Window) -> Window:
        closes, because, missed_on = window.closes, window.closes_because, None
        if closes < self.on:
            missed_on, closes, because = closes, self.soonest, (*because, BoundReason.MISSED)
        elif closes < self.soonest:
            closes, because = self.soonest, (*because, BoundReason.NOT_IN_THE_PAST)
        return Window(
            opens=window.opens,
            due=self.soonest,
            closes=closes,
            opens_because=window.opens_because,
            closes_because=shared(because),
            basis=self.calendar.basis(window.opens, closes),
            missed_on=missed_on,
        )
