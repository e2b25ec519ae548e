"""Since when a signal has been there: a second reason makes it never younger, and what nobody dated is said."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.policy.small_policy import THIN, case_with, rule, small_policy

from revisit_policy import Event, MarketConditions, RevisitPolicy, Visit, facts, frames
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date

#: The small policy, whose collateral is thin by its value, and by prices too.
TWO_REASONS: RevisitPolicy = small_policy().adding(rule("signal-prices", facts.price_change_12m <= "-0.10", THIN), to="signals")
FALLING = MarketConditions(price_change_12m="-0.15", as_of="2026-05-04")
UNDATED = MarketConditions(price_change_12m="-0.15")


def since(case: Any) -> Date | None:
    (signal,) = (signal for signal in TWO_REASONS.decide(case, on="2026-07-01").signals if signal.code is THIN.code)
    return signal.since


def thin(**changes: Any) -> Any:
    market = changes.pop("market", FALLING)
    return attrs.evolve(case_with(**changes), market=market)


def under_water(**changes: Any) -> Any:
    return thin(value=case_with().loan.balance, **changes)


def test_a_second_reason_makes_a_signal_no_younger() -> None:
    prices, both = thin(valued_on="2026-06-20"), under_water(valued_on="2026-06-20")
    assert since(prices) == since(both) == Date(2026, 5, 4)
    overdue = [TWO_REASONS.decide(case, on="2026-07-01").schedule.overdue for case in (prices, both)]
    assert [visit.window.missed_on for visits in overdue for visit in visits] == [Date(2026, 5, 18), Date(2026, 5, 18)]


def test_an_undated_reason_takes_nothing_from_a_dated_one() -> None:
    case = under_water(valued_on="2026-06-20", market=UNDATED)
    assert since(case) == Date(2026, 6, 20)
    assert TWO_REASONS.decide(case, on="2026-07-01").undated == (THIN.code,)


def test_a_reason_that_came_after_the_visit_asks_anew() -> None:
    visit = Visit(kind="triggered", method="phone", completed_on="2026-05-11", finding="satisfactory")
    answered = attrs.evolve(thin(valued_on="2026-05-01"), visits=(*case_with().visits, visit))
    again = attrs.evolve(under_water(valued_on="2026-06-29"), visits=answered.visits)
    assert "collateral_decline" not in _triggers(answered)
    assert "collateral_decline" in _triggers(again)
    assert str(TWO_REASONS.decide(again, on="2026-07-01").schedule.next.window.closes) == "2026-07-13"  # type: ignore[union-attr] # there is one


def _triggers(case: Any) -> tuple[str, ...]:
    visit = TWO_REASONS.decide(case, on="2026-07-01", until="2026-07-20").schedule.next
    return () if visit is None else visit.triggers


def test_a_rule_of_two_figures_began_with_the_later_and_is_undated_if_one_is() -> None:
    both = rule("signal-thin", (facts.ltv_now >= "0.80") & (facts.price_change_12m <= "-0.10"), THIN)
    policy = small_policy().replacing(both)
    for market, expected in ((FALLING, Date(2026, 6, 20)), (UNDATED, None)):
        (signal,) = policy.decide(under_water(valued_on="2026-06-20", market=market), on="2026-07-01").signals
        assert signal.since == expected


def test_of_alternatives_the_first_that_holds_counts() -> None:
    either = rule("signal-thin", (facts.ltv_now >= "0.80") | (facts.price_change_12m <= "-0.10"), THIN)
    policy = small_policy().replacing(either)
    (signal,) = policy.decide(under_water(valued_on="2026-06-20"), on="2026-07-01").signals
    assert signal.since == Date(2026, 5, 4)


# -- what nobody dated -----------------------------------------------------------------------------------------------


SAID = [
    ("en", "Nobody recorded since when, so that the deadline moves with every day of asking until an event is recorded: collateral seized"),
    ("zh", "起始日无人记录，期限自查询日起算、逐日顺延，登记事件后方固定：押品被查封"),
]


@pytest.mark.parametrize(("lang", "line"), SAID)
def test_an_undated_signal_says_so(lang: str, line: str) -> None:
    decision = small_policy().decide(case_with(seized=True), on="2026-06-01")
    dated = small_policy().decide(case_with(seized=True, events=(Event("seizure", since="2026-05-29"),)), on="2026-06-01")
    assert line in decision.explain(lang).splitlines()
    assert line not in dated.explain(lang)
    assert [code.value for code in decision.undated] == ["seizure"]
    assert dated.undated == ()
    item = {"en": "find out and record since when: collateral seized", "zh": "查明并记录起始日：押品被查封"}[lang]
    assert decision.schedule.next is not None
    assert item in [part.text(lang) for part in decision.schedule.next.checklist]
    assert item in [part.text(lang) for part in decision.gaps]
    assert line in decision.to_html(lang)
    assert line not in dated.to_html(lang)


def test_an_undated_valuation_says_so() -> None:
    missing = case_with(value=None, valued_on=None)
    recorded = case_with(value=None, valued_on=None, events=(Event("revaluation_due", since="2026-05-29"),))
    expired = case_with(valued_on="2025-03-02")  # its deadline is the day on which the last one expired
    found = [[code.value for code in small_policy().decide(case, on="2026-06-01").undated] for case in (missing, recorded, expired)]
    assert found == [["revaluation_due"], [], []]


def test_frames_say_what_is_undated_and_by_which_calendar() -> None:
    cases = [case_with(), case_with(seized=True), case_with(value=None, valued_on=None, seized=True)]
    planned = frames.next_visits(small_policy(), frames.from_cases(cases), on="2026-06-01")
    assert frames.label(small_policy(), planned)["undated"].to_list() == ["", "collateral seized", "revaluation due, collateral seized"]
    assert frames.label(small_policy(), planned, lang="zh")["undated"].to_list()[1] == "押品被查封"
    assert set(planned["calendar"].to_list()) == {CHINA.edition}
