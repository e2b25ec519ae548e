"""Which columns a fact is made from: the derivations of the language, read as columns."""

from __future__ import annotations

from typing import assert_never

import attrs

from revisit_policy.casefile.holding import Holding
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.frames.columns.column import Column
from revisit_policy.frames.subject import Subject
from revisit_policy.language.derivation import (
    CountOf,
    DaysFromTo,
    DaysSince,
    Field,
    Greatest,
    GrownDaily,
    Latest,
    Least,
    Measured,
    MonthsBegun,
    MonthsElapsed,
    MonthsUntil,
    Quotient,
    RelativeChange,
    Supplied,
)
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.choice_words import choice_code
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.fact import Fact
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label

_MINOR = Label("分（最小货币单位）", "minor units")
FOR = Label("用于{what}", "for {what}")
OF_THE_DAY = Label("{what}所属日", "the day that {what} is of")
COUNTED_FROM = Label("{what}的起算日", "the day counted from in {what}")


def columns_of(fact: Fact) -> tuple[Column, ...]:
    """The columns that *fact* is made from, in the order in which they are read."""
    match fact.derived:
        case Field(path):
            return (_direct(fact, path),)
        case GrownDaily(count):
            return (_direct(fact, count),)
        case Supplied():
            return (_direct(fact, fact.name),)
        case Quotient(over, under):
            return tuple(_summed(fact, path) for path in (*over.paths, *under.paths))
        case RelativeChange(now, before):
            return (_summed(fact, now), _summed(fact, before))
        case Latest():
            return (_column(fact, fact.name, Holding.DAY, meaning=fact.label),)
        case CountOf():
            return (_column(fact, fact.name, Holding.COUNT, meaning=fact.label),)
        case DaysSince(day) | MonthsElapsed(day) | MonthsBegun(day) | MonthsUntil(day):
            return (_column(fact, day_path(fact, day), Holding.DAY, meaning=_day_behind(fact)),)
        case DaysFromTo(first, last):
            return tuple(_column(fact, day.path, Holding.DAY, meaning=FOR.with_parts(what=fact.label)) for day in (first, last))
        case Greatest(paths) | Least(paths):
            return tuple(_direct(fact, path) for path in paths)
        case _:
            assert_never(fact.derived)


def anchors_of(fact: Fact) -> tuple[Column, ...]:
    """The columns of days that *fact* is counted from where a frame has them; without them it is of the decision day."""
    match fact.derived:
        case GrownDaily(_, as_of, since):
            return tuple(_column(fact, path, Holding.DAY, meaning=_day_behind(fact)) for path in (as_of, since))
        case Measured(_, as_of):
            return (_column(fact, as_of, Holding.DAY, meaning=OF_THE_DAY.with_parts(what=fact.label)),)
        case _:
            return ()


def day_path(fact: Fact, day: Field | Latest) -> str:
    """The column of the day that *fact* counts from: its field, or, for a day of a collection, the fact's own name."""
    return day.path if isinstance(day, Field) else f"{fact.name}_day"


def _direct(fact: Fact, path: str) -> Column:
    holds = holding_of(fact)
    codes = tuple(map(choice_code, fact.domain.items)) if isinstance(fact.domain, Choices) else ()
    return _column(fact, path, holds, meaning=fact.label, codes=codes)


def _summed(fact: Fact, path: str) -> Column:
    name = FOR.with_parts(what=fact.label)
    return attrs.evolve(_column(fact, path, Holding.AMOUNT, meaning=name), is_summed=True)


def _column(fact: Fact, path: str, holds: Holding, *, meaning: Label, codes: tuple[str, ...] = ()) -> Column:
    unit = _MINOR if isinstance(fact.domain, Amounts) else None
    if fact.unit is not None and holds is Holding.COUNT:
        unit = Label(fact.unit.label("zh"), fact.unit.label("en"))
    absent = fact.when_absent
    absent = absent if absent is None or isinstance(absent, bool | int) else choice_code(absent)
    return Column(path=path, holds=holds, codes=codes, unit=unit, meaning=meaning, facts=(fact.name,), absent=absent)


def _day_behind(fact: Fact) -> Label:
    return COUNTED_FROM.with_parts(what=fact.label)


def holding_of(fact: Fact) -> Holding:
    """What a column of values of *fact* holds.

    Raises:
        InvalidPolicyError: If it is a set of outcomes.
    """
    match fact.domain:
        case Counts() | Points():
            return Holding.COUNT
        case Amounts():
            return Holding.AMOUNT
        case Ratios():
            return Holding.RATIO
        case Flags():
            return Holding.FLAG
        case Choices():
            return Holding.CODE
        case Days():
            return Holding.DAY
        case Sets():
            raise InvalidPolicyError(subject=fact.name, problem=Phrase("结论集合无法以列给出", "a set of outcomes cannot be given in a column"))
        case _:
            assert_never(fact.domain)


def currencies_of(subject: Subject) -> tuple[str, ...]:
    """The currencies of the amounts in the rows of *subject*, each once: that of its policies, or of the limits of a graph."""
    said = subject.words.currency if subject.is_policy else subject.editions[0].graph.currency
    return () if said is None else (said,)
