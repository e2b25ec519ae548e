"""The shipped rulebook plans, by its obligations, what the planner of four duties planned by its figures, day for day, in both editions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.former.plan import plan as former_plan

from revisit_policy import CaseFile, Decision, RevisitPolicy, Signal, VisitKind, testing
from revisit_policy.decision.checklist import record_beginning
from revisit_policy.decision.deciding import CaseOnDay
from revisit_policy.decision.doubts import doubts
from revisit_policy.decision.question import Question
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.rulebooks.cn_housing.editions import policy, policy_2007
from revisit_policy.rulebooks.cn_housing.parameters import DEFAULTS
from revisit_policy.values.dates import Date, from_ordinal

ON = Date(2026, 6, 1)
#: No time to catch up: the former planner knew none.
FORMERLY = attrs.evolve(DEFAULTS, catch_up_days=None)
EDITIONS = {"measures of 2023": policy(FORMERLY), "guideline of 2007": policy_2007(FORMERLY)}


def _hearing(asked: RevisitPolicy, case: CaseFile) -> CaseOnDay:
    reader = asked.reader
    facts = reader.graph.extraction.snapshot(case, on=ON, supplied={}, assuming=())
    return CaseOnDay.of(case, facts, known=case, policy=reader, days=Question(on=ON).days_for(reader))


def _former(asked: RevisitPolicy, case: CaseFile, decision: Decision) -> PlanRequest:
    """What was asked of the planner of four duties, of a case that is not settled."""
    hearing, figures = _hearing(asked, case), asked.conventions
    said = hearing.assessment
    return PlanRequest(
        on=ON,
        until=hearing.until,
        calendar=hearing.calendar,
        lead_days=figures.periodic_lead_days,
        disbursed_on=case.loan.disbursed_on,
        matures_on=case.loan.matures_on,
        first_window=said.first_window.outcome,
        first_reasons=said.first_window.ids,
        interval_months=said.interval.outcome,
        interval_reasons=said.interval.ids,
        triggers=tuple(_triggers(hearing)),
        valued_on=case.collateral.valued_on,
        revaluation_is_due=said.revaluation.outcome is RevaluationDuty.DUE,
        revaluation_since=next((event.since for event in case.events if event.code is SignalCode.REVALUATION_DUE), None),
        revaluation_months=figures.revaluation_months,
        revaluation_working_days=figures.revaluation_working_days,
        revaluation_reasons=said.revaluation.ids,
        means={kind: hearing.visits.of_kind(kind) for kind in VisitKind},
        gaps=(*said.gaps, *map(record_beginning, decision.undated), *doubts(case, ON)),
        red_result_days=figures.red_result_working_days,
        on_site_officers=figures.on_site_officers,
        last_visits=LastVisits.of(case.visits, on=ON),
    )


def _triggers(hearing: CaseOnDay) -> Iterator[OpenTrigger]:
    raised = {(reason.outcome.code, reason.outcome.level): reason for reason in hearing.assessment.signals}
    for asked in hearing.assessment.triggers:
        trigger = asked.outcome
        signal = raised[trigger.code, trigger.level]
        since, *also_since = hearing._began(signal)
        means = hearing.visits.of_signal(Signal(trigger.code, level=trigger.level))
        yield OpenTrigger(trigger=trigger, since=since, also_since=tuple(also_since), means=means, reasons=(*signal.ids, *asked.ids))


def _without_rules(visits: Any) -> list[Any]:
    return [attrs.evolve(visit, reasons=()) for visit in visits]


def _check(asked: RevisitPolicy, case: CaseFile) -> None:
    decision = asked.decide(case, on=ON)
    if case.loan.is_settled:
        assert decision.schedule.all == ()
        return
    before = former_plan(_former(asked, case, decision))
    assert _without_rules(decision.schedule.all) == _without_rules(before.all)
    assert decision.schedule.overdue == () or before.overdue != ()
    for old, new in zip(before.all, decision.schedule.all, strict=True):
        named = {reason for reason in old.reasons if not reason.startswith("turnaround-")}  # the report of a red signal replaces others now
        assert named - {"revaluation-expired", "revaluation-volatile-market", "revaluation-missing"} <= set(new.reasons)


@pytest.mark.parametrize("asked", EDITIONS.values(), ids=EDITIONS)
@given(testing.case_files(on=ON))
@settings(max_examples=120)
def test_a_case_is_planned_as_before(asked: RevisitPolicy, case: CaseFile) -> None:
    _check(asked, case)


@pytest.mark.parametrize("asked", EDITIONS.values(), ids=EDITIONS)
@given(testing.case_files(on=ON), st.integers(-400, 400))
@settings(max_examples=50)
def test_a_case_that_matures_about_now_is_planned_as_before(asked: RevisitPolicy, case: CaseFile, days: int) -> None:
    day = from_ordinal(ON.toordinal() + days)
    if day > case.loan.matures_on:
        case = attrs.evolve(case, loan=attrs.evolve(case.loan, extended_to=day))
    _check(asked, case)
