"""Text as Markdown: what a sentence says, and never a mark that it happens to contain."""

import re
from collections.abc import Iterable
from typing import Final

# A mark is escaped only where a reader of Markdown would take it for one, so that a page stays legible as text.
_MARK: Final = re.compile(
    r"[\\|`*\[\]]"  # an escape, the edge of a cell, code, emphasis, a link
    r"|~(?=~)"  # struck out
    r"|<(?=[A-Za-z/!?])"  # HTML
    r"|&(?=#?\w+;)"  # a character by its name
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis, which within a word it is not
)
_BREAK: Final = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


def plain(text: str) -> str:
    r"""*text* so that Markdown shows it as it is, on one line.

    Args:
        text: Any text.

    Examples:
        >>> print(plain("a|b, 5 < 6, <b> and days_past_due"))
        a\|b, 5 < 6, \<b> and days_past_due
    """
    return _MARK.sub(lambda mark: f"\\{mark[0]}", _BREAK.sub(" ", text))


def row(cells: Iterable[str]) -> str:
    """One row of a table of Markdown; the *cells* are Markdown already.

    Examples:
        >>> print(row(["`late`", plain("more than 90 days")]))
        | `late` | more than 90 days |
    """
    return f"| {' | '.join(cells)} |"
