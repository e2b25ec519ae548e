"""Rulers: a number between its limits, a stretch of numbers in which something holds; several of them below one another."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, Self

import attrs

from revisit_policy.values.markup.fitting import fitted, width_of
from revisit_policy.values.markup.picture import WIDTH, drawing

_HIGH: Final = 46
"""A ruler; a line of text in its place takes half as much."""
_LABELS: Final = 250
_RIGHT: Final = WIDTH - 60
_TEXT: Final = 12
_SMALL: Final = 11
_ROOM: Final = 180
"""What is written at a place, in pixels."""


@attrs.frozen
class Tick:
    """A place on a ruler.

    Args:
        at: Where; in whatever the ruler measures.
        says: What is written above it.
    """

    at: float
    says: str


@attrs.frozen(kw_only=True)
class Ruler:
    """One line of numbers.

    Args:
        label: What is measured.
        ticks: Limits, marked by a stroke with what they are above it.
        pointer: The number there is, marked by a triangle with what it is below it; ``None`` for none.
        first: Where a stretch begins that is drawn strong; ``None`` if it comes from the left edge.
        last: Where it ends; ``None`` if it goes on to the right edge.
        has_first: Whether the first number belongs to it: then its end is full, else hollow.
        has_last: Whether the last one does.
        has_stretch: Whether there is a stretch at all.
    """

    label: str
    ticks: tuple[Tick, ...] = ()
    pointer: Tick | None = None
    first: float | None = None
    last: float | None = None
    has_first: bool = True
    has_last: bool = True
    has_stretch: bool = False


def rulers(lines: Iterable[Ruler | str], *, title: str) -> str:
    """The *lines* below one another; a text in their midst takes the whole width.

    Each ruler has a scale of its own, from the least number on it to the greatest.

    Args:
        lines: Rulers and texts.
        title: What the picture shows, for whoever cannot see it.

    Examples:
        >>> late = Ruler(label="days past due", ticks=(Tick(90, "> 90"),), pointer=Tick(91, "91"))
        >>> picture = rulers(["why", late], title="how far")
        >>> picture.count("<path"), "days past due" in picture
        (3, True)
    """
    known = tuple(lines)
    return drawing(ruler_marks(known, top=0), height=height_of(known), size=_TEXT, title=title)


def height_of(lines: Sequence[Ruler | str]) -> int:
    """How high *lines* are together, in pixels."""
    return sum(map(_height, lines))


def _height(line: Ruler | str) -> int:
    return _HIGH // 2 if isinstance(line, str) else _HIGH


def ruler_marks(lines: Sequence[Ruler | str], *, top: int) -> list[str]:
    """The marks of *lines* from a height of *top* on, for a picture that has others above."""
    marks, height = [], top
    for line in lines:
        marks += [_line(line, height)] if isinstance(line, str) else _ruler(line, height)
        height += _height(line)
    return marks


@attrs.frozen
class _Scale:
    """From numbers to pixels, with an eighth of the ruler free at either end."""

    least: float
    greatest: float

    @classmethod
    def of(cls, ruler: Ruler) -> Self:
        pointer = () if ruler.pointer is None else (ruler.pointer.at,)
        numbers = [*(tick.at for tick in ruler.ticks), *pointer, *(at for at in (ruler.first, ruler.last) if at is not None)]
        return cls(min(numbers, default=0), max(numbers, default=0))

    def place(self, at: float) -> int:
        room = _RIGHT - _LABELS
        if self.least == self.greatest:
            return _LABELS + room // 2
        return _LABELS + room // 8 + round(room * 3 / 4 * float((at - self.least) / (self.greatest - self.least)))


def _line(text: str, top: int) -> str:
    shown = fitted(text, room=WIDTH, size=_TEXT)
    said = "" if shown == text else f"<title>{escape(text)}</title>"
    return f'<text x="0" y="{top + 16}">{said}{escape(shown)}</text>'


def _ruler(ruler: Ruler, top: int) -> list[str]:
    scale = _Scale.of(ruler)
    middle = top + 24
    marks = [f'<text x="0" y="{middle + 4}"><title>{escape(ruler.label)}</title>{escape(fitted(ruler.label, room=_LABELS - 20, size=_TEXT))}</text>']
    marks.append(f'<path d="M{_LABELS} {middle}H{_RIGHT}" stroke="currentColor" stroke-opacity="0.4"/>')
    if ruler.has_stretch:
        marks += _stretch(ruler, scale, middle=middle)
    for tick in ruler.ticks:
        x = scale.place(tick.at)
        marks.append(f'<path d="M{x} {middle - 7}V{middle + 7}" stroke="currentColor" stroke-width="1.5"/>')
        marks.append(_text((x, middle - 10), fitted(tick.says, room=_ROOM, size=_SMALL)))
    if ruler.pointer is not None:
        x = scale.place(ruler.pointer.at)
        marks.append(f'<path d="M{x} {middle + 1}l5 9h-10z" fill="currentColor"><title>{escape(ruler.pointer.says)}</title></path>')
        says = fitted(ruler.pointer.says, room=_ROOM, size=_SMALL)
        is_left = x + 9 + width_of(says, size=_SMALL) > WIDTH
        marks.append(_text((x - 9 if is_left else x + 9, middle + 11), says, anchor="end" if is_left else "start"))
    return marks


def _stretch(ruler: Ruler, scale: _Scale, *, middle: int) -> list[str]:
    begins = _LABELS if ruler.first is None else scale.place(ruler.first)
    ends = _RIGHT if ruler.last is None else scale.place(ruler.last)
    marks = [f'<path d="M{begins} {middle}H{ends}" stroke="currentColor" stroke-width="7" stroke-opacity="0.45"/>']
    for at, x, is_full in ((ruler.first, begins, ruler.has_first), (ruler.last, ends, ruler.has_last)):
        if at is not None:
            look = ' fill="currentColor"' if is_full else ' fill="none"'
            marks.append(f'<circle cx="{x}" cy="{middle}" r="5" stroke="currentColor" stroke-width="1.5"{look}/>')
    return marks


def _text(at: tuple[int, int], text: str, *, anchor: str = "middle") -> str:
    return f'<text x="{at[0]}" y="{at[1]}" text-anchor="{anchor}" font-size="{_SMALL}">{escape(text)}</text>'
