"""A book by how it was granted counts what the single decisions say of each group, on every engine, without a case file."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs
import duckdb
import polars as pl
import pytest
from tests.revisit.test_reassess import CASE

from revisit_policy import BorrowerProfile, InvalidInputError, InvalidValueError, Product, UnknownNameError, frames
from revisit_policy.reports import EarlyArrears
from revisit_policy.rulebooks import cn_housing

ON = "2026-11-26"
LOANS: list[tuple[str, str | None, str, dict[str, Any]]] = [
    ("first_home", "web", "2026-03-01", {"days_past_due": 0}),
    ("first_home", "web", "2026-03-01", {"days_past_due": 40}),
    ("first_home", "web", "2025-11-27", {"unpaid_since": "2026-11-20"}),
    ("first_home", "web", "2025-11-26", {"days_past_due": 95}),
    ("off_plan", "broker", "2026-10-01", {"days_past_due": 0}),
    ("off_plan", None, "2021-10-01", {"days_past_due": 3}),
]
BY = ["loan.product", "channel"]
CASES = [
    attrs.evolve(
        CASE,
        loan=attrs.evolve(
            CASE.loan, loan_no=f"L-{at}", product=product, disbursed_on=paid, missed_consecutive=None, missed_total_24m=None,
            **{"days_past_due": None, "arrears_as_of": None, **late},
        ),
        borrower=BorrowerProfile(f"B-{at}"),
        visits=(),
    )
    for at, (product, _, paid, late) in enumerate(LOANS)
]  # fmt: skip
BOOK = frames.from_cases(CASES).with_columns(pl.Series("channel", [channel for _, channel, _, _ in LOANS]))
DECIDED = frames.decide(cn_housing.rulebook, BOOK, on=ON)
TALLY = frames.tally_grants(cn_housing.rulebook, DECIDED, on=ON, by=BY)
ENGINES: dict[str, Any] = {
    "lazy polars": DECIDED.lazy,
    "pandas": DECIDED.to_pandas,
    "pyarrow": DECIDED.to_arrow,
    "DuckDB": lambda: duckdb.from_arrow(DECIDED.to_arrow()),
}


@pytest.mark.parametrize("engine", list(ENGINES))
def test_every_engine_counts_the_same(engine: str) -> None:
    assert frames.tally_grants(cn_housing.rulebook, ENGINES[engine](), on=ON, by=BY) == TALLY


def test_the_groups_are_those_of_the_single_decisions() -> None:
    decisions = [cn_housing.rulebook.decide(case, on=ON) for case in CASES]
    for group in TALLY.groups:
        of = [decision for decision, (product, channel, _, _) in zip(decisions, LOANS, strict=True) if (Product(product), channel) == group.granted]
        assert group.loans == len(of)
        assert {each.what: each.loans for each in group.grades if each.loans} == Counter(decision.grade for decision in of)
        assert group.warned == sum(bool(decision.signals) for decision in of)
        assert {(each.what.code, each.what.level): each.loans for each in group.signals} == Counter((s.code, s.level) for d in of for s in d.signals)
        assert group.faulty == sum(bool(decision.origination) for decision in of)
        assert {each.what: each.loans for each in group.found} == Counter(each for decision in of for each in decision.origination)
    assert [group.granted for group in TALLY.groups] == [(Product.FIRST_HOME, "web"), (Product.OFF_PLAN, "broker"), (Product.OFF_PLAN, None)]


def test_early_arrears_are_those_of_loans_paid_out_less_than_a_year_ago() -> None:
    assert [group.early for group in TALLY.groups] == [
        EarlyArrears(loans=3, in_arrears=2, unknown=0),  # the fourth was paid out a year ago to the day
        EarlyArrears(loans=1, in_arrears=0, unknown=0),
        EarlyArrears(loans=0, in_arrears=0, unknown=0),
    ]
    longer = frames.tally_grants(cn_housing.rulebook, DECIDED, on=ON, early_months=13)
    assert longer.groups[0].early == EarlyArrears(loans=4, in_arrears=3, unknown=0)


def test_arrears_that_a_policy_does_without_are_unknown() -> None:
    nobody = DECIDED.with_columns(pl.lit(None, dtype=pl.Int64).alias("loan.days_past_due"))
    told = frames.tally_grants(cn_housing.rulebook, nobody, on=ON)
    assert [group.early for group in told.groups] == [EarlyArrears(loans=3, in_arrears=1, unknown=2), EarlyArrears(loans=1, in_arrears=0, unknown=1)]


def test_nothing_is_said_of_early_arrears_where_no_column_tells_of_them() -> None:
    without = frames.tally_grants(cn_housing.rulebook, DECIDED.drop("loan.disbursed_on"), on=ON)
    assert [group.early for group in without.groups] == [None, None]


def test_a_row_that_is_refused_is_counted_apart() -> None:
    bad = frames.decide(cn_housing.rulebook, BOOK.with_columns(pl.lit(-1).alias("loan.missed_total_24m")), on=ON)
    assert [(group.loans, group.refused) for group in frames.tally_grants(cn_housing.rulebook, bad, on=ON).groups] == [(0, 4), (0, 2)]


WRONG: list[tuple[str, dict[str, Any], type[Exception], str]] = [
    ("a column that is not there", {"by": ["chanel"]}, UnknownNameError, "unknown column `chanel`.*`channel`"),
    ("no column", {"by": []}, InvalidValueError, "`by` must be some names of columns"),
    ("one text", {"by": "channel"}, InvalidValueError, "`by` must be some names of columns"),
    ("a column twice", {"by": ["channel", "channel"]}, InvalidValueError, "`by` must be some names of columns"),
    ("no month", {"early_months": 0}, InvalidValueError, "`early_months` must be"),
    ("days as plain objects", {"result": DECIDED.to_pandas(date_as_object=True)}, InvalidInputError, "must be a column of Date; pandas holds days"),
    ("a frame that nothing decided", {"result": BOOK}, InvalidInputError, r"`frame\.grade` must be a column that `decide`"),
]


@pytest.mark.parametrize(("given", "error", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_call_that_cannot_be_meant_is_refused(given: dict[str, Any], error: type[Exception], said: str) -> None:
    given = {"by": BY, "result": DECIDED, **given}
    with pytest.raises(error, match=said):
        frames.tally_grants(cn_housing.rulebook, given.pop("result"), on=ON, **given)
