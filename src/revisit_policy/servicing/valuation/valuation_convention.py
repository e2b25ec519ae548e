"""Conventions of valuation: how far an index may carry an appraisal."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs

from revisit_policy.casefile.fields import Ratio
from revisit_policy.speech.joining import headed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation, to_citation, to_label
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.ratio import exact_ratio, percent_label
from revisit_policy.values.validation import gather, gathering, refused, to_whole


def _to_months(value: int) -> int:
    return to_whole(value, low=1, high=600)


def _to_share(value: Ratio) -> Fraction:
    exact = exact_ratio(value)
    if 0 <= exact <= 1:
        return exact
    raise refused(value, Phrase("0至1的精确比率", "an exact ratio from 0 to 1"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class ValuationConvention:
    """How a home is revalued by an index, and when somebody has to look instead; printed with every value.

    Args:
        name: What the convention is called, as a label or a ``(zh, en)`` pair.
        source: Where it comes from.
        most_months: Months since the appraisal up to which an index may carry it, inclusive.
        most_index_months: Whole months by which the index may have ended before the day, inclusive.
        most_fall: The fall of the index since the appraisal from which somebody has to look, inclusive.
        error_a_month: How far a single home may part from its index in a month, as a share of its value; from the bank's own
            comparison of indexed values with later appraisals.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    name: Label = attrs.field(converter=to_label)
    source: Citation = attrs.field(converter=to_citation)
    most_months: int = attrs.field(converter=_to_months)
    most_index_months: int = attrs.field(converter=_to_months)
    most_fall: Fraction = attrs.field(converter=_to_share)
    error_a_month: Fraction = attrs.field(converter=_to_share)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def text(self, lang: str = Lang.EN) -> str:
        """The whole convention on one line, and its source."""
        chosen = to_lang(lang)
        said = _SAID.filled(
            chosen,
            months=self.most_months,
            index_months=self.most_index_months,
            fall=percent_label(self.most_fall).text(chosen),
            error=percent_label(self.error_a_month).text(chosen),
        )
        return headed(self.name.text(chosen), f"{said} [{self.source.text(chosen)}]", chosen)


_SAID: Final = Label(
    "评估后{months}个月内可用指数，指数滞后不超过{index_months}个月，指数自评估后下跌{fall}以上须评估，误差每月{error}；不超过合理市场价格，无市场价格的不超过评估值",
    "an index carries an appraisal for {months} months and may have ended {index_months} months ago; a fall by {fall} or more calls for an "
    "appraisal; error {error} a month; never above the market price, without one never above the appraisal",
)
