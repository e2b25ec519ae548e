"""The columns of a policy, and what is said of a frame that does not have them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest
from tests.frames.test_derivations import GRAPH as DERIVED
from tests.language.loan_facts import days, job, ltv, misuse, principal, rule, signed, standing, table

from revisit_policy import DecisionGraph, Fact, InvalidInputError, InvalidPolicyError, InvalidValueError, Label, UnknownNameError, frames
from revisit_policy.casefile.holding import Holding
from revisit_policy.language.derivation import Field

GRAPH = DecisionGraph([
    table(
        rule("late", days > 90, "c"),
        rule("thin", (ltv > "0.8") & misuse.is_true(), "b"),
        rule("work", job.is_in("none") | (standing >= "fair"), "b"),
        rule("large", principal.is_missing(), "b"),
        rule("early", signed < "2020-01-01", "b"),
    )
])
SOUND: dict[str, Any] = {
    "days": [91, 0],
    "ltv": [Decimal("0.80"), Decimal("0.81")],
    "misuse": [True, None],
    "job": ["none", None],
    "standing": ["good", "poor"],
    "principal": [1, None],
    "signed": [dt.date(2020, 1, 1), None],
}


def faults(frame: object, **layout: Any) -> dict[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        frames.check(GRAPH, frame, **layout)
    return {error.field: str(error) for error in caught.value.exceptions if isinstance(error, InvalidValueError)}


def test_a_schema_lists_every_column_once_with_its_kind() -> None:
    assert [(column.path, column.holds) for column in frames.schema(GRAPH)] == [
        ("days", Holding.COUNT),
        ("ltv", Holding.RATIO),
        ("misuse", Holding.FLAG),
        ("job", Holding.CODE),
        ("standing", Holding.CODE),
        ("principal", Holding.AMOUNT),
        ("signed", Holding.DAY),
    ]


def test_a_schema_follows_the_derivations_down_to_the_fields() -> None:
    paths = [column.path for column in frames.schema(DERIVED)]
    assert len(paths) == len(set(paths))
    assert {"loan.balance", "collateral.value", "loan.instalment", "loan.valued_on", "visited_on", "since_visit_day", "visits"} <= set(paths)
    balance = next(column for column in frames.schema(DERIVED) if column.path == "loan.balance")
    assert balance.facts == ("balance", "ltv")
    assert balance.is_summed
    assert balance.unit == Label("分（最小货币单位）", "minor units")


def test_a_schema_prints_as_a_table_in_both_languages() -> None:
    english, chinese = str(frames.schema(GRAPH)).splitlines(), frames.schema(GRAPH).text("zh").splitlines()
    assert english[0].split() == ["column", "dtype", "may", "be", "missing", "unit", "meaning"]
    assert english[1].split() == ["days", "Int64", "yes", "days", "days", "past", "due"]
    assert "employment: salaried | own_business | none" in english[4]
    assert chinese[1].split() == ["days", "Int64", "是", "天", "逾期天数"]
    assert repr(frames.schema(GRAPH)) == "<Schema of 7 columns>"


def test_two_facts_that_read_one_column_in_different_ways_are_refused() -> None:
    as_count = Fact.count("a", low=0, high=9, label=Label("甲", "a"), derived=Field("loan.x"))
    as_flag = Fact.flag("b", label=Label("乙", "b"), derived=Field("loan.x"))
    graph = DecisionGraph([table(rule("one", as_count > 1, "b"), rule("two", as_flag.is_true(), "c"))])
    with pytest.raises(InvalidPolicyError, match=r"`loan\.x`: the column is read as whole numbers and as true or false"):
        frames.schema(graph)


def test_outcomes_given_from_outside_are_refused() -> None:
    graded = table(rule("late", days > 90, "c"), name="graded")
    later = DecisionGraph([table(rule("then", graded.outcome.is_in("c"), "b"))], given=("graded",))
    with pytest.raises(InvalidPolicyError, match="put the tables into the graph"):
        frames.schema(later)


def test_a_frame_with_all_columns_is_accepted() -> None:
    frames.check(GRAPH, pl.DataFrame(SOUND))
    frames.check(GRAPH, pl.LazyFrame(SOUND))


def test_all_missing_columns_are_named_together_with_the_nearest_name() -> None:
    frame = pl.DataFrame({"day": [1], "ltv": [Decimal("0.8")], "misuse": [True], "job": ["none"], "stand": ["good"]})
    found = faults(frame)
    assert list(found) == ["days", "standing", "principal", "signed"]
    assert found["days"] == "`frame.days` must be a column of Int64; the nearest in the frame is `day`, got `None`"
    assert found["signed"].startswith("`frame.signed` must be a column of Date; name it in `columns` or")


WRONG = {
    "a float as a ratio": ("ltv", pl.Float64, "a float has lost the exact ratio"),
    "whole numbers as a ratio without a denominator": ("ltv", pl.Int64, 'such as `denominators={"ltv": 10_000}`'),
    "decimals finer than a ratio can be": ("ltv", pl.Decimal(38, 12), "Int64 or Decimal"),
    "a float as money": ("principal", pl.Float64, "multiply by 100, round, and cast to Int64"),
    "a decimal as money": ("principal", pl.Decimal(20, 2), "multiply by 100, round, and cast to Int64"),
    "a moment as a day": ("signed", pl.Datetime("us"), "take its date"),
    "a moment with a zone as a day": ("signed", pl.Datetime("us", "Asia/Shanghai"), "convert it to the bank's time zone"),
    "text as a day": ("signed", pl.String, "cast it to a date"),
    "text as a count": ("days", pl.String, "a column of Int64"),
    "whole numbers as a flag": ("misuse", pl.Int64, "a column of Boolean"),
    "whole numbers as a code": ("job", pl.Int64, "a column of String"),
    "numbers of 128 bits as a count": ("days", pl.Int128, "a column of Int64"),
}


@pytest.mark.parametrize(("column", "dtype", "advice"), WRONG.values(), ids=WRONG.keys())
def test_a_column_of_another_type_is_refused_with_advice(column: str, dtype: Any, advice: str) -> None:
    frame = pl.DataFrame(SOUND).with_columns(pl.lit(None, dtype=dtype).alias(column))
    assert advice in faults(frame)[column]


def test_a_column_can_have_another_name() -> None:
    frame = pl.DataFrame(SOUND).rename({"days": "tage"})
    frames.check(GRAPH, frame, columns={"days": "tage"})


def test_a_layout_that_speaks_of_an_unknown_column_is_refused_with_the_nearest() -> None:
    layouts: tuple[Any, ...] = ({"columns": {"dayz": "x"}}, {"denominators": {"dayz": 100}}, {"without": ("dayz",)})
    for layout in layouts:
        with pytest.raises(UnknownNameError, match="did you mean `days`"):
            frames.check(GRAPH, pl.DataFrame(SOUND), **layout)


@pytest.mark.parametrize("stated", [0, -1, 10**12, 100.0, True], ids=["zero", "below zero", "too fine", "a float", "a flag"])
def test_a_denominator_must_be_a_whole_number_that_is_divided_exactly(stated: Any) -> None:
    frame = pl.DataFrame(SOUND).with_columns(pl.lit(1).alias("ltv"))
    assert "a whole number from 1 to" in faults(frame, denominators={"ltv": stated})["ltv"]


@pytest.mark.parametrize(
    "value", [None, [1, 2], {"days": [1]}, "days", pl.Series("days", [1]), pd.Series([1])], ids=lambda value: type(value).__name__
)
def test_what_is_no_frame_is_refused_with_what_is(value: object) -> None:
    with pytest.raises(InvalidValueError, match="a polars DataFrame or LazyFrame, a pandas DataFrame"):
        frames.check(GRAPH, value)


def test_a_frame_with_a_name_used_twice_is_refused() -> None:
    pandas = pd.concat([pd.DataFrame(SOUND), pd.DataFrame({"days": [1, 2]})], axis=1)
    pyarrow = pl.DataFrame(SOUND).to_arrow().append_column("days", [[1, 2]])
    for frame in (pandas, pyarrow):
        assert faults(frame) == {"days": "`frame.days` must be there once, got `2` (int)"}


def test_a_pandas_frame_with_a_name_that_is_no_text_is_refused() -> None:
    numbered: dict[Any, Any] = {**SOUND, 7: [1, 2]}
    assert "named by text" in faults(pd.DataFrame(numbered))["columns"]


def test_python_dates_in_an_object_column_of_pandas_are_refused() -> None:
    assert "convert them with `pandas.to_datetime`" in faults(pd.DataFrame(SOUND))["signed"]


def test_a_zone_in_pandas_is_refused_too() -> None:
    frame = pd.DataFrame({**SOUND, "signed": pd.to_datetime(["2020-01-01", None]).tz_localize("Asia/Shanghai")})
    assert "convert it to the bank's time zone" in faults(frame)["signed"]
