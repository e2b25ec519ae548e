"""Quotas: cut-offs as loose as a capacity allows, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.workload.strategies import books

from revisit_policy.errors import InvalidInputError
from revisit_policy.language.fact import Fact
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label
from revisit_policy.workload import Quota, quota

MONTHS, STEPS = (36, 24, 12, 9), (2, 5)
OURS = Citation(standing="proposal")


def _spend(book: dict[int, int], first: int) -> Fraction:
    """Written out a second time: which interval each loan has."""
    total = Fraction(0)
    for points, loans in book.items():
        months = 36 if points < first else 24 if points < first + 2 else 12 if points < first + 5 else 9
        total += loans * Fraction(12, months)
    return total / sum(book.values())


def _quota(book: dict[int, int], capacity: Fraction | str) -> Quota:
    return quota(book, months=MONTHS, steps=STEPS, capacity=capacity)


@given(books, st.fractions("1/3", 2, max_denominator=50))
def test_expected_keeps_within_the_capacity_and_one_looser_does_not(book: dict[int, int], capacity: Fraction) -> None:
    found = _quota(book, capacity)
    assert found.expected <= capacity
    assert found.one_looser is None or found.one_looser > capacity
    assert found.expected == _spend(book, found.cuts[0])
    assert found.one_looser is None or found.one_looser == _spend(book, found.cuts[0] - 1)


@given(books, st.fractions("1/3", 2, max_denominator=50))
def test_no_other_first_cut_spends_more_within_the_capacity(book: dict[int, int], capacity: Fraction) -> None:
    allowed = [spend for first in range(-20, 30) if (spend := _spend(book, first)) <= capacity]
    assert _quota(book, capacity).expected == max(allowed)


def test_what_is_reserved_is_spent_otherwise() -> None:
    book = {0: 600, 2: 250, 4: 100, 7: 50}
    assert quota(book, months=MONTHS, steps=STEPS, capacity="0.67", reserved="0.17").cuts == _quota(book, "0.5").cuts


@given(books, st.fractions("1/3", 2, max_denominator=50))
def test_the_table_says_what_the_quota_says(book: dict[int, int], capacity: Fraction) -> None:
    found = _quota(book, capacity)
    assume(found.cuts[0] > -30)
    points = Fact.count("points", low=-100, high=100, label=Label("积分", "points"))
    table = found.table(points, label=Label("间隔", "interval"), source=OURS)
    for each in range(-12, 25):
        assert table(points=each).outcome == found.months_of(each)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"capacity": 0.5}, "capacity"),
        ({"capacity": "0.3"}, "capacity"),
        ({"months": (12,)}, "months"),
        ({"months": (12, 24, 36, 48)}, "months"),
        ({"steps": (2,)}, "steps"),
        ({"steps": (5, 2)}, "steps"),
        ({"book": {}}, "book"),
        ({"book": {1: 0}}, "book"),
        ({"book": {1: -1}}, "book"),
        ({"reserved": "-0.1"}, "reserved"),
    ],
    ids=[
        "a float",
        "less than the longest intervals take",
        "one interval",
        "intervals that grow with points",
        "a cut too few",
        "steps that fall",
        "no book",
        "a book without loans",
        "loans below nothing",
        "less than nothing reserved",
    ],
)
def test_wrong_terms_are_refused_by_name(changed: dict[str, object], named: str) -> None:
    with pytest.raises(InvalidInputError, match=f"`{named}`"):
        quota(**{"book": {0: 10}, "months": MONTHS, "steps": STEPS, "capacity": 1, **changed})  # type: ignore[arg-type]
