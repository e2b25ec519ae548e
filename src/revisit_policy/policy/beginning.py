"""Beginnings: since when a condition that holds has held."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from revisit_policy.casefile.facts import GROWS_DAILY, MEASURED_ON
from revisit_policy.language.condition import All, AnyOf, Compare, Comparison, Condition
from revisit_policy.language.generated import Found
from revisit_policy.language.reference import truth
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.values.dates import Date, from_ordinal

if TYPE_CHECKING:
    from revisit_policy.casefile.case_file import CaseFile


def counted_since(condition: Condition, facts: Snapshot, *, on: Date, said: Mapping[str, Found]) -> Date | None:
    """The first day on which *condition*, which holds on the day *on*, held by what is counted in days.

    A comparison of a daily count with a lower limit began when the count passed the limit. A conjunction began with
    the last of its parts that can be dated, an alternative with the first; one that holds by a part without a day
    cannot be dated.

    Args:
        condition: What holds.
        facts: The facts of the case.
        on: The day.
        said: What the tables say of it, by id.

    Returns:
        ``None`` if nothing in the condition is counted in days.
    """
    ordinal = _counted(condition, _Readings(facts, said), on=on.toordinal())
    return None if ordinal is None else from_ordinal(ordinal)


def _counted(condition: Condition, readings: _Readings, *, on: int) -> int | None:
    match condition:
        case All(parts):
            return max((day for part in parts if (day := _counted(part, readings, on=on)) is not None), default=None)
        case AnyOf(parts):
            days = [_counted(part, readings, on=on) for part in parts if truth(part, readings) is True]
            return None if None in days else min(days, default=None)  # type: ignore[type-var] # no None left
        case Compare(fact, ">" | ">=" as operator, limit) if fact in GROWS_DAILY:
            first = fact.encode(limit) + (operator == ">")
            value = readings[fact.name]
            return None if value is None else on - (value - int(first))
        case _:
            return None


class _Readings(dict[str, Any]):
    """The encoded values by name, and what earlier tables say, looked up as they are asked for."""

    def __init__(self, facts: Snapshot, said: Mapping[str, Found]) -> None:
        super().__init__()
        self.facts = facts
        self.said = said

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 - an encoded value
        return self.said[name].ruling.reads if name in self.said else self.facts.encoded(name)


def measured_on(comparisons: tuple[Comparison, ...], case: CaseFile) -> Date | None:
    """The latest day on which figures that *comparisons* read were taken; ``None`` if they carry no day."""
    paths = {MEASURED_ON[part.fact] for part in comparisons if part.fact in MEASURED_ON}
    days = [day for path in paths if (day := attrgetter(path)(case)) is not None]
    return max(days, default=None)
