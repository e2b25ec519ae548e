"""Dated facts: a field of the case file, from when on it is so, and since when the bank knows."""

from __future__ import annotations

from typing import Any, Final

import attrs

from revisit_policy.casefile import case_columns, fields
from revisit_policy.casefile.case_columns import as_held
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.people.action import Action
from revisit_policy.casefile.visit import Visit
from revisit_policy.errors import InvalidValueError
from revisit_policy.servicing.arrears.loan_account import LoanAccount
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import Fault, fault, found_in, gather, gathering, placed

ACCOUNT: Final = "account"
DAYS_PAST_DUE: Final = "loan.days_past_due"
UNPAID_SINCE: Final = "loan.unpaid_since"

#: What does not replace what was, but comes to it.
ADDED: Final = {"visits": Visit, "events": Event, "actions": Action}

#: Fields that are agreed or set ahead: they can be known before they are so. All others tell what has happened.
AGREED_AHEAD: Final = frozenset(
    {
        "loan.annual_rate",
        "loan.extended_to",
        "loan.instalment",
        "loan.observation_until",
        "loan.reclassified_on",
        "loan.repayment",
        "loan.term_months",
    }
)

FIELDS: Final = (*case_columns.FIELDS, *ADDED, ACCOUNT)
"""All that a dated fact can be of."""


_NAMES: Final = {name: name for name in FIELDS}


def _to_field(value: str) -> str:
    return found_in(_NAMES, value, kind=Phrase("字段", "field"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class DatedFact:
    """What a field of the case file holds from one day on, and since when the bank has known it.

    What was wrong is not taken back but said anew: a later fact of the same field and the same *true_on* corrects it.

    Args:
        field: The field by its path, such as ``"loan.balance"``; ``"visits"``, ``"events"`` and ``"actions"``, to which a fact adds
            one; or ``"account"``, which it replaces.
        value: What it holds, as the field takes it.
        true_on: The first day on which it is so.
        known_on: The first day at whose end the bank knew; left out, *true_on*. Earlier only in fields that are agreed ahead, such
            as the rate.

    Raises:
        InvalidInputError: If fields are malformed, the field does not take the value, or something that has to happen is
            known before it has.

    Examples:
        >>> DatedFact(field="borrower.credit_standing", value="poor", true_on="2025-03-31", known_on="2025-04-15").value
        CreditStanding.POOR
        >>> DatedFact(field="collateral.seized", value=True, true_on="2025-03-31", known_on="2025-03-01")
        Traceback (most recent call last):
        revisit_policy.errors.InvalidInputError: `DatedFact.known_on` must be on or after `true_on` (2025-03-31): nobody knows ...
    """

    field: str = attrs.field(converter=_to_field)
    value: Any
    true_on: Date = attrs.field(converter=fields.to_day)
    known_on: Date = attrs.field(default=attrs.Factory(lambda self: self.true_on, takes_self=True), converter=fields.to_day)

    def __attrs_post_init__(self) -> None:
        gather(self, _is_taken_by_the_field, _is_known_once_it_is_so)
        object.__setattr__(self, "value", as_held(self.field, self.value))


def _is_taken_by_the_field(fact: DatedFact) -> InvalidValueError | None:
    if fact.field in ADDED or fact.field == ACCOUNT:
        kind = ADDED.get(fact.field, LoanAccount)
        return (
            None
            if isinstance(fact.value, kind)
            else fault("value", fact.value, Phrase("`{field}` 须为 {kind}", "a {kind} for `{field}`", kind=kind.__name__, field=fact.field))
        )
    read = as_held(fact.field, fact.value)
    return placed(read, "value") if isinstance(read, Fault) else None


def _is_known_once_it_is_so(fact: DatedFact) -> InvalidValueError | None:
    if fact.known_on >= fact.true_on or fact.field in AGREED_AHEAD:
        return None
    return fault(
        "known_on",
        fact.known_on,
        Phrase(
            "不早于 `true_on`（{true_on}）：`{field}` 成立之前无人能知",
            "on or after `true_on` ({true_on}): nobody knows `{field}` before it is so",
            true_on=fact.true_on,
            field=fact.field,
        ),
    )
