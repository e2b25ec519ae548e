"""DuckDB: a plan as projections of a relation, in text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

import attrs
import narwhals as nw

from revisit_policy.frames.columns.binding import Binding
from revisit_policy.frames.engines.engine import Prepared
from revisit_policy.frames.engines.sql_engine import SqlEngine
from revisit_policy.frames.engines.sql_text import DUCKDB, Dialect
from revisit_policy.frames.expressions.given import Values
from revisit_policy.frames.expressions.stages import PREFIX
from revisit_policy.frames.outputs.output import Output
from revisit_policy.frames.outputs.plan import Plan
from revisit_policy.frames.outputs.words import Words


@attrs.frozen
class OnDuckDB(SqlEngine):
    """Relations of DuckDB, which are lazy."""

    name: ClassVar[str] = "duckdb"
    dialect: ClassVar[Dialect] = DUCKDB

    def owns(self, native: object) -> bool:
        """By its relation."""
        return bool(nw.dependencies.is_duckdb_relation(native))

    def native_types(self, native: Any) -> Mapping[str, str]:
        """By its lists of names and types."""
        return dict(zip(native.columns, map(str, native.types), strict=True))

    def prepare(self, native: Any, binding: Binding) -> Prepared:
        """The relation as it came."""
        return Prepared(native=native, frame=native, binding=binding)

    def run(self, plan: Plan, prepared: Prepared, outputs: Mapping[str, Output], values: Values) -> Any:
        """One projection a layer, which passes on what later ones read."""
        relation = prepared.frame
        names = tuple(map(DUCKDB.name, relation.columns))
        *layers, last = self.texts(plan, values)
        for layer in layers:
            relation = relation.project(", ".join((*names, *map(DUCKDB.name, layer.kept), *layer.made(DUCKDB))))
        found = (last.written(PREFIX + output.name, DUCKDB) + " AS " + DUCKDB.name(name) for name, output in outputs.items())
        return relation.project(", ".join((*names, *found)))

    def worded(self, native: Any, words: Mapping[str, Words]) -> Any:
        """Under plain names: DuckDB before 2 takes the dot of ``loan.balance`` for that of a table."""
        plain = {name: f"given_{at}" for at, name in enumerate(native.columns)}
        given = native.project(", ".join(f"{DUCKDB.name(name)} AS {short}" for name, short in plain.items()))
        made = super().worded(given, {plain[name]: found for name, found in words.items()})
        return made.project(", ".join(f"{short} AS {DUCKDB.name(name)}" for name, short in plain.items()))

    def day_number(self, day: nw.Expr) -> nw.Expr:
        """The difference of two days, which is a whole number here."""
        return (day - nw.lit(dt.date(1970, 1, 1))).cast(nw.Int64)
