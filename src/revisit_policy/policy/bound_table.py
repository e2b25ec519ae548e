"""Bound tables: one table of a policy, asked as a function of facts, with everything it reads decided first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Generic, Protocol, Self, cast, overload

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.decision.question import decision_day
from revisit_policy.decision.seats.shape import BARRING, BY_ID
from revisit_policy.language.call import not_a_case, verdicts_of
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.language.fold import Outcome
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.rule import Rule
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdict, Verdicts
from revisit_policy.values.brief import Shown


@attrs.frozen(repr=False)
class BoundTable(Generic[Outcome]):
    """A table in its policy: ``policy.grade(days_past_due=91)`` decides what the table reads, then the table.

    Where a table, a graph or a policy is asked about, it stands for its :attr:`graph`: ``analysis.gaps(policy.grade)``.

    Args:
        whole: All tables of the policy.
        table: The one.
    """

    whole: DecisionGraph
    table: Table[Outcome]

    @cached_property
    def graph(self) -> DecisionGraph:
        """The table with the tables that it rests on, what bars some of it among them, and none of the others."""
        return self.whole.leading_to(self.table.id, *(bar for _, bar in self._barring))

    @property
    def _barring(self) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in BARRING if pair[0] == self.table.id and pair[1] in self.whole.by_id)

    def __call__(
        self, case: CaseFile | None = None, /, *, supplied: Mapping[str, object] | None = None, assuming: Sequence[Assumption] = (), **facts: object
    ) -> Verdict[Outcome]:
        """The verdict on keyword *facts*, or on a *case* file.

        Of keyword facts, what is not mentioned is unknown, and a register not mentioned has no entry. What the table reads
        is decided first; the case file is read as by :meth:`RevisitPolicy.decide`, without a schedule.

        Args:
            case: What the bank knows. Of keywords it leaves ``on=``, the decision day, which may be left out where nothing
                that the table rests on counts from it.
            supplied: Beside a case file, the supplied facts by name.
            assuming: Stand-ins for facts that turn out unknown.
            facts: Values by the names of their facts.

        Of measures, those that are barred, even possibly, are no outcome; :attr:`Verdict.withheld` has them.

        Raises:
            UnknownNameError: If a keyword names no fact of the policy, with the nearest name.
            InvalidInputError: If values are of another type or outside their domains, all of them together; if *case* is no
                case file or does not fit the day, keyword facts stand beside it, or the decision day is needed.

        Examples:
            >>> from revisit_policy.rulebooks import cn_housing
            >>> cn_housing.policy().grade(days_past_due=91).outcome
            Grade.SUBSTANDARD
        """
        if case is None and supplied is None:
            return self._of_facts(facts, assuming)
        graph, given = self.graph, cast("object", case)  # what a caller without a type checker may hand over
        if given is not None and not isinstance(given, CaseFile):
            raise not_a_case(given, graph)
        if isinstance(given, CaseFile) and facts.get(DECISION_DAY.name) is not None:
            given.check(decision_day(facts[DECISION_DAY.name]))  # type: ignore[arg-type] # it refuses what is no day
        return self._handed_out(verdicts_of(graph, case, facts=facts, supplied=supplied, assuming=assuming))

    def _of_facts(self, facts: Mapping[str, object], assuming: Sequence[Assumption]) -> Verdict[Outcome]:
        """The verdict on keyword *facts*: names and values are looked at for the whole policy, and no more read than leads here."""
        given, graph = snapshot_of(self.whole.facts, facts, assuming=assuming), self.graph
        read = {fact.name for fact in graph.facts}
        assumed = tuple(stand_in for stand_in in given.assumed if stand_in.fact.name in read)
        return self._handed_out(graph.read(Snapshot(graph.facts, tuple(given.encoded(fact.name) for fact in graph.facts), assumed)))

    def _handed_out(self, said: Verdicts) -> Verdict[Outcome]:
        return attrs.evolve(said, barring=self._barring)[self.table.id]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the order written."""
        return self.table.rules

    @property
    def outcome(self) -> Fact:
        """The outcome as a fact, to be compared in conditions: ``policy.grade.outcome >= Grade.SUBSTANDARD``."""
        return self.table.outcome

    def to_markdown(self, lang: str = "en") -> str:
        """The table as Markdown that a risk officer can read and sign."""
        return self.table.to_markdown(lang)

    def to_html(self, lang: str = "en") -> str:
        """The table as HTML that needs no style sheet."""
        return self.table.to_html(lang)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    def __repr__(self) -> str:
        return f"<table {self.table.id}: {len(self.table.rules)} rules, {self.table.fold.name}>"

    def __rich_repr__(self) -> Shown:
        yield self.table


class _HasTables(Protocol):
    """What tables are asked of, such as a policy."""

    def table(self, table_id: str, /) -> BoundTable:
        """The table of this id."""
        ...


class Slot(Generic[Outcome]):
    """The place of a table in a policy, named after its seat; what such a table says is told to type checkers."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = BY_ID[name].id

    @overload
    def __get__(self, policy: None, owner: type) -> Self: ...

    @overload
    def __get__(self, policy: _HasTables, owner: type) -> BoundTable[Outcome]: ...

    def __get__(self, policy: _HasTables | None, owner: type) -> Self | BoundTable[Outcome]:
        return self if policy is None else policy.table(self.name)  # asked of the class: the slot itself, for documentation
