"""The visit that is made for an obligation."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.turnaround import Turnaround
from revisit_policy.planning.errand import union
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.today import Today
from revisit_policy.planning.triggered_visits import waiting_triggers


def planned_visit(obligation: Obligation, today: Today) -> Revisit:
    """The visit that meets the *obligation*, with the days on which its result can be expected."""
    errand = obligation.errand
    return Revisit(
        kind=errand.kind,
        window=obligation.window,
        method=errand.method,
        officers=errand.officers,
        checklist=errand.checklist,
        result_due=_result_due(obligation, today),
        reasons=errand.reasons,
        serves=errand.serves,
        triggers=errand.triggers,
        is_projection=obligation.is_projection,
    )


def next_visit(obligation: Obligation, *, request: PlanRequest, today: Today) -> Revisit:
    """The visit that meets the *obligation* and, as the next one, looks after what is not known and what can wait."""
    visit = planned_visit(obligation, today)
    if not (request.gaps or request.triggers):
        return visit
    waiting = tuple(found.code for found in waiting_triggers(request) if found.method <= visit.method)
    return attrs.evolve(visit, checklist=union(visit.checklist, request.gaps), triggers=union(visit.triggers, waiting))


def _result_due(obligation: Obligation, today: Today) -> Turnaround:
    window, errand, calendar = obligation.window, obligation.errand, today.calendar
    earliest = calendar.after(max(window.opens, today.on), errand.usual_days)
    latest = calendar.after(window.closes, errand.longest_days)
    return Turnaround(
        earliest=earliest,
        expected=calendar.after(window.due, errand.usual_days),
        latest=latest,
        parts=errand.parts,
        basis=calendar.basis(earliest, latest),
    )
