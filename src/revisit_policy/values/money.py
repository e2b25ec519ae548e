"""Money: whole minor units of one currency. No float ever enters, nothing is ever rounded."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final, Self

import attrs

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Lang, to_lang
from revisit_policy.values.validation import refused

# ISO 4217: the currencies whose minor unit is not a hundredth.
_DIGITS: Final = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_AMOUNT: Final = re.compile(r"-?\d{1,24}(\.\d{1,4})?", re.ASCII)
_A_CURRENCY: Final = Phrase("三个大写字母的货币代码，如 CNY", "a currency code of three capitals, such as CNY")
NO_CURRENCY: Final = "XXX"
"""ISO 4217: amounts of no currency, which stand for those of any until a policy says its own."""
_NUMBERS: Final = frozenset("eEfFgGn%,_")
"""With what the format of a number ends."""
_LONGEST: Final = 24
"""Digits before the decimal point that are still money."""


@attrs.frozen(repr=False)
class Money:
    """An amount in whole minor units (fen, cents) of one currency.

    Adding or ordering two currencies is refused; `==` between them is simply False. An amount may be below zero: what
    it is the amount of decides whether that makes sense.

    Args:
        minor: Minor units; `of` and `cny` take the amount as people write it.
        currency: ISO 4217 code.

    Raises:
        InvalidInputError: If *minor* is no int or *currency* no code.

    Examples:
        >>> price = cny("1725000.00")
        >>> price.minor, str(price), price - cny(25000)
        (172500000, 'CNY 1,725,000.00', cny("1700000.00"))
        >>> sum([price, cny(1)]), price.amount, f"{price:,.2f}"
        (cny("1725001.00"), Decimal('1725000.00'), '1,725,000.00')
    """

    minor: int
    currency: str

    def __attrs_post_init__(self) -> None:
        # Not by converters: every sum and product passes here.
        if type(self.minor) is not int or not _is_currency(self.currency):
            raise InvalidInputError.of("Money", tuple(_faults(self)))

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Self:
        """The *amount* as people write it, in major units.

        Args:
            amount: Text of digits with an optional point and minus (no separators, signs of currency or spaces), whole
                units as int, or a finite Decimal. A float is refused, and so are more decimals than the currency has.
            currency: ISO 4217 code.

        Raises:
            InvalidValueError: If the amount is not exact or the currency no code.

        Examples:
            >>> Money.of("1200", "JPY"), Money.of("12.50", "USD")
            (Money.of("1200", "JPY"), Money.of("12.50", "USD"))
        """
        if not _is_currency(currency):
            raise InvalidValueError(owner="", field="currency", value=currency, expected=_A_CURRENCY)
        return cls(_minor_units(amount, _DIGITS.get(currency, 2)), currency)

    def __add__(self, other: Self) -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor + self._same(other), self.currency)

    def __radd__(self, other: int) -> "Money":
        # `sum` begins with 0, of whatever currency comes; no other number is money
        return self if type(other) is int and other == 0 else NotImplemented

    def __sub__(self, other: Self) -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency) if type(times) is int else NotImplemented

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor < self._same(other)

    def __le__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor <= self._same(other)

    def __gt__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor > self._same(other)

    def __ge__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor >= self._same(other)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact: yuan, with all decimals that the currency has.

        Examples:
            >>> cny("1455000.5").amount
            Decimal('1455000.50')
        """
        return Decimal(f"{self.minor}E-{_DIGITS.get(self.currency, 2)}")

    def __format__(self, spec: str) -> str:
        """With a number's format, such as ``,.2f``, the amount alone; with one of text, such as ``>20``, the whole."""
        return format(self.amount, spec) if spec and spec[-1] in _NUMBERS else format(str(self), spec)

    def __str__(self) -> str:
        return f"{self.currency} {self._plain(separator=',')}"

    def __repr__(self) -> str:
        amount = self._plain(separator="")
        return f'cny("{amount}")' if self.currency == "CNY" else f'Money.of("{amount}", "{self.currency}")'

    def text(self, lang: str = Lang.EN) -> str:
        """The amount as it is written in *lang*: yuan in Chinese as 元, with fen only where there are any.

        Raises:
            UnknownNameError: If *lang* is no language of ours.

        Examples:
            >>> cny(5_000_000).text("zh"), cny("0.50").text("zh"), cny(5_000_000).text("en")
            ('5,000,000元', '0.50元', 'CNY 5,000,000.00')
        """
        if to_lang(lang) is not Lang.ZH or self.currency != "CNY":
            return str(self)
        return f"{self._plain(separator=',').removesuffix('.00')}元"

    def _same(self, other: Self) -> int:
        if other.currency != self.currency:
            raise InvalidValueError(
                owner="Money", field="currency", value=other, expected=Phrase("两边同为 `{currency}`", "`{currency}` on both sides", currency=self.currency)
            )
        return other.minor

    def _plain(self, *, separator: str) -> str:
        digits = _DIGITS.get(self.currency, 2)
        whole, rest = divmod(abs(self.minor), 10**digits)
        grouped = f"{whole:,}".replace(",", separator)
        return f"{'-' * (self.minor < 0)}{grouped}" + (f".{rest:0{digits}}" if digits else "")


def cny(amount: str | int | Decimal) -> Money:
    """An amount of yuan.

    Args:
        amount: As `Money.of` takes it; an int counts yuan, not fen.

    Raises:
        InvalidValueError: If the amount is not exact to the fen.

    Examples:
        >>> cny("1455000.00") == cny(1455000)
        True
        >>> cny(0.1)
        Traceback (most recent call last):
        revisit_policy.errors.InvalidValueError: `amount` must be exact money (text, int or Decimal, ...), got `0.1` (float)
    """
    return Money.of(amount, "CNY")


def to_currency(value: str) -> str:
    """An ISO 4217 code.

    Raises:
        InvalidValueError: If it is none.
    """
    if _is_currency(value):
        return value
    raise refused(value, _A_CURRENCY)


def to_money(value: Money) -> Money:
    """Money as it is: a bare number has no currency and is refused.

    Raises:
        InvalidValueError: If it is anything but `Money`.
    """
    if isinstance(value, Money):
        return value
    raise refused(value, Phrase('金额，如 cny("1800000.00")', 'money, such as cny("1800000.00")'))


def _is_currency(code: object) -> bool:
    return type(code) is str and len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()  # noqa: PLR2004 - ISO 4217


def _faults(money: Money) -> Iterator[InvalidValueError]:
    if type(money.minor) is not int:
        yield InvalidValueError(owner="Money", field="minor", value=money.minor, expected=Phrase("以最小货币单位计的整数", "a whole number of minor units"))
    if not _is_currency(money.currency):
        yield InvalidValueError(owner="Money", field="currency", value=money.currency, expected=_A_CURRENCY)


def _no_amount(amount: object, digits: int) -> InvalidValueError:
    expected = Phrase(
        "精确金额（文本、int 或 Decimal，小数至多{digits}位，整数至多{longest}位）",
        "exact money (text, int or Decimal, at most {digits} decimals and {longest} digits before them)",
        digits=digits,
        longest=_LONGEST,
    )
    return InvalidValueError(owner="", field="amount", value=amount, expected=expected)


def _minor_units(amount: str | int | Decimal, digits: int) -> int:
    match amount:
        case bool():
            pass
        case int():
            return int(amount * 10**digits)
        case str() if _AMOUNT.fullmatch(amount):
            whole, _, decimals = amount.partition(".")
            # "1.000" is exact, and a thousand to whoever groups digits by points: a decimal too many is never taken.
            if len(decimals) <= digits:
                return int(whole + decimals.ljust(digits, "0"))
        # The bounds come before the conversion: Decimal("1E+999999") would be a number of a million digits.
        case Decimal() if amount.is_finite() and abs(amount.adjusted()) < _LONGEST:
            scaled = Fraction(amount) * 10**digits
            if scaled.denominator == 1:
                return int(scaled)
    raise _no_amount(amount, digits)
