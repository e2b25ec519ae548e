"""What a policy says of one case on one day."""

from __future__ import annotations

import pickle
import re
from html import unescape
from typing import Any

import attrs
import pytest
from tests.policy.small_policy import CASE, PRACTICE, SEIZED, case_with, rule, small_policy, table

from revisit_policy import (
    CaseFile,
    DayWindow,
    Event,
    Fact,
    Grade,
    InvalidInputError,
    InvalidValueError,
    Label,
    Level,
    Measure,
    Refusal,
    Revisit,
    Status,
    UnknownNameError,
    Visit,
    VisitKind,
    VisitMethod,
    analysis,
    cny,
    facts,
    unordered,
)
from revisit_policy.decision.explaining import FOOT
from revisit_policy.decision.seats.handing_out import handed_out
from revisit_policy.decision.seats.shape import BARRING, SEATS
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Lang

POLICY = small_policy()
ON = "2026-06-01"


def since(case: CaseFile, code: str) -> Date | None:
    """The first day of the signal, as the decision gives it."""
    return next(signal.since for signal in POLICY.decide(case, on=ON).signals if signal.code.value == code)


def upcoming(case: CaseFile, **more: Any) -> Revisit:
    """The next visit of the case."""
    visit = POLICY.decide(case, on=more.pop("on", ON), **more).schedule.next
    assert visit is not None
    return visit


class TestSignals:
    def test_a_count_of_days_tells_when_the_signal_began(self) -> None:
        assert since(case_with(days_past_due=10), "arrears") == Date(2026, 5, 23)

    def test_a_signal_that_worsens_begins_anew(self) -> None:
        (signal,) = POLICY.decide(case_with(days_past_due=33), on=ON).signals
        assert (signal.level, signal.since) == (Level.ORANGE, Date(2026, 5, 30))

    def test_an_alternative_that_holds_later_does_not_move_the_beginning(self) -> None:
        assert since(case_with(days_past_due=60), "arrears") == Date(2026, 5, 3)

    def test_the_last_of_several_conditions_begins_the_signal(self) -> None:
        assert since(case_with(days_past_due=60, technical_cause_proved=True), "arrears") == Date(2026, 5, 10)

    def test_a_recorded_event_dates_what_no_count_dates(self) -> None:
        assert since(case_with(seized=True, events=[Event("seizure", since="2026-05-04")]), "seizure") == Date(2026, 5, 4)

    def test_figures_with_a_day_of_their_own_date_what_nobody_recorded(self) -> None:
        assert since(case_with(monthly_income=cny(10_000)), "capacity") == Date(2026, 1, 20)
        assert since(case_with(value=cny(800_000)), "collateral_decline") == Date(2026, 3, 2)

    def test_a_recorded_event_goes_before_the_day_of_the_figures(self) -> None:
        assert since(case_with(monthly_income=cny(10_000), events=[Event("capacity", since="2026-02-02")]), "capacity") == Date(2026, 2, 2)

    def test_an_alternative_that_compares_what_an_earlier_table_says_has_the_day_of_its_rules(self) -> None:
        graded = POLICY.graph.by_id["grade"].outcome
        policy = POLICY.replacing(rule("signal-seized", (graded >= Grade.SUBSTANDARD) | (facts.days_past_due > 30), SEIZED))
        by_days, by_grade = (
            next(signal.since for signal in policy.decide(case_with(days_past_due=days), on=ON).signals if signal.code is SEIZED.code)
            for days in (40, 100)
        )
        assert (by_days, by_grade) == (Date(2026, 5, 23), Date(2026, 3, 24))

    def test_what_nobody_dated_has_no_beginning_and_is_asked_for_now(self) -> None:
        case = case_with(seized=True)
        assert since(case, "seizure") is None
        visit = upcoming(case)
        assert (visit.kind, visit.window.opens, visit.window.closes) == (VisitKind.TRIGGERED, Date(2026, 6, 1), Date(2026, 6, 2))


class TestSchedule:
    def test_each_trigger_asks_for_the_method_of_its_own_signal(self) -> None:
        call = Visit(kind="triggered", method="phone", completed_on="2026-05-20", finding="satisfactory")
        events = [Event("seizure", since="2026-05-11"), Event("capacity", since="2026-05-11")]
        poorer = case_with(monthly_income=cny(10_000), events=events[1:], visits=(*CASE.visits, call))
        assert upcoming(poorer).kind is VisitKind.PERIODIC  # the call has answered it
        both = case_with(monthly_income=cny(10_000), seized=True, events=events, visits=(*CASE.visits, call))
        (missed,) = POLICY.decide(both, on=ON).schedule.overdue
        assert (missed.triggers, missed.method, missed.officers) == (("seizure",), VisitMethod.ON_SITE, 2)

    def test_an_undecided_grade_leaves_a_method_by_order_at_the_most_thorough_still_possible(self) -> None:
        method = POLICY.method.table
        by_order = attrs.evolve(
            method, fold="first", rules=(rule("look-at-doubtful", POLICY.grade.table.outcome >= Grade.DOUBTFUL, VisitMethod.ON_SITE), *method.rules[:1])
        )
        policy = POLICY.with_table(by_order)
        quiet = policy.decide(CASE, on=ON).schedule.next
        unsure = policy.decide(case_with(impaired=True), on=ON).schedule.next  # doubtful, if half of it is lost
        assert quiet is not None
        assert unsure is not None
        assert (quiet.method, unsure.method) == (VisitMethod.PHONE, VisitMethod.ON_SITE)

    def test_asked_again_tomorrow_a_dated_signal_has_the_same_deadline(self) -> None:
        case = case_with(days_past_due=1)
        later = case_with(days_past_due=2)
        first, second = (upcoming(found, on=on) for found, on in ((case, ON), (later, "2026-06-02")))
        assert first.window.closes == second.window.closes

    def test_the_result_of_a_visit_on_a_red_signal_is_due_the_next_working_day(self) -> None:
        visit = upcoming(case_with(seized=True))
        assert visit.result.expected == CHINA.add_working_days(visit.window.due, 1)

    def test_a_settled_loan_is_left_alone(self) -> None:
        assert POLICY.decide(case_with(balance=cny(0)), on=ON).schedule.all == ()

    def test_a_loan_that_still_owes_interest_is_not_settled(self) -> None:
        assert upcoming(case_with(balance=cny(0), days_past_due=1)).kind is VisitKind.TRIGGERED

    def test_the_horizon_can_be_set(self) -> None:
        assert POLICY.decide(CASE, on=ON, until="2026-12-31").schedule.until == Date(2026, 12, 31)

    def test_the_calendar_can_be_another(self) -> None:
        calendar = CHINA.overlay(edition="branch", off=["2026-09-09"])
        assert upcoming(CASE, calendar=calendar).window.closes == Date(2026, 9, 8)
        assert POLICY.decide(CASE, on=ON, calendar=calendar).calendar == calendar.edition

    def test_what_is_not_known_is_asked_on_the_next_visit_and_makes_none_of_its_own(self) -> None:
        case = case_with(monthly_income=None, value=None)
        decision = POLICY.decide(case, on=ON)
        asked = Label("补充核实：贷款价值比", "find out: loan-to-value")
        assert asked in decision.gaps
        assert asked in upcoming(case).checklist
        assert all(asked not in visit.checklist for visit in decision.schedule.revisits[1:])
        assert {kind for visit in decision.schedule.all for kind in visit.serves} <= {VisitKind.PERIODIC, VisitKind.REVALUATION}

    def test_an_interval_is_shortened_by_what_is_not_known(self) -> None:
        assert POLICY.decide(case_with(value=None), on=ON).interval_months == 3
        assert POLICY.decide(CASE, on=ON).interval_months == 6


class TestMeasures:
    def test_a_barred_measure_is_never_recommended(self) -> None:
        measures = [found.measure for found in POLICY.decide(case_with(days_past_due=91), on=ON).measures]
        assert measures == [Measure.REMIND, Measure.LITIGATE]

    def test_a_measure_names_its_rules_and_sources_and_who_acts_by_when(self) -> None:
        (found,) = POLICY.decide(case_with(days_past_due=1), on=ON).measures
        assert found.rules == ("remind",)
        assert PRACTICE in found.sources
        assert found.by == Date(2026, 6, 8)  # yellow: five working days

    @pytest.mark.parametrize(("changes", "by"), [({"days_past_due": 31}, Date(2026, 5, 8)), ({"seized": True, "days_past_due": 1}, Date(2026, 6, 2))])
    def test_the_louder_the_warning_the_sooner_the_measure_from_the_day_it_was_called_for(self, changes, by) -> None:
        assert {found.by for found in POLICY.decide(case_with(**changes), on=ON).measures} == {by}

    def test_no_measure_rests_on_what_is_undecided(self) -> None:
        decision = POLICY.decide(case_with(impaired=True), on=ON)
        assert (decision.grade, decision.grade_at_worst) == (Grade.NORMAL, Grade.DOUBTFUL)
        assert [found.measure for found in decision.measures] == []


class TestArguments:
    def test_a_case_that_tells_of_the_future_is_refused_with_every_fault(self) -> None:
        late = Visit(kind="periodic", method="phone", completed_on="2027-01-01", finding="satisfactory")
        with pytest.raises(InvalidInputError) as caught:
            POLICY.decide(case_with(disbursed_on="2026-07-01", visits=(late,)), on=ON)
        assert [getattr(error, "field", None) for error in caught.value.exceptions] == ["loan.disbursed_on", "visits[0].completed_on"]

    @pytest.mark.parametrize("on", ["now", "20260601", None, 20260601])
    def test_a_day_that_is_none_is_refused(self, on) -> None:
        with pytest.raises(InvalidInputError, match=r"`on` must be a day"):
            POLICY.decide(CASE, on=on)

    @pytest.mark.parametrize("on", ["1899-12-31", "2200-01-01", "9999-12-31"])
    def test_a_day_of_another_age_is_refused(self, on) -> None:
        with pytest.raises(InvalidInputError, match="`on` must be a day of the years 1900 to 2199"):
            POLICY.decide(CASE, on=on)

    @pytest.mark.parametrize("case", [None, CASE.loan, {"loan": CASE.loan}])
    def test_what_is_no_case_file_is_refused(self, case) -> None:
        with pytest.raises(InvalidInputError, match="`case` must be a CaseFile"):
            POLICY.decide(case, on=ON)
        (refusal,) = POLICY.iter_decide([case], on=ON)
        assert isinstance(refusal, Refusal)
        assert refusal.loan_no == ""

    def test_all_faults_of_a_question_come_together_by_the_names_the_caller_wrote(self) -> None:
        with pytest.raises(InvalidInputError) as caught:
            POLICY.decide(CASE, on="now", until="later", calendar="CN", supplied=[("score", 1)], assuming=("ltv_now",))  # type: ignore[arg-type]
        assert [getattr(error, "field", None) for error in caught.value.exceptions] == ["on", "until", "calendar", "supplied", "assuming"]
        assert "Question" not in str(caught.value)

    def test_a_horizon_before_the_decision_is_refused(self) -> None:
        with pytest.raises(InvalidInputError, match="until"):
            POLICY.decide(CASE, on=ON, until="2026-05-31")

    def test_a_supplied_fact_is_read_and_an_unknown_one_refused_with_the_nearest_name(self) -> None:
        scored = POLICY.adding(rule("scored", facts.score < 300, Grade.SPECIAL_MENTION), to="grade")
        assert scored.decide(CASE, on=ON, supplied={"score": 299}).grade is Grade.SPECIAL_MENTION
        assert scored.decide(CASE, on=ON).grade_at_worst is Grade.SPECIAL_MENTION
        with pytest.raises(UnknownNameError, match="did you mean `score`"):
            scored.decide(CASE, on=ON, supplied={"scores": 299})

    def test_a_fact_that_the_case_file_tells_is_not_supplied(self) -> None:
        with pytest.raises(UnknownNameError, match="unknown supplied fact `days_past_due`, expected none"):
            POLICY.decide(CASE, on=ON, supplied={"days_past_due": 3})

    def test_the_kind_of_a_visit_is_the_policys_to_say(self) -> None:
        with pytest.raises(UnknownNameError, match="visit_kind"):
            POLICY.decide(CASE, on=ON, supplied={"visit_kind": "first"})

    def test_a_stand_in_is_used_and_shows(self) -> None:
        assumed = facts.ltv_now.assume("0.5", because=PRACTICE)
        decision = POLICY.decide(case_with(value=None), on=ON, assuming=(assumed,))
        assert decision.interval_months == 6
        assert "assumed: loan-to-value is 50.00 %" in decision.explain("en")

    def test_a_stand_in_says_what_allows_it(self) -> None:
        with pytest.raises(InvalidValueError, match=r"`Assumption\.because` must be a Citation"):
            facts.ltv_now.assume("0.5", because="it is usual")  # type: ignore[arg-type] # the mistake under test

    def test_a_batch_returns_every_case_in_order_the_bad_ones_with_their_reason(self) -> None:
        bad = case_with(disbursed_on="2026-07-01", visits=())
        found = list(POLICY.iter_decide([CASE, bad, CASE], on=ON))
        assert [type(item) is Refusal for item in found] == [False, True, False]
        refusal = found[1]
        assert isinstance(refusal, Refusal)
        assert refusal.loan_no == "L-1"
        assert "loan.disbursed_on" in str(refusal.error)


def test_a_decision_says_by_what_it_was_made() -> None:
    decision = POLICY.decide(CASE, on=ON)
    assert (decision.policy, decision.version, decision.digest, decision.calendar) == ("small", "1", POLICY.digest, CHINA.edition)


def test_a_decision_survives_pickling() -> None:
    decision = POLICY.decide(case_with(days_past_due=45, seized=True), on=ON)
    again = pickle.loads(pickle.dumps(decision))
    assert again == decision
    assert again.explain("zh") == decision.explain("zh")


def test_a_decision_has_the_verdicts_of_the_tables_that_speak_once_and_no_other() -> None:
    verdicts = POLICY.decide(CASE, on=ON).verdicts
    assert "grade" in verdicts
    assert "method" not in verdicts
    with pytest.raises(UnknownNameError, match="unknown table `method`"):
        verdicts["method"]


def test_an_explanation_tells_the_tables_in_the_order_in_which_they_speak() -> None:
    decision = POLICY.decide(CASE, on=ON)
    lines = decision.explain("en").splitlines()
    names = [seat.id.replace("_", " ") for seat in SEATS if seat.id in decision.verdicts]
    headings = [next((place for place, line in enumerate(lines) if line.startswith(f"{name}: ")), None) for name in names]
    told = [place for place in headings if place is not None]
    assert told == sorted(told)
    unmoved = lines[lines.index("Of the other tables no rule holds, so that their defaults apply:") + 1].strip()
    silent = [name for name, place in zip(names, headings, strict=True) if place is None and name != "first window"]  # the first visit was made
    assert silent
    assert [part.split(": ")[0] for part in unmoved.split("; ")] == silent


def test_an_explanation_says_which_measures_are_barred() -> None:
    decision = POLICY.decide(case_with(days_past_due=91), on=ON)
    assert "不予采用（禁止或可能禁止）：批量转让" in decision.explain("zh")
    assert "Not recommended, being barred or possibly barred: sell in bulk" in decision.explain("en")
    assert "barred or possibly" not in POLICY.decide(CASE, on=ON).explain("en")


def test_a_visit_of_one_day_is_told_as_one_day() -> None:
    window = DayWindow(30, 30)
    policy = POLICY.with_table(table("first_window", unordered((window,)), "first", otherwise=window))
    decision = policy.decide(case_with(disbursed_on="2026-05-11", visits=()), on=ON)
    assert "首次回访，2026年6月10日当日，方式：电话" in decision.explain("zh")
    assert "first visit on 10 Jun 2026, telephone call" in decision.explain("en")


def test_an_overdue_visit_is_told_by_the_day_to_make_it_and_the_day_it_was_due() -> None:
    decision = POLICY.decide(case_with(seized=True, events=[Event("seizure", since="2026-05-11")]), on=ON)
    assert "不定期回访，不晚于2026年6月1日立即开展，方式：上门，2人（按今日情况推算，期限为2026年5月12日；当时未必应办）" in decision.explain("zh")
    english = "triggered visit by 1 Jun 2026, visit on site, officers: 2 (by today's terms the day was 12 May 2026, though nobody need have owed it then)"
    assert english in decision.explain("en")


def test_a_deadline_in_words_includes_its_day() -> None:
    assert "不晚于2026年6月8日启动，" in POLICY.decide(case_with(days_past_due=1), on=ON).explain("zh")


def test_an_interval_that_what_is_missing_shortened_says_so() -> None:
    told = POLICY.decide(case_with(value=None), on=ON)
    assert "回访间隔：3个月（信息未齐，取仍可能的最短间隔；补齐后最长为6个月）" in told.explain("zh")
    assert "Interval: 3 months (the shortest still possible; up to 6 once what is missing is known)" in told.explain("en")
    assert "Interval: 6 months\n" in POLICY.decide(CASE, on=ON).explain("en")


def test_one_month_is_told_as_one() -> None:
    monthly = POLICY.with_table(table("interval", (6, 1), "least", otherwise=1))
    assert "Interval: 1 month\n" in monthly.decide(CASE, on=ON).explain("en")


def test_a_source_that_two_rules_cite_is_told_once() -> None:
    dated = attrs.evolve(PRACTICE, in_force_from="2020-01-01")
    policy = POLICY.adding(attrs.evolve(rule("remind-again", facts.days_past_due > 0, Measure.REMIND), source=dated), to="measures")
    told = policy.decide(case_with(days_past_due=1), on=ON).explain("en")
    assert f"sources: {PRACTICE.text('en')}\n" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_explanation_names_every_fired_rule_and_what_it_cites(lang) -> None:
    decision = POLICY.decide(case_with(days_past_due=91, seized=True), on=ON)
    text = decision.explain(lang)
    for verdict in decision.verdicts.values():
        assert all(rule_id in text for rule_id in verdict.fired)
    assert PRACTICE.text(lang) in text
    assert decision.digest[:12] in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_ids_and_digests_stand_at_the_foot_of_an_explanation_and_nowhere_else(lang) -> None:
    decision = cn_housing.rulebook.decide(case_with(days_past_due=145, seized=True, cooperative=True), on=ON)
    running, foot = decision.explain(lang).split("\n\n" + FOOT.text(Lang.of(lang)) + "\n")
    ids = {rule.id for table in cn_housing.policy().tables for rule in table.rules}
    assert not [rule_id for rule_id in ids if "-" in rule_id and rule_id in running]
    assert all(word not in running for word in (decision.digest[:12], decision.calendar, str(decision.edition), decision.policy))
    numbers = re.findall(r"\[(\d+)\]", running)
    assert {int(number) for number in numbers} == set(range(1, len(foot.splitlines())))
    for number, rule_id in (line.strip().split(" ", 1) for line in foot.splitlines()[1:]):
        assert rule_id in ids, number


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_in_a_notebook_says_what_the_page_says_and_its_digest_on_hover(lang) -> None:
    decision = cn_housing.rulebook.decide(case_with(days_past_due=145), on=ON)
    html = decision.one_page_html(lang)
    shown = [unescape(said).strip() for said in re.findall(r"<(?:li|summary)>([^<]*)", html)]
    assert shown == [line.strip() for line in decision.one_page(lang).split("\n") if line]
    assert decision.digest[:12] in re.findall(r'title="([^"]*)"', html)[0]
    assert decision.digest[:12] not in "".join(shown)


def test_the_notebook_table_escapes_what_a_bank_typed() -> None:
    loan = attrs.evolve(CASE.loan, loan_no="<b>&1")
    html = POLICY.decide(attrs.evolve(CASE, loan=loan), on=ON)._repr_html_()
    assert "&lt;b&gt;&amp;1" in html
    assert "<b>&1" not in html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_notebook_has_every_sentence_of_the_explanation_once(lang) -> None:
    decision = POLICY.decide(case_with(days_past_due=91, impaired=None), on=ON)
    shown = [unescape(said) for said in re.findall(r"<(?:li|summary)>([^<]*)", decision.to_html(lang))]
    told = [line.strip() for line in decision.explain(lang).split("\n") if line]
    assert [said for said in shown if said in told] == told
    assert decision.to_html(lang) in decision._repr_html_() or lang == "en"


def test_a_notebook_hides_nothing_of_what_is_open_overdue_or_possible() -> None:
    decision = POLICY.decide(case_with(days_past_due=91, impaired=None, seized=True), on=ON)
    html = decision.to_html("en")
    for said in (decision.grade_at_worst.label("en"), "still possible", "would be closed by", "level: red", decision.gaps[0].en):
        assert said in html


def test_what_is_barred_is_an_outcome_nowhere() -> None:
    case = case_with(days_past_due=91)
    decision = POLICY.decide(case, on=ON)
    verdict, alone = decision.verdicts["measures"], POLICY.measures(days_past_due=91)
    for said in (verdict, alone):
        assert said.outcome == tuple(measure.measure for measure in decision.measures) == (Measure.REMIND, Measure.LITIGATE)
        assert said.withheld == (Measure.BULK_TRANSFER,)
        assert Measure.BULK_TRANSFER not in said.candidates[1]
        assert "sell" in said.fired
    for lang, bulk in (("en", "sell in bulk"), ("zh", "批量转让")):
        told = [line for line in decision.explain(lang).split("\n") if bulk in line]
        assert all("barred" in line or "禁止" in line for line in told if bulk in line and "measures" not in line)
        assert not [line for line in told if line.startswith(("measures:", "表measures："))]
    assert "sell in bulk" not in repr(decision.verdicts["measures"].outcome)


def test_what_is_barred_only_possibly_is_no_longer_certain_and_stays_possible() -> None:
    open_bar = POLICY.adding(rule("no-suit", facts.impaired.is_true(), Measure.LITIGATE), to="barred")
    verdict = open_bar.measures(days_past_due=91, impaired=None)
    assert (verdict.outcome, verdict.candidates[1]) == ((Measure.REMIND,), (Measure.REMIND, Measure.LITIGATE))
    assert verdict.withheld == (Measure.LITIGATE, Measure.BULK_TRANSFER)
    assert verdict.status is Status.UNDECIDED


@pytest.mark.parametrize("impaired", [None, True, False])
@pytest.mark.parametrize("days", [1, 90, 91])
def test_a_decision_its_verdict_and_the_tables_handed_out_recommend_the_same(days, impaired) -> None:
    policy = POLICY.adding(rule("no-suit", facts.impaired.is_true(), Measure.LITIGATE), to="barred")
    decision = policy.decide(case_with(days_past_due=days, impaired=impaired), on=ON)
    handed = handed_out(policy.graph, BARRING).verdicts(days_past_due=days, impaired=impaired)["measures"]
    verdict = decision.verdicts["measures"]
    assert tuple(item.measure for item in decision.measures) == verdict.outcome == handed.outcome
    assert verdict.candidates == handed.candidates
    assert verdict.ruling == handed.ruling


def test_a_diff_gains_no_measure_that_is_barred_before_and_after() -> None:
    stricter = POLICY.replacing(rule("overdue-90", facts.days_past_due > 60, Grade.SUBSTANDARD))
    gained = {measure for change in analysis.diff(POLICY, stricter).of("measures") for measure in change.new}
    assert gained == {Measure.LITIGATE}
    assert {m for change in analysis.diff(POLICY.measures, stricter.measures).of("measures") for m in change.new} == gained


def test_a_fact_of_a_bank_of_its_own_reads_any_field_of_the_case_file() -> None:
    from revisit_policy.language.derivation import Field

    region = Fact.choice("region", ("Guangzhou", "Shenzhen"), label=Label("地区", "region"), derived=Field("market.region"))
    local = POLICY.adding(rule("local", region.is_in("Shenzhen"), Grade.SPECIAL_MENTION), to="grade")
    assert local.decide(attrs.evolve(CASE, market=attrs.evolve(CASE.market, region="Shenzhen")), on=ON).grade is Grade.SPECIAL_MENTION
    assert SEIZED not in local.decide(CASE, on=ON).signals
