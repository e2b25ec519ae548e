"""Laws of whole decisions: kept by the shipped rulebook, and broken with a case that pastes back by those made to break them."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.testing.team_policy import policy

from revisit_policy import CaseFile, Decision, InvalidValueError, LawBrokenError, Loan
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.window import Window
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import check_all, check_decisions, check_windows
from revisit_policy.testing.laws.sampling import without_shrinking
from revisit_policy.values.dates import Date, from_ordinal


@attrs.frozen
class Spoiling:
    """The shipped rulebook with something done to each decision."""

    spoil: Any
    conventions: None = None
    calendar: Any = cn_housing.rulebook.editions[-1].policy.calendar

    @property
    def graph(self) -> Any:
        return cn_housing.rulebook.editions[-1].policy.graph

    def decide(self, case: CaseFile, *, on: Date) -> Decision:
        spoilt: Decision = self.spoil(cn_housing.rulebook.decide(case, on=on))
        return spoilt


def moved(window: Window, days: int) -> Window:
    return attrs.evolve(window, closes=from_ordinal(window.closes.toordinal() + days))


def with_windows(decision: Decision, days: int) -> Decision:
    schedule = decision.schedule
    later = tuple(attrs.evolve(visit, window=moved(visit.window, days)) for visit in schedule.revisits)
    return attrs.evolve(decision, schedule=attrs.evolve(schedule, revisits=later))


def backwards(decision: Decision) -> Decision:
    return attrs.evolve(decision, schedule=attrs.evolve(decision.schedule, revisits=decision.schedule.revisits[::-1]))


def hasty(decision: Decision) -> Decision:
    wrong = object.__new__(Result)
    for field in attrs.fields(Result):
        object.__setattr__(wrong, field.name, getattr(decision.schedule.next.result, field.name) if decision.schedule.next else None)
    object.__setattr__(wrong, "expected_days", (Date(2199, 1, 1),) * 4)
    revisits = tuple(attrs.evolve(visit, result=wrong) for visit in decision.schedule.revisits)
    return attrs.evolve(decision, schedule=attrs.evolve(decision.schedule, revisits=revisits))


def thinned(decision: Decision) -> Decision:
    return attrs.evolve(decision, schedule=attrs.evolve(decision.schedule, revisits=decision.schedule.revisits[::3]))


def test_the_shipped_rulebook_keeps_every_law() -> None:
    check_all(cn_housing.rulebook, examples=12)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda decision: with_windows(decision, 1), "a working day|closes by"),
        (lambda decision: with_windows(decision, 3000), "a working day|closes by"),
        (backwards, "visits in the order in which they close"),
        (hasty, "a result expected between its earliest and its latest day"),
        (thinned, "months later, got"),
    ],
    ids=["a day late", "years late", "backwards", "in haste", "some left out"],
)
def test_a_window_that_cannot_be_kept_is_told_with_the_case(spoil: Any, message: str) -> None:
    with without_shrinking(), pytest.raises(LawBrokenError, match=f"the policy is not keepable.*({message})") as found:
        check_windows(Spoiling(spoil), examples=200)
    on, case = found.value.__notes__
    assert on.startswith("on = '2")
    assert case.startswith("case = CaseFile(loan=Loan(")


def refusing(decision: Decision) -> Decision:
    if decision.case.loan.days_past_due_on(decision.on) > 90:
        raise ZeroDivisionError
    return decision


def test_a_case_file_that_is_not_decided_is_told() -> None:
    with without_shrinking(), pytest.raises(LawBrokenError, match="expected a decision on every case file, got ZeroDivisionError"):
        check_decisions(Spoiling(refusing), examples=300)


def test_a_decision_that_changes_is_told() -> None:
    times = iter(range(10**9))
    with without_shrinking(), pytest.raises(LawBrokenError, match="expected the same decision when asked again, got another"):
        check_decisions(Spoiling(lambda decision: attrs.evolve(decision, version=str(next(times)))), examples=5)


@pytest.mark.parametrize("check", [check_decisions, check_windows])
def test_what_decides_no_case_files_is_refused(check: Any) -> None:
    with pytest.raises(InvalidValueError, match="`policy` must be a policy or a rulebook, which decides case files"):
        check("policy")


def test_a_graph_is_held_to_the_laws_of_rules_alone() -> None:
    check_all(policy, examples=20)
    assert not isinstance(policy, Loan)
