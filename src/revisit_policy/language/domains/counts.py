"""Counts: whole numbers."""

from __future__ import annotations

import attrs

from revisit_policy.language.domains.refusal import check_order, refuse
from revisit_policy.language.domains.unknown import UNKNOWN_NUMBER
from revisit_policy.language.parts import check_whole
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang


@attrs.frozen
class Counts:
    """Whole numbers from *low* to *high*, both inclusive, in steps of *step*."""

    low: int
    high: int
    step: int = 1

    blank = UNKNOWN_NUMBER
    kind = Label("计数", "count")

    def __attrs_post_init__(self) -> None:
        for name, low in (("low", None), ("high", None), ("step", 1)):
            check_whole(getattr(self, name), subject="count", field=name, low=low)
        check_order(self.low, self.high, subject="count")

    def accept(self, value: object, *, name: str) -> int:
        """Return *value* if it is a whole number of this domain."""
        if type(value) is not int or not self.low <= value <= self.high or (value - self.low) % self.step:
            raise refuse(name, value, Phrase("{low}至{high}的整数", "a whole number from {low} to {high}", low=self.low, high=self.high))
        return value

    def check_limit(self, limit: int) -> None:
        """Accept every limit: whole numbers compare exactly."""

    def encode(self, value: int) -> int:
        """Return *value* as it is."""
        return value

    def decode(self, encoded: int) -> int:
        """Return *encoded* as it is."""
        return encoded

    def text(self, encoded: int, lang: Lang) -> str:  # noqa: ARG002 - one signature for every domain
        """*encoded* in digits."""
        return str(encoded)

    def source(self, value: int) -> str:
        """*value* as it is typed in a rule."""
        return repr(value)
