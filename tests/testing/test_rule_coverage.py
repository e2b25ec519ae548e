"""Rule coverage: what is counted, how it is told, and how the plugin prints it."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.strategies import cases, graphs
from tests.testing.coverage_lines import printed
from tests.testing.team_policy import grade, interval, overdue, policy, rule

from revisit_policy import DecisionGraph, InvalidValueError, Label, Table, UnknownNameError
from revisit_policy.testing import boundary_cases, rule_coverage
from revisit_policy.testing.coverage.covering import merged
from revisit_policy.testing.coverage.table_coverage import from_plain, to_plain

pytest_plugins = ["pytester"]


def read(table: Table, *facts: dict[str, Any]) -> Any:
    return rule_coverage(table, facts).tables[0]


def test_a_rule_that_holds_but_gives_way_fires_and_does_not_decide() -> None:
    seen = read(grade, {"overdue": 91, "ltv": "0.5"})
    assert (seen.fired, seen.decided) == ({"overdue-90", "overdue-0"}, {"overdue-90"})


def test_the_first_of_the_rules_that_hold_decides_a_first_table() -> None:
    seen = read(interval, {"grade": "substandard", "ltv": "0.9", "work": "trader", "on": "2026-06-30"})
    assert (seen.fired, seen.decided) == ({"by-substandard", "thin-margin"}, {"by-substandard"})


def test_what_holds_if_no_rule_fires_is_counted_as_a_rule() -> None:
    assert read(grade, {"overdue": 0, "ltv": "0.5"}).decided == {"otherwise"}


def test_a_rule_for_want_of_whose_fact_nothing_is_sure_is_undecided() -> None:
    assert read(grade, {"ltv": "0.5"}).undecided == {"overdue-90", "overdue-0"}


def test_all_rules_of_a_list_decide_it() -> None:
    rules = (rule("a", overdue > 1, "a"), rule("b", overdue > 2, "b"))
    listed = Table("listed", label=Label("表", "list"), outcomes=("a", "b"), fold="every", rules=rules, otherwise=())
    assert read(listed, {"overdue": 3}).decided == {"a", "b"}


def test_a_rule_that_passes_an_outcome_on_decides_where_no_other_gives_it() -> None:
    rules = (rule("as-graded", overdue > 5, grade.outcome),)
    passing = Table("passed_on", label=Label("表", "passed on"), outcomes=grade.outcomes, fold="worst", rules=rules, otherwise="normal")
    assert read(passing, {"overdue": 6, "grade": "substandard"}).decided == {"as-graded"}


@pytest.mark.parametrize(
    ("values", "met"),
    [((), set()), ((5,), {"below"}), ((90,), {"at"}), ((91,), {"above"}), ((0, 90, 3650), {"below", "at", "above"}), ((None,), set())],
    ids=["no case", "far below", "at the limit", "one step above", "all three", "unknown"],
)
def test_the_sides_of_a_limit_are_those_where_values_lay(values: tuple[Any, ...], met: set[str]) -> None:
    limit = read(grade, *({"overdue": value} for value in values)).limits[0]
    assert (limit.text, limit.met) == ("overdue > 90", met)


def test_a_limit_at_the_end_of_a_domain_has_two_sides() -> None:
    limit = read(grade).limits[1]
    assert (limit.text, limit.sides) == ("overdue > 0", ("at", "above"))


def test_boundary_cases_meet_every_limit_on_every_side() -> None:
    coverage = rule_coverage(policy, [case.facts for case in boundary_cases(policy)])
    assert [limit for table in coverage.tables for limit in table.limits if limit.unmet] == []
    assert coverage.percent == 100


def test_nothing_decided_is_nothing_tested() -> None:
    coverage = rule_coverage(policy, [])
    assert (coverage.percent, coverage.is_empty, len(coverage.tables)) == (0.0, True, 2)


@given(st.data())
def test_what_several_processes_saw_is_what_one_would_have_seen(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    drawn = [data.draw(cases(graph)) for _ in range(4)]
    parts = [rule_coverage(graph, half).tables for half in (drawn[:2], drawn[2:])]
    sent = [from_plain(to_plain(table)) for part in parts for table in part]
    assert tuple(merged(sent).values()) == rule_coverage(graph, drawn).tables


@given(graphs())
def test_the_text_names_every_rule_of_any_graph(graph: DecisionGraph) -> None:
    text = str(rule_coverage(graph, []))
    assert [line.id for table in graph.tables for line in table.rules if f"  {line.id} " not in text] == []


def test_another_version_of_a_table_is_another_table() -> None:
    strict = attrs.evolve(grade, rules=(rule("overdue-90", overdue > 60, "substandard"),))
    assert rule_coverage(grade, []).tables[0].key != rule_coverage(strict, []).tables[0].key


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: rule_coverage("grade", []), InvalidValueError, "`policy` must be a table, a decision graph or a policy, got `'grade'`"),
        (lambda: rule_coverage(grade, [{"overdu": 1}]), UnknownNameError, "unknown fact `overdu`, did you mean `overdue`?"),
    ],
    ids=["text is no policy", "an unknown fact"],
)
def test_coverage_of_what_is_not_there_is_refused(ask: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as found:
        ask()
    assert str(found.value) == message


# -- the plugin --------------------------------------------------------------------------------------------------------

TESTS = """
from team_policy import grade, policy
from revisit_policy.testing import check_rules

def test_substandard():
    assert policy.verdicts(overdue=91, ltv="0.5")["grade"].outcome == "substandard"

def test_normal():
    assert grade(overdue=0, ltv="0.5").outcome == "normal"

def test_laws():
    check_rules(policy, examples=5)
"""


def test_the_plugin_prints_what_the_tests_did_with_each_rule(project: pytest.Pytester) -> None:
    project.makepyfile(TESTS)
    result = project.runpytest("--rule-coverage")
    result.assert_outcomes(passed=3)
    assert result.ret == 0
    assert printed(result) == [
        "grade (worst): 60 % of 4 rules and otherwise, 2 limits",
        "  rule          fired  decided  undecided",
        "  overdue-90    yes    yes      -",
        "    overdue > 90: no case at",
        "  overdue-0     yes    -        -",
        "  seized        -      -        -",
        "  no-valuation  -      -        -",
        "  otherwise     yes    yes      -",
        "interval (first): 20 % of 3 rules and otherwise, 2 limits",
        "  rule                fired  decided  undecided",
        "  by-substandard      yes    yes      -",
        "  thin-margin         -      -        -",
        "    on >= '2026-01-01': no case below, at, above",
        "    ltv >= '0.70': no case at, above",
        "  by-special-mention  -      -        -",
        "  otherwise           -      -        -",
        "40 % of rules and sides of limits tested",
    ]


def test_workers_count_together(project: pytest.Pytester) -> None:
    project.makepyfile(TESTS)
    alone = project.runpytest_subprocess("--rule-coverage", "-p", "no:xdist")
    together = project.runpytest_subprocess("--rule-coverage", "-n", "2")
    assert printed(together) == printed(alone)


@pytest.mark.parametrize(("floor", "code"), [("40", 0), ("41", 1), ("0", 0)])
def test_the_run_fails_under_the_floor_and_says_so(project: pytest.Pytester, floor: str, code: int) -> None:
    project.makepyfile(TESTS)
    result = project.runpytest(f"--rule-coverage-fail-under={floor}")
    assert result.ret == code
    assert (f"rule coverage of 40.0 % is below the {floor} % required" in result.stdout.str()) is bool(code)


def test_a_policy_that_was_never_decided_is_named_and_fails(project: pytest.Pytester) -> None:
    project.makepyfile("def test_nothing():\n    assert True")
    result = project.runpytest("--rule-coverage-fail-under=1")
    assert result.ret == 1
    assert "team_policy:policy was never decided by these tests" in result.outlines


def test_without_the_setting_every_table_that_was_read_is_told(project: pytest.Pytester) -> None:
    project.makepyfile(TESTS)
    result = project.runpytest("--rule-coverage", "-o", "policy_under_test=", "-k", "normal")
    assert printed(result)[0].startswith("grade (worst)")
    assert not any(line.startswith("interval") for line in result.outlines)


def test_without_the_setting_and_without_a_decision_it_says_that_there_was_none(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_nothing():\n    assert True")
    assert "these tests decided nothing with a policy" in pytester.runpytest("--rule-coverage").outlines


def test_a_failing_run_keeps_its_own_code(project: pytest.Pytester) -> None:
    project.makepyfile("def test_wrong():\n    assert False")
    assert project.runpytest("--rule-coverage-fail-under=99").ret == 1


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("team_policy", "`policy_under_test` must be module:attribute, got `team_policy`"),
        ("team_policy:polcy", "`policy_under_test` names `team_policy:polcy`: module 'team_policy' has no attribute 'polcy'"),
        ("team:policy", "`policy_under_test` names `team:policy`: No module named 'team'"),
        ("team_policy:a.b", "`policy_under_test` names `team_policy:a.b`: module 'team_policy' has no attribute 'a'"),
        ("math:pi", "`policy_under_test` names `math:pi`: `policy` must be a table, a decision graph or a policy, got `3.141592653589793` (float)"),
    ],
)
def test_a_setting_that_names_nothing_is_refused(project: pytest.Pytester, setting: str, message: str) -> None:
    project.makepyfile(TESTS)
    result = project.runpytest("--rule-coverage", "-o", f"policy_under_test={setting}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"ERROR: {message}" in result.errlines


def test_the_fixture_is_the_object_that_the_setting_names(project: pytest.Pytester) -> None:
    project.makepyfile("def test_it(policy_under_test):\n    import team_policy\n    assert policy_under_test is team_policy.policy")
    project.runpytest().assert_outcomes(passed=1)


def test_without_an_option_the_package_is_not_even_imported(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import sys\ndef test_it():\n    assert 'revisit_policy' not in sys.modules")
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1)
    assert "rule coverage" not in result.stdout.str()
