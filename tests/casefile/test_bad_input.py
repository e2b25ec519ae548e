"""What a case file refuses, and in which words."""

from __future__ import annotations

import datetime as dt
import math
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from tests.casefile import files

from revisit_policy.casefile.borrower import CreditStanding
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.loan import Loan, Product
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money, cny

USD = Money.of(100_000, "USD")


class NotATime(dt.datetime):
    """What a data frame puts where a day is missing: a datetime by type, no day by meaning."""


def faults(make: Callable[[], object]) -> list[str]:
    with pytest.raises(InvalidInputError) as refused:
        make()
    return [str(fault) for fault in refused.value.exceptions]


DAY = "a day, as a date or as text like 2026-01-31"

ONE_FAULT = [
    # the loan: amounts
    ("a balance above the principal", lambda: files.loan(balance=cny("1800000.01")), "`Loan.balance` must be at most `principal` (CNY 1,800,000.00), got"),
    ("a principal of nothing", lambda: files.loan(principal=cny(0), balance=cny(0)), "`Loan.principal` must be more than 0, got"),
    ("a balance below zero", lambda: files.loan(balance=cny(-1)), "`Loan.balance` must be from 0 to"),
    ("an amount too large to compare exactly", lambda: files.loan(principal=cny(10**12)), "`Loan.principal` must be from 0 to"),
    ("a float for money", lambda: files.loan(balance=1_455_000.0), '`Loan.balance` must be money, such as cny("1800000.00"), got `1455000.0` (float)'),
    ("a bare number for money", lambda: files.loan(balance=1_455_000), "`Loan.balance` must be money"),
    ("text for money", lambda: files.loan(balance="1455000"), "`Loan.balance` must be money"),
    ("a required amount that is not known", lambda: files.loan(balance=None), "`Loan.balance` must be money"),
    ("a down payment above the price", lambda: files.loan(price=cny(10), down_payment=cny(11)), "`Loan.down_payment` must be at most `price` (CNY 10.00)"),
    ("a credit loss above what can be lost", lambda: files.loan(ecl=cny(2), carrying_amount=cny(1)), "`Loan.ecl` must be at most `carrying_amount`"),
    ("a property fee above all debt service", lambda: files.borrower(property_fee=cny(9_101)), "`BorrowerProfile.property_fee` must be part of"),
    # currencies
    (
        "dollars lent and yuan owed",
        lambda: files.loan(principal=Money.of(2_000, "USD")),
        "`Loan.principal` must be in one currency with the loan's other amounts, not CNY and USD",
    ),
    ("an instalment in dollars", lambda: files.loan(instalment=USD), "`Loan.principal` must be in one currency"),
    (
        "an income in dollars",
        lambda: files.case(borrower=files.borrower(monthly_income=USD)),
        "`CaseFile.loan` must be in one currency with borrower and collateral, not CNY and USD",
    ),
    ("a home valued in dollars", lambda: files.case(collateral=files.collateral(value=USD)), "`CaseFile.loan` must be in one currency"),
    # counts and flags
    (
        "negative days past due",
        lambda: files.loan(days_past_due=-1),
        "`Loan.days_past_due` must be a whole number at least 0 and at most 36500, got `-1` (int)",
    ),
    ("days past due that nobody knows", lambda: files.loan(days_past_due=None), "`Loan.days_past_due` must be a whole number"),
    ("a fraction of a day past due", lambda: files.loan(days_past_due=30.0), "`Loan.days_past_due` must be a whole number"),
    ("a flag for a count", lambda: files.loan(days_past_due=True), "`Loan.days_past_due` must be a whole number"),
    ("a term of no months", lambda: files.loan(term_months=0), "`Loan.term_months` must be a whole number at least 1 and at most 600"),
    ("a term in years written as months too many", lambda: files.loan(term_months=601), "`Loan.term_months` must be a whole number at least 1 and at most 600"),
    (
        "a count below zero in a register",
        lambda: files.borrower(failed_contact_attempts=-1),
        "`BorrowerProfile.failed_contact_attempts` must be a whole number",
    ),
    ("a count for a flag", lambda: files.loan(impaired=1), "`Loan.impaired` must be True or False, got `1` (int)"),
    ("a word for a flag", lambda: files.collateral(seized="yes"), "`Collateral.seized` must be True or False, got `'yes'`"),
    # ratios
    ("a float for a rate", lambda: files.loan(annual_rate=0.0335), "`Loan.annual_rate` must be an exact ratio"),
    (
        "a rate in per cent",
        lambda: files.loan(annual_rate="3.35"),
        "`Loan.annual_rate` must be an exact ratio from 0 to 1, 1 being a hundred per cent, got `'3.35'`",
    ),
    ("a rate with a per cent sign", lambda: files.loan(annual_rate="3.35%"), "`Loan.annual_rate` must be an exact ratio"),
    ("a rate below zero", lambda: files.loan(annual_rate=Decimal("-0.01")), "`Loan.annual_rate` must be an exact ratio from 0 to 1"),
    (
        "prices that fall by more than everything",
        lambda: MarketConditions(price_change_12m="-1.01"),
        "`MarketConditions.price_change_12m` must be an exact ratio from -1 to 1",
    ),
    (
        "prices that rise by 4.2 per cent, without the noughts",
        lambda: MarketConditions(price_change_12m=Decimal("4.2")),
        "`MarketConditions.price_change_12m` must be an exact ratio from -1 to 1, 1 being a hundred per cent",
    ),
    ("a volatility in per cent", lambda: MarketConditions(price_volatility=4), "`MarketConditions.price_volatility` must be an exact ratio from 0 to 1"),
    ("a volatility below zero", lambda: MarketConditions(price_volatility="-0.01"), "`MarketConditions.price_volatility` must be an exact ratio from 0 to 1"),
    ("a ratio that is no number", lambda: MarketConditions(price_volatility=math.nan), "`MarketConditions.price_volatility` must be an exact ratio"),  # type: ignore[arg-type] # what a data frame hands over
    # days
    ("a moment for a day", lambda: files.loan(disbursed_on=dt.datetime(2024, 3, 15)), f"`Loan.disbursed_on` must be {DAY}"),  # noqa: DTZ001 - what a caller may hand over
    ("a missing day of a data frame", lambda: files.loan(signed_on=NotATime(1, 1, 1)), f"`Loan.signed_on` must be {DAY}"),
    ("the word now", lambda: files.visit(completed_on="now"), f"`Visit.completed_on` must be {DAY}, got `'now'`"),
    ("a day without its noughts", lambda: files.visit(completed_on="2025-1-2"), f"`Visit.completed_on` must be {DAY}"),
    ("a day that does not exist", lambda: files.collateral(valued_on="2025-02-29"), "`Collateral.valued_on` must be a day that exists, got `'2025-02-29'`"),
    ("a day of another age", lambda: files.collateral(valued_on="1899-12-31"), "`Collateral.valued_on` must be a day of the years 1900 to 2199"),
    ("a number for a day", lambda: files.collateral(valued_on=20260302), f"`Collateral.valued_on` must be {DAY}"),
    ("a completed visit without a date", lambda: files.visit(completed_on=None), f"`Visit.completed_on` must be {DAY}, got `None`"),
    (
        "a contract signed after the money was paid out",
        lambda: files.loan(signed_on="2024-03-16"),
        "`Loan.signed_on` must be on or before `disbursed_on` (2024-03-15)",
    ),
    (
        "an extension that shortens the term",
        lambda: files.loan(extended_to="2054-03-15"),
        "`Loan.extended_to` must be after the contracted maturity (2054-03-15)",
    ),
    ("a maturity before the disbursement", lambda: files.loan(extended_to="2024-03-14"), "`Loan.extended_to` must be after the contracted maturity"),
    (
        "an observation that ends before it begins",
        lambda: files.loan(restructured_on="2026-01-31", observation_until="2026-01-31"),
        "`Loan.observation_until` must be after `restructured_on` (2026-01-31)",
    ),
    # names
    (
        "an unknown product",
        lambda: files.loan(product="first_hom"),
        "`commercial`, `provident_fund_combination`, perhaps `first_home`, got `'first_hom'`",
    ),
    ("a product by its Python name", lambda: files.loan(product="FIRST_HOME"), "perhaps `first_home`, got `'FIRST_HOME'`"),
    (
        "an unknown standing",
        lambda: files.borrower(credit_standing="excelent"),
        "`BorrowerProfile.credit_standing` must be one of `excellent`, `good`, `average`, `poor`, perhaps `excellent`",
    ),
    (
        "a standing that looks like none",
        lambda: files.borrower(credit_standing="AAA"),
        "`BorrowerProfile.credit_standing` must be one of `excellent`, `good`, `average`, `poor`, got `'AAA'`",
    ),
    ("a member of another enumeration", lambda: files.loan(product=CreditStanding.GOOD), "`Loan.product` must be one of"),
    ("an unknown way of repayment", lambda: files.loan(repayment="levelpayment"), "perhaps `level_payment`"),
    ("an unknown employment", lambda: files.borrower(employment="salary"), "perhaps `salaried`"),
    ("an unknown property type", lambda: files.collateral(property_type="offplan"), "perhaps `off_plan`"),
    ("an unknown state of registration", lambda: files.collateral(registration="preregistered"), "perhaps `pre_registered`"),
    (
        "an unknown grade that was determined",
        lambda: Determination("unclasified"),
        "`Determination.grade` must be one of `unclassified`, `normal`, `special_mention`, `substandard`, `doubtful`, `loss`, perhaps `unclassified`",
    ),
    (
        "an unknown kind of visit",
        lambda: files.visit(kind="monthly"),
        "`Visit.kind` must be one of `first`, `periodic`, `triggered`, `revaluation`, got `'monthly'`",
    ),
    ("an unknown method", lambda: files.visit(method="onsite"), "perhaps `on_site`"),
    ("an unknown finding", lambda: files.visit(finding="satisfactry"), "perhaps `satisfactory`"),
    ("an event of no signal", lambda: Event("seized", since="2026-01-01"), "perhaps `seizure`"),
    # text
    ("a loan without a number", lambda: Loan("", **files.LOAN), "`Loan.loan_no` must be text with no space around it, got `''`"),
    ("a number of a loan that is no text", lambda: Loan(117, **files.LOAN), "`Loan.loan_no` must be text"),  # type: ignore[arg-type]
    ("a padded region", lambda: MarketConditions(region=" Guangzhou"), "`MarketConditions.region` must be text"),
    # the case file
    ("a loan told as a dict", lambda: files.case(loan=dict(files.LOAN)), "`CaseFile.loan` must be a Loan, got"),
    ("no borrower", lambda: files.case(borrower=None), "`CaseFile.borrower` must be a BorrowerProfile, got `None`"),
    ("no collateral where nothing is known of it", lambda: files.case(collateral=None), "`CaseFile.collateral` must be a Collateral, got `None`"),
    ("one visit that is not in a tuple", lambda: files.case(visits=files.visit()), "`CaseFile.visits` must be a tuple of Visit"),
    ("an event among the visits", lambda: files.case(visits=(Event("seizure", since="2026-01-01"),)), "`CaseFile.visits` must be a tuple of Visit"),
    (
        "two beginnings of one signal",
        lambda: files.case(events=(Event("npl", since="2026-01-01"), Event("npl", since="2026-02-01"))),
        "`CaseFile.events` must be at most one event a signal, got `'npl'`",
    ),
]


@pytest.mark.parametrize(("make", "message"), [pytest.param(*row[1:], id=row[0]) for row in ONE_FAULT])
def test_bad_input_is_refused_in_one_line_that_names_field_rule_and_value(make: Callable[[], object], message: str) -> None:
    (found,) = faults(make)
    assert message in found
    assert ", got `" in found
    assert "\n" not in found


def test_all_faults_of_one_object_come_together_in_the_order_of_its_fields() -> None:
    found = faults(lambda: files.loan(product="flat", balance=-1, annual_rate=0.03, disbursed_on="now", days_past_due=None))
    assert [fault.partition("`")[2].partition("`")[0] for fault in found] == [
        "Loan.product",
        "Loan.balance",
        "Loan.annual_rate",
        "Loan.disbursed_on",
        "Loan.days_past_due",
    ]


def test_a_contradiction_is_told_beside_a_malformed_field_it_does_not_read() -> None:
    found = faults(lambda: files.loan(balance=cny(1_800_001), annual_rate=0.03))
    assert [fault.partition("`")[2].partition("`")[0] for fault in found] == ["Loan.annual_rate", "Loan.balance"]


def test_every_contradiction_of_a_loan_is_told_at_once() -> None:
    changes: dict[str, Any] = {
        "balance": cny(1_800_001),
        "price": cny(1),
        "down_payment": cny(2),
        "ecl": cny(2),
        "carrying_amount": cny(1),
        "signed_on": "2024-03-16",
        "extended_to": "2024-03-17",
    }
    assert len(faults(lambda: files.loan(**changes))) == 5


def test_a_refusal_keeps_its_parts_and_survives_pickling() -> None:
    with pytest.raises(InvalidInputError) as refused:
        files.loan(product="flat", days_past_due=-1)
    again = pickle.loads(pickle.dumps(refused.value))
    assert str(again) == str(refused.value)
    assert [(fault.owner, fault.field, fault.value) for fault in again.exceptions] == [("Loan", "product", "flat"), ("Loan", "days_past_due", -1)]


def test_what_cannot_be_done_without_is_asked_for_by_name() -> None:
    for name in files.LOAN.keys() - {"days_past_due"}:
        with pytest.raises(TypeError, match=name):
            Loan("GZ-1", **{key: value for key, value in files.LOAN.items() if key != name})


def test_how_late_a_loan_is_stands_in_one_field_and_in_one_only() -> None:
    told: dict[str, Any] = {key: value for key, value in files.LOAN.items() if key != "days_past_due"}
    assert faults(lambda: Loan("GZ-1", **told)) == ["`Loan.days_past_due` must be a whole number of days, or left out beside `unpaid_since`, got `None`"]
    since: dict[str, Any] = {"unpaid_since": "2026-11-19"}
    assert faults(lambda: files.loan(**since)) == ["`Loan.days_past_due` must be left out where `unpaid_since` tells it, got `0` (int)"]
    (found,) = faults(lambda: Loan("GZ-1", **told, **since, arrears_as_of="2026-11-24"))
    assert found.startswith("`Loan.arrears_as_of` must be left out where `unpaid_since` tells it")


def test_a_field_that_does_not_exist_is_not_taken() -> None:
    with pytest.raises(UnknownNameError, match="unknown field of Loan `days_overdue`"):
        files.loan(days_overdue=3)


def test_a_change_is_checked_like_a_new_object() -> None:
    (found,) = faults(lambda: attrs.evolve(files.loan(), balance=cny(1_800_001)))
    assert found.startswith("`Loan.balance` must be at most `principal`")


# -- judged on a day -------------------------------------------------------------------------------------------------

ON = Date(2026, 11, 23)
AHEAD = "2026-11-24"

DAYS_AHEAD = [
    ("a disbursement", "loan.disbursed_on", lambda: files.case(loan=files.loan(disbursed_on=AHEAD))),
    ("a restructuring", "loan.restructured_on", lambda: files.case(loan=files.loan(restructured_on=AHEAD))),
    ("a valuation", "collateral.valued_on", lambda: files.case(collateral=files.collateral(valued_on=AHEAD))),
    ("a review of the borrower", "borrower.reviewed_on", lambda: files.case(borrower=files.borrower(reviewed_on=AHEAD))),
    ("prices", "market.as_of", lambda: files.case(market=MarketConditions(as_of=AHEAD))),
    ("a visit", "visits[1].completed_on", lambda: files.case(visits=(files.visit(completed_on=AHEAD), files.visit()))),
    ("the beginning of a signal", "events[0].since", lambda: files.case(events=(Event("seizure", since=AHEAD),))),
]


@pytest.mark.parametrize(("field", "make"), [pytest.param(*row[1:], id=f"{row[0]} after the decision day") for row in DAYS_AHEAD])
def test_a_case_file_cannot_tell_of_days_after_the_one_it_is_judged_on(field: str, make: Callable[[], Any]) -> None:
    case = make()
    (found,) = faults(lambda: case.check(ON))
    assert found == f"`{field}` must be on or before the decision day (2026-11-23), got `'2026-11-24'`"
    case.check(Date(2026, 11, 24))


def test_all_days_ahead_are_told_together() -> None:
    case = files.case(loan=files.loan(disbursed_on=AHEAD), visits=(files.visit(completed_on=AHEAD),))
    assert len(faults(lambda: case.check(ON))) == 2


def test_what_lies_ahead_by_its_nature_is_no_fault() -> None:
    loan = files.loan(observation_until="2027-06-30", reclassified_on="2027-01-31", extended_to="2060-01-01")
    files.case(loan=loan, collateral=files.collateral(registrable_since="2027-05-01")).check(ON)


def test_a_full_case_file_can_be_judged() -> None:
    files.FULL.check(ON)


def test_codes_and_members_say_the_same() -> None:
    assert files.loan(product=Product.FIRST_HOME) == files.loan(product="first_home")


def test_one_fault_is_an_invalid_value_and_a_value_error() -> None:
    with pytest.raises(InvalidInputError) as refused:
        files.loan(days_past_due=-1)
    (fault,) = refused.value.exceptions
    assert isinstance(fault, InvalidValueError)
    assert isinstance(fault, ValueError)
