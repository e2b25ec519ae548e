"""Every finding against reading all combinations of cells: found where it is, and nowhere else."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.small_worlds import is_in, is_small, read, readings, small_graphs, worlds
from tests.language.strategies import conditions, graphs, readings_of

from revisit_policy import analysis
from revisit_policy.analysis.space.space import Space
from revisit_policy.language.condition import Missing, comparisons
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.readers.reference import truth
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph

RANKED = (Fold.FIRST, Fold.WORST, Fold.LEAST, Fold.UNIQUE)

both_ways = pytest.mark.parametrize("missing", [False, True], ids=["complete facts", "facts missing"])


def rules_at(table: Table, mask: int) -> set[str]:
    return {line.rule.id for at, line in enumerate(table.lines) if mask >> at & 1}


@both_ways
@given(st.data())
def test_gaps_are_where_the_reference_reader_finds_no_rule(missing: bool, data: st.DataObject) -> None:
    graph = data.draw(small_graphs(missing=missing, folds=RANKED))
    space = Space.of((graph,), missing=missing)
    found: Any = {gap.table.id: gap for gap in analysis.gaps(graph, missing=missing)}
    for facts in worlds(space):
        for name, reading in read(graph, facts).items():
            is_gap = reading.ruling.status is Status.GAP
            assert is_gap == (name in found and is_in(found[name].region, space, facts))


@both_ways
@given(st.data())
def test_where_only_otherwise_speaks_is_found_too_when_asked_for(missing: bool, data: st.DataObject) -> None:
    graph = data.draw(small_graphs(missing=missing, folds=RANKED))
    space = Space.of((graph,), missing=missing)
    found: Any = {gap.table.id: gap for gap in analysis.gaps(graph, caught=True, missing=missing)}
    for facts in worlds(space):
        for name, reading in read(graph, facts).items():
            assert (not reading.fired | reading.open) == (name in found and is_in(found[name].region, space, facts))


@both_ways
@given(st.data())
def test_overlaps_are_where_two_rules_are_heard_together(missing: bool, data: st.DataObject) -> None:
    graph = data.draw(small_graphs(missing=missing, most=1, folds=RANKED))
    space = Space.of((graph,), missing=missing)
    table = graph.tables[0]
    found: Any = {(o.first.id, o.second.id): o for o in analysis.overlaps(graph, equal=True, missing=missing)}
    for facts in worlds(space):
        reading = read(graph, facts)[table.id]
        heard = rules_at(table, reading.fired | reading.open)
        for first in table.rules:
            for second in table.rules[table.rules.index(first) + 1 :]:
                region = found.get((first.id, second.id))
                assert ({first.id, second.id} <= heard) == (region is not None and is_in(region.region, space, facts))


@both_ways
@given(st.data())
def test_a_dead_rule_is_one_that_decides_nowhere(missing: bool, data: st.DataObject) -> None:
    graph = data.draw(small_graphs(missing=missing, most=2))
    space = Space.of((graph,), missing=missing)
    found = {finding.rule.id for finding in analysis.dead_rules(graph, missing=missing)}
    alive: set[str] = set()
    for facts in worlds(space):
        for name, reading in read(graph, facts).items():
            alive |= deciding(graph.by_id[name], reading.fired, reading.open)
    everything = {rule.id for table in graph.tables for rule in table.rules}
    assert found == everything - alive - waiting(space, graph)


def waiting(space: Space, graph: DecisionGraph) -> set[str]:
    """The rules that wait for a fact to be missing that never is."""
    never = {axis.fact.name for axis in space.axes if not axis.can_be_missing}
    asks = {rule.id: [p.fact.name for p in comparisons(rule.condition) if isinstance(p, Missing)] for t in graph.tables for rule in t.rules}
    return {rule_id for rule_id, names in asks.items() if never.intersection(names)}


def deciding(table: Table, fired: int, open_: int) -> set[str]:
    """The rules that are heard and that no rule which surely holds leaves without effect."""
    settled = [at for at, line in enumerate(table.lines) if fired >> at & 1 and not line.is_absence]
    found = set()
    for at, line in enumerate(table.lines):
        if not (fired | open_) >> at & 1:
            continue
        match table.fold:
            case Fold.FIRST:
                shadowed = any(other < at for other in settled)
            case Fold.WORST | Fold.LEAST:
                shadowed = any(table.lines[other].place > line.place for other in settled)
            case _:
                shadowed = False
        if not shadowed:
            found.add(line.rule.id)
    return found


@both_ways
@given(st.data())
def test_a_redundant_rule_is_one_without_which_all_readings_stay(missing: bool, data: st.DataObject) -> None:
    graph = data.draw(small_graphs(missing=missing, most=1))
    table = graph.tables[0]
    space = Space.of((graph,), missing=missing)
    found = {finding.rule.id for finding in analysis.redundant(graph, missing=missing)}
    for rule in table.rules:
        if rule.id in waiting(space, graph):
            continue
        kept = tuple(other for other in table.rules if other is not rule)
        less = DecisionGraph((Table(table.id, outcomes=table.outcomes, fold=table.fold, rules=kept, otherwise=table.otherwise, label=table.label),))
        same = all(read(graph, facts)[table.id].ruling == read(less, facts)[table.id].ruling for facts in worlds(space))
        assert same == (rule.id in found)


@given(st.data())
def test_implication_is_truth_in_every_world(data: st.DataObject) -> None:
    first, second = data.draw(conditions()), data.draw(conditions())
    missing = data.draw(st.booleans())
    space = Space.of((), missing=missing, besides=(first, second))
    if not is_small(space):
        return
    truths = [(truth(first, readings(space, facts)), truth(second, readings(space, facts))) for facts in worlds(space)]
    assert analysis.implies(first, second, missing=missing).is_proved == all(two is True for one, two in truths if one is True)
    assert analysis.equivalent(first, second, missing=missing).is_proved == all((one is True) == (two is True) for one, two in truths)


@both_ways
@given(st.data())
def test_an_outcome_can_be_reached_where_some_world_has_it(missing: bool, data: st.DataObject) -> None:
    graph = data.draw(small_graphs(missing=missing, folds=RANKED))
    table = graph.tables[-1]
    space = Space.of((graph,), missing=missing)
    place = data.draw(st.integers(0, len(table.outcomes.outcomes) - 1))  # type: ignore[union-attr] # a scale
    if len(table.outcomes.outcomes) == 1:  # type: ignore[union-attr]
        return
    wanted = table.outcome.is_in(table.outcomes.outcomes[place])  # type: ignore[union-attr]
    given_ = data.draw(conditions())
    space = Space.of((graph,), missing=missing, besides=(given_,))
    if not is_small(space):
        return
    asked = analysis.can(graph, wanted, given=given_, missing=missing)
    for facts in worlds(space):
        reached = read(graph, facts)[table.id].ruling.reads == 1 << place and is_in(given_, space, facts)
        assert reached == (not asked.is_proved and is_in(asked.findings[0].region, space, facts))


@both_ways
@given(st.data())
def test_monotony_is_what_all_pairs_of_worlds_that_differ_in_one_fact_say(missing: bool, data: st.DataObject) -> None:
    graph = data.draw(small_graphs(missing=missing, folds=(Fold.WORST, Fold.LEAST, Fold.EVERY, Fold.TOTAL)))
    space = Space.of((graph,), missing=missing)
    ordered = [axis for axis in space.axes if not (hasattr(axis.fact.domain, "ordered") and not axis.fact.domain.ordered)]
    if not ordered:
        return
    axis = data.draw(st.sampled_from(ordered))
    table = graph.tables[-1]
    worse: Any = data.draw(st.sampled_from(("higher", "lower")))
    asked = analysis.monotone(graph, axis.fact, table, worse=worse, missing=missing)
    said: dict[Any, dict[int, Any]] = {}
    for facts in worlds(space):
        value = facts[axis.fact.name]
        if value is not None:
            rest = tuple((name, other) for name, other in facts.items() if name != axis.fact.name)
            said.setdefault(rest, {})[axis.place_of(axis.fact.accept(value))] = read(graph, facts)[table.id].ruling.outcome
    broken = any(milder(table, by_place, worse) for by_place in said.values())
    assert asked.is_proved != broken


def milder(table: Table, by_place: dict[int, Any], worse: str) -> bool:
    places = sorted(by_place, reverse=worse == "lower")
    for one, other in pairwise(places):
        before, after = by_place[one], by_place[other]
        if table.fold is Fold.EVERY:
            lost = bool(set(before) - set(after))
        elif table.fold is Fold.TOTAL:
            lost = after < before if table.outcomes.worse == "high" else after > before  # type: ignore[union-attr]
        else:
            rank = [-1 if outcome is None else table.outcomes.place(outcome) for outcome in (before, after)]  # type: ignore[union-attr]
            lost = rank[1] < max(rank[0], 0) if rank[0] > 0 else False
        if lost:
            return True
    return False


@both_ways
@given(st.data())
def test_a_later_table_alone_takes_the_outcomes_of_earlier_ones_as_facts(missing: bool, data: st.DataObject) -> None:
    graph = data.draw(graphs(most=3, absence=missing))
    table = graph.tables[-1]
    space = Space.of((DecisionGraph((table,), given=table.reads),), missing=missing)
    if not is_small(space):
        return
    where = analysis.can(table, readings_of(table.outcome)[0], missing=missing)
    for facts in worlds(space):
        reading = read(DecisionGraph((table,), given=table.reads), facts)[table.id]
        reached = truth(readings_of(table.outcome)[0], {table.id: reading.ruling.reads}) is True
        assert reached == (not where.is_proved and is_in(where.findings[0].region, space, facts))
