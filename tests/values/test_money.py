from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.values.money import Money, cny, to_money

yuan = st.builds(Money, st.integers(-(10**16), 10**16), st.just("CNY"))
money = st.builds(Money, st.integers(-(10**16), 10**16), st.sampled_from(["CNY", "USD", "JPY", "KWD"]))


@pytest.mark.parametrize(
    ("amount", "minor"),
    [
        pytest.param("1800000", 180_000_000, id="whole text"),
        pytest.param("1725000.00", 172_500_000, id="text with fen"),
        pytest.param("0.5", 50, id="text with one decimal"),
        pytest.param("-0.01", -1, id="negative text"),
        pytest.param(1_800_000, 180_000_000, id="an int is whole yuan"),
        pytest.param(Decimal("24500.5"), 2_450_050, id="a Decimal"),
        pytest.param(Decimal("1E+4"), 1_000_000, id="a Decimal with an exponent"),
    ],
)
def test_an_amount_of_yuan_is_taken_exactly(amount: str | int | Decimal, minor: int) -> None:
    assert cny(amount) == Money(minor, "CNY")


@pytest.mark.parametrize(
    "amount",
    [
        pytest.param(0.1, id="a float"),
        pytest.param(1800000.0, id="a float that happens to be whole"),
        pytest.param(True, id="a bool"),
        pytest.param("1800000.005", id="half a fen"),
        pytest.param(Decimal("0.001"), id="a Decimal below a fen"),
        pytest.param("1.000", id="a third decimal, even a zero"),
        pytest.param("1,800,000", id="separators"),
        pytest.param("¥100", id="a currency sign"),
        pytest.param("180万", id="ten thousands in a word"),
        pytest.param("100 ", id="a blank behind"),
        pytest.param("", id="empty"),
        pytest.param("nan", id="not a number"),
        pytest.param("1e6", id="an exponent in text"),
        pytest.param("１００", id="full-width digits"),
        pytest.param("9" * 5000, id="thousands of digits"),
        pytest.param(Decimal("NaN"), id="a Decimal that is none"),
        pytest.param(Decimal("sNaN"), id="a signalling Decimal"),
        pytest.param(Decimal("Infinity"), id="an infinite Decimal"),
        pytest.param(Decimal("1E+999999"), id="a Decimal of a million digits"),
        pytest.param(None, id="nothing"),
        pytest.param(b"100", id="bytes"),
    ],
)
def test_any_other_amount_is_refused_and_nothing_is_rounded(amount: object) -> None:
    with pytest.raises(InvalidValueError) as found:
        cny(amount)  # type: ignore[arg-type]
    assert found.value.value is amount


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "text"),
    [
        pytest.param("1200", "JPY", 1200, "JPY 1,200", id="yen have no decimals"),
        pytest.param("1.5", "KWD", 1500, "KWD 1.500", id="dinars have three"),
        pytest.param("12.50", "USD", 1250, "USD 12.50", id="dollars have two"),
    ],
)
def test_a_currency_has_its_own_decimals(amount: str, currency: str, minor: int, text: str) -> None:
    found = Money.of(amount, currency)
    assert (found.minor, str(found)) == (minor, text)


@pytest.mark.parametrize("currency", ["cny", "CN", "RMB1", "￥", "", None, 156], ids=repr)
def test_a_currency_is_three_capitals(currency: object) -> None:
    with pytest.raises(InvalidInputError):
        Money(1, currency)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        Money.of("1", currency)  # type: ignore[arg-type]


def test_money_made_of_nonsense_reports_both_faults() -> None:
    with pytest.raises(InvalidInputError, match=r"`Money.minor` must be .*; `Money.currency` must be ") as found:
        Money(1.5, "yuan")  # type: ignore[arg-type]
    assert len(found.value.exceptions) == 2


@pytest.mark.parametrize("minor", [True, 1.0, "1", None, Decimal(1)], ids=repr)
def test_minor_units_are_an_int(minor: object) -> None:
    with pytest.raises(InvalidInputError, match=r"Money\.minor"):
        Money(minor, "CNY")  # type: ignore[arg-type]


@given(money, money)
def test_amounts_of_one_currency_add_and_compare_as_their_minor_units_and_others_are_refused(left: Money, right: Money) -> None:
    if left.currency == right.currency:
        assert (left + right).minor == left.minor + right.minor
        assert (left - right).minor == left.minor - right.minor
        assert (left < right, left <= right) == (left.minor < right.minor, left.minor <= right.minor)
        assert (left > right, left >= right) == (left.minor > right.minor, left.minor >= right.minor)
        return
    for operation in ("__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__"):
        with pytest.raises(InvalidValueError, match=left.currency):
            getattr(left, operation)(right)
    assert left != right


@given(yuan, st.integers(-100, 100))
def test_multiplying_is_adding_again_and_again(amount: Money, times: int) -> None:
    assert amount * times == times * amount == Money(amount.minor * times, "CNY")
    assert -amount == amount * -1


@pytest.mark.parametrize("other", [1, 0, 1.5, "1", None, Decimal(1)], ids=repr)
def test_money_and_a_bare_number_do_not_mix(other: object) -> None:
    for operation in ("__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__"):
        assert getattr(cny("1"), operation)(other) is NotImplemented
    assert cny("1") != other


@pytest.mark.parametrize("times", [0.5, True, "2", Decimal(2)], ids=repr)
def test_money_is_multiplied_by_whole_numbers_only(times: object) -> None:
    with pytest.raises(TypeError):
        cny("1") * times  # type: ignore[operator]


def test_amounts_are_summed_from_a_start_in_their_currency() -> None:
    assert sum([cny("1"), cny("2.50")], cny("0")) == cny("3.50")


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1800000", "CNY 1,800,000.00"), ("-1234.5", "CNY -1,234.50"), ("0", "CNY 0.00"), ("-0.05", "CNY -0.05"), ("999.99", "CNY 999.99")],
)
def test_an_amount_is_shown_with_its_currency_and_separators(amount: str, text: str) -> None:
    assert str(cny(amount)) == text


@pytest.mark.parametrize(("amount", "text"), [(cny("1.5"), 'cny("1.50")'), (Money.of("1.5", "USD"), 'Money.of("1.50", "USD")')], ids=["yuan", "dollars"])
def test_money_is_shown_as_it_is_written(amount: Money, text: str) -> None:
    assert repr(amount) == text


@given(money)
def test_the_repr_of_money_pastes_back(amount: Money) -> None:
    assert eval(repr(amount)) == amount  # noqa: S307 - the law is about evaluating it


@given(money)
def test_money_is_a_value(amount: Money) -> None:
    twin = Money(amount.minor, amount.currency)
    assert (twin, hash(twin)) == (amount, hash(amount))
    assert pickle.loads(pickle.dumps(amount)) == copy.copy(amount) == copy.deepcopy(amount) == amount


def test_money_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        cny("1").minor = 2  # type: ignore[misc]


def test_a_field_of_money_takes_money_only() -> None:
    assert to_money(cny("1")) == cny("1")
    for other in (1, "1", 1.5, None, Decimal(1)):
        with pytest.raises(InvalidValueError, match="cny"):
            to_money(other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "zh"),
    [(cny(5_000_000), "5,000,000元"), (cny("4999999.99"), "4,999,999.99元"), (cny("-0.50"), "-0.50元"), (cny(0), "0元"), (Money.of("5", "USD"), "USD 5.00")],
    ids=["whole yuan have no decimals", "fen are shown", "below zero", "nothing", "another currency by its code"],
)
def test_an_amount_in_chinese_is_in_yuan(amount: Money, zh: str) -> None:
    assert (amount.text("zh"), amount.text("en")) == (zh, str(amount))


@given(st.lists(yuan, min_size=1, max_size=5))
def test_a_sum_needs_no_beginning(amounts) -> None:
    assert sum(amounts) == cny(0) + sum(amounts, cny(0)) == Money(sum(amount.minor for amount in amounts), "CNY")


@pytest.mark.parametrize("other", [1, 0.0, False, None], ids=["one", "a float", "a bool", "nothing"])
def test_no_number_but_the_beginning_of_a_sum_is_added(other) -> None:
    with pytest.raises(TypeError, match="unsupported operand"):
        other + cny(1)


@given(money)
def test_the_amount_is_exact_and_reads_back(amount) -> None:
    assert isinstance(amount.amount, Decimal)
    assert Money.of(amount.amount, amount.currency) == amount


@pytest.mark.parametrize(
    ("spec", "text"),
    [("", "CNY 1,234.50"), (",.2f", "1,234.50"), (".0f", "1234"), (",", "1,234.50"), (">14", "  CNY 1,234.50"), ("-^16", "--CNY 1,234.50--")],
)
def test_an_amount_is_formatted_as_a_number_or_as_its_text(spec, text) -> None:
    assert format(cny("1234.50"), spec) == text
