"""A ladder of outcomes, mild to severe, with the rules that ask for each; below it how far the figures are from their limits."""

from collections.abc import Sequence
from html import escape
from typing import Final

import attrs

from revisit_policy.values.markup.fitting import fitted
from revisit_policy.values.markup.picture import WIDTH, drawing
from revisit_policy.values.markup.ruler import Ruler, height_of, ruler_marks

_LABELS: Final = 240
_ROW: Final = 26
_DOT: Final = 20
_MOST: Final = 12
"""Dots that a step shows; how many there are more is written behind them."""
_TEXT: Final = 12


@attrs.frozen(kw_only=True)
class Rung:
    """One outcome.

    Args:
        label: What it is called.
        fired: What each rule says that surely asks for it.
        undecided: What each says that might.
        is_outcome: Whether it is the outcome: its dots are ringed, and its name has an arrow.
        is_possible: Whether it is the outcome or could still become it: it is shaded.
    """

    label: str
    fired: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    is_outcome: bool = False
    is_possible: bool = False


def ladder(rungs: Sequence[Rung], *, figures: Sequence[Ruler] = (), title: str) -> str:
    """The *rungs* below one another, a full dot for each rule that fired and a hollow one for each that is open.

    Args:
        rungs: In the order of the scale, the mildest first.
        figures: What the rules compared, below the ladder.
        title: What the picture shows, for whoever cannot see it.

    Examples:
        >>> steps = [Rung(label="normal"), Rung(label="loss", fired=("over 90 days",), is_outcome=True, is_possible=True)]
        >>> picture = ladder(steps, title="why this grade")
        >>> picture.count("<circle"), "over 90 days" in picture
        (2, True)
    """
    marks = [mark for at, rung in enumerate(rungs) for mark in _rung(rung, at * _ROW)]
    top = len(rungs) * _ROW + 8
    marks += ruler_marks(tuple(figures), top=top)
    return drawing(marks, height=top + height_of(figures), size=_TEXT, title=title)


def _rung(rung: Rung, top: int) -> list[str]:
    middle = top + _ROW // 2
    marks = []
    if rung.is_possible:
        marks.append(f'<rect x="0" y="{top}" width="{WIDTH}" height="{_ROW}" fill="currentColor" fill-opacity="0.1"/>')
    label = f"▸ {rung.label}" if rung.is_outcome else rung.label
    marks.append(f'<text x="4" y="{middle + 4}"><title>{escape(rung.label)}</title>{escape(fitted(label, room=_LABELS - 16, size=_TEXT))}</text>')
    marks.append(f'<path d="M{_LABELS} {top}V{top + _ROW}M{_LABELS} {middle}h8" stroke="currentColor" stroke-opacity="0.4" fill="none"/>')
    dots = [(says, True) for says in rung.fired] + [(says, False) for says in rung.undecided]
    for at, (says, is_full) in enumerate(dots[:_MOST]):
        marks.append(_dot(says, (_LABELS + 24 + at * _DOT, middle), is_full=is_full, is_ringed=rung.is_outcome and is_full))
    x = _LABELS + 20 + min(len(dots), _MOST) * _DOT
    shown = (f"+{len(dots) - _MOST}  " if len(dots) > _MOST else "") + (rung.fired or ("",))[0]
    if shown:
        marks.append(f'<text x="{x}" y="{middle + 4}" font-size="11">{escape(fitted(shown, room=WIDTH - x, size=11))}</text>')
    return marks


def _dot(says: str, at: tuple[int, int], *, is_full: bool, is_ringed: bool) -> str:
    look = ' fill="currentColor"' if is_full else ' fill="none" stroke-dasharray="2 2"'
    ring = f'<circle cx="{at[0]}" cy="{at[1]}" r="8.5" fill="none" stroke="currentColor"/>' if is_ringed else ""
    return f'<g><title>{escape(says)}</title><circle cx="{at[0]}" cy="{at[1]}" r="5" stroke="currentColor"{look}/>{ring}</g>'
