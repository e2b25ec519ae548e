"""Contact logs: every attempt to reach the people of one loan, revisits and collection in one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import attrs

from revisit_policy.contact.attempt import Attempt
from revisit_policy.contact.contact import Channel, to_channels
from revisit_policy.contact.hours import Hours, to_hours
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.moments import Moment, offset_of, with_offset
from revisit_policy.values.validation import fault, gather, gathering, to_flag, to_tuple_of


def _to_attempts(values: Iterable[Attempt]) -> tuple[Attempt, ...]:
    return to_tuple_of(Attempt, values)


def _to_hours(value: Hours | None) -> Hours | None:
    return None if value is None else to_hours(value)


def _to_incapable(value: bool) -> bool:  # noqa: FBT001 - a converter takes the one value it converts
    return to_flag(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class ContactLog:
    """Every attempt to reach the people of one loan, and what they have agreed to.

    Args:
        attempts: In order of time. One log for all purposes: rules against disturbance count every call.
        agreed_hours: Hours in which the borrower has agreed to be called, whatever the hour; ``None`` if there is no
            such agreement.
        preferred_hours: Hours in which the borrower wants to be reached; ``None`` if nothing was said.
        preferred_channels: Channels by which the borrower wants to be reached; empty if nothing was said.
        debtor_incapable: Register: the borrower has died or cannot act, so that others have to be asked.

    Raises:
        InvalidInputError: If fields are malformed, or attempts are out of order.

    Examples:
        >>> ContactLog().attempts
        ()
    """

    attempts: tuple[Attempt, ...] = attrs.field(default=(), converter=_to_attempts)
    agreed_hours: Hours | None = attrs.field(default=None, converter=_to_hours)
    preferred_hours: Hours | None = attrs.field(default=None, converter=_to_hours)
    preferred_channels: tuple[Channel, ...] = attrs.field(default=(), converter=to_channels)
    debtor_incapable: bool = attrs.field(default=False, converter=_to_incapable)

    def __attrs_post_init__(self) -> None:
        gather(self, _in_order)

    def adding(self, *attempts: Attempt) -> ContactLog:
        """The log with more attempts at its end.

        Raises:
            InvalidInputError: If one is none, or earlier than the last there is.
        """
        return attrs.evolve(self, attempts=(*self.attempts, *attempts))

    def of_day(self, at: Moment) -> tuple[Attempt, ...]:
        """The attempts before a moment on its day, by the clock of that moment."""
        day, offset = at.date(), offset_of(at)
        return tuple(each for each in self.attempts if each.at <= at and with_offset(each.at, offset).date() == day)

    def before(self, at: Moment) -> tuple[Attempt, ...]:
        """The attempts up to a moment, itself included."""
        return tuple(each for each in self.attempts if each.at <= at)


def _in_order(log: ContactLog) -> InvalidValueError | None:
    for earlier, later in pairwise(log.attempts):
        if later.at < earlier.at:
            return fault(
                "attempts", later.at.isoformat(), Phrase("依时间先后：不早于{given}", "in order of time: on or after {given}", given=earlier.at.isoformat())
            )
    return None
