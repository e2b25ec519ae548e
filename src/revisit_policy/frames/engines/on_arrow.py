"""pyarrow: a plan as expressions of Narwhals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs
import narwhals as nw

from revisit_policy.frames.columns.binding import Binding
from revisit_policy.frames.engines.engine import Prepared
from revisit_policy.frames.engines.narwhals_engine import NarwhalsEngine
from revisit_policy.frames.expressions.given import Values
from revisit_policy.frames.expressions.stages import PREFIX
from revisit_policy.frames.expressions.truth import constants
from revisit_policy.frames.outputs.output import Output
from revisit_policy.frames.outputs.plan import Plan


@attrs.frozen
class OnArrow(NarwhalsEngine):
    """Tables of pyarrow."""

    name: ClassVar[str] = "pyarrow"
    makes_frames: ClassVar[bool] = True

    def owns(self, native: object) -> bool:
        """By its kind of table."""
        return bool(nw.dependencies.is_pyarrow_table(native))

    def given_names(self, native: Any) -> tuple[Any, ...]:
        """By its own word for them."""
        return tuple(native.column_names)

    def native_types(self, native: Any) -> Mapping[str, str]:
        """By its schema."""
        return {field.name: str(field.type) for field in native.schema}

    def prepare(self, native: Any, binding: Binding) -> Prepared:
        """The table with the two constants."""
        return Prepared(native=native, frame=nw.from_native(native).with_columns(*constants()), binding=binding)

    def run(self, plan: Plan, prepared: Prepared, outputs: Mapping[str, Output], values: Values) -> Any:
        """The columns that were there are passed on from layer to layer."""
        names = tuple(prepared.native.column_names)
        rows = self.planned(plan, prepared.frame, names, values)
        added = (nw.col(PREFIX + output.name).alias(name) for name, output in outputs.items())
        return nw.to_native(rows.select(*map(nw.col, names), *added))
