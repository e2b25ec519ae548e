"""Expressions as a library of frames takes them: polars, which has the quickest of its own, or Narwhals for the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import add
from typing import Any, Final, Protocol

import attrs
import narwhals as nw

from revisit_policy.frames.columns.cells import EXACT
from revisit_policy.frames.expressions.expression import (
    OPERATORS,
    AllOf,
    AnyOf,
    Cast,
    Chosen,
    Dated,
    Expression,
    Filled,
    Floating,
    Highest,
    Inverse,
    IsNan,
    IsNull,
    Joined,
    Listed,
    Literal,
    Looked,
    Lowest,
    Named,
    Numbered,
    Points,
    Rounded,
    Stepped,
    halved,
)
from revisit_policy.frames.expressions.given import Given, Values
from revisit_policy.frames.expressions.kind_flags import OfKinds
from revisit_policy.frames.expressions.names_in import reads_given
from revisit_policy.frames.expressions.stages import Layer
from revisit_policy.frames.expressions.truth import ALWAYS, UNKNOWN

#: The largest number that an Int16 holds.
_SMALL: Final = 2**15 - 1

#: The first number that an Int32 does not hold.
_LONG: Final = 2**31


class Library(Protocol):
    """The few things that polars and Narwhals say differently."""

    @property
    def module(self) -> Any:
        """Where its `col`, `lit` and `when` are."""

    @property
    def values(self) -> Values:
        """What is read of the day, by name."""

    def dtype(self, dtype: Any) -> Any:
        """Its name of a Narwhals data type."""

    def constant(self, value: Any) -> Any:
        """A truth value that all rows have, ``None`` for unknown."""

    def number(self, value: int, dtype: Any) -> Any:
        """A number of this *dtype* that all rows have."""

    def literal(self, value: Any) -> Any:
        """A number, a text or a day that all rows have."""

    def operand(self, value: Any) -> Any:
        """A value that is compared or reckoned with."""

    def is_null(self, part: Any) -> Any:
        """Where *part* is null."""

    def all_of(self, parts: Iterable[Any]) -> Any:
        """Where all of *parts* hold."""

    def any_of(self, parts: Iterable[Any]) -> Any:
        """Where one of *parts* holds."""

    def numbered(self, part: Any) -> Any:
        """The days since 1970 of the day *part*."""

    def dated(self, part: Any) -> Any:
        """The day of so many days since 1970."""

    def looked(self, part: Any, keys: tuple[int, ...], values: tuple[int, ...]) -> Any:
        """What stands beside *part* in a list, 0 if it is not there."""

    def floating(self, part: Any) -> Any:
        """The whole number *part* as a float, no nearer to 0 than 2**53 if it is longer."""

    def filled(self, part: Any, value: Any) -> Any:
        """*part*, and *value*, a plain one or an expression, where it is null."""

    def points(self, parts: Iterable[tuple[Any, int]], start: int, dtype: Any) -> Any:
        """*start* and what those of *parts* are worth that hold, as numbers of this *dtype*."""


@attrs.frozen
class OfNarwhals:
    """Narwhals, under which an engine may not know the type of a literal: constants are columns of `truth.constants`.

    Args:
        module: Narwhals itself.
        values: What is read of the day, by name.
    """

    module: Any = nw
    values: Values = attrs.field(factory=dict)

    def on(self, values: Values) -> OfNarwhals:
        """The same with the *values* of a day."""
        return attrs.evolve(self, values=values)

    def dtype(self, dtype: Any) -> Any:
        """The same."""
        return dtype

    def constant(self, value: Any) -> Any:
        """A column."""
        if value is None:
            return nw.col(UNKNOWN)
        return nw.col(ALWAYS) if value else ~nw.col(ALWAYS)

    def number(self, value: int, dtype: Any) -> Any:
        """A column, in a type that has a null."""
        return nw.col(ALWAYS).cast(dtype) * value

    def literal(self, value: Any) -> Any:
        """By its own function."""
        return nw.lit(value)

    def operand(self, value: Any) -> Any:
        """The plain value, which an engine takes for one of the type that it is compared with."""
        return value

    def is_null(self, part: Any) -> Any:
        """Of one type with all other flags, also in pandas."""
        return part.is_null() & nw.col(ALWAYS)

    def all_of(self, parts: Iterable[Any]) -> Any:
        """By its own function."""
        return nw.all_horizontal(*parts, ignore_nulls=False)

    def any_of(self, parts: Iterable[Any]) -> Any:
        """By its own function."""
        return nw.any_horizontal(*parts, ignore_nulls=False)

    def numbered(self, part: Any) -> Any:
        """By the number that it is held as."""
        return part.cast(nw.Int32).cast(nw.Int64)

    def dated(self, part: Any) -> Any:
        """By the number that it is held as."""
        return part.cast(nw.Int32).cast(nw.Date)

    def looked(self, part: Any, keys: tuple[int, ...], values: tuple[int, ...]) -> Any:
        """By its own method."""
        return part.replace_strict(keys, values, default=0, return_dtype=nw.Int64)

    def floating(self, part: Any) -> Any:
        """Cut short where pyarrow refuses to make a float of it."""
        return part.clip(-EXACT, EXACT).cast(nw.Float64)

    def filled(self, part: Any, value: Any) -> Any:
        """By its own method."""
        return part.fill_null(value)

    def points(self, parts: Iterable[tuple[Any, int]], start: int, dtype: Any) -> Any:
        """Each part as 0 or 1, times what it is worth."""
        base = self.constant(value=True).cast(dtype) * start
        return nw.sum_horizontal(base, *(part.cast(dtype) * worth for part, worth in parts)).cast(dtype)


@attrs.frozen
class OfPolars:
    """polars itself, which takes longer to make a literal than anything else: each one is made once."""

    module: Any
    values: Values = attrs.field(factory=dict)
    _literals: dict[tuple[Any, ...], Any] = attrs.field(factory=dict, init=False, eq=False)

    def on(self, values: Values) -> OfPolars:
        """The same with the *values* of a day."""
        return attrs.evolve(self, values=values)

    def dtype(self, dtype: Any) -> Any:
        """The type of the same name."""
        return getattr(self.module, dtype.__name__)

    def constant(self, value: Any) -> Any:
        """A literal."""
        return self._once(value, self.module.Boolean)

    def number(self, value: int, dtype: Any) -> Any:
        """A literal."""
        return self._once(value, dtype)

    def literal(self, value: Any) -> Any:
        """A literal."""
        return self._once(value)

    def operand(self, value: Any) -> Any:
        """A literal."""
        return self._once(value)

    def _once(self, value: Any, dtype: Any = None) -> Any:
        key = type(value), value, dtype
        if key not in self._literals:
            self._literals[key] = self.module.lit(value, dtype)
        return self._literals[key]

    def is_null(self, part: Any) -> Any:
        """By its own method."""
        return part.is_null()

    def all_of(self, parts: Iterable[Any]) -> Any:
        """By its own function."""
        return self.module.all_horizontal(*parts)

    def any_of(self, parts: Iterable[Any]) -> Any:
        """By its own function."""
        return self.module.any_horizontal(*parts)

    def numbered(self, part: Any) -> Any:
        """By the number that it is held as."""
        return part.cast(self.module.Int32)

    def dated(self, part: Any) -> Any:
        """By the number that it is held as."""
        return part.cast(self.module.Int32).cast(self.module.Date)

    def looked(self, part: Any, keys: tuple[int, ...], values: tuple[int, ...]) -> Any:
        """By its own method."""
        dtype = self.module.Int32 if max(values) < _LONG and min(values) >= -_LONG else self.module.Int64
        return part.replace_strict(keys, values, default=0, return_dtype=dtype)

    def floating(self, part: Any) -> Any:
        """By its own method."""
        return part.cast(self.module.Float64)

    def filled(self, part: Any, value: Any) -> Any:
        """A flag by a comparison that knows of nulls, which is faster."""
        if isinstance(value, bool):
            return part.eq_missing(other=True) if value is False else part.ne_missing(other=False)
        return part.fill_null(value)

    def points(self, parts: Iterable[tuple[Any, int]], start: int, dtype: Any) -> Any:
        """One of two constants for each part, which polars chooses several times as fast as it makes numbers of flags."""
        number, when = self._once, self.module.when
        found = [when(part).then(number(worth, dtype)).otherwise(number(0, dtype)) for part, worth in parts]
        return halved(add, [number(start, dtype), *found] if start or not found else found)


@attrs.frozen(eq=False)
class WrittenLayers:
    """Layers as expressions of a library, as far as they are the same on all days.

    Args:
        layers: The layers.
        kept: Of each layer, what has been written, under its name.
    """

    layers: tuple[Layer, ...]
    kept: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, layers: tuple[Layer, ...], library: Library) -> WrittenLayers:
        """The *layers*, written by *library* but for what reads the day."""
        made = ({name: found for name, found in layer.expressions.items() if not reads_given(found)} for layer in layers)
        return cls(layers, tuple({name: _column(found, library, name=name) for name, found in layer.items()} for layer in made))

    def on(self, library: Library) -> Iterator[tuple[Any, ...]]:
        """The layers as *library* writes them, which has the values of a day."""
        for layer, kept in zip(self.layers, self.kept, strict=True):
            yield tuple(kept[name] if name in kept else _column(found, library, name=name) for name, found in layer.expressions.items())


def _column(found: Expression, library: Library, *, name: str) -> Any:
    """*found* as a column called *name*, also where it is one value for all rows."""
    made = written(found, library)
    return (made if hasattr(made, "alias") else library.module.lit(made)).alias(name)


def written(found: Expression, library: Library) -> Any:
    """*found* as an expression of *library*."""
    match found:
        case Named(name):
            return library.module.col(name)
        case Literal(value, dtype):
            return _literal(value, dtype, library)
        case Given(name):
            return _literal(library.values[name], None, library)
        case Joined(by, one, other):
            return OPERATORS[by](_operand(one, library, by=by), _operand(other, library, by=by))
        case AllOf(parts):
            return library.all_of([written(part, library) for part in parts])
        case AnyOf(parts):
            return library.any_of([written(part, library) for part in parts])
        case Inverse(part):
            return ~written(part, library)
        case _:
            return _rarer(found, library)


def _rarer(found: Expression, library: Library) -> Any:
    match found:
        case IsNull(part):
            return library.is_null(written(part, library))
        case IsNan(part):
            return written(part, library).is_nan()
        case Filled(part, Literal(value)):
            return library.filled(written(part, library), value)
        case Filled(part, Given(name)):
            return library.filled(written(part, library), library.values[name])
        case Filled(part, instead):
            return library.filled(written(part, library), written(instead, library))
        case Floating(part):
            return library.floating(written(part, library))
        case Rounded(part):
            return written(part, library).round(0)
        case Cast(part, dtype):
            return written(part, library).cast(library.dtype(dtype))
        case Chosen(condition, then, instead):
            chosen = library.module.when(written(condition, library)).then(written(then, library))
            return chosen if instead is None else chosen.otherwise(written(instead, library))
        case Points(parts, start):
            return _points(parts, start, library)
        case Listed(parts):
            return _listed(parts, library)
        case _:
            return _of_days(found, library)


def _of_days(found: Expression, library: Library) -> Any:
    match found:
        case Lowest(parts):
            return library.module.min_horizontal(*(written(part, library) for part in parts))
        case Highest(parts):
            return library.module.max_horizontal(*(written(part, library) for part in parts))
        case Numbered(part):
            return library.numbered(written(part, library))
        case Dated(part):
            return library.dated(written(part, library))
        case Stepped(steps):
            return written(steps, library)
        case OfKinds():
            return written(found.spelt(), library)
        case Looked(part, keys, values):
            return library.looked(written(part, library), keys, values)
        case _:
            raise AssertionError(found)


def _literal(value: Any, dtype: Any, library: Library) -> Any:
    if value is None or isinstance(value, bool):
        return library.constant(value)
    return library.literal(value) if dtype is None else library.number(value, library.dtype(dtype))


def _operand(part: Expression, library: Library, *, by: str) -> Any:
    """What is compared or reckoned with may be a plain value; what is joined has to be of one type with the rows."""
    if isinstance(part, Given):
        return library.operand(library.values[part.name])
    return library.operand(part.value) if isinstance(part, Literal) and by not in {"&", "|"} else written(part, library)


def _points(parts: tuple[tuple[Expression, int], ...], start: int, library: Library) -> Any:
    """Small numbers where they do: those take a quarter of the memory, and adding is all there is to it."""
    most = abs(start) + sum(abs(worth) for _, worth in parts)
    dtype = library.dtype(nw.Int16 if most <= _SMALL else nw.Int64)
    return library.points([(written(part, library), worth) for part, worth in parts], start, dtype)


def _listed(parts: tuple[tuple[Expression, str], ...], library: Library) -> Any:
    module = library.module
    found = [module.when(written(part, library)).then(library.literal(text)) for part, text in parts]
    nothing = module.when(library.constant(value=False)).then(library.literal(""))
    return module.concat_str(nothing, nothing, *found, separator=",", ignore_nulls=True)
