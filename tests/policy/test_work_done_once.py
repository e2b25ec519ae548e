"""Work is done once, and none that nobody asked for: counted, not timed."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs
import pytest
from tests.rulebooks.loans import case

from revisit_policy import Grade, RevisitPolicy, SignalCode, facts
from revisit_policy.decision.beginnings.beginning import Beginnings
from revisit_policy.language.condition import Condition
from revisit_policy.language.readers.generated import MaskReader
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.dates import Date

ON = "2025-06-30"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """The tables of every reader that is compiled meanwhile, once for each."""
    found: list[frozenset[str]] = []
    compile_one = MaskReader._compiled

    def counted(reader: MaskReader[Any], name: str, source: str, **scope: Any) -> Any:
        found.append(frozenset(table.id for table in reader.tables))
        return compile_one(reader, name, source, **scope)

    monkeypatch.setattr(MaskReader, "_compiled", counted)
    return found


def _changed() -> RevisitPolicy:
    """A policy that nobody has asked anything yet, with one rule replaced."""
    policy = cn_housing.policy()
    rule = policy.rule("overdue-270")
    return policy.replacing(attrs.evolve(rule, when=facts.days_past_due > 260))


def test_a_table_of_a_changed_policy_asks_only_what_leads_to_it(compiled: list[frozenset[str]]) -> None:
    policy = _changed()
    assert policy.grade(days_past_due=261).outcome is Grade.DOUBTFUL
    assert set(compiled) == {frozenset({"grade"})}
    compiled.clear()
    policy.measures(days_past_due=261)
    assert set(compiled) == {frozenset(policy.measures.graph.by_id)}


def test_a_table_that_was_asked_once_is_compiled_no_more(compiled: list[frozenset[str]]) -> None:
    policy = _changed()
    policy.measures(days_past_due=91)
    before = len(compiled)
    assert before > 0
    for days in range(20):
        policy.measures(days_past_due=days)
        assert policy.measures.graph is policy.measures.graph
    assert len(compiled) <= before + 1  # complete facts and facts with gaps have a reader each


def test_every_table_of_a_policy_rests_on_no_table_that_it_does_not_read() -> None:
    policy = cn_housing.policy()
    for name, table in policy.bound_tables.items():
        read = {name, *(bar for _, bar in table._barring)}
        waiting = list(read)
        while waiting:
            waiting += (found := {earlier for earlier in policy.graph.by_id[waiting.pop()].reads if earlier in policy.graph.by_id} - read)
            read |= found
        assert set(table.graph.by_id) == read, name
    assert len(policy.grade.graph.by_id) < len(policy.measures.graph.by_id) < len(policy.graph.by_id)


def test_the_first_day_of_a_condition_is_worked_out_once_a_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[tuple[int, Date | None]] = Counter()
    work_out = Beginnings._of

    def counted(beginnings: Beginnings, condition: Condition, *, recorded: Date | None) -> Date | None:
        asked[id(condition), recorded] += 1
        return work_out(beginnings, condition, recorded=recorded)

    monkeypatch.setattr(Beginnings, "_of", counted)
    decision = cn_housing.policy().decide(case(days_past_due=91, missed_consecutive=3, seized=True, impaired=True), on=ON)
    assert {SignalCode.NPL, SignalCode.SEIZURE, SignalCode.IMPAIRED} <= {signal.code for signal in decision.signals}
    assert decision.schedule.next is not None
    assert set(asked.values()) == {1}  # the signal asks for it, what it makes due, and the measures that rest on it
