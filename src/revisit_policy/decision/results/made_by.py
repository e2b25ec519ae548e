"""How long the result of a visit takes whose method is known, because it was made."""

from __future__ import annotations

from typing import Any

import attrs

from revisit_policy.decision.seats.shape import BY_ID
from revisit_policy.decision.visit_reader import METHOD, SIGNALS, TURNAROUND, VisitReader
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Status
from revisit_policy.language.on_scale import OnScale
from revisit_policy.language.readers.generated import Resolution
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.outcomes.signal import Signal
from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.outcomes.words.vocabulary import VISIT_KIND
from revisit_policy.planning.means import Means
from revisit_policy.values.labels import Labelled, OrderedLabelled


@attrs.frozen(eq=False)
class MadeBy:
    """The means of visits of one case that were made by one *method*, whatever the table of methods would have asked for."""

    reader: VisitReader
    snapshot: Snapshot
    case: Resolution
    method: OrderedLabelled

    def of_kind(self, kind: Labelled, signal: Signal | None = None) -> Means:
        """The means of a visit of this *kind*, or of one that a *signal* alone asked for."""
        vocabulary = self.reader.vocabulary
        return Means(
            method=self.method, officers=vocabulary.officers_of(self.method), parts=self._parts(kind, signal), run_months=self.reader.run_months
        )

    def _parts(self, kind: Labelled, signal: Signal | None) -> tuple[TurnaroundPart, ...]:
        graph = self.reader.results
        if graph is None:
            return ()
        known = [self._known(fact, kind=kind, signal=signal) for fact in graph.facts]
        values, unknown = tuple(value for value, _ in known), tuple(place for place, (_, is_open) in enumerate(known) if is_open)
        said = graph.reader.resolve_values(values, unknown).tables[TURNAROUND]
        told: OnScale[Any] = OnScale.of(self.reader.tables[TURNAROUND], said.ruling)
        return tuple(item for item, flag in zip(told.items, BY_ID[TURNAROUND].handed({TURNAROUND: told}), strict=True) if flag)  # type: ignore[misc] # parts

    def _known(self, fact: Fact, *, kind: Labelled, signal: Signal | None) -> tuple[Any, bool]:
        """What the table is told of a *fact*, and whether that leaves anything open."""
        if fact.name == VISIT_KIND:
            code = self.reader.code_of(kind)
            return code, code is None
        if fact.table is None:
            place = next(place for place, known in enumerate(self.reader.facts) if known.name == fact.name)
            value = self.snapshot.values[place]
            return value, value is None
        if fact.table == METHOD:
            return 1 << self.reader.tables[METHOD].outcomes.place(self.method), False  # type: ignore[union-attr] # one method: a scale
        if fact.table == SIGNALS and signal is not None:
            return (self.reader.bit_of(signal),) * 2, False
        ruling = self.case.tables[fact.table].ruling
        return ruling.reads, ruling.status is Status.UNDECIDED
