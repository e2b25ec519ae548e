"""Outcomes are compared by what they are: the place that one has on the scale of another table says nothing."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest
from tests.frames.engines import ENGINES, cells
from tests.policy.small_policy import CASE, case_with, rule, small_policy, table

from revisit_policy import (
    CaseFile,
    DecisionGraph,
    Fact,
    InvalidPolicyError,
    Label,
    Measure,
    RevisitPolicy,
    Rulebook,
    facts,
    frames,
    unordered,
)
from revisit_policy.casefile.holding import Holding
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty

ON: Final = "2026-06-01"
LATE: Final = facts.days_past_due > 0
BAR: Final = rule("bar", LATE, Measure.LITIGATE)
SCALES: Final = {
    "the other way round": unordered(reversed(Measure)),
    "of one alone": unordered((Measure.LITIGATE,)),
    "turned by one": unordered((*tuple(Measure)[1:], next(iter(Measure)))),
    "alike": unordered(Measure),
}
CASES: Final = (CASE, *(case_with(days_past_due=days) for days in (0, 1, 31, 91)))


def barring(scale: Any) -> RevisitPolicy:
    policy = small_policy()
    return policy.with_table(attrs.evolve(policy.graph.by_id["barred"], outcomes=scale, rules=(BAR,)))


def decided(policy: RevisitPolicy | Rulebook, cases: tuple[CaseFile, ...], **asked: Any) -> dict[str, list[Any]]:
    return cells(frames.label(policy, frames.decide(policy, frames.from_cases(cases), on=ON, **asked)))


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_frames_bar_what_the_single_decision_bars(scale: Any) -> None:
    policy = barring(scale)
    found = decided(policy, CASES, visits=True)
    for at, case in enumerate(CASES):
        single = policy.decide(case, on=ON)
        assert set(found["measures"][at].split(", ")) - {""} == {step.measure.label("en") for step in single.measures}
        assert (found["next_act_by"][at] is not None) == bool(single.measures)
    assert "sue" not in found["measures"][-1]


@pytest.mark.parametrize(
    "scale",
    [RevaluationDuty, tuple(reversed(RevaluationDuty)), unordered(RevaluationDuty)],
    ids=["in order", "the other way round", "without an order"],
)
def test_a_valuation_is_due_wherever_it_may_be_whatever_the_order_of_the_outcomes(scale: Any) -> None:
    policy = small_policy()
    old = rule("valuation-old", facts.months_begun_since_valuation > 12, RevaluationDuty.DUE)
    mended = policy.with_table(table("revaluation", scale, "first", old, otherwise=RevaluationDuty.NOT_DUE))
    cases = (CASE, case_with(valued_on=None), case_with(valued_on="2024-03-02"))
    found = decided(mended, cases, visits=True)
    says = [case.collateral.valued_on != CASE.collateral.valued_on for case in cases]
    assert found["revaluation_is_due"] == says
    for at, case in enumerate(cases):
        single = mended.decide(case, on=ON)
        assert (single.assessment.revaluation.outcome == RevaluationDuty.DUE) == says[at]
        planned = {reason.value for visit in single.schedule.all for reason in {visit.kind}}
        assert ("revaluation" in planned) >= says[at]


@pytest.mark.parametrize(
    "choices",
    [(1, "1"), ("1", 1), ("due", RevaluationDuty.DUE), (None, "None"), (RevaluationDuty.DUE, Measure.REMIND, "remind")],
    ids=["a number and its digits", "digits and their number", "a code and its member", "nothing and its name", "the code of another"],
)
def test_two_choices_of_one_code_are_refused_when_the_domain_is_built(choices: tuple[Any, ...]) -> None:
    for make in (lambda: Fact.choice("c", choices, label=Label("选", "c")), lambda: unordered(choices)):
        with pytest.raises(InvalidPolicyError, match=r"share the code `.*`, by which a column of text names them"):
            make()


@pytest.mark.parametrize("engine", ENGINES)
def test_every_choice_is_read_by_its_code_as_the_single_reader_reads_it(engine: str) -> None:
    numbers = Fact.choice("c", (1, "one", RevaluationDuty.DUE), label=Label("选", "c"))
    one, due = rule("one", numbers.is_in(1), "b"), rule("due", numbers.is_in(RevaluationDuty.DUE), "c")
    graph = DecisionGraph([table("t", ("a", "b", "c"), "first", one, due, otherwise="a")])
    codes = ["1", "one", "due", None]
    found = cells(frames.label(graph, frames.decide(graph, ENGINES[engine]({"c": (Holding.CODE, codes)}), on=ON)))
    single = [graph.verdicts(c=1 if code == "1" else code)["t"] for code in codes]
    assert found["t"] == [verdict.outcome for verdict in single]


