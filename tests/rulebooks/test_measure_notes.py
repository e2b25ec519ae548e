"""What the shipped rulebook has to say of measures, in both languages and with its sources."""

from __future__ import annotations

import re

import attrs
import pytest
from tests.rulebooks.loans import POLICY, case

from revisit_policy import Label, Measure, Standing, VisitKind
from revisit_policy.outcomes import MeasureNote
from revisit_policy.rulebooks import cn_housing

NOTES = [pytest.param(note, id=note.measure.value) for note in cn_housing.MEASURE_NOTES]
CHINESE = re.compile(r"[一-鿿]")


def test_every_measure_has_a_note_and_every_kind_of_visit_a_checklist() -> None:
    assert {note.measure for note in POLICY.measure_notes} == set(Measure)
    assert {each.kind for each in POLICY.checklists} == {*VisitKind, *POLICY.words.signals}


@pytest.mark.parametrize("note", NOTES)
def test_a_note_reads_in_both_languages(note: MeasureNote) -> None:
    texts = [text for text in (note.precondition, note.warning) if text is not None]
    assert all(type(text) is Label and CHINESE.search(text.zh) and not CHINESE.search(text.en) for text in texts)


@pytest.mark.parametrize("note", NOTES)
def test_a_note_names_who_acts_and_where_its_claims_come_from(note: MeasureNote) -> None:
    claims = note.precondition is not None or note.warning is not None
    assert note.owner is not None
    assert bool(note.sources) is claims
    assert all(source.standing is not Standing.PROPOSAL for source in note.sources)


def test_easing_the_plan_warns_of_the_restructured_asset() -> None:
    for measure in (Measure.ADJUST_REPAYMENT, Measure.EXTEND_TERM, Measure.GRACE, Measure.RESTRUCTURE):
        warning = POLICY.note_of(measure).warning
        assert warning is not None
        assert "restructured asset" in warning.en
        assert "重组资产" in warning.zh


def test_a_recommendation_repeats_the_note_of_its_measure() -> None:
    decision = POLICY.decide(case(days_past_due=95), on="2026-06-01")
    assert decision.measures
    for found in decision.measures:
        note = POLICY.note_of(found.measure)
        assert (found.owner, found.precondition, found.warning) == (note.owner, note.precondition, note.warning)
        assert set(note.sources) <= set(found.sources)


def test_without_notes_and_checklists_the_same_is_recommended_in_no_words_but_those_of_the_rules() -> None:
    bare = attrs.evolve(POLICY, measure_notes=(), checklists=())
    late = case(days_past_due=95)
    with_words, without = (policy.decide(late, on="2026-06-01") for policy in (POLICY, bare))
    assert {(found.measure, found.rules) for found in without.measures} == {(found.measure, found.rules) for found in with_words.measures}
    assert {(found.owner, found.precondition, found.warning) for found in without.measures} == {(None, None, None)}
    assert {visit.checklist for visit in without.schedule.revisits[1:]} == {()}
    assert "None" not in without.explain("en") + without.explain("zh")
