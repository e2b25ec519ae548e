"""Ratios: exact fractions.

A ratio is encoded as one float64 division of two integers, which is exact at every limit below `EXACT_PRODUCT`; :meth:`Ratios.check_limit`
holds that bound when a comparison is built.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs

from revisit_policy.errors import InvalidPolicyError, InvalidValueError
from revisit_policy.language.domains.refusal import check_order, refuse
from revisit_policy.language.domains.unknown import UNKNOWN_NUMBER
from revisit_policy.language.parts import check_whole
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.ratio import exact_ratio, percent_text, ratio_text

#: Below this product of limit numerator and denominator a float64 quotient decides a ratio exactly: no two are rounded to one number.
EXACT_PRODUCT: Final = 2**52

#: One billion yuan in fen: the largest denominator of a ratio unless its fact says otherwise.
LARGEST_DENOMINATOR: Final = 10**11

@attrs.frozen
class Ratios:
    """Exact fractions from *low* to *high*, both inclusive, with denominators up to *denominator*."""

    low: Fraction = attrs.field(converter=exact_ratio)
    high: Fraction = attrs.field(converter=exact_ratio)
    denominator: int = LARGEST_DENOMINATOR

    blank = UNKNOWN_NUMBER
    kind = Label("比率", "ratio")

    def __attrs_post_init__(self) -> None:
        check_whole(self.denominator, subject="ratio", field="denominator", low=1)
        check_order(self.low, self.high, subject="ratio")

    def accept(self, value: object, *, name: str) -> Fraction:
        """Return *value* as an exact fraction of this domain."""
        try:
            exact = exact_ratio(value)  # type: ignore[arg-type] # it refuses what it cannot take
        except InvalidValueError as error:
            raise refuse(name, value, error.expected) from None
        if not self.low <= exact <= self.high:
            raise refuse(
                name,
                value,
                Phrase(
                    "{low:g}至{high:g}的比率{hint}",
                    "a ratio from {low:g} to {high:g}{hint}",
                    low=float(self.low),
                    high=float(self.high),
                    hint=self.hint(exact, self.low, self.high),
                ),
            )
        if exact.denominator > self.denominator:
            raise refuse(
                name, value, Phrase("分母不超过{denominator}的分数", "a fraction with a denominator of at most {denominator}", denominator=self.denominator)
            )
        return exact

    def hint(self, exact: Fraction, low: Fraction, high: Fraction) -> str:
        """What may have been meant by a ratio that is not from *low* to *high*: the same digits as a percentage."""
        meant = exact / 100
        return f" (did you mean {self.source(meant)}, that is {percent_text(meant, 2)}?)" if low <= meant <= high else ""

    def check_limit(self, limit: Fraction) -> None:
        """Refuse a limit so finely written that float64 could not tell a ratio at it from one beside it."""
        if abs(limit.numerator) * self.denominator >= EXACT_PRODUCT:
            problem = Phrase(
                "限值 `{limit}` 位数过多，无法精确比较；请减少位数",
                "the limit `{limit}` has too many digits to be compared exactly; write it with fewer",
                limit=limit,
            )
            raise InvalidPolicyError(subject="comparison", problem=problem)

    def encode(self, value: Fraction) -> float:
        """The float64 nearest to *value*."""
        return value.numerator / value.denominator

    def decode(self, encoded: float) -> float:
        """The quotient as it is held: one correctly rounded division."""
        return encoded

    def text(self, encoded: float, lang: Lang) -> str:
        """*encoded* in per cent with two decimals; in Chinese without idle ones."""
        return percent_text(encoded, 2, lang=lang)

    def source(self, value: Fraction) -> str:
        """*value* as it is typed in a rule: decimal text where that is exact."""
        return repr(ratio_text(value))
