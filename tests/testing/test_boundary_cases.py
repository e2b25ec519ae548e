"""Boundary cases: every comparison on both sides of where it changes."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from tests.language.strategies import graphs
from tests.testing.team_policy import grade, overdue, policy, rule

from revisit_policy import Label, Table
from revisit_policy.language.condition import Compare, comparisons
from revisit_policy.language.readers.hearing import hear
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.testing import BoundaryCase, boundary_cases


def heard(case: BoundaryCase) -> bool | None:
    verdict = policy.verdicts(**case.facts)[case.table]
    return verdict.hearing(case.rule).truth


def cases_of(rule_id: str) -> dict[str, BoundaryCase]:
    return {case.about: case for case in boundary_cases(policy) if case.rule == rule_id}


@pytest.mark.parametrize(
    ("about", "truth"),
    [
        ("overdue-90: overdue one step below 90", False),
        ("overdue-90: overdue at 90", False),
        ("overdue-90: overdue one step above 90", True),
        ("overdue-90: overdue unknown", None),
        ("seized: seized is False", False),
        ("seized: seized is True", True),
        ("seized: seized unknown", None),
        ("thin-margin: ltv one step below 0.70", False),
        ("thin-margin: ltv at 0.70", True),
        ("thin-margin: ltv one step above 0.70", True),
        ("thin-margin: work is trader", True),
        ("thin-margin: work is salaried", False),
        ("thin-margin: on one step below 2026-01-01", False),
        ("thin-margin: on at 2026-01-01", True),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_the_varied_fact_decides_whether_the_rule_holds(about: str, truth: bool | None) -> None:
    assert heard(cases_of(about.partition(":")[0])[about]) is truth


def test_a_limit_at_the_end_of_the_domain_has_no_step_beyond_it() -> None:
    assert list(cases_of("overdue-0"))[:3] == [
        "overdue-0: overdue at 0",
        "overdue-0: overdue one step above 0",
        "overdue-0: overdue unknown",
    ]


def test_a_ratio_is_varied_by_a_hundredth_of_a_per_cent() -> None:
    values = [case.value for about, case in cases_of("thin-margin").items() if "ltv" in about]
    assert values == ["0.6999", "0.70", "0.7001", None]


def test_the_cases_are_the_same_on_every_call_and_named_once() -> None:
    cases = boundary_cases(policy)
    assert cases == boundary_cases(policy)
    assert len({str(case) for case in cases}) == len(cases)


def test_other_rules_are_quiet_where_they_can_be() -> None:
    at_90 = next(case for case in boundary_cases(grade) if case.about == "overdue-90: overdue at 90")
    assert grade(**at_90.facts).fired == ("overdue-0",)


@given(graphs())
def test_every_limit_of_every_rule_of_any_graph_is_met_at_and_beside(graph: DecisionGraph) -> None:
    found: set[tuple[str, str, Any]] = set()
    for case in boundary_cases(graph):
        graph.verdicts(**case.facts)
        assert case.about.startswith(case.rule)
        found.add((case.rule, case.fact, case.facts.get(case.fact)))
    for table in graph.tables:
        for written in table.rules:
            for part in comparisons(written.condition):
                if isinstance(part, Compare) and part.fact.is_measured and part.fact.table is None:
                    values = {part.fact.encode(value) for name, fact, value in found if (name, fact) == (written.id, part.fact.name)}
                    assert part.fact.domain.encode(part.limit) in values
                    assert len(values - {None}) >= 2


def test_a_set_of_an_earlier_table_is_empty_holds_what_is_asked_for_or_all() -> None:
    listed = Table("listed", label=Label("表", "listed"), outcomes=("a", "b", "c"), fold="every", rules=(rule("first", overdue > 0, "a"),), otherwise=())
    reader = attrs.evolve(grade, rules=(rule("some", listed.outcome.includes("a", "b"), "substandard"),))
    assert [case.value for case in boundary_cases(reader)] == [(), ("a",), ("b",), ("a", "b", "c"), None]


def test_hearing_a_boundary_case_is_what_its_rule_says() -> None:
    case = cases_of("overdue-90")["overdue-90: overdue one step above 90"]
    verdict = policy.verdicts(**case.facts)["grade"]
    assert hear(verdict.table.rule("overdue-90"), {"overdue": 91}).truth is True
