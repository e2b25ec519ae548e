"""The order in which a set's scale lists its members changes nothing of the shipped policy, in any reader."""

from __future__ import annotations

from typing import Any, Final

import attrs
from hypothesis import given, settings

from revisit_policy import CaseFile, RevisitPolicy, analysis, frames, testing, unordered
from revisit_policy.language.fold import Fold
from revisit_policy.language.table import Table
from revisit_policy.rulebooks import cn_housing

ON: Final = "2026-06-15"
POLICY: Final = cn_housing.policy()
READ: Final = frozenset(name for table in POLICY.tables for name in table.reads)
ORDERED: Final = frozenset({"upgrade"})  # whatever it says, the mildest people could determine: its scale is the grades'


def turned(policy: RevisitPolicy) -> RevisitPolicy:
    """The policy whose sets that no other table reads, and that need no order, list their members the other way round."""
    return attrs.evolve(
        policy,
        tables=tuple(
            attrs.evolve(table, outcomes=unordered(reversed(table.outcomes.outcomes))) if is_turned(table) else table  # type: ignore[union-attr] # a scale
            for table in policy.tables
        ),
    )


def is_turned(table: Table) -> bool:
    return table.fold is Fold.EVERY and table.id not in READ | ORDERED


TURNED: Final = turned(POLICY)


def said(decision: Any) -> Any:
    """What a decision says, sets as sets; of several duties that one visit serves any may give the visit its name."""
    windows = [(visit.window, visit) for visit in decision.schedule.all]
    visits = [(window.opens, window.due, window.closes, window.missed_on, visit.method, visit.result.latest) for window, visit in windows]
    served = [(frozenset(visit.serves), frozenset(visit.reasons), frozenset(visit.checklist)) for visit in decision.schedule.all]
    measures = {(step.measure, step.by) for step in decision.measures}
    return decision.grade, decision.level, decision.signals, measures, frozenset(decision.origination), visits, served, frozenset(decision.undated)


def test_some_sets_are_turned() -> None:
    assert {"measures", "barred", "origination"} <= {table.id for table, other in zip(POLICY.tables, TURNED.tables, strict=True) if table != other}


@given(testing.case_files(on=ON))
@settings(max_examples=30)
def test_a_decision_says_the_same(case: CaseFile) -> None:
    assert said(POLICY.decide(case, on=ON)) == said(TURNED.decide(case, on=ON))


@given(testing.case_files(on=ON))
@settings(max_examples=2)
def test_columns_say_the_same(case: CaseFile) -> None:
    book = frames.from_cases([case])
    one, other = (frames.label(each, frames.decide(each, book, on=ON, visits=True)).to_dicts()[0] for each in (POLICY, TURNED))
    for name, value in one.items():
        if name in {"measures", "origination"}:
            assert set(str(value).split(", ")) == set(str(other[name]).split(", ")), name
        elif name.startswith(("next_", "grade", "level", "interval", "signals", "act_by", "result_")):
            assert value == other[name], name


def test_the_analysis_finds_no_difference() -> None:
    assert not analysis.diff(POLICY, TURNED)
