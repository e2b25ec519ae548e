"""Asking: the parameters of questions, looked at before any of them costs time."""

from __future__ import annotations

from revisit_policy.language.condition import Combinable, Condition
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked


def to_condition(value: Condition, *, field: str) -> Condition:
    """*value* itself, if it is a condition.

    Args:
        value: What came.
        field: The parameter, to be named if *value* is refused.

    Raises:
        InvalidValueError: If it is none, such as a fact that is compared with nothing, or True.
    """
    checked(value, Combinable, field=field, expected=Phrase("条件，如 `fact > 90` 或 `fact.is_true()`", "a condition, such as `fact > 90` or `fact.is_true()`"))
    return value
