"""Lots and samples: who is drawn, checked by somebody who does not have the library."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.errors import InvalidValueError, UnknownNameError
from revisit_policy.workload import draw, in_sample, lot

names = st.text(st.characters(min_codepoint=33, max_codepoint=0x4FFF, exclude_categories=["Zs", "Cc", "Cf", "Cs"]), min_size=1, max_size=8)
shares = st.fractions(0, 1, max_denominator=1000)


def test_a_lot_can_be_checked_with_nothing_but_a_hash() -> None:
    text = "9:committee4:20279:Guangzhou4:L-17"
    expected = int(hashlib.sha256(text.encode()).hexdigest()[:16], 16)
    assert lot("L-17", period="2027", seed="committee", stratum="Guangzhou") == expected


def test_two_questions_that_read_alike_when_joined_draw_different_lots() -> None:
    assert lot("23", period="1", seed="s") != lot("3", period="12", seed="s")
    assert lot("L", period="p", seed="s", stratum="t") != lot("L", period="p", seed="st")


def test_a_lot_is_the_same_in_another_process_with_another_hash_seed() -> None:
    code = "from revisit_policy.workload import lot; print(lot('L-17', period='2027', seed='s'))"
    surroundings = {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=surroundings)
    assert int(told.stdout) == lot("L-17", period="2027", seed="s")


@given(names, shares, shares)
def test_a_higher_rate_draws_all_that_a_lower_one_draws(loan: str, one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    if in_sample(loan, period="2027", rate=low, seed="s"):
        assert in_sample(loan, period="2027", rate=high, seed="s")


def test_all_are_drawn_at_one_and_none_at_nothing() -> None:
    loans = [f"L-{number}" for number in range(100)]
    assert all(in_sample(loan, period="2027", rate=1, seed="s") for loan in loans)
    assert not any(in_sample(loan, period="2027", rate=0, seed="s") for loan in loans)


def test_about_the_share_is_drawn_and_every_period_draws_anew() -> None:
    loans = [f"L-{number}" for number in range(20_000)]
    this, following = ({loan for loan in loans if in_sample(loan, period=period, rate="0.1", seed="s")} for period in ("2027", "2028"))
    assert 1_850 < len(this) < 2_150
    assert 130 < len(this & following) < 270


@given(st.dictionaries(names, st.sampled_from(["Guangzhou", "Shenzhen", "Foshan"]), max_size=40), shares)
def test_a_draw_takes_the_exact_number_and_every_stratum_its_share(book: dict[str, str], rate: Fraction) -> None:
    sample = draw(book, rate=rate, period="2027", seed="s")
    assert len(sample.loans) == ceil(rate * len(book))
    assert len(set(sample.loans)) == len(sample.loans)
    for stratum in sample.strata:
        assert abs(len(stratum.drawn) - rate * stratum.size) < 1
        assert all(book[loan] == stratum.name for loan in stratum.drawn)
        assert stratum.size == list(book.values()).count(stratum.name)


@given(st.dictionaries(names, st.sampled_from(["a", "b"]), max_size=30), st.randoms())
def test_a_draw_does_not_depend_on_the_order_of_the_book(book: dict[str, str], shuffle: object) -> None:
    loans = list(book)
    shuffle.shuffle(loans)  # type: ignore[attr-defined] # a random.Random
    assert draw(book, rate="0.3", period="p", seed="s") == draw({loan: book[loan] for loan in loans}, rate="0.3", period="p", seed="s")


def test_a_stratum_with_a_floor_gets_at_least_so_many_and_a_small_one_all_of_it() -> None:
    book = {**{f"G-{number}": "Guangzhou" for number in range(100)}, "F-1": "Foshan"}
    sample = draw(book, rate={"Guangzhou": "0.01", "Foshan": 0}, period="2027", seed="s", at_least=3)
    assert [(stratum.name, len(stratum.drawn)) for stratum in sample.strata] == [("Foshan", 1), ("Guangzhou", 3)]
    assert "F-1" in sample


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: in_sample("L", period="p", rate=0.1, seed="s"), "rate"),  # type: ignore[arg-type]
        (lambda: in_sample("L", period="p", rate="1.1", seed="s"), "rate"),
        (lambda: in_sample("", period="p", rate="0.1", seed="s"), "loan_no"),
        (lambda: lot("L", period=2027, seed="s"), "period"),  # type: ignore[arg-type]
        (lambda: draw({}, rate="0.1", period="p", seed="s", at_least=-1), "at_least"),
    ],
    ids=["a float", "more than all", "a loan without a number", "a period that is no text", "fewer than none"],
)
def test_a_wrong_draw_is_refused_and_names_the_argument(call: object, named: str) -> None:
    with pytest.raises(InvalidValueError, match=f"`{named}`"):
        call()  # type: ignore[operator]


def test_a_stratum_without_a_rate_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Guangzhou"):
        draw({"L": "Guangzhuo"}, rate={"Guangzhou": "0.1"}, period="p", seed="s")
