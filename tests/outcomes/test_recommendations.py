"""A measure for one loan, by when, by whom, on what condition."""

from __future__ import annotations

import pytest

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.outcomes.checklist import Checklist
from revisit_policy.outcomes.measure import Measure, OwnerRole
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.dates import Date

MANUAL = Citation(document=("贷后管理手册", "post-loan manual"), standing=Standing.BANK_PRACTICE)
LAW = Citation(document=("民法典", "Civil Code"), article="188", standing=Standing.REGULATION)
BY = Date(2026, 11, 30)


LIMITATION = MeasureNote("litigate", owner="legal_counsel", warning=("注意时效", "mind the limitation"), sources=(MANUAL,))


def test_a_recommendation_says_what_the_note_of_its_measure_says() -> None:
    made = Recommendation.of(LIMITATION, by=BY, rules=("a-rule",), sources=(LAW,))
    assert (made.measure, made.owner, made.precondition, made.warning) == (Measure.LITIGATE, OwnerRole.LEGAL_COUNSEL, None, LIMITATION.warning)
    assert made.sources == (LAW, MANUAL)
    assert (made.by, made.rules) == (BY, ("a-rule",))


def test_a_source_that_rule_and_note_share_is_cited_once() -> None:
    assert Recommendation.of(LIMITATION, by=BY, sources=(MANUAL, LAW)).sources == (MANUAL, LAW)


def test_of_a_measure_without_a_word_nobody_is_named() -> None:
    made = Recommendation.of(MeasureNote("monitor"), by=BY)
    assert (made.owner, made.precondition, made.warning, made.sources) == (None, None, None, ())


def test_a_recommendation_can_be_written_with_codes() -> None:
    made = Recommendation("litigate", by="2026-11-30", owner="legal_counsel", warning=("注意时效", "mind the limitation"))
    assert (made.measure, made.by, made.owner) == (Measure.LITIGATE, BY, OwnerRole.LEGAL_COUNSEL)


def test_a_recommendation_reports_all_that_is_wrong_with_it_together() -> None:
    with pytest.raises(InvalidInputError) as found:
        Recommendation("litigat", by="soon", owner="lawyer", rules=(1,), sources=("a book",))  # type: ignore[arg-type]
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == ["measure", "by", "owner", "rules", "sources"]
    assert "perhaps `litigate`" in str(found.value)


@pytest.mark.parametrize("note", ["litigate", Measure.LITIGATE], ids=["a code", "a measure"])
def test_a_recommendation_is_made_of_a_note(note: object) -> None:
    with pytest.raises(InvalidValueError, match="must be a MeasureNote, got"):
        Recommendation.of(note, by=BY)  # type: ignore[arg-type]


def test_a_note_reports_all_that_is_wrong_with_it_together() -> None:
    with pytest.raises(InvalidInputError) as found:
        MeasureNote("litigat", owner="lawyer", warning="mind", sources=(1,))  # type: ignore[arg-type]
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == ["measure", "owner", "warning", "sources"]
    assert "perhaps `litigate`" in str(found.value)


def test_a_checklist_reports_all_that_is_wrong_with_it_together() -> None:
    with pytest.raises(InvalidInputError) as found:
        Checklist("frist", ["look"])  # type: ignore[list-item]
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == ["kind", "items"]
    assert "perhaps `first`" in str(found.value)
