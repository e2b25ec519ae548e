"""Domains: which values a fact can take, and how each is written down for the readers.

A domain is the closed union :data:`Domain`. Every member answers the same five questions: which values it
accepts, how a value is encoded for comparison, what stands for "unknown" in a comparison, how an encoded value is
read back, and how it is shown to a person.

A ratio is encoded as one float64 division of two integers, which is exact at every limit below `EXACT_PRODUCT`; :meth:`Ratios.check_limit`
holds that bound when a comparison is built.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from math import isnan
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.errors import InvalidPolicyError, InvalidValueError, UnknownNameError
from revisit_policy.language.parts import are_different, check_codes, check_part, check_whole, items_of
from revisit_policy.speech.joining import aside, listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values import dates
from revisit_policy.values.dates import Date, from_ordinal, to_date
from revisit_policy.values.labels import Label, Lang, OrderedLabelled, coarse_scale
from revisit_policy.values.money import NO_CURRENCY, Money
from revisit_policy.values.one_line import flaw_of
from revisit_policy.values.ratio import exact_ratio, percent_text, ratio_text
from revisit_policy.values.validation import to_tuple

#: Compares false with every limit, whichever way round: how an unknown number is handed to the readers.
UNKNOWN_NUMBER: Final = float("nan")

#: Below this product of limit numerator and denominator a float64 quotient decides a ratio exactly: no two are rounded to one number.
EXACT_PRODUCT: Final = 2**52

#: The days a day fact can take unless it says otherwise.
FIRST_DAY: Final = Date(1900, 1, 1)
LAST_DAY: Final = Date(2199, 12, 31)

#: One billion yuan in fen: the largest denominator of a ratio unless its fact says otherwise.
LARGEST_DENOMINATOR: Final = 10**11


def is_unknown(value: object) -> bool:
    """True for ``None`` and for a NaN: both mean that nobody measured."""
    return value is None or (isinstance(value, float) and isnan(value))


def choice_code(choice: object) -> str:
    """The short text by which *choice* can be named: an enumeration's code, or the value itself as text."""
    return str(choice.value) if isinstance(choice, Enum) else str(choice)


def choice_text(choice: object, lang: Lang) -> str:
    """*choice* as a person reads it: its label where it has one, its text where it has none."""
    return str(label(lang)) if callable(label := getattr(choice, "label", None)) else choice_code(choice)


def _refuse(name: str, value: object, expected: str) -> InvalidValueError:
    return InvalidValueError(owner="", field=name, value=value, expected=expected)


def _check_order(low: Any, high: Any, *, subject: str) -> None:
    """Refuse a domain that no value is in."""
    if low > high:
        problem = Phrase("`high` 不得小于 `low`（{low}），实际为 `{high}`", "`high` must be at least `low` ({low}), got `{high}`", low=low, high=high)
        raise InvalidPolicyError(subject=subject, problem=problem)


@attrs.frozen
class Counts:
    """Whole numbers from *low* to *high*, both inclusive, in steps of *step*."""

    low: int
    high: int
    step: int = 1

    blank = UNKNOWN_NUMBER
    kind = Label("计数", "count")

    def __attrs_post_init__(self) -> None:
        for name, low in (("low", None), ("high", None), ("step", 1)):
            check_whole(getattr(self, name), subject="count", field=name, low=low)
        _check_order(self.low, self.high, subject="count")

    def accept(self, value: object, *, name: str) -> int:
        """Return *value* if it is a whole number of this domain."""
        if type(value) is not int or not self.low <= value <= self.high or (value - self.low) % self.step:
            raise _refuse(name, value, Phrase("{low}至{high}的整数", "a whole number from {low} to {high}", low=self.low, high=self.high))
        return value

    def check_limit(self, limit: int) -> None:
        """Accept every limit: whole numbers compare exactly."""

    def encode(self, value: int) -> int:
        """Return *value* as it is."""
        return value

    def decode(self, encoded: int) -> int:
        """Return *encoded* as it is."""
        return encoded

    def text(self, encoded: int, lang: Lang) -> str:  # noqa: ARG002 - one signature for every domain
        """*encoded* in digits."""
        return str(encoded)

    def source(self, value: int) -> str:
        """*value* as it is typed in a rule."""
        return repr(value)


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
        _check_order(self.low, self.high, subject="ratio")

    def accept(self, value: object, *, name: str) -> Fraction:
        """Return *value* as an exact fraction of this domain."""
        try:
            exact = exact_ratio(value)  # type: ignore[arg-type] # it refuses what it cannot take
        except InvalidValueError as error:
            raise _refuse(name, value, error.expected) from None
        if not self.low <= exact <= self.high:
            raise _refuse(
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
            raise _refuse(
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
        _check_order(self.low, self.high, subject="money")
        if self.fixed is not None and (type(self.fixed) is not str or self.fixed != self._of_bounds()):
            raise _refuse("fixed", self.fixed, Phrase("上下限的货币 {known}，或 None", "{known} as the bounds are, or None", known=self.low.currency))

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
            raise _refuse(name, value, Phrase("{low}至{high}的金额", "money from {low} to {high}", low=bounds.low, high=bounds.high))
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


@attrs.frozen
class Days:
    """Days from *low* to *high*, both inclusive."""

    low: Date = attrs.field(default=FIRST_DAY, converter=to_date)
    high: Date = attrs.field(default=LAST_DAY, converter=to_date)

    blank = UNKNOWN_NUMBER
    kind = Label("日期", "day")

    def __attrs_post_init__(self) -> None:
        _check_order(self.low, self.high, subject="day")

    def accept(self, value: object, *, name: str) -> Date:
        """Return *value* as a day of this domain."""
        try:
            day = to_date(value)  # type: ignore[arg-type] # it refuses what it cannot take
        except InvalidValueError as error:
            raise _refuse(name, value, error.expected) from None
        if not self.low <= day <= self.high:
            raise _refuse(name, value, Phrase("{low}至{high}的日期", "a day from {low} to {high}", low=self.low, high=self.high))
        return day

    def check_limit(self, limit: Date) -> None:
        """Accept every limit: days compare exactly."""

    def encode(self, value: dt.date) -> int:
        """The proleptic Gregorian ordinal of *value*."""
        return value.toordinal()

    def decode(self, encoded: int) -> Date:
        """The day that has this ordinal."""
        return from_ordinal(encoded)

    def text(self, encoded: int, lang: Lang) -> str:
        """The day as it is written in *lang*."""
        return dates.text(from_ordinal(encoded), lang)

    def source(self, value: Date) -> str:
        """*value* as it is typed in a rule."""
        return repr(str(value))


@attrs.frozen
class Flags:
    """True or false."""

    blank = None
    kind = Label("是非", "flag")

    def accept(self, value: object, *, name: str) -> bool:
        """Return *value* if it is exactly ``True`` or ``False``."""
        if type(value) is not bool:
            raise _refuse(name, value, Phrase("True 或 False", "True or False"))
        return value

    def encode(self, value: bool) -> bool:  # noqa: FBT001 - the value itself
        """Return *value* as it is."""
        return value

    def decode(self, encoded: bool) -> bool:  # noqa: FBT001 - the value itself
        """Return *encoded* as it is."""
        return encoded

    def text(self, encoded: bool, lang: Lang) -> str:  # noqa: FBT001 - the value itself
        """Yes or no."""
        return (Label("是", "yes") if encoded else Label("否", "no")).text(lang)


def _to_choices(values: Iterable[Hashable]) -> tuple[Hashable, ...]:
    return items_of(values, subject="domain", field="choices")


@attrs.frozen
class Choices:
    """A closed set of choices, mild to severe where *ordered*.

    A value is encoded as one bit of a mask, the bit of its place. A comparison then holds if no bit lies outside it and is
    possible if one lies inside, which is the same question that a later table asks of an earlier table's candidates. Of a
    fact that nobody measured there is no mask: it is ``None`` to the reference reader and a NaN, which is no choice, to the
    generated one. All bits at once is what :attr:`blank` stands for: the outcome of an earlier table that may still be any.
    """

    items: tuple[Hashable, ...] = attrs.field(converter=_to_choices)
    ordered: bool = attrs.field(default=False, kw_only=True)

    kind = Label("选项", "choice")

    def __attrs_post_init__(self) -> None:
        check_part(self.ordered, bool, subject="domain", field="ordered", expected=Phrase("True 或 False", "True or False"))
        if not self.items or not are_different(self.items):
            problem = Phrase("选项至少一个且互不相同，实际为 `{items}`", "choices must be at least one and all different, got `{items}`", items=self.items)
            raise InvalidPolicyError(subject="domain", problem=problem)
        for item in self.items:
            if isinstance(item, str | Enum) and (flaw := flaw_of(choice_code(item))) is not None:
                problem = Phrase("选项须为{flaw}，实际为 `{item!r}`", "a choice must be {flaw}, got `{item!r}`", flaw=flaw, item=item)
                raise InvalidPolicyError(subject="domain", problem=problem)
        check_codes(self.items, choice_code)
        if self.ordered:
            coarse_scale(self.items)

    @property
    def blank(self) -> int:
        """Every choice at once: nothing is known."""
        return (1 << len(self.items)) - 1

    def accept(self, value: object, *, name: str) -> Hashable:
        """Return the choice that *value* is, or that *value* is the code of."""
        for item in self.items:
            if value is item or (type(value) is type(item) and value == item):
                return item
        if isinstance(value, str):
            found = {choice_code(item): item for item in self.items}
            if value in found:
                return found[value]
            raise UnknownNameError(kind=name, name=value, known=tuple(found))
        if isinstance(value, OrderedLabelled) and value.coarser in self.items:
            return value.coarser  # a finer grade than the fact tells apart
        raise _refuse(name, value, Phrase("{items} 之一", "one of {items}", items=", ".join(map(choice_code, self.items))))

    def place(self, value: Hashable) -> int:
        """The place of *value* among the choices, from 0."""
        return self.items.index(value)

    def mask(self, values: tuple[Hashable, ...]) -> int:
        """The bits of *values*."""
        return sum(1 << self.items.index(value) for value in values)

    def unmask(self, mask: int) -> tuple[Hashable, ...]:
        """The choices whose bits are set, in the order of the domain."""
        return tuple(item for place, item in enumerate(self.items) if mask >> place & 1)

    def encode(self, value: Hashable) -> int:
        """The bit of *value*."""
        return 1 << self.items.index(value)

    def decode(self, encoded: int) -> Hashable:
        """The choice that has this bit."""
        return self.items[encoded.bit_length() - 1]

    def text(self, encoded: int, lang: Lang) -> str:
        """The label of the choice, or of each that is still possible."""
        return " / ".join(choice_text(item, lang) for item in self.unmask(encoded))


_POSSIBLY: Final = Label("或还有{open}", "possibly also {open}")


@attrs.frozen
class Sets:
    """Sets of outcomes of an earlier table; encoded as two masks, the certain and the possible elements."""

    items: tuple[Hashable, ...] = attrs.field(converter=to_tuple)

    kind = Label("集合", "set")

    @property
    def blank(self) -> tuple[int, int]:
        """Nothing certain, everything possible."""
        return 0, (1 << len(self.items)) - 1

    def accept(self, value: object, *, name: str) -> tuple[Hashable, ...]:
        """Return *value*, an iterable of outcomes, in the order of the scale."""
        if isinstance(value, str) or not hasattr(value, "__iter__"):
            raise _refuse(name, value, Phrase("结论的元组", "a tuple of outcomes"))
        given = {Choices(self.items).accept(item, name=name) for item in value}
        return tuple(item for item in self.items if item in given)

    def mask(self, values: tuple[Hashable, ...]) -> int:
        """The bits of *values*."""
        return sum(1 << self.items.index(value) for value in values)

    def encode(self, value: tuple[Hashable, ...]) -> tuple[int, int]:
        """The same mask twice: what is given is certain and nothing else is possible."""
        mask = self.mask(value)
        return mask, mask

    def decode(self, encoded: tuple[int, int]) -> tuple[Hashable, ...]:
        """The certain elements."""
        return Choices(self.items).unmask(encoded[0])

    def text(self, encoded: tuple[int, int], lang: Lang) -> str:
        """The certain elements, and in brackets those only possible."""
        certain, possible = encoded
        choices = Choices(self.items)
        sure = listed((choice_text(item, lang) for item in choices.unmask(certain)), lang) or "–"
        open_ = listed((choice_text(item, lang) for item in choices.unmask(possible & ~certain)), lang)
        if not open_:
            return sure
        return aside(sure, _POSSIBLY.filled(lang, open=open_), lang)


@attrs.frozen
class Points:
    """The total of an earlier scorecard, from *low* to *high*; encoded as the interval that is still possible."""

    low: int
    high: int

    kind = Label("分数", "points")

    @property
    def blank(self) -> tuple[int, int]:
        """The whole interval."""
        return self.low, self.high

    def accept(self, value: object, *, name: str) -> int:
        """Return *value* if it is a total that can be reached."""
        return Counts(self.low, self.high).accept(value, name=name)

    def check_limit(self, limit: int) -> None:
        """Accept every limit: whole numbers compare exactly."""

    def encode(self, value: int) -> tuple[int, int]:
        """The interval that holds *value* alone."""
        return value, value

    def decode(self, encoded: tuple[int, int]) -> int:
        """The total, or the lower end of what it can still be."""
        return encoded[0]

    def text(self, encoded: tuple[int, int], lang: Lang) -> str:  # noqa: ARG002 - a number reads alike in both
        """The total, or both ends of what it can still be."""
        return str(encoded[0]) if encoded[0] == encoded[1] else f"{encoded[0]} … {encoded[1]}"

    def source(self, value: int) -> str:
        """*value* as it is typed in a rule."""
        return repr(value)


Domain: TypeAlias = Counts | Ratios | Amounts | Days | Flags | Choices | Sets | Points

#: The domains whose values lie on a line of numbers.
MEASURED = (Counts, Ratios, Amounts, Days)
