"""What holds of measures whatever has been done: deadlines stay, a record twice is a record once, of choices one is taken, and a step waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.policy.acting import acting_policy, late_case, seized_case
from tests.policy.small_policy import case_with

from revisit_policy import Action, CaseFile, Decision, LawBrokenError, Measure, Recommendation
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.testing import check_measures
from revisit_policy.testing.laws import measure_laws
from revisit_policy.testing.laws.sampling import without_shrinking
from revisit_policy.values.dates import Date

POLICY = acting_policy()
ON = "2026-06-15"


def test_the_measures_of_a_policy_with_steps_keep_their_laws() -> None:
    check_measures(POLICY, examples=60)


def test_an_action_recorded_twice_is_one_so_that_no_decision_can_tell() -> None:
    once = late_case(Action("litigate", state="begun", on=ON))
    assert attrs.evolve(once, actions=(*once.actions, *once.actions)) == once


@attrs.frozen
class Spoiling:
    """The policy with something done to each decision."""

    spoil: Callable[[Decision], Decision]
    conventions: None = None

    @property
    def graph(self) -> Any:
        return POLICY.graph

    @property
    def words(self) -> Vocabulary:
        return POLICY.words

    def decide(self, case: CaseFile, *, on: Date) -> Decision:
        return self.spoil(POLICY.decide(case, on=on))


def every_step(**changed: Any) -> Callable[[Decision], Decision]:
    """Each recommendation with fields *changed*."""
    return lambda decision: attrs.evolve(decision, measures=tuple(attrs.evolve(step, **changed) for step in decision.measures))


def sliding(decision: Decision) -> Decision:
    """Deadlines that move with the day of asking."""
    steps = tuple(step if step.by is None else attrs.evolve(step, by=decision.on, late=False) for step in decision.measures)
    return attrs.evolve(decision, measures=steps)


def both_ways(decision: Decision) -> Decision:
    """The other choice of what is in hand, recommended beside it."""
    suits = [step for step in decision.measures_in_hand if step.measure is Measure.LITIGATE]
    return attrs.evolve(decision, measures=(*decision.measures, *(Recommendation(Measure.PAYMENT_ORDER) for _ in suits)))


BROKEN: dict[str, tuple[Callable[[Decision], Decision], CaseFile, str]] = {
    "choices that do not know of one another": (every_step(instead_of=()), late_case(), "instead of"),
    "a step that waits for nothing": (every_step(after=()), seized_case(), "behind `demand_restoration`"),
    "steps the wrong way round": (lambda found: attrs.evolve(found, measures=found.measures[::-1]), seized_case(), "behind `demand_restoration`"),
    "a plan without figures": (every_step(waits_for=()), late_case(cooperative=True, income_at_last_review=None), "wait for `income_change`"),
    "a deadline that moves": (sliding, late_case(), "still"),
    "a choice beside what is in hand": (both_ways, late_case(Action("litigate", state="begun", on=ON)), "while `litigate`"),
    "a choice beside what is in hand and no longer called for": (
        both_ways, attrs.evolve(case_with(), actions=[Action("litigate", state="begun", on=ON)]), "while `litigate`",
    ),
}


@pytest.mark.parametrize(("spoil", "case", "says"), BROKEN.values(), ids=BROKEN)
def test_a_policy_whose_measures_have_no_order_is_found(
    spoil: Callable[[Decision], Decision], case: CaseFile, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_this_case(_policy: object, law: Any, _examples: object, *_drawn: object) -> None:
        for act in ((9, "done", 0), (0, "begun", 3)):
            law(Date.fromisoformat(ON), case, act)

    monkeypatch.setattr(measure_laws, "sampled_cases", on_this_case)
    check_measures(POLICY)
    with without_shrinking(), pytest.raises(LawBrokenError, match=says):
        check_measures(Spoiling(spoil))
