"""What the analysis believes that a graph says is what the reference reader says, cell by cell."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.language.strategies import cases, graphs

from revisit_policy.analysis.solver.formula import FALSE, TRUE
from revisit_policy.analysis.space.space import Space
from revisit_policy.analysis.space.telling import Telling
from revisit_policy.analysis.space.told import Told
from revisit_policy.language.fold import Fold, Ruling, Status
from revisit_policy.language.readers import reference
from revisit_policy.language.snapshot import snapshot_of
from revisit_policy.language.verdicts.graph import DecisionGraph


def cells(space: Space, facts: dict[str, Any]) -> list[int]:
    """The cells in which *facts* lie."""
    return [axis.place_of(axis.fact.accept(facts[axis.fact.name])) for axis in space.axes]


def told(telling: Telling, at: list[int]) -> dict[str, Any]:
    """A telling, read in one combination of cells."""
    book = telling.book

    def where(formulas: list[int]) -> list[int]:
        return [place for place, formula in enumerate(formulas) if book.holds(formula, at)]

    match telling.table.fold:
        case Fold.EVERY:
            return {"certain": where(telling.certain), "allowed": where(telling.allowed)}
        case Fold.TOTAL:
            span = range(-200, 200)
            ends = (telling.total, telling.lowest, telling.highest)
            return {"ends": [[v for v in span if book.holds(end(v.__eq__), at)] for end in ends]}
        case _:
            return {
                "established": where(telling.established),
                "possible": where(telling.possible),
                "read": where(telling.read),
                "gap": book.holds(telling.gap, at),
                "conflict": book.holds(telling.conflict, at),
            }


def ruled(telling: Telling, ruling: Ruling) -> dict[str, Any]:
    """A ruling in the same terms."""
    scale: Any = telling.table.outcomes
    match telling.table.fold:
        case Fold.EVERY:
            return {"certain": [scale.place(x) for x in ruling.candidates[0]], "allowed": [scale.place(x) for x in ruling.candidates[1]]}
        case Fold.TOTAL:
            return {"ends": [[ruling.outcome], [ruling.candidates[0]], [ruling.candidates[1]]]}
        case _:
            return {
                "established": [] if ruling.outcome is None else [scale.place(ruling.outcome)],
                "possible": [scale.place(x) for x in ruling.candidates],
                "read": [place for place in range(len(scale.outcomes)) if ruling.reads >> place & 1],
                "gap": ruling.status is Status.GAP,
                "conflict": ruling.status is Status.CONFLICT,
            }


def agree(graph: DecisionGraph, space: Space, facts: dict[str, Any]) -> None:
    at = cells(space, facts)
    read = reference.read(graph, snapshot_of(graph.facts, facts))
    for name, telling in Told(space, graph).tables.items():
        assert told(telling, at) == ruled(telling, read[name].ruling)


@given(st.data())
def test_formulas_say_what_the_reference_reader_says_with_facts_missing(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    space = Space.of((graph,), missing=True)
    graph_cases = cases(graph).filter(lambda facts: facts.get("on", "") == facts.get("on", "") and facts.get("on", "") is not None)
    agree(graph, space, data.draw(graph_cases))


@given(st.data())
def test_formulas_say_what_the_reference_reader_says_on_complete_facts(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    agree(graph, Space.of((graph,)), data.draw(cases(graph, most_missing=0)))


@given(st.data())
def test_a_value_read_back_from_a_cell_lies_in_that_cell(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    for axis in Space.of((graph,), missing=True).axes:
        assert [axis.place_of(axis.value(at)) for at in range(axis.size)] == list(range(axis.size))


@given(st.data())
def test_a_mask_of_cells_in_words_is_true_in_those_cells_and_no_others(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    for axis in Space.of((graph,), missing=True).axes:
        mask = data.draw(st.integers(0, axis.full))
        condition = axis.condition(mask)
        for at in range(axis.size):
            value = axis.value(at)
            answer = reference.truth(condition, {axis.fact.name: axis.fact.encode(value)})
            assert (answer is True) == bool(mask >> at & 1), (condition, value)


def test_constants_keep_their_numbers() -> None:
    assert (TRUE, FALSE) == (0, 1)
