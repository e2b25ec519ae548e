"""Training material that is always true of the policy in force: whatever the policy says of visits is in it, in the language asked."""

from __future__ import annotations

import attrs
import pytest
from tests.policy.small_policy import CASE, small_policy

from revisit_policy import Label, Signal, UnknownNameError
from revisit_policy.outcomes import Checklist, SignalCode, VisitKind
from revisit_policy.revisit import playbook
from revisit_policy.rulebooks import cn_housing

POLICY = cn_housing.policy()
RAISED = [(rule, rule.then) for rule in POLICY.signals.table.rules if isinstance(rule.then, Signal)]
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])


def _whole(lang: str) -> str:
    return playbook(POLICY, lang, conduct=cn_housing.REPORT_RULES, care=cn_housing.CARE)


@LANGS
def test_every_item_document_and_skill_of_every_checklist_is_asked(lang: str) -> None:
    text = _whole(lang)
    for each in POLICY.words.checklists:
        assert all(said.text(lang) in text for said in (*each.items, *each.documents, *((each.skill,) if each.skill else ())))


@LANGS
def test_every_warning_that_can_be_raised_tells_when_and_which_facts_settle_it(lang: str) -> None:
    text = _whole(lang)
    for rule, signal in RAISED:
        _, _, told = text.partition(f"\n### {signal.code.label(lang)}\n")
        own, _, _ = told.partition("\n### ")
        assert rule.because.text(lang) in own
        assert signal.level.label(lang) in own


@LANGS
def test_every_rule_of_conduct_stands_with_its_source(lang: str) -> None:
    for rule in cn_housing.REPORT_RULES:
        assert rule.label.text(lang) in _whole(lang)
        assert rule.source.text(lang) in _whole(lang)


@LANGS
def test_every_change_of_life_has_a_service_that_is_no_collection(lang: str) -> None:
    for change, service in cn_housing.CARE:
        assert change.text(lang) in _whole(lang)
        assert service.text(lang) in _whole(lang)


def test_a_rule_that_is_changed_changes_the_playbook() -> None:
    rule = POLICY.rule("signal-arrears-31")
    other = POLICY.replacing(attrs.evolve(rule, because=Label("逾期超过三十一天", "more than thirty-one days late")))
    assert "more than thirty-one days late" in playbook(other)
    assert "more than thirty-one days late" not in playbook(POLICY)


def test_a_policy_without_warnings_has_a_playbook_of_what_it_has() -> None:
    text = playbook(small_policy(), "en")
    assert text.startswith("# Playbook for visitors: ")
    assert "## What every visit minds" not in text


def test_a_language_that_the_policy_lacks_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="`fr`"):
        playbook(POLICY, "fr")


def _asked(*, seized: bool) -> list[str]:
    case = attrs.evolve(CASE, collateral=attrs.evolve(CASE.collateral, seized=seized))
    visit = POLICY.decide(case, on="2026-06-30").schedule.next
    assert visit is not None
    return [item.en for item in visit.checklist]


def test_a_visit_that_answers_a_seizure_asks_for_court_creditor_and_rank_and_a_usual_one_does_not() -> None:
    of_seizure = [item.en for each in POLICY.words.checklists if each.kind is SignalCode.SEIZURE for item in each.items]
    assert set(of_seizure) <= set(_asked(seized=True))
    assert not set(of_seizure) & set(_asked(seized=False))


def test_each_warning_has_a_list_of_its_own() -> None:
    lists = {each.kind: each.items for each in POLICY.words.checklists if isinstance(each.kind, SignalCode)}
    assert {signal.code for _, signal in RAISED} <= set(lists)
    assert len(set(lists.values())) == len(lists)


def test_a_code_of_a_warning_and_one_of_a_kind_make_their_checklists() -> None:
    item = Label("查", "look")
    assert [Checklist(code, [item]).kind for code in ("seizure", "first")] == [SignalCode.SEIZURE, VisitKind.FIRST]
