"""Visits, candidates and books of points, small enough for brute force."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.workload import Candidate, DueVisit

#: A stretch with a holiday, made-up weekends and ordinary weeks: the Spring Festival of 2026.
FIRST = Date(2026, 2, 9).toordinal()
WORKING = tuple(day for day in (from_ordinal(FIRST + at) for at in range(40)) if CHINA.is_working(day))


ONE, NONE = st.just(1), st.just(0)


@st.composite
def due_visits(draw: st.DrawFn, *, most: int = 6, officers: Any = ONE, urgency: Any = NONE) -> list[DueVisit]:
    found = []
    for number in range(draw(st.integers(0, most))):
        first, last = sorted((draw(st.sampled_from(WORKING[:6])), draw(st.sampled_from(WORKING[:6]))))
        found.append(DueVisit(f"L-{number}", opens=first, closes=last, officers=draw(officers), urgency=draw(urgency)))
    return found


@st.composite
def candidates(draw: st.DrawFn, *, most: int = 12) -> list[Candidate]:
    return [
        Candidate(
            f"L-{number}",
            points=draw(st.integers(0, 3)),
            then=draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(2, 3)])),
            since=from_ordinal(Date(2026, 11, 30).toordinal() - draw(st.integers(0, 1500))),
            must=draw(st.integers(0, 9)) == 0,
            sampled=draw(st.integers(0, 9)) == 9,
            by_data=draw(st.integers(0, 3)) == 3,
        )
        for number in range(draw(st.integers(0, most)))
    ]


books = st.dictionaries(st.integers(-5, 15), st.integers(0, 40), min_size=1, max_size=8).filter(lambda book: sum(book.values()) > 0)
