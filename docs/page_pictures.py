"""Pictures of what a page works out: its own examples are run, so that page and picture cannot tell of different books."""

from collections.abc import Callable
from contextlib import redirect_stdout
from doctest import DocTestParser
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BACKTEST = "how-to/would-it-have-caught-them.md"


@cache
def names_on(page: str) -> dict[str, Any]:
    """What the examples of *page* have named by its end; those that show an error are left out."""
    named: dict[str, Any] = {}
    for example in DocTestParser().get_examples((HERE / page).read_text(encoding="utf-8")):
        if example.exc_msg is None:
            with redirect_stdout(StringIO()):
                exec(compile(example.source, page, "exec"), named)  # noqa: S102 - a page of this documentation, which its tests run too
    return named


PICTURES: dict[str, Callable[[], str]] = {
    "frontier.svg": lambda: str(names_on(BACKTEST)["beside"].to_svg()),
    "leads.svg": lambda: str(names_on(BACKTEST)["found"].to_svg()),
    "spend.svg": lambda: str(names_on(BACKTEST)["found"].spend_to_svg()),
}
"""By the file of each, what draws it."""
