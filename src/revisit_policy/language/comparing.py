"""Comparing: how a comparison is built, checked against the domain of its fact."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, cast

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import COMPARES, Compare, Condition, FlagIs, Includes, Missing, OneOf, Operator
from revisit_policy.language.domain import Choices, Flags, Sets, choice_code

if TYPE_CHECKING:
    from revisit_policy.language.fact import Fact


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
        raise _refuse(fact, f"a {domain.kind.en} has no order to compare with `{op}`; ask {_question(fact)}")
    exact: Any = domain.accept(limit, name=fact.name)
    if isinstance(domain, Choices):
        if any(isinstance(item, int) for item in domain.items):  # "at least 6 months" would mean "6 or fewer"
            raise _refuse(fact, f"its numbers run from mild to severe, so `{op}` would mislead; ask {_question(fact)}")
        place = domain.place(exact)
        _refuse_vacuous(fact, tuple(item for at, item in enumerate(domain.items) if COMPARES[op](at, place)))
    else:
        cast("Any", domain).check_limit(exact)
    return Compare(fact, op, exact)


def _question(fact: Fact) -> str:
    match fact.domain:
        case Flags():
            return f"`{fact.name}.is_true()` or `.is_false()`"
        case Sets():
            return f"`{fact.name}.includes(...)`"
        case _:
            return f"`{fact.name}.is_in(...)`"


def _refuse_vacuous(fact: Fact, chosen: tuple[Hashable, ...]) -> None:
    domain = cast("Choices", fact.domain)
    if not chosen or len(chosen) == len(domain.items):
        holds = "every choice" if chosen else "no choice"
        raise _refuse(fact, f"the comparison holds for {holds} ({', '.join(map(choice_code, domain.items))})")


def one_of(fact: Fact, choices: tuple[object, ...]) -> Condition:
    """Ask whether a choice is one of *choices*; for a short list of whole numbers, any of them."""
    domain = fact.domain
    if not isinstance(domain, Choices):
        raise _refuse(fact, f"`is_in` asks a choice, this is a {domain.kind.en}; write `between`")
    accepted = {domain.accept(choice, name=fact.name) for choice in choices}
    chosen = tuple(item for item in domain.items if item in accepted)
    _refuse_vacuous(fact, chosen)
    return OneOf(fact, chosen)


def flag_is(fact: Fact, *, expected: bool) -> Condition:
    """Ask whether a flag is *expected*."""
    if not isinstance(fact.domain, Flags):
        raise _refuse(fact, f"`is_true` and `is_false` ask a flag, this is a {fact.domain.kind.en}")
    return FlagIs(fact, expected)


def includes(fact: Fact, elements: tuple[object, ...]) -> Condition:
    """Ask whether an earlier table's set of outcomes has one of *elements*."""
    if not isinstance(fact.domain, Sets) or not elements:
        raise _refuse(fact, "`includes` asks the set of outcomes of an earlier table for at least one element")
    return Includes(fact, fact.domain.accept(elements, name=fact.name))


def missing(fact: Fact) -> Condition:
    """Ask whether *fact* is unknown."""
    if fact.table is not None:
        raise _refuse(fact, "the outcome of a table is never missing; ask for the facts that it reads")
    return Missing(fact)
