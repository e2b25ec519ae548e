"""Calls a day: how often somebody may be disturbed, by whomever."""

from __future__ import annotations

import attrs

from revisit_policy.contact.attempt import Response
from revisit_policy.contact.contact import Channel, Contact, to_channels
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.values.citation import Citation, to_citation
from revisit_policy.values.labels import Label
from revisit_policy.values.moments import DAY_MINUTES, Moment, at_minute
from revisit_policy.values.validation import gather, gathering, to_whole


def _to_most(value: int) -> int:
    return to_whole(value, low=1, high=DAY_MINUTES)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class CallsADay:
    """A person is reached at most so often a day, the bank, its agents and its robots counted together.

    Args:
        most: How often, from 1; counted are attempts that reached the person and those still open.
        channels: The channels it counts and speaks of.
        source: Where the rule comes from.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    most: int = attrs.field(converter=_to_most)
    channels: tuple[Channel, ...] = attrs.field(default=(Channel.CALL, Channel.VIDEO), converter=to_channels)
    source: Citation = attrs.field(converter=to_citation)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def label(self) -> Label:
        """What it forbids, for people."""
        return Label(
            f"本行、外包机构与机器人合计，对同一人每日有效呼叫不超过{self.most}次",
            f"at most {self.most} calls a day that reach one person, by the bank, its agents and its robots together",
        )

    def clears(self, contact: Contact, *, at: Moment, log: ContactLog) -> Moment | None:
        """The next midnight, once the calls of the day are used up."""
        if contact.channel not in self.channels:
            return at
        calls = [
            each
            for each in log.of_day(at)
            if each.contact.is_with(contact) and each.contact.channel in self.channels and (each.response.reached or each.response is Response.OPEN)
        ]
        return at if len(calls) < self.most else at_minute(at, DAY_MINUTES)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class UnansweredADay:
    """A number that nobody answers is tried at most so often a day.

    Args:
        most: How often, from 1; counted are attempts that nobody answered and those still open.
        source: Where the rule comes from.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    most: int = attrs.field(converter=_to_most)
    source: Citation = attrs.field(converter=to_citation)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def label(self) -> Label:
        """What it forbids, for people."""
        return Label(f"同一号码未接通的，每日拨打不超过{self.most}次", f"a number that nobody answers is tried at most {self.most} times a day")

    def clears(self, contact: Contact, *, at: Moment, log: ContactLog) -> Moment | None:
        """The next midnight, once the tries of the day are used up."""
        if contact.channel is not Channel.CALL:
            return at
        tries = [
            each
            for each in log.of_day(at)
            if each.contact.is_with(contact)
            and each.contact.channel is Channel.CALL
            and each.contact.number == contact.number
            and (each.response.failed or each.response is Response.OPEN)
        ]
        return at if len(tries) < self.most else at_minute(at, DAY_MINUTES)
