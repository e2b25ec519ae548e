"""The columns of a bank's own words: when each kind of visit was made, by which means, and since when what a signal is about has been so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Final

import attrs

from revisit_policy.casefile.case_columns import CURRENCY, FIELDS, PLAIN_PLANNED_BY, SAID, action_paths, event_path, kind_path, method_path, result_paths
from revisit_policy.casefile.holding import Holding
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.outcomes.words.vocabulary import OURS, Vocabulary
from revisit_policy.values.labels import Label, Labelled, OrderedLabelled

#: What the columns of our methods were called before a method could have the code of a kind; read until 1.0.
FORMER: Final[Mapping[str, str]] = {method_path(method): f"visits.{method.value}" for method in VisitMethod}


@attrs.frozen
class WordColumns:
    """The columns of visits and events in the *words* of one policy.

    Examples:
        >>> WordColumns(OURS).visits[0], WordColumns(OURS).visits[-1], WordColumns(OURS).events[0]
        ('visits.first', 'visits.by.on_site', 'events.arrears')
    """

    words: Vocabulary

    @cached_property
    def kinds(self) -> Mapping[str, Labelled]:
        """The kinds of visits by their columns."""
        return {kind_path(kind): kind for kind in self.words.visited}

    @cached_property
    def reported(self) -> Mapping[str, Labelled]:
        """The kinds of visits to the borrower by the columns of when the last was reported; a valuation is none."""
        return {result_paths(kind)[0]: kind for kind in self.words.visited if kind != VisitKind.REVALUATION}

    @cached_property
    def told(self) -> Mapping[str, Labelled]:
        """The same kinds by the columns of when the borrower was told what came of the last."""
        return {result_paths(kind)[1]: kind for kind in self.reported.values()}

    @cached_property
    def results(self) -> tuple[str, ...]:
        """The columns of results, two a kind of visit to the borrower."""
        return tuple(path for kind in self.reported.values() for path in result_paths(kind))

    @cached_property
    def desk(self) -> Mapping[str, Labelled]:
        """What a desk does by the columns of when it last did."""
        return {kind_path(kind): kind for kind in self.words.at_desk}

    @cached_property
    def methods(self) -> Mapping[str, OrderedLabelled]:
        """The methods by their columns, each of the last visit by it or a better one."""
        return {method_path(method): method for method in self.words.means}

    @cached_property
    def codes(self) -> Mapping[str, Labelled]:
        """What signals are about, by its columns."""
        return {event_path(code): code for code in self.words.signals}

    @cached_property
    def grades(self) -> Mapping[str, OrderedLabelled]:
        """The grades by their codes, as far as they are members of an enumeration."""
        return {str(grade.value): grade for grade in self.words.grades if isinstance(grade, OrderedLabelled)}

    @cached_property
    def visits(self) -> tuple[str, ...]:
        """The columns of visits: of every kind, then by every method."""
        return (*self.kinds, *self.methods)

    @cached_property
    def events(self) -> tuple[str, ...]:
        """The columns of events."""
        return tuple(self.codes)

    @cached_property
    def action_states(self) -> Mapping[str, Labelled]:
        """The measures by the columns of how far they have come."""
        return {action_paths(note.measure)[0]: note.measure for note in self.words.measures}

    @cached_property
    def action_days(self) -> Mapping[str, Labelled]:
        """The measures by the columns of the days of their last actions."""
        return {action_paths(note.measure)[1]: note.measure for note in self.words.measures}

    @cached_property
    def days(self) -> frozenset[str]:
        """The columns of visits, events and actions that hold days."""
        return frozenset((*self.visits, *self.results, *self.desk, *self.events, *self.action_days))

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every column that a case file can fill."""
        return (*FIELDS, *SAID, CURRENCY, *self.visits, *self.results, *self.desk, *self.events, *self.actions)

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """The columns of actions, two a measure."""
        return tuple(path for note in self.words.measures for path in action_paths(note.measure))

    @cached_property
    def planned_by(self) -> tuple[str, ...]:
        """What the plan of visits reads of a row beside the facts of the policy."""
        return (*PLAIN_PLANNED_BY, *self.visits, *self.events)

    @cached_property
    def former(self) -> Mapping[str, str]:
        """By the columns the names that they had before, as far as nothing else has these now."""
        return {path: name for path, name in FORMER.items() if path in self.methods and name not in self.kinds}

    def holds(self, path: str) -> Holding:
        """What kind of value stands in a column."""
        field = FIELDS.get(path)
        if path in self.action_states:
            return Holding.CODE
        return field.holds if field is not None else Holding.DAY if path in self.days else SAID.get(path, Holding.TEXT)

    def meaning(self, path: str) -> Label | None:
        """What a column of visits or events says; ``None`` for any other."""
        if path in self.codes:
            what = self.codes[path]
            return Label(f"{what.label('zh')}起始日", f"first day of: {what.label('en')}")
        if path in self.kinds or path in self.desk:
            kind = self.kinds.get(path) or self.desk[path]
            return Label(f"最近一次{kind.label('zh')}完成日", f"last day of: {kind.label('en')}")
        if path in self.results:
            return self._of_a_result(path)
        if path in self.methods:
            method = self.methods[path]
            return Label(f"最近一次{method.label('zh')}及以上方式完成日", f"last day of: {method.label('en')} or better")
        return self._of_an_action(path)

    def _of_a_result(self, path: str) -> Label:
        if path in self.reported:
            kind = self.reported[path]
            return Label(f"最近一次{kind.label('zh')}报告日", f"day on which the last was reported: {kind.label('en')}")
        kind = self.told[path]
        return Label(f"最近一次{kind.label('zh')}结果告知借款人之日", f"day on which the borrower was told of the last: {kind.label('en')}")

    def _of_an_action(self, path: str) -> Label | None:
        if path in self.action_states:
            measure = self.action_states[path]
            return Label(f"{measure.label('zh')}最近进展", f"how far it has come: {measure.label('en')}")
        if path in self.action_days:
            measure = self.action_days[path]
            return Label(f"{measure.label('zh')}最近进展日", f"day of the last action: {measure.label('en')}")
        return None


@lru_cache(maxsize=64)
def columns_in(words: Vocabulary) -> WordColumns:
    """The columns in the *words* of a policy, kept for the next frame."""
    return WordColumns(words)


#: Those of the words that the library brings.
OUR_COLUMNS: Final = columns_in(OURS)
