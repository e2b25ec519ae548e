"""What nobody knows must not flood a healthy book with visits."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.rulebooks.loans import RULEBOOK, case

from revisit_policy import CaseFile, Decision, Measure, VisitKind, cny

LOANS = 1_000
ON = "2026-06-15"


@pytest.fixture(scope="module")
def decisions() -> list[Decision]:
    return [RULEBOOK.decide(found, on=ON) for found in _healthy_loans()]


def _healthy_loans() -> Iterator[CaseFile]:
    """Loans in order, of which income is unknown for 70 per cent, debt service for 60 and the valuation for 10."""
    chance = random.Random(20260615)  # noqa: S311 - a made-up book, the same on every machine
    for _ in range(LOANS):
        gaps: dict[str, object] = {"valued_on": "2026-02-10"}
        if chance.random() < 0.70:
            gaps |= {"monthly_income": None, "income_at_last_review": None, "employment": None}
        if chance.random() < 0.60:
            gaps |= {"monthly_debt_service": None, "property_fee": None}
        if chance.random() < 0.10:
            gaps |= {"value": None, "valued_on": None}
        yield case(balance=cny(chance.randrange(300_000, 600_000)), **gaps)


def test_no_loan_gets_a_triggered_visit(decisions: list[Decision]) -> None:
    assert not [found for found in decisions if any(VisitKind.TRIGGERED in visit.serves for visit in found.schedule.all)]


def test_no_measure_against_a_borrower_is_recommended(decisions: list[Decision]) -> None:
    assert not [found for found in decisions if any(isinstance(item.measure, Measure) and item.measure.is_against_borrower for item in found.measures)]


def test_only_a_missing_valuation_makes_a_visit_of_its_own(decisions: list[Decision]) -> None:
    kinds = Counter(kind for found in decisions for kind in (found.schedule.next.serves if found.schedule.next else ()))
    missing = sum(found.case.collateral.valued_on is None for found in decisions)
    assert kinds[VisitKind.REVALUATION] == missing
    assert 0 < missing < LOANS * 0.15


def test_what_is_not_known_is_asked_on_the_next_visit(decisions: list[Decision]) -> None:
    unknown = [found for found in decisions if found.case.borrower.monthly_income is None]
    assert len(unknown) > LOANS * 0.6
    for found in unknown:
        visit = found.schedule.next
        assert visit is not None
        assert found.gaps
        assert set(found.gaps) <= set(visit.checklist)
