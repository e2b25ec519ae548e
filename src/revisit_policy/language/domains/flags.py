"""Flags: true or false."""

from __future__ import annotations

import attrs

from revisit_policy.language.domains.refusal import refuse
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang


@attrs.frozen
class Flags:
    """True or false."""

    blank = None
    kind = Label("是非", "flag")

    def accept(self, value: object, *, name: str) -> bool:
        """Return *value* if it is exactly ``True`` or ``False``."""
        if type(value) is not bool:
            raise refuse(name, value, Phrase("True 或 False", "True or False"))
        return value

    def encode(self, value: bool) -> bool:  # noqa: FBT001 - the value itself
        """Return *value* as it is."""
        return value

    def decode(self, encoded: bool) -> bool:  # noqa: FBT001 - the value itself
        """Return *encoded* as it is."""
        return encoded

    def text(self, encoded: bool, lang: Lang) -> str:  # noqa: FBT001 - the value itself
        """Yes or no."""
        return (Label("是", "yes") if encoded else Label("否", "no")).text(lang)
