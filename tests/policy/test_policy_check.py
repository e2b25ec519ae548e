"""A policy tells which of its triggers no case file can date."""

from __future__ import annotations

import pytest
from tests.policy.small_policy import small_policy, small_rulebook
from tests.policy.test_beginnings_through_tables import DATED, UNDATED

from revisit_policy import InvalidInputError, RevisitPolicy
from revisit_policy.policy import PolicyCheck, UndatedTrigger


@pytest.mark.parametrize(("policy", "_since"), DATED.values(), ids=DATED)
def test_a_trigger_by_a_table_that_is_dated_is_no_finding(policy: RevisitPolicy, _since: object) -> None:
    assert policy.check() == PolicyCheck()
    assert (policy.check().text("zh"), str(policy.check())) == ("各触发均有起始日可查", "every trigger can be dated")


@pytest.mark.parametrize("policy", UNDATED.values(), ids=UNDATED)
def test_a_trigger_by_a_table_that_says_nothing_of_days_is_named(policy: RevisitPolicy) -> None:
    (found,) = policy.check()
    assert (found.trigger.code.value, found.rule) == ("seizure", "signal-seized")
    assert found.rests_on[0] in policy.graph.by_id


def test_the_finding_is_told_in_both_languages() -> None:
    (found,) = small_policy().check()
    assert found.rests_on == ("seized",)
    assert str(found) == (
        "collateral seized (red): rule signal-seized rests on seized, of which no case file tells since when; "
        "without an event its deadline moves with every day of asking"
    )
    assert found.text("zh").startswith("押品被查封 (红色)：规则 signal-seized 依据 seized")


def test_a_rulebook_names_each_trigger_of_its_editions_once() -> None:
    assert small_rulebook().check() == small_policy().check()
    assert len(small_rulebook().check()) == 1


def test_a_finding_is_of_a_trigger() -> None:
    with pytest.raises(InvalidInputError, match=r"`UndatedTrigger.trigger` must be a Trigger"):
        UndatedTrigger(trigger="seizure", rule="a", rests_on=())  # type: ignore[arg-type] # on purpose
