"""Worked cases: what the law and practice say of loans, one sentence and one row a case.

A row marked ``memory`` rests on articles that nobody has held against the official text: its rules say so too.
"""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.rulebooks.loans import FIRST, POLICY, case, decide, upcoming

from revisit_policy import Citation, Grade, Label, Level, Measure, OutsideCalendarError, Rule, SignalCode, Visit, VisitKind, VisitMethod, cny, facts
from revisit_policy.outcomes.origination_finding import OriginationFinding
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date

# -- grades: instalment due on 20 March 2025 unpaid ------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Graded:
    on: str = "2025-06-30"
    facts: dict[str, Any]
    grade: Grade
    rule: str | None = None
    memory: bool = False


GRADES = {
    "one day past due without a technical cause is special mention": Graded(on="2025-03-21", facts={"days_past_due": 1}, grade=Grade.SPECIAL_MENTION, rule="overdue-unless-technical", memory=True),
    "five days past due by a failed debit that is proved is no floor": Graded(on="2025-03-25", facts={"days_past_due": 5, "technical_cause_proved": True}, grade=Grade.NORMAL, memory=True),
    "seven days by a proved cause is still none": Graded(on="2025-03-27", facts={"days_past_due": 7, "technical_cause_proved": True}, grade=Grade.NORMAL, memory=True),
    "eight days past due is special mention whatever the cause": Graded(on="2025-03-28", facts={"days_past_due": 8, "technical_cause_proved": True}, grade=Grade.SPECIAL_MENTION, rule="overdue", memory=True),
    "ninety days past due is not more than ninety": Graded(on="2025-06-18", facts={"days_past_due": 90}, grade=Grade.SPECIAL_MENTION, rule="overdue", memory=True),
    "ninety-one days past due is substandard in spite of collateral worth three times the debt": Graded(on="2025-06-19", facts={"days_past_due": 91, "balance": cny(525_000)}, grade=Grade.SUBSTANDARD, rule="overdue-90"),
    "two hundred and seventy days is substandard": Graded(on="2025-12-15", facts={"days_past_due": 270}, grade=Grade.SUBSTANDARD, rule="overdue-90"),
    "two hundred and seventy-one days is doubtful": Graded(on="2025-12-16", facts={"days_past_due": 271}, grade=Grade.DOUBTFUL, rule="overdue-270"),
    "three hundred and sixty days is doubtful": Graded(on="2026-03-15", facts={"days_past_due": 360}, grade=Grade.DOUBTFUL, rule="overdue-270"),
    "three hundred and sixty-one days is loss": Graded(on="2026-03-16", facts={"days_past_due": 361}, grade=Grade.LOSS, rule="overdue-360"),
    "impaired with expected losses of 30 per cent is substandard": Graded(facts={"impaired": True, "ecl": cny(30), "carrying_amount": cny(100)}, grade=Grade.SUBSTANDARD, rule="impaired"),
    "impaired with expected losses just below half is substandard": Graded(facts={"impaired": True, "ecl": cny("49.99"), "carrying_amount": cny(100)}, grade=Grade.SUBSTANDARD, rule="impaired"),
    "impaired with expected losses of exactly half is doubtful": Graded(facts={"impaired": True, "ecl": cny(50), "carrying_amount": cny(100)}, grade=Grade.DOUBTFUL, rule="ecl-half", memory=True),
    "impaired with expected losses just below nine tenths is doubtful": Graded(facts={"impaired": True, "ecl": cny("89.99"), "carrying_amount": cny(100)}, grade=Grade.DOUBTFUL, rule="ecl-half", memory=True),
    "impaired with expected losses of exactly nine tenths is loss": Graded(facts={"impaired": True, "ecl": cny(90), "carrying_amount": cny(100)}, grade=Grade.LOSS, rule="ecl-ninety", memory=True),
    "funds moved to shares without consent is special mention": Graded(facts={"misuse_of_funds": True}, grade=Grade.SPECIAL_MENTION, rule="misuse-of-funds", memory=True),
    "repaid by new debt is special mention": Graded(facts={"refinanced": True}, grade=Grade.SPECIAL_MENTION, rule="refinanced", memory=True),
    "evasion of debt is doubtful": Graded(facts={"debt_evasion": True}, grade=Grade.DOUBTFUL, rule="debt-evasion", memory=True),
    "bankruptcy liquidation is loss": Graded(facts={"bankruptcy": True}, grade=Grade.LOSS, rule="bankruptcy", memory=True),
    "a card non-performing at another bank sets no floor under a housing loan": Graded(facts={"other_bad_debt": True}, grade=Grade.NORMAL, memory=True),
    "a repayment plan eased in difficulty is special mention while observed": Graded(facts={"in_observation": True, "restructured_on": "2025-04-20"}, grade=Grade.SPECIAL_MENTION, rule="in-observation", memory=True),
    "restructured again under observation is substandard": Graded(facts={"in_observation": True, "restructured_again": True}, grade=Grade.SUBSTANDARD, rule="restructured-again", memory=True),
    "a general cut of rates restructures nothing": Graded(facts={"annual_rate": "0.0305"}, grade=Grade.NORMAL),
    "arrears cleared five months ago do not lift a substandard loan": Graded(facts={"determined": "substandard", "months_clean_since_cure": 5}, grade=Grade.SUBSTANDARD, rule="determined-substandard", memory=True),
    "six months paid in full do not either: people determine": Graded(facts={"determined": "substandard", "months_clean_since_cure": 6}, grade=Grade.SUBSTANDARD, rule="determined-substandard", memory=True),
    "a committee has determined special mention, and the loan pays": Graded(facts={"determined": "special_mention"}, grade=Grade.SPECIAL_MENTION, rule="determined-special-mention", memory=True),
    "a committee has determined pass, and the loan is late": Graded(on="2025-06-19", facts={"determined": "normal", "days_past_due": 91}, grade=Grade.SUBSTANDARD, rule="overdue-90"),
}


@pytest.mark.parametrize("row", GRADES.values(), ids=GRADES)
def test_the_grade_is_the_worst_floor(row: Graded) -> None:
    decision = decide(row.on, **row.facts)
    assert decision.grade is row.grade
    assert decision.grade_at_worst is row.grade
    if row.rule is not None:
        assert row.rule in decision.verdicts["grade"].fired
        assert bool(POLICY.rule(row.rule).source.verified) is not row.memory


def test_an_impaired_loan_of_unknown_losses_is_substandard_and_loss_at_worst() -> None:
    decision = decide("2025-06-30", impaired=True)
    assert (decision.grade, decision.grade_at_worst) == (Grade.SUBSTANDARD, Grade.LOSS)


def test_under_the_method_of_days_past_due_too_a_cured_loan_stays_as_it_was_determined() -> None:
    by_days = cn_housing.policy(attrs.evolve(cn_housing.DEFAULTS, upgrade_strategy=cn_housing.UpgradeStrategy.DPD))
    assert by_days.decide(case(determined="substandard"), on="2025-06-30").grade is Grade.SUBSTANDARD


# -- what else the law says ------------------------------------------------------------------------------------------


def test_misuse_of_funds_is_red_and_lets_the_bank_recall_the_loan_by_law_whatever_the_contract_says() -> None:
    decision = decide("2025-06-30", misuse_of_funds=True, has_acceleration_clause=False, undrawn=cny(0))
    assert decision.level is Level.RED
    assert [found.measure for found in decision.measures] == [Measure.REVIEW_GRADE, Measure.ACCELERATE, Measure.RESCIND]
    assert Measure.STOP_DRAWING in [found.measure for found in decide("2025-06-30", misuse_of_funds=True, undrawn=cny(200_000)).measures]


def test_bad_debt_elsewhere_is_a_signal() -> None:
    decision = decide("2025-06-30", other_bad_debt=True)
    assert [(signal.code, signal.level) for signal in decision.signals] == [(SignalCode.BAD_DEBT_ELSEWHERE, Level.YELLOW)]


@pytest.mark.parametrize(("on", "is_due"), [("2025-06-30", False), ("2025-07-01", True)], ids=["to the day a year later", "not a day longer"])
def test_a_valuation_lasts_a_year(on: str, is_due: bool) -> None:
    decision = decide(on, valued_on="2024-06-30")
    assert (SignalCode.REVALUATION_DUE in [signal.code for signal in decision.signals]) is is_due
    assert (Measure.REVALUE in [found.measure for found in decision.measures]) is is_due
    assert POLICY.rule("revaluation-expired").source.verified


FLOORS = {
    "a second home signed on 1 June 2024 with 20 per cent down is below the floor": ("2024-06-01", 2, 200_000, True),
    "the same signed on 1 October 2024 is not": ("2024-10-01", 2, 200_000, False),
    "a second home signed on 1 June 2024 with 25 per cent down is at the floor": ("2024-06-01", 2, 250_000, False),
    "a first home signed on 1 June 2024 with 15 per cent down is at the floor": ("2024-06-01", 1, 150_000, False),
    "a first home with a yuan less is not": ("2024-06-01", 1, 149_999, True),
    "any home signed on 24 September 2024 with a yuan less than 15 per cent is below it": ("2024-09-24", 2, 149_999, True),
    "a first home signed on 31 August 2023 needs 20 per cent": ("2023-08-31", 1, 199_999, True),
}


@pytest.mark.parametrize(("signed_on", "homes", "down", "below"), FLOORS.values(), ids=FLOORS)
def test_the_floor_of_the_down_payment_is_that_of_the_day_of_signing(signed_on: str, homes: int, down: int, below: bool) -> None:
    decision = decide(
        "2025-06-30", signed_on=signed_on, disbursed_on="2024-10-08", price=cny(1_000_000), down_payment=cny(down), home_count=homes, visits=(),
        principal=cny(750_000), balance=cny(740_000),
    )
    assert (OriginationFinding.DOWN_PAYMENT_BELOW_FLOOR in decision.origination) is below


def test_half_of_income_for_the_home_passes_and_fifty_six_per_cent_for_all_debts_does_not() -> None:
    granted = {"monthly_income": cny(5_000), "instalment": cny(2_350), "property_fee": cny(150), "monthly_debt_service": cny(2_800)}
    assert decide("2024-04-01", visits=(), valued_on="2024-02-20", **granted).origination == (OriginationFinding.TOTAL_DSR_ABOVE_LIMIT,)
    later = decide("2025-06-30", **granted)
    assert later.origination == ()  # the limits bind at the grant
    assert (SignalCode.CAPACITY, Level.ORANGE) in [(signal.code, signal.level) for signal in later.signals]


@pytest.mark.parametrize(("on", "lapsed"), [("2025-05-30", False), ("2025-05-31", True)], ids=["the ninetieth day", "the day after"])
def test_a_pre_registration_lapses_ninety_days_after_registration_became_possible(on: str, lapsed: bool) -> None:
    decision = decide(on, registration="pre_registered", registrable_since="2025-03-01")
    found = [(signal.code, signal.level) for signal in decision.signals]
    assert ((SignalCode.REGISTRATION_LAPSED, Level.RED) in found) is lapsed
    assert (Measure.COMPLETE_REGISTRATION in [item.measure for item in decision.measures]) is lapsed
    if lapsed:
        assert next(signal.since for signal in decision.signals if signal.code is SignalCode.REGISTRATION_LAPSED) == Date(2025, 5, 31)


@pytest.mark.parametrize("days", [91, 271, 361])
def test_a_bulk_transfer_of_a_housing_loan_is_never_recommended(days: int) -> None:
    decision = decide("2026-06-30", days_past_due=days)
    assert Measure.BULK_TRANSFER not in decision.verdicts["measures"].outcome
    assert Measure.BULK_TRANSFER not in [found.measure for found in decision.measures]
    assert decision.verdicts["barred"].outcome == (Measure.BULK_TRANSFER,)
    assert decide("2026-06-30").verdicts["barred"].outcome == ()  # nobody thinks of it while the loan performs
    sold = cn_housing.policy().adding(Rule("sell", when=facts.days_past_due > 90, then=Measure.BULK_TRANSFER, because=Label("转让", "sell"), source=Citation(standing="proposal")), to="measures")
    assert Measure.BULK_TRANSFER not in [found.measure for found in sold.decide(case(days_past_due=days), on="2026-06-30").measures]


def test_a_loan_is_extended_by_the_tightest_of_three_limits_less_what_it_was_extended_before() -> None:
    assert cn_housing.longest_extension(300) == 36  # months: three years
    assert cn_housing.longest_extension(340) == 20  # the longest term of the product
    assert cn_housing.longest_extension(360) == 0
    assert cn_housing.longest_extension(300, extended_by=30) == 6
    assert cn_housing.longest_extension(300, extended_by=37) == 0
    assert cn_housing.longest_extension(12) == 12  # up to a year: by its own term
    assert [cn_housing.longest_extension(months) for months in (13, 60, 61, 71, 72, 120)] == [6, 30, 30, 35, 36, 36]  # half of it, of more than five years three at most
    assert cn_housing.longest_extension(300, parameters=attrs.evolve(cn_housing.DEFAULTS, max_term_months=330)) == 30
    assert Measure.EXTEND_TERM not in [found.measure for found in decide("2025-06-30", term_months=300, extended_to="2051-03-01", **STRAINED).measures]
    assert Measure.EXTEND_TERM not in [found.measure for found in decide("2025-06-30", term_months=360, **STRAINED).measures]
    assert Measure.EXTEND_TERM in [found.measure for found in decide("2025-06-30", term_months=300, **STRAINED).measures]


STRAINED = {"monthly_income": cny(12_000), "monthly_debt_service": cny(7_440)}


def test_a_change_of_term_asks_for_the_written_consent_of_the_guarantor() -> None:
    decision = decide("2025-06-30", has_guarantor=True, **STRAINED)
    consent = {found.measure: found for found in decision.measures}[Measure.VERIFY]
    assert "measure-guarantor-consent" in consent.rules
    assert "guarantor's written consent" in POLICY.rule("measure-guarantor-consent").because.en
    assert "measure-guarantor-consent" not in {rule for found in decide("2025-06-30", **STRAINED).measures for rule in found.rules}


def test_a_city_may_ask_for_more_than_the_country_and_the_higher_floor_binds() -> None:
    notice = Citation(document=Label("本市住房信贷通知", "notice of the city"), standing="regulation")
    floor = cn_housing.DownPaymentFloor(since="2024-09-29", first_home="0.15", second_home="0.20")
    local = POLICY | cn_housing.city_floor("shenzhen", floor, until="2025-09-06", source=notice)
    granted: dict[str, Any] = {"product": "second_home", "months_on_book": 20}
    for signed_on, share, below in (("2024-09-28", "0.19", False), ("2024-09-29", "0.19", True), ("2024-09-29", "0.20", False), ("2025-09-05", "0.19", True), ("2025-09-06", "0.19", False)):
        found = local.origination(signed_on=signed_on, down_payment_ratio=share, **granted).outcome
        assert (OriginationFinding.DOWN_PAYMENT_BELOW_FLOOR in found) is below, (signed_on, share)
    assert OriginationFinding.DOWN_PAYMENT_BELOW_FLOOR in local.origination(signed_on="2024-10-01", down_payment_ratio="0.14", **granted).outcome


# -- working days ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [("2025-01-24", 3, Date(2025, 2, 5)), ("2025-09-30", 1, Date(2025, 10, 9)), ("2026-02-13", 1, Date(2026, 2, 14))],
    ids=["over the Spring Festival", "over the National Day", "to a Saturday that is worked"],
)
def test_working_days_are_those_of_the_notices(day: str, count: int, expected: Date) -> None:
    assert CHINA.add_working_days(day, count) == expected


@pytest.mark.parametrize(("day", "works"), [("2025-01-26", True), ("2025-10-08", False), ("2024-02-09", True)])
def test_a_day_is_worked_as_the_notices_say(day: str, works: bool) -> None:
    assert CHINA.is_working(day) is works


def test_a_day_of_which_no_notice_tells_is_not_guessed() -> None:
    with pytest.raises(OutsideCalendarError, match="2027"):
        CHINA.is_working("2027-03-01")


# -- practice --------------------------------------------------------------------------------------------------------

VISITED = (FIRST, Visit(kind="periodic", method="phone", completed_on="2025-03-10", finding="satisfactory"))

#: A call within the first month past due.
ANSWERED = Visit(kind="triggered", method="phone", completed_on="2025-06-12", finding="satisfactory")

RECENT = (FIRST, Visit(kind="periodic", method="phone", completed_on="2025-05-12", finding="satisfactory"))


@attrs.frozen(kw_only=True)
class Visited:
    on: str = "2025-06-30"
    facts: dict[str, Any] = attrs.Factory(dict)
    kind: VisitKind
    opens: str | None = None
    closes: str
    method: VisitMethod = VisitMethod.PHONE


NEW = {"visits": (), "valued_on": None, "signed_on": None, "value": cny(1_500_000)}
VISITS = {
    "the first visit is made 30 to 90 days after disbursement": Visited(on="2025-01-20", facts={**NEW, "disbursed_on": "2025-01-15", "valued_on": "2025-01-10"}, kind=VisitKind.FIRST, opens="2025-02-14", closes="2025-04-15"),
    "a window that opens on a Sunday opens on the Monday": Visited(on="2025-01-02", facts={**NEW, "disbursed_on": "2024-12-20", "valued_on": "2024-12-10"}, kind=VisitKind.FIRST, opens="2025-01-20", closes="2025-03-20"),
    "excellent standing earns twelve months, and data do": Visited(facts={"visits": VISITED, "credit_standing": "excellent", "valued_on": "2025-06-02"}, kind=VisitKind.PERIODIC, closes="2026-03-10", method=VisitMethod.OFF_SITE),
    "average standing with a thin margin is visited every six months": Visited(facts={"visits": VISITED, "valued_on": "2025-06-02", "balance": cny(930_000), "value": cny(1_100_000), "value_at_origination": cny(1_100_000)}, kind=VisitKind.PERIODIC, closes="2025-09-10", method=VisitMethod.OFF_SITE),
    "ten days past due asks for a call within ten working days of the first": Visited(on="2025-06-16", facts={"visits": RECENT, "days_past_due": 10, "valued_on": "2025-06-02"}, kind=VisitKind.TRIGGERED, opens="2025-06-09", closes="2025-06-20"),
    "a month past due at the end of a month sooner, so that it falls into the month": Visited(on="2025-06-27", facts={"visits": (*RECENT, ANSWERED), "days_past_due": 31, "valued_on": "2025-06-02"}, kind=VisitKind.TRIGGERED, closes="2025-06-30"),
    "seized collateral is looked at within three working days": Visited(facts={"visits": VISITED, "seized": True, "valued_on": "2025-06-02"}, kind=VisitKind.TRIGGERED, closes="2025-07-03", method=VisitMethod.ON_SITE),
}


@pytest.mark.parametrize("row", VISITS.values(), ids=VISITS)
def test_the_next_visit(row: Visited) -> None:
    visit = upcoming(decide(row.on, **row.facts))
    assert (visit.kind, str(visit.window.closes), visit.method) == (row.kind, row.closes, row.method)
    if row.opens is not None:
        assert str(visit.window.opens) == row.opens


def test_interest_a_month_overdue_is_visited_in_the_same_month() -> None:
    decision = decide("2025-06-30", visits=(*RECENT, ANSWERED), days_past_due=31, valued_on="2025-06-02")
    assert decision.grade is Grade.SPECIAL_MENTION
    assert [(signal.code, signal.level) for signal in decision.signals] == [(SignalCode.ARREARS, Level.ORANGE)]
    visit = upcoming(decision)
    assert (visit.kind, str(visit.window.closes), visit.method) == (VisitKind.TRIGGERED, "2025-06-30", VisitMethod.PHONE)


def test_forty_five_days_past_due_and_out_of_reach_is_visited_by_two_with_a_letter_of_demand() -> None:
    decision = decide("2025-06-30", visits=VISITED, days_past_due=45, failed_contact_attempts=3, valued_on="2025-06-02")
    assert decision.level is Level.ORANGE
    visit = upcoming(decision)
    assert (visit.method, visit.officers) == (VisitMethod.ON_SITE, 2)
    assert Measure.DEMAND_LETTER in [found.measure for found in decision.measures]


def test_a_fall_of_income_with_debts_above_the_limit_offers_another_plan_and_says_what_that_makes_of_the_loan() -> None:
    decision = decide("2025-06-30", visits=VISITED, monthly_income=cny(12_000), monthly_debt_service=cny(7_440), valued_on="2025-06-02")
    assert decision.grade is Grade.NORMAL
    assert [(signal.code, signal.level) for signal in decision.signals] == [(SignalCode.CAPACITY, Level.ORANGE)]
    assert upcoming(decision).kind is VisitKind.TRIGGERED
    offered = {found.measure: found for found in decision.measures}
    assert "restructured asset" in (offered[Measure.ADJUST_REPAYMENT].warning or offered[Measure.VERIFY].warning).en  # type: ignore[union-attr]
    assert Measure.REVIEW_GRADE in offered


def test_a_fall_of_prices_revalues_and_shortens_but_does_not_downgrade() -> None:
    falling = {"price_change_12m": "-0.25", "balance": cny(1_000_000), "value": cny(1_125_000), "valued_on": "2025-02-20"}
    decision = decide("2025-06-30", visits=VISITED, credit_standing="excellent", **falling)
    assert decision.grade is Grade.NORMAL
    assert Measure.REVALUE in [found.measure for found in decision.measures]
    assert decision.interval_months == 6
    assert decide("2025-06-30", visits=VISITED, credit_standing="excellent", **(falling | {"price_change_12m": "0"})).interval_months == 12


def test_a_stalled_project_with_arrears_is_orange_and_looked_at() -> None:
    decision = decide("2025-06-30", visits=VISITED, project_stalled=True, days_past_due=35, valued_on="2025-06-02")
    assert decision.grade is Grade.SPECIAL_MENTION
    assert {(signal.code, signal.level) for signal in decision.signals} == {(SignalCode.ARREARS, Level.ORANGE), (SignalCode.PROJECT_STALLED, Level.ORANGE)}
    assert upcoming(decision).method is VisitMethod.ON_SITE


def test_six_periods_missed_in_a_row_go_to_a_lawyer_and_then_to_court() -> None:
    decision = decide("2025-09-30", days_past_due=172, missed_consecutive=6)
    measures = [found.measure for found in decision.measures]
    assert decision.grade is Grade.SUBSTANDARD
    assert {Measure.LAWYER_LETTER, Measure.LITIGATE} <= set(measures)
    assert Measure.LAWYER_LETTER in [found.measure for found in decide("2025-06-30", days_past_due=90, missed_consecutive=6).measures]
    assert Measure.LAWYER_LETTER not in [found.measure for found in decide("2025-06-30", days_past_due=90, missed_consecutive=5).measures]


def test_a_death_with_a_spouse_who_pays_on_is_checked_and_nothing_more() -> None:
    decision = decide("2025-06-30", visits=VISITED, deceased=True, valued_on="2025-06-02")
    assert [(signal.code, signal.level) for signal in decision.signals] == [(SignalCode.DECEASED, Level.YELLOW)]
    assert upcoming(decision).kind is VisitKind.TRIGGERED
    assert [found.measure for found in decision.measures] == [Measure.MONITOR, Measure.VERIFY]
    alone = decide("2025-06-30", visits=VISITED, deceased=True, co_borrower_paying=False, valued_on="2025-06-02")
    assert alone.level is Level.ORANGE


#: Two points more than the loan in order has: a second home, and the first year.
MORE_POINTS: dict[str, Any] = {"product": "second_home", "disbursed_on": "2024-04-25", "signed_on": "2024-04-10"}


def test_a_call_before_the_spring_festival_yields_its_result_after_it() -> None:
    decision = decide("2025-01-24", visits=(Visit(kind="first", method="phone", completed_on="2024-07-10", finding="satisfactory"),), valued_on="2025-01-02", **MORE_POINTS)
    visit = upcoming(decision)
    assert visit.window.closes == Date(2025, 1, 24)
    assert visit.result.expected == Date(2025, 2, 5)


def test_a_red_signal_is_reported_the_next_working_day() -> None:
    decision = decide("2025-09-30", misuse_of_funds=True)
    visit = upcoming(decision)
    assert visit.result.preliminary.expected == CHINA.add_working_days(visit.window.due, 1)
    assert visit.result.preliminary.latest == CHINA.add_working_days(visit.window.closes, 1)
    assert visit.result.told.latest > visit.result.decided.latest > visit.result.determined.latest > visit.result.preliminary.latest


def test_four_delays_of_six_days_are_watched_and_no_floor() -> None:
    decision = decide("2025-06-30", delays_over_5_days_12m=4)
    assert decision.grade is Grade.NORMAL
    assert [(signal.code, signal.level) for signal in decision.signals if signal.code is SignalCode.WATCH] == [(SignalCode.WATCH, Level.BLUE)]
    assert SignalCode.WATCH not in [signal.code for signal in decide("2025-06-30", delays_over_5_days_12m=3).signals]


# -- what a high loan-to-value says, and what a settled loan does not ---------------------------------------------------

#: A first home of 1,000,000 granted on the floor of 15 per cent, valued anew where the case says so.
GRANTED_HIGH: dict[str, Any] = {
    "visits": (attrs.evolve(FIRST, completed_on="2024-08-20"), VISITED[-1]), "signed_on": "2024-06-01", "disbursed_on": "2024-06-20", "price": cny(1_000_000), "down_payment": cny(150_000),
    "principal": cny(850_000), "balance": cny(830_000), "value": cny(1_000_000), "value_at_origination": cny(1_000_000), "valued_on": "2026-02-20",
}  # fmt: skip


@attrs.frozen(kw_only=True)
class Margin:
    facts: dict[str, Any] = attrs.Factory(dict)
    decline: Level | None
    months: int = 6


MARGINS = {
    "a home granted at the floor of 15 per cent has lost nothing": Margin(decline=None),
    "nor has it while its margin stays below a tenth by a yuan": Margin(facts={"value": cny("922222.23")}, decline=None),
    "with less than a tenth left hardly any margin is left, whatever was granted": Margin(facts={"value": cny("922222.22")}, decline=Level.ORANGE),
    "a home worth less than the debt is under water": Margin(facts={"value": cny("829999.99")}, decline=Level.RED),
    "a fall of prices by a tenth is a decline of itself": Margin(facts={"price_change_12m": "-0.10"}, decline=Level.YELLOW),
    "a margin that was not thin when granted and is now has grown thin": Margin(facts={"value_at_origination": cny("1062500.01")}, decline=Level.YELLOW),
    "one that was exactly as thin when granted has not": Margin(facts={"value_at_origination": cny(1_062_500)}, decline=None),
    "where nobody knows what the home was worth it is taken to have": Margin(facts={"value_at_origination": None}, decline=Level.YELLOW),
}


@pytest.mark.parametrize("row", MARGINS.values(), ids=MARGINS)
def test_a_decline_of_the_collateral_is_one_since_the_grant(row: Margin) -> None:
    decision = decide("2026-06-30", **(GRANTED_HIGH | row.facts))
    assert [signal.level for signal in decision.signals if signal.code is SignalCode.COLLATERAL_DECLINE] == ([] if row.decline is None else [row.decline])
    assert (Measure.REVALUE in [found.measure for found in decision.measures]) is (row.decline is not None)
    assert decision.interval_months == row.months
    assert decision.grade is Grade.NORMAL


@pytest.mark.parametrize(("valued_on", "again"), [("2026-03-30", False), ("2026-03-29", True)], ids=["within three months", "a day longer"])
@pytest.mark.parametrize("facts", [{"value": cny(800_000)}, {"impaired": True}, {"days_past_due": 61}, {"days_past_due": 91}], ids=str)
def test_what_has_happened_since_asks_for_a_valuation_unless_there_is_a_fresh_one(facts: dict[str, Any], valued_on: str, again: bool) -> None:
    decision = decide("2026-06-30", **(GRANTED_HIGH | facts | {"valued_on": valued_on}))
    assert (Measure.REVALUE in [found.measure for found in decision.measures]) is again


def test_nothing_is_recommended_signalled_or_visited_of_a_settled_loan() -> None:
    decision = decide("2026-06-30", balance=cny(0), days_past_due=0, valued_on="2024-02-20", price_change_12m="-0.25")
    assert (decision.signals, decision.measures, decision.schedule.all, decision.level) == ((), (), (), Level.NONE)
    assert decision.verdicts["revaluation"].outcome.value == "not_due"
    assert [found.measure for found in decide("2026-06-30", balance=cny("0.01"), valued_on="2024-02-20").measures] == [Measure.MONITOR, Measure.REVALUE]


def test_interest_owed_on_a_balance_that_is_paid_is_still_collected() -> None:
    decision = decide("2026-06-30", balance=cny(0), days_past_due=10, valued_on="2024-02-20")
    assert [found.measure for found in decision.measures] == [Measure.REMIND, Measure.COLLECT, Measure.TELL_BEFORE_REPORTING]
    excused = decide("2026-06-30", balance=cny(0), days_past_due=3, technical_cause_proved=True, valued_on="2024-02-20")
    assert [found.measure for found in excused.measures] == [Measure.MONITOR]


def test_close_to_non_performing_the_letter_of_demand_goes_to_the_guarantor_too() -> None:
    def reasons(**facts: Any) -> tuple[str, ...]:
        return next(found.rules for found in decide("2025-06-30", **facts).measures if found.measure is Measure.DEMAND_LETTER)

    assert reasons(days_past_due=61, has_guarantor=True) == ("measure-demand-letter", "measure-demand-letter-guarantor")
    assert reasons(days_past_due=90, has_guarantor=True) == ("measure-demand-letter", "measure-demand-letter-guarantor")
    assert reasons(days_past_due=60, has_guarantor=True) == ("measure-demand-letter",)
    assert reasons(days_past_due=61, has_guarantor=False) == ("measure-demand-letter",)


@pytest.mark.parametrize(
    ("facts", "asked"),
    [({}, True), ({"refinanced": True}, False), ({"days_past_due": 8}, False), ({"days_past_due": 91}, False)],
    ids=["a loan graded normal", "one that is special mention already", "one past due", "one that is non-performing"],
)
def test_whether_a_strained_borrower_is_special_mention_is_asked_of_loans_that_are_not(facts: dict[str, Any], asked: bool) -> None:
    strained = {"monthly_income": cny(12_000), "monthly_debt_service": cny(7_440)}
    decision = decide("2025-06-30", visits=VISITED, valued_on="2025-06-02", **strained, **facts)
    assert (Measure.REVIEW_GRADE in [found.measure for found in decision.measures]) is asked


def test_a_day_past_due_is_reminded_of_and_collected_and_no_longer_merely_watched() -> None:
    measures = [[found.measure for found in decide("2026-06-30", days_past_due=late, valued_on="2026-02-20").measures] for late in (0, 1)]
    assert measures == [[Measure.MONITOR], [Measure.REMIND, Measure.COLLECT, Measure.TELL_BEFORE_REPORTING]]
