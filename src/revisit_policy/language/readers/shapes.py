"""Shapes read: which lines of a table hold for a pair of masks and what earlier tables said.

A shape is taken apart once, when its reader is made, into functions of which each asks one thing: half the cases of a book in trouble are of a
new kind, and for each of them every line of every table is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple, TypeAlias, assert_never

from revisit_policy.language.condition import Compare, Comparison, FlagIs, Includes, Known, Missing, OneOf
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.readers.reference import truth
from revisit_policy.language.readers.stems import Both, Either, Shape, Stem

#: Whether a shape holds: by the mask of the stems that surely do, that of those that may, and what earlier tables said.
Ask: TypeAlias = Callable[[int, int, Mapping[str, Any]], bool | None]

#: The lines of a table that fire and that are open, as masks, by the same.
AskLines: TypeAlias = Callable[[int, int, Mapping[str, Any]], tuple[int, int]]


class Reach(NamedTuple):
    """What the lines of a table depend on: the stems that they are made of, as a mask, and the earlier tables that they read."""

    stems: int
    tables: tuple[str, ...]

    @classmethod
    def of(cls, shapes: tuple[Shape, ...]) -> Reach:
        """What lines of these *shapes* depend on."""
        stems = 0
        tables: dict[str, None] = {}
        for part in chain.from_iterable(map(_parts, shapes)):
            if isinstance(part, Stem):
                stems |= 1 << part.bit
            else:
                tables[part.fact.name] = None
        return cls(stems, tuple(tables))


def _parts(shape: Shape) -> Iterator[Stem | Comparison]:
    """The stems and comparisons that a *shape* is made of."""
    if isinstance(shape, Both | Either):
        for part in shape.parts:
            yield from _parts(part)
    else:
        yield shape


def lines_of(shapes: tuple[Shape, ...]) -> AskLines:
    """The function that says which lines of a table of these *shapes* hold."""
    stems = [(1 << at, 1 << shape.bit) for at, shape in enumerate(shapes) if isinstance(shape, Stem)]
    mixed = [(1 << at, _asks(shape)) for at, shape in enumerate(shapes) if not isinstance(shape, Stem)]

    def lines_that_hold(surely: int, open_: int, readings: Mapping[str, Any]) -> tuple[int, int]:
        fires = opens = 0
        for line, stem in stems:
            if surely & stem:
                fires |= line
            elif open_ & stem:
                opens |= line
        for line, ask in mixed:
            answer = ask(surely, open_, readings)
            if answer:
                fires |= line
            elif answer is None:
                opens |= line
        return fires, opens

    return lines_that_hold


def _asks(shape: Shape) -> Ask:
    match shape:
        case Stem(bit):
            return _asks_stem(1 << bit)
        case Compare(fact) | OneOf(fact) if isinstance(fact.domain, Choices):
            return _asks_choice(fact.name, shape.inside)
        case Includes(fact, _, expected):
            return _asks_set(fact.name, shape.inside, expected)
        case Both(parts):
            return _asks_all(tuple(map(_asks, parts)))
        case Either(parts):
            return _asks_any(tuple(map(_asks, parts)))
        case Compare() | OneOf() | FlagIs() | Missing() | Known():
            return lambda _surely, _open, readings: truth(shape, readings)
        case _:
            assert_never(shape)


def _asks_stem(stem: int) -> Ask:
    return lambda surely, open_, _: True if surely & stem else None if open_ & stem else False


def _asks_choice(name: str, inside: int) -> Ask:
    outside = ~inside

    def ask(_surely: int, _open: int, readings: Mapping[str, Any]) -> bool | None:
        candidates = readings[name]
        return True if not candidates & outside else None if candidates & inside else False

    return ask


def _asks_set(name: str, elements: int, expected: bool) -> Ask:  # noqa: FBT001 - what the comparison expects
    def ask(_surely: int, _open: int, readings: Mapping[str, Any]) -> bool | None:
        certain, possible = readings[name]
        if certain & elements:
            return expected
        return None if possible & elements else not expected

    return ask


def _asks_all(parts: tuple[Ask, ...]) -> Ask:
    def ask(surely: int, open_: int, readings: Mapping[str, Any]) -> bool | None:
        found: bool | None = True
        for part in parts:
            answer = part(surely, open_, readings)
            if answer is False:
                return False
            if answer is None:
                found = None
        return found

    return ask


def _asks_any(parts: tuple[Ask, ...]) -> Ask:
    def ask(surely: int, open_: int, readings: Mapping[str, Any]) -> bool | None:
        found: bool | None = False
        for part in parts:
            answer = part(surely, open_, readings)
            if answer:
                return True
            if answer is None:
                found = None
        return found

    return ask
