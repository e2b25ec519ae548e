"""Search: a box of cells in which formulas are true, or the proof that there is none.

A small finite-domain clause search. Every axis has a set of cells that are still possible; a literal "axis in mask"
is false once none of them is left in the mask. A conjunction that stands inside an alternative is named by a switch, an
axis of two cells, whose clauses matter only once the switch is on. Each conflict teaches a new clause, by which the
search jumps back past choices that had no part in it; what is learnt holds for every later question of the same search.

In textbooks this is conflict-driven clause learning (CDCL) over finite domains, with two watched literals a clause and
non-chronological back-jumping; naming a conjunction by a switch is the encoding of Tseitin, in one direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from revisit_policy.analysis.solver.formula import BOTH, EITHER, FALSE, LITERAL, TRUE, Box, Formulas
from revisit_policy.analysis.solver.plain_box import Literal, PlainBox
from revisit_policy.analysis.solver.settled import Settled

OFF: Final = 1
ON: Final = 2

#: How many learnt clauses are kept before the search begins anew: they cost memory, and time at every step.
MOST_LEARNT: Final = 10_000

#: How many conflicts a walk towards what is preferred may meet before the first box found has to do.
SHORT_WALK: Final = 20

#: Counts down and is never reached.
NO_LIMIT: Final = -2

#: A clause on the list of an axis, with the mask that it watches there.
Watch = tuple[int, list[Literal]]


class Search:
    """Answers questions about the formulas of one book, in at most *budget* steps altogether.

    A step is one choice or one conflict: a measure of work that is the same on every machine.

    Raises:
        AnalysisLimitError: From any question, once the steps are used up, with what is *settled* until then.
    """

    def __init__(self, formulas: Formulas, budget: int, settled: Settled | None = None) -> None:
        self.formulas = formulas
        self.budget = budget
        self._steps_left = budget
        self._settled = Settled() if settled is None else settled
        self.domain = list(formulas.full)
        self._full = list(formulas.full)
        self._watching: list[list[Watch]] = [[] for _ in self._full]
        self._switch: dict[int, int] = {}
        self._clauses: list[list[Literal]] = []
        self._clauses_of: dict[int, list[list[Literal]]] = {}
        self._learnt = 0
        self._most_learnt = MOST_LEARNT
        self._trail: list[tuple[int, int, list[Literal] | None]] = []
        self._starts: list[tuple[int, list[int], int, int]] = []
        self._due: list[list[Literal]] = []
        self._sure = 0
        self._is_refuted = False
        self._preferred: Sequence[int] = ()
        self._conflicts_left = NO_LIMIT

    # -- questions ---------------------------------------------------------------------------------------------------

    def box(self, *formulas: int, around: Box | None = None) -> Box | None:
        """A box on which all *formulas* are true everywhere, as plain as one walk finds it; ``None`` if none exists.

        The box reaches into the cells of *around* on the axes that it names, and may be larger there.
        """
        if FALSE in formulas or self._is_refuted:
            return None
        self._sure = 0
        wanted = [literal for formula in formulas if formula != TRUE for literal in self._asked(formula)]
        try:
            if not self._solve([*(around or {}).items(), *wanted]):
                return None
            return PlainBox(domain=self.domain, full=self.formulas.full, clauses_of=self._clauses_of).of(wanted)
        finally:
            self._back_to(0)

    def cells(self, *formulas: int, preferred: Sequence[int]) -> list[int] | None:
        """One combination of cells, each as its bit, for which all *formulas* are true; ``None`` if there is none.

        On every axis the *preferred* cell is tried first, so that the combination is unusual only where it has to be.
        """
        box = self.box(*formulas)
        if box is None:
            return None
        found = self._near(formulas, preferred)
        domain = found or [box.get(axis, full) for axis, full in enumerate(self.formulas.full)]
        return [here & cell or here & -here for here, cell in zip(domain, preferred, strict=True)]

    def _near(self, formulas: tuple[int, ...], preferred: Sequence[int]) -> list[int] | None:
        """The cells left after a short walk that tries what is preferred before anything else; ``None`` if it gets lost."""
        self._sure, self._preferred, self._conflicts_left = 0, preferred, SHORT_WALK
        try:
            wanted = [literal for formula in formulas if formula != TRUE for literal in self._asked(formula)]
            return self.domain[: len(preferred)] if self._solve(wanted) else None
        finally:
            self._preferred, self._conflicts_left = (), NO_LIMIT
            self._back_to(0)

    def _asked(self, formula: int) -> Iterable[Literal]:
        book = self.formulas
        if book.kind[formula] == LITERAL:
            yield book.axis[formula], book.mask[formula]
        else:
            yield self._switch_of(formula), ON

    # -- clauses -----------------------------------------------------------------------------------------------------

    def _switch_of(self, formula: int) -> int:
        """The switch that, when on, makes *formula* true."""
        switch = self._switch.get(formula)
        if switch is not None:
            return switch
        switch = self._switch[formula] = len(self.domain)
        self.domain.append(OFF | ON)
        self._full.append(OFF | ON)
        self._watching.append([])
        book = self.formulas
        parts = book.parts[formula] if book.kind[formula] == BOTH else (formula,)
        clauses = self._clauses_of[switch] = []
        for part in parts:
            clause = [(switch, OFF), *self._literals(part)]
            self._watch(clause)
            self._clauses.append(clause)
            clauses.append(clause[1:])
        return switch

    def _literals(self, part: int) -> list[Literal]:
        book = self.formulas
        members = book.parts[part] if book.kind[part] == EITHER else (part,)
        found = []
        for member in members:
            if book.kind[member] == LITERAL:
                found.append((book.axis[member], book.mask[member]))
            else:
                found.append((self._switch_of(member), ON))
        return found

    def _watch(self, clause: list[Literal]) -> None:
        for axis, mask in clause[:2]:
            self._watching[axis].append((mask, clause))

    # -- the walk ----------------------------------------------------------------------------------------------------

    def _solve(self, wanted: list[Literal]) -> bool:
        conflict: list[Literal] | None = None
        while True:
            if conflict is not None:
                if not self._can_go_on():
                    return False
                conflict = self._turned_back(conflict)
                continue
            literal = self._wanted_or_chosen(wanted)
            if literal is None:
                return True
            axis, mask = literal
            if not self.domain[axis] & mask:  # what is wanted has been refuted
                return False
            self._starts.append((len(self._trail), self.domain.copy(), len(self._due), self._sure))
            conflict = self._propagate(len(self._trail) - 1) if self._narrow(axis, mask, None) else None

    def _can_go_on(self) -> bool:
        """False after a conflict that no choice had a part in, or at the end of a short walk."""
        self._count_step()
        if not self._starts:
            self._is_refuted = True
            return False
        self._conflicts_left -= 1
        return self._conflicts_left != -1

    def _turned_back(self, conflict: list[Literal]) -> list[Literal] | None:
        """Learn from a conflict and go on from where the lesson matters; the next conflict, if that leads to one."""
        if self._learnt >= self._most_learnt:
            self._forget()
            return None
        self._learn(conflict)
        return self._propagate(len(self._trail) - 1)

    def _wanted_or_chosen(self, wanted: list[Literal]) -> Literal | None:
        """What is wanted first, then what is preferred, then what a clause that is due needs; ``None`` if all is sure."""
        if len(self._starts) < len(wanted):
            return wanted[len(self._starts)]
        return self._preferred_choice() or self._next_choice()

    def _count_step(self) -> None:
        self._steps_left -= 1
        if self._steps_left < 0:
            raise self._settled.limit(self.budget)

    def _narrow(self, axis: int, mask: int, reason: list[Literal] | None) -> bool:
        """Leave *axis* only its cells in *mask*; False if it had no others."""
        old = self.domain[axis]
        new = old & mask
        if new == old:
            return False
        self.domain[axis] = new
        self._trail.append((axis, old, reason))
        if new == ON and axis in self._clauses_of:
            self._due.extend(self._clauses_of[axis])
        return True

    def _propagate(self, start: int) -> list[Literal] | None:
        """Draw every consequence of the trail from *start* on; a clause that cannot hold, if one is met."""
        domain, trail = self.domain, self._trail
        at = start
        while at < len(trail):
            axis = trail[at][0]
            at += 1
            here = domain[axis]
            lost = [watch for watch in self._watching[axis] if not here & watch[0]]
            if lost:
                conflict = self._rewatch(axis, lost)
                if conflict is not None:
                    return conflict
        return None

    def _rewatch(self, axis: int, lost: list[Watch]) -> list[Literal] | None:
        """Watch another literal of each clause in the place of one that is *lost*; where there is none, the last one holds."""
        domain, watching = self.domain, self._watching
        moved: set[int] = set()
        conflict: list[Literal] | None = None
        for watch in lost:
            clause = watch[1]
            mine = 0 if clause[0][0] == axis else 1
            for other in range(2, len(clause)):
                there, mask = clause[other]
                if domain[there] & mask:
                    clause[mine], clause[other] = clause[other], clause[mine]
                    watching[there].append((mask, clause))
                    moved.add(id(watch))
                    break
            else:
                if len(clause) == 1 or not domain[clause[1 - mine][0]] & clause[1 - mine][1]:
                    conflict = clause
                    break
                self._narrow(*clause[1 - mine], clause)
        if moved:
            watching[axis] = [watch for watch in watching[axis] if id(watch) not in moved]
        return conflict

    def _preferred_choice(self) -> Literal | None:
        """The first preferred cell that is neither taken nor lost; such a choice costs no step."""
        domain = self.domain
        for axis, cell in enumerate(self._preferred):
            here = domain[axis]
            if here & cell and here & ~cell:
                return axis, cell
        return None

    def _next_choice(self) -> Literal | None:
        """A literal of the first clause that is due and not yet sure; ``None`` if all are."""
        domain = self.domain
        for at in range(self._sure, len(self._due)):
            best: Literal | None = None
            for axis, mask in self._due[at]:
                here = domain[axis]
                if not here & ~mask:
                    break
                if here & mask and (best is None or axis < best[0]):  # facts before switches
                    best = axis, mask
            else:
                self._sure = at
                self._count_step()
                return best
        self._sure = len(self._due)
        return None

    # -- learning ----------------------------------------------------------------------------------------------------

    def _learn(self, conflict: list[Literal]) -> None:
        """Turn a conflict into a clause, jump back to where it first says something, and say it there."""
        before = self._starts[-1][1]
        blamed = dict(conflict)
        at = len(self._trail)
        while sum(1 for axis, mask in blamed.items() if before[axis] & mask) > 1:
            at -= 1
            axis, old, reason = self._trail[at]
            if axis in blamed and old & blamed[axis] and reason is not None:
                _resolve(blamed, axis, reason)
        told = next((axis, mask) for axis, mask in blamed.items() if before[axis] & mask)
        others = sorted((self._false_since(axis, mask), axis, mask) for axis, mask in blamed.items() if axis != told[0])
        self._learnt += 1
        self._back_to(others[-1][0] if others else 0)
        clause = [told, *((axis, mask) for _, axis, mask in reversed(others))]
        self._watch(clause)
        self._narrow(*told, clause)

    def _forget(self) -> None:
        """Begin anew with the clauses of the formulas alone, and room for twice as many learnt ones as before."""
        self._back_to(0)
        self._learnt, self._most_learnt = 0, 2 * self._most_learnt
        self._watching = [[] for _ in self._full]
        for clause in self._clauses:
            self._watch(clause)

    def _false_since(self, axis: int, mask: int) -> int:
        """The first level at whose end the literal was false."""
        level = len(self._starts) - 1
        while level > 0 and not self._starts[level - 1][1][axis] & mask:
            level -= 1
        return level

    def _back_to(self, level: int) -> None:
        if len(self._starts) > level:
            length, domain, due, self._sure = self._starts[level]
            del self._starts[level:]
            self.domain[:] = domain
            del self._trail[length:]
            del self._due[due:]


def _resolve(blamed: dict[int, int], axis: int, reason: list[Literal]) -> None:
    """Replace the literal on *axis* by what made it false."""
    left = blamed.pop(axis)
    for there, mask in reason:
        if there == axis:
            left &= mask
        else:
            blamed[there] = blamed.get(there, 0) | mask
    if left:
        blamed[axis] = left
