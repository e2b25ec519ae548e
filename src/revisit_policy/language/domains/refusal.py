"""How a domain refuses: a value that is none of its own, and bounds that no value is between."""

from __future__ import annotations

from typing import Any

from revisit_policy.errors import InvalidPolicyError, InvalidValueError
from revisit_policy.speech.phrase import Phrase


def refuse(name: str, value: object, expected: str) -> InvalidValueError:
    """The fault of a *value* that what goes by *name* cannot take."""
    return InvalidValueError(owner="", field=name, value=value, expected=expected)


def check_order(low: Any, high: Any, *, subject: str) -> None:
    """Refuse a domain that no value is in."""
    if low > high:
        problem = Phrase("`high` 不得小于 `low`（{low}），实际为 `{high}`", "`high` must be at least `low` ({low}), got `{high}`", low=low, high=high)
        raise InvalidPolicyError(subject=subject, problem=problem)
