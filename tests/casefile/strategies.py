"""Case files of every kind that can be judged on `ON`, gaps and rare registers included."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

from revisit_policy.casefile import fields
from revisit_policy.casefile.borrower import BorrowerProfile, CreditStanding, Employment
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.collateral import Collateral, PropertyType, RegistrationState, StallCause
from revisit_policy.casefile.loan import Loan, Product, Repayment
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.outcomes.grade import UNCLASSIFIED, Grade
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.money import Money

ON: Final = Date(2026, 11, 23)
Value = TypeVar("Value")

days_until_on = st.integers(Date(1990, 1, 1).toordinal(), ON.toordinal()).map(from_ordinal)
days_about_on = st.integers(Date(2010, 1, 1).toordinal(), Date(2040, 12, 31).toordinal()).map(from_ordinal)
amounts = st.integers(0, fields.LARGEST_MINOR).map(lambda minor: Money(minor, "CNY"))
registers = st.sampled_from([False, True, None])
counts = st.integers(0, 400)


def or_unknown(known: st.SearchStrategy[Value]) -> st.SearchStrategy[Value | None]:
    return st.none() | known


def up_to(amount: Money | None) -> st.SearchStrategy[Money | None]:
    """An unknown amount or one that is at most *amount*, which may be unknown itself."""
    highest = fields.LARGEST_MINOR if amount is None else amount.minor
    return or_unknown(st.integers(0, highest).map(lambda minor: Money(minor, "CNY")))


def ratios(low: int, high: int) -> st.SearchStrategy[Fraction]:
    return st.fractions(low, high, max_denominator=10_000)


@st.composite
def records(draw: st.DrawFn, *, is_monthly: bool) -> dict[str, Any]:
    """When a loan was paid out and how it has been paid since: anything that a bank can have had."""
    disbursed_on = draw(days_until_on)
    age = ON.toordinal() - disbursed_on.toordinal()
    overdue = draw(st.integers(0, age))
    missed = draw(or_unknown(st.integers(int(is_monthly and overdue > 31), 0 if not overdue else age // 28 + 1)))
    return {
        "disbursed_on": disbursed_on,
        "days_past_due": overdue,
        "missed_consecutive": missed,
        "missed_total_24m": draw(or_unknown(st.integers(min(24, missed or 0) if is_monthly else 0, 400))),
        "months_clean_since_cure": draw(or_unknown(st.integers(0, 0 if overdue > 31 else age // 28 + 1))),
        "restructured_on": draw(or_unknown(st.integers(disbursed_on.toordinal(), ON.toordinal()).map(from_ordinal))),
    }


@st.composite
def loans(draw: st.DrawFn) -> Loan:
    principal = draw(amounts.filter(lambda amount: amount.minor > 0))
    price, carrying = draw(or_unknown(amounts)), draw(or_unknown(amounts))
    facts: dict[str, Any] = {
        "product": draw(st.sampled_from(Product)),
        "principal": principal,
        "balance": draw(st.integers(0, principal.minor).map(lambda minor: Money(minor, "CNY"))),
        "annual_rate": draw(ratios(0, 1)),
        "repayment": draw(st.sampled_from(Repayment)),
        "term_months": draw(st.integers(1, fields.LONGEST_TERM)),
        "instalment": draw(or_unknown(amounts)),
        "price": price,
        "down_payment": draw(up_to(price)),
        "carrying_amount": carrying,
        "ecl": draw(up_to(carrying)),
        "undrawn": draw(or_unknown(amounts)),
        "prepaid_12m": draw(or_unknown(amounts)),
    }
    for name in ("home_count", "delays_over_5_days_12m"):
        facts[name] = draw(or_unknown(counts))
    facts |= draw(records(is_monthly=facts["repayment"] in {Repayment.LEVEL_PAYMENT, Repayment.LEVEL_PRINCIPAL}))
    flags = (
        "technical_cause_proved", "misuse_of_funds", "refinanced", "impaired", "in_observation", "restructured_again", "granted_in_breach", "drawn_for_visit",
    )  # fmt: skip
    for name in flags:
        facts[name] = draw(registers)
    for name in ("has_acceleration_clause", "has_top_up_clause", "has_inspection_clause"):
        facts[name] = draw(registers)
    return Loan("L", **facts)


@st.composite
def borrowers(draw: st.DrawFn) -> BorrowerProfile:
    service = draw(or_unknown(amounts))
    facts: dict[str, Any] = {
        "credit_standing": draw(or_unknown(st.sampled_from(CreditStanding))),
        "monthly_income": draw(or_unknown(amounts)),
        "income_at_last_review": draw(or_unknown(amounts)),
        "monthly_debt_service": service,
        "property_fee": draw(up_to(service)),
        "employment": draw(or_unknown(st.sampled_from(Employment))),
        "failed_contact_attempts": draw(or_unknown(counts)),
    }
    registered = ("lost_contact", "deceased", "other_bad_debt", "debt_evasion", "bankruptcy", "divorced", "seriously_ill", "moved_away")
    for name in ("cooperative", "co_borrower_paying", *registered):
        facts[name] = draw(registers)
    facts["has_co_borrower"] = draw(st.sampled_from([True, None]) if facts["co_borrower_paying"] else registers)
    return BorrowerProfile("B", **facts)


@st.composite
def collaterals(draw: st.DrawFn) -> Collateral:
    facts: dict[str, Any] = {
        "value": draw(or_unknown(amounts)),
        "valued_on": draw(or_unknown(days_until_on)),
        "value_at_origination": draw(or_unknown(amounts)),
        "property_type": draw(or_unknown(st.sampled_from(PropertyType))),
        "registration": draw(or_unknown(st.sampled_from(RegistrationState))),
        "registrable_since": draw(or_unknown(days_about_on)),
        "guarantee_until": draw(or_unknown(days_about_on)),
        "stall_cause": draw(or_unknown(st.sampled_from(StallCause))),
    }
    for name in ("seized", "project_stalled", "damaged_by_owner", "has_guarantor", "has_developer_guarantee", "insurance_lapsed", "purchase_rescinded"):
        facts[name] = draw(registers)
    return Collateral(**facts)


markets = st.builds(
    MarketConditions,
    price_change_12m=or_unknown(ratios(*fields.TYPED_RATIOS["market.price_change_12m"])),
    price_volatility=or_unknown(ratios(*fields.TYPED_RATIOS["market.price_volatility"])),
)
determinations = st.builds(Determination, or_unknown(st.sampled_from([UNCLASSIFIED, *Grade])), on=or_unknown(days_until_on))
case_files = st.builds(CaseFile, loan=loans(), borrower=borrowers(), collateral=collaterals(), market=markets, determination=determinations)
