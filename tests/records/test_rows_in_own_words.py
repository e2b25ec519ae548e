"""A row of a bank with words of its own: its visits, its events, the class that people determined, and its languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest
from tests.policy.own_words import CASE, VOCABULARY, Rank, Reason, Topic, own_policy, yen

from revisit_policy import InvalidInputError, UnknownNameError, Visit
from revisit_policy.records import from_row

ROW: Final[dict[str, Any]] = {
    "loan.loan_no": "T-1", "loan.product": "first_home", "loan.principal": 35_000_000, "loan.balance": 30_000_000, "loan.annual_rate": Decimal("0.0115"),
    "loan.repayment": "level_payment", "loan.disbursed_on": "2024-03-15", "loan.term_months": "360", "loan.days_past_due": "75", "borrower.id": "B-1",
    "visits.inspection": "2024-05-20", "visits.phone": "2026-03-09", "visits.by.interior": "2024-05-20", "events.uninsured": "2026-05-04",
    "determination.grade": "r3", "determination.on": "2026-01-05", "determination.role": "review",
}  # fmt: skip


def test_a_row_of_text_is_read_in_the_words_of_the_policy() -> None:
    policy = own_policy()
    case = from_row(ROW, vocabulary=policy.words, currency="JPY")
    assert {visit.kind for visit in case.visits} == {Reason.INSPECTION, Reason.LIVE_CONTACT}
    assert [(event.code, str(event.since)) for event in case.events] == [(Topic.UNINSURED, "2026-05-04")]
    assert (case.loan.balance, case.determination.grade) == (yen(30_000_000), Rank.R3)
    decided: Any = policy.decide(case, on="2026-06-15")
    assert decided.grade is Rank.R4
    again = from_row(ROW | {"determination.grade": "三等"}, vocabulary=policy.words, currency="JPY", lang="zh")
    assert again == case


def test_a_history_in_own_words_that_was_not_loaded_is_asked_for() -> None:
    with pytest.raises(InvalidInputError) as refused:
        from_row({name: cell for name, cell in ROW.items() if name != "visits.inspection"}, vocabulary=VOCABULARY, currency="JPY")
    assert "`row.visits.inspection` must be a column of it" in str(refused.value)
    seen = Visit(kind=Reason.INSPECTION, method=CASE.visits[0].method, completed_on="2024-05-20", finding="satisfactory")
    told = from_row({name: cell for name, cell in ROW.items() if not name.startswith("visits.")}, vocabulary=VOCABULARY, currency="JPY", visits=[seen])
    assert told.visits == (seen,)


def test_a_word_of_another_bank_is_a_stranger_in_a_row() -> None:
    with pytest.raises(InvalidInputError, match=r"`row\.visits\.first` must be called by a name that a case file has"):
        from_row(ROW | {"visits.first": None}, vocabulary=VOCABULARY, currency="JPY")
    with pytest.raises(UnknownNameError, match=r"unknown column `visits\.first`"):
        from_row(ROW, vocabulary=VOCABULARY, currency="JPY", columns={"visits.first": "seen"})
    with pytest.raises(InvalidInputError, match=r"`row\.visits\.inspection` must be called by a name that a case file has"):
        from_row(ROW, currency="JPY", visits=())
