"""What a plan is made from: what is refused, and what is read of the visits made."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.requests import BY_PHONE, MEANS, request
from tests.planning.strategies import EARLIEST, LATEST, day, requests, visits

from revisit_policy.casefile.visit import Visit
from revisit_policy.errors import InvalidInputError
from revisit_policy.outcomes.visit import Finding, VisitKind, VisitMethod
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.dates import Date

REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a horizon in the past": ({"until": "2025-01-19"}, r"`PlanRequest\.until` must be on or after `on` \(2025-01-20\), got `'2025-01-19'`"),
    "a lead below zero": ({"lead_days": -1}, r"`PlanRequest\.lead_days` must be at least 0, got `-1`"),
    "no interval": ({"interval_months": 0}, r"`PlanRequest\.interval_months` must be at least 1, got `0`"),
    "a valuation that lasts no time": ({"revaluation_months": 0}, r"`PlanRequest\.revaluation_months` must be at least 1"),
    "a valuation in no time": ({"revaluation_working_days": 0}, r"`PlanRequest\.revaluation_working_days` must be at least 1"),
    "a red result in no time": ({"red_result_days": 0}, r"`PlanRequest\.red_result_days` must be at least 1"),
    "a visit by nobody": ({"on_site_officers": 0}, r"`PlanRequest\.on_site_officers` must be at least 1"),
    "a kind of visit without means": ({"means": {VisitKind.FIRST: BY_PHONE}}, r"`PlanRequest\.means` must be the means of every kind of visit"),
    "means in too short a row": ({"means": (BY_PHONE,)}, r"`PlanRequest\.means` must be the means of every kind of visit"),
}


@pytest.mark.parametrize(("changes", "message"), REFUSED.values(), ids=REFUSED)
def test_a_request_that_cannot_be_planned_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        request(on="2025-01-20", **changes)


ALONE: dict[str, tuple[dict[str, Any], str]] = {
    "a plan for its own day": ({"until": "2025-01-20", "lead_days": -1}, "lead_days"),
    "no lead at all": ({"lead_days": 0, "until": "2025-01-19"}, "until"),
    "a lead of a day": ({"lead_days": 1, "until": "2025-01-19"}, "until"),
    "an interval of a month": ({"interval_months": 1, "until": "2025-01-19"}, "until"),
}


@pytest.mark.parametrize(("changes", "field"), ALONE.values(), ids=ALONE)
def test_a_request_is_told_no_fault_that_it_has_not(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInputError) as found:
        request(on="2025-01-20", **changes)
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == [field]


def test_means_that_are_not_all_there_are_shown_with_what_was_expected() -> None:
    with pytest.raises(InvalidInputError) as found:
        request(on="2025-01-20", means=())
    assert str(found.value) == "`PlanRequest.means` must be the means of every kind of visit, by kind or in the order of `VisitKind`, got `()` (tuple)"


def test_a_request_tells_all_its_faults_together() -> None:
    with pytest.raises(InvalidInputError) as found:
        request(on="2025-01-20", until="2025-01-19", lead_days=-1, interval_months=0, means=())
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == ["means", "until", "lead_days", "interval_months"]


def test_means_are_found_by_kind_however_they_were_given() -> None:
    by_kind = request(on="2025-01-20", means=MEANS)
    in_order = request(on="2025-01-20", means=tuple(MEANS[kind] for kind in VisitKind))
    assert by_kind == in_order
    assert all(by_kind.means_of(kind) == MEANS[kind] for kind in VisitKind)


@given(requests())
def test_a_request_is_a_value(loan: PlanRequest) -> None:
    assert pickle.loads(pickle.dumps(loan)) == loan
    assert hash(pickle.loads(pickle.dumps(loan))) == hash(loan)


MADE = [
    Visit(kind="first", method="on_site", completed_on="2024-05-20", finding="satisfactory"),
    Visit(kind="periodic", method="phone", completed_on="2024-12-09", finding="inconclusive"),
    Visit(kind="triggered", method="on_site", completed_on="2025-01-08", finding="not_reached"),
    Visit(kind="triggered", method="sms", completed_on="2025-01-10", finding="unsatisfactory"),
    Visit(kind="periodic", method="on_site", completed_on="2025-01-21", finding="satisfactory"),
]


def test_the_last_visits_are_those_that_reached_the_borrower_by_the_day() -> None:
    last = LastVisits.of(MADE, on=Date(2025, 1, 20))
    assert [last.of_kind(kind) for kind in VisitKind] == [Date(2024, 5, 20), Date(2024, 12, 9), Date(2025, 1, 10), None]
    assert [last.at_least(method) for method in VisitMethod] == [
        Date(2025, 1, 10), Date(2025, 1, 10), Date(2024, 12, 9), Date(2024, 5, 20), Date(2024, 5, 20),
    ]  # fmt: skip


@given(visits(since=EARLIEST, on=LATEST), day(EARLIEST, LATEST), st.randoms())
def test_the_order_of_the_visits_does_not_matter(made: tuple[Visit, ...], on: Date, chance: Any) -> None:
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert LastVisits.of(shuffled, on=on) == LastVisits.of(made, on=on)


@given(visits(since=EARLIEST, on=LATEST), day(EARLIEST, LATEST))
def test_the_last_visits_are_as_the_history_has_them(made: tuple[Visit, ...], on: Date) -> None:
    counted = [visit for visit in made if visit.completed_on <= on and visit.finding is not Finding.NOT_REACHED]
    last = LastVisits.of(made, on=on)
    for kind in VisitKind:
        assert last.of_kind(kind) == max((visit.completed_on for visit in counted if visit.kind is kind), default=None)
    for method in VisitMethod:
        assert last.at_least(method) == max(
            (visit.completed_on for visit in counted if visit.method >= method and visit.kind is not VisitKind.REVALUATION), default=None
        )


def test_means_that_are_equal_are_one_key() -> None:
    assert {BY_PHONE: 1}[attrs.evolve(BY_PHONE)] == 1
