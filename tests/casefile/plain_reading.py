"""What the facts of a case file are, written out one by one: no derivations, no paths, no encoding.

Ratios are exact fractions here; the library holds the float64 nearest to them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from revisit_policy.casefile import fields
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.values.dates import Date, add_months
from revisit_policy.values.money import Money

#: The greatest sum of two amounts over the least.
BEYOND_MEASURE = Fraction(2 * fields.LARGEST_MINOR)


def facts_of(case: CaseFile, on: Date) -> dict[str, Any]:
    return {**of_loan(case, on), **of_borrower(case), **of_collateral(case, on), **of_market(case), **of_people(case)}


def of_loan(case: CaseFile, on: Date) -> dict[str, Any]:
    loan = case.loan
    plain = (
        "product repayment principal balance annual_rate term_months disbursed_on signed_on days_past_due missed_consecutive missed_total_24m "
        "delays_over_5_days_12m technical_cause_proved misuse_of_funds refinanced impaired in_observation restructured_again "
        "months_clean_since_cure price down_payment home_count has_acceleration_clause has_top_up_clause has_inspection_clause "
        "undrawn prepaid_12m granted_in_breach drawn_for_visit observation_until demanded_on"
    )
    matures_on = loan.extended_to or add_months(loan.disbursed_on, loan.term_months)
    traces = (loan.restructured_on is not None or None, loan.in_observation, loan.restructured_again)
    return {name: getattr(loan, name) for name in plain.split()} | {
        "housing_instalment": loan.instalment,
        "extended": loan.extended_to is not None,
        "months_on_book": most_months(loan.disbursed_on, on),
        "matures_on": matures_on,
        "days_since_observation": days(loan.observation_until, on),
        "remaining_months": fewest_months(on, matures_on),
        "ecl_ratio": ratio(loan.ecl, loan.carrying_amount),
        "down_payment_ratio": ratio(loan.down_payment, loan.price),
        "restructured": True if True in traces else None if None in traces[1:] else False,
    }


def of_borrower(case: CaseFile) -> dict[str, Any]:
    borrower, instalment, fee = case.borrower, case.loan.instalment, case.borrower.property_fee
    plain = "credit_standing employment monthly_income property_fee cooperative co_borrower_paying lost_contact deceased other_bad_debt debt_evasion bankruptcy"
    plain += " has_co_borrower divorced seriously_ill moved_away"
    now, before = borrower.monthly_income, borrower.income_at_last_review
    return {name: getattr(borrower, name) for name in plain.split()} | {
        "failed_contacts": borrower.failed_contact_attempts,
        "income_change": ratio(None if now is None or before is None else now - before, before),
        "housing_dsr": ratio(None if instalment is None or fee is None else instalment + fee, now, nothing_below=BEYOND_MEASURE),
        "total_dsr": ratio(borrower.monthly_debt_service, now, nothing_below=BEYOND_MEASURE),
    }


def of_collateral(case: CaseFile, on: Date) -> dict[str, Any]:
    home = case.collateral
    plain = "property_type seized project_stalled has_guarantor has_developer_guarantee stall_cause purchase_rescinded insurance_lapsed"
    return {name: getattr(home, name) for name in plain.split()} | {
        "ltv_now": ratio(case.loan.balance, home.value, nothing_below=BEYOND_MEASURE),
        "ltv_at_origination": ratio(case.loan.principal, home.value_at_origination, nothing_below=BEYOND_MEASURE),
        "days_since_valuation": days(home.valued_on, on),
        "months_begun_since_valuation": None if home.valued_on is None else fewest_months(home.valued_on, on),
        "registration_state": home.registration,
        "days_since_registrable": days(home.registrable_since, on),
        "collateral_damaged": home.damaged_by_owner,
        "guarantee_until": home.guarantee_until,
        "days_since_guarantee_ended": days(home.guarantee_until, on),
    }


def of_market(case: CaseFile) -> dict[str, Any]:
    return {"price_change_12m": case.market.price_change_12m, "price_volatility": case.market.price_volatility}


def of_people(case: CaseFile) -> dict[str, Any]:
    return {"determined_grade": case.determination.grade, "determined_on": case.determination.on}


def ratio(over: Money | None, under: Money | None, *, nothing_below: Fraction | None = None) -> Fraction | None:
    if over is None or under is None:
        return None
    return Fraction(over.minor, under.minor) if under.minor else nothing_below


def days(since: Date | None, on: Date) -> int | None:
    return None if since is None else on.toordinal() - since.toordinal()


def most_months(since: Date, on: Date) -> int:
    """The largest n with *since* plus n months not after *on*, by trying."""
    return max(n for n in around(since, on) if add_months(since, n) <= on)


def fewest_months(since: Date, on: Date) -> int:
    """The smallest n with *since* plus n months not before *on*, by trying."""
    return min(n for n in around(since, on) if add_months(since, n) >= on)


def around(since: Date, on: Date) -> range:
    months = (on.year - since.year) * 12 + on.month - since.month
    return range(months - 2, months + 3)
