"""The monthly prices of seventy Chinese cities, where whoever runs this has them.

`REVISIT_POLICY_CITY_PRICES` names a parquet file with the columns month, city, kind (new or resale), mom and yoy (the month before,
or the same month a year before, as 100). The figures are the statistical bureau's and no part of the project.
"""

from __future__ import annotations

import os
from decimal import Decimal
from fractions import Fraction
from typing import Final

import polars as pl
import pytest

from revisit_policy import cny
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import Appraisal, AppraisalReason, PriceIndex, revalue

FILE: Final = os.environ.get("REVISIT_POLICY_CITY_PRICES")
pytestmark = pytest.mark.skipif(FILE is None, reason="REVISIT_POLICY_CITY_PRICES names no file of city prices")

HOLES: Final = ("2022-02", "2023-02", "2023-07")
WITH_HOLES: Final = {"包头", "哈尔滨", "徐州", "石家庄"}


@pytest.fixture(scope="module")
def prices() -> pl.DataFrame:
    return pl.read_parquet(str(FILE)).with_columns(pl.col("mom", "yoy").cast(pl.Decimal(6, 1)))


@pytest.fixture(scope="module")
def cities(prices: pl.DataFrame) -> dict[tuple[str, str], PriceIndex]:
    found: dict[tuple[str, str], PriceIndex] = {}
    for (city, kind), rows in prices.group_by("city", "kind"):
        figures: dict[str, Decimal] = dict(rows.select("month", "mom").iter_rows())
        found[str(city), str(kind)] = PriceIndex(region=str(city), kind="change", figures=figures)
    return found


def test_all_cities_have_every_month_but_four_that_lack_three(cities: dict[tuple[str, str], PriceIndex]) -> None:
    assert len(cities) == 140
    missing = {key: index.missing("2020-09", "2026-06") for key, index in cities.items()}
    assert {city for (city, _), months in missing.items() if months} == WITH_HOLES
    assert {months for months in missing.values() if months} == {HOLES}


def test_a_year_of_monthly_changes_makes_the_yearly_one_as_far_as_rounding_goes(
    prices: pl.DataFrame, cities: dict[tuple[str, str], PriceIndex]
) -> None:
    for city, kind, month, yoy in prices.select("city", "kind", "month", "yoy").iter_rows():
        year_before = f"{int(month[:4]) - 1}{month[4:]}"
        index = cities[city, kind]
        if year_before >= "2020-09" and not index.missing(year_before, month):
            # twelve figures rounded to a tenth are each wrong by a twentieth of a percent at most
            assert abs(index.change(year_before, month) * 100 - Fraction(yoy)) < 2, (city, kind, month)


def test_a_home_in_a_city_with_holes_is_appraised_and_elsewhere_carried_on(cities: dict[tuple[str, str], PriceIndex]) -> None:
    home = Appraisal(value=cny(2_000_000), on="2022-01-20")
    for (city, _), index in cities.items():
        found = revalue([home], index, cn_housing.VALUATION_CONVENTION, on="2023-08-31")
        assert (AppraisalReason.INDEX_HAS_HOLES in found.reasons) is (city in WITH_HOLES)
        assert found.missing == (HOLES if city in WITH_HOLES else ())
        assert found.indexed is None or found.indexed <= home.value


def test_the_median_resale_home_of_2023_has_lost_about_a_fifth_and_where_it_is_more_somebody_has_to_look(cities: dict[tuple[str, str], PriceIndex]) -> None:
    home = Appraisal(value=cny(1_000_000), on="2023-08-15")
    resale = [index for (_, kind), index in cities.items() if kind == "resale"]
    found = [revalue([home], index, cn_housing.VALUATION_CONVENTION, on="2026-06-30") for index in resale]
    values = sorted(each.indexed for each in found if each.indexed is not None)
    assert len(values) == 70
    assert cny(700_000) < values[35] < cny(850_000)
    assert all((AppraisalReason.FELL_FAR in each.reasons) is (each.factor is not None and each.factor <= Fraction(4, 5)) for each in found)
