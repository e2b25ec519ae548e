"""Whatever the figures and whatever is unknown: a worse fact never makes a grade, an interval, a trigger or a method milder."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.rulebooks.edges import IN_ORDER
from tests.rulebooks.test_parameters import OTHERWISE

from revisit_policy import RevisitPolicy, SignalCode
from revisit_policy.language.verdicts.verdict import Verdicts
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.rulebooks import cn_housing

#: Values from mild to severe, at the figures as shipped and as tuned, and a step beside them.
FROM_MILD_TO_SEVERE: Final[dict[str, list[Any]]] = {
    "days_past_due": [0, 1, 5, 6, 7, 8, 25, 26, 30, 31, 55, 56, 60, 61, 89, 90, 91, 170, 171, 180, 181, 260, 261, 270, 271, 350, 351, 360, 361, 900],
    "ltv_now": ["0.30", "0.55", "0.5501", "0.60", "0.6001", "0.7499", "0.75", "0.7999", "0.80", "0.85", "0.8999", "0.90", "1", "1.0001", "3"],
    "housing_dsr": ["0.10", "0.45", "0.4501", "0.50", "0.5001", "2"],
    "total_dsr": ["0.10", "0.3999", "0.40", "0.52", "0.5201", "0.55", "0.5501", "3"],
    "credit_standing": ["excellent", "good", "average", "poor"],
    "income_change": ["0.10", "-0.1499", "-0.15", "-0.1999", "-0.20", "-0.90"],
    "price_change_12m": ["0.05", "-0.0399", "-0.04", "-0.0499", "-0.05", "-0.0799", "-0.08", "-0.0999", "-0.10", "-0.50"],
    "price_volatility": ["0", "0.0799", "0.08", "0.0999", "0.10", "1"],
    "missed_consecutive": [0, 1, 2, 3, 5, 6, 12],
    "missed_total_24m": [0, 1, 2, 3, 5, 6, 20],
    "delays_over_5_days_12m": [0, 3, 4, 5, 12],
    "months_begun_since_valuation": [1, 6, 7, 10, 11, 12, 13, 40],
    "days_since_registrable": [0, 80, 81, 90, 91, 400],
    "failed_contacts": [0, 1, 2, 3, 4, 9],
    "ecl_ratio": ["0", "0.4499", "0.45", "0.50", "0.8499", "0.85", "0.90", "1"],
    "determined_grade": ["unclassified", "normal", "special_mention", "substandard", "doubtful", "loss"],
    "months_clean_since_cure": [12, 9, 8, 7, 6, 5, 0],
    "technical_cause_proved": [True, False],
    "co_borrower_paying": [True, False],
}

FLAGS: Final = (
    "misuse_of_funds", "refinanced", "impaired", "in_observation", "restructured_again", "lost_contact", "deceased",
    "other_bad_debt", "debt_evasion", "bankruptcy", "seized", "project_stalled", "collateral_damaged",
)

FROM_MILD_TO_SEVERE.update((name, [False, True]) for name in FLAGS)

#: Figures of every kind, each of which moves a table that others read.
TUNED: Final = (
    "technical_grace_days", "days_second_notice", "days_substandard", "ecl_loss", "upgrade_strategy", "months_standard", "months_restructured",
    "points_standard", "orange_working_days", "ltv_thin", "price_fall", "lost_contact_attempts", "revaluation_months",
)

cases = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from([*values, None]) for name, values in FROM_MILD_TO_SEVERE.items()}
    | {
        "employment": st.sampled_from(["salaried", "unemployed", None]),
        "registration_state": st.sampled_from(["registered", "pre_registered", "none", None]),
        "product": st.sampled_from(["first_home", "second_home"]),
        "term_months": st.sampled_from([120, 300, 360]),
        "months_on_book": st.sampled_from([3, 11, 12, 27]),
        "principal": st.sampled_from([IN_ORDER["principal"], OTHERWISE["large_principal"], cn_housing.DEFAULTS.large_principal]),
        "visit_kind": st.sampled_from(["first", "periodic", "triggered", "revaluation"]),
    },
)


@cache
def tuned(figure: str | None, *, old: bool) -> RevisitPolicy:
    """The policy as shipped, or with one figure tuned."""
    parameters = cn_housing.DEFAULTS if figure is None else attrs.evolve(cn_housing.DEFAULTS, **{figure: OTHERWISE[figure]})
    return (cn_housing.policy_2007 if old else cn_housing.policy)(parameters)


def strictest(verdicts: Verdicts) -> Deadline | None:
    return max((trigger.deadline for trigger in verdicts["triggers"].outcome), default=None)


def assert_no_milder(before: Verdicts, after: Verdicts, *, is_handed_over: bool) -> None:
    """Nothing is milder; where the loan *is handed over* by the step, its periodic visit may be by file, because somebody goes there at once."""
    if is_handed_over:
        assert SignalCode.NPL in {trigger.code for trigger in after["triggers"].outcome}
    for table in ("difficulty", "grade", "level", "revaluation", *(() if is_handed_over else ("method",))):
        assert after[table].outcome >= before[table].outcome, table
        assert after[table].at_worst >= before[table].at_worst, table
    assert after["points"].at_worst >= before["points"].at_worst
    assert after["interval"].at_worst <= before["interval"].at_worst
    for table in ("signals", "triggers"):
        assert set(before[table].outcome) <= set(after[table].outcome), table
        assert set(before[table].at_worst) <= set(after[table].at_worst), table
    first, then = strictest(before), strictest(after)
    assert first is None or (then is not None and then >= first)


@pytest.mark.parametrize("fact", FROM_MILD_TO_SEVERE)
@given(data=st.data(), rest=cases, figure=st.sampled_from([None, *TUNED]), old=st.booleans())
def test_a_worse_fact_never_makes_anything_milder(fact: str, data: st.DataObject, rest: dict[str, Any], figure: str | None, old: bool) -> None:
    values = FROM_MILD_TO_SEVERE[fact]
    worse = data.draw(st.integers(min_value=1, max_value=len(values) - 1))
    milder = data.draw(st.integers(min_value=0, max_value=worse - 1))
    graph = tuned(figure, old=old).graph
    asked = {each.name for each in graph.facts}  # a figure may take the last rule that reads a fact with it
    others = {name: value for name, value in (IN_ORDER | rest).items() if name in asked}
    assume(fact in asked)
    limit = OTHERWISE["days_substandard"] if figure == "days_substandard" else cn_housing.DEFAULTS.days_substandard
    is_handed_over = fact == "days_past_due" and others["visit_kind"] == "periodic" and values[milder] <= limit < values[worse]
    before, after = graph.verdicts(**(others | {fact: values[milder]})), graph.verdicts(**(others | {fact: values[worse]}))
    assert_no_milder(before, after, is_handed_over=is_handed_over)
