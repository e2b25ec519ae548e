"""The obligation to value the collateral anew."""

from __future__ import annotations

from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.bounds import RawBounds
from revisit_policy.planning.lead import lead_up_to
from revisit_policy.planning.obligation import Obligation
from revisit_policy.planning.plan_days import PlanDays
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.dates import Date, add_months


def revaluation_obligation(request: PlanRequest, days: PlanDays) -> Obligation | None:
    """The next valuation, met by valuations and not by visits; ``None`` if there was none and none is asked for.

    It closes when the last valuation expires, or earlier if rules ask for one that has not been made since.
    """
    valued_on, asked_since = request.valued_on, request.revaluation_since
    is_asked = request.revaluation_is_due and (valued_on is None or asked_since is None or valued_on < asked_since)
    asked = _asked(request, days) if is_asked else None
    if valued_on is None:
        return None if asked is None else _obligation(asked, request=request, days=days)
    if asked is not None and asked.closes < add_months(valued_on, request.revaluation_months):
        return _obligation(asked, request=request, days=days)
    return renewed_valuation(request, days, valued_on=valued_on)


def renewed_valuation(request: PlanRequest, days: PlanDays, *, valued_on: Date, is_projection: bool = False) -> Obligation | None:
    """The valuation due when that of *valued_on* expires; ``None`` if the loan matures first.

    Args:
        request: What the plan is made from.
        days: Its days.
        valued_on: The day of the last valuation.
        is_projection: Whether that is still to be made.
    """
    expires = add_months(valued_on, request.revaluation_months)
    raw = lead_up_to(expires, request=request, days=days, since=valued_on, because=BoundReason.VALUATION_EXPIRES)
    return None if raw is None else _obligation(raw, request=request, days=days, is_projection=is_projection)


def _asked(request: PlanRequest, days: PlanDays) -> RawBounds:
    since, on = request.revaluation_since, request.on
    began = on if since is None else since
    start = BoundReason.VALUATION_NOT_DATED if since is None else BoundReason.VALUATION_DUE
    closes = days.after(began, request.revaluation_working_days)
    because: tuple[BoundReason, ...] = (start, BoundReason.VALUATION_DEADLINE)
    if on <= request.matures_on < closes:
        closes, because = request.matures_on, (*because, BoundReason.MATURITY)
    return RawBounds(opens=began, closes=closes, not_before=began, opens_because=(start,), closes_because=because)


def _obligation(raw: RawBounds, *, request: PlanRequest, days: PlanDays, is_projection: bool = False) -> Obligation:
    means = request.means_of(VisitKind.REVALUATION)
    return Obligation(
        kind=VisitKind.REVALUATION,
        bounds=raw.settled(days, on=request.on),
        means=means,
        reasons=request.revaluation_reasons,
        is_projection=is_projection,
    )
