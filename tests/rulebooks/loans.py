"""A housing loan in order, and what can go wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from revisit_policy import BorrowerProfile, CaseFile, Collateral, Decision, Determination, Loan, MarketConditions, Revisit, Visit, cny
from revisit_policy.rulebooks import cn_housing

RULEBOOK: Final = cn_housing.rulebook
POLICY: Final = cn_housing.policy()

LOAN: Final = Loan(
    "GZ-2024-000001", product="first_home", principal=cny(1_000_000), balance=cny(600_000), annual_rate="0.0335", repayment="level_payment",
    disbursed_on="2024-03-01", signed_on="2024-02-20", term_months=300, days_past_due=0, instalment=cny(5_000),
    price=cny(1_600_000), down_payment=cny(600_000), home_count=1,
    missed_consecutive=0, missed_total_24m=0, delays_over_5_days_12m=0, has_acceleration_clause=True, has_top_up_clause=True,
)
BORROWER: Final = BorrowerProfile(
    "B-1", credit_standing="average", monthly_income=cny(20_000), income_at_last_review=cny(20_000), monthly_debt_service=cny(6_000),
    property_fee=cny(300), employment="salaried", cooperative=False, co_borrower_paying=True,
)
COLLATERAL: Final = Collateral(value=cny(1_500_000), valued_on="2024-12-20", value_at_origination=cny(1_600_000), property_type="completed_home", registration="registered")
MARKET: Final = MarketConditions(region="Guangzhou", price_change_12m="0.01", price_volatility="0.03")
FIRST: Final = Visit(kind="first", method="on_site", completed_on="2024-05-06", finding="satisfactory")


def case(*, visits: Any = (FIRST,), events: Any = (), determined: Any = "unclassified", **changes: Any) -> CaseFile:
    """The loan in order with some fields of loan, borrower, collateral or market changed, wherever they are, *determined* to be of a grade."""
    parts: dict[str, Any] = {"determination": Determination(determined)}
    changes = {**_record(changes), **changes}
    for name, part in (("loan", LOAN), ("borrower", BORROWER), ("collateral", COLLATERAL), ("market", MARKET)):
        fields = {field.name for field in attrs.fields(type(part))}
        parts[name] = attrs.evolve(part, **{field: changes.pop(field) for field in list(changes) if field in fields})
    assert not changes, changes
    return CaseFile(visits=visits, events=events, **parts)


def _record(changes: Mapping[str, Any]) -> dict[str, Any]:
    """What the payment record of a loan has to say beside *changes*: who is over a month late has missed a payment."""
    missed = changes.get("missed_consecutive", 1 if changes.get("days_past_due", 0) > 31 else 0)
    return {"days_past_due": 30 * (missed - 1) + 1 if missed else 0, "missed_consecutive": missed, "missed_total_24m": missed or 0}


def decide(on: str, **changes: Any) -> Decision:
    """What the rulebook says of such a loan."""
    return RULEBOOK.decide(case(**changes), on=on)


def upcoming(decision: Decision) -> Revisit:
    """The next visit."""
    visit = decision.schedule.next
    assert visit is not None
    return visit
