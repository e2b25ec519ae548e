"""What a policy does not do yet, each as a test that fails until it does."""

from __future__ import annotations

import pytest
from tests.policy.small_policy import case_with, small_policy


@pytest.mark.xfail(strict=True, reason="a trigger without a beginning begins on the day of asking")
def test_an_undated_trigger_does_not_move_when_a_day_passes() -> None:
    seized = case_with(seized=True)
    today, tomorrow = (small_policy().decide(seized, on=day).schedule.next for day in ("2026-06-01", "2026-06-02"))
    assert today is not None
    assert tomorrow is not None
    assert (tomorrow.window.missed_on or tomorrow.window.closes) == today.window.closes
