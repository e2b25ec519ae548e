"""The canonical form: what is signed of a value, as one text that depends on nothing but its content.

The text is JSON as RFC 8785 has it: no space, keys in order, no number that JSON cannot hold exactly. It never contains what
Python prints of an object, so that it is the same in every process, on every version and with every other hash seed.

=====================  ==================================================================================================
a value                its form
=====================  ==================================================================================================
text, true, ``None``   as JSON has them
whole number           a number up to 2**53 - 1, ``{"$": "whole", "digits": ...}`` beyond
fraction               ``{"$": "ratio", "over": ..., "under": ...}`` in lowest terms
decimal, binary float  ``{"$": "decimal", "digits": ...}``, ``{"$": "float", "hex": ...}``
day                    ``{"$": "day", "iso": ...}``
tuple, list            an array
member of a scale      ``{"$": class, "code": ...}``, with its labels where it has any
a value of fields      ``{"$": class, field: ...}``: fields that count for equality and are signed, ``None`` left out
fact                   ``{"$": "fact", "name": ...}``; what it is stands once under ``facts``
outcome of a table     ``{"$": "outcome", "table": ...}``
=====================  ==================================================================================================

Around it stands the number of the form. A field that is added later and left out changes no text, because ``None`` is not written, nor
what such a field is by default where its metadata say ``is_later``; whatever else changes
the text of a value that did not change is another form, and takes another number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from hashlib import sha256
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.fact import Fact
from revisit_policy.policy.json_text import LARGEST_WHOLE, written
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled

FORM: Final = 1
"""The number of the form."""

UNSIGNED: Final = {"is_signed": False}
"""The metadata of a field that stands beside what is signed, such as the calendar of a policy."""

Form: TypeAlias = Any
"""What JSON can hold."""


def canonical_text(value: object) -> str:
    """The content of *value* as one text: two texts are equal if and only if what is signed of the values is.

    Args:
        value: A policy, a table, a rule, a fact, an outcome, or any other value of ours; a tuple of them.

    Raises:
        InvalidPolicyError: If a part has no content that could be told, such as an object with nothing but an address, or if
            two different facts have one name.

    Examples:
        >>> from revisit_policy import Grade, Label
        >>> canonical_text(Label("正常", "pass"))
        '{"form":1,"value":{"$":"Label","en":"pass","zh":"正常"}}'
        >>> canonical_text((Grade.LOSS, 3, None))
        '{"form":1,"value":[{"$":"Grade","code":"loss","en":"loss","zh":"损失"},3,null]}'
    """
    writer = _Writer()
    whole = {"form": FORM, "value": writer.form(value)}
    if facts := writer.listed():
        whole["facts"] = facts
    return written(whole)


def digest_of(value: object) -> str:
    """SHA-256 over the canonical text of *value*, as 64 hexadecimal signs.

    Raises:
        InvalidPolicyError: As :func:`canonical_text` does.
    """
    return sha256(canonical_text(value).encode()).hexdigest()


class _Writer:
    """Writes one value; what it meets again it does not write again."""

    def __init__(self) -> None:
        self._facts: dict[str, Fact] = {}
        self._written: dict[int, tuple[object, Form]] = {}

    def form(self, value: object) -> Form:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, Fact):
            return self._named(value)
        kind: Any = type(value)
        if (written := _plain(kind)) is not None:
            return written(value)
        if isinstance(value, tuple | list):
            return [self.form(part) for part in value]
        known = self._written.get(id(value))
        if known is None:
            known = self._written[id(value)] = value, self._fields(value)  # with the value: its id stays taken
        return known[1]

    def _named(self, fact: Fact) -> Form:
        if fact.table is not None:
            return {"$": "outcome", "table": fact.table}
        if self._facts.setdefault(fact.name, fact) != fact:
            raise InvalidPolicyError(subject=fact.name, problem=Phrase("两个不同的事实同名", "two different facts have this name"))
        return {"$": "fact", "name": fact.name}

    def _fields(self, value: object) -> Form:
        kind: Any = type(value)
        names = _names(kind)
        if names is None:
            problem = Phrase(
                "`{kind}` 没有可供签署的字段；请用文本、数字、日期、枚举或由字段构成的不可变值",
                "`{kind}` has no fields to be signed; use text, numbers, days, enumerations or frozen values of fields",
                kind=kind.__name__,
            )
            raise InvalidPolicyError(subject=kind.__name__, problem=problem)
        parts = ((name, getattr(value, name)) for name in names)
        later = _later(kind)
        return {"$": kind.__name__} | {name: self.form(part) for name, part in parts if part is not None and (name not in later or part != later[name])}

    def listed(self) -> dict[str, Form]:
        """The facts that were named, and those that these name in turn."""
        found: dict[str, Form] = {}
        while waiting := self._facts.keys() - found.keys():
            found |= {name: self._fields(self._facts[name]) for name in sorted(waiting)}
        return found


@cache  # as many as there are classes
def _plain(kind: type[Any]) -> Callable[[Any], Form] | None:
    """How values of *kind* are written that have no parts; ``None`` if it is none of those."""
    return next((written for plain, written in _PLAIN.items() if issubclass(kind, plain)), None)


@cache  # as many as there are classes
def _names(kind: type[Any]) -> tuple[str, ...] | None:
    """The fields that are signed of values of *kind*; ``None`` if it is no class of fields."""
    if attrs.has(kind):
        return tuple(field.name for field in attrs.fields(kind) if field.eq and field.metadata.get("is_signed", True))
    fields: Mapping[str, Any] | None = getattr(kind, "__dataclass_fields__", None)
    return None if fields is None else tuple(name for name, field in fields.items() if field.compare)


@cache  # as many as there are classes
def _later(kind: type[Any]) -> Mapping[str, Any]:
    """The fields of values of *kind* that came later, with what they are where they are left out: so they are not written."""
    if not attrs.has(kind):
        return {}
    return {field.name: field.default for field in attrs.fields(kind) if field.metadata.get("is_later", False)}


def _member(member: Enum) -> Form:
    kind = type(member).__name__
    if isinstance(member, Labelled):
        return {"$": kind, "code": member.value, "zh": member.labels.zh, "en": member.labels.en, **dict(member.labels.others or ())}
    return {"$": kind, "code": _Writer().form(member.value)}


def _whole(value: int) -> Form:
    return int(value) if abs(value) <= LARGEST_WHOLE else {"$": "whole", "digits": str(int(value))}


def _ratio(value: Fraction) -> Form:
    return {"$": "ratio", "over": _whole(value.numerator), "under": _whole(value.denominator)}


_PLAIN: Final[Mapping[type, Callable[[Any], Form]]] = {
    Enum: _member,  # first: a member may be text or a number as well
    str: str.__str__,
    int: _whole,
    Fraction: _ratio,
    dt.date: lambda day: {"$": "day", "iso": day.isoformat()},
    Decimal: lambda number: {"$": "decimal", "digits": str(number)},
    float: lambda number: {"$": "float", "hex": number.hex()},
}
