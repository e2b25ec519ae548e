"""The errands of the four duties."""

from __future__ import annotations

from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.planning.errand import Errand, ErrandOrder
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.plan_request import PlanRequest


def regular(kind: VisitKind, *, reasons: tuple[str, ...], request: PlanRequest, memory: PlanMemory) -> Errand:
    """What is done of its *kind* by its usual means, because of the rules named by *reasons*."""
    order = ErrandOrder(kind, request.means_of(kind), reasons, request.on_site_officers, is_visit=kind is not VisitKind.REVALUATION)
    return Errand.of(order, memory=memory)


def answering(found: OpenTrigger, *, request: PlanRequest, memory: PlanMemory) -> Errand:
    """What answers a trigger."""
    red_result_days = request.red_result_days if found.is_red else None
    order = ErrandOrder(VisitKind.TRIGGERED, found.means, found.reasons, request.on_site_officers, (found.code,), red_result_days)
    return Errand.of(order, memory=memory)
