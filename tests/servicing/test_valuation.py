"""What the home is worth today: laws of indices, revaluation and cover, worked cases, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy import Collateral, Money, RevisitPolicyError, cny
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import Appraisal, AppraisalReason, PriceIndex, Revaluation, ValuationConvention, ValueLimit, cover, revalue
from revisit_policy.values import Date, add_months, month_end, months_begun

KEEP = cn_housing.VALUATION_CONVENTION
BEGIN = Date(2024, 1, 31)
MONTHS = [f"{day.year}-{day.month:02}" for day in (add_months(BEGIN, month) for month in range(30))]

figures = st.sampled_from(["97.8", "99.4", "99.9", "100", "100.2", "102"])
amounts = st.integers(0, 10**9).map(lambda minor: Money(minor, "CNY"))
days = st.integers(0, 900).map(lambda days: Date.fromordinal(BEGIN.toordinal() + days))


def _changes(*figures_of: str, since: int = 1) -> PriceIndex:
    return PriceIndex(region="Wuxi", kind="change", figures=dict(zip(MONTHS[since:], figures_of, strict=False)))


@st.composite
def indices(draw: st.DrawFn) -> PriceIndex:
    """Monthly changes, in some of which months are missing."""
    found = draw(st.lists(figures, min_size=1, max_size=29))
    holes = draw(st.one_of(st.just(set()), st.sets(st.integers(0, 28), max_size=2)))
    kept = {month: figure for at, (month, figure) in enumerate(zip(MONTHS[1:], found, strict=False)) if at not in holes}
    return PriceIndex(region="Wuxi", kind="change", figures=kept or {MONTHS[1]: "100"})


@st.composite
def revaluations(draw: st.DrawFn) -> tuple[Revaluation, Money | None]:
    appraisals = [Appraisal(value=draw(amounts), on=draw(days))]
    price = draw(st.one_of(st.none(), amounts))
    return revalue(appraisals, draw(indices()), KEEP, on=draw(days), market_price=price), price


def _levels(index: PriceIndex, base: Fraction) -> PriceIndex:
    """The levels that the changes make, without a hole; the month before the first is the base."""
    level, levels = base, {MONTHS[0]: base}
    for month, figure in index.figures:
        level = level * figure / 100
        levels[month] = level
    return PriceIndex(region=index.region, kind="level", figures=levels)


@given(st.lists(figures, min_size=1, max_size=29), st.fractions(min_value="0.01", max_value=1000), st.data())
def test_levels_on_any_base_say_what_the_changes_say(found: list[str], base: Fraction, data: st.DataObject) -> None:
    index = _changes(*found)
    first, last = sorted((data.draw(st.integers(0, len(found))), data.draw(st.integers(0, len(found)))))
    assert _levels(index, base).change(MONTHS[first], MONTHS[last]) == index.change(MONTHS[first], MONTHS[last])


@given(st.lists(figures, min_size=2, max_size=29), st.data())
def test_a_change_is_the_product_of_its_parts(found: list[str], data: st.DataObject) -> None:
    index = _changes(*found)
    first, middle, last = sorted(MONTHS[data.draw(st.integers(0, len(found)))] for _ in range(3))
    assert index.change(first, middle) * index.change(middle, last) == index.change(first, last)


@given(indices(), st.integers(0, 29), st.integers(0, 29))
def test_a_change_is_told_or_the_months_that_are_missing_are_named(index: PriceIndex, one: int, other: int) -> None:
    first, last = sorted((MONTHS[one], MONTHS[other]))
    there = dict(index.figures)
    holes = [month for month in MONTHS if first < month <= last and month not in there]
    assert list(index.missing(first, last)) == holes
    if holes:
        with pytest.raises(RevisitPolicyError, match=", ".join(holes)):
            index.change(first, last)
    else:
        assert index.change(first, last) > 0


@given(revaluations())
def test_a_value_by_index_is_never_above_the_market_price_nor_without_one_above_the_appraisal(found: tuple[Revaluation, Money | None]) -> None:
    told, price = found
    if told.value is None or told.appraisal is None:
        assert told.reasons
        assert told.low is None
        return
    assert told.value <= (told.appraisal.value if price is None else price)
    assert told.low is not None
    assert told.low <= told.value
    assert (told.limited_by is None) or told.value == (told.appraisal.value if price is None else price)


@given(revaluations())
def test_a_value_is_of_a_day_that_has_been_and_not_before_the_appraisal(found: tuple[Revaluation, Money | None]) -> None:
    told, _ = found
    if told.as_of is not None:
        assert told.appraisal is not None
        assert told.appraisal.on <= told.as_of <= told.on
    assert (told.indexed is None) is (told.factor is None) is (told.as_of is None)
    assert told.appraisal is None or told.factor is not None or (told.missing and AppraisalReason.INDEX_HAS_HOLES in told.reasons)


@given(amounts, indices(), st.tuples(days, days), st.sampled_from([None, cny(10**6)]))
def test_months_that_have_not_ended_play_no_part(value: Money, index: PriceIndex, two: tuple[Date, Date], price: Money | None) -> None:
    appraised, on = sorted(two)
    ended = {month: figure for month, figure in index.figures if month_end(Date(int(month[:4]), int(month[5:]), 1)) <= on}
    known = PriceIndex(region="Wuxi", kind="change", figures=ended or {"1999-01": "100"})
    found = [revalue([Appraisal(value=value, on=appraised)], each, KEEP, on=on, market_price=price) for each in (index, known)]
    assert found[0] == found[1]


@given(amounts, indices(), st.tuples(days, days, days))
def test_time_alone_never_makes_a_value_surer(value: Money, index: PriceIndex, three: tuple[Date, Date, Date]) -> None:
    appraised, earlier, later = sorted(three)
    before, after = (revalue([Appraisal(value=value, on=appraised)], index, KEEP, on=on) for on in (earlier, later))
    assert before.margin is not None
    assert after.margin is not None
    assert before.margin <= after.margin
    assert AppraisalReason.APPRAISAL_TOO_OLD not in before.reasons or AppraisalReason.APPRAISAL_TOO_OLD in after.reasons


limits = st.sampled_from(["0.5", "0.70", "1/3", "1"])


@given(amounts, amounts, limits)
def test_what_cures_a_shortfall_cures_it_and_a_fen_less_does_not(balance: Money, value: Money, limit: str) -> None:
    found = cover(balance, value, limit=limit)
    fen = Money(1, "CNY")
    assert found.is_short is (found.shortfall.minor > 0) is (found.security_needed.minor > 0)
    assert not cover(balance - found.shortfall, value, limit=limit).is_short
    assert not cover(balance, value + found.security_needed, limit=limit).is_short
    if found.is_short:
        assert cover(balance - found.shortfall + fen, value, limit=limit).is_short
        assert cover(balance, value + found.security_needed - fen, limit=limit).is_short


@given(amounts, amounts, limits)
def test_the_ratio_is_above_the_limit_exactly_where_something_is_short(balance: Money, value: Money, limit: str) -> None:
    found = cover(balance, value, limit=limit)
    assert found.is_short is (found.ltv is None or found.ltv > Fraction(limit))


# ------------------------------------------------------------------------------------------------------------- worked cases

HOME = Appraisal(value=cny(1_500_000), on="2024-03-15")
FALLING = _changes(*["99"] * 12)
RISING = _changes(*["101"] * 12)


def test_a_fall_is_taken_at_once_from_the_month_of_the_appraisal_to_the_last_that_has_ended() -> None:
    found = revalue([HOME], FALLING, KEEP, on="2024-06-29")
    assert (found.factor, found.value, found.as_of) == (Fraction(9801, 10000), cny(1_470_150), Date(2024, 5, 31))
    assert revalue([HOME], FALLING, KEEP, on="2024-06-30").value == cny("1455448.50")
    assert found.as_facts(Collateral(value=HOME.value, valued_on=HOME.on)) == Collateral(value=cny(1_470_150), valued_on="2024-05-31")


def test_a_rise_is_believed_as_far_as_there_is_a_market_price() -> None:
    values = [revalue([HOME], RISING, KEEP, on="2024-06-30", market_price=price) for price in (None, cny(1_520_000), cny(2_000_000), cny(1_400_000))]
    assert [(found.value, found.limited_by) for found in values] == [
        (cny(1_500_000), ValueLimit.APPRAISAL),
        (cny(1_520_000), ValueLimit.MARKET_PRICE),
        (cny("1545451.50"), None),
        (cny(1_400_000), ValueLimit.MARKET_PRICE),
    ]


def test_the_margin_grows_by_the_month_and_widens_what_the_home_is_worth_at_least() -> None:
    found = revalue([HOME], FALLING, KEEP, on="2024-06-29")
    assert (found.months_since_appraisal, found.margin) == (months_begun(HOME.on, found.on), Fraction(12, 1000))
    assert found.low == cny("1452508.20")


DUE: dict[str, tuple[dict[str, Any], list[str]]] = {
    "never appraised": ({"appraisals": []}, ["no_appraisal"]),
    "appraised after the day": ({"appraisals": [Appraisal(value=cny(1), on="2025-01-01")]}, ["no_appraisal"]),
    "36 months old": ({"appraisals": [attrs.evolve(HOME, on="2021-06-30")], "index": _changes(*["100"] * 12, since=0)}, ["index_has_holes"]),
    "36 months and a day old": (
        {"appraisals": [attrs.evolve(HOME, on="2021-06-29")], "index": _changes(*["100"] * 12, since=0)}, ["appraisal_too_old", "index_has_holes"],
    ),
    "an index that ended four months ago": ({"index": _changes("99")}, []),
    "an index with a hole": (
        {"index": PriceIndex(region="Wuxi", kind="change", figures={"2024-04": "99", "2024-06": "99"})}, ["index_has_holes"],
    ),
    "levels with a hole between": ({"index": PriceIndex(region="Wuxi", kind="level", figures={"2024-03": "99", "2024-06": "97"})}, []),
    "levels without the appraisal's month": (
        {"index": PriceIndex(region="Wuxi", kind="level", figures={"2024-04": "99", "2024-06": "97"})}, ["index_has_holes"],
    ),
    "a fall by a fifth": ({"index": PriceIndex(region="Wuxi", kind="level", figures={"2024-03": "100", "2024-06": "80"})}, ["fell_far"]),
    "a little less": ({"index": PriceIndex(region="Wuxi", kind="level", figures={"2024-03": "100", "2024-06": "80.01"})}, []),
    "a damaged home": ({"collateral": Collateral(damaged_by_owner=True)}, ["damaged"]),
    "nobody has looked": ({"collateral": Collateral(damaged_by_owner=None, project_stalled=None)}, ["damaged", "project_stalled"]),
    "a stalled project": ({"collateral": Collateral(project_stalled=True)}, ["project_stalled"]),
    "a shop": ({"collateral": Collateral(property_type="commercial")}, ["other_property"]),
    "a sound home": ({"collateral": Collateral(property_type="completed_home")}, []),
}  # fmt: skip


@pytest.mark.parametrize(("given_", "reasons"), DUE.values(), ids=DUE)
def test_an_index_may_be_used_or_the_reasons_say_why_not(given_: dict[str, Any], reasons: list[str]) -> None:
    asked = {"appraisals": [HOME], "index": FALLING, "on": "2024-06-30", **given_}
    found = revalue(asked.pop("appraisals"), asked.pop("index"), KEEP, **asked)
    assert [reason.value for reason in found.reasons] == reasons
    assert found.appraisal_due is bool(reasons) is (found.value is None)
    kept = Collateral(value=cny(1))
    assert (found.as_facts(kept) == kept) is bool(reasons)
    for lang in ("zh", "en"):
        assert KEEP.text(lang) in found.text(lang)
        assert all(reason.label(lang) in found.text(lang) for reason in found.reasons)
        assert all(month in found.text(lang) for month in found.missing)


@pytest.mark.parametrize(("on", "reasons"), [("2024-07-30", ()), ("2024-08-30", (AppraisalReason.INDEX_ENDED,))])
def test_an_index_may_have_ended_three_months_ago_and_not_four(on: str, reasons: tuple[AppraisalReason, ...]) -> None:
    ended_in_april = PriceIndex(region="Wuxi", kind="change", figures={"2024-04": "99"})
    assert revalue([HOME], ended_in_april, KEEP, on=on).reasons == reasons


def test_a_young_appraisal_needs_no_index_yet() -> None:
    found = revalue([attrs.evolve(HOME, on="2025-03-10")], FALLING, KEEP, on="2025-03-20")
    assert (found.value, found.factor, found.as_of) == (HOME.value, Fraction(1), Date(2025, 3, 10))
    assert not found.appraisal_due


def test_a_wall_that_the_owner_takes_down_is_looked_at_and_priced_by_nobodys_index() -> None:
    found = revalue([HOME], FALLING, KEEP, on="2024-06-30", collateral=Collateral(damaged_by_owner=True))
    assert (found.value, found.indexed) == (None, cny("1455448.50"))
    assert not cover(cny(1_000_000), HOME.value, limit="0.70").is_short
    fallen = cover(cny(1_000_000), HOME.value - cny(300_000), limit="0.70")
    assert (fallen.shortfall, fallen.security_needed) == (cny(160_000), cny("228571.43"))


def test_the_last_appraisal_counts_in_whatever_order_they_come() -> None:
    later = Appraisal(value=cny(1_400_000), on="2024-05-02")
    assert revalue([later, HOME], FALLING, KEEP, on="2024-05-31") == revalue([HOME, later], FALLING, KEEP, on="2024-05-31")
    assert revalue([later, HOME, later], FALLING, KEEP, on="2024-05-31").appraisal == later


def test_the_market_of_a_case_file_is_read_off_the_index() -> None:
    market = _changes(*["99"] * 11, "101").market_on("2025-02-10")
    assert (market.price_change_12m, market.price_volatility, market.as_of) == (Fraction(-95_709, 10**6), Fraction(2, 100), Date(2025, 1, 31))
    early = _changes(*["99"] * 11).market_on("2025-02-10")
    assert (early.price_change_12m, early.price_volatility, early.as_of) == (None, None, Date(2024, 12, 31))
    assert FALLING.market_on("2024-02-28").as_of is None


def test_a_worthless_home_covers_nothing_and_no_debt_is_covered_by_it() -> None:
    assert (cover(cny(1), cny(0), limit="0.7").ltv, cover(cny(0), cny(0), limit="0.7").ltv) == (None, Fraction(0))
    assert cover(cny(1), cny(0), limit="0.7").text("zh") == "贷款价值比无限（押品无价值），上限70%：不足；还款1元，或追加价值1.43元的担保，即可补足"
    assert cover(cny(70), cny(100), limit="0.7").text() == "loan to value 70.0 %, limit 70 %: covered"


def test_a_value_is_told_with_its_margin_its_age_and_what_held_it_down() -> None:
    worth = "on 29 Jun 2024 the home is worth CNY 1,500,000.00, at least CNY 1,482,000.00 (margin 1.2 %)"
    assert revalue([HOME], RISING, KEEP, on="2024-06-29").text().splitlines() == [
        f"{worth}, by prices of 31 May 2024 and the appraisal of 15 Mar 2024, 4 months ago",
        "held down by the appraisal, for want of a market price",
        f"valued by {KEEP.text()}",
    ]


def test_each_field_of_a_convention_changes_what_is_printed() -> None:
    other: dict[str, Any] = {
        "name": ("他行", "another"), "source": attrs.evolve(KEEP.source, article="1"), "most_months": 12, "most_index_months": 1, "most_fall": "0.1",
        "error_a_month": "0.01",
    }  # fmt: skip
    assert {field.name for field in attrs.fields(ValuationConvention)} == set(other)
    for lang in ("zh", "en"):
        assert len({KEEP.text(lang), *(attrs.evolve(KEEP, **{name: value}).text(lang) for name, value in other.items())}) == len(other) + 1


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "two appraisals of one day that differ": (
        lambda: revalue([HOME, attrs.evolve(HOME, value=cny(1))], FALLING, KEEP, on="2024-06-30"), r"`appraisals` must be one value of 2024-03-15",
    ),
    "appraisals of two currencies": (
        lambda: revalue([HOME, Appraisal(value=Money.of(1, "USD"), on="2024-03-16")], FALLING, KEEP, on="2024-06-30"), r"all in one currency",
    ),
    "a market price of another currency": (
        lambda: revalue([HOME], FALLING, KEEP, on="2024-06-30", market_price=Money.of(1, "USD")), r"`market_price` must be in `CNY`",
    ),
    "a market price below 0": (lambda: revalue([HOME], FALLING, KEEP, on="2024-06-30", market_price=cny(-1)), r"`market_price` must be from 0"),
    "a negative appraisal": (lambda: Appraisal(value=cny(-1), on="2024-03-15"), r"`Appraisal.value` must be from 0"),
    "an index of nothing": (lambda: PriceIndex(region="Wuxi", kind="change", figures={}), r"`PriceIndex.figures` must be one or more"),
    "a month twice": (
        lambda: PriceIndex(region="Wuxi", kind="change", figures=[("2024-01", "99"), ("2024-01", "98")]), r"one figure a month, got `'2024-01'`",
    ),
    "a month that is none": (lambda: PriceIndex(region="Wuxi", kind="change", figures={"2024-13": "99"}), r"a month, as text like 2025-03"),
    "a figure of 0": (lambda: PriceIndex(region="Wuxi", kind="change", figures={"2024-01": "0"}), r"a figure above 0"),
    "a float": (lambda: PriceIndex(region="Wuxi", kind="change", figures={"2024-01": 99.5}), r"an exact ratio"),  # type: ignore[arg-type] # on purpose
    "figures without months": (lambda: PriceIndex(region="Wuxi", kind="change", figures=["99"]), r"a month with its figure"),  # type: ignore[list-item] # on purpose
    "a kind that is none": (lambda: PriceIndex(region="Wuxi", kind="levels", figures={"2024-01": "99"}), r"perhaps `level`"),
    "back in time": (lambda: FALLING.change("2024-03", "2024-02"), r"`last` must be in or after 2024-03"),
    "a share above 1": (lambda: attrs.evolve(KEEP, most_fall=2), r"an exact ratio from 0 to 1"),
    "months of 0": (lambda: attrs.evolve(KEEP, most_months=0), r"at least 1"),
    "no source": (lambda: attrs.evolve(KEEP, source=1), r"a Citation"),  # type: ignore[arg-type] # on purpose
    "a limit of 0": (lambda: cover(cny(1), cny(1), limit=0), r"`limit` must be above 0"),
    "a limit that is none": (lambda: cover(cny(1), cny(1), limit="70%"), r"`limit` must be an exact ratio"),
    "a balance below 0": (lambda: cover(cny(-1), cny(1), limit="0.7"), r"`balance` must be from 0"),
    "a value of another currency": (lambda: cover(cny(1), Money.of(1, "USD"), limit="0.7"), r"`value` must be in `CNY`"),
    "no appraisals": (lambda: revalue(HOME, FALLING, KEEP, on="2024-06-30"), r"`appraisals` must be a tuple of Appraisal"),  # type: ignore[arg-type] # on purpose
    "no index": (lambda: revalue([HOME], None, KEEP, on="2024-06-30"), r"`index` must be a PriceIndex"),  # type: ignore[arg-type] # on purpose
    "no convention": (lambda: revalue([HOME], FALLING, None, on="2024-06-30"), r"`convention` must be"),  # type: ignore[arg-type] # on purpose
    "no collateral": (
        lambda: revalue([HOME], FALLING, KEEP, on="2024-06-30", collateral=1), r"`collateral` must be a Collateral",  # type: ignore[arg-type] # on purpose
    ),
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_by_its_name(call: Callable[[], object], message: str) -> None:
    with pytest.raises(RevisitPolicyError, match=message):
        call()
