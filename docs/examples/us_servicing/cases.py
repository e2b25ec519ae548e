"""Loans to ask about."""

from __future__ import annotations

from collections.abc import Sequence

from revisit_policy import BorrowerProfile, CaseFile, Loan, Money, Visit


def late_loan(unpaid_since: str | None, *, visits: Sequence[Visit] = (), **own: str | bool) -> CaseFile:
    """A loan of 240,000 dollars that is unpaid since a day, or pays where that is ``None``."""
    loan = Loan(
        "US-1", product="first_home", principal=Money.of(250_000, "USD"), balance=Money.of(240_000, "USD"), annual_rate="0.0625",
        repayment="level_payment", disbursed_on="2016-05-02", term_months=360, unpaid_since=unpaid_since, days_past_due=0 if unpaid_since is None else None,
    )
    return CaseFile(loan=loan, borrower=BorrowerProfile("US-B-1"), visits=visits, own=own)
