"""The points and what is read off them: the interval of equal loans that differ in one thing, and how soon a home is valued again."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebooks.edges import BEST, IN_ORDER
from tests.rulebooks.loans import FIRST, POLICY, decide

from revisit_policy import Level, RevisitPolicy, SignalCode, Visit, analysis, cny, facts
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.rulebooks import cn_housing

POINTS: Final = POLICY.graph.by_id["points"]
OLD: Final = cn_housing.policy_2007()

#: Good standing, a margin of 30 per cent and a long term: three points.
QUIET: Final[dict[str, Any]] = {
    "visits": (FIRST, Visit(kind="periodic", method="phone", completed_on="2026-08-10", finding="satisfactory")), "valued_on": "2026-05-20",
    "credit_standing": "good", "balance": cny(770_000), "value": cny(1_100_000), "value_at_origination": cny(1_400_000),
}  # fmt: skip
ON: Final = "2026-11-24"


def points(**changes: Any) -> int:
    found: int = decide(ON, **(QUIET | changes)).verdicts["points"].outcome
    return found


def months(**changes: Any) -> int | None:
    return decide(ON, **(QUIET | changes)).interval_months


def test_a_loan_that_has_passed_no_limit_has_no_points_and_is_looked_at_once_a_year() -> None:
    assert POLICY.graph.verdicts(**(IN_ORDER | BEST))["points"].outcome == 0
    assert (points(), months()) == (3, 12)


#: What each thing adds to the points of one loan, and how often it is then looked at. A point here is a limit passed, and nothing else is.
STORIES: Final[dict[str, tuple[dict[str, Any], int, int]]] = {
    "a borrower of excellent standing": ({"credit_standing": "excellent"}, 2, 12),
    "one of average standing": ({"credit_standing": "average"}, 4, 12),
    "one of poor standing is looked at twice a year": ({"credit_standing": "poor"}, 5, 6),
    "a second home": ({"product": "second_home", "credit_standing": "average"}, 5, 6),
    "a home bought off plan": ({"product": "off_plan", "credit_standing": "average"}, 5, 6),
    "a shop": ({"product": "commercial", "credit_standing": "average"}, 5, 6),
    "a loan beside one of the provident fund": ({"product": "provident_fund_combination", "credit_standing": "average"}, 4, 12),
    "the same shop with a loan of fifteen years": ({"product": "commercial", "credit_standing": "average", "term_months": 180}, 4, 12),
    "the same second home with a loan of twenty-five": ({"product": "second_home", "credit_standing": "average", "term_months": 300}, 5, 6),
    "a large loan": ({"principal": cny(5_000_000), "balance": cny(3_500_000), "value": cny(5_000_000), "credit_standing": "average"}, 5, 6),
    "a loan in its first year": ({"disbursed_on": "2026-01-20", "signed_on": "2026-01-10", "visits": (), "credit_standing": "average"}, 5, 6),
    "prices five per cent down": ({"price_change_12m": "-0.05", "credit_standing": "average"}, 5, 6),
    "prices ten per cent down": ({"price_change_12m": "-0.10"}, 5, 6),
    "a margin of a fifth": ({"balance": cny(880_000), "credit_standing": "average"}, 5, 6),
    "debts that take two fifths of an income": ({"monthly_debt_service": cny(8_000), "credit_standing": "average"}, 5, 6),
    "one payment missed in two years": ({"missed_total_24m": 1, "credit_standing": "average"}, 5, 6),
    "four payments late in a year": ({"delays_over_5_days_12m": 4, "credit_standing": "average"}, 5, 6),
    "poor standing, five missed of twenty-four, and four delays are more often still": (
        {"credit_standing": "poor", "missed_total_24m": 5, "delays_over_5_days_12m": 4, "price_change_12m": "-0.05"}, 9, 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected", "every"), STORIES.values(), ids=STORIES)
def test_how_often_is_looked_at(changes: dict[str, Any], expected: int, every: int) -> None:
    assert (points(**changes), months(**changes)) == (expected, every)


def test_a_home_in_a_market_that_moves_fast_is_valued_twice_a_year_and_in_a_calm_one_once() -> None:
    calm, fast = (decide(ON, **(QUIET | {"price_volatility": swing})) for swing in ("0.0999", "0.10"))
    assert [found.verdicts["revaluation"].outcome for found in (calm, fast)] == [RevaluationDuty.NOT_DUE, RevaluationDuty.DUE]
    assert [(signal.code, signal.level) for signal in fast.signals] == [(SignalCode.REVALUATION_DUE, Level.BLUE)]
    assert decide(ON, **(QUIET | {"price_volatility": "0.10", "valued_on": "2026-05-24"})).signals == ()
    assert calm.interval_months == fast.interval_months


#: The facts that have points, and which way is worse.
WORSE: Final[list[tuple[Fact, Any]]] = [
    *((fact, "higher") for fact in (facts.credit_standing, facts.ltv_now, facts.missed_total_24m, facts.delays_over_5_days_12m, facts.total_dsr, facts.term_months, facts.principal)),
    (facts.price_change_12m, "lower"),
    (facts.months_on_book, "lower"),
]


@pytest.mark.parametrize("table", ["points", "interval"])
def test_no_fact_that_gets_worse_takes_a_point_away_or_lengthens_the_interval(table: str) -> None:
    for fact, worse in WORSE:
        assert analysis.monotone(POLICY, fact, table, worse=worse, missing=True).is_proved, fact.name


def test_every_fact_with_points_is_among_those_that_are_proved_or_has_no_worse_and_better() -> None:
    assert {fact.name for fact in POINTS.facts} == {fact.name for fact, _ in WORSE} | {"product"}


equal_facts = st.fixed_dictionaries(
    {},
    optional={
        "ltv_now": st.sampled_from(["0.3", "0.6", "0.8", "0.9", "1", None]), "price_change_12m": st.sampled_from(["0", "-0.05", "-0.10", None]),
        "product": st.sampled_from(["first_home", "second_home"]), "term_months": st.sampled_from([120, 360]), "in_observation": st.sampled_from([True, False, None]),
        "days_past_due": st.sampled_from([0, 7, 31, 91]), "missed_total_24m": st.sampled_from([0, 1, 6, None]), "total_dsr": st.sampled_from(["0.3", "0.55", None]),
    },
)  # fmt: skip
standings = st.sampled_from([("good", "poor"), ("excellent", "poor"), ("good", "average"), ("excellent", "good")])


@given(known=equal_facts, pair=standings, policy=st.sampled_from([POLICY, OLD]))
def test_equal_facts_under_poor_standing_never_give_a_longer_interval_than_under_good(known: dict[str, Any], pair: tuple[str, str], policy: RevisitPolicy) -> None:
    better, worse = pair
    said = [policy.graph.verdicts(**(IN_ORDER | known | {"credit_standing": standing}))["interval"] for standing in (better, worse)]
    assert said[1].at_worst <= said[0].at_worst
    assert said[1].outcome is None or said[0].outcome is None or said[1].outcome <= said[0].outcome


def test_a_standing_that_is_read_upside_down_gives_poor_the_longer_interval() -> None:
    """What the law above would find."""
    planted = POLICY.without("points-standing-poor")
    for name in ("good", "average"):
        planted = planted.replacing(attrs.evolve(POLICY.rule(f"points-standing-{name}"), when=facts.credit_standing <= name))
    known = IN_ORDER | {"ltv_now": "0.8", "missed_total_24m": 1}
    said = [[policy.graph.verdicts(**(known | {"credit_standing": name}))["interval"].at_worst for name in ("good", "poor")] for policy in (POLICY, planted)]
    assert [good >= poor for good, poor in said] == [True, False]


UNKNOWN: Final = {"standing": ("credit_standing", 3), "the margin": ("ltv_now", 4), "prices": ("price_change_12m", 2), "debts": ("total_dsr", 2), "missed periods": ("missed_total_24m", 3)}


@pytest.mark.parametrize(("fact", "span"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_nobody_has_looked_up_widens_the_points_by_its_own_and_no_more(fact: str, span: int) -> None:
    assert POLICY.graph.verdicts(**(IN_ORDER | BEST | {fact: None}))["points"].candidates == (0, span)


def test_points_are_explained_and_counted_in_the_digest() -> None:
    decision = decide(ON, **(QUIET | {"credit_standing": "poor"}))
    text = decision.explain("en")
    assert "points for coming back soon: 5" in text
    assert "credit standing poor" in text
    assert "回访积分" in decision.explain("zh")
    assert POLICY.digest != POLICY.without("points-amount").digest
