"""Worked cases of single tables: where two rules of a ladder hold and the first of them decides."""

from __future__ import annotations

from tests.rulebooks.loans import POLICY

from revisit_policy import cny
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.testing import PolicyCase, policy_cases

PAID_ON_TIME = {"missed_total_24m": 0, "missed_consecutive": 0, "delays_over_5_days_12m": 0, "credit_standing": "average", "ltv_now": "0.70"}


@policy_cases(
    PolicyCase(
        given={**PAID_ON_TIME, "remaining_months": 12, "on": "2023-06-30"},
        expect={"interval_base": 12},
        because="in the last year of a loan paid on time a visit a year was enough before July 2024 too",
    ),
    PolicyCase(given={**PAID_ON_TIME, "remaining_months": 13, "on": "2023-06-30"}, expect={"interval_base": 6}, because="a month earlier it was not"),
)
def test_the_base_of_the_interval(case: PolicyCase) -> None:
    case.check(POLICY.graph.by_id["interval_base"])


@policy_cases(
    PolicyCase(
        given={"principal": cny(5_000_000), "disbursed_on": "2023-06-30"},
        expect={"first_window": DayWindow(30, 60)},
        because="five million is a large loan, whenever it was paid out",
    ),
    PolicyCase(given={"principal": cny("4999999.99"), "disbursed_on": "2023-06-30"}, expect={"first_window": DayWindow(30, 90)}, because="a fen less is not"),
)
def test_the_window_of_the_first_visit(case: PolicyCase) -> None:
    case.check(POLICY.graph.by_id["first_window"])
