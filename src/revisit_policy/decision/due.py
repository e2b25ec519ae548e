"""What is due: the obligations that tables make of a case, apart from its days, each with the rules behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import attrgetter
from typing import Any, Final, NamedTuple, Protocol, TypeAlias, cast

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.decision.seats.in_figures import FIGURES, OBLIGATIONS, owed_in_figures
from revisit_policy.language.condition import Includes, OneOf, comparisons
from revisit_policy.language.derivation import Field
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.readers.generated import Found, Resolution
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.table import Table
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind, ServedBy
from revisit_policy.outcomes.obligations.timing import Between, Every, Within
from revisit_policy.outcomes.obligations.usual import usual_kind
from revisit_policy.outcomes.signal import Signal
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.memory import Memory

SIGNALS: Final = "signals"

#: The bytes that what is due may take.
_BUDGET: Final = 2**20


@attrs.frozen(eq=False)  # shared by all cases that owe it, and a key
class Due:
    """One thing that is due.

    Args:
        obligation: What and when, every number of months being given.
        kind: What holds of all of its kind.
        reasons: Ids of the rules that make it so, in order.
        rules: The rules that say it themselves.
    """

    obligation: Obligation
    kind: ObligationKind
    reasons: tuple[str, ...]
    rules: tuple[Rule, ...] = ()

    @cached_property
    def signal(self) -> Signal | None:
        """The signal that it answers; ``None`` if it answers none."""
        since = self.obligation.since
        return since if isinstance(since, Signal) else None

    @cached_property
    def is_at_desk(self) -> bool:
        """Whether a desk does it."""
        return self.kind.served_by is ServedBy.DESK

    @cached_property
    def begins_today(self) -> bool:
        """Whether it is counted from the day of the decision."""
        since = self.obligation.since
        return isinstance(since, Fact) and since == DECISION_DAY

    @cached_property
    def begins(self) -> Callable[[CaseFile, Snapshot], Date | None] | None:
        """Reads the day fact that it is counted from; ``None`` if it is counted from no fact."""
        since = self.obligation.since
        return day_of(since) if isinstance(since, Fact) else None

    @cached_property
    def met(self) -> Callable[[CaseFile, Snapshot], Date | None] | None:
        """Reads the day fact that meets it; ``None`` if visits do."""
        return day_of(self.kind.met_by) if isinstance(self.kind.met_by, Fact) else None


def day_of(fact: Fact) -> Callable[[CaseFile, Snapshot], Date | None]:
    """How the day that a *fact* is gets read: as rules were given it, else from the case file, where a bank's own days are texts."""
    derived = fact.derived
    if not isinstance(derived, Field):
        return lambda _, facts: cast("Date | None", facts[fact.name])
    path = derived.path
    steps, at_once = path.split("."), attrgetter(path)

    def read(case: CaseFile, _: Snapshot) -> Any:  # noqa: ANN401 - what stands there
        try:
            return at_once(case)
        except AttributeError:  # a step of the path that is not there, which is for the next line to say, or that is nothing
            return reduce(lambda here, step: None if here is None else getattr(here, step), steps, cast("Any", case))

    def read_own(case: CaseFile, facts: Snapshot) -> Date | None:
        if any(each is fact for each in facts.facts):
            return cast("Date | None", facts[fact.name])
        day = read(case, facts)
        return None if day is None else to_date(day)

    return read_own if path.startswith("own.") else read


class Reasoned(Protocol):
    """An outcome that is handed out, with the ids of the rules that make it so."""

    @property
    def outcome(self) -> Any:  # noqa: ANN401 - whatever its table says
        """What is handed out."""
        ...

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rules."""
        ...


#: What is handed out by the id of the table.
Handed: TypeAlias = Mapping[str, Sequence[Reasoned]]


class _Sayers(NamedTuple):
    """The rules of one table that say some outcomes, or a fact that can be one."""

    table: str
    is_set: bool
    rules: frozenset[str]

    @classmethod
    def of_table(cls, table: Table, outcomes: tuple[Any, ...]) -> _Sayers:
        """Those of a *table*."""
        saying = (rule.id for rule in table.rules if isinstance(rule.then, Fact) or any(rule.says(outcome) for outcome in outcomes))
        return cls(table.id, table.fold is Fold.EVERY, frozenset(saying))

    def of(self, said: Found) -> Iterator[str]:
        """Those that do, by what the table has *said*; of one outcome those that may, too."""
        for rule_id in said.fired if self.is_set else (*said.fired, *said.undecided):
            if rule_id in self.rules:
                yield rule_id


_NOBODY: Final = _Sayers("", is_set=False, rules=frozenset())


class _Line(NamedTuple):
    """A rule of the table of obligations, and the rules of earlier tables that say what it asks for."""

    rule: Rule
    asks: tuple[_Sayers, ...]


class _Item(NamedTuple):
    """One obligation that the table can say, the rules that do, and those that raise the signal it answers."""

    obligation: Obligation
    lines: tuple[_Line, ...]
    raising: _Sayers


@attrs.frozen(eq=False)
class DueReader:
    """Reads what is due out of the tables of one policy: of the obligations, and without such a table of the four that say it in figures.

    Args:
        tables: The tables that speak once for a case, by their ids.
        conventions: The figures that turn outcomes into days.
        kinds: What holds of each kind of which the policy says something.
    """

    tables: Mapping[str, Table]
    conventions: Conventions
    kinds: Mapping[Any, ObligationKind]

    def kind_of(self, obligation: Obligation) -> ObligationKind:
        """What holds of all of its kind."""
        known = self.kinds.get(obligation.kind)
        return usual_kind(obligation.kind) if known is None else known

    def of(self, resolution: Resolution, handed: Handed) -> tuple[Due, ...]:
        """What is due by a *resolution* of the tables and what is *handed* out of it, in the order in which it is said."""
        said = resolution.tables
        if OBLIGATIONS not in self.tables:
            return tuple(self._in_figures(said, handed))
        key = tuple([said[name] for name in self._read])
        found = self._owed.kept.get(key) or self._owed.find(key)
        return self._owed.keep(key, tuple(_first_to_close(self._said(said)))) if found is None else found

    # -- by the table of obligations ---------------------------------------------------------------------------------

    @cached_property
    def _read(self) -> tuple[str, ...]:
        """The ids of the tables that say what is due, and why."""
        whens = (item.obligation.when for _, item in self._items)
        months = (when.months.name for when in whens if isinstance(when, Every | Within) and isinstance(when.months, Fact))
        asked = (sayers.table for _, item in self._items for line in item.lines for sayers in line.asks)
        return tuple(name for name in dict.fromkeys((OBLIGATIONS, SIGNALS, *asked, *months)) if name in self.tables)

    @cached_property
    def _owed(self) -> Memory[tuple[Due, ...]]:
        return Memory(_BUDGET)

    def _said(self, found: Mapping[str, Found]) -> Iterator[Due]:
        said, signals = found[OBLIGATIONS], found.get(SIGNALS)
        certain, possible = said.ruling.reads
        saying = {*said.fired, *said.undecided}
        for bit, item in self._items:
            if bit & certain or (bit & possible and self.kind_of(item.obligation).at_worst):
                lines = [line for line in item.lines if line.rule.id in saying]
                raised = signals is not None and item.obligation.since in signals.ruling.outcome
                reasons = list(item.raising.of(signals)) if raised and signals is not None else []
                for line in lines:
                    reasons += self._reasons(line, found)
                yield self._due(self._with_months(item.obligation, found), tuple(reasons), rules=tuple(line.rule for line in lines))

    @cached_property
    def _items(self) -> tuple[tuple[int, _Item], ...]:
        """What the table of obligations can say, each with its bit: laid out once."""
        table = self.tables[OBLIGATIONS]
        outcomes: tuple[Obligation, ...] = cast("Scale", table.outcomes).outcomes  # type: ignore[assignment] # its seat says so
        return tuple((1 << at, self._item(table, obligation)) for at, obligation in enumerate(outcomes))

    def _item(self, table: Table, obligation: Obligation) -> _Item:
        saying = [rule for rule in table.rules if rule.says(obligation)]
        lines = [_Line(rule, tuple(_Sayers.of_table(self.tables[name], outcomes) for name, outcomes in _asked_for(rule))) for rule in saying]
        signals = self.tables.get(SIGNALS)
        return _Item(obligation, tuple(lines), _Sayers.of_table(signals, (obligation.since,)) if signals is not None else _NOBODY)

    def _due(self, obligation: Obligation, reasons: tuple[str, ...], *, rules: tuple[Rule, ...] = ()) -> Due:
        key = (obligation, tuple(dict.fromkeys(reasons)))
        found = self._known.find(key)
        return self._known.keep(key, Due(obligation, self.kind_of(obligation), key[1], rules)) if found is None else found

    @cached_property
    def _known(self) -> Memory[Due]:
        return Memory(_BUDGET)

    def _with_months(self, obligation: Obligation, found: Mapping[str, Found]) -> Obligation:
        """The obligation with the months that an earlier table says, at worst."""
        when = obligation.when
        if isinstance(when, Every | Within) and isinstance(when.months, Fact):
            return attrs.evolve(obligation, when=attrs.evolve(when, months=found[when.months.name].ruling.at_worst))
        return obligation

    def _reasons(self, line: _Line, found: Mapping[str, Found]) -> Iterator[str]:
        """The rules of the earlier tables whose outcome the rule asks for or counts by, and then itself."""
        for sayers in line.asks:
            yield from sayers.of(found[sayers.table])
        when = cast("Obligation", line.rule.then).when
        if isinstance(when, Every | Within) and isinstance(when.months, Fact):
            name = when.months.name
            yield from _Sayers.of_table(self.tables[name], (found[name].ruling.at_worst,)).of(found[name])
        yield line.rule.id

    # -- by the four tables that say it in figures -------------------------------------------------------------------

    def _in_figures(self, found: Mapping[str, Found], handed: Handed) -> Iterator[Due]:
        for table_id in FIGURES:
            for said in handed.get(table_id, ()):
                for owed in owed_in_figures(table_id, said.outcome, self.conventions):
                    yield self._due(owed, (*self._raising(owed.since, found), *said.ids))

    def _raising(self, signal: object, found: Mapping[str, Found]) -> Iterator[str]:
        """The rules that raise the *signal* that is answered, if it is one."""
        if isinstance(signal, Signal) and SIGNALS in found and signal in found[SIGNALS].ruling.outcome:
            yield from _Sayers.of_table(self.tables[SIGNALS], (signal,)).of(found[SIGNALS])


def _first_to_close(due: Iterable[Due]) -> list[Due]:
    """All that is *due*, but of the windows of one kind that is served alone, counted from one day, only the one that closes first."""
    left: dict[object, Due] = {}
    for each in due:
        when, kind = each.obligation.when, each.kind
        if not (kind.alone and isinstance(when, Between)):
            left[each] = each
            continue
        key = (kind.kind, each.obligation.since)
        other = left.get(key)
        if other is None or _closing(each) < _closing(other):
            left[key] = each
    return list(left.values())


def _closing(due: Due) -> tuple[int, int]:
    when = due.obligation.when
    assert isinstance(when, Between)  # noqa: S101 - nothing else is compared
    return when.last, when.first


def _asked_for(rule: Rule) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The earlier tables that a *rule* reads, each with the outcomes that it asks for."""
    for part in comparisons(rule.when):
        match part:
            case OneOf(fact, outcomes) | Includes(fact, outcomes, True) if fact.table is not None:
                yield fact.name, outcomes
            case _:
                pass
