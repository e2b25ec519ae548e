"""Declaring a bank's own facts, and how they are read from the case file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.derivation import Derivation, Field, GrownDaily, fields_of
from revisit_policy.language.domain import Domain
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.fact import Fact
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label

_OWN: Final = "own."


def own_fact(name: str, domain: Domain, label: Label, *, derived: Derivation | None = None, **more: Any) -> Fact:  # noqa: ANN401, PLR0917 - as for a Fact; name, what it can be, what it is called
    """A fact of the bank's own, read from ``CaseFile(own={name: ...})`` or given as ``supplied`` for one question.

    Args:
        name: Its name, in lower case with underscores.
        domain: What it can be: `Days()`, `Flags()`, `Counts(low, high)`, `Choices(codes)` or `Ratios(...)`; no money.
        label: What it is called, Chinese and English.
        derived: What it is made of, where it is not the value itself: ``DaysSince(Field("own.insured_until"))`` counts from an own
            day, and so dates what rests on it. A count that grows says of which day it is with
            ``GrownDaily("own.days_empty", "own.days_empty_as_of", "own.empty_since")``, as the days past due do; a figure or a choice that was
            taken on a day with ``Measured("own.score", "own.score_as_of")``, as an income does by its review.
        more: As for a `Fact`, such as *unit* or *register*: of a register a name that is not there says that nothing has happened, and only
            ``None`` that nobody looked.

    Raises:
        InvalidPolicyError: If it is an amount or a set, or rests on something else than own facts.

    Examples:
        >>> from revisit_policy.language.domains.days import Days
        >>> insured = own_fact("insured_until", Days(), Label("保险到期日", "insured until"))
        >>> insured < "2027-01-01"
        (insured_until < '2027-01-01')
    """
    if isinstance(domain, Amounts | Sets | Points):
        problem = Phrase("自有事实为日期、是非、计数、选项或比率", "an own fact is a day, a flag, a count, a choice or a ratio")
        raise InvalidPolicyError(subject=str(name), problem=problem)
    made = Field(f"{_OWN}{name}") if derived is None else derived
    if not all(path.startswith(_OWN) for path in fields_of(made)):
        raise InvalidPolicyError(subject=str(name), problem=Phrase("自有事实只读 `own.` 之下的字段", "an own fact reads fields under `own.` only"))
    return Fact(name, domain, label=label, derived=made, **more)


def no_entries(facts: Iterable[Fact]) -> dict[str, bool | int]:
    """What the own facts among *facts* are that are registers, where a case file does not mention them: that nothing has happened."""
    registers = (fact for fact in facts if fact.register is not None and isinstance(fact.derived, Field))
    return {name: False if isinstance(fact.domain, Flags) else 0 for fact in registers for name in own_names(fact) if is_value(fact, name)}


def counts_from_asking(fact: Fact, own: Mapping[str, object]) -> bool:
    """Whether an own *fact* is a count that goes on growing and *own* says of no day how far it had come: then it moves with every day of asking."""
    match fact.derived:
        case GrownDaily(count, as_of, since) if count.startswith(_OWN):
            counted, *days = (own.get(path.removeprefix(_OWN)) for path in (count, as_of, since))
            return bool(counted) and days == [None, None]
        case _:
            return False


def is_value(fact: Fact, name: str) -> bool:
    """Whether what stands under *name* is the value of an own *fact*, and not a day that it is of or counted from."""
    match fact.derived:
        case Field(path) | GrownDaily(path):
            return path == f"{_OWN}{name}"
        case _:
            return False


def own_names(fact: Fact) -> tuple[str, ...]:
    """The names of what *fact* reads of a case file's own facts."""
    return tuple(path.removeprefix(_OWN) for path in fields_of(fact.derived) if path.startswith(_OWN))
