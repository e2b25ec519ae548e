"""Reported months as a history: the instalments and payments that explain the arrears, and all else with the day it became known.

The files tell arrears in whole months. A loan that is *n* months behind at the end of a month has paid all instalments but the last
*n*; so from one month to the next it is known how many were paid, and what was due when is known from the first due day on. The
amounts are made up, because days past due depend on the number of instalments alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

import attrs
from fannie_mae import Month, Origination, RealLoan

from revisit_policy import BorrowerProfile, CaseFile, Citation, Collateral, Determination, Loan, Money, Visit, VisitKind, cny
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import (
    ArrearsConvention,
    DatedFact,
    History,
    Instalment,
    LoanAccount,
    Payment,
    arrears,
    case_on,
    observation_until,
)
from revisit_policy.values import Date, add_months

#: The lowest credit score of each standing: this example's own translation, no bank's.
STANDINGS = ((760, "excellent"), (700, "good"), (640, "average"), (0, "poor"))

#: How long a modified loan is observed at least.
OBSERVED_MONTHS = 12

#: What is unpaid at the end of the last day before the next due day is one month late, whatever the month's length.
IN_MONTHS = ArrearsConvention(
    name=("按月口径", "in months of 30 days"),
    source=Citation(standing="proposal"),
    due_day=1,
    whole_balance_from=None,
    allocation="oldest_interest_first",
    bands=(30, 60, 90),
    count="months_of_30",
)
#: Calendar days of which the due day is the first.
DUE_DAY_COUNTS = attrs.evolve(IN_MONTHS, name=("到期日计第1日", "the due day is day 1"), bands=(1, 31, 61, 91), count="calendar_days")


@attrs.frozen(kw_only=True)
class Rebuilt:
    """A loan whose account and history have been made from its reported months.

    Args:
        loan: What was reported.
        account: The instalments and payments that explain it.
        explained: The months in which the account, counted in months, is as many months behind as was reported.
        history: What became known when, with arrears counted under one convention.
    """

    loan: RealLoan
    account: LoanAccount
    explained: frozenset[Month]
    history: History

    @classmethod
    def of(cls, loan: RealLoan) -> Rebuilt:
        """The account and the history of *loan*, its arrears counted in months."""
        account = _account(loan)
        history = History(base=_granted(loan.origination), facts=tuple(_facts(loan)), account=account, convention=IN_MONTHS)
        return cls(loan=loan, account=account, explained=frozenset(_explained(loan, account)), history=history)

    def under(self, convention: ArrearsConvention) -> Rebuilt:
        """The same with arrears counted under another convention."""
        return attrs.evolve(self, history=attrs.evolve(self.history, convention=convention))

    def having_made(self, visits: tuple[Visit, ...]) -> Rebuilt:
        """The same with visits that were made, each known on its day; a valuation has found the value of the grant."""
        facts = [DatedFact(field="visits", value=visit, true_on=visit.completed_on) for visit in visits]
        facts += [
            DatedFact(field="collateral.valued_on", value=visit.completed_on, true_on=visit.completed_on)
            for visit in visits
            if visit.kind is VisitKind.REVALUATION and self.history.base.collateral.value is not None
        ]
        return attrs.evolve(self, history=self.history.learning(*facts))

    def case(self, month: Month, *, determination: Determination | None) -> CaseFile:
        """The case file of the end of *month*, as it was known then; the balance is the reported one, which knows what was paid back early."""
        found = case_on(self.history, on=month.ends_on)
        balance = found.loan.principal if month.balance is None else month.balance
        loan = attrs.evolve(
            found.loan,
            principal=max(found.loan.principal, balance),  # a modification may add unpaid interest
            balance=balance,
            in_observation=self._is_observed(found.loan, month),
        )
        return attrs.evolve(found, loan=loan, **({} if determination is None else {"determination": determination}))

    def _is_observed(self, loan: Loan, month: Month) -> bool:
        """Whether a modified loan is under observation, which an instalment missed since has begun anew."""
        if loan.restructured_on is None:
            return False
        missed = arrears(self.account.known_at(month.ends_on), cn_housing.ARREARS_CONVENTION, on=month.ends_on).missed_due
        return month.ends_on < observation_until(loan.restructured_on, months=OBSERVED_MONTHS, restarts=missed)


# -- account ---------------------------------------------------------------------------------------------------------


def _account(loan: RealLoan) -> LoanAccount:
    granted, last = loan.origination, loan.months[-1]
    due = [add_months(granted.first_due_on, at) for at in range(min(_due(granted, last), granted.term_months))]
    principal = Money(granted.principal.minor // granted.term_months, "CNY")
    interest = Money(round(granted.principal.minor * Fraction(granted.annual_rate) / 1200), "CNY")
    return LoanAccount(
        disbursed_on=granted.disbursed_on,
        principal=granted.principal,
        instalments=[Instalment(due_on=day, principal=principal, interest=interest) for day in due],
        payments=[Payment(paid_on=day, amount=principal + interest, booked_on=known) for day, known in _paid(loan)],
    )


def _explained(loan: RealLoan, account: LoanAccount) -> Iterator[Month]:
    for month in loan.months:
        if month.status is not None and not month.has_ended:
            found = arrears(account.known_at(month.ends_on), IN_MONTHS, on=month.ends_on)
            if found.days_past_due == 30 * month.status:
                yield month


def _due(granted: Origination, month: Month) -> int:
    """The instalments that have fallen due by the end of *month*."""
    begun = (month.ends_on.year - granted.first_due_on.year) * 12 + month.ends_on.month - granted.first_due_on.month
    return max(0, begun + 1)


def _paid(loan: RealLoan) -> Iterator[tuple[Date, Date]]:
    """The day of each instalment's payment, as early as the reports allow, and the day on which it was known."""
    granted, paid, since = loan.origination, 0, loan.origination.disbursed_on
    for month in loan.months:
        if month.status is not None and not month.has_ended:
            for at in range(paid, _due(granted, month) - month.status):
                yield max(since, add_months(granted.first_due_on, at)), month.ends_on
            paid = max(paid, _due(granted, month) - month.status)
            since = month.ends_on + timedelta(days=1)


# -- everything else -------------------------------------------------------------------------------------------------


def _granted(granted: Origination) -> CaseFile:
    return CaseFile(
        loan=Loan(
            granted.loan_no,
            product="first_home",
            principal=granted.principal,
            balance=granted.principal,
            annual_rate=granted.annual_rate / 100,
            repayment="level_payment",
            disbursed_on=granted.disbursed_on,
            term_months=granted.term_months,
            days_past_due=0,
        ),
        borrower=_borrower(granted),
        collateral=_collateral(granted),
    )


def _facts(loan: RealLoan) -> Iterator[DatedFact]:
    """The rate whenever it changes, and the first modification, each known at the end of its month."""
    rate, is_modified = loan.origination.annual_rate, False
    for month in loan.months:
        if month.annual_rate != rate:
            rate = month.annual_rate
            yield DatedFact(field="loan.annual_rate", value=rate / 100, true_on=month.ends_on)
        if month.is_modified and not is_modified:
            is_modified = True
            yield DatedFact(field="loan.restructured_on", value=month.ends_on, true_on=month.ends_on)


def _borrower(granted: Origination) -> BorrowerProfile:
    """The score as standing, and an income of 100,000 of which the reported part goes into debts: only the ratio is real."""
    score, ratio = granted.credit_score, granted.debt_to_income
    return BorrowerProfile(
        granted.loan_no,
        credit_standing=None if score is None else next(standing for least, standing in STANDINGS if score >= least),
        monthly_income=None if ratio is None else cny(100_000),
        monthly_debt_service=None if ratio is None else cny(ratio * 1_000),
        reviewed_on=granted.disbursed_on,
    )


def _collateral(granted: Origination) -> Collateral:
    """The value at the grant; the files hold no later one."""
    ratio = granted.loan_to_value
    if not ratio:
        return Collateral()
    value = Money(int(granted.principal.minor * 100 / ratio), "CNY")
    return Collateral(value=value, value_at_origination=value, valued_on=granted.disbursed_on, registration="registered")
