"""How far the result of a visit has come on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.results.stage_limit import DAYS
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.validation import each_by, fault, gather, gathering

_ONE_A_DAY = Phrase("每个结果之日各一项，共{count}项", "one for each of the {count} days of a result", count=len(DAYS))


def _to_reached(values: Iterable[str | dt.date | None]) -> tuple[Date | None, ...]:
    return each_by(lambda value: None if value is None else to_date(value), values, expected=_ONE_A_DAY)


def _to_states(values: Iterable[StageState | str]) -> tuple[StageState, ...]:
    return each_by(StageState.parse, values, expected=_ONE_A_DAY)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Progress:
    """How far the result of a visit has come at the end of a day.

    Args:
        on: That day.
        completed_on: The day the visit was made.
        reached: For each of the days of a result the day on which it came; ``None`` if it has not.
        states: How each of them stands.

    Raises:
        InvalidInputError: If fields are malformed, there is not one of both for each day of a result, or the visit was made after *on*.
    """

    on: Date = attrs.field(converter=to_date)
    completed_on: Date = attrs.field(converter=to_date)
    reached: tuple[Date | None, ...] = attrs.field(converter=_to_reached)
    states: tuple[StageState, ...] = attrs.field(converter=_to_states)

    def __attrs_post_init__(self) -> None:
        gather(self, _made_by_then, _one_reached_a_day, _one_state_a_day)


def _made_by_then(progress: Progress) -> InvalidValueError | None:
    if progress.completed_on > progress.on:
        return fault("completed_on", str(progress.completed_on), Phrase("不晚于 `on`（{on}）", "on or before `on` ({on})", on=progress.on))
    return None


def _one_reached_a_day(progress: Progress) -> InvalidValueError | None:
    return None if len(progress.reached) == len(DAYS) else fault("reached", progress.reached, _ONE_A_DAY)


def _one_state_a_day(progress: Progress) -> InvalidValueError | None:
    return None if len(progress.states) == len(DAYS) else fault("states", progress.states, _ONE_A_DAY)
