"""Obligations: what falls due, when, and what holds of every kind of them."""

from __future__ import annotations

from typing import Any

import pytest

from revisit_policy.casefile import facts
from revisit_policy.errors import InvalidInputError
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity, ObligationKind, ServedBy, to_obligation_kinds
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every, When, Within
from revisit_policy.outcomes.signal import Signal, SignalCode
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.rulebooks.cn_housing.editions import policy
from revisit_policy.values.labels import Label, Labelled

MONTHS = policy().interval.outcome
VALUED = Fact.day("valued_on", label=Label("估值日", "day of the valuation"))


class Duty(Labelled):
    """Duties of another bank."""

    INSPECTION = "inspection", "验房", "inspection"
    DATA_CHECK = "data_check", "数据核对", "check of data"


WORDS: dict[str, tuple[When, str, str]] = {
    "working days": (Within(working_days=3), "3个工作日内", "within 3 working days"),
    "one working day": (Within(working_days=1), "1个工作日内", "within 1 working day"),
    "working days of one month": (Within(working_days=3, same_month=True), "3个工作日内且不跨月", "within 3 working days and the same month"),
    "calendar days": (Within(days=36), "36天内", "within 36 days"),
    "calendar months": (Within(months=1), "1个月内", "within 1 month"),
    "the month alone": (Within(same_month=True), "当月内", "within the same month"),
    "months that a table says": (Every(months=MONTHS), "每回访间隔（月）所定月数", "whenever the months that `interval` says have passed"),
    "a first and a last day": (Between(30, 90), "第30至90天", "on day 30 to 90"),
    "days before a day to come": (Between(-35, -1), "该日前35至1天", "from 35 to 1 days before that day"),
    "days up to a day to come": (Between(-1, 0), "该日前1天至当天", "from 1 day before that day to that day itself"),
    "days around a day to come": (Between(-7, 3), "该日前7天至其后第3天", "from 7 days before that day to day 3 after it"),
    "every so many months": (Every(months=6, lead_days=30), "每6个月", "every 6 months"),
    "every so many days": (Every(days=30), "每30天", "every 30 days"),
    "from a least to a most": (Every(days=(20, 35)), "每20至35天", "every 20 to 35 days"),
    "no time of its own": (AtNextVisit(), "下次回访时", "at the next visit"),
}


@pytest.mark.parametrize(("when", "zh", "en"), WORDS.values(), ids=WORDS)
def test_every_time_reads_in_both_languages(when: When, zh: str, en: str) -> None:
    assert (when.label("zh"), when.label("en")) == (zh, en)
    assert Obligation(Duty.INSPECTION, when).label("en") == f"inspection: {en}"
    assert Obligation(Duty.INSPECTION, when).label("zh") == f"验房：{zh}"


@pytest.mark.parametrize(
    ("since", "zh", "en"),
    [
        (facts.disbursed_on, "，自放款日起", ", from disbursement date"),
        (Signal("arrears", level="red"), "，自贷款逾期（红色）起", ", from arrears (red)"),
        (SignalCode.REVALUATION_DUE, "，自押品待重估起", ", from revaluation due"),
        (None, "", ""),
    ],
    ids=["a fact", "a signal", "an event", "nothing"],
)
def test_an_obligation_tells_what_it_is_counted_from(since: Any, zh: str, en: str) -> None:
    owed = Obligation(VisitKind.TRIGGERED, Within(days=3), since=since)
    assert (owed.label("zh"), owed.label("en")) == (f"不定期回访：3天内{zh}", f"triggered visit: within 3 days{en}")


REFUSED = {
    "no time at all": (lambda: Within(), r"`Within\.working_days` must be given"),
    "two counts": (lambda: Within(working_days=3, days=3), r"`Within\.days` must be left out beside `working_days`"),
    "no days": (lambda: Within(days=0), r"`Within\.days` must be a whole number at least 1"),
    "months that no table says": (lambda: Within(months=facts.months_on_book), r"the outcome of an earlier table"),
    "a last day before the first": (lambda: Between(90, 30), r"`Between\.last` must be at least `first` \(90\)"),
    "a hundred years before": (lambda: Between(-36_526, 30), r"`Between\.first` must be a whole number at least -36525"),
    "no period": (lambda: Every(), r"`Every\.months` must be given, or `days`"),
    "two periods": (lambda: Every(months=1, days=30), r"`Every\.days` must be left out beside `months`"),
    "the most before the least": (lambda: Every(days=(35, 20)), r"`Every\.days` must be the least days and then the most"),
    "three figures of days": (lambda: Every(days=(1, 2, 3)), r"`Every\.days` must be days, or the least and the most days"),  # type: ignore[arg-type]
    "two leads": (lambda: Every(days=(20, 35), lead_days=3), r"`Every\.lead_days` must be left out"),
    "the code of a kind": (lambda: Obligation("periodic", Every(months=1)), r"`Obligation\.kind` must be a member"),  # type: ignore[arg-type]
    "a number of days": (lambda: Obligation(Duty.INSPECTION, 3), r"`Obligation\.when` must be a Within, Between, Every or AtNextVisit"),  # type: ignore[arg-type]
    "a count as a day": (lambda: Obligation(Duty.INSPECTION, Within(days=3), since=facts.days_past_due), r"`Obligation\.since` must be a fact that is a day"),
    "a day as text": (lambda: Obligation(Duty.INSPECTION, Within(days=3), since="2026-01-01"), r"`Obligation\.since` must be a fact that is a day"),  # type: ignore[arg-type]
    "a kind after itself": (lambda: ObligationKind(Duty.INSPECTION, after=Duty.INSPECTION), r"`ObligationKind\.after` must be another kind"),
    "a kind met by a count": (lambda: ObligationKind(Duty.INSPECTION, met_by=facts.days_past_due), r"`ObligationKind\.met_by` must be a fact that is a day"),
    "a kind met by codes": (lambda: ObligationKind(Duty.INSPECTION, met_by=("first",)), r"`ObligationKind\.met_by` must be a tuple of Labelled"),  # type: ignore[arg-type]
    "an unknown fate": (lambda: ObligationKind(Duty.INSPECTION, at_maturity="moved"), r"moved"),
}


@pytest.mark.parametrize(("make", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused_by_its_field(make: Any, told: str) -> None:
    with pytest.raises(InvalidInputError, match=told) as refused:
        make()
    assert len(str(refused.value).splitlines()) == 1


def test_the_text_of_an_obligation_can_be_pasted_back() -> None:
    for when, *_ in WORDS.values():
        if when == Every(months=MONTHS):
            assert hash(when) != hash(Every(months=6))
            assert when not in {Every(months=6), Every(days=6)}
        else:
            assert eval(repr(when)) == when  # noqa: S307 - our own text


def test_obligations_are_told_apart_by_what_they_are_counted_from() -> None:
    several: tuple[Any, ...] = (None, facts.disbursed_on, Signal("arrears", level="red"), Signal("arrears", level="orange"), SignalCode.ARREARS)
    assert len({Obligation(Duty.INSPECTION, Within(days=3), since=since) for since in several}) == len(several)


def test_a_kind_of_which_nothing_is_said_has_nothing_special() -> None:
    plain = ObligationKind(Duty.INSPECTION)
    assert (plain.met_by, plain.served_by, plain.joins, plain.after, plain.alone) == ((), ServedBy.VISIT, True, None, False)
    assert (plain.at_maturity, plain.restarts, plain.order, plain.at_worst) == (AtMaturity.KEPT, (), 0, False)


def test_whoever_sees_nobody_makes_no_visit() -> None:
    assert ObligationKind(Duty.INSPECTION).is_visit
    assert not ObligationKind(Duty.INSPECTION, met_by=VALUED).is_visit
    assert not ObligationKind(Duty.DATA_CHECK, served_by="desk").is_visit


def test_a_kind_is_told_once() -> None:
    kinds = (ObligationKind(Duty.INSPECTION), ObligationKind(Duty.DATA_CHECK))
    assert to_obligation_kinds(kinds) == kinds
    with pytest.raises(ValueError, match="at most one ObligationKind a kind"):
        to_obligation_kinds((*kinds, ObligationKind(Duty.INSPECTION, order=1)))


def test_what_lies_between_the_least_and_the_most_days_is_the_lead() -> None:
    assert (Every(days=(20, 35)).lead, Every(days=(20, 35)).most_days) == (15, 35)
    assert (Every(days=35, lead_days=5).lead, Every(days=35).most_days, Every(months=1).most_days) == (5, 35, None)
