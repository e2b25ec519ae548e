"""Admission: musts, then worst first, and nobody lost."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workload.strategies import candidates

from revisit_policy.errors import InvalidInputError
from revisit_policy.values.dates import Date, add_months
from revisit_policy.workload import Admission, AdmittedBecause, Candidate, LeftOutBecause, admit

ON, UNTIL = Date(2027, 1, 1), Date(2027, 3, 31)
capacities = st.fractions(0, 8, max_denominator=12)


def _admit(book: list[Candidate], **more: object) -> Admission:
    return admit(book, on=ON, until=UNTIL, **{"capacity": 3, "cooldown_months": 9, "longest_months": 36, **more})  # type: ignore[arg-type]


def _is_must(each: Candidate) -> bool:
    return (each.must and not each.by_data) or each.sampled or add_months(each.since, 36) <= UNTIL


@given(candidates(), capacities, st.fractions(0, 1, max_denominator=5))
def test_every_candidate_stands_in_one_list_with_its_reason(book: list[Candidate], capacity: Fraction, carried: Fraction) -> None:
    found = _admit(book, capacity=capacity, carried=carried)
    assert sorted([*found.loans, *(each.candidate.loan_no for each in found.left_out)]) == sorted(each.loan_no for each in book)
    for each in found.admitted:
        assert (each.because is AdmittedBecause.WORST_FIRST) is not _is_must(each.candidate)
        assert each.because is not AdmittedBecause.WORST_FIRST or not each.candidate.by_data
    for left in found.left_out:
        assert not _is_must(left.candidate)
        assert (left.because is LeftOutBecause.BY_DATA) is left.candidate.by_data
        assert (left.until is not None) is (left.because is LeftOutBecause.COOLING_DOWN)
        assert left.until is None or left.until == add_months(left.candidate.since, 9) > ON


@given(candidates(), capacities, st.fractions(0, 1, max_denominator=5))
def test_a_capacity_is_used_up_and_never_exceeded_but_by_musts(book: list[Candidate], capacity: Fraction, carried: Fraction) -> None:
    found = _admit(book, capacity=capacity, carried=carried)
    musts = sum(map(_is_must, book))
    waiting = [left for left in found.left_out if left.because is LeftOutBecause.CAPACITY]
    assert len(found.admitted) <= max(musts, floor(capacity + carried))
    assert not waiting or len(found.admitted) >= floor(capacity + carried)
    assert 0 <= found.carried <= 1
    assert found.overspent == max(0, musts - floor(capacity + carried))
    assert not waiting or found.overspent or found.carried == capacity + carried - len(found.admitted)


@given(candidates())
def test_nobody_left_for_want_of_capacity_is_worse_than_somebody_admitted(book: list[Candidate]) -> None:
    found = _admit(book)
    chosen = [each.candidate for each in found.admitted if each.because is AdmittedBecause.WORST_FIRST]
    left = [each.candidate for each in found.left_out if each.because is LeftOutBecause.CAPACITY]
    ranks = [(each.points, each.then) for each in (*chosen, *left)]
    assert ranks == sorted(ranks, reverse=True)


@given(candidates(), st.randoms())
def test_the_order_of_the_rows_changes_nothing(book: list[Candidate], shuffle: object) -> None:
    other = list(book)
    shuffle.shuffle(other)  # type: ignore[attr-defined] # a random.Random
    assert set(_admit(book).loans) == set(_admit(other).loans)


@given(candidates(), capacities, st.integers(0, 2))
def test_more_capacity_admits_all_that_less_admits(book: list[Candidate], capacity: Fraction, more: int) -> None:
    assert set(_admit(book, capacity=capacity).loans) <= set(_admit(book, capacity=capacity + more).loans)


@given(candidates(most=20), st.fractions("1/3", 3, max_denominator=6))
def test_over_many_quarters_a_gap_is_never_longer_than_the_longest_and_spend_is_exact(book: list[Candidate], capacity: Fraction) -> None:
    book = [attrs.evolve(each, must=False, sampled=False, since=max(each.since, Date(2024, 2, 1))) for each in book]
    carried, spent, musts, day = Fraction(0), 0, 0, ON
    for _ in range(24):
        until = Date.fromordinal(add_months(day, 3).toordinal() - 1)
        found = admit(book, on=day, until=until, capacity=capacity, carried=carried, cooldown_months=6, longest_months=36)
        carried, spent = found.carried, spent + len(found.admitted)
        musts += sum(each.because is AdmittedBecause.LONGEST_GAP for each in found.admitted)
        visited = set(found.loans)
        assert all(add_months(each.since, 36) > until for each in book if each.loan_no not in visited)
        book = [attrs.evolve(each, since=day) if each.loan_no in visited else each for each in book]
        day = add_months(day, 3)
    assert spent <= 24 * capacity + musts


def test_ties_go_to_the_second_fact_and_then_to_the_lot() -> None:
    since = "2026-01-15"
    book = [Candidate(f"L-{n}", points=5, then="0.8", since=since) for n in range(6)] + [Candidate("L-9", points=5, then="0.81", since=since)]
    found = admit(book, on=ON, until=UNTIL, capacity=3, seed="a")
    assert found.loans[0] == "L-9"
    others = [set(admit(book, on=ON, until=UNTIL, capacity=3, seed=seed).loans) for seed in "abcdef"]
    assert len({frozenset(loans) for loans in others}) > 1


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"capacity": 2.5}, "capacity"),
        ({"capacity": "-1"}, "capacity"),
        ({"carried": "1.5"}, "carried"),
        ({"cooldown_months": 40}, "cooldown_months"),
        ({"longest_months": 0}, "longest_months"),
        ({"until": Date(2026, 12, 31)}, "until"),
        ({"on": "2027"}, "on"),
        ({"seed": ""}, "seed"),
    ],
    ids=[
        "a float capacity",
        "a capacity below nothing",
        "more carried over than one",
        "a cool-down longer than the longest gap",
        "no gap at all",
        "a period that ends before it begins",
        "no day",
        "no seed",
    ],
)
def test_wrong_terms_are_refused_by_name(changed: dict[str, object], named: str) -> None:
    with pytest.raises(InvalidInputError, match=f"`{named}`"):
        admit([], **{"on": ON, "until": UNTIL, "capacity": 3, "longest_months": 36, **changed})  # type: ignore[arg-type]


def test_a_loan_that_is_there_twice_is_refused() -> None:
    twice = [Candidate("L-1", points=1, since="2026-01-01"), Candidate("L-1", points=2, since="2026-01-01")]
    with pytest.raises(InvalidInputError, match="L-1"):
        admit(twice, on=ON, until=UNTIL, capacity=3)


def test_a_candidate_tells_all_its_faults_at_once() -> None:
    with pytest.raises(InvalidInputError) as caught:
        Candidate("", points=1.5, then=0.8, since="soon", must=1)  # type: ignore[arg-type]
    assert len(caught.value.exceptions) == 5
