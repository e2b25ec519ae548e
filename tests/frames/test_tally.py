"""A tally counts what the single decisions say, on every engine, and its page says it in both languages."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs
import duckdb
import polars as pl
import pytest
from tests.revisit.test_reassess import CASE

from revisit_policy import BorrowerProfile, Determination, InvalidInputError, InvalidValueError, UnknownNameError, frames
from revisit_policy.reports import Counted, PortfolioReport, Tally
from revisit_policy.rulebooks import cn_housing

ON = "2026-11-26"
LATE = (0, 0, 5, 45, 95, 280)
CASES = [
    attrs.evolve(
        CASE,
        loan=attrs.evolve(CASE.loan, loan_no=f"L-{at}", days_past_due=days, missed_consecutive=None, missed_total_24m=None),
        borrower=BorrowerProfile(f"B-{at}"),
        determination=Determination(("normal", "special_mention", "unclassified")[at % 3]),
    )
    for at, days in enumerate(LATE)
]
BOOK = frames.from_cases(CASES)
DECIDED = frames.decide(cn_housing.rulebook, BOOK, on=ON, visits=True)
TALLY = frames.tally(cn_housing.rulebook, DECIDED, on=ON)
TIMED = frames.tally(cn_housing.rulebook, DECIDED, on=ON, hours={"off_site": "0", "phone": "0.5", "on_site": "4"})
DECISIONS = [cn_housing.rulebook.decide(case, on=ON) for case in CASES]
ENGINES: dict[str, Any] = {
    "polars": lambda: DECIDED,
    "lazy polars": DECIDED.lazy,
    "pandas": DECIDED.to_pandas,
    "pyarrow": DECIDED.to_arrow,
    "DuckDB": lambda: duckdb.from_arrow(DECIDED.to_arrow()),
}


@pytest.mark.parametrize("engine", list(ENGINES))
def test_every_engine_counts_the_same(engine: str) -> None:
    assert frames.tally(cn_housing.rulebook, ENGINES[engine](), on=ON) == TALLY


def test_the_tally_is_that_of_the_single_decisions() -> None:
    assert {each.what: each.loans for each in TALLY.grades if each.loans} == Counter(decision.grade for decision in DECISIONS)
    assert {each.what: each.loans for each in TALLY.levels if each.loans} == Counter(decision.level for decision in DECISIONS)
    codes = Counter((signal.code, signal.level) for decision in DECISIONS for signal in decision.signals)
    counted = {(each.what.code, each.what.level): each.loans for each in TALLY.signals}
    assert {key: counted[key] for key in codes} == codes
    upcoming = [decision.schedule.next for decision in DECISIONS]
    assert sum(each.visits for each in TALLY.visits) == sum(visit is not None for visit in upcoming)
    assert sum(each.late for each in TALLY.visits) == sum(visit is not None and visit.is_overdue for visit in upcoming)
    assert TALLY.measures_late == sum(bool(decision.measures_late) for decision in DECISIONS)
    assert sum(move.loans for move in TALLY.moves) == TALLY.loans == len(CASES)
    known = Counter((decision.case.determination.grade if decision.case.determination.is_known else None, decision.grade) for decision in DECISIONS)
    assert {(move.before, move.now): move.loans for move in TALLY.moves} == known


def test_a_row_that_is_refused_is_counted_apart() -> None:
    bad = BOOK.with_columns(pl.when(pl.int_range(pl.len()) == 0).then(-1).otherwise(pl.col("loan.days_past_due")).alias("loan.days_past_due"))
    counted = frames.tally(cn_housing.rulebook, frames.decide(cn_housing.rulebook, bad, on=ON), on=ON)
    assert (counted.loans, counted.refused, counted.visits, counted.measures_late) == (len(CASES) - 1, 1, (), None)


def test_hours_that_nobody_said_are_not_told_and_those_of_no_method_are_refused() -> None:
    assert {each.hours for each in TALLY.visits} == {None}
    with pytest.raises(UnknownNameError, match="unknown visit method `fone`, did you mean `phone`"):
        frames.tally(cn_housing.rulebook, DECIDED, on=ON, hours={"fone": 1})
    with pytest.raises(InvalidValueError, match="`hours` must be hours by the method"):
        frames.tally(cn_housing.rulebook, DECIDED, on=ON, hours=4)  # type: ignore[arg-type]


def test_a_portfolio_of_nothing_says_so() -> None:
    empty = frames.tally(cn_housing.rulebook, DECIDED.clear(), on=ON)
    assert (empty.loans, empty.refused) == (0, 0)
    assert PortfolioReport(empty).page("zh").to_text() == "贷后管理情况：2026年11月26日\n\n概况\n  没有贷款\n  有逾期未办措施的贷款0笔\n"


def test_a_frame_that_nothing_decided_is_refused_by_the_columns_it_lacks() -> None:
    with pytest.raises(InvalidInputError, match=r"`frame\.grade` must be a column that `decide`"):
        frames.tally(cn_housing.rulebook, BOOK, on=ON)


PAGE: list[tuple[str, str, str]] = [
    ("loans", "已判定6笔贷款", "loans decided: 6"),
    ("results late", "逾期未出结果的回访2次", "visits whose result is late: 2"),
    ("grades", "次级 | 1", "substandard | 1"),
    ("warnings", "不良（红色） | ", "non-performing (red) | "),
    ("levels of warning", "红色 | 2", "red | 2"),
    ("due and late, by week and method, with hours", "2026年11月23日 | 电话 | 2 | 2 | 1", "23 Nov 2026 | telephone call | 2 | 2 | 1"),
    ("all visits and their hours", "合计 | – | 6 | 6 | 17", "all | – | 6 | 6 | 17"),
    ("measures late", "有逾期未办措施的贷款4笔", "loans with a measure that is late: 4"),
    ("a move", "关注 | 次级 | 1", "special mention | substandard | 1"),
    ("nobody had determined", "未定 | 关注 | 1", "none | special mention | 1"),
    ("moves", "原认定 | 本次建议 | 笔数", "before | now | loans"),
]


@pytest.mark.parametrize(("zh", "en"), [row[1:] for row in PAGE], ids=[row[0] for row in PAGE])
def test_the_page_says_it_in_both_languages(zh: str, en: str) -> None:
    report = PortfolioReport(TIMED, results_late=2)
    assert zh in report.page("zh").to_text()
    assert en in report.page("en").to_text()


def test_the_page_of_html_has_pictures_and_names_no_loan() -> None:
    document = PortfolioReport(TALLY).page("zh").to_html()
    assert document.count("<svg ") == 4
    assert "<script" not in document
    assert not [case.loan.loan_no for case in CASES if case.loan.loan_no in document]


def test_a_language_that_the_policy_has_not_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        PortfolioReport(TALLY).page("fr")


WRONG: list[tuple[str, dict[str, Any]]] = [("tally", {"tally": 5}), ("results_late", {"results_late": -1})]


@pytest.mark.parametrize(("field", "given"), WRONG, ids=[row[0] for row in WRONG])
def test_what_a_portfolio_report_cannot_hold_is_refused(field: str, given: dict[str, Any]) -> None:
    nothing = Tally(on=TALLY.on, loans=0, refused=0, grades=(Counted(what=None, loans=0),))
    with pytest.raises(InvalidInputError, match=f"`PortfolioReport.{field}` must be"):
        attrs.evolve(PortfolioReport(nothing), **given)
