"""The source that reads a case file: every field once, every collection walked once.

Whatever is not as usual makes the generated function return ``None``; a field that is not there raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from revisit_policy.language.derivation import CountOf, Latest, Where

INDENT: Final = "    "

#: What is worked out of the decision day ``on`` before anything else.
DAY: Final = (
    "today, day, month = on.toordinal(), on.day, on.year * 12 + on.month",
    "reach = 31 if day >= 28 and on == month_end(on) else day",
)


def begun_text(since: str) -> str:
    """The text of the months begun from the day named *since* to the decision day."""
    return f"month - {since}.year * 12 - {since}.month + (day > {since}.day)"


@attrs.define
class Loop:
    """The walk over one collection.

    Args:
        before: Lines that stand before it.
        reads: What is read of every item: a name for each field.
        inside: Lines that are run for every item.
    """

    before: list[str] = attrs.field(factory=list)
    reads: dict[str, str] = attrs.field(factory=dict)
    inside: list[str] = attrs.field(factory=list)

    def named(self, kind: str, field: str) -> str:
        """The name of *field* of an item, read as a day (``d``) or as the code of a choice (``c``)."""
        return self.reads.setdefault(f"{kind} {field}", f"{kind}{len(self.reads)}")

    def lines(self, collection: str) -> Iterator[str]:
        """The walk over the collection of that name."""
        yield from self.before
        yield f"for item in {collection} or ():"
        for read, name in self.reads.items():
            kind, field = read.split()
            yield f"{INDENT}{name} = item.{field}"
            if kind == "c":
                yield f"{INDENT}{name} = getattr({name}, '_value_', {name})"
            usual = "Date" if kind == "d" else "str"
            yield f"{INDENT}if type({name}) is not {usual} and {name} is not None: return None"
        yield from (INDENT + line for line in self.inside)


@attrs.define
class CaseSource:
    """What the facts ask of a case, collected so that it is read before them.

    Args:
        paths: A name for the raw value of every field.
        numbers: A name for every field that is added or divided, as a whole number.
        loops: The walks over collections, by path.
        asked: A name for what every collection is asked.
    """

    paths: dict[str, str] = attrs.field(factory=dict)
    numbers: dict[str, str] = attrs.field(factory=dict)
    loops: dict[str, Loop] = attrs.field(factory=dict)
    asked: dict[Latest | CountOf, str] = attrs.field(factory=dict)

    def raw(self, path: str) -> str:
        """The name of the raw value at *path*."""
        return self.paths.setdefault(path, f"r{len(self.paths)}")

    def number(self, path: str) -> str:
        """The name of the value at *path* as a whole number: minor units, or as it is. Its unit has a ``u`` before."""
        self.raw(path)
        return self.numbers.setdefault(path, f"n{len(self.numbers)}")

    def latest(self, derived: Latest) -> str:
        """The name of the latest day."""
        if derived not in self.asked:
            loop, name = self._loop(derived)
            at = loop.named("d", derived.day)
            loop.before.append(f"{name} = None")
            newer = f"{at} is not None and ({name} is None or {at} > {name})"
            loop.inside.append(f"if {_where(loop, derived.where)}{newer}: {name} = {at}")
        return self.asked[derived]

    def count(self, derived: CountOf) -> str:
        """The name of the count."""
        if derived not in self.asked:
            loop, name = self._loop(derived)
            at = loop.named("d", derived.day)
            loop.before.append(f"{name} = 0")
            recent = "True" if derived.months is None else f"{at} is not None and {begun_text(at)} <= {derived.months}"
            loop.inside.append(f"if {_where(loop, derived.where)}{recent}: {name} += 1")
        return self.asked[derived]

    def _loop(self, derived: Latest | CountOf) -> tuple[Loop, str]:
        self.raw(derived.collection)
        return self.loops.setdefault(derived.collection, Loop()), self.asked.setdefault(derived, f"q{len(self.asked)}")

    def lines(self) -> Iterator[str]:
        """All that is read, in an order in which it can be."""
        tree: dict[str, Any] = {}
        for path in self.paths:
            here = tree
            for step in path.split("."):
                here = here.setdefault(step, {})
        yield from self._fields("case", tree, "")
        for path, number in self.numbers.items():
            yield from _number(self.paths[path], number)
        for path, loop in self.loops.items():
            yield from loop.lines(self.paths[path])

    def _fields(self, parent: str, tree: dict[str, Any], before: str) -> Iterator[str]:
        for step, below in tree.items():
            path = before + step
            name = self.paths.get(path, f"o{path.count('.')}_{step}")
            yield f"{name} = {parent}.{step}"
            if below:
                beyond = " = ".join(name for leaf, name in self.paths.items() if leaf.startswith(path + "."))
                yield f"if {name} is None: {beyond} = None"
                yield "else:"
                yield from (INDENT + line for line in self._fields(name, below, path + "."))


def _number(raw: str, number: str) -> Iterator[str]:
    yield f"if type({raw}) is Money: {number}, u{number} = {raw}.minor, {raw}.currency"
    yield f"elif type({raw}) is int or {raw} is None: {number}, u{number} = {raw}, int"
    yield "else: return None"


def _where(loop: Loop, where: tuple[Where, ...]) -> str:
    return "".join(f"{loop.named('c', part.field)} in {_set_text(part.codes)} and " for part in where)


def _set_text(codes: tuple[str, ...]) -> str:
    return "{" + ", ".join(map(repr, codes)) + "}" if codes else "()"
