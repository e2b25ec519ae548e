"""Days."""

from __future__ import annotations

import datetime as dt
from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.language.domains.refusal import check_order, refuse
from revisit_policy.language.domains.unknown import UNKNOWN_NUMBER
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values import dates
from revisit_policy.values.dates import Date, from_ordinal, to_date
from revisit_policy.values.labels import Label, Lang

#: The days a day fact can take unless it says otherwise.
FIRST_DAY: Final = Date(1900, 1, 1)
LAST_DAY: Final = Date(2199, 12, 31)

@attrs.frozen
class Days:
    """Days from *low* to *high*, both inclusive."""

    low: Date = attrs.field(default=FIRST_DAY, converter=to_date)
    high: Date = attrs.field(default=LAST_DAY, converter=to_date)

    blank = UNKNOWN_NUMBER
    kind = Label("日期", "day")

    def __attrs_post_init__(self) -> None:
        check_order(self.low, self.high, subject="day")

    def accept(self, value: object, *, name: str) -> Date:
        """Return *value* as a day of this domain."""
        try:
            day = to_date(value)  # type: ignore[arg-type] # it refuses what it cannot take
        except InvalidValueError as error:
            raise refuse(name, value, error.expected) from None
        if not self.low <= day <= self.high:
            raise refuse(name, value, Phrase("{low}至{high}的日期", "a day from {low} to {high}", low=self.low, high=self.high))
        return day

    def check_limit(self, limit: Date) -> None:
        """Accept every limit: days compare exactly."""

    def encode(self, value: dt.date) -> int:
        """The proleptic Gregorian ordinal of *value*."""
        return value.toordinal()

    def decode(self, encoded: int) -> Date:
        """The day that has this ordinal."""
        return from_ordinal(encoded)

    def text(self, encoded: int, lang: Lang) -> str:
        """The day as it is written in *lang*."""
        return dates.text(from_ordinal(encoded), lang)

    def source(self, value: Date) -> str:
        """*value* as it is typed in a rule."""
        return repr(str(value))
