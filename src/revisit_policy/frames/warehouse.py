"""A decision as one query, for a warehouse that is asked in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final, Unpack, cast

import narwhals as nw

from revisit_policy.errors import InvalidValueError
from revisit_policy.frames.binding import Layout, is_left_out
from revisit_policy.frames.column import Column, Holding
from revisit_policy.frames.deciding import decided
from revisit_policy.frames.output import Trace
from revisit_policy.frames.schema import schema_of
from revisit_policy.frames.subject import Policy, subject_of

_DTYPES: Final[dict[Holding, Any]] = {
    Holding.COUNT: nw.Int64,
    Holding.AMOUNT: nw.Int64,
    Holding.RATIO: nw.Decimal(38, 11),
    Holding.FLAG: nw.Boolean,
    Holding.CODE: nw.String,
    Holding.DAY: nw.Date,
    Holding.TEXT: nw.String,
}


def to_sql(
    policy: Policy,
    *,
    on: str | dt.date,
    table: str = "loans",
    keys: Collection[str] = (),
    trace: Trace | str = Trace.MASKS,
    prefix: str = "",
    **layout: Unpack[Layout],
) -> str:
    """The query, in the SQL of DuckDB, that decides every row of *table* as `decide` does.

    It selects *keys*, the columns that the policy reads, and the columns that `decide` adds. Of the types of a warehouse
    nothing is known, so nothing is checked: the columns have to be of the types that `schema` says. The text is tested
    on DuckDB; for another warehouse a translator such as sqlglot rewrites it, and what it makes has to be tested there.

    Args:
        policy: What decides.
        on: The decision day: it stands in the query as a constant.
        table: The name of the table.
        keys: Further columns that are passed through, such as the number of the loan.
        trace: As for `decide`.
        prefix: As for `decide`.
        layout: How the table is written, as for `decide`.

    Raises:
        InvalidValueError: If one of *keys* is a column that is selected anyway.
        ModuleNotFoundError: If DuckDB, which writes the text, is not installed.
    """
    from narwhals.sql import table as sql_table  # noqa: PLC0415 - needs DuckDB, which only this asks for

    subject = subject_of(policy)
    names, denominators = layout.get("columns", {}), layout.get("denominators", {})
    read = [column for column in schema_of(subject) if not is_left_out(column.path, layout.get("without", ()))]
    dtypes = {names.get(column.path, column.path): _dtype(column, is_stated=column.path in denominators) for column in read}
    for key in keys:
        if key in dtypes:
            raise InvalidValueError(owner="", field="keys", value=key, expected="columns that the policy does not read itself")
    frame = sql_table(table, {**dict.fromkeys(keys, nw.String), **dtypes})
    relation: Any = decided(subject, nw.to_native(frame), on=on, trace=trace, prefix=prefix, layout=layout)
    return cast("str", relation.sql_query())


def _dtype(column: Column, *, is_stated: bool) -> Any:
    return nw.Int64 if is_stated else _DTYPES[column.holds]
