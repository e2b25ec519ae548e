"""Answers as flat rows: what a text says of each finding, for a frame or a file."""

from __future__ import annotations

import pytest
from tests.policy.small_policy import rule, table

from revisit_policy import UnknownNameError, analysis, facts
from revisit_policy.records import json_text

DAYS = facts.days_past_due
LEAKY = table("late", ("little", "much"), "first", rule("some", DAYS > 30, "much"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_row_says_what_the_text_says_of_a_finding(lang) -> None:
    answer = analysis.gaps(LEAKY)
    (row,) = answer.to_rows(lang)
    assert list(row) == ["kind", "finding", "where", "example", "is_shown"]
    assert (row["kind"], row["is_shown"]) == ("Gap", True)
    told = answer.explain(lang)
    assert all(str(row[name]) in told for name in ("finding", "where", "example"))
    assert json_text(list(answer.to_rows(lang)))


def test_what_no_case_file_shows_stands_last_and_says_so() -> None:
    changed = table("late", ("little", "much"), "first", rule("some", DAYS > 60, "much"), otherwise="little")
    diff = analysis.diff(table("late", ("little", "much"), "first", rule("some", DAYS > 30, "much"), otherwise="little"), changed)
    rows = diff.to_rows()
    assert [row["is_shown"] for row in rows] == [True] * len(diff.findings) + [False] * len(diff.abstract)
    assert {row["kind"] for row in rows} == {"Change"}


def test_what_is_proved_has_no_rows_and_a_language_that_is_none_is_refused() -> None:
    assert analysis.gaps(table("late", ("little", "much"), "first", rule("some", DAYS > 30, "much"), otherwise="little")).to_rows() == ()
    with pytest.raises(UnknownNameError, match="unknown language `fr`"):
        analysis.gaps(LEAKY).to_rows("fr")
