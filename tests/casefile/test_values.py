"""What every part of a case file keeps to as a value."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.casefile import files

import revisit_policy
from revisit_policy.casefile.borrower import BorrowerProfile
from revisit_policy.casefile.collateral import Collateral
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.outcomes.grade import UNCLASSIFIED
from revisit_policy.values.dates import Date
from revisit_policy.values.money import cny

PARTS = [
    files.loan(),
    files.borrower(),
    files.collateral(),
    Collateral(),
    MarketConditions(),
    files.visit(),
    files.case(),
    files.FULL,
    files.FULL.loan,
    files.FULL.borrower,
    files.FULL.collateral,
    files.FULL.market,
    files.FULL.events[0],
]


def names() -> dict[str, Any]:
    """What a reader has at hand who pastes a repr: the front door and the two names that a repr needs beside it."""
    offered = {name: getattr(revisit_policy, name) for name in revisit_policy.__all__}
    return {**offered, "Date": Date, "Fraction": Fraction}


each_part = pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)


@each_part
def test_a_part_cannot_be_changed(part: Any) -> None:
    field = attrs.fields(type(part))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(part, field, getattr(part, field))
    with pytest.raises((AttributeError, attrs.exceptions.FrozenInstanceError)):
        part.remark = "a field of my own"


@each_part
def test_a_part_is_a_key_that_an_equal_one_finds(part: Any) -> None:
    assert {part: "found"}[attrs.evolve(part)] == "found"


@each_part
def test_a_part_survives_pickling_and_copying(part: Any) -> None:
    for again in (pickle.loads(pickle.dumps(part)), copy.copy(part), copy.deepcopy(part)):
        assert again == part
        assert hash(again) == hash(part)
        assert repr(again) == repr(part)


@each_part
def test_the_repr_of_a_part_can_be_pasted_back(part: Any) -> None:
    assert eval(repr(part), names()) == part  # noqa: S307 - pasting back is what is tested


@each_part
def test_a_part_holds_tuples_and_values_and_nothing_that_can_change(part: Any) -> None:
    for field in attrs.fields(type(part)):
        hash(getattr(part, field.name))


@pytest.mark.parametrize(
    ("part", "change"),
    [
        pytest.param(files.loan(), {"balance": cny(1_400_000)}, id="a loan paid down"),
        pytest.param(files.borrower(), {"monthly_income": None}, id="an income no longer known"),
        pytest.param(Collateral(), {"value": cny(1)}, id="a home valued"),
        pytest.param(MarketConditions(), {"price_change_12m": "-0.05"}, id="prices that fall"),
        pytest.param(files.visit(), {"finding": "unsatisfactory"}, id="a visit with another finding"),
        pytest.param(files.case(), {"visits": (files.visit(),)}, id="one visit more"),
    ],
)
def test_a_change_makes_another_value_and_leaves_the_first(part: Any, change: dict[str, Any]) -> None:
    before = repr(part)
    changed = attrs.evolve(part, **change)
    assert changed != part
    assert repr(part) == before


def test_a_list_of_visits_becomes_a_tuple_by_the_day_of_completion() -> None:
    late, early = files.visit(completed_on="2026-02-01"), files.visit(completed_on="2025-02-01")
    assert files.case(visits=[late, early]).visits == (early, late)


def test_visits_of_one_day_keep_the_order_they_were_told_in() -> None:
    call, house = files.visit(method="phone"), files.visit(method="on_site")
    assert files.case(visits=(house, call)).visits == (house, call)


@pytest.mark.parametrize("rate", ["0.0335", Decimal("0.0335"), Fraction(67, 2000), Decimal("0.03350")], ids=repr)
def test_equal_rates_make_equal_loans_however_they_are_written(rate: Any) -> None:
    assert files.loan(annual_rate=rate) == files.loan()
    assert repr(files.loan(annual_rate=rate)) == repr(files.loan())


# -- what absence means ----------------------------------------------------------------------------------------------


def test_a_register_left_out_has_no_entry() -> None:
    registers = (files.loan().impaired, files.borrower().deceased, Collateral().seized, files.borrower().failed_contact_attempts)
    assert registers == (False, False, False, 0)


def test_a_register_that_nobody_searched_is_unknown() -> None:
    assert files.loan(impaired=None).impaired is None


def test_a_measurement_left_out_is_unknown() -> None:
    assert (files.loan().missed_consecutive, BorrowerProfile("B-1").monthly_income, Collateral().value) == (None, None, None)


def test_a_loan_never_graded_is_unclassified_and_one_that_nobody_looked_up_is_unknown() -> None:
    assert (files.case().determination.grade, files.case(determination=None).determination.grade) == (UNCLASSIFIED, None)


# -- what follows from the fields ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        pytest.param({}, Date(2054, 3, 15), id="as contracted"),
        pytest.param({"extended_to": "2056-01-31"}, Date(2056, 1, 31), id="as extended"),
        pytest.param({"disbursed_on": "2024-08-31", "term_months": 6}, Date(2025, 2, 28), id="in a month that is too short"),
    ],
)
def test_a_loan_matures(changes: dict[str, Any], day: Date) -> None:
    assert files.loan(**changes).matures_on == day


@pytest.mark.parametrize(
    ("changes", "restructured"),
    [
        pytest.param({}, False, id="nothing on file"),
        pytest.param({"restructured_on": "2025-01-01"}, True, id="on a known day"),
        pytest.param({"in_observation": True}, True, id="on an unknown day, still under observation"),
        pytest.param({"restructured_again": True, "in_observation": None}, True, id="again"),
        pytest.param({"in_observation": None}, None, id="nobody looked"),
        pytest.param({"in_observation": None, "restructured_on": "2025-01-01"}, True, id="the day is enough"),
    ],
)
def test_whether_a_loan_was_restructured_follows_from_what_is_on_file(changes: dict[str, Any], restructured: bool | None) -> None:
    assert files.loan(**changes).restructured is restructured
