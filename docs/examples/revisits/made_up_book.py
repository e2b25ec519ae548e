"""A made-up book of housing loans, the same on every machine. No row of it is a real loan.

It is made to look like the book of a Chinese bank after a long fall of prices: loans granted since 2016, homes worth 29 % less than at the
peak of 2021 and falling on in three tiers of cities, 1.7 % of the loans past due and 0.74 % for more than 90 days, a margin under ten
percent in four of a hundred, excellent standing in 45 of a hundred, and one of a hundred drawn by lot. These shares are assumptions, not
figures of a bank. Whoever had to be seen was seen, now and then one forgotten.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from revisit_policy import BorrowerProfile, CaseFile, Collateral, Event, Loan, MarketConditions, Money, Visit, cny
from revisit_policy.values import Date, add_months, from_ordinal, months_elapsed
from revisit_policy.workload import in_sample

#: City, tier, price of a home in yuan today.
CITIES = (
    ("Beijing", 1, 3_700_000),
    ("Shanghai", 1, 4_000_000),
    ("Guangzhou", 2, 2_200_000),
    ("Chengdu", 2, 1_400_000),
    ("Zhengzhou", 3, 900_000),
    ("Changsha", 3, 800_000),
)

#: Change of home prices in twelve months and volatility, by tier.
TIERS = {1: ("-0.03", "0.04"), 2: ("-0.06", "0.06"), 3: ("-0.08", "0.11")}

#: What a home that costs 100 today cost in the middle of a year.
PRICES = {2016: 96, 2017: 106, 2018: 116, 2019: 124, 2020: 132, 2021: 141, 2022: 137, 2023: 128, 2024: 117, 2025: 108, 2026: 101}

#: A loan of so much was seen on site when it was new.
LARGE = cny(5_000_000)

#: Loans past due among ten thousand, and the days past due of those that are: 0.96 % up to 90 days, 0.74 % beyond.
PAST_DUE = 170
ARREARS = [3] * 30 + [6] * 10 + [12] * 18 + [25] * 12 + [40] * 12 + [58] * 6 + [75] * 8 + [130] * 24 + [300] * 22 + [420] * 28


def made_up_book(loans: int, *, on: Date) -> Iterator[CaseFile]:
    """*loans* case files as they might stand on the day *on*, one of five hundred with a slip of the pen in it."""
    chance = random.Random(8)  # noqa: S311 - a made-up book, the same on every machine
    for number in range(1, loans + 1):
        yield _case(number, chance, on=on)


def _case(number: int, chance: random.Random, *, on: Date) -> CaseFile:
    region, tier, today = chance.choice(CITIES)
    change, volatility = TIERS[tier]
    today = today * chance.randrange(60, 180) // 100
    disbursed_on = from_ordinal(add_months(on, -chance.randrange(1, 127)).toordinal() - chance.randrange(0, 28))
    price = round(today * PRICES[disbursed_on.year] // 100, -4)
    loan = _loan(number, chance, price=price, disbursed_on=disbursed_on, on=on)
    borrower = _borrower(number, chance, instalment=loan.instalment, on=on)
    collateral = _collateral(chance, loan, price=price, today=today, on=on if number % 500 else add_months(on, 14))
    return CaseFile(
        loan=loan,
        borrower=borrower,
        collateral=collateral,
        market=MarketConditions(region=region, price_change_12m=change, price_volatility=volatility, as_of=add_months(on, -1)),
        visits=_visits(chance, loan, is_seen=loan.principal >= LARGE or collateral.property_type.value == "off_plan", on=on),
        events=(Event("seizure", since=from_ordinal(on.toordinal() - 6)),) if number % 400 == 0 else (),
    )


def _loan(number: int, chance: random.Random, *, price: int, disbursed_on: Date, on: Date) -> Loan:
    principal = round(price * chance.choice((45, 55, 62, 66, 70, 70, 72, 74, 76, 78)) // 100, -4)
    term, rate = chance.choice((120, 180, 240, 240, 300, 360, 360, 360)), chance.choice(("0.0315", "0.0335", "0.0365", "0.0410"))
    days = chance.choice(ARREARS) if chance.randrange(10_000) < PAST_DUE else 0
    days = min(days, max(0, on.toordinal() - add_months(disbursed_on, 1).toordinal()))
    missed = -(-days // 30)
    instalment = _instalment(principal, float(rate) / 12, term)
    paid = months_elapsed(disbursed_on, on) - missed
    return Loan(
        f"MU-{number:07}",
        product=chance.choice(("first_home", "first_home", "first_home", "second_home", "off_plan")),
        principal=cny(principal),
        balance=_balance(principal, float(rate) / 12, term, paid=max(0, paid)),
        annual_rate=rate,
        repayment="level_payment",
        disbursed_on=disbursed_on,
        signed_on=from_ordinal(disbursed_on.toordinal() - 20),
        term_months=term,
        days_past_due=days,
        instalment=instalment,
        price=cny(price),
        down_payment=cny(price - principal),
        home_count=chance.choice((1, 1, 1, 2)),
        missed_consecutive=missed,
        missed_total_24m=missed + (chance.random() < 0.04),
        delays_over_5_days_12m=missed + chance.choice((0, 0, 0, 0, 0, 0, 1, 2)),
        has_acceleration_clause=True,
        has_inspection_clause=chance.random() < 0.9,
        drawn_for_visit=in_sample(f"MU-{number:07}", period="2026", rate="0.01", seed="made up"),
        has_top_up_clause=chance.random() < 0.3,
    )


def _instalment(principal: int, monthly_rate: float, term: int) -> Money:
    return cny(f"{principal * monthly_rate / (1 - (1 + monthly_rate) ** -term):.2f}")


def _balance(principal: int, monthly_rate: float, term: int, *, paid: int) -> Money:
    left = term - min(paid, term - 1)
    part = (1 - (1 + monthly_rate) ** -left) / (1 - (1 + monthly_rate) ** -term)
    return cny(f"{principal * part:.2f}")


def _borrower(number: int, chance: random.Random, *, instalment: Money | None, on: Date) -> BorrowerProfile:
    known: dict[str, Any] = {}
    if instalment is not None and chance.random() < 0.5:  # for the other half nobody has asked since the grant
        income = instalment.minor * chance.choice((22, 26, 30, 34, 40)) // 10
        before = income if chance.random() < 0.97 else income * 13 // 10
        known = {
            "monthly_income": Money(income, "CNY"),
            "income_at_last_review": Money(before, "CNY"),
            "monthly_debt_service": Money(instalment.minor + income * chance.choice((2, 5, 8)) // 100, "CNY"),
            "property_fee": Money(income * 2 // 100, "CNY"),
            "employment": chance.choice(("salaried", "salaried", "public_service", "self_employed", "unemployed" if number % 90 == 0 else "salaried")),
            "reviewed_on": add_months(on, -chance.randrange(1, 6)),
        }
    return BorrowerProfile(
        f"B-{number:07}",
        credit_standing=chance.choices(("excellent", "good", "average", "poor"), weights=(45, 30, 17, 8))[0],
        failed_contact_attempts=chance.choice((0,) * 150 + (1, 3)),
        other_bad_debt=chance.random() < 0.01,
        **known,
    )


def _collateral(chance: random.Random, loan: Loan, *, price: int, today: int, on: Date) -> Collateral:
    age = chance.choices((chance.randrange(0, 12), chance.randrange(12, 15), None), weights=(95, 2, 3))[0]
    valued_on = None if age is None else max(loan.disbursed_on, add_months(on, -age))
    is_built = loan.product.value != "off_plan" or months_elapsed(loan.disbursed_on, on) >= 30
    return Collateral(
        value=None if valued_on is None else cny(round(today * chance.randrange(94, 107) // 100, -4)),
        valued_on=valued_on,
        value_at_origination=cny(price),
        property_type=chance.choice(("completed_home", "second_hand_home")) if is_built else "off_plan",
        registration="registered" if is_built else "pre_registered",
        registrable_since=None if is_built else from_ordinal(on.toordinal() + chance.randrange(10, 140)),
    )


def _visits(chance: random.Random, loan: Loan, *, is_seen: bool, on: Date) -> tuple[Visit, ...]:
    """A first visit, on site where something is to be seen, one every half year, now and then one forgotten, and those that a bad loan asked for."""
    first = from_ordinal(loan.disbursed_on.toordinal() + chance.randrange(35, 85))
    made = [*_regular(chance, first, is_seen=is_seen, on=on), *(_on_site(day) for day in _bad_days(chance, loan, on=on))]
    return tuple(sorted(made, key=lambda visit: visit.completed_on))


def _regular(chance: random.Random, day: Date, *, is_seen: bool, on: Date) -> Iterator[Visit]:
    if day < on:
        yield Visit(kind="first", method="on_site" if is_seen else "phone", completed_on=day, finding="satisfactory")
    while (day := add_months(day, 6)) < on:
        day = from_ordinal(day.toordinal() - chance.randrange(2, 25))
        if chance.random() < 0.97:
            yield Visit(kind="periodic", method="phone", completed_on=day, finding="satisfactory")


def _bad_days(chance: random.Random, loan: Loan, *, on: Date) -> Iterator[Date]:
    """When somebody went to see a bad loan: before it was bad, at the hand-over, and once a loss was expected; each now and then forgotten."""
    began = on.toordinal() - loan.days_past_due
    for days in (63, 92, 362):
        if loan.days_past_due > days + 1 and chance.random() < 0.9:
            yield from_ordinal(began + days)


def _on_site(day: Date) -> Visit:
    return Visit(kind="triggered", method="on_site", completed_on=day, finding="unsatisfactory")
