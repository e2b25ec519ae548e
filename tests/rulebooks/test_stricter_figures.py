"""Every figure of the shipped sheet says which side of it is the stricter, and moved there it makes nothing milder."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest
from hypothesis import settings

from revisit_policy import InvalidInputError, LawBrokenError, UnknownNameError, analysis, testing
from revisit_policy.analysis.diff import cases_between
from revisit_policy.rulebooks import cn_housing

MOVED: Final = cn_housing.stricter(cn_housing.DEFAULTS)


def test_every_figure_of_the_sheet_declares_its_stricter_side_or_that_it_has_none() -> None:
    assert set(cn_housing.SIDES) == {figure.name for figure in cn_housing.DEFAULTS.sheet()}


def test_a_figure_that_is_not_moved_has_no_stricter_value_to_move_to() -> None:
    left = {name for name, side in cn_housing.SIDES.items() if side is not cn_housing.Side.NONE} - set(MOVED)
    assert left == {"data_check_months", "months_special_mention", "months_restructured", "red_working_days", "red_result_days"}  # the least; as often as non-performing; one working day


@pytest.mark.slow
@pytest.mark.skipif(settings.get_current_profile_name() != "deep", reason="takes minutes, some seconds a figure: HYPOTHESIS_PROFILE=deep, as CONTRIBUTING says")
@pytest.mark.parametrize("name", MOVED)
def test_a_figure_on_its_stricter_side_makes_nothing_milder(name: str) -> None:
    testing.check_figures(cn_housing.policy, cn_housing.DEFAULTS, stricter={name: MOVED[name]}, examples=2)


def test_cases_are_sought_in_what_is_judged_and_not_in_each_sum_of_points_before_it() -> None:
    """A point that comes sooner changes hundreds of sums, of which few change what is read off them."""
    before, after = cn_housing.policy(), cn_housing.policy(attrs.evolve(cn_housing.DEFAULTS, points_close=MOVED["points_close"]))
    assert cases_between(before, after, tables={"points", "grade", "signals"}) == ()
    assert {shown.case is not None for shown in cases_between(before, after, tables={"interval"})} == {True}


MILDER: Final[dict[str, tuple[str, Any, str]]] = {
    "a margin that was as thin when the loan was granted": ("ltv_thin", "0.75", "collateral has lost value (yellow, since"),
    "a red warning that comes later": ("days_substandard", 100, "non-performing (red, since"),
    "a longer interval": ("months_special_mention", 6, "an interval of at most 3 months"),
    "a warning that goes": ("days_second_notice", 40, "arrears (orange"),
    "a visit that comes later": ("first_window_last_day_large", 80, "a visit by"),
}


@pytest.mark.parametrize(("name", "value", "told"), MILDER.values(), ids=MILDER)
def test_a_figure_that_makes_something_milder_is_told_with_a_case(name: str, value: Any, told: str) -> None:
    with pytest.raises(LawBrokenError) as broken:
        testing.check_figures(cn_housing.policy, cn_housing.DEFAULTS, stricter={name: value}, examples=1)
    assert f"with `{name}` at {value}" in str(broken.value)
    assert told in str(broken.value)
    assert any("case = CaseFile(" in note for note in broken.value.__notes__)


def test_the_case_of_the_margin_loses_its_warning_under_the_lower_figure() -> None:
    """The change that a lower limit of a thin margin makes the other way round."""
    figures: Any = cn_housing.DEFAULTS
    lower = cn_housing.policy(attrs.evolve(figures, ltv_thin="0.75"))
    gains, loses = analysis.diff(cn_housing.policy(), lower).of("signals")
    assert (bool(gains.new), bool(loses.new)) == (True, False)
    shown: Any = loses.witness
    case, on = shown.case, shown.on
    assert len(cn_housing.policy().decide(case, on=on).signals) > len(lower.decide(case, on=on).signals)


def test_what_is_no_figure_or_makes_no_policy_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown figure `days_substandart`, did you mean `days_substandard`"):
        testing.check_figures(cn_housing.policy, cn_housing.DEFAULTS, stricter={"days_substandart": 80})
    with pytest.raises(InvalidInputError, match="`build` must be a RevisitPolicy"):
        testing.check_figures(lambda figures: figures, cn_housing.DEFAULTS, stricter={})  # type: ignore[arg-type,return-value]
