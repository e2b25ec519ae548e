"""The policy: tables bound into one function from a case file and a day to a decision with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import attrs

from revisit_policy.casefile import facts
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.errors import InvalidPolicyError, RevisitPolicyError, UnknownNameError
from revisit_policy.language.condition import ALWAYS
from revisit_policy.language.derivation import Supplied
from revisit_policy.language.fact import Assumption
from revisit_policy.language.generated import Memory, Resolution
from revisit_policy.language.graph import DecisionGraph, in_order
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.rule import Rule
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.table import Table
from revisit_policy.language.verdict import Verdicts
from revisit_policy.policy.assessment import Assessment, assess
from revisit_policy.policy.bound_table import Slot
from revisit_policy.policy.conventions import Conventions
from revisit_policy.policy.overlay import Addition, Overlay
from revisit_policy.policy.question import Question
from revisit_policy.policy.refusal import Refusal
from revisit_policy.policy.visit_reader import VisitReader
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label
from revisit_policy.values.working_days import WorkCalendar

if TYPE_CHECKING:
    from revisit_policy.policy.decision import Decision

#: The tables a policy is made of, in the order in which they speak.
TABLES: Final = (
    "difficulty",
    "grade",
    "signals",
    "level",
    "interval_base",
    "interval",
    "first_window",
    "triggers",
    "revaluation",
    "measures",
    "barred",
    "origination",
    "method",
    "turnaround",
)

#: The tables that speak once for every planned visit, with its kind as the fact ``visit_kind``.
PER_VISIT: Final = ("method", "turnaround")

#: The tables out of which every case is handed something, so that they may leave no gap.
NO_GAP: Final = ("difficulty", "grade", "level", "interval", "first_window", "revaluation", "method")


@attrs.frozen(repr=False)
class RevisitPolicy:
    """A frozen policy; every change makes another one.

    Ask one table with keyword facts (``policy.grade(days_past_due=91)``), or decide a whole case file
    (:meth:`decide`). Change it with :meth:`replacing`, :meth:`adding`, :meth:`without`, :meth:`with_table` and ``|``.

    Args:
        id: The name decisions carry.
        version: The version decisions carry, beside the :attr:`digest` of the content.
        label: What the policy is called.
        tables: All of :data:`TABLES`, in any order.
        conventions: The figures that turn outcomes into days.
        calendar: The working days used unless a call brings its own.

    Raises:
        InvalidPolicyError: If a table is missing or unknown, ids are used twice, or tables read in a circle.
    """

    id: str
    version: str = attrs.field(kw_only=True)
    label: Label = attrs.field(kw_only=True)
    tables: tuple[Table, ...] = attrs.field(kw_only=True, converter=in_order)
    conventions: Conventions = attrs.field(factory=Conventions, kw_only=True)
    calendar: WorkCalendar = attrs.field(default=CHINA, kw_only=True)

    difficulty = Slot()
    grade = Slot()
    signals = Slot()
    level = Slot()
    interval_base = Slot()
    interval = Slot()
    first_window = Slot()
    triggers = Slot()
    revaluation = Slot()
    measures = Slot()
    barred = Slot()
    origination = Slot()
    method = Slot()
    turnaround = Slot()

    def __attrs_post_init__(self) -> None:
        there = {table.id for table in self.tables}
        missing = [name for name in TABLES if name not in there]
        surplus = sorted(there - set(TABLES))
        if missing or surplus:
            problem = "; ".join(
                f"{what} tables: {', '.join(names)}" for what, names in (("missing", missing), ("unknown", surplus)) if names
            )
            raise InvalidPolicyError(subject=self.id, problem=problem)
        for table in self.tables:
            if table.id not in PER_VISIT and (late := set(table.reads) & set(PER_VISIT)):
                problem = f"reads `{', '.join(sorted(late))}`, which speaks once for every visit, after all others"
                raise InvalidPolicyError(subject=table.id, problem=problem)
            if table.id not in PER_VISIT and facts.visit_kind in table.facts:
                problem = "reads `visit_kind`, which only the tables that speak once for every visit are told"
                raise InvalidPolicyError(subject=table.id, problem=problem)
            if table.id in NO_GAP and table.otherwise is None and all(rule.condition != ALWAYS for rule in table.rules):
                problem = "needs `otherwise` or a rule that always holds: every case is handed something out of it"
                raise InvalidPolicyError(subject=table.id, problem=problem)
        DecisionGraph(self.tables)

    @cached_property
    def graph(self) -> DecisionGraph:
        """All tables as one function of facts."""
        return DecisionGraph(self.tables)

    @cached_property
    def case_graph(self) -> DecisionGraph:
        """The tables that speak once for a case."""
        return DecisionGraph(tuple(table for table in self.tables if table.id not in PER_VISIT))

    @cached_property
    def supplied(self) -> tuple[str, ...]:
        """The names of the facts that a caller supplies, those of visits aside."""
        return tuple(
            fact.name for fact in self.graph.facts if isinstance(fact.derived, Supplied) and fact not in {facts.visit_kind, DECISION_DAY}
        )

    @cached_property
    def visit_reader(self) -> VisitReader:
        """How the tables that speak once for every visit are asked."""
        by_id = self.graph.by_id
        return VisitReader(
            by_id["method"], by_id["turnaround"], by_id["signals"], self.graph.facts, on_site_officers=self.conventions.on_site_officers
        )

    @cached_property
    def assessments(self) -> Memory:
        """From what the tables say, and the places of the facts that are unknown, to what is handed out."""
        names = tuple(fact.name for fact in self.case_graph.facts)
        tables = dict(self.case_graph.by_id)

        def made(key: tuple[Resolution, tuple[int, ...]]) -> Assessment:
            resolution, unknown = key
            return assess(tables, resolution, unknown=frozenset(names[place] for place in unknown))

        return Memory(made)

    @cached_property
    def _case_places(self) -> tuple[int, ...]:
        places = {fact.name: place for place, fact in enumerate(self.graph.facts)}
        return tuple(places[fact.name] for fact in self.case_graph.facts)

    def case_verdicts(self, snapshot: Snapshot) -> Verdicts:
        """What the tables that speak once for a case say of a *snapshot* of all facts."""
        values = snapshot.values
        kept = tuple([values[place] for place in self._case_places])
        return self.case_graph.read(Snapshot(self.case_graph.facts, kept, snapshot.assumed))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the whole content: tables, facts and figures. Two policies of one digest decide alike."""
        facts = sorted(repr(fact) for fact in self.graph.facts)
        content = repr((self.id, self.version, self.label, self.tables, facts, self.conventions))
        return sha256(content.encode()).hexdigest()

    @cached_property
    def _home(self) -> Mapping[str, Table]:
        return {rule.id: table for table in self.tables for rule in table.rules}

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id.

        Raises:
            UnknownNameError: If there is none, with the nearest id.
        """
        return self._home_of(rule_id).rule(rule_id)

    def _home_of(self, rule_id: str) -> Table:
        if rule_id not in self._home:
            raise UnknownNameError(kind="rule", name=rule_id, known=tuple(self._home))
        return self._home[rule_id]

    # -- change ------------------------------------------------------------------------------------------------------

    def replacing(self, rule: Rule) -> RevisitPolicy:
        """The policy with *rule* in the place of the one that has its id.

        Raises:
            UnknownNameError: If no rule has this id, with the nearest one.
        """
        table = self._home_of(rule.id)
        return self._with(attrs.evolve(table, rules=tuple(rule if old.id == rule.id else old for old in table.rules)))

    def adding(self, *rules: Rule, to: str, where: str | None = None) -> RevisitPolicy:
        """The policy with new *rules* in the table *to*; a FIRST table is told ``where="before"`` or ``"after"``.

        Raises:
            UnknownNameError: If there is no such table.
            InvalidPolicyError: If a rule id is already used.
        """
        addition = Addition(table=to, rules=rules, where=where)  # type: ignore[arg-type] # checked when it is added
        return self._with(addition.added_to(self._table(to)))

    def without(self, rule_id: str) -> RevisitPolicy:
        """The policy without one rule.

        Raises:
            UnknownNameError: If no rule has this id, with the nearest one.
        """
        table = self._home_of(rule_id)
        return self._with(attrs.evolve(table, rules=tuple(rule for rule in table.rules if rule.id != rule_id)))

    def with_table(self, table: Table) -> RevisitPolicy:
        """The policy with *table* in the place of the one that has its id.

        Raises:
            UnknownNameError: If there is no such table.
        """
        self._table(table.id)
        return self._with(table)

    def __or__(self, overlay: Overlay) -> RevisitPolicy:
        if not isinstance(overlay, Overlay):
            return NotImplemented
        policy = self
        for addition in overlay.additions:
            policy = policy._with(addition.added_to(policy._table(addition.table)))
        return attrs.evolve(policy, id=f"{self.id}+{overlay.id}")

    def _table(self, table_id: str) -> Table:
        if table_id not in self.graph.by_id:
            raise UnknownNameError(kind="table", name=table_id, known=TABLES)
        return self.graph.by_id[table_id]

    def _with(self, changed: Table) -> RevisitPolicy:
        return attrs.evolve(self, tables=tuple(changed if table.id == changed.id else table for table in self.tables))

    # -- use ---------------------------------------------------------------------------------------------------------

    def decide(
        self,
        case: CaseFile,
        *,
        on: str | Date,
        until: str | Date | None = None,
        calendar: WorkCalendar | None = None,
        supplied: Mapping[str, object] | None = None,
        assuming: tuple[Assumption, ...] = (),
    ) -> Decision:
        """The decision on *case* as of the day *on*.

        Args:
            case: What the bank knows.
            on: The decision day.
            until: The last day of the schedule, inclusive; the horizon of the conventions if ``None``.
            calendar: The working days; the policy's own if ``None``.
            supplied: Values of supplied facts by name, such as a score from the bank's own model.
            assuming: Stand-ins for facts that turn out unknown; each shows in the explanation.

        Raises:
            InvalidInputError: If the case file does not fit the day, or a fact is outside its domain.
        """
        from revisit_policy.policy.deciding import decide  # noqa: PLC0415 - deciding reads policies

        question = Question(on=on, until=until, calendar=calendar, supplied=supplied or {}, assuming=assuming)
        return decide(self, case, question)

    def iter_decide(
        self,
        cases: Iterable[CaseFile],
        *,
        on: str | Date,
        until: str | Date | None = None,
        calendar: WorkCalendar | None = None,
    ) -> Iterator[Decision | Refusal]:
        """The decisions on *cases*, one for each and in their order, as they are asked for.

        A case that cannot be decided comes out as a :class:`Refusal` with its reason.
        """
        from revisit_policy.policy.deciding import decide  # noqa: PLC0415 - deciding reads policies

        question = Question(on=on, until=until, calendar=calendar)
        for case in cases:
            try:
                yield decide(self, case, question)
            except RevisitPolicyError as error:
                yield Refusal(case=case, error=error)

    def to_markdown(self, lang: str = "en") -> str:
        """All tables as Markdown, in the order in which they speak."""
        heading = f"## {self.label.text(lang)} (`{self.id}` {self.version})\n\n`{self.digest}`\n"
        return "\n".join([heading, *(table.to_markdown(lang) for table in self.tables)])

    def __repr__(self) -> str:
        rules = sum(len(table.rules) for table in self.tables)
        return f"<RevisitPolicy {self.id} {self.version}: {rules} rules in {len(self.tables)} tables, {self.digest[:12]}>"
