"""Verdicts: what a table says of one case, and everything that can be asked about it afterwards.

A verdict holds the pair (fired, undecided), the ruling that follows from it, and the snapshot of facts. All else -
hearings, missing facts, margins, the explanation - is derived from these when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, cast

import attrs

from revisit_policy.language.condition import Comparison, Missing
from revisit_policy.language.fold import Outcome, Ruling, Status
from revisit_policy.language.readers import reference
from revisit_policy.language.readers.hearing import Hearing, Margin, hear, margins, unknown_parts
from revisit_policy.language.rule import Rule
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.withholding import without_barred
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.labels import Lang
from revisit_policy.values.markup.outline import folded, in_languages
from revisit_policy.values.validation import found_in

if TYPE_CHECKING:
    from revisit_policy.language.readers.generated import Resolution
    from revisit_policy.language.verdicts.graph import DecisionGraph


@attrs.frozen(repr=False)
class Verdict(Generic[Outcome]):
    """What one table says of one case.

    A type checker knows what kind of outcome a policy's own tables have: ``policy.grade(...)`` is a ``Verdict[Grade]``.

    Args:
        graph: The graph that was read.
        table: The table of it that spoke.
        ruling: What follows from the pair (fired, undecided).
        fired: The ids of the rules that surely hold, in the order written.
        undecided: The ids of the rules that hold or not, depending on facts that are missing. A rule whose
            consequence is itself a fact stands in both while that fact is only partly known.
        facts: The snapshot of facts that was read.
        withheld: What rules of the table ask for and another table rules out, at least possibly; it is no outcome.
    """

    graph: DecisionGraph = attrs.field(kw_only=True)
    table: Table[Outcome] = attrs.field(kw_only=True)
    ruling: Ruling = attrs.field(kw_only=True)
    fired: tuple[str, ...] = attrs.field(kw_only=True)
    undecided: tuple[str, ...] = attrs.field(kw_only=True)
    facts: Snapshot = attrs.field(kw_only=True)
    withheld: tuple[Any, ...] = attrs.field(default=(), kw_only=True)

    @property
    def status(self) -> Status:
        """Decided, undecided, gap or conflict."""
        return self.ruling.status

    @property
    def outcome(self) -> Outcome:
        """What is established; ``None`` if nothing is, as where a FIRST rule is undecided."""
        return cast("Outcome", self.ruling.outcome)

    @property
    def candidates(self) -> tuple[Outcome, ...]:
        """What is still possible: outcomes in the order of the scale; (certain, possible) for EVERY; (low, high) for TOTAL."""
        return self.ruling.candidates

    @property
    def at_worst(self) -> Outcome:
        """The most severe candidate; ``None`` on a scale without order."""
        return cast("Outcome", self.ruling.at_worst)

    @property
    def is_decided(self) -> bool:
        """True if nothing that is missing can change the outcome."""
        return self.status is Status.DECIDED

    @cached_property
    def _readings(self) -> Mapping[str, Any]:
        """What conditions compare: the facts, and what tables say; those of one case share it."""
        for graph, readings in self.facts.told:
            if graph is self.graph:
                return readings
        found = reference.read(self.graph, self.facts)
        readings = {name: self.facts.encoded(name) for name in self.facts}
        readings |= {name: reading.ruling.reads for name, reading in found.items()}
        self.facts.told.append((self.graph, readings))
        return readings

    @cached_property
    def hearings(self) -> tuple[Hearing, ...]:
        """Every rule in the order written: whether it holds, and the comparisons that settled it."""
        return tuple(hear(rule, self._readings) for rule in self.table.rules)

    def hearing(self, rule_id: str) -> Hearing:
        """The hearing of one rule: why, or why not.

        Raises:
            UnknownNameError: If the table has no such rule, with the nearest id.
        """
        return hear(self.table.rule(rule_id), self._readings)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The facts that, once known, would close the verdict; those behind earlier tables included."""
        return tuple(dict.fromkeys(self._missing(self.table)))

    def _missing(self, table: Table) -> Iterator[str]:
        reading = reference.read_table(table, self._readings)
        for at, line in enumerate(table.lines):
            unsettled = reading.open >> at & 1 or (line.is_absence and reading.fired >> at & 1)
            if unsettled and table.folding.matters(at, reading.fired, reading.ruling):
                for part in unknown_parts(line.condition, self._readings):
                    yield from self._roots(part)

    def _roots(self, part: Comparison) -> Iterator[str]:
        earlier = self.graph.by_id.get(part.fact.name)
        if earlier is None:
            if not isinstance(part, Missing) or self._readings[part.fact.name] is None:
                yield part.fact.name
        else:
            yield from self._missing(earlier)

    @cached_property
    def margins(self) -> tuple[Margin, ...]:
        """For every known number that the table compares, the next threshold below and above it."""
        return margins(self.table.rules, self.facts)

    @property
    def reasons(self) -> tuple[Rule, ...]:
        """The rules that fired, in the order written."""
        return tuple(self.table.rule(rule_id) for rule_id in self.fired)

    def explain(self, lang: str | Lang = "en") -> str:
        """The verdict as plain text: outcome, rules with reasons and citations, what is open and what would close it.

        Args:
            lang: ``"zh"`` or ``"en"``.
        """
        from revisit_policy.language.words.explanation import explain_verdict

        return explain_verdict(self, self.table.label.lang(lang))

    def why_not(self, rule_id: str, lang: str | Lang = "en") -> str:
        """One rule of the table in plain text: the comparisons that made it fire, kept it from firing, or left it open.

        Raises:
            UnknownNameError: If the table has no such rule, with the nearest id.
        """
        from revisit_policy.language.words.explanation import explain_hearing

        return explain_hearing(self.hearing(rule_id), self.table.label.lang(lang))

    def __repr__(self) -> str:
        parts = [repr(self.table.id), self.status.name, f"outcome={self.outcome!r}"]
        if not self.is_decided:
            parts.append(f"candidates={self.candidates!r}")
        parts += [f"fired={self.fired!r}", f"undecided={self.undecided!r}"]
        return f"<Verdict {' '.join(parts)}>"

    def to_html(self, lang: str | Lang = "en") -> str:
        """The explanation as HTML that needs no style sheet.

        Args:
            lang: ``"zh"`` or ``"en"``.
        """
        chosen = self.table.label.lang(lang)
        return folded(self.explain(chosen).split("\n", 1)[0], self._html(chosen), lang=chosen, is_open=True)

    def to_svg(self, lang: str | Lang = "en") -> str:
        """Why it is so, as a picture: the scale as a ladder with the rules on it, and the figures beside their nearest limits.

        Args:
            lang: ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is no language of the table.
        """
        from revisit_policy.language.words.ranking import verdict_drawn

        return verdict_drawn(self, self.table.label.lang(lang))

    def _html(self, lang: Lang) -> str:
        from revisit_policy.language.words.rendering import verdict_html

        return self.to_svg(lang) + verdict_html(self, lang)

    def _repr_html_(self) -> str:
        return in_languages(self.explain, self._html, languages=self.table.label.languages)

    def __rich_repr__(self) -> Shown:
        yield Words(self.table.id)
        yield "status", self.status
        yield "outcome", Words(repr(self.outcome))
        yield "candidates", Words(repr(self.candidates)), Words(repr((self.outcome,)))
        yield "withheld", few(self.withheld), ()
        yield "fired", few(self.fired)
        yield "undecided", few(self.undecided), ()


@attrs.frozen(repr=False)
class Verdicts(Mapping[str, Verdict]):
    """The verdicts of a graph on one case, by table id, in the order of the tables.

    Args:
        graph: The graph that was read.
        facts: The snapshot of facts.
        resolution: What its tables say of them.
        barring: Pairs of tables of sets, by their ids: the second rules out some of what the first says.
    """

    graph: DecisionGraph
    facts: Snapshot
    resolution: Resolution = attrs.field(eq=False)  # follows from the other two
    barring: tuple[tuple[str, str], ...] = attrs.field(default=(), eq=False, kw_only=True)

    def __getitem__(self, table_id: str) -> Verdict:
        table = found_in(self.graph.by_id, table_id, kind=Phrase("表", "table"))
        found = self.resolution.tables[table_id]
        ruling, withheld = found.ruling, ()
        for barred, bar in self.barring:
            if barred == table_id:
                ruling, withheld = without_barred(ruling, self.resolution.tables[bar].ruling, tables=(table, self.graph.by_id[bar]))
        return Verdict(
            graph=self.graph,
            table=table,
            ruling=ruling,
            fired=found.fired,
            undecided=found.undecided,
            facts=self.facts,
            withheld=withheld,
        )

    def __contains__(self, table_id: object) -> bool:
        return isinstance(table_id, str) and table_id in self.graph.by_id  # a Mapping asks for a KeyError, and an unknown name is none

    def __iter__(self) -> Iterator[str]:
        return iter(self.graph.by_id)

    def __len__(self) -> int:
        return len(self.graph.by_id)

    def __repr__(self) -> str:
        lines = ", ".join(f"{name}={self[name].outcome!r}" for name in self)
        return f"<Verdicts {lines}>"

    def explain(self, lang: str | Lang = "en") -> str:
        """All verdicts as plain text, in the order of the tables."""
        return "\n\n".join(verdict.explain(lang) for verdict in self.values())

    def to_svg(self, lang: str | Lang = "en") -> str:
        """The tables as a picture, with the path that this case took: ticked where rules fired, ``?`` where something is open.

        Args:
            lang: ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        return self._drawn(self.graph.tables[0].label.lang(lang))

    def _drawn(self, lang: Lang) -> str:
        from revisit_policy.language.words.drawing import verdicts_drawn

        return verdicts_drawn(self, lang)

    def _repr_html_(self) -> str:
        from revisit_policy.language.words.drawing import PATH

        return in_languages(PATH.text, self._drawn, languages=self.graph.tables[0].label.languages)

    def __rich_repr__(self) -> Shown:
        for name, verdict in self.items():
            yield name, Words(repr(verdict.outcome))
