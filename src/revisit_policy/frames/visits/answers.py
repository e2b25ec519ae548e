"""Answers about visits: every column that planning adds to a frame, with what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import TypeAlias

import attrs

from revisit_policy.casefile.case_columns import method_path
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.decision.seats.in_figures import OBLIGATIONS
from revisit_policy.frames.checks.settled import settled
from revisit_policy.frames.columns.day_columns import DayColumns, chosen, highest, is_from, is_known, lowest, or_missing, where_it
from revisit_policy.frames.expressions.expression import Dated, Expression, Literal
from revisit_policy.frames.expressions.given import Asked
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.outputs.outcome_columns import mask, where
from revisit_policy.frames.outputs.output import words_undated
from revisit_policy.frames.visits.days.plan_days import PlanDays
from revisit_policy.frames.visits.desk import desk_columns
from revisit_policy.frames.visits.due import Figures, figures_of, is_usual
from revisit_policy.frames.visits.joint import Joint
from revisit_policy.frames.visits.means import highest_only
from revisit_policy.frames.visits.owed import check_sayable, owed_columns
from revisit_policy.frames.visits.owing import OwingColumns
from revisit_policy.frames.visits.pending import Pending
from revisit_policy.frames.visits.request import Judged
from revisit_policy.frames.visits.result import VisitResult
from revisit_policy.frames.visits.step_columns import ActionColumns
from revisit_policy.frames.visits.windows import Windows
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.outcomes.obligations.obligation_kind import ServedBy
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.values.dates import Date, add_months
from revisit_policy.values.labels import Labelled, OrderedLabelled
from revisit_policy.values.working_days import WorkCalendar

ToAct: TypeAlias = Callable[[OrderedLabelled], int | None]


@attrs.frozen
class _Terms:
    """What a plan depends on that no row says; without *figures* it is one of obligations of any kind."""

    calendar: WorkCalendar
    conventions: Conventions
    figures: Figures | None
    officers: tuple[int, ...]
    words: Vocabulary
    policy: RevisitPolicy = attrs.field(eq=False)
    has_duties: bool

    def to_act(self, level: OrderedLabelled) -> int | None:
        """Working days to act at a *level*."""
        return self.words.days_to_act(level, usual=self.conventions.working_days_to_act(level))


def visit_faults(days: DayColumns, words: Vocabulary) -> dict[str, Flag]:
    """The paths of last days that no visits can have had, and where: a visit by some method is one of some kind."""
    found: dict[str, Flag] = {}
    latest = highest(days.of(f"visits.{kind.value}") for kind in words.visited if kind != VisitKind.REVALUATION)
    for path in map(method_path, words.means):
        made = days.of(path)
        found[path] = both((is_known(made), inverse(is_from(latest, made))))
    return found


def visit_columns(judged: Judged) -> Mapping[str, Expression]:
    """The expressions of the columns about the next visit, by the names of `output.next_visit_outputs`."""
    horizon = judged.subject.horizon or Horizon()
    by_terms: dict[_Terms, list[Flag]] = {}
    for flag, edited, _ in judged.live:
        assert edited.policy is not None  # noqa: S101 - a subject of policies
        by_terms.setdefault(_terms(edited.policy, horizon), []).append(flag)
    found = [(either(flags), _planned(judged, terms)) for terms, flags in by_terms.items()]
    (_, first), *others = found
    return {name: reduce(lambda made, other, name=name: chosen(other[0], other[1][name], made), others, answer) for name, answer in first.items()}  # type: ignore[misc] # bound at once


def acted(judged: Judged) -> tuple[Mapping[Labelled, Flag], Mapping[Labelled, Flag]]:
    """By measures where each is recommended, and where it is in hand; rows of which nothing tells that are asked nothing more."""
    told = dict(zip(judged.told.items("measures"), judged.told.handed("measures"), strict=True))
    actions = ActionColumns(judged.days)
    if not any(actions.is_known(note.measure) for note in judged.subject.words.measures):
        open_ones = inverse(settled(judged.days.read, judged.stages))
        return {measure: both((flag, open_ones)) for measure, flag in told.items()}, {}
    recommended = {item: either(both((flag, steps.recommended.get(item, False))) for flag, steps in judged.steps) for item in told}
    return recommended, {item: either(both((flag, steps.in_hand.get(item, False))) for flag, steps in judged.steps) for item in told}


def _terms(policy: RevisitPolicy, horizon: Horizon) -> _Terms:
    calendar = policy.calendar if horizon.calendar is None else horizon.calendar
    assert calendar is not None  # noqa: S101 - a phase of days has found one
    check_sayable(policy)
    return _Terms(
        calendar=calendar,
        conventions=policy.conventions,
        figures=figures_of(policy) if is_usual(policy) else None,
        officers=tuple(note.officers for note in policy.words.methods),
        words=policy.words,
        policy=policy,
        has_duties=horizon.has_duties,
    )


def _last_day(asked: Asked, months: int) -> Date:
    """The last day of the schedule."""
    return add_months(asked.on, months) if asked.until is None else asked.until


def _planned(judged: Judged, terms: _Terms) -> Mapping[str, Expression]:
    years = judged.reading.phase.years
    assert years is not None  # noqa: S101 - visits are planned
    days = PlanDays(calendar=PlanCalendar.of(terms.calendar), years=years, values=judged.reading.values, stages=judged.stages)
    until = judged.reading.values.number(_last_day, terms.conventions.horizon_months)
    pending, desk, undated = _pending(judged, terms, days)
    joint = Joint.of(pending, days, until=until, kinds=terms.words.visited)
    result = VisitResult.of(joint, days, officers=terms.officers, red_days=terms.conventions.red_result_working_days)
    due = {
        "next_kind": joint.kind,
        "next_method": result.method,
        "next_opens": Dated(joint.opens),
        "next_due": Dated(joint.due),
        "next_closes": Dated(joint.closes),
        "next_officers": result.officers,
        "result_earliest": Dated(result.earliest),
        "result_expected": Dated(result.expected),
        "result_latest": Dated(result.latest),
    }
    return {
        **{name: where(joint.is_due, part) for name, part in due.items()},
        "next_missed_on": where(both((joint.is_due, joint.is_missed)), Dated(joint.earliest)),
        **_steps(judged, days, otherwise=chosen(joint.is_due, joint.closes, until), to_act=terms.to_act),
        **(desk_columns(desk, days, until=until, kinds=terms.words.at_desk) if terms.has_duties else {}),
        "undated": mask(tuple(judged.stages.put_flag(either(flag for word, flag in undated if word == each)) for each in words_undated(terms.words))),
        "calendar": Literal(terms.calendar.edition),
    }


def _pending(judged: Judged, terms: _Terms, days: PlanDays) -> tuple[tuple[Pending, ...], tuple[Pending, ...], list[tuple[Labelled, Flag]]]:
    """What is pending for visits and at a desk, and what nobody dated: the usual visits in their own columns, all else as what is owed."""
    kinds = set(terms.words.purposes)
    usual: tuple[Pending, ...] = ()
    undated: list[tuple[Labelled, Flag]] = []
    if terms.figures is not None:
        windows = Windows(request=judged.request, days=days, conventions=terms.conventions, figures=terms.figures)
        usual, kinds = windows.pending(), set(terms.words.at_desk) if terms.has_duties else set()
        undated = [*judged.request.undated.items(), (SignalCode.REVALUATION_DUE, usual[-1].is_undated)]
    if not kinds or OBLIGATIONS not in terms.policy.graph.by_id:
        return usual, (), undated
    owing = OwingColumns(owed=owed_columns(judged, terms.policy, only=kinds), loans=judged.loans, days=days)
    served = {by: tuple(each for each in owing.pending if each.kind.served_by is by) for by in ServedBy}
    return (*usual, *served[ServedBy.VISIT]), served[ServedBy.DESK], [*undated, *owing.undated()]


def _steps(judged: Judged, days: PlanDays, *, otherwise: Expression, to_act: ToAct) -> Mapping[str, Expression]:
    """What should have been done already, and by when the next measure is to be set about."""
    levels = judged.told.levels
    usual: dict[int, Flag] = {}
    for level, flag in zip(levels, highest_only(tuple(levels.values())), strict=True):
        working_days = to_act(level)
        if working_days is not None:
            usual[working_days] = either((usual.get(working_days, False), flag))
    late: dict[Labelled, list[Flag]] = {note.measure: [] for note in judged.subject.words.measures}
    first: list[Expression | None] = []
    for flag, steps in judged.steps:
        for note in steps.notes:
            by = steps.by(note, days, usual=usual, otherwise=otherwise)
            if by is not None:
                late.setdefault(note.measure, []).append(both((flag, steps.is_late(note.measure, by, days.on))))
                first.append(where_it(both((flag, steps.shown(note.measure))), by))
    return {
        "measures_late": mask(tuple(judged.stages.put_flag(either(flags)) for flags in late.values())),
        "next_act_by": Dated(judged.stages.put(or_missing(lowest(first)))),
    }
