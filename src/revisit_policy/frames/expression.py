"""Expressions: what is computed of one row, written once and said to every engine in its own words.

A plan of hundreds of rules has thousands of parts. Here a part costs next to nothing to make, and an engine is handed
what it takes quickest: polars its own expressions, DuckDB and Spark text, the others expressions of Narwhals.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final, NoReturn, TypeAlias

import attrs

from revisit_policy.errors import ConditionTruthError

#: What two expressions are joined by, with the function of Python that does it.
OPERATORS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "&": operator.and_,
    "|": operator.or_,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


class Expression:
    """What is computed of one row: ``&``, ``|`` and comparisons are null where that is all that can be said."""

    __slots__ = ()
    __hash__: ClassVar[Callable[[Any], int]] = object.__hash__  # one expression is equal to itself alone

    def __bool__(self) -> NoReturn:
        raise ConditionTruthError(text=repr(self))

    def __and__(self, other: Any) -> Expression:
        return Joined("&", self, expression(other))

    def __or__(self, other: Any) -> Expression:
        return Joined("|", self, expression(other))

    def __invert__(self) -> Expression:
        return Inverse(self)

    def __eq__(self, other: object) -> Expression:  # type: ignore[override] # compares the rows
        return Joined("==", self, expression(other))

    def __ne__(self, other: object) -> Expression:  # type: ignore[override] # compares the rows
        return Joined("!=", self, expression(other))

    def __lt__(self, other: Any) -> Expression:
        return Joined("<", self, expression(other))

    def __le__(self, other: Any) -> Expression:
        return Joined("<=", self, expression(other))

    def __gt__(self, other: Any) -> Expression:
        return Joined(">", self, expression(other))

    def __ge__(self, other: Any) -> Expression:
        return Joined(">=", self, expression(other))

    def __add__(self, other: Any) -> Expression:
        return Joined("+", self, expression(other))

    def __sub__(self, other: Any) -> Expression:
        return Joined("-", self, expression(other))

    def __mul__(self, other: Any) -> Expression:
        return Joined("*", self, expression(other))

    def __truediv__(self, other: Any) -> Expression:
        return Joined("/", self, expression(other))

    def __floordiv__(self, other: Any) -> Expression:
        return Joined("//", self, expression(other))

    def __mod__(self, other: Any) -> Expression:
        return Joined("%", self, expression(other))

    def is_null(self) -> Expression:
        """True where it is null; never null itself."""
        return IsNull(self)

    def is_nan(self) -> Expression:
        """True where it is not a number."""
        return IsNan(self)

    def fill_null(self, value: Any) -> Expression:
        """*value* where it is null."""
        return Filled(self, expression(value))

    def round(self) -> Expression:
        """The whole number next to it, as a float."""
        return Rounded(self)

    def cast(self, dtype: Any) -> Expression:
        """The same in another Narwhals *dtype*."""
        return Cast(self, dtype)


@attrs.frozen(eq=False)
class Named(Expression):
    """A column by its *name*."""

    name: str


@attrs.frozen(eq=False)
class Literal(Expression):
    """A *value* that all rows have: a truth value, a number, a text, a day, or null of a *dtype*."""

    value: Any
    dtype: Any = None


@attrs.frozen(eq=False)
class Joined(Expression):
    """Two expressions, joined by one of `OPERATORS`."""

    by: str
    one: Expression
    other: Expression


@attrs.frozen(eq=False)
class Divided(Expression):
    """The float nearest to the quotient of two whole numbers; any value, or null, where one has more digits than a float."""

    over: Expression
    under: Expression


@attrs.frozen(eq=False)
class Inverse(Expression):
    """True where *part*, which is never null, is not."""

    part: Expression


@attrs.frozen(eq=False)
class IsNull(Expression):
    """True where *part* is null."""

    part: Expression


@attrs.frozen(eq=False)
class IsNan(Expression):
    """True where *part* is not a number."""

    part: Expression


@attrs.frozen(eq=False)
class Filled(Expression):
    """*part*, and *instead* where it is null."""

    part: Expression
    instead: Expression


@attrs.frozen(eq=False)
class Rounded(Expression):
    """The whole number next to *part*."""

    part: Expression


@attrs.frozen(eq=False)
class Cast(Expression):
    """*part* in another *dtype*."""

    part: Expression
    dtype: Any


@attrs.frozen(eq=False)
class Chosen(Expression):
    """*then* where *condition* holds, *instead* elsewhere; null there if it is ``None``."""

    condition: Expression
    then: Expression
    instead: Expression | None = None

    def otherwise(self, instead: Any) -> Chosen:
        """*instead* where the condition does not hold."""
        return Chosen(self.condition, self.then, expression(instead))


@attrs.frozen
class When:
    """A condition that waits for what to take where it holds."""

    condition: Expression

    def then(self, value: Any) -> Chosen:
        """*value* where the condition holds, null elsewhere."""
        return Chosen(self.condition, expression(value))


@attrs.frozen(eq=False)
class AllOf(Expression):
    """True where all *parts* are, none of which is ever null."""

    parts: tuple[Expression, ...]


@attrs.frozen(eq=False)
class AnyOf(Expression):
    """True where one of *parts* is, none of which is ever null."""

    parts: tuple[Expression, ...]


@attrs.frozen(eq=False)
class Points(Expression):
    """*start* and the whole numbers of all those parts that hold, added up; never null."""

    parts: tuple[tuple[Expression, int], ...]
    start: int = 0


@attrs.frozen(eq=False)
class Listed(Expression):
    """The texts of those *parts* that hold, in order, with commas between; empty if none does."""

    parts: tuple[tuple[Expression, str], ...]


@attrs.frozen(eq=False)
class Lowest(Expression):
    """The least of *parts*, those that are null left out; null if all are."""

    parts: tuple[Expression, ...]


@attrs.frozen(eq=False)
class Highest(Expression):
    """The greatest of *parts*, those that are null left out; null if all are."""

    parts: tuple[Expression, ...]


@attrs.frozen(eq=False)
class Numbered(Expression):
    """The days from 1970-01-01 to the day *part*; null where it is null."""

    part: Expression


@attrs.frozen(eq=False)
class Dated(Expression):
    """The day that comes the whole number *part* of days after 1970-01-01; null where it is null."""

    part: Expression


@attrs.frozen(eq=False)
class Looked(Expression):
    """What a list has beside the whole number *part*: of *values* the one at its place among *keys*, 0 if it is none of them."""

    part: Expression
    keys: tuple[int, ...]
    values: tuple[int, ...]


TRUE: Final = Literal(value=True)
FALSE: Final = Literal(value=False)

#: What has parts that are expressions, by what finds them.
_Parts: TypeAlias = Callable[[Any], tuple[Expression, ...]]
_PARTS: Final[Mapping[type[Expression], _Parts]] = {
    Named: lambda _: (),
    Literal: lambda _: (),
    Joined: lambda found: (found.one, found.other),
    Divided: lambda found: (found.over, found.under),
    Inverse: lambda found: (found.part,),
    IsNull: lambda found: (found.part,),
    IsNan: lambda found: (found.part,),
    Filled: lambda found: (found.part, found.instead),
    Rounded: lambda found: (found.part,),
    Cast: lambda found: (found.part,),
    Chosen: lambda found: (found.condition, found.then, *(() if found.instead is None else (found.instead,))),
    AllOf: lambda found: found.parts,
    AnyOf: lambda found: found.parts,
    Points: lambda found: tuple(part for part, _ in found.parts),
    Listed: lambda found: tuple(part for part, _ in found.parts),
    Lowest: lambda found: found.parts,
    Highest: lambda found: found.parts,
    Numbered: lambda found: (found.part,),
    Dated: lambda found: (found.part,),
    Looked: lambda found: (found.part,),
}


def expression(value: Any) -> Expression:
    """*value* itself if it is an expression, else the literal of it."""
    return value if isinstance(value, Expression) else Literal(value)


def when(condition: Expression) -> When:
    """What waits for `then`."""
    return When(condition)


def names_read(found: Expression) -> Iterator[str]:
    """The names of the columns that an expression reads, one as often as it is read."""
    if isinstance(found, Named):
        yield found.name
    for part in _PARTS[type(found)](found):
        yield from names_read(part)


def names_written(found: Expression) -> Iterator[str]:
    """The same, one as often as it stands in a text of SQL, where some parts are written twice."""
    if isinstance(found, Named):
        yield found.name
        return
    parts = _PARTS[type(found)](found)
    if isinstance(found, Looked | IsNan) or (isinstance(found, Joined) and found.by == "//"):
        parts = (*parts, parts[0])
    for part in parts:
        yield from names_written(part)


def replaced(found: Expression, instead: Mapping[str, Expression]) -> Expression:
    """*found* with expressions in the place of some of the columns that it reads, by name."""
    if isinstance(found, Named):
        return instead.get(found.name, found)
    if not any(name in instead for name in names_read(found)):
        return found
    kind: Any = type(found)
    fields = {field.name: getattr(found, field.name) for field in attrs.fields(kind)}
    made: Expression = kind(**{name: _replaced_in(value, instead) for name, value in fields.items()})
    return made


def _replaced_in(value: Any, instead: Mapping[str, Expression]) -> Any:
    match value:
        case Expression():
            return replaced(value, instead)
        case tuple():
            return tuple(_replaced_in(part, instead) for part in value)
        case _:
            return value
