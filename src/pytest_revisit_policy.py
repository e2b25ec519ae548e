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
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from revisit_policy.testing.mutants_session import PolicyMutantsSession

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
    group.addoption(
        "--policy-snapshot-update", action="store_true", help="write what the fixture `policy_snapshot` compares anew, for somebody to read and sign"
    )
    group.addoption("--policy-report", metavar="FILE", help="write what --rule-coverage and --policy-mutants tell to FILE, as Markdown")
    parser.addini("policy_under_test", "the table, graph, policy or rulebook under test, as module:attribute", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count, or make ready for mutants, if that is asked for."""
    counting = None
    if config.getoption("rule_coverage") or config.getoption("rule_coverage_fail_under") is not None:
        from revisit_policy.testing.coverage_session import RuleCoverageSession  # noqa: PLC0415 - the package is not loaded before it is wanted

        counting = RuleCoverageSession(config, subject=lambda: named(config))
        config.pluginmanager.register(counting, COVERAGE)
    if config.getoption("policy_mutants") or config.getoption("policy_mutants_fail_under") is not None:
        if config.getoption("numprocesses", None) or hasattr(config, "workerinput"):
            message = "`--policy-mutants` runs in one process, got `--numprocesses`"
            raise pytest.UsageError(message)
        if config.getoption("policy_snapshot_update"):
            message = "`--policy-snapshot-update` would write what mutants decide: leave out `--policy-mutants`"
            raise pytest.UsageError(message)
        from revisit_policy.testing.mutants_session import PolicyMutantsSession  # noqa: PLC0415 - the package is not loaded before it is wanted

        config.pluginmanager.register(PolicyMutantsSession(config, subject=lambda: named(config), counting=counting), MUTANTS)


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


@pytest.fixture
def policy_snapshot(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Compares what a policy says of cases with a text that stands beside the test, as ``testing.check_snapshot`` does.

    Called with the name of the file, the policy and the cases, and by keyword with ``on``, ``before`` and ``lang``. With
    ``--policy-snapshot-update`` it writes the file instead.
    """
    from revisit_policy.testing.signed_text import decoded, with_comments  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.testing.snapshot_review import check_snapshot, signed_snapshot  # noqa: PLC0415 - the package is not loaded before it is wanted

    def compare(file: str, policy: Any, portfolio: Iterable[Any], *, on: Any = None, before: Any = None, lang: str = "en") -> None:  # noqa: ANN401, PLR0917 - whatever is signed
        __tracebackhide__ = True
        path = request.path.parent / file
        if request.config.getoption("policy_snapshot_update"):
            text = signed_snapshot(policy, portfolio, on=on, lang=lang)
            kept = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(with_comments(text, before=kept), encoding="utf-8", newline="\n")
        elif path.is_file():
            check_snapshot(decoded(path.read_bytes(), name=file), policy, portfolio, on=on, before=before, lang=lang, name=file)
        else:
            pytest.fail(f"expected a snapshot at `{path}`, got none; write it with `--policy-snapshot-update`, and read it", pytrace=False)

    return compare


def named(config: pytest.Config) -> Any:  # noqa: ANN401 - whatever the setting names
    """The object that the setting ``policy_under_test`` names as ``module:attribute``.

    Raises:
        pytest.UsageError: If the setting is empty, or names nothing that can be imported, or no policy.
    """
    from revisit_policy.errors import InvalidValueError  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.testing.subject import tables_of  # noqa: PLC0415 - the package is not loaded before it is wanted

    setting: str = config.getini("policy_under_test")
    module, _, attribute = setting.partition(":")
    if not module or not attribute:
        message = f"`policy_under_test` must be module:attribute, got `{setting}`"
        raise pytest.UsageError(message)
    try:
        found: Any = importlib.import_module(module)
        for name in attribute.split("."):
            found = getattr(found, name)
        tables_of(found)
    except (ImportError, AttributeError, InvalidValueError) as error:
        message = f"`policy_under_test` names `{setting}`: {error}"
        raise pytest.UsageError(message) from error
    return found
