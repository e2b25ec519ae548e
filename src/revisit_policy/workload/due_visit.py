"""Due visits: what has to find a day."""

from __future__ import annotations

import datetime as dt
from typing import Self

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.validation import fault, gather, gathering, to_text, to_whole


def _to_day(value: str | dt.date) -> Date:
    return to_date(value)


def _to_officers(value: int) -> int:
    return to_whole(value, low=1)


def _to_urgency(value: int) -> int:
    return to_whole(value)


def _text_or_none(value: str | None) -> str | None:
    return None if value is None else to_text(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class DueVisit:
    """A visit that an office has to put on one of the days between *opens* and *closes*.

    Args:
        loan_no: The bank's number of the loan.
        opens: The first day on which it can be made, inclusive.
        closes: The last day, inclusive.
        officers: How many people it takes.
        skill: What one of them has to be able to do; ``None`` if anybody can make it.
        urgency: Who comes first where days are scarce; more is more urgent, such as the place of a warning level.
        office: Whose visit it is: every office is levelled by itself. ``None`` for a bank with one.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> DueVisit("L-1", opens="2026-12-01", closes="2026-12-04", officers=2).closes
        Date(2026, 12, 4)
    """

    loan_no: str = attrs.field(converter=to_text, kw_only=False)
    opens: Date = attrs.field(converter=_to_day)
    closes: Date = attrs.field(converter=_to_day)
    officers: int = attrs.field(default=1, converter=_to_officers)
    skill: str | None = attrs.field(default=None, converter=_text_or_none)
    urgency: int = attrs.field(default=0, converter=_to_urgency)
    office: str | None = attrs.field(default=None, converter=_text_or_none)

    def __attrs_post_init__(self) -> None:
        gather(self, _closes_after_it_opens)

    @classmethod
    def of(cls, loan_no: str, visit: Revisit, *, urgency: int = 0, skill: str | None = None, office: str | None = None) -> Self:
        """The visit as a schedule has it: its window and its officers."""
        window = visit.window
        return cls(loan_no, opens=window.opens, closes=window.closes, officers=visit.officers, urgency=urgency, skill=skill, office=office)


def _closes_after_it_opens(visit: DueVisit) -> InvalidValueError | None:
    return (
        fault("closes", str(visit.closes), Phrase("不早于 `opens`（{opens}）", "on or after `opens` ({opens})", opens=visit.opens))
        if visit.closes < visit.opens
        else None
    )
