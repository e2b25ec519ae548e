"""Figures that turn outcomes into days: what a policy says of them, and what holds if it says nothing."""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs
import pytest
from tests.policy.small_policy import CASE, FIGURES, case_with, small_policy

from revisit_policy import Conventions, Level, frames
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.cn_notices import CHINA

ON = "2026-06-01"
TOLD_NOTHING = small_policy(conventions=Conventions())


def decided(policy: Any, **changes: Any) -> Any:
    return policy.decide(case_with(**changes), on=ON)


def test_conventions_that_say_nothing_hold_no_bank_s_figure() -> None:
    nothing = {field.name: getattr(Conventions(), field.name) for field in attrs.fields(Conventions)}
    assert nothing == {
        "periodic_lead_days": 0, "red_working_days": None, "orange_working_days": None, "yellow_working_days": None,
        "red_result_working_days": None, "revaluation_months": None, "revaluation_working_days": 1, "on_site_officers": 1,
        "classification_months": None, "horizon_months": 24,
    }  # fmt: skip


def test_the_shipped_rulebook_says_every_figure_itself() -> None:
    said = cn_housing.policy().conventions
    sheet = {"red_result_working_days": "red_result_days"}
    for field in attrs.fields(Conventions):
        if field.name != "horizon_months":
            assert getattr(said, field.name) == getattr(cn_housing.DEFAULTS, sheet.get(field.name, field.name))


@pytest.mark.parametrize("level", Level)
def test_without_a_limit_a_measure_waits_for_the_next_visit(level: Level) -> None:
    assert Conventions().working_days_to_act(level) is None


def test_a_measure_without_a_limit_is_taken_by_the_time_the_next_visit_closes() -> None:
    found = decided(TOLD_NOTHING, days_past_due=10)
    assert found.level is Level.YELLOW
    assert {measure.by for measure in found.measures} == {found.schedule.next.window.closes}
    limited = decided(small_policy(), days_past_due=10).measures[0]
    assert limited.by == CHINA.add_working_days(limited.since, 5)


def test_without_a_lead_a_periodic_visit_is_made_on_the_day_it_closes() -> None:
    window = decided(TOLD_NOTHING).schedule.next.window
    assert window.opens == window.due == window.closes
    assert window.closes == decided(small_policy()).schedule.next.window.closes


def test_without_a_limit_the_result_of_a_visit_on_red_is_due_as_any_other() -> None:
    red, usual = (decided(policy, seized=True).schedule.next for policy in (small_policy(), TOLD_NOTHING))
    assert [part.working_days for part in red.result.parts] == [1]
    assert [part.working_days for part in usual.result.parts] == [3]
    assert usual.result.latest > red.result.latest


def test_a_valuation_that_does_not_expire_is_made_when_rules_ask_and_not_again() -> None:
    def valuations(policy: Any, **changes: Any) -> int:
        return sum("revaluation" in {kind.value for kind in visit.serves} for visit in decided(policy, **changes).schedule.revisits)

    assert (valuations(TOLD_NOTHING), valuations(TOLD_NOTHING, valued_on="2024-03-15")) == (0, 1)
    assert (valuations(small_policy()), valuations(small_policy(), valued_on="2024-03-15")) == (2, 2)


def test_a_visit_on_site_takes_as_many_as_the_policy_says() -> None:
    found = [decided(policy, seized=True).schedule.next.officers for policy in (small_policy(), TOLD_NOTHING)]
    assert found == [2, 1]


def test_figures_that_cannot_be_meant_are_refused_together() -> None:
    names = [field.name for field in attrs.fields(Conventions)]
    with pytest.raises(ExceptionGroup) as found:
        Conventions(**dict.fromkeys(names, -1))
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == names


def test_a_policy_without_a_calendar_says_that_it_needs_one_where_it_is_asked_for_days() -> None:
    bare = attrs.evolve(small_policy(), calendar=None)
    with pytest.raises(ExceptionGroup, match="`calendar` must be a calendar of working days, because the policy has none of its own, got `None`"):
        bare.decide(CASE, on=ON)
    assert bare.decide(CASE, on=ON, calendar=CHINA) == small_policy().decide(CASE, on=ON)
    assert bare.grade(days_past_due=91).outcome == small_policy().grade(days_past_due=91).outcome
    assert bare.conventions == FIGURES


def test_columns_of_a_policy_without_a_calendar_say_the_same_where_they_are_asked_for_days() -> None:
    bare, book = attrs.evolve(small_policy(), calendar=None), frames.from_cases([CASE])
    assert frames.decide(bare, book, on=ON)["grade"].to_list() == frames.decide(small_policy(), book, on=ON)["grade"].to_list()
    for ask in (frames.next_visits, partial(frames.decide, visits=True)):
        with pytest.raises(ExceptionGroup, match="because the policy has none of its own"):
            ask(bare, book, on=ON)
        assert ask(bare, book, on=ON, calendar=CHINA).equals(ask(small_policy(), book, on=ON))
