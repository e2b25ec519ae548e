"""Merged tables: fewer rules that say the same of every case."""

from __future__ import annotations

from typing import Any

import pytest
from tests.language.loan_facts import days, impaired, job, ltv, misuse, rule, signed, standing, table
from tests.language.test_small_world import CASES

from revisit_policy import DecisionGraph, Fold, Period, Score, Table
from revisit_policy.language.condition import any_of
from revisit_policy.language.readers.merged import merged
from revisit_policy.language.snapshot import snapshot_of

LATE, THIN, JOBLESS = rule("late", days > 30, "b"), rule("thin", ltv >= "0.8", "c"), rule("jobless", job.is_in("none"), "b")
GRAVE, CAUTIOUS = rule("grave", impaired.is_true(), "b"), rule("no-value", ltv.is_missing(), "b")
HANDED_ON = rule("as-standing", misuse.is_true(), standing)
DATED = rule("dated", days > 90, "b", period=Period(since="2024-01-01", of=signed))

# a table, and the ids with the conditions that are left of it
MERGED: list[tuple[str, Table, list[tuple[str, Any]]]] = [
    (
        "worst: all that say the same, where the first stands",
        table(LATE, THIN, JOBLESS, GRAVE),
        [("late", any_of(LATE.when, JOBLESS.when, GRAVE.when)), ("thin", THIN.when)],
    ),
    (
        "every: as well",
        table(LATE, THIN, JOBLESS, fold=Fold.EVERY, otherwise=None),
        [("late", any_of(LATE.when, JOBLESS.when)), ("thin", THIN.when)],
    ),
    (
        "first: neighbours alone",
        table(LATE, JOBLESS, THIN, GRAVE, fold=Fold.FIRST),
        [("late", any_of(LATE.when, JOBLESS.when)), ("thin", THIN.when), ("grave", GRAVE.when)],
    ),
    (
        "total: nothing, for each counts",
        table(rule("one", days > 30, 1), rule("other", misuse.is_true(), 1), fold=Fold.TOTAL, outcomes=Score(), otherwise=0),
        [("one", days > 30), ("other", misuse.is_true())],
    ),
    ("unique: nothing", table(LATE, JOBLESS, fold=Fold.UNIQUE), [("late", LATE.when), ("jobless", JOBLESS.when)]),
    ("not what asks for an absence", table(LATE, CAUTIOUS, JOBLESS), [("late", any_of(LATE.when, JOBLESS.when)), ("no-value", CAUTIOUS.when)]),
    (
        "not what a fact says",
        table(HANDED_ON, rule("poor", days > 1, "poor"), rule("again", misuse.is_true(), standing), outcomes=("good", "fair", "poor"), otherwise="good"),
        [("as-standing", HANDED_ON.when), ("poor", days > 1), ("again", misuse.is_true())],
    ),
    ("a period goes into the condition", table(DATED, LATE), [("dated", any_of(DATED.condition, LATE.when))]),
]


@pytest.mark.parametrize(("asked", "left"), [pytest.param(*row, id=sentence) for sentence, *row in MERGED])
def test_rules_that_say_the_same_are_one_where_nobody_can_tell_them_apart(asked: Table, left: list[tuple[str, Any]]) -> None:
    fewer = merged(asked)
    assert [(one.id, one.condition) for one in fewer.rules] == left
    assert (fewer.id, fewer.fold, fewer.outcomes, fewer.otherwise) == (asked.id, asked.fold, asked.outcomes, asked.otherwise)
    assert all(one.period is None for one in fewer.rules if one.id == "dated")


def test_a_rule_that_stands_alone_keeps_its_period() -> None:
    assert merged(table(DATED)).rules == (DATED,)


RULES = (LATE, THIN, JOBLESS, GRAVE)


@pytest.mark.parametrize(
    "asked",
    [
        table(*RULES, CAUTIOUS),
        table(*RULES, CAUTIOUS, fold=Fold.LEAST, outcomes=("c", "b", "a")),
        table(*RULES, fold=Fold.FIRST),
        table(*RULES, fold=Fold.EVERY, otherwise=("a",)),
        table(LATE, JOBLESS, fold=Fold.UNIQUE),
        table(rule("one", days > 30, 1), rule("other", misuse.is_true(), 1), fold=Fold.TOTAL, outcomes=Score(), otherwise=0),
    ],
    ids=lambda asked: str(asked.fold.value),
)
def test_a_merged_table_says_of_every_case_what_the_table_says(asked: Table) -> None:
    later = table(rule("follows", _reads(asked) & (days > 30), "b"), name="later")
    graph = DecisionGraph((asked, later))
    names = [fact.name for fact in graph.facts]
    for case in CASES:
        snapshot = snapshot_of(graph.facts, {name: case[name] for name in names})
        rulings = graph.rulings(snapshot)
        assert dict(rulings) == {name: verdict.ruling for name, verdict in graph.read(snapshot).items()}, case


def test_nobody_can_change_an_answer_that_many_cases_share() -> None:
    graph = DecisionGraph((table(*RULES),))
    rulings: Any = graph.rulings(snapshot_of(graph.facts, {}))
    with pytest.raises(TypeError):
        rulings["t"] = None


def _reads(asked: Table) -> Any:
    match asked.fold:
        case Fold.EVERY:
            return asked.outcome.includes("b")
        case Fold.TOTAL:
            return asked.outcome > 1
        case _:
            return asked.outcome.is_in("b")
