"""Flags of kinds: what holds for rows of some kinds and for no others, joined and counted before any row is read.

Where rows that a table can tell apart are few (`kinds.Kinds`), a flag is a set of their numbers. Whatever is made of such flags is
a list with an entry for each kind, of which a row reads one: a table of thousands of rules costs a row no more than one of ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

import attrs

from revisit_policy.frames.expressions.expression import Chosen, Expression, Literal, Looked, OfOne, Points
from revisit_policy.language.overlaps.bits import bits_of


@attrs.frozen(eq=False)
class OfKinds(OfOne):
    """True where the row's kind, the whole number *part*, is one of *kinds*; never null.

    Args:
        kinds: The numbers, as bits; some, and not all.
        count: How many kinds there are, the first of which is 0.
    """

    joins_alike: ClassVar[bool] = True

    kinds: int
    count: int

    def turned(self) -> OfKinds:
        """Where the row's kind is one of the others."""
        return OfKinds(self.part, (1 << self.count) - 1 & ~self.kinds, self.count)

    def with_alike(self, parts: tuple[Expression, ...], join: Callable[[int, int], int]) -> tuple[bool | Expression, ...]:
        """*parts*, those of the same kinds of rows joined into one."""
        return _with_kinds_joined(parts, join)

    def made_of(self) -> tuple[Expression, ...]:
        """What it is written as."""
        return (self.spelt(),)

    def spelt(self) -> Expression:
        """The same by comparing and looking up."""
        first, last = (self.kinds & -self.kinds).bit_length() - 1, self.kinds.bit_length() - 1
        if first == last:
            return self.part == first
        if self.kinds == (1 << last + 1) - (1 << first):
            return (self.part >= first) & (self.part <= last)
        return _looked(self.part, dict.fromkeys(bits_of(self.kinds), 1)) == 1


def of_kinds(part: Expression, kinds: int, count: int) -> bool | OfKinds:
    """True where *part* is one of *kinds*; a constant where that is none or all of them."""
    if not kinds:
        return False
    return True if kinds == (1 << count) - 1 else OfKinds(part, kinds, count)


def _with_kinds_joined(parts: tuple[Expression, ...], join: Callable[[int, int], int]) -> tuple[bool | Expression, ...]:
    if sum(type(part) is OfKinds for part in parts) < 2:  # noqa: PLR2004 - there is nothing to join
        return parts
    others: list[bool | Expression] = []
    found: dict[int, OfKinds] = {}
    for part in parts:
        if not isinstance(part, OfKinds):
            others.append(part)
            continue
        met = found.get(id(part.part))
        found[id(part.part)] = part if met is None else OfKinds(part.part, join(met.kinds, part.kinds), part.count)
    return (*others, *(of_kinds(part.part, part.kinds, part.count) for part in found.values()))


@attrs.frozen(eq=False)
class Split:
    """Flags that are all of the same kinds of rows, each as a set of numbers."""

    part: Expression
    kinds: tuple[int, ...]
    count: int

    @classmethod
    def of(cls, flags: Sequence[bool | Expression]) -> Split | None:
        """*flags*, if they are all of the same kinds, or constant; ``None`` if not."""
        first = next((flag for flag in flags if isinstance(flag, OfKinds)), None)
        if first is None:
            return None
        every, kinds = (1 << first.count) - 1, []
        for flag in flags:
            if isinstance(flag, bool):
                kinds.append(every if flag else 0)
            elif isinstance(flag, OfKinds) and flag.part is first.part:
                kinds.append(flag.kinds)
            else:
                return None
        return cls(first.part, tuple(kinds), first.count)

    def several(self) -> bool | OfKinds:
        """True where two or more hold."""
        once = twice = 0
        for kinds in self.kinds:
            twice |= once & kinds
            once |= kinds
        return of_kinds(self.part, twice, self.count)

    def summed(self, worth: Iterable[int], start: int = 0) -> Expression:
        """*start*, and what those are *worth* that hold."""
        found: dict[int, int] = dict.fromkeys(range(self.count), start) if start else {}
        for kinds, value in zip(self.kinds, worth, strict=True):
            for kind in bits_of(kinds):
                found[kind] = found.get(kind, 0) + value
        return _looked(self.part, found)

    def highest(self, values: Sequence[int], dtype: Any) -> Expression:
        """Of *values* the last one whose flag holds; null if none does."""
        left, found = (1 << self.count) - 1, dict[int, int]()
        for kinds, value in zip(reversed(self.kinds), reversed(values), strict=True):
            found |= dict.fromkeys(bits_of(kinds & left), value)
            left &= ~kinds
        known = of_kinds(self.part, (1 << self.count) - 1 & ~left, self.count)
        return Chosen(Literal(known) if isinstance(known, bool) else known, _looked(self.part, found).cast(dtype))


def _looked(part: Expression, values: Mapping[int, int]) -> Expression:
    """What stands beside the number *part*, 0 if nothing does."""
    kept = {key: value for key, value in sorted(values.items()) if value}
    return Looked(part, tuple(kept), tuple(kept.values())) if kept else Points(())
