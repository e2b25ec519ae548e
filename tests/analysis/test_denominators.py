"""Witnesses of ratios whose denominators are small: each lies in its domain, and there is one wherever there is a value."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.language.loan_facts import WHY, rule, table

from revisit_policy import Fact, analysis

LIMITS = st.fractions(min_value=0, max_value=2, max_denominator=12)
ENDS = st.tuples(st.fractions(min_value=0, max_value=1, max_denominator=7), st.fractions(min_value=1, max_value=2, max_denominator=7))
OPERATORS = st.sampled_from((">", ">=", "<", "<="))


def _values(low: Fraction, high: Fraction, denominator: int) -> set[Fraction]:
    found = {Fraction(over, under) for under in range(1, denominator + 1) for over in range(2 * under + 1)}
    return {value for value in found if low <= value <= high}


@given(st.integers(1, 12), ENDS, st.lists(st.tuples(OPERATORS, LIMITS), min_size=1, max_size=4))
def test_an_outcome_can_be_reached_just_where_a_ratio_of_the_domain_reaches_it(
    denominator: int, ends: tuple[Fraction, Fraction], cuts: list[tuple[str, Fraction]]
) -> None:
    ratio = Fact.ratio("q", low=str(ends[0]), high=str(ends[1]), denominator=denominator, label=WHY)
    compare = {">": ratio.__gt__, ">=": ratio.__ge__, "<": ratio.__lt__, "<=": ratio.__le__}
    values = _values(*ends, denominator)
    limits = [(op, min(values, key=lambda value: abs(value - limit))) for op, limit in cuts]
    names = ("none", *(f"r{at}" for at in range(len(cuts))))
    asked = table(*(rule(f"r{at}", compare[op](limit), f"r{at}") for at, (op, limit) in enumerate(limits)), outcomes=names, otherwise="none")
    reached = {asked(q=value).outcome for value in values}
    for name in names:
        found = analysis.can(asked, name)
        assert found.is_proved is (name not in reached)
        for finding in found:
            assert finding.witness is not None
            assert asked(**finding.witness.facts).outcome == name
            assert finding.witness.facts["q"] in values


def test_a_witness_of_quarters_is_a_quarter_or_plainer() -> None:
    quarters = Fact.ratio("q", low="0", high="1", denominator=4, label=WHY)
    (found,) = analysis.can(table(rule("over", quarters > "1/3", "b")), "a")
    assert found.witness is not None
    assert found.witness.facts["q"] in _values(Fraction(0), Fraction(1, 3), 4)
