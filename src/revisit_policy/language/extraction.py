"""Extraction: the facts of a graph made from a case file, in the way each fact's derivation says.

A case file is any object with the fields that the derivations name; a step of a path that is ``None`` makes the
fact unknown. Money is read in minor units, a day as its ordinal, an enumeration by its member or code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeAlias, assert_never, cast

import attrs

from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError, UnknownNameError
from revisit_policy.language.derivation import (
    CountOf,
    DaysSince,
    Derivation,
    Field,
    Greatest,
    Latest,
    Least,
    MonthsBegun,
    MonthsElapsed,
    MonthsUntil,
    Quotient,
    RelativeChange,
    Supplied,
    Terms,
    Where,
)
from revisit_policy.language.domain import Amounts, Choices, Counts, Flags, Ratios, choice_code
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.snapshot import Snapshot, with_stand_ins
from revisit_policy.values.dates import Date, add_months, months_begun, months_elapsed, to_date
from revisit_policy.values.money import Money
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import Fault, placed

#: Reads one raw value from a case file on a day; ``None`` if it is unknown.
Maker: TypeAlias = Callable[[object, Date], Any]


@attrs.frozen
class Extraction:
    """The way from a case file to a snapshot of *facts*."""

    facts: tuple[Fact, ...]

    @cached_property
    def _makers(self) -> tuple[tuple[Fact, Maker | None], ...]:
        return tuple((fact, _maker(fact)) for fact in self.facts)

    def snapshot(
        self,
        case: object,
        *,
        on: str | dt.date,
        supplied: Mapping[str, object],
        assuming: tuple[Assumption, ...] = (),
    ) -> Snapshot:
        """Make the facts of *case* as of the day *on*.

        Raises:
            InvalidInputError: If facts are outside their domains, all of them together.
            UnknownNameError: If *supplied* names a fact that this graph does not take from the caller.
        """
        day = to_date(on)
        self._check_supplied(supplied)
        values: list[Any] = []
        faults: list[InvalidValueError] = []
        for fact, maker in self._makers:
            try:
                if maker is None:
                    values.append(fact.encode(supplied.get(fact.name, fact.when_absent)))
                else:
                    values.append(_encoded(fact, maker(case, day)))
            except RevisitPolicyError as error:
                faults.append(placed(Fault(supplied.get(fact.name), error), fact.name))
        if faults:
            raise InvalidInputError.of("facts", faults)
        return with_stand_ins(self.facts, values, assuming)

    def _check_supplied(self, supplied: Mapping[str, object]) -> None:
        taken = tuple(fact.name for fact, maker in self._makers if maker is None)
        for name in supplied:
            if name not in taken:
                raise UnknownNameError(kind="supplied fact", name=name, known=taken)


def _encoded(fact: Fact, raw: Any) -> Any:
    """Return *raw* as it is compared, having checked that it lies in the domain."""
    if raw is None:
        return None
    domain = fact.domain
    if type(raw) is tuple and isinstance(domain, Ratios):
        return _quotient(fact, *raw)
    if type(raw) is int and type(domain) is Counts:
        if domain.low <= raw <= domain.high:
            return raw
        raise InvalidValueError(
            owner="", field=fact.name, value=raw, expected=f"a whole number from {domain.low} to {domain.high}"
        )
    if type(raw) is bool and type(domain) is Flags:
        return raw
    if type(raw) is Money and type(domain) is Amounts and raw.currency == domain.low.currency:
        if domain.low.minor <= raw.minor <= domain.high.minor:
            return raw.minor
    elif isinstance(domain, Choices) and not isinstance(raw, str):
        raw = choice_code(raw)
    return fact.encode(raw)


def _quotient(fact: Fact, over: int, under: int) -> float:
    domain = cast("Ratios", fact.domain)
    if under < 0:
        over, under = -over, -under
    if under > domain.denominator:
        raise InvalidValueError(
            owner="", field=fact.name, value=f"{over}/{under}", expected=f"a denominator of at most {domain.denominator}"
        )
    value = over / under
    if not domain.encode(domain.low) <= value <= domain.encode(domain.high):  # as floats: fractions compare slowly
        expected = f"a ratio from {float(domain.low):g} to {float(domain.high):g}"
        raise InvalidValueError(owner="", field=fact.name, value=value, expected=expected)
    return value


# -- one maker a derivation ------------------------------------------------------------------------------------------


def _maker(fact: Fact) -> Maker | None:
    """How *fact* is made; ``None`` if the caller supplies it."""
    if fact == DECISION_DAY:
        return lambda _case, on: on
    return None if isinstance(fact.derived, Supplied) else _made(fact.derived)


def _made(derived: Derivation) -> Maker:
    match derived:
        case Field(path):
            return _field(path)
        case Quotient():
            return _quotient_maker(derived)
        case RelativeChange(now, before):
            return _change_maker(now, before)
        case Latest() | CountOf():
            return _collection_maker(derived)
        case DaysSince() | MonthsElapsed() | MonthsBegun() | MonthsUntil():
            return _since_maker(derived)
        case Greatest(paths):
            return _extreme_maker(paths, max)
        case Least(paths):
            return _extreme_maker(paths, min)
        case Supplied():
            raise AssertionError(derived)  # the caller gives it
        case _:
            assert_never(derived)


def _field(path: str) -> Maker:
    steps = tuple(path.split("."))
    get = attrgetter(path)

    def read(case: object, _on: Date) -> Any:
        try:
            return get(case)
        except AttributeError:
            return _walk(case, steps)

    return read


def _walk(case: object, steps: tuple[str, ...]) -> Any:
    """Walk *steps* down from *case*, stopping at the first ``None``."""
    here: Any = case
    for step in steps:
        if here is None:
            return None
        here = getattr(here, step)
    return here


def _number(value: Any) -> Any:
    return value.minor if type(value) is Money else value


def _terms(terms: Terms) -> Callable[[object, Date], int | None]:
    plus, minus = tuple(map(_field, terms.plus)), tuple(map(_field, terms.minus))

    def read(case: object, on: Date) -> int | None:
        total = 0
        for sign, fields in ((1, plus), (-1, minus)):
            for field in fields:
                value = field(case, on)
                if value is None:
                    return None
                total += sign * _number(value)
        return total

    return read


def _quotient_maker(derived: Quotient) -> Maker:
    over, under = _terms(derived.over), _terms(derived.under)
    instead = None if derived.under_zero is None else exact_ratio(derived.under_zero).as_integer_ratio()

    def read(case: object, on: Date) -> tuple[int, int] | None:
        top, bottom = over(case, on), under(case, on)
        if top is None or bottom is None:
            return None
        return (top, bottom) if bottom else instead

    return read


def _change_maker(now: str, before: str) -> Maker:
    later, earlier = _field(now), _field(before)

    def read(case: object, on: Date) -> tuple[int, int] | None:
        new, old = _number(later(case, on)), _number(earlier(case, on))
        return None if new is None or old is None or not old else (new - old, old)

    return read


def _kept(items: Iterable[Any], where: tuple[Where, ...]) -> Iterable[Any]:
    for item in items:
        if all(choice_code(getattr(item, part.field)) in part.codes for part in where):
            yield item


def _collection_maker(derived: Latest | CountOf) -> Maker:
    items, day = _field(derived.collection), attrgetter(derived.day)
    if isinstance(derived, Latest):
        return lambda case, on: max(
            (day(item) for item in _kept(items(case, on) or (), derived.where) if day(item) is not None), default=None
        )
    months = derived.months

    def count(case: object, on: Date) -> int:
        kept = [day(item) for item in _kept(items(case, on) or (), derived.where)]
        return len(kept) if months is None else sum(1 for at in kept if at is not None and on <= add_months(at, months))

    return count


def _since_maker(derived: DaysSince | MonthsElapsed | MonthsBegun | MonthsUntil) -> Maker:
    day = _made(derived.day)
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


def _days_between(since: Date, on: Date) -> int:
    return on.toordinal() - since.toordinal()


def _months_until(day: Date, on: Date) -> int:
    return months_begun(on, day)


def _extreme_maker(paths: tuple[str, ...], pick: Callable[[list[Any]], Any]) -> Maker:
    fields = tuple(map(_field, paths))

    def read(case: object, on: Date) -> Any:
        values = [field(case, on) for field in fields]
        return None if None in values else pick(values)

    return read
