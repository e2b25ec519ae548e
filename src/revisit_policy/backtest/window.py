"""Windows: how long before an event a visit is neither too early nor too late."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault, gather, gathering, to_whole


def _to_months(value: int) -> int:
    return to_whole(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Window:
    """The visits that come in time for an event: at least *latest_months* and at most *earliest_months* whole months before it.

    Args:
        earliest_months: Visits longer ago than this came too early; inclusive.
        latest_months: Visits shorter ago than this came too late; inclusive.

    Raises:
        InvalidInputError: If a figure is no whole number from 0, or they stand the wrong way round.

    Examples:
        >>> str(Window(earliest_months=12, latest_months=6))
        '6–12'
    """

    earliest_months: int = attrs.field(default=12, converter=_to_months)
    latest_months: int = attrs.field(default=6, converter=_to_months)

    def __attrs_post_init__(self) -> None:
        gather(self, _begins_before_it_ends)

    def __str__(self) -> str:
        """As months from and to."""
        return f"{self.latest_months}–{self.earliest_months}"


def _begins_before_it_ends(window: Window) -> InvalidValueError | None:
    if window.latest_months <= window.earliest_months:
        return None
    expected = Phrase("不小于 `latest_months`（{latest}）", "at least `latest_months` ({latest})", latest=window.latest_months)
    return fault("earliest_months", window.earliest_months, expected)


def usual_windows() -> tuple[Window, ...]:
    """Windows of 1–2, 1–4, 2–4, 2–6 and 2–8 quarters: a claim that holds for one of them only is seen beside the others."""
    return tuple(Window(latest_months=3 * latest, earliest_months=3 * earliest) for latest, earliest in ((1, 2), (1, 4), (2, 4), (2, 6), (2, 8)))


#: What is taken for granted: visits half a year to a year before.
USUAL: Final = Window()
