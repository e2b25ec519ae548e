"""Strips of cells: a line for each table, a cell for each rule, dots below it for what was met of its limits."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

import attrs

from revisit_policy.values.markup.fitting import fitted
from revisit_policy.values.markup.picture import WIDTH, drawing

_LABELS: Final = 230
_CELL: Final = 18
_ROW: Final = 30
_TEXT: Final = 12
_A_LINE: Final = (WIDTH - _LABELS) // _CELL


@attrs.frozen
class Cell:
    """One thing among many.

    Args:
        says: What it is and how it stands, in words, on hover.
        look: ``"solid"``, ``"pale"`` or ``"bare"``.
        dots: Whether each of a few things about it was met, such as the sides of its limits; none for none.
    """

    says: str
    look: str = attrs.field(kw_only=True)
    dots: tuple[bool, ...] = attrs.field(default=(), kw_only=True)


_LOOKS: Final = {
    "solid": ' fill="currentColor" fill-opacity="0.85"',
    "pale": ' fill="currentColor" fill-opacity="0.25"',
    "bare": ' fill="none" stroke-dasharray="2 2"',
}


def strips(rows: Iterable[tuple[str, Sequence[Cell]]], *, title: str) -> str:
    """The *rows* below one another; a row of many cells takes several lines.

    Args:
        rows: Labels with cells.
        title: What the picture shows, for whoever cannot see it.

    Examples:
        >>> picture = strips([("grade", [Cell("overdue-90: decided", look="solid", dots=(True, False, True))])], title="what was tested")
        >>> picture.count("<rect"), picture.count("<circle")
        (1, 3)
    """
    marks, top = [], 0
    for label, cells in rows:
        marks.append(f'<text x="0" y="{top + 15}">{escape(fitted(label, room=_LABELS - 10, size=_TEXT))}</text>')
        marks += [_cell(cell, (_LABELS + at % _A_LINE * _CELL, top + at // _A_LINE * _ROW)) for at, cell in enumerate(cells)]
        top += _ROW * max(-(-len(cells) // _A_LINE), 1)
    return drawing(marks, height=max(top, _ROW), size=_TEXT, title=title)


def _cell(cell: Cell, at: tuple[int, int]) -> str:
    x, y = at
    marks = f'<rect x="{x + 1}" y="{y + 3}" width="{_CELL - 3}" height="14" stroke="currentColor"{_LOOKS[cell.look]}/>'
    for place, is_met in enumerate(cell.dots):
        look = ' fill="currentColor"' if is_met else ' fill="none"'
        marks += f'<circle cx="{x + 4 + place * 5}" cy="{y + 22}" r="1.8" stroke="currentColor" stroke-width="0.8"{look}/>'
    return f"<g><title>{escape(cell.says)}</title>{marks}</g>"
