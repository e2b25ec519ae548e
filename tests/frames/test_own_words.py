"""Frames in any bank's words and currency: every engine decides what the single decision decides."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import attrs
import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from tests.policy.own_words import CASE, Alarm, Band, Rank, Topic, Way, mixed_policy, own_policy, yen
from tests.policy.small_policy import CASE as OUR_CASE
from tests.policy.small_policy import PRACTICE, rule, small_policy, table

from revisit_policy import (
    BorrowerProfile,
    CaseFile,
    Edition,
    Event,
    InvalidInputError,
    InvalidPolicyError,
    Label,
    Loan,
    Money,
    RevisitPolicy,
    Rulebook,
    Visit,
    Vocabulary,
    analysis,
    cny,
    facts,
    frames,
    testing,
)  # fmt: skip
from revisit_policy.casefile.rows.word_columns import WordColumns
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import case_files
from revisit_policy.values.cn_notices import CHINA

ON: Final = "2026-06-30"
MIXED: Final = mixed_policy()
ENGINES: Final = ("polars", "pandas", "pyarrow")


def rupiah(amount: int) -> Money:
    return Money.of(amount, "IDR")


def rupiah_policy(**changes: Any) -> RevisitPolicy:
    """Grades by the balance, in a currency of which a home costs thousands of millions."""
    large, thin = rule("large", facts.balance >= rupiah(1_500_000_000), Rank.R5), rule("thin", facts.ltv_now > "0.80", Rank.R7)
    grade = table("grade", Rank, "worst", large, thin, otherwise=Rank.R1)
    given_to: dict[str, Any] = {"calendar": CHINA, "tables": (grade,)} | changes
    return RevisitPolicy("idr", version="1", label=Label("印尼盾", "in rupiah"), **given_to)


def rupiah_case(balance: int, **changes: Any) -> CaseFile:
    loan = Loan(
        "I-1", product="first_home", principal=rupiah(2_000_000_000), balance=rupiah(balance), annual_rate="0.09", repayment="level_payment",
        disbursed_on="2024-03-15", term_months=240, days_past_due=0,
    )  # fmt: skip
    return CaseFile(loan=loan, borrower=BorrowerProfile("B-1"), **changes)


def single(policy: RevisitPolicy | Rulebook, case: CaseFile, on: str = ON) -> dict[str, Any]:
    """What stands in the labelled columns of one decision."""
    decision = policy.decide(case, on=on)
    upcoming = decision.schedule.next
    return {
        "grade": decision.grade.label(),
        "signals": {f"{found.label()}" for found in (attrs.evolve(signal, since=None) for signal in decision.signals)},
        "measures": {found.measure.label() for found in decision.measures},
        "next_kind": None if upcoming is None else upcoming.kind.label(),
        "next_method": None if upcoming is None else upcoming.method.label(),
        "next_closes": None if upcoming is None else dt.date.fromisoformat(str(upcoming.window.closes)),
        "next_officers": None if upcoming is None else upcoming.officers,
        "undated": {code.label() for code in decision.undated},
    }


def row_of(policy: RevisitPolicy | Rulebook, frame: Any, **layout: Any) -> dict[str, Any]:
    """What stands in the same columns of the first row of a frame of any engine."""
    labelled: Any = frames.label(policy, frames.decide(policy, frame, on=ON, visits=True, **layout))
    if isinstance(labelled, duckdb.DuckDBPyRelation):
        labelled = labelled.pl()
    row = pl.from_pandas(labelled).row(0, named=True) if isinstance(labelled, pd.DataFrame) else pl.DataFrame(labelled).row(0, named=True)
    closes = row["next_closes"]
    sets = {name: set(str(row[name]).split(", ")) - {""} for name in ("signals", "measures", "undated")}
    return {name: row[name] for name in _NAMES} | sets | {"next_closes": closes.date() if isinstance(closes, dt.datetime) else closes}


_NAMES: Final = ("grade", "signals", "measures", "next_kind", "next_method", "next_closes", "next_officers", "undated")


@settings(max_examples=10)
@given(case=case_files(on=ON, vocabulary=MIXED.words))
def test_a_row_is_decided_in_own_words_as_its_case_file_is(case: CaseFile) -> None:
    book = frames.from_cases([case], vocabulary=MIXED.words)
    expected = single(MIXED, case)
    assert row_of(MIXED, book) == expected
    assert row_of(MIXED, duckdb.from_arrow(book.to_arrow())) == expected
    assert single(MIXED, frames.to_case(book.row(0, named=True), vocabulary=MIXED.words)) == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_takes_own_words(engine: str) -> None:
    policy = own_policy()
    book = frames.from_cases([CASE], engine=engine, vocabulary=policy.words)
    assert row_of(policy, book) == single(policy, CASE)


def test_snapshot_boundary_cases_and_coverage_are_in_own_words() -> None:
    case = attrs.evolve(CASE, visits=())
    told, decision = testing.snapshot(MIXED, [case], on=ON), MIXED.decide(case, on=ON)
    assert f"grade: {decision.grade.value}" in told
    assert all(signal.code.value in told for signal in decision.signals)
    covered = testing.rule_coverage(MIXED, [each.facts for each in testing.boundary_cases(MIXED)])
    for found in (each for each in covered.tables if each.id in {"grade", "signals", "measures"}):
        assert found.fired >= set(found.rules) - {"otherwise"}, found.id


def test_a_query_decides_in_own_words_and_refuses_another_currency() -> None:
    case = attrs.evolve(CASE, visits=(Visit(kind="triggered", method=Way.DRIVE_BY, completed_on="2026-06-01", finding="satisfactory"),))
    yuan = attrs.evolve(case.loan, principal=cny(1_000), balance=cny(500))
    foreign = attrs.evolve(case, loan=yuan, collateral=attrs.evolve(case.collateral, value=cny(2_000)))
    words = attrs.evolve(MIXED.words, currency=None)
    loans = frames.from_cases([case, foreign], vocabulary=words).to_arrow()  # noqa: F841 - the query reads it
    query = frames.to_sql(MIXED, on=ON, visits=True, keys=("loan.currency",))
    answer: Any = duckdb.sql(query)
    found = frames.label(MIXED, answer.pl())
    assert found["grade"].to_list() == [single(MIXED, case)["grade"], None]
    assert found["next_method"].to_list() == ["interior inspection", None]
    assert found["bad_input"].to_list()[0] == ""
    assert "loan.balance" in found["bad_input"].to_list()[1]


def test_columns_are_named_by_the_words_of_the_policy() -> None:
    named = WordColumns(own_policy().words)
    assert named.visits == ("visits.inspection", "visits.phone", "visits.by.drive_by", "visits.by.exterior", "visits.by.interior")
    assert named.events == ("events.late", "events.uninsured", "events.empty")
    assert {column.path for column in frames.schema(mixed_policy(), visits=True)} >= {"visits.first", "visits.by.interior", "events.empty"}
    told = frames.schema(mixed_policy(), visits=True).text("zh")
    assert "最近一次入户查看及以上方式完成日" in told
    assert "保险失效起始日" in told


def test_former_names_of_columns_are_read() -> None:
    policy, case = small_policy(), OUR_CASE
    book = frames.from_cases([case])
    former = book.rename({name: name.replace("visits.by.", "visits.") for name in book.columns if name.startswith("visits.by.")})
    assert "visits.phone" in former.columns
    assert row_of(policy, former) == row_of(policy, book) == single(policy, case)
    assert frames.to_case(former.row(0, named=True)) == frames.to_case(book.row(0, named=True))
    renamed = former.rename({"visits.phone": "called"})
    for path in ("visits.phone", "visits.by.phone"):
        assert row_of(policy, renamed, columns={path: "called"}) == row_of(policy, book)


def test_columns_in_other_words_are_refused_with_the_nearest() -> None:
    book = frames.from_cases([CASE], vocabulary=own_policy().words).with_columns(pl.lit(None, pl.Date).alias("visits.by.interiors"))
    with pytest.raises(InvalidInputError, match=r"the nearest of the policy is `visits.by.interior`"):
        frames.decide(own_policy(), book, on=ON, visits=True)
    with pytest.raises(InvalidInputError, match="in words of the policy"):
        frames.from_cases([CASE])


# -- currency ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("balance", [1, 1_499_999_999, 1_500_000_000, 1_999_999_999])
@pytest.mark.parametrize("value", [None, 1_800_000_000, 2_500_000_000])
def test_amounts_of_a_home_in_rupiah_are_read_alike(balance: int, value: int | None) -> None:
    home = {} if value is None else {"collateral": attrs.evolve(CASE.collateral, value=rupiah(value))}
    policy, case = rupiah_policy(), rupiah_case(balance, **home)
    grade = policy.decide(case, on=ON).grade.label()
    book = frames.from_cases([case])
    assert frames.label(policy, frames.decide(policy, book, on=ON))["grade"].to_list() == [grade]
    assert frames.label(policy, frames.decide(policy, duckdb.from_arrow(book.to_arrow()), on=ON).pl())["grade"].to_list() == [grade]
    assert frames.to_case(book.row(0, named=True)) == case


def test_a_case_in_another_currency_is_refused_alike_everywhere() -> None:
    policy, case = rupiah_policy(), attrs.evolve(OUR_CASE, visits=(), events=())
    with pytest.raises(InvalidInputError, match="IDR"):
        policy.decide(case, on=ON)
    (refusal,) = policy.iter_decide([case], on=ON)
    assert "IDR" in str(getattr(refusal, "error"))  # noqa: B009 - a refusal has one, a decision none
    book = frames.from_cases([case])
    decided = frames.label(policy, frames.decide(policy, book, on=ON))
    assert decided["grade"].to_list() == [None]
    assert "loan.balance" in decided["bad_input"][0]
    found = analysis.impact(policy, policy, [case], on=ON)
    assert (found.loans, len(found.refused)) == (0, 1)


def test_the_shipped_rulebook_refuses_a_dollar_loan_singly_and_in_a_frame() -> None:
    dollars: dict[str, Any] = {name: Money(getattr(OUR_CASE.loan, name).minor, "USD") for name in ("principal", "balance")}
    case = CaseFile(loan=attrs.evolve(OUR_CASE.loan, **dollars), borrower=BorrowerProfile("B-1"))
    with pytest.raises(InvalidInputError, match="in the currency of the policy, CNY"):
        cn_housing.rulebook.decide(case, on=ON)
    decided = frames.decide(cn_housing.rulebook, frames.from_cases([case]), on=ON)
    assert decided["grade"].to_list() == [None]


def test_rows_keep_their_currency() -> None:
    case = rupiah_case(1_500_000_000)
    row = frames.from_cases([case]).row(0, named=True)
    assert frames.to_case(row) == case
    del row["loan.currency"]
    assert frames.to_case(row, vocabulary=rupiah_policy().words) == case
    assert frames.explain(rupiah_policy(), row, on=ON).case == case
    assert next(iter(frames.to_cases(pl.DataFrame([row]), currency="IDR"))) == case


def rulebook(first: RevisitPolicy, second: RevisitPolicy) -> Rulebook:
    more: dict[str, Any] = {"source": PRACTICE, "label": Label("版", "edition")}
    old = Edition(id="OLD", policy=first, since="2010-01-01", until="2023-01-01", **more)
    return Rulebook("book", editions=(old, Edition(id="NEW", policy=second, since="2023-01-01", **more)))


def test_editions_in_other_words_or_another_currency_are_refused_with_how_to_map() -> None:
    plain = table("grade", Rank, "worst", otherwise=Rank.R1)
    yen_policy = rupiah_policy(tables=(plain,), vocabulary=Vocabulary(currency="JPY"))
    with pytest.raises(InvalidPolicyError, match=r"`NEW`: has other currency than edition `OLD`: IDR, got JPY there; say it in a Vocabulary of both"):
        rulebook(yen_policy, rupiah_policy())
    other = rupiah_policy(tables=(plain,), vocabulary=Vocabulary(currency="IDR", signals=Topic))
    with pytest.raises(InvalidPolicyError, match=r"has other signals than edition `OLD`.*give both a Vocabulary with the words of either"):
        rulebook(other, rupiah_policy())
    coarse = rupiah_policy(tables=(table("grade", Band, "worst", otherwise=Band.GOOD),), vocabulary=Vocabulary(currency="IDR"))
    with pytest.raises(InvalidPolicyError, match="give both tables all outcomes of either"):
        rulebook(coarse, rupiah_policy())


def test_money_without_a_minor_unit_is_read_by_every_reader() -> None:
    grade = table("grade", Rank, "worst", rule("large", facts.balance > yen(30_000_000), Rank.R5), otherwise=Rank.R1)
    policy = RevisitPolicy("jpy", version="1", label=Label("日元", "in yen"), tables=(grade,), calendar=CHINA)
    for balance, expected in ((30_000_000, "rank 1"), (30_000_001, "rank 5")):
        case = attrs.evolve(CASE, visits=(), events=(), loan=attrs.evolve(CASE.loan, balance=yen(balance)))
        assert policy.decide(case, on=ON).grade.label() == expected
        assert frames.label(policy, frames.decide(policy, frames.from_cases([case]), on=ON))["grade"].to_list() == [expected]
    assert "JPY 30,000,000" in policy.to_markdown("zh")
    assert "JPY" in str(analysis.diff(policy, policy.without("large")).changes[0].witness)


def test_own_events_date_own_signals() -> None:
    case = attrs.evolve(
        CASE, visits=(), events=(Event(Topic.UNINSURED, since="2026-05-04"),),
        collateral=attrs.evolve(CASE.collateral, damaged_by_owner=True), loan=attrs.evolve(CASE.loan, days_past_due=0),
    )  # fmt: skip
    (signal,) = own_policy().decide(case, on=ON).signals
    assert (signal.code, signal.level, str(signal.since)) == (Topic.UNINSURED, Alarm.LOUD, "2026-05-04")
