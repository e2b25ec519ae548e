"""What holds for every policy, asked of a small one."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.small_policy import CASE, case_with, small_policy, small_rulebook

from revisit_policy import CaseFile, Decision, Employment, RevisitPolicy, cny
from revisit_policy.language.fold import Fold
from revisit_policy.language.table import Table
from revisit_policy.testing import check_all
from revisit_policy.values.dates import Date

POLICY: Final = small_policy()
RULE_IDS: Final = tuple(rule.id for table in POLICY.tables for rule in table.rules)
ON: Final = Date(2026, 6, 1)
VISITED: Final = CASE.visits[:1]

#: Values from mild to severe, limits and both sides of them included.
FROM_MILD_TO_SEVERE: Final[dict[str, list[Any]]] = {
    "days_past_due": [0, 1, 30, 31, 37, 38, 90, 91, 600],
    "credit_standing": ["excellent", "good", "poor"],
    "income_at_last_review": [cny(amount) for amount in (20_000, 24_999, 25_000, 60_000)],
    "value": [cny(amount) for amount in (1_400_000, 875_001, 875_000, 1)],
    "seized": [False, True],
}

changes = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from(values) for name, values in FROM_MILD_TO_SEVERE.items()}
    | {
        "impaired": st.sampled_from([False, True, None]),
        "technical_cause_proved": st.sampled_from([False, True, None]),
        "employment": st.sampled_from([None, *Employment]),
        "valued_on": st.sampled_from([None, "2025-06-01", "2025-05-31"]),
        "balance": st.sampled_from([cny(0), cny(1_000_000)]),
        "term_months": st.sampled_from([24, 27, 361]),
    },
)


def case(facts: dict[str, Any]) -> CaseFile:
    return case_with(visits=VISITED, **facts)


def deadline(decision: Decision) -> Date:
    """The earliest open deadline, passed or not."""
    visit = decision.schedule.next
    return Date(2199, 1, 1) if visit is None else (visit.window.missed_on or visit.window.closes)


def handed_out(decision: Decision) -> tuple[object, ...]:
    """All that somebody acts upon, apart from the order of reasons."""
    visits = tuple((visit.serves, visit.window, visit.method, visit.result, frozenset(visit.reasons)) for visit in decision.schedule.all)
    measures = tuple((found.measure, found.by, found.owner, frozenset(found.rules)) for found in decision.measures)
    return decision.grade, decision.grade_at_worst, decision.signals, decision.level, decision.interval_months, visits, measures


@pytest.mark.parametrize("policy", [POLICY, small_rulebook()], ids=["a policy", "a rulebook"])
def test_every_law_that_can_be_asked_of_a_policy_holds(policy: object) -> None:
    check_all(policy, examples=15)


@pytest.mark.parametrize("fact", FROM_MILD_TO_SEVERE)
@given(data=st.data(), rest=changes)
def test_a_worse_fact_never_moves_a_deadline_back(fact: str, data: st.DataObject, rest: dict[str, Any]) -> None:
    values = FROM_MILD_TO_SEVERE[fact]
    worse = data.draw(st.integers(1, len(values) - 1))
    milder = data.draw(st.integers(0, worse - 1))
    before, after = (POLICY.decide(case(rest | {fact: values[place]}), on=ON) for place in (milder, worse))
    assert deadline(after) <= deadline(before)
    assert after.interval_months is not None
    assert before.interval_months is not None
    assert after.interval_months <= before.interval_months
    assert after.grade >= before.grade
    assert after.level >= before.level


def shuffled(table: Table, data: st.DataObject) -> Table:
    """The table with its rules in another order, where order means nothing."""
    return table if table.fold is Fold.FIRST else attrs.evolve(table, rules=tuple(data.draw(st.permutations(table.rules))))


@given(data=st.data(), facts=changes)
def test_the_order_of_rules_decides_nothing_where_no_table_goes_by_order(data: st.DataObject, facts: dict[str, Any]) -> None:
    other = attrs.evolve(POLICY, tables=tuple(shuffled(table, data) for table in POLICY.tables))
    assert handed_out(other.decide(case(facts), on=ON)) == handed_out(POLICY.decide(case(facts), on=ON))


@given(st.permutations(POLICY.tables))
def test_a_policy_is_the_same_in_whatever_order_its_tables_come(tables: list[Table]) -> None:
    other = attrs.evolve(POLICY, tables=tables)
    assert other == POLICY
    assert other.digest == POLICY.digest


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_every_rule_counts_in_the_digest_and_nothing_else_does(rule_id: str) -> None:
    rule = POLICY.rule(rule_id)
    renamed = attrs.evolve(rule, because=attrs.evolve(rule.because, en="another reason"))
    assert POLICY.replacing(renamed).digest != POLICY.digest
    assert POLICY.replacing(renamed).replacing(rule).digest == POLICY.digest
    POLICY.decide(CASE, on=ON)
    assert POLICY.digest == small_policy().digest


@given(facts=changes)
def test_equal_policies_decide_equal_cases_alike(facts: dict[str, Any]) -> None:
    other: RevisitPolicy = small_policy()
    assert other.decide(case(facts), on=ON) == POLICY.decide(case(facts), on=ON)
    assert other.decide(case(facts), on="2026-06-01").explain("zh") == POLICY.decide(case(facts), on=ON).explain("zh")


@given(changes)
def test_every_part_of_a_decision_is_what_its_constructor_makes_of_it(facts: dict[str, Any]) -> None:
    decision = POLICY.decide(case(facts), on=ON)
    visits = decision.schedule.all
    parts: list[Any] = [decision, *decision.signals, *decision.measures, *visits]
    parts += [part for visit in visits for part in (visit.window, visit.result)]
    for part in parts:
        through = attrs.evolve(part)  # every field converted, the whole checked
        assert part == through
        assert repr(part) == repr(through)
