"""Diffs against reading both versions in all combinations of cells."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.small_worlds import edited, is_in, is_small, read, small_graphs, worlds
from tests.language.vocabulary import PRACTICE, REASON

from revisit_policy import Fact, Label, Rule, UnknownNameError, analysis
from revisit_policy.analysis import Aspect
from revisit_policy.analysis.space.space import Space
from revisit_policy.language.fold import Fold, Ruling, Status
from revisit_policy.language.readers.reference import Reading
from revisit_policy.language.table import Table

both_ways = pytest.mark.parametrize("missing", [False, True], ids=["complete facts", "facts missing"])


def ways(tables: tuple[Table, Table], readings: tuple[Reading, Reading]) -> set[tuple[Any, ...]]:
    """The ways in which two rulings differ, in the words of changes."""
    table = tables[1]
    old, new = (reading.ruling for reading in readings)
    match table.fold:
        case Fold.EVERY:
            found = moved(Aspect.ESTABLISHED, old.candidates[0], new.candidates[0])
            established = {outcome for way in found for side in way[1:] for outcome in side}
            possible = moved(Aspect.POSSIBLE, old.candidates[1], new.candidates[1])
            return found | {way for way in possible if not established & {*way[1], *way[2]}}
        case Fold.TOTAL:
            if old.outcome != new.outcome:
                return {(Aspect.ESTABLISHED, old.outcome, new.outcome)}
            return {(Aspect.POSSIBLE, (), ("…",))} if old.candidates != new.candidates else set()
        case _:
            if said(old) != said(new):
                return {(Aspect.ESTABLISHED, said(old), said(new))}
            if table.outcomes.ordered and old.at_worst != new.at_worst:  # type: ignore[union-attr] # a scale
                return {(Aspect.AT_WORST, old.at_worst, new.at_worst)}
            return moved(Aspect.POSSIBLE, *(candidates(table, reading) for table, reading in zip(tables, readings, strict=True)))


def said(ruling: Ruling) -> Any:
    return ruling.status if ruling.status in {Status.GAP, Status.CONFLICT} else ruling.outcome


def candidates(table: Table, reading: Reading) -> tuple[Any, ...]:
    """The candidates, and None if no winner is sure: then later tables read every outcome as possible."""
    settled = any(reading.fired >> at & 1 for at, line in enumerate(table.lines) if not line.is_absence)
    return reading.ruling.candidates + (() if settled or table.otherwise is not None else (None,))


def moved(aspect: Aspect, old: tuple[Any, ...], new: tuple[Any, ...]) -> set[tuple[Any, ...]]:
    gained = {(aspect, (), (outcome,)) for outcome in new if outcome not in old}
    return gained | {(aspect, (outcome,), ()) for outcome in old if outcome not in new}


@both_ways
@given(st.data())
def test_a_diff_has_every_difference_in_its_region_and_no_other(missing: bool, data: st.DataObject) -> None:
    old = data.draw(small_graphs(missing=missing))
    new = data.draw(edited(old))
    space = Space.of((old, new), missing=missing)
    if not is_small(space):
        return
    found = analysis.diff(old, new, missing=missing)
    differs = False
    for facts in worlds(space):
        before, after = read(old, facts), read(new, facts)
        for name, table in new.by_id.items():
            expected = ways((old.by_id[name], table), (before[name], after[name]))
            told = {(c.aspect, c.old, c.new) for c in found.of(name) if is_in(c.region, space, facts)}
            assert told == expected
            differs = differs or bool(expected)
    assert bool(found) == differs


def test_facts_that_differ_in_their_words_alone_are_one_fact() -> None:
    def graded(label: Label) -> Table:
        fact = Fact.count("days", low=0, high=99, label=label)
        rule = Rule("late", when=fact > 30, then="b", because=REASON, source=PRACTICE)
        return Table("t", outcomes=("a", "b"), fold=Fold.WORST, rules=(rule,), otherwise="a", label=REASON)

    assert not analysis.diff(graded(Label("天", "days")), graded(Label("天数", "number of days")))


@both_ways
@given(st.data())
def test_a_graph_does_not_differ_from_itself_in_another_order(missing: bool, data: st.DataObject) -> None:
    graph = data.draw(small_graphs(missing=missing, folds=(Fold.WORST, Fold.LEAST, Fold.EVERY, Fold.TOTAL)))
    turned = tuple(
        Table(t.id, outcomes=t.outcomes, fold=t.fold, rules=t.rules[::-1], otherwise=t.otherwise, label=t.label) for t in graph.tables
    )
    assert not analysis.diff(graph, type(graph)(turned), missing=missing)


def test_a_change_lists_what_it_came_through_as_each_language_does() -> None:
    days = Fact.count("days", low=0, high=9, label=Label("天数", "days"))
    late = Rule("late", when=days > 3, then="b", because=REASON, source=PRACTICE)
    before = Table("grade", outcomes=("a", "b"), fold="worst", rules=(late,), otherwise="a", label=Label("分类", "grade"))
    change = analysis.diff(before, attrs.evolve(before, rules=(attrs.evolve(late, when=days > 5),))).changes[0]
    several = attrs.evolve(change, through=("level", "grade"))
    assert several.sentence("zh").endswith("；经由level、grade")
    assert several.sentence("en").endswith("; through level, grade")


def test_changes_of_a_table_that_neither_version_has_are_asked_for_in_vain() -> None:
    table = Table("grade", outcomes=("a", "b"), fold="worst", rules=(), otherwise="a", label=Label("分类", "grade"))
    with pytest.raises(UnknownNameError, match="unknown table `grad`, did you mean `grade`"):
        analysis.diff(table, table).of("grad")
