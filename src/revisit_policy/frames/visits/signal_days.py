"""First days of signals in columns: since when a rule that raises one has held, as `policy.beginning` says of one case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from revisit_policy.casefile.facts import GROWS_DAILY, MEASURED_ON
from revisit_policy.frames.expression import Expression, Literal
from revisit_policy.frames.fact_column import FactColumn
from revisit_policy.frames.outcome_columns import Said
from revisit_policy.frames.spoken import Places
from revisit_policy.frames.truth import Flag, both, either, inverse, where_null
from revisit_policy.frames.visits.day_columns import DayColumns, first_known, highest, lowest, where_it, within
from revisit_policy.frames.visits.day_steps import number_of
from revisit_policy.language.condition import All, AnyOf, Compare, Condition, comparisons
from revisit_policy.language.derivation import DaysSince
from revisit_policy.language.domain import Counts
from revisit_policy.language.fact import Fact
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.values.dates import Date


@attrs.frozen(kw_only=True, eq=False)
class SignalDays:
    """The signals of one policy with the days they began on.

    Args:
        table: The table that raises them.
        said: What it says.
        facts: The facts by name.
        days: The days of the rows.
        on: The decision day.
        holds: Where a condition surely holds.
    """

    table: Table
    said: Said
    facts: Mapping[str, FactColumn]
    days: DayColumns
    on: Date
    holds: Callable[[Condition], Flag]

    def since(self, code: SignalCode, level: Level) -> Expression | None:
        """The first day of the signal where it is raised; null where it is not, or nobody knows the day."""
        spoken = self.said.spoken
        assert isinstance(spoken, Places)  # noqa: S101 - a set of outcomes
        found: Expression | None = None
        for place, signal in enumerate(self._signals):  # of two signals of one code and level the last counts
            if (signal.code, signal.level) == (code, level):
                raised = spoken.established[place]
                found = first_known(where_it(raised, self._began(signal)), where_it(inverse(raised), found))
        return None if found is None else self.days.stages.put(found)

    @property
    def _signals(self) -> tuple[Signal, ...]:
        items: tuple[Signal, ...] = self.table.outcomes.outcomes  # type: ignore[union-attr, assignment] # a scale of signals
        return items

    def _began(self, signal: Signal) -> Expression | None:
        """By what is counted in days, else as recorded, else the day its figures are of."""
        raising = [(rule, fired) for rule, fired in self._raising(signal) if fired is not False]
        counted = lowest(where_it(fired, day) for rule, fired in raising if (day := self._counted(rule.condition)) is not None)
        paths = dict.fromkeys(path for rule, _ in raising for path in _measured_on(rule))
        measured = highest(
            where_it(either(fired for rule, fired in raising if path in _measured_on(rule)), day)
            for path in paths
            if (day := self.days.of(path)) is not None
        )
        return first_known(counted, self.days.of(f"events.{signal.code.value}"), measured)

    def _raising(self, signal: Signal) -> Iterator[tuple[Rule, Flag]]:
        """The rules that say *signal*, or a fact that can be it, and where each fires."""
        for rule in self.table.rules:
            if isinstance(rule.then, Fact) or rule.says(signal):
                yield rule, either(self.said.lines.fires[at] for at, line in enumerate(self.table.lines) if line.rule is rule)

    def _counted(self, condition: Condition) -> Expression | None:
        """The first day by what is counted in days, where *condition* holds; ``None`` if nothing in it is."""
        match condition:
            case All(parts):
                return highest(day for part in parts if (day := self._counted(part)) is not None)
            case AnyOf(parts):
                return self._earliest_of(parts)
            case Compare(fact, ">" | ">=" as operator, limit) if fact in GROWS_DAILY:
                return self._passed(self.facts[fact.name], int(fact.encode(limit)) + (operator == ">"))
            case _:
                return None

    def _earliest_of(self, parts: Iterable[Condition]) -> Expression | None:
        """The earliest day of those parts that hold; null where one of them has no day."""
        held = [(holds, self._counted(part)) for part in parts if (holds := self.holds(part)) is not False]
        earliest = lowest(where_it(holds, day) for holds, day in held if day is not None)
        if earliest is None:
            return None
        undated = either(holds if day is None else both((holds, where_null(day))) for holds, day in held)
        return None if undated is True else where_it(inverse(undated), earliest)

    def _passed(self, part: FactColumn, limit: int) -> Expression | None:
        """The day on which a daily count came to *limit*."""
        on = number_of(self.on)
        if part.column is None:
            return None if part.constant is None else Literal(on - (part.constant - limit))
        if isinstance(part.fact.derived, DaysSince):
            return self.days.numbered(part.column, part.form) + limit
        domain = part.fact.domain
        assert isinstance(domain, Counts)  # noqa: S101 - all that grows daily is a count
        return Literal(on + limit) - within(part.column, domain.low, domain.high)


def _measured_on(rule: Rule) -> tuple[str, ...]:
    """Where the days stand that the figures of a *rule* are of."""
    return tuple(dict.fromkeys(MEASURED_ON[part.fact] for part in comparisons(rule.condition) if part.fact in MEASURED_ON))
