"""Spark: a plan as text, run under plain names, because Spark reads more into a name than other engines do.

It takes the dot of ``loan.balance`` for a step into a struct, and ``Grade`` and ``grade`` for one column.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs
import narwhals as nw

from revisit_policy.frames.columns.binding import Binding
from revisit_policy.frames.engines.engine import Prepared
from revisit_policy.frames.engines.sql_engine import SqlEngine
from revisit_policy.frames.engines.sql_text import SPARK, Dialect
from revisit_policy.frames.expressions.given import Values
from revisit_policy.frames.expressions.stages import PREFIX
from revisit_policy.frames.outputs.output import Output
from revisit_policy.frames.outputs.plan import Plan


@attrs.frozen
class OnSpark(SqlEngine):
    """Frames of PySpark, classic or Connect, which are lazy."""

    name: ClassVar[str] = "pyspark"
    dialect: ClassVar[Dialect] = SPARK

    def owns(self, native: object) -> bool:
        """By its two kinds of frame."""
        return bool(nw.dependencies.is_pyspark_dataframe(native) or nw.dependencies.is_pyspark_connect_dataframe(native))

    def native_types(self, native: Any) -> Mapping[str, str]:
        """By its list of pairs."""
        return dict(native.dtypes)

    def prepare(self, native: Any, binding: Binding) -> Prepared:
        """The frame under plain names."""
        plain = {name: f"given_{at}" for at, name in enumerate(native.columns)}
        columns = tuple(attrs.evolve(source, name=plain[source.name]) for source in binding.columns)
        return Prepared(native=native, frame=native.toDF(*plain.values()), binding=attrs.evolve(binding, columns=columns))

    def run(self, plan: Plan, prepared: Prepared, outputs: Mapping[str, Output], values: Values) -> Any:
        """Layer by layer, with everything passed on: Spark drops what nobody reads by itself."""
        frame = prepared.frame
        names = tuple(frame.columns)
        for layer in self.texts(plan, values):
            frame = frame.selectExpr("*", *layer.made(SPARK))
        found = frame.select(*names, *(PREFIX + output.name for output in outputs.values()))
        return found.toDF(*prepared.native.columns, *outputs)
