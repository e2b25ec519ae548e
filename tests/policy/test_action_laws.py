"""What holds of measures whatever has been done: deadlines stay, a record twice is a record once, and of choices one is taken."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.acting import acting_policy, late_case

from revisit_policy import Action, ActionState, CaseFile, Measure
from revisit_policy.outcomes.words.measure_order import MeasureOrder
from revisit_policy.values.dates import Date

POLICY = acting_policy()
CHOICES = MeasureOrder(POLICY.words.measures).choices
ON = Date(2026, 6, 15)
ACTED = st.builds(
    Action,
    st.sampled_from([Measure.LITIGATE, Measure.PAYMENT_ORDER, Measure.ACCELERATE, Measure.RESTRUCTURE, Measure.DEMAND_RESTORATION]),
    state=st.sampled_from(ActionState),
    on=st.integers(0, 40).map(lambda ago: ON - dt.timedelta(days=ago)),
)
CASES = st.builds(
    lambda days, actions, cooperative: late_case(*actions, days=days, cooperative=cooperative),
    st.sampled_from((0, 10, 91, 100, 400)), st.lists(ACTED, max_size=4, unique_by=lambda action: action.measure), st.booleans(),
)  # fmt: skip


@given(CASES)
@settings(max_examples=60, deadline=None)
def test_no_deadline_of_a_measure_that_is_dated_moves_because_a_day_passed(case: CaseFile) -> None:
    today, tomorrow = (POLICY.decide(case, on=on) for on in (ON, ON + dt.timedelta(days=1)))
    later = {step.measure: step for step in (*tomorrow.measures, *tomorrow.measures_in_hand)}
    for step in (*today.measures, *today.measures_in_hand):
        after = later.get(step.measure)
        if after is not None and step.since is not None and after.rules == step.rules and after.after == step.after:
            assert (after.since, after.by) == (step.since, step.by)


@given(CASES)
@settings(max_examples=40, deadline=None)
def test_an_action_recorded_twice_changes_no_decision(case: CaseFile) -> None:
    twice = attrs.evolve(case, actions=(*case.actions, *case.actions))
    assert POLICY.decide(twice, on=ON) == POLICY.decide(case, on=ON)


@given(CASES)
@settings(max_examples=60, deadline=None)
def test_of_the_choices_of_a_step_no_two_are_ordered(case: CaseFile) -> None:
    decision = POLICY.decide(case, on=ON)
    taken = {step.measure for step in decision.measures_in_hand if step.rules}
    for step in decision.measures:
        others = CHOICES.get(step.measure, ())
        assert not taken.intersection(others)
        assert {other.measure for other in decision.measures if other.measure in others} == set(step.instead_of)
