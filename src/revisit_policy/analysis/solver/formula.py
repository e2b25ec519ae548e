"""Formulas: which combinations of cells make something true.

A formula is a literal "this axis is in one of these cells", a conjunction or an alternative. Negation is pushed down
to the literals, where it is the complement of a mask. Equal formulas are one number in one book, so that what two
versions of a policy have in common is found without looking, and what cannot differ is ``FALSE`` before any search.

In textbooks this is a hash-consed negation normal form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

LITERAL: Final = 0
BOTH: Final = 1
EITHER: Final = 2

#: The empty conjunction and the empty alternative, in every book.
TRUE: Final = 0
FALSE: Final = 1

Box = dict[int, int]


class Formulas:
    """A book of formulas over axes of given *sizes*; a formula is its number in the book."""

    __slots__ = ("_known", "_opposite", "axis", "full", "kind", "mask", "parts")

    def __init__(self, sizes: Sequence[int]) -> None:
        self.full = [(1 << size) - 1 for size in sizes]
        self.kind = [BOTH, EITHER]
        self.axis = [-1, -1]
        self.mask = [0, 0]
        self.parts: list[tuple[int, ...]] = [(), ()]
        self._known: dict[tuple[int, ...], int] = {}
        self._opposite = {TRUE: FALSE, FALSE: TRUE}

    def _entered(self, key: tuple[int, ...], axis: int, mask: int, parts: tuple[int, ...]) -> int:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.kind)
            self.kind.append(key[0])
            self.axis.append(axis)
            self.mask.append(mask)
            self.parts.append(parts)
        return found

    def literal(self, axis: int, mask: int) -> int:
        """True in the cells of *mask* on *axis*."""
        mask &= self.full[axis]
        if not mask:
            return FALSE
        return TRUE if mask == self.full[axis] else self._entered((LITERAL, axis, mask), axis, mask, ())

    def both(self, formulas: Iterable[int]) -> int:
        """All of *formulas* together."""
        return self._joined(BOTH, formulas)

    def either(self, formulas: Iterable[int]) -> int:
        """Any of *formulas*."""
        return self._joined(EITHER, formulas)

    def _joined(self, kind: int, formulas: Iterable[int]) -> int:
        """Flattened, literals of one axis merged, opposites found; the parts in a fixed order."""
        kinds, all_parts = self.kind, self.parts
        neutral, absorbing = (TRUE, FALSE) if kind == BOTH else (FALSE, TRUE)
        masks: dict[int, int] = {}
        others: set[int] = set()
        for given in formulas:
            if given == absorbing:
                return absorbing
            for part in all_parts[given] if kinds[given] == kind else (given,):
                if kinds[part] != LITERAL:
                    others.add(part)
                    continue
                axis, mask = self.axis[part], self.mask[part]
                masks[axis] = mask if axis not in masks else masks[axis] & mask if kind == BOTH else masks[axis] | mask
        literals = [self.literal(axis, mask) for axis, mask in sorted(masks.items())]
        if absorbing in literals or any(self._opposite.get(part) in others for part in others):
            return absorbing
        parts = (*(part for part in literals if part != neutral), *sorted(others))
        if len(parts) <= 1:
            return parts[0] if parts else neutral
        return self._entered((kind, *parts), -1, 0, parts)

    def opposite(self, formula: int) -> int:
        """True where *formula* is not."""
        found = self._opposite.get(formula)
        if found is None:
            if self.kind[formula] == LITERAL:
                axis = self.axis[formula]
                found = self.literal(axis, self.full[axis] & ~self.mask[formula])
            else:
                turned = [self.opposite(part) for part in self.parts[formula]]
                found = self.either(turned) if self.kind[formula] == BOTH else self.both(turned)
            self._opposite[formula] = found
            self._opposite[found] = formula
        return found

    def implies(self, formula: int, other: int) -> int:
        """True where *formula* is not, or *other* is."""
        return self.either((self.opposite(formula), other))

    def differs(self, formula: int, other: int) -> int:
        """True where exactly one of the two is."""
        if formula == other:
            return FALSE
        return self.either(
            (self.both((formula, self.opposite(other))), self.both((other, self.opposite(formula)))),
        )

    def box(self, box: Mapping[int, int]) -> int:
        """True in a box: on every axis named, in the cells of its mask."""
        return self.both(self.literal(axis, mask) for axis, mask in box.items())

    def within(self, formula: int, box: Mapping[int, int]) -> int:
        """A formula, plainer where it can be, that agrees with *formula* everywhere inside *box*."""
        known: dict[int, int] = {}

        def walk(node: int) -> int:
            found = known.get(node)
            if found is None:
                found = known[node] = self._seen_from(node, box) if self.kind[node] == LITERAL else again(node)
            return found

        def again(node: int) -> int:
            parts = [walk(part) for part in self.parts[node]]
            return self.both(parts) if self.kind[node] == BOTH else self.either(parts)

        return walk(formula)

    def plainer(self, formula: int, box: Mapping[int, int], steps: int = 2000) -> int:
        """As :meth:`within`, and each part also seen from what the literals beside it leave open.

        Beside "x" in a conjunction x holds, beside "x" in an alternative it does not: ``x | (~x & y)`` is ``x | y``.
        After *steps* parts the rest is left as it is.
        """
        left = [steps]

        def walk(node: int, here: Mapping[int, int]) -> int:
            left[0] -= 1
            node = self.within(node, here)
            if self.kind[node] == LITERAL or left[0] < 0:
                return node
            is_both = self.kind[node] == BOTH
            there = dict(here)
            for part in self.parts[node]:
                if self.kind[part] == LITERAL:
                    axis, mask = self.axis[part], self.mask[part]
                    there[axis] = there.get(axis, self.full[axis]) & (mask if is_both else ~mask)
            parts = [part if self.kind[part] == LITERAL else walk(part, there) for part in self.parts[node]]
            return self.both(parts) if is_both else self.either(parts)

        return walk(formula, box)

    def _seen_from(self, literal: int, box: Mapping[int, int]) -> int:
        inside = box.get(self.axis[literal])
        if inside is None:
            return literal
        if not inside & self.mask[literal]:
            return FALSE
        return literal if inside & ~self.mask[literal] else TRUE

    def axes(self, formula: int) -> set[int]:
        """The axes that *formula* asks about."""
        seen, found, stack = {formula}, set(), [formula]
        while stack:
            node = stack.pop()
            if self.kind[node] == LITERAL:
                found.add(self.axis[node])
            for part in self.parts[node]:
                if part not in seen:
                    seen.add(part)
                    stack.append(part)
        return found

    def holds(self, formula: int, cells: Sequence[int]) -> bool:
        """True if *formula* is, each axis being in the cell at the place that *cells* gives it."""
        known: dict[int, bool] = {}

        def walk(node: int) -> bool:
            if self.kind[node] == LITERAL:
                return bool(self.mask[node] >> cells[self.axis[node]] & 1)
            found = known.get(node)
            if found is None:
                answers = (walk(part) for part in self.parts[node])
                found = known[node] = all(answers) if self.kind[node] == BOTH else any(answers)
            return found

        return walk(formula)
