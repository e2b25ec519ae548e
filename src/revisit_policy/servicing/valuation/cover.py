"""Cover: how far the home covers the loan, what is short, and what would cure it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final

import attrs

from revisit_policy.casefile.fields import to_amount
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.money import Money
from revisit_policy.values.ratio import exact_ratio, percent_label, percent_text
from revisit_policy.values.validation import fault


@attrs.frozen(kw_only=True)
class Cover:
    """How a balance stands to what secures it, and to a limit.

    Args:
        balance: What is owed.
        value: What the security is worth.
        limit: The highest balance that is still covered, as a share of the value.
    """

    balance: Money
    value: Money
    limit: Fraction

    @property
    def ltv(self) -> Fraction | None:
        """The balance as a share of the value; 0 if nothing is owed, ``None`` if something is and the value is 0."""
        if self.balance.minor == 0:
            return Fraction(0)
        return Fraction(self.balance.minor, self.value.minor) if self.value.minor else None

    @property
    def is_short(self) -> bool:
        """Whether the balance is above the limit."""
        return self.balance.minor > self.limit * self.value.minor

    @property
    def shortfall(self) -> Money:
        """What is owed above the limit, and so the least payment that cures it; 0 if nothing is short."""
        return Money(max(0, self.balance.minor - floor(self.limit * self.value.minor)), self.balance.currency)

    @property
    def security_needed(self) -> Money:
        """The least value of more security, counted under the same limit, that cures it; 0 if nothing is short."""
        return Money(max(0, ceil(self.balance.minor / self.limit) - self.value.minor), self.balance.currency)

    def text(self, lang: str = Lang.EN) -> str:
        """The ratio, the limit, and what is short and would cure it, on one line.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = to_lang(lang)
        ratio = _WORTHLESS.text(chosen) if self.ltv is None else percent_text(self.ltv, 1, lang=chosen)
        said = _RATIO.filled(chosen, ratio=ratio, limit=percent_label(self.limit).text(chosen))
        if not self.is_short:
            return said + _COVERED.text(chosen)
        return said + _SHORT.filled(chosen, payment=self.shortfall.text(chosen), security=self.security_needed.text(chosen))


def cover(balance: Money, value: Money, *, limit: str | int | Decimal | Fraction) -> Cover:
    """How far a value covers a balance under a limit.

    Args:
        balance: What is owed.
        value: What the security is worth; of several, their sum.
        limit: The highest balance that is still covered, as a share of the value, above 0: 70 per cent is ``"0.70"``, inclusive.

    Raises:
        InvalidValueError: If an argument is malformed, or the amounts are of different currencies.

    Examples:
        >>> from revisit_policy.values.money import cny
        >>> found = cover(cny(1000000), cny(1250000), limit="0.70")
        >>> found.ltv, found.shortfall, found.security_needed
        (Fraction(4, 5), cny("125000.00"), cny("178571.43"))
        >>> print(found.text())
        loan to value 80.0 %, limit 70 %: short; a payment of CNY 125,000.00 or more security worth CNY 178,571.43 would cure it
    """
    for field, amount in (("balance", balance), ("value", value)):
        try:
            to_amount(amount)
        except InvalidValueError as error:
            raise error.located(owner="", field=field) from None
    if balance.currency != value.currency:
        raise fault("value", value, Phrase("与 `balance` 一样以 `{currency}` 计", "in `{currency}` as `balance` is", currency=balance.currency))
    try:
        share = exact_ratio(limit)
    except InvalidValueError as error:
        raise error.located(owner="", field="limit") from None
    if share <= 0:
        raise fault("limit", limit, Phrase("大于0", "above 0"))
    return Cover(balance=balance, value=value, limit=share)


_RATIO: Final = Label("贷款价值比{ratio}，上限{limit}", "loan to value {ratio}, limit {limit}")
_WORTHLESS: Final = Label("无限（押品无价值）", "without bound, as the home is worth nothing")
_COVERED: Final = Label("：足额", ": covered")
_SHORT: Final = Label(
    "：不足；还款{payment}，或追加价值{security}的担保，即可补足",
    ": short; a payment of {payment} or more security worth {security} would cure it",
)
