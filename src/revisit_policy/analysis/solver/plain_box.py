"""Plain boxes: of the cells that a walk left possible, those that the clauses met on the way really ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from revisit_policy.analysis.solver.formula import Box

#: An axis, and the mask of the cells that it must have one of.
Literal = tuple[int, int]


@attrs.define
class PlainBox:
    """A box in the making.

    Args:
        domain: The cells that the walk left on every axis, switches after facts.
        full: All cells of the axes that are facts.
        clauses_of: The clauses that matter once a switch is on.
    """

    domain: Sequence[int] = attrs.field(kw_only=True)
    full: Sequence[int] = attrs.field(kw_only=True)
    clauses_of: Mapping[int, list[list[Literal]]] = attrs.field(kw_only=True)
    box: Box = attrs.field(factory=dict, init=False)
    switched: set[int] = attrs.field(factory=set, init=False)

    def of(self, wanted: Iterable[Literal]) -> Box:
        """The box of all that is *wanted*: one true literal of each clause, shared where it can be."""
        pending = [[literal] for literal in wanted]
        while pending:
            pending = [clause for clause in map(self._sure_part, pending) if not self._is_met(clause)]
            forced = [clause[0] for clause in pending if len(clause) == 1]
            for axis, mask in forced or [_most_shared(pending)] if pending else ():
                pending += self._take(axis, mask)
        return self.box

    def _sure_part(self, clause: list[Literal]) -> list[Literal]:
        return [(axis, mask) for axis, mask in clause if not self.domain[axis] & ~mask]

    def _is_met(self, clause: list[Literal]) -> bool:
        return any(axis in self.switched or (axis in self.box and not self.box[axis] & ~mask) for axis, mask in clause)

    def _take(self, axis: int, mask: int) -> list[list[Literal]]:
        """Put a literal into the box, or turn a switch and return the clauses that then matter."""
        if axis < len(self.full):
            self.box[axis] = self.box.get(axis, self.full[axis]) & mask
            return []
        if axis in self.switched:
            return []
        self.switched.add(axis)
        return self.clauses_of[axis]


def _most_shared(clauses: list[list[Literal]]) -> Literal:
    """The literal that meets most of *clauses*, one about a fact before a switch."""
    counts: dict[Literal, int] = {}
    for clause in clauses:
        for literal in clause:
            counts[literal] = counts.get(literal, 0) + 1
    return max(counts, key=lambda literal: (counts[literal], -literal[0]))
