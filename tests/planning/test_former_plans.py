"""The planner of obligations makes the plans of the planner that knew four duties, day for day and word for word."""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from tests.planning.former.plan import plan as former_plan
from tests.planning.strategies import requests, unvisited

from revisit_policy.planning.plan import plan
from revisit_policy.planning.plan_request import PlanRequest

SOME_THOUSAND = 1_000


@given(requests())
@settings(max_examples=SOME_THOUSAND)
def test_every_plan_is_the_one_that_was_made_before(request: PlanRequest) -> None:
    assert plan(request) == former_plan(request)
    assert plan(unvisited(request)) == former_plan(unvisited(request))


@given(requests())
@settings(max_examples=50)
def test_so_is_every_plan_of_a_loan_that_matures_in_between(request: PlanRequest) -> None:
    for days in (-20, 0, 5, 12, 40, 100):
        from_now = attrs.evolve(request, matures_on=type(request.on).fromordinal(request.on.toordinal() + days))
        assert plan(from_now) == former_plan(from_now)
