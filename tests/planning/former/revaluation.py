"""The valuation of the collateral: met by valuations, not by visits."""

from __future__ import annotations

from tests.planning.former.loan_days import LoanDays
from tests.planning.former.obligation import Obligation
from tests.planning.former.recurrence import Recurrence

from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.plan_calendar import months_after
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.planning.today import Today


def revaluation(request: PlanRequest, *, valuation: Recurrence, today: Today) -> Obligation | None:
    """The next valuation; ``None`` if there was none and none is asked for, or the loan matures first.

    It closes when the last one expires, or earlier if rules ask for one that has not been made since.

    Args:
        request: What the plan is made from.
        valuation: How often the collateral is valued.
        today: The day of the plan.
    """
    asked, valued_on = _asked_first(request, today), request.valued_on
    if asked is not None:
        return Obligation(valuation.errand, today.seen(asked.settled(today.calendar)))
    return None if valued_on is None else valuation.once_more(valued_on, loan=LoanDays.of(request), today=today)


def revaluation_is_undated(request: PlanRequest, today: Today) -> bool:
    """Whether a valuation is asked for, and its deadline moves with every day because nobody recorded since when."""
    return request.revaluation_is_due and request.revaluation_since is None and _asked_first(request, today) is not None


def _asked_first(request: PlanRequest, today: Today) -> RawBounds | None:
    """What rules ask for, if they ask and it is due before the last valuation expires."""
    if not _is_asked(request):
        return None
    asked, valued_on, months = _asked(request, today), request.valued_on, request.revaluation_months
    return asked if valued_on is None or months is None or asked.closes < months_after(valued_on, months) else None


def _is_asked(request: PlanRequest) -> bool:
    if not request.revaluation_is_due:
        return False
    valued_on, since = request.valued_on, request.revaluation_since
    return valued_on is None or since is None or valued_on < since


def _asked(request: PlanRequest, today: Today) -> RawBounds:
    since = request.revaluation_since
    began = today.on if since is None else max(since, request.disbursed_on)
    start = BoundReason.VALUATION_NOT_DATED if since is None else BoundReason.VALUATION_DUE
    closes = today.calendar.after(began, request.revaluation_working_days)
    opens_because = (start,) if since is None or since >= request.disbursed_on else (start, BoundReason.NOT_BEFORE_DISBURSEMENT)
    because: tuple[BoundReason, ...] = (*opens_because, BoundReason.VALUATION_DEADLINE)
    if began <= request.matures_on < closes:
        closes, because = request.matures_on, (*because, BoundReason.MATURITY)
    return RawBounds(opens=began, closes=closes, not_before=began, opens_because=opens_because, closes_because=because)
