"""Types of columns: what is read, what is not and why, and frames out of files that are made to fit."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pytest
from tests.frames.engines import cells
from tests.policy.small_policy import CASE, case_with, small_rulebook

from revisit_policy import CaseFile, InvalidInputError, InvalidValueError, cny, frames
from revisit_policy.frames import basis_points, major_units, percent
from revisit_policy.rulebooks import cn_housing

BOOK: Final = small_rulebook()
ON: Final = "2026-06-01"
SCHEMA: Final = frames.schema(BOOK, visits=True)
CASES: Final = (CASE, case_with(days_past_due=31, value=cny("1234567.89"), monthly_income=None), case_with(seized=True, ecl=None, valued_on=None))
FRAME: Final = frames.from_cases(CASES)


def arrow(column: pa.Array, name: str = "own") -> pa.Table:
    table = frames.from_cases([CASE], engine="pyarrow")
    return table.drop([name]).append_column(name, column) if name in table.column_names else table.append_column(name, column)


ODD: Final[dict[str, Callable[[str], Any]]] = {
    "a decimal of thousands": lambda name: arrow(pa.array([Decimal(100000)], pa.decimal128(8, -3)), name),
    "the same in pandas": lambda name: frames.from_cases([CASE], engine="pandas").assign(
        **{name: pd.Series([Decimal(100000)], dtype=pd.ArrowDtype(pa.decimal128(8, -3)))}
    ),
    "sparse pandas": lambda name: frames.from_cases([CASE], engine="pandas").assign(**{name: pd.arrays.SparseArray([1])}),
    "bits of DuckDB": lambda name: duckdb.from_arrow(frames.from_cases([CASE]).drop(name, strict=False).to_arrow()).project(
        f"*, bitstring('01', 5) AS \"{name}\""
    ),
    "lists": lambda name: frames.from_cases([CASE]).with_columns(pl.Series(name, [[1]])),
}


@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_a_column_that_nobody_reads_is_not_asked_for_its_type(make: Callable[[str], Any]) -> None:
    frames.check(BOOK, make("own"))
    found = frames.decide(BOOK, make("own"), on=ON)
    assert cells(found.drop(columns="own") if isinstance(found, pd.DataFrame) else found)["grade"] == [0]


@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_a_type_that_is_not_read_is_refused_by_its_name_and_not_taken_for_nulls(make: Callable[[str], Any]) -> None:
    with pytest.raises(InvalidInputError, match=r"`frame\.loan\.days_past_due` must be a column of Int64; cast it to whole numbers, or let .*, got") as caught:
        frames.check(BOOK, make("loan.days_past_due"))
    assert "null" not in str(caught.value)
    assert "Unknown" not in str(caught.value)


def test_a_ratio_of_too_many_places_is_told_how_many_there_may_be() -> None:
    fine = FRAME.with_columns(pl.col("market.price_change_12m").cast(pl.Decimal(38, 18)))
    words = r"compared exactly up to 11 places: round, and cast to Decimal\(38, 11\), got `'Decimal\(precision=38, scale=18\)'`"
    with pytest.raises(InvalidInputError, match=words):
        frames.check(cn_housing.rulebook, fine)


NULLS: Final[dict[str, Callable[[str], Any]]] = {
    "polars": lambda name: frames.from_cases([CASE]).with_columns(pl.lit(None).alias(name)),
    "polars lazy": lambda name: frames.from_cases([CASE]).lazy().with_columns(pl.lit(None).alias(name)),
    "pandas objects": lambda name: frames.from_cases([CASE], engine="pandas").assign(**{name: pd.Series([None], dtype=object)}),
    "pandas floats": lambda name: frames.from_cases([CASE], engine="pandas").assign(**{name: float("nan")}),
    "pandas arrow": lambda name: frames.from_cases([CASE], engine="pandas").assign(**{name: pd.Series([None], dtype=pd.ArrowDtype(pa.null()))}),
    "pyarrow": lambda name: arrow(pa.nulls(1), name),
    "duckdb": lambda name: duckdb.from_arrow(frames.from_cases([CASE]).drop(name).to_arrow()).project(f'*, NULL AS "{name}"'),
}


@pytest.mark.parametrize("engine", NULLS)
@pytest.mark.parametrize("path", ["collateral.value", "loan.impaired", "borrower.credit_standing", "visits.first", "loan.balance"])
def test_a_column_of_nothing_but_nulls_is_unknown_in_every_row_whatever_the_engine(path: str, engine: str) -> None:
    make = NULLS[engine]
    if engine == "duckdb" and duckdb.__version__.startswith("1."):
        pytest.skip("DuckDB before 2 calls such a column one of whole numbers: cast it where it holds anything else")
    typed = frames.from_cases([CASE]).with_columns(pl.lit(None, dtype=frames.from_cases([CASE]).schema[path]).alias(path))
    wanted = cells(frames.decide(BOOK, typed, on=ON, visits=True))
    found = cells(frames.decide(BOOK, make(path), on=ON, visits=True))
    assert {name: found[name] for name in ("bad_input", "grade", "grade_at_worst", "interval_months", "next_closes")} == {
        name: wanted[name] for name in ("bad_input", "grade", "grade_at_worst", "interval_months", "next_closes")
    }


FILES: Final[dict[str, Callable[[], Any]]] = {
    "CSV by polars": lambda: pl.read_csv(io.StringIO(FRAME.write_csv())),
    "CSV by polars, as text": lambda: pl.read_csv(io.StringIO(FRAME.write_csv()), infer_schema=False),
    "CSV by pandas": lambda: pd.read_csv(io.StringIO(FRAME.to_pandas().to_csv(index=False))),
    "CSV by pandas, as text": lambda: pd.read_csv(io.StringIO(FRAME.write_csv()), dtype=str),
    "lines of JSON by polars": lambda: pl.read_ndjson(io.StringIO(FRAME.write_ndjson())),
    "CSV by pyarrow": lambda: pa.csv.read_csv(io.BytesIO(FRAME.write_csv().encode())),
}


@pytest.mark.parametrize("read", FILES.values(), ids=FILES)
def test_a_book_that_went_through_a_file_is_made_to_fit_and_decided_as_before(read: Callable[[], Any]) -> None:
    whole = frames.schema(cn_housing.rulebook, visits=True)
    fitting = whole.cast(SCHEMA.cast(read()))
    frames.check(cn_housing.rulebook, fitting, visits=True)
    wanted, found = (cells(frames.decide(BOOK, frame, on=ON, visits=True)) for frame in (FRAME, fitting))
    assert {name: found[name] for name in found if name not in FRAME.columns} == {name: wanted[name] for name in wanted if name not in FRAME.columns}


def test_columns_that_fit_and_those_of_others_stay_as_they_are() -> None:
    odd = FRAME.with_columns(pl.lit("2024-03-15").alias("own"))
    assert SCHEMA.cast(odd).equals(odd)
    assert SCHEMA.cast(pl.DataFrame({"own": ["1"]})).equals(pl.DataFrame({"own": ["1"]}))


def test_units_that_are_named_come_out_as_the_schema_has_them() -> None:
    bank = pl.DataFrame({"bal": ["1455000.55", None], "collateral.value": [2450000.5, 1.0], "market.price_change_12m": [-2, 5], "loan.seized": ["x", "y"]})
    found = frames.schema(cn_housing.rulebook).cast(
        bank, columns={"loan.balance": "bal"}, units=[major_units("loan.balance", "collateral.value"), percent("market.price_change_12m")]
    )
    assert found.rows() == [(145_500_055, 245_000_050, Decimal("-0.02"), "x"), (None, 100, Decimal("0.05"), "y")]
    halves = frames.schema(cn_housing.rulebook).cast(bank.select("market.price_change_12m"), units=[basis_points()])
    assert halves.to_series().to_list() == [Decimal("-0.0002"), Decimal("0.0005")]


CANNOT: Final[dict[str, tuple[str, list[Any], str]]] = {
    "an amount with a point": ("loan.balance", ["1455000", "1455000.00"], "a whole number of minor units .* in row 1, got `'1455000.00'`"),
    "an amount as a float": ("loan.balance", [1455000.5], "a whole number of minor units"),
    "whole numbers as ratios": ("market.price_change_12m", [0, 1], "a ratio with its unit named"),
    "a float that was reckoned": ("market.price_change_12m", [0.1 + 0.2], "a float has lost it"),
    "a day of another form": ("loan.disbursed_on", ["15.03.2024"], "a day"),
    "a day that is none": ("loan.disbursed_on", ["2024-02-30"], "a day that exists"),
    "a moment": ("loan.disbursed_on", ["2024-03-15 09:00:00"], "a day"),
    "words as a count": ("loan.days_past_due", ["many"], "a whole number"),
    "half a day": ("loan.days_past_due", ["0.5"], "a whole number"),
    "a word as a flag": ("collateral.seized", ["perhaps"], "True or False"),
    "2 as a flag": ("collateral.seized", [2], "True or False"),
}


@pytest.mark.parametrize(("path", "values", "words"), CANNOT.values(), ids=CANNOT)
def test_what_cannot_be_made_to_fit_exactly_is_refused_by_its_column(path: str, values: list[Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"`frame\.{path}` must be .*{words}"):
        frames.schema(cn_housing.rulebook).cast(pl.DataFrame({path: values}))


def test_all_columns_that_cannot_be_made_to_fit_are_told_at_once() -> None:
    wrong = pl.DataFrame({"loan.balance": ["x"], "loan.days_past_due": ["y"], "loan.disbursed_on": ["2024-03-15"]})
    with pytest.raises(InvalidInputError) as caught:
        SCHEMA.cast(wrong)
    assert [error.field for error in caught.value.exceptions if isinstance(error, InvalidValueError)] == ["loan.days_past_due", "loan.balance"]


@pytest.mark.parametrize("frame", [FRAME.lazy(), duckdb.from_arrow(FRAME.to_arrow())], ids=["lazy", "DuckDB"])
def test_a_frame_that_is_not_in_memory_is_not_cast(frame: Any) -> None:
    with pytest.raises(InvalidValueError, match="a frame in memory, of polars, pandas or pyarrow"):
        SCHEMA.cast(frame)


@pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow"])
def test_a_frame_of_every_engine_in_memory_is_cast(engine: str) -> None:
    text = {"loan.disbursed_on": ["2024-03-15", "2024-03-16 00:00:00", ""], "collateral.seized": ["true", "0", None], "loan.days_past_due": ["7", " 8 ", None]}
    frame: dict[str, Callable[[], Any]] = {
        "polars": lambda: pl.DataFrame(text),
        "pandas": lambda: pd.DataFrame(text, index=[7, 7, 9]),
        "pyarrow": lambda: pa.table(text),
    }
    found = cells(SCHEMA.cast(frame[engine]()))
    assert found["loan.disbursed_on"] == [dt.date(2024, 3, 15), dt.date(2024, 3, 16), None]
    assert (found["collateral.seized"], found["loan.days_past_due"]) == ([True, False, None], [7, 8, None])


def test_case_files_come_back_from_a_file() -> None:
    read = pl.read_csv(io.StringIO(FRAME.write_csv()))
    whole = frames.schema(cn_housing.rulebook, visits=True).cast(SCHEMA.cast(read))
    asked = [column.path for column in frames.schema(cn_housing.rulebook, visits=True)]
    for row, case in zip(whole.select(asked).rows(named=True), CASES, strict=True):
        assert isinstance(case, CaseFile)
        assert frames.explain(cn_housing.rulebook, row, on=ON).grade == cn_housing.rulebook.decide(case, on=ON).grade
