"""Lazy rows: looking at the rows of a frame when its caller has them read, and not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import narwhals as nw

from revisit_policy.frames.engines.opened import engine_of, opened


def is_lazy(frame: object) -> bool:
    """True for a frame whose rows are not in memory."""
    return isinstance(opened(frame), nw.LazyFrame)


def engine_name(frame: object) -> str:
    """The engine of *frame* by its name, such as ``"polars"`` or ``"duckdb"``."""
    return engine_of(opened(frame)).name


def looked_at(frame: Any, look: Callable[[object], None]) -> Any:
    """A lazy *frame* whose rows *look* is shown, all of them, whenever they are collected; ``None`` if no engine does that.

    Only polars has a place for a function in the middle of a query. A relation of DuckDB and a frame of Spark become a query
    that runs elsewhere.
    """
    return engine_of(opened(frame)).looked_at(frame, look)
