"""What holds for every loan under the shipped rulebook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.rulebooks.loans import RULEBOOK, case

from revisit_policy import CaseFile, Decision, Grade, InvalidInputError, Measure, Visit, cny
from revisit_policy.casefile.borrower import CreditStanding, Employment
from revisit_policy.values.dates import Date, from_ordinal

ON: Final = Date(2026, 6, 15)
VISITED: Final = (Visit(kind="first", method="on_site", completed_on="2024-05-06", finding="satisfactory"),)

#: Values from mild to severe, limits and both sides of them included; ``None`` where nobody knows.
FROM_MILD_TO_SEVERE: Final[dict[str, list[Any]]] = {
    "days_past_due": [0, 1, 7, 8, 30, 31, 60, 61, 90, 91, 270, 271, 360, 361, 800],
    "credit_standing": list(CreditStanding),
    "value": [cny(amount) for amount in (1_000_001, 1_000_000, 750_001, 750_000, 666_667, 666_666, 600_000, 599_999, 1)],
    "monthly_debt_service": [cny(amount) for amount in (6_000, 11_000, 11_001, 30_000)],
    "instalment": [cny(amount) for amount in (5_000, 9_700, 9_701, 15_000)],
    "income_at_last_review": [cny(amount) for amount in (20_000, 24_999, 25_000, 60_000)],
    "price_change_12m": ["0.05", "-0.0499", "-0.05", "-0.0999", "-0.10", "-0.40"],
    "price_volatility": ["0", "0.0999", "0.10", "0.50"],
    "missed_consecutive": [0, 1, 2, 3, 5, 6, 9],
    "missed_total_24m": [0, 1, 5, 6, 12],
    "delays_over_5_days_12m": [0, 3, 4, 9],
    "failed_contact_attempts": [0, 1, 2, 3, 8],
    "misuse_of_funds": [False, True],
    "impaired": [False, True],
    "debt_evasion": [False, True],
    "seized": [False, True],
    "in_observation": [False, True],
    "other_bad_debt": [False, True],
    "months_clean_since_cure": [12, 6, 5, 0],
}

UNKNOWN = {"value", "monthly_debt_service", "instalment", "income_at_last_review", "price_change_12m", "price_volatility", "credit_standing",
           "missed_consecutive", "missed_total_24m", "delays_over_5_days_12m"}

others = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from([*values, *([None] if name in UNKNOWN else [])]) for name, values in FROM_MILD_TO_SEVERE.items()}
    | {
        "technical_cause_proved": st.booleans(),
        "determined": st.sampled_from(["unclassified", *(grade.value for grade in Grade)]),
        "employment": st.sampled_from([None, *Employment]),
        "registration": st.sampled_from(["registered", "pre_registered", None]),
        "registrable_since": st.sampled_from([None, "2026-01-05", "2026-06-01"]),
        "valued_on": st.sampled_from([None, "2025-06-14", "2025-06-15", "2026-03-02"]),
        "principal": st.sampled_from([cny(1_000_000), cny(5_000_000)]),
        "cooperative": st.sampled_from([None, False, True]),
    },
)


def is_possible(changes: Mapping[str, Any]) -> bool:
    """Whether a bank can have such a case: facts of the payment record bound one another."""
    try:
        case(visits=VISITED, **changes).check(ON)
    except InvalidInputError:
        return False
    return True


def decided(**changes: Any) -> Decision:
    return RULEBOOK.decide(case(visits=VISITED, **changes), on=ON)


def deadline(decision: Decision) -> Date:
    """The earliest open deadline, passed or not."""
    visit = decision.schedule.next
    return Date(2199, 1, 1) if visit is None else (visit.window.missed_on or visit.window.closes)


@pytest.mark.parametrize("fact", FROM_MILD_TO_SEVERE)
@given(data=st.data(), rest=others)
def test_a_worse_fact_never_gives_a_better_grade_a_longer_interval_a_later_visit_or_fewer_signals(fact: str, data: st.DataObject, rest: dict[str, Any]) -> None:
    values = FROM_MILD_TO_SEVERE[fact]
    worse = data.draw(st.integers(min_value=1, max_value=len(values) - 1))
    milder = data.draw(st.integers(min_value=0, max_value=worse - 1))
    mild, bad = rest | {fact: values[milder]}, rest | {fact: values[worse]}
    assume(is_possible(mild) and is_possible(bad))
    before, after = decided(**mild), decided(**bad)
    assert after.grade >= before.grade
    assert after.grade_at_worst >= before.grade_at_worst
    assert after.interval_months is not None
    assert before.interval_months is not None
    assert after.interval_months <= before.interval_months
    assert after.level >= before.level
    assert deadline(after) <= deadline(before)
    assert {signal.code for signal in before.signals} <= {signal.code for signal in after.signals}


def case_of(changes: dict[str, Any]) -> CaseFile:
    return case(visits=VISITED, **changes)


@given(changes=others, on=st.dates(min_value=Date(2024, 6, 1), max_value=Date(2029, 1, 1)))
def test_every_valid_case_is_decided_and_every_other_refused_by_name(changes: dict[str, Any], on: Any) -> None:
    day = from_ordinal(on.toordinal())
    assume(is_possible(changes))
    file = case_of(changes)
    try:
        file.check(day)
    except InvalidInputError as error:
        with pytest.raises(InvalidInputError, match=re.escape(str(error))):
            RULEBOOK.decide(file, on=day)
        return
    decision = RULEBOOK.decide(file, on=day)
    for visit in decision.schedule.all:
        assert visit.window.opens <= visit.window.due <= visit.window.closes
        assert visit.result.earliest <= visit.result.expected <= visit.result.latest
    for lang in ("zh", "en"):
        assert decision.explain(lang)


@given(changes=others)
def test_no_measure_against_the_borrower_rests_on_what_nobody_established(changes: dict[str, Any]) -> None:
    assume(is_possible(changes))
    decision = decided(**changes)
    fired = set(decision.verdicts["measures"].fired)
    for found in decision.measures:
        assert set(found.rules) <= fired
        if isinstance(found.measure, Measure) and found.measure.is_legal:
            loan = decision.case.loan
            assert loan.days_past_due_on(decision.on) > 90 or (loan.missed_consecutive or 0) >= 6 or found.precondition is not None


def test_editions_cover_the_timeline_once_and_every_old_loan_passes_by_the_end_of_2025() -> None:
    old = case(disbursed_on="2022-05-10", signed_on="2022-05-01", valued_on=None, visits=(), in_observation=True, restructured_on="2023-02-01")
    assert RULEBOOK.decide(old, on="2024-06-30").grade is Grade.SUBSTANDARD  # restructured under the guideline of 2007
    assert RULEBOOK.decide(old, on="2026-01-01").grade is Grade.SPECIAL_MENTION
    passed = attrs.evolve(old, loan=attrs.evolve(old.loan, reclassified_on="2024-06-30"))
    assert RULEBOOK.decide(passed, on="2024-06-30").edition == "CN-CLASS-2023-1"
