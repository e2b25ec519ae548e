"""The source of the quick way from a case file to facts: one function, written and compiled once for a graph.

Every field is read once, and every value is checked against limits that stand in the text. Whatever is not as usual -
a value of another type, outside its domain, a field that is not there - is left to the careful way: for one field by
calling it for that field, for all else by returning ``None``. So the quick way has no errors of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import partial
from typing import Any, Final, TypeAlias, assert_never

import attrs

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
    Terms,
)
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.ratios import EXACT_PRODUCT, Ratios
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.extraction.case_source import DAY, INDENT, CaseSource, begun_text
from revisit_policy.language.extraction.maker import as_quotient, encoded, maker_of
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.values.dates import Date, month_end
from revisit_policy.values.money import Money
from revisit_policy.values.ratio import exact_ratio

#: The encoded values, and the places of those that are unknown.
Extracted: TypeAlias = tuple[tuple[Any, ...], tuple[int, ...]]

#: From a case, a day and the supplied facts; ``None`` where anything is unusual.
QuickExtraction: TypeAlias = Callable[[object, Date, Mapping[str, object]], Extracted | None]


def quick_extraction(facts: tuple[Fact, ...]) -> QuickExtraction:
    """The quick way to the values of *facts*, compiled."""
    source = ExtractionSource(facts)
    scope = dict(source.scope)
    exec(compile(source.text, "<extract>", "exec"), scope)  # noqa: S102 - our own text, made of names and checked numbers
    found: QuickExtraction = scope["extract"]
    return found


@attrs.frozen
class ExtractionSource:
    """The text of ``extract(case, on, supplied)`` for *facts*, and what it names.

    In the text ``f3`` is the value of the fact at place 3 as it is compared, and ``encode3`` its careful encoding.
    """

    facts: tuple[Fact, ...]
    scope: dict[str, Any] = attrs.field(init=False, factory=lambda: {"Date": Date, "Fraction": Fraction, "Money": Money, "month_end": month_end})
    case: CaseSource = attrs.field(init=False, factory=CaseSource)
    text: str = attrs.field(init=False)

    @text.default
    def _written(self) -> str:
        made = [line for place, fact in enumerate(self.facts) for line in self._fact(place, fact)]
        values = "".join(f"f{place}, " for place in range(len(self.facts)))
        lines = [*DAY, *self.case.lines(), "unknown = ()", *made, f"return ({values}), unknown"]
        return "\n".join(["def extract(case, on, supplied):", *(INDENT + line for line in lines)]) + "\n"

    def _fact(self, place: int, fact: Fact) -> Iterator[str]:
        if fact == DECISION_DAY:
            yield from self._value(place, "on")
            return
        derived = fact.derived
        match derived:
            case Supplied():
                self.scope[f"absent{place}"] = fact.when_absent
                yield f"s{place} = supplied.get({fact.name!r}, absent{place})"
                yield from self._value(place, f"s{place}")
            case Measured(path, as_of):
                self.scope[f"make{place}"] = maker_of(self.facts[place])
                yield f"x{place} = {self.case.raw(path)} if {self.case.raw(as_of)} is None else make{place}(case, on)"
                yield from self._value(place, f"x{place}")
            case Field(path):
                yield from self._value(place, self.case.raw(path))
            case Latest():
                yield from self._value(place, self.case.latest(derived))
            case CountOf():
                name = self.case.count(derived)
                yield f"if {self.case.raw(derived.collection)} is None: {name} = None"
                yield from self._value(place, name)
            case Greatest(paths) | Least(paths):
                yield from self._extreme(place, paths, "max" if isinstance(derived, Greatest) else "min")
            case Quotient() | RelativeChange():
                yield from self._quotient(place, as_quotient(derived))
            case DaysSince() | MonthsElapsed() | MonthsBegun() | MonthsUntil():
                yield from self._since(place, derived)
            case DaysFromTo(first, last):
                yield from self._from_to(place, self.case.raw(first.path), self.case.raw(last.path))
            case GrownDaily():
                yield from self._grown(place, derived)
            case _:
                assert_never(derived)

    # -- one value, by its domain ------------------------------------------------------------------------------------

    def _value(self, place: int, raw: str) -> Iterator[str]:
        """Lines that encode the value named *raw*; whatever is unusual about it, they call its careful encoding."""
        fact, f = self.facts[place], f"f{place}"
        self.scope[f"encode{place}"] = fact.encode if isinstance(fact.derived, Supplied) else partial(encoded, fact)
        domain = fact.domain
        match domain:
            case Counts(low, high, 1):
                yield f"{f} = {raw}"
                yield f"if type({f}) is not int or not {low} <= {f} <= {high}:"
            case Flags():
                yield f"{f} = {raw}"
                yield f"if {f} is not False and {f} is not True:"
            case Amounts(low, high):
                is_in_it = "" if domain.is_of_any else f" and {raw}.currency == {low.currency!r}"
                yield f"{f} = {raw}.minor if type({raw}) is Money{is_in_it} else None"
                yield f"if {f} is None or not {low.minor} <= {f} <= {high.minor}:"
            case Days(low, high):
                yield f"{f} = {raw}.toordinal() if type({raw}) is Date else 0"
                yield f"if not {low.toordinal()} <= {f} <= {high.toordinal()}:"
            case Ratios():
                at_most = "<=" if _tells_apart(domain) else "<"
                yield f"{f} = None"
                yield f"if type({raw}) is Fraction:"
                yield f"    over, under = {raw}.as_integer_ratio()"
                yield f"    if under <= {domain.denominator}: {f} = over / under"
                yield f"if {f} is None or not {_inside(domain, f, at_most)}:"
            case Choices(items) if any(isinstance(item, Enum) for item in items):
                # by identity, because Python hashes a member of an enumeration slowly
                self.scope[f"bits{place}"] = {id(item): domain.encode(item) for item in items if isinstance(item, Enum)}
                yield f"{f} = bits{place}.get(id({raw}))"
                yield f"if {f} is None:"
            case Counts() | Choices() | Sets() | Points():
                yield "if True:"
            case _:
                assert_never(domain)
        yield f"    {f} = None if {raw} is None else encode{place}({raw})"
        yield f"    if {f} is None: unknown += {place},"

    # -- what is worked out of several -------------------------------------------------------------------------------

    def _worked_out(self, place: int, usual: str, value: str, *, names: list[str]) -> Iterator[str]:
        """Lines that take *value* where all of *names* are as *usual* has it; what is unusual the careful maker makes."""
        self.scope[f"make{place}"] = maker_of(self.facts[place])
        yield f"if {' and '.join(usual.format(name) for name in names)}: x{place} = {value}"
        yield f"elif {' or '.join(f'{name} is None' for name in names)}: x{place} = None"
        yield f"else: x{place} = make{place}(case, on)"
        yield from self._value(place, f"x{place}")

    def _extreme(self, place: int, paths: tuple[str, ...], pick: str) -> Iterator[str]:
        names = [self.case.raw(path) for path in paths]
        usual = _USUAL.get(type(self.facts[place].domain), "None")
        yield from self._worked_out(place, f"type({{}}) is {usual}", f"{pick}(({', '.join(names)},))", names=names)

    def _since(self, place: int, derived: DaysSince | MonthsElapsed | MonthsBegun | MonthsUntil) -> Iterator[str]:
        since = self.case.latest(derived.day) if isinstance(derived.day, Latest) else self.case.raw(derived.day.path)
        yield from self._worked_out(place, "type({}) is Date", _measured(derived, since), names=[since])

    def _from_to(self, place: int, first: str, last: str) -> Iterator[str]:
        yield from self._worked_out(place, "type({}) is Date", f"{last}.toordinal() - {first}.toordinal()", names=[first, last])

    def _grown(self, place: int, derived: GrownDaily) -> Iterator[str]:
        count, as_of, since = map(self.case.raw, (derived.count, derived.as_of, derived.since))
        self.scope[f"make{place}"] = maker_of(self.facts[place])
        yield f"if {since} is None and {as_of} is None: x{place} = {count}"
        yield f"elif type({since}) is Date: x{place} = today - {since}.toordinal()"
        yield f"elif {since} is None and type({count}) is int and type({as_of}) is Date:"
        yield f"    x{place} = {count} + today - {as_of}.toordinal() if {count} > 0 else {count}"
        yield f"else: x{place} = make{place}(case, on)"
        yield from self._value(place, f"x{place}")

    def _quotient(self, place: int, derived: Quotient) -> Iterator[str]:
        f, domain = f"f{place}", self.facts[place].domain
        paths = derived.over.paths + derived.under.paths
        if not isinstance(domain, Ratios) or not paths:
            yield "return None"
            return
        names = tuple(dict.fromkeys(map(self.case.number, paths)))
        yield f"if {' or '.join(f'{name} is None' for name in names)}:"
        yield f"    {f} = None"
        yield f"    unknown += {place},"
        yield f"elif {' == '.join(f'u{name}' for name in names)}:" if len(names) > 1 else "else:"
        yield f"    under = {self._sum(derived.under)}"
        yield f"    if 0 < under <= {domain.denominator}:"
        yield f"        {f} = ({self._sum(derived.over)}) / under"
        yield f"        if not {_inside(domain, f, '<=')}: return None"
        yield "    elif under: return None"
        yield from (f"    {line}" for line in _instead(place, domain, derived.under_zero))
        if len(names) > 1:
            yield "else: return None"

    def _sum(self, terms: Terms) -> str:
        plus = " + ".join(map(self.case.number, terms.plus)) or "0"
        return plus + "".join(f" - {self.case.number(path)}" for path in terms.minus)


#: What the values are that lie on a line, where they come as usual.
_USUAL: Final[Mapping[type, str]] = {Counts: "int", Amounts: "Money", Days: "Date", Ratios: "Fraction"}


def _measured(derived: DaysSince | MonthsElapsed | MonthsBegun | MonthsUntil, since: str) -> str:
    match derived:
        case DaysSince():
            return f"today - {since}.toordinal()"
        case MonthsElapsed():
            return f"month - {since}.year * 12 - {since}.month - ({since}.day > reach)"
        case MonthsBegun():
            return begun_text(since)
        case MonthsUntil():
            return f"{since}.year * 12 + {since}.month - month + ({since}.day > day)"
        case _:
            assert_never(derived)


def _instead(place: int, domain: Ratios, under_zero: str | None) -> Iterator[str]:
    """What follows where the divisor is zero."""
    if under_zero is None:
        yield "else:"
        yield f"    f{place} = None"
        yield f"    unknown += {place},"
        return
    value = exact_ratio(under_zero)
    sound = value.denominator <= domain.denominator and domain.low <= value <= domain.high
    yield f"else: f{place} = {domain.encode(value)!r}" if sound else "else: return None"


def _inside(domain: Ratios, value: str, at_most: str) -> str:
    low, high = domain.encode(domain.low), domain.encode(domain.high)
    return f"{low!r} {at_most} {value} {at_most} {high!r}"


def _tells_apart(domain: Ratios) -> bool:
    """True if a quotient beside a bound of *domain* is never rounded to the bound itself."""
    return all(abs(bound.numerator) * domain.denominator < EXACT_PRODUCT for bound in (domain.low, domain.high))
