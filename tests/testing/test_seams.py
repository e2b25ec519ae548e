"""Whoever counts rules or puts mutants in their place watches at seams: no function of the library is another one meanwhile."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, Final

import pytest
from tests.policy.small_policy import CASE, small_policy

import revisit_policy as rp
from revisit_policy import frames, testing
from revisit_policy.language.readers.observing import READINGS, Seam
from revisit_policy.testing.coverage.coverage_session import RuleCoverageSession
from revisit_policy.testing.laws.sampling import is_trying, tried_on
from revisit_policy.testing.mutation.stand_in import StandIn

ON: Final = "2026-06-01"
PACKAGE: Final = rp.__name__
KIT: Final = Path(testing.__file__).parent


def _functions() -> Iterator[tuple[str, object]]:
    """Every function of the library that can be found by name, in modules and in classes, and what it is now."""
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] == PACKAGE:
            for of, value in vars(module).items():
                if isinstance(value, FunctionType):
                    yield f"{name}.{of}", (value, value.__code__)
                elif inspect.isclass(value) and value.__module__ == name:
                    yield from ((f"{name}.{of}.{member}", inner) for member, inner in vars(value).items() if isinstance(inner, FunctionType))


def _session(**options: Any) -> RuleCoverageSession:
    config: Any = SimpleNamespace(getoption=lambda name: options.get(name), getini=dict[str, str]().get)
    return RuleCoverageSession(config, subject=lambda: None)


def test_while_rules_are_counted_and_a_mutant_stands_in_every_function_is_what_it_was() -> None:
    policy = small_policy()
    holder = ModuleType("holder")
    holder.__dict__["POLICY"] = policy
    stand_in = StandIn(policy, modules=[holder])
    of, mutant = next(stand_in.mutants())
    frames.decide(policy, frames.from_cases([CASE]), on=ON)
    before = dict(_functions())
    assert len(before) > 1_000
    session = _session()
    with session.watching, pytest.MonkeyPatch.context() as patch, stand_in.standing(of, mutant, put=patch.setattr):
        assert holder.__dict__["POLICY"] == mutant.policy
        holder.__dict__["POLICY"].decide(CASE, on=ON)
        frames.decide(policy, frames.from_cases([CASE]), on=ON)
        assert {name for name, now in _functions() if before.get(name, now) != now} == set()
    assert session.tally.found()
    assert holder.__dict__["POLICY"] is policy


def test_the_kit_sets_nothing_by_name_but_the_policy_under_test() -> None:
    """Only a mutant is put where its policy stood, by the `put` that undoes it."""
    setting = {"setattr", "setitem", "__globals__", "MonkeyPatch", "delattr"}
    found = {
        (str(file.relative_to(KIT)), node.attr)
        for file in KIT.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in setting
    }
    assert found == {("mutation/mutants_session.py", "MonkeyPatch"), ("mutation/mutants_session.py", "setattr")}


def test_a_reading_that_nobody_watches_calls_nothing_but_what_was_compiled() -> None:
    policy = small_policy()
    snapshot = policy.graph.extraction.snapshot(CASE, on=policy.decide(CASE, on=ON).on, supplied={})
    reader = policy.graph.reader
    reader.resolve_values(snapshot.values, snapshot.unknown)
    called: list[str] = []

    def note(frame: Any, event: str, _: object) -> None:
        if event == "call":
            called.append(frame.f_code.co_name)

    sys.setprofile(note)
    try:
        reader.resolve_values(snapshot.values, snapshot.unknown)
    finally:
        sys.setprofile(None)
    assert set(called) <= {"resolve_values", "resolve", "resolve_open"}
    assert READINGS.watchers == ()


def test_everybody_who_watches_is_told_until_the_block_ends() -> None:
    policy = small_policy()
    told: list[str] = []
    with ExitStack() as both:
        for name in ("first", "second"):
            both.enter_context(READINGS.watched_by(lambda *_, name=name: told.append(name)))
        policy.grade(days_past_due=91)
        assert told == ["first", "second"]
    policy.grade(days_past_due=90)
    assert told == ["first", "second"]


def test_a_seam_is_let_go_when_the_block_fails() -> None:
    seam: Seam[str] = Seam()
    with pytest.raises(KeyError), seam.watched_by("a"):
        raise KeyError(seam.watchers)
    assert seam.watchers == ()


def test_what_a_law_tries_does_not_count() -> None:
    policy = small_policy()
    session = _session()

    def law(days: int) -> None:
        assert policy.grade(days_past_due=days).is_decided

    with session.watching:
        tried_on(law, [0, 91])
        assert not session.tally.found()
        policy.grade(days_past_due=91)
        assert session.tally.found()
    assert not is_trying()


def test_a_fact_that_a_mutant_no_longer_reads_may_still_be_given_by_every_way_of_asking() -> None:
    policy = small_policy()
    stand_in = StandIn(policy)
    lost = next(
        (held, mutant) for held, mutant in stand_in.mutants() if {f.name for f in mutant.policy.graph.facts} < {f.name for f in policy.graph.facts}
    )
    (gone, *_) = {fact.name for fact in policy.graph.facts} - {fact.name for fact in lost[1].policy.graph.facts}
    with stand_in.standing(*lost, put=lambda *_: None) as whole:
        assert whole.grade(**{gone: None}) == whole.grade()
        assert whole.graph.verdicts(**{gone: None})
    with pytest.raises(rp.UnknownNameError):
        lost[1].policy.grade(**{gone: None})
