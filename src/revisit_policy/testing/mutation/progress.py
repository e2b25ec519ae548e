"""Progress: how far a run of mutants has come, on the terminal of pytest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


class Progress:
    """Tells how many of *total* mutants were tried: on a terminal in one line that changes, elsewhere ten times in all.

    With ``-q``, or without a terminal reporter, it tells nothing.
    """

    def __init__(self, config: pytest.Config, *, total: int) -> None:
        self.total = total
        self.tried = 0
        reporter: pytest.TerminalReporter | None = config.pluginmanager.get_plugin("terminalreporter")
        self.reporter = None if reporter is None or config.option.verbose < 0 else reporter
        if self.reporter is not None and total:
            self.reporter.ensure_newline()

    def step(self, *, killed: int) -> None:
        """Tell that one more was tried, and that *killed* were noticed so far."""
        self.tried += 1
        if self.reporter is None:
            return
        text = f"policy mutants: {self.tried}/{self.total} tried, {killed} killed"
        if self.reporter.isatty:
            self.reporter.rewrite(text, erase=True)
        elif 10 * self.tried // self.total != 10 * (self.tried - 1) // self.total:
            self.reporter.line(text)

    def finish(self) -> None:
        """Leave the line."""
        if self.reporter is not None and self.total:
            self.reporter.ensure_newline()
