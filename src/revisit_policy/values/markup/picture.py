"""Pictures as text: SVG without script or style sheet, over plain rows. Each mark says in words, on hover, what it stands for.

What is drawn takes the colour of the text around it and differs in shape and shade, never in colour alone, so that it reads on light and
on dark pages, and in print.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

import attrs

from revisit_policy.values.markup import signs
from revisit_policy.values.markup.fitting import fitted

#: Of every picture, in pixels; a narrow page shows it smaller.
WIDTH: Final = 760
_LINE: Final = 24
_LABELS: Final = 180
_SIGN: Final = 9
_TEXT: Final = 13


@attrs.frozen
class Span:
    """What lasts from one place on a line to another.

    Args:
        first: Where it begins, such as the ordinal of a day.
        last: Where it ends, inclusive.
        says: What it stands for, in words.
        is_open: Whether it is drawn as an outline, such as what is only expected.
        is_late: Whether it is drawn solid, such as what should have been done.
        tick: A place within it that is marked, such as the day to aim at.
        point: A place within or after it that is marked by a ring, such as the day of a result; a thin line leads to it.
        reach: From where to where what the ring marks can lie; a thin line.
        sign: What stands before it, one of ``"circle"``, ``"square"``, ``"diamond"`` and ``"triangle"``; nothing if ``""``.
    """

    first: int
    last: int
    says: str
    is_open: bool = attrs.field(default=False, kw_only=True)
    is_late: bool = attrs.field(default=False, kw_only=True)
    tick: int | None = attrs.field(default=None, kw_only=True)
    point: int | None = attrs.field(default=None, kw_only=True)
    reach: tuple[int, int] | None = attrs.field(default=None, kw_only=True)
    sign: str = attrs.field(default="", kw_only=True)


def bars(rows: Iterable[tuple[str, int]], *, title: str) -> str:
    """One bar for each of the *rows*, as long as its whole number is large, with the number behind it.

    Args:
        rows: Labels with numbers, none below 0.
        title: What the picture shows, for whoever cannot see it.

    Examples:
        >>> picture = bars([("normal", 90), ("loss < 1", 3)], title="loans by grade")
        >>> picture.startswith("<svg "), "loss &lt; 1" in picture, picture.count("<rect")
        (True, True, 2)
    """
    known = tuple(rows)
    room = WIDTH - _LABELS - _SIGN * (2 + max((len(str(number)) for _, number in known), default=0))
    most = max((number for _, number in known), default=0) or 1
    marks = []
    for at, (label, number) in enumerate(known):
        length = room * number // most
        marks.append(_label(label, at))
        marks.append(f'<rect x="{_LABELS}" y="{at * _LINE + 5}" width="{length}" height="14"{_FILLED}><title>{escape(f"{label}: {number}")}</title></rect>')
        marks.append(f'<text x="{_LABELS + length + 6}" y="{at * _LINE + 17}">{number}</text>')
    return _drawing(marks, lines=len(known), title=title)


def timeline(  # noqa: PLR0913 - each is one thing on the picture
    rows: Iterable[tuple[str, Sequence[Span]]], *, first: int, last: int, now: int | None = None, ticks: Iterable[tuple[int, str]] = (),
    behind: Iterable[Span] = (), key: Iterable[tuple[str, str]] = (), title: str,
) -> str:
    """One lane for each of the *rows*, with what lasts from when to when; what lies outside is cut off.

    Args:
        rows: Labels with spans.
        first: The left edge, such as the ordinal of a day.
        last: The right edge, inclusive.
        now: Where a line is drawn from top to bottom; ``None`` for none.
        ticks: Places with what is written there, above the lanes, such as the first days of months; those outside are left out.
        behind: What is shaded from top to bottom behind the lanes, such as holidays; one that is open has stripes.
        key: Below the lanes, signs with what they stand for: those of a `Span`, ``"pale"`` and ``"striped"``.
        title: What the picture shows, for whoever cannot see it.

    Examples:
        >>> picture = timeline([("visits", [Span(3, 9, "first visit", is_open=True)])], first=1, last=30, now=5, title="plan")
        >>> picture.count("<rect"), picture.count("<line"), "<title>first visit</title>" in picture
        (1, 1, True)
    """
    known = tuple(rows)
    named = [(_place(at, first=first, last=last), says) for at, says in ticks if first <= at <= last]
    top, lines = (1, len(known) + 1) if named else (0, len(known))
    edges = {"top": top * _LINE, "bottom": lines * _LINE}
    marks = [_shade(span, edges, first=first, last=last) for span in behind if span.first <= last and span.last >= first]
    marks += [f'<path d="M{x} {_LINE}V{lines * _LINE}" stroke="currentColor" stroke-opacity="0.15"/>' for x, _ in named]
    marks += [f'<text x="{x}" y="17" font-size="11">{escape(says)}</text>' for x, says in named]
    for at, (label, spans) in enumerate(known, top):
        marks.append(_label(label, at))
        marks += [_span(span, at, first=first, last=last) for span in spans if span.first <= last and span.last >= first]
    if now is not None and first <= now <= last:
        x = _place(now, first=first, last=last)
        marks.append(f'<line x1="{x}" x2="{x}" y1="{top * _LINE}" y2="{lines * _LINE}" stroke="currentColor" stroke-dasharray="3 3"/>')
    told = tuple(key)
    marks += signs.key(told, y=lines * _LINE + _LINE // 2)
    return _drawing(marks, lines=lines + bool(told), title=title)


_FILLED: Final = ' fill="currentColor" fill-opacity="0.45" stroke="currentColor"'
_SOLID: Final = ' fill="currentColor" stroke="currentColor"'
_OUTLINE: Final = ' fill="none" stroke="currentColor" stroke-dasharray="4 2"'


def _place(at: int, *, first: int, last: int) -> int:
    return _LABELS + (WIDTH - _LABELS - 2) * (at - first) // max(last + 1 - first, 1)


def _shade(span: Span, edges: Mapping[str, int], *, first: int, last: int) -> str:
    begins = _place(max(span.first, first), first=first, last=last)
    ends = max(_place(min(span.last, last) + 1, first=first, last=last), begins + 2)
    said = f"<title>{escape(span.says)}</title>"
    if span.is_open:
        return f'<path d="{signs.stripes(begins, ends, **edges)}"{signs.FAINTLY}>{said}</path>'
    return f'<path d="M{begins} {edges["top"]}H{ends}V{edges["bottom"]}H{begins}z"{signs.PALELY}>{said}</path>'


def _span(span: Span, lane: int, *, first: int, last: int) -> str:
    begins = _place(max(span.first, first), first=first, last=last)
    ends = _place(min(span.last, last) + 1, first=first, last=last)
    look = _SOLID if span.is_late else _OUTLINE if span.is_open else _FILLED
    wide, top = max(ends - begins, 2), lane * _LINE + 5
    said = f"<title>{escape(span.says)}</title>"
    marks = [f'<rect x="{begins}" y="{top}" width="{wide}" height="14"{look}>{said}</rect>']
    if span.tick is not None and first <= span.tick <= last:
        marks.append(f'<path d="M{_place(span.tick, first=first, last=last)} {top - 2}V{top + 16}" stroke="currentColor" stroke-width="2"/>')
    if span.reach is not None:
        low, high = (_place(min(max(at, first), last), first=first, last=last) for at in span.reach)
        marks.append(f'<path d="M{max(low, begins + wide)} {top + 7}H{max(high, begins + wide)}" stroke="currentColor"/>')
    if span.sign:
        marks.append(signs.sign(span.sign, begins - 8, y=top + 7))
    if span.point is not None and first <= span.point <= last:
        x = _place(span.point, first=first, last=last)
        marks.append(f'<path d="M{begins + wide} {top + 7}H{max(begins + wide, x - 3)}" stroke="currentColor"/>')
        marks.append(f'<circle cx="{x}" cy="{top + 7}" r="3" fill="none" stroke="currentColor" stroke-width="1.5"/>')
    return marks[0] if len(marks) == 1 else f"<g>{said}{''.join(marks)}</g>"


def _label(label: str, lane: int) -> str:
    shown = fitted(label, room=_LABELS - 8, size=_TEXT)
    said = "" if shown == label else f"<title>{escape(label)}</title>"
    return f'<text x="0" y="{lane * _LINE + 17}">{said}{escape(shown)}</text>'


def _drawing(marks: Iterable[str], *, lines: int, title: str) -> str:
    return drawing(marks, height=max(lines, 1) * _LINE, size=_TEXT, title=title)


def drawing(marks: Iterable[str], *, height: int, size: int, title: str) -> str:
    """A picture of these *marks*, `WIDTH` wide and *height* high, with text of *size*; all in pixels, and narrower where a page is.

    Args:
        marks: Elements of SVG, in the order in which they are drawn.
        height: From 0.
        size: Of text that says no other.
        title: What the picture shows, for whoever cannot see it.
    """
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" style="max-width:100%;height:auto"'
    return f'{opened} font-size="{size}" fill="currentColor"><title>{escape(title)}</title>{"".join(marks)}</svg>'
