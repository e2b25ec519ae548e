"""How hard hypothesis looks: `fast` at the desk, `ci` the same on every run, `deep` when there is time, `mutants` for mutmut."""

from __future__ import annotations

import functools
import gc
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile("fast", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("deep", max_examples=2000, deadline=None)
settings.register_profile(
    "mutants",  # one failure is enough: nobody reads the example, so it is not made small
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)

_usual = "ci" if os.environ.get("CI", "").lower() in {"1", "true"} else "fast"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", _usual))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A mutant is judged by the tests of its own room, the quickest first: one failure is the answer."""
    if settings.get_current_profile_name() == "mutants":
        room = os.environ.get("MUTANT_UNDER_TEST", "").split(".")[1:2]
        items[:] = [item for item in items if not room or item.path.parent.name in room]
        items.sort(key=lambda item: _durations().get(item.nodeid, 0))


@functools.cache
def _durations() -> dict[str, float]:
    """How long each test took when mutmut looked at which tests run what."""
    measured = Path("mutmut-stats.json")  # in the folder of the mutants, where their tests run
    return json.loads(measured.read_text(encoding="utf-8"))["duration_by_test"] if measured.exists() else {}


def pytest_collection_finish() -> None:
    """Among mutants the process that has collected the tests is forked for each: what it holds is no rubbish to look through."""
    if settings.get_current_profile_name() == "mutants":
        _memories()
        gc.freeze()


def pytest_runtest_setup() -> None:
    """Among mutants no test finds the answers that an earlier one was given: it would never ask the mutant."""
    if settings.get_current_profile_name() == "mutants":
        for memory in _memories():
            memory.cache_clear()


@functools.cache
def _memories() -> list[Any]:
    kind = type(_memories)
    return [each for each in gc.get_objects() if type(each) is kind and each.__module__.startswith("revisit_policy.")]
