"""A measure for one loan, by when, by whom, on what condition."""

from __future__ import annotations

import pytest

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.outcomes.measure import Measure, OwnerRole
from revisit_policy.outcomes.measure_notes import MEASURE_NOTES
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.dates import Date

MANUAL = Citation(document=("贷后管理手册", "post-loan manual"), standing=Standing.BANK_PRACTICE)
BY = Date(2026, 11, 30)


@pytest.mark.parametrize("measure", Measure, ids=str)
def test_a_recommendation_says_what_the_note_of_its_measure_says(measure: Measure) -> None:
    note, made = MEASURE_NOTES[measure], Recommendation.of(measure, by=BY, rules=("a-rule",), sources=(MANUAL,))
    assert (made.owner, made.precondition, made.warning) == (note.owner, note.precondition, note.warning)
    assert made.sources == (MANUAL, *note.sources)
    assert (made.by, made.rules) == (BY, ("a-rule",))


def test_a_source_that_rule_and_note_share_is_cited_once() -> None:
    shared = MEASURE_NOTES[Measure.LITIGATE].sources
    assert Recommendation.of(Measure.LITIGATE, by=BY, sources=shared).sources == shared


def test_a_recommendation_can_be_written_with_codes() -> None:
    made = Recommendation("litigate", by="2026-11-30", owner="legal_counsel", warning=("注意时效", "mind the limitation"))
    assert (made.measure, made.by, made.owner) == (Measure.LITIGATE, BY, OwnerRole.LEGAL_COUNSEL)


def test_a_recommendation_reports_all_that_is_wrong_with_it_together() -> None:
    with pytest.raises(InvalidInputError) as found:
        Recommendation("litigat", by="soon", owner="lawyer", rules=(1,), sources=("a book",))  # type: ignore[arg-type]
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == ["measure", "by", "owner", "rules", "sources"]
    assert "perhaps `litigate`" in str(found.value)


def test_a_note_is_looked_up_for_a_measure_and_not_for_its_code() -> None:
    with pytest.raises(InvalidValueError, match="must be a Measure, got `'litigate'`"):
        Recommendation.of("litigate", by=BY)  # type: ignore[arg-type]
