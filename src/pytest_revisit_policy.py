"""The pytest plugin of revisit_policy: rule coverage of a policy by its tests, and mutants that they must notice.

It stands beside the package, not in it, so that loading the plugin does not import the package before a coverage
measurement has begun. Without one of its options it does nothing at all.

With ``--rule-coverage`` it replaces, for the session, the one function through which every single decision passes
(``GeneratedReader.resolve_values``) by one that also counts; what the laws of ``revisit_policy.testing`` draw is not
counted, because a law expects nothing of a rule in particular.

With ``--policy-mutants`` it runs the tests once as they are and then once for each mutant of the policy, which stands
in the place of the policy in the globals of all loaded modules and in the fixture ``policy_under_test``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.runner import runtestprotocol

if TYPE_CHECKING:
    from revisit_policy.language.generated import GeneratedReader, Resolution
    from revisit_policy.language.table import Table
    from revisit_policy.testing.covering import RuleCoverage
    from revisit_policy.testing.mutant import Mutant
    from revisit_policy.testing.mutation_report import MutationReport
    from revisit_policy.testing.table_coverage import TableCoverage

#: The name under which a worker of pytest-xdist sends what it has seen.
SENT = "revisit_policy_rule_coverage"

#: The name of the part of the plugin that counts.
COVERAGE = "revisit_policy_coverage"

#: The name of the part of the plugin that tries mutants.
MUTANTS = "revisit_policy_mutants"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the setting."""
    group = parser.getgroup("revisit_policy", "policies as values")
    group.addoption(
        "--rule-coverage", action="store_true", help="tell which rules the tests fired, decided and left undecided, and which limits they met"
    )
    group.addoption(
        "--rule-coverage-fail-under",
        type=float,
        metavar="PERCENT",
        help="fail if less than PERCENT of the rules and of the sides of limits is tested; implies --rule-coverage",
    )
    group.addoption("--policy-mutants", action="store_true", help="tell which small faults in the policy under test no test would notice")
    group.addoption(
        "--policy-mutants-fail-under",
        type=float,
        metavar="PERCENT",
        help="fail if the tests notice less than PERCENT of the faults that change any decision; implies --policy-mutants",
    )
    group.addoption("--policy-report", metavar="FILE", help="write what --rule-coverage and --policy-mutants tell to FILE, as Markdown")
    parser.addini("policy_under_test", "the table, graph, policy or rulebook under test, as module:attribute", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count, or make ready for mutants, if that is asked for."""
    if config.getoption("rule_coverage") or config.getoption("rule_coverage_fail_under") is not None:
        config.pluginmanager.register(RuleCoverageSession(config), COVERAGE)
    if config.getoption("policy_mutants") or config.getoption("policy_mutants_fail_under") is not None:
        if config.getoption("numprocesses", None) or hasattr(config, "workerinput"):
            message = "`--policy-mutants` runs in one process, got `--numprocesses`"
            raise pytest.UsageError(message)
        config.pluginmanager.register(PolicyMutantsSession(config), MUTANTS)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Write the report, if one is asked for."""
    path = config.getoption("policy_report")
    if not path:
        return
    parts = [part.markdown() for name in (COVERAGE, MUTANTS) if (part := config.pluginmanager.get_plugin(name)) is not None]
    heading = f"# Tests of `{config.getini('policy_under_test') or 'policies'}`\n"
    (config.invocation_params.dir / path).write_text("\n".join([heading, *parts]), encoding="utf-8")
    terminalreporter.line(f"wrote {path}")


@pytest.fixture
def policy_under_test(request: pytest.FixtureRequest) -> Any:  # noqa: ANN401 - whatever the setting names
    """The object that the setting ``policy_under_test`` names, or the mutant that stands in its place."""
    mutants: PolicyMutantsSession | None = request.config.pluginmanager.get_plugin(MUTANTS)
    return named(request.config) if mutants is None or mutants.current is None else mutants.current


def named(config: pytest.Config) -> Any:  # noqa: ANN401 - whatever the setting names
    """The object that the setting ``policy_under_test`` names as ``module:attribute``.

    Raises:
        pytest.UsageError: If the setting is empty or names nothing that can be imported.
    """
    setting: str = config.getini("policy_under_test")
    module, _, attribute = setting.partition(":")
    if not module or not attribute:
        message = f"`policy_under_test` must be module:attribute, got `{setting}`"
        raise pytest.UsageError(message)
    try:
        found: Any = importlib.import_module(module)
        for name in attribute.split("."):
            found = getattr(found, name)
    except (ImportError, AttributeError) as error:
        message = f"`policy_under_test` names `{setting}`: {error}"
        raise pytest.UsageError(message) from error
    return found


class RuleCoverageSession:
    """Counts the readings of one session, or gathers what the workers of one have counted."""

    def __init__(self, config: pytest.Config) -> None:
        from revisit_policy.testing.tally import Tally  # noqa: PLC0415 - the package is not loaded before it is wanted

        self.config = config
        self.floor: float | None = config.getoption("rule_coverage_fail_under")
        self.tally = Tally()
        self.pauses = 0
        self.received: list[TableCoverage] = []
        self.patch = pytest.MonkeyPatch()
        self._watch()

    def _watch(self) -> None:
        from revisit_policy.language.generated import GeneratedReader  # noqa: PLC0415
        from revisit_policy.testing import laws, monotone, schedule_laws  # noqa: PLC0415

        read = GeneratedReader.resolve_values

        def counted(reader: GeneratedReader, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Resolution:  # noqa: PLR0917 - as what it stands for
            found = read(reader, values, unknown)
            if not self.pauses:
                self.tally.read(reader, values, found)
            return found

        self.patch.setattr(GeneratedReader, "resolve_values", counted)
        for module, name in ((laws, "sampled"), (laws, "tried_on"), (monotone, "sampled"), (schedule_laws, "sampled")):
            self.patch.setattr(module, name, self._pausing(vars(module)[name]))

    def _pausing(self, trying: Callable[..., None]) -> Callable[..., None]:
        def uncounted(*args: Any, **more: Any) -> None:  # noqa: ANN401 - handed on as it came
            self.pauses += 1
            try:
                trying(*args, **more)
            finally:
                self.pauses -= 1

        return uncounted

    def pytest_collection_finish(self) -> None:
        """Count from now on only the tables under test, now that they can be imported, and none read until here."""
        from revisit_policy.testing.tally import Tally  # noqa: PLC0415

        kept = set(self._tables())
        self.tally = Tally(keeps=kept.__contains__ if kept else None)

    def _tables(self) -> tuple[Table, ...]:
        """The tables under test; none if the setting leaves it open."""
        from revisit_policy.testing.subject import tables_of  # noqa: PLC0415

        return tables_of(named(self.config)) if self.config.getini("policy_under_test") else ()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:  # noqa: ANN401, ARG002 - as pytest-xdist calls it
        """Take what a worker has counted."""
        from revisit_policy.testing.table_coverage import from_plain  # noqa: PLC0415

        sent: Iterable[dict[str, Any]] = getattr(node, "workeroutput", {}).get(SENT, ())
        self.received += map(from_plain, sent)

    def coverage(self) -> RuleCoverage:
        """What all processes have counted."""
        from revisit_policy.testing.covering import RuleCoverage, covered, merged  # noqa: PLC0415

        found = merged([*self.tally.found().values(), *self.received])
        tables = self._tables()
        return covered(found, tables=tables) if tables else RuleCoverage(tuple(found.values()))

    def markdown(self) -> str:
        """The coverage as a part of a page."""
        from revisit_policy.testing.coverage_text import coverage_markdown  # noqa: PLC0415

        coverage = self.coverage()
        return f"## Rules and limits\n\n{coverage.percent:.0f} % of rules and sides of limits are tested.\n\n{coverage_markdown(coverage)}"

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Send what was counted, or fail if it is too little."""
        self.patch.undo()
        output: dict[str, Any] | None = getattr(self.config, "workeroutput", None)
        if output is not None:
            from revisit_policy.testing.table_coverage import to_plain  # noqa: PLC0415

            output[SENT] = [to_plain(table) for table in self.tally.found().values()]
        elif self.floor is not None and session.exitstatus == pytest.ExitCode.OK and self.coverage().percent < self.floor:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the coverage, or that nothing was decided."""
        coverage = self.coverage()
        subject = self.config.getini("policy_under_test")
        terminalreporter.section(f"rule coverage of {subject}" if subject else "rule coverage")
        if coverage.is_empty:
            terminalreporter.line(f"{subject or 'no policy'} was never decided by these tests" if subject else "these tests decided nothing with a policy")
        else:
            terminalreporter.line(str(coverage))
            terminalreporter.line(f"{coverage.percent:.0f} % of rules and sides of limits tested")
        if self.floor is not None and coverage.percent < self.floor:
            terminalreporter.line(f"rule coverage of {coverage.percent:.1f} % is below the {self.floor:g} % required", red=True)


class PolicyMutantsSession:
    """Runs the tests of one session against every mutant of the policy under test."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
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
        named(self.config)
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
        from revisit_policy.language.generated import GeneratedReader  # noqa: PLC0415

        read = GeneratedReader.resolve_values

        def noted(reader: GeneratedReader, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Resolution:  # noqa: PLR0917 - as what it stands for
            found = read(reader, values, unknown)
            if self.item is not None:
                self.read.setdefault(self.item, set()).update(found.tables)
                self.fired.setdefault(self.item, set()).update(found.fired)
            return found

        patch.setattr(GeneratedReader, "resolve_values", noted)

    def _tried(self, session: pytest.Session) -> MutationReport:
        from revisit_policy.testing.equivalence import provably_equivalent  # noqa: PLC0415
        from revisit_policy.testing.mutant import Mutant  # noqa: PLC0415
        from revisit_policy.testing.mutation_report import MutationReport  # noqa: PLC0415
        from revisit_policy.testing.sampling import without_shrinking  # noqa: PLC0415
        from revisit_policy.testing.stand_in import StandIn  # noqa: PLC0415

        counting: RuleCoverageSession | None = self.config.pluginmanager.get_plugin(COVERAGE)
        if counting is not None:
            counting.pauses += 1  # what mutants decide is no coverage of the policy
        stand_in = StandIn(named(self.config))
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
        from revisit_policy.testing.mutation_report import mutation_markdown  # noqa: PLC0415

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
