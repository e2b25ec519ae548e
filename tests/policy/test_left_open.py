"""What a policy does not do yet, each as a test that fails until it does."""

from __future__ import annotations

import pytest
from tests.policy.small_policy import case_with, small_policy, table

from revisit_policy import InvalidPolicyError


@pytest.mark.xfail(strict=True, reason="a policy takes a table on any scale, and fails when it decides")
def test_scales_of_tables_are_checked_when_a_policy_is_built() -> None:
    with pytest.raises(InvalidPolicyError):
        small_policy().with_table(table("method", ("letter", "call"), "worst", otherwise="letter"))


@pytest.mark.xfail(strict=True, reason="a trigger without a beginning begins on the day of asking")
def test_an_undated_trigger_does_not_move_when_a_day_passes() -> None:
    seized = case_with(seized=True)
    today, tomorrow = (small_policy().decide(seized, on=day).schedule.next for day in ("2026-06-01", "2026-06-02"))
    assert today is not None
    assert tomorrow is not None
    assert (tomorrow.window.missed_on or tomorrow.window.closes) == today.window.closes
