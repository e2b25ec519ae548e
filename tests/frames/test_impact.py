"""The impact of a change on a frame has the numbers that it has on the case files."""

from __future__ import annotations

from typing import Any

import attrs
import duckdb
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
    import polars as pl

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
