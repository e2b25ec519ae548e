"""Leaves: values without parts. Days, decimals, ratios and amounts are text, so that no reader of JSON rounds them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from revisit_policy.errors import RevisitPolicyError
from revisit_policy.language.domains.choice_words import choice_code
from revisit_policy.policy.json_text import LARGEST_WHOLE, Plain
from revisit_policy.records.codecs.codec import Codec, Reading, Schema, Writing
from revisit_policy.records.codecs.misread import MisreadError, Spot, Withheld, wrong
from revisit_policy.records.decision_record import Told
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.moments import to_moment
from revisit_policy.values.money import Money
from revisit_policy.values.ratio import ratio_text

_WHOLE: Final = re.compile(r"-?[1-9]\d{15,}", re.ASCII)
_RATIO: Final = re.compile(r"-?\d+(\.\d+|/\d+)?", re.ASCII)
_DECIMAL: Final = re.compile(r"-?(\d+(\.\d+)?(E[+-]?\d{1,4})?|Infinity)|NaN", re.ASCII)
_HEX: Final = re.compile(r"-?0x[01]\.[0-9a-f]+p[+-]\d+|-?inf|nan", re.ASCII)


def _leaf(write: Callable[[Any], Plain], read: Callable[[Plain], Any], **schema: Any) -> Codec:  # noqa: ANN401 - of a schema
    """A codec that needs to know nothing of the rest of the record."""
    return Codec(write=lambda value, _: write(value), read=lambda plain, _: read(plain), schema=lambda: dict(schema))


def _typed(kind: type, expected: str) -> Callable[[Plain], Any]:
    def read(plain: Plain) -> Any:  # noqa: ANN401 - of the kind
        if type(plain) is kind:
            return plain
        raise wrong(plain, expected)

    return read


def _of_text(pattern: re.Pattern[str], make: Callable[[str], Any], *, expected: str) -> Callable[[Plain], Any]:
    """Reads text that *pattern* knows and *make* takes."""

    def read(plain: Plain) -> Any:  # noqa: ANN401 - what is made of it
        try:
            if type(plain) is str and pattern.fullmatch(plain):
                return make(plain)
        except (ArithmeticError, ValueError):
            pass
        raise wrong(plain, expected)

    return read


def _from_text(make: Callable[[str], Any], expected: str) -> Callable[[Plain], Any]:
    """Reads text that *make* takes, a function of ours."""

    def read(plain: Plain) -> Any:  # noqa: ANN401 - what is made of it
        if type(plain) is str:
            try:
                return make(plain)
            except RevisitPolicyError:
                pass
        raise wrong(plain, expected)

    return read


def _write_whole(value: int) -> Plain:
    return int(value) if -LARGEST_WHOLE <= value <= LARGEST_WHOLE else str(int(value))


def _read_whole(plain: Plain) -> int:
    if type(plain) is int:
        return plain
    if type(plain) is str and _WHOLE.fullmatch(plain) and len(plain) < 4000 and abs(value := int(plain)) > LARGEST_WHOLE:  # noqa: PLR2004 - what Python reads
        return value
    raise wrong(plain, Phrase("整数（超过 {largest} 者写作文本）", "a whole number (beyond {largest} as text)", largest=LARGEST_WHOLE))


def _write_money(value: Money) -> Plain:
    return f"{value.currency} {value.amount}"


def _money(text: str) -> Money:
    currency, _, amount = text.partition(" ")
    return Money.of(amount, currency)


def _told(plain: Plain) -> Told:
    if type(plain) is dict:
        return Told.of(plain)
    raise wrong(plain, Phrase("对象", "an object"))


def _write_text(value: str) -> Plain:
    return str.__str__(value)


TEXT: Final = _leaf(_write_text, _typed(str, Phrase("文本", "text")), type="string")
"""Text."""

LEAVES: Final[Mapping[Any, Codec]] = {
    str: TEXT,
    bool: _leaf(bool, _typed(bool, Phrase("true 或 false", "true or false")), type="boolean"),
    int: _leaf(_write_whole, _read_whole, type=["integer", "string"], pattern=_WHOLE.pattern.join("^$")),
    Date: _leaf(
        dt.date.isoformat, _from_text(to_date, Phrase("文本形式的日期，例如 `2026-01-31`", "a day as text, such as `2026-01-31`")), type="string", format="date"
    ),
    Money: _leaf(
        _write_money,
        _from_text(_money, Phrase("文本形式的金额，例如 `CNY 1800000.00`", "an amount as text, such as `CNY 1800000.00`")),
        type="string",
        pattern=r"^[A-Z]{3} -?[0-9]+(\.[0-9]+)?$",
    ),
    Fraction: _leaf(
        ratio_text,
        _of_text(_RATIO, Fraction, expected=Phrase("文本形式的精确比率，例如 `0.0335` 或 `1/3`", "an exact ratio as text, such as `0.0335` or `1/3`")),
        type="string",
        pattern=_RATIO.pattern.join("^$"),
    ),
    Decimal: _leaf(
        str,
        _of_text(_DECIMAL, Decimal, expected=Phrase("文本形式的小数，例如 `0.70`", "a decimal as text, such as `0.70`")),
        type="string",
        pattern=f"^({_DECIMAL.pattern})$",
    ),
    float: _leaf(
        float.hex, _of_text(_HEX, float.fromhex, expected=Phrase("文本形式的十六进制二进制数", "a binary number in hexadecimal, as text")), type="string"
    ),
    dt.datetime: _leaf(
        lambda value: value.isoformat(),
        _from_text(
            to_moment, Phrase("文本形式、带时差的时刻，例如 `2026-11-24T19:30:00+08:00`", "a time with its offset as text, such as `2026-11-24T19:30:00+08:00`")
        ),
        type="string",
        format="date-time",
    ),
    Told: _leaf(lambda told: told.plain, _told, type="object"),
    RevisitPolicyError: _leaf(str, lambda plain: RevisitPolicyError(TEXT.read(plain, Reading())), type="string"),
}
"""The codec of every kind of value without parts, enumerations aside."""


def enumeration(*kinds: type[Enum]) -> Codec:
    """Members of one of *kinds* by their codes; a code that two of them have is the first's.

    A member of a class that is among the kinds of the caller alone is taken as well: it is what a policy of the bank's own says.
    """
    known: dict[str, Enum] = {}
    for kind in kinds:
        for member in kind:
            known.setdefault(choice_code(member), member)

    def write(value: Enum, _: Writing) -> Plain:
        return choice_code(value)

    def read(plain: Plain, _: Reading) -> Enum:
        found = known.get(plain) if type(plain) is str else None
        if found is None:
            raise MisreadError(Spot("", _one_of(known, plain), Withheld.of(plain)))
        return found

    return Codec(write=write, read=read, schema=lambda: _codes(*kinds))


def _one_of(known: Mapping[str, Enum], plain: Plain) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - loaded for a message, which is rare

    near = get_close_matches(plain.lower(), known, n=1) if type(plain) is str else []
    codes = ", ".join(f"`{code}`" for code in known)
    if not near:
        return Phrase("{codes} 之一", "one of {codes}", codes=codes)
    return Phrase("{codes} 之一，或许是 `{near}`", "one of {codes}, perhaps `{near}`", codes=codes, near=near[0])


def _codes(*kinds: type[Enum]) -> Schema:
    """The codes, each with the texts that people read."""
    members = {choice_code(member): member for kind in reversed(kinds) for member in kind}
    return {"type": "string", "oneOf": [{"const": code, **_title(member)} for code, member in members.items()]}


def _title(member: Enum) -> Schema:
    return {"title": f"{member.label('zh')} · {member.label('en')}"} if isinstance(member, Labelled) else {}


def literal(values: tuple[str, ...]) -> Codec:
    """One of a few texts."""

    def read(plain: Plain, _: Reading) -> str:
        if type(plain) is str and plain in values:
            return plain
        raise wrong(plain, Phrase("{values} 之一", "one of {values}", values=", ".join(f"`{value}`" for value in values)))

    return Codec(write=lambda value, _: str(value), read=read, schema=lambda: {"type": "string", "enum": list(values)})
