"""Witnesses: one combination of facts that shows a finding, and its replay by the reference reader."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from revisit_policy.analysis.space.asking import to_condition
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.language.condition import ALWAYS, Condition, comparisons
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.readers import reference
from revisit_policy.language.readers.reference import Reading
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.words.wording import outcome_text, value_text
from revisit_policy.speech.joining import clauses, headed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Lang
from revisit_policy.values.validation import checked, found_in, to_tuple


@attrs.frozen
class Witness:
    """An example: facts, each with its value, ``None`` where it is unknown; and the case file that has them.

    Args:
        values: The facts with the values that tables take by keyword: ``table(**witness.facts)``.
        case: A case file with these facts; ``None`` if the facts are not made from case files, or none was found.
        on: The decision day of the case file.
        supplied: The values of the facts that the caller supplies beside the case file.
        is_abstract: True if the facts are made from case files and none was found that has them. Facts share fields,
            so there may be none; then what the witness is to show is not shown.
    """

    values: tuple[tuple[Fact, Hashable], ...] = attrs.field(converter=to_tuple)
    case: CaseFile | None = attrs.field(default=None, kw_only=True)
    on: Date | None = attrs.field(default=None, kw_only=True)
    supplied: tuple[tuple[str, Hashable], ...] = attrs.field(default=(), kw_only=True, converter=to_tuple)
    is_abstract: bool = attrs.field(default=False, kw_only=True)

    def __rich_repr__(self) -> Shown:
        yield "facts", few(f"{fact.name}={value!r}" for fact, value in self.values)
        yield "on", Words(str(self.on)), Words("None")
        yield "case", self.case, None
        yield "supplied", few(f"{name}={value!r}" for name, value in self.supplied), ()

    @classmethod
    def of(cls, snapshot: Snapshot, **of_case: Any) -> Witness:  # noqa: ANN401 - the other arguments of the class
        """The facts of *snapshot*, as a table takes them by keyword."""
        return cls(tuple((fact, _exact(fact, snapshot[fact.name])) for fact in snapshot.facts), **of_case)

    @property
    def facts(self) -> dict[str, Any]:
        """The values by the names of their facts."""
        return {fact.name: value for fact, value in self.values}

    def on_day(self, day: Date) -> Witness:
        """The same facts, without a case file, on another decision day."""
        day = to_date(day, field="day")
        return Witness(tuple((fact, day if fact == DECISION_DAY else value) for fact, value in self.values))

    def read_by(self, graph: DecisionGraph, table_id: str) -> Mapping[str, Reading]:
        """What the reference reader says of these facts: of one table and of those that it rests on."""
        checked(graph, DecisionGraph, field="graph", expected=Phrase("DecisionGraph", "a DecisionGraph"))
        found_in(graph.by_id, table_id, kind=Phrase("表", "table"))
        facts = self.facts
        snapshot = snapshot_of(graph.facts, {fact.name: facts.get(fact.name, fact.when_absent) for fact in graph.facts})
        return read_graph(graph, {name: snapshot.encoded(name) for name in snapshot}, table_id)

    def text(self, lang: Lang, *, about: Condition = ALWAYS) -> str:
        """The facts with their values, on one line: those that *about* compares, or all if it compares none."""
        asked = {part.fact.name for part in comparisons(to_condition(about, field="about"))}
        parts = []
        for fact, value in self.values:
            if asked and fact.name not in asked:
                continue
            shown = outcome_text(value, lang) if isinstance(value, tuple) else _value_text(fact, value, lang)
            parts.append(headed(fact.label.text(lang), shown, lang))
        return clauses(parts, lang)


def _value_text(fact: Fact, value: Any, lang: Lang) -> str:  # noqa: ANN401 - a value of the fact
    return value_text(fact, None if value is None else fact.domain.encode(value), lang)


def read_graph(graph: DecisionGraph, facts: Mapping[str, Any], table_id: str) -> dict[str, Reading]:
    """What the reference reader says of *facts*, as they are encoded: of one table and of those that it rests on."""
    needed, readings = {table_id, *behind(graph, table_id)}, dict(facts)
    found: dict[str, Reading] = {}
    for table in graph.tables:
        if table.id in needed:
            found[table.id] = reading = reference.read_table(table, readings)
            readings[table.id] = reading.ruling.reads
    return found


def behind(graph: DecisionGraph, table_id: str) -> tuple[str, ...]:
    """The tables that *table_id* reads, and those that they read, in the order of *graph*."""
    wanted = [table_id]
    found: set[str] = set()
    while wanted:
        new = {name for name in graph.by_id[wanted.pop()].reads if name in graph.by_id} - found
        found |= new
        wanted += new
    return tuple(table.id for table in graph.tables if table.id in found)


def _exact(fact: Fact, value: Any) -> Any:  # noqa: ANN401 - of the kind that its fact has
    """A ratio as the plainest fraction that is held as the same quotient, anything else as it is."""
    if isinstance(fact.domain, Ratios) and value is not None:
        return Fraction(value).limit_denominator(fact.domain.denominator)
    return value
