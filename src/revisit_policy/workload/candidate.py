"""Candidates: loans that could be visited in a period."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import attrs

from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import gather, gathering, to_flag, to_text, to_whole


def _to_day(value: str | dt.date) -> Date:
    return to_date(value)


def _to_points(value: int) -> int:
    return to_whole(value, low=None)


def _to_second(value: str | int | Decimal | Fraction) -> Fraction:
    return exact_ratio(value)


def _to_marked(value: bool) -> bool:  # noqa: FBT001 - a converter takes the one value it converts
    return to_flag(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Candidate:
    """A loan that could be visited in a period.

    Args:
        loan_no: The bank's number of the loan.
        points: How much there is to fear, in whole points; more is worse.
        then: A second fact that decides between equal points, such as the loan-to-value; more is worse.
        since: The day its gap is counted from: of the last visit, or of the disbursement if there was none.
        must: Whether it has to be visited in this period, whatever the capacity: a visit that falls due in it.
        by_data: Whether what is next of it is a check of data, which takes nobody: then it is no must, and left out as such unless it is drawn
            or would exceed the longest gap.
        sampled: Whether the lot has drawn it, as `in_sample` and `draw` do: it is visited whatever the capacity, and uses it up.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> Candidate("L-1", points=7, then="0.82", since="2026-01-15").then
        Fraction(41, 50)
    """

    loan_no: str = attrs.field(converter=to_text, kw_only=False)
    points: int = attrs.field(converter=_to_points)
    then: Fraction = attrs.field(default=Fraction(0), converter=_to_second)
    since: Date = attrs.field(converter=_to_day)
    must: bool = attrs.field(default=False, converter=_to_marked)
    by_data: bool = attrs.field(default=False, converter=_to_marked)
    sampled: bool = attrs.field(default=False, converter=_to_marked)

    def __attrs_post_init__(self) -> None:
        gather(self)
