"""Calls that cannot be meant: each is refused in one line that says what was expected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl
import pytest
from tests.policy.small_policy import CASE, small_rulebook

from revisit_policy import InvalidInputError, InvalidValueError, UnknownNameError, frames

ON = "2026-06-01"
BOOK = small_rulebook()
FRAME = frames.from_cases([CASE])
GRAPH = BOOK.in_force(ON).case_graph
ROW = FRAME.row(0, named=True)


@pytest.mark.parametrize("policy", [GRAPH.tables[0].rules, "cn_housing", FRAME, None], ids=["rules alone", "a name", "the frame", "nothing"])
def test_what_is_no_policy_is_refused_by_its_type(policy: Any) -> None:
    with pytest.raises(InvalidValueError, match=rf"`policy` must be a Rulebook, .* got `'{type(policy).__name__}'`"):
        frames.decide(policy, FRAME, on=ON)


@pytest.mark.parametrize("single", [FRAME, FRAME.lazy(), FRAME.to_pandas(), FRAME.to_arrow(), duckdb.sql("SELECT 1 AS one"), None])
def test_a_single_frame_is_refused_at_once_where_several_are_decided(single: Any) -> None:
    with pytest.raises(InvalidValueError, match="`frames` must be several frames"):
        frames.iter_decide(BOOK, single, on=ON)


def test_a_whole_frame_is_refused_where_a_row_is_explained() -> None:
    with pytest.raises(InvalidValueError, match="`row` must be one row as a mapping"):
        frames.explain(BOOK, FRAME, on=ON)


@pytest.mark.parametrize(
    "call",
    [
        lambda **layout: frames.decide(BOOK, FRAME, on=ON, **layout),
        lambda **layout: frames.next_visits(BOOK, FRAME, on=ON, **layout),
        lambda **layout: list(frames.iter_decide(BOOK, [FRAME], on=ON, **layout)),
        lambda **layout: frames.check(BOOK, FRAME, **layout),
        lambda **layout: frames.to_sql(BOOK, on=ON, **layout),
        lambda **layout: frames.explain(BOOK, ROW, on=ON, **layout),
        lambda **layout: list(frames.to_cases(FRAME, **layout)),
    ],
    ids=["decide", "next_visits", "iter_decide", "check", "to_sql", "explain", "to_cases"],
)
def test_a_keyword_that_nobody_takes_and_a_text_for_paths_are_refused(call: Callable[..., object]) -> None:
    with pytest.raises(UnknownNameError, match="unknown argument `denominator`, did you mean `denominators`"):
        call(denominator={"loan.annual_rate": 100})
    with pytest.raises(InvalidValueError, match="`without` must be several paths"):
        call(without="market")


def test_one_text_is_refused_as_keys() -> None:
    with pytest.raises(InvalidValueError, match="`keys` must be several columns"):
        frames.to_sql(BOOK, on=ON, keys="loan.loan_no")


@pytest.mark.parametrize(
    "made",
    [FRAME, FRAME.lazy(), FRAME.to_pandas(), FRAME.to_arrow(), duckdb.from_arrow(FRAME.to_arrow())],
    ids=["polars", "lazy polars", "pandas", "pyarrow", "DuckDB"],
)
def test_a_frame_is_labelled_once(made: Any) -> None:
    labelled = frames.label(BOOK, frames.decide(BOOK, made, on=ON))
    with pytest.raises(InvalidInputError, match=r"`frame\.grade` must be whole numbers, as `decide` makes them, not labelled yet"):
        frames.label(BOOK, labelled)


def test_a_column_of_nothing_but_nulls_is_no_fault_of_the_frame_but_of_every_row_that_needs_it() -> None:
    nulls = FRAME.with_columns(pl.lit(None).alias("loan.days_past_due"))
    frames.check(BOOK, nulls)
    assert frames.label(BOOK, frames.decide(BOOK, nulls, on=ON)).select("bad_input", "grade").row(0) == ("loan.days_past_due", None)


def test_a_row_without_what_every_case_file_needs_is_refused_by_its_columns() -> None:
    with pytest.raises(InvalidInputError, match=r"`row\.loan\.principal` must be a column of it, got `None`"):
        frames.to_case({name: cell for name, cell in ROW.items() if name != "loan.principal"})


def test_a_bare_graph_has_no_columns_for_visits() -> None:
    for ask in (lambda: frames.schema(GRAPH, visits=True), lambda: frames.check(GRAPH, FRAME, visits=True)):
        with pytest.raises(InvalidValueError, match="a graph of tables says nothing of visits"):
            ask()


def test_a_frame_that_can_be_decided_is_checked_for_visits_too() -> None:
    bare = FRAME.select(pl.exclude("visits.by.on_site"))
    frames.check(BOOK, bare)
    with pytest.raises(InvalidInputError, match=r"visits\.by\.on_site"):
        frames.check(BOOK, bare, visits=True)
