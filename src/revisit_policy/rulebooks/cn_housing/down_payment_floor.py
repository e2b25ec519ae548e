"""Down-payment floors: the least that a buyer had to pay, by the day of signing.

A national floor is the least that any city could ask. A city's higher floor is laid over it: see `city_floor`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.dates import text as day_text
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.ratio import exact_ratio, percent_label
from revisit_policy.values.validation import fault, gather, gathering, to_flag, to_text


@attrs.frozen(kw_only=True, field_transformer=gathering)
class DownPaymentFloor:
    """What a contract signed from a day on had to be paid down at least, as a part of the price.

    Args:
        since: The first day of signing, inclusive. The floor holds until the next one begins.
        first_home: The floor for a first home, and so for every home.
        second_home: The floor from the second home on; not below *first_home*.
        number: The number of the notice; ``None`` if unknown.
        verified: Whether the figures were compared with the notice.

    Raises:
        InvalidInputError: If a field is malformed, or the floor of the second home is below the first.
    """

    since: Date = attrs.field(converter=to_date)
    first_home: Fraction = attrs.field(converter=exact_ratio)
    second_home: Fraction = attrs.field(converter=exact_ratio)
    number: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))
    verified: bool = attrs.field(default=False, converter=to_flag)

    def __attrs_post_init__(self) -> None:
        gather(self, _second_is_not_below_first)

    def label(self, lang: str = Lang.EN) -> str:
        """The floor in words.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        words = Label("自{since}起首套{first}、二套{second}", "from {since}: first home {first}, second home {second}")
        return words.filled(
            lang,
            since=day_text(self.since, lang), first=percent_label(self.first_home).text(lang), second=percent_label(self.second_home).text(lang)
        )


def _second_is_not_below_first(floor: DownPaymentFloor) -> InvalidValueError | None:
    if 0 < floor.first_home <= floor.second_home < 1:
        return None
    return fault(
        "second_home", floor.second_home, Phrase("不低于首套住房的下限（大于0）且小于1", "from the floor of the first home, which is above 0, to below 1")
    )


#: The floors for shops and offices, which do not count homes. The first, of notice 银发〔2007〕359号, is from memory.
SHOP_FLOORS: Final = (
    DownPaymentFloor(since="2007-09-27", first_home="0.50", second_home="0.50", number="银发〔2007〕359号"),
    DownPaymentFloor(since="2026-01-17", first_home="0.30", second_home="0.30", verified=True),
)

#: The national floors. Contracts signed before the first are not checked.
NATIONAL_FLOORS: Final = (
    DownPaymentFloor(since="2015-03-30", first_home="0.30", second_home="0.40", verified=True),
    DownPaymentFloor(since="2015-09-30", first_home="0.25", second_home="0.40", number="银发〔2015〕305号"),
    DownPaymentFloor(since="2016-02-02", first_home="0.20", second_home="0.30", number="银发〔2016〕26号"),
    DownPaymentFloor(since="2023-08-31", first_home="0.20", second_home="0.30", verified=True),
    DownPaymentFloor(since="2024-05-17", first_home="0.15", second_home="0.25", verified=True),
    DownPaymentFloor(since="2024-09-24", first_home="0.15", second_home="0.15", verified=True),
)
