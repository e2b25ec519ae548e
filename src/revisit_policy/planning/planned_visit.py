"""The visit that is made for an obligation."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.turnaround import Turnaround
from revisit_policy.outcomes.window import Window
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.today import Today
from revisit_policy.planning.triggered_visits import waiting_triggers
from revisit_policy.values.dates import Date


def planned_visit(obligation: Obligation, today: Today) -> Revisit:
    """The visit that meets the *obligation*, with the days on which its result can be expected."""
    window = obligation.window
    return _visit(_Plan(obligation.errand, window, max(window.opens, today.on), obligation.is_projection), today.calendar)


def next_visit(obligation: Obligation, *, request: PlanRequest, today: Today) -> Revisit:
    """The visit that meets the *obligation* and, as the next one, looks after what is not known and what can wait."""
    errand = obligation.errand
    waiting = tuple(found.code for found in waiting_triggers(request) if found.method <= errand.method)
    if request.gaps or waiting:
        obligation = Obligation(errand.also_about(request.gaps, waiting), obligation.window, is_projection=obligation.is_projection)
    return planned_visit(obligation, today)


class _Plan(NamedTuple):
    """What a visit depends on; it can be made from *first_day* on."""

    errand: Errand
    window: Window
    first_day: Date
    is_projection: bool


@lru_cache(maxsize=2**14)  # most visits of a book are those of other loans, planned for the same reasons and days
def _visit(made: _Plan, calendar: PlanCalendar) -> Revisit:
    errand = made.errand
    return Revisit(
        kind=errand.kind,
        window=made.window,
        method=errand.method,
        officers=errand.officers,
        checklist=errand.checklist,
        result_due=_result_due(made, calendar),
        reasons=errand.reasons,
        serves=errand.serves,
        triggers=errand.triggers,
        is_projection=made.is_projection,
    )


def _result_due(made: _Plan, calendar: PlanCalendar) -> Turnaround:
    window, errand = made.window, made.errand
    earliest = calendar.after(made.first_day, errand.usual_days)
    latest = calendar.after(window.closes, errand.longest_days)
    return Turnaround(
        earliest=earliest,
        expected=calendar.after(window.due, errand.usual_days),
        latest=latest,
        parts=errand.parts,
        basis=calendar.basis(earliest, latest),
    )
