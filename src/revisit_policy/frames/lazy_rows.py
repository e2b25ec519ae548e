"""Lazy rows: looking at the rows of a frame when its caller has them read, and not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import narwhals as nw

from revisit_policy.frames.engines.engine import opened


def is_lazy(frame: object) -> bool:
    """True for a frame whose rows are not in memory."""
    return isinstance(opened(frame), nw.LazyFrame)


def engine_of(frame: object) -> str:
    """The engine of *frame* by its name, such as ``"polars"`` or ``"duckdb"``."""
    return str(opened(frame).implementation.value)


def looked_at(frame: Any, look: Callable[[object], None]) -> Any:
    """A lazy *frame* whose rows *look* is shown, all of them, whenever they are collected; ``None`` if no engine does that.

    Only polars has a place for a function in the middle of a query. A relation of DuckDB and a frame of Spark become a query
    that runs elsewhere.
    """
    if opened(frame).implementation is not nw.Implementation.POLARS:
        return None

    def shown(rows: object) -> object:
        look(rows)
        return rows

    return frame.map_batches(shown, predicate_pushdown=False, projection_pushdown=False, slice_pushdown=False)
