"""The visit that is made for an obligation."""

from __future__ import annotations

from tests.planning.former.obligation import Obligation
from tests.planning.former.triggered_visits import waiting_triggers
from tests.planning.results import laid_step_by_step

from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.today import Today


def planned_visit(obligation: Obligation, today: Today) -> Revisit:
    """The visit that meets the *obligation*, with the days on which its result can be expected.

    Most visits of a book are those of other loans, planned for the same reasons and days.
    """
    errand, window, calendar = obligation.errand, obligation.window, today.calendar
    first_day = max(window.opens, today.on)
    key = (errand, window, first_day, obligation.is_projection, calendar.token)
    found: Revisit | None = today.memory.visits.find(key)
    if found is None:
        result = laid_step_by_step(errand, window, first_day=first_day, calendar=calendar)
        found = today.memory.visits.keep(key, _visit(obligation, result))
    return found


def next_visit(obligation: Obligation, *, request: PlanRequest, today: Today) -> Revisit:
    """The visit that meets the *obligation* and, as the next one, looks after what is not known and what can wait."""
    errand = obligation.errand
    waiting = tuple(found.code for found in waiting_triggers(request) if errand.visits_borrower and found.method <= errand.method)
    if request.gaps or waiting:
        obligation = Obligation(errand.also_about(request.gaps, waiting, memory=today.memory), obligation.window, is_projection=obligation.is_projection)
    return planned_visit(obligation, today)


def _visit(obligation: Obligation, result: Result) -> Revisit:
    errand = obligation.errand
    return Revisit(
        kind=errand.kind,
        window=obligation.window,
        method=errand.method,
        officers=errand.officers,
        checklist=errand.checklist,
        result=result,
        reasons=errand.reasons,
        serves=errand.serves,
        triggers=errand.triggers,
        is_projection=obligation.is_projection,
    )
