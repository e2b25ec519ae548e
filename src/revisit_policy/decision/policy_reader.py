"""Policy readers: what is made of tables and figures to decide with, by a policy that is signed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.own.own_fact import no_entries, own_names
from revisit_policy.decision.assessments import Assessments
from revisit_policy.decision.beginnings.saying import Sayings, dated_part, may_be_dated
from revisit_policy.decision.due import DueReader
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.decision.seats.shape import BARRING, PER_VISIT
from revisit_policy.decision.seats.strangers import Strangers
from revisit_policy.decision.visit_reader import VisitReader
from revisit_policy.language.condition import Condition
from revisit_policy.language.derivation import Supplied
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.scale import Scale
from revisit_policy.language.snapshot import Part, Snapshot
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdicts
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.obligations.desk_kind import DeskKind
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind
from revisit_policy.outcomes.words.measure_order import MeasureOrder
from revisit_policy.outcomes.words.vocabulary import VISIT_KIND, Vocabulary
from revisit_policy.values.labels import Label, Labelled, OrderedLabelled
from revisit_policy.values.unchecked import unchecked
from revisit_policy.values.working_days import WorkCalendar

_verdicts = unchecked(Verdicts)


@attrs.frozen(kw_only=True)
class Identity:
    """Who decides, by the names that a decision carries.

    Args:
        policy: The id of the policy.
        version: Its version.
        digest: The digest of its content.
        edition: The id of the rulebook's edition; ``None`` if a policy is asked directly.
        edition_label: What that edition is called.
        languages: The codes of the languages that people read.
    """

    policy: str
    version: str
    digest: str
    edition: str | None = None
    edition_label: Label | None = None
    languages: tuple[str, ...] = ("zh", "en")


@attrs.frozen(kw_only=True, eq=False)
class PolicyReader:
    """What is made, once, of the tables of a policy to decide with.

    Args:
        tables: The tables, in the order in which they speak.
        conventions: The figures that turn outcomes into days.
        vocabulary: The words of the policy, none left out.
        calendar: The working days used unless a call brings its own.
    """

    tables: tuple[Table, ...]
    conventions: Conventions
    vocabulary: Vocabulary
    calendar: WorkCalendar | None = None

    @cached_property
    def graph(self) -> DecisionGraph:
        """All tables as one function of facts."""
        return DecisionGraph(self.tables, currency=self.vocabulary.currency)

    @cached_property
    def sayings(self) -> Sayings:
        """Which lines of the tables say what is asked of their outcomes, for whoever follows beginnings through them."""
        return Sayings(self.graph.by_id)

    @cached_property
    def case_graph(self) -> DecisionGraph:
        """The tables that speak once for a case."""
        tables = tuple(table for table in self.tables if table.id not in PER_VISIT)
        return DecisionGraph(tables, currency=self.vocabulary.currency)

    @cached_property
    def supplied(self) -> tuple[str, ...]:
        """The names of the facts that a caller supplies, those of visits aside, and of the own facts that a case file has."""
        return tuple(dict.fromkeys((
            *(fact.name for fact in self.graph.facts if isinstance(fact.derived, Supplied) and fact.name != VISIT_KIND and fact != DECISION_DAY),
            *self.own,
        )))

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The names of the own facts of a case file that the policy reads."""
        return tuple(dict.fromkeys(name for fact in self.own_facts for name in own_names(fact)))

    @cached_property
    def own_facts(self) -> tuple[Fact, ...]:
        """The own facts that rules compare, that obligations are counted from, and that meet those of a kind."""
        table = self.case_graph.by_id.get("obligations")
        said = table.outcomes.outcomes if table is not None and isinstance(table.outcomes, Scale) else ()
        days = (*(getattr(each, "since", None) for each in said), *(kind.met_by for kind in self.vocabulary.kinds))
        known = (*self.graph.facts, *(day for day in days if isinstance(day, Fact)))
        return tuple({fact.name: fact for fact in known if own_names(fact)}.values())

    @cached_property
    def no_entries(self) -> Mapping[str, bool | int]:
        """What the own facts that are registers are where a case file does not mention them."""
        return no_entries(self.own_facts)

    @cached_property
    def visit_reader(self) -> VisitReader:
        """How the tables that speak once for every visit are asked."""
        return VisitReader(self.graph.by_id, self.graph.facts, vocabulary=self.vocabulary, run_months=self.conventions.classification_months)

    def working_days_to_act(self, level: OrderedLabelled) -> int | None:
        """Working days within which a measure of a loan at *level* is taken; ``None`` if it waits for the next visit."""
        return self.vocabulary.days_to_act(level, usual=self.conventions.working_days_to_act(level))

    @cached_property
    def notes(self) -> Mapping[Labelled, MeasureNote]:
        """The note on every measure; one without a word where the policy says nothing."""
        return {note.measure: note for note in self.vocabulary.measures}

    @cached_property
    def at_desk(self) -> frozenset[Labelled]:
        """The kinds that a desk serves, and that meet nothing else; a check of data, made by whatever method, meets what asks for no more than that."""
        return frozenset(self.vocabulary.purposes) - {*self.vocabulary.visited, DeskKind.DATA_CHECK}

    @cached_property
    def _strangers(self) -> Strangers:
        return Strangers(self.vocabulary)

    def check_words(self, case: CaseFile) -> None:
        """Do nothing if *case* speaks in the words of the policy; see `Strangers`.

        Raises:
            InvalidInputError: If it does not.
        """
        self._strangers.check(case)

    @cached_property
    def measure_order(self) -> MeasureOrder:
        """Which measures are choices of one step, and which come after which."""
        return MeasureOrder(self.vocabulary.measures)

    @cached_property
    def datable(self) -> Mapping[str, Condition]:
        """By the ids of the rules that recommend measures, and of which some case file tells since when they hold, what tells it."""
        tables = self.case_graph.by_id
        rules = tables["measures"].rules if "measures" in tables else ()
        return {rule.id: dated_part(rule.condition, self.sayings) for rule in rules if may_be_dated(rule.condition, self.sayings)}

    @cached_property
    def assessments(self) -> Assessments:
        """From what the tables say, and the places of the facts that are unknown, to what is handed out."""
        told = {each.kind: each for each in self.vocabulary.kinds if each != ObligationKind(each.kind)}
        due = DueReader(self.case_graph.by_id, self.conventions, told)
        return Assessments(due, tuple(fact.name for fact in self.case_graph.facts), quiet=self.vocabulary.quiet)

    @cached_property
    def _of_a_case(self) -> Part:
        return Part.of(self.case_graph.facts, self.graph.facts)

    @cached_property
    def _barring(self) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in BARRING if self.case_graph.by_id.keys() >= set(pair))

    def case_verdicts(self, snapshot: Snapshot) -> Verdicts:
        """What the tables that speak once for a case say of a *snapshot* of all facts."""
        graph = self.case_graph
        said = self._of_a_case.taken_from(snapshot)
        return _verdicts(graph=graph, facts=said, resolution=graph.reader.resolve(said), barring=self._barring)
