"""The result of a visit that was made: as it was planned, by what the file says, and refused where there is none."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.policy.small_policy import small_policy

from revisit_policy import Action, BorrowerProfile, CaseFile, Collateral, Determination, Event, Loan, Result, Revisit, RevisitPolicy, Visit, cny
from revisit_policy.errors import InvalidInputError
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import check_results
from revisit_policy.testing.laws.result_laws import as_made
from revisit_policy.values.dates import Date

POLICY = cn_housing.rulebook.in_force("2026-11-23")
CALLED = Visit(kind="periodic", method="phone", completed_on="2026-11-20", finding="satisfactory")


def case(*visits: Visit, loan: dict[str, Any] | None = None, **parts: Any) -> CaseFile:
    usual: dict[str, Any] = {
        "product": "first_home", "principal": cny(1_200_000), "balance": cny(1_050_000), "annual_rate": "0.0335", "repayment": "level_payment",
        "disbursed_on": "2023-09-12", "term_months": 360, "days_past_due": 0,
    }
    whole: dict[str, Any] = {
        "loan": Loan("L-1", **(usual | (loan or {}))),
        "borrower": BorrowerProfile("B-1", credit_standing="good"),
        "collateral": Collateral(value=cny(1_600_000), valued_on="2026-03-02", registration="registered"),
    }
    return CaseFile(**(whole | parts), visits=visits)


SEIZED: dict[str, Any] = {"collateral": Collateral(value=cny(1_600_000), valued_on="2026-03-02", registration="registered", seized=True)}


def days(result: Result) -> list[str]:
    return [str(stage.expected) for stage in result.stages]


def test_a_call_made_on_friday_has_its_finding_on_wednesday() -> None:
    found = cn_housing.rulebook.result_of(CALLED, case(CALLED), on="2026-11-23")
    assert days(found) == ["2026-11-25"] * 4
    assert str(found.preliminary.latest) == "2026-11-30"
    assert [str(stage.starts_on) for stage in found.stages][:2] == ["2026-11-20", "2026-11-25"]


def test_the_answer_to_a_red_signal_is_reported_in_a_day_and_then_decided_and_told() -> None:
    visit = Visit(kind="triggered", method="on_site", completed_on="2026-11-20", finding="unsatisfactory")
    found = POLICY.result_of(visit, case(visit, **SEIZED, events=(Event("seizure", since="2026-11-18"),)), on="2026-11-23")
    assert days(found) == ["2026-11-23", "2026-11-24", "2026-12-03", "2026-12-04"]
    assert [stage.working_days for stage in found.stages] == [1, 1, 7, 1]
    assert [owner.value for owner in found.decided.owners] == ["approver", "legal_counsel"]
    assert [part.due_if.en for part in found.determined.contingent if part.due_if] == ["the register has to be looked up on the spot"]


def test_a_visit_before_the_signal_was_not_made_for_it() -> None:
    seized = case(CALLED, **SEIZED, events=(Event("seizure", since="2026-11-22"),))
    assert POLICY.result_of(CALLED, seized, on="2026-11-23").preliminary.working_days == 3


def test_a_visit_made_by_another_method_takes_as_long_as_that_method_does() -> None:
    seen = attrs.evolve(CALLED, method="on_site")
    assert POLICY.result_of(seen, case(seen), on="2026-11-23").preliminary.working_days == 7
    assert POLICY.result_of(CALLED, case(CALLED), on="2026-11-23").preliminary.working_days == 3


def test_a_visit_that_nothing_asked_for_takes_as_long_as_its_method_does() -> None:
    visit = Visit(kind="triggered", method="video", completed_on="2026-11-20", finding="satisfactory")
    assert POLICY.result_of(visit, case(visit), on="2026-11-23").preliminary.working_days == 3


def test_what_was_reported_and_told_has_come_and_not_before() -> None:
    visit = attrs.evolve(CALLED, reported_on="2026-11-24", told_on="2026-11-26")
    found = {on: POLICY.result_of(visit, case(visit), on=f"2026-11-{on}") for on in (23, 24, 26)}
    assert [found[on].preliminary.reached_on for on in found] == [None, Date(2026, 11, 24), Date(2026, 11, 24)]
    assert found[26].told.reached_on == Date(2026, 11, 26)
    assert found[26].is_complete
    assert "已于2026年11月26日告知您" in found[26].sentence("zh")


ATTEMPT = attrs.evolve(CALLED, finding="not_reached")
REFUSED: dict[str, tuple[Any, CaseFile, str, str]] = {
    "a visit of another file": (CALLED, case(), "2026-11-23", "must be a visit of the case file"),
    "an attempt": (ATTEMPT, case(ATTEMPT), "2026-11-23", "an attempt has no result"),
    "no visit at all": ("periodic", case(), "2026-11-23", "must be a Visit"),
    "a visit after the day asked about": (CALLED, case(CALLED), "2026-11-19", "on or before the decision day"),
}


@pytest.mark.parametrize(("visit", "file", "on", "told"), REFUSED.values(), ids=REFUSED)
def test_a_visit_that_has_no_result_is_refused(visit: Any, file: CaseFile, on: str, told: str) -> None:
    for policy in (POLICY, cn_housing.rulebook):
        with pytest.raises(InvalidInputError, match=told):
            policy.result_of(visit, file, on=on)


WRONG_VISITS = {
    "reported before it was made": ({"reported_on": "2026-11-19"}, r"`Visit\.reported_on` must be on or after `completed_on` \(2026-11-20\)"),
    "told before it was reported": ({"reported_on": "2026-11-24", "told_on": "2026-11-23"}, r"`Visit\.told_on` must be on or after `reported_on`"),
    "told before it was made": ({"told_on": "2026-11-19"}, r"`Visit\.told_on` must be on or after `completed_on`"),
}


@pytest.mark.parametrize(("changes", "told"), WRONG_VISITS.values(), ids=WRONG_VISITS)
def test_a_visit_is_made_then_reported_then_told(changes: dict[str, str], told: str) -> None:
    with pytest.raises(InvalidInputError, match=told):
        attrs.evolve(CALLED, **changes)


@pytest.mark.parametrize("policy", [small_policy(), POLICY, cn_housing.rulebook], ids=["a small policy", "the shipped policy", "the shipped rulebook"])
def test_a_visit_made_today_has_the_result_that_it_was_planned_with(policy: Any) -> None:
    check_results(policy, examples=40)


def test_a_visit_that_served_two_purposes_has_one_result() -> None:
    file = case(attrs.evolve(CALLED, completed_on="2026-03-02"), collateral=Collateral(value=cny(1_600_000), valued_on="2025-09-02"))
    planned = POLICY.decide(file, on="2026-08-31").schedule.next
    assert isinstance(planned, Revisit)
    assert len(planned.serves) == 2
    visits = as_made(planned, on=Date(2026, 8, 31))
    made = attrs.evolve(file, visits=(*file.visits, *visits))
    results = [POLICY.result_of(visit, made, on="2026-08-31") for visit in visits]
    assert results[0] == results[1]
    assert results[0].expected_days == planned.result.earliest_days


def test_a_policy_without_steps_has_a_finding_the_next_working_day() -> None:
    bare = attrs.evolve(POLICY, tables=tuple(table for table in POLICY.tables if table.id not in ("turnaround", "method")))
    assert isinstance(bare, RevisitPolicy)
    assert days(bare.result_of(CALLED, case(CALLED), on="2026-11-23")) == ["2026-11-23"] * 4


def test_the_grade_that_people_determined_since_the_visit_is_a_day_of_its_result() -> None:
    visit = Visit(kind="triggered", method="on_site", completed_on="2026-11-18", finding="unsatisfactory")
    file = case(visit, **SEIZED, events=(Event("seizure", since="2026-11-17"),), determination=Determination("special_mention", on="2026-11-20"))
    found = POLICY.result_of(visit, file, on="2026-11-23")
    assert [stage.reached_on for stage in found.stages] == [Date(2026, 11, 20), Date(2026, 11, 20), None, None]
    assert str(found.decided.expected) == "2026-12-01"
    approved = attrs.evolve(file, actions=[Action("verify", state="proposed", on="2026-11-20"), Action("verify", state="approved", on="2026-11-23")])
    assert POLICY.result_of(visit, approved, on="2026-11-23").decided.reached_on == Date(2026, 11, 23)
    before = attrs.evolve(file, determination=Determination("special_mention", on="2026-11-17"))
    assert POLICY.result_of(visit, before, on="2026-11-23").determined.reached_on is None
