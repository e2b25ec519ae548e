"""What is no condition: equality with a plain value, comparisons without parentheses, limits beyond what can be meant."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.loan_facts import FACTS, HOUSE, WHY, days, impaired, job, ltv, misuse, principal, rule, standing, table

from revisit_policy import Fact, Grade, Rule, cny
from revisit_policy.errors import InvalidPolicyError, InvalidValueError

PLAIN = (None, True, 0, 90, 0.5, "poor", Decimal("0.8"), Fraction(4, 5), dt.date(2026, 1, 1), cny(1), Grade.NORMAL)


@given(st.sampled_from(sorted(FACTS)), st.sampled_from(PLAIN), st.sampled_from((operator.eq, operator.ne)), st.booleans())
def test_a_fact_is_never_equal_to_a_plain_value(name: str, value: Any, compare: Callable[[Any, Any], object], turned: bool) -> None:
    fact = FACTS[name]
    with pytest.raises(InvalidPolicyError, match=f"`{name}`: `==` and `!=` with .* make no condition; ask `{name}"):
        compare(*((value, fact) if turned else (fact, value)))


@given(st.sampled_from(sorted(FACTS)), st.sampled_from(sorted(FACTS)))
def test_facts_are_equal_by_what_they_are(one: str, other: str) -> None:
    copy = attrs.evolve(FACTS[other], name=other)
    assert (FACTS[one] == copy) is (one == other)
    assert (FACTS[one] != copy) is (one != other)
    assert len({FACTS[one], copy}) == 2 - (one == other)
    assert attrs.evolve(copy, label=WHY) != FACTS[other]


def test_a_fact_is_merely_different_from_what_is_no_value() -> None:
    assert days != [90]
    assert days != object()
    assert days not in ([], (90,))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        pytest.param(lambda: days == 90, "days.between(low, high)", id="a count"),
        pytest.param(lambda: standing == "poor", "standing.is_in(...)", id="a choice"),
        pytest.param(lambda: misuse == True, "misuse.is_true()", id="a flag"),  # noqa: E712 - what is refused
        pytest.param(lambda: job == None, "job.is_missing()", id="nothing"),  # noqa: E711 - what is refused
        pytest.param(lambda: table().outcome != "a", "t.is_in(...)", id="an outcome"),
    ],
)
def test_the_refusal_says_what_to_ask_instead(written: Callable[[], object], asked: str) -> None:
    with pytest.raises(InvalidPolicyError) as found:
        written()
    assert asked in str(found.value)


def test_rules_of_which_one_follows_a_fact_can_be_compared() -> None:
    base = table()
    follows, says = rule("r", days > 1, base.outcome), rule("r", days > 1, "a")
    assert follows != says
    assert follows == rule("r", days > 1, base.outcome)
    assert rule("r", days > 1, 1) != Rule("r", when=days > 1, then=True, because=WHY, source=HOUSE)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param(lambda: days > 60 & ltv > "0.8", "`60 & ltv`", id="a number and a fact"),
        pytest.param(lambda: days > 60 | impaired, "`60 | impaired`", id="a number or a fact"),
        pytest.param(lambda: days > 60 & misuse.is_true(), "`60 & misuse.is_true()`", id="a number and a condition"),
        pytest.param(lambda: days > 60 | misuse.is_true(), "`60 | misuse.is_true()`", id="a number or a condition"),
        pytest.param(lambda: principal > cny(1) & ltv > "0.8", '`cny("1.00") & ltv`', id="money and a fact"),
        pytest.param(lambda: impaired & misuse, "`impaired & misuse`", id="two flags"),
        pytest.param(lambda: impaired | misuse.is_true(), "`impaired | misuse.is_true()`", id="a flag or a condition"),
    ],
)
def test_a_comparison_without_parentheses_is_told_of_them(written: Callable[[], object], shown: str) -> None:
    with pytest.raises(InvalidPolicyError) as found:
        written()
    assert str(found.value).startswith(f"`condition`: {shown} joins what is no condition; put each comparison in parentheses")


def test_a_fact_turned_round_is_told_of_is_false() -> None:
    with pytest.raises(InvalidPolicyError, match=r"`~impaired` turns a condition round.*\.is_false\(\)"):
        _ = ~impaired


def test_a_flag_beside_a_condition_is_named_and_not_written_out() -> None:
    with pytest.raises(InvalidPolicyError, match=r"`impaired` is not a condition"):
        _ = (days > 60) & impaired


BOUNDED = Fact.ratio("bounded", low="0", high="1000", limits=("0", "5"), label=WHY)


@given(st.fractions(min_value=0, max_value=1000, max_denominator=1000))
def test_a_limit_is_taken_within_its_range_and_a_value_in_the_whole_domain(value: Fraction) -> None:
    assert BOUNDED.accept(value) == value
    if value <= 5:
        assert (value < BOUNDED).limit == value  # type: ignore[union-attr] # a comparison
    else:
        with pytest.raises(InvalidValueError, match=r"compared in a rule with a limit from '0\.00' to '5\.00'"):
            _ = value < BOUNDED


def test_a_percentage_without_its_noughts_is_understood_in_the_refusal() -> None:
    with pytest.raises(InvalidValueError) as found:
        _ = BOUNDED > 80
    assert str(found.value) == "`bounded` must be compared in a rule with a limit from '0.00' to '5.00' (did you mean '0.80', that is 80.00 %?), got `80` (int)"


def test_the_range_of_limits_is_no_part_of_what_a_fact_is() -> None:
    free = attrs.evolve(BOUNDED, limits=None)
    assert free == BOUNDED
    assert hash(free) == hash(BOUNDED)
    assert repr(free) == repr(BOUNDED)
    assert (free > 80).limit == 80  # type: ignore[union-attr] # a comparison


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        pytest.param(("0",), "the least and the greatest limit", id="one"),
        pytest.param(("5", "0"), "must rise", id="falling"),
        pytest.param(("0", "2000"), "`bounded` must be a ratio from 0 to 1000", id="outside the domain"),
    ],
)
def test_a_range_of_limits_that_cannot_be_meant_is_refused(limits: Any, text: str) -> None:
    with pytest.raises((InvalidPolicyError, InvalidValueError), match=text):
        attrs.evolve(BOUNDED, limits=limits)


def test_only_what_lies_on_a_line_has_a_range_of_limits() -> None:
    with pytest.raises(InvalidPolicyError, match="this is a flag"):
        Fact.flag("f", label=WHY, limits=(False, True))
