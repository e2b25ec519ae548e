"""Scopes: which rules a run of tests is about, and how coverage and mutants keep to them."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.policy.small_policy import small_rulebook
from tests.testing.coverage_lines import printed
from tests.testing.team_policy import grade, interval, ltv, overdue, policy, rule, work

from revisit_policy import DecisionGraph, Label, Table, UnknownNameError, facts
from revisit_policy.testing.coverage.scope import Scope, changed_scope, named_scope

pytest_plugins = ["pytester"]


def graph(*tables: Table) -> DecisionGraph:
    return DecisionGraph(tables)


def rules(table: Table, *others: Any) -> Table:
    return attrs.evolve(table, rules=others)


OVERDUE_90, OVERDUE_0, SEIZED, NO_VALUATION = grade.rules
BY_SUBSTANDARD, THIN, BY_SPECIAL_MENTION = interval.rules
THINNER = attrs.evolve(THIN, when=(ltv >= "0.75") & work.is_in("trader"))
DOWNSTREAM = ("by-substandard of interval", "by-special-mention of interval")


@pytest.mark.parametrize(
    ("now", "names"),
    [
        (policy, ()),
        (graph(grade, rules(interval, BY_SUBSTANDARD, THINNER, BY_SPECIAL_MENTION)), ("thin-margin of interval",)),
        (graph(grade, rules(interval, BY_SUBSTANDARD, attrs.evolve(THIN, period=None), BY_SPECIAL_MENTION)), ("thin-margin of interval",)),
        (graph(grade, attrs.evolve(interval, otherwise=6)), ("otherwise of interval",)),
        (graph(grade, rules(interval, THIN, BY_SUBSTANDARD, BY_SPECIAL_MENTION)), (
            "thin-margin of interval", "by-substandard of interval", "by-special-mention of interval", "otherwise of interval")),
        (graph(rules(grade, OVERDUE_0, OVERDUE_90, SEIZED, NO_VALUATION), interval), ()),
        (graph(rules(grade, attrs.evolve(OVERDUE_90, when=overdue > 60), OVERDUE_0, SEIZED, NO_VALUATION), interval), ("overdue-90 of grade", *DOWNSTREAM)),
        (graph(rules(grade, OVERDUE_90, OVERDUE_0, NO_VALUATION), interval), DOWNSTREAM),
        (graph(rules(grade, *grade.rules, rule("long", overdue > 300, "substandard")), interval), ("long of grade", *DOWNSTREAM)),
        (graph(rules(grade, attrs.evolve(OVERDUE_90, because=Label("说法", "other words")), OVERDUE_0, SEIZED, NO_VALUATION), interval), ()),
    ],
    ids=[
        "nothing", "a limit", "a period", "what holds otherwise", "the order of a FIRST table", "an order that does not matter",
        "a limit of a table that another reads", "a rule that is gone", "a rule that is new", "words alone",
    ],
)
def test_a_scope_has_the_rules_that_differ_and_those_that_read_what_they_may_change(now: DecisionGraph, names: tuple[str, ...]) -> None:
    assert changed_scope(policy, now, name="it").names == names


def test_the_editions_of_a_rulebook_are_compared_each_with_its_own() -> None:
    book = small_rulebook()
    last = book.editions[-1]
    capped = last.policy.replacing(attrs.evolve(last.policy.rule("overdue"), when=facts.days_past_due > 3))
    changed = attrs.evolve(book, editions=(*book.editions[:-1], attrs.evolve(last, policy=capped)))
    assert changed_scope(book, book, name="it").names == ()
    assert changed_scope(book, changed, name="it").names[0] == "overdue of grade"
    renamed = attrs.evolve(book, editions=(book.editions[0], attrs.evolve(last, id="NEWER")))
    assert changed_scope(book, renamed, name="it").names == ()  # a new edition is compared with the latest that was signed


def test_rules_and_tables_are_named_by_their_ids() -> None:
    scope = named_scope(policy, ["overdue-90", "table:interval"])
    held = {(table.id, each) for table in policy.tables for each in (*(part.id for part in table.rules), "otherwise") if scope.holds(table, each)}
    assert held == {("grade", "overdue-90"), *(("interval", each) for each in ("by-substandard", "thin-margin", "by-special-mention", "otherwise"))}
    with pytest.raises(UnknownNameError, match="unknown rule or table `overdu-90`, did you mean `overdue-90`"):
        named_scope(policy, ["overdu-90"])


def test_of_many_rules_a_sentence_names_the_first() -> None:
    scope = Scope(about="what was named", rules={}, names=tuple(map(str, range(14))))
    assert str(scope) == "only what was named: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more"
    assert str(Scope(about="what was named", rules={}, names=())) == "only what was named: nothing"


# -- the plugin --------------------------------------------------------------------------------------------------------

SIGNED = """
import attrs
import team_policy

by_substandard, thin, by_special_mention = team_policy.interval.rules
looser = attrs.evolve(thin, when=(team_policy.ltv >= "0.80") & team_policy.work.is_in("trader"))
interval = attrs.evolve(team_policy.interval, rules=(by_substandard, looser, by_special_mention))
policy = attrs.evolve(team_policy.policy, tables=(team_policy.grade, interval))
same = attrs.evolve(team_policy.policy, tables=(team_policy.grade, team_policy.interval))
"""

TESTS = """
from team_policy import policy

def test_thin():
    known = dict(overdue=0, work="trader", on="2026-06-30")
    assert policy.verdicts(ltv="0.70", **known)["interval"].outcome == 6
    assert policy.verdicts(ltv="0.6999", **known)["interval"].outcome == 12
"""


@pytest.fixture
def change(project: pytest.Pytester) -> pytest.Pytester:
    """The project with what was signed beside it, and tests of the one rule that has changed."""
    project.makepyfile(signed_policy=SIGNED)
    project.makepyfile(TESTS)
    return project


def test_coverage_and_mutants_keep_to_what_differs_from_what_was_signed(change: pytest.Pytester) -> None:
    result = change.runpytest("--rule-coverage", "--policy-mutants", "--policy-report=report.md", "-o", "policy_signed=signed_policy:policy")
    about = "only what differs from `signed_policy:policy`, and the rules that read it: thin-margin of interval"
    assert [line for line in result.outlines if line == about] == [about, about]
    assert [line.split(":")[0] for line in printed(result) if " (" in line] == ["interval (first)"]
    survivors = [line for line in result.outlines if line.startswith("nobody would notice if")]
    assert survivors, result.outlines
    assert all("thin-margin" in line for line in survivors)
    report = (change.path / "report.md").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("Only what differs from `signed_policy:policy`, and the rules that read it") for line in report) == 2


def test_where_nothing_differs_there_is_nothing_to_test_and_no_floor_to_fall_under(change: pytest.Pytester) -> None:
    result = change.runpytest("--rule-coverage-fail-under=100", "--policy-mutants-fail-under=100", "-o", "policy_signed=signed_policy:same")
    assert result.ret == 0
    assert "there is nothing to test" in result.outlines
    assert "0 of 0 mutants killed (100.0 %)" in result.outlines


def test_mutants_are_of_the_rules_that_are_named_whatever_was_signed(change: pytest.Pytester) -> None:
    result = change.runpytest("--policy-mutants-of=seized, table:interval", "-o", "policy_signed=signed_policy:policy")
    assert "only what was named: seized, table:interval" in result.outlines
    assert "nobody would notice if seized was removed" in result.outlines
    assert not any("overdue-90" in line for line in result.outlines)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--policy-mutants-of=seizd",), "`--policy-mutants-of`: unknown rule or table `seizd`, did you mean `seized`?"),
        (("--policy-mutants", "-o", "policy_signed=signed_policy"), "`policy_signed` must be module:attribute, got `signed_policy`"),
        (("--rule-coverage", "-o", "policy_signed=signed_policy:base"),
         "`policy_signed` names `signed_policy:base`: module 'signed_policy' has no attribute 'base'"),
    ],
    ids=["no such rule", "no attribute named", "nothing there"],
)
def test_a_scope_that_names_nothing_is_refused(change: pytest.Pytester, options: tuple[str, ...], message: str) -> None:
    result = change.runpytest(*options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"ERROR: {message}" in result.errlines
