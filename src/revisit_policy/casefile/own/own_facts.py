"""A bank's own facts of a loan, as they stand in its case file: names to plain values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault, refused

#: What an own fact can hold; a day, a decimal and a fraction are kept as their text.
OwnValue: TypeAlias = str | int | bool | Decimal | Fraction | dt.date | Enum | None

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_EXPECTED: Final = Phrase("按名称给出的普通值", 'plain values by name, such as `{"insured_until": "2027-03-01"}`')
_PLAIN: Final = Phrase("文本、整数、是非、Decimal、日期或 None", "text, a whole number, true or false, a Decimal, a day or None")


@attrs.frozen(repr=False, eq=False)
class OwnFacts(Mapping[str, str | int | bool | None]):
    """Plain values by name, in the order of the names; a name that is not there is unknown.

    Each is read as a field, too, which is how facts are made of them: ``own.insured_until``.

    Examples:
        >>> own = to_own({"insured_until": "2027-03-01", "rooms": 3})
        >>> own["rooms"], own.insured_until, own.colour
        (3, '2027-03-01', None)
    """

    pairs: tuple[tuple[str, str | int | bool | None], ...] = ()

    def __getitem__(self, name: str) -> str | int | bool | None:
        return dict(self.pairs)[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a plain value
        if name.startswith("_"):
            raise AttributeError(name)
        return next((value for known, value in self.pairs if known == name), None)

    def __eq__(self, other: object) -> bool:
        return repr(self) == repr(other) if isinstance(other, OwnFacts) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.pairs)

    def __repr__(self) -> str:
        return repr(dict(self.pairs))


#: Names that a mapping has already, so that no field could be read by them.
_TAKEN: Final = frozenset(name for name in dir(OwnFacts) if not name.startswith("_"))


def to_own(values: Mapping[str, OwnValue]) -> OwnFacts:
    """The own facts of these *values*, each in its canonical text or as the plain value that it is.

    Raises:
        InvalidValueError: If they are no mapping, a name cannot be that of a fact, or a value is not plain.
    """
    if isinstance(values, OwnFacts):
        return values
    given: object = values
    if not isinstance(given, Mapping):
        raise refused(values, _EXPECTED)
    for name in given:
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name in _TAKEN:
            raise refused(name, Phrase("事实名称（小写字母与下划线）", "a name in lower_case_with_underscores, and none of a mapping's own"))
    return OwnFacts(tuple((name, _plain(name, values[name])) for name in sorted(values)))


def _plain(name: str, value: OwnValue) -> str | int | bool | None:
    match value:
        case None | bool() | int() | str():
            return value
        case Enum() if isinstance(value.value, str | int):
            return value.value
        case Decimal() if value.is_finite():
            return format(value, "f")
        case Fraction():
            return str(value)
        case dt.date() if not isinstance(value, dt.datetime):
            return value.isoformat()
        case _:
            raise fault(name, value, _PLAIN)
