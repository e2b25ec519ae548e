"""Requests in columns: what a plan of visits reads of every row, as `planning.plan_request` has it for one loan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import attrs

from revisit_policy.frames.answers import first_closing, is_due, months
from revisit_policy.frames.conditions import Nullable
from revisit_policy.frames.expression import Expression, Literal, Points
from revisit_policy.frames.fact_column import FactColumn
from revisit_policy.frames.outcome_columns import Said
from revisit_policy.frames.spoken import Places, Spoken
from revisit_policy.frames.stages import Stages
from revisit_policy.frames.subject import Edited, Subject
from revisit_policy.frames.truth import Flag, both, either, in_column, inverse
from revisit_policy.frames.visits.day_columns import DayColumns, chosen, first_known, highest, is_before, is_from, where_it
from revisit_policy.frames.visits.day_steps import number_of
from revisit_policy.frames.visits.means import Asking, MeansColumns, MeansReader
from revisit_policy.frames.visits.signal_days import SignalDays
from revisit_policy.language.condition import Condition
from revisit_policy.language.table import Table
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.signal import Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.values.dates import Date


@attrs.frozen(kw_only=True, eq=False)
class Judged:
    """Rows as the tables that speak once for a case have judged them.

    Args:
        subject: What decides.
        editions: Where each of its editions does.
        said: What the tables of each edition say; empty for an edition under which no row is.
        heard: What each table says, by its id, of every row as its own edition has it.
        facts: The facts by name.
        stems: What conditions say of facts.
        days: The days of the rows.
        on: The decision day.
    """

    subject: Subject
    editions: tuple[Flag, ...]
    said: Sequence[Mapping[Table, Said]]
    heard: Mapping[str, Spoken]
    facts: Mapping[str, FactColumn]
    stems: dict[Condition, Nullable]
    days: DayColumns
    on: Date

    @property
    def stages(self) -> Stages:
        """The layers that are added to."""
        return self.days.stages

    def places(self, table: str) -> Places:
        """What a table with places says of every row."""
        return cast("Places", self.heard[table])

    def items(self, table: str) -> tuple[Any, ...]:
        """The outcomes of a table, which are those of every edition."""
        found: tuple[Any, ...] = self.subject.editions[-1].graph.by_id[table].outcomes.outcomes  # type: ignore[union-attr] # a scale
        return found

    @cached_property
    def means_reader(self) -> MeansReader:
        """What reads the tables of visits."""
        return MeansReader(self.facts, self.stages, self.stems)

    @cached_property
    def signals(self) -> tuple[tuple[Flag, SignalDays], ...]:
        """For every edition that rows are under, its signals with their days."""
        known: dict[int, SignalDays] = {}
        found: list[tuple[Flag, SignalDays]] = []
        for flag, edited, said in self.live:
            table = edited.graph.by_id["signals"]
            spoke = {each.id: heard for each, heard in said.items()}
            made = SignalDays(
                table=table,
                said=said[table],
                facts=self.facts,
                days=self.days,
                on=self.on,
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
    """A trigger, where it asks for a visit of its own, since when, and how that visit is made."""

    trigger: Trigger
    asks: Flag
    since: Expression
    means: MeansColumns


@attrs.frozen(kw_only=True, eq=False)
class VisitRequest:
    """What a plan is made from; see `planning.plan_request.PlanRequest`.

    Days that no row has are ``None``. The days by method are of a visit by that method or a better one.
    """

    is_settled: Flag
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
    last: Mapping[VisitKind, Expression | None]
    last_by: tuple[Expression | None, ...]

    def last_at_least(self, means: MeansColumns) -> Expression | None:
        """The last visit that was made by these *means* or better ones."""
        return last_at_least(self.last_by, means)


def last_at_least(last_by: tuple[Expression | None, ...], means: MeansColumns) -> Expression | None:
    """Of the last days by method or better, the one of the method of *means*."""
    return highest(where_it(flag, day) for flag, day in zip(means.methods, last_by, strict=True))


def visit_request(judged: Judged) -> VisitRequest:
    """What a plan reads of rows that have been *judged*."""
    days, put = judged.days, judged.stages.put
    kinds = {kind: days.of(f"visits.{kind.value}") for kind in VisitKind}
    last_by = _last_by(days, kinds)
    is_settled = _is_settled(judged)
    disbursed = days.needed("loan.disbursed_on")
    matures = put(cast("Expression", first_known(days.of("loan.extended_to"), days.contracted())))
    window = first_closing(judged.items("first_window"), judged.places("first_window").possible)
    windows: tuple[DayWindow, ...] = judged.items("first_window")
    opens, closes = (put(disbursed + _days(window, [getattr(each, bound) for each in windows])) for bound in ("first", "last"))
    is_cut = judged.stages.put_flag(both((is_from(matures, opens), is_before(matures, closes))))
    means = _means(judged, [Asking(kind) for kind in VisitKind])
    duty = is_due(judged.items("revaluation"), judged.places("revaluation"))
    return VisitRequest(
        is_settled=is_settled,
        disbursed=disbursed,
        matures=matures,
        first_opens=opens,
        first_closes=put(chosen(is_cut, matures, closes)),
        months=put(months(judged.subject.editions[-1].graph.by_id["interval"], judged.places("interval"))),
        means={kind: means[Asking(kind)] for kind in VisitKind},
        triggers=tuple(_open_triggers(judged, last_by, is_settled)),
        valued=days.of("collateral.valued_on"),
        revaluation_is_due=duty,
        revaluation_since=days.of(f"events.{SignalCode.REVALUATION_DUE.value}"),
        last=kinds,
        last_by=last_by,
    )


def _days(flags: tuple[Flag, ...], counts: Sequence[int]) -> Expression:
    """The count beside the one flag that holds."""
    return Points(tuple((in_column(flag), count) for flag, count in zip(flags, counts, strict=True) if flag is not False))


def _is_settled(judged: Judged) -> Flag:
    """Where nothing is owed: interest can be owed on nothing."""
    owed = [judged.days.needed(path) for path in ("loan.balance", "loan.days_past_due")]
    return judged.stages.put_flag(both((amount == 0).fill_null(value=False) for amount in owed))


def _last_by(days: DayColumns, kinds: Mapping[VisitKind, Expression | None]) -> tuple[Expression | None, ...]:
    """The last visit to the borrower by every method or a better one; whatever kind it was, a check of data serves as one."""
    to_borrower = tuple(day for kind, day in kinds.items() if kind is not VisitKind.REVALUATION)
    found: list[Expression | None] = []
    by = [days.of(f"visits.{method.value}") for method in VisitMethod]
    for place in range(len(by)):
        every = highest((*by[place:], *(to_borrower if place == 0 else ())))
        found.append(None if every is None else days.stages.put(every))
    return tuple(found)


# -- by edition ------------------------------------------------------------------------------------------------------


def _means(judged: Judged, askings: Sequence[Asking]) -> dict[Asking, MeansColumns]:
    """The means that each row's own edition has for each of *askings*."""
    reader = judged.means_reader
    found: list[tuple[Flag, dict[Asking, MeansColumns]]] = []
    for flag, edited, said in judged.live:
        by_id = edited.policy.graph.by_id if edited.policy is not None else {}
        spoke = {table.id: heard for table, heard in said.items()}
        found.append((flag, reader.means((by_id["method"], by_id["turnaround"]), askings, said=spoke)))
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


def _since(judged: Judged, trigger: Trigger) -> Expression:
    """The first day of the signal of a *trigger*; the day of the plan where nobody knows it."""
    by_signals: dict[SignalDays, list[Flag]] = {}
    for flag, signals in judged.signals:
        by_signals.setdefault(signals, []).append(flag)
    days = [(either(flags), signals.since(trigger.code, trigger.level)) for signals, flags in by_signals.items()]
    found = days[0][1] if len(days) == 1 else first_known(*(where_it(flag, day) for flag, day in days))
    on = number_of(judged.on)
    return judged.stages.put(Literal(on) if found is None else found.fill_null(on))


def _open_triggers(judged: Judged, last_by: tuple[Expression | None, ...], is_settled: Flag) -> Iterator[OpenTrigger]:
    """The triggers that ask for a visit of their own, each where no visit has answered it."""
    items: tuple[Trigger, ...] = judged.items("triggers")
    asking = {
        trigger: (flag, Asking(VisitKind.TRIGGERED, Signal(trigger.code, level=trigger.level)))
        for trigger, flag in zip(items, judged.places("triggers").established, strict=True)
        if flag is not False and not trigger.deadline.waits_for_next_visit
    }
    means = _means(judged, [asked for _, asked in asking.values()])
    for trigger, (flag, asked) in asking.items():
        since = _since(judged, trigger)
        answered = is_from(last_at_least(last_by, means[asked]), since)
        asks = judged.stages.put_flag(both((flag, inverse(answered), inverse(is_settled))))
        yield OpenTrigger(trigger=trigger, asks=asks, since=since, means=means[asked])
