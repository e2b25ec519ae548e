"""The first visit after disbursement."""

from __future__ import annotations

from tests.planning.former.errands import regular
from tests.planning.former.obligation import Obligation

from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.plan_calendar import day_after
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.raw_bounds import RawBounds
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date

_NO_WINDOW = DayWindow(0, 0)
_BECAUSE: tuple[BoundReason, ...] = (BoundReason.DISBURSEMENT,)


def first_visit_has_been_made(request: PlanRequest, today: Today) -> bool:
    """Whether a visit has met the duty of the first one.

    A visit by the method that the first one takes, or a better one, meets it from the opening on, and before that if a
    visit is recorded as the first. So does a periodic one after the closing, by whatever method: a loan that has been
    visited periodically is not sent back to its first visit when its state asks for a better method. Where no first visit is to
    be made, nothing is left to be met.
    """
    if request.first_window is None:
        return True
    last, bounds = request.last_visits, _bounds(request)
    thorough = last.at_least(request.means_of(VisitKind.FIRST).method)
    if thorough is not None and (last.of_kind(VisitKind.FIRST) is not None or thorough >= bounds.counts_from(today.calendar)):
        return True
    periodic = last.of_kind(VisitKind.PERIODIC)
    return periodic is not None and periodic > bounds.closes


def first_window_closes(request: PlanRequest) -> Date:
    """The last day of the first visit as the calendar days fall; the day of disbursement where none is to be made."""
    return _bounds(request).closes


def first_visit(request: PlanRequest, today: Today) -> Obligation | None:
    """The first visit, given that it has not been made; ``None`` if the loan is to be repaid before it opens."""
    raw = _bounds(request)
    if today.on <= request.matures_on < raw.opens:
        return None
    errand = regular(VisitKind.FIRST, reasons=request.first_reasons, request=request, memory=today.memory)
    return Obligation(errand, today.seen(raw.settled(today.calendar)))


def _bounds(request: PlanRequest) -> RawBounds:
    """The window, cut to the day the loan matures if that lies in it."""
    disbursed, matures, window = request.disbursed_on, request.matures_on, request.first_window or _NO_WINDOW
    opens, closes = day_after(disbursed, window.first), day_after(disbursed, window.last)
    because = _BECAUSE
    if opens <= matures < closes:
        closes, because = matures, (*_BECAUSE, BoundReason.MATURITY)
    return RawBounds(opens=opens, closes=closes, not_before=disbursed, opens_because=_BECAUSE, closes_because=because)
