"""A policy that says what falls due as obligations: it plans what four tables of figures plan, and whatever else a bank owes."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from tests.policy.obligations import obligations
from tests.policy.small_policy import CASE, case_with, rule, small_policy, table

from revisit_policy import (
    CaseFile,
    Event,
    Every,
    Fact,
    Grade,
    InvalidPolicyError,
    Label,
    Obligation,
    RevisitPolicy,
    Signal,
    VisitKind,
    Within,
    facts,
    testing,
    unordered,
)
from revisit_policy.language.condition import ALWAYS
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.planning.plan_together import plan_together
from revisit_policy.policy.canonical import canonical_text
from revisit_policy.rulebooks.cn_housing.editions import policy, policy_2007
from revisit_policy.values.labels import Labelled

ON = "2026-06-01"
UNVISITED = attrs.evolve(CASE, visits=())


class Duty(Labelled):
    """Duties of another bank."""

    INSPECTION = "inspection", "验房", "inspection"
    INSURANCE = "insurance", "核对保险", "check of the insurance"


def _in_figures(said: RevisitPolicy) -> RevisitPolicy:
    return attrs.evolve(said, tables=tuple(each for each in said.tables if each.id != "obligations"))


def _with_obligations(four: RevisitPolicy) -> RevisitPolicy:
    by_id = {each.id: each for each in four.tables}
    return attrs.evolve(four, tables=(*four.tables, obligations(by_id, four.conventions)))


def _days(decided: Any) -> Any:
    """All of a schedule but the rules behind it and what a desk asks beside."""
    return [attrs.evolve(visit, reasons=(), checklist=()) for visit in decided.schedule.all]


SMALL, SHIPPED, FORMER = small_policy(), policy(), policy_2007()
PAIRS = {"small": (SMALL, _with_obligations(SMALL)), "shipped": (_in_figures(SHIPPED), SHIPPED), "former": (_in_figures(FORMER), FORMER)}


@given(testing.case_files(on=ON))
@settings(max_examples=400)
def test_obligations_plan_what_four_tables_of_figures_plan(case: CaseFile) -> None:
    case = attrs.evolve(case, loan=attrs.evolve(case.loan, person_needed_since=None))  # which no table of figures counts from
    for four, said in PAIRS.values():
        found, wanted = said.decide(case, on=ON), four.decide(case, on=ON)
        assert _days(found) == _days(wanted)
        assert set(found.gaps) >= set(wanted.gaps)


@pytest.mark.parametrize(("four", "said"), PAIRS.values(), ids=PAIRS)
def test_a_visit_names_the_obligation_and_the_rules_that_it_rests_on(four: RevisitPolicy, said: RevisitPolicy) -> None:
    case = case_with(days_past_due=10)
    before, now = (each.decide(case, on=ON).schedule.all for each in (four, said))
    for old, new in zip(before, now, strict=True):
        assert set(old.reasons) <= set(new.reasons)
        assert {reason.split("-")[0] for reason in set(new.reasons) - set(old.reasons)} in ({"owe"}, {"owed"})


def _tables(*rules: Any) -> Any:
    return (
        table("grade", Grade, "worst", rule("late", facts.days_past_due > 90, Grade.SUBSTANDARD), otherwise=Grade.NORMAL),
        table("obligations", unordered(dict.fromkeys(each.then for each in rules)), "every", *rules),
    )


def _own(*rules: Any, more: Any = ()) -> RevisitPolicy:
    return RevisitPolicy("own", version="1", label=Label("自有", "own"), tables=(*_tables(*rules), *more), calendar=SMALL.calendar)


def test_an_obligation_of_ones_own_is_counted_from_the_day_its_condition_began() -> None:
    inspection = _own(rule("monthly", facts.days_past_due > 90, Obligation(Duty.INSPECTION, Within(days=36))))
    case = case_with(days_past_due=101)
    asked = [inspection.decide(case_with(days_past_due=late), on=day) for late, day in ((101, ON), (102, "2026-06-02"))]
    closes = {str(found.schedule.all[0].window.closes) for found in asked}
    assert [each.value for each in inspection.decide(case, on=ON).schedule.all[0].serves] == ["inspection"]
    assert closes == {"2026-06-26"}
    assert inspection.decide(CASE, on=ON).schedule.all == ()


def test_what_is_owed_every_so_many_days_opens_after_the_least_and_closes_after_the_most() -> None:
    often = _own(rule("often", ALWAYS, Obligation(Duty.INSPECTION, Every(days=(20, 35)), since=facts.disbursed_on)))
    case = case_with(UNVISITED, disbursed_on="2026-05-06")
    first, second, *_ = often.decide(case, on="2026-05-15").schedule.all
    assert (str(first.window.opens), str(first.window.closes)) == ("2026-05-26", "2026-06-10")
    assert (str(second.window.opens), str(second.window.closes), second.is_projection) == ("2026-06-30", "2026-07-15", True)


def test_the_period_of_each_loan_may_be_what_a_table_says() -> None:
    product = table("period", (36, 12), "least", rule("shop", facts.product.is_in("second_home"), 12), otherwise=36)
    valued = Obligation(Duty.INSPECTION, Every(months=product.outcome), since=facts.disbursed_on)
    each = _own(rule("valued", ALWAYS, valued), more=(product,))
    home, shop = (case_with(UNVISITED, disbursed_on="2026-01-05", product=kind) for kind in ("first_home", "second_home"))
    assert [str(each.decide(case, on=ON, until="2030-01-01").schedule.all[0].window.closes) for case in (home, shop)] == ["2029-01-05", "2027-01-05"]
    assert '"table":"period"' in canonical_text(each.table("obligations").table)


def test_a_policy_that_plans_nothing_owes_nothing() -> None:
    grade = table("grade", Grade, "worst", rule("late", facts.days_past_due > 90, Grade.SUBSTANDARD), otherwise=Grade.NORMAL)
    silent = RevisitPolicy("silent", version="1", label=Label("静", "silent"), tables=(grade,), calendar=SMALL.calendar)
    assert silent.decide(case_with(days_past_due=200), on=ON).schedule.all == ()


SCORE = Fact.day("agreed_on", label=Label("约定日", "agreed day"))
REFUSED = {
    "an answer to a signal that is never raised": (
        Obligation(VisitKind.TRIGGERED, Within(days=3), since=Signal("arrears", level="red")), (),
        "expected a code and a level that an outcome of `signals` has",
    ),
    "a day that no fact has": (Obligation(Duty.INSPECTION, Within(days=3), since=SCORE), (), "`agreed_on` is no field of the case file, and no rule reads it"),
    "months of a table that is not there": (Obligation(Duty.INSPECTION, Every(months=SMALL.interval.outcome)), (), "there is no table `interval`"),
    "months that are none": (Obligation(Duty.INSPECTION, Every(months=SMALL.grade.outcome)), (), "`grade` says `normal`, expected whole months"),
}  # fmt: skip


@pytest.mark.parametrize(("owed", "more", "told"), REFUSED.values(), ids=REFUSED)
def test_what_could_never_be_dated_is_refused_when_the_policy_is_built(owed: Obligation, more: Any, told: str) -> None:
    with pytest.raises(InvalidPolicyError) as refused:
        _own(rule("owed", ALWAYS, owed), more=more)
    assert told in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_day_that_a_rule_reads_and_the_caller_supplies_counts() -> None:
    agreed = _own(rule("agreed", ~SCORE.is_missing() & (SCORE >= "2026-01-01"), Obligation(Duty.INSPECTION, Within(days=3), since=SCORE)))
    found = agreed.decide(CASE, on=ON, supplied={"agreed_on": "2026-06-10"}).schedule.all
    assert [(str(visit.window.opens), str(visit.window.closes)) for visit in found] == [("2026-06-10", "2026-06-12")]


def test_what_nobody_recorded_the_beginning_of_is_asked_for() -> None:
    asked = _own(rule("seen", facts.seized.is_true(), Obligation(Duty.INSPECTION, Within(days=3), since=SignalCode.SEIZURE)))
    decided = asked.decide(case_with(seized=True), on=ON)
    assert decided.undated == (SignalCode.SEIZURE,)
    dated = asked.decide(case_with(seized=True, events=(Event("seizure", since="2026-05-28"),)), on=ON)
    assert dated.undated == ()


def test_a_customer_with_two_loans_is_visited_once_where_one_visit_can_serve_both() -> None:
    first, second = (attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, loan_no=name)) for name in ("L-1", "L-2"))
    found = plan_together([SMALL.agenda(each, on=ON) for each in (first, second)])
    alone = SMALL.decide(first, on=ON).schedule.all
    assert [(each.loans, each.visit.window) for each in found] == [((0, 1), visit.window) for visit in alone]
