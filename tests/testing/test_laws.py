"""Laws: kept by every policy that can be written, and broken with a sentence by those made to break them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.language.strategies import graphs
from tests.testing.team_policy import grade, ltv, overdue, policy, rule, work

from revisit_policy import DecisionGraph, InvalidPolicyError, InvalidValueError, Label, LawBrokenError, Table, UnknownNameError, unordered
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.readers.generated import GeneratedReader, Resolution
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.testing import (
    boundary_cases,
    check_learning,
    check_monotone,
    check_order,
    check_pure,
    check_readers_agree,
    check_rules,
    check_total,
)

FEW = 15
rarely = settings(max_examples=10, suppress_health_check=[HealthCheck.nested_given, HealthCheck.too_slow])
resolve = GeneratedReader.resolve


@rarely
@given(graphs(gaps=False))
def test_every_law_but_totality_holds_for_any_policy_that_can_be_written(graph: DecisionGraph) -> None:
    for check in (check_pure, check_readers_agree, check_order, check_learning):
        check(graph, examples=FEW)


def test_a_sound_policy_keeps_all_laws() -> None:
    check_rules(policy, examples=50)
    check_rules(grade, examples=50)


@pytest.mark.parametrize(
    ("fact", "outcome", "worse"),
    [("overdue", "grade", "higher"), ("overdue", "interval", "higher"), ("seized", "grade", "higher"), ("ltv", "interval", "higher")],
)
def test_a_worse_fact_never_gives_a_milder_outcome(fact: str, outcome: str, worse: Any) -> None:
    check_monotone(policy, fact=fact, outcome=outcome, worse=worse)


# -- laws that are broken ----------------------------------------------------------------------------------------------


DESKS = Table(
    "desk", label=Label("部门", "desk"), outcomes=unordered(("branch", "legal")), fold="first", rules=(rule("late", overdue > 90, "legal"),), otherwise="branch"
)


def broken(check: Callable[..., None], subject: object, **asked: Any) -> LawBrokenError:
    with pytest.raises(LawBrokenError) as found:
        check(subject, examples=300, **asked)
    return found.value


def without_otherwise() -> Table:
    return attrs.evolve(grade, otherwise=None, rules=grade.rules[:1])


def test_a_gap_is_told_with_the_facts_that_fall_into_it() -> None:
    error = broken(check_total, without_otherwise())
    assert str(error) == "the policy is not total: expected a verdict of `grade`, got gap (no rule applies)"
    assert error.__notes__ == ["facts = dict(overdue=0)"]


def test_a_rise_that_makes_an_outcome_milder_is_told_with_both_cases() -> None:
    forgiving = attrs.evolve(grade, rules=(rule("late", overdue.between(31, 91), "substandard"),))
    error = broken(check_monotone, forgiving, fact="overdue", outcome="grade")
    assert str(error) == "the policy is not monotone: expected `grade` at least substandard with `overdue` at 91 as at 31, got normal"
    assert error.__notes__ == ["facts = dict(overdue=31)", "worse = dict(overdue=91)"]


def test_an_outcome_that_is_milder_only_at_worst_is_found_too() -> None:
    rules = (rule("late", overdue.between(31, 91) & (ltv > "0.80"), "substandard"),)
    error = broken(check_monotone, attrs.evolve(grade, rules=rules), fact="overdue", outcome="grade")
    assert "substandard" in str(error)


def test_a_measure_that_disappears_is_told() -> None:
    listed = Table(
        "measures", label=Label("措施", "measures"), outcomes=unordered(("call", "visit")), fold="every",
        rules=(rule("call-early", (overdue > 0) & (overdue <= 30), "call"), rule("visit-late", overdue > 30, "visit")), otherwise=(),
    )
    error = broken(check_monotone, listed, fact="overdue", outcome="measures")
    assert "expected `measures` at least call with `overdue` at 31 as at 1, got visit" in str(error)


def wrong_reader(_reader: GeneratedReader, snapshot: Snapshot) -> Resolution:
    calm = Snapshot(snapshot.facts, tuple(0 if value == 91 else value for value in snapshot.values))
    return resolve(_reader, calm)


def test_a_reader_that_errs_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GeneratedReader, "resolve", wrong_reader)
    error = broken(check_readers_agree, grade)
    assert "`grade` decided ('substandard',) by ('overdue-90', 'overdue-0'" in str(error)
    assert "overdue=91" in error.__notes__[0]


def test_a_reader_that_remembers_is_not_pure(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Snapshot] = []

    def forgetful(reader: GeneratedReader, snapshot: Snapshot) -> Resolution:
        calls.append(snapshot)
        return wrong_reader(reader, snapshot) if len(calls) % 4 == 2 else resolve(reader, snapshot)

    monkeypatch.setattr(GeneratedReader, "resolve", forgetful)
    assert "when asked again" in str(broken(check_pure, grade))


def test_an_error_instead_of_a_verdict_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(reader: GeneratedReader, snapshot: Snapshot) -> Resolution:
        if snapshot.encoded("seized"):
            raise ZeroDivisionError
        return resolve(reader, snapshot)

    monkeypatch.setattr(GeneratedReader, "resolve", failing)
    error = broken(check_total, grade)
    assert str(error).startswith("the policy is not total: expected a verdict for every case, got ZeroDivisionError")
    assert error.__notes__ == ["facts = dict(seized=True)"]


def test_bad_input_that_is_taken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def lax(_domain: Flags, value: object, **_named: str) -> bool:
        return bool(value)

    monkeypatch.setattr(Flags, "accept", lax)
    assert "refused by name, got a verdict" in str(broken(check_total, grade))


def test_an_order_that_matters_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("revisit_policy.language.fold.Folding._worst", lambda self, fired, open_: self._first(fired, open_))
    assert "in whatever order its rules are written" in str(broken(check_order, grade))


def test_a_candidate_out_of_nowhere_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def guessing(reader: GeneratedReader, snapshot: Snapshot) -> Resolution:
        return resolve(reader, Snapshot(snapshot.facts, tuple(value or 0 for value in snapshot.values)))

    monkeypatch.setattr(GeneratedReader, "resolve", guessing)
    error = broken(check_learning, attrs.evolve(grade, rules=grade.rules[:3]))
    assert "is known, got" in str(error)


# -- laws asked wrongly ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: check_total("grade"), InvalidValueError, "`policy` must be a table, a decision graph or a policy, got `'grade'`"),
        (lambda: check_monotone(policy, fact="overdue", outcome="grades"), UnknownNameError, "unknown table `grades`, did you mean `grade`?"),
        (
            lambda: check_monotone(policy, fact="work", outcome="grade"),
            UnknownNameError,
            "unknown fact of table `grade` `work`, expected `overdue`, `seized`, `ltv`",
        ),
        (lambda: check_monotone(policy, fact="work", outcome="interval"), InvalidPolicyError, "`work`: its choices have no order"),
        (
            lambda: check_monotone(policy, fact="overdue", outcome="grade", worse="up"),  # type: ignore[arg-type] # refused at run time too
            InvalidValueError,
            '`worse` must be "higher" or "lower", got `\'up\'`',
        ),
        (lambda: check_monotone(DESKS, fact="overdue", outcome="desk"), InvalidPolicyError, "`desk`: its outcomes have no order"),
    ],
    ids=["text is no policy", "an unknown table", "a table that lacks the fact", "choices without order", "a direction of no kind", "outcomes without order"],
)
def test_a_law_that_cannot_be_asked_says_why(ask: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as found:
        ask()
    assert str(found.value).startswith(message)


@given(st.sampled_from((1, 7)))
@settings(max_examples=2, suppress_health_check=[HealthCheck.nested_given])
def test_as_many_cases_are_tried_as_are_asked_for(examples: int) -> None:
    seen: list[Any] = []
    counted = attrs.evolve(grade, rules=(rule("trader", work.is_in("trader"), "substandard"),))

    def spy(reader: GeneratedReader, snapshot: Snapshot) -> Resolution:
        seen.append(snapshot)
        return resolve(reader, snapshot)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GeneratedReader, "resolve", spy)
        check_readers_agree(counted, examples=examples)
    assert len(seen) - len(boundary_cases(counted)) <= examples
