"""How the tables that speak once for every visit are asked: by which means, and how long until the result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import attrs

from revisit_policy.decision.seats.shape import BY_ID, PER_VISIT
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Status
from revisit_policy.language.on_scale import OnScale
from revisit_policy.language.readers.generated import Found, GeneratedReader, Resolution
from revisit_policy.language.snapshot import Snapshot, picking
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.outcomes.signal import Signal
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.words.vocabulary import VISIT_KIND, Vocabulary
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.memory import Memory

if TYPE_CHECKING:
    from revisit_policy.outcomes.turnaround import TurnaroundPart
    from revisit_policy.planning.means import Means
    from revisit_policy.planning.plan_memory import PlanMemory

METHOD: Final = "method"
TURNAROUND: Final = "turnaround"
SIGNALS: Final = "signals"

#: The bytes that the means of visits may take.
_BUDGET: Final = 2**20


@attrs.frozen(eq=False)
class _VisitTables(GeneratedReader):
    """The turnaround is that of the method by which the visit is planned: where the table of methods is undecided the one that is handed out."""

    def read_on(self, table: Table, found: Found) -> Any:  # noqa: ANN401 - as it is compared
        """Of the method the one that is handed out, as one place of its scale."""
        if table.id != METHOD:
            return found.ruling.reads
        told: OnScale[Any] = OnScale.of(table, found.ruling)
        handed = [place for place, flag in enumerate(BY_ID[METHOD].handed({METHOD: told})) if flag]
        return 1 << handed[-1] if handed else found.ruling.reads


class _Told(NamedTuple):
    """What earlier tables say, by the places at which it is read: laid out once for all cases of which they say the same."""

    read: tuple[tuple[int, Any], ...]
    undecided: tuple[int, ...]


@attrs.frozen(eq=False)
class VisitReader:
    """Reads the tables *method* and *turnaround* of one policy; without one of them holds what its seat says.

    *tables* are those of the policy by id, *facts* are all facts of it in the order of its snapshots; *run_months* are the months
    from one classification run to the next.

    A triggered visit is asked about each signal that triggers it alone: a call for lost income stays a call, though a
    seizure next door has to be looked at on site. Where one visit serves both, planning takes the more thorough.
    """

    tables: Mapping[str, Table]
    facts: tuple[Fact, ...]
    vocabulary: Vocabulary = attrs.field(kw_only=True)
    run_months: int | None = attrs.field(default=None, kw_only=True)

    @cached_property
    def graph(self) -> DecisionGraph:
        """The tables; what they read of earlier ones is given."""
        tables = tuple(self.tables[name] for name in PER_VISIT if name in self.tables)
        given = {name for table in tables for name in table.reads} - {table.id for table in tables}
        return DecisionGraph(tables, given=tuple(sorted(given)))

    @cached_property
    def said(self) -> GeneratedReader:
        """What reads them for a planned visit."""
        return _VisitTables(self.graph.tables, self.graph.facts)

    @cached_property
    def results(self) -> DecisionGraph | None:
        """The table of the turnaround alone, for a visit whose method is known; ``None`` without one."""
        table = self.tables.get(TURNAROUND)
        return None if table is None else DecisionGraph((table,), given=tuple(sorted(table.reads)))

    @cached_property
    def _kind_place(self) -> int | None:
        return next((place for place, fact in enumerate(self.graph.facts) if fact.name == VISIT_KIND), None)

    @cached_property
    def _signals_place(self) -> int | None:
        return self._place(self.tables[SIGNALS].outcome) if SIGNALS in self.tables else None

    def _place(self, fact: Fact) -> int | None:
        return self.graph.facts.index(fact) if fact in self.graph.facts else None

    @cached_property
    def _tables(self) -> tuple[tuple[int, str], ...]:
        return tuple((place, fact.name) for place, fact in enumerate(self.graph.facts) if fact.table is not None)

    @cached_property
    def _picked(self) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
        """From the values of all facts to those of the graph; of what a table says any, because that is filled in."""
        places = {fact.name: place for place, fact in enumerate(self.facts)}
        return picking(tuple(places[fact.name] if fact.table is None else 0 for fact in self.graph.facts))

    @cached_property
    def _kinds(self) -> dict[Labelled, int]:
        """Every kind that the tables of visits tell apart, as they are asked; of another they say what they say of any."""
        if self._kind_place is None:
            return {}
        domain = self.graph.facts[self._kind_place].domain
        assert isinstance(domain, Choices)  # noqa: S101 - the vocabulary says so
        return {cast("Labelled", kind): domain.encode(kind) for kind in domain.items}

    @cached_property
    def _bits(self) -> dict[Signal, int]:
        scale = self.tables[SIGNALS].outcome.domain.items  # type: ignore[union-attr] # EVERY: a set
        return {signal: 1 << place for place, signal in enumerate(scale)}

    @cached_property
    def _items(self) -> dict[Labelled, tuple[Label, ...]]:
        return {each.kind: each.items for each in self.vocabulary.checklists}

    @cached_property
    def plan_memory(self) -> PlanMemory:
        """What planning remembers from one loan to the next."""
        from revisit_policy.planning.plan_memory import PlanMemory  # noqa: PLC0415 - the first decision loads planning, no import of ours

        return PlanMemory()

    def means(self, resolution: Resolution, kind: Labelled, *, code: Labelled | None = None) -> Means:
        """The means of a visit of this *kind* for a warning with this *code*, of which the two tables say what the *resolution* holds."""
        key = (resolution.key, kind, code)
        found = self._means.find(key)
        return self._means.keep(key, self._made(resolution, kind, code=code)) if found is None else found

    @cached_property
    def _means(self) -> Memory[Means]:
        return Memory(_BUDGET)

    def code_of(self, kind: Labelled) -> int | None:
        """How the tables of visits are asked about a *kind*; ``None`` of one that they do not tell apart."""
        return self._kinds.get(kind)

    def bit_of(self, signal: Signal) -> int:
        """The place of a *signal* on its scale, as a mask."""
        return self._bits[signal]

    def _made(self, resolution: Resolution, kind: Labelled, *, code: Labelled | None) -> Means:
        from revisit_policy.planning.means import Means  # noqa: PLC0415 - the first decision loads planning, no import of ours

        said = resolution.tables
        *_, means = (self.vocabulary.means[0], *self._handed_out(METHOD, said))
        return Means(
            method=means,
            officers=self.vocabulary.officers_of(means),
            parts=tuple(self._handed_out(TURNAROUND, said)),
            reasons=tuple(rule for name in PER_VISIT if name in said for rule in said[name].fired),
            asked_by=self._asked_by(said),
            checklist=tuple(dict.fromkeys((*(() if code is None else self._items.get(code, ())), *self._items.get(kind, ())))),
            run_months=self.run_months,
        )

    def _asked_by(self, said: Mapping[str, Found]) -> tuple[tuple[str, TurnaroundPart], ...]:
        """The rules that ask for a step until the result, each with it."""
        if TURNAROUND not in said:
            return ()
        table = self.tables[TURNAROUND]
        return tuple((rule_id, cast("TurnaroundPart", table.rule(rule_id).then)) for rule_id in said[TURNAROUND].fired)

    def _handed_out(self, name: str, said: Mapping[str, Found]) -> Iterator[Any]:
        """What the table called *name* hands out, the last of a table of one outcome; nothing without it."""
        if name in said:
            told: OnScale[Any] = OnScale.of(self.tables[name], said[name].ruling)
            yield from (item for item, flag in zip(told.items, BY_ID[name].handed({name: told}), strict=True) if flag)

    def at_desk(self, kind: Labelled) -> Means:
        """The means of what is done at a desk: nobody is visited, so that no table of visits is asked."""
        from revisit_policy.planning.means import Means  # noqa: PLC0415 - the first decision loads planning, no import of ours

        found = self._at_desk.get(kind)
        return self._at_desk.setdefault(kind, Means(method=self.vocabulary.means[0], checklist=self._items.get(kind, ()))) if found is None else found

    @cached_property
    def _at_desk(self) -> dict[Labelled, Means]:
        return {}

    def reading(self, snapshot: Snapshot, case: Resolution) -> VisitReading:
        """The reading for one case: its facts, and what the tables before said of it."""
        values = list(self._picked(snapshot.values or (None,)))
        told = self._told.find(case.key) or self._told.keep(case.key, self._of_tables(case))
        for place, reads in told.read:
            values[place] = reads
        if self._kind_place is not None:
            values[self._kind_place] = 0  # filled in before anything is asked
        missing = [place for place, value in enumerate(values) if value is None] if None in values else []
        return VisitReading(self, values, (*missing, *told.undecided))

    def _of_tables(self, case: Resolution) -> _Told:
        rulings = [(place, case.tables[table].ruling) for place, table in self._tables]
        undecided = tuple(place for place, ruling in rulings if ruling.status is Status.UNDECIDED)
        return _Told(tuple((place, ruling.reads) for place, ruling in rulings), undecided)

    @cached_property
    def _told(self) -> Memory[_Told]:
        return Memory(_BUDGET)


@attrs.frozen(eq=False)
class VisitReading:
    """The means of the visits of one case."""

    reader: VisitReader
    values: list[Any]
    unknown: tuple[int, ...]

    def of_kind(self, kind: Labelled) -> Means:
        """The means of a visit of this *kind*."""
        return self.reader.means(self.said_of(kind, None), kind)

    def of_signal(self, signal: Signal, *, kind: Labelled = VisitKind.TRIGGERED) -> Means:
        """The means of a visit of this *kind* that one signal alone asks for."""
        return self.reader.means(self.said_of(kind, signal), kind, code=signal.code)

    def said_of(self, kind: Labelled, signal: Signal | None) -> Resolution:
        """What the two tables say of a visit of this *kind*, one *signal* alone asking for it if there is one."""
        reader, values, unknown = self.reader, self.values, self.unknown
        kind_place, signals_place = reader._kind_place, reader._signals_place  # noqa: SLF001 - parts of the reader
        if kind_place is not None:
            values[kind_place] = code = reader._kinds.get(kind)  # noqa: SLF001 - the next question puts its own kind there
            unknown = (kind_place, *unknown) if code is None else unknown
        if signal is not None and signals_place is not None:
            values, bits = values.copy(), reader._bits[signal]  # noqa: SLF001 - a part of the reader
            values[signals_place] = (bits, bits)
        return reader.said.resolve_values(tuple(values), unknown)
