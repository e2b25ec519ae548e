"""The obligation to make the first visit after disbursement."""

from __future__ import annotations

from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.bounds import RawBounds
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.plan_days import PlanDays
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.dates import from_ordinal

_BECAUSE = (BoundReason.DISBURSEMENT,)


def first_visit_has_been_made(request: PlanRequest, days: PlanDays) -> bool:
    """Whether a visit is recorded as a first one, or one at least as thorough was made from the opening on."""
    last = request.last_visits
    if last.first is not None:
        return True
    thorough = last.at_least(request.means_of(VisitKind.FIRST).method)
    return thorough is not None and thorough >= _bounds(request).counts_from(days)


def first_obligation(request: PlanRequest, days: PlanDays) -> Obligation | None:
    """The first visit, given that it has not been made; ``None`` if the loan is to be repaid before it opens."""
    raw, means = _bounds(request), request.means_of(VisitKind.FIRST)
    if request.on <= request.matures_on < raw.opens:
        return None
    return Obligation(
        kind=VisitKind.FIRST,
        bounds=raw.settled(days, on=request.on),
        means=means,
        reasons=request.first_reasons,
    )


def _bounds(request: PlanRequest) -> RawBounds:
    start, window = request.disbursed_on.toordinal(), request.first_window
    return RawBounds(
        opens=from_ordinal(start + window.first),
        closes=from_ordinal(start + window.last),
        not_before=request.disbursed_on,
        opens_because=_BECAUSE,
        closes_because=_BECAUSE,
    )
