"""The visit that is made for an obligation."""

from __future__ import annotations

from tests.planning.former.obligation import Obligation
from tests.planning.former.triggered_visits import waiting_triggers

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.turnaround import Turnaround
from revisit_policy.outcomes.window import Window
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date


def planned_visit(obligation: Obligation, today: Today) -> Revisit:
    """The visit that meets the *obligation*, with the days on which its result can be expected.

    Most visits of a book are those of other loans, planned for the same reasons and days.
    """
    errand, window, calendar = obligation.errand, obligation.window, today.calendar
    first_day = max(window.opens, today.on)
    key = (errand, window, first_day, obligation.is_projection, calendar.token)
    found: Revisit | None = today.memory.visits.find(key)
    if found is None:
        result = _result_due(errand, window, first_day=first_day, calendar=calendar)
        found = today.memory.visits.keep(key, _visit(obligation, result))
    return found


def next_visit(obligation: Obligation, *, request: PlanRequest, today: Today) -> Revisit:
    """The visit that meets the *obligation* and, as the next one, looks after what is not known and what can wait."""
    errand = obligation.errand
    waiting = tuple(found.code for found in waiting_triggers(request) if errand.visits_borrower and found.method <= errand.method)
    if request.gaps or waiting:
        obligation = Obligation(errand.also_about(request.gaps, waiting, memory=today.memory), obligation.window, is_projection=obligation.is_projection)
    return planned_visit(obligation, today)


def _visit(obligation: Obligation, result: Turnaround) -> Revisit:
    errand = obligation.errand
    return Revisit(
        kind=errand.kind,
        window=obligation.window,
        method=errand.method,
        officers=errand.officers,
        checklist=errand.checklist,
        result_due=result,
        reasons=errand.reasons,
        serves=errand.serves,
        triggers=errand.triggers,
        is_projection=obligation.is_projection,
    )


def _result_due(errand: Errand, window: Window, *, first_day: Date, calendar: PlanCalendar) -> Turnaround:
    """The days of the result of a visit that can be made from *first_day* on."""
    earliest = calendar.after(first_day, errand.usual_days)
    latest = calendar.after(window.closes, errand.longest_days)
    return Turnaround(
        earliest=earliest,
        expected=calendar.after(window.due, errand.usual_days),
        latest=latest,
        parts=errand.parts,
        basis=calendar.basis(earliest, latest),
    )
