"""The policy: tables bound into one function from a case file and a day to a decision with reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.visit import Visit
from revisit_policy.decision.batch import AssumingEach, SuppliedEach, decided
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.glance import Glance
from revisit_policy.decision.policy_reader import Identity, PolicyReader
from revisit_policy.decision.question import Question, asked, check_own, checked_case, to_calendar
from revisit_policy.decision.refusal import Refusal
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.outcomes.checklist import Checklist, to_checklists
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.measure import Measure
from revisit_policy.outcomes.measure_note import MeasureNote, to_measure_notes
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.origination_finding import OriginationFinding
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.outcomes.signal import Level, Signal
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.policy.bound_table import BoundTable, Slot
from revisit_policy.policy.canonical import UNSIGNED, digest_of
from revisit_policy.policy.fitting import as_they_speak, check_tables
from revisit_policy.policy.notes_text import notes_markdown
from revisit_policy.policy.overlay import Addition, Overlay, Place
from revisit_policy.policy.policy_check import PolicyCheck, check_of
from revisit_policy.policy.wording import Wording
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words
from revisit_policy.values.citation import to_label
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.markup.markdown import plain
from revisit_policy.values.validation import found_in, gather, gathering, refused, to_text, to_tuple_of
from revisit_policy.values.working_days import WorkCalendar

Part = TypeVar("Part")


def _to_tables(values: Sequence[Table]) -> tuple[Table, ...]:
    return to_tuple_of(Table, values)


def _to_vocabulary(value: Vocabulary) -> Vocabulary:
    if isinstance(value, Vocabulary):
        return value
    raise refused(value, Phrase("Vocabulary", "a Vocabulary"))


def _to_conventions(value: Conventions) -> Conventions:
    if isinstance(value, Conventions):
        return value
    raise refused(value, Phrase("Conventions", "Conventions"))


@attrs.frozen(repr=False, field_transformer=gathering)
class RevisitPolicy:
    """A frozen policy; every change makes another one.

    Ask one table with keyword facts (``policy.grade(days_past_due=91)``), or decide a whole case file
    (:meth:`decide`). Change it with :meth:`replacing`, :meth:`adding`, :meth:`without`, :meth:`with_table` and ``|``.

    Args:
        id: The name decisions carry.
        version: The version decisions carry, beside the :attr:`digest` of the content.
        label: What the policy is called.
        tables: At least ``grade``, in any order. What holds without another of those that have a seat, and what each of them
            may say, stands in :data:`~revisit_policy.decision.seats.shape.SEATS`; a table of any other id is the bank's own: it is
            decided, explained and compared, and nothing is asked of a loan by it.
        conventions: The figures that turn outcomes into days.
        measure_notes: What a recommendation repeats of its measure, at most one note a measure; of a measure without one
            no words are made up. In any order.
        checklists: What a visit of each kind finds out, at most one a kind; a kind without one has nothing but what is
            unknown about the case. In any order.
        vocabulary: The words of the bank, where they are not those that its tables say already, and its currency. What is left
            out is taken from the tables; :attr:`words` has all of them.
        calendar: The working days used unless a call brings its own. ``None`` if every call has to: no country is the
            usual one.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
        InvalidPolicyError: If the grade is missing, a table does not fit its seat, ids are used twice, tables read in a circle, or what
            notes on measures say of other measures or of facts cannot be meant.

    Examples:
        >>> import attrs
        >>> from revisit_policy import facts
        >>> from revisit_policy.rulebooks import cn_housing
        >>> policy = cn_housing.policy()
        >>> stricter = policy.replacing(attrs.evolve(policy.rule("overdue-90"), when=facts.days_past_due > 60))
        >>> policy.grade(days_past_due=61).outcome, stricter.grade(days_past_due=61).outcome
        (Grade.SPECIAL_MENTION, Grade.SUBSTANDARD)
    """

    id: str = attrs.field(converter=to_text)
    version: str = attrs.field(kw_only=True, converter=to_text)
    label: Label = attrs.field(kw_only=True, converter=to_label)
    tables: tuple[Table, ...] = attrs.field(kw_only=True, converter=_to_tables)
    conventions: Conventions = attrs.field(factory=Conventions, kw_only=True, converter=_to_conventions)
    measure_notes: tuple[MeasureNote, ...] = attrs.field(default=(), kw_only=True, converter=to_measure_notes)
    checklists: tuple[Checklist, ...] = attrs.field(default=(), kw_only=True, converter=to_checklists)
    vocabulary: Vocabulary | None = attrs.field(default=None, kw_only=True, converter=attrs.converters.optional(_to_vocabulary))
    calendar: WorkCalendar | None = attrs.field(
        default=None, kw_only=True, converter=attrs.converters.optional(to_calendar), metadata=UNSIGNED
    )

    difficulty = Slot[Any]()
    grade = Slot[Grade]()
    upgrade = Slot[tuple[Grade, ...]]()
    signals = Slot[tuple[Signal, ...]]()
    level = Slot[Level]()
    interval_base = Slot[int]()
    interval = Slot[int]()
    first_window = Slot[DayWindow]()
    triggers = Slot[tuple[Trigger, ...]]()
    revaluation = Slot[RevaluationDuty]()
    obligations = Slot[tuple[Obligation, ...]]()
    measures = Slot[tuple[Measure, ...]]()
    barred = Slot[tuple[Measure, ...]]()
    origination = Slot[tuple[OriginationFinding, ...]]()
    method = Slot[VisitMethod]()
    turnaround = Slot[tuple[TurnaroundPart, ...]]()

    def __attrs_post_init__(self) -> None:
        gather(self)
        check_tables(self.tables, policy_id=self.id)
        object.__setattr__(self, "tables", as_they_speak(self.tables))  # frozen: in whatever order they came, one policy
        DecisionGraph(self.tables, currency=None if self.vocabulary is None else self.vocabulary.currency)
        self._wording.check(policy_id=self.id)
        self._wording.check_notes(policy_id=self.id)

    @cached_property
    def _wording(self) -> Wording:
        return Wording(
            given=self.vocabulary,
            label=self.label,
            tables={table.id: table for table in self.tables},
            conventions=self.conventions,
            measure_notes=self.measure_notes,
            checklists=self.checklists,
        )

    @cached_property
    def words(self) -> Vocabulary:
        """All words of the policy: its vocabulary, and what that leaves out as its tables say it."""
        return self._wording.complete()

    @cached_property
    def reader(self) -> PolicyReader:
        """What the policy decides with: made once, when first asked."""
        return PolicyReader(
            tables=self.tables,
            conventions=self.conventions,
            vocabulary=self.words,
            calendar=self.calendar,
        )

    @property
    def graph(self) -> DecisionGraph:
        """All tables as one function of facts."""
        return self.reader.graph

    @property
    def case_graph(self) -> DecisionGraph:
        """The tables that speak once for a case."""
        return self.reader.case_graph

    @property
    def supplied(self) -> tuple[str, ...]:
        """The names of the facts that a caller supplies, those of visits aside."""
        return self.reader.supplied

    @property
    def own_facts(self) -> tuple[Fact, ...]:
        """The bank's own facts that the policy reads, for `frames.from_cases`."""
        return self.reader.own_facts

    @cached_property
    def identity(self) -> Identity:
        """The names that decisions carry."""
        return Identity(policy=self.id, version=self.version, digest=self.digest, languages=self.words.languages or ())

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical form of all that is signed: name, tables, facts, figures, notes on measures, checklists.

        The same digest, the same edition of the calendar and the same question have the same answer. What stands beside it in
        every decision is no part of it: the edition of the calendar (``calendar``, a column of a frame with visits, too) and of
        the rulebook.
        """
        return digest_of(self)

    @cached_property
    def bound_tables(self) -> Mapping[str, BoundTable]:
        """The tables as they are asked one by one, each with what it rests on: laid out once, when first asked."""
        return {table.id: BoundTable(self.graph, table) for table in self.tables}

    def note_of(self, measure: Labelled | str) -> MeasureNote:
        """What the policy has to say of a *measure*, or of the one with this code; a note without a word if it says nothing.

        Raises:
            UnknownNameError: If there is no such measure, with the nearest code.
        """
        notes = {str(known.value): note for known, note in self.reader.notes.items()}
        return found_in(notes, measure.value if isinstance(measure, Labelled) else measure, kind=Phrase("措施", "measure"))

    @cached_property
    def _home(self) -> Mapping[str, Table]:
        return {rule.id: table for table in self.tables for rule in table.rules}

    def table(self, table_id: str) -> BoundTable:
        """The table of this id, asked as ``policy.grade`` is: so a bank's own are.

        Raises:
            UnknownNameError: If there is none, with the nearest id.
        """
        return found_in(self.bound_tables, table_id, kind=Phrase("表", "table"))

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id.

        Raises:
            UnknownNameError: If there is none, with the nearest id.
        """
        return self._home_of(rule_id).rule(rule_id)

    def _home_of(self, rule_id: str) -> Table:
        return found_in(self._home, rule_id, kind=Phrase("规则", "rule"))

    # -- change ------------------------------------------------------------------------------------------------------

    def replacing(self, rule: Rule) -> RevisitPolicy:
        """The policy with *rule* in the place of the one that has its id.

        Raises:
            InvalidInputError: If *rule* is none.
            UnknownNameError: If no rule has this id, with the nearest one.
        """
        table = self._home_of(_checked(Rule, rule, field="rule").id)
        return self._with(attrs.evolve(table, rules=tuple(rule if old.id == rule.id else old for old in table.rules)))

    def adding(self, *rules: Rule, to: str, where: Place | None = None) -> RevisitPolicy:
        """The policy with new *rules* in the table *to*; a FIRST table is told ``where="before"`` or ``"after"``.

        Raises:
            InvalidInputError: If an argument is malformed.
            UnknownNameError: If there is no such table.
            InvalidPolicyError: If a rule id is already used.
        """
        return self._with(Addition(table=to, rules=rules, where=where).added_to(self._table(to)))

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
            InvalidInputError: If *table* is none.
            UnknownNameError: If there is no such table.
        """
        self._table(_checked(Table, table, field="table").id)
        return self._with(table)

    def __or__(self, overlay: Overlay) -> RevisitPolicy:
        if not isinstance(overlay, Overlay):
            return NotImplemented
        policy = self
        for addition in overlay.additions:
            policy = policy._with(addition.added_to(policy._table(addition.table)))
        return attrs.evolve(policy, id=f"{self.id}+{overlay.id}")

    def _table(self, table_id: str) -> Table:
        return found_in(self.graph.by_id, table_id, kind=Phrase("表", "table"))

    def _with(self, changed: Table) -> RevisitPolicy:
        return attrs.evolve(self, tables=tuple(changed if table.id == changed.id else table for table in self.tables))

    # -- use ---------------------------------------------------------------------------------------------------------

    def decide(
        self,
        case: CaseFile,
        *,
        on: str | dt.date,
        until: str | dt.date | None = None,
        calendar: WorkCalendar | None = None,
        supplied: Mapping[str, object] | None = None,
        assuming: Sequence[Assumption] = (),
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
        return self.decide_on(case, asked(on, until=until, calendar=calendar, supplied=supplied, assuming=assuming))

    def decide_on(self, case: CaseFile, question: Question, *, identity: Identity | None = None) -> Decision:
        """The decision on *case*, asked a *question*; in the name of another *identity* where it is an edition of a rulebook."""
        from revisit_policy.decision.deciding import decide  # noqa: PLC0415 - the first decision loads planning, no import of ours

        if identity is None:
            check_own(checked_case(case), self.reader.own)
        return decide(self.reader, case, question, identity=identity or self.identity)

    def glance(
        self, case: CaseFile, *, on: str | dt.date, until: str | dt.date | None = None, calendar: WorkCalendar | None = None,
        supplied: Mapping[str, object] | None = None, assuming: Sequence[Assumption] = (),
    ) -> Glance:  # fmt: skip
        """The grade of a *case* and its next visit, as :meth:`decide` has them, without the rest of a decision; arguments are its own.

        Raises:
            InvalidInputError: If the case file does not fit the day, or a fact is outside its domain.
        """
        return self.glance_on(case, asked(on, until=until, calendar=calendar, supplied=supplied, assuming=assuming))

    def glance_on(self, case: CaseFile, question: Question) -> Glance:
        """The glance at a *case*, asked a *question*; see :meth:`glance`."""
        from revisit_policy.decision.deciding import glance  # noqa: PLC0415 - as for a decision

        check_own(checked_case(case), self.reader.own)
        return glance(self.reader, case, question=question)

    def result_of(
        self, visit: Visit, case: CaseFile, *, on: str | dt.date, calendar: WorkCalendar | None = None,
        supplied: Mapping[str, object] | None = None, assuming: Sequence[Assumption] = (),
    ) -> Result:  # fmt: skip
        """When the result of a *visit* that was made is due, and how it stands at the end of the day *on*.

        The steps are those of a visit that was owed on its day for what it is recorded as, by what the case file says today: what the file no
        longer says has no steps. Made by another method than was asked for, it takes as long as that method does. The grade is determined on
        the day of the file's determination, and a measure decided on that of the first action approved, if they came with or after the visit.

        Args:
            visit: One of the visits of the case file that reached the borrower.
            case: What the bank knows.
            on: The day asked about; what was reported or told later has not been yet.
            calendar: The working days; the policy's own if ``None``.
            supplied: Values of supplied facts by name, as for :meth:`decide`.
            assuming: Stand-ins for facts that turn out unknown.

        Raises:
            InvalidInputError: If the visit is not in the case file or reached nobody, or the case file does not fit the day.
        """
        check_own(checked_case(case), self.reader.own)
        return self.result_on(visit, case, question=Question(on=on, calendar=calendar, supplied=supplied, assuming=assuming))

    def result_on(self, visit: Visit, case: CaseFile, *, question: Question) -> Result:
        """The result of a *visit* of the *case*, asked a *question*; see :meth:`result_of`."""
        from revisit_policy.decision.results.result_of import result_of  # noqa: PLC0415 - as for a decision

        return result_of(self.reader, visit, case=case, question=question)

    def agenda(
        self, case: CaseFile, *, on: str | dt.date, until: str | dt.date | None = None, calendar: WorkCalendar | None = None
    ) -> Any:  # noqa: ANN401 - a `planning.Agenda`, whose room the first decision loads, no import of ours
        """What the loan of a *case* owes on the day *on*: a `planning.Agenda`, for `planning.plan_together`; arguments as of :meth:`decide`.

        Raises:
            InvalidInputError: If the case file does not fit the day, or a fact is outside its domain.
        """
        from revisit_policy.decision.deciding import agenda_of_case  # noqa: PLC0415 - the first decision loads planning, no import of ours

        return agenda_of_case(self.reader, case, question=asked(on, until=until, calendar=calendar))

    def iter_decide(
        self, cases: Iterable[CaseFile], *, on: str | dt.date, until: str | dt.date | None = None, calendar: WorkCalendar | None = None,
        supplied: SuppliedEach | None = None, assuming: AssumingEach = (),
    ) -> Iterator[Decision | Refusal]:  # fmt: skip
        """The decisions on *cases*, one for each and in their order, as they are asked for.

        It takes what :meth:`decide` takes. A case that cannot be decided comes out as a :class:`Refusal` with its reason.

        Args:
            cases: Case files.
            on: The decision day.
            until: The last day of the schedules, inclusive; the horizon of the conventions if ``None``.
            calendar: The working days; the policy's own if ``None``.
            supplied: Values of supplied facts by name, the same for every case; a function from the case file to such values;
                or such values by loan number, in which a loan that is not mentioned has none.
            assuming: Stand-ins for facts that turn out unknown, likewise.

        Raises:
            InvalidInputError: If *on* or *until* is malformed.

        Examples:
            >>> from revisit_policy.rulebooks import cn_housing
            >>> list(cn_housing.policy().iter_decide([], on="2026-11-24", supplied=lambda case: {}))
            []
        """
        question = asked(on, until=until, calendar=calendar)
        return decided(cases, self.decide_on, question=question, supplied=supplied, assuming=assuming)

    def check(self) -> PolicyCheck:
        """The obligations of which no case file tells since when, so that their deadlines move with every day unless an event is recorded.

        Examples:
            >>> from revisit_policy.rulebooks import cn_housing
            >>> found = cn_housing.policy().check()
            >>> print(next(each for each in found if each.rule == "signal-seizure"))
            triggered visit: within 3 working days, from collateral seized (red): rule signal-seizure rests on seized, of which no case ...
        """
        return check_of(self.tables, self.conventions)

    def to_markdown(self, lang: str = "en") -> str:
        """All that is signed as Markdown: the tables in the order in which they speak, then :meth:`notes_to_markdown`.

        Raises:
            UnknownNameError: If *lang* is no language of the policy.
        """
        lang = self.words.lang(lang)
        heading = f"## {plain(self.label.text(lang))} (`{self.id}` {self.version})\n\n`{self.digest}`\n"
        return "\n".join([heading, *(table.to_markdown(lang) for table in self.tables), self.notes_to_markdown(lang)])

    def to_html(self, lang: str = "en") -> str:
        """All that is signed as HTML that needs no style sheet; each table is folded under its label.

        Raises:
            UnknownNameError: If *lang* is no language of the policy.
        """
        from revisit_policy.policy.shown import folded_policy  # noqa: PLC0415 - words are loaded when asked for

        return folded_policy(self, lang)

    def to_svg(self, lang: str = "en") -> str:
        """The tables as a picture: each to the right of those it reads; `Decision.verdicts` draw the path of one case through them.

        Raises:
            UnknownNameError: If *lang* is no language of ours.

        Examples:
            >>> from revisit_policy.rulebooks import cn_housing
            >>> cn_housing.policy().to_svg("zh").startswith("<svg ")
            True
        """
        from revisit_policy.policy.shown import policy_svg  # noqa: PLC0415 - as above

        return policy_svg(self, lang)

    def _repr_html_(self) -> str:
        from revisit_policy.policy.shown import policy_in_languages  # noqa: PLC0415 - as above

        return policy_in_languages(self)

    def notes_to_markdown(self, lang: str = "en") -> str:
        """What the policy says of measures, of visits and of days as Markdown, as far as it says anything."""
        return notes_markdown(self.reader, lang)

    def __repr__(self) -> str:
        rules = sum(len(table.rules) for table in self.tables)
        return f"<RevisitPolicy {self.id} {self.version}: {rules} rules in {len(self.tables)} tables, {self.digest[:12]}>"

    def __rich_repr__(self) -> Shown:
        yield Words(self.id)
        yield "version", Words(self.version)
        yield "digest", Words(self.digest[:12])
        yield "tables", Words(", ".join(f"{table.id} ({len(table.rules)})" for table in self.tables))


def _checked(kind: type[Part], value: Part, *, field: str) -> Part:
    if isinstance(value, kind):
        return value
    fault = InvalidValueError(owner="", field=field, value=value, expected=Phrase("{kind}", "a {kind}", kind=kind.__name__))
    raise InvalidInputError.of("RevisitPolicy", [fault])
