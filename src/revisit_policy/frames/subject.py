"""What decides a frame: one graph of tables, or the policies of a rulebook, each for the rows that are under it."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import attrs

from revisit_policy.casefile.rows.word_columns import WordColumns, columns_in
from revisit_policy.errors import InvalidValueError
from revisit_policy.frames.horizon import Horizon
from revisit_policy.language.fact import Fact
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.asked import graph_in
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind
from revisit_policy.outcomes.obligations.usual import as_told
from revisit_policy.outcomes.words.vocabulary import OURS, VISIT_KIND, Vocabulary
from revisit_policy.policy.bound_table import BoundTable
from revisit_policy.policy.edition import Edition
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled, Lang, lang_among

Policy: TypeAlias = Table | BoundTable | DecisionGraph | RevisitPolicy | Rulebook


@attrs.frozen(kw_only=True)
class Edited:
    """One policy and the edition it is; both ``None`` where a bare graph decides.

    Args:
        graph: The tables that speak once for a row.
        policy: The policy they are of.
        edition: The edition of the rulebook.
    """

    graph: DecisionGraph
    policy: RevisitPolicy | None = None
    edition: Edition | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that a row has to give, those of the tables that speak for every visit included."""
        if self.policy is None:
            return self.graph.facts
        return tuple(fact for fact in self.policy.graph.facts if fact.name != VISIT_KIND)

    @property
    def name(self) -> str:
        """What the edition is called."""
        return self.edition.id if self.edition else self.policy.id if self.policy else ""


@attrs.frozen
class Subject:
    """The editions of what decides, in order of time, the rulebook that they are of, and how far ahead visits are planned, if they are.

    Columns of answers that are not *wanted* are neither worked out nor put out; empty, all are.
    """

    editions: tuple[Edited, ...]
    rulebook: Rulebook | None = None
    horizon: Horizon | None = None
    wanted: frozenset[str] = frozenset()

    @property
    def plans_visits(self) -> bool:
        """True if visits are planned too."""
        return self.horizon is not None

    @property
    def is_policy(self) -> bool:
        """True if a policy or a rulebook decides, and not a bare graph."""
        return self.editions[0].policy is not None

    @property
    def words(self) -> Vocabulary:
        """The words of the policy, which are those of all its editions; of a bare graph none but ours."""
        policy = self.editions[-1].policy
        return OURS if policy is None else policy.words

    def lang(self, lang: str) -> Lang:
        """The language of a code, which has to be one of the policy; for a bare graph one of ours or of its tables."""
        if self.is_policy:
            return self.words.lang(lang)
        return lang_among(lang, dict.fromkeys((*Lang, *(code for table in self.editions[0].graph.tables for code in table.label.languages))))

    @property
    def named(self) -> WordColumns:
        """The columns of visits and events in these words."""
        return columns_in(self.words)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of all editions, each once."""
        return tuple(dict.fromkeys(fact for edited in self.editions for fact in edited.facts))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all editions that speak once for a row, one for each id; the latest edition comes first."""
        found: dict[str, Rule] = {}
        for edited in reversed(self.editions):
            for table in edited.graph.tables:
                for rule in table.rules:
                    found.setdefault(rule.id, rule)
        return tuple(found.values())


def subject_of(policy: object) -> Subject:
    """What decides: a rulebook, a policy, or the graph of whatever else can be asked, such as ``policy.grade`` or a table alone.

    Raises:
        InvalidValueError: If *policy* is none of them.
    """
    if isinstance(policy, RevisitPolicy | Rulebook):
        return _subject_of(policy)
    graph = graph_in(policy)
    if graph is None:
        expected = Phrase(
            "Rulebook、RevisitPolicy 或 DecisionGraph，如 `DecisionGraph((table,))`",
            "a Rulebook, a RevisitPolicy or a DecisionGraph, such as `DecisionGraph((table,))`",
        )
        raise InvalidValueError(owner="", field="policy", value=type(policy).__name__, expected=expected)
    return _subject_of(graph)


@lru_cache(maxsize=64)
def _subject_of(policy: DecisionGraph | RevisitPolicy | Rulebook) -> Subject:
    match policy:
        case Rulebook():
            parts = tuple(Edited(graph=edition.policy.case_graph, policy=edition.policy, edition=edition) for edition in policy.editions)
            return Subject(parts, policy)
        case RevisitPolicy():
            return Subject((Edited(graph=policy.case_graph, policy=policy),))
        case _:
            return Subject((Edited(graph=policy),))


def owed_by(table: Table) -> tuple[Obligation, ...]:
    """What a table of obligations can say."""
    assert isinstance(table.outcomes, Scale)  # noqa: S101 - its seat says so
    return table.outcomes.outcomes  # type: ignore[return-value] # likewise


def kinds_told(policy: RevisitPolicy) -> dict[Labelled, ObligationKind]:
    """What holds of every kind of a *policy*."""
    return {each.kind: as_told(each) for each in policy.words.kinds}
