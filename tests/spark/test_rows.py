"""What is particular to Spark: its types, its names, its whole numbers, and that nothing runs before it is asked for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import strategies as st
from tests.frames.engines import polars
from tests.frames.expectations import expected
from tests.frames.test_agreement import as_columns, books, denominators, one_by_one
from tests.frames.test_rows import COLUMNS, GRAPH
from tests.language.loan_facts import days, ltv, rule, table
from tests.language.strategies import graphs
from tests.spark.books import cells, gathered, spark_frame

from revisit_policy import DecisionGraph, Fact, InvalidInputError, Label, frames
from revisit_policy.language.derivation import Quotient, Terms

ASKED: dict[str, Any] = {"on": "2026-01-01", "denominators": {"ltv": 100}}


@st.composite
def graphs_with_books(draw: st.DrawFn) -> tuple[DecisionGraph, list[dict[str, Any]]]:
    graph = draw(graphs())
    return graph, draw(books(graph, rows=40))


def test_generated_graphs_decide_every_row_as_the_single_decision_does(spark: Any) -> None:
    for graph, book in gathered(graphs_with_books(), rows=6)[2:]:  # the first ones are the smallest that there are
        result = frames.decide(graph, spark_frame(spark, as_columns(book)), on="2026-01-01", trace="text", denominators=denominators(graph))
        found = cells(result)
        assert found["loan_no"] == [f"loan {at}" for at in range(len(book))]
        for name, column in expected(graph, one_by_one(graph, book, "2026-01-01")).items():
            assert found[name] == column, name


@pytest.mark.parametrize("trace", ["masks", "booleans"])
def test_the_trace_is_written_as_polars_writes_it(spark: Any, trace: str) -> None:
    found = cells(frames.decide(GRAPH, spark_frame(spark, COLUMNS), trace=trace, **ASKED))
    assert found == frames.decide(GRAPH, polars(COLUMNS), trace=trace, **ASKED).to_dict(as_series=False)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_labels_are_words_in_both_languages(spark: Any, lang: str) -> None:
    found = cells(frames.label(GRAPH, frames.decide(GRAPH, spark_frame(spark, COLUMNS), **ASKED), lang=lang))
    assert found == frames.label(GRAPH, frames.decide(GRAPH, polars(COLUMNS), **ASKED), lang=lang).to_dict(as_series=False)


def test_a_mask_of_63_bits_is_read_to_the_last_bit(spark: Any) -> None:
    graph = DecisionGraph([table(*(rule(f"late-{at}", days > at, "b") for at in range(63)))])
    frame = spark.createDataFrame(pa.table({"days": [0, 1, 62, 63]}))
    found = cells(frames.label(graph, frames.decide(graph, frame, on="2026-01-01")))
    assert [text.count("late") for text in found["fired_mask"]] == [0, 1, 62, 63]


def test_nothing_runs_before_it_is_asked_for_and_no_row_is_lost(spark: Any) -> None:
    graph = DecisionGraph([table(rule("late", days > 0, "c"))])
    frame = spark.createDataFrame(pa.table({"days": [1, -1, None] * 50})).repartition(7)
    tracker = spark.sparkContext.statusTracker()
    before = len(tracker.getJobIdsForGroup(None))
    result = frames.label(graph, frames.decide(graph, frame, on="2026-01-01"))
    assert len(tracker.getJobIdsForGroup(None)) == before
    assert type(result) is type(frame)
    assert result.count() == 150
    assert len(tracker.getJobIdsForGroup(None)) > before


def test_names_with_dots_and_signs_are_kept(spark: Any) -> None:
    frame = spark.createDataFrame(pa.table({"loan.no": ["L"], "days": [91], "a b`c": [1]}))
    result = frames.decide(GRAPH, frame.withColumnRenamed("loan.no", "Loan.No"), without=("ltv", "misuse", "job", "signed"), on="2026-01-01")
    assert result.columns[:3] == ["Loan.No", "days", "a b`c"]
    assert cells(result)["graded"] == [2]
    assert cells(frames.label(GRAPH, result))["graded"] == ["c"]


def test_a_column_that_is_read_and_another_of_its_letters_are_refused(spark: Any) -> None:
    frame = spark.createDataFrame(pa.table({"days": [91], "DAYS": [5]}))
    with pytest.raises(InvalidInputError, match=r"`frame\.days` must be told from every other column"):
        frames.decide(GRAPH, frame, without=("ltv", "misuse", "job", "signed"), on="2026-01-01")


def test_a_name_that_is_taken_in_other_letters_is_refused(spark: Any) -> None:
    graph = DecisionGraph([table(rule("late", days > 0, "c"), name="graded")])
    with pytest.raises(InvalidInputError, match=r"`frame\.Graded` must be free"):
        frames.decide(graph, spark.createDataFrame(pa.table({"days": [1], "Graded": [1]})), on="2026-01-01")


def test_names_used_twice_are_refused(spark: Any) -> None:
    frame = spark.createDataFrame(pa.table({"days": [1], "x": [1]})).toDF("days", "days")
    with pytest.raises(InvalidInputError, match=r"`frame\.days` must be there once"):
        frames.decide(GRAPH, frame, on="2026-01-01")


def test_a_moment_and_a_float_are_refused_with_advice(spark: Any) -> None:
    frame = spark.createDataFrame(pa.table({"ltv": [0.7], "signed": [dt.datetime(2026, 1, 1, tzinfo=dt.UTC)]}))
    with pytest.raises(InvalidInputError) as caught:
        frames.check(GRAPH, frame, without=("days", "misuse", "job"))
    assert "a float has lost the exact ratio" in str(caught.value)
    assert "a moment is not a day" in str(caught.value)


def test_decimals_are_compared_exactly(spark: Any) -> None:
    graph = DecisionGraph([table(rule("thin", ltv >= "0.7", "c"), rule("thick", ltv <= "0.69", "b"))])
    values = [Decimal("0.69"), Decimal("0.700000"), Decimal("0.69000000001"), None, Decimal("0.69999999999")]
    frame = spark.createDataFrame(pa.table({"ltv": pa.array(values, pa.decimal128(20, 11))}))
    assert cells(frames.label(graph, frames.decide(graph, frame, on="2026-01-01")))["t"] == ["b", "c", "a", "a", "a"]


def test_counts_in_floats_are_read_and_one_that_is_not_whole_is_bad_input(spark: Any) -> None:
    graph = DecisionGraph([table(rule("late", days > 90, "c"))])
    rows = [91.0, 90.0, float("nan"), None, 90.5, float("inf"), 1e300]
    frame = spark.createDataFrame(pa.table({"days": rows}))
    found = cells(frames.label(graph, frames.decide(graph, frame, on="2026-01-01")))
    assert found["bad_input"] == ["", "", "", "", "days", "days", "days"]
    assert found["t"] == ["c", "a", "a", "a", None, None, None]


def test_amounts_beyond_what_is_divided_exactly_and_a_divisor_of_nothing_sink_no_other_row(spark: Any) -> None:
    part = Quotient(Terms(("a",)), Terms(("b",)))
    share = Fact.ratio("share", low="0", high="100000000", label=Label("占比", "share"), derived=part)
    graph = DecisionGraph([table(rule("high", share > "1", "c"))])
    amounts = {"a": [2**53, 2**53 + 2, 5, -(2**61), 5, 2**63 - 1], "b": [10**11, 10**11, 10**11 + 1, 1, 0, -(2**63)]}
    asked = frames.label(graph, frames.decide(graph, spark.createDataFrame(pa.table(amounts)), on="2026-01-01"))
    assert cells(asked) == frames.label(graph, frames.decide(graph, pl.DataFrame(amounts), on="2026-01-01")).to_dict(as_series=False)
    assert cells(asked)["bad_input"] == ["", "share", "share", "share", "", "share"]
