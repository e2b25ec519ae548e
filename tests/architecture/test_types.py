"""Types as callers ask for them: of every public class and function, of subclasses, and of what a checker is told."""

from __future__ import annotations

import datetime as dt
import inspect
import typing
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final

import attrs
import pytest
from tests.policy.small_policy import CASE, small_policy

import revisit_policy as rp
from revisit_policy import analysis, frames, testing
from revisit_policy.rulebooks import cn_housing

ROOMS: Final = {"the front door": rp, "analysis": analysis, "frames": frames, "testing": testing, "the rulebook": cn_housing}


def _public(room: ModuleType) -> Iterator[tuple[str, Any]]:
    """Every public class and function with the methods and properties of the classes."""
    for name in vars(room)["__all__"]:
        value = getattr(room, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            yield name, value
        if inspect.isclass(value):
            for of, member in vars(value).items():
                inner = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
                if inspect.isfunction(inner):
                    yield f"{name}.{of}", inner


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS.keys())
def test_the_types_of_every_public_class_and_function_can_be_asked_for(room) -> None:
    asked = dict(_public(room))
    assert len(asked) >= 2
    for name, value in asked.items():
        assert isinstance(typing.get_type_hints(value), dict), name


def test_a_constructor_says_what_its_converters_take() -> None:
    takes = typing.get_type_hints(rp.Loan.__init__)
    assert takes["disbursed_on"] == str | dt.date
    assert takes["product"] == rp.Product | str


PARTS: Final = {
    "loan": CASE.loan,
    "borrower": CASE.borrower,
    "collateral": CASE.collateral,
    "market": CASE.market,
}


@pytest.mark.parametrize(("field", "part"), PARTS.items(), ids=PARTS.keys())
def test_a_part_of_a_banks_own_class_is_taken_and_decided_like_any_other(field, part) -> None:
    own = type(f"Bank{type(part).__name__}", (type(part),), {})
    made = own(**{at.alias: getattr(part, at.name) for at in attrs.fields(type(part))})
    case = attrs.evolve(CASE, **{field: made})
    assert type(getattr(case, field)) is own
    decided, plain = (small_policy().decide(file, on="2026-06-01") for file in (case, CASE))
    assert decided.explain("en") == plain.explain("en")


def test_visits_money_and_days_of_a_banks_own_classes_are_taken_too() -> None:
    class BankVisit(rp.Visit):
        pass

    class BankMoney(rp.Money):
        pass

    class BankDay(dt.date):
        pass

    visit = BankVisit(kind="first", method="phone", completed_on=BankDay(2024, 6, 1), finding="satisfactory")
    loan = attrs.evolve(CASE.loan, balance=BankMoney(100, "CNY"))
    case = attrs.evolve(CASE, loan=loan, visits=[visit])
    assert small_policy().decide(case, on=dt.date(2026, 6, 1)).loan_no == CASE.loan.loan_no
