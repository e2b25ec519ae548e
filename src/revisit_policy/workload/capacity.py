"""Capacities: how many officers an office has on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import fault, gather, gathering, refused, to_text, to_whole


def to_visits(value: str | int | Decimal | Fraction) -> Fraction:
    """Visits there are, exact; a part of one is kept for later.

    Raises:
        InvalidValueError: If it is no exact figure, such as a float, or below 0.
    """
    visits = exact_ratio(value)
    if visits < 0:
        raise refused(value, Phrase("不小于0", "at least 0"))
    return visits


def _to_officers(value: int) -> int:
    return to_whole(value)


def _to_days(value: Mapping[str | dt.date, int]) -> Mapping[Date, int]:
    if isinstance(value, Mapping):
        return {to_date(day): to_whole(officers) for day, officers in value.items()}
    raise refused(value, Phrase("按日给出的人数", "officers by day"))


def _to_skilled(value: Mapping[str, int]) -> Mapping[str, int]:
    if isinstance(value, Mapping):
        return {to_text(skill): to_whole(officers) for skill, officers in value.items()}
    raise refused(value, Phrase("按技能给出的人数", "officers by skill"))


@attrs.frozen(field_transformer=gathering)
class Capacity:
    """Officers of one office on a working day.

    Args:
        officers: On every working day that *but* does not name.
        but: On single days, such as those of a course; 0 for a day on which nobody goes out.
        skilled: How many of them have a skill, on every day; a skill that is not named nobody has.

    Raises:
        InvalidInputError: If a figure is no whole number from 0, all of them together, or there is nobody on any day.

    Examples:
        >>> team = Capacity(5, but={"2026-12-04": 2}, skilled={"valuer": 1})
        >>> team.on(Date(2026, 12, 3)), team.on(Date(2026, 12, 4)), team.of_skill("valuer", Date(2026, 12, 3))
        (5, 2, 1)
    """

    officers: int = attrs.field(converter=_to_officers)
    but: Mapping[Date, int] = attrs.field(factory=dict, kw_only=True, converter=_to_days, hash=False)
    skilled: Mapping[str, int] = attrs.field(factory=dict, kw_only=True, converter=_to_skilled, hash=False)

    def __attrs_post_init__(self) -> None:
        gather(self, _somebody_works)

    def on(self, day: Date) -> int:
        """Officers on a working day."""
        return self.but.get(day, self.officers)

    def of_skill(self, skill: str, day: Date) -> int:
        """Those of them who have a skill."""
        return min(self.skilled.get(skill, 0), self.on(day))


def _somebody_works(capacity: Capacity) -> InvalidValueError | None:
    if capacity.officers or any(capacity.but.values()):
        return None
    return fault("officers", capacity.officers, Phrase("至少有一日不小于1", "at least 1 on some day"))
