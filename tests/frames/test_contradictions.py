"""A contradiction is refused by every reader alike, with the same field; what is unusual is decided by all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import duckdb
import polars as pl
import pytest
from tests.casefile.contradictions import CONTRADICTIONS, IN_ORDER, ON, UNUSUAL, Contradiction

from revisit_policy import InvalidInputError, Refusal, frames
from revisit_policy.casefile.case_columns import ROOTS
from revisit_policy.casefile.relations import RELATIONS
from revisit_policy.rulebooks import cn_housing

BOOK: Final = cn_housing.rulebook
SCHEMA: Final = frames.from_cases([]).schema

ROWS: Final = [pytest.param(row, id=name) for name, row in CONTRADICTIONS.items()]
ENGINES: Final[Mapping[str, Callable[[pl.DataFrame], Any]]] = {
    "polars": lambda book: book,
    "polars lazy": lambda book: book.lazy(),
    "pandas": lambda book: book.to_pandas(),
    "pandas with arrow": lambda book: book.to_pandas(use_pyarrow_extension_array=True),
    "pyarrow": lambda book: book.to_arrow(),
    "duckdb": lambda book: duckdb.connect().from_arrow(book.to_arrow()),
}


def row_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    row = {**dict.fromkeys(SCHEMA), **IN_ORDER, **fields, "loan.annual_rate": Decimal("0.0335")}
    return {path: dt.date.fromisoformat(value) if value is not None and SCHEMA[path] == pl.Date else value for path, value in row.items()}


def as_book(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA)


def decide(row: Mapping[str, Any]) -> Any:
    return BOOK.decide(frames.to_case(row), on=ON)


@pytest.mark.parametrize("row", ROWS)
def test_a_case_file_that_contradicts_itself_is_refused_in_one_line_with_field_rule_and_value(row: Contradiction) -> None:
    with pytest.raises(InvalidInputError) as caught:
        decide(row_of(row.fields))
    lines = [str(fault) for fault in caught.value.exceptions]
    assert any(row.expected in line and row.field.rpartition(".")[2] in line for line in lines), lines
    assert all("\n" not in line for line in lines)


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in CONTRADICTIONS.items() if not row.needs_day])
def test_what_no_day_could_mend_is_refused_when_the_case_file_is_made(row: Contradiction) -> None:
    with pytest.raises(InvalidInputError):
        frames.to_case(row_of(row.fields))


@pytest.mark.parametrize("fields", UNUSUAL.values(), ids=UNUSUAL)
def test_what_is_unusual_is_decided(fields: Mapping[str, Any]) -> None:
    assert decide(row_of(fields)).grade is not None


@pytest.mark.parametrize("visits", [False, True], ids=["grades alone", "with visits"])
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_refuses_the_same_rows_and_names_the_field(engine: str, visits: bool) -> None:
    told = {name: row for name, row in CONTRADICTIONS.items() if visits or not row.field.startswith("visits")}
    book = as_book([*(row_of(row.fields) for row in told.values()), *(row_of(fields) for fields in UNUSUAL.values())])
    labelled = frames.label(BOOK, frames.decide(BOOK, ENGINES[engine](book), on=ON, visits=visits))
    bad = [" ".join(map(str, parts)) for parts in zip(*(_texts(labelled, name) for name in _names(labelled)), strict=True)]
    for (name, row), said in zip(told.items(), bad, strict=False):
        assert row.field in said or row.field.rpartition(".")[2] in said, name
    assert not "".join(bad[len(told) :]).strip()


def test_a_value_out_of_bounds_is_named_alone_and_contradicts_nothing() -> None:
    book = as_book([row_of({"loan.days_past_due": -1, "loan.missed_consecutive": 2, "loan.missed_total_24m": 2})])
    labelled = frames.label(BOOK, frames.decide(BOOK, book, on=ON))
    assert _told(labelled, 0) == ["days_past_due"]


def test_a_count_that_is_no_number_is_refused_beside_the_day_that_tells_it() -> None:
    row = row_of({"loan.days_past_due": None, "loan.unpaid_since": "2026-11-01"})
    book = as_book([row, row]).with_columns(pl.Series("loan.days_past_due", [None, 1.5]))
    labelled = frames.label(BOOK, frames.decide(BOOK, book, on=ON))
    assert [_told(labelled, at) for at in (0, 1)] == [[], ["days_past_due"]]


def _told(labelled: Any, at: int) -> list[str]:
    """What is wrong with the row *at*, however many columns there are to tell it."""
    return [text for name in _names(labelled) if (text := labelled[name][at])]


def _names(frame: Any) -> list[str]:
    """The columns that name what is bad: one of them does not hold all names."""
    names = frame.collect_schema().names() if isinstance(frame, pl.LazyFrame) else getattr(frame, "column_names", None) or frame.columns
    return [name for name in names if str(name).startswith("bad_input")]


def _texts(frame: Any, column: str) -> list[Any]:
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, duckdb.DuckDBPyRelation):
        return [value for (value,) in frame.project(f'"{column}"').fetchall()]
    cells = frame[column]
    return list(cells.to_pylist() if hasattr(cells, "to_pylist") else cells.to_list())


def test_what_a_case_file_derives_is_read_off_the_columns_that_tell_it_whatever_another_column_says() -> None:
    rows = [
        row_of({"determination.grade": "substandard", "loan.months_clean_since_cure": 2}),
        row_of({"loan.term_months": 12, "loan.days_past_due": 10}),
        row_of({"loan.term_months": 12, "loan.extended_to": "2027-03-15"}),
        row_of({"loan.in_observation": True}),
    ]
    book = as_book(rows).with_columns(
        **{"loan.restructured": pl.lit(value=False), "loan.matures_on": pl.lit(dt.date(2199, 1, 1))}
    )
    wanted = [decide(row) for row in rows]
    for visits in (False, True):
        read = [column.path for column in frames.schema(BOOK, visits=visits)]
        assert not {"loan.restructured", "loan.matures_on"} & set(read)
        for frame in (book, book.select(read)):
            found = frames.decide(BOOK, frame, on=ON, visits=visits)
            assert found["grade"].to_list() == [decision.grade.severity for decision in wanted]
            assert found["interval_months"].to_list() == [decision.interval_months for decision in wanted]


def test_a_batch_hands_out_a_refusal_for_each_case_that_contradicts_itself_on_the_day() -> None:
    cases = [frames.to_case(row_of(row.fields)) for row in CONTRADICTIONS.values() if row.needs_day]
    assert all(isinstance(found, Refusal) for found in BOOK.iter_decide(cases, on=ON))


def test_the_table_breaks_every_relation_that_is_written_down() -> None:
    told = {(row.field, row.needs_day) for row in CONTRADICTIONS.values()}
    written = {(relation.field.split(".completed_on")[0], relation.needs_day) for relation in RELATIONS}
    assert written - told == {
        ("visits", True), ("events.since", True), ("borrower.reviewed_on", True),  # told by the tests of days ahead
        ("actions.on", False), ("actions.on", True),  # told by tests/casefile/test_actions.py: a row has columns of its own for each measure
    }


# -- the query of a warehouse ----------------------------------------------------------------------------------------


def queried(rows: list[dict[str, Any]], *, keys: tuple[str, ...], visits: bool) -> tuple[str, Any]:
    """The query, and what it says of a table of *rows*."""
    query = frames.to_sql(BOOK, on=ON, keys=keys, visits=visits)
    connection = duckdb.connect()
    connection.register("arrow", as_book(rows).to_arrow())
    connection.execute("CREATE TABLE loans AS SELECT * FROM arrow")
    return query, pl.from_arrow(connection.sql(query).to_arrow_table())


@pytest.mark.parametrize("visits", [False, True], ids=["grades alone", "with visits"])
def test_a_query_refuses_the_rows_that_a_frame_refuses_where_it_is_told_of_the_columns(visits: bool) -> None:
    told = [row for row in CONTRADICTIONS.values() if visits or not row.field.startswith("visits")]
    rows = [*(row_of(row.fields) for row in told), *(row_of(fields) for fields in UNUSUAL.values()), row_of({"loan.currency": "USD"})]
    read = {column.path for column in frames.schema(BOOK, visits=visits)}
    query, found = queried(rows, keys=tuple(name for name in SCHEMA if name not in read), visits=visits)
    decided = frames.decide(BOOK, as_book(rows), on=ON, visits=visits)
    bad = [name for name in decided.columns if name.startswith("bad_input")]
    unchecked = re.findall(r"[\w.]+\.[\w.]+", query.partition("*/")[0]) if "nor checked" in query else []
    assert [path for path in unchecked if path in as_book(rows).columns] == []  # the table has no column of what was done, nor of what a desk did
    assert found.select(bad).rows() == decided.select(bad).rows()
    assert found["grade"].to_list() == decided["grade"].to_list()
    assert [any(row) for row in found.select(bad).rows()] == [True] * len(told) + [False] * len(UNUSUAL) + [True]


def test_a_query_that_is_not_told_of_a_column_names_it_as_not_checked() -> None:
    told = [row for row in CONTRADICTIONS.values() if not row.field.startswith("visits")]
    rows = [*(row_of(row.fields) for row in told), row_of({"loan.currency": "USD"})]
    query, found = queried(rows, keys=(), visits=False)
    unchecked = query.partition("*/")[0]
    assert query.startswith("/* neither read nor checked")
    assert "loan.currency" in unchecked
    bad = [any(row) for row in found.select(name for name in found.columns if name.startswith("bad_input")).rows()]
    assert False in bad
    for row, is_refused in zip(told, bad, strict=False):
        by = {name for relation in RELATIONS if row.field in relation.paths for name in relation.paths}
        assert is_refused or any(name in unchecked for name in by | row.fields.keys()), row


def test_a_column_that_the_table_is_said_not_to_have_is_not_named() -> None:
    query = frames.to_sql(BOOK, on=ON, without=("loan.currency",))
    assert "loan.currency" not in query


def test_a_comment_ends_where_it_is_meant_to() -> None:
    query = frames.to_sql(BOOK, on=ON, columns={"loan.currency": "*/ DROP TABLE loans /*"})
    assert query.count("*/") == 1
    duckdb.extract_statements(query)


@pytest.mark.parametrize(
    ("path", "value"), [("loan.restructured", True), ("loan.matures_on", dt.date(2199, 1, 1))]
)
def test_a_row_is_read_by_the_columns_that_tell_it_as_a_frame_of_it_is(path: str, value: object) -> None:
    """Of what a case file derives neither reader takes another column's word."""
    row = row_of({})
    assert frames.to_case({**row, path: value}) == frames.to_case(row)
    found = frames.decide(BOOK, as_book([row]).with_columns(pl.lit(value).alias(path)), on=ON, visits=True)
    assert found.drop(path).equals(frames.decide(BOOK, as_book([row]), on=ON, visits=True).drop(path))


@pytest.mark.parametrize(("path", "value"), [("loan.restructured", True), ("loan.restructured", False)])
def test_a_row_that_says_what_is_derived_without_what_tells_it_is_refused_as_a_frame_of_it_is(path: str, value: object) -> None:
    roots = ROOTS[path]
    row = {name: cell for name, cell in row_of({}).items() if name not in roots}
    with pytest.raises(InvalidInputError, match=roots[0]):
        frames.to_case({**row, path: value})
    with pytest.raises(InvalidInputError, match="|".join(roots)):
        frames.decide(BOOK, as_book([row_of({})]).drop(roots).with_columns(pl.lit(value).alias(path)), on=ON)
    assert frames.to_case({**row, path: None}) == frames.to_case({**row, path: value}, without=roots)
