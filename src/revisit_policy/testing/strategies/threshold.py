"""Thresholds: every limit that a rule compares a fact with, and the values just below, at and just above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from fractions import Fraction
from typing import Any, Final, cast

import attrs

from revisit_policy.language.condition import ALWAYS, Compare, Comparison, Condition, Includes, OneOf, comparisons
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
from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import condition_text
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.labels import Labelled, Lang
from revisit_policy.values.money import Money

#: A ratio has no smallest step. Its neighbours are taken one hundredth of a per cent away, which people still write.
RATIO_PLACES: Final = 4

#: Decimals beyond which a limit was not written as a decimal.
MOST_PLACES: Final = 10


#: A day of the fact "decision day" that no rule asks about.
PLAIN_DAY: Final = Date(2026, 6, 30)


class Side(Labelled, zh="限值的一侧"):
    """Where a value lies, seen from a limit."""

    BELOW = "below", "之下", "below"
    AT = "at", "恰为", "at"
    ABOVE = "above", "之上", "above"


@attrs.frozen
class Threshold:
    """One limit against which one rule holds one measured fact."""

    table: str
    rule: str
    comparison: Compare

    @property
    def fact(self) -> Fact:
        """The fact that is compared."""
        return self.comparison.fact

    @property
    def text(self) -> str:
        """The comparison as it is written in the rule."""
        return condition_source(self.comparison)

    def side(self, encoded: Any) -> Side:
        """Where an *encoded* value lies."""
        limit = self.fact.domain.encode(self.comparison.limit)
        return Side.AT if encoded == limit else Side.BELOW if encoded < limit else Side.ABOVE

    def value(self, side: Side) -> Any:
        """The value one step on that *side*, or the limit itself; ``None`` if it is outside the domain."""
        steps = {Side.BELOW: -1, Side.AT: 0, Side.ABOVE: 1}[side]
        return moved(self.fact, self.comparison.limit, steps)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that the fact's domain has."""
        return tuple(side for side in Side if self.value(side) is not None)


def thresholds(table: Table) -> tuple[Threshold, ...]:
    """The thresholds of *table* on facts from outside, rule by rule, each once."""
    found = (
        Threshold(table.id, rule.id, part)
        for rule in table.rules
        for part in comparisons(rule.condition)
        if isinstance(part, Compare) and part.fact.is_measured and part.fact.table is None
    )
    return tuple(dict.fromkeys(found))


def step(fact: Fact, limit: Any) -> Any:
    """The smallest step of a measured *fact* that is worth testing at *limit*, in exact units.

    One for a count (or its step), a day, a minor unit of money; for a ratio a hundredth of a per cent, or the last
    decimal of a limit that is written more finely.
    """
    match fact.domain:
        case Counts(step=size):
            return size
        case Ratios():
            return Fraction(1, 10 ** _places(limit))
        case _:
            return 1


def _places(limit: Fraction) -> int:
    """The decimals in which *limit* and its neighbours are written."""
    ends = (places for places in range(RATIO_PLACES, MOST_PLACES) if (limit * 10**places).denominator == 1)
    return next(ends, RATIO_PLACES)  # a third never ends


def moved(fact: Fact, limit: Any, steps: int) -> Any:
    """The exact value *steps* steps from *limit*; ``None`` if that is outside the fact's domain."""
    by = steps * step(fact, limit)
    domain = fact.domain
    value: Any
    match domain:
        case Counts(low=low, high=high) | Ratios(low=low, high=high) | Points(low=low, high=high):
            value = limit + by
            return value if low <= value <= high else None
        case Amounts(low=low, high=high):
            value = Money(limit.minor + by, limit.currency)
            return value if low <= value <= high else None
        case Days(low=low, high=high):
            ordinal = limit.toordinal() + by
            return from_ordinal(ordinal) if low.toordinal() <= ordinal <= high.toordinal() else None
        case _:
            return None


def plain(fact: Fact, exact: Any) -> Any:
    """An *exact* value of *fact* as a person types it: codes for choices, text for days and ratios."""
    match fact.domain:
        case Ratios() as ratios:
            return ratios.source(exact).strip("'")
        case Days():
            return str(exact)
        case Choices():
            return choice_code(exact) if isinstance(exact, Enum | str) else exact
        case Sets():
            return tuple(choice_code(item) if isinstance(item, Enum) else item for item in exact)
        case _:
            return exact


def condition_source(condition: Condition) -> str:
    """*condition* as it is written in a rule, without the brackets around it.

    One without parts is always true, and one that names whole values, such as signals, stands in words.
    """
    if condition == ALWAYS:
        return "always"
    if any(not isinstance(choice, Enum | str | int) for part in comparisons(condition) for choice in _named(part)):
        return condition_text(condition, Lang.EN)
    text = repr(condition)
    return text[1:-1] if text.startswith("(") else text


def _named(part: Comparison) -> tuple[Any, ...]:
    """The choices that a comparison names, if it names any."""
    match part:
        case OneOf(_, choices):
            return choices
        case Includes(_, elements):
            return elements
        case Compare(fact, _, limit) if isinstance(fact.domain, Choices):
            return (limit,)
        case _:
            return ()


def source_of(facts: Iterable[tuple[str, Any]]) -> str:
    """*facts* as keyword arguments that can be pasted into a call."""
    return ", ".join(f"{name}={value!r}" for name, value in facts)


def telling_values(fact: Fact, limits: Iterable[Any]) -> tuple[Any, ...]:
    """The exact values of *fact* at which something changes, in ascending order.

    For a fact on a line: one step below each of *limits*, the limit and one step above, and both ends of the domain.
    For a choice or a flag: every value. For a set: none, each element alone, and all.
    """
    domain = fact.domain
    match domain:
        case Flags():
            return False, True
        case Choices(items):
            return items
        case Sets(items):
            return tuple(dict.fromkeys(((), *((item,) for item in items), items)))
        case Points(low, high):
            return tuple(sorted({low, (low + high) // 2, high}))
        case _:
            ends = (domain.low, domain.high)
            found = {value for limit in (*limits, *ends) for value in _around(fact, limit)}
            return tuple(sorted(found, key=domain.encode))


def _around(fact: Fact, limit: Any) -> Iterator[Any]:
    for steps in (-1, 0, 1):
        value = moved(fact, limit, steps)
        if value is not None:
            yield value


def finest_values(fact: Fact, limits: Iterable[Any]) -> tuple[Any, ...]:
    """The ratios nearest to *limits* that the domain can tell from them; nothing for facts of another kind."""
    domain = fact.domain
    if not isinstance(domain, Ratios):
        return ()
    size = domain.denominator
    near = (Fraction(round(limit * size) + by, size) for limit in limits for by in (-1, 1))
    return tuple(value for value in near if domain.low <= value <= domain.high)


def limits_by_fact(tables: Iterable[Table]) -> dict[str, tuple[Any, ...]]:
    """The limits that *tables* hold each measured fact against, by the fact's name, in ascending order."""
    found: dict[str, dict[Any, Fact]] = {}
    for table in tables:
        for threshold in thresholds(table):
            found.setdefault(threshold.fact.name, {})[threshold.comparison.limit] = threshold.fact
    return {
        name: tuple(sorted(limits, key=next(iter(limits.values())).domain.encode)) for name, limits in found.items()
    }


def usual_day(fact: Fact, limits: tuple[Any, ...]) -> Date:
    """A day on which the rules of today are in force: the latest of *limits*, or a plain one if there is none."""
    domain = cast("Days", fact.domain)
    return limits[-1] if limits else max(domain.low, min(domain.high, PLAIN_DAY))
