"""The part of the pytest plugin that tries mutants: the tests of one session, run against each of them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from revisit_policy.language.generated import GeneratedReader, Resolution
from revisit_policy.testing.coverage_session import RuleCoverageSession
from revisit_policy.testing.equivalence import provably_equivalent
from revisit_policy.testing.mutant import Mutant
from revisit_policy.testing.mutation_report import MutationReport, mutation_markdown
from revisit_policy.testing.sampling import without_shrinking
from revisit_policy.testing.stand_in import StandIn


class PolicyMutantsSession:
    """Runs the tests of one session against every mutant of the policy under test.

    *subject* is asked for what the setting ``policy_under_test`` names, once that can be imported; *counting* is the part
    of the plugin that counts, if it is asked for too.
    """

    def __init__(self, config: pytest.Config, *, subject: Callable[[], Any], counting: RuleCoverageSession | None) -> None:
        self.config = config
        self.subject = subject
        self.counting = counting
        self.floor: float | None = config.getoption("policy_mutants_fail_under")
        self.current: Any = None
        self.item: pytest.Item | None = None
        self.fired: dict[pytest.Item, set[str]] = {}
        self.read: dict[pytest.Item, set[str]] = {}
        self.report: MutationReport | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Remember which test is running."""
        self.item = item
        try:
            return (yield)
        finally:
            self.item = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Run the tests as they are, then against the mutants if all passed."""
        self.subject()
        with pytest.MonkeyPatch.context() as patch:
            self._watch(patch)
            result = yield
        if not session.testsfailed and session.items:
            self.report = self._tried(session)
            if self.floor is not None and self.report.percent < self.floor:
                session.testsfailed += 1
        return result

    def _watch(self, patch: pytest.MonkeyPatch) -> None:
        """Note for every test the tables it reads and the rules that fire, so that the likeliest run first."""
        read = GeneratedReader.resolve_values

        def noted(reader: GeneratedReader, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Resolution:
            found = read(reader, values, unknown)
            if self.item is not None:
                self.read.setdefault(self.item, set()).update(found.tables)
                self.fired.setdefault(self.item, set()).update(found.fired)
            return found

        patch.setattr(GeneratedReader, "resolve_values", noted)

    def _tried(self, session: pytest.Session) -> MutationReport:
        if self.counting is not None:
            self.counting.pauses += 1  # what mutants decide is no coverage of the policy
        stand_in = StandIn(self.subject())
        killed, survivors, equivalent = 0, list[Mutant](), list[Mutant]()
        with without_shrinking():
            for policy, mutant in stand_in.mutants():
                with pytest.MonkeyPatch.context() as patch, stand_in.standing(policy, mutant, put=patch.setattr) as self.current:
                    noticed = self._is_noticed(session, mutant)
                if noticed:
                    killed += 1
                elif provably_equivalent(policy, mutant.policy, mutant.table):
                    equivalent.append(mutant)
                else:
                    survivors.append(mutant)
        self.current = None
        return MutationReport(killed=killed, survivors=survivors, equivalent=equivalent)

    def _is_noticed(self, session: pytest.Session, mutant: Mutant) -> bool:
        """True if a test fails; the rest of the tests is then not run."""
        items = sorted(session.items, key=lambda item: self._distance(item, mutant))
        try:
            return any(
                report.failed
                for item, following in zip(items, [*items[1:], None], strict=True)
                for report in runtestprotocol(item, log=False, nextitem=following)
            )
        finally:
            session._setupstate.teardown_exact(None)  # noqa: SLF001 - what the next test would have kept alive

    def _distance(self, item: pytest.Item, mutant: Mutant) -> int:
        if mutant.rule in self.fired.get(item, ()):
            return 0
        return 1 if mutant.table in self.read.get(item, ()) else 2

    def markdown(self) -> str:
        """What became of the mutants as a part of a page."""
        told = "No mutant was tried." if self.report is None else mutation_markdown(self.report)
        return f"## Mutants\n\n{told}"

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the survivors as sentences."""
        terminalreporter.section(f"policy mutants of {self.config.getini('policy_under_test')}")
        if self.report is None:
            terminalreporter.line("no mutant was tried: the tests must pass on the policy itself first")
            return
        terminalreporter.line(str(self.report))
        if self.floor is not None and self.report.percent < self.floor:
            terminalreporter.line(f"{self.report.percent:.1f} % killed is below the {self.floor:g} % required", red=True)
