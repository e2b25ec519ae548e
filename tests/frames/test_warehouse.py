"""The query of a policy, run on DuckDB."""

from __future__ import annotations

import duckdb
import pytest
from tests.frames.engines import ENGINES, cells
from tests.frames.test_rows import COLUMNS, GRAPH
from tests.policy.small_policy import CASE, case_with, small_rulebook

from revisit_policy import InvalidValueError, frames
from revisit_policy.rulebooks import cn_housing


def test_the_query_decides_a_table_as_the_frame_is_decided() -> None:
    query = frames.to_sql(GRAPH, on="2026-01-01", table="book", denominators={"ltv": 100}, trace="text")
    connection = duckdb.connect()
    connection.register("arrow", ENGINES["pyarrow"](COLUMNS))
    connection.execute("CREATE TABLE book AS SELECT * FROM arrow")
    frame = frames.decide(GRAPH, ENGINES["polars"](COLUMNS), on="2026-01-01", denominators={"ltv": 100}, trace="text")
    assert cells(connection.sql(query)) == cells(frame)


def test_the_query_of_a_rulebook_carries_the_keys() -> None:
    book = small_rulebook()
    cases = [case_with(disbursed_on="2022-05-10", reviewed_on=None, valued_on=None, visits=(), days_past_due=days) for days in (0, 91)]
    frame = frames.from_cases([CASE, *cases])
    connection = duckdb.connect()
    connection.register("arrow", frame.to_arrow())
    connection.execute("CREATE TABLE loans AS SELECT * FROM arrow")
    found = cells(connection.sql(frames.to_sql(book, on="2025-06-01", keys=("loan.loan_no",))))
    decided = cells(frames.decide(book, frame, on="2025-06-01"))
    assert found["loan.loan_no"] == ["L-1"] * 3
    # the query reads the columns of the schema alone, and a frame also others by which a row contradicts itself
    refused = [[bool(bits) for bits in answers.pop("bad_input")] for answers in (found, decided)]
    assert refused[0] == refused[1] == [True, False, False]
    assert {name: decided[name] for name in found} == found


def test_the_query_plans_visits_if_it_is_asked_to() -> None:
    book, frame = small_rulebook(), frames.from_cases([CASE, case_with(days_past_due=40), case_with(seized=True)])
    connection = duckdb.connect()
    connection.register("arrow", frame.to_arrow())
    connection.execute("CREATE TABLE loans AS SELECT * FROM arrow")
    found = cells(connection.sql(frames.to_sql(book, on="2026-06-01", visits=True, until="2027-06-01")))
    decided = cells(frames.decide(book, frame, on="2026-06-01", visits=True, until="2027-06-01"))
    assert found["next_kind"] == [1, 2, 2]
    assert {name: decided[name] for name in found} == found


def test_the_query_tells_what_a_desk_has_to_do_if_it_is_asked_to() -> None:
    frame = frames.from_cases([CASE, case_with(days_past_due=40), case_with(seized=True)])
    connection = duckdb.connect()
    connection.register("arrow", frame.to_arrow())
    connection.execute("CREATE TABLE loans AS SELECT * FROM arrow")
    found = cells(connection.sql(frames.to_sql(cn_housing.rulebook, on="2026-06-01", visits=True, duties=True)))
    decided = cells(frames.decide(cn_housing.rulebook, frame, on="2026-06-01", visits=True, duties=True))
    desk = ("next_duty", "duties_late")
    assert any(kind is not None for kind in found["next_duty"])
    assert {name: decided[name] for name in desk} == {name: found[name] for name in desk}


def test_a_query_without_visits_has_no_duties() -> None:
    with pytest.raises(InvalidValueError, match="`duties` must be left out unless visits are planned"):
        frames.to_sql(cn_housing.rulebook, on="2026-06-01", duties=True)


def test_the_same_table_can_be_asked_again_and_for_another_policy() -> None:
    first = frames.to_sql(GRAPH, on="2026-01-01", table="book", denominators={"ltv": 100})
    assert frames.to_sql(small_rulebook(), on="2025-06-01", table="book") != first
    assert frames.to_sql(GRAPH, on="2026-01-01", table="book", denominators={"ltv": 100}) == first


def test_a_key_that_is_selected_anyway_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="columns that the policy does not read itself"):
        frames.to_sql(GRAPH, on="2026-01-01", keys=("days",), denominators={"ltv": 100})
