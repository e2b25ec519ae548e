"""Worked cases as a team writes them, and what it is told when one of them is missed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.testing.team_policy import grade, overdue, policy, rule

from revisit_policy import (
    DecisionGraph,
    Fact,
    InvalidInputError,
    InvalidValueError,
    Label,
    RevisitPolicyError,
    Table,
    UnexpectedOutcomeError,
    UnknownNameError,
    unordered,
)
from revisit_policy.language.condition import ALWAYS
from revisit_policy.outcomes.grade import Grade
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import PolicyCase, policy_cases

score = Fact.count("score", low=0, high=1000, label=Label("评分", "score"))
measures = Table(
    "measures", label=Label("措施", "measures"), outcomes=unordered(("call", "visit", "sue")), fold="every",
    rules=(rule("call-late", overdue > 0, "call"), rule("visit-late", overdue > 30, "visit"), rule("sue-late", overdue > 90, "sue")), otherwise=(),
)
graded = Table(
    "graded", label=Label("分类", "graded"), outcomes=Grade, fold="first", rules=(rule("poor-score", score < 400, Grade.DOUBTFUL),), otherwise=Grade.NORMAL
)


def case(given: dict[str, Any], expect: dict[str, Any]) -> PolicyCase:
    return PolicyCase(given=given, expect=expect, because="the team says so")


@policy_cases(
    PolicyCase(given={"overdue": 91}, expect={"grade": "substandard", "interval": 3}, because="over 90 days is substandard and seen every quarter"),
    PolicyCase(given={"overdue": 0, "ltv": "0.60", "work": "trader"}, expect={"grade": "normal", "interval": 12}, because="a sound loan is seen once a year"),
    PolicyCase(given={"overdue": 0}, expect={"grade": "special_mention", "grade.status": "undecided"}, because="a loan without a value is watched"),
    PolicyCase(given={}, expect={"grade.at_worst": "substandard", "interval": None}, because="nobody knows anything"),
    base={"on": "2026-06-30"},
)
def test_a_case_that_is_decided_as_written_passes(case: PolicyCase) -> None:
    case.check(policy)
    assert dict(case.given)["on"] == "2026-06-30"


def test_the_tests_are_named_by_the_sentences() -> None:
    mark = policy_cases(case({"overdue": 1}, {"grade": "normal"})).mark
    assert list(map(mark.kwargs["ids"], mark.args[1])) == ["the team says so"]


@pytest.mark.parametrize(
    ("subject", "given", "expect"),
    [
        (grade, {"overdue": 91}, {"grade": "substandard"}),
        (measures, {"overdue": 31}, {"measures": ("visit", "call")}),
        (measures, {"overdue": 1}, {"measures": "call"}),
        (measures, {"overdue": 0}, {"measures": ()}),
        (graded, {"score": 399}, {"graded": Grade.DOUBTFUL}),
        (graded, {"score": 399}, {"graded": "doubtful"}),
        (graded, {"score": 400}, {"graded": Grade.NORMAL, "graded.status": "decided"}),
    ],
    ids=["a table alone", "a set in any order", "a set of one", "an empty set", "a member", "a member by its code", "several parts"],
)
def test_an_expectation_may_be_written_in_the_plainest_way(subject: Any, given: dict[str, Any], expect: dict[str, Any]) -> None:
    case(given, expect).check(subject)


@pytest.mark.parametrize(
    ("given", "expect", "message", "notes"),
    [
        (
            {"overdue": 90, "ltv": "0.7001"},
            {"grade": "substandard"},
            "expected `grade` substandard because the team says so, got special_mention",
            [
                "facts read: overdue=90, seized=False, ltv=70.01 %",
                "fired: overdue-0 (overdue > 0: special_mention)",
                "nearest: overdue-90, which wants overdue > 90, and it is 90 days, one step away",
            ],
        ),
        (
            {"overdue": 40, "ltv": "0.70"},
            {"grade": "substandard"},
            "expected `grade` substandard because the team says so, got special_mention",
            [
                "facts read: overdue=40, seized=False, ltv=70.00 %",
                "fired: overdue-0 (overdue > 0: special_mention)",
                "nearest: overdue-90, which wants overdue > 90, and it is 40 days, 50 days away",
            ],
        ),
        (
            {"overdue": 0, "ltv": "0.70", "on": "2026-01-01"},
            {"interval": 6},
            "expected `interval` 6 because the team says so, got nothing established",
            [
                "facts read: on=2026-01-01, ltv=70.00 %, work unknown",
                "fired: no rule",
                "undecided: thin-margin, for want of work",
                "nearest: thin-margin, which is open: it wants work.is_in('trader'), and it is unknown",
            ],
        ),
        (
            {"overdue": 95, "ltv": "0.70"},
            {"grade": "normal"},
            "expected `grade` normal because the team says so, got substandard",
            [
                "facts read: overdue=95, seized=False, ltv=70.00 %",
                "fired: overdue-90 (overdue > 90: substandard); overdue-0 (overdue > 0: special_mention)",
                "nearest: no rule of `grade` gives normal",
            ],
        ),
        (
            {"overdue": 95, "ltv": "0.70"},
            {"grade": "special_mention"},
            "expected `grade` special_mention because the team says so, got substandard",
            [
                "facts read: overdue=95, seized=False, ltv=70.00 %",
                "fired: overdue-90 (overdue > 90: substandard); overdue-0 (overdue > 0: special_mention)",
                "nearest: overdue-0 holds, but another rule prevails",
            ],
        ),
        (
            {"overdue": 0, "ltv": "0.60", "work": "retired", "on": "2026-01-01"},
            {"interval": 3},
            "expected `interval` 3 because the team says so, got 12",
            [
                "facts read: on=2026-01-01, ltv=60.00 %, work=retired",
                "fired: no rule",
                "nearest: by-substandard, which wants grade.is_in('substandard'), an earlier outcome",
            ],
        ),
    ],
    ids=["one step short", "fifty days short", "for want of a fact", "no such rule", "a rule that gives way", "an earlier outcome"],
)
def test_a_miss_tells_the_facts_the_rules_and_how_near_it_was(given: Any, expect: Any, message: str, notes: list[str]) -> None:
    with pytest.raises(UnexpectedOutcomeError) as found:
        case(given, expect).check(policy)
    assert str(found.value) == message
    assert found.value.__notes__ == notes


def test_a_measure_that_is_missing_from_a_list_is_told() -> None:
    with pytest.raises(UnexpectedOutcomeError) as found:
        case({"overdue": 31}, {"measures": ("call", "sue")}).check(measures)
    assert str(found.value) == "expected `measures` call, sue because the team says so, got call, visit"
    assert found.value.__notes__[-1] == "nearest: sue-late, which wants overdue > 90, and it is 31 days, 59 days away"


base = Table(
    "base", label=Label("基准", "base"), outcomes=(12, 6, 3), fold="first", rules=(rule("poor", score < 400, 3),), otherwise=12
)
capped = Table(
    "capped", label=Label("间隔", "capped"), outcomes=(12, 6, 3), fold="least",
    rules=(rule("as-base", ALWAYS, base.outcome), rule("late", overdue > 30, 6)), otherwise=12,
)
HANDED_ON = DecisionGraph((base, capped))


@pytest.mark.parametrize(
    ("subject", "given", "wanted", "said"),
    [
        (HANDED_ON, {"score": 500, "overdue": 10}, 6, "nearest: late, which wants overdue > 30, and it is 10 days, 20 days away"),
        (HANDED_ON, {"score": 500, "overdue": 40}, 12, "nearest: as-base holds, but another rule prevails"),
        (HANDED_ON, {"score": 300, "overdue": 10}, 12, "nearest: no rule of `capped` gives 12"),
        (HANDED_ON, {"overdue": 40}, 12, "nearest: no rule of `capped` gives 12"),
        (capped, {"base": 12, "overdue": 10}, 6, "nearest: late, which wants overdue > 30, and it is 10 days, 20 days away"),
        (capped, {"base": 12, "overdue": 40}, 12, "nearest: as-base holds, but another rule prevails"),
    ],
    ids=[
        "it hands on another", "it hands on what was wanted", "neither gives it", "nobody knows what it hands on", "another is given",
        "what was wanted is given",
    ],
)
def test_a_rule_that_hands_an_outcome_on_is_near_only_if_that_is_the_outcome_wanted(subject: Any, given: dict[str, Any], wanted: int, said: str) -> None:
    with pytest.raises(UnexpectedOutcomeError) as found:
        case(given, {"capped": wanted}).check(subject)
    assert found.value.__notes__[-1] == said
    assert not any("ALWAYS" in note for note in found.value.__notes__)


def test_what_is_told_of_signals_is_told_in_words() -> None:
    with pytest.raises(UnexpectedOutcomeError) as found:
        PolicyCase(given={"days_past_due": 91}, expect={"level": "none"}, because="it is calm").check(cn_housing.policy())
    assert not any("Signal(" in note for note in found.value.__notes__)
    with pytest.raises(UnexpectedOutcomeError, match=r"expected `signals` arrears \(yellow\) because it is calm, got "):
        PolicyCase(given={"days_past_due": 91}, expect={"signals": ("arrears (yellow)",)}, because="it is calm").check(cn_housing.policy())


@pytest.mark.parametrize(
    ("given", "expect", "error", "message"),
    [
        ({"overdu": 1}, {"grade": "normal"}, UnknownNameError, "unknown fact `overdu`, did you mean `overdue`?"),
        ({"overdue": 1}, {"grades": "normal"}, UnknownNameError, "unknown table `grades`, did you mean `grade`?"),
        ({"overdue": 1}, {"grade": "norml"}, UnknownNameError, "unknown outcome of table `grade` `norml`, did you mean `normal`?"),
        ({"overdue": 1}, {"grade.worst": "normal"}, UnknownNameError, "unknown part of a verdict `worst`, did you mean `at_worst`?"),
        ({"overdue": 1}, {"grade.status": "open"}, UnknownNameError, "unknown status `open`"),
        ({"overdue": -1}, {"grade": "normal"}, InvalidInputError, "`overdue` must be a whole number from 0 to 3650"),
    ],
    ids=["a fact", "a table", "an outcome", "a part", "a status", "a value"],
)
def test_a_name_that_nothing_goes_by_is_told_with_the_nearest(given: Any, expect: Any, error: type[RevisitPolicyError], message: str) -> None:
    with pytest.raises(error) as found:
        case(given, expect).check(policy)
    assert str(found.value).startswith(message)


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda: PolicyCase(given={}, expect={}, because="nothing"), "`PolicyCase.expect` must be at least one outcome by table"),
        (lambda: PolicyCase(given={}, expect={"grade": "normal"}, because=" "), "`PolicyCase.because` must be a sentence"),
        (policy_cases, "`cases` must be one case or more, each with a sentence of its own"),
        (
            lambda: policy_cases(case({}, {"grade": None}), case({}, {"grade": 1})),
            "`cases` must be one case or more, each with a sentence of its own, got `'the team",
        ),
    ],
    ids=["nothing expected", "no reason", "no case", "one sentence twice"],
)
def test_cases_badly_written_are_refused(write: Any, message: str) -> None:
    with pytest.raises(InvalidValueError) as found:
        write()
    assert str(found.value).startswith(message)


def test_a_case_is_a_value_whose_repr_pastes_back() -> None:
    written = case({"overdue": 1}, {"grade": "normal"})
    assert eval(repr(written), {"PolicyCase": PolicyCase}) == written  # noqa: S307 - a repr that pastes back
    assert hash(written) == hash(case({"overdue": 1}, {"grade": "normal"}))
