"""Ratios: exact constants, and the one place where a ratio is rounded for display."""

import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import fault, refused

_TEXT: Final = re.compile(r"-?\d{1,30}(\.\d{1,30}|/\d{1,30})?", re.ASCII)
_LONGEST: Final = 30
_MOST_PLACES: Final = 4
_EXPECTED: Final = Phrase('精确比率，如 "0.70"、"7/10"、Decimal、Fraction 或 int', 'an exact ratio, such as "0.70", "7/10", a Decimal, a Fraction or an int')


def exact_ratio(value: str | int | Decimal | Fraction) -> Fraction:
    """The ratio that *value* writes, with nothing rounded.

    A float is refused because 0.70 is not what it holds. So is ``"70%"``: a figure has one spelling, and the same digits
    with and without the sign differ a hundredfold.

    Args:
        value: Text such as ``"0.70"``, ``"-0.02"`` or ``"7/10"`` without spaces or exponent; a finite Decimal, a Fraction
            or an int.

    Raises:
        InvalidValueError: If it is anything else.

    Examples:
        >>> exact_ratio("0.70"), exact_ratio(Decimal("-0.02"))
        (Fraction(7, 10), Fraction(-1, 50))
    """
    match value:
        case bool():
            pass
        case Fraction() | int():
            return Fraction(value)
        case str() if _TEXT.fullmatch(value):
            return _fraction(value)
        # The bounds come before the conversion: Decimal("1E+999999") would be a number of a million digits.
        case Decimal() if value.is_finite() and abs(value.adjusted()) < _LONGEST:
            return Fraction(value)
    raise refused(value, _EXPECTED)


def percent_text(value: Fraction | float, places: int = 0, *, lang: str = Lang.EN) -> str:
    """The ratio as a percentage for people, rounded half to even; in Chinese without a space and without idle zeros.

    For display only: the rounding is exact, so a float shows what it really holds, and the text is never read back.

    Args:
        value: A ratio, 1 for a hundred per cent.
        places: Decimals shown, from 0; in Chinese the most that are shown.
        lang: ``"zh"``, ``"en"`` or a `Lang`.

    Raises:
        InvalidValueError: If *value* is not a finite number.
        UnknownNameError: If *lang* is no language of ours.

    Examples:
        >>> percent_text(Fraction(7, 10)), percent_text(Fraction(1, 3), 2), percent_text(-0.5, 1)
        ('70 %', '33.33 %', '-50.0 %')
        >>> percent_text(Fraction(7, 10), 2, lang="zh"), percent_text(Fraction(1, 3), 2, lang="zh")
        ('70%', '33.33%')
    """
    is_exact = isinstance(value, int | Fraction) and not isinstance(value, bool)
    if not is_exact and not (isinstance(value, float | Decimal) and math.isfinite(value)):
        raise refused(value, Phrase("有限数", "a finite number"))
    if type(places) is not int or not 0 <= places <= _LONGEST:
        raise fault("places", places, Phrase("0至{longest}的整数", "a whole number at least 0 and at most {longest}", longest=_LONGEST))
    units = round(Fraction(value) * 100 * 10**places)
    whole, rest = divmod(abs(units), 10**places)
    decimals = f".{rest:0{places}}" if places else ""
    text = f"{'-' * (units < 0)}{whole}{decimals}"
    return f"{text} %" if to_lang(lang) is not Lang.ZH else f"{_without_idle_zeros(text)}%"


def ratio_text(value: Fraction) -> str:
    """The ratio exactly, as `exact_ratio` reads it: in decimals, from two to twelve, or as a fraction where these do not hold it.

    Examples:
        >>> ratio_text(Fraction(67, 2000)), ratio_text(Fraction(1)), ratio_text(Fraction(1, 3))
        ('0.0335', '1.00', '1/3')
    """
    for places in range(2, 13):
        scaled = value * 10**places
        if scaled.denominator == 1:
            sign, digits = "-" if scaled < 0 else "", str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return str(value)


def percent_label(value: Fraction) -> Label:
    """The ratio as it stands in a sentence, in Chinese and English, with the decimals that it has, at most four.

    Examples:
        >>> percent_label(Fraction("0.55")), percent_label(Fraction("0.555")).en
        (Label(zh='55%', en='55 %'), '55.5 %')
    """
    zh = percent_text(value, _MOST_PLACES, lang=Lang.ZH)
    return Label(zh, zh.replace("%", " %"))


def _without_idle_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fraction(text: str) -> Fraction:
    if "/" not in text:
        whole, _, decimals = text.partition(".")
        return Fraction(int(whole + decimals), 10 ** len(decimals))
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise refused(text, Phrase("分母不为0的比率", "a ratio whose denominator is not 0")) from None
