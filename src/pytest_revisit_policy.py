"""The pytest plugin of revisit_policy: rule coverage of a policy by its tests, and mutants that they must notice.

It stands beside the package, not in it, so that loading the plugin does not import the package before a coverage
measurement has begun. Without one of its options it does nothing at all. It is registered under the name of its module,
so that the entry point, ``-p pytest_revisit_policy`` and ``pytest_plugins`` all mean the same plugin.

With ``--rule-coverage`` it watches, for the session, the one function through which every single decision passes; what
the laws of ``revisit_policy.testing`` draw is not counted, because a law expects nothing of a rule in particular.

With ``--policy-mutants`` it runs the tests once as they are and then once for each mutant of the policy, which stands
in the place of the policy in the globals of all loaded modules and in the fixture ``policy_under_test``.

Where ``assert policy == other`` fails, it tells what the two say differently, rule by rule.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from revisit_policy.testing.coverage.scope import Scope
    from revisit_policy.testing.mutation.mutants_session import PolicyMutantsSession

#: The name of the part of the plugin that counts.
COVERAGE = "revisit_policy_coverage"

#: The name of the part of the plugin that tries mutants.
MUTANTS = "revisit_policy_mutants"

#: Options of pytest with which no test is run, so that there is nothing to count and nothing to notice.
RUNS_NO_TEST = ("collectonly", "setuponly", "setupplan", "showfixtures", "show_fixtures_per_test")

#: Options of pytest that stop at a test that fails, which with mutants is what tests are to do.
STOPS_AT_FAILURES = {"usepdb": "--pdb", "trace": "--trace"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the settings."""
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
        "--policy-mutants-of",
        metavar="RULE,table:TABLE",
        help="try only faults of these rules, and of all rules of these tables; implies --policy-mutants",
    )
    group.addoption(
        "--policy-snapshot-update", action="store_true", help="write what the fixture `policy_snapshot` compares anew, for somebody to read and sign"
    )
    group.addoption("--policy-report", metavar="FILE", help="write what --rule-coverage and --policy-mutants tell to FILE, as Markdown")
    parser.addini("policy_under_test", "the table, graph, policy or rulebook under test, as module:attribute", default="")
    parser.addini(
        "policy_signed", "what was signed of it, as module:attribute: coverage and mutants are then about the rules that differ from it", default=""
    )


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:  # noqa: PLR0917 - as pytest has it
    """What two policies or rulebooks that were held to be equal say differently, in sentences."""
    if op != "==" or "revisit_policy.policy" not in sys.modules:  # without it there is no policy to compare
        return None
    from revisit_policy.testing.snapshots.assertion import told_apart  # noqa: PLC0415 - only for a test that fails

    return told_apart(left, right)


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count, or make ready for mutants, if that is asked for and tests are going to be run."""
    tries_mutants = config.getoption("policy_mutants") or _is_given(config, "policy_mutants_fail_under", "policy_mutants_of")
    counts = config.getoption("rule_coverage") or _is_given(config, "rule_coverage_fail_under")
    _check_report(config, is_fed=tries_mutants or counts)
    if any(config.getoption(name, default=False) for name in RUNS_NO_TEST):
        return
    if tries_mutants:
        _check_mutants(config)
    counting = None
    if counts:
        from revisit_policy.testing.coverage.coverage_session import RuleCoverageSession  # noqa: PLC0415 - the package is not loaded before it is wanted

        counting = RuleCoverageSession(config, subject=lambda: named(config), scope=lambda: signed_scope(config))
        config.pluginmanager.register(counting, COVERAGE)
    if tries_mutants:
        from revisit_policy.testing.mutation.mutants_session import PolicyMutantsSession  # noqa: PLC0415 - the package is not loaded before it is wanted

        trying = PolicyMutantsSession(config, subject=lambda: named(config), scope=lambda: mutated_scope(config), counting=counting)
        config.pluginmanager.register(trying, MUTANTS)


def _is_given(config: pytest.Config, *names: str) -> bool:
    return any(config.getoption(name) is not None for name in names)


def _check_mutants(config: pytest.Config) -> None:
    """Refuse options of pytest that contradict a run of mutants."""
    if config.getoption("numprocesses", None) or hasattr(config, "workerinput"):
        message = "`--policy-mutants` runs in one process, got `--numprocesses`"
        raise pytest.UsageError(message)
    if config.getoption("tx", None) and config.getoption("dist", "no") != "no":
        message = "`--policy-mutants` runs in one process, got `--tx`"
        raise pytest.UsageError(message)
    if config.getoption("policy_snapshot_update"):
        message = "`--policy-snapshot-update` would write what mutants decide: leave out `--policy-mutants`"
        raise pytest.UsageError(message)
    for name, option in STOPS_AT_FAILURES.items():
        if config.getoption(name, default=False):
            message = f"`--policy-mutants` makes tests fail on purpose, and `{option}` would stop at each: leave one of them out"
            raise pytest.UsageError(message)


def _check_report(config: pytest.Config, *, is_fed: bool) -> None:
    """Refuse a report that nothing would be written to, or that could not be written; make its folders."""
    path = _report_path(config)
    if path is None or hasattr(config, "workerinput"):
        return
    if not is_fed:
        message = "`--policy-report` writes what `--rule-coverage` and `--policy-mutants` tell: ask for one of them"
        raise pytest.UsageError(message)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8"):
            pass  # whether it can be written is seen before the tests run, not after them
    except OSError as error:
        message = f"`--policy-report` cannot be written to `{path}`: {error.strerror}"
        raise pytest.UsageError(message) from error
    if not path.stat().st_size:
        path.unlink()


def _report_path(config: pytest.Config) -> Path | None:
    path = config.getoption("policy_report")
    return config.invocation_params.dir / path if path else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, object, object]:
    """Write the report, if one is asked for, after all others have finished and whether or not anything is printed."""
    result = yield
    config = session.config
    path = _report_path(config)
    parts = [part.markdown() for name in (COVERAGE, MUTANTS) if (part := config.pluginmanager.get_plugin(name)) is not None]
    if path is not None and parts and not hasattr(config, "workerinput"):
        heading = f"# Tests of `{config.getini('policy_under_test') or 'policies'}`\n"
        path.write_text("\n".join([heading, *parts]), encoding="utf-8")
    return result


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say where the report is."""
    if config.getoption("policy_report") and any(config.pluginmanager.has_plugin(name) for name in (COVERAGE, MUTANTS)):
        terminalreporter.line(f"wrote {config.getoption('policy_report')}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """Let the line of a failed test in the summary say what the library said, and not the path of its class."""
    report = yield
    error = None if call.excinfo is None else call.excinfo.value
    crash = getattr(report.longrepr, "reprcrash", None)
    path = f"{type(error).__module__}.{type(error).__qualname__}: "
    if crash is not None and path.startswith("revisit_policy.errors.") and crash.message.startswith(path):
        crash.message = crash.message.removeprefix(path)
    return report


@pytest.fixture
def policy_under_test(request: pytest.FixtureRequest) -> Any:  # noqa: ANN401 - whatever the setting names
    """The object that the setting ``policy_under_test`` names, or the mutant that stands in its place."""
    mutants: PolicyMutantsSession | None = request.config.pluginmanager.get_plugin(MUTANTS)
    return named(request.config) if mutants is None or mutants.current is None else mutants.current


@pytest.fixture
def policy_snapshot(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Compares what a policy says of cases with a text that stands beside the test, as ``testing.check_snapshot`` does.

    Called with the name of the file, the policy and the cases, and by keyword with ``on``, ``before`` and ``lang``. With
    ``--policy-snapshot-update`` it writes the file instead, its folders too, and keeps its comments.
    """
    from revisit_policy.testing.snapshots.signed_text import decoded, with_comments  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.testing.snapshots.snapshot_review import check_snapshot, signed_snapshot  # noqa: PLC0415 - the package is not loaded before it is wanted

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


def named(config: pytest.Config, setting: str = "policy_under_test") -> Any:  # noqa: ANN401 - whatever the setting names
    """The object that the *setting* names as ``module:attribute``.

    Raises:
        pytest.UsageError: If the setting is empty, or names nothing that can be imported, or no policy.
    """
    from revisit_policy.errors import InvalidValueError  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.testing.subject import tables_of  # noqa: PLC0415 - the package is not loaded before it is wanted

    place: str = config.getini(setting)
    module, _, attribute = place.partition(":")
    if not module or not attribute:
        message = f"`{setting}` must be module:attribute, got `{place}`"
        raise pytest.UsageError(message)
    try:
        found: Any = importlib.import_module(module)
        for name in attribute.split("."):
            found = getattr(found, name)
        tables_of(found)
    except (ImportError, AttributeError, InvalidValueError) as error:
        message = f"`{setting}` names `{place}`: {error}"
        raise pytest.UsageError(message) from error
    return found


def signed_scope(config: pytest.Config) -> Scope | None:
    """The rules that differ from what the setting ``policy_signed`` names, with those that read them; ``None`` if it is empty.

    Raises:
        pytest.UsageError: If it, or ``policy_under_test``, names nothing.
    """
    from revisit_policy.testing.coverage.scope import changed_scope  # noqa: PLC0415 - the package is not loaded before it is wanted

    place: str = config.getini("policy_signed")
    return changed_scope(named(config, "policy_signed"), named(config), name=f"`{place}`") if place else None


def mutated_scope(config: pytest.Config) -> Scope | None:
    """The rules that ``--policy-mutants-of`` names, or else those of `signed_scope`.

    Raises:
        pytest.UsageError: If there is no rule or table of a name.
    """
    asked = config.getoption("policy_mutants_of")
    if asked is None:
        return signed_scope(config)
    from revisit_policy.errors import UnknownNameError  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.testing.coverage.scope import named_scope  # noqa: PLC0415 - the package is not loaded before it is wanted

    try:
        return named_scope(named(config), [name.strip() for name in asked.split(",")])
    except UnknownNameError as error:
        message = f"`--policy-mutants-of`: {error}"
        raise pytest.UsageError(message) from error
