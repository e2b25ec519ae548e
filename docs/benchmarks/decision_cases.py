"""A made-up book of complete case files, the same on every machine; a rare event here and there, so that every rule is met."""

from collections.abc import Iterator
from random import Random
from typing import Any

import attrs

from revisit_policy import BorrowerProfile, CaseFile, Collateral, Determination, Event, Loan, MarketConditions, Money, Visit
from revisit_policy.values import Date, add_months, from_ordinal, to_date

SEED = 20261124
ON = to_date("2026-11-24")
TODAY = ON.toordinal()

REGISTERS = {
    "loan": ("technical_cause_proved", "misuse_of_funds", "refinanced", "impaired", "in_observation", "restructured_again"),
    "clauses": ("has_acceleration_clause", "has_top_up_clause"),
    "borrower": ("lost_contact", "deceased", "other_bad_debt", "debt_evasion", "bankruptcy"),
    "collateral": ("seized", "project_stalled", "damaged_by_owner"),
}
MARKETS = tuple(
    MarketConditions(region=region, price_change_12m=change, price_volatility=spread, as_of=add_months(ON, -1))
    for region, change, spread in (
        ("Beijing", "-0.03", "0.05"),
        ("Shanghai", "0.01", "0.04"),
        ("Guangzhou", "-0.06", "0.06"),
        ("Chengdu", "-0.02", "0.05"),
        ("Zhengzhou", "-0.10", "0.10"),
        ("Changsha", "-0.04", "0.08"),
    )
)
RARE = 0.002
"""How often something is on one of the registers."""


def book(loans: int, *, seed: int = SEED, trouble: float = 1.0) -> Iterator[CaseFile]:
    """*loans* case files in which nothing is unknown; *trouble* multiplies how often things go wrong."""
    rng = Random(seed)
    for number in range(loans):
        yield _case(number, rng, trouble)


def _case(number: int, rng: Random, trouble: float) -> CaseFile:
    price = rng.randrange(800_000, 9_000_000, 1_000)
    disbursed = TODAY - rng.randrange(20, 2_900)
    is_late = rng.random() < 0.05 * trouble
    days_late = min(rng.choice((2, 5, 9, 25, 31, 45, 70, 91, 120, 271, 400)), TODAY - disbursed) if is_late else 0
    return CaseFile(
        loan=_loan(number, rng, price=price, disbursed=disbursed, days_late=days_late, trouble=trouble),
        borrower=_borrower(number, rng, price=price, trouble=trouble),
        collateral=_collateral(rng, price=price, disbursed=disbursed, trouble=trouble),
        market=rng.choice(MARKETS),
        visits=tuple(_visits(rng, disbursed)),
        determination=Determination(_determined(rng, trouble), on=_day(TODAY - min(number % 95, TODAY - disbursed))),
        events=tuple(Event(code, since=from_ordinal(TODAY - rng.randrange(60))) for code in ("seizure", "contact", "misuse") if rng.random() < 0.1),
    )


def _determined(rng: Random, trouble: float) -> str:
    return rng.choice(("special_mention", "substandard")) if rng.random() < 0.02 * trouble else "normal"


def _clean(months: int, *, days_late: int, disbursed: int) -> int:
    """Months paid on time until now: none for who is late, and none before the loan."""
    return 0 if days_late else min(months, (TODAY - disbursed) // 31)


def _yuan(amount: float) -> Money:
    return Money(round(amount) * 100, "CNY")


def _day(ordinal: int) -> Date:
    return from_ordinal(ordinal)


def _registers(room: str, rng: Random, trouble: float) -> dict[str, bool]:
    return {name: rng.random() < RARE * trouble for name in REGISTERS[room]}


def _loan(number: int, rng: Random, *, price: int, disbursed: int, days_late: int, trouble: float) -> Loan:
    principal = price * rng.randrange(40, 86) / 100
    missed = -(-days_late // 30)
    ecl = rng.choice((0.02, 0.3, 0.5, 0.9))
    return Loan(
        f"B-{number:06}",
        product=rng.choice(("first_home", "second_home", "off_plan")),
        principal=_yuan(principal),
        balance=_yuan(principal * rng.randrange(50, 101) / 100),
        annual_rate="0.0335",
        repayment="level_payment",
        disbursed_on=_day(disbursed),
        term_months=rng.choice((120, 240, 300, 360, 360, 372)),
        days_past_due=days_late,
        signed_on=_day(disbursed - rng.randrange(5, 60)),
        instalment=_yuan(principal * 0.0045),
        price=_yuan(price),
        down_payment=_yuan(price - principal),
        home_count=rng.choice((1, 1, 2)),
        missed_consecutive=missed,
        missed_total_24m=missed + (6 if rng.random() < 0.01 * trouble else rng.choice((0, 0, 0, 0, 1))),
        delays_over_5_days_12m=4 if rng.random() < 0.03 * trouble else rng.choice((0, 0, 0, 1)),
        ecl=_yuan(principal * ecl / 2),
        carrying_amount=_yuan(principal / 2),
        months_clean_since_cure=_clean(rng.choice((3, 6, 12)), days_late=days_late, disbursed=disbursed),
        has_inspection_clause=number % 20 > 0,
        **{name: rng.random() < 0.95 for name in REGISTERS["clauses"]},
        **_registers("loan", rng, trouble),
    )


def _borrower(number: int, rng: Random, *, price: int, trouble: float) -> BorrowerProfile:
    income = price * rng.randrange(60, 160) / 10_000
    changed = rng.random() < 0.1 * trouble
    return BorrowerProfile(
        f"P-{number:06}",
        credit_standing=rng.choice(("excellent", "excellent", "good", "good", "average", "poor")),
        monthly_income=_yuan(income),
        income_at_last_review=_yuan(income * (1.3 if changed else 1.0)),
        monthly_debt_service=_yuan(income * rng.choice((0.3, 0.4, 0.45, 0.5, 0.58 if changed else 0.35))),
        property_fee=_yuan(200),
        employment="unemployed" if rng.random() < 0.01 * trouble else "salaried",
        cooperative=rng.random() < 0.95,
        co_borrower_paying=rng.random() < 0.95,
        reviewed_on=_day(TODAY - rng.randrange(400)),
        failed_contact_attempts=rng.choice((1, 2, 3)) if rng.random() < 0.01 * trouble else 0,
        **_registers("borrower", rng, trouble),
    )


def _collateral(rng: Random, *, price: int, disbursed: int, trouble: float) -> Collateral:
    is_registered = rng.random() >= 0.02 * trouble
    return Collateral(
        value=_yuan(price * rng.randrange(75, 130) / 100),
        valued_on=_day(max(disbursed, TODAY - rng.randrange(400))),
        value_at_origination=_yuan(price),
        property_type=rng.choice(("completed_home", "second_hand_home", "off_plan")),
        registration="registered" if is_registered else rng.choice(("pre_registered", "none", "applied_for")),
        registrable_since=_day(TODAY - rng.randrange(200)),
        **_registers("collateral", rng, trouble),
    )


def _visits(rng: Random, disbursed: int) -> Iterator[Visit]:
    day = disbursed + rng.randrange(30, 95)
    plan: list[Any] = ["first"] if rng.random() < 0.95 else ["periodic"]
    while day < TODAY:
        finding = "not_reached" if rng.random() < 0.05 else "satisfactory"
        yield Visit(
            kind=plan.pop() if plan else "periodic",
            method=rng.choice(("phone", "phone", "video", "on_site", "off_site")),
            completed_on=_day(day),
            finding=finding,
        )
        day += rng.randrange(120, 380)


def with_gaps(case: CaseFile, rng: Random) -> CaseFile:
    """The case file as banks have it: income unknown for 70 of 100, debt service for 60, the valuation for 10."""
    borrower, home = case.borrower, case.collateral
    if rng.random() < 0.7:
        borrower = attrs.evolve(borrower, monthly_income=None)
    if rng.random() < 0.6:
        borrower = attrs.evolve(borrower, monthly_debt_service=None, property_fee=None)
    if rng.random() < 0.1:
        home = attrs.evolve(home, value=None, valued_on=None)
    return attrs.evolve(case, borrower=borrower, collateral=home)
