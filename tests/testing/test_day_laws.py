"""Laws over days: kept by the shipped rulebook, and broken with a case that pastes back by those made to break them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from revisit_policy import CaseFile, Decision, InvalidValueError, LawBrokenError, Level, cny
from revisit_policy.decision.assessment import Reason
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import check_attempts, check_made_visits, check_rows, check_settled, check_tomorrow, check_worse
from revisit_policy.testing.laws.sampling import without_shrinking
from revisit_policy.values.dates import Date, from_ordinal

BOOK = cn_housing.rulebook
WORSE: dict[str, Any] = {
    "loan.days_past_due": (0, 1, 31, 91, 181, 271, 361),
    "borrower.failed_contact_attempts": (0, 1, 3),
    "borrower.lost_contact": (False, True),
    "borrower.monthly_income": (cny(100_000), cny(5_000), cny(500)),
    "collateral.value": (cny(50_000_000), cny(1_000_000), cny(100_000)),
    "collateral.valued_on": ("2025-09-30", "2025-01-30", "2024-06-01"),
    "collateral.registrable_since": ("2025-09-30", "2025-05-30", "2024-06-01"),
    "collateral.seized": (False, True),
    "market.price_change_12m": ("0.01", "-0.06", "-0.12", "-0.30"),
}


@attrs.frozen
class Spoiling:
    """The shipped rulebook with something done to each decision, or to what it decides."""

    spoil: Any = None
    before: Any = None
    conventions: None = None

    @property
    def graph(self) -> Any:
        return BOOK.editions[-1].policy.graph

    def decide(self, case: CaseFile, *, on: Date) -> Decision:
        decision = BOOK.decide(case if self.before is None else self.before(case), on=on)
        return decision if self.spoil is None else self.spoil(decision)


LAWS: dict[str, Callable[[Any, int], None]] = {
    "tomorrow": lambda policy, examples: check_tomorrow(policy, examples=examples),
    "attempts": lambda policy, examples: check_attempts(policy, examples=examples),
    "made visits": lambda policy, examples: check_made_visits(policy, examples=examples),
    "settled": lambda policy, examples: check_settled(policy, examples=examples),
    "worse": lambda policy, examples: check_worse(policy, WORSE, examples=examples),
}


#: Days past due up to the hand-over, and beyond it: in between a call that is long missed gives way to the file and one visit on site.
BESIDE_THE_HAND_OVER = ((0, 1, 31), (91, 181, 271, 361))


def _worse_on_one_side(policy: Any, examples: int) -> None:
    for days in BESIDE_THE_HAND_OVER:
        check_worse(policy, WORSE | {"loan.days_past_due": days}, examples=examples // 2)


SHIPPED = LAWS | {"worse": _worse_on_one_side}


@pytest.mark.parametrize("law", SHIPPED.values(), ids=SHIPPED)
def test_the_shipped_rulebook_keeps_the_laws_over_days(law: Callable[[Any, int], None]) -> None:
    law(BOOK, 60)


@pytest.mark.slow
def test_the_shipped_rulebook_explains_a_row_as_it_decides_it() -> None:
    check_rows(BOOK, examples=5)


def _postponed(decision: Decision) -> Decision:
    """A policy that plans every visit anew from the day of asking."""
    revisits = tuple(attrs.evolve(visit, window=_from(visit.window, decision.on)) for visit in decision.schedule.all)
    return attrs.evolve(decision, schedule=attrs.evolve(decision.schedule, revisits=revisits, overdue=()))


def _from(window: Any, on: Date) -> Any:
    closes = from_ordinal(on.toordinal() + 10)
    return attrs.evolve(window, opens=on, due=on, closes=closes, missed_on=None)


def _believing(case: CaseFile) -> CaseFile:
    """A bank that takes every attempt for a visit."""
    return attrs.evolve(case, visits=tuple(attrs.evolve(visit, finding="satisfactory") for visit in case.visits))


def _forgetful(case: CaseFile) -> CaseFile:
    """A bank that loses its visits."""
    return attrs.evolve(case, visits=())


def _alarmed(decision: Decision) -> Decision:
    said = decision.assessment
    return attrs.evolve(decision, assessment=attrs.evolve(said, handed={**said.handed, "level": (Reason(Level.RED, ()),)}))


def _younger(decision: Decision) -> Decision:
    """A policy whose signals begin with the newest figure, so that each further one makes them younger."""
    days = len(decision.signals)
    signals = tuple(attrs.evolve(signal, since=from_ordinal(decision.on.toordinal() - 30 + days)) for signal in decision.signals)
    return attrs.evolve(decision, signals=signals)


BROKEN: dict[str, tuple[str, Spoiling, str]] = {
    "a deadline that rolls": ("tomorrow", Spoiling(_postponed), "the policy is not steady.*tomorrow a .* visit"),
    "attempts that count": ("attempts", Spoiling(before=_believing), "the policy is not deaf to attempts"),
    "visits that are lost": ("made visits", Spoiling(before=_forgetful), "the policy is not heedful.*asked for again"),
    "alarm about a settled loan": ("settled", Spoiling(_alarmed), "the policy is not at rest.*nothing asked of a settled loan"),
    "signals that get younger": ("worse", Spoiling(_younger), "the policy is not wary.*no younger with"),
}


@pytest.mark.parametrize(("law", "policy", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_law_is_told_with_the_case(law: str, policy: Spoiling, message: str) -> None:
    with without_shrinking(), pytest.raises(LawBrokenError, match=f"(?s){message}") as found:
        LAWS[law](policy, 400)
    assert any(note.startswith("case = CaseFile(") for note in found.value.__notes__)


@pytest.mark.parametrize("worse", [{}, {"loan.days_overdue": (0, 1)}, {"visits": ((), ())}, {"loan.days_past_due": (0,)}, None], ids=str)
def test_what_is_worse_is_told_by_fields_of_the_case_file(worse: Any) -> None:
    with pytest.raises(InvalidValueError, match="worse"):
        check_worse(BOOK, worse)
