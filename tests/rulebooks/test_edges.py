"""Every rule holds up to its edge and not a step beyond, and says what it is meant to say."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tests.rulebooks.edges import EDGES, GRADE_2007, IN_ORDER, INTERVALS, Edge, fired
from tests.rulebooks.loans import POLICY

from revisit_policy import Grade, Measure, RevisitPolicy, cny
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.rulebooks import cn_housing

OLD = cn_housing.policy_2007()

#: Tables that are told signal by signal, or for every visit, in test_signal_by_signal.py, or plan by plan in test_former_schedules.py.
ELSEWHERE = {"level", "triggers", "obligations", "turnaround"}

#: Rules that hold in every case: there is no edge.
ALWAYS: set[str] = set()


both_editions = pytest.mark.parametrize("old", [False, True], ids=["measures of 2023", "guideline of 2007"])


def rows(edges: Iterable[Edge]) -> list[object]:
    return [pytest.param(edge, id=f"{edge.rule}: {', '.join(f'{name} {value}' for name, value in edge.facts.items())}") for edge in edges]


def check(policy: RevisitPolicy, edge: Edge) -> None:
    assert policy.rule(edge.rule).then == edge.outcome
    assert fired(policy, edge.rule, **edge.facts)
    for change in edge.beside:
        assert not fired(policy, edge.rule, **(edge.facts | change)), change


@pytest.mark.parametrize("edge", rows(EDGES))
def test_a_rule_holds_up_to_its_edge_and_not_a_step_beyond(edge: Edge) -> None:
    check(POLICY, edge)


@pytest.mark.parametrize("edge", rows(GRADE_2007))
def test_a_rule_of_the_guideline_of_2007_holds_up_to_its_edge_and_not_a_step_beyond(edge: Edge) -> None:
    check(OLD, edge)


@pytest.mark.parametrize("edge", rows(edge for edge in INTERVALS if edge.rule != "cap-in-observation"))
def test_intervals_are_the_same_under_the_guideline_of_2007(edge: Edge) -> None:
    check(OLD, edge)


FIRST_COMES_FIRST = {
    "before there were measures the interval was a year at most too": ("interval", {"on": "2008-06-16"}, 12),
    "a large loan comes before the usual window of 2010": ("first_window", {"disbursed_on": "2020-06-15", "principal": cny(5_000_000)}, DayWindow(30, 60)),
    "and of 2024's measures": ("first_window", {"disbursed_on": "2025-06-16", "principal": cny(5_000_000)}, DayWindow(30, 60)),
    "before there were measures the window was the usual one": ("first_window", {"disbursed_on": "2008-06-16"}, DayWindow(30, 90)),
}


@both_editions
@pytest.mark.parametrize(("table", "facts", "outcome"), FIRST_COMES_FIRST.values(), ids=FIRST_COMES_FIRST)
def test_what_comes_first_decides(old: bool, table: str, facts: dict[str, object], outcome: object) -> None:
    policy = OLD if old else POLICY
    assert policy.graph.verdicts(**(IN_ORDER | facts))[table].outcome == outcome


@both_editions
def test_a_loan_in_order_is_normal_raises_nothing_and_is_watched(old: bool) -> None:
    policy = OLD if old else POLICY
    verdicts = policy.graph.verdicts(**IN_ORDER)
    assert all(verdict.is_decided for verdict in verdicts.values())
    said = {name: verdicts[name].outcome for name in ("grade", "signals", "triggers", "interval", "measures", "origination")}
    assert said == {"grade": Grade.NORMAL, "signals": (), "triggers": (), "interval": 12, "measures": (Measure.MONITOR,), "origination": ()}


def test_every_rule_has_an_edge() -> None:
    told = {edge.rule for edge in EDGES}
    assert [rule.id for table in POLICY.tables if table.id not in ELSEWHERE for rule in table.rules if rule.id not in told | ALWAYS] == []
    assert {rule.id for rule in OLD.grade.rules} == {edge.rule for edge in GRADE_2007}


def test_the_editions_differ_in_grades_and_in_one_cap_that_would_be_idle() -> None:
    rules = {rule.id: rule for table in POLICY.tables if table.id != "grade" for rule in table.rules}
    old = {rule.id: rule for table in OLD.tables if table.id != "grade" for rule in table.rules}
    assert rules.keys() - old.keys() == {"cap-in-observation"}
    assert all(old[name].when == rules[name].when for name in old if not _reads_grade(rules[name].when))


def _reads_grade(condition: object) -> bool:
    return "grade" in repr(condition)
