"""Traces: the rules that fire and those undecided, in every form, and more rules than one mask has bits."""

from __future__ import annotations

from typing import Any, Final

import pytest
from tests.frames.engines import ENGINES, cells
from tests.frames.expectations import expected
from tests.language.loan_facts import days, misuse, rule, table

from revisit_policy import DecisionGraph, Fold, frames, unordered
from revisit_policy.casefile.holding import Holding

CASES: Final = [{"days": days, "misuse": misuse} for days in (0, 1, 62, 63, 64, 65, 70, 199, 200, 3650, None) for misuse in (True, False, None)]
COLUMNS: Final = {name: (holds, [case[name] for case in CASES]) for name, holds in (("days", Holding.COUNT), ("misuse", Holding.FLAG))}


def many(count: int, fold: Fold = Fold.WORST) -> DecisionGraph:
    """A table of *count* rules, each a day later than the one before, every third for a flag as well."""
    scale = ("a", "b", "c", "d") if fold is not Fold.UNIQUE else unordered(("a", "b", "c", "d"))
    rules = [
        rule(f"over-{at}", (days > at) & misuse.is_true() if at % 3 == 0 else days > at, "bcd"[at % 3]) for at in reversed(range(count))
    ]
    return DecisionGraph([table(*rules, fold=fold, outcomes=scale, otherwise=("a",) if fold is Fold.EVERY else "a")])


def bits(result: dict[str, list[Any]], name: str, row: int) -> list[int]:
    """The bits set in the masks of a row, counted through all of them."""
    columns = [column for column in result if column == name or column.startswith(f"{name}_")]
    return [63 * part + bit for part, column in enumerate(columns) for bit in range(63) if result[column][row] >> bit & 1]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("count", "columns"), [(63, 1), (64, 2), (65, 2), (200, 4)], ids=["63 rules", "64 rules", "65 rules", "200 rules"])
def test_masks_split_where_the_bits_end(engine: str, count: int, columns: int) -> None:
    graph = many(count)
    result = cells(frames.decide(graph, ENGINES[engine](COLUMNS), on="2026-01-01"))
    assert len([name for name in result if name.startswith("fired_mask")]) == columns
    ids = [rule.id for rule in graph.tables[0].rules]
    for row, case in enumerate(CASES):
        verdict = graph.verdicts(**case)["t"]  # type: ignore[arg-type] # facts by name
        assert tuple(ids[bit] for bit in bits(result, "fired_mask", row)) == verdict.fired
        assert tuple(ids[bit] for bit in bits(result, "undecided_mask", row)) == verdict.undecided


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("fold", [Fold.FIRST, Fold.WORST, Fold.EVERY], ids=lambda fold: fold.value)
def test_a_long_table_is_folded_like_a_short_one(engine: str, fold: Fold) -> None:
    graph = many(70, fold)
    found = cells(frames.decide(graph, ENGINES[engine](COLUMNS), on="2026-01-01", trace="text"))
    for name, column in expected(graph, [graph.verdicts(**case) for case in CASES]).items():  # type: ignore[arg-type]
        assert found[name] == column


@pytest.mark.parametrize("engine", ENGINES)
def test_booleans_say_the_same_as_text(engine: str) -> None:
    graph = many(20)
    frame = ENGINES[engine](COLUMNS)
    booleans = cells(frames.decide(graph, frame, on="2026-01-01", trace="booleans"))
    text = cells(frames.decide(graph, frame, on="2026-01-01", trace="text"))
    for name in ("fired", "undecided"):
        said = [",".join(rule.id for rule in graph.tables[0].rules if booleans[f"{name}_{rule.id}"][row]) for row in range(len(CASES))]
        assert said == text[name]


def test_no_trace_leaves_the_outcomes_alone() -> None:
    result = frames.decide(many(5), ENGINES["polars"](COLUMNS), on="2026-01-01", trace="none")
    assert result.columns == ["days", "misuse", "bad_input", "t", "t_at_worst", "t_status"]


def test_a_rule_that_reads_nothing_fires_in_every_row_of_every_engine() -> None:
    graph = DecisionGraph([table(rule("always", (days > 5) | (days <= 5) | days.is_missing(), "b"))])
    for engine, make in ENGINES.items():
        result = cells(frames.decide(graph, make(COLUMNS), on="2026-01-01"))
        assert result["fired_mask"] == [1] * len(CASES), engine
