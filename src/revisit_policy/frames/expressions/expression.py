"""Expressions: what is computed of one row, written once and said to every engine in its own words.

A plan of hundreds of rules has thousands of parts. Here a part costs next to nothing to make, and an engine is handed
what it takes quickest: polars its own expressions, DuckDB and Spark text, the others expressions of Narwhals.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final, NoReturn, TypeVar

import attrs

from revisit_policy.errors import ConditionTruthError

Part = TypeVar("Part")

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
    "//": operator.floordiv,  # where one of the two is below zero engines round up or down
}

#: How many flags an engine is handed at once: some make a chain of them, as long as they are many.
_WIDEST: Final = 64


class Expression:
    """What is computed of one row: ``&``, ``|`` and comparisons are null where that is all that can be said."""

    __slots__ = ()
    joins_alike: ClassVar[bool] = False
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

    def made_of(self) -> tuple[Expression, ...]:
        """The expressions that it is made of."""
        return ()

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

    def all_of(self, parts: tuple[Expression, ...]) -> bool | Expression:
        """Where all *parts* are true, none of which is ever null; see `language.flags`."""
        return _whole(parts, AllOf, together=operator.and_, empty=True)

    def any_of(self, parts: tuple[Expression, ...]) -> bool | Expression:
        """Where one of *parts* is true, none of which is ever null."""
        return _whole(parts, AnyOf, together=operator.or_, empty=False)

    def turned(self) -> Expression:
        """Where this, which is never null, is false."""
        return Inverse(self)

    def with_alike(self, parts: tuple[Expression, ...], _: Callable[[int, int], int]) -> tuple[bool | Expression, ...]:
        """*parts*, those of one making with this one joined into one of it; asked of what says that it `joins_alike`."""
        return parts


@attrs.frozen(eq=False)
class OfOne(Expression):
    """What is made of *part*."""

    part: Expression

    def made_of(self) -> tuple[Expression, ...]:
        """The part."""
        return (self.part,)


@attrs.frozen(eq=False)
class OfSeveral(Expression):
    """What is made of *parts*."""

    parts: tuple[Expression, ...]

    def made_of(self) -> tuple[Expression, ...]:
        """The parts."""
        return self.parts


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

    def made_of(self) -> tuple[Expression, ...]:
        """The two."""
        return self.one, self.other


@attrs.frozen(eq=False)
class Inverse(OfOne):
    """True where *part*, which is never null, is not."""

    def turned(self) -> Expression:
        """The part itself."""
        return self.part


@attrs.frozen(eq=False)
class IsNull(OfOne):
    """True where *part* is null."""


@attrs.frozen(eq=False)
class IsNan(OfOne):
    """True where *part* is not a number."""


@attrs.frozen(eq=False)
class Filled(Expression):
    """*part*, and *instead* where it is null."""

    part: Expression
    instead: Expression

    def made_of(self) -> tuple[Expression, ...]:
        """The part, and what stands in its place."""
        return self.part, self.instead


@attrs.frozen(eq=False)
class Floating(OfOne):
    """The whole number *part* as a float: the same number up to 2**53, and no nearer to 0 than that beyond."""


@attrs.frozen(eq=False)
class Rounded(OfOne):
    """The whole number next to *part*."""


@attrs.frozen(eq=False)
class Cast(OfOne):
    """*part* in another *dtype*."""

    dtype: Any


@attrs.frozen(eq=False)
class Chosen(Expression):
    """*then* where *condition* holds, *instead* elsewhere; null there if it is ``None``."""

    condition: Expression
    then: Expression
    instead: Expression | None = None

    def made_of(self) -> tuple[Expression, ...]:
        """The condition, and what is chosen."""
        return (self.condition, self.then) if self.instead is None else (self.condition, self.then, self.instead)

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
class AllOf(OfSeveral):
    """True where all *parts* are, none of which is ever null."""


@attrs.frozen(eq=False)
class AnyOf(OfSeveral):
    """True where one of *parts* is, none of which is ever null."""


@attrs.frozen(eq=False)
class Points(Expression):
    """*start* and the whole numbers of all those parts that hold, added up; never null."""

    parts: tuple[tuple[Expression, int], ...]
    start: int = 0

    def made_of(self) -> tuple[Expression, ...]:
        """What is counted."""
        return tuple(part for part, _ in self.parts)


@attrs.frozen(eq=False)
class Listed(Expression):
    """The texts of those *parts* that hold, in order, with commas between; empty if none does."""

    parts: tuple[tuple[Expression, str], ...]

    def made_of(self) -> tuple[Expression, ...]:
        """What is listed."""
        return tuple(part for part, _ in self.parts)


@attrs.frozen(eq=False)
class Lowest(OfSeveral):
    """The least of *parts*, those that are null left out; null if all are."""


@attrs.frozen(eq=False)
class Highest(OfSeveral):
    """The greatest of *parts*, those that are null left out; null if all are."""


@attrs.frozen(eq=False)
class Numbered(OfOne):
    """The days from 1970-01-01 to the day *part*; null where it is null."""


@attrs.frozen(eq=False)
class Dated(OfOne):
    """The day that comes the whole number *part* of days after 1970-01-01; null where it is null."""


@attrs.frozen(eq=False)
class Looked(OfOne):
    """What a list has beside the whole number *part*: of *values* the one at its place among *keys*, 0 if it is none of them."""

    keys: tuple[int, ...]
    values: tuple[int, ...]


@attrs.frozen(eq=False)
class Stepped(Expression):
    """A day number that is made of another by *months*, or, if there are none, the end of its month.

    Args:
        steps: How it is reckoned by whole numbers, as polars does it soonest.
        day: The day number that it is made of, for an engine that is asked in SQL and has months of its own.
        months: How many months later it is, on the same day of the month, or on the last if the month has no such day.
    """

    steps: Expression
    day: Expression
    months: Expression | None = None

    def made_of(self) -> tuple[Expression, ...]:
        """All that it can be made of."""
        return (self.steps, *self.asked_in_sql())

    def asked_in_sql(self) -> tuple[Expression, ...]:
        """What a text of SQL is made of."""
        return (self.day,) if self.months is None else (self.day, self.months)


def _whole(
    parts: tuple[Expression, ...], join: Callable[[tuple[Expression, ...]], Expression], *, together: Callable[[int, int], int], empty: bool
) -> bool | Expression:
    """*parts* joined, those first that can be told *together* before any row is read; of none it is *empty*."""
    alike = next((part for part in parts if part.joins_alike), None)
    kept: tuple[bool | Expression, ...] = parts if alike is None else alike.with_alike(parts, together)
    if any(part is (not empty) for part in kept):
        return not empty
    live = tuple(part for part in kept if isinstance(part, Expression))
    return _joint(live, join) if live else empty


def _joint(parts: tuple[Expression, ...], join: Callable[[tuple[Expression, ...]], Expression]) -> Expression:
    while len(parts) > _WIDEST:
        parts = tuple(_joint(parts[at : at + _WIDEST], join) for at in range(0, len(parts), _WIDEST))
    return parts[0] if len(parts) == 1 else join(parts)


TRUE: Final = Literal(value=True)
FALSE: Final = Literal(value=False)


def expression(value: Any) -> Expression:
    """*value* itself if it is an expression, else the literal of it."""
    return value if isinstance(value, Expression) else Literal(value)


def when(condition: Expression) -> When:
    """What waits for `then`."""
    return When(condition)


def halved(join: Callable[[Part, Part], Part], parts: Sequence[Part]) -> Part:
    """*parts*, of which there is one at least, joined two by two, so that a thousand of them lie ten deep and not a thousand.

    Engines and Python alike walk an expression by calling themselves, and neither gets far below a few hundred.
    """
    middle = len(parts) // 2
    return join(halved(join, parts[:middle]), halved(join, parts[middle:])) if middle else parts[0]
