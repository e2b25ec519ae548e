"""As preferred: the channel and the hours that the borrower wants."""

from __future__ import annotations

import attrs

from revisit_policy.contact.contact import Contact, Person
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.values.citation import Citation, to_citation
from revisit_policy.values.labels import Label
from revisit_policy.values.moments import Moment
from revisit_policy.values.validation import gather, gathering


@attrs.frozen(kw_only=True, field_transformer=gathering)
class AsPreferred:
    """The borrower is reached by a preferred channel, within the preferred hours, where the log has them.

    Args:
        source: Where the rule comes from; as a rule the bank's own.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    source: Citation = attrs.field(converter=to_citation)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def label(self) -> Label:
        """What it forbids, for people."""
        return Label("按借款人约定的渠道与时段联系", "the borrower is reached by the channel and within the hours asked for")

    def clears(self, contact: Contact, *, at: Moment, log: ContactLog) -> Moment | None:
        """The next preferred hour; never by a channel that is none of those preferred."""
        if contact.to is not Person.BORROWER:
            return at
        if log.preferred_channels and contact.channel not in log.preferred_channels:
            return None
        return at if log.preferred_hours is None else log.preferred_hours.next_begin(at)
