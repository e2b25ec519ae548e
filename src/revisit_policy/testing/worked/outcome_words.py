"""Outcomes in words: short, on one line, and never the `repr` of a whole value."""

from __future__ import annotations

from enum import Enum

from revisit_policy.language.domains.choice_words import choice_code, choice_text
from revisit_policy.values.labels import Lang


def outcome_words(outcome: object, *, none: str = "-") -> str:
    """An outcome by its code, or by its label where its code would be a whole value; several joined by commas.

    Args:
        outcome: One outcome, a tuple of them, or ``None`` if nothing is established.
        none: What is said of an empty tuple and of ``None``.

    Examples:
        >>> from revisit_policy.outcomes.grade import Grade
        >>> from revisit_policy.outcomes.signal import Signal
        >>> outcome_words((Grade.LOSS, Signal("arrears", level="yellow"), 12))
        'loss, arrears (yellow), 12'
    """
    if isinstance(outcome, tuple):
        return ", ".join(outcome_words(item, none=none) for item in outcome) or none
    if outcome is None:
        return none
    text = choice_code(outcome) if isinstance(outcome, Enum | str | int) else choice_text(outcome, Lang.EN)
    return " ".join(text.split())
