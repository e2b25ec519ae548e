"""What a policy has to say of a method of visiting: how long it takes, and how many people."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs

from revisit_policy.outcomes.visit import to_visit_method
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import gather, gathering, refused, to_whole

_MOST_OFFICERS: Final = 100


def _to_hours(value: str | int | Fraction) -> Fraction:
    hours = exact_ratio(value)
    if hours < 0:
        raise refused(value, Phrase("一人的工时，不小于0", "hours of one officer, from 0"))
    return hours


def _to_officers(value: int) -> int:
    return to_whole(value, low=1, high=_MOST_OFFICERS)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class MethodNote:
    """One method of visiting, and what it takes.

    Args:
        method: The method, a member of any ordered enumeration or the code of a `VisitMethod`.
        hours: The hours that one officer spends on such a visit, travel included, from 0 and exact; ``None`` says that
            nobody knows, and visits are counted without hours.
        officers: How many officers it takes, at least 1.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> MethodNote("phone", hours="0.25").hours
        Fraction(1, 4)
    """

    method: OrderedLabelled = attrs.field(converter=to_visit_method, kw_only=False)
    hours: Fraction | None = attrs.field(converter=attrs.converters.optional(_to_hours))
    officers: int = attrs.field(default=1, converter=_to_officers)

    def __attrs_post_init__(self) -> None:
        gather(self)
