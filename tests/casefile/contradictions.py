"""Facts that contradict one another: what no bank can have of one loan, each with the line that refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

#: The day on which the cases are judged.
ON: Final = "2026-11-24"


@attrs.frozen(kw_only=True)
class Contradiction:
    """Fields by path that cannot all be so.

    Args:
        fields: The fields; amounts in fen. A visit is the last day of a first visit by telephone.
        field: The field that is to be mended.
        expected: What it must be, as the message says it.
        needs_day: Whether it shows only once the decision day is known.
    """

    fields: Mapping[str, Any] = attrs.field(hash=False)
    field: str
    expected: str
    needs_day: bool = False


#: A loan in order, by path; every row changes it.
IN_ORDER: Final[Mapping[str, Any]] = {
    "loan.loan_no": "GZ-1", "loan.product": "first_home", "loan.principal": 180_000_000, "loan.balance": 145_500_000, "loan.annual_rate": "0.0335",
    "loan.repayment": "level_payment", "loan.disbursed_on": "2024-03-15", "loan.term_months": 360, "loan.days_past_due": 0, "borrower.id": "B-1",
}  # fmt: skip

CONTRADICTIONS: Final[Mapping[str, Contradiction]] = {
    "past due for longer than the loan has been there": Contradiction(
        fields={"loan.disbursed_on": "2026-11-01", "loan.days_past_due": 24}, field="loan.days_past_due", needs_day=True,
        expected="at most the days from `disbursed_on` (2026-11-01) to the decision day (2026-11-24)",
    ),
    "past due, on the day of the count, for longer than the loan had been there": Contradiction(
        fields={"loan.disbursed_on": "2026-11-01", "loan.days_past_due": 10, "loan.arrears_as_of": "2026-11-10"}, field="loan.days_past_due",
        expected="at most the days from `disbursed_on` (2026-11-01) to `arrears_as_of` (2026-11-10)",
    ),
    "unpaid since before it was paid out": Contradiction(
        fields={"loan.days_past_due": None, "loan.unpaid_since": "2024-03-14"}, field="loan.unpaid_since",
        expected="on or after `disbursed_on` (2024-03-15)",
    ),
    "nothing past due and six periods missed in a row": Contradiction(
        fields={"loan.missed_consecutive": 6, "loan.missed_total_24m": 6}, field="loan.missed_consecutive", expected="0 with `days_past_due` at 0",
    ),
    "over a month past due of monthly instalments and none missed": Contradiction(
        fields={"loan.days_past_due": 32, "loan.missed_consecutive": 0}, field="loan.missed_consecutive",
        expected="at least 1 with `days_past_due` at 32 and an instalment due every month",
    ),
    "fewer periods missed in all than in a row": Contradiction(
        fields={"loan.days_past_due": 91, "loan.missed_consecutive": 4, "loan.missed_total_24m": 3}, field="loan.missed_total_24m",
        expected="at least `missed_consecutive` (4), or 24 if that is more",
    ),
    "more periods missed than the loan is months old": Contradiction(
        fields={"loan.disbursed_on": "2026-09-24", "loan.days_past_due": 40, "loan.missed_consecutive": 4}, field="loan.missed_consecutive", needs_day=True,
        expected="at most the months begun from `disbursed_on` (2026-09-24) to the decision day (2026-11-24)",
    ),
    "more clean months than the loan is months old": Contradiction(
        fields={"loan.disbursed_on": "2026-09-24", "loan.months_clean_since_cure": 6}, field="loan.months_clean_since_cure", needs_day=True,
        expected="at most the months begun from `disbursed_on` (2026-09-24) to the decision day (2026-11-24)",
    ),
    "clean months until now and over a month past due": Contradiction(
        fields={"loan.days_past_due": 32, "loan.months_clean_since_cure": 3}, field="loan.months_clean_since_cure", expected="0 with `days_past_due` at 32",
    ),
    "a balance above the principal": Contradiction(
        fields={"loan.balance": 180_000_001}, field="loan.balance", expected="at most `principal` (CNY 1,800,000.00)",
    ),
    "a down payment above the price": Contradiction(
        fields={"loan.price": 1_00, "loan.down_payment": 1_01}, field="loan.down_payment", expected="at most `price` (CNY 1.00)",
    ),
    "a loss above what is carried": Contradiction(
        fields={"loan.carrying_amount": 1_00, "loan.ecl": 1_01}, field="loan.ecl", expected="at most `carrying_amount` (CNY 1.00)",
    ),
    "a property fee above all debt service": Contradiction(
        fields={"borrower.monthly_debt_service": 1_00, "borrower.property_fee": 1_01}, field="borrower.property_fee",
        expected="part of `monthly_debt_service` (CNY 1.00)",
    ),
    "signed after it was paid out": Contradiction(
        fields={"loan.signed_on": "2024-03-16"}, field="loan.signed_on", expected="on or before `disbursed_on` (2024-03-15)",
    ),
    "extended to the day on which it would have matured": Contradiction(
        fields={"loan.extended_to": "2054-03-15"}, field="loan.extended_to", expected="after the contracted maturity (2054-03-15)",
    ),
    "restructured before it was paid out": Contradiction(
        fields={"loan.restructured_on": "2024-03-14"}, field="loan.restructured_on", expected="on or after `disbursed_on` (2024-03-15)",
    ),
    "a demand before it was paid out": Contradiction(
        fields={"loan.demanded_on": "2024-03-14"}, field="loan.demanded_on", expected="on or after `disbursed_on` (2024-03-15)",
    ),
    "a person needed before it was paid out": Contradiction(
        fields={"loan.person_needed_since": "2024-03-14"}, field="loan.person_needed_since", expected="on or after `disbursed_on` (2024-03-15)",
    ),
    "an observation that ends on the day of the restructuring": Contradiction(
        fields={"loan.restructured_on": "2025-03-14", "loan.observation_until": "2025-03-14"}, field="loan.observation_until",
        expected="after `restructured_on` (2025-03-14)",
    ),
    "visited before it was paid out": Contradiction(
        fields={"visits.first": "2024-03-14", "visits.by.phone": "2024-03-14"}, field="visits", expected="on or after `disbursed_on` (2024-03-15)",
    ),
    "paid out after the decision": Contradiction(
        fields={"loan.disbursed_on": "2026-11-25"}, field="loan.disbursed_on", expected="on or before the decision day (2026-11-24)", needs_day=True,
    ),
    "counted after the decision": Contradiction(
        fields={"loan.days_past_due": 5, "loan.arrears_as_of": "2026-11-25"}, field="loan.arrears_as_of", needs_day=True,
        expected="on or before the decision day (2026-11-24)",
    ),
    "unpaid since a day after the decision": Contradiction(
        fields={"loan.days_past_due": None, "loan.unpaid_since": "2026-11-25"}, field="loan.unpaid_since", needs_day=True,
        expected="on or before the decision day (2026-11-24)",
    ),
    "valued after the decision": Contradiction(
        fields={"collateral.valued_on": "2026-11-25"}, field="collateral.valued_on", expected="on or before the decision day (2026-11-24)", needs_day=True,
    ),
    "prices of a day after the decision": Contradiction(
        fields={"market.as_of": "2026-11-25"}, field="market.as_of", expected="on or before the decision day (2026-11-24)", needs_day=True,
    ),
    "determined after the decision": Contradiction(
        fields={"determination.grade": "special_mention", "determination.on": "2026-11-25"}, field="determination.on", needs_day=True,
        expected="on or before the decision day (2026-11-24)",
    ),
    "restructured after the decision": Contradiction(
        fields={"loan.restructured_on": "2026-11-25"}, field="loan.restructured_on", expected="on or before the decision day (2026-11-24)", needs_day=True,
    ),
    "a person needed from a day after the decision": Contradiction(
        fields={"loan.person_needed_since": "2026-11-25"}, field="loan.person_needed_since", needs_day=True,
        expected="on or before the decision day (2026-11-24)",
    ),
    "a demand after the decision": Contradiction(
        fields={"loan.demanded_on": "2026-11-25"}, field="loan.demanded_on", expected="on or before the decision day (2026-11-24)", needs_day=True,
    ),
}  # fmt: skip

#: What is unusual and can be so: nobody refuses it.
UNUSUAL: Final[Mapping[str, Mapping[str, Any]]] = {
    "past due since the day it was paid out": {"loan.disbursed_on": "2026-11-01", "loan.days_past_due": 23},
    "past due, on the day of the count, since the day it was paid out": {
        "loan.disbursed_on": "2026-11-01", "loan.days_past_due": 9, "loan.arrears_as_of": "2026-11-10",
    },
    "unpaid since the day it was paid out": {"loan.disbursed_on": "2026-11-01", "loan.days_past_due": None, "loan.unpaid_since": "2026-11-01"},
    "a month past due and no period missed yet": {"loan.days_past_due": 31, "loan.missed_consecutive": 0},
    "a quarter past due of interest that is due once a year": {"loan.repayment": "interest_first", "loan.days_past_due": 91, "loan.missed_consecutive": 0},
    "periods of a quarter, more in a row than two years hold": {
        "loan.repayment": "interest_first", "loan.days_past_due": 700, "loan.missed_consecutive": 10, "loan.missed_total_24m": 8,
    },
    "more months in a row than two years hold": {
        "loan.disbursed_on": "2020-03-15", "loan.days_past_due": 900, "loan.missed_consecutive": 30, "loan.missed_total_24m": 24,
    },
    "clean for a year and late since a few days": {"loan.days_past_due": 5, "loan.months_clean_since_cure": 12},
    "valued and reviewed before it was paid out": {"collateral.valued_on": "2024-01-10", "borrower.reviewed_on": "2024-01-10"},
    "visited on the day it was paid out": {"visits.first": "2024-03-15", "visits.by.phone": "2024-03-15"},
    "restructured on the day it was paid out": {"loan.restructured_on": "2024-03-15"},
}  # fmt: skip
