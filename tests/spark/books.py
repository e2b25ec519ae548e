"""Books of rows for Spark: gathered beforehand, because every decision there costs seconds, however few rows it has."""

from __future__ import annotations

from typing import Any, TypeVar

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.frames import engines
from tests.frames.engines import Columns

Row = TypeVar("Row")


def gathered(strategy: st.SearchStrategy[Row], *, rows: int) -> list[Row]:
    """About as many *rows* of *strategy*, the same on every run."""
    found: list[Row] = []

    @settings(max_examples=rows, phases=[Phase.generate], derandomize=True, database=None)
    @given(strategy)
    def gather(row: Row) -> None:
        found.append(row)

    gather()
    return found


def spark_frame(session: Any, columns: Columns) -> Any:
    return session.createDataFrame(engines.pyarrow(columns))


def cells(result: Any) -> dict[str, list[Any]]:
    """Every column of a Spark frame as plain Python values, ``None`` for null."""
    columns: dict[str, list[Any]] = result.toArrow().to_pydict()
    return columns
