"""What can be asked: one answer for analysis, the testing kit and frames."""

from __future__ import annotations

from typing import Any, Final

import pytest
from tests.policy.small_policy import CASE, case_with, small_policy, small_rulebook

from revisit_policy import DecisionGraph, InvalidPolicyError, InvalidValueError, analysis, frames
from revisit_policy.analysis.study import graph_of as analysed
from revisit_policy.frames.subject import subject_of
from revisit_policy.language.verdicts.asked import graph_in, versions_in
from revisit_policy.testing.subject import graph_of as graph_tested

POLICY: Final = small_policy()
ONE_GRAPH: Final[dict[str, Any]] = {"a table": POLICY.grade.table, "a bound table": POLICY.grade, "a graph": POLICY.grade.graph}


@pytest.mark.parametrize("asked", [*ONE_GRAPH.values(), POLICY], ids=[*ONE_GRAPH, "a policy"])
def test_analysis_tests_and_frames_ask_one_graph(asked: Any) -> None:
    graph = graph_in(asked)
    assert graph is not None
    assert analysed(asked) == graph_tested(asked) == graph
    assert subject_of(asked).editions[0].graph == (POLICY.case_graph if asked is POLICY else graph)
    assert list(versions_in(asked)) == [""]


@pytest.mark.parametrize("asked", [None, 1, "grade", DecisionGraph, type(POLICY)])
def test_what_cannot_be_asked_is_refused_by_all_three(asked: Any) -> None:
    assert graph_in(asked) is None
    with pytest.raises(InvalidPolicyError, match="expected a table, a decision graph or a policy"):
        analysed(asked)
    with pytest.raises(InvalidValueError, match="must be a table, a decision graph or a policy"):
        graph_tested(asked)
    with pytest.raises(InvalidValueError, match="must be a Rulebook, a RevisitPolicy or a DecisionGraph"):
        subject_of(asked)


def test_a_rulebook_is_asked_edition_by_edition() -> None:
    book = small_rulebook()
    assert list(versions_in(book)) == ["OLD", "NEW"]
    found = analysis.dead_rules(book)
    single = [analysis.dead_rules(edition.policy) for edition in book.editions]
    assert [each.rule.id for each in found] == [each.rule.id for answer in single for each in answer]
    counts = [f"edition `{edition.id}`: {len(answer)} found" for edition, answer in zip(book.editions, single, strict=True)]
    assert [note.en for note in found.notes][-2:] == counts
    assert analysis.gaps(book).is_proved
    assert analysis.check(book).is_proved == all(analysis.check(edition.policy).is_proved for edition in book.editions)


@pytest.mark.parametrize("asked", [POLICY.grade, POLICY.grade.table], ids=["a bound table", "a table"])
def test_a_frame_is_decided_by_one_table(asked: Any) -> None:
    book = frames.from_cases([CASE, case_with(days_past_due=91)])
    assert frames.label(asked, frames.decide(asked, book, on="2026-06-01"))["grade"].to_list() == ["pass", "substandard"]
