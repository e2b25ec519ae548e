"""Amounts of money, in one currency or in any."""

from __future__ import annotations

from functools import lru_cache

import attrs

from revisit_policy.language.domains.refusal import check_order, refuse
from revisit_policy.language.domains.unknown import UNKNOWN_NUMBER
from revisit_policy.language.parts import check_part
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.money import NO_CURRENCY, Money


def _minor(amount: object) -> object:
    return amount.minor if isinstance(amount, Money) else amount


@attrs.frozen
class Amounts:
    """Amounts of money from *low* to *high*, both inclusive, in one currency.

    Bounds in `NO_CURRENCY` are of any: of that of the policy or of a limit. The domain stays the same once it is known.

    Args:
        low: The least amount.
        high: The largest amount.
        fixed: The currency of the bounds, if the domain is of that alone (left out: so it is); ``None`` if it is of any.

    Raises:
        InvalidPolicyError: If a bound is no money, or the least is more than the largest.
        InvalidValueError: If *fixed* is another currency than that of the bounds.
    """

    low: Money = attrs.field(eq=_minor)
    high: Money = attrs.field(eq=_minor)
    fixed: str | None = attrs.field(repr=False, kw_only=True)

    blank = UNKNOWN_NUMBER
    kind = Label("金额", "money")

    def __attrs_post_init__(self) -> None:
        for name in ("low", "high"):
            check_part(getattr(self, name), Money, subject="money", field=name, expected=Phrase('金额，如 `cny("100.00")`', 'money, such as `cny("100.00")`'))
        check_order(self.low, self.high, subject="money")
        if self.fixed is not None and (type(self.fixed) is not str or self.fixed != self._of_bounds()):
            raise refuse("fixed", self.fixed, Phrase("上下限的货币 {known}，或 None", "{known} as the bounds are, or None", known=self.low.currency))

    @fixed.default
    def _of_bounds(self) -> str | None:
        return None if (currency := getattr(self.low, "currency", None)) == NO_CURRENCY else currency

    @property
    def is_of_any(self) -> bool:
        """Whether the currency is still to be said."""
        return self.low.currency == NO_CURRENCY

    def in_currency(self, currency: str) -> Amounts:
        """The same amounts in a *currency*, if they are of any."""
        return _in_currency(self.low.minor, self.high.minor, currency) if self.is_of_any else self

    def accept(self, value: object, *, name: str) -> Money:
        """Return *value* if it is money of this domain's currency."""
        bounds = self.in_currency(value.currency) if isinstance(value, Money) else self
        if not isinstance(value, Money) or value.currency != bounds.low.currency or not bounds.low <= value <= bounds.high:
            raise refuse(name, value, Phrase("{low}至{high}的金额", "money from {low} to {high}", low=bounds.low, high=bounds.high))
        return value

    def check_limit(self, limit: Money) -> None:
        """Accept every limit: minor units compare exactly."""

    def encode(self, value: Money) -> int:
        """*value* in minor units."""
        return value.minor

    def decode(self, encoded: int) -> Money:
        """The amount that *encoded* minor units are."""
        return Money(encoded, self.low.currency)

    def text(self, encoded: int, lang: Lang) -> str:
        """*encoded* as an amount with its currency."""
        return self.decode(encoded).text(lang)

    def source(self, value: Money) -> str:
        """*value* as it is typed in a rule."""
        return repr(value)


@lru_cache(maxsize=64)
def _in_currency(low: int, high: int, currency: str) -> Amounts:
    return Amounts(Money(low, currency), Money(high, currency), fixed=None)  # equal to those of any currency
