"""Regions: where a formula is true, in as few words as can be found.

First the frame: for every fact the values that occur at all. Inside it, what is left of the formula is said either as
a few boxes or as the clauses that it is built of, whichever asks fewer comparisons. Both are exact.

In textbooks the boxes are a cover by implicants, each grown from a point that no other covers, and made irredundant.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.solver.formula import BOTH, FALSE, LITERAL, TRUE, Box
from revisit_policy.analysis.study import Study
from revisit_policy.language.condition import NEVER, Condition, all_of, any_of, comparisons
from revisit_policy.language.overlaps.bits import runs_of

#: How many boxes are tried before a region is said in clauses.
FEW_BOXES: Final = 8

#: From how many comparisons on a region is looked through for parts that say nothing, and in how many questions.
TANGLED: Final = 9
QUESTIONS: Final = 150

#: How many boxes may say a region. A scorecard that crosses a limit does so in thousands of ways, which nobody reads.
MOST_BOXES: Final = 24

#: How many regions a new one is compared with before it is worked out.
RECENT: Final = 3

#: How many comparisons a region in clauses may ask before it is said in boxes, however many.
MOST_COMPARISONS: Final = 250


def region_of(study: Study, formula: int) -> tuple[Condition, bool]:
    """Where *formula* is true, exactly, and true, ``NEVER`` if it is nowhere; or the least box around it and false, if nobody could read it."""
    frame = frame_of(study, formula)
    if frame is None:
        return NEVER, True
    inner = study.book.plainer(formula, frame)
    if inner == TRUE:
        return study.space.condition(frame), True
    boxes = cover(study, inner, frame, most=FEW_BOXES)
    in_clauses = _in_clauses(study, inner, frame)
    if boxes is None and in_clauses is None:
        boxes = cover(study, inner, frame, most=MOST_BOXES)
        if boxes is None:
            return study.space.condition(frame), False
    said = [found for found in (None if boxes is None else _in_boxes(study, boxes, frame), in_clauses) if found is not None]
    return all_of(study.space.condition(frame), min(said, key=plainness)), True


class Places:
    """Regions and examples of formulas, each found once: knock-on effects often lie where their cause lies."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._known: list[tuple[int, Condition, Witness, bool]] = []

    def place(self, formula: int) -> tuple[Condition, Witness, bool]:
        """The region of *formula*, which is true somewhere, an example of it, and whether the region is no more than that."""
        study = self.study
        for known, region, witness, is_exact in self._known[-RECENT:]:
            if study.box(study.book.differs(known, formula)) is None:
                return region, witness, is_exact
        witness_or_none = study.example(formula)
        if witness_or_none is None:
            raise AssertionError(formula)  # it is true somewhere
        region, is_exact = region_of(study, formula)
        self._known.append((formula, region, witness_or_none, is_exact))
        return self._known[-1][1:]


def plainness(condition: Condition) -> int:
    """How many comparisons *condition* asks; fewer are plainer."""
    return sum(1 for _ in comparisons(condition))


def frame_of(study: Study, formula: int) -> Box | None:
    """The least box that holds everything for which *formula* is true; ``None`` if nothing is."""
    box = study.box(formula)
    if box is None:
        return None
    book, frame = study.book, {}
    seen = [0] * len(study.space.axes)
    for at in sorted(book.axes(formula)):
        while box is not None:
            seen = [mask | box.get(axis, book.full[axis]) for axis, mask in enumerate(seen)]
            unseen = book.full[at] & ~seen[at]
            if not unseen:
                break
            box = study.box(formula, book.literal(at, unseen))
        else:
            frame[at] = seen[at]
            box = dict(enumerate(seen))
    return frame


def cover(study: Study, formula: int, frame: Box, *, most: int | None = None) -> list[Box] | None:
    """Boxes that together are all of *formula* inside *frame*, none of them idle; ``None`` if they would be over *most*."""
    book = study.book
    boxes: list[Box] = []
    uncovered = [formula, book.box(frame)]
    while (point := study.box(*uncovered)) is not None:
        if most is not None and len(boxes) >= most:
            return None
        box = study.search.box(formula, around={**frame, **point})
        if box is None:
            raise AssertionError(point)  # the point is in the formula
        box = {at: mask for at, mask in box.items() if frame.get(at, book.full[at]) & ~mask}
        boxes.append(box)
        uncovered.append(book.opposite(book.box(box)))
    return _merged(study, _without_idle(study, boxes, frame), frame)


def _without_idle(study: Study, boxes: list[Box], frame: Box) -> list[Box]:
    """Leave out boxes that the others cover, those with most comparisons first."""
    book, kept = study.book, list(boxes)
    for box in sorted(boxes, key=len, reverse=True):
        others = [book.opposite(book.box(other)) for other in kept if other is not box]
        if len(kept) > 1 and study.box(book.box(frame), book.box(box), *others) is None:
            kept = [other for other in kept if other is not box]
    return kept


def _merged(study: Study, boxes: list[Box], frame: Box) -> list[Box]:
    """Join boxes that differ on one axis only."""
    for first, second in combinations(boxes, 2):
        apart = [at for at in first.keys() | second.keys() if first.get(at) != second.get(at)]
        if len(apart) == 1:
            at = apart[0]
            joined = {**first, at: first.get(at, study.book.full[at]) | second.get(at, study.book.full[at])}
            if not frame.get(at, study.book.full[at]) & ~joined[at]:
                del joined[at]
            return _merged(study, [joined, *(box for box in boxes if box is not first and box is not second)], frame)
    return boxes


def _in_boxes(study: Study, boxes: list[Box], frame: Box) -> Condition:
    said = [all_of(*(_literal(study, at, mask, frame) for at, mask in sorted(box.items()))) for box in boxes]
    return any_of(*sorted(said, key=plainness))


def _in_clauses(study: Study, inner: int, frame: Box) -> Condition | None:
    """The parts that *inner* is built of, without those that the others imply; ``None`` if they are too many."""
    book = study.book
    if _asks(study, inner) > TANGLED:
        inner = Pruning(study, book.box(frame)).of(inner)
    parts = list(book.parts[inner]) if book.kind[inner] == BOTH else [inner]
    for part in sorted(parts, key=lambda part: len(book.axes(part)), reverse=True):
        others = [other for other in parts if other != part]
        if others and study.box(book.box(frame), book.opposite(part), *others) is None:
            parts = others
    said = [_said(study, part, frame, [MOST_COMPARISONS]) for part in parts]
    whole = [part for part in said if part is not None]
    return all_of(*sorted(whole, key=plainness)) if len(whole) == len(said) else None


def _asks(study: Study, formula: int) -> int:
    """How many comparisons *formula* asks if it is written out; counted up to a few more than are too many."""
    book = study.book
    found, stack = 0, [formula]
    while stack and found <= TANGLED:
        node = stack.pop()
        found += book.kind[node] == LITERAL
        stack.extend(book.parts[node])
    return found


class Pruning:
    """Leaves out the parts of a formula that say nothing where the rest of it stands, within a number of questions.

    In a conjunction each part is looked at where the others hold, in an alternative where the others do not.
    """

    def __init__(self, study: Study, frame: int) -> None:
        self.study = study
        self.frame = frame
        self.questions = QUESTIONS

    def of(self, formula: int) -> int:
        """A formula that agrees with *formula* inside the frame and has no idle part that was found in time."""
        return self._pruned(formula, ())

    def _pruned(self, formula: int, context: tuple[int, ...]) -> int:
        book = self.study.book
        if self.questions <= 0 or formula in {TRUE, FALSE}:
            return formula
        self.questions -= 1
        if self.study.box(formula, self.frame, *context) is None:
            return FALSE
        if self.study.box(book.opposite(formula), self.frame, *context) is None:
            return TRUE
        if book.kind[formula] == LITERAL:
            return formula
        is_both = book.kind[formula] == BOTH
        parts = sorted(book.parts[formula], key=lambda part: len(book.axes(part)), reverse=True)
        for at, part in enumerate(parts):
            others = [other if is_both else book.opposite(other) for other in parts if other is not part]
            parts[at] = self._pruned(part, (*context, *others))
        return book.both(parts) if is_both else book.either(parts)


def _said(study: Study, formula: int, frame: Box, left: list[int]) -> Condition | None:
    book = study.book
    if book.kind[formula] == LITERAL:
        left[0] -= 1
        return _literal(study, book.axis[formula], book.mask[formula], frame) if left[0] >= 0 else None
    parts = []
    for part in book.parts[formula]:
        said = _said(study, part, frame, left)
        if said is None:
            return None
        parts.append(said)
    return all_of(*parts) if book.kind[formula] == BOTH else any_of(*parts)


def _literal(study: Study, at: int, mask: int, frame: Box) -> Condition:
    """A literal in the fewest words that mean the same inside *frame*."""
    axis = study.space.axes[at]
    inside = frame.get(at, axis.full)
    ways = (mask, mask | axis.full & ~inside, mask & inside)
    best = min(ways, key=lambda way: (bool(way & axis.missing), sum(1 for _ in runs_of(way & axis.known))))
    return axis.condition(best) if best != axis.full else axis.condition(mask & inside)
