"""What went from where to where as a picture: a circle for every move, as large as the number of those that made it."""

from collections.abc import Mapping, Sequence
from html import escape
from math import isqrt
from typing import Final

from revisit_policy.values.markup.fitting import fitted
from revisit_policy.values.markup.picture import WIDTH, drawing

_LABELS: Final = 170
_TOTALS: Final = 80
_HEAD: Final = 26
_ROW: Final = 54
_TEXT: Final = 12
_ROUND: Final = 20
"""The radius of the largest circle."""


def matrix(
    places: Sequence[str], counts: Mapping[tuple[int, int], int], *, notes: Mapping[tuple[int, int], str] | None = None, total: str, title: str
) -> str:
    """Moves between *places* that have an order: from where, downwards, to where, to the right.

    What stays is pale, what moves to a later place is solid, what moves to an earlier one is an outline: three looks, and no colour.

    Args:
        places: What the places are called, in order; the first is the best.
        counts: How many go from one to another, by the numbers of both; what is left out is none.
        notes: A short text for some of them, below the number, such as an amount.
        total: What stands above the totals of the rows.
        title: What the picture shows, for whoever cannot see it.

    Examples:
        >>> picture = matrix(["normal", "loss"], {(0, 0): 90, (0, 1): 3}, total="all", title="grades before and after")
        >>> picture.count("<circle"), "normal → loss: 3" in picture
        (2, True)
    """
    count = len(places)
    wide = (WIDTH - _LABELS - _TOTALS) // max(count, 1)
    most = max(counts.values(), default=0)
    marks = [_text((_LABELS + wide * (at + 0.5), 17), fitted(place, room=wide - 4, size=_TEXT)) for at, place in enumerate(places)]
    marks.append(_text((WIDTH - _TOTALS // 2, 17), fitted(total, room=_TOTALS, size=_TEXT)))
    for row, place in enumerate(places):
        middle = _HEAD + _ROW * row + _ROW // 2
        marks.append(f'<path d="M0 {_HEAD + _ROW * row}H{WIDTH}" stroke="currentColor" stroke-opacity="0.15"/>')
        marks.append(_text((0, middle + 4), fitted(place, room=_LABELS - 8, size=_TEXT), anchor="start"))
        marks.append(_text((WIDTH - _TOTALS // 2, middle + 4), str(sum(counts.get((row, at), 0) for at in range(count)))))
    for (row, column), number in sorted(counts.items()):
        if number:
            says = f"{places[row]} → {places[column]}: {number}"
            note = (notes or {}).get((row, column), "")
            at = _LABELS + wide * column + wide // 2, _HEAD + _ROW * row + _ROW // 2
            marks.append(_cell(at, number, most=most, look=_look(row, column), says=f"{says} {note}".strip(), note=fitted(note, room=wide - 4, size=10)))
    foot = _HEAD + _ROW * count
    marks.append(f'<path d="M0 {foot}H{WIDTH}" stroke="currentColor" stroke-opacity="0.5"/>')
    sums = [sum(counts.get((row, at), 0) for row in range(count)) for at in range(count)]
    marks += [_text((_LABELS + wide * (at + 0.5), foot + 18), str(number)) for at, number in enumerate(sums)]
    marks.append(_text((WIDTH - _TOTALS // 2, foot + 18), str(sum(sums))))
    return drawing(marks, height=foot + _HEAD, size=_TEXT, title=title)


def _look(row: int, column: int) -> str:
    if row == column:
        return ' fill="currentColor" fill-opacity="0.15" stroke="none"'
    if column > row:
        return ' fill="currentColor" fill-opacity="0.6" stroke="currentColor"'
    return ' fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="3 2"'


def _cell(at: tuple[int, int], number: int, *, most: int, look: str, says: str, note: str) -> str:
    """The circle, with its number to the right of it: in a full one it could not be read."""
    x, y = at
    radius = max(isqrt(_ROUND * _ROUND * number // most), 3)  # its area is as large as the number
    circle = f'<circle cx="{x - 12}" cy="{y}" r="{radius}"{look}/>'
    texts = _text((x - 12 + radius + 4, y + 4), str(number), anchor="start") + (_text((x - 12, y + _ROW // 2 - 3), note, size=10) if note else "")
    return f"<g><title>{escape(says)}</title>{circle}{texts}</g>"


def _text(at: tuple[float, int], text: str, *, anchor: str = "middle", size: int | None = None) -> str:
    sized = "" if size is None else f' font-size="{size}"'
    return f'<text x="{round(at[0])}" y="{at[1]}" text-anchor="{anchor}"{sized}>{escape(text)}</text>'
