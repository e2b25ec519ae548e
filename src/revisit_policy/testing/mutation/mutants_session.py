"""The part of the pytest plugin that tries mutants: the tests of one session, run against each of them."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Generator
from typing import Any, Final

import pytest
from _pytest.runner import runtestprotocol

from revisit_policy.language.readers.generated import GeneratedReader, Resolution
from revisit_policy.language.readers.observing import READINGS
from revisit_policy.language.table import Table
from revisit_policy.testing.coverage.coverage_session import RuleCoverageSession
from revisit_policy.testing.coverage.scope import Scope
from revisit_policy.testing.laws.sampling import without_shrinking
from revisit_policy.testing.mutation.equivalence import provably_equivalent
from revisit_policy.testing.mutation.mutant import Mutant
from revisit_policy.testing.mutation.mutation_report import MutationReport, mutation_markdown
from revisit_policy.testing.mutation.progress import Progress
from revisit_policy.testing.mutation.stand_in import StandIn
from revisit_policy.testing.subject import graph_of

NEVER_DECIDED: Final = "none of these tests decided {subject}: they hold another policy than the one that was mutated"
NEVER_REACHED: Final = (
    "no mutant was ever decided: the tests hold a policy that equals {subject} and is another object, where none can be put in its"
    " place; import it, or ask for the fixture `policy_under_test`"
)


class PolicyMutantsSession:
    """Runs the tests of one session against every mutant of the policy under test.

    *subject* is asked for what the setting ``policy_under_test`` names, once that can be imported, and *scope* for the rules
    that are mutated, if not all; *counting* is the part of the plugin that counts, if it is asked for too.
    """

    def __init__(
        self,
        config: pytest.Config,
        *,
        subject: Callable[[], Any],
        counting: RuleCoverageSession | None,
        scope: Callable[[], Scope | None] = lambda: None,
    ) -> None:
        self.config = config
        self.subject = subject
        self.scope = scope
        self.counting = counting
        self.floor: float | None = config.getoption("policy_mutants_fail_under")
        self.current: Any = None
        self.item: pytest.Item | None = None
        self.fired: dict[pytest.Item, set[str]] = {}
        self.read: dict[pytest.Item, set[str]] = {}
        self.decided: dict[int, GeneratedReader] = {}  # those that read for a test, by identity
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
        self.scope()
        with READINGS.watched_by(self._note):
            result = yield
            if not session.testsfailed and session.items:
                self.report = self._tried(session)
                if self.floor is not None and self.report.percent < self.floor:
                    session.testsfailed += 1
        return result

    def _note(self, reader: GeneratedReader, values: tuple[Any, ...], found: Resolution, /) -> None:  # noqa: ARG002 - as readings are noted
        """Note for every test the tables it reads and the rules that fire, so that the likeliest run first."""
        self.decided[id(reader)] = reader
        if self.item is not None:
            self.read.setdefault(self.item, set()).update(found.tables)
            self.fired.setdefault(self.item, set()).update(found.fired)

    def _has_decided(self, tables: set[Table]) -> bool:
        """True if one of *tables* was read since it was last asked."""
        found = any(table in tables for reader in self.decided.values() for table in reader.tables)
        self.decided.clear()
        return found

    def _tried(self, session: pytest.Session) -> MutationReport:
        if self.counting is not None:
            self.counting.pauses += 1  # what mutants decide is no coverage of the policy
        scope = self.scope()
        stand_in = StandIn(self.subject(), modules=[item.module for item in session.items if hasattr(item, "module")])
        was_decided = self._has_decided(set(stand_in.tables))
        pending = deque(
            (policy, mutant)
            for policy, mutant in stand_in.mutants()
            if scope is None or scope.holds(graph_of(policy).by_id[mutant.table], mutant.rule)
        )
        killers, survivors, equivalent, was_reached = Counter[str](), list[Mutant](), list[Mutant](), False
        progress = Progress(self.config, total=len(pending))
        with without_shrinking():
            while pending:
                policy, mutant = pending.popleft()  # what it has compiled goes with it
                killer = self._killer(session, stand_in, policy, mutant)
                was_reached = was_reached or self._has_decided({graph_of(mutant.policy).by_id[mutant.table]})
                if killer is not None:
                    killers[killer] += 1
                elif provably_equivalent(policy, mutant.policy, mutant.table):
                    equivalent.append(mutant)
                else:
                    survivors.append(mutant)
                progress.step(killed=killers.total())
        self.current = None
        progress.finish()
        return MutationReport(
            killed=killers.total(),
            survivors=survivors,
            equivalent=equivalent,
            killers=killers.items(),
            about="" if scope is None else str(scope),
            doubt="" if killers or not survivors else self._doubt(was_decided=was_decided, was_reached=was_reached),
        )

    def _doubt(self, *, was_decided: bool, was_reached: bool) -> str:
        """Why no test noticed any mutant, if it is not for want of good tests."""
        subject = f"`{self.config.getini('policy_under_test')}`"
        if not was_decided:
            return NEVER_DECIDED.format(subject=subject)
        return "" if was_reached else NEVER_REACHED.format(subject=subject)

    def _killer(self, session: pytest.Session, stand_in: StandIn, policy: object, mutant: Mutant) -> str | None:
        """The test that fails with *mutant* in the place of *policy*; the rest of the tests is then not run."""
        items = sorted(session.items, key=lambda item: self._distance(item, mutant))
        with pytest.MonkeyPatch.context() as patch, stand_in.standing(policy, mutant, put=patch.setattr) as self.current:
            try:
                return next(
                    (
                        item.nodeid
                        for item, following in zip(items, [*items[1:], None], strict=True)
                        for report in runtestprotocol(item, log=False, nextitem=following)
                        if report.failed
                    ),
                    None,
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
