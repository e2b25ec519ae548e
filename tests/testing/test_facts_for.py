"""Keyword facts drawn for a policy: valid, dense at the limits, and simple when they fail."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from tests.language.strategies import graphs
from tests.testing.team_policy import grade, interval, ltv, overdue, policy, seized, work

from revisit_policy import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.language.snapshot import snapshot_of
from revisit_policy.testing import facts_for

QUICK = settings(database=None, deadline=None, max_examples=2000, derandomize=True)


@given(st.data())
def test_facts_for_any_graph_can_be_decided_by_it(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    facts = data.draw(facts_for(graph))
    assert set(graph.verdicts(**facts)) == set(graph.by_id)


@given(st.data())
def test_without_missing_facts_every_fact_is_known(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    facts = data.draw(facts_for(graph, missing=False))
    assert snapshot_of(graph.facts, facts).missing == ()


@pytest.mark.parametrize("rule_id", [rule.id for table in policy.tables for rule in table.rules])
def test_every_rule_of_the_policy_fires_for_some_facts(rule_id: str) -> None:
    def fires(facts: dict[str, Any]) -> bool:
        return any(rule_id in verdict.fired for verdict in policy.verdicts(**facts).values())

    assert fires(find(facts_for(policy), fires, settings=QUICK))


@pytest.mark.parametrize("table", policy.tables, ids=[table.id for table in policy.tables])
def test_a_table_alone_can_be_asked_too(table: Any) -> None:
    found = find(facts_for(table), lambda facts: table(**facts).outcome == table.outcomes.outcomes[-1], settings=QUICK)
    assert table(**found).fired


@pytest.mark.parametrize(
    ("reason", "is_found", "simplest"),
    [
        ("nothing is asked", lambda facts: facts is not None, {}),
        ("over 90 days is substandard", lambda facts: "overdue-90" in grade(**facts).fired, {"overdue": 91}),
        ("a seizure is substandard", lambda facts: "seized" in grade(**facts).fired, {"seized": True}),
        ("a trader's thin margin", lambda facts: "thin-margin" in policy.verdicts(**facts)["interval"].fired, {"ltv": "0.70", "work": "trader"}),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_case_shrinks_to_the_facts_that_matter(reason: str, is_found: Any, simplest: dict[str, Any]) -> None:
    subject = grade if "thin" not in reason else policy
    found = find(facts_for(subject), is_found, settings=QUICK)
    assert {name: value for name, value in found.items() if name != "on"} == simplest


@given(facts_for(policy, where=(overdue > 30) & seized.is_false(), missing=False))
def test_a_condition_holds_in_every_case(facts: dict[str, Any]) -> None:
    assert facts["overdue"] > 30
    assert facts["seized"] is False


@given(facts_for(policy, where=grade.outcome.is_in("substandard")))
def test_a_condition_may_ask_for_an_earlier_outcome(facts: dict[str, Any]) -> None:
    assert policy.verdicts(**facts)["grade"].outcome == "substandard"


@given(facts_for(policy, given={"work": "trader", "seized": None}))
def test_given_facts_are_the_same_in_every_case(facts: dict[str, Any]) -> None:
    assert (facts["work"], facts["seized"]) == ("trader", None)


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: facts_for("grade"), InvalidValueError, "`policy` must be a table, a decision graph or a policy, got `'grade'`"),
        (lambda: facts_for(grade, given={"overdo": 1}), UnknownNameError, "unknown fact `overdo`, did you mean `overdue`?"),
        (lambda: facts_for(grade, given={"overdue": -1}), InvalidInputError, "`overdue` must be a whole number from 0 to 3650"),
        (lambda: facts_for(grade, where=work.is_in("trader")), UnknownNameError, "unknown fact `work`"),
        (
            lambda: facts_for(grade, where=seized),  # type: ignore[arg-type] # refused at run time too
            InvalidValueError,
            "`where` must be a condition",
        ),
    ],
    ids=["text is no policy", "a fact nobody reads", "a value outside the domain", "a condition on a fact nobody reads", "a fact is no condition"],
)
def test_bad_input_is_refused_by_name(ask: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as found:
        ask()
    assert str(found.value).startswith(message)


def test_ratios_and_days_are_drawn_as_text_that_people_type() -> None:
    found = find(facts_for(interval), lambda facts: "ltv" in facts and "on" in facts, settings=QUICK)
    assert all(isinstance(found[name], str) for name in ("ltv", "on"))
    assert interval(**found).facts["ltv"] is not None
    assert ltv.accept(found["ltv"]) is not None
