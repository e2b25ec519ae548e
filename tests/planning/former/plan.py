"""Planning: which visits a loan requires, in the order in which they close."""

from __future__ import annotations

from collections.abc import Iterator

from tests.planning.former.obligation import Obligation, joined
from tests.planning.former.obligations import Obligations
from tests.planning.former.planned_visit import next_visit, planned_visit

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date


def plan(request: PlanRequest, *, memory: PlanMemory | None = None) -> RevisitSchedule:
    """The visits from the day of the request to its horizon.

    Obligations are met by earliest closing: the next visit closes with the first of them and meets all that are open by
    then, which takes the fewest visits for windows that stay where they are. What recurs goes on from there: each later
    periodic visit or valuation is a projection, counted from the closing of the one before.

    Args:
        request: What the plan is made from.
        memory: What is remembered from one plan to the next, for whoever makes many; nothing if ``None``. It changes no plan.

    Returns:
        The schedule; empty if nothing is owed. An overdue visit stands in it even if it can only be made after the
        horizon, because its deadline has passed. The next visit does not depend on the horizon.

    Examples:
        >>> from revisit_policy.outcomes.day_window import DayWindow
        >>> from revisit_policy.outcomes.visit import VisitKind, VisitMethod
        >>> from revisit_policy.planning.means import Means
        >>> from revisit_policy.values.cn_notices import CHINA
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
    visits = list(_visits(request, Today.of(request.on, request.calendar, memory=PlanMemory() if memory is None else memory)))
    # All that has been missed closes on the same day, so that only the first visit can be overdue.
    missed = 1 if visits and visits[0].is_overdue else 0
    return RevisitSchedule(on=request.on, until=request.until, revisits=tuple(visits[missed:]), overdue=tuple(visits[:missed]))


def _visits(request: PlanRequest, today: Today) -> Iterator[Revisit]:
    obligations = Obligations.of(request, today)
    pending = obligations.pending()
    is_first = True
    while pending:
        pending.sort(key=_deadline)
        first = pending[0].window
        if first.closes > request.until and first.missed_on is None:
            break
        served: list[Obligation] = []
        others: list[Obligation] = []
        for each in pending:
            (served if each.window.opens <= first.closes else others).append(each)
        made = joined(served, today=today)
        yield next_visit(made, request=request, today=today) if is_first else planned_visit(made, today)
        is_first = False
        pending = obligations.after(made, others=others)


def _deadline(obligation: Obligation) -> Date:
    return obligation.window.missed_on or obligation.window.closes
