"""The plugin beside pytest itself: every way to load it, and each of its options with each of pytest's that could meet it."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]

TESTS = """
from team_policy import policy

def test_grade():
    assert policy.verdicts(overdue=91, ltv="0.5")["grade"].outcome == "substandard"

def test_signed(policy_snapshot):
    policy_snapshot("signed/boundaries.txt", policy, [{"overdue": 75, "ltv": "0.5"}])
"""

REPORT = "reports/2026/rules.md"
OURS = {
    "coverage": ("--rule-coverage-fail-under=10",),
    "mutants": ("--policy-mutants-of=overdue-90",),
    "a report of all": ("--rule-coverage", "--policy-mutants-of=overdue-90", f"--policy-report={REPORT}"),
    "a snapshot": ("--policy-snapshot-update",),
}
THEIRS = {
    "-x": ("-x",),
    "--lf": ("--lf",),
    "--ff and --nf": ("--ff", "--nf"),
    "-q": ("-q",),
    "-qq": ("-qq",),
    "-v": ("-v",),
    "-s": ("-s",),
    "--co": ("--co",),
    "--setup-plan": ("--setup-plan",),
    "--fixtures": ("--fixtures",),
    "--pyargs": ("--pyargs", "test_team"),
    "--import-mode=importlib": ("--import-mode=importlib",),
    "--import-mode=append": ("--import-mode=append",),
    "-p no:cacheprovider": ("-p", "no:cacheprovider"),
    "-p no:terminal": ("-p", "no:terminal"),
    "-p no:xdist": ("-p", "no:xdist"),
    "-p no:hypothesispytest": ("-p", "no:hypothesispytest"),
    "--no-summary": ("--no-summary",),
    "--durations": ("--durations=5",),
    "--junitxml": ("--junitxml=out/junit.xml",),
    "-k": ("-k", "grade or signed"),
    "--maxfail": ("--maxfail=1",),
    "-n 0": ("-n", "0"),
    "--strict-config": ("--strict-config", "--strict-markers"),
}

#: With these no test is run.
NOTHING_RUN = {"--co", "--setup-plan", "--fixtures"}


@pytest.mark.parametrize("theirs", THEIRS)
@pytest.mark.parametrize("ours", OURS)
def test_each_of_our_options_gets_on_with_each_of_theirs(project: pytest.Pytester, ours: str, theirs: str) -> None:
    project.makepyfile(test_team=TESTS)
    if ours != "a snapshot":
        project.mkdir("signed")
        said = "grade: special_mention by overdue-0", "interval: 6 by by-special-mention"
        (project.path / "signed" / "boundaries.txt").write_text("\n  ".join(["overdue=75, ltv='0.5'", *said]), encoding="utf-8")
    result = project.runpytest(*OURS[ours], *THEIRS[theirs])
    text = result.stdout.str() + result.stderr.str()
    assert result.ret == 0, text
    assert "INTERNALERROR" not in text
    assert "Traceback" not in text
    runs = theirs not in NOTHING_RUN
    assert (project.path / REPORT).exists() is (ours == "a report of all" and runs)
    assert (project.path / "signed" / "boundaries.txt").exists() is (ours != "a snapshot" or runs)
    prints = runs and theirs != "-p no:terminal"
    assert ("% of rules and sides of limits tested" in text) is (ours in {"coverage", "a report of all"} and prints)
    assert ("mutants killed" in text) is (ours in {"mutants", "a report of all"} and prints)


@pytest.mark.parametrize("ours", ["coverage", "a snapshot"])
def test_each_of_our_options_that_can_work_in_several_processes_does(project: pytest.Pytester, ours: str) -> None:
    project.makepyfile(test_team=TESTS)
    project.runpytest("--policy-snapshot-update")
    report = () if ours == "a snapshot" else (f"--policy-report={REPORT}",)
    result = project.runpytest_subprocess(*OURS[ours], *report, "-n", "2")
    assert result.ret == 0, result.stdout.str()
    assert (project.path / REPORT).exists() is (ours != "a snapshot")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--policy-mutants", "--pdb"), "`--policy-mutants` makes tests fail on purpose, and `--pdb` would stop at each: leave one of them out"),
        (("--policy-mutants", "--trace"), "`--policy-mutants` makes tests fail on purpose, and `--trace` would stop at each: leave one of them out"),
        (("--policy-mutants-of=overdue-90", "-n", "2"), "`--policy-mutants` runs in one process, got `--numprocesses`"),
        (("--policy-mutants", "--dist=load", "--tx=2*popen"), "`--policy-mutants` runs in one process, got `--tx`"),
        (("--policy-report=r.md",), "`--policy-report` writes what `--rule-coverage` and `--policy-mutants` tell: ask for one of them"),
        (("--rule-coverage", "--policy-report=test_team.py/r.md"), "`--policy-report` cannot be written to `*test_team.py/r.md`: *"),
        (("--rule-coverage", "--policy-report=."), "`--policy-report` cannot be written to `*`: Is a directory"),
    ],
    ids=["--pdb", "--trace", "-n", "--tx", "a report of nothing", "a report below a file", "a report in the place of a folder"],
)
def test_options_that_contradict_one_another_are_refused_before_a_test_is_run(project: pytest.Pytester, options: tuple[str, ...], message: str) -> None:
    project.makepyfile(test_team="def test_it():\n    open('was_run', 'w').close()")
    result = project.runpytest_subprocess(*options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {message}"])
    assert not (project.path / "was_run").exists()


def test_a_report_that_stands_already_is_left_alone_until_there_is_a_new_one(project: pytest.Pytester) -> None:
    project.makepyfile(test_team=TESTS)
    report = project.path / "report.md"
    report.write_text("the last one", encoding="utf-8")
    project.runpytest("--rule-coverage", "--policy-report=report.md", "--co")
    assert report.read_text(encoding="utf-8") == "the last one"
    project.runpytest("--rule-coverage", "--policy-report=report.md")
    assert report.read_text(encoding="utf-8").startswith("# Tests of `team_policy:policy`")


#: Runs pytest with the entry points of this project alone, as `pyproject.toml` has them and not as they were once installed.
AS_INSTALLED = """
import importlib.metadata as metadata
import sys

import pytest

installed = metadata.distributions

def distributions(**asked):
    here = metadata.PathDistribution(__import__("pathlib").Path("revisit_policy-0.dist-info"))
    others = [found for found in installed(**asked) if found.metadata["Name"] not in ("revisit-policy", "revisit_policy")]
    return [*others, here]

metadata.distributions = distributions
sys.exit(pytest.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("option", [(), ("-p", "pytest_revisit_policy")], ids=["installed", "-p"])
@pytest.mark.parametrize("conftest", ["", 'pytest_plugins = ["pytest_revisit_policy"]', 'pytest_plugins = "pytest_revisit_policy"'])
def test_all_ways_to_load_the_plugin_mean_one_plugin(project: pytest.Pytester, option: tuple[str, ...], conftest: str) -> None:
    points = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]["pytest11"]
    folder = project.mkdir("revisit_policy-0.dist-info")
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: revisit-policy\nVersion: 0\n", encoding="utf-8")
    (folder / "entry_points.txt").write_text("[pytest11]\n" + "".join(f"{name} = {place}\n" for name, place in points.items()), encoding="utf-8")
    project.makeconftest(conftest)
    project.makepyfile(test_team="def test_it(policy_under_test):\n    assert policy_under_test.tables")
    driver = project.makepyfile(as_installed=AS_INSTALLED)
    result = project.run(sys.executable, driver, "--rule-coverage", *option)
    assert result.ret == 0, result.stderr.str()
    result.assert_outcomes(passed=1)


def test_the_plugin_can_be_turned_off(project: pytest.Pytester) -> None:
    project.makepyfile(test_team="def test_it():\n    pass")
    result = project.runpytest_subprocess("-p", "no:pytest_revisit_policy", "-p", "no:revisit_policy", "--rule-coverage")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "unrecognized arguments: --rule-coverage" in result.stderr.str()


# -- what a broken test shows ------------------------------------------------------------------------------------------

BROKEN = """
from revisit_policy.testing import PolicyCase, check_all, check_monotone, check_snapshot, policy_cases
from team_policy import policy

@policy_cases(PolicyCase(given={"overdue": 90}, expect={"grade": "substandard"}, because="90 is long"))
def test_case(case):
    case.check(policy)

def test_law():
    check_monotone(policy, fact="overdue", outcome="interval", worse="lower", examples=20)

def test_snapshot():
    check_snapshot("", policy, [{"overdue": 1}])

def test_unreadable():
    check_snapshot("  grade: b", policy, [{"overdue": 1}])
"""


def test_a_broken_test_shows_its_own_line_and_what_is_told_and_nothing_of_the_library(project: pytest.Pytester) -> None:
    project.makepyfile(test_team=BROKEN)
    result = project.runpytest()
    result.assert_outcomes(failed=4)
    places = [line for line in result.outlines if re.match(r"\S+\.py:\d+: ", line)]
    assert [place.partition(":")[0] for place in places] == ["test_team.py"] * 4
    summary = [line.partition(" - ")[2] for line in result.outlines if line.startswith("FAILED ")]
    starts = ("expected `grade` substandard because", "the policy is not monotone", "expected every case as", "cannot read `the signed text`, line 1")
    assert [line.startswith(start[:20]) for line, start in zip(summary, starts, strict=True)] == [True] * 4, summary
