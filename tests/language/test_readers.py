"""Both readers against each other and against rules applied by hand."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language import plain_reading
from tests.language.strategies import cases, graphs, tables
from tests.language.vocabulary import LIMITS, PRACTICE, REASON, VALUES, Level, overdue, seized

from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.readers import reference
from revisit_policy.language.rule import Rule
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.values.labels import Label
from revisit_policy.values.memory import Memory


def rule_ids(table: Table, mask: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.rule.id for at, line in enumerate(table.lines) if mask >> at & 1))


def as_read_by_reference(graph: DecisionGraph, snapshot: Snapshot) -> dict[str, Any]:
    found = reference.read(graph, snapshot)
    return {
        table.id: (found[table.id].ruling, rule_ids(table, found[table.id].fired), rule_ids(table, found[table.id].open))
        for table in graph.tables
    }


def as_generated(graph: DecisionGraph, snapshot: Snapshot) -> dict[str, Any]:
    found = graph.reader.resolve(snapshot).tables
    return {name: (said.ruling, said.fired, said.undecided) for name, said in found.items()}


@given(st.data())
def test_both_readers_agree_on_rules_that_fire_or_stay_open_and_on_the_ruling(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    for case in data.draw(st.lists(cases(graph), min_size=1, max_size=4)):
        snapshot = snapshot_of(graph.facts, case)
        assert as_generated(graph, snapshot) == as_read_by_reference(graph, snapshot)


@given(st.data())
def test_the_reader_of_rulings_says_what_the_tables_say_and_leaves_out_which_rules(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    for case in data.draw(st.lists(cases(graph), min_size=1, max_size=4)):
        snapshot = snapshot_of(graph.facts, case)
        expected = {name: reading.ruling for name, reading in reference.read(graph, snapshot).items()}
        assert graph.rulings(snapshot) == expected


@given(st.data())
def test_complete_cases_are_decided_as_the_rules_applied_by_hand_decide_them(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    for case in data.draw(st.lists(cases(graph, most_missing=0), min_size=1, max_size=4)):
        verdicts = graph.verdicts(**case)
        for name, expected in plain_reading.outcomes(graph, case).items():
            verdict = verdicts[name]
            match expected:
                case plain_reading.GAP:
                    assert (verdict.status, verdict.outcome) == (Status.GAP, None)
                case plain_reading.CONFLICT:
                    assert (verdict.status, verdict.outcome) == (Status.CONFLICT, None)
                case _:
                    assert (verdict.status, verdict.outcome) == (Status.DECIDED, expected)


@given(st.data())
def test_the_order_of_rules_matters_to_first_alone(data: st.DataObject) -> None:
    folds = (Fold.WORST, Fold.LEAST, Fold.EVERY, Fold.TOTAL, Fold.UNIQUE)
    graph = data.draw(graphs(most=2, folds=folds))
    shuffled = DecisionGraph(
        attrs.evolve(table, rules=tuple(data.draw(st.permutations(table.rules)))) for table in graph.tables
    )
    case = data.draw(cases(graph))
    mine, theirs = graph.verdicts(**case), shuffled.verdicts(**case)
    for name in mine:
        assert mine[name].ruling == theirs[name].ruling
        assert set(mine[name].missing) == set(theirs[name].missing)


@given(st.data())
def test_the_order_of_tables_does_not_matter(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    shuffled = DecisionGraph(data.draw(st.permutations(graph.tables)))
    case = data.draw(cases(graph))
    assert {name: verdict.ruling for name, verdict in graph.verdicts(**case).items()} == {
        name: verdict.ruling for name, verdict in shuffled.verdicts(**case).items()
    }


@given(st.data())
def test_a_table_called_alone_says_what_it_says_in_a_graph_of_its_own(data: st.DataObject) -> None:
    table = data.draw(tables())
    case = data.draw(cases(DecisionGraph((table,))))
    assert table(**case).ruling == DecisionGraph((table,)).verdicts(**case)[table.id].ruling


@given(st.data())
def test_a_table_given_the_earlier_outcomes_says_what_it_says_after_them(data: st.DataObject) -> None:
    graph = data.draw(graphs(gaps=False, absence=False))
    case = data.draw(cases(graph, most_missing=0))
    verdicts = graph.verdicts(**case)
    if any(verdict.status is not Status.DECIDED for verdict in verdicts.values()):
        return
    known = case | {name: verdict.outcome for name, verdict in verdicts.items()}
    for table in graph.tables:
        alone = table(**{fact.name: known[fact.name] for fact in table.facts})
        assert alone.ruling == verdicts[table.id].ruling


@given(st.data())
def test_readers_agree_where_of_an_earlier_outcome_several_are_possible(data: st.DataObject) -> None:
    graph = data.draw(graphs(most=3, gaps=False))
    table = graph.tables[-1]
    alone = DecisionGraph((table,), given=table.reads)
    case = data.draw(cases(graph))
    before = reference.read(graph, snapshot_of(graph.facts, case))
    values = [before[fact.name].ruling.reads if fact.table else fact.encode(case[fact.name]) for fact in alone.facts]
    snapshot = Snapshot(alone.facts, tuple(values))
    found = alone.reader.resolve_values(snapshot.values, tuple(range(len(values)))).tables[table.id]
    reading = reference.read(alone, snapshot)[table.id]
    assert (found.ruling, found.fired) == (reading.ruling, rule_ids(table, reading.fired))
    assert found.undecided == rule_ids(table, reading.open)


def test_a_resolution_names_the_rules_of_all_tables_in_the_order_of_the_tables() -> None:
    tables = [
        Table(
            f"level_{name}",
            outcomes=Level,
            fold="worst",
            rules=[
                Rule(f"seized-{name}", when=seized.is_true(), then=Level.WATCH, because=REASON, source=PRACTICE),
                Rule(f"overdue-{name}", when=overdue > 30, then=Level.ALARM, because=REASON, source=PRACTICE),
            ],
            otherwise=Level.CALM,
            label=Label("级", "level"),
        )
        for name in ("one", "two")
    ]
    graph = DecisionGraph(tables)
    found = graph.reader.resolve(snapshot_of(graph.facts, {"seized": True}))
    assert (found.fired, found.undecided) == (("seized-one", "seized-two"), ("overdue-one", "overdue-two"))


# -- the memory of the generated reader ------------------------------------------------------------------------------


def many_rules(count: int) -> DecisionGraph:
    """A graph with many different masks: thresholds a day apart, and as many flags."""
    cuts = tuple(
        Rule(f"over-{days}", when=(overdue > days) & seized.is_true() if days % 2 else overdue > days, then=Level.WATCH, because=REASON, source=PRACTICE)
        for days in range(count)
    )
    return DecisionGraph((Table("level", outcomes=Level, fold="worst", rules=cuts, otherwise=Level.CALM, label=Label("级", "level")),))


def test_the_memory_lets_go_when_it_is_full_and_answers_stay_right() -> None:
    graph = many_rules(60)
    reader = graph.reader
    memories: list[Memory[Any]] = [reader._answers, *reader._found]
    for memory in memories:
        memory.budget = 8_000
    for days in (*range(60), *range(60)):
        for value in (True, False, None):
            snapshot = snapshot_of(graph.facts, {"overdue": days, "seized": value})
            assert as_generated(graph, snapshot) == as_read_by_reference(graph, snapshot)
            assert all(memory.bytes <= memory.budget for memory in memories)
    assert 0 < len(reader._answers) < 30


def test_more_thresholds_than_python_lets_us_nest_are_read_all_the_same() -> None:
    graph = many_rules(150)
    for days in (0, 1, 39, 40, 41, 42, 80, 81, 149, 150, 3650, None):
        snapshot = snapshot_of(graph.facts, {"overdue": days, "seized": True})
        assert as_generated(graph, snapshot) == as_read_by_reference(graph, snapshot)


def test_many_threads_on_one_graph_give_the_answers_of_one() -> None:
    graph = many_rules(40)
    chance = random.Random(7)  # noqa: S311 - a fixed order of questions
    questions = [{"overdue": chance.choice((*range(45), None)), "seized": chance.choice((True, False, None))} for _ in range(2000)]
    alone = [graph.verdicts(**question)["level"] for question in questions]
    fresh = many_rules(40)
    fresh.reader._answers.budget = 8_000
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda question: fresh.verdicts(**question)["level"], questions))
    assert together == alone


# -- days, registers and ratios at their limits -----------------------------------------------------------------------


@pytest.mark.parametrize("fact", LIMITS, ids=lambda fact: fact.name)
def test_every_comparison_of_every_value_is_what_python_says_it_is(fact: Fact) -> None:
    for limit in LIMITS[fact]:
        ways = {">": fact > limit, ">=": fact >= limit, "<": fact < limit, "<=": fact <= limit}
        table = Table(
            "all_ways",
            outcomes=tuple(ways),
            fold=Fold.EVERY,
            rules=[Rule(f"way-{at}", when=way, then=sign, because=REASON, source=PRACTICE) for at, (sign, way) in enumerate(ways.items())],
            label=Label("各式", "all ways"),
        )
        for value in VALUES[fact.name]:
            exact, bound = fact.accept(value), fact.accept(limit)
            expected = {">": exact > bound, ">=": exact >= bound, "<": exact < bound, "<=": exact <= bound}
            assert table(**{fact.name: value}).outcome == tuple(sign for sign in ways if expected[sign])
