"""Witnesses: one combination of facts that shows a finding, and its replay by the reference reader."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from revisit_policy.language import reference
from revisit_policy.language.condition import ALWAYS, Condition, comparisons
from revisit_policy.language.domain import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.language.graph import DecisionGraph
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.reference import Reading
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.language.wording import outcome_text, value_text
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Lang
from revisit_policy.values.validation import to_tuple


@attrs.frozen
class Witness:
    """Facts, each with the value that it has in the example; ``None`` where it is unknown.

    The values are those that tables take by keyword: ``table(**witness.facts)``.
    """

    values: tuple[tuple[Fact, Hashable], ...] = attrs.field(converter=to_tuple)

    @classmethod
    def of(cls, snapshot: Snapshot) -> Witness:
        """The facts of *snapshot*, as a table takes them by keyword."""
        return cls(tuple((fact, _exact(fact, snapshot[fact.name])) for fact in snapshot.facts))

    @property
    def facts(self) -> dict[str, Any]:
        """The values by the names of their facts."""
        return {fact.name: value for fact, value in self.values}

    def on(self, day: Date) -> Witness:
        """The same facts on another decision day."""
        return Witness(tuple((fact, day if fact == DECISION_DAY else value) for fact, value in self.values))

    def read_by(self, graph: DecisionGraph) -> Mapping[str, Reading]:
        """What the reference reader says of these facts."""
        facts = self.facts
        given = {fact.name: facts.get(fact.name, fact.when_absent) for fact in graph.facts}
        return reference.read(graph, snapshot_of(graph.facts, given))

    def text(self, lang: Lang, *, about: Condition = ALWAYS) -> str:
        """The facts with their values, on one line: those that *about* compares, or all if it compares none."""
        asked = {part.fact.name for part in comparisons(about)}
        parts = []
        for fact, value in self.values:
            if asked and fact.name not in asked:
                continue
            shown = outcome_text(value, lang) if isinstance(value, tuple) else _value_text(fact, value, lang)
            parts.append(f"{fact.label.text(lang)}{'：' if lang is Lang.ZH else ': '}{shown}")
        return ("；" if lang is Lang.ZH else "; ").join(parts)


def _value_text(fact: Fact, value: Any, lang: Lang) -> str:  # noqa: ANN401 - a value of the fact
    return value_text(fact, None if value is None else fact.domain.encode(value), lang)


def _exact(fact: Fact, value: Any) -> Any:  # noqa: ANN401
    """A ratio as the plainest fraction that is held as the same quotient, anything else as it is."""
    if isinstance(fact.domain, Ratios) and value is not None:
        return Fraction(value).limit_denominator(fact.domain.denominator)
    return value
