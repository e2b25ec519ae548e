"""What a case file can say and seldom does: decided as it stands, and verified by the next visit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.small_policy import CASE, case_with, small_policy

from revisit_policy import InvalidInputError, Label, cny
from revisit_policy.decision.doubts import TOO_MANY_DAYS, TOO_MANY_PERIODS, doubts
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import Instalment, LoanAccount, arrears
from revisit_policy.values.dates import Date, add_months, from_ordinal

ON: Final = Date(2026, 6, 1)
POLICY: Final = small_policy()


def _late(days: int, missed: int | None, **changes: Any) -> Mapping[str, Any]:
    return {"days_past_due": days, "missed_consecutive": missed, "missed_total_24m": missed, **changes}


RECORDS: Final = {
    "nothing past due": (_late(0, 0), ()),
    "31 days and none missed": (_late(31, 0), ()),
    "62 days and one missed": (_late(62, 1), ()),
    "63 days and one missed, as after all was called in": (_late(63, 1), (TOO_MANY_DAYS,)),
    "93 days and two missed": (_late(93, 2), ()),
    "94 days and two missed": (_late(94, 2), (TOO_MANY_DAYS,)),
    "56 days and three missed": (_late(56, 3), ()),
    "55 days and three missed": (_late(55, 3), (TOO_MANY_PERIODS,)),
    "periods not counted": (_late(300, None), ()),
    "paid by the quarter": (_late(300, 1, repayment="interest_first"), ()),
    "matured since": (_late(63, 1, term_months=12), ()),
}


@pytest.mark.parametrize(("record", "expected"), RECORDS.values(), ids=RECORDS)
def test_days_and_periods_that_do_not_explain_each_other_are_verified(record: Mapping[str, Any], expected: tuple[Label, ...]) -> None:
    decision = POLICY.decide(case_with(**record), on=ON)
    assert tuple(item for item in decision.gaps if item in {TOO_MANY_DAYS, TOO_MANY_PERIODS}) == expected
    upcoming = decision.schedule.next
    assert upcoming is not None
    assert set(expected) <= set(upcoming.checklist)
    assert all(item.en in decision.explain("en") and item.zh in decision.explain("zh") for item in expected)


def test_over_a_month_late_with_none_missed_stays_a_contradiction() -> None:
    with pytest.raises(InvalidInputError, match="missed_consecutive"):
        case_with(**_late(32, 0))


@given(months=st.integers(1, 20), later=st.integers(0, 30), lent=st.integers(0, 730))
def test_what_unpaid_instalments_of_every_month_come_to_is_never_doubted(months: int, later: int, lent: int) -> None:
    lent_on = from_ordinal(Date(2023, 1, 1).toordinal() + lent)
    due = [Instalment(due_on=add_months(lent_on, month), principal=cny(10), interest=cny(1)) for month in range(1, 25)]
    account = LoanAccount(disbursed_on=lent_on, principal=cny(240), instalments=due)
    on = from_ordinal(add_months(lent_on, months).toordinal() + later)
    found = arrears(account, cn_housing.ARREARS_CONVENTION, on=on)
    loan = attrs.evolve(CASE.loan, principal=cny(240), balance=cny(240), signed_on=None, disbursed_on=lent_on, term_months=24)
    case = attrs.evolve(CASE, loan=found.as_facts(loan), visits=())
    assert tuple(doubts(case, on)) == ()
