"""Spreading: days inside windows, the least peak and its proof; brute force and a flow solver as oracles."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.graph.python import max_flow
from tests.workload.strategies import WORKING, due_visits

from revisit_policy.errors import InvalidInputError, UnknownNameError
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date
from revisit_policy.workload import Capacity, DueVisit, OfficePlan, spread


def _plan(visits: list[DueVisit], **more: object) -> OfficePlan | None:
    found = spread(visits, calendar=CHINA, **more).offices  # type: ignore[arg-type]
    assert len(found) == bool(visits)
    return found[0] if found else None


def _possible(visit: DueVisit) -> list[Date]:
    return [day for day in WORKING if visit.opens <= day <= visit.closes]


def _least_peak(visits: list[DueVisit]) -> int:
    """By trying every day for every visit."""
    best = sum(visit.officers for visit in visits)
    for days in product(*map(_possible, visits)):
        load: Counter[Date] = Counter()
        for visit, day in zip(visits, days, strict=True):
            load[day] += visit.officers
        best = min(best, max(load.values(), default=0))
    return best


def _fits(visits: list[DueVisit], room: int) -> bool:
    """By a maximum flow from the visits through their days."""
    flow, days = max_flow.SimpleMaxFlow(), {day: len(visits) + 2 + at for at, day in enumerate(WORKING)}
    for at, visit in enumerate(visits):
        flow.add_arc_with_capacity(0, at + 2, 1)
        for day in _possible(visit):
            flow.add_arc_with_capacity(at + 2, days[day], 1)
    for node in days.values():
        flow.add_arc_with_capacity(node, 1, room)
    assert flow.solve(0, 1) == flow.OPTIMAL
    return bool(flow.optimal_flow() == len(visits))


@given(due_visits(officers=st.integers(1, 2), urgency=st.integers(0, 2)))
def test_every_visit_gets_a_working_day_of_its_window(visits: list[DueVisit]) -> None:
    plan = _plan(visits)
    if plan is not None:
        assert sorted(each.visit.loan_no for each in plan.planned) == sorted(visit.loan_no for visit in visits)
        assert all(each.on in _possible(each.visit) for each in plan.planned)
        assert plan.unplaced == ()


@given(due_visits(urgency=st.integers(0, 1)))
def test_the_peak_of_single_officers_is_the_least_there_is(visits: list[DueVisit]) -> None:
    plan = _plan(visits)
    if plan is not None:
        assert plan.peak == plan.at_least == _least_peak(visits)
        assert plan.gap == 0


@given(due_visits(most=5, officers=st.integers(1, 2)))
def test_what_is_proved_of_two_officer_visits_is_true_and_the_gap_is_honest(visits: list[DueVisit]) -> None:
    plan = _plan(visits)
    if plan is not None:
        assert plan.at_least <= _least_peak(visits) <= plan.peak
        assert plan.gap == plan.peak - plan.at_least


@settings(max_examples=25)
@given(due_visits(most=30), st.integers(1, 6))
def test_a_capacity_is_impossible_exactly_where_a_flow_solver_says_so(visits: list[DueVisit], room: int) -> None:
    plan = _plan(visits, capacity=room)
    if plan is not None:
        assert plan.is_impossible is bool(plan.unplaced) is not _fits(visits, room)
        assert plan.peak <= room
        assert all(each.on in _possible(each.visit) for each in plan.planned)
        assert sorted(each.loan_no for each in (*plan.unplaced, *(each.visit for each in plan.planned))) == sorted(visit.loan_no for visit in visits)


@given(due_visits(most=8, officers=st.integers(1, 3)), st.integers(1, 3))
def test_a_crowd_is_a_proof_that_checks_on_its_own(visits: list[DueVisit], room: int) -> None:
    plan = _plan(visits, capacity=room)
    if plan is not None:
        assert plan.crowd is not None
        assert plan.crowd.holds_for(visits, working_days=WORKING)
        assert not plan.is_impossible or plan.unplaced


@given(due_visits(most=8, officers=st.integers(1, 3)))
def test_a_crowd_counted_without_one_of_its_visits_no_longer_holds(visits: list[DueVisit]) -> None:
    plan = _plan(visits)
    if plan is not None:
        assert plan.crowd is not None
        inside = next(visit for visit in visits if plan.crowd.first <= min(_possible(visit)) and max(_possible(visit)) <= plan.crowd.last)
        assert not plan.crowd.holds_for([visit for visit in visits if visit is not inside], working_days=WORKING)


@given(due_visits(most=8, officers=st.integers(1, 2), urgency=st.integers(0, 2)))
def test_no_change_of_places_brings_an_urgent_visit_forward(visits: list[DueVisit]) -> None:
    plan = _plan(visits)
    if plan is None:
        return
    for each in plan.planned:
        for other in plan.planned:
            gives_way = other.visit.urgency < each.visit.urgency and other.visit.officers == each.visit.officers
            could = each.visit.opens <= other.on < each.on <= other.visit.closes
            assert not (gives_way and could)


@given(due_visits(most=8, officers=st.integers(1, 2)), st.randoms())
def test_the_order_in_which_visits_come_changes_nothing(visits: list[DueVisit], shuffle: object) -> None:
    other = list(visits)
    shuffle.shuffle(other)  # type: ignore[attr-defined] # a random.Random
    assert spread(visits, calendar=CHINA) == spread(other, calendar=CHINA)


def test_offices_are_levelled_by_themselves_and_found_by_name() -> None:
    visits = [DueVisit(f"L-{n}", opens="2026-12-07", closes="2026-12-07", office="Tianhe" if n else "Yuexiu") for n in range(3)]
    found = spread(visits, calendar=CHINA, capacity={"Tianhe": 1, "Yuexiu": 1})
    assert [(plan.office, plan.peak, len(plan.unplaced)) for plan in found.offices] == [("Tianhe", 1, 1), ("Yuexiu", 1, 0)]
    assert [visit.loan_no for visit in found.unplaced] == ["L-2"]
    with pytest.raises(UnknownNameError, match="Tianhe"):
        found.of("Tianhe ")


def test_a_skill_that_few_have_binds_and_is_proved() -> None:
    visits = [DueVisit(f"L-{n}", opens="2026-12-07", closes="2026-12-08", skill="valuer") for n in range(3)]
    plan = spread(visits, calendar=CHINA, capacity=Capacity(5, skilled={"valuer": 1})).of(None)
    assert (len(plan.unplaced), plan.is_impossible) == (1, True)
    assert plan.crowd is not None
    assert (plan.crowd.skill, plan.crowd.officers, plan.crowd.room) == ("valuer", 3, 2)
    assert plan.crowd.holds_for(visits, working_days=(*WORKING, Date(2026, 12, 7), Date(2026, 12, 8)))


def test_a_day_on_which_fewer_are_there_takes_fewer() -> None:
    visits = [DueVisit(f"L-{n}", opens="2026-12-07", closes="2026-12-09") for n in range(5)]
    plan = spread(visits, calendar=CHINA, capacity=Capacity(2, but={"2026-12-08": 1})).of(None)
    assert [(str(day), officers) for day, officers in plan.by_day.items()] == [("2026-12-07", 2), ("2026-12-08", 1), ("2026-12-09", 2)]


def test_one_officer_more_is_asked_by_asking_again() -> None:
    visits = [DueVisit(f"L-{n}", opens="2026-12-07", closes="2026-12-08") for n in range(7)]
    assert [len(spread(visits, calendar=CHINA, capacity=officers).unplaced) for officers in (2, 3, 4)] == [3, 1, 0]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: spread([DueVisit("L-1", opens="2026-10-03", closes="2026-10-05")], calendar=CHINA), "L-1"),
        (lambda: spread([DueVisit("L-1", opens="2026-12-01", closes="2026-12-04")], calendar=CHINA, on="2026-12-07"), "L-1"),
        (lambda: spread([], calendar=CHINA, capacity=0), None),
        (lambda: spread([DueVisit("L-1", opens="2026-12-01", closes="2026-12-04")], calendar=CHINA, capacity=0), "officers"),
        (lambda: spread([DueVisit("L-1", opens="2026-12-01", closes="2026-12-04")], calendar=CHINA, capacity=1.5), "capacity"),  # type: ignore[arg-type]
        (lambda: spread([DueVisit("L-1", opens="2026-12-01", closes="2026-12-04")] * 2, calendar=CHINA), "L-1"),
        (lambda: spread([1], calendar=CHINA), "visits"),  # type: ignore[list-item]
        (lambda: spread([], calendar="CN"), "calendar"),  # type: ignore[arg-type]
        (lambda: Capacity(0, but={"2026-12-01": 0}), "officers"),
        (lambda: DueVisit("L-1", opens="2026-12-04", closes="2026-12-01"), "closes"),
        (lambda: DueVisit("L-1", opens="2026-12-04", closes="2026-12-04", officers=0), "officers"),
    ],
    ids=[
        "a window of holidays alone",
        "a window that has passed",
        "nothing to do asks for nobody",
        "a capacity of nothing",
        "a float capacity",
        "a loan twice",
        "what is no visit",
        "what is no calendar",
        "nobody on any day",
        "a window that closes first",
        "nobody goes",
    ],
)
def test_wrong_questions_are_refused_by_name(call: object, named: str | None) -> None:
    if named is None:
        assert call().offices == ()  # type: ignore[operator]
        return
    with pytest.raises(InvalidInputError, match=named):
        call()  # type: ignore[operator]
