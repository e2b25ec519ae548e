"""The part of the pytest plugin that counts: rule coverage of one session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import pytest

from revisit_policy.errors import MissingExtraError
from revisit_policy.language.readers.generated import GeneratedReader, Resolution
from revisit_policy.language.readers.observing import READINGS
from revisit_policy.language.table import Table
from revisit_policy.testing.coverage.coverage_text import coverage_markdown, uncounted_text
from revisit_policy.testing.coverage.covering import RuleCoverage, confined, covered, merged
from revisit_policy.testing.coverage.scope import Scope
from revisit_policy.testing.coverage.table_coverage import TableCoverage, from_plain, to_plain
from revisit_policy.testing.coverage.tally import Tally
from revisit_policy.testing.laws.sampling import is_trying
from revisit_policy.testing.subject import tables_of

if TYPE_CHECKING:
    from revisit_policy.testing.coverage.frame_counting import FrameCounting

#: The name under which a worker of pytest-xdist sends what it has seen.
SENT: Final = "revisit_policy_rule_coverage"

#: Where a decision was asked for, if no test was running.
COLLECTING: Final = "while collecting tests"


class RuleCoverageSession:
    """Counts the readings of one session, or gathers what the workers of one have counted.

    *subject* is asked for what the setting ``policy_under_test`` names, once that can be imported, and *scope* for the rules
    that the run is confined to, if it is.
    """

    def __init__(self, config: pytest.Config, *, subject: Callable[[], Any], scope: Callable[[], Scope | None] = lambda: None) -> None:
        self.config = config
        self.subject = subject
        self.scope = scope
        self.floor: float | None = config.getoption("rule_coverage_fail_under")
        self.tally = Tally()
        self.pauses = 0
        self.received: list[TableCoverage] = []
        self.uncounted = Counter[tuple[str, str]]()
        self.test = COLLECTING
        self.watching = ExitStack()
        self.frames = _frame_counting(self)
        self.watching.enter_context(READINGS.watched_by(self._count))
        if self.frames is not None:
            self.watching.enter_context(self.frames.watching())

    @property
    def is_paused(self) -> bool:
        """Whether what is decided now does not count."""
        return self.pauses > 0 or is_trying()

    def _count(self, reader: GeneratedReader, values: tuple[Any, ...], found: Resolution, /) -> None:
        if not self.is_paused:
            self.tally.read(reader, values, found)

    def pytest_collection_finish(self) -> None:
        """Count from now on only the tables under test, now that they can be imported, and none read until here."""
        kept = set(self._tables())
        self.tally = Tally(keeps=kept.__contains__ if kept else None)
        if self.frames is not None:
            self.frames.lazy.clear()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Remember which test is running."""
        self.test = item.nodeid
        return (yield)

    def _tables(self) -> tuple[Table, ...]:
        """The tables under test; none if the setting leaves it open."""
        return tables_of(self.subject()) if self.config.getini("policy_under_test") else ()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:  # noqa: ARG002 - as pytest-xdist calls it
        """Take what a worker has counted."""
        sent: dict[str, Any] = getattr(node, "workeroutput", {}).get(SENT, {})
        self.received += map(from_plain, sent.get("tables", ()))
        self.uncounted += Counter({(test, engine): number for test, engine, number in sent.get("uncounted", ())})

    def coverage(self) -> RuleCoverage:
        """What all processes have counted."""
        found = merged([*self.tally.found().values(), *self.received])
        tables = self._tables()
        whole = covered(found, tables=tables) if tables else RuleCoverage(tuple(found.values()))
        scope = self.scope()
        return whole if scope is None else confined(whole, scope)

    def markdown(self) -> str:
        """The coverage as a part of a page."""
        coverage = self.coverage()
        uncounted = "".join(f"\n* {line.strip()}" for line in uncounted_text(self.uncounted))
        scope = self.scope()
        about = "" if scope is None else f"{str(scope)[0].upper()}{str(scope)[1:]}.\n\n"
        return f"## Rules and limits\n\n{about}{coverage.percent:.0f} % of rules and sides of limits are tested.\n\n{coverage_markdown(coverage)}{uncounted}"

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Send what was counted, or fail if it is too little."""
        self.watching.close()
        if self.frames is not None:
            self.uncounted += self.frames.uncounted()
        output: dict[str, Any] | None = getattr(self.config, "workeroutput", None)
        if output is not None:
            tables = [to_plain(table) for table in self.tally.found().values()]
            output[SENT] = {"tables": tables, "uncounted": [[*decision, number] for decision, number in self.uncounted.items()]}
        elif session.exitstatus == pytest.ExitCode.OK and self._is_too_little(self.coverage()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _is_too_little(self, coverage: RuleCoverage) -> bool:
        scope = self.scope()
        has_rules = scope is None or bool(scope.rules)
        return self.floor is not None and has_rules and coverage.percent < self.floor

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the coverage, or that nothing was decided."""
        coverage = self.coverage()
        subject = self.config.getini("policy_under_test")
        terminalreporter.section(f"rule coverage of {subject}" if subject else "rule coverage")
        scope = self.scope()
        if scope is not None:
            terminalreporter.line(str(scope))
        if scope is not None and not scope.rules:
            terminalreporter.line("there is nothing to test")
        elif coverage.is_empty:
            terminalreporter.line(f"{subject or 'no policy'} was never decided by these tests" if subject else "these tests decided nothing with a policy")
        else:
            terminalreporter.line(str(coverage))
            terminalreporter.line(f"{coverage.percent:.0f} % of rules and sides of limits tested")
        for line in uncounted_text(self.uncounted):
            terminalreporter.line(line)
        if self._is_too_little(coverage):
            terminalreporter.line(f"rule coverage of {coverage.percent:.1f} % is below the {self.floor:g} % required", red=True)


def _frame_counting(session: RuleCoverageSession) -> FrameCounting | None:
    """What counts decisions on frames; ``None`` where there can be none, because Narwhals is not installed."""
    try:
        from revisit_policy.testing.coverage.frame_counting import FrameCounting  # noqa: PLC0415 - needs the extra `frames`
    except MissingExtraError:
        return None
    return FrameCounting(is_paused=lambda: session.is_paused, test=lambda: session.test)
