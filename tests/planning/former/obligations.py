"""What has to be done about one loan."""

from __future__ import annotations

import attrs
from tests.planning.former.errands import regular
from tests.planning.former.first_visit import first_visit, first_visit_has_been_made, first_window_closes
from tests.planning.former.loan_days import LoanDays
from tests.planning.former.obligation import Obligation
from tests.planning.former.recurrence import Recurrence
from tests.planning.former.revaluation import revaluation
from tests.planning.former.triggered_visits import triggered_visits

from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date


@attrs.frozen(kw_only=True)
class Obligations:
    """What has to be done about one loan, now and after each visit.

    Args:
        request: What the plan is made from.
        today: The day of the plan.
        periodic: The periodic visit.
        valuation: The valuation of the collateral.
    """

    request: PlanRequest
    today: Today
    periodic: Recurrence
    valuation: Recurrence

    @classmethod
    def of(cls, request: PlanRequest, today: Today) -> Obligations:
        """The obligations of the loan of a *request*."""
        memory, lead_days = today.memory, request.lead_days
        visit = regular(VisitKind.PERIODIC, reasons=request.interval_reasons, request=request, memory=memory)
        valuation = regular(VisitKind.REVALUATION, reasons=request.revaluation_reasons, request=request, memory=memory)
        return cls(
            request=request,
            today=today,
            periodic=Recurrence.of(visit, months=request.interval_months, because=BoundReason.INTERVAL, lead_days=lead_days, memory=memory),
            valuation=Recurrence.of(
                valuation, months=request.revaluation_months, because=BoundReason.VALUATION_EXPIRES, lead_days=lead_days, memory=memory
            ),
        )

    def pending(self) -> list[Obligation]:
        """What is pending today; of two with one deadline, a visit is made for the one that stands first."""
        request, today = self.request, self.today
        is_visited = first_visit_has_been_made(request, today)
        visit = self.periodic.once_more(self._last_counted_visit(), loan=LoanDays.of(request), today=today) if is_visited else first_visit(request, today)
        valuation = revaluation(request, valuation=self.valuation, today=today)
        return _present(visit) + triggered_visits(request, today) + _present(valuation)

    def after(self, made: Obligation, *, others: list[Obligation]) -> list[Obligation]:
        """What is pending once an obligation has been met on the day it closes: the *others* and what follows from it.

        The next periodic visit is counted from any visit to the borrower that is as thorough as a periodic one has to be.
        """
        made_on = made.window.closes
        if self._counts_as_periodic(made, others=others):
            visit = self.periodic.once_more(made_on, loan=LoanDays.of(self.request), today=self.today, is_projection=True)
            others = _present(visit) + [each for each in others if each.errand.kind is not VisitKind.PERIODIC]
        if VisitKind.REVALUATION in made.errand.serves:
            others = others + _present(self.valuation.once_more(made_on, loan=LoanDays.of(self.request), today=self.today, is_projection=True))
        return others

    def _counts_as_periodic(self, made: Obligation, *, others: list[Obligation]) -> bool:
        errand = made.errand
        if VisitKind.PERIODIC in errand.serves or VisitKind.FIRST in errand.serves:
            return True
        is_thorough = errand.visits_borrower and errand.method >= self.periodic.errand.method
        return is_thorough and all(each.errand.kind is not VisitKind.FIRST for each in others)

    def _last_counted_visit(self) -> Date:
        """The day the interval is counted from, given that the first visit has been made.

        It is the last visit to the borrower by the method that a periodic one takes or a better one, whatever it was made
        for: a text message recorded as periodic is none where somebody has to be seen. If there was none, it is the end of
        the first window, or the visit that met the duty of the first one if it came earlier.
        """
        request, last = self.request, self.request.last_visits
        counted = last.at_least(self.periodic.errand.method)
        if counted is not None:
            return counted
        window_closes = first_window_closes(request)
        replaced = last.at_least(request.means_of(VisitKind.FIRST).method)
        return window_closes if replaced is None else min(window_closes, replaced)


def _present(obligation: Obligation | None) -> list[Obligation]:
    return [] if obligation is None else [obligation]
