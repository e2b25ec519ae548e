"""The impact of a change on a frame has the numbers that it has on the case files."""

from __future__ import annotations

from typing import Any

import attrs
import duckdb
import polars as pl
import pytest
from tests.rulebooks.loans import case

from revisit_policy import InvalidValueError, analysis, facts, frames
from revisit_policy.rulebooks import cn_housing

ON, UNTIL = "2026-11-23", "2027-05-31"
HOURS: dict[str, Any] = {"off_site": "0.25", "sms": "0.1", "phone": "0.5", "video": 1, "on_site": 4}

policy = cn_housing.rulebook.in_force(ON)
stricter = policy.replacing(attrs.evolve(policy.rule("overdue-90"), when=facts.days_past_due > 60))
BOOK = tuple(case(days_past_due=days, missed_consecutive=days // 30) for days in (0, 0, 5, 30, 61, 75, 90, 91, 200))


@pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow"])
def test_a_frame_gives_the_numbers_of_its_case_files(engine: str) -> None:
    expected = analysis.impact(policy, stricter, BOOK, on=ON, until=UNTIL, hours=HOURS)
    found = frames.impact(policy, stricter, frames.from_cases(BOOK, engine=engine), on=ON, until=UNTIL, hours=HOURS)
    assert expected.regraded == 3
    assert found == expected


def test_a_row_that_is_no_case_file_is_kept_with_its_reason() -> None:
    book = frames.from_cases(BOOK)
    faulty = book.with_columns(pl.when(pl.int_range(pl.len()) == 4).then(-1).otherwise(pl.col("loan.days_past_due")).alias("loan.days_past_due"))
    found = frames.impact(policy, stricter, faulty, on=ON, until=UNTIL)
    assert found.loans == len(BOOK) - 1
    (refusal,) = found.refused
    assert "days_past_due" in str(refusal.error)
    assert refusal.case is None


@pytest.mark.parametrize("engine", ["polars", "polars lazy", "pandas", "pyarrow", "duckdb"])
def test_a_frame_is_refused_by_the_impact_on_case_files_which_would_go_over_its_columns(engine: str) -> None:
    book = frames.from_cases(BOOK[:1], engine=engine if engine in {"pandas", "pyarrow"} else "polars")
    frame: Any = duckdb.from_arrow(book.to_arrow()) if engine == "duckdb" else book.lazy() if engine == "polars lazy" else book
    with pytest.raises(InvalidValueError, match=r"`portfolio` must be several case files \(a data frame is for `frames\.impact`\), got"):
        analysis.impact(policy, stricter, frame, on=ON)


def test_supplied_columns_are_kept_for_both_versions() -> None:
    scored, milder = (
        policy.adding(attrs.evolve(policy.rule("overdue-90"), id="overdue-scored", when=facts.score < limit), to="grade") for limit in (300, 100)
    )
    scores = (0, 50, 99, 100, 299, 300, 301, 700, None)
    cases = tuple(case(days_past_due=0) for _ in scores)
    book = frames.from_cases(cases).with_columns(pl.Series("rating", scores, dtype=pl.Int64))
    found = frames.impact(scored, milder, book, on=ON, until=UNTIL, layout={"columns": {"score": "rating"}})
    by_case = dict(zip(map(id, cases), scores, strict=True))
    assert found == analysis.impact(scored, milder, cases, on=ON, until=UNTIL, supplied=lambda one: {"score": by_case[id(one)]})
    assert (found.loans, found.regraded) == (9, 2)
    explained = [frames.explain(scored, row, on=ON, columns={"score": "rating"}).grade.is_performing for row in book.rows(named=True)]
    assert explained == [score is None or score >= 300 for score in scores]


def test_a_row_whose_supplied_cell_cannot_be_read_is_kept_with_its_reason() -> None:
    scored = policy.adding(attrs.evolve(policy.rule("overdue-90"), id="overdue-scored", when=facts.score < 300), to="grade")
    book = frames.from_cases(BOOK[:2]).with_columns(pl.Series("score", ["high", None]))
    found = frames.impact(policy, scored, book, on=ON, until=UNTIL)
    assert (found.loans, [str(refusal.error) for refusal in found.refused]) == (1, ["`row.score` must be a whole number, as an int, got `'high'`"])


def test_a_frame_with_the_columns_of_the_schema_alone_is_counted() -> None:
    asked = [column.path for column in frames.schema(policy, visits=True)]
    book = frames.from_cases(BOOK)
    expected = frames.impact(policy, stricter, book, on=ON, until=UNTIL)
    assert frames.impact(policy, stricter, book.select(asked), on=ON, until=UNTIL) == expected
