"""Diffs: exactly what a new version of a policy decides differently, knock-on effects included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator
from typing import Final

import attrs

from revisit_policy.analysis.answer import Answer, Printed, answer, set_apart
from revisit_policy.analysis.differences.change import Change
from revisit_policy.analysis.differences.changes import changes_between
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.solver.formula import TRUE
from revisit_policy.analysis.space.asking import to_condition
from revisit_policy.analysis.study import STEPS, MissingFacts, Study, graph_of
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.decision.seats.handing_out import handed_out
from revisit_policy.decision.seats.shape import BARRING
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.comparing import compare
from revisit_policy.language.condition import Condition, Operator
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.words.wording import condition_text
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.policy.bound_table import BoundTable
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import to_date
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.validation import found_in, to_tuple

SAME: Final = Label("两个版本的结论处处相同", "the two versions say the same in every case")
CHANGES: Final = Label("共{count}处改变", "Changes: {count}")
SOME_ABSTRACT: Final = Label("共{count}处改变，其中{abstract}处未找到对应的案例", "Changes: {count}, {abstract} of them without a case file that shows it")
WITHIN: Final = Label("只有[{where}]的情形结论改变", "only where [{where}] holds does anything change")
OUTSIDE: Final = Label("[{where}]之外：", "outside [{where}]:")
ADDED: Final = Label("表「{table}」为新增", "table `{table}` is new")
REMOVED: Final = Label("表「{table}」已删除", "table `{table}` is gone")
CONVENTION: Final = Label("各表之外，`{name}`由{old}变为{new}", "beside the tables, `{name}` goes from {old} to {new}")
OTHER_NOTE: Final = Label("各表之外，关于「{measure}」的说明有变", "beside the tables, what is said of the measure `{measure}` changes")
OTHER_LIST: Final = Label("各表之外，「{kind}」的核实清单有变", "beside the tables, what a {kind} finds out changes")
NOT_SAID: Final = "–"

#: Two comparisons that together set one day apart from all others.
BEFORE: Final[Operator] = "<"
UNTIL: Final[Operator] = "<="


@attrs.frozen(kw_only=True, repr=False)
class Diff(Printed[Change]):
    """All regions in which two versions of a policy differ, table by table, plainest first.

    A diff is a collection of changes, abstract ones last: it is empty, and false, if the versions mean the same, however
    they are written.

    Args:
        old: The older graph.
        new: The newer one.
        changes: What differs, each change with a case file where facts are made from case files.
        abstract: What differs for some facts, of which no case file was found that has them; there may be none.
        notes: Tables that only one of the two has, figures beside the tables that differ, facts that nothing bounds.
        missing: Which facts can be unknown.
        budget: The steps that were given.
    """

    old: DecisionGraph
    new: DecisionGraph
    changes: tuple[Change, ...] = attrs.field(converter=to_tuple)
    abstract: tuple[Change, ...] = attrs.field(default=(), converter=to_tuple)
    notes: tuple[Label, ...] = attrs.field(default=(), converter=to_tuple)
    missing: bool | tuple[str, ...] = False
    budget: int = STEPS
    claim: Label = SAME

    @property
    def findings(self) -> tuple[Change, ...]:
        """The changes."""
        return self.changes

    def heading(self, lang: str | Lang = "en") -> str:
        """How many changes there are, in one sentence."""
        if not self:
            return super().heading(lang)
        template = SOME_ABSTRACT if self.abstract else CHANGES
        return template.filled(lang, count=len(self), abstract=len(self.abstract))

    def __iter__(self) -> Iterator[Change]:
        return iter((*self.changes, *self.abstract))

    def __len__(self) -> int:
        return len(self.changes) + len(self.abstract)

    def __bool__(self) -> bool:
        return bool(self.changes or self.abstract)

    def of(self, table_id: str) -> tuple[Change, ...]:
        """The changes of one table, abstract ones last.

        Raises:
            UnknownNameError: If neither version has a table of this id.
        """
        found_in({**self.old.by_id, **self.new.by_id}, table_id, kind=Phrase("表", "table"))
        return tuple(change for change in (*self.changes, *self.abstract) if change.table.id == table_id)

    def within(self, condition: Condition) -> Answer[Change]:
        """The proof that nothing changes outside *condition*, or what does: an assertion for a test.

        ``assert diff(old, new).within(facts.days_past_due.between(61, 91))`` fails with the region outside.

        Args:
            condition: Where changes are meant; of facts, or of outcomes of the old version.

        Raises:
            AnalysisLimitError: If the budget of the diff runs out.
        """
        to_condition(condition, field="condition")
        study = Study.of(self.old, self.new, missing=self.missing, besides=(condition,), budget=self.budget)
        outside = study.book.opposite(study.surely(condition))
        where = Phrase.each(lambda lang: condition_text(condition, lang))
        study.settled.prefix = Phrase("{outside}", "{outside} ", outside=OUTSIDE.with_parts(where=where))
        return answer(WITHIN.with_parts(where=where), changes_between(study, outside))


def diff(old: object, new: object, *, missing: MissingFacts = False, budget: int = STEPS) -> Diff:
    """What *new* says differently from *old*: every region, with both outcomes, the rules responsible and a witness.

    Tables of one id are compared, those that read a changed table too. Of measures those that are barred are no outcome, so what
    is barred before and after is no change. Dates in force need no care: the decision day
    is a fact like any other, so a rule that begins on 1 July 2023 makes a region from that day on.

    Args:
        old: A table, a decision graph or a policy.
        new: What it is to be compared with.
        missing: The names of facts that can be unknown, ``True`` for all; ``False`` compares on complete facts.
        budget: The steps that the search may take.

    Raises:
        InvalidPolicyError: If facts of one name, or outcomes of tables of one id, are of different kinds; if a table is
            held against a policy, or against a table of another id.
        AnalysisLimitError: If *budget* runs out, with the tables that were compared and the changes found until then.

    Examples:
        >>> import attrs
        >>> from revisit_policy import Citation, Fact, Label, Rule, Standing, Table
        >>> days = Fact.count("days", low=0, high=3650, label=Label("逾期天数", "days past due"))
        >>> reason, source = Label("理由", "reason"), Citation(standing=Standing.PROPOSAL)
        >>> rule = Rule("overdue", when=days > 90, then="bad", because=reason, source=source)
        >>> label = Label("分类", "grade")
        >>> before = Table("grade", outcomes=("good", "bad"), fold="worst", rules=(rule,), otherwise="good", label=label)
        >>> after = attrs.evolve(before, rules=(attrs.evolve(rule, when=days > 60),))
        >>> change, = diff(before, after).changes
        >>> change.old, change.new, change.region
        ('good', 'bad', ((days > 60) & (days <= 90)))
        >>> assert diff(before, after).within(days.between(61, 91))
    """
    _check_alike(old, new)
    study = Study.of(*(handed_out(graph_of(version), BARRING) for version in (old, new)), missing=missing, budget=budget)
    _check_comparable(*study.graphs)
    kept = missing if isinstance(missing, bool) else tuple(missing)
    before, after = study.graphs
    changes, abstract = set_apart(changes_between(study, TRUE))
    notes = (*_notes(before, after), *_convention_notes(old, new), *study.notes)
    return Diff(old=before, new=after, changes=changes, abstract=abstract, notes=notes, missing=kept, budget=budget)


def cases_between(old: RevisitPolicy, new: RevisitPolicy, *, tables: Container[str]) -> tuple[Witness, ...]:
    """A case file for each change of the *tables* named, from one version of a policy to another; other tables are read, and their changes left out.

    A table of points may differ in hundreds of sums, of which the interval that is read off them tells two.

    Raises:
        AnalysisLimitError: If the usual budget runs out.
    """
    study = Study.of(*(handed_out(graph_of(version), BARRING) for version in (old, new)))
    return tuple(change.witness for change in changes_between(study, TRUE, only=tables) if change.witness.case is not None)


def diff_in_time(
    policy: object, *, before: str | dt.date, after: str | dt.date, missing: MissingFacts = False, budget: int = STEPS
) -> Diff:
    """What a policy says differently on the day *after* from what it says of the same facts on the day *before*.

    "What changed on 1 July 2023" is ``diff_in_time(policy, before="2023-06-30", after="2023-07-01")``. The facts are held fixed;
    those that count days or months move with the day in a case file, not here.

    Args:
        policy: A table, a decision graph or a policy.
        before: The earlier decision day.
        after: The later one.
        missing: The names of facts that can be unknown, ``True`` for all.
        budget: The steps that the search may take.

    Raises:
        AnalysisLimitError: If *budget* runs out.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> policy = cn_housing.policy()
        >>> diff_in_time(policy.grade, before="2024-06-30", after="2024-07-01").changes
        ()
    """
    graph = handed_out(graph_of(policy), BARRING)
    days = to_date(before, field="before"), to_date(after, field="after")
    cuts = tuple(compare(DECISION_DAY, operator, day) for day in days for operator in (BEFORE, UNTIL))
    study = Study.of(graph, graph, missing=missing, besides=cuts, budget=budget)
    changes, abstract = set_apart(changes_between(study, TRUE, days=days))
    kept = missing if isinstance(missing, bool) else tuple(missing)
    return Diff(old=graph, new=graph, changes=changes, abstract=abstract, missing=kept, budget=budget)


def _notes(old: DecisionGraph, new: DecisionGraph) -> tuple[Label, ...]:
    notes = []
    for template, names in ((ADDED, set(new.by_id) - set(old.by_id)), (REMOVED, set(old.by_id) - set(new.by_id))):
        notes += [template.with_parts(table=name) for name in sorted(names)]
    return tuple(notes)


def _convention_notes(old: object, new: object) -> tuple[Label, ...]:
    """What is signed beside the tables, where two policies differ in it: figures of days, notes on measures, checklists."""
    if not isinstance(old, RevisitPolicy) or not isinstance(new, RevisitPolicy):
        return ()
    notes = []
    for field in attrs.fields(Conventions):
        before, after = (getattr(policy.conventions, field.name) for policy in (old, new))
        if before != after:
            notes.append(CONVENTION.with_parts(name=field.name, old=_figure(before), new=_figure(after)))
    return (*notes, *_notes_of_words(old, new))


def _figure(value: int | None) -> str:
    return NOT_SAID if value is None else str(value)


def _notes_of_words(old: RevisitPolicy, new: RevisitPolicy) -> Iterator[Label]:
    """The measures of which, and the kinds of visit for which, two policies have other words."""
    before, after = ({note.measure: note for note in policy.words.measures} for policy in (old, new))
    for measure in dict.fromkeys((*before, *after)):
        if before.get(measure, MeasureNote(measure)) != after.get(measure, MeasureNote(measure)):
            yield OTHER_NOTE.with_parts(measure=measure.labels)
    lists, later = ({each.kind: each.items for each in policy.words.checklists} for policy in (old, new))
    for kind in dict.fromkeys((*old.words.purposes, *new.words.purposes)):
        if lists.get(kind, ()) != later.get(kind, ()):
            yield OTHER_LIST.with_parts(kind=kind.labels)


def _check_alike(old: object, new: object) -> None:
    """Refuse a table beside what is none, and two tables of different ids: half of the answer would be of one of them alone.

    Raises:
        InvalidPolicyError: If they are unlike.
    """
    tables = [version if isinstance(version, Table) else version.table if isinstance(version, BoundTable) else None for version in (old, new)]
    if tables == [None, None]:
        return
    if None not in tables:
        ids = [table.id for table in tables if table is not None]
        if ids[0] != ids[1]:
            problem = Phrase(
                "应为同一表的两个版本，实际为 `{first}` 与 `{first_2}`",
                "expected two versions of one table, got `{first}` and `{first_2}`",
                first=ids[0], first_2=ids[1],
            )
            raise InvalidPolicyError(subject="diff", problem=problem)
        return
    name = next(table.id for table in tables if table is not None)
    whole = next(version for version, table in zip((old, new), tables, strict=True) if table is None)
    if isinstance(whole, RevisitPolicy):
        advice = Phrase(
            "请写 `diff(old.{name}, new.{name})`，或比较两个政策",
            "write `diff(old.{name}, new.{name})`, or hold the two policies against each other",
            name=name,
        )
        raise InvalidPolicyError(subject="diff", problem=Phrase(
            "应为两张表或两个政策，实际为表 `{name}` 与一个政策；{advice}",
            "expected two tables or two policies, got the table `{name}` and a policy; {advice}",
            name=name, advice=advice,
        ))


def _check_comparable(old: DecisionGraph, new: DecisionGraph) -> None:
    """Refuse graphs that have no table in common.

    Raises:
        InvalidPolicyError: If they have none.
    """
    if not old.by_id.keys() & new.by_id.keys():
        problem = Phrase(
            "应有两个版本共有的表，实际为 {by_id} 与 {by_id_2}",
            "expected a table that both versions have, got {by_id} and {by_id_2}",
            by_id=sorted(old.by_id), by_id_2=sorted(new.by_id),
        )
        raise InvalidPolicyError(subject="diff", problem=problem)

