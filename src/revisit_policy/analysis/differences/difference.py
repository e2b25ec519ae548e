"""Differences: where two tellings of one scale do not say the same."""

from __future__ import annotations

from revisit_policy.analysis.solver.formula import FALSE
from revisit_policy.analysis.space.telling import Telling
from revisit_policy.language.fold import Fold


def apart(old: Telling, new: Telling) -> int:
    """Where anything that later tables or readers see differs: what is established or what is possible."""
    book = old.book
    match old.table.fold, new.table.fold:
        case Fold.EVERY, Fold.EVERY:
            pairs = [*zip(old.certain, new.certain, strict=True), *zip(old.allowed, new.allowed, strict=True)]
        case Fold.TOTAL, Fold.TOTAL:
            return apart_in_points(old, new)
        case _:
            pairs = [*zip(old.established, new.established, strict=True)]
            if not (old.is_plain and new.is_plain):
                pairs += zip(old.possible, new.possible, strict=True)
            pairs += [(old.conflict, new.conflict), (old.gap, new.gap)]
    return book.either(book.differs(one, other) for one, other in pairs)


def apart_in_points(old: Telling, new: Telling) -> int:
    """Where two scorecards differ: in the total, or in the least or greatest that is still possible."""
    book = old.book
    totals = sorted({*reachable(old), *reachable(new)})
    ends = ("total",) if old.is_plain and new.is_plain else ("total", "lowest", "highest")
    parts = []
    for limit in totals[1:]:
        for end in ends:
            one, other = (getattr(telling, end)(lambda total, limit=limit: total >= limit) for telling in (old, new))
            parts.append(book.differs(one, other))
    return book.either(parts)


def reachable(telling: Telling) -> set[int]:
    """The totals that some lines of a scorecard add up to."""
    totals = {telling.table.folding.otherwise}
    for line, possibly in zip(telling.lines, telling.possibly, strict=True):
        if possibly != FALSE:
            totals |= {total + line.place for total in totals}
    return totals
