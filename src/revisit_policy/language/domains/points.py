"""Points: the total of a scorecard."""

from __future__ import annotations

import attrs

from revisit_policy.language.domains.counts import Counts
from revisit_policy.values.labels import Label, Lang


@attrs.frozen
class Points:
    """The total of an earlier scorecard, from *low* to *high*; encoded as the interval that is still possible."""

    low: int
    high: int

    kind = Label("分数", "points")

    @property
    def blank(self) -> tuple[int, int]:
        """The whole interval."""
        return self.low, self.high

    def accept(self, value: object, *, name: str) -> int:
        """Return *value* if it is a total that can be reached."""
        return Counts(self.low, self.high).accept(value, name=name)

    def check_limit(self, limit: int) -> None:
        """Accept every limit: whole numbers compare exactly."""

    def encode(self, value: int) -> tuple[int, int]:
        """The interval that holds *value* alone."""
        return value, value

    def decode(self, encoded: tuple[int, int]) -> int:
        """The total, or the lower end of what it can still be."""
        return encoded[0]

    def text(self, encoded: tuple[int, int], lang: Lang) -> str:  # noqa: ARG002 - a number reads alike in both
        """The total, or both ends of what it can still be."""
        return str(encoded[0]) if encoded[0] == encoded[1] else f"{encoded[0]} … {encoded[1]}"

    def source(self, value: int) -> str:
        """*value* as it is typed in a rule."""
        return repr(value)
