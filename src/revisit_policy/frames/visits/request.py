"""Requests in columns: what a plan of visits reads of every row, as `planning.plan_request` has it for one loan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, cast

import attrs

from revisit_policy.casefile.case_columns import SETTLED_BY, kind_path, method_path
from revisit_policy.decision.beginnings.saying import Sayings
from revisit_policy.frames.checks.settled import settled
from revisit_policy.frames.columns.day_columns import DayColumns, chosen, first_known, highest, is_before, is_from, is_known, lowest, where_it
from revisit_policy.frames.columns.fact_column import FactColumn
from revisit_policy.frames.columns.fact_columns import Reading
from revisit_policy.frames.expressions.expression import Expression, Points
from revisit_policy.frames.expressions.given import decision_day
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.expressions.truth import Flag, in_column, where_null
from revisit_policy.frames.outputs.outcome_columns import Said
from revisit_policy.frames.rules.conditions import Nullable
from revisit_policy.frames.rules.told import Told
from revisit_policy.frames.subject import Edited, Subject
from revisit_policy.frames.visits.due import due_columns
from revisit_policy.frames.visits.means import Asking, MeansColumns, MeansReader
from revisit_policy.frames.visits.signal_days import SignalDays
from revisit_policy.frames.visits.step_columns import ActionColumns, StepColumns
from revisit_policy.language.condition import Condition
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.language.table import Table
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.obligations.desk_kind import DeskKind
from revisit_policy.outcomes.signal import Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.values.labels import Labelled, OrderedLabelled

#: The day that leaves time to catch up.
NEEDED: Final = "loan.person_needed_since"


@attrs.frozen(kw_only=True, eq=False)
class Judged:
    """Rows as the tables that speak once for a case have judged them.

    Args:
        subject: What decides.
        editions: Where each of its editions does.
        said: What the tables of each edition say; empty for an edition under which no row is.
        told: What each table says of every row as its own edition has it, and what is handed out of it.
        facts: The facts by name.
        stems: What conditions say of facts.
        days: The days of the rows.
        reading: For which days, and what the plan reads of each.
    """

    subject: Subject
    editions: tuple[Flag, ...]
    said: Sequence[Mapping[Table, Said]]
    told: Told
    facts: Mapping[str, FactColumn]
    stems: dict[Condition, Nullable]
    days: DayColumns
    reading: Reading

    @property
    def stages(self) -> Stages:
        """The layers that are added to."""
        return self.days.stages

    @cached_property
    def means_reader(self) -> MeansReader:
        """What reads the tables of visits."""
        return MeansReader(self.facts, self.stages, self.stems, self.subject.words)

    @cached_property
    def loans(self) -> LoanColumns:
        """The loans, and the visits that have been made."""
        return _loan_columns(self)

    @cached_property
    def request(self) -> VisitRequest:
        """What the usual visits are planned from."""
        return visit_request(self)

    @cached_property
    def signals(self) -> tuple[tuple[Flag, SignalDays], ...]:
        """For every edition that rows are under, its signals with their days."""
        return self.dated("signals")

    @cached_property
    def steps(self) -> tuple[tuple[Flag, StepColumns], ...]:
        """For the editions that rows are under, by what they say of measures beside their tables, these with what has become of them."""
        measures = self.dated("measures")
        items = dict.fromkeys(note.measure for _, edited, _ in self.live if edited.policy is not None for note in edited.policy.words.measures)
        since = {item: lowest(where_it(flag, dated.first_day(item)) for flag, dated in measures) for item in items}
        handed = dict(zip(self.told.items("measures"), self.told.handed("measures"), strict=True))
        by_notes: dict[tuple[MeasureNote, ...], list[Flag]] = {}
        for flag, edited, _ in self.live:
            if edited.policy is not None:
                by_notes.setdefault(edited.policy.words.measures, []).append(flag)
        is_settled, actions = settled(self.days.read, self.stages), ActionColumns(self.days)
        return tuple(
            (either(flags), StepColumns(notes=notes, handed=handed, since=since, actions=actions, is_settled=is_settled, days=self.days))
            for notes, flags in by_notes.items()
        )

    def dated(self, table_id: str) -> tuple[tuple[Flag, SignalDays], ...]:
        """For every edition that rows are under, a table of it that says several things with their days."""
        known: dict[int, SignalDays] = {}
        found: list[tuple[Flag, SignalDays]] = []
        for flag, edited, said in self.live:
            table = edited.graph.by_id.get(table_id)
            if table is None:
                continue
            spoke = {each.id: heard for each, heard in said.items()}
            made = SignalDays(
                table=table,
                sayings=Sayings(edited.graph.by_id),
                said=said[table],
                facts=self.facts,
                days=self.days,
                values=self.reading.values,
                holds=lambda condition, spoke=spoke: self.means_reader.truth(condition, spoke).surely,  # type: ignore[misc] # bound at once
            )
            found.append((flag, known.setdefault(id(said[table]), made)))
        return tuple(found)

    @property
    def live(self) -> list[tuple[Flag, Edited, Mapping[Table, Said]]]:
        """The editions that rows are under."""
        return [part for part in zip(self.editions, self.subject.editions, self.said, strict=True) if part[0] is not False]


@attrs.frozen(kw_only=True, eq=False)
class OpenTrigger:
    """A trigger, where it asks for a visit of its own, since when (null where it does not), and how that visit is made."""

    trigger: Trigger
    asks: Flag
    since: Expression
    means: MeansColumns


@attrs.frozen(kw_only=True, eq=False)
class LoanColumns:
    """The loans that something is owed of, and the visits that have been made.

    Args:
        is_settled: Where nothing is owed any more.
        disbursed: The day each was paid out.
        matures: The day it is to be repaid.
        last: The last visit of every kind, what a desk has done included.
        last_by: The last visit by every method or a better one.
        needed: The first day from which more than checks of data was needed; ``None`` if no row has it.
    """

    is_settled: Flag
    disbursed: Expression
    matures: Expression
    last: Mapping[Labelled, Expression | None]
    last_by: tuple[Expression | None, ...]
    needed: Expression | None


@attrs.frozen(kw_only=True, eq=False)
class VisitRequest:
    """What a plan is made from; see `planning.plan_request.PlanRequest`.

    *has_first*, *has_periodic* and *has_valuation* are where a first visit, a periodic one and a valuation that expires are owed at
    all. Days that no row has are ``None``. The days by method are of a visit by that method or a better one.
    """

    is_settled: Flag
    has_first: Flag
    has_periodic: Flag
    has_valuation: Flag
    disbursed: Expression
    matures: Expression
    first_opens: Expression
    first_closes: Expression
    months: Expression
    means: Mapping[VisitKind, MeansColumns]
    triggers: tuple[OpenTrigger, ...]
    valued: Expression | None
    revaluation_is_due: Flag
    revaluation_since: Expression | None
    last: Mapping[Labelled, Expression | None]
    last_by: tuple[Expression | None, ...]
    needed: Expression | None
    undated: Mapping[Labelled, Flag]
    words: Vocabulary

    def last_at_least(self, means: MeansColumns) -> Expression | None:
        """The last visit that was made by these *means* or better ones."""
        return last_at_least(self.last_by, means)


def last_at_least(last_by: tuple[Expression | None, ...], means: MeansColumns) -> Expression | None:
    """Of the last days by method or better, the one of the method of *means*."""
    return highest(where_it(flag, day) for flag, day in zip(means.methods, last_by, strict=True))


def caught_up(
    ends: Expression, *, loans: LoanColumns | VisitRequest, left: int | None, ends_after: Callable[[Expression], Expression], stages: Stages
) -> Expression:
    """The end of the period, or, where visits of a lesser sort were enough until more was needed, some days after that if they are later.

    See `planning.duties.again.kept_up`.

    Args:
        ends: The end of the period that is counted from the last time.
        loans: What tells the last visit of whatever sort, and since when more was needed.
        left: The days that are left to catch up; ``None`` if none are.
        ends_after: The end of a period that is counted from another day.
        stages: The layers that are added to.
    """
    needed, checked = loans.needed, loans.last_by[0]
    if needed is None or checked is None or left is None:
        return ends
    latest = stages.put(cast("Expression", lowest((needed + left, ends_after(checked)))))
    kept = stages.put_flag(both((is_known(needed), is_known(checked), is_from(latest, ends + 1))))
    return stages.put(chosen(kept, latest, ends))


def visit_request(judged: Judged) -> VisitRequest:
    """What a plan reads of rows that have been *judged*."""
    days, put, words, loans = judged.days, judged.stages.put, judged.subject.words, judged.loans
    is_settled, disbursed, matures, last_by = loans.is_settled, loans.disbursed, loans.matures, loans.last_by
    due = due_columns(judged.told)
    window = [flag for _, flag in due.first]
    opens, closes = (put(disbursed + _days(window, [getattr(each, bound) for each, _ in due.first])) for bound in ("first", "last"))
    is_cut = judged.stages.put_flag(both((is_from(matures, opens), is_before(matures, closes))))
    means = means_of(judged, [Asking(kind) for kind in VisitKind])
    began = {trigger: Began.of(judged, Signal(trigger.code, level=trigger.level), flag) for trigger, flag in due.answers}
    return VisitRequest(
        is_settled=is_settled,
        has_first=either(window),
        has_periodic=due.periodic,
        has_valuation=due.valuation,
        disbursed=disbursed,
        matures=matures,
        first_opens=opens,
        first_closes=put(chosen(is_cut, matures, closes)),
        months=put(due.months),
        means={kind: means[Asking(kind)] for kind in VisitKind},
        triggers=tuple(_open_triggers(judged, began, last_by, is_settled=is_settled, disbursed=disbursed)),
        valued=days.of("collateral.valued_on"),
        revaluation_is_due=due.valuation_is_asked,
        revaluation_since=days.of(f"events.{SignalCode.REVALUATION_DUE.value}"),
        last=loans.last,
        last_by=last_by,
        needed=loans.needed,
        undated=_undated(judged, began, is_settled),
        words=words,
    )


def _loan_columns(judged: Judged) -> LoanColumns:
    days, words = judged.days, judged.subject.words
    kinds = {kind: days.of(kind_path(kind)) for kind in dict.fromkeys((*words.visited, *VisitKind))}
    for path in SETTLED_BY:
        days.needed(path)
    return LoanColumns(
        is_settled=settled(days.read, days.stages),
        disbursed=days.needed("loan.disbursed_on"),
        matures=judged.stages.put(cast("Expression", first_known(days.of("loan.extended_to"), days.contracted()))),
        last=kinds | {kind: days.of(kind_path(kind)) for kind in words.at_desk},
        last_by=_last_by(days, kinds | {kind: days.of(kind_path(kind)) for kind in words.at_desk if kind == DeskKind.DATA_CHECK}, words.means),
        needed=days.of(NEEDED),
    )


def _days(flags: Sequence[Flag], counts: Sequence[int]) -> Expression:
    """The count beside the one flag that holds."""
    return Points(tuple((in_column(flag), count) for flag, count in zip(flags, counts, strict=True) if flag is not False))


def _last_by(days: DayColumns, kinds: Mapping[Labelled, Expression | None], methods: tuple[OrderedLabelled, ...]) -> tuple[Expression | None, ...]:
    """The last visit to the borrower by every method or a better one; whatever kind it was, a check of data serves as one."""
    to_borrower = tuple(day for kind, day in kinds.items() if kind != VisitKind.REVALUATION)
    found: list[Expression | None] = []
    by = [days.of(method_path(method)) for method in methods]
    for place in range(len(by)):
        every = highest((*by[place:], *(to_borrower if place == 0 else ())))
        found.append(None if every is None else days.stages.put(every))
    return tuple(found)


# -- by edition ------------------------------------------------------------------------------------------------------


def means_of(judged: Judged, askings: Sequence[Asking]) -> dict[Asking, MeansColumns]:
    """The means that each row's own edition has for each of *askings*."""
    reader = judged.means_reader
    found: list[tuple[Flag, dict[Asking, MeansColumns]]] = []
    for flag, edited, said in judged.live:
        by_id = edited.policy.graph.by_id if edited.policy is not None else {}
        spoke = {table.id: heard for table, heard in said.items()}
        found.append((flag, reader.means(by_id, askings, said=spoke)))
    return {asking: _of_edition([(flag, means[asking]) for flag, means in found], judged.stages) for asking in askings}


def _of_edition(found: list[tuple[Flag, MeansColumns]], stages: Stages) -> MeansColumns:
    first = found[0][1]
    if all(means is first for _, means in found):
        return first
    parts = dict.fromkeys(part for _, means in found for part in means.parts)
    methods = zip(*([both((flag, method)) for method in means.methods] for flag, means in found), strict=True)
    return MeansColumns(
        tuple(stages.put_flag(either(flags)) for flags in methods),
        {part: stages.put_flag(either(both((flag, means.parts.get(part, False))) for flag, means in found)) for part in parts},
    )


@attrs.frozen(eq=False)
class Began:
    """The reasons for a signal that is to be answered: where each holds, and since when; null or ``None`` where nobody knows."""

    raised: Flag
    reasons: tuple[tuple[Flag, Expression | None], ...]

    @classmethod
    def of(cls, judged: Judged, signal: Signal, raised: Flag) -> Began:
        """Those of a *signal* where it is *raised*; one that no rule raises has no day."""
        by_signals: dict[SignalDays, list[Flag]] = {}
        for flag, signals in judged.signals:
            by_signals.setdefault(signals, []).append(flag)
        found = [(both((either(flags), where)), day) for signals, flags in by_signals.items() for where, day in signals.began(signal.code, signal.level)]
        without = inverse(either(where for where, _ in found))
        put = judged.stages.put_flag
        return cls(raised, tuple((put(both((raised, where))), day) for where, day in [*found, (without, None)]))

    @property
    def undated(self) -> Flag:
        """Where nobody recorded since when one of the reasons has been there."""
        return either(both((flag, True if day is None else where_null(day))) for flag, day in self.reasons)

    def unanswered(self, answered: Expression | None, *, on: Expression, stages: Stages) -> list[tuple[Flag, Expression]]:
        """The reasons that no visit has *answered*: where each is there, and since when, the day of the plan if nobody knows."""
        days = [(flag, on if day is None else stages.put(day.fill_null(on))) for flag, day in self.reasons if flag is not False]
        return [(stages.put_flag(both((flag, inverse(is_from(answered, day))))), day) for flag, day in days]


def _undated(judged: Judged, began: Mapping[Trigger, Began], is_settled: Flag) -> dict[Labelled, Flag]:
    """For every code, where a trigger of it has no day."""
    found: dict[Labelled, list[Flag]] = {code: [] for code in judged.subject.words.signals}
    for trigger, each in began.items():
        found[trigger.code].append(each.undated)
    return {code: judged.stages.put_flag(both((either(flags), inverse(is_settled)))) for code, flags in found.items()}


def _open_triggers(
    judged: Judged, began: Mapping[Trigger, Began], last_by: tuple[Expression | None, ...], *, is_settled: Flag, disbursed: Expression
) -> Iterator[OpenTrigger]:
    """The triggers that ask for a visit of their own, each where no visit has answered it; nothing is asked before the disbursement."""
    asking = {
        trigger: Asking(VisitKind.TRIGGERED, Signal(trigger.code, level=trigger.level))
        for trigger in began
        if not trigger.deadline.waits_for_next_visit
    }
    means = means_of(judged, list(asking.values()))
    put = judged.stages.put_flag
    for trigger, asked in asking.items():
        answered = last_at_least(last_by, means[asked])
        left = began[trigger].unanswered(answered, on=judged.reading.values.number(decision_day), stages=judged.stages)
        since = lowest(where_it(flag, day) for flag, day in left)
        asks = put(both((either(flag for flag, _ in left), inverse(is_settled))))
        if since is not None:
            asked_since = cast("Expression", highest((since, where_it(asks, disbursed))))
            yield OpenTrigger(trigger=trigger, asks=asks, since=judged.stages.put(asked_since), means=means[asked])
