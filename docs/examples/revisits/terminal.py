"""What a terminal needs of a text: lines that are folded between words to the width there is, a Chinese character being two columns wide."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

INDENT = "  "
_WIDE = 2
WIDEST = 120
"""A line longer than this is folded on a wide screen too, because nobody finds the next one."""


def show(lines: Iterable[str]) -> None:
    """Print *lines*: folded where somebody reads them, as they are where a program does."""
    width = min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else None
    for line in lines:
        print("\n".join(folded(line, width)) if width else line)


def folded(line: str, width: int) -> Iterator[str]:
    """One *line* as lines of at most *width* columns, all but the first further in than it began.

    No Chinese mark begins a line, and a word that is too long for one stands alone on it.
    """
    begins = line[: len(line) - len(line.lstrip())]
    told = begins
    for word in _words(line[len(begins) :]):
        if told.strip() and columns(told + word.rstrip()) > width:
            yield told.rstrip()
            told = begins + INDENT
        told += word.lstrip() if not told.strip() else word
    yield told.rstrip()


def columns(text: str) -> int:
    """How many columns of a terminal *text* takes."""
    return sum(_WIDE if east_asian_width(sign) in "WF" else 1 for sign in text)


def _words(text: str) -> Iterator[str]:
    """What is not parted: an English word and what follows it up to the next, a Chinese character and the marks behind it."""
    word = ""
    for sign in text:
        is_kept = not word or word[-1] == "（" or sign in " ，。；：、）」！？·"
        if not is_kept and (word[-1] == " " or _WIDE in {columns(sign), columns(word[-1])}):
            yield word
            word = ""
        word += sign
    yield word
