"""What may be said while facts are missing, and what learning them may do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.language.strategies import cases, graphs
from tests.language.vocabulary import VALUES

from revisit_policy.language.fold import Fold, Ruling, Status
from revisit_policy.language.scale import Score
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdict

SETTLED = (Status.DECIDED, Status.UNDECIDED)


def unknown_in(graph: DecisionGraph, case: Mapping[str, Any]) -> list[str]:
    return [fact.name for fact in graph.facts if fact.accept(case[fact.name]) is None]


def completions(graph: DecisionGraph, case: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every way to fill in what *case* lacks with values at and beside the thresholds."""
    names = unknown_in(graph, case)
    for values in product(*(VALUES[name] for name in names)):
        yield {**case, **dict(zip(names, values, strict=True))}


def is_within(fold: Fold, learnt: Ruling, before: Ruling) -> bool:
    """True if nothing is possible in *learnt* that was not possible *before*."""
    if fold is Fold.EVERY:
        (sure, maybe), (was_sure, was_maybe) = (map(set, ruling.candidates) for ruling in (learnt, before))
        return was_sure <= sure and maybe <= was_maybe
    if fold is Fold.TOTAL:
        (low, high), (was_low, was_high) = learnt.candidates, before.candidates
        return bool(was_low <= low and high <= was_high)
    return set(learnt.candidates) <= set(before.candidates)


def worst_is_bounded(fold: Fold, learnt: Verdict, before: Verdict) -> bool:
    """True if *learnt* is nothing worse than what *before* was at worst."""
    if fold is Fold.EVERY:
        return set(learnt.outcome) <= set(before.at_worst)
    scale = before.table.outcomes
    if isinstance(scale, Score):
        return bool(learnt.outcome <= before.at_worst if scale.worse == "high" else learnt.outcome >= before.at_worst)
    return not scale.ordered or scale.place(learnt.outcome) <= scale.place(before.at_worst)


@given(st.data())
def test_the_outcome_of_every_completion_was_a_candidate(data: st.DataObject) -> None:
    graph = data.draw(graphs(absence=False))
    case = data.draw(cases(graph, least_missing=1, most_missing=2))
    before = graph.verdicts(**case)
    for complete in completions(graph, case):
        for name, verdict in graph.verdicts(**complete).items():
            assert is_within(verdict.table.fold, verdict.ruling, before[name].ruling), complete
            if verdict.status is Status.DECIDED:
                assert worst_is_bounded(verdict.table.fold, verdict, before[name]), complete
            if before[name].status is Status.DECIDED:
                assert (verdict.status, verdict.outcome) == (Status.DECIDED, before[name].outcome), complete


@given(st.data())
def test_learning_one_missing_fact_never_leaves_the_candidates(data: st.DataObject) -> None:
    graph = data.draw(graphs(absence=False))
    case = data.draw(cases(graph, least_missing=1))
    name = data.draw(st.sampled_from(unknown_in(graph, case)))
    before = graph.verdicts(**case)
    for value in VALUES[name]:
        for table, verdict in graph.verdicts(**{**case, name: value}).items():
            assert is_within(verdict.table.fold, verdict.ruling, before[table].ruling), value


@given(st.data())
def test_an_absence_rule_never_takes_a_candidate_away(data: st.DataObject) -> None:
    folds = (Fold.FIRST, Fold.WORST, Fold.LEAST, Fold.UNIQUE, Fold.TOTAL)
    graph = data.draw(graphs(most=3, folds=folds))
    case = data.draw(cases(graph, least_missing=1, most_missing=2))
    before = graph.verdicts(**case)
    for complete in completions(graph, case):
        for name, verdict in graph.verdicts(**complete).items():
            assert is_within(verdict.table.fold, verdict.ruling, before[name].ruling), complete


@given(st.data())
def test_learning_all_that_is_missing_closes_the_verdict(data: st.DataObject) -> None:
    graph = data.draw(graphs(gaps=False))
    case = data.draw(cases(graph, least_missing=1))
    name = data.draw(st.sampled_from([table.id for table in graph.tables]))
    verdict = graph.verdicts(**case)[name]
    learnt = {fact: data.draw(st.sampled_from(VALUES[fact])) for fact in verdict.missing}
    after = graph.verdicts(**{**case, **learnt})
    assume(all(found.status is not Status.CONFLICT for found in after.values()))
    assert set(verdict.missing) <= set(unknown_in(graph, case))
    assert after[name].status is Status.DECIDED


@given(st.data())
def test_facts_that_are_not_named_as_missing_cannot_change_the_ruling(data: st.DataObject) -> None:
    graph = data.draw(graphs(gaps=False, absence=False))
    case = data.draw(cases(graph, least_missing=1))
    name = data.draw(st.sampled_from([table.id for table in graph.tables]))
    verdict = graph.verdicts(**case)[name]
    others = [fact for fact in unknown_in(graph, case) if fact not in verdict.missing]
    learnt = {fact: data.draw(st.sampled_from(VALUES[fact])) for fact in others}
    assert graph.verdicts(**{**case, **learnt})[name].ruling.outcome == verdict.outcome
