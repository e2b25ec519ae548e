"""The planner that decides makes the plans of the one that remembers nothing, day for day and word for word, whatever a bank owes."""

from __future__ import annotations

from hypothesis import given, settings
from tests.planning.agendas import agendas
from tests.planning.reference.plan import plan as reference_plan

from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.plan import plan
from revisit_policy.planning.plan_memory import PlanMemory

SOME_HUNDRED = 400
MEMORY = PlanMemory()


@given(agendas(memory=MEMORY))
@settings(max_examples=SOME_HUNDRED)
def test_every_plan_is_the_one_of_the_planner_that_remembers_nothing(agenda: Agenda) -> None:
    expected = reference_plan(agenda)
    assert plan(agenda, memory=MEMORY) == expected
    assert plan(agenda, memory=MEMORY) == expected  # and so it is when all of it is remembered
    assert plan(agenda) == expected
