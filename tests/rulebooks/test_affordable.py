"""How often the rulebook looks at the book that the demo makes up: no interval holds most of the loans that perform."""

from __future__ import annotations

import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Final

from revisit_policy import Decision, Grade
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import to_date

DEMO: Final = Path(__file__).parents[2] / "docs" / "examples" / "revisits"
ON: Final = to_date("2026-11-23")


def test_no_interval_holds_more_than_three_fifths_of_the_loans_that_perform() -> None:
    sys.path.insert(0, str(DEMO))
    try:
        from made_up_book import made_up_book  # type: ignore[import-not-found] # a script of the documents
    finally:
        sys.path.remove(str(DEMO))
    results = cn_housing.rulebook.iter_decide(made_up_book(400, on=ON), on=ON)
    intervals = Counter(result.interval_months for result in results if isinstance(result, Decision) and result.grade <= Grade.SPECIAL_MENTION)
    assert set(intervals) == {3, 6, 12}
    assert max(intervals.values()) <= Fraction(3, 5) * intervals.total()
