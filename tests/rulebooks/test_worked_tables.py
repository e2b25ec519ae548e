"""Worked cases of single tables: where two rules of a ladder hold and the first of them decides."""

from __future__ import annotations

from typing import Any, Final

import pytest
from tests.rulebooks.loans import POLICY

from revisit_policy import Grade, Measure, VisitMethod, cny
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import PolicyCase, policy_cases

POLICY_2007: Final = cn_housing.policy_2007()

@policy_cases(
    PolicyCase(
        given={"principal": cny(5_000_000), "disbursed_on": "2023-06-30"},
        expect={"first_window": DayWindow(30, 60)},
        because="five million is a large loan, whenever it was paid out",
    ),
    PolicyCase(given={"principal": cny("4999999.99"), "disbursed_on": "2023-06-30"}, expect={"first_window": DayWindow(30, 90)}, because="a fen less is not"),
)
def test_the_window_of_the_first_visit(case: PolicyCase) -> None:
    case.check(POLICY.graph.by_id["first_window"])


#: A loan in order, every fact of it looked up.
IN_ORDER: Final[dict[str, Any]] = {
    "days_past_due": 0, "technical_cause_proved": False, "balance": cny(600_000), "principal": cny(1_000_000), "ecl_ratio": None, "missed_total_24m": 0,
    "missed_consecutive": 0, "delays_over_5_days_12m": 0, "remaining_months": 285, "months_on_book": 15, "term_months": 300, "product": "first_home", "credit_standing": "good", "months_clean_since_cure": 0, "months_begun_since_valuation": 7,
    "ltv_now": "0.40", "ltv_at_origination": "0.60", "price_change_12m": "0.01", "price_volatility": "0.03", "registration_state": "registered",
    "income_change": "0", "employment": "salaried", "housing_dsr": "0.25", "total_dsr": "0.30", "failed_contacts": 0, "co_borrower_paying": True,
}  # fmt: skip

GRADE_OPEN: Final[dict[str, dict[str, Any]]] = {
    "whether it is impaired": {"impaired": None},
    "whether it was restructured again": {"in_observation": True, "restructured_again": None},
    "what people determined": {"determined_grade": None},
    "whether debts are evaded": {"debt_evasion": None},
    "whether the borrower is bankrupt": {"bankruptcy": None},
}


@pytest.mark.parametrize("unsearched", GRADE_OPEN.values(), ids=GRADE_OPEN)
def test_a_loan_that_pays_is_watched_though_nobody_has_looked_up(unsearched: dict[str, Any]) -> None:
    known = {**IN_ORDER, **unsearched}
    assert POLICY.grade(**known).at_worst >= Grade.SUBSTANDARD
    assert POLICY.measures(**known).outcome == (Measure.MONITOR,)


def test_under_the_guideline_of_2007_it_is_watched_though_nobody_has_looked_up_whether_it_is_under_observation() -> None:
    known = {**IN_ORDER, "in_observation": None}
    assert POLICY_2007.grade(**known).at_worst is Grade.SUBSTANDARD
    assert POLICY_2007.measures(**known).outcome == (Measure.MONITOR,)


@pytest.mark.parametrize("conduct", ["misuse_of_funds", "debt_evasion"])
def test_misuse_and_evasion_take_a_non_performing_loan_to_court_before_many_periods_are_missed(conduct: str) -> None:
    late = {**IN_ORDER, "days_past_due": 91, "missed_consecutive": 3, "missed_total_24m": 3}
    assert Measure.LITIGATE not in POLICY.measures(**late).outcome
    assert Measure.LITIGATE in POLICY.measures(**{**late, conduct: True}).outcome
    assert Measure.LITIGATE not in POLICY.measures(**{**IN_ORDER, conduct: True}).outcome


CALL_OR_THERE = (VisitMethod.OFF_SITE, VisitMethod.PHONE, VisitMethod.ON_SITE)
SIGNAL_OPEN: Final[dict[str, tuple[dict[str, Any], tuple[VisitMethod, ...]]]] = {
    "whether the loan is impaired": ({"impaired": None, "ecl_ratio": "0.25"}, CALL_OR_THERE),
    "whether the funds were misused": ({"misuse_of_funds": None}, CALL_OR_THERE),
    "whether debts are evaded": ({"debt_evasion": None}, CALL_OR_THERE),
    "whether the borrower is bankrupt": ({"bankruptcy": None}, (VisitMethod.OFF_SITE, VisitMethod.PHONE)),
    "whether the owner harms the home": ({"collateral_damaged": None}, CALL_OR_THERE),
    "since when the mortgage could be registered": ({"registration_state": "pre_registered", "days_since_registrable": None}, CALL_OR_THERE),
    "whether the home is seized": ({"seized": None}, CALL_OR_THERE),
    "whether building has stopped": ({"project_stalled": None}, CALL_OR_THERE),
    "whether the borrower is lost": ({"lost_contact": None}, (VisitMethod.OFF_SITE, VisitMethod.PHONE)),
    "whether somebody who is late is lost": ({"lost_contact": None, "days_past_due": 3, "technical_cause_proved": True}, CALL_OR_THERE),
    "all debts": ({"total_dsr": None}, (VisitMethod.OFF_SITE, VisitMethod.PHONE, VisitMethod.VIDEO)),
}


@pytest.mark.parametrize(("unsearched", "candidates"), SIGNAL_OPEN.values(), ids=SIGNAL_OPEN)
def test_a_call_is_among_the_methods_of_a_visit_that_rests_on_what_nobody_has_looked_up(unsearched: dict[str, Any], candidates: tuple[VisitMethod, ...]) -> None:
    found = POLICY.method(visit_kind="triggered", **{**IN_ORDER, **unsearched})
    assert (found.outcome, found.candidates) == (VisitMethod.OFF_SITE, candidates)
    assert POLICY.method(visit_kind="triggered", **IN_ORDER).candidates == (VisitMethod.OFF_SITE,)
