"""Appraisals: what somebody who has looked found a home to be worth."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revisit_policy.casefile import fields
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money
from revisit_policy.values.validation import fault, gather, gathering, to_tuple_of


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Appraisal:
    """What a home was found to be worth on a day.

    Args:
        value: What it was found to be worth; 0 for one that is destroyed.
        on: The day the value is of.

    Raises:
        InvalidInputError: If fields are malformed.
    """

    value: Money = attrs.field(converter=fields.to_amount)
    on: Date = attrs.field(converter=fields.to_day)

    def __attrs_post_init__(self) -> None:
        gather(self)


def last_appraisal(appraisals: Iterable[Appraisal], *, on: Date) -> Appraisal | None:
    """The last of several appraisals up to a day, the day included; ``None`` if there is none.

    Raises:
        InvalidValueError: If one is none, two of one day differ, or they are of different currencies.
    """
    try:
        found = sorted(to_tuple_of(Appraisal, appraisals), key=lambda appraisal: appraisal.on)
    except InvalidValueError as error:
        raise error.located(owner="", field="appraisals") from None
    if (wrong := _disagreement(found)) is not None:
        raise wrong
    return max((appraisal for appraisal in found if appraisal.on <= on), key=lambda appraisal: appraisal.on, default=None)


def _disagreement(appraisals: list[Appraisal]) -> InvalidValueError | None:
    if not fields.is_one_currency(appraisal.value for appraisal in appraisals):
        return fault(
            "appraisals",
            appraisals[-1].value,
            Phrase("同一币种，如 `{currency}`", "all in one currency, such as `{currency}`", currency=appraisals[0].value.currency),
        )
    by_day = {appraisal.on: appraisal.value for appraisal in appraisals}
    for appraisal in appraisals:
        if by_day[appraisal.on] != appraisal.value:
            return fault(
                "appraisals",
                appraisal.value,
                Phrase("{on}只有一个值，不得又为 `{by_day}`", "one value of {on}, not also `{by_day}`", on=appraisal.on, by_day=by_day[appraisal.on]),
            )
    return None
