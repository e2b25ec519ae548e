"""What reads what as a picture: boxes in columns, each to the right of all that it reads, with lines between them."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Final, Self

import attrs

from revisit_policy.values.markup.fitting import wrapped
from revisit_policy.values.markup.picture import WIDTH, drawing

_ROW: Final = 58
_HEIGHT: Final = 40
_GAP: Final = 34
_SIZE: Final = 12


@attrs.frozen
class Box:
    """One thing that reads others.

    Args:
        name: What the others know it by.
        label: What is written in it; a long one takes two lines and is cut after them.
        says: What it stands for, in words, on hover.
        reads: The names of those it reads.
        sign: One character before the label, so that what is meant does not hang on shade: such as ``"✓"``.
        look: ``"filled"``, ``"bare"`` or ``"dashed"``.
        on_path: The names among *reads* whose lines are drawn strong.
    """

    name: str
    label: str
    says: str
    reads: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    sign: str = attrs.field(default="", kw_only=True)
    look: str = attrs.field(default="bare", kw_only=True)
    on_path: tuple[str, ...] = attrs.field(default=(), kw_only=True)


def flow(boxes: Iterable[Box], *, title: str) -> str:
    """The *boxes* in columns from left to right; each stands one column to the right of the last of those it reads.

    Longest-path layering; within a column they stand in the mean height of what they read (the barycentre of Sugiyama's method).

    Args:
        boxes: In any order; what they read and is not among them is not drawn. None may read itself, at whatever remove.
        title: What the picture shows, for whoever cannot see it.

    Examples:
        >>> picture = flow([Box("grade", "grade", "normal", sign="✓"), Box("level", "level", "none", reads=("grade",))], title="who reads whom")
        >>> picture.count("<rect"), picture.count("<path"), "✓ grade" in picture
        (2, 1, True)
    """
    plan = _Plan.of(tuple(boxes))
    lines = [plan.line(box, read) for box in plan.boxes for read in box.reads if read in plan.places]
    marks = [plan.drawn(box) for box in plan.boxes]
    return drawing((*lines, *marks), height=plan.height, size=_SIZE, title=title)


def _columns(boxes: Sequence[Box]) -> list[list[Box]]:
    named = {box.name: box for box in boxes}
    depth: dict[str, int] = {}

    def depth_of(name: str) -> int:
        if name not in depth:
            depth[name] = max((depth_of(read) + 1 for read in named[name].reads if read in named), default=0)
        return depth[name]

    placed = sorted(boxes, key=lambda box: depth_of(box.name))
    return [list(column) for _, column in groupby(placed, key=lambda box: depth[box.name])]


def _places(columns: Sequence[Sequence[Box]]) -> dict[str, tuple[int, float]]:
    """The column of each box and its height in rows: each column is centred, and stands in the mean height of what it reads."""
    places: dict[str, tuple[int, float]] = {}
    most = max((len(column) for column in columns), default=0)
    for at, column in enumerate(columns):

        def mean(box: Box) -> float:
            heights = [places[read][1] for read in box.reads if read in places]
            return sum(heights) / len(heights) if heights else 0.0

        for row, box in enumerate(sorted(column, key=mean)):
            places[box.name] = (at, row + (most - len(column)) / 2)
    return places


_LOOKS: Final = {
    "filled": ' fill="currentColor" fill-opacity="0.12" stroke="currentColor" stroke-width="1.5"',
    "bare": ' fill="none" stroke="currentColor" stroke-opacity="0.5"',
    "dashed": ' fill="none" stroke="currentColor" stroke-dasharray="4 3" stroke-width="1.5"',
}


@attrs.frozen
class _Plan:
    """Where everything stands."""

    boxes: tuple[Box, ...]
    places: dict[str, tuple[int, float]]
    width: int
    height: int

    @classmethod
    def of(cls, boxes: tuple[Box, ...]) -> Self:
        columns = _columns(boxes)
        width = (WIDTH - _GAP * (len(columns) - 1)) // max(len(columns), 1)
        return cls(boxes, _places(columns), width, max(map(len, columns), default=0) * _ROW)

    def corner(self, name: str) -> tuple[int, int]:
        column, row = self.places[name]
        return self.left(column), round(row * _ROW) + (_ROW - _HEIGHT) // 2

    def left(self, column: int) -> int:
        return column * (self.width + _GAP)

    def line(self, box: Box, read: str) -> str:
        """From the box that is read to the one that reads it; on its way through other columns it keeps between their boxes."""
        (left, top), (ends, bottom) = self.corner(read), self.corner(box.name)
        (first, _), (last, _) = self.places[read], self.places[box.name]
        x, y, height = left + self.width, top + _HEIGHT // 2, bottom + _HEIGHT // 2
        course = [f"M{x} {y}"]
        for column in range(first + 1, last):
            over, between = self.left(column), self._free(column, near=y + (height - y) * (column - first) // (last - first))
            course.append(f"{_bend((x, y), (over, between))}H{over + self.width}")
            x, y = over + self.width, between
        look = ' stroke-opacity="0.9" stroke-width="2"' if read in box.on_path else ' stroke-opacity="0.3"'
        return f'<path d="{"".join(course)}{_bend((x, y), (ends, height))}" fill="none" stroke="currentColor"{look}/>'

    def _free(self, column: int, *, near: int) -> int:
        """The height nearest to *near* at which no box of *column* stands."""
        rows = [row for at, row in self.places.values() if at == column]
        return min((round(row * _ROW) for row in (*rows, max(rows) + 1)), key=lambda free: abs(free - near))

    def drawn(self, box: Box) -> str:
        left, top = self.corner(box.name)
        lines = wrapped(f"{box.sign} {box.label}".strip(), room=self.width - 12, size=_SIZE)
        first = top + _HEIGHT // 2 + 4 - 7 * (len(lines) - 1)
        texts = "".join(f'<text x="{left + 6}" y="{first + 14 * at}">{escape(line)}</text>' for at, line in enumerate(lines))
        shape = f'<rect x="{left}" y="{top}" width="{self.width}" height="{_HEIGHT}" rx="4"{_LOOKS[box.look]}/>'
        return f"<g>{shape}<title>{escape(box.says)}</title>{texts}</g>"


def _bend(begins: tuple[int, int], ends: tuple[int, int]) -> str:
    half = (ends[0] - begins[0]) // 2
    return f"C{begins[0] + half} {begins[1]} {ends[0] - half} {ends[1]} {ends[0]} {ends[1]}"
