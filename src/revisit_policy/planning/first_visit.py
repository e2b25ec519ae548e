"""The first visit after disbursement."""

from __future__ import annotations

from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.errand import Errand
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.plan_calendar import day_after
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.planning.today import Today

_BECAUSE = (BoundReason.DISBURSEMENT,)


def first_visit_has_been_made(request: PlanRequest, today: Today) -> bool:
    """Whether a visit is recorded as a first one, or a periodic or as thorough a one was made from the opening on.

    A loan that has been visited periodically is not sent back to its first visit when its state asks for a better method.
    """
    last = request.last_visits
    if last.first is not None:
        return True
    made = [day for day in (last.periodic, last.at_least(request.means_of(VisitKind.FIRST).method)) if day is not None]
    return bool(made) and max(made) >= _bounds(request).counts_from(today.calendar)


def first_visit(request: PlanRequest, today: Today) -> Obligation | None:
    """The first visit, given that it has not been made; ``None`` if the loan is to be repaid before it opens."""
    raw = _bounds(request)
    if today.on <= request.matures_on < raw.opens:
        return None
    errand = Errand.regular(VisitKind.FIRST, reasons=request.first_reasons, request=request)
    return Obligation(errand, today.seen(raw.settled(today.calendar)))


def _bounds(request: PlanRequest) -> RawBounds:
    return RawBounds(
        opens=day_after(request.disbursed_on, request.first_window.first),
        closes=day_after(request.disbursed_on, request.first_window.last),
        not_before=request.disbursed_on,
        opens_because=_BECAUSE,
        closes_because=_BECAUSE,
    )
