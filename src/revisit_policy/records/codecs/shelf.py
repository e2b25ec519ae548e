"""The shelf: the codec of every kind, found by what a field is annotated with."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Final, Literal

import attrs

from revisit_policy.casefile.own.own_facts import OwnFacts
from revisit_policy.language.fact import Fact
from revisit_policy.records.codecs.class_fields import class_codec
from revisit_policy.records.codecs.codec import Codec
from revisit_policy.records.codecs.composites import delayed, listed, mapped, one_of, optional, paired
from revisit_policy.records.codecs.kinds import KINDS, hints_of
from revisit_policy.records.codecs.leaves import LEAVES, enumeration, literal
from revisit_policy.records.codecs.open_values import OpenValues
from revisit_policy.records.codecs.special import MADE_BY, calendar_codec, fact_codec, own_codec
from revisit_policy.values.working_days import WorkCalendar


@cache
def codec_of(hint: Any) -> Codec:  # noqa: ANN401 - an annotation
    """The codec of what is annotated with *hint*."""
    if hint in LEAVES:
        return LEAVES[hint]
    origin = typing.get_origin(hint)
    return _of_class(hint) if origin is None else _of_parts(origin, typing.get_args(hint))


def _of_parts(origin: Any, parts: tuple[Any, ...]) -> Codec:  # noqa: ANN401 - an annotation
    if origin in {typing.Union, UnionType}:
        return _one_of(parts)
    if origin is Literal:
        return literal(parts)
    if origin is tuple:
        return listed(codec_of(parts[0])) if parts[-1] is Ellipsis else paired(*map(codec_of, parts))
    return mapped(*map(codec_of, parts)) if issubclass(origin, Mapping) else OPEN.codec


def _of_class(kind: Any) -> Codec:  # noqa: ANN401 - a class, or what is none
    if kind is Fact:
        return fact_codec(whole_codec(Fact))
    if kind is OwnFacts:
        return own_codec(OPEN.codec)
    if kind is WorkCalendar:
        return calendar_codec(codec_of)
    if isinstance(kind, type) and issubclass(kind, Enum) and len(kind):
        return enumeration(kind)
    if attrs.has(kind):
        return whole_codec(kind)
    return OPEN.codec  # a protocol, a class that others stand for, or whatever there is


@cache
def whole_codec(kind: Any) -> Codec:  # noqa: ANN401 - a class, which a cache takes for anything
    """The codec of a class of fields, written whole."""
    name = NAMES.get(kind, kind.__name__)
    return class_codec(kind, codec_of, name=name, hints=hints_of(kind), make=MADE_BY.get(kind))


def _one_of(parts: tuple[Any, ...]) -> Codec:
    rest = tuple(part for part in parts if part is not NoneType)
    inner = codec_of(rest[0]) if len(rest) == 1 else _several_kinds(rest)
    return inner if len(rest) == len(parts) else optional(inner)


def _several_kinds(kinds: tuple[Any, ...]) -> Codec:
    if all(isinstance(kind, type) and issubclass(kind, Enum) and len(kind) for kind in kinds):
        return enumeration(*kinds)
    if all(attrs.has(kind) for kind in kinds):
        return one_of({NAMES[kind]: (kind, delayed(partial(codec_of, kind))) for kind in kinds})
    return OPEN.codec  # one of them is what others stand for


NAMES: Final = {kind: name for name, kind in KINDS.items()}
"""What every class is called in records."""

OPEN: Final = OpenValues(KINDS, codec_of)
"""Values of any kind."""
