"""Budgets: what was settled before the steps ran out travels with the error, and the full answer agrees with all of it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.small_worlds import edited, small_graphs
from tests.language.loan_facts import days, impaired, ltv, misuse, rule, table

from revisit_policy import AnalysisLimitError, DecisionGraph, Fold, analysis, facts
from revisit_policy.analysis.study import STEPS
from revisit_policy.rulebooks import cn_housing

late = rule("late", days > 0, "b")
grade = table(
    late,
    rule("overdue-90", (days > 90) & (ltv > "0.5") | misuse.is_true(), "c"),
    rule("never", (days > 9) & (days < 3), "c"),
    rule("shadowed", (days > 30) & impaired.is_true() & misuse.is_true(), "b"),
    rule("paid", (days <= 0) & misuse.is_false(), "b"),
    name="grade",
)
interval = table(
    rule("bad", grade.outcome.is_in("c") | (ltv > 1), 3),
    rule("fair", grade.outcome.is_in("b") & misuse.is_false(), 6),
    outcomes=(12, 6, 3), fold=Fold.FIRST, otherwise=None, name="interval",
)  # fmt: skip
policy = DecisionGraph((grade, interval))
stricter = DecisionGraph((attrs.evolve(grade, rules=(late, rule("overdue-90", (days > 60) & (ltv > "0.5"), "c"), *grade.rules[2:])), interval))

Question = Callable[[int], Any]
QUESTIONS: Final[dict[str, Question]] = {
    "gaps": lambda budget: analysis.gaps(policy, budget=budget),
    "overlaps": lambda budget: analysis.overlaps(policy, budget=budget),
    "dead rules": lambda budget: analysis.dead_rules(policy, budget=budget),
    "redundant rules": lambda budget: analysis.redundant(policy, budget=budget),
    "the whole check": lambda budget: analysis.check(policy, budget=budget),
    "a diff": lambda budget: analysis.diff(policy, stricter, budget=budget),
    "a diff with facts missing": lambda budget: analysis.diff(policy, stricter, missing=("days",), budget=budget),
    "two conditions": lambda budget: analysis.equivalent(grade.outcome.is_in("b"), interval.outcome.is_in(6), policy=policy, budget=budget),
}  # fmt: skip


@cache
def limits(name: str) -> tuple[AnalysisLimitError, ...]:
    """The errors of the question *name* with every budget that is too small, from one step on."""
    errors: list[AnalysisLimitError] = []
    for budget in range(1, STEPS):
        try:
            QUESTIONS[name](budget)
        except AnalysisLimitError as error:
            errors.append(error)
        else:
            break
    return tuple(errors)


def everything(answer: Any) -> list[Any]:
    return [*answer.findings, *answer.abstract]


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_was_found_before_the_limit_is_in_the_full_answer_and_never_less_with_more_steps(name: str) -> None:
    full, before = everything(QUESTIONS[name](STEPS)), 0
    assert limits(name)
    for budget, error in enumerate(limits(name), 1):
        assert error.budget == budget
        assert all(finding in full for finding in error.findings)
        assert len(error.findings) >= before
        before = len(error.findings)
        copy = pickle.loads(pickle.dumps(error))
        assert (copy.proved, copy.findings, str(copy)) == (error.proved, error.findings, str(error))


@pytest.mark.parametrize("name", ["overlaps", "dead rules", "redundant rules", "a diff", "a diff with facts missing"])
def test_a_question_that_nearly_ended_has_settled_nearly_all(name: str) -> None:
    *_, last = limits(name)
    full = everything(QUESTIONS[name](STEPS))
    assert len(last.findings) >= len(full) - 1
    assert last.proved
    assert "nothing was proved" not in str(last)


def with_few_steps(ask: Question, budget: int) -> tuple[list[Any], bool]:
    """What *ask* finds with *budget* steps, and whether that is the answer."""
    try:
        return everything(ask(budget)), True
    except AnalysisLimitError as error:
        return list(error.findings), False


def true_of_rules(answer: Any) -> set[str]:
    """Every sentence about tables and rules that the full answer of `dead_rules` bears out."""
    dead = {(found.table.id, found.rule.id): found for found in answer}
    said = {f"table `{each.id}` has no dead rule" for each in policy.tables if each.id not in {name for name, _ in dead}}
    said |= {f"table `{each.id}`: rule `{one.id}` decides something" for each in policy.tables for one in each.rules if (each.id, one.id) not in dead}
    return said | {f"table `{found.table.id}`: rule `{found.rule.id}` {found.reason.label('en')}" for found in answer}


def true_of_pairs(answer: Any) -> set[str]:
    """Every sentence about tables and pairs that the full answer of `overlaps` bears out."""
    found = {(each.table.id, each.first.id, each.second.id) for each in answer}
    said = {f"table `{each.id}` has no overlap" for each in policy.tables if each.id not in {name for name, _, _ in found}}
    for each in policy.tables:
        for one, other in combinations(each.rules, 2):
            holds = "hold together" if (each.id, one.id, other.id) in found else "never hold together"
            said.add(f"table `{each.id}`: rules `{one.id}` and `{other.id}` {holds}")
    return said


def true_of_tables(answer: Any) -> set[str]:
    """Every sentence about tables that the full answer of `diff` bears out."""
    changed = {each.table.id for each in everything(answer)}
    ends = ("has no other change", "does not say the same")
    return {f"table `{each.id}` {end}" for each in policy.tables for end in (ends if each.id in changed else ("says the same",))}


@pytest.mark.parametrize(
    ("name", "true_of"),
    [("dead rules", true_of_rules), ("overlaps", true_of_pairs), ("a diff", true_of_tables), ("a diff with facts missing", true_of_tables)],
)
def test_what_was_proved_before_the_limit_is_true(name: str, true_of: Callable[[Any], set[str]]) -> None:
    true = true_of(QUESTIONS[name](STEPS))
    assert [error.proved for error in limits(name) if not set(error.proved) <= true] == []


@given(st.data(), st.integers(1, 40))
def test_of_any_small_policy_the_findings_before_the_limit_are_those_of_the_full_answer(data: st.DataObject, budget: int) -> None:
    graph = data.draw(small_graphs(missing=True))
    other = data.draw(edited(graph))
    questions: tuple[Question, ...] = (
        lambda steps: analysis.check(graph, missing=True, budget=steps),
        lambda steps: analysis.overlaps(graph, equal=True, missing=True, budget=steps),
        lambda steps: analysis.redundant(graph, missing=True, budget=steps),
        lambda steps: analysis.diff(graph, other, missing=True, budget=steps),
    )
    for ask in questions:
        full, (found, is_full) = everything(ask(STEPS)), with_few_steps(ask, budget)
        assert all(finding in full for finding in found)
        assert found == full or not is_full


def test_a_message_repeats_a_few_sentences_and_counts_the_rest() -> None:
    last = limits("redundant rules")[-1]
    told = [*last.proved[:3], *([f"… {len(last.proved) - 3} more"] if len(last.proved) > 3 else [])]
    assert str(last).startswith(f"expected to answer within {last.budget} steps, needs more; proved so far: {'; '.join(told)}")
    many = AnalysisLimitError(budget=9, proved=("a", "b", "c", "d", "e"), findings=last.findings[:1])
    assert str(many) == f"expected to answer within 9 steps, needs more; proved so far: a; b; c; … 2 more; found so far: {last.findings[0].sentence()}"


def test_an_edition_is_named_before_what_was_proved_of_it() -> None:
    with pytest.raises(AnalysisLimitError) as caught:
        analysis.dead_rules(cn_housing.rulebook, budget=100)
    first = cn_housing.rulebook.editions[0].id
    assert caught.value.proved
    assert all(sentence.startswith(f"{first}: table `") for sentence in caught.value.proved)


def test_what_was_proved_outside_a_condition_is_said_of_nothing_else() -> None:
    full = analysis.diff(policy, stricter)
    proved: list[str] = []
    for budget in range(1, 40):
        try:
            attrs.evolve(full, budget=budget).within((days > 89) & (ltv > "0.9"))
        except AnalysisLimitError as error:
            proved += error.proved
    assert "outside [" in proved[0]
    assert all(sentence.startswith("outside [") for sentence in proved)


def test_the_questions_of_the_shipped_rulebook_need_not_half_of_the_steps_that_they_may_take() -> None:
    book, half = cn_housing.policy(), STEPS // 2
    moved = book.replacing(attrs.evolve(book.rule("overdue-90"), when=facts.days_past_due > 60))
    assert analysis.check(book, budget=half).is_proved
    assert analysis.dead_rules(book, budget=half).is_proved
    assert analysis.overlaps(book.grade, budget=half).findings
    assert analysis.diff(book, moved, missing=True, budget=half).changes
