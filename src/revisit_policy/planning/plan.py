"""Planning: which visits a loan requires, in the order in which they close."""

from __future__ import annotations

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.planning.first_obligation import first_obligation, first_visit_has_been_made
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.periodic_obligation import last_counted_visit, periodic_obligation
from revisit_policy.planning.plan_days import PlanDays
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.planned_visit import planned_visit
from revisit_policy.planning.revaluation_obligation import renewed_valuation, revaluation_obligation
from revisit_policy.planning.triggered_obligations import triggered_obligations


def plan(request: PlanRequest) -> RevisitSchedule:
    """The visits from the day of the request to its horizon.

    Obligations are met by earliest closing: the next visit closes with the first of them and meets all that are open by
    then, which takes the fewest visits for windows that stay where they are. What recurs goes on from there: each later
    periodic visit or valuation is a projection, counted from the closing of the one before.

    Args:
        request: What the plan is made from.

    Returns:
        The schedule; empty if nothing is owed. An overdue visit stands in it even if it can only be made after the
        horizon, because its deadline has passed. The next visit does not depend on the horizon.

    Examples:
        >>> from revisit_policy.outcomes.day_window import DayWindow
        >>> from revisit_policy.outcomes.visit import VisitMethod
        >>> from revisit_policy.planning.means import Means
        >>> from revisit_policy.values.cn_notices import CHINA
        >>> from revisit_policy.values.dates import Date
        >>> found = plan(
        ...     PlanRequest(
        ...         on=Date(2025, 1, 20),
        ...         until=Date(2026, 1, 20),
        ...         calendar=CHINA,
        ...         lead_days=30,
        ...         disbursed_on=Date(2025, 1, 15),
        ...         matures_on=Date(2055, 1, 15),
        ...         first_window=DayWindow(30, 90),
        ...         interval_months=6,
        ...         revaluation_months=12,
        ...         revaluation_working_days=10,
        ...         means=dict.fromkeys(VisitKind, Means(method=VisitMethod.PHONE)),
        ...         red_result_days=1,
        ...         on_site_officers=2,
        ...     )
        ... )
        >>> for visit in found.all:
        ...     print(visit.kind.value, visit.window.opens, visit.window.due, visit.window.closes, visit.is_projection)
        first 2025-02-14 2025-03-14 2025-04-15 False
        periodic 2025-09-15 2025-09-30 2025-10-15 True
    """
    if request.is_settled:
        return RevisitSchedule(on=request.on, until=request.until)
    visits = _visits(request, PlanDays.of(request.calendar, on=request.on))
    return RevisitSchedule(
        on=request.on,
        until=request.until,
        revisits=tuple(visit for visit in visits if not visit.is_overdue),
        overdue=tuple(visit for visit in visits if visit.is_overdue),
    )


def _visits(request: PlanRequest, days: PlanDays) -> list[Revisit]:
    visits: list[Revisit] = []
    pending = _obligations(request, days)
    while pending:
        pending.sort(key=lambda obligation: obligation.bounds.deadline)
        first = pending[0].bounds
        if first.closes > request.until and first.missed_on is None:
            break
        served = [obligation for obligation in pending if obligation.bounds.opens <= first.closes]
        visit = planned_visit(served, request=request, days=days, is_next=not visits)
        visits.append(visit)
        pending = _after(visit, pending=pending, request=request, days=days)
    return visits


def _obligations(request: PlanRequest, days: PlanDays) -> list[Obligation]:
    """What is pending on the day of the plan; of two with one deadline, a visit is made for the one that stands first."""
    if first_visit_has_been_made(request, days):
        regular = periodic_obligation(request, days, since=last_counted_visit(request))
    else:
        regular = first_obligation(request, days)
    valuation = revaluation_obligation(request, days)
    return [*_present(regular), *triggered_obligations(request, days), *_present(valuation)]


def _after(visit: Revisit, *, pending: list[Obligation], request: PlanRequest, days: PlanDays) -> list[Obligation]:
    """What is pending once the *visit* has been made on the day it closes."""
    made_on = visit.window.closes
    others = [obligation for obligation in pending if obligation.bounds.opens > made_on]
    if _counts_as_periodic(visit, others=others, request=request):
        periodic = periodic_obligation(request, days, since=made_on, is_projection=True)
        others = [*_present(periodic), *(obligation for obligation in others if obligation.kind is not VisitKind.PERIODIC)]
    if VisitKind.REVALUATION in visit.serves:
        others += _present(renewed_valuation(request, days, valued_on=made_on, is_projection=True))
    return others


def _counts_as_periodic(visit: Revisit, *, others: list[Obligation], request: PlanRequest) -> bool:
    if VisitKind.FIRST in visit.serves or VisitKind.PERIODIC in visit.serves:
        return True
    is_first_pending = any(obligation.kind is VisitKind.FIRST for obligation in others)
    return not is_first_pending and visit.method >= request.means_of(VisitKind.PERIODIC).method


def _present(obligation: Obligation | None) -> tuple[Obligation, ...]:
    return () if obligation is None else (obligation,)
