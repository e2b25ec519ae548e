"""What is remembered hangs on a policy or a calendar, stays within its bound, and goes with its owner."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.small_policy import CASE, case_with

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import from_ordinal
from revisit_policy.values.memory import Memory
from revisit_policy.values.money import cny
from revisit_policy.values.working_days import NoticeCalendar

ON = "2026-11-24"


def city(number: int) -> NoticeCalendar:
    """A calendar of somebody's own, with one day off besides."""
    return CHINA.overlay(edition=f"city-{number}", off=(f"2026-{1 + number % 11:02}-{1 + number % 27:02}",))


def different(number: int) -> CaseFile:
    """A loan unlike the others."""
    valued_on = from_ordinal(739_500 + number % 300)
    return case_with(balance=cny(400_000 + 1_000 * (number % 400)), seized=number % 3 == 0, damaged_by_owner=number % 7 == 0, valued_on=valued_on)


def memories(policy: RevisitPolicy) -> Iterator[Memory[Any]]:
    """Every memory that hangs on a policy."""
    for graph in (policy.case_graph, policy.reader.visit_reader.graph):
        yield graph.reader._answers
        yield from graph.reader._found
    yield policy.reader.visit_reader._means
    yield policy.reader.assessments._memory
    yield policy.reader.assessments._reasons
    yield policy.reader.assessments._recommended
    plans = policy.reader.visit_reader.plan_memory
    kept = (getattr(plans, field.name) for field in attrs.fields(type(plans)))
    yield from (each for each in kept if isinstance(each, Memory))


def test_a_dropped_policy_is_freed_with_all_that_it_remembered() -> None:
    policy = attrs.evolve(cn_housing.policy(), id="dropped")
    policy.decide(different(3), on=ON)
    reader, memory = weakref.ref(policy.case_graph.reader), weakref.ref(policy.reader.visit_reader.plan_memory)
    dropped = weakref.ref(policy)
    del policy
    gc.collect()
    assert dropped() is None
    assert reader() is None
    assert memory() is None


def test_a_dropped_calendar_is_freed_at_once_where_nobody_decided_with_it() -> None:
    asked = PlanCalendar.of(city(1))
    answers = [asked.forward(asked.confirmed_to), asked.back(asked.confirmed_to), asked.working_from(asked.confirmed_to), asked.after(asked.confirmed_to, 3)]
    assert len(answers) == 4
    found, calendar = weakref.ref(asked), weakref.ref(asked.calendar)
    gc.disable()
    try:
        del asked
        assert found() is None
        assert calendar() is None
    finally:
        gc.enable()


def test_a_policy_lets_go_of_the_calendars_that_it_was_not_asked_with_of_late() -> None:
    policy = attrs.evolve(cn_housing.policy(), id="of many cities")
    made = []
    for number in range(40):
        calendar = city(number)
        policy.decide(CASE, on=ON, calendar=calendar)
        made.append(weakref.ref(calendar))
        del calendar
    gc.collect()
    assert sum(found() is not None for found in made) == 32
    del policy
    gc.collect()
    assert all(found() is None for found in made)


def test_equal_calendars_are_asked_through_one_object() -> None:
    one = PlanCalendar.of(city(3))
    assert PlanCalendar.of(city(3)) is one
    assert PlanCalendar.of(city(4)) is not one


def test_a_provisional_calendar_does_not_hold_itself() -> None:
    calendar = city(5).provisional()
    assert calendar.provisional() is calendar
    found = weakref.ref(calendar)
    gc.disable()
    try:
        del calendar
        assert found() is None
    finally:
        gc.enable()


@pytest.fixture(scope="module")
def forgetful() -> RevisitPolicy:
    """A policy that remembers next to nothing."""
    policy = attrs.evolve(cn_housing.policy(), id=cn_housing.policy().id)
    policy.decide(CASE, on=ON)
    for memory in memories(policy):
        memory.budget = 4_000
    return policy


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12))
@settings(max_examples=15)
def test_a_policy_that_forgets_decides_as_one_that_does_not(forgetful: RevisitPolicy, numbers: list[int]) -> None:
    lasting = cn_housing.policy()
    for number in numbers:
        assert forgetful.decide(different(number), on=ON) == lasting.decide(different(number), on=ON)


def test_no_memory_of_a_policy_exceeds_its_bound_however_many_loans_differ(forgetful: RevisitPolicy) -> None:
    for number in range(300):
        forgetful.decide(different(number), on=ON)
    for memory in memories(forgetful):
        assert memory.bytes <= memory.budget + 20_000
    assert any(len(memory) for memory in memories(forgetful))


def test_a_decision_leaves_no_circles_behind_for_the_collector() -> None:
    policy, cases = cn_housing.rulebook.in_force(ON), [different(number) for number in range(60)]
    for case in cases[:30]:
        policy.decide(case, on=ON)
    gc.collect()
    gc.disable()
    try:
        for case in cases[30:]:
            policy.decide(case, on=ON)
        assert gc.collect() == 0
    finally:
        gc.enable()
