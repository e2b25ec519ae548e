"""What is told of the package beside its code agrees with it: extras for users, groups for maintainers, one version, files that are there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import revisit_policy as rp

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOR_USERS = {"backtest", "cattrs", "frames", "testing"}
FOR_THE_RUNS = {"docs", "test"}
GROUP = re.compile(r"(?:--group |group `+)([a-z]+)")


def test_an_extra_is_for_users_or_for_a_command_that_installs_it() -> None:
    assert set(PROJECT["project"]["optional-dependencies"]) == FOR_USERS | FOR_THE_RUNS


def test_every_group_that_a_document_names_is_there_and_every_group_is_named() -> None:
    pages = [ROOT / "CONTRIBUTING.md", *(page for kind in ("md", "py") for page in (ROOT / "docs").rglob(f"*.{kind}") if "_build" not in page.parts)]
    named = {name for page in pages for name in GROUP.findall(page.read_text(encoding="utf-8"))}
    assert named == set(PROJECT["dependency-groups"])


def test_no_group_has_what_an_extra_has_already() -> None:
    extras = {line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines}
    assert not extras & {line for lines in PROJECT["dependency-groups"].values() for line in lines}


def test_the_version_to_cite_is_that_of_the_package() -> None:
    told = dict(line.split(": ", 1) for line in (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines() if ": " in line)
    assert told["version"] == rp.__version__
    assert told["license"] == PROJECT["project"]["license"]
    assert told["title"] == rp.__name__


def test_the_authors_are_told_alike_wherever_they_are_told() -> None:
    (author,) = PROJECT["project"]["authors"]
    assert PROJECT["project"]["maintainers"] == [author]
    assert f"  - name: {author['name']}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f'author = "{author["name"]}"' in (ROOT / "docs" / "conf.py").read_text(encoding="utf-8").splitlines()


def test_no_address_is_told_where_nobody_answers() -> None:
    """There is no public home yet; who makes one names it here, in the citation and on the page of security, all at once."""
    cited = [line for line in (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines() if line.startswith(("repository", "url"))]
    assert ("urls" in PROJECT["project"]) is bool(cited) is False
    assert "No project.urls" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "through the channel by which your bank got this library" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_the_build_that_can_be_repeated_is_told_with_its_command() -> None:
    assert "SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) .venv/bin/python -m build" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_what_runs_before_a_commit_comes_with_the_tests_and_is_fetched_from_nowhere() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (.*)", text) == ["local"]
    needed = {"ruff": "ruff", "mypy": "mypy", "lint-imports": "import-linter"}
    commands = re.findall(r"entry: \.venv/bin/([\w-]+)", text)
    installed = {line.split(">")[0] for line in PROJECT["project"]["optional-dependencies"]["test"]}
    assert commands == list(needed)
    assert {needed[command] for command in commands} <= installed


def test_every_file_that_the_source_distribution_names_is_there() -> None:
    named = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert [path for path in named if not (ROOT / path[1:]).exists()] == []


def test_every_file_of_the_security_page_and_the_changelog_is_in_the_source_distribution() -> None:
    named = set(PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
    assert {"/SECURITY.md", "/CITATION.cff", "/CHANGELOG.md"} <= named
