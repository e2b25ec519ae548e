"""One visit that meets several obligations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.plan_days import PlanDays
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.result_due import result_due
from revisit_policy.planning.triggered_obligations import waiting_triggers
from revisit_policy.values.dates import Date, from_ordinal

Item = TypeVar("Item")


def planned_visit(served: list[Obligation], *, request: PlanRequest, days: PlanDays, is_next: bool) -> Revisit:
    """The visit that meets all of *served*.

    Its kind and its closing are those of the obligation whose deadline comes first, its opening is the last of theirs,
    its method the most thorough that any of them asks for.

    Args:
        served: Obligations of which each opens before another closes, the earliest deadline first.
        request: What the plan is made from.
        days: Its days.
        is_next: Whether it is the next visit, which also looks after what is not known and what can wait for a visit.
    """
    method = max(obligation.method for obligation in served)
    window = _window(served, days)
    triggers = [obligation.trigger.code.value for obligation in served if obligation.trigger]
    checklist = [item for obligation in served for item in obligation.means.checklist]
    if is_next:
        triggers += [found.trigger.code.value for found in waiting_triggers(request) if found.method <= method]
        checklist += request.gaps
    return Revisit(
        kind=served[0].kind,
        window=window,
        method=method,
        officers=_officers(served, method=method, request=request),
        checklist=_once(checklist),
        result_due=result_due(served, window=window, request=request, days=days),
        reasons=_once(reason for obligation in served for reason in (*obligation.reasons, *obligation.means.reasons)),
        serves=_once(obligation.kind for obligation in served),
        triggers=_once(triggers),
        is_projection=all(obligation.is_projection for obligation in served),
    )


def _window(served: list[Obligation], days: PlanDays) -> Window:
    first = served[0].bounds
    latest = max((obligation.bounds for obligation in served), key=lambda bounds: bounds.opens)
    opens, opens_because = latest.opens, latest.opens_because
    if opens > first.opens:
        opens_because = (*opens_because, BoundReason.SHARED_VISIT)
    else:
        opens, opens_because = first.opens, first.opens_because
    return Window(
        opens=opens,
        due=_due(opens, closes=first.closes, days=days),
        closes=first.closes,
        opens_because=opens_because,
        closes_because=first.closes_because,
        basis=days.basis(opens, first.closes),
        missed_on=first.missed_on,
    )


def _due(opens: Date, *, closes: Date, days: PlanDays) -> Date:
    halfway = days.back(from_ordinal((opens.toordinal() + closes.toordinal()) // 2))
    return min(closes, max(halfway, opens, days.soonest))


def _officers(served: list[Obligation], *, method: VisitMethod, request: PlanRequest) -> int:
    least = request.on_site_officers if method is VisitMethod.ON_SITE else 1
    return max(least, *(obligation.means.officers for obligation in served))


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))
