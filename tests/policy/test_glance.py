"""A glance at a loan says of grade, level and next visit what the whole decision says, and refuses what that refuses."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.other_bank import Work, other_bank, seen
from tests.policy.other_bank import case as case_of_another
from tests.policy.small_policy import CASE, case_with, small_policy, small_rulebook

from revisit_policy import CaseFile, Decision, Event, Glance, RevisitPolicyError, facts
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import case_files
from revisit_policy.values.dates import Date
from revisit_policy.values.money import cny

ON: Final = Date(2026, 6, 1)
POLICIES: Final[dict[str, Any]] = {"shipped": cn_housing.rulebook, "one edition": cn_housing.policy(), "small": small_policy(), "editions": small_rulebook()}
ASSUMED: Final = facts.days_past_due.assume(0, because=next(iter(cn_housing.policy().grade.rules)).source)
CASES: Final = {
    "in order": CASE,
    "settled": case_with(balance=cny(0), days_past_due=0, missed_consecutive=0),
    "late, and nobody says since when the home is seized": case_with(days_past_due=45, missed_consecutive=2, seized=True),
    "seized since May": case_with(seized=True, events=(Event("seizure", since="2026-05-04"),)),
    "never classified": case_with(determined=None),
    "never valued": case_with(value=None, valued_on=None),
    "loss": case_with(days_past_due=400, missed_consecutive=13),
}


def of(decision: Decision) -> Glance:
    return Glance(
        on=decision.on, grade=decision.grade, grade_at_worst=decision.grade_at_worst, level=decision.level, next_visit=decision.schedule.next
    )


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_glance_at_a_loan_is_the_decision_without_the_rest(policy: Any, case: CaseFile) -> None:
    for question in ({}, {"until": ON}, {"until": "2026-09-30", "assuming": (ASSUMED,)}):
        asked: dict[str, Any] = {"on": ON, **question}
        found = policy.glance(case, **asked)
        assert found == of(policy.decide(case, **asked))
        assert hash(found) == hash(of(policy.decide(case, **asked)))


@given(case_files(), st.booleans())
@settings(max_examples=30)
def test_so_is_it_at_any_loan(case: CaseFile, is_short: bool) -> None:
    asked: dict[str, Any] = {"on": Date(2026, 11, 24)} | ({"until": Date(2026, 12, 24)} if is_short else {})
    assert cn_housing.rulebook.glance(case, **asked) == of(cn_housing.rulebook.decide(case, **asked))


@pytest.mark.parametrize(
    "case",
    [
        case_of_another(seen("2026-03-10"), disbursed_on="2024-03-15"),
        case_of_another(seen("2026-03-10"), seen("2026-05-20", kind=Work.CHECKED, method="phone"), disbursed_on="2024-03-15"),
        case_of_another(disbursed_on="2026-05-15"),
    ],
    ids=["seen", "checked since", "new"],
)
def test_so_is_it_by_obligations_of_a_banks_own_kinds(case: CaseFile) -> None:
    bank = other_bank()
    assert bank.glance(case, on="2026-06-01") == of(bank.decide(case, on="2026-06-01"))


@pytest.mark.parametrize(
    ("case", "question"),
    [
        (CASE, {"on": "2020-01-01"}),
        (CASE, {"on": "soon"}),
        (CASE, {"on": ON, "until": "2026-05-31"}),
        (CASE, {"on": ON, "supplied": {"scroe": 1}}),
        (CASE, {"on": ON, "assuming": (1,)}),
        (CASE, {"on": ON, "calendar": "CN"}),
        ("L-1", {"on": ON}),
    ],
)
@pytest.mark.parametrize("policy", [cn_housing.rulebook, cn_housing.policy()], ids=["rulebook", "policy"])
def test_it_refuses_what_a_decision_refuses_in_the_same_words(policy: Any, case: Any, question: dict[str, Any]) -> None:
    with pytest.raises(RevisitPolicyError) as decided:
        policy.decide(case, **question)
    with pytest.raises(RevisitPolicyError) as glanced:
        policy.glance(case, **question)
    assert str(glanced.value) == str(decided.value)
    assert len(str(glanced.value).splitlines()) == 1
