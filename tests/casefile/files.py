"""Case files to start from: each test changes the one thing it is about."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from revisit_policy.casefile.borrower import BorrowerProfile
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.collateral import Collateral
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.loan import Loan
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.casefile.visit import Visit
from revisit_policy.values.money import cny

LOAN: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "product": "first_home",
        "principal": cny(1_800_000),
        "balance": cny(1_455_000),
        "annual_rate": "0.0335",
        "repayment": "level_payment",
        "disbursed_on": "2024-03-15",
        "term_months": 360,
        "days_past_due": 0,
    }
)
"""What a loan cannot do without."""

BORROWER: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "credit_standing": "excellent",
        "monthly_income": cny(24_500),
        "income_at_last_review": cny(24_500),
        "monthly_debt_service": cny(9_100),
    }
)
COLLATERAL: Final[Mapping[str, Any]] = MappingProxyType({"value": cny(2_450_000), "valued_on": "2026-03-02"})
VISIT: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "kind": "periodic",
        "method": "phone",
        "completed_on": "2025-12-09",
        "finding": "satisfactory",
    }
)


def loan(**changes: Any) -> Loan:
    return Loan("GZ-1", **{**LOAN, **changes})


def borrower(**changes: Any) -> BorrowerProfile:
    return BorrowerProfile("B-88", **{**BORROWER, **changes})


def collateral(**changes: Any) -> Collateral:
    return Collateral(**{**COLLATERAL, **changes})


def visit(**changes: Any) -> Visit:
    return Visit(**{**VISIT, **changes})


def case(**changes: Any) -> CaseFile:
    return CaseFile(**{"loan": loan(), "borrower": borrower(), **changes})


FULL: Final = case(
    loan=loan(
        days_past_due=15,
        signed_on="2024-02-20",
        extended_to="2055-03-15",
        instalment=cny("7932.59"),
        price=cny(2_600_000),
        down_payment=cny(800_000),
        home_count=1,
        missed_consecutive=1,
        missed_total_24m=2,
        delays_over_5_days_12m=3,
        ecl=cny(30_000),
        carrying_amount=cny(1_455_000),
        in_observation=True,
        restructured_on="2026-01-31",
        observation_until="2027-01-31",
        months_clean_since_cure=4,
        reclassified_on="2025-06-30",
        demanded_on="2025-05-20",
        person_needed_since="2026-10-31",
        has_acceleration_clause=True,
        has_top_up_clause=True,
        has_inspection_clause=False,
        undrawn=cny(0),
        prepaid_12m=cny(50_000),
    ),
    borrower=borrower(
        employment="salaried",
        property_fee=cny(450),
        cooperative=True,
        co_borrower_paying=False,
        has_co_borrower=True,
        seriously_ill=True,
        reviewed_on="2026-05-31",
        failed_contact_attempts=2,
    ),
    collateral=collateral(
        value_at_origination=cny(2_600_000),
        property_type="off_plan",
        registration="pre_registered",
        registrable_since="2026-08-01",
        has_guarantor=True,
        has_developer_guarantee=True,
        guarantee_until="2027-05-31",
        insurance_lapsed=True,
        stall_cause="funding",
    ),
    determination=Determination("special_mention", on="2026-06-30", role="credit_committee"),
    market=MarketConditions(region="Guangzhou", price_change_12m="-0.02", price_volatility="0.04", as_of="2026-06-30"),
    visits=(visit(kind="first", method="on_site", completed_on="2024-05-20"), visit()),
    events=(Event("capacity", since="2026-04-01"),),
)
"""A case file with something in every part."""
