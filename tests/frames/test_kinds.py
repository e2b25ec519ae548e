"""Kinds of rows: a table decided by the number of a row's kind says what the single decision says, and so what the rules say one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import attrs
import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.engines import ENGINES, cells
from tests.frames.expectations import expected
from tests.frames.test_agreement import as_columns, books, denominators, one_by_one
from tests.language.loan_facts import days, ltv, principal, rule, table
from tests.language.strategies import graphs
from tests.language.vocabulary import VALUES
from tests.policy.small_policy import CASE, small_policy

from revisit_policy import DecisionGraph, Fold, RevisitPolicy, cny, frames
from revisit_policy.frames import plan
from revisit_policy.frames.engines.written import OfPolars, written
from revisit_policy.frames.expressions.choosing import chosen
from revisit_policy.frames.expressions.expression import Expression, Literal, Named
from revisit_policy.frames.expressions.kind_flags import OfKinds, of_kinds
from revisit_policy.frames.expressions.truth import Flag, several
from revisit_policy.frames.outputs.outcome_columns import masks
from revisit_policy.frames.plan import plan_of
from revisit_policy.frames.rules import kinds
from revisit_policy.language.flags import Row, both, either, inverse
from revisit_policy.rulebooks import cn_housing

COUNT: Final = 70


@pytest.fixture
def every_table_by_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kinds, "FEWEST", 1)
    plan_of.cache_clear()
    yield
    plan_of.cache_clear()


@pytest.mark.usefixtures("every_table_by_kinds")
@pytest.mark.parametrize("trace", ["text", "masks", "booleans"])
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pyarrow", "pandas nullable"])
@given(st.data())
@settings(max_examples=15)
def test_every_row_is_decided_by_its_kind_as_the_single_decision_decides_it(engine: str, trace: str, data: st.DataObject) -> None:
    graph = data.draw(graphs())
    book = data.draw(books(graph))
    on = data.draw(st.sampled_from(VALUES["on"]))
    found = cells(frames.decide(graph, ENGINES[engine](as_columns(book)), on=on, trace=trace, denominators=denominators(graph)))
    for name, column in expected(graph, one_by_one(graph, book, on)).items():
        if name in found or trace == "text":
            assert found[name] == column, name


@pytest.mark.usefixtures("every_table_by_kinds")
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("policy", [small_policy(), cn_housing.rulebook.editions[-1].policy], ids=["small", "shipped"])
def test_a_policy_decides_and_plans_by_kinds_as_it_does_by_rules(policy: RevisitPolicy, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=days)) for days in (0, 5, 31, 91, 181, 400)]
    frame = frames.from_cases(cases)
    asked: dict[str, Any] = {"on": "2026-06-01", "visits": True, "trace": "text"}
    given = {"polars": frame, "duckdb": duckdb.from_arrow(frame.to_arrow())}[engine]
    by_kinds = cells(frames.decide(policy, given, **asked))
    monkeypatch.setattr(kinds, "FEWEST", 10**9)
    plan_of.cache_clear()
    assert by_kinds == cells(frames.decide(policy, given, **asked))


flags = st.one_of(st.booleans(), st.integers(0, 2**COUNT - 1))


@given(st.lists(flags, min_size=1, max_size=80), st.data())
def test_flags_of_kinds_are_joined_and_counted_as_columns_are(sets: list[bool | int], data: st.DataObject) -> None:
    kind = Named("kind")
    frame = pl.DataFrame({"kind": list(range(COUNT))}).with_columns(
        pl.Series(f"f{at}", [found if isinstance(found, bool) else bool(found >> number & 1) for number in range(COUNT)]) for at, found in enumerate(sets)
    )
    made: list[Flag] = [found if isinstance(found, bool) else of_kinds(kind, found, COUNT) for found in sets]
    plain: list[Flag] = [Named(f"f{at}") for at in range(len(sets))]
    numbers = data.draw(st.lists(st.integers(-9, 9), min_size=len(sets), max_size=len(sets)))
    asked: dict[str, Callable[[list[Flag]], Flag]] = {
        "both": both, "either": either, "several": lambda part: several(tuple(part)), "inverse": lambda part: inverse(part[0]),
        "mixed": lambda part: both((plain[0], *part)), "mixed either": lambda part: either((plain[0], *part)),
        "mask": lambda part: masks(tuple(part))[-1], "chosen": lambda part: chosen(Row.of(part), [Literal(number) for number in numbers]),
    }  # fmt: skip
    for name, ask in asked.items():
        got, wanted = (frame.with_columns(_column(ask(part)).alias("found"))["found"].to_list() for part in (made, plain))
        assert got == wanted, name


def _column(found: Expression | bool) -> Any:
    return pl.lit(found) if isinstance(found, bool) else written(found, OfPolars(pl)).cast(pl.Int64)


def test_no_flag_is_made_of_none_or_of_all_kinds() -> None:
    kind = Named("kind")
    assert of_kinds(kind, 0, 3) is False
    assert of_kinds(kind, 7, 3) is True
    assert both((OfKinds(kind, 1, 3), OfKinds(kind, 2, 3))) is False
    assert either((OfKinds(kind, 1, 3), OfKinds(kind, 6, 3))) is True


def scattered(rules: int, *, facts: int) -> DecisionGraph:
    """Limits on every fact that have nothing to do with one another, so that few rows are alike."""
    asked = [
        (days > at * 7919 % 3000) & (ltv > f"{at * 7907 % 900}/100") & (principal > cny(at * 7901 % 9000)) if facts == 3 else days > at
        for at in range(rules)
    ]
    outcomes = tuple(f"o{at}" for at in range(6))
    made = (rule(f"r{at}", part, outcomes[at % 5 + 1]) for at, part in enumerate(asked))
    return DecisionGraph([table(*made, fold=Fold.FIRST, outcomes=outcomes, otherwise="o0")])


@pytest.mark.parametrize("facts", [1, 3])
def test_rows_are_numbered_where_few_can_be_told_apart_and_else_decided_by_rule(facts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[kinds.Kinds | None] = []

    def telling(*given: Any) -> kinds.Kinds | None:
        told.append(kinds.kinds_of(*given))
        return told[-1]

    monkeypatch.setattr(plan, "kinds_of", telling)
    plan_of.cache_clear()
    graph = scattered(150, facts=facts)
    book: list[dict[str, Any]] = [{"days": at * 17, "ltv": f"{at}/100", "principal": cny(at * 40)} for at in range(60)]
    rows = [{name: value for name, value in row.items() if name in {fact.name for fact in graph.facts}} for row in book]
    columns = {"days": pl.Series([row["days"] for row in book]), "ltv": pl.Series(range(60)), "principal": pl.Series([at * 4000 for at in range(60)])}
    frame = pl.DataFrame({name: columns[name] for name in rows[0]})
    layout: Any = {"denominators": {"ltv": 100}} if facts > 1 else {}
    found = frames.decide(graph, frame, on="2026-01-01", trace="text", **layout)
    for name, column in expected(graph, [graph.verdicts(**row) for row in rows]).items():
        assert found[name].to_list() == column, name
    assert (told[-1] is not None) == (facts == 1)
