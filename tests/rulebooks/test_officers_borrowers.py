"""Borrowers as a post-loan officer meets them: what is recommended of each, and what must not be.

The loan is one of 1.2 million paid out in September 2023, for a home worth 1.6 million, paid on time; each row changes only what it names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import attrs
import pytest

from revisit_policy import (
    Action,
    BorrowerProfile,
    CaseFile,
    Collateral,
    Decision,
    Determination,
    Event,
    Grade,
    Level,
    Loan,
    MarketConditions,
    Measure,
    SignalCode,
    Visit,
    cny,
)
from revisit_policy.outcomes.origination_finding import OriginationFinding
from revisit_policy.outcomes.words.measure_order import MeasureOrder
from revisit_policy.rulebooks import cn_housing

ON: Final = "2026-11-23"
CASE: Final = CaseFile(
    loan=Loan(
        "X", product="first_home", principal=cny(1_200_000), balance=cny(1_050_000), annual_rate="0.0335", repayment="level_payment", disbursed_on="2023-09-12", term_months=300,
        days_past_due=0, instalment=cny(5_289), missed_consecutive=0, missed_total_24m=0, delays_over_5_days_12m=0, has_acceleration_clause=True, has_top_up_clause=True,
        has_inspection_clause=True, undrawn=cny(0),
    ),
    borrower=BorrowerProfile(
        "B", credit_standing="good", monthly_income=cny(20_000), income_at_last_review=cny(20_000), monthly_debt_service=cny(6_000), property_fee=cny(300), employment="salaried",
        reviewed_on="2026-05-18", cooperative=False, co_borrower_paying=True,
    ),
    collateral=Collateral(value=cny(1_600_000), valued_on="2026-09-02", value_at_origination=cny(1_700_000), property_type="completed_home", registration="registered"),
    market=MarketConditions(price_change_12m="-0.03", price_volatility="0.04", as_of="2026-10-31"),
    visits=(
        Visit(kind="first", method="phone", completed_on="2023-11-20", finding="satisfactory"),
        Visit(kind="periodic", method="phone", completed_on="2026-08-18", finding="satisfactory"),
    ),
    determination=Determination("normal", on="2026-09-30", role="risk_officer"),
)  # fmt: skip

M, G = Measure, Grade
ENFORCED: Final = {M.ACCELERATE, M.LAWYER_LETTER, M.PAYMENT_ORDER, M.LITIGATE, M.REALISE_SECURITY, M.NEGOTIATED_SALE}
AGAINST: Final = {measure for measure in Measure if measure.is_against_borrower}


@attrs.frozen(kw_only=True)
class Borrower:
    """*facts* of whichever part, the days on which signals began, and what is said: *does* is among the measures, *spares* is not."""

    facts: dict[str, Any] = attrs.Factory(dict)
    since: dict[str, str] = attrs.Factory(dict)
    on: str = ON
    grade: Grade = Grade.NORMAL
    loudest: Level = Level.NONE
    does: Iterable[Measure] = ()
    spares: Iterable[Measure] = ()


def late(days: int, missed: int, **more: Any) -> dict[str, Any]:
    return {"days_past_due": days, "missed_consecutive": missed, "missed_total_24m": missed, **more}


STRAINED: Final = {"monthly_income": cny(9_000), "monthly_debt_service": cny(6_500), "reviewed_on": "2026-11-20"}
LAID_OFF: Final = {"employment": "unemployed", "monthly_income": cny(3_000), "reviewed_on": "2026-11-20"}
STALLED: Final = {"property_type": "off_plan", "registration": "pre_registered", "registrable_since": "2026-11-01", "project_stalled": True, "stall_cause": "funding"}
WORTH: Final = {"value_at_origination": cny(1_700_000)}
ANY_GUARANTOR: Final = {"has_guarantor": True, "guarantee_until": "2027-03-31"}

BORROWERS: Final = {
    # those who pay
    "a quiet borrower of good standing is watched": Borrower(does={M.MONITOR}, spares=set(Measure) - {M.MONITOR}),
    "an excellent one as well": Borrower(facts={"credit_standing": "excellent"}, does={M.MONITOR}, spares=set(Measure) - {M.MONITOR}),
    "on parental leave with a quarter less, and debts within bounds": Borrower(
        facts={"monthly_income": cny(15_000), "monthly_debt_service": cny(6_900), "reviewed_on": "2026-11-18"}, loudest=Level.YELLOW, does={M.VERIFY}, spares=AGAINST | {M.ADJUST_REPAYMENT, M.GRACE},
    ),
    "laid off, and still pays: one is to talk, and no security is asked for": Borrower(facts=LAID_OFF, loudest=Level.ORANGE, does={M.VERIFY, M.ADJUST_REPAYMENT, M.GRACE, M.REVIEW_GRADE}, spares=AGAINST),
    "debts of 56 per cent, as they always were": Borrower(facts={"monthly_debt_service": cny(11_200), "reviewed_on": "2026-11-10"}, loudest=Level.ORANGE, does={M.VERIFY}, spares=AGAINST | {M.ADJUST_REPAYMENT, M.GRACE}),
    "a home worth less than the debt": Borrower(facts={"value": cny(1_000_000)}, loudest=Level.RED, does={M.MONITOR}, spares=AGAINST | {M.REVALUE}),
    "a margin of eight per cent": Borrower(facts={"value": cny(1_141_000)}, loudest=Level.ORANGE, does={M.MONITOR}, spares=AGAINST),
    "a city whose prices fell by a fifth": Borrower(facts={"price_change_12m": "-0.20"}, loudest=Level.YELLOW, does={M.MONITOR}, spares=AGAINST),
    "building has stopped, and nothing is asked of the buyer": Borrower(
        facts=STALLED, since={"project_stalled": "2026-11-20"}, loudest=Level.ORANGE, does={M.VERIFY, M.REVIEW_GRADE, M.MONITOR}, spares=AGAINST,
    ),
    "registrable for half a year, and never registered": Borrower(
        facts={"property_type": "off_plan", "registration": "none", "registrable_since": "2026-05-30"}, loudest=Level.ORANGE, does={M.COMPLETE_REGISTRATION, M.REVIEW_GRADE}, spares=AGAINST,
    ),
    "a widow pays on": Borrower(facts={"deceased": True}, since={"deceased": "2026-11-20"}, loudest=Level.YELLOW, does={M.VERIFY, M.MONITOR}, spares=AGAINST),
    "four late payments within the year": Borrower(facts={"delays_over_5_days_12m": 4}, loudest=Level.BLUE, does={M.MONITOR}, spares=set(Measure) - {M.MONITOR}),
    "divorced, ill and moved away, and pays": Borrower(facts={"divorced": True, "seriously_ill": True, "moved_away": True}, loudest=Level.BLUE, does={M.MONITOR}, spares=set(Measure) - {M.MONITOR}),
    "the insurance has lapsed": Borrower(facts={"insurance_lapsed": True}, does={M.RENEW_INSURANCE, M.MONITOR}, spares=AGAINST),
    "another creditor has seized the home": Borrower(facts={"seized": True}, since={"seizure": "2026-11-20"}, loudest=Level.RED, does={M.VERIFY, M.REVIEW_GRADE}, spares={M.LITIGATE, M.ADD_GUARANTEE}),
    "and the contract has no clause for that": Borrower(facts={"seized": True, "has_acceleration_clause": False}, since={"seizure": "2026-11-20"}, loudest=Level.RED, does={M.VERIFY, M.REVIEW_GRADE}, spares=AGAINST),
    "a strained borrower whose term was extended before": Borrower(facts={**STRAINED, "extended_to": "2050-09-12"}, loudest=Level.ORANGE, does={M.ADJUST_REPAYMENT}, spares=AGAINST | {M.EXTEND_TERM}),
    "a strained borrower whose loan has the longest term": Borrower(facts={**STRAINED, "term_months": 360}, loudest=Level.ORANGE, does={M.ADJUST_REPAYMENT}, spares=AGAINST | {M.EXTEND_TERM}),
    "a strained borrower who has not been extended": Borrower(facts=STRAINED, loudest=Level.ORANGE, does={M.ADJUST_REPAYMENT, M.EXTEND_TERM}, spares=AGAINST),
    "prepaid a tenth of the loan": Borrower(facts={"prepaid_12m": cny(120_000)}, does={M.MONITOR}, spares=set(Measure) - {M.MONITOR}),
    # what somebody did
    "misuse, with no clause on file, is recalled by law": Borrower(
        facts={"misuse_of_funds": True, "has_acceleration_clause": False}, since={"misuse": "2026-11-20"}, grade=G.SPECIAL_MENTION, loudest=Level.RED, does={M.ACCELERATE, M.REVIEW_GRADE},
        spares={M.STOP_DRAWING, M.ADD_GUARANTEE, M.LITIGATE},
    ),
    "misuse of a loan of which 200,000 are still to be paid out": Borrower(
        facts={"misuse_of_funds": True, "undrawn": cny(200_000)}, since={"misuse": "2026-11-20"}, grade=G.SPECIAL_MENTION, loudest=Level.RED, does={M.STOP_DRAWING, M.ACCELERATE},
    ),
    "the owner tears out walls: a demand, a valuation, and then the law": Borrower(
        facts={"damaged_by_owner": True, "has_acceleration_clause": False, "valued_on": "2026-03-02"}, since={"collateral_damaged": "2026-11-20"}, loudest=Level.ORANGE,
        does={M.DEMAND_RESTORATION, M.REVALUE, M.ACCELERATE, M.REVIEW_GRADE}, spares={M.ADD_GUARANTEE},
    ),
    "evasion without a clause gives no right to recall": Borrower(
        facts={"debt_evasion": True, "has_acceleration_clause": False}, since={"evasion": "2026-11-20"}, grade=G.DOUBTFUL, loudest=Level.RED, does={M.REVIEW_GRADE, M.HAND_OVER}, spares={M.ACCELERATE, M.STOP_DRAWING},
    ),
    "the purchase was rescinded": Borrower(
        facts={**STALLED, "purchase_rescinded": True}, since={"project_stalled": "2026-06-01", "purchase_rescinded": "2026-11-20"}, loudest=Level.ORANGE, does={M.RESCIND, M.CLAIM_DEVELOPER, M.REVIEW_GRADE},
        spares={M.ADD_GUARANTEE, M.COLLECT, M.PAYMENT_ORDER},
    ),
    # those who are late
    "a day late, and nobody has looked why": Borrower(facts=late(1, 1, technical_cause_proved=None), grade=G.SPECIAL_MENTION, loudest=Level.YELLOW, does={M.VERIFY}, spares=AGAINST | {M.TELL_BEFORE_REPORTING}),
    "a day late is reminded, and told before it is reported": Borrower(facts=late(1, 1), grade=G.SPECIAL_MENTION, loudest=Level.YELLOW, does={M.REMIND, M.COLLECT, M.TELL_BEFORE_REPORTING}, spares=ENFORCED | {M.DEMAND_LETTER}),
    "35 days late for the first time": Borrower(facts=late(35, 2), grade=G.SPECIAL_MENTION, loudest=Level.ORANGE, does={M.COLLECT, M.DEMAND_LETTER, M.TELL_BEFORE_REPORTING, M.ADJUST_REPAYMENT}, spares=ENFORCED | {M.ADD_GUARANTEE}),
    "100 days late and co-operates: a plan, and nothing is enforced beside it": Borrower(
        facts=late(100, 4, cooperative=True), grade=G.SUBSTANDARD, loudest=Level.RED, does={M.RESTRUCTURE, M.HAND_OVER}, spares=ENFORCED | {M.ADD_GUARANTEE, M.ADJUST_REPAYMENT},
    ),
    "100 days late and does not: enforcement, and no plan beside it": Borrower(
        facts=late(100, 4), grade=G.SUBSTANDARD, loudest=Level.RED, does={M.HAND_OVER, M.LAWYER_LETTER, M.ACCELERATE, M.PAYMENT_ORDER}, spares={M.RESTRUCTURE, M.LITIGATE, M.ADJUST_REPAYMENT, M.ADD_GUARANTEE},
    ),
    "100 days late, and the clauses were left out: nothing rests on them": Borrower(
        facts=late(100, 4, has_acceleration_clause=None, has_top_up_clause=None), grade=G.SUBSTANDARD, loudest=Level.RED, does={M.HAND_OVER, M.LAWYER_LETTER}, spares={M.ACCELERATE},
    ),
    "200 days late and out of reach: no order can be served": Borrower(
        facts=late(200, 7, lost_contact=True), since={"contact": "2026-06-01"}, grade=G.SUBSTANDARD, loudest=Level.RED, does={M.LITIGATE, M.REALISE_SECURITY, M.LAWYER_LETTER}, spares={M.PAYMENT_ORDER, M.RESTRUCTURE, M.NEGOTIATED_SALE},
    ),
    "200 days late with a guarantor who is still bound": Borrower(facts=late(200, 7, **ANY_GUARANTOR), grade=G.SUBSTANDARD, loudest=Level.RED, does={M.CALL_GUARANTEE, M.LITIGATE}, spares={M.PAYMENT_ORDER}),
    "and with one whose time has ended": Borrower(facts=late(200, 7, has_guarantor=True, guarantee_until="2026-11-22"), grade=G.SUBSTANDARD, loudest=Level.RED, does={M.LITIGATE}, spares={M.CALL_GUARANTEE}),
    "no mortgage yet: the security cannot be realised, and the developer answers": Borrower(
        facts=late(200, 7, registration="pre_registered", registrable_since="2026-11-01", has_guarantor=True, has_developer_guarantee=True), grade=G.SUBSTANDARD, loudest=Level.RED,
        does={M.CLAIM_DEVELOPER, M.LITIGATE}, spares={M.REALISE_SECURITY, M.NEGOTIATED_SALE, M.CALL_GUARANTEE},
    ),
    "on strike against a stalled project": Borrower(
        facts=late(95, 4, **STALLED), since={"project_stalled": "2026-06-01"}, grade=G.SUBSTANDARD, loudest=Level.RED, does={M.VERIFY, M.HAND_OVER}, spares={M.ADD_GUARANTEE, M.REALISE_SECURITY},
    ),
    "400 days late: no plan and no order, and written off on conditions": Borrower(
        facts=late(400, 14, cooperative=True, **ANY_GUARANTOR), grade=G.LOSS, loudest=Level.RED, does={M.CALL_GUARANTEE, M.LITIGATE, M.REALISE_SECURITY, M.DEBT_ASSET_SWAP, M.WRITE_OFF}, spares={M.PAYMENT_ORDER, M.RESTRUCTURE, M.BULK_TRANSFER},
    ),
    "insolvent: the claim is lodged, nothing is written off and nobody calls": Borrower(
        facts={"bankruptcy": True}, since={"bankruptcy": "2026-11-20"}, grade=G.LOSS, loudest=Level.RED, does={M.LODGE_CLAIM, M.HAND_OVER}, spares={M.WRITE_OFF, M.COLLECT, M.BULK_TRANSFER},
    ),
    "late, and the home has lost what the clause speaks of": Borrower(
        facts=late(20, 1, value=cny(1_000_000)), grade=G.SPECIAL_MENTION, loudest=Level.RED, does={M.ADD_GUARANTEE, M.COLLECT}, spares=ENFORCED,
    ),
    "late, with as little margin as when it was granted": Borrower(
        facts=late(20, 1, value=cny(1_141_000), value_at_origination=cny(1_250_000)), grade=G.SPECIAL_MENTION, loudest=Level.ORANGE, does={M.COLLECT}, spares=ENFORCED | {M.ADD_GUARANTEE},
    ),
}  # fmt: skip


def case_of(borrower: Borrower, **changes: Any) -> CaseFile:
    parts: dict[str, Any] = {}
    left = dict(borrower.facts)
    for name in ("loan", "borrower", "collateral", "market"):
        part = getattr(CASE, name)
        known = {field.name for field in attrs.fields(type(part))}
        parts[name] = attrs.evolve(part, **{field: left.pop(field) for field in list(left) if field in known})
    assert not left
    return attrs.evolve(CASE, events=tuple(Event(code, since=day) for code, day in borrower.since.items()), **parts, **changes)


def decided(borrower: Borrower) -> Decision:
    return cn_housing.rulebook.decide(case_of(borrower), on=borrower.on)


@pytest.mark.parametrize("borrower", BORROWERS.values(), ids=BORROWERS)
def test_what_an_officer_would_expect(borrower: Borrower) -> None:
    decision = decided(borrower)
    told = {found.measure for found in decision.measures}
    assert (decision.grade, decision.level) == (borrower.grade, borrower.loudest)
    assert told >= set(borrower.does)
    assert told.isdisjoint(borrower.spares)


@pytest.mark.parametrize("fact", ["other_bad_debt", "granted_in_breach"])
def test_bad_debt_elsewhere_and_a_grant_in_breach_were_special_mention_under_the_guideline_and_are_no_floor_since(fact: str) -> None:
    case = case_of(Borrower(facts={fact: True, "disbursed_on": "2022-05-10"}))
    assert cn_housing.policy_2007().decide(case, on=ON).grade is Grade.SPECIAL_MENTION
    assert cn_housing.policy().decide(case, on=ON).grade is Grade.NORMAL


@pytest.mark.parametrize(
    ("signed_on", "down", "below"),
    [("2025-03-03", 849_999, True), ("2025-03-03", 850_000, False), ("2026-01-17", 499_800, True), ("2026-01-17", 510_000, False)],
    ids=["just below half", "half", "29.4 per cent of late", "30 per cent of late"],
)
def test_a_shop_bought_with_less_than_the_floor_of_its_day_is_found(signed_on: str, down: int, below: bool) -> None:
    shop = Borrower(facts={"product": "commercial", "property_type": "commercial", "term_months": 120, "price": cny(1_700_000), "down_payment": cny(down), "signed_on": signed_on, "disbursed_on": "2026-02-02"})
    case = case_of(shop, visits=())
    assert (OriginationFinding.DOWN_PAYMENT_BELOW_FLOOR in cn_housing.rulebook.decide(case, on=ON).origination) is below


def test_a_mortgage_that_never_was_is_not_called_a_lapsed_registration() -> None:
    codes = {signal.code for signal in decided(BORROWERS["registrable for half a year, and never registered"]).signals}
    assert codes == {SignalCode.NOT_REGISTERED}
    pre = decided(Borrower(facts={"property_type": "off_plan", "registration": "pre_registered", "registrable_since": "2026-05-30"}))
    assert {signal.code for signal in pre.signals} == {SignalCode.REGISTRATION_LAPSED}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_of_a_bad_loan_recommends_a_bulk_transfer(lang: str) -> None:
    page = decided(BORROWERS["400 days late: no plan and no order, and written off on conditions"]).explain(lang)
    assert page.count("measure-bulk-transfer") == 0


# -- the order of doing, and what is late --------------------------------------------------------------------------------------------------------


def test_a_suit_is_due_on_the_same_day_whichever_day_it_is_asked_for() -> None:
    letter = Action("lawyer_letter", state="done", on="2026-09-01")
    handed = Action("hand_over", state="done", on="2026-08-14")
    recalled = Action("accelerate", state="done", on="2026-10-01")
    due = set()
    for day, days in (("2026-11-23", 200), ("2026-11-24", 201), ("2026-12-23", 230)):
        case = case_of(Borrower(facts=late(days, 7, arrears_as_of=day)), actions=(handed, letter, recalled))
        decision = cn_housing.rulebook.decide(case, on=day)
        told = {found.measure: found for found in decision.measures}
        assert told[M.LITIGATE].late is (day == "2026-12-23")
        due.add(told[M.LITIGATE].by)
    assert len(due) == 1


def test_a_recall_comes_after_the_letter_and_the_court_after_both() -> None:
    told = {found.measure: found for found in decided(BORROWERS["200 days late with a guarantor who is still bound"]).measures}
    assert M.HAND_OVER in told[M.LAWYER_LETTER].after
    assert M.LAWYER_LETTER in told[M.ACCELERATE].after
    assert {M.REALISE_SECURITY, M.NEGOTIATED_SALE} & set(told[M.LITIGATE].instead_of)
    assert [told[each].by for each in (M.LAWYER_LETTER, M.ACCELERATE, M.LITIGATE)] == [None] * 3


def test_a_recall_for_damage_waits_until_the_time_of_the_demand_is_over() -> None:
    harmed = Borrower(facts={"damaged_by_owner": True, "has_acceleration_clause": False}, since={"collateral_damaged": "2026-10-01"})
    demanded = Action("demand_restoration", state="done", on="2026-10-09")

    def recall(on: str) -> object:
        decision = cn_housing.rulebook.decide(case_of(harmed, actions=(demanded,)), on=on)
        return next(found.by for found in decision.measures if found.measure is M.ACCELERATE)

    assert recall("2026-11-02") is None
    assert recall("2026-12-01") is not None


def test_a_plan_or_a_recall_and_an_order_or_a_suit_are_choices_of_one_step() -> None:
    choices = MeasureOrder(cn_housing.MEASURE_NOTES).choices
    assert {M.RESTRUCTURE, M.RESCIND} == set(choices[M.ACCELERATE])
    assert {M.PAYMENT_ORDER, M.REALISE_SECURITY, M.NEGOTIATED_SALE} == set(choices[M.LITIGATE])
    harmed = Borrower(facts=late(120, 4, cooperative=True, damaged_by_owner=True), since={"collateral_damaged": "2026-09-01"})
    told = {found.measure: found for found in decided(harmed).measures}
    assert (told[M.RESTRUCTURE].instead_of, told[M.ACCELERATE].instead_of) == ((M.ACCELERATE,), (M.RESTRUCTURE,))
    agreed = case_of(harmed, actions=(Action("restructure", state="approved", on="2026-11-20"),))
    assert M.ACCELERATE not in {found.measure for found in cn_housing.rulebook.decide(agreed, on="2026-11-23").measures}


def test_an_offer_waits_for_figures_of_the_time_in_which_the_borrower_cannot_pay() -> None:
    willing = Borrower(facts=late(120, 4, cooperative=True, arrears_as_of="2026-11-23"))
    plans = {}
    for reviewed_on in ("2026-05-18", "2026-11-20"):
        case = case_of(Borrower(facts={**willing.facts, "reviewed_on": reviewed_on}))
        decision = cn_housing.rulebook.decide(case, on="2026-11-23")
        plans[reviewed_on] = next(found for found in decision.measures if found.measure is M.RESTRUCTURE)
    assert [label.en for label in plans["2026-05-18"].waits_for] == ["total debt-service ratio"]
    assert plans["2026-11-20"].waits_for == ()


def test_a_sale_waits_for_a_value_and_writing_off_for_the_court() -> None:
    after = {note.measure: note.after for note in cn_housing.MEASURE_NOTES}
    assert M.REVALUE in after[M.NEGOTIATED_SALE]
    assert M.REVALUE in after[M.DEBT_ASSET_SWAP]
    assert M.LITIGATE in after[M.WRITE_OFF]


def test_easing_is_one_step_with_choices_that_waits_for_the_facts() -> None:
    told = {found.measure: found for found in decided(BORROWERS["laid off, and still pays: one is to talk, and no security is asked for"]).measures}
    assert {M.GRACE, M.EXTEND_TERM} <= set(told[M.ADJUST_REPAYMENT].instead_of)
    assert M.VERIFY in told[M.ADJUST_REPAYMENT].after
