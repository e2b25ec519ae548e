"""Small signs of a picture, told apart by their shape alone, and the line below it that says what each of them stands for."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from revisit_policy.values.markup.fitting import width_of

_SIZE: Final = 11
_GAP: Final = 14

#: How each sign is drawn about a place, eight pixels wide and high.
SIGNS: Final = {
    "circle": "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "square": "m-4 -4h8v8h-8z",
    "diamond": "m0 -5l5 5l-5 5l-5 -5z",
    "triangle": "m0 -5l5 9h-10z",
}
PALE: Final = "pale"
STRIPED: Final = "striped"


def sign(name: str, x: int, *, y: int) -> str:
    """The sign *name* about a place; one of `SIGNS`, or what stands for a `PALE` or a `STRIPED` stretch.

    Examples:
        >>> sign("square", 10, y=5)
        '<path d="M10 5m-4 -4h8v8h-8z" fill="none" stroke="currentColor" stroke-width="1.2"/>'
    """
    if name == PALE:
        return f'<path d="M{x - 5} {y - 5}h10v10h-10z"{PALELY}/>'
    if name == STRIPED:
        return f'<path d="{stripes(x - 5, x + 5, top=y - 5, bottom=y + 5)}"{FAINTLY}/>'
    return f'<path d="M{x} {y}{SIGNS[name]}" fill="none" stroke="currentColor" stroke-width="1.2"/>'


PALELY: Final = ' fill="currentColor" fill-opacity="0.14"'
FAINTLY: Final = ' fill="none" stroke="currentColor" stroke-opacity="0.25"'


def stripes(first: int, last: int, *, top: int, bottom: int) -> str:
    """The path of slanting lines between two edges, ten pixels apart."""
    high = bottom - top
    lines = []
    for at in range(first - high, last, 10):
        begins, ends = max(at, first), min(at + high, last)  # cut where the line leaves the stretch
        lines.append(f"M{begins} {bottom - (begins - at)}L{ends} {bottom - (ends - at)}")
    return "".join(lines)


def key(told: Iterable[tuple[str, str]], *, y: int) -> Iterator[str]:
    """The signs with what each stands for, in one line about *y*."""
    x = 6
    for name, says in told:
        yield sign(name, x, y=y)
        yield f'<text x="{x + 9}" y="{y + 4}" font-size="{_SIZE}">{escape(says)}</text>'
        x += 9 + round(width_of(says, size=_SIZE)) + _GAP
