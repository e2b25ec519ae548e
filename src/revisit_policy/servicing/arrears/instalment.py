"""Instalments: what was to be paid on a day, and to which day it was moved."""

from __future__ import annotations

import attrs

from revisit_policy.casefile import fields
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.money import Money
from revisit_policy.values.validation import fault, gather, gathering


class Postponement(Labelled, zh="展延方式"):
    """By what an instalment was moved to a later day."""

    EXTENSION = "extension", "展期", "extension"
    REFINANCING = "refinancing", "借新还旧", "refinancing"


def _to_postponement(value: Postponement | str | None) -> Postponement | None:
    return None if value is None else Postponement.parse(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Instalment:
    """What the borrower owes on one due day.

    What is paid back beside the plan is an instalment of its own, due on that day.

    Args:
        due_on: The day as first agreed; a contract's own rule for days off is the convention's.
        principal: The part that pays the loan back; 0 where only interest is due.
        interest: The part that is interest; 0 where only principal is due. Both cannot be 0.
        moved_to: The later day on which it is due now; ``None`` if it was never moved.
        moved_by: By what it was moved, or the code; given exactly where *moved_to* is. Days past due are counted from
            the new day after an extension, and from the first one after a refinancing.

    Raises:
        InvalidInputError: If fields are malformed or contradict one another, all of them together.

    Examples:
        >>> from revisit_policy.values.money import cny
        >>> moved = Instalment(due_on="2025-03-20", principal=cny(1500), interest=cny(850), moved_to="2025-06-20", moved_by="extension")
        >>> moved.counted_from, attrs.evolve(moved, moved_by="refinancing").counted_from
        (Date(2025, 6, 20), Date(2025, 3, 20))
    """

    due_on: Date = attrs.field(converter=fields.to_day)
    principal: Money = attrs.field(converter=fields.to_amount)
    interest: Money = attrs.field(converter=fields.to_amount)
    moved_to: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    moved_by: Postponement | None = attrs.field(default=None, converter=_to_postponement)

    def __attrs_post_init__(self) -> None:
        gather(self, _is_of_one_currency, _something_is_due, _moved_by_something, _moved_later)

    @property
    def counted_from(self) -> Date:
        """The due day from which days past due are counted, before any shift for days off."""
        if self.moved_to is None or self.moved_by is Postponement.REFINANCING:
            return self.due_on
        return self.moved_to


def _is_of_one_currency(instalment: Instalment) -> InvalidValueError | None:
    if fields.is_one_currency((instalment.principal, instalment.interest)):
        return None
    return fault(
        "interest",
        instalment.interest,
        Phrase("与 `principal` 一样以 `{currency}` 计", "in `{currency}` as `principal` is", currency=instalment.principal.currency),
    )


def _something_is_due(instalment: Instalment) -> InvalidValueError | None:
    if instalment.principal.minor or instalment.interest.minor:
        return None
    return fault("principal", instalment.principal, Phrase("`interest` 为0时大于0", "more than 0 where `interest` is 0"))


def _moved_by_something(instalment: Instalment) -> InvalidValueError | None:
    if (instalment.moved_to is None) == (instalment.moved_by is None):
        return None
    return fault("moved_by", instalment.moved_by, Phrase("有 `moved_to` 时给出，没有则留空", "given where `moved_to` is, and left out where it is not"))


def _moved_later(instalment: Instalment) -> InvalidValueError | None:
    if instalment.moved_to is None or instalment.moved_to > instalment.due_on:
        return None
    return fault("moved_to", instalment.moved_to, Phrase("晚于 `due_on`（{due_on}）", "after `due_on` ({due_on})", due_on=instalment.due_on))
