"""Answers about visits: every column that planning adds to a frame, with what makes it."""

from __future__ import annotations

from functools import reduce

import attrs

from revisit_policy.decision.question import Question
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.frames.columns.day_columns import DayColumns, chosen, highest, is_from, is_known
from revisit_policy.frames.expressions.day_steps import number_of
from revisit_policy.frames.expressions.expression import Dated, Expression, Literal
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.outputs.outcome_columns import masks, where
from revisit_policy.frames.visits.joint import Joint
from revisit_policy.frames.visits.means import highest_only
from revisit_policy.frames.visits.plan_days import PlanDays
from revisit_policy.frames.visits.request import Judged, VisitRequest, visit_request
from revisit_policy.frames.visits.result import VisitResult
from revisit_policy.frames.visits.windows import Windows
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.values.dates import Date
from revisit_policy.values.working_days import WorkCalendar


@attrs.frozen
class _Terms:
    """What a plan depends on that no row says."""

    until: Date
    calendar: WorkCalendar
    conventions: Conventions


def visit_faults(days: DayColumns) -> dict[str, Flag]:
    """The paths of last days that no visits can have had, and where: a visit by some method is one of some kind."""
    found: dict[str, Flag] = {}
    latest = highest(days.of(f"visits.{kind.value}") for kind in VisitKind if kind is not VisitKind.REVALUATION)
    for method in VisitMethod:
        made = days.of(f"visits.{method.value}")
        found[f"visits.{method.value}"] = both((is_known(made), inverse(is_from(latest, made))))
    return found


def visit_answers(judged: Judged, horizon: Horizon) -> list[Expression]:
    """The expressions of the columns about the next visit, in the order of `output.next_visit_outputs`."""
    request = visit_request(judged)
    by_terms: dict[_Terms, list[Flag]] = {}
    for flag, edited, _ in judged.live:
        assert edited.policy is not None  # noqa: S101 - a subject of policies
        by_terms.setdefault(_terms(edited.policy, judged.on, horizon), []).append(flag)
    found = [(either(flags), _planned(judged, request, terms)) for terms, flags in by_terms.items()]
    (_, first), *others = found
    return [
        reduce(lambda made, other, at=at: chosen(other[0], other[1][at], made), others, answer)  # type: ignore[misc] # bound at once
        for at, answer in enumerate(first)
    ]


def _terms(policy: RevisitPolicy, on: Date, horizon: Horizon) -> _Terms:
    _, until, calendar = Question(on=on, until=horizon.until, calendar=horizon.calendar).days_for(policy.reader)
    return _Terms(until, calendar, policy.conventions)


def _planned(judged: Judged, request: VisitRequest, terms: _Terms) -> list[Expression]:
    days = PlanDays(calendar=PlanCalendar.of(terms.calendar), on=judged.on, stages=judged.stages)
    windows = Windows(request=request, days=days, conventions=terms.conventions)
    joint = Joint.of(windows, until=terms.until)
    result = VisitResult.of(joint, windows, until=terms.until)
    missed = both((joint.is_due, joint.is_missed))
    made = [joint.kind, result.method, *map(Dated, (joint.opens, joint.due, joint.closes))]
    rest = [result.officers, *map(Dated, (result.earliest, result.expected, result.latest))]
    shown = [where(joint.is_due, part) for part in made], [where(joint.is_due, part) for part in rest]
    undated = dict(request.undated)
    undated[SignalCode.REVALUATION_DUE] = either((undated[SignalCode.REVALUATION_DUE], joint.pending[-1].is_undated))
    edition = Literal(terms.calendar.edition)
    return [*shown[0], where(missed, Dated(joint.earliest)), *shown[1], _act_by(judged, request, joint, terms), *masks(tuple(undated.values())), edition]


def _act_by(judged: Judged, request: VisitRequest, joint: Joint, terms: _Terms) -> Expression:
    """The last day to act, where there is a measure: by the level, else the next visit's closing, else the horizon."""
    is_any = both((either(judged.told.handed("measures")), inverse(request.is_settled)))
    by: Expression = chosen(joint.is_due, joint.closes, number_of(terms.until))
    levels = judged.told.levels
    for level, flag in zip(levels, highest_only(tuple(levels.values())), strict=True):
        days = terms.conventions.working_days_to_act(level)
        if days is not None:
            by = chosen(flag, number_of(PlanCalendar.of(terms.calendar).after(judged.on, days)), by)
    return where(is_any, Dated(judged.stages.put(by)))
