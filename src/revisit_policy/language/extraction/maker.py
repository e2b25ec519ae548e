"""Makers: the careful way from a case file to one fact, one maker a derivation.

A maker reads the raw value; :func:`encoded` checks it and writes it down as it is compared. This is what a derivation
means. The quick way of :mod:`revisit_policy.language.extraction.extraction_source` is held against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, TypeAlias, assert_never

from revisit_policy.errors import InvalidValueError
from revisit_policy.language.derivation import (
    CountOf,
    DaysFromTo,
    DaysSince,
    Derivation,
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
    Terms,
    Where,
)
from revisit_policy.language.domains.choice_words import choice_code
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.domains.unknown import is_unknown
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months, months_begun, months_elapsed, to_date
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.money import Money
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import refused

#: Reads one raw value from a case file on a day; ``None`` if it is unknown.
Maker: TypeAlias = Callable[[object, Date], Any]


def maker_of(fact: Fact) -> Maker | None:
    """How *fact* is made; ``None`` if the caller supplies it."""
    if fact == DECISION_DAY:
        return lambda _case, on: on
    return None if isinstance(fact.derived, Supplied) else _made(fact.derived)


def _made(derived: Derivation) -> Maker:
    match derived:
        case Measured():
            return _measured(derived)
        case Field(path):
            return _field(path)
        case Quotient() | RelativeChange():
            return _quotient(as_quotient(derived))
        case Latest():
            return _latest(derived)
        case CountOf():
            return _count(derived)
        case DaysSince() | MonthsElapsed() | MonthsBegun() | MonthsUntil():
            return _since(derived)
        case DaysFromTo():
            return _from_to(derived)
        case GrownDaily():
            return _grown(derived)
        case Greatest(paths):
            return _extreme(paths, max)
        case Least(paths):
            return _extreme(paths, min)
        case Supplied():
            raise AssertionError(derived)  # the caller gives it
        case _:
            assert_never(derived)


def _field(path: str) -> Maker:
    steps = tuple(path.split("."))

    def read(case: object, _on: Date) -> Any:
        here: Any = case
        for step in steps:
            if here is None:
                return None
            try:
                here = getattr(here, step)
            except AttributeError:
                raise InvalidValueError(owner="case", field=path, value=case, expected=Phrase("案件资料的字段", "a field of the case file")) from None
        return here

    return read


def _extreme(paths: tuple[str, ...], pick: Callable[[list[Any]], Any]) -> Maker:
    fields = tuple(map(_field, paths))

    def read(case: object, on: Date) -> Any:
        values = [field(case, on) for field in fields]
        return None if any(map(is_unknown, values)) else pick(values)

    return read


# -- ratios ----------------------------------------------------------------------------------------------------------


def as_quotient(derived: Quotient | RelativeChange) -> Quotient:
    """*derived* itself, or the quotient that a change is."""
    if isinstance(derived, Quotient):
        return derived
    return Quotient(Terms((derived.now,), (derived.before,)), Terms((derived.before,)))


def _quotient(derived: Quotient) -> Maker:
    over, under = derived.over, derived.under
    fields = tuple(map(_field, over.paths + under.paths))
    instead = None if derived.under_zero is None else exact_ratio(derived.under_zero).as_integer_ratio()

    def read(case: object, on: Date) -> tuple[int, int] | None:
        values = [field(case, on) for field in fields]
        if any(map(is_unknown, values)):
            return None
        numbers = iter(_whole_numbers(values))
        top, bottom = _total(over, numbers), _total(under, numbers)
        return (top, bottom) if bottom else instead

    return read


def _total(terms: Terms, numbers: Iterator[int]) -> int:
    plus = sum(next(numbers) for _ in terms.plus)
    return plus - sum(next(numbers) for _ in terms.minus)


def _whole_numbers(values: list[Any]) -> list[int]:
    """Minor units of one currency, or whole numbers as they are."""
    units = {value.currency if isinstance(value, Money) else type(value) for value in values}
    if len(units) > 1:
        raise refused(tuple(values), Phrase("同一币种的金额，或全为整数", "money of one currency, or whole numbers only"))
    if all(isinstance(value, Money) for value in values):
        return [value.minor for value in values]
    if units != {int}:
        raise refused(values[0], Phrase("金额或整数", "money or a whole number"))
    return values


# -- days and collections --------------------------------------------------------------------------------------------


def _since(derived: DaysSince | MonthsElapsed | MonthsBegun | MonthsUntil) -> Maker:
    day = _dated(derived.day.path) if isinstance(derived.day, Field) else _made(derived.day)
    measure: Callable[[Date, Date], int]
    match derived:
        case DaysSince():
            measure = _days_between
        case MonthsElapsed():
            measure = months_elapsed
        case MonthsBegun():
            measure = months_begun
        case MonthsUntil():
            measure = _months_until

    def read(case: object, on: Date) -> int | None:
        since = day(case, on)
        return None if since is None else measure(since, on)

    return read


def _dated(path: str) -> Maker:
    """Reads the day at *path*; what is no day is refused by its own name, and not by that of the fact that is made of it."""
    field = _field(path)

    def read(case: object, on: Date) -> Date | None:
        day = field(case, on)
        try:
            return None if day is None else to_date(day)
        except InvalidValueError as error:
            raise InvalidValueError(owner="", field=path, value=day, expected=error.expected) from None

    return read


def _days_between(since: Date, on: Date) -> int:
    return on.toordinal() - since.toordinal()


def _from_to(derived: DaysFromTo) -> Maker:
    first, last = _dated(derived.first.path), _dated(derived.last.path)

    def read(case: object, on: Date) -> int | None:
        begins, ends = first(case, on), last(case, on)
        return None if begins is None or ends is None else _days_between(begins, ends)

    return read


def _measured(derived: Measured) -> Maker:
    value, as_of = _field(derived.path), _dated(derived.as_of)

    def read(case: object, on: Date) -> object:
        of = as_of(case, on)
        if of is not None and of > on:
            expected = Phrase("不晚于决策日 {on}", "on or before the decision day {on}", on=on)
            raise InvalidValueError(owner="", field=derived.as_of, value=str(of), expected=expected)
        return value(case, on)

    return read


def _grown(derived: GrownDaily) -> Maker:
    count, as_of, since = _field(derived.count), _dated(derived.as_of), _dated(derived.since)

    def read(case: object, on: Date) -> int | None:
        began, counted, of = since(case, on), count(case, on), as_of(case, on)
        if began is not None:
            return _days_between(began, on)
        if type(counted) is not int or counted <= 0 or of is None:
            return counted  # type: ignore[no-any-return] # whatever it is, its encoding refuses what is no count
        return counted + _days_between(of, on)

    return read


def _months_until(day: Date, on: Date) -> int:
    return months_begun(on, day)


def _latest(derived: Latest) -> Maker:
    items, day = _field(derived.collection), attrgetter(derived.day)

    def read(case: object, on: Date) -> Date | None:
        days = [day(item) for item in _kept(items(case, on), derived.where)]
        return max((to_date(at) for at in days if at is not None), default=None)

    return read


def _count(derived: CountOf) -> Maker:
    items, day, months = _field(derived.collection), attrgetter(derived.day), derived.months

    def read(case: object, on: Date) -> int | None:
        found = items(case, on)
        if found is None:
            return None
        days = [day(item) for item in _kept(found, derived.where)]
        if months is None:
            return len(days)
        return sum(1 for at in days if at is not None and on <= add_months(to_date(at), months))

    return read


def _kept(items: Iterable[Any] | None, where: tuple[Where, ...]) -> Iterator[Any]:
    for item in items or ():
        if all(_is_one_of(getattr(item, part.field), part.codes) for part in where):
            yield item


def _is_one_of(choice: object, codes: tuple[str, ...]) -> bool:
    return choice is not None and choice_code(choice) in codes


# -- what was read, as it is compared --------------------------------------------------------------------------------


def encoded(fact: Fact, raw: Any) -> Any:
    """Return *raw* as it is compared, ``None`` if it is unknown.

    Raises:
        InvalidValueError: If it is of another type or outside the domain.
        UnknownNameError: If it is text that names no choice.
    """
    if type(raw) is tuple and isinstance(fact.domain, Ratios):
        return _ratio(fact.domain, *raw)
    if isinstance(fact.domain, Choices) and not isinstance(raw, str) and not is_unknown(raw):
        finer = isinstance(raw, OrderedLabelled) and raw not in fact.domain.items and raw.coarser in fact.domain.items
        raw = raw.coarser if finer else choice_code(raw)  # an enumeration of the bank's own may name a choice by the same code
    return fact.encode(raw)


def _ratio(domain: Ratios, over: int, under: int) -> float:
    if under < 0:
        over, under = -over, -under
    if under > domain.denominator:
        raise refused(f"{over}/{under}", Phrase("分母不超过{denominator}", "a denominator of at most {denominator}", denominator=domain.denominator))
    value = over / under
    if not domain.encode(domain.low) <= value <= domain.encode(domain.high):
        expected = Phrase("{low:g}至{high:g}的比率", "a ratio from {low:g} to {high:g}", low=float(domain.low), high=float(domain.high))
        raise InvalidValueError(owner="", field="", value=value, expected=expected)
    return value
