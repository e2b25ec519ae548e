"""The project of a small policy team, in which the tests of the pytest plugin run tests."""

from __future__ import annotations

from pathlib import Path

import pytest

INI = """
[pytest]
pythonpath = .
policy_under_test = team_policy:policy
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makepyfile(team_policy=(Path(__file__).parent / "team_policy.py").read_text(encoding="utf-8"))
    pytester.makeini(INI)
    return pytester
