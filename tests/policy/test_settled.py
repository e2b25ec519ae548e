"""Nothing is asked of a loan on which nothing is owed and nothing is past due; one gate says so, whatever the rules say."""

from __future__ import annotations

from typing import Any

import pytest
from tests.policy.small_policy import case_with, small_policy

from revisit_policy import CaseFile, Decision, Event, Level, frames
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.money import cny

PAID: dict[str, Any] = {"balance": cny(0), "days_past_due": 0, "missed_consecutive": 0}
TROUBLE: dict[str, dict[str, Any]] = {
    "the home is seized": {"seized": True},
    "the borrower has died": {"deceased": True},
    "determined to be non-performing": {"determined": "substandard"},
    "restructured, under observation": {"in_observation": True, "restructured_on": "2026-01-15"},
    "income has fallen, and the value is under water": {"monthly_income": cny(3_000), "income_at_last_review": cny(30_000), "value": cny(1)},
    "a valuation asked for since May": {"value": None, "valued_on": None, "events": (Event("revaluation_due", since="2026-05-04"),)},
}


def handed_out(decision: Decision) -> tuple[Any, ...]:
    return decision.signals, decision.level, decision.measures, decision.schedule.all, decision.gaps, decision.undated, decision.replan


@pytest.mark.parametrize("policy", [cn_housing.rulebook, small_policy()], ids=["shipped", "small"])
@pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE)
def test_a_settled_loan_is_asked_for_nothing(policy: Any, trouble: dict[str, Any]) -> None:
    owing, paid = (policy.decide(case_with(**trouble, **changes), on="2026-06-01") for changes in ({}, PAID))
    assert not owing.is_settled
    assert owing.schedule.all
    assert paid.is_settled
    assert handed_out(paid) == ((), Level.NONE, (), (), (), (), None)


@pytest.mark.parametrize(("lang", "line"), [("en", "Nothing is owed and nothing is past due: nothing is asked"), ("zh", "本息已结清，不作任何要求")])
def test_the_explanation_says_that_it_is_settled(lang: str, line: str) -> None:
    explained = small_policy().decide(case_with(seized=True, **PAID), on="2026-06-01").explain(lang)
    assert line in explained.splitlines()
    assert line not in small_policy().decide(case_with(seized=True), on="2026-06-01").explain(lang)


def test_interest_past_due_on_a_balance_that_is_paid_is_owed() -> None:
    decision = small_policy().decide(case_with(balance=cny(0), days_past_due=12), on="2026-06-01")
    assert not decision.is_settled
    assert [signal.code.value for signal in decision.signals] == ["arrears"]
    assert decision.schedule.next is not None


@pytest.mark.parametrize("policy", [cn_housing.rulebook, small_policy()], ids=["shipped", "small"])
def test_a_row_of_a_settled_loan_is_asked_for_nothing(policy: Any) -> None:
    cases: list[CaseFile] = [case_with(**trouble, **changes) for trouble in TROUBLE.values() for changes in ({}, PAID)]
    made = frames.decide(policy, frames.from_cases(cases), on="2026-06-01", visits=True)
    for row, case in zip(made.iter_rows(named=True), cases, strict=True):
        decision = policy.decide(case, on="2026-06-01")
        assert row["level"] == decision.level.severity
        if decision.is_settled:
            assert [row[name] for name in ("signals", "triggers", "measures", "undated", "revaluation_is_due")] == [0, 0, 0, 0, False]
            assert [row[name] for name in ("next_kind", "next_closes", "next_act_by")] == [None, None, None]
        else:
            assert row["next_closes"] is not None
