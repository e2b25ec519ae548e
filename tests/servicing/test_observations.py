"""When a time of good payment can end: worked cases of the Chinese rules, read off an account, and what holds for all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.servicing.strategies import days

from revisit_policy import RevisitPolicyError, cny
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import Instalment, LoanAccount, Payment, arrears, observation_until
from revisit_policy.values import Date, add_months

RULES = cn_housing.DEFAULTS
DUE = [add_months(Date(2025, 4, 20), month) for month in range(20)]


def _missed(*late: str) -> tuple[Date, ...]:
    """The due days that a loan restructured in March 2025 has missed, each paid ten days late, as its account tells."""
    payments = [Payment(paid_on=add_months(day, 0) if str(day) not in late else day.add(days=10), amount=cny(10)) for day in DUE]
    instalments = [Instalment(due_on=day, principal=cny(10), interest=cny(0)) for day in DUE]
    account = LoanAccount(disbursed_on="2024-03-20", principal=cny(1000), instalments=instalments, payments=payments)
    return arrears(account, cn_housing.ARREARS_CONVENTION, on="2026-04-20").missed_due


def _observed(*restarts: str | Date) -> str:
    return str(observation_until("2025-04-20", months=RULES.observation_months, periods=2, restarts=restarts))


def test_a_restructured_loan_is_observed_for_a_year_from_its_first_new_repayment_day() -> None:
    assert _missed() == ()
    assert _observed(*_missed()) == "2026-04-20"


def test_a_missed_instalment_begins_the_year_anew_from_its_due_day() -> None:
    assert [str(day) for day in _missed("2025-09-20")] == ["2025-09-20"]
    assert _observed(*_missed("2025-09-20", "2025-06-20")) == "2026-09-20"


def test_a_further_restructuring_begins_it_anew() -> None:
    assert _observed(*_missed("2025-09-20"), "2025-11-03") == "2026-11-03"


def test_of_yearly_instalments_two_periods_outlast_a_year() -> None:
    assert str(observation_until("2025-06-30", months=RULES.observation_months, periods=2, period_months=12)) == "2027-06-30"


def test_after_arrears_are_cleared_six_months_outlast_two_monthly_periods_and_two_quarters_do_not() -> None:
    until = [str(observation_until("2025-05-20", months=RULES.upgrade_months, periods=2, period_months=months)) for months in (1, 3, 6)]
    assert until == ["2025-11-20", "2025-11-20", "2026-05-20"]


def test_under_the_guideline_of_2007_it_lasts_six_months_whatever_the_periods() -> None:
    assert str(observation_until("2024-01-31", months=RULES.old_observation_months, period_months=12)) == "2024-07-31"


@pytest.mark.parametrize(("begins", "until"), [("2024-02-29", "2025-02-28"), ("2023-02-28", "2024-02-28"), ("2024-08-31", "2025-08-31")])
def test_a_year_ends_on_the_same_day_of_the_month_or_its_last(begins: str, until: str) -> None:
    assert str(observation_until(begins, months=12)) == until


@given(days, st.integers(0, 24), st.integers(0, 4), st.integers(1, 12), st.lists(days, max_size=4), days)
def test_a_miss_more_never_ends_it_earlier_and_one_before_it_began_plays_no_part(
    begins: Date, months: int, periods: int, period_months: int, restarts: list[Date], more: Date
) -> None:
    def until(*missed: Date) -> Date:
        return observation_until(begins, months=months, periods=periods, period_months=period_months, restarts=missed)

    assert until(*restarts) <= until(*restarts, more)
    assert until(*(day for day in restarts if day >= begins)) == until(*restarts)
    assert until() >= add_months(begins, months)
    assert until() >= add_months(begins, periods * period_months)


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "a day that is none": (lambda: observation_until("2025-4-20", months=1), r"`begins_on` must be a day"),
    "months below 0": (lambda: observation_until("2025-04-20", months=-1), r"`months` must be"),
    "periods that are none": (lambda: observation_until("2025-04-20", months=1, periods=True), r"`periods` must be"),
    "periods of no length": (lambda: observation_until("2025-04-20", months=1, period_months=0), r"`period_months` must be"),
    "one restart as text": (lambda: observation_until("2025-04-20", months=1, restarts="2025-04-20"), r"`restarts` must be several days"),
    "a restart that is none": (lambda: observation_until("2025-04-20", months=1, restarts=["soon"]), r"`restarts` must be a day"),
}


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_by_its_name(call: Callable[[], object], message: str) -> None:
    with pytest.raises(RevisitPolicyError, match=message):
        call()
