"""Loan accounts: what was to be paid, what was paid, and which days do not count."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import attrs

from revisit_policy.casefile import fields
from revisit_policy.errors import InvalidValueError
from revisit_policy.servicing.arrears.instalment import Instalment
from revisit_policy.servicing.arrears.pause import Pause, overlap_of
from revisit_policy.servicing.arrears.payment import Payment
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.money import Money
from revisit_policy.values.validation import fault, gather, gathering, to_tuple_of


def _to_instalments(values: Iterable[Instalment]) -> tuple[Instalment, ...]:
    return tuple(sorted(to_tuple_of(Instalment, values), key=lambda instalment: instalment.due_on))


def _to_payments(values: Iterable[Payment]) -> tuple[Payment, ...]:
    return tuple(sorted(to_tuple_of(Payment, values), key=lambda payment: payment.paid_on))


def _to_pauses(values: Iterable[Pause]) -> tuple[Pause, ...]:
    return tuple(sorted(to_tuple_of(Pause, values), key=lambda pause: pause.begins_on))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class LoanAccount:
    """The repayment side of one loan: instalments, payments and pauses, each kept in order of their days.

    Args:
        disbursed_on: The day the money was paid out.
        principal: What was lent.
        instalments: What is due when, at most one a due day, in any order; future ones may be left out.
        payments: What was paid, in any order. What is more than due is kept and pays the next instalments.
        pauses: Days that do not count, in any order, none in two pauses.

    Raises:
        InvalidInputError: If fields are malformed; amounts are of different currencies; something is due or paid before the
            money was paid out; instalments share a due day or pay back more than was lent; or pauses overlap.

    Examples:
        >>> from revisit_policy.values.money import cny
        >>> LoanAccount(
        ...     disbursed_on="2025-01-20", principal=cny(800000), payments=[Payment(paid_on="2025-01-19", amount=cny(1))],
        ... )
        Traceback (most recent call last):
        revisit_policy.errors.InvalidInputError: `LoanAccount.payments` must be paid on or after `disbursed_on` (2025-01-20), got ...
    """

    disbursed_on: Date = attrs.field(converter=fields.to_day)
    principal: Money = attrs.field(converter=fields.to_amount)
    instalments: tuple[Instalment, ...] = attrs.field(default=(), converter=_to_instalments)
    payments: tuple[Payment, ...] = attrs.field(default=(), converter=_to_payments)
    pauses: tuple[Pause, ...] = attrs.field(default=(), converter=_to_pauses)

    def __attrs_post_init__(self) -> None:
        gather(
            self,
            _instalments_are_of_its_currency,
            _payments_are_of_its_currency,
            _due_after_disbursement,
            _paid_after_disbursement,
            _one_instalment_a_day,
            _pays_back_what_was_lent,
            _pauses_are_apart,
        )

    def known_at(self, day: Date) -> LoanAccount:
        """The account as the books had it at the end of *day*: without what was booked later."""
        until = to_date(day, field="day")
        return attrs.evolve(self, payments=tuple(payment for payment in self.payments if payment.known_on <= until))


def _instalments_are_of_its_currency(account: LoanAccount) -> InvalidValueError | None:
    for instalment in account.instalments:
        if instalment.principal.currency != account.principal.currency:
            return fault(
                "instalments",
                instalment.principal,
                Phrase("与 `principal` 一样以 `{currency}` 计", "in `{currency}` as `principal` is", currency=account.principal.currency),
            )
    return None


def _payments_are_of_its_currency(account: LoanAccount) -> InvalidValueError | None:
    for payment in account.payments:
        if payment.amount.currency != account.principal.currency:
            return fault(
                "payments",
                payment.amount,
                Phrase("与 `principal` 一样以 `{currency}` 计", "in `{currency}` as `principal` is", currency=account.principal.currency),
            )
    return None


def _due_after_disbursement(account: LoanAccount) -> InvalidValueError | None:
    if not account.instalments or account.instalments[0].due_on > account.disbursed_on:
        return None
    return fault(
        "instalments",
        account.instalments[0].due_on,
        Phrase("应还日晚于 `disbursed_on`（{disbursed_on}）", "due after `disbursed_on` ({disbursed_on})", disbursed_on=account.disbursed_on),
    )


def _paid_after_disbursement(account: LoanAccount) -> InvalidValueError | None:
    if not account.payments or account.payments[0].paid_on >= account.disbursed_on:
        return None
    return fault(
        "payments",
        account.payments[0].paid_on,
        Phrase("还款不早于 `disbursed_on`（{disbursed_on}）", "paid on or after `disbursed_on` ({disbursed_on})", disbursed_on=account.disbursed_on),
    )


def _one_instalment_a_day(account: LoanAccount) -> InvalidValueError | None:
    for earlier, later in pairwise(account.instalments):
        if earlier.due_on == later.due_on:
            return fault(
                "instalments", later.due_on, Phrase("每个应还日至多一期：同日应还的合为一期", "at most one instalment a due day: what is due together is one")
            )
    return None


def _pays_back_what_was_lent(account: LoanAccount) -> InvalidValueError | None:
    if not fields.is_one_currency((account.principal, *(instalment.principal for instalment in account.instalments))):
        return None
    due = Money(sum(instalment.principal.minor for instalment in account.instalments), account.principal.currency)
    return (
        None
        if due <= account.principal
        else fault(
            "instalments",
            due,
            Phrase("本金合计不超过 `principal`（{principal}）", "of principal at most `principal` ({principal}) together", principal=account.principal),
        )
    )


def _pauses_are_apart(account: LoanAccount) -> InvalidValueError | None:
    return overlap_of(account.pauses)
