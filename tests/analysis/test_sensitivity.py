"""Sensitivity: worked cases, and every nearest change against trying all values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.small_worlds import read
from tests.language.loan_facts import days, job, ltv, misuse, rule, signed, standing, table
from tests.language.strategies import cases, graphs

from revisit_policy import DecisionGraph, UnknownNameError, analysis
from revisit_policy.analysis.differences.change import established

grade = table(
    rule("late", days > 0, "b"),
    rule("overdue-90", days > 90, "c"),
    rule("thin", ltv > "0.80", "b"),
    rule("misused", misuse.is_true(), "c"),
    rule("idle", job.is_in("none") & (standing >= "fair"), "b"),
    rule("old", signed < "2010-01-01", "c"),
    name="grade",
)
healthy = {"days": 0, "ltv": "0.65", "misuse": False, "job": "salaried", "standing": "good", "signed": "2020-05-01"}

CASES = [
    pytest.param({}, "days", "b", 1, "days past due more than 0 days and days past due at most 90 days (1 day more)", id="the next day matters"),
    pytest.param({"days": 87}, "days", "c", 4, "days past due more than 90 days (4 days more)", id="four more days"),
    pytest.param({"days": 91}, "days", "b", -1, "days past due more than 0 days and days past due at most 90 days (1 day less)", id="a day less"),
    pytest.param({}, "ltv", "b", pytest.approx(0.15), "loan-to-value more than 80.00 % (15.00 % more)", id="a ratio moves by a part of one"),
    pytest.param({}, "misuse", "c", None, "misuse", id="a flag has no distance"),
    pytest.param({"standing": "fair"}, "job", "b", None, "employment is none", id="a choice that matters beside another"),
    pytest.param({}, "signed", "c", -3774, "day of signing before 1 Jan 2010 (3774 days less)", id="a day moves by days"),
    pytest.param({"ltv": None}, "ltv", "b", None, "loan-to-value more than 80.00 %", id="an unknown fact could turn out so"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "fact", "after", "distance", "text"), CASES)
def test_the_nearest_change_of_a_fact(changed: dict[str, Any], fact: str, after: str, distance: Any, text: str) -> None:
    found = [step for step in analysis.sensitivity(grade, {**healthy, **changed}) if step.fact.name == fact and step.after == after]
    assert [step.distance for step in found] == [distance]
    assert found[0].sentence("en").startswith(f"{text}: `grade` changes from ")
    assert grade(**found[0].witness.facts).outcome == after


def test_a_case_that_no_single_fact_can_change_is_proved_to_be_so() -> None:
    stable = table(rule("both", (days > 90) & misuse.is_true(), "c"))
    assert analysis.sensitivity(stable, {"days": 0, "misuse": False}).is_proved
    assert not analysis.sensitivity(stable, {"days": 91, "misuse": False}).is_proved


def test_one_table_can_be_asked_about_alone() -> None:
    behind = table(rule("bad", grade.outcome.is_in("c"), "c"), name="behind")
    graph = DecisionGraph((grade, behind))
    assert {step.table.id for step in analysis.sensitivity(graph, healthy)} == {"grade", "behind"}
    assert {step.table.id for step in analysis.sensitivity(graph, healthy, outcome="behind")} == {"behind"}
    with pytest.raises(UnknownNameError, match="did you mean `behind`"):
        analysis.sensitivity(graph, healthy, outcome="behin")


@given(st.data())
def test_no_value_nearer_than_the_nearest_change_changes_the_outcome(data: st.DataObject) -> None:
    graph = data.draw(graphs(most=2))
    case = data.draw(cases(graph))
    facts = {fact.name: fact.accept(case[fact.name]) for fact in graph.facts}
    for step in analysis.sensitivity(graph, case):
        after = read(graph, step.witness.facts)
        now = read(graph, facts)
        assert established(after[step.table.id].ruling) == step.after != step.before == established(now[step.table.id].ruling)
        if isinstance(step.distance, int) and step.fact.name in {"overdue", "delays"}:
            for moved in range(0, step.distance, 1 if step.distance > 0 else -1):
                near = read(graph, {**facts, step.fact.name: facts[step.fact.name] + moved})
                assert established(near[step.table.id].ruling) == step.before
