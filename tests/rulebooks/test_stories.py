"""Borrowers' stories: one sentence and one row each, with the whole of what the bank is told to do.

They were read as a risk officer reads them: each asks whether grade, warnings, visit and measures make sense together.
"""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.rulebooks.loans import FIRST, decide, upcoming

from revisit_policy import Event, Grade, Level, Measure, Visit, VisitKind, VisitMethod, cny
from revisit_policy.values.dates import Date, from_ordinal

CALLED = (FIRST, Visit(kind="periodic", method="phone", completed_on="2026-08-10", finding="satisfactory"))
ON = "2026-11-24"

#: Called three months ago, valued in spring.
USUAL: dict[str, Any] = {"visits": CALLED, "valued_on": "2026-03-02"}

#: A flat bought off plan for 1,300,000 with 300,000 down, not delivered yet.
OFF_PLAN: dict[str, Any] = {
    "product": "off_plan", "property_type": "off_plan", "registration": "pre_registered", "registrable_since": "2026-11-01", "project_stalled": True,
    "price": cny(1_300_000), "down_payment": cny(300_000), "balance": cny(940_000), "value": cny(1_200_000), "value_at_origination": cny(1_300_000),
}  # fmt: skip
HALVED: dict[str, Any] = {"employment": "self_employed", "monthly_income": cny(10_000), "monthly_debt_service": cny(6_200), "reviewed_on": "2026-11-20"}


@attrs.frozen(kw_only=True)
class Story:
    """What a borrower's file says, and what the bank is told: *by* is the last day of the next visit."""

    facts: dict[str, Any]
    since: dict[str, str] = attrs.Factory(dict)
    on: str = ON
    grade: Grade = Grade.NORMAL
    level: Level = Level.NONE
    by: str
    method: VisitMethod = VisitMethod.PHONE
    measures: set[Measure]
    upgrade: Grade | None = None


M, G = Measure, Grade
STORIES = {
    "a young couple pays for a flat whose project stalled three weeks ago": Story(
        facts=OFF_PLAN, since={"project_stalled": "2026-11-23"}, level=Level.ORANGE, by="2026-11-26", method=VisitMethod.ON_SITE, measures={M.MONITOR, M.VERIFY, M.REVIEW_GRADE},
    ),
    "the income of a self-employed man has halved and he still pays": Story(
        facts=HALVED, level=Level.ORANGE, by="2026-11-27", method=VisitMethod.VIDEO,
        measures={M.MONITOR, M.VERIFY, M.ADJUST_REPAYMENT, M.EXTEND_TERM, M.GRACE, M.REVIEW_GRADE},
    ),
    "then he is late for more than ninety days, does not co-operate, and no milder plan is laid beside the lawyer's letter": Story(
        facts={**HALVED, "days_past_due": 91, "missed_consecutive": 4, "missed_total_24m": 4}, grade=G.SUBSTANDARD, level=Level.RED, by="2026-11-24", method=VisitMethod.ON_SITE,
        measures={M.VERIFY, M.TELL_BEFORE_REPORTING, M.REVALUE, M.HAND_OVER, M.ACCELERATE, M.LAWYER_LETTER, M.PAYMENT_ORDER},
    ),
    "or co-operates, and a restructuring is sought before any right is enforced": Story(
        facts={**HALVED, "days_past_due": 91, "missed_consecutive": 4, "missed_total_24m": 4, "cooperative": True}, grade=G.SUBSTANDARD, level=Level.RED, by="2026-11-24",
        method=VisitMethod.ON_SITE, measures={M.VERIFY, M.TELL_BEFORE_REPORTING, M.RESTRUCTURE, M.REVALUE, M.HAND_OVER},
    ),
    "a retiree with a year and a half to go, excellent and hardly in debt, is called once a year": Story(
        facts={"employment": "retired", "credit_standing": "excellent", "disbursed_on": "2008-07-15", "signed_on": "2008-07-01", "term_months": 240, "balance": cny(45_000)}, by="2027-03-02",
        method=VisitMethod.OFF_SITE, measures={M.MONITOR},
    ),
    "a borrower has died and his widow pays on": Story(facts={"deceased": True}, since={"deceased": "2026-11-20"}, level=Level.YELLOW, by="2026-11-27", measures={M.MONITOR, M.VERIFY}),
    "a borrower has died, nobody pays, and nobody is there to agree on another plan": Story(
        facts={"deceased": True, "co_borrower_paying": False, "days_past_due": 45, "missed_consecutive": 2, "missed_total_24m": 2}, since={"deceased": "2026-10-05"}, grade=G.SPECIAL_MENTION,
        level=Level.ORANGE, by="2026-11-24", measures={M.VERIFY, M.TELL_BEFORE_REPORTING, M.COLLECT, M.DEMAND_LETTER},
    ),
    "after a divorce one income is gone, and the payment is twelve days late": Story(
        facts={**HALVED, "co_borrower_paying": False, "days_past_due": 12, "missed_consecutive": 1, "missed_total_24m": 1}, grade=G.SPECIAL_MENTION, level=Level.ORANGE, by="2026-11-23",
        on="2026-11-20", method=VisitMethod.VIDEO, measures={M.VERIFY, M.TELL_BEFORE_REPORTING, M.REMIND, M.COLLECT, M.ADJUST_REPAYMENT, M.EXTEND_TERM},
    ),
    "a loan for a home has bought a shop": Story(
        facts={"misuse_of_funds": True}, since={"misuse": "2026-11-23"}, grade=G.SPECIAL_MENTION, level=Level.RED, by="2026-11-24", method=VisitMethod.ON_SITE,
        measures={M.REVIEW_GRADE, M.ACCELERATE, M.RESCIND},
    ),
    "another creditor has seized the flat of a borrower who pays": Story(
        facts={"seized": True}, since={"seizure": "2026-11-23"}, level=Level.RED, by="2026-11-26", method=VisitMethod.ON_SITE, measures={M.VERIFY, M.ACCELERATE, M.REVIEW_GRADE},
    ),
    "a loan beside one of the provident fund is visited as any other": Story(facts={"product": "provident_fund_combination"}, by="2027-03-02", method=VisitMethod.OFF_SITE, measures={M.MONITOR}),
    "a borrower who cannot be found is not offered another plan": Story(
        facts={"lost_contact": True, "days_past_due": 45, "missed_consecutive": 2, "missed_total_24m": 2}, grade=G.SPECIAL_MENTION, level=Level.ORANGE, by="2026-11-24",
        method=VisitMethod.ON_SITE, measures={M.VERIFY, M.TELL_BEFORE_REPORTING, M.COLLECT, M.DEMAND_LETTER},
    ),
    "a loan restructured a second time under observation is non-performing though it pays": Story(
        facts={"in_observation": True, "restructured_again": True, "restructured_on": "2026-11-10"}, grade=G.SUBSTANDARD, level=Level.YELLOW, by="2026-11-24", measures={M.HAND_OVER, M.REVALUE},
    ),
    "a loan cured three months ago is still non-performing, and its fresh valuation stands": Story(
        facts={"determined": "substandard", "months_clean_since_cure": 3, "valued_on": "2026-09-01"}, grade=G.SUBSTANDARD, by="2026-11-24", method=VisitMethod.OFF_SITE, measures={M.HAND_OVER},
    ),
    "a non-performing loan, seven months clean, stays substandard, and special mention is proposed": Story(facts={"determined": "substandard", "months_clean_since_cure": 7, "valued_on": "2026-09-01"}, grade=G.SUBSTANDARD, by="2026-11-24", method=VisitMethod.OFF_SITE, measures={M.HAND_OVER}, upgrade=G.SPECIAL_MENTION),
    "a committee has graded special mention, and the loan pays: it stays special mention until determined, and pass is proposed": Story(
        facts={"determined": "special_mention"}, grade=G.SPECIAL_MENTION, by="2026-11-24", method=VisitMethod.OFF_SITE, measures={M.MONITOR}, upgrade=G.NORMAL,
    ),
    "an impaired loan that pays belongs to special assets and is not merely watched": Story(
        facts={"impaired": True, "ecl": cny(100_000), "carrying_amount": cny(600_000)}, since={"impaired": "2026-11-23"}, grade=G.SUBSTANDARD, level=Level.RED, by="2026-11-24",
        method=VisitMethod.ON_SITE, measures={M.HAND_OVER, M.REVALUE},
    ),
    "a borrower in bankruptcy is not visited: the administrator is called, and the claim is lodged": Story(
        facts={"bankruptcy": True}, since={"bankruptcy": "2026-11-23"}, grade=G.LOSS, level=Level.RED, by="2026-11-24",
        measures={M.LODGE_CLAIM, M.HAND_OVER, M.REVALUE},
    ),
    "a good customer is three days late by an error of the bank and is left in peace": Story(facts={"days_past_due": 3, "technical_cause_proved": True}, by="2027-03-02", method=VisitMethod.OFF_SITE, measures={M.MONITOR}),
    "three days late for no known reason he is reminded by a message, and nobody calls": Story(
        facts={"days_past_due": 3}, grade=G.SPECIAL_MENTION, level=Level.YELLOW, by="2026-12-04", method=VisitMethod.SMS, measures={M.REMIND, M.COLLECT, M.TELL_BEFORE_REPORTING},
    ),
    "a home worth less than its debt, valued last week, is not valued again, and nobody goes there": Story(
        facts={"value": cny(580_000), "valued_on": "2026-11-17"}, level=Level.RED, by="2027-02-10", method=VisitMethod.OFF_SITE, measures={M.MONITOR},
    ),
    "a loan matured two months ago, 20,000 are left nothing is said to be late, and the visit before maturity was missed": Story(
        facts={"disbursed_on": "2016-09-20", "signed_on": "2016-09-10", "term_months": 120, "balance": cny(20_000)}, level=Level.YELLOW, by="2026-11-24", measures={M.MONITOR, M.VERIFY},
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_what_the_bank_is_told(story: Story) -> None:
    events = tuple(Event(code, since=day) for code, day in story.since.items())
    decision = decide(story.on, events=events, **(USUAL | story.facts))
    visit = upcoming(decision)
    assert (decision.grade, decision.level) == (story.grade, story.level)
    assert (str(visit.window.closes), visit.method) == (story.by, story.method)
    assert {found.measure for found in decision.measures} == story.measures
    assert (None if decision.upgrade is None else decision.upgrade.grade) == story.upgrade


def test_a_loan_repaid_early_asks_for_nothing() -> None:
    decision = decide(ON, **USUAL, balance=cny(0))
    assert (decision.grade, decision.level, decision.schedule.next, decision.measures) == (Grade.NORMAL, Level.NONE, None, ())


# -- days ------------------------------------------------------------------------------------------------------------


def test_a_loan_paid_out_before_the_spring_festival_is_first_visited_from_the_working_saturday_before_it() -> None:
    visit = upcoming(decide("2026-01-15", disbursed_on="2026-01-15", signed_on="2026-01-05", visits=(), valued_on="2025-12-22"))
    assert (visit.kind, str(visit.window.opens), str(visit.window.closes)) == (VisitKind.FIRST, "2026-02-14", "2026-04-15")


def test_a_seizure_on_the_eve_of_the_national_day_is_looked_at_on_the_third_working_day_after_it() -> None:
    decision = decide("2025-09-30", seized=True, valued_on="2025-03-03", events=(Event("seizure", since="2025-09-30"),), visits=(FIRST, attrs.evolve(CALLED[1], completed_on="2025-08-11")))
    visit = upcoming(decision)
    assert str(visit.window.closes) == "2025-10-11"  # a working Saturday
    result = visit.result  # red: reported the day after, if the visit is made at once; then come the grade, the opinion with the measure, and the letter
    assert str(result.preliminary.earliest) == "2025-10-09"
    assert [str(stage.earliest) for stage in result.stages[1:]] == ["2025-10-10", "2025-10-20", "2025-10-21"]
    told = {found.measure: str(found.by) for found in decision.measures}
    assert told == {Measure.VERIFY: "2025-10-09", Measure.REVIEW_GRADE: "2025-10-21", Measure.ACCELERATE: "None"}  # the recall waits for what is found out


def test_a_loan_paid_out_on_a_leap_day_matures_and_is_planned_by_the_end_of_february() -> None:
    decision = decide("2026-02-02", disbursed_on="2024-02-29", term_months=24, visits=(FIRST, attrs.evolve(CALLED[1], completed_on="2025-11-10")), valued_on="2026-01-12")
    assert decision.case.loan.matures_on == Date(2026, 2, 28)
    assert str(upcoming(decision).window.closes) == "2026-02-28"  # a working Saturday


def test_a_restructured_loan_becomes_special_mention_when_the_new_edition_reaches_it_and_says_so() -> None:
    visited = (FIRST, Visit(kind="periodic", method="on_site", completed_on="2025-12-01", finding="satisfactory"))
    story = {"disbursed_on": "2022-05-10", "signed_on": "2022-05-01", "in_observation": True, "restructured_on": "2025-09-01", "valued_on": "2025-03-03", "visits": visited}
    before, after = decide("2025-12-31", **story), decide("2026-01-05", **story)
    assert [(found.edition, found.grade, found.interval_months) for found in (before, after)] == [("CN-CLASS-2007-54", Grade.SUBSTANDARD, 3), ("CN-CLASS-2023-1", Grade.SPECIAL_MENTION, 3)]
    assert [found.measure for found in after.measures] == [Measure.MONITOR]
    assert after.replan is not None


@pytest.mark.parametrize("began", ["2025-05-08", "2025-05-20", "2025-06-03"])
@pytest.mark.parametrize("called", ["2024-12-30", "2025-03-03", "2025-05-06"])
def test_a_bank_that_makes_every_visit_on_its_last_day_is_never_told_of_a_missed_one_while_arrears_grow(called: str, began: str) -> None:
    visits = [FIRST, Visit(kind="periodic", method="phone", completed_on=called, finding="satisfactory")]
    due_day = Date.fromisoformat(began)
    for late in range(120):
        on = from_ordinal(due_day.toordinal() + late)
        periods = (late + 29) // 30
        decision = decide(str(on), visits=tuple(visits), days_past_due=late, missed_consecutive=periods, missed_total_24m=periods, valued_on="2025-04-01")
        assert decision.schedule.overdue == (), on
        visit = upcoming(decision)
        if visit.window.closes == on:
            visits.append(Visit(kind=visit.kind, method=visit.method, completed_on=on, finding="satisfactory"))


# -- words -----------------------------------------------------------------------------------------------------------


def test_a_measure_is_told_with_the_day_to_set_about_it_and_why_and_watching_without_an_end() -> None:
    found = decide(ON, **USUAL, deceased=True, events=(Event("deceased", since="2026-11-20"),))
    assert "  继续观察：无期限，客户经理" in found.explain("zh").splitlines()
    assert "  核实情况：不晚于2026年11月27日启动，客户经理（自2026年11月20日起）" in found.explain("zh").splitlines()
    number = next(line.strip().split(" ")[0] for line in found.explain("zh").splitlines() if line.endswith("] measure-verify-heirs"))
    assert f"    理由：核实继承人、遗产与共同还款人；继承人以所得遗产实际价值为限清偿{number}" in found.explain("zh").splitlines()
    assert f"    because: find heirs, estate and co-borrowers: heirs owe up to the value of what they inherit {number}" in found.explain("en").splitlines()
    assert [line for line in found.explain("en").splitlines() if line.startswith("  keep watching:")] == ["  keep watching: no deadline, account manager"]
    assert "  verify the facts: set about it by 27 Nov 2026, account manager (since 20 Nov 2026)" in found.explain("en").splitlines()


def test_one_attempt_that_failed_is_not_called_a_loss_of_contact() -> None:
    assert [signal.label("en") for signal in decide(ON, **USUAL, failed_contact_attempts=1).signals] == ["contact failed or lost (yellow)"]


@pytest.mark.parametrize("day", ["2025-06-30", "2026-06-30"], ids=["under the guideline of 2007", "under the measures of 2023"])
def test_what_another_plan_makes_of_a_loan_is_told_for_the_edition_that_holds(day: str) -> None:
    decision = decide(day, disbursed_on="2022-03-01", signed_on="2022-02-20", valued_on="2025-12-22" if day > "2026" else "2025-01-06", days_past_due=45)
    (plan,) = [found for found in decision.measures if found.measure is Measure.ADJUST_REPAYMENT]
    assert plan.warning is not None
    number, months = ("银保监会 中国人民银行令〔2023〕第1号", "one year") if day > "2026" else ("银监发〔2007〕54号", "six months")
    assert months in plan.warning.en
    assert {source.number for source in plan.sources} & {"银监发〔2007〕54号", "银保监会 中国人民银行令〔2023〕第1号"} == {number}
