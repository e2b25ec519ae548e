"""Payments: money that came in, and since when the books have it."""

from __future__ import annotations

import attrs

from revisit_policy.casefile import fields
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money
from revisit_policy.values.validation import fault, gather, gathering, refused


def _to_paid(value: Money) -> Money:
    amount = fields.to_amount(value)
    if amount.minor == 0:
        raise refused(value, Phrase("大于0", "more than 0"))
    return amount


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Payment:
    """Money that the borrower has paid towards the instalments.

    What goes to principal and what to interest is not said here: the convention allocates.

    Args:
        paid_on: The day it counts as paid, at the end of which it is no longer owed.
        amount: More than 0. A payment that was reversed is left out.
        booked_on: The day from which the books have it; left out, *paid_on*. Not before *paid_on*.

    Raises:
        InvalidInputError: If fields are malformed or contradict one another, all of them together.

    Examples:
        >>> from revisit_policy.values.money import cny
        >>> Payment(paid_on="2025-03-20", amount=cny(2350)).known_on
        Date(2025, 3, 20)
    """

    paid_on: Date = attrs.field(converter=fields.to_day)
    amount: Money = attrs.field(converter=_to_paid)
    booked_on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)

    def __attrs_post_init__(self) -> None:
        gather(self, _booked_after_paid)

    @property
    def known_on(self) -> Date:
        """The day from which the books have it."""
        return self.booked_on or self.paid_on


def _booked_after_paid(payment: Payment) -> InvalidValueError | None:
    if payment.booked_on is None or payment.booked_on >= payment.paid_on:
        return None
    return fault("booked_on", payment.booked_on, Phrase("不早于 `paid_on`（{paid_on}）", "on or after `paid_on` ({paid_on})", paid_on=payment.paid_on))
