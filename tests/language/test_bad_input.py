"""Every way to write a policy or give a fact wrongly is one clear error."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

import pandas as pd
import pendulum
import pytest
from tests.language.loan_facts import FACTS, HOUSE, WHY, days, impaired, job, ltv, misuse, principal, rule, signed, standing, table

from revisit_policy import (
    ConditionTruthError,
    DecisionGraph,
    Fact,
    Fold,
    InvalidInputError,
    InvalidPolicyError,
    InvalidValueError,
    Label,
    Period,
    Rule,
    Score,
    Table,
    UnknownNameError,
    bands,
    cny,
    grid,
    unordered,
)
from revisit_policy.language.condition import ALWAYS
from revisit_policy.values.money import Money

#: What a caller without a type checker may hand over.
_UNTYPED: Final[dict[str, Any]] = {"why": "why", "law": "law"}


@pytest.mark.parametrize(
    ("compare", "named"),
    [
        pytest.param(lambda: ltv >= 0.9, "ltv", id="a float is no exact ratio"),
        pytest.param(lambda: ltv >= True, "ltv", id="a bool is no ratio"),
        pytest.param(lambda: ltv >= Decimal("Infinity"), "ltv", id="infinity is no ratio"),
        pytest.param(lambda: ltv >= float("inf"), "ltv", id="a float infinity is no ratio"),
        pytest.param(lambda: ltv >= float("nan"), "ltv", id="a NaN is no limit"),  # noqa: PLW0177 - that is the point
        pytest.param(lambda: ltv >= "10.01", "ltv", id="a ratio outside its domain"),
        pytest.param(lambda: days > 3651, "days", id="a count outside its domain"),
        pytest.param(lambda: days > 90.0, "days", id="a float is no count"),
        pytest.param(lambda: days > True, "days", id="a bool is no count"),
        pytest.param(lambda: days > "90", "days", id="text is no count"),
        pytest.param(lambda: days > None, "days", id="nothing is no limit"),
        pytest.param(lambda: principal > 1_000_000, "principal", id="a number is no money"),
        pytest.param(lambda: principal > Money.of("1.00", "USD"), "principal", id="another currency"),
        pytest.param(lambda: signed < "now", "signed", id="now is no day"),
        pytest.param(lambda: signed < "20260131", "signed", id="a day without hyphens"),
        pytest.param(lambda: signed < dt.datetime(2026, 1, 31), "signed", id="a datetime is no day"),  # noqa: DTZ001
        pytest.param(lambda: signed < pendulum.datetime(2026, 1, 31), "signed", id="a pendulum moment is no day"),
    ],
)
def test_a_limit_of_another_kind_or_outside_the_domain_is_refused_by_the_name_of_its_fact(compare, named) -> None:
    with pytest.raises(InvalidValueError) as refused:
        compare()
    assert refused.value.field == named
    assert f"`{named}`" in str(refused.value)


@pytest.mark.parametrize(
    ("compare", "advice"),
    [
        pytest.param(lambda: misuse > 0, "is_true", id="a flag has no order"),
        pytest.param(lambda: job > "none", "is_in", id="a choice without order"),
        pytest.param(lambda: days.is_in(1, 2), "between", id="a count is no choice"),
        pytest.param(lambda: ltv.is_true(), "flag", id="a ratio is no flag"),
        pytest.param(lambda: days.includes("x"), "set of outcomes", id="a count is no set"),
        pytest.param(lambda: job.is_in("salaried", "own_business", "none"), "every choice", id="all choices"),
        pytest.param(lambda: job.is_in(), "no choice", id="no choice"),
        pytest.param(lambda: standing >= "good", "every choice", id="at least the mildest"),
        pytest.param(lambda: standing > "poor", "no choice", id="worse than the worst"),
        pytest.param(lambda: (days > 1) & True, "not a condition", id="a bool beside a condition"),
        pytest.param(lambda: (days > 1) | misuse, "is_true", id="a fact beside a condition"),
        pytest.param(lambda: table().outcome.is_missing(), "never missing", id="an outcome is never missing"),
    ],
)
def test_a_question_that_means_nothing_is_refused_with_advice(compare, advice) -> None:
    with pytest.raises(InvalidPolicyError, match=advice):
        compare()


def test_numbers_listed_from_mild_to_severe_are_asked_by_name_and_not_compared() -> None:
    months = table(outcomes=(12, 6, 3), fold=Fold.LEAST, otherwise=12, name="interval").outcome
    with pytest.raises(InvalidPolicyError, match="mislead"):
        _ = months >= 6
    assert repr(months.is_in(6, 3)) == "interval.is_in(6, 3)"


def test_a_limit_with_too_many_digits_to_be_exact_is_refused() -> None:
    with pytest.raises(InvalidPolicyError, match="too many digits"):
        _ = ltv >= "0.70001234"


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(lambda: bool(days > 90), id="bool of a condition"),
        pytest.param(lambda: bool(days), id="bool of a fact"),
        pytest.param(lambda: "0.8" <= ltv < "0.9", id="a chained comparison"),
        pytest.param(lambda: (days > 1) and (ltv > "0.5"), id="and"),
        pytest.param(lambda: (days > 1) or (ltv > "0.5"), id="or"),
        pytest.param(lambda: not (days > 1), id="not"),
        pytest.param(lambda: list(filter(None, [misuse.is_true()])), id="if"),
    ],
)
def test_a_condition_has_no_truth_of_its_own(use) -> None:
    with pytest.raises(ConditionTruthError, match="between"):
        use()


def test_an_unknown_choice_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="salaried"):
        job.is_in("salariad")


@pytest.mark.parametrize(
    ("build", "named"),
    [
        pytest.param(lambda: rule("Overdue 90", days > 90, "b"), "Overdue 90", id="an id that is not kebab-case"),
        pytest.param(lambda: rule("r", days, "b"), "r", id="a fact in place of a condition"),
        pytest.param(lambda: rule("r", True, "b"), "r", id="a bool in place of a condition"),
        pytest.param(lambda: Rule("r", when=days > 1, then="b", because=_UNTYPED["why"], source=HOUSE), "r", id="a reason in one language"),
        pytest.param(lambda: Rule("r", when=days > 1, then="b", because=WHY, source=_UNTYPED["law"]), "r", id="a source that is no citation"),
        pytest.param(lambda: rule("r", ~ltv.is_missing(), "b"), "r", id="known, alone"),
        pytest.param(lambda: rule("r", (days > 1) & ~ltv.is_missing(), "b"), "r", id="known, beside another fact"),
        pytest.param(lambda: rule("r", (days > 1) | (~ltv.is_missing() & (days > 3)), "b"), "r", id="known, in an alternative"),
        pytest.param(lambda: table(rule("r", days > 1, "b"), rule("r", days > 2, "c")), "t", id="a rule id used twice"),
        pytest.param(lambda: table(rule("r", days > 1, "z")), "r", id="an outcome off the scale"),
        pytest.param(lambda: table(otherwise="z"), "t", id="an otherwise off the scale"),
        pytest.param(lambda: table(name="My Table"), "My Table", id="a table id with a space"),
        pytest.param(lambda: table(outcomes=unordered("ab")), "t", id="WORST without an order"),
        pytest.param(lambda: table(fold=Fold.LEAST, outcomes=(3, 6), otherwise=3), "t", id="LEAST from small to large"),
        pytest.param(lambda: table(fold=Fold.TOTAL), "t", id="TOTAL over a scale"),
        pytest.param(lambda: table(outcomes=Score(), otherwise=0), "t", id="a score that is not TOTAL"),
        pytest.param(lambda: table(rule("r", days > 1, "b"), fold=Fold.TOTAL, outcomes=Score(), otherwise=0), "r", id="points that are no number"),
        pytest.param(lambda: table(fold=Fold.EVERY, outcomes=unordered("ab"), otherwise="a"), "t", id="EVERY with an otherwise that is no tuple"),
        pytest.param(lambda: table(rule("r", ALWAYS, "b"), rule("s", days > 1, "c"), fold=Fold.FIRST), "s", id="a FIRST rule behind an unconditional one"),
        pytest.param(lambda: table(rule("r", days > 1, "b"), rule("s", days > 1, "c"), fold=Fold.FIRST), "s", id="a FIRST rule behind its twin"),
        pytest.param(lambda: table(rule("r", days > 1, standing)), "r", id="a then of another scale"),
        pytest.param(lambda: table(rule("r", table().outcome.is_in("b"), "c")), "t", id="a table that reads itself"),
        pytest.param(lambda: Period(), "period", id="a period without a day"),
        pytest.param(lambda: Period(since="2024-01-01", until="2024-01-01"), "period", id="a period of no day"),
        pytest.param(lambda: Fact.flag("Misuse", label=WHY), "Misuse", id="a fact's name in capitals"),
        pytest.param(lambda: Fact.ratio("r", low="0", high="1", label=WHY, register=WHY), "r", id="a ratio as a register"),
        pytest.param(lambda: Fact.choice("c", ("a", "a"), label=WHY), "domain", id="a choice twice"),
        pytest.param(lambda: bands(days, 30, 10), "days", id="bands that fall"),
        pytest.param(lambda: grid("g", bands(days, 30), bands(ltv, "0.5"), outcomes=(("a", "b"),), because=WHY, source=HOUSE), "g", id="a grid with a hole"),
        pytest.param(lambda: Table("t", label=WHY, outcomes="abc", fold="worst", rules=()), "table", id="outcomes as one text"),
    ],
)
def test_a_part_of_a_policy_that_cannot_mean_anything_is_refused_by_name(build, named) -> None:
    with pytest.raises(InvalidPolicyError) as refused:
        build()
    assert refused.value.subject == named
    assert str(refused.value).startswith(f"`{named}`")


def test_a_unique_table_whose_rules_provably_overlap_names_both_and_where() -> None:
    with pytest.raises(InvalidPolicyError, match=r"`r` and `s` both fire where .*days > 30.*days < 60"):
        table(rule("r", days > 30, "b"), rule("s", days < 60, "c"), fold=Fold.UNIQUE)


def test_a_unique_table_may_overlap_with_equal_outcomes_or_not_at_all() -> None:
    table(rule("r", days > 30, "b"), rule("s", days > 60, "b"), fold=Fold.UNIQUE)
    table(rule("r", days > 30, "b"), rule("s", days < 31, "c"), fold=Fold.UNIQUE)
    table(rule("r", ltv >= "0.8", "b"), rule("s", ltv < "0.8", "c"), rule("v", impaired.is_true() & (ltv < "0"), "a"), fold=Fold.UNIQUE)


def test_tables_that_read_in_a_circle_are_refused_with_the_circle() -> None:
    first = table(name="first")
    second = table(rule("r", first.outcome.is_in("b"), "b"), name="second")
    again = table(rule("s", second.outcome.is_in("b"), "b"), name="first")
    with pytest.raises(InvalidPolicyError, match=r"circle: .*first.*second|circle: .*second.*first"):
        DecisionGraph((again, second))


def test_a_graph_refuses_strangers_twins_and_changed_scales() -> None:
    first = table(name="first")
    second = table(rule("r", first.outcome.is_in("b"), "b"), name="second")
    with pytest.raises(UnknownNameError, match="first"):
        DecisionGraph((second,))
    with pytest.raises(InvalidPolicyError, match="twice"):
        DecisionGraph((first, first))
    with pytest.raises(InvalidPolicyError, match="another scale"):
        DecisionGraph((table(name="first", outcomes=("a", "b")), second))
    other = Fact.count("days", low=0, high=10, label=WHY)
    with pytest.raises(InvalidPolicyError, match="two different facts"):
        DecisionGraph((table(rule("x", days > 1, "b"), name="one"), table(rule("y", other > 1, "b"), name="two")))
    with pytest.raises(InvalidPolicyError, match="used in tables"):
        DecisionGraph((table(rule("x", days > 1, "b"), name="one"), table(rule("x", days > 2, "b"), name="two")))


def test_an_unknown_keyword_names_the_nearest_fact() -> None:
    with pytest.raises(UnknownNameError, match="`days`"):
        table(rule("r", days > 1, "b"))(day=3)


def test_several_wrong_facts_come_together_and_each_names_itself() -> None:
    asked = table(rule("r", (days > 1) & (ltv > "0.5") & job.is_in("none"), "b"))
    with pytest.raises(InvalidInputError) as refused:
        asked(days=-1, ltv=0.7, job="pilot")
    faults: list[Any] = list(refused.value.exceptions)
    assert [fault.field for fault in faults] == ["days", "ltv", "job"]
    assert all(name in str(refused.value) for name in ("days", "ltv", "job"))


_ALL = table(
    rule("r", (days > 1) & (ltv > "0.5") & (principal > cny(5)) & misuse.is_true() & standing.is_in("poor") & (signed < "2020-01-01"), "b"),
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("ltv", 0.7, id="a float is no exact ratio"),
        pytest.param("ltv", True, id="a bool is no ratio"),
        pytest.param("ltv", float("inf"), id="infinity is no ratio"),
        pytest.param("ltv", Decimal("-Infinity"), id="a decimal infinity is no ratio"),
        pytest.param("ltv", Decimal("NaN"), id="a decimal that is no number is no ratio"),
        pytest.param("ltv", "nan", id="text that is no number is no ratio"),
        pytest.param("ltv", "10.01", id="a ratio above its domain"),
        pytest.param("days", True, id="a bool is no count"),
        pytest.param("days", 90.0, id="a float is no count"),
        pytest.param("days", "90", id="text is no count"),
        pytest.param("days", -1, id="a count below its domain"),
        pytest.param("days", float("inf"), id="infinity is no count"),
        pytest.param("principal", 1_000_000, id="a number is no money"),
        pytest.param("principal", 5.0, id="a float is no money"),
        pytest.param("principal", True, id="a bool is no money"),
        pytest.param("principal", Money.of("1.00", "USD"), id="money of another currency"),
        pytest.param("principal", cny(100_000_001), id="money above its domain"),
        pytest.param("misuse", 1, id="a number is no flag"),
        pytest.param("misuse", "true", id="text is no flag"),
        pytest.param("standing", "por", id="a choice that is not there"),
        pytest.param("standing", 2, id="a number is no choice"),
        pytest.param("signed", dt.datetime(2020, 1, 1), id="a moment is no day"),  # noqa: DTZ001
        pytest.param("signed", pendulum.datetime(2020, 1, 1), id="a pendulum moment is no day"),
        pytest.param("signed", pd.Timestamp("2020-01-01"), id="a moment of pandas is no day"),
        pytest.param("signed", pd.NaT, id="no moment of pandas is no day"),
        pytest.param("signed", "now", id="now is no day"),
        pytest.param("signed", "20260131", id="a day without hyphens"),
        pytest.param("signed", "2026-02-30", id="a day that does not exist"),
        pytest.param("signed", 20260131, id="a number is no day"),
    ],
)
def test_a_fact_of_another_kind_or_outside_its_domain_is_refused_by_its_name(name: str, value: Any) -> None:
    with pytest.raises(InvalidInputError) as refused:
        _ALL(**{name: value})
    (fault,) = refused.value.exceptions
    assert isinstance(fault, InvalidValueError)
    assert fault.field == name
    assert fault.value is value
    assert re.fullmatch(rf"`{name}` must be .+, got `.*`( \(\w+\))?", str(refused.value))


@pytest.mark.parametrize("on", ["now", "20260131", "2026-02-30", dt.datetime(2026, 1, 31), pd.NaT, 20260131, None], ids=repr)  # noqa: DTZ001
def test_a_case_is_decided_on_a_day_and_on_nothing_else(on: Any) -> None:
    graph = DecisionGraph((table(rule("r", ALWAYS, "b", period=Period(since="2024-01-01"))),))
    with pytest.raises(InvalidValueError, match="`on` must be a day"):
        graph.decide(object(), on=on)


@pytest.mark.parametrize("nothing", [None, float("nan")], ids=repr)
@pytest.mark.parametrize("name", ["days", "ltv", "principal", "standing", "signed"])
def test_none_and_a_nan_are_unknown_and_not_bad_input(name: str, nothing: object) -> None:
    known: dict[str, Any] = {"days": 2, "ltv": "0.6", "principal": cny(6), "misuse": True, "standing": "poor", "signed": "2019-12-31"}
    assert _ALL(**known).fired == ("r",)
    verdict = _ALL(**known | {name: nothing})
    assert (verdict.undecided, verdict.missing) == (("r",), (name,))


def test_a_stand_in_must_be_known_and_for_this_very_fact() -> None:
    with pytest.raises(InvalidValueError, match="known value"):
        ltv.assume(None, because=HOUSE)
    other = Fact.ratio("ltv", low="0", high="1", label=WHY)
    with pytest.raises(InvalidValueError, match="this very fact"):
        table(rule("r", ltv > "0.5", "b"))(assuming=(other.assume("0.7", because=HOUSE),))


def test_a_rule_that_is_not_there_names_the_nearest() -> None:
    verdict = table(rule("overdue-90", days > 90, "b"))(days=1)
    with pytest.raises(UnknownNameError, match="overdue-90"):
        verdict.why_not("overdue-9")


def test_every_fact_of_the_folder_is_what_its_name_says() -> None:
    assert all(name == fact.name for name, fact in FACTS.items())
    assert cny(1) == cny("1.00")
    assert Label("甲", "a") == Label("甲", "a")
