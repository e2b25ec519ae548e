from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.errors import InvalidValueError
from revisit_policy.values.labels import Label
from revisit_policy.values.ratio import exact_ratio, percent_label, percent_text


@pytest.mark.parametrize(
    ("value", "ratio"),
    [
        pytest.param("0.70", Fraction(7, 10), id="decimal text"),
        pytest.param("-0.02", Fraction(-1, 50), id="negative text"),
        pytest.param("7/10", Fraction(7, 10), id="a quotient"),
        pytest.param("-7/10", Fraction(-7, 10), id="a negative quotient"),
        pytest.param("2", Fraction(2), id="whole text"),
        pytest.param(Decimal("0.0335"), Fraction(67, 2000), id="a Decimal"),
        pytest.param(Decimal("1E+2"), Fraction(100), id="a Decimal with an exponent"),
        pytest.param(Fraction(1, 3), Fraction(1, 3), id="a Fraction"),
        pytest.param(3, Fraction(3), id="an int"),
    ],
)
def test_a_ratio_is_what_was_written_exactly(value: str | Decimal | Fraction | int, ratio: Fraction) -> None:
    found = exact_ratio(value)
    assert found == ratio
    assert type(found) is Fraction


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(0.7, id="a float is not seven tenths"),
        pytest.param(1.0, id="a float that happens to be whole"),
        pytest.param(True, id="a bool"),
        pytest.param("70%", id="a per cent sign"),
        pytest.param("nan", id="not a number"),
        pytest.param("inf", id="infinity"),
        pytest.param("", id="empty"),
        pytest.param(" 0.7", id="a blank before"),
        pytest.param("0.7\n", id="a line end behind"),
        pytest.param("+0.7", id="a plus"),
        pytest.param(".7", id="no digit before the point"),
        pytest.param("7.", id="no digit after the point"),
        pytest.param("1e-3", id="an exponent"),
        pytest.param("1_0", id="an underscore"),
        pytest.param("0,7", id="a comma"),
        pytest.param("０.７", id="full-width digits"),
        pytest.param("1/0", id="nothing to divide by"),
        pytest.param("1/-2", id="a sign below the line"),
        pytest.param("9" * 5000, id="thousands of digits"),
        pytest.param(Decimal("NaN"), id="a Decimal that is none"),
        pytest.param(Decimal("Infinity"), id="an infinite Decimal"),
        pytest.param(Decimal("1E+999999"), id="a Decimal of a million digits"),
        pytest.param(Decimal("1E-999999"), id="a Decimal of a million decimals"),
        pytest.param(None, id="nothing"),
        pytest.param(b"0.7", id="bytes"),
    ],
)
def test_anything_that_is_not_an_exact_ratio_is_refused(value: object) -> None:
    with pytest.raises(InvalidValueError) as found:
        exact_ratio(value)  # type: ignore[arg-type]
    assert found.value.value is value


@given(st.fractions(max_denominator=10**20).filter(lambda ratio: abs(ratio.numerator) < 10**30))
def test_a_quotient_reads_back_as_it_is_written(ratio: Fraction) -> None:
    assert exact_ratio(str(ratio)) == ratio


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_decimal_text_and_its_decimal_are_the_same_ratio(value: Decimal) -> None:
    assert exact_ratio(format(value, "f")) == exact_ratio(value) == Fraction(value)


@pytest.mark.parametrize(
    ("ratio", "places", "text"),
    [
        pytest.param(Fraction(7, 10), 0, "70 %", id="whole per cent"),
        pytest.param(Fraction(7, 10), 2, "70.00 %", id="zeros are kept"),
        pytest.param(Fraction(1, 3), 1, "33.3 %", id="rounded down"),
        pytest.param(Fraction(2, 3), 1, "66.7 %", id="rounded up"),
        pytest.param(Fraction(125, 10_000), 1, "1.2 %", id="half goes to the even digit below"),
        pytest.param(Fraction(135, 10_000), 1, "1.4 %", id="half goes to the even digit above"),
        pytest.param(Fraction(-1, 3), 2, "-33.33 %", id="negative"),
        pytest.param(Fraction(-1, 10**6), 2, "0.00 %", id="what rounds to nothing has no sign"),
        pytest.param(0.7, 2, "70.00 %", id="a quotient held as a float"),
        pytest.param(Fraction(12, 1), 0, "1200 %", id="many times over"),
    ],
)
def test_a_ratio_is_shown_in_per_cent(ratio: Fraction | float, places: int, text: str) -> None:
    assert percent_text(ratio, places) == text


def test_a_percentage_is_shown_without_decimals_unless_they_are_asked_for() -> None:
    assert percent_text(Fraction(705, 1000)) == "70 %"


def test_a_percentage_has_up_to_thirty_decimals() -> None:
    assert percent_text(Fraction(1, 3), 30) == f"33.{'3' * 30} %"
    assert percent_text(2) == "200 %"


def test_in_chinese_the_zeros_of_a_whole_number_stay() -> None:
    assert [percent_text(Fraction(7, 10), places, lang="zh") for places in (0, 1, 2)] == ["70%"] * 3


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), True], ids=repr)
def test_what_is_not_a_finite_number_has_no_per_cent(value: float) -> None:
    with pytest.raises(InvalidValueError):
        percent_text(value, 2)


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 6))
def test_the_text_is_never_more_than_half_a_unit_off(ratio: Fraction, places: int) -> None:
    shown = Fraction(percent_text(ratio, places).removesuffix(" %")) / 100
    assert abs(shown - ratio) <= Fraction(1, 200 * 10**places)


IN_CHINESE = {
    "a whole number has no decimals": ("0.55", 2, "55%"),
    "nor has a round one": ("0.50", 4, "50%"),
    "idle zeros go": ("0.555", 4, "55.5%"),
    "what is cut off is rounded": ("0.33335", 2, "33.34%"),
    "zeros before the point stay": ("1", 2, "100%"),
    "nothing at all": ("0", 2, "0%"),
    "below zero": ("-0.20", 2, "-20%"),
}


@pytest.mark.parametrize(("ratio", "places", "text"), IN_CHINESE.values(), ids=IN_CHINESE)
def test_a_chinese_percentage_has_no_space_and_no_idle_zeros(ratio: str, places: int, text: str) -> None:
    assert percent_text(exact_ratio(ratio), places, lang="zh") == text


@pytest.mark.parametrize(("ratio", "zh", "en"), [("0.55", "55%", "55 %"), ("0.0005", "0.05%", "0.05 %"), ("0.123456", "12.3456%", "12.3456 %")])
def test_a_percentage_in_a_sentence_has_the_decimals_it_needs(ratio: str, zh: str, en: str) -> None:
    assert percent_label(exact_ratio(ratio)) == Label(zh, en)
