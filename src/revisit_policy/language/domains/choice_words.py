"""How a choice is named: by its code, and in words."""

from __future__ import annotations

from enum import Enum

from revisit_policy.values.labels import Lang


def choice_code(choice: object) -> str:
    """The short text by which *choice* can be named: an enumeration's code, or the value itself as text."""
    return str(choice.value) if isinstance(choice, Enum) else str(choice)


def choice_text(choice: object, lang: Lang) -> str:
    """*choice* as a person reads it: its label where it has one, its text where it has none."""
    return str(label(lang)) if callable(label := getattr(choice, "label", None)) else choice_code(choice)
