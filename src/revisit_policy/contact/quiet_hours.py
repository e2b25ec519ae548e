"""Quiet hours: a stretch of the day in which nobody is disturbed."""

from __future__ import annotations

import attrs

from revisit_policy.contact.contact import Channel, Contact, to_channels
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.contact.hours import Hours, to_hours
from revisit_policy.values.citation import Citation, to_citation
from revisit_policy.values.labels import Label
from revisit_policy.values.moments import Moment
from revisit_policy.values.validation import gather, gathering

#: The channels that ring or knock.
DISTURBING = (Channel.CALL, Channel.VIDEO, Channel.MESSAGE, Channel.VISIT)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class QuietHours:
    """Nobody is reached within *hours*, unless the borrower has agreed to the hour.

    Args:
        hours: By the clock of whoever is reached.
        channels: The channels it speaks of.
        source: Where the rule comes from.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> from revisit_policy.values.moments import to_moment
        >>> rule = QuietHours(hours=Hours("22:00", "08:00"), source=Citation(standing="proposal"))
        >>> rule.clears(Contact("call"), at=to_moment("2026-11-24T22:10+08:00"), log=ContactLog()).isoformat()
        '2026-11-25T08:00:00+08:00'
    """

    hours: Hours = attrs.field(converter=to_hours)
    channels: tuple[Channel, ...] = attrs.field(default=DISTURBING, converter=to_channels)
    source: Citation = attrs.field(converter=to_citation)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def label(self) -> Label:
        """What it forbids, for people."""
        hours = self.hours.text
        return Label(f"{hours}不得联系（借款人同意的除外）", f"no contact from {hours}, unless the borrower has agreed")

    def clears(self, contact: Contact, *, at: Moment, log: ContactLog) -> Moment | None:
        """The end of the quiet hours, or of what is left of them before hours that were agreed begin."""
        if contact.channel not in self.channels or at not in self.hours:
            return at
        ends = self.hours.next_end(at)
        if log.agreed_hours is None or not contact.to.owes:
            return ends
        return min(ends, log.agreed_hours.next_begin(at))
