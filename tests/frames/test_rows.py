"""Rows that cannot be read, unusual frames, and the way results come back."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.frames.engines import ENGINES, cells
from tests.language.loan_facts import days, job, ltv, misuse, principal, rule, signed, table

from revisit_policy import DecisionGraph, Fact, Fold, InvalidInputError, Label, UnknownNameError, cny, frames
from revisit_policy.casefile.holding import Holding
from revisit_policy.language.derivation import Derivation, Quotient, RelativeChange, Terms

GRAPH = DecisionGraph([
    table(rule("late", days > 90, "c"), rule("thin", (ltv > "0.8") & misuse.is_false(), "b"), name="graded"),
    table(rule("work", job.is_in("none"), "x"), rule("old", signed < "2020-01-01", "y"), fold=Fold.EVERY, outcomes=("x", "y"), otherwise=(), name="notes"),
])
COLUMNS: dict[str, tuple[Holding, list[Any]]] = {
    "days": (Holding.COUNT, [91, 0, None, -1]),
    "ltv": (Holding.RATIO, [80, 81, 81, 2000]),
    "misuse": (Holding.FLAG, [False, False, None, True]),
    "job": (Holding.CODE, ["none", "salaried", None, "jester"]),
    "signed": (Holding.DAY, [dt.date(2019, 12, 31), dt.date(2020, 1, 1), None, dt.date(2200, 1, 1)]),
}


def decided(engine: str = "polars", **more: Any) -> Any:
    return frames.decide(GRAPH, ENGINES[engine](COLUMNS), on="2026-01-01", denominators={"ltv": 100}, **more)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_row_with_bad_input_names_its_facts_and_decides_nothing(engine: str) -> None:
    result = frames.label(GRAPH, decided(engine))
    found = cells(result)
    assert found["bad_input"] == ["", "", "", "days, ltv, job, signed"]
    assert {name: column[3] for name, column in found.items() if name not in {*COLUMNS, "bad_input"}} == dict.fromkeys(
        ("graded", "graded_at_worst", "graded_status", "notes", "notes_at_worst", "notes_status", "fired_mask", "undecided_mask")
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_labels_are_words_in_both_languages(engine: str) -> None:
    english, chinese = (cells(frames.label(GRAPH, decided(engine), lang=lang)) for lang in ("en", "zh"))
    assert english["graded"] == ["c", "b", "a", None]
    assert english["graded_at_worst"] == ["c", "b", "c", None]
    assert english["graded_status"] == ["decided", "decided", "undecided", None]
    assert english["notes"] == ["x, y", "", "", None]
    assert english["notes_at_worst"] == ["x, y", "", "x, y", None]
    assert english["fired_mask"] == ["late, work, old", "thin", "", None]
    assert english["undecided_mask"] == ["", "", "late, thin, work, old", None]
    assert chinese["graded_status"] == ["已定", "已定", "未定", None]
    assert chinese["notes"][0] == "x、y"


def test_labels_leave_what_was_dropped_and_what_came_in_alone() -> None:
    result = decided().drop("notes", "fired_mask")
    labelled = frames.label(GRAPH, result)
    assert labelled.columns == result.columns
    assert labelled["days"].to_list() == [91, 0, None, -1]


def test_labels_in_an_unknown_language_are_refused() -> None:
    with pytest.raises(UnknownNameError):
        frames.label(GRAPH, decided(), lang="fr")


def test_a_prefix_keeps_names_apart() -> None:
    frame = ENGINES["polars"](COLUMNS).with_columns(pl.lit("mine").alias("graded"))
    with pytest.raises(InvalidInputError, match=r"`frame\.graded` must be free for what the decision adds"):
        frames.decide(GRAPH, frame, on="2026-01-01", denominators={"ltv": 100})
    result = frames.decide(GRAPH, frame, on="2026-01-01", denominators={"ltv": 100}, prefix="new_")
    assert result["graded"].to_list() == ["mine"] * 4
    assert frames.label(GRAPH, result, prefix="new_")["new_graded"].to_list() == ["c", "b", "a", None]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_empty_frame_comes_back_empty_with_all_columns(engine: str) -> None:
    empty: dict[str, tuple[Holding, list[Any]]] = {name: (holds, []) for name, (holds, _) in COLUMNS.items()}
    frame = ENGINES[engine](empty)
    if engine == "pandas numpy":
        frame = frame.astype({"misuse": "bool", "job": "str"})  # an empty column of objects would say nothing of its type
    result = frames.decide(GRAPH, frame, on="2026-01-01", denominators={"ltv": 100})
    assert list(cells(result)) == decided().columns
    assert all(column == [] for column in cells(result).values())


def test_a_lazy_frame_is_not_read() -> None:
    def fail(frame: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError(frame)

    lazy = ENGINES["polars lazy"](COLUMNS).map_batches(fail, schema=ENGINES["polars"](COLUMNS).schema)
    result = frames.decide(GRAPH, lazy, on="2026-01-01", denominators={"ltv": 100})
    assert isinstance(result, pl.LazyFrame)
    with pytest.raises((AssertionError, pl.exceptions.ComputeError)):
        result.collect()


def test_a_pandas_frame_keeps_its_index_and_its_types() -> None:
    frame = ENGINES["pandas numpy"](COLUMNS)
    result = frames.decide(GRAPH, frame, on="2026-01-01", denominators={"ltv": 100})
    pd.testing.assert_frame_equal(result[list(frame.columns)], frame)
    assert result.index.equals(frame.index)


@pytest.mark.parametrize("engine", ["polars", "pandas numpy", "pyarrow", "duckdb"])
def test_a_column_that_is_not_there_is_no_entry_for_a_register_and_unknown_for_a_measurement(engine: str) -> None:
    kept: dict[str, tuple[Holding, list[Any]]] = {name: column for name, column in COLUMNS.items() if name in {"ltv", "job", "signed"}}
    result = frames.decide(GRAPH, ENGINES[engine](kept), on="2026-01-01", denominators={"ltv": 100}, without=("days", "misuse"))
    found = cells(frames.label(GRAPH, result))
    assert found["graded"] == ["a", "b", "b", None]
    assert found["graded_at_worst"] == ["c", "c", "c", None]
    assert found["undecided_mask"] == ["late", "late", "late, work, old", None]


@pytest.mark.parametrize("engine", ENGINES)
def test_whole_numbers_written_as_floats_count_and_parts_of_them_are_bad_input(engine: str) -> None:
    graph = DecisionGraph([table(rule("late", days > 90, "c"))])
    columns: dict[str, tuple[Holding, list[Any]]] = {"days": (Holding.COUNT, [91, 90, None])}
    whole = ENGINES[engine](columns)
    if isinstance(whole, pl.DataFrame | pl.LazyFrame):
        whole = whole.with_columns(pl.Series("days", [91.0, float("nan"), 90.5]))
    elif isinstance(whole, pd.DataFrame):
        whole = whole.assign(days=[91.0, float("nan"), 90.5])
    else:
        values = pa.table({"days": pa.array([91.0, float("nan"), 90.5])})
        whole = values if isinstance(whole, pa.Table) else duckdb.from_arrow(values)
    found = cells(frames.label(graph, frames.decide(graph, whole, on="2026-01-01")))
    assert found["t"] == ["c", "a", None]
    assert found["t_status"] == ["decided", "undecided", None]
    assert found["bad_input"] == ["", "", "days"]


@pytest.mark.parametrize("engine", ["polars", "pandas", "pandas arrow", "pyarrow", "duckdb"])
def test_decimals_are_compared_exactly(engine: str) -> None:
    graph = DecisionGraph([table(rule("thin", ltv >= "0.7", "c"), rule("thick", ltv <= "0.69", "b"))])
    values = [Decimal("0.69"), Decimal("0.700000"), Decimal("0.69000000001"), None, Decimal("0.69999999999")]
    arrow = pa.table({"ltv": pa.array(values, pa.decimal128(20, 11))})
    frame: dict[str, Callable[[], Any]] = {
        "polars": lambda: pl.from_arrow(arrow),
        "pandas": lambda: pd.DataFrame({"ltv": pd.Series(values, dtype=object)}),
        "pandas arrow": lambda: arrow.to_pandas(types_mapper=pd.ArrowDtype),
        "pyarrow": lambda: arrow,
        "duckdb": lambda: duckdb.from_arrow(arrow),
    }
    found = cells(frames.label(graph, frames.decide(graph, frame[engine](), on="2026-01-01")))
    assert found["t"] == ["b", "c", "a", "a", "a"]


def test_small_and_unsigned_numbers_are_added_without_wrapping() -> None:
    part = Quotient(Terms(("a", "b"), ("c",)), Terms(("d",)))
    share = Fact.ratio("share", low="-9", high="9", label=Label("占比", "share"), derived=part)
    graph = DecisionGraph([table(rule("high", share > "1", "c"), rule("low", share < "0", "b"))])
    frame = pl.DataFrame(
        {"a": [200, 0], "b": [200, 0], "c": [1, 255], "d": [100, 100]}, schema={"a": pl.UInt8, "b": pl.UInt8, "c": pl.UInt8, "d": pl.Int16}
    )
    assert frames.label(graph, frames.decide(graph, frame, on="2026-01-01"))["t"].to_list() == ["c", "b"]


@pytest.mark.parametrize("engine", ENGINES)
def test_amounts_beyond_what_is_divided_exactly_are_refused_never_rounded(engine: str) -> None:
    part = Quotient(Terms(("a",)), Terms(("b",)))
    share = Fact.ratio("share", low="0", high="100000000", label=Label("占比", "share"), derived=part)
    graph = DecisionGraph([table(rule("high", share > "1", "c"))])
    amounts: dict[str, tuple[Holding, list[Any]]] = {
        "a": (Holding.AMOUNT, [2**53, 2**53 + 2, 5, -(2**61)]),
        "b": (Holding.AMOUNT, [10**11, 10**11, 10**11 + 1, 1]),
    }
    found = cells(frames.label(graph, frames.decide(graph, ENGINES[engine](amounts), on="2026-01-01")))
    assert found["bad_input"] == ["", "share", "share", "share"]


LONG: Final[dict[str, tuple[Derivation, dict[str, int | None], str]]] = {
    "a change to a number that no float holds": (RelativeChange("a", "b"), {"a": 2**60, "b": 10**11}, "share"),
    "a change from a number that is too long to divide by": (RelativeChange("a", "b"), {"a": 1, "b": 10**11 + 1}, "share"),
    "a change from the longest number to divide by": (RelativeChange("a", "b"), {"a": 2 * 10**11, "b": 10**11}, ""),
    "long numbers that cancel": (Quotient(Terms(("a",), ("c",)), Terms(("b",))), {"a": 2**60 + 1, "c": 2**60, "b": 1}, "share"),
    "a long number where it is unknown what it is divided by": (Quotient(Terms(("a",)), Terms(("b",))), {"a": 2**60, "b": None}, ""),
    "a long number divided by nothing": (Quotient(Terms(("a",)), Terms(("b",))), {"a": 2**60, "b": 0}, ""),
    "a divisor that is too long for an unknown number": (Quotient(Terms(("a",)), Terms(("b",))), {"a": None, "b": 2**60}, ""),
    "a sum to divide by, of numbers that cancel": (Quotient(Terms(("a",)), Terms(("b",), ("c",))), {"a": 1, "b": 2**60 + 1, "c": 2**60}, "share"),
    "a sum to divide by of which one is unknown": (Quotient(Terms(("a",)), Terms(("b",), ("c",))), {"a": 1, "b": 2**60, "c": None}, ""),
    "a sum that is as long as a float holds": (Quotient(Terms(("a", "c")), Terms(("b",))), {"a": 2**51, "c": 2**51, "b": 10**11}, "share"),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("derived", "numbers", "bad"), LONG.values(), ids=LONG)
def test_long_numbers_are_refused_where_a_quotient_would_not_be_exact(
    derived: Derivation, numbers: Mapping[str, int | None], bad: str, engine: str
) -> None:
    share = Fact.ratio("share", low="-9", high="9", label=Label("占比", "share"), derived=derived)
    graph = DecisionGraph([table(rule("high", share > "0.9", "c"))])
    columns = {name: (Holding.AMOUNT, [number, 1]) for name, number in numbers.items()}
    found = cells(frames.label(graph, frames.decide(graph, ENGINES[engine](columns), on="2026-01-01")))
    assert found["bad_input"] == [bad, ""]


def test_categories_are_read_as_codes() -> None:
    graph = DecisionGraph([table(rule("work", job.is_in("none"), "c"))])
    codes = ["none", None, "salaried", "jester"]
    wanted = ["c", "a", "a", None]
    for dtype in (pl.Categorical, pl.Enum(["jester", "none", "salaried"])):
        frame = pl.DataFrame({"job": pl.Series(codes, dtype=dtype)})
        assert frames.label(graph, frames.decide(graph, frame, on="2026-01-01"))["t"].to_list() == wanted
    pandas = frames.label(graph, frames.decide(graph, pd.DataFrame({"job": pd.Categorical(codes)}), on="2026-01-01"))
    assert cells(pandas)["t"] == wanted


def test_numbers_are_read_as_codes_where_all_codes_are_numbers() -> None:
    months = Fact.choice("months", (36, 12, 6), label=Label("月", "months"))
    graph = DecisionGraph([table(rule("short", months.is_in(6), "c"))])
    frame = pl.DataFrame({"months": [6, 12, None, 7]})
    assert frames.label(graph, frames.decide(graph, frame, on="2026-01-01"))["t"].to_list() == ["c", "a", "a", None]


def test_steps_of_a_count_are_checked() -> None:
    points = Fact.count("points", low=0, high=100, step=5, label=Label("分", "points"))
    graph = DecisionGraph([table(rule("high", points > 50, "c"))])
    for engine, make in ENGINES.items():
        columns: dict[str, tuple[Holding, list[Any]]] = {"points": (Holding.COUNT, [55, 50, 51, None])}
        found = cells(frames.label(graph, frames.decide(graph, make(columns), on="2026-01-01")))
        assert found["t"] == ["c", "a", None, "a"], engine


def test_money_in_minor_units_is_compared_with_money() -> None:
    graph = DecisionGraph([table(rule("large", principal > cny("1000000.00"), "c"))])
    frame = pl.DataFrame({"principal": [100_000_000, 100_000_001]})
    assert frames.decide(graph, frame, on="2026-01-01")["t"].to_list() == [0, 2]


WITHOUT_NARWHALS = """
import sys
sys.modules["narwhals"] = None
try:
    from revisit_policy import frames
except ModuleNotFoundError as error:
    print(error)
"""


def test_without_narwhals_the_extra_is_named() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_NARWHALS], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == '`revisit_policy.frames` needs `narwhals`; install it with `pip install "revisit-policy[frames]"`'
