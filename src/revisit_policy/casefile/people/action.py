"""Actions: how far a measure had come on a day."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from revisit_policy.casefile import fields
from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.measure import ActionState, to_action_state, to_measure
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import fault, gather, gathering, names_known, to_tuple_of


@names_known
@attrs.frozen(kw_only=True, field_transformer=gathering)
class Action:
    """How far a measure had come on a day: proposed, approved, begun, done, refused or failed.

    Of each measure the last action counts. One that is in hand is not recommended again; one that is done is not while what calls
    for it began on or before that day; one that was refused or has failed is, and says so.

    Args:
        measure: What is done, a member of any labelled enumeration or the code of a `Measure`.
        state: How far it had come, or the code.
        on: The day on which it had.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> Action("litigate", state="begun", on="2026-11-02")
        Action(measure=Measure.LITIGATE, state=ActionState.BEGUN, on=Date(2026, 11, 2))
    """

    measure: Labelled = attrs.field(converter=to_measure, kw_only=False)
    state: ActionState = attrs.field(converter=to_action_state)
    on: Date = attrs.field(converter=fields.to_day)

    def __attrs_post_init__(self) -> None:
        gather(self)


def to_actions(values: Sequence[Action]) -> tuple[Action, ...]:
    """The actions by their days, those of one day by how far they have come; one that is recorded twice stands once.

    Raises:
        InvalidValueError: If one is no action.
    """
    actions = to_tuple_of(Action, values)
    return tuple(sorted(dict.fromkeys(actions), key=_by_day)) if actions else actions


def _by_day(action: Action) -> tuple[Date, int, str]:
    return action.on, action.state.stage, str(action.measure.value)


def last_actions(actions: tuple[Action, ...]) -> dict[Labelled, Action]:
    """Of each measure the last of *actions*, which are in their order."""
    return {action.measure: action for action in actions}


def out_of_order(actions: tuple[Action, ...]) -> InvalidValueError | None:
    """The first of *actions* that goes back in the life of its measure, such as a proposal of what is begun; ``None`` if none does.

    After what has ended, done, refused or failed, a measure may be taken up anew at any stage.
    """
    lives: dict[Labelled, list[Action]] = {}
    for action in actions:
        lives.setdefault(action.measure, []).append(action)
    for life in lives.values():
        for before, after in pairwise(life):
            if before.state.is_in_hand and after.state.stage < before.state.stage:
                return fault("actions", f"{after.measure.value} {after.state.value} {after.on}", Phrase(
                    "按先后次序：{before_on}已为 {before}，其后须为 {before} 或更后的状态",
                    "in order: {before} on {before_on} is followed by that or by what comes after it",
                    before=before.state.value, before_on=before.on,
                ))
    return None
