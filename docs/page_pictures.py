"""Pictures of what a page works out: its own examples are run, so that page and picture cannot tell of different books."""

import re
from collections.abc import Callable
from contextlib import nullcontext, redirect_stdout, suppress
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BACKTEST = "how-to/would-it-have-caught-them.md"


_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_ENDS_IN_AN_ERROR = "#> Traceback"


@cache
def names_on(page: str) -> dict[str, Any]:
    """What the blocks of *page* have named by its end; one that shows an error has named what comes before it."""
    named: dict[str, Any] = {}
    for block in _BLOCK.findall((HERE / page).read_text(encoding="utf-8")):
        shown = suppress(Exception) if _ENDS_IN_AN_ERROR in block else nullcontext()
        with shown, redirect_stdout(StringIO()):
            exec(compile(block, page, "exec"), named)  # noqa: S102 - a page of this documentation, which its tests run too
    return named


PICTURES: dict[str, Callable[[], str]] = {
    "frontier.svg": lambda: str(names_on(BACKTEST)["beside"].to_svg()),
    "leads.svg": lambda: str(names_on(BACKTEST)["found"].to_svg()),
    "spend.svg": lambda: str(names_on(BACKTEST)["found"].spend_to_svg()),
}
"""By the file of each, what draws it."""
