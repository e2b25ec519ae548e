"""What is reached at which price as a picture: a numbered mark for each choice, beside the line of what needs no choosing."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from html import escape
from math import ceil
from typing import Final

import attrs

from revisit_policy.values.markup.fitting import fitted
from revisit_policy.values.markup.picture import WIDTH, drawing

_LEFT: Final = 48
_RIGHT: Final = WIDTH - 24
_TOP: Final = 30
_FOOT: Final = _TOP + 280
_LINE: Final = 22
_TEXT: Final = 13
_SMALL: Final = 11
_ROUND: Final = 10
"""The radius of a mark, which has its number in it."""
_QUARTERS: Final = 4
_MORE: Final = Fraction(3, 2)
_STEPS: Final = (Fraction(1, 10), Fraction(1, 5), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(5))
_MOST_STEPS: Final = 8


@attrs.frozen(kw_only=True)
class Choice:
    """One mark.

    Args:
        spent: What it costs, from 0.
        reached: What it reaches, a share.
        low: The lower end of what *reached* may be but for chance.
        high: The upper end.
        says: What it stands for, in words.
    """

    spent: Fraction
    reached: Fraction
    low: float
    high: float
    says: str


def frontier(choices: Iterable[Choice], plain: Iterable[tuple[Fraction, Fraction]], *, across: str, up: str, plain_says: str, title: str) -> str:
    """What each of the *choices* reaches, upwards, at what it spends, to the right; below it the numbers of the marks with their words.

    Choices at the same place share a mark. A stroke through a mark is what chance may have moved it by.

    Args:
        choices: In the order of their numbers.
        plain: What is spent and reached without choosing, drawn as a broken line from one to the next.
        across: What is spent.
        up: What is reached, a share.
        plain_says: What the broken line stands for.
        title: What the picture shows, for whoever cannot see it.

    Examples:
        >>> half = Choice(spent=Fraction(1, 2), reached=Fraction(3, 5), low=0.5, high=0.7, says="worst first")
        >>> flat = [(Fraction(1, 3), Fraction(1, 4)), (Fraction(2, 3), Fraction(1, 2))]
        >>> picture = frontier([half], flat, across="visits", up="found", plain_says="flat", title="what is found")
        >>> picture.count("<circle"), "worst first" in picture, picture.count("stroke-dasharray")
        (1, True, 2)
    """
    known = tuple(choices)
    line = _line(plain, most=max((each.spent for each in known), default=None))
    scale = _Scale(_end_of([*(each.spent for each in known), *(spent for spent, _ in line)] if known or line else [Fraction(1)]))
    marks = [*_grid(scale), _text((0, 14), up), _text((_RIGHT, _FOOT + 34), across, anchor="end")]
    if line:
        path = "L".join(f"{scale.x(spent)} {_y(reached)}" for spent, reached in line)
        marks.append(f'<path d="M{path}" fill="none" stroke="currentColor"{_BROKEN}><title>{escape(plain_says)}</title></path>')
    marks += [_mark(place, {number: known[number - 1] for number in numbers}) for place, numbers in _places(known, scale).items()]
    marks += _legend([each.says for each in known], plain_says)
    return drawing(marks, height=_FOOT + 46 + _LINE * (len(known) + 1), size=_TEXT, title=title)


def _line(plain: Iterable[tuple[Fraction, Fraction]], *, most: Fraction | None) -> list[tuple[Fraction, Fraction]]:
    """The broken line by what is spent, to half as much again as the *most* of the choices: what nobody would spend leaves no room to them."""
    return sorted(place for place in plain if most is None or place[0] <= most * _MORE)


_BROKEN: Final = ' stroke-dasharray="5 4"'


@attrs.frozen
class _Scale:
    """From what is spent to pixels."""

    most: Fraction

    @property
    def step(self) -> Fraction:
        """From one line of the grid to the next, so that there are few."""
        return next((step for step in _STEPS if self.most / step <= _MOST_STEPS), Fraction(ceil(self.most / _MOST_STEPS)))

    def x(self, spent: Fraction) -> int:
        return _LEFT + round((_RIGHT - _LEFT) * spent / self.most)


def _end_of(spent: Sequence[Fraction]) -> Fraction:
    """The right edge: a twentieth more than the most that is spent."""
    return max(spent) * Fraction(21, 20) or Fraction(1)


def _y(reached: Fraction | float) -> int:
    return _FOOT - round((_FOOT - _TOP) * min(max(reached, 0), 1))


def _grid(scale: _Scale) -> list[str]:
    marks = []
    for quarter in range(_QUARTERS + 1):
        y = _y(Fraction(quarter, _QUARTERS))
        marks.append(f'<path d="M{_LEFT} {y}H{_RIGHT}" stroke="currentColor" stroke-opacity="{0.5 if not quarter else 0.15}"/>')
        marks.append(_text((_LEFT - 6, y + 4), f"{100 * quarter // _QUARTERS}%", anchor="end", size=_SMALL))
    for at in range(int(scale.most / scale.step) + 1):
        x = scale.x(at * scale.step)
        marks.append(f'<path d="M{x} {_FOOT}v5" stroke="currentColor" stroke-opacity="0.5"/>')
        marks.append(_text((x, _FOOT + 18), f"{float(at * scale.step):g}", anchor="middle", size=_SMALL))
    return marks


def _places(choices: Sequence[Choice], scale: _Scale) -> dict[tuple[int, int], list[int]]:
    """Where there are marks, and the numbers of the choices that stand there: those that would cover one another share one."""
    places: dict[tuple[int, int], list[int]] = {}
    for number, each in enumerate(choices, 1):
        x, y = scale.x(each.spent), _y(each.reached)
        near = next((place for place in places if max(abs(place[0] - x), abs(place[1] - y)) < _ROUND), (x, y))
        places.setdefault(near, []).append(number)
    return places


def _mark(place: tuple[int, int], choices: Mapping[int, Choice]) -> str:
    """A ring with a number, those that share it written beside; the stroke of chance is interrupted by the ring."""
    (x, y), (number, first) = place, next(iter(choices.items()))
    low, high = _y(first.low), _y(first.high)
    strokes = [f"M{x} {high}V{y - _ROUND}"] if high < y - _ROUND else []
    strokes += [f"M{x} {y + _ROUND}V{low}"] if low > y + _ROUND else []
    chance = f'<path d="{"".join(strokes)}" stroke="currentColor" stroke-opacity="0.5"/>' if strokes else ""
    ring = f'<circle cx="{x}" cy="{y}" r="{_ROUND}" fill="currentColor" fill-opacity="0.12" stroke="currentColor"/>'
    others = ", ".join(str(each) for each in choices if each != number)
    shared = _text((x + _ROUND + 4, y + 4), others, size=_SMALL) if others else ""
    says = "; ".join(each.says for each in choices.values())
    return f"<g><title>{escape(says)}</title>{chance}{ring}{_text((x, y + 4), str(number), anchor='middle', size=_SMALL)}{shared}</g>"


def _legend(rows: Sequence[str], plain_says: str) -> list[str]:
    marks, top = [], _FOOT + 46
    for at, says in enumerate(rows):
        y = top + _LINE * at
        marks += [_text((_LEFT - 10, y + 15), str(at + 1), anchor="end"), _text((_LEFT, y + 15), says)]
    y = top + _LINE * len(rows)
    return [*marks, f'<path d="M4 {y + 11}H{_LEFT - 10}" stroke="currentColor"{_BROKEN}/>', _text((_LEFT, y + 15), plain_says)]


def _text(at: tuple[int, int], text: str, *, anchor: str = "start", size: int = _TEXT) -> str:
    shown = fitted(text, room=WIDTH - _LEFT, size=size)
    said = "" if shown == text else f"<title>{escape(text)}</title>"
    return f'<text x="{at[0]}" y="{at[1]}" text-anchor="{anchor}" font-size="{size}">{said}{escape(shown)}</text>'
