"""Every engine against the single decision, row by row, on generated graphs dense in limits, gaps and bad rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.engines import ENGINES, Columns, cells
from tests.frames.expectations import expected
from tests.language.strategies import graphs
from tests.language.vocabulary import VALUES

from revisit_policy import frames
from revisit_policy.casefile.holding import Holding
from revisit_policy.errors import InvalidInputError
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdicts
from revisit_policy.values.money import cny

FINEST: Final = 10**11
HOLDS: Final = {
    "overdue": Holding.COUNT,
    "delays": Holding.COUNT,
    "ltv": Holding.RATIO,
    "balance": Holding.AMOUNT,
    "seized": Holding.FLAG,
    "reachable": Holding.FLAG,
    "work": Holding.CODE,
    "mood": Holding.CODE,
    "signed_on": Holding.DAY,
}
BAD: Final[dict[str, tuple[Any, ...]]] = {
    "overdue": (-1, 3651),
    "delays": (-1, 10),
    "ltv": (Fraction(-1, FINEST), Fraction(2 * FINEST + 1, FINEST)),
    "balance": (cny("-0.01"), cny("10000000.01")),
    "seized": (),
    "reachable": (),
    "work": ("Salaried", ""),
    "mood": ("gloomy",),
    "signed_on": ("1899-12-31", "2200-01-01"),
}


def as_cell(value: Any, holds: Holding) -> Any:
    """A value of the vocabulary as it stands in a column."""
    match holds:
        case _ if value is None:
            return None
        case Holding.RATIO:
            return int(Fraction(value) * FINEST)
        case Holding.AMOUNT:
            return value.minor
        case Holding.CODE:
            return getattr(value, "value", value)
        case Holding.DAY:
            return dt.date.fromisoformat(value)
        case _:
            return value


def _values(name: str) -> st.SearchStrategy[Any]:
    exact = tuple(value for value in VALUES[name] if value != "1/3")
    sound = st.sampled_from((*exact, *exact, *exact, None))
    return st.one_of(sound, sound, st.sampled_from(BAD[name])) if BAD[name] else sound


@st.composite
def books(draw: st.DrawFn, graph: DecisionGraph, *, rows: int = 24) -> list[dict[str, Any]]:
    """Rows of facts of *graph*, most of them sound."""
    names = [fact.name for fact in graph.facts if fact.name != "on"]
    sound = st.fixed_dictionaries({name: st.sampled_from([v for v in VALUES[name] if v != "1/3"] + [None]) for name in names})
    mixed = st.fixed_dictionaries({name: _values(name) for name in names})
    return draw(st.lists(st.one_of(sound, sound, mixed), min_size=1, max_size=rows))


def as_columns(book: list[dict[str, Any]]) -> Columns:
    columns = {name: (HOLDS[name], [as_cell(row[name], HOLDS[name]) for row in book]) for name in book[0]}
    return {"loan_no": (Holding.CODE, [f"loan {at}" for at in range(len(book))]), **columns}


def one_by_one(graph: DecisionGraph, book: list[dict[str, Any]], on: str) -> list[Verdicts | InvalidInputError]:
    found: list[Verdicts | InvalidInputError] = []
    day: dict[str, Any] = {"on": on} if any(fact.name == "on" for fact in graph.facts) else {}
    for row in book:
        try:
            found.append(graph.verdicts(**row, **day))
        except InvalidInputError as error:
            found.append(error)
    return found


def denominators(graph: DecisionGraph) -> Mapping[str, int]:
    return {fact.name: FINEST for fact in graph.facts if HOLDS.get(fact.name) is Holding.RATIO}


@pytest.mark.parametrize("engine", ENGINES)
@given(st.data())
@settings(max_examples=15)
def test_every_row_is_decided_as_the_single_decision_decides_it(engine: str, data: st.DataObject) -> None:
    graph = data.draw(graphs())
    book = data.draw(books(graph))
    on = data.draw(st.sampled_from(VALUES["on"]))
    frame = ENGINES[engine](as_columns(book))
    result = frames.decide(graph, frame, on=on, trace="text", denominators=denominators(graph))
    assert type(result) is type(frame)
    found = cells(result)
    assert found["loan_no"] == [f"loan {at}" for at in range(len(book))]
    for name, column in expected(graph, one_by_one(graph, book, on)).items():
        assert found[name] == column, name
