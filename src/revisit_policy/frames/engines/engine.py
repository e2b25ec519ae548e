"""Engines: what a plan needs of a library that holds frames; each has a module of its own, which says it as that library does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

import attrs
import narwhals as nw

from revisit_policy.frames.columns.binding import Binding
from revisit_policy.frames.expressions.given import Values
from revisit_policy.frames.outputs.output import Output
from revisit_policy.frames.outputs.plan import Plan
from revisit_policy.frames.outputs.words import Words


@attrs.frozen(kw_only=True, eq=False)
class Prepared:
    """A frame made ready for plans.

    Args:
        native: The frame as it came.
        frame: What a plan reads in its place.
        binding: Where the columns stand in *frame*, and in which form.
    """

    native: Any
    frame: Any
    binding: Binding


class Engine(ABC):
    """A library of frames: one object for all frames of its kind, without anything that changes.

    A frame is made ready once (`prepare`), a plan is made for the binding that comes of it, and the plan is run (`run`). The rest
    has an answer that fits most.
    """

    #: What the library is called where one is chosen by name.
    name: ClassVar[str]

    #: Whether it holds frames of its own, so that a new one can be made (`new`).
    makes_frames: ClassVar[bool] = False

    #: Whether it passes over the case of names: ``Grade`` and ``grade`` are then one column.
    passes_over_case: ClassVar[bool] = False

    #: Whether whole numbers that have gaps come as floats, and days as moments at midnight.
    is_loosely_typed: ClassVar[bool] = False

    @abstractmethod
    def owns(self, native: object) -> bool:
        """True for a frame of this library; of one that is not installed no frame can be there."""

    @abstractmethod
    def native_types(self, native: Any) -> Mapping[str, str]:
        """What the library calls the types of the columns, by name."""

    @abstractmethod
    def prepare(self, native: Any, binding: Binding) -> Prepared:
        """The frame as plans read it: what the library has no null for, or no word for, is put right here."""

    @abstractmethod
    def run(self, plan: Plan, prepared: Prepared, outputs: Mapping[str, Output], values: Values) -> Any:
        """The frame as it came, its rows in their order, and beside it the *outputs* of the *plan* by their final names.

        A lazy frame stays lazy. The plan was made for the binding of *prepared*, and *values* are what it reads of the day; what is
        written of it for this library without them is kept with it (`Plan.once`).
        """

    def given_names(self, native: Any) -> Iterable[Any]:
        """The names of the columns, which some libraries let be no text, or used twice; nothing where the library sees to it."""
        return tuple(native.columns)

    def types_seen(self, native: Any, dtypes: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - what a loosely typed engine looks at
        """The Narwhals data types of the columns, by name, where *dtypes* say less than the cells do."""
        return dtypes

    def told(self, name: str) -> str:
        """What the library tells a column of this *name* by."""
        return name.lower() if self.passes_over_case else name

    def worded(self, native: Any, words: Mapping[str, Words]) -> Any:
        """The frame with *words* in place of the whole numbers of columns, by name."""
        return nw.to_native(nw.from_native(native).with_columns(*(found.of(nw.col(name)).alias(name) for name, found in words.items())))

    def looked_at(self, native: Any, look: Callable[[object], None]) -> Any:  # noqa: ARG002 - what one engine can do
        """A lazy frame whose rows *look* is shown, all of them, whenever they are collected; ``None`` if the library has no place for that."""
        return None

    def day_number(self, day: nw.Expr) -> nw.Expr | None:  # noqa: ARG002 - what some engines can do
        """A column of days as days since 1970, for tables that are summed up row by row; ``None`` where those are not taken."""
        return None

    def new(self, columns: Mapping[str, list[Any]], dtypes: Mapping[str, Any]) -> Any:
        """A frame of *columns*, of Narwhals data types, both by name; asked of an engine that `makes_frames`."""
        backend: Any = self.name
        return nw.to_native(nw.from_dict(columns, schema=dtypes, backend=backend))
