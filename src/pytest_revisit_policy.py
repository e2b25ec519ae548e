"""The pytest plugin of revisit_policy: rule coverage of a policy by the tests that decide with it.

It stands beside the package, not in it, so that loading the plugin does not import the package before a coverage
measurement has begun. Without one of its options it does nothing at all.

With ``--rule-coverage`` it replaces, for the session, the one function through which every single decision passes
(``GeneratedReader.resolve_values``) by one that also counts; what the laws of ``revisit_policy.testing`` draw is not
counted, because a law expects nothing of a rule in particular.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from revisit_policy.language.generated import GeneratedReader, Resolution
    from revisit_policy.language.table import Table
    from revisit_policy.testing.covering import RuleCoverage
    from revisit_policy.testing.table_coverage import TableCoverage

#: The name under which a worker of pytest-xdist sends what it has seen.
SENT = "revisit_policy_rule_coverage"


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
    parser.addini("policy_under_test", "the table, graph, policy or rulebook under test, as module:attribute", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count if that is asked for."""
    if config.getoption("rule_coverage") or config.getoption("rule_coverage_fail_under") is not None:
        config.pluginmanager.register(RuleCoverageSession(config), "revisit_policy_rule_coverage")


@pytest.fixture
def policy_under_test(request: pytest.FixtureRequest) -> Any:  # noqa: ANN401 - whatever the setting names
    """The object that the setting ``policy_under_test`` names."""
    return named(request.config)


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
        self.paused = False
        self.received: list[TableCoverage] = []
        self.patch = pytest.MonkeyPatch()
        self._watch()

    def _watch(self) -> None:
        from revisit_policy.language.generated import GeneratedReader  # noqa: PLC0415
        from revisit_policy.testing import laws, monotone  # noqa: PLC0415

        read = GeneratedReader.resolve_values

        def counted(reader: GeneratedReader, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Resolution:  # noqa: PLR0917 - as what it stands for
            found = read(reader, values, unknown)
            if not self.paused:
                self.tally.read(reader, values, found)
            return found

        self.patch.setattr(GeneratedReader, "resolve_values", counted)
        for module in (laws, monotone):
            self.patch.setattr(module, "sampled", self._pausing(module.sampled))

    def _pausing(self, sampled: Callable[..., None]) -> Callable[..., None]:
        def uncounted(*args: Any, **more: Any) -> None:  # noqa: ANN401 - handed on as it came
            self.paused = True
            try:
                sampled(*args, **more)
            finally:
                self.paused = False

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
