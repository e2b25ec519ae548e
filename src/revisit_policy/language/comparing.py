"""Comparing: how a comparison is built, checked against the domain of its fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast

from revisit_policy.errors import InvalidPolicyError, InvalidValueError, UnknownNameError
from revisit_policy.language.condition import COMPARES, Compare, Condition, FlagIs, Includes, Missing, OneOf, Operator
from revisit_policy.language.domain import MEASURED
from revisit_policy.language.domains.choice_words import choice_code
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.domains.sets import Sets
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import OrderedLabelled, coarse_scale
from revisit_policy.values.money import Money

if TYPE_CHECKING:
    from revisit_policy.language.fact import Fact


#: Values that a fact is never equal to, so that ``fact == value`` was meant as a condition.
PLAIN: Final = (type(None), bool, int, float, str, Decimal, Fraction, dt.date, Money, Enum)


def _refuse(fact: Fact, problem: str) -> InvalidPolicyError:
    return InvalidPolicyError(subject=fact.name, problem=problem)


def compare(fact: Fact, op: Operator, limit: object) -> Condition:
    """Compare a number, a day or an ordered choice with a constant of its own kind, inside its domain.

    Raises:
        InvalidPolicyError: If the fact has no order, or the comparison would hold for every choice or for none.
        InvalidValueError: If *limit* is of another kind or outside the domain.
        UnknownNameError: If *limit* is text that names no choice.
    """
    domain = fact.domain
    if isinstance(domain, Flags | Sets) or (isinstance(domain, Choices) and not domain.ordered):
        raise _refuse(
            fact,
            Phrase(
                "{kind}没有次序，不能以 `{op}` 比较；请用 {question}",
                "a {kind} has no order to compare with `{op}`; ask {question}",
                kind=domain.kind,
                op=op,
                question=_question(fact),
            ),
        )
    if isinstance(domain, Choices) and (fine := _lying_in(domain, limit)):
        return _compare_coarse(fact, op, limit, fine)
    exact: Any = domain.accept(limit, name=fact.name)
    _check_within_limits(fact, exact, limit)
    if isinstance(domain, Choices):
        if any(isinstance(item, int) for item in domain.items):  # "at least 6 months" would mean "6 or fewer"
            raise _refuse(
                fact,
                Phrase(
                    "其数值由轻到重，`{op}` 易致误解；请用 {question}",
                    "its numbers run from mild to severe, so `{op}` would mislead; ask {question}",
                    op=op,
                    question=_question(fact),
                ),
            )
        place = domain.place(exact)
        _refuse_vacuous(fact, tuple(item for at, item in enumerate(domain.items) if COMPARES[op](at, place)))
    else:
        cast("Any", domain).check_limit(exact)
    return Compare(fact.in_currency(exact.currency) if isinstance(exact, Money) else fact, op, exact)


def _lying_in(domain: Choices, coarse: object) -> tuple[tuple[Hashable, OrderedLabelled], ...]:
    """Every choice with the coarse member that it lies in, if *coarse* is one of that scale, or its code, and no choice itself."""
    scale = coarse_scale(domain.items) if any(isinstance(item, OrderedLabelled) for item in domain.items) else ()
    if not scale or coarse in (*domain.items, *map(choice_code, domain.items)):
        return ()
    codes = [each.value for each in type(scale[0])]
    is_coarse = type(coarse) is type(scale[0]) or (isinstance(coarse, str) and coarse in codes)
    fine = (item for item in domain.items if isinstance(item, OrderedLabelled))
    return tuple(zip(fine, scale, strict=True)) if is_coarse else ()


def _compare_coarse(fact: Fact, op: Operator, limit: Any, fine: tuple[tuple[Hashable, OrderedLabelled], ...]) -> Condition:
    """Compare a finer scale with a member of the coarser one: with the first, or the last, of the choices for which it holds."""
    bound = type(fine[0][1]).parse(limit)
    chosen = tuple(item for item, coarse in fine if COMPARES[op](coarse, bound))
    _refuse_vacuous(fact, chosen)
    return Compare(fact, ">=", chosen[0]) if op in {">", ">="} else Compare(fact, "<=", chosen[-1])


def to_limits(fact: Fact, limits: object) -> tuple[Any, Any]:
    """The least and the greatest limit that a rule may set, as exact values of the domain.

    Raises:
        InvalidPolicyError: If there are not two, they do not rise, or nothing can be compared with them.
        InvalidValueError: If one of them is of another kind or outside the domain.
    """
    if not isinstance(fact.domain, MEASURED):
        raise _refuse(
            fact, Phrase("`limits` 只用于可排在数轴上的事实，而这是{kind}", "`limits` are of what lies on a line, and this is a {kind}", kind=fact.domain.kind)
        )
    if not isinstance(limits, tuple) or len(limits) != 2:  # noqa: PLR2004 - a pair
        raise _refuse(
            fact,
            Phrase(
                "`limits` 须为由最小与最大限值组成的元组，实际为 `{limits!r}`",
                "`limits` must be the least and the greatest limit, in a tuple, got `{limits!r}`",
                limits=limits,
            ),
        )
    low, high = (cast("Any", fact.domain.accept(limit, name=fact.name)) for limit in limits)
    if low > high:
        raise _refuse(fact, Phrase("`limits` 须递增，实际为 `{limits!r}`", "`limits` must rise, got `{limits!r}`", limits=limits))
    return low, high


def _check_within_limits(fact: Fact, exact: Any, limit: object) -> None:
    if fact.limits is None or fact.limits[0] <= exact <= fact.limits[1]:
        return
    domain, (low, high) = cast("Any", fact.domain), fact.limits
    hint = domain.hint(exact, low, high) if isinstance(domain, Ratios) else ""
    expected = Phrase(
        "在规则中与{low}至{high}的限值比较{hint}",
        "compared in a rule with a limit from {low} to {high}{hint}",
        low=domain.source(low),
        high=domain.source(high),
        hint=hint,
    )
    raise InvalidValueError(owner="", field=fact.name, value=limit, expected=expected)


def refuse_equality(fact: Fact, value: object) -> NoReturn:
    """Refuse ``fact == value`` and ``fact != value``, which Python would answer at once, with what to write instead.

    Raises:
        InvalidPolicyError: Always.
    """
    shown = f"`{value.value!r}`" if isinstance(value, Enum) else f"`{value!r}`"
    asked = (
        f"`{fact.name}.is_missing()`"
        if value is None
        else Phrase("{question}，反义则在其前加 `~`", "{question}, and put `~` before it for the opposite", question=_question(fact))
    )
    raise _refuse(
        fact, Phrase("与 {shown} 的 `==`、`!=` 不构成条件；请用 {asked}", "`==` and `!=` with {shown} make no condition; ask {asked}", shown=shown, asked=asked)
    )


def _question(fact: Fact) -> str:
    match fact.domain:
        case Flags():
            return f"`{fact.name}.is_true()` or `.is_false()`"
        case Sets():
            return f"`{fact.name}.includes(...)`"
        case Choices():
            return f"`{fact.name}.is_in(...)`"
        case _:
            return f"`{fact.name}.between(low, high)`, from the low one up to below the high one"


def _refuse_vacuous(fact: Fact, chosen: tuple[Hashable, ...]) -> None:
    domain = cast("Choices", fact.domain)
    if not chosen or len(chosen) == len(domain.items):
        holds = Phrase("所有选项", "every choice") if chosen else Phrase("任何选项都不", "no choice")
        raise _refuse(
            fact,
            Phrase(
                "该比较对{holds}成立（{items}）", "the comparison holds for {holds} ({items})", holds=holds, items=", ".join(map(choice_code, domain.items))
            ),
        )


def one_of(fact: Fact, choices: tuple[object, ...]) -> Condition:
    """Ask whether a choice is one of *choices*; for a short list of whole numbers, any of them."""
    domain = fact.domain
    if not isinstance(domain, Choices):
        raise _refuse(
            fact, Phrase("`is_in` 用于选项，而这是{kind}；请写 `between`", "`is_in` asks a choice, this is a {kind}; write `between`", kind=domain.kind)
        )
    accepted = {each for choice in choices for each in _choices_meant(domain, choice, name=fact.name)}
    chosen = tuple(item for item in domain.items if item in accepted)
    _refuse_vacuous(fact, chosen)
    return OneOf(fact, chosen)


def _choices_meant(domain: Choices, choice: object, *, name: str) -> tuple[Hashable, ...]:
    """The *choice* itself, or the finer ones that lie in it."""
    fine = _lying_in(domain, choice)
    if not fine:
        return (domain.accept(choice, name=name),)
    bound: Any = type(fine[0][1]).parse(cast("Any", choice))
    found = tuple(item for item, coarse in fine if coarse == bound)
    if not found:
        raise UnknownNameError(kind=name, name=str(bound.value), known=tuple(dict.fromkeys(coarse.value for _, coarse in fine)))
    return found


def flag_is(fact: Fact, *, expected: bool) -> Condition:
    """Ask whether a flag is *expected*."""
    if not isinstance(fact.domain, Flags):
        raise _refuse(
            fact, Phrase("`is_true` 与 `is_false` 用于是非，而这是{kind}", "`is_true` and `is_false` ask a flag, this is a {kind}", kind=fact.domain.kind)
        )
    return FlagIs(fact, expected)


def includes(fact: Fact, elements: tuple[object, ...]) -> Condition:
    """Ask whether an earlier table's set of outcomes has one of *elements*."""
    if not isinstance(fact.domain, Sets) or not elements:
        raise _refuse(
            fact,
            Phrase("`includes` 用于前表的结论集合，且至少给出一个元素", "`includes` asks the set of outcomes of an earlier table for at least one element"),
        )
    return Includes(fact, fact.domain.accept(elements, name=fact.name))


def missing(fact: Fact) -> Condition:
    """Ask whether *fact* is unknown."""
    if fact.table is not None:
        raise _refuse(fact, Phrase("表的结论不会缺失；请判断该表所读取的事实", "the outcome of a table is never missing; ask for the facts that it reads"))
    return Missing(fact)
