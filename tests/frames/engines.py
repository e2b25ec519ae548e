"""The same columns in a frame of every engine, and the cells of a result read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

from revisit_policy.casefile.holding import Holding

Columns = Mapping[str, tuple[Holding, Sequence[Any]]]

_POLARS: Final[dict[Holding, Any]] = {
    Holding.COUNT: pl.Int64,
    Holding.AMOUNT: pl.Int64,
    Holding.RATIO: pl.Int64,
    Holding.FLAG: pl.Boolean,
    Holding.CODE: pl.String,
    Holding.DAY: pl.Date,
}
_NUMPY: Final[dict[Holding, str]] = {Holding.FLAG: "object", Holding.CODE: "object", Holding.DAY: "datetime64[us]"}
_NULLABLE: Final[dict[Holding, str]] = {Holding.FLAG: "boolean", Holding.CODE: "string", Holding.DAY: "datetime64[us]"}
_ARROW: Final[dict[Holding, Any]] = {
    Holding.FLAG: pd.ArrowDtype(pa.bool_()),
    Holding.CODE: pd.ArrowDtype(pa.string()),
    Holding.DAY: pd.ArrowDtype(pa.date32()),
}


def polars(columns: Columns) -> pl.DataFrame:
    return pl.DataFrame([pl.Series(name, list(cells), dtype=_POLARS[holds]) for name, (holds, cells) in columns.items()])


def polars_lazy(columns: Columns) -> pl.LazyFrame:
    return polars(columns).lazy()


def pyarrow(columns: Columns) -> pa.Table:
    return polars(columns).to_arrow()


def relation(columns: Columns) -> duckdb.DuckDBPyRelation:
    return duckdb.from_arrow(pyarrow(columns))


def _pandas(columns: Columns, dtypes: Mapping[Holding, Any], whole: Any) -> pd.DataFrame:
    made = {name: pd.Series(list(cells), dtype=dtypes.get(holds, whole)) for name, (holds, cells) in columns.items()}
    rows = len(next(iter(made.values())))
    return pd.DataFrame(made).set_axis([f"row {at % 3}" for at in range(rows)])  # an index with names used twice


def pandas_numpy(columns: Columns) -> pd.DataFrame:
    return _pandas(columns, _NUMPY, "float64")


def pandas_nullable(columns: Columns) -> pd.DataFrame:
    return _pandas(columns, _NULLABLE, "Int64")


def pandas_arrow(columns: Columns) -> pd.DataFrame:
    return _pandas(columns, _ARROW, pd.ArrowDtype(pa.int64()))


ENGINES: Final[dict[str, Callable[[Columns], Any]]] = {
    "polars": polars,
    "polars lazy": polars_lazy,
    "pandas numpy": pandas_numpy,
    "pandas nullable": pandas_nullable,
    "pandas arrow": pandas_arrow,
    "pyarrow": pyarrow,
    "duckdb": relation,
}


def cells(result: Any) -> dict[str, list[Any]]:
    """Every column of a result as plain Python values, ``None`` for null."""
    match result:
        case pl.LazyFrame():
            return result.collect().to_dict(as_series=False)
        case pl.DataFrame():
            return result.to_dict(as_series=False)
        case pa.Table():
            table: dict[str, list[Any]] = result.to_pydict()
            return table
        case duckdb.DuckDBPyRelation():
            rows = result.fetchall()
            return {name: [row[at] for row in rows] for at, name in enumerate(result.columns)}
        case pd.DataFrame():
            return {name: [_plain(value) for value in result[name]] for name in result.columns}
        case _:
            raise AssertionError(type(result))


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124 - a NaN
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value
