"""Tallies: what readings did with rules and limits, counted while tests run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from revisit_policy.language.readers.generated import GeneratedReader, Resolution
from revisit_policy.language.table import Table
from revisit_policy.testing.coverage.table_coverage import TableCoverage, blank_coverage, decided_by
from revisit_policy.testing.strategies.threshold import Side, thresholds


class TableTally:
    """What was seen of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.limits = thresholds(table)
        self.sides: list[set[Side]] = [set() for _ in self.limits]
        self.fired: set[str] = set()
        self.decided: set[str] = set()
        self.undecided: set[str] = set()
        self.cases = 0

    def coverage(self) -> TableCoverage:
        """What was seen, as a value."""
        blank = blank_coverage(self.table)
        met = (frozenset(side.value for side in sides) for sides in self.sides)
        return attrs.evolve(
            blank,
            fired=frozenset(self.fired),
            decided=frozenset(self.decided) & frozenset(blank.rules),
            undecided=frozenset(self.undecided),
            limits=tuple(attrs.evolve(limit, met=sides) for limit, sides in zip(blank.limits, met, strict=True)),
            cases=self.cases,
        )


class _Plan:
    """How the readings of one reader are counted: its tables, and the limits of each of its facts."""

    def __init__(self, reader: GeneratedReader, tallies: list[TableTally]) -> None:
        self.reader = reader  # held, so that no other reader gets its identity
        self.tallies = tallies
        places = {fact.name: place for place, fact in enumerate(reader.facts)}
        self.limits = [
            (places[limit.fact.name], limit, sides)
            for tally in tallies
            for limit, sides in zip(tally.limits, tally.sides, strict=True)
        ]
        self.resolutions: dict[int, Resolution] = {}
        self.values: set[tuple[Any, ...]] = set()


class Tally:
    """Counts readings. *keeps* says which tables are counted; all of them if ``None``."""

    def __init__(self, keeps: Callable[[Table], bool] | None = None) -> None:
        self.keeps = keeps
        self._plans: dict[int, _Plan] = {}
        self._tables: dict[Table, TableTally] = {}

    def read(self, reader: GeneratedReader, values: tuple[Any, ...], found: Resolution) -> None:
        """Count one reading: the encoded *values* of the reader's facts, and what was *found*."""
        plan = self._plans.get(id(reader))
        if plan is None:
            plan = self._plans[id(reader)] = _Plan(reader, self._tallies(reader))
        for tally in plan.tallies:
            tally.cases += 1
        if id(found) not in plan.resolutions:
            plan.resolutions[id(found)] = found
            self._count_rules(plan, found)
        if plan.limits and values not in plan.values:
            plan.values.add(values)
            for place, limit, sides in plan.limits:
                if values[place] is not None:
                    sides.add(limit.side(values[place]))

    def _tallies(self, reader: GeneratedReader) -> list[TableTally]:
        kept = [table for table in reader.tables if self.keeps is None or self.keeps(table)]
        return [self._tables.setdefault(table, TableTally(table)) for table in kept]

    @staticmethod
    def _count_rules(plan: _Plan, found: Resolution) -> None:
        for tally in plan.tallies:
            said = found.tables[tally.table.id]
            tally.fired.update(said.fired)
            tally.undecided.update(said.undecided)
            tally.decided.update(decided_by(tally.table, said))

    def found(self) -> Mapping[str, TableCoverage]:
        """The coverage of every table that was read, by key."""
        coverages = (tally.coverage() for tally in self._tables.values())
        return {coverage.key: coverage for coverage in coverages}
