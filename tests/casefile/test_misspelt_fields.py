"""A field that is misspelt is refused with the nearest, in both languages, whether a value is made or changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.revisit.test_reassess import CASE

from revisit_policy import Action, Collateral, Determination, Event, MarketConditions, UnknownNameError
from revisit_policy.rulebooks import cn_housing

MISSPELT: list[tuple[Callable[..., Any], str, str]] = [
    (lambda **given: attrs.evolve(cn_housing.DEFAULTS, **given), "ltv_thinn", "ltv_thin"),
    (lambda **given: attrs.evolve(CASE, **given), "visit", "visits"),
    (lambda **given: attrs.evolve(CASE.loan, **given), "day_past_due", "days_past_due"),
    (lambda **given: attrs.evolve(CASE.borrower, **given), "monthly_incom", "monthly_income"),
    (lambda **given: attrs.evolve(CASE.visits[0], **given), "complete_on", "completed_on"),
    (Collateral, "valued", "value"),
    (MarketConditions, "price_change", "price_change_12m"),
    (lambda **given: Event("arrears", **given), "sinse", "since"),
    (lambda **given: Action("monitor", state="begun", on="2026-11-24", **given), "states", "state"),
    (lambda **given: Determination("normal", **given), "roll", "role"),
]


@pytest.mark.parametrize(("make", "name", "nearest"), MISSPELT, ids=[row[1] for row in MISSPELT])
def test_a_misspelt_field_is_refused_with_the_nearest(make: Callable[..., Any], name: str, nearest: str) -> None:
    with pytest.raises(UnknownNameError) as refused:
        make(**{name: 1})
    assert f"`{name}`, did you mean `{nearest}`?" in str(refused.value)
    assert f"的字段 `{name}`，是否指 `{nearest}`？" in refused.value.text("zh")


def test_a_field_that_is_left_out_is_told_by_python_itself() -> None:
    with pytest.raises(TypeError, match="missing"):
        Determination()  # type: ignore[call-arg]
