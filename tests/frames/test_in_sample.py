"""Lots of a column of loan numbers: the answer of the single loan, on every engine that holds its rows in memory."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from revisit_policy import frames, workload
from revisit_policy.casefile import BorrowerProfile, CaseFile, Loan, facts
from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError
from revisit_policy.language import DecisionGraph, Rule, Table
from revisit_policy.values import Citation, Label, cny

CITIES = ("Guangzhou", "深圳")
LOANS = [f"借-{number}" for number in range(40)]
ROWS: dict[str, list[Any]] = {"loan.loan_no": [*LOANS, None, ""], "city": [CITIES[number % 2] for number in range(42)]}
DRAW: dict[str, Any] = {"period": "2027", "rate": "1/3", "seed": "committee"}
SOURCE = Citation(standing="proposal")
ENGINES: dict[str, tuple[Any, Any]] = {
    "polars": (pl.DataFrame, lambda frame: frame),
    "polars, lazy": (pl.LazyFrame, lambda frame: frame.collect()),
    "polars, categories": (lambda rows: pl.DataFrame(rows).with_columns(pl.col("city").cast(pl.Categorical)), lambda frame: frame),
    "pandas": (lambda rows: pd.DataFrame(rows, index=range(100, 142)), lambda frame: frame),
    "pyarrow": (pa.table, lambda frame: frame),
}


@pytest.mark.parametrize("stratum", [None, "city"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_is_drawn_as_each_of_its_loans_is(engine: str, stratum: str | None) -> None:
    make, collected = ENGINES[engine]
    given = make(ROWS)
    found = frames.in_sample(given, **DRAW, stratum=stratum)
    assert type(found) is type(given)
    parts = ROWS["city"] if stratum else [""] * 42
    single = [workload.in_sample(loan, **DRAW, stratum=part) for loan, part in zip(LOANS, parts, strict=False)]
    drawn = collected(found)["loan.drawn_for_visit"]
    assert (drawn.to_pylist() if engine == "pyarrow" else drawn.to_list()) == [*single, None, None]
    assert 5 < sum(single) < 25


def test_all_are_drawn_at_one_and_a_loan_of_no_known_part_is_unknown() -> None:
    given = pl.DataFrame({"no": ["A", "B"], "part": ["x", None]})
    assert frames.in_sample(given, period="2027", rate=1, seed="s", key="no", stratum="part")["loan.drawn_for_visit"].to_list() == [True, None]


DRAWN = DecisionGraph(
    (
        Table(
            "visit", outcomes=("drawn", "none"), fold="first", otherwise="none", label=Label("抽查", "spot check"),
            rules=(Rule("by-lot", when=facts.drawn_for_visit.is_true(), then="drawn", because=Label("抽中", "drawn by lot"), source=SOURCE),),
        ),
    )
)  # fmt: skip


@pytest.mark.parametrize(("drawn", "says"), [({"drawn_for_visit": True}, "drawn"), ({}, "none"), ({"drawn_for_visit": None}, None)], ids=str)
def test_a_rule_reads_the_draw_as_a_register_of_the_loan(drawn: dict[str, Any], says: str | None) -> None:
    loan = Loan(
        "L-1", product="first_home", principal=cny(100), balance=cny(50), annual_rate="0.03", repayment="level_payment",
        disbursed_on="2024-03-15", term_months=360, days_past_due=0, **drawn,
    )  # fmt: skip
    case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
    verdict = DRAWN.decide(case, on="2026-11-23")["visit"]
    assert verdict.outcome == says
    asked = frames.decide(DRAWN, frames.from_cases([case]), on="2026-11-23")
    told = frames.label(DRAWN, asked)
    assert told["visit"].to_list() == [says]
    assert told["visit_status"].to_list() == ["undecided" if says is None else "decided"]


BAD: dict[str, tuple[Any, dict[str, Any], str]] = {
    "a share above one": (pl.DataFrame(ROWS), {"rate": 2}, "rate"),
    "no seed": (pl.DataFrame(ROWS), {"seed": ""}, "seed"),
    "no such column": (pl.DataFrame(ROWS), {"key": "number"}, "number"),
    "numbers": (pl.DataFrame({"loan.loan_no": [1, 2]}), {}, "text"),
    "drawn before": (pl.DataFrame({**ROWS, "loan.drawn_for_visit": [True] * 42}), {}, "loan.drawn_for_visit"),
    "a relation of a database": (duckdb.sql("select 'A' as \"loan.loan_no\""), {}, "polars, pandas or pyarrow"),
}


@pytest.mark.parametrize(("frame", "asked", "says"), BAD.values(), ids=BAD)
def test_what_cannot_be_drawn_is_refused_before_anything_is_read(frame: Any, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(RevisitPolicyError, match=says) as caught:
        frames.in_sample(frame, **{**DRAW, **asked})
    assert isinstance(caught.value, InvalidInputError | InvalidValueError)
