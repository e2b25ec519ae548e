"""Beginnings: since when a condition that holds has held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, Final, TypeVar, cast

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.decision.beginnings.saying import Saying, Sayings, grows_daily, has_figures, measured_path
from revisit_policy.language.condition import ALWAYS, All, AnyOf, Compare, Comparison, Condition, Includes, OneOf
from revisit_policy.language.fact import Fact
from revisit_policy.language.readers.generated import Found
from revisit_policy.language.readers.reference import truth
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.values.dates import Date, from_ordinal, to_date
from revisit_policy.values.labels import Labelled

Day = TypeVar("Day", int, Date)

#: What compares what an earlier table says, laid out once: it is asked of every condition.
_OF_A_TABLE: Final = (Compare, OneOf, Includes)


class Beginnings:
    """Since when conditions that hold for one case have held.

    Args:
        case: The case file.
        facts: Its facts on the day.
        said: What the tables say of it, by id.
        sayings: Which lines of the tables say what is asked.
        on: The day.
    """

    def __init__(self, case: CaseFile, facts: Snapshot, *, said: Mapping[str, Found], sayings: Sayings, on: Date) -> None:
        self._case = case
        self._sayings = sayings
        self._readings = _Readings(facts, said)
        self._on = on.toordinal()
        self._known: dict[tuple[int, Date | None], tuple[Condition, Date | None]] = {}  # with the condition: its id stays taken

    def of(self, condition: Condition, *, recorded: Date | None) -> Date | None:
        """The first day of a *condition* that holds: by what is counted in days, else as *recorded*, else by its figures.

        A comparison of a daily count with a lower limit began when the count passed the limit, one of a figure on the day
        the figure is of. A conjunction began with the last of its parts, an alternative with the first of those that
        hold. A comparison of what an earlier table says began with the first of the rules that say it or more, where no
        rule that outranks them can have held in between, of a signal with its event; a sum of points has no beginning.

        Returns:
            ``None`` if nobody recorded the day: nothing in the condition is counted, and its figures, or one of them,
            carry no day.
        """
        known = self._known.get((id(condition), recorded))
        if known is None:
            known = self._known[id(condition), recorded] = condition, self._of(condition, recorded=recorded)
        return known[1]

    def _of(self, condition: Condition, *, recorded: Date | None) -> Date | None:
        if recorded is None and isinstance(condition, _OF_A_TABLE) and condition.fact.table is not None:
            return self._said(condition, self._of_line)
        ordinal = self._counted(condition)
        if ordinal is not None:
            return from_ordinal(ordinal)
        return self._measured(condition) if recorded is None else recorded

    def _of_line(self, line: Saying) -> Date | None:
        return self.of(line.condition, recorded=self._recorded(line.code))

    def _counted(self, condition: Condition) -> int | None:
        match condition:
            case All(parts):
                return max((day for part in parts if (day := self._counted(part)) is not None), default=None)
            case AnyOf(parts):
                return _first([self._counted(part) for part in self._held(parts)])
            case Compare(fact, ">" | ">=" as operator, limit) if grows_daily(fact):
                first = cast("int", fact.domain.encode(limit)) + (operator == ">")  # accepted when the rule was made
                value = self._readings[fact.name]
                return None if value is None else self._on - (value - first)
            case Compare() | OneOf() | Includes() if condition.fact.table is not None:
                return self._said(condition, lambda line: self._counted(line.condition))
            case _:
                return None

    def _measured(self, condition: Condition) -> Date | None:
        match condition:
            case All(parts):
                days = [(part, self._measured(part)) for part in parts]
                if any(day is None and has_figures(part, self._sayings) for part, day in days):
                    return None
                return max((day for _, day in days if day is not None), default=None)
            case AnyOf(parts):
                return _first([self._measured(part) for part in self._held(parts)])
            case Compare() | OneOf() | Includes() if condition.fact.table is not None:
                return self._said(condition, self._of_line)
            case _:
                return measured_on(condition.fact, self._case)

    def _recorded(self, code: Labelled | None) -> Date | None:
        return None if code is None else next((event.since for event in self._case.events if event.code == code), None)

    def _said(self, comparison: Comparison, dated: Callable[[Saying], Day | None]) -> Day | None:
        """The first day of the lines of an earlier table that say what is asked for; unknown if one of them, or what outranks it, is."""
        said = self._readings.said.get(comparison.fact.table or "")
        fired = () if said is None else said.fired
        found = [each for each in self._sayings.of(comparison) if each.rule in fired and (each.is_sole or truth(each.condition, self._readings) is True)]
        if any(each.alone is not ALWAYS and truth(each.alone, self._readings) is not True for each in found):
            return None
        return _first([dated(each) for each in found])

    def _held(self, parts: Iterable[Condition]) -> list[Condition]:
        return [part for part in parts if truth(part, self._readings) is True]


def measured_on(fact: Fact, case: CaseFile) -> Date | None:
    """The day that the figure *fact* of *case* is of; ``None`` if nobody said."""
    path = measured_path(fact)
    day = None if path is None else attrgetter(path)(case)
    return None if day is None else to_date(day)


def _first(days: list[Day | None]) -> Day | None:
    """The first of several days; unknown if one of them is."""
    known = [day for day in days if day is not None]
    return min(known, default=None) if len(known) == len(days) else None


class _Readings(dict[str, Any]):
    """The encoded values by name, and what earlier tables say, looked up as they are asked for."""

    def __init__(self, facts: Snapshot, said: Mapping[str, Found]) -> None:
        super().__init__()
        self.facts = facts
        self.said = said

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 - an encoded value
        self[name] = found = self.said[name].ruling.reads if name in self.said else self.facts.encoded(name)
        return found
