"""Estimates: a share that was counted, and how far chance may have moved it."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault, gather, gathering, to_whole

#: Of the normal distribution, for 95 %.
NORMAL_95: Final = 1.959963984540054


def _to_count(value: int) -> int:
    return to_whole(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Estimate:
    """*hits* out of *of*, with an interval of 95 % after Wilson (1927): closed form, so no chance and no seed.

    Raises:
        InvalidInputError: If a count is no whole number from 0, or there are more hits than there could be.

    Examples:
        >>> found = Estimate(hits=9, of=12)
        >>> found.value, round(found.low, 3), round(found.high, 3), str(found)
        (Fraction(3, 4), 0.468, 0.911, '.750 [.468, .911] of 12')
    """

    hits: int = attrs.field(converter=_to_count)
    of: int = attrs.field(converter=_to_count)

    def __attrs_post_init__(self) -> None:
        gather(self, _hits_are_among_all)

    @property
    def value(self) -> Fraction | None:
        """The share; ``None`` of nothing."""
        return Fraction(self.hits, self.of) if self.of else None

    @property
    def low(self) -> float:
        """The lower end of the interval; 0 of nothing."""
        return self._end(-1)

    @property
    def high(self) -> float:
        """The upper end of the interval; 1 of nothing."""
        return self._end(1)

    def _end(self, side: int) -> float:
        if not self.of:
            return 0.0 if side < 0 else 1.0
        share, spread = self.hits / self.of, NORMAL_95**2 / self.of
        end = (share + spread / 2 + side * NORMAL_95 * sqrt((share * (1 - share) + spread / 4) / self.of)) / (1 + spread)
        return min(1.0, max(0.0, end))

    def __str__(self) -> str:
        """The share and its interval in three decimals."""
        if self.value is None:
            return "of 0"
        return f"{share_text(float(self.value))} [{share_text(self.low)}, {share_text(self.high)}] of {self.of:,}"


def share_text(share: float) -> str:
    """A share in three decimals, without the zero before the point."""
    return f"{share:.3f}".replace("0.", ".", 1) if abs(share) < 1 else f"{share:.3f}"


def _hits_are_among_all(estimate: Estimate) -> InvalidValueError | None:
    if estimate.hits <= estimate.of:
        return None
    return fault("hits", estimate.hits, Phrase("不超过 `of`（{of}）", "at most `of` ({of})", of=estimate.of))
