"""First days of signals in columns: since when a rule that raises one has held, as `decision.beginnings.beginning` says of one case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import attrs

from revisit_policy.casefile.case_columns import event_path
from revisit_policy.decision.beginnings.saying import Saying, Sayings, grows_daily, has_figures, measured_path
from revisit_policy.frames.columns.day_columns import DayColumns, first_known, highest, lowest, where_it, within
from revisit_policy.frames.columns.fact_column import FactColumn
from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.frames.expressions.given import Asked, GivenValues
from revisit_policy.frames.expressions.truth import Flag, where_null
from revisit_policy.frames.outputs.outcome_columns import Said
from revisit_policy.frames.rules.spoken import Places
from revisit_policy.language.condition import All, AnyOf, Compare, Comparison, Condition, Includes, OneOf
from revisit_policy.language.derivation import DaysSince
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.fact import Fact
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.signal import Signal
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.labels import Labelled, OrderedLabelled


@attrs.frozen(kw_only=True, eq=False)
class SignalDays:
    """The signals of one policy with the days they began on.

    Args:
        table: The table that raises them.
        sayings: Which lines of the tables say what is asked.
        said: What it says.
        facts: The facts by name.
        days: The days of the rows.
        values: What the plan reads of the decision day.
        holds: Where a condition surely holds.
    """

    table: Table
    sayings: Sayings
    said: Said
    facts: Mapping[str, FactColumn]
    days: DayColumns
    values: GivenValues
    holds: Callable[[Condition], Flag]

    def began(self, code: Labelled, level: OrderedLabelled) -> list[tuple[Flag, Expression | None]]:
        """The reasons for the signal: where each holds, and its first day, null or ``None`` where nobody knows it."""
        spoken = self.said.spoken
        assert isinstance(spoken, Places)  # noqa: S101 - a set of outcomes
        found: list[tuple[Flag, Expression | None]] = []
        for place, signal in enumerate(self._signals):  # of two signals of one code and level the last counts
            if (signal.code, signal.level) == (code, level):
                raised = spoken.established[place]
                found = [(both((flag, inverse(raised))), day) for flag, day in found]
                found += [(both((flag, raised)), day) for flag, day in self._began(signal)]
        return [(self.days.stages.put_flag(flag), None if day is None else self.days.stages.put(day)) for flag, day in found if flag is not False]

    @property
    def _signals(self) -> tuple[Signal, ...]:
        items: tuple[Signal, ...] = self.table.outcomes.outcomes  # type: ignore[union-attr, assignment] # a scale of signals
        return items

    def _began(self, signal: Signal) -> list[tuple[Flag, Expression | None]]:
        """Rule by rule, those of one day together: by what is counted, else as recorded, else the day its figures are of."""
        recorded = self.days.of(f"events.{signal.code.value}")
        alike: dict[tuple[int, int], tuple[list[Flag], Expression | None]] = {}
        for rule, fired in self._raising(signal):
            counted, measured = self._counted(rule.condition), self._measured(rule.condition)
            flags, _ = alike.setdefault((id(counted), id(measured)), ([], first_known(counted, recorded, measured)))
            flags.append(fired)
        return [(either(flags), day) for flags, day in alike.values()]

    def first_day(self, outcome: Labelled) -> Expression | None:
        """The first day of the rules that say an *outcome*: of those that hold, and of which it is known, the earliest."""
        days = [(fired, first_known(self._counted(rule.condition), self._measured(rule.condition))) for rule, fired in self._raising(outcome)]
        found = lowest(where_it(fired, day) for fired, day in days)
        return None if found is None else self.days.stages.put(found)

    def reasons(self, outcome: Obligation, *, with_open: bool) -> list[tuple[Flag, Expression | None]]:
        """Where each rule that says an *outcome* holds, or is open where that is enough, and its first day."""
        lines = self.said.lines
        found: list[tuple[Flag, Expression | None]] = []
        for rule in self.table.rules:
            if rule.says(outcome):
                places = [at for at, line in enumerate(self.table.lines) if line.rule is rule]
                flag = either(flags[at] for flags in (lines.fires, lines.opens)[: 1 + with_open] for at in places)
                day = first_known(self._counted(rule.condition), self._measured(rule.condition))
                found.append((flag, None if day is None else self.days.stages.put(day)))
        return found

    def _raising(self, signal: Signal | Labelled) -> Iterator[tuple[Rule, Flag]]:
        """The rules that say *signal*, or whatever else the table says, or a fact that can be it, and where each fires."""
        for rule in self.table.rules:
            if isinstance(rule.then, Fact) or rule.says(signal):
                yield rule, either(self.said.lines.fires[at] for at, line in enumerate(self.table.lines) if line.rule is rule)

    def _counted(self, condition: Condition) -> Expression | None:
        """The first day by what is counted in days, where *condition* holds; ``None`` if nothing in it is."""
        match condition:
            case All(parts):
                return highest(day for part in parts if (day := self._counted(part)) is not None)
            case AnyOf(parts):
                return self._earliest_of((part, partial(self._counted, part)) for part in parts)
            case Compare(fact, ">" | ">=" as operator, limit) if grows_daily(fact):
                return self._passed(self.facts[fact.name], int(fact.encode(limit)) + (operator == ">"))
            case Compare() | OneOf() | Includes() if condition.fact.table is not None:
                return self._said(condition, lambda line: self._counted(line.condition))
            case _:
                return None

    def _measured(self, condition: Condition) -> Expression | None:
        """The day its figures are of, where *condition* holds; null where one of them has no day."""
        match condition:
            case All(parts):
                days = [(has_figures(part, self.sayings), self._measured(part)) for part in parts]
                return self._latest_of([day for is_needed, day in days if is_needed], [day for is_needed, day in days if not is_needed])
            case AnyOf(parts):
                return self._earliest_of((part, partial(self._measured, part)) for part in parts)
            case Compare() | OneOf() | Includes() if condition.fact.table is not None:
                return self._said(condition, lambda line: first_known(self._counted(line.condition), self._recorded(line), self._measured(line.condition)))
            case _:
                path = measured_path(condition.fact)
                return None if path is None else self.days.of(path)

    def _recorded(self, line: Saying) -> Expression | None:
        return None if line.code is None else self.days.of(event_path(line.code))

    def _latest_of(self, days: list[Expression | None], besides: list[Expression | None]) -> Expression | None:
        """The latest of *days* and of those *besides*; null where one of the first is missing."""
        known = tuple(dict.fromkeys(day for day in days if day is not None))
        if any(day is None for day in days):
            return None
        latest = highest((*known, *besides))
        is_one = len(known) == 1 and all(day is None for day in besides)
        return latest if is_one or not known else where_it(inverse(either(map(where_null, known))), latest)

    def _said(self, comparison: Comparison, dated: Callable[[Saying], Expression | None]) -> Expression | None:
        """The first day of the lines of an earlier table that say what is asked for; null where one of them, or what outranks it, has none."""
        found = self.sayings.of(comparison)
        earliest = self._earliest_of((each.condition, partial(dated, each)) for each in found)
        outranked = either(both((self.holds(each.condition), inverse(self.holds(each.alone)))) for each in found)
        return None if outranked is True else where_it(inverse(outranked), earliest)

    def _earliest_of(self, parts: Iterable[tuple[Condition, Callable[[], Expression | None]]]) -> Expression | None:
        """The earliest day of those parts that hold; null where one of them has no day."""
        held = [(holds, dated()) for part, dated in parts if (holds := self.holds(part)) is not False]
        earliest = lowest(where_it(holds, day) for holds, day in held if day is not None)
        if earliest is None:
            return None
        undated = either(holds if day is None else both((holds, where_null(day))) for holds, day in held)
        return None if undated is True else where_it(inverse(undated), earliest)

    def _passed(self, part: FactColumn, limit: int) -> Expression | None:
        """The day on which a daily count came to *limit*."""
        if part.column is None:
            return None if part.constant is None else self.values.number(_days_after, limit - part.constant)
        if isinstance(part.fact.derived, DaysSince):
            return self.days.numbered(part.column, part.form) + limit
        domain = part.fact.domain
        assert isinstance(domain, Counts)  # noqa: S101 - all that grows daily is a count
        return self.values.number(_days_after, limit) - within(part.column, domain.low, domain.high)


def _days_after(asked: Asked, days: int) -> Date:
    """The day that comes so many calendar days after the day of the plan; before it if they are below zero."""
    return from_ordinal(asked.on.toordinal() + days)
