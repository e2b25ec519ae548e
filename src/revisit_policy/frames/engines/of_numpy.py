"""Expressions carried out by NumPy, step by step as they are read: for pandas, whose cells NumPy holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any, Final

import attrs
import narwhals as nw

from revisit_policy.frames.columns.cells import EXACT
from revisit_policy.frames.engines.masked import Array, Masked
from revisit_policy.frames.engines.written import written
from revisit_policy.frames.expressions.given import Values
from revisit_policy.frames.outputs.plan import Plan

_EPOCH: Final = dt.date(1970, 1, 1).toordinal()

#: Small numbers are long ones until they are handed out: nothing is added up in a type that is too short for it.
_DTYPES: Final[Mapping[Any, str]] = {
    nw.Int16: "int64",
    nw.Int32: "int64",
    nw.Int64: "int64",
    nw.Float64: "float64",
    nw.Boolean: "bool",
    nw.String: "object",
}


def carried_out(plan: Plan, columns: Mapping[str, Masked], values: Values) -> Mapping[str, Masked]:
    """What the last layer of *plan* makes of *columns*; days are numbers, of days since 1970.

    Args:
        plan: What is carried out.
        columns: What it reads, by name.
        values: What it reads of the day, by name.
    """
    numpy, made = nw.dependencies.get_numpy(), dict[str, Masked]()
    # what is divided by nothing, or is no number, is left out by the plan where it matters
    with numpy.errstate(all="ignore"):
        for layer in plan.layers:
            library = OfNumpy(numpy, {**columns, **made}, values)
            found = {name: library.column(written(each, library)) for name, each in layer.expressions.items()}
            made = {name: made[name] for name in layer.kept} | found
    return made


@attrs.frozen(eq=False)
class OfNumpy:
    """NumPy as a `written.Library`, whose expressions are columns already.

    Args:
        numpy: NumPy itself.
        columns: The columns by name.
        values: What is read of the day, by name.
    """

    numpy: Any
    columns: Mapping[str, Masked]
    values: Values

    @property
    def module(self) -> OfNumpy:
        """This: the functions that others have in a module."""
        return self

    def column(self, made: Any) -> Masked:
        """What has been *made*, also where it is a plain value."""
        return made if isinstance(made, Masked) else self.lit(made)

    def col(self, name: str) -> Masked:
        """The column of this *name*."""
        return self.columns[name]

    def lit(self, value: Any) -> Masked:
        """One value for all rows; a day as a number."""
        if isinstance(value, dt.date):
            return self.lit(value.toordinal() - _EPOCH)
        return Masked(self.numpy.asarray(value, dtype=object if isinstance(value, str) else None))

    def when(self, condition: Masked) -> _When:
        """What waits for what to take where *condition* is true."""
        return _When(self.numpy, condition)

    def min_horizontal(self, *parts: Masked) -> Masked:
        """The least of those that are there."""
        return reduce(lambda one, other: self._better(one, other, self.numpy.minimum), parts)

    def max_horizontal(self, *parts: Masked) -> Masked:
        """The greatest of those that are there."""
        return reduce(lambda one, other: self._better(one, other, self.numpy.maximum), parts)

    def _better(self, one: Masked, other: Masked, choose: Any) -> Masked:
        chosen = choose(one.values, other.values)
        if one.gone is not None:
            chosen = self.numpy.where(one.gone, other.values, chosen)
        if other.gone is not None:
            chosen = self.numpy.where(other.gone, one.values, chosen)
        return Masked(chosen, None if one.gone is None or other.gone is None else one.gone & other.gone)

    def concat_str(self, *parts: Masked, separator: str, ignore_nulls: bool) -> Masked:  # noqa: ARG002 - what is gone is always left out
        """The texts that are there, the *separator* between them."""
        told = self.numpy.asarray("", dtype=object)
        for part in parts:
            there = self.numpy.asarray(True if part.gone is None else ~part.gone)
            after = self.numpy.where(told == "", part.values, told + separator + part.values)
            told = self.numpy.where(there, after, told)
        return Masked(told)

    # -- a library ------------------------------------------------------------------------------------------------

    def dtype(self, dtype: Any) -> str:
        """The name of the type."""
        return _DTYPES[dtype]

    def constant(self, value: Any) -> Masked:
        """A truth value, which may be gone everywhere."""
        return Masked(self.numpy.asarray(value is True), self.numpy.asarray(a=True) if value is None else None)

    def number(self, value: int, dtype: Any) -> Masked:
        """A number."""
        return Masked(self.numpy.asarray(value, dtype=dtype))

    def literal(self, value: Any) -> Masked:
        """One value for all rows."""
        return self.lit(value)

    def operand(self, value: Any) -> Masked:
        """One value for all rows."""
        return self.lit(value)

    def is_null(self, part: Masked) -> Masked:
        """Its mask."""
        return Masked(self.numpy.asarray(a=False) if part.gone is None else part.gone)

    def all_of(self, parts: Iterable[Masked]) -> Masked:
        """One after the other."""
        return reduce(and_, parts)

    def any_of(self, parts: Iterable[Masked]) -> Masked:
        """One after the other."""
        return reduce(or_, parts)

    def numbered(self, part: Masked) -> Masked:
        """A day is a number."""
        return part

    def dated(self, part: Masked) -> Masked:
        """A day is a number."""
        return part

    def looked(self, part: Masked, keys: tuple[int, ...], values: tuple[int, ...]) -> Masked:
        """By halving the keys."""
        numpy = self.numpy
        sorted_keys, beside = (numpy.asarray(found, dtype="int64") for found in zip(*sorted(zip(keys, values, strict=True)), strict=True))
        at = numpy.minimum(numpy.searchsorted(sorted_keys, part.values), len(keys) - 1)
        is_there = sorted_keys[at] == part.values
        return Masked(numpy.where(is_there if part.gone is None else is_there & ~part.gone, beside[at], 0))

    def floating(self, part: Masked) -> Masked:
        """Cut short, as with the others."""
        return Masked(self.numpy.clip(part.values, -EXACT, EXACT).astype("float64"), part.gone)

    def filled(self, part: Masked, value: Any) -> Masked:
        """*value*, a plain one or a column, where *part* is gone."""
        if part.gone is None:
            return part
        instead = self.column(value)
        return Masked(self.numpy.where(part.gone, instead.values, part.values), None if instead.gone is None else part.gone & instead.gone)

    def points(self, parts: Iterable[tuple[Masked, int]], start: int, dtype: Any) -> Masked:
        """Each part as 0 or 1, times what it is worth."""
        return Masked(sum((part.values * worth for part, worth in parts), self.numpy.asarray(start, dtype=dtype)))


@attrs.frozen(eq=False)
class _When:
    """A condition that waits for what to take where it is true."""

    numpy: Any
    condition: Masked

    def then(self, value: Masked) -> _Taken:
        """*value* where the condition is true, nothing elsewhere."""
        where = self.condition.values
        gone = ~where if value.gone is None else ~where | value.gone
        values = value.values & where if value.values.dtype == bool else value.values
        return _Taken(values, gone, numpy=self.numpy, where=where, taken=value)


@attrs.frozen(eq=False)
class _Taken(Masked):
    """What is *taken* where something is true."""

    numpy: Any = attrs.field(kw_only=True)
    where: Array = attrs.field(kw_only=True)
    taken: Masked = attrs.field(kw_only=True)

    def otherwise(self, instead: Masked) -> Masked:
        """*instead* everywhere else."""
        choose, none = self.numpy.where, self.numpy.asarray(a=False)
        values = choose(self.where, self.taken.values, instead.values)
        masks = [none if each.gone is None else each.gone for each in (self.taken, instead)]
        return Masked(values, None if self.taken.gone is None and instead.gone is None else choose(self.where, *masks))
