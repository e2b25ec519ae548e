"""The days of a result laid out as one would by hand: the oracle of the planner, which counts to each of them from the visit."""

from __future__ import annotations

from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.window import Window
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.values.dates import Date


def laid_step_by_step(errand: Errand, window: Window, *, first_day: Date, calendar: PlanCalendar) -> Result:
    """The days of the result of a visit that can be made from *first_day* on, each counted from the one before."""
    days = [first_day, window.due, window.closes]
    found: list[list[Date]] = [[], [], []]
    for limit in errand.layout.limits:
        for place, count in enumerate((limit.working_days, limit.working_days, limit.longest)):
            days[place] = calendar.after(days[place], count) if count else days[place]
            found[place].append(days[place])
    earliest, expected, latest = map(tuple, found)
    return Result(
        limits=errand.layout.limits,
        earliest_days=earliest,
        expected_days=expected,
        latest_days=latest,
        basis=calendar.basis(earliest[0], latest[-1]),
        run_months=errand.run_months,
    )
