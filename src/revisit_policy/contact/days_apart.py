"""Days apart: how long somebody is left in peace after being reached."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revisit_policy.contact.attempt import Response
from revisit_policy.contact.contact import Contact, Purpose
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.contact.contact_rule import HORIZON
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation, to_citation
from revisit_policy.values.labels import Label
from revisit_policy.values.moments import DAY_MINUTES, Moment, at_minute, offset_of, with_offset
from revisit_policy.values.validation import each_by, gather, gathering, to_whole


def _to_purposes(values: Iterable[Purpose | str]) -> tuple[Purpose, ...]:
    return each_by(Purpose.parse, values, expected=Phrase("若干用途", "several purposes"))


def _to_days(value: int) -> int:
    return to_whole(value, low=1, high=HORIZON.days)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class DaysApart:
    """Between two contacts for one purpose lie so many calendar days.

    Args:
        days: How many, from 1 to 366: from the day the person was last reached to the first on which that may happen again.
        purposes: The purposes it speaks of, each counted for itself.
        source: Where the rule comes from.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    days: int = attrs.field(converter=_to_days)
    purposes: tuple[Purpose, ...] = attrs.field(converter=_to_purposes)
    source: Citation = attrs.field(converter=to_citation)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def label(self) -> Label:
        """What it forbids, for people."""
        return Label(f"同一事项两次联系间隔不少于{self.days}日", f"at least {self.days} days between two contacts for one purpose")

    def clears(self, contact: Contact, *, at: Moment, log: ContactLog) -> Moment | None:
        """The midnight that begins the first day on which the person may be reached again."""
        if contact.purpose not in self.purposes:
            return at
        reached = [
            each.at
            for each in log.before(at)
            if each.contact.is_with(contact)
            and each.contact.purpose is contact.purpose
            and (each.response.reached or each.response is Response.OPEN)
        ]
        if not reached:
            return at
        return max(at, at_minute(with_offset(max(reached), offset_of(at)), self.days * DAY_MINUTES))
