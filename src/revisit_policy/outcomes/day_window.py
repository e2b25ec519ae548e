"""Day windows: from how many days after disbursement until how many a first visit is made."""

from __future__ import annotations

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang


@attrs.frozen
class DayWindow:
    """Calendar days after disbursement, both ends inclusive.

    Examples:
        >>> DayWindow(30, 90).label("en")
        '30 to 90 days after disbursement'
    """

    first: int
    last: int

    def __attrs_post_init__(self) -> None:
        if type(self.first) is not int or type(self.last) is not int or not 0 <= self.first <= self.last:
            raise InvalidValueError(
                owner="DayWindow", field="last", value=(self.first, self.last), expected=Phrase(
                    "整日数，末日不先于首日", "whole days, the last not before the first"
                )
            )

    def label(self, lang: str = Lang.EN) -> str:
        """The window in words."""
        return Label(f"放款后{self.first}至{self.last}天", f"{self.first} to {self.last} days after disbursement").text(lang)
