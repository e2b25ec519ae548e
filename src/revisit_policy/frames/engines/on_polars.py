"""polars: a plan as its own expressions, on lazy frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

import attrs
import narwhals as nw

from revisit_policy.frames.columns.binding import Binding, Form
from revisit_policy.frames.engines.engine import Engine, Prepared
from revisit_policy.frames.engines.written import OfPolars, WrittenLayers
from revisit_policy.frames.expressions.given import Values
from revisit_policy.frames.expressions.stages import PREFIX
from revisit_policy.frames.outputs.output import Output
from revisit_policy.frames.outputs.plan import Plan

#: Up to how many rows polars takes longer to improve a plan, and to part its rows, than either saves.
_FEW: Final = 50_000


@attrs.frozen
class OnPolars(Engine):
    """Frames of polars, eager or lazy."""

    name: ClassVar[str] = "polars"
    makes_frames: ClassVar[bool] = True

    def owns(self, native: object) -> bool:
        """By its two kinds of frame."""
        return bool(nw.dependencies.is_polars_dataframe(native) or nw.dependencies.is_polars_lazyframe(native))

    def given_names(self, native: Any) -> tuple[str, ...]:  # noqa: ARG002 - nothing is to be looked for
        """Nothing: polars sees to it."""
        return ()

    def native_types(self, native: Any) -> Mapping[str, str]:
        """By its schema."""
        return {name: str(dtype) for name, dtype in native.collect_schema().items()}

    def prepare(self, native: Any, binding: Binding) -> Prepared:
        """A lazy frame, its categories as they are: other engines cannot compare theirs with text."""
        dtypes, categorical = native.collect_schema(), nw.dependencies.get_polars().Categorical
        columns = tuple(
            attrs.evolve(source, form=Form.CATEGORY) if source.form is Form.TEXT and dtypes[source.name] == categorical else source
            for source in binding.columns
        )
        return Prepared(native=native, frame=native.lazy(), binding=attrs.evolve(binding, columns=columns))

    def run(self, plan: Plan, prepared: Prepared, outputs: Mapping[str, Output], values: Values) -> Any:
        """Layer by layer; all columns are passed on, which costs polars nothing."""
        polars, frame = nw.dependencies.get_polars(), prepared.frame
        names = frame.collect_schema().names()
        library = OfPolars(polars)
        for expressions in plan.once(type(self), lambda: WrittenLayers.of(plan.layers, library)).on(library.on(values)):
            frame = frame.with_columns(*expressions)
        found = frame.select(*names, *(polars.col(PREFIX + output.name).alias(name) for name, output in outputs.items()))
        return _collected(found, rows=len(prepared.native)) if nw.dependencies.is_polars_dataframe(prepared.native) else found

    def looked_at(self, native: Any, look: Callable[[object], None]) -> Any:
        """By a function in the middle of the query, which only polars has a place for."""

        def shown(rows: object) -> object:
            look(rows)
            return rows

        return native.map_batches(shown, predicate_pushdown=False, projection_pushdown=False, slice_pushdown=False)

    def day_number(self, day: nw.Expr) -> nw.Expr:
        """By the number that it is held as."""
        return day.cast(nw.Int32).cast(nw.Int64)


def _collected(found: Any, *, rows: int) -> Any:
    """*found* in memory; for a few rows as it is written, which halves the time."""
    if rows > _FEW:
        return found.collect()
    return found.collect(engine="in-memory", optimizations=nw.dependencies.get_polars().QueryOptFlags.none())
