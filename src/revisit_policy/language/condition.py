"""Conditions: a closed union of comparisons, in negation normal form.

There is no ``Not``: negating a condition turns its comparisons round, so every condition only ever gains truth as
facts become known, and a reader needs no special case for negation over a fact that is missing.

Truth is strong Kleene: a comparison of an unknown fact is unknown; ``&`` is the least and ``|`` the greatest of
false < unknown < true. ``is_missing`` alone is never unknown. ``~is_missing`` is true when the fact is known and
*unknown* when it is missing, because learning the fact would make it true; it may stand only beside a comparison of
the same fact.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, TypeAlias, assert_never, cast

import attrs

from revisit_policy.errors import ConditionTruthError, InvalidPolicyError
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.sets import Sets
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words
from revisit_policy.values.validation import to_tuple

if TYPE_CHECKING:
    from revisit_policy.language.fact import Fact

Operator: TypeAlias = Literal["<", "<=", ">", ">="]

TURNED: Final[dict[Operator, Operator]] = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}

COMPARES: Final[dict[Operator, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Unparenthesized:
    """Refuses ``60 & fact``: Python reads ``a > 60 & b > 5`` as ``a > (60 & b) > 5``."""

    __slots__ = ()

    def __rich_repr__(self) -> Shown:
        yield Words(repr(self))

    def __and__(self, other: object) -> Any:
        raise _without_parentheses("&", self, other)

    def __or__(self, other: object) -> Any:
        raise _without_parentheses("|", self, other)

    def __rand__(self, other: object) -> NoReturn:
        raise _without_parentheses("&", other, self)

    def __ror__(self, other: object) -> NoReturn:
        raise _without_parentheses("|", other, self)

    def __invert__(self) -> Any:
        problem = Phrase(
            "`~{name}` 用于反转条件，而这不是条件；请写 `.is_false()`，或在括起的比较前加 `~`",
            "`~{name}` turns a condition round, and this is none; write `.is_false()`, or `~` before a comparison in parentheses",
            name=_name(self),
        )
        raise InvalidPolicyError(subject="condition", problem=problem)


def _without_parentheses(sign: str, *sides: object) -> InvalidPolicyError:
    left, right = map(_name, sides)
    problem = Phrase(
        "`{left} {sign} {right}` 连接的不是条件；请将每个比较括起，如 `(a > 60) {sign} (b > 5)`",
        "`{left} {sign} {right}` joins what is no condition; put each comparison in parentheses, such as `(a > 60) {sign} (b > 5)`",
        left=left, sign=sign, right=right,
    )
    return InvalidPolicyError(subject="condition", problem=problem)


def _name(part: object) -> str:
    name = getattr(part, "name", None)  # a fact's whole source would hide what was typed
    return name if isinstance(part, Unparenthesized) and isinstance(name, str) else repr(part)


class Combinable(Unparenthesized):
    """Gives every condition ``&``, ``|`` and ``~``, and no truth value."""

    __slots__ = ()

    def __and__(self, other: object) -> Condition:
        return all_of(cast("Condition", self), _as_condition(other))

    def __or__(self, other: object) -> Condition:
        return any_of(cast("Condition", self), _as_condition(other))

    def __invert__(self) -> Condition:
        return negated(cast("Condition", self))

    def __bool__(self) -> NoReturn:
        raise ConditionTruthError(text=repr(self))


@attrs.frozen(repr=False)
class Compare(Combinable):
    """A fact against a constant: ``days_past_due > 90``."""

    fact: Fact
    operator: Operator
    limit: Any

    @cached_property
    def inside(self) -> int:
        """Of a choice, the bits of those that satisfy the comparison."""
        domain = cast("Choices", self.fact.domain)
        limit = domain.place(self.limit)
        return sum(1 << place for place in range(len(domain.items)) if COMPARES[self.operator](place, limit))

    def __repr__(self) -> str:
        domain = self.fact.domain
        shown = repr(self.limit) if isinstance(domain, Choices | Sets | Flags) else domain.source(self.limit)
        return f"({self.fact.name} {self.operator} {shown})"


@attrs.frozen(repr=False)
class OneOf(Combinable):
    """A choice that is one of *choices*, kept in the order of the domain."""

    fact: Fact
    choices: tuple[Hashable, ...]

    @cached_property
    def inside(self) -> int:
        """The bits of the choices."""
        return cast("Choices", self.fact.domain).mask(self.choices)

    def __repr__(self) -> str:
        return f"{self.fact.name}.is_in({', '.join(map(repr, self.choices))})"


@attrs.frozen(repr=False)
class FlagIs(Combinable):
    """A flag that is set, or known not to be."""

    fact: Fact
    expected: bool

    def __repr__(self) -> str:
        return f"{self.fact.name}.is_{str(self.expected).lower()}()"


@attrs.frozen(repr=False)
class Includes(Combinable):
    """An earlier table's set of outcomes that has (or, if not *expected*, has none of) *elements*."""

    fact: Fact
    elements: tuple[Hashable, ...]
    expected: bool = True

    @cached_property
    def inside(self) -> int:
        """The bits of the elements."""
        return cast("Sets", self.fact.domain).mask(self.elements)

    def __repr__(self) -> str:
        text = f"{self.fact.name}.includes({', '.join(map(repr, self.elements))})"
        return text if self.expected else f"~{text}"


@attrs.frozen(repr=False)
class Missing(Combinable):
    """True if the fact is unknown, false if it is known."""

    fact: Fact

    def __repr__(self) -> str:
        return f"{self.fact.name}.is_missing()"


@attrs.frozen(repr=False)
class Known(Combinable):
    """True if the fact is known, unknown if it is missing."""

    fact: Fact

    def __repr__(self) -> str:
        return f"~{self.fact.name}.is_missing()"


@attrs.frozen(repr=False)
class All(Combinable):
    """True if all *parts* are; with no parts, always."""

    parts: tuple[Condition, ...] = attrs.field(converter=to_tuple)

    def __repr__(self) -> str:
        return f"({' & '.join(map(repr, self.parts))})" if self.parts else "ALWAYS"


@attrs.frozen(repr=False)
class AnyOf(Combinable):
    """True if one of *parts* is; with no parts, never."""

    parts: tuple[Condition, ...] = attrs.field(converter=to_tuple)

    def __repr__(self) -> str:
        return f"({' | '.join(map(repr, self.parts))})" if self.parts else "NEVER"


Comparison: TypeAlias = Compare | OneOf | FlagIs | Includes | Missing | Known
Condition: TypeAlias = Comparison | All | AnyOf

ALWAYS: Final = All(())
NEVER: Final = AnyOf(())


def _as_condition(value: object) -> Condition:
    if not isinstance(value, Combinable):
        problem = Phrase(
            "`{name}` 不是条件；请先比较事实，如 `fact > 90` 或 `fact.is_true()`",
            "`{name}` is not a condition; compare the fact first, such as `fact > 90` or `fact.is_true()`",
            name=_name(value),
        )
        raise InvalidPolicyError(subject="condition", problem=problem)
    return cast("Condition", value)


def all_of(*conditions: Condition) -> Condition:
    """All *conditions* together, nested conjunctions flattened; ``ALWAYS`` if there is none."""
    parts = [part for given in conditions for part in (given.parts if isinstance(given, All) else (given,))]
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def any_of(*conditions: Condition) -> Condition:
    """Any of *conditions*, nested alternatives flattened; ``NEVER`` if there is none."""
    parts = [part for given in conditions for part in (given.parts if isinstance(given, AnyOf) else (given,))]
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def negated(condition: Condition) -> Condition:
    """The condition that is true where *condition* is false and unknown where it is unknown."""
    match condition:
        case Compare(fact, op, limit):
            return Compare(fact, TURNED[op], limit)
        case OneOf(fact, choices):
            rest = tuple(item for item in fact.domain.items if item not in choices)  # type: ignore[union-attr] # a choice
            return OneOf(fact, rest)
        case FlagIs(fact, expected):
            return FlagIs(fact, not expected)
        case Includes(fact, elements, expected):
            return Includes(fact, elements, not expected)
        case Missing(fact):
            return Known(fact)
        case Known(fact):
            return Missing(fact)
        case All(parts):
            return any_of(*map(negated, parts))
        case AnyOf(parts):
            return all_of(*map(negated, parts))
        case _:
            assert_never(condition)


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """The comparisons in *condition*, left to right."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from comparisons(part)
    else:
        yield condition


# -- depth -----------------------------------------------------------------------------------------------------------

#: How deep `&` and `|` may lie in one another: far more than anybody reads, and far less than Python can compile.
DEEPEST: Final = 50


def refuse_deep(condition: Condition, *, subject: str) -> None:
    """Refuse a condition whose `&` and `|` lie more than `DEEPEST` deep in one another; side by side there may be any number."""
    level: list[Condition] = [condition]
    for _ in range(DEEPEST + 1):
        level = [part for joined in level if isinstance(joined, All | AnyOf) for part in joined.parts]
        if not level:
            return
    problem = Phrase(
        "`&` 与 `|` 嵌套超过{deepest}层；请将条件的一部分另立一表，再比较其结论",
        "`&` and `|` lie more than {deepest} deep in one another; give a part of the condition a table of its own and compare its outcome",
        deepest=DEEPEST,
    )
    raise InvalidPolicyError(subject=subject, problem=problem)


# -- absence ---------------------------------------------------------------------------------------------------------


def refuse_idle_known(condition: Condition, *, subject: str) -> None:
    """Refuse ``~is_missing`` of a fact that is not compared in the same conjunction.

    Such a condition would make a case look better for what nobody asked about it.
    """
    parts = condition.parts if isinstance(condition, All) else (condition,)
    compared = {part.fact for part in parts if not isinstance(part, All | AnyOf | Missing | Known)}
    for part in parts:
        if isinstance(part, Known) and part.fact not in compared:
            problem = Phrase(
                "`{part!r}` 单独出现；请在同一合取中比较 `{fact}`，或将其省略",
                "`{part!r}` stands alone; compare `{fact}` in the same conjunction, or leave it out",
                part=part, fact=part.fact.name,
            )
            raise InvalidPolicyError(subject=subject, problem=problem)
        if isinstance(part, AnyOf):
            for branch in part.parts:
                refuse_idle_known(branch, subject=subject)


def without_absence(condition: Condition) -> Condition:
    """What is left of *condition* where nothing is missing; ``NEVER`` if it rests on a fact that is."""
    match condition:
        case Missing():
            return NEVER
        case All(parts):
            kept = [without_absence(part) for part in parts]
            return NEVER if NEVER in kept else all_of(*kept)
        case AnyOf(parts):
            return any_of(*map(without_absence, parts))
        case _:
            return condition


def is_absence(condition: Condition) -> bool:
    """True if *condition* asks somewhere whether a fact is missing."""
    return any(isinstance(part, Missing) for part in comparisons(condition))

