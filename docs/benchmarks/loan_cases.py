"""A made-up book of loans, the same on every machine: one seed, and no run depends on another."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import attrs
from loan_policy import CreditStanding, Employment, PropertyType

from revisit_policy import Money
from revisit_policy.values import Date, exact_ratio, from_ordinal

SEED = 20261124
ON = "2026-11-24"
_TODAY = date.fromisoformat(ON)

#: The measurements that a bank's file may lack.
OFTEN_MISSING = (
    "late_periods", "ecl_ratio", "loan_to_value", "debt_service", "income_change", "price_change", "volatility",
    "valuation_age", "days_since_visit", "employment", "standing",
)  # fmt: skip


@attrs.frozen(kw_only=True)
class Loan:
    """What was lent and how it is served."""

    days_past_due: int
    missed_periods: int
    late_periods: int
    balance: Money
    expected_loss: Money
    disbursed_on: Date
    matures_on: Date
    failed_contacts: int
    misuse: bool
    restructured: bool
    impaired: bool


@attrs.frozen(kw_only=True)
class Borrower:
    """Who owes it."""

    income: Money
    income_before: Money
    debt_service: Money
    employment: Employment
    standing: CreditStanding
    bankrupt: bool


@attrs.frozen(kw_only=True)
class Collateral:
    """What secures it."""

    value: Money
    valued_on: Date
    property_type: PropertyType
    seized: bool
    stalled: bool


@attrs.frozen(kw_only=True)
class Market:
    """What prices do there."""

    price_index: int
    price_index_before: int
    volatility: Fraction = attrs.field(converter=exact_ratio)


@attrs.frozen(kw_only=True)
class Visit:
    """When the borrower was last met."""

    completed_on: Date


@attrs.frozen(kw_only=True)
class Case:
    """One loan with all that is known of it."""

    loan: Loan
    borrower: Borrower
    collateral: Collateral
    market: Market
    visits: tuple[Visit, ...]


def book(count: int) -> Iterator[Case]:
    """*count* loans, nine in ten of them served on time."""
    rng = Random(SEED)
    return (_case(rng) for _ in range(count))


def with_gaps(values: tuple[Any, ...], places: tuple[int, ...], rng: Random) -> tuple[tuple[Any, ...], tuple[int, ...]]:
    """*values* with one to three of *places* unknown, and which ones these are, in order."""
    unknown = tuple(sorted(rng.sample(places, rng.randint(1, 3))))
    return tuple(None if place in unknown else value for place, value in enumerate(values)), unknown


def _day(days_ago: int) -> Date:
    return from_ordinal((_TODAY - timedelta(days=days_ago)).toordinal())


def _yuan(amount: float) -> Money:
    return Money(round(amount) * 100, "CNY")


def _case(rng: Random) -> Case:
    overdue = 0 if rng.random() < 0.90 else rng.choice((rng.randint(1, 30), rng.randint(1, 120), rng.randint(60, 700)))
    on_book = rng.randint(30, 5400)
    owed = rng.choice((rng.uniform(2e5, 3e6), rng.uniform(2e5, 3e6), rng.uniform(1e6, 1.6e7)))
    return Case(
        loan=_loan(rng, overdue, on_book, owed),
        borrower=_borrower(rng, under_strain=overdue > 0),
        collateral=Collateral(
            value=_yuan(owed / rng.betavariate(4, 3.6) * rng.choice((1, 1, 1, 0.85))),
            valued_on=_day(min(on_book, rng.randint(10, 700))),
            property_type=rng.choices(tuple(PropertyType), (80, 14, 6))[0],
            seized=rng.random() < (0.05 if overdue > 90 else 0.001),
            stalled=rng.random() < 0.006,
        ),
        market=Market(
            price_index=10_000 + round(rng.gauss(100, 600)), price_index_before=10_000, volatility=f"{abs(rng.gauss(0.06, 0.04)):.4f}"
        ),
        visits=tuple(Visit(completed_on=_day(rng.randint(5, min(on_book + 10, 900)))) for _ in range(rng.randint(1, 3))),
    )


def _loan(rng: Random, overdue: int, on_book: int, owed: float) -> Loan:
    impaired = rng.random() < (0.5 if overdue > 90 else 0.003)
    return Loan(
        days_past_due=overdue,
        missed_periods=(overdue + 29) // 30,
        late_periods=min(12, (overdue + 29) // 30 + rng.choice((0, 0, 0, 0, 1, 1, 2, 3)) * (rng.random() < 0.5)),
        balance=_yuan(owed),
        expected_loss=_yuan(owed * (rng.uniform(0.2, 1) if impaired else rng.uniform(0, 0.02))),
        disbursed_on=_day(on_book),
        matures_on=_day(-rng.randint(30, 9000)),
        failed_contacts=rng.choice((0, 0, 1, 3, 7)) if overdue or rng.random() < 0.04 else 0,
        misuse=rng.random() < 0.004,
        restructured=rng.random() < (0.10 if overdue else 0.006),
        impaired=impaired,
    )


def _borrower(rng: Random, *, under_strain: bool) -> Borrower:
    before = rng.uniform(6e3, 6e4)
    now = before * (rng.uniform(0.3, 1.1) if under_strain or rng.random() < 0.03 else rng.uniform(0.85, 1.2))
    return Borrower(
        income=_yuan(now),
        income_before=_yuan(before),
        debt_service=_yuan(before * rng.betavariate(5, 9)),
        employment=rng.choices(tuple(Employment), (74, 17, 7, 8 if under_strain else 2))[0],
        standing=rng.choices(tuple(CreditStanding), (10, 30, 40, 40) if under_strain else (45, 40, 11, 4))[0],
        bankrupt=rng.random() < (0.02 if under_strain else 0.0005),
    )
