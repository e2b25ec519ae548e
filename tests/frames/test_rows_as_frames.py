"""One row, three readers: a row is refused in words of ours, or read as a frame of it is decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.books import DENOMINATORS, ON, as_columns, rows, with_said
from tests.frames.engines import ENGINES, cells
from tests.policy.small_policy import CASE, case_with, rule, small_policy, small_rulebook

from revisit_policy import BorrowerProfile, CaseFile, Decision, Fact, InvalidInputError, Label, Loan, Measure, Money, RevisitPolicyError, cny, frames
from revisit_policy.casefile.case_columns import FIELDS, SAID
from revisit_policy.casefile.rows.word_columns import OUR_COLUMNS
from revisit_policy.frames import major_units, minor_units, percent
from revisit_policy.rulebooks import cn_housing

BOOK: Final = small_rulebook()
DAY: Final = "2026-06-01"
SOUND: Final[Mapping[str, Any]] = frames.from_cases([CASE]).row(0, named=True)
SCHEMA: Final = tuple(column.path for column in frames.schema(BOOK, visits=True))

VALUES: Final = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 40_000), st.sampled_from((0, 1, 10**11, 10**11 + 1, -1, 2**63 - 1)),
    st.sampled_from((0.0, 1.0, 0.5, 3.35, 335.7, 145_500_000.0, float("nan"), float("inf"))),
    st.sampled_from(("", "normal", "excellent", "first_home", "2024-03-15", "3.35", "145500000", "True")),
    st.sampled_from(tuple(map(Decimal, ("0.0335", "3.35", "-0.02", "-9.8", "1", "2450000.00", "145500000")))),
    st.sampled_from((dt.date(2024, 3, 15), dt.date(2026, 5, 31), dt.date(2026, 6, 2), dt.date(1850, 1, 1))),
    st.sampled_from((dt.datetime(2024, 3, 15), dt.datetime(2024, 3, 15, 9))),  # noqa: DTZ001 - without a zone
)  # fmt: skip


def explained(row: Any, **layout: Any) -> Decision | None:
    """The single decision on a row; ``None`` for one that is refused, by an error of ours."""
    try:
        return frames.explain(BOOK, row, on=DAY, **layout)
    except RevisitPolicyError:
        return None


def decided(frame: Any, **layout: Any) -> dict[str, Any] | None:
    """What a frame of one row is decided as; ``None`` where a type is refused."""
    try:
        found = frames.decide(BOOK, frame, on=DAY, visits=True, **layout)
    except InvalidInputError:
        return None
    return {name: column[0] for name, column in cells(found).items()}


def assert_alike(single: Decision | None, row: Mapping[str, Any] | None) -> None:
    if row is None:
        return
    assert (single is not None) == (row["bad_input"] == 0)
    if single is not None:
        visit = single.schedule.next
        wanted = (single.grade.severity, single.level.severity, single.interval_months, None if visit is None else visit.window.closes)
        assert (row["grade"], row["level"], row["interval_months"], row["next_closes"]) == wanted


@given(VALUES, st.sampled_from(SCHEMA), st.sampled_from((None, 1, 100, 10_000)))
@settings(max_examples=60)
def test_a_row_is_refused_or_read_as_the_frame_of_it_is_decided(value: Any, path: str, denominator: int | None) -> None:
    layout = {} if denominator is None or path not in DENOMINATORS else {"denominators": {path: denominator}}
    single = explained({**SOUND, path: value}, **layout)
    try:
        series = pl.Series(path, [value])
    except (OverflowError, TypeError, pl.exceptions.PolarsError):
        return  # no column holds it
    frame = frames.from_cases([CASE]).with_columns(series)
    assert_alike(single, decided(frame, **layout))


@given(VALUES, st.sampled_from(SCHEMA), st.booleans())
@settings(max_examples=10)
def test_a_row_of_pandas_is_read_as_its_frame_is_decided(value: Any, path: str, stated: bool) -> None:
    layout = {"denominators": {path: 10_000}} if stated and path in DENOMINATORS else {}
    frame = frames.from_cases([CASE], engine="pandas").assign(**{path: pd.Series([value])})
    assert_alike(explained(frame.iloc[0], **layout), decided(frame, **layout))


@given(VALUES, st.sampled_from(tuple(FIELDS)), st.sampled_from((None, 100, 10_000)))
def test_a_case_file_holds_what_the_row_said_to_the_last_digit(value: Any, path: str, denominator: int | None) -> None:
    layout: dict[str, Any] = {} if denominator is None else {"denominators": {path: denominator}}
    try:
        case = frames.to_case({**SOUND, path: value}, **layout)
    except RevisitPolicyError:
        return
    part, _, field = path.partition(".")
    found = getattr(getattr(case, part), field)
    match found:
        case Money():
            assert found.minor == value
        case Fraction():
            assert found == Fraction(value) / (denominator or 1)
        case dt.date():
            assert found == (value.date() if isinstance(value, dt.datetime) else value)
        case bool() | None:
            assert found is value or value != value  # noqa: PLR0124 - a NaN
        case int():
            assert (found, type(value) is bool) == (value, False)
        case _:
            assert str(getattr(found, "value", found)) == str(value)


@given(st.data())
@settings(max_examples=15)
def test_a_row_with_the_columns_of_the_schema_alone_is_explained_as_it_is_decided(data: st.DataObject) -> None:
    on = data.draw(st.sampled_from(ON))
    loans = [with_said(row)[0] for row in data.draw(st.lists(rows(BOOK, visits=True), min_size=1, max_size=6))]
    frame = ENGINES["polars"](as_columns(loans)).select(SCHEMA)
    found = frames.decide(BOOK, frame, on=on, visits=True, denominators={path: per for path, per in DENOMINATORS.items() if path in SCHEMA})
    for at, row in enumerate(frame.rows(named=True)):
        if found["bad_input"][at] == 0:
            single = frames.explain(BOOK, row, on=on, denominators={path: per for path, per in DENOMINATORS.items() if path in SCHEMA})
            assert (single.grade.severity, single.interval_months) == (found["grade"][at], found["interval_months"][at])


def test_the_shipped_rulebook_explains_a_row_of_its_schema() -> None:
    asked = [column.path for column in frames.schema(cn_housing.rulebook)]
    cases = [case_with(days_past_due=days, determined=grade) for days in (0, 91) for grade in ("unclassified", "normal", "substandard", "loss", None)]
    for row in frames.decide(cn_housing.rulebook, frames.from_cases(cases).select(asked), on=DAY).rows(named=True):
        assert frames.explain(cn_housing.rulebook, row, on=DAY).grade.severity == row["grade"]


def test_what_nobody_reads_does_not_keep_a_row_from_being_explained() -> None:
    odd: dict[Any, Any] = {**SOUND, "loan.loan_no": 1.5, "market.region": ["?"], "loan.branch": "east", "market.price_volatility": "high", 7: "seven"}
    assert frames.explain(BOOK, odd, on=DAY).grade == BOOK.decide(CASE, on=DAY).grade
    with pytest.raises(InvalidInputError, match=r"`row\.loan\.branch` must be called by a name that a case file has"):
        frames.explain(BOOK, {name: cell for name, cell in odd.items() if name != "collateral.seized"}, on=DAY)


@pytest.mark.parametrize("path", OUR_COLUMNS.paths)
def test_a_slip_in_the_name_of_a_column_is_refused_with_the_nearest(path: str) -> None:
    slip = path[:-1] if path[:-1] not in OUR_COLUMNS.paths else f"{path}x"
    with pytest.raises(InvalidInputError, match=rf"`row\.{slip}` must be called by a name that a case file has; did you mean `{path.partition('.')[0]}"):
        frames.to_case({**SOUND, slip: None})


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    wrong = {**SOUND, "loan.balance": True, "loan.product": [], "visits.first": "2026-01-01", "loan.currency": "yuan", "loan.pricee": 1}
    with pytest.raises(InvalidInputError) as caught:
        frames.to_case(wrong)
    assert {error.field for error in caught.value.exceptions} == {"loan.balance", "loan.product", "visits.first", "loan.currency", "loan.pricee"}  # type: ignore[union-attr] # of one value each


def test_units_that_are_named_are_read_and_text_with_them() -> None:
    bank = {**SOUND, "loan.principal": Decimal("1000000.00"), "loan.balance": "700000.00", "loan.annual_rate": "3.35"}
    bank["market.price_change_12m"] = Decimal("-9.8")
    case = frames.to_case(bank, units=[major_units("loan.principal", "loan.balance"), percent()])
    assert (case.loan.principal, case.loan.balance) == (cny(1_000_000), cny(700_000))
    assert (case.loan.annual_rate, case.market.price_change_12m) == (Fraction("0.0335"), Fraction("-0.098"))
    assert frames.explain(BOOK, bank, on=DAY, units=[major_units("loan.principal", "loan.balance"), percent()]).case == case


def test_a_float_is_money_in_a_row_of_pandas_and_where_its_unit_is_named() -> None:
    gaps = frames.from_cases([CASE, CASE], engine="pandas").astype({"loan.balance": "float64"})
    assert frames.explain(BOOK, gaps.iloc[1], on=DAY).case.loan == CASE.loan
    with pytest.raises(InvalidInputError, match=r"`row\.loan\.balance` must be a whole number of minor units"):
        frames.explain(BOOK, gaps.iloc[1].to_dict(), on=DAY)
    assert frames.explain(BOOK, gaps.iloc[1].to_dict(), on=DAY, units=[minor_units("loan.balance")]).case.loan == CASE.loan


def test_case_files_are_made_of_no_column_whose_type_decide_refuses() -> None:
    floats = frames.from_cases([CASE]).with_columns(pl.col("loan.balance").cast(pl.Float64), pl.col("loan.annual_rate").cast(pl.Float64))
    with pytest.raises(InvalidInputError, match=r"`frame\.loan\.balance` must be a column of Int64; money is held in minor units.*`frame\.loan\.annual_rate`"):
        next(frames.to_cases(floats))


def test_the_currency_is_kept_there_and_back() -> None:
    loan = Loan(
        "L-1", product="first_home", principal=Money.of("250000", "USD"), balance=Money.of("200000", "USD"), annual_rate="0.0335",
        repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=0,
    )  # fmt: skip
    abroad = CaseFile(loan=loan, borrower=BorrowerProfile("B-1", monthly_income=Money.of("9000", "USD")))
    assert [case.loan for case in frames.to_cases(frames.from_cases([abroad, CASE])) if isinstance(case, CaseFile)] == [loan, CASE.loan]
    plain = frames.from_cases([abroad]).drop("loan.currency")
    assert list(frames.to_cases(plain, currency="USD")) == [abroad]


@pytest.mark.parametrize("engine", ["polars", "polars lazy", "polars categories", "pandas", "pyarrow", "duckdb"])
def test_amounts_of_another_currency_are_bad_input_and_nothing_is_decided_by_them(engine: str) -> None:
    book = frames.from_cases([CASE, CASE, CASE]).with_columns(pl.Series("loan.currency", ["CNY", "USD", None]))
    make: dict[str, Callable[[], Any]] = {
        "polars": lambda: book,
        "polars lazy": book.lazy,
        "polars categories": lambda: book.with_columns(pl.col("loan.currency").cast(pl.Categorical)),
        "pandas": lambda: book.to_pandas(),
        "pyarrow": book.to_arrow,
        "duckdb": lambda: duckdb.from_arrow(book.to_arrow()),
    }
    rulebook = cn_housing.rulebook
    found = cells(frames.label(rulebook, frames.decide(rulebook, make[engine](), on=DAY)))
    assert found["grade"] == ["pass", None, "pass"]
    told = [", ".join(row) for row in zip(*(said for name, said in found.items() if name.startswith("bad_input")), strict=True)]
    assert told[0].strip(", ") == told[2].strip(", ") == ""
    assert found["bad_input"][1]  # the first column alone tells that the row is bad
    assert "borrower.monthly_income" in told[1]
    with pytest.raises(InvalidInputError, match="must be in the currency of the policy, CNY"):
        frames.explain(rulebook, book.row(1, named=True), on=DAY)


def test_a_policy_that_reads_no_amount_decides_in_any_currency() -> None:
    book = frames.from_cases([CASE]).with_columns(pl.lit("USD").alias("loan.currency"))
    assert frames.decide(BOOK, book, on=DAY)["grade"].to_list() == [frames.explain(BOOK, book.row(0, named=True), on=DAY).grade.severity]


def test_a_column_of_currencies_is_text() -> None:
    numbers = frames.from_cases([CASE]).with_columns(pl.lit(156).alias("loan.currency"))
    with pytest.raises(InvalidInputError, match=r"`frame\.loan\.currency` must be a column of String"):
        frames.check(cn_housing.rulebook, numbers)
    frames.check(cn_housing.rulebook, numbers, without=("loan.currency",))


def test_supplied_facts_of_a_row_are_read_as_those_of_a_frame() -> None:
    kinds = {
        "fee": (Fact.money("fee", low=cny(0), high=cny(1_000), label=Label("费", "fee")), cny(500), (49_900, 50_100)),
        "share": (Fact.ratio("share", low="0", high="1", label=Label("占比", "share")), "0.5", (Decimal("0.4"), Decimal("0.6"))),
        "seen": (Fact.day("seen", label=Label("日", "seen")), "2026-01-01", (dt.date(2025, 1, 1), dt.date(2026, 2, 1))),
        "times": (Fact.count("times", low=0, high=9, label=Label("次", "times")), 5, (4, 6)),
    }
    steps = (Measure.VERIFY, Measure.COLLECT, Measure.GRACE, Measure.REVALUE)
    own_rules = [rule(f"own-{name}", fact > limit, step) for step, (name, (fact, limit, _)) in zip(steps, kinds.items(), strict=True)]
    policy = small_policy().adding(*own_rules, to="measures")
    own = [{name: values[at] for name, (_, _, values) in kinds.items()} for at in (0, 1)]
    frame = pl.concat([frames.from_cases([CASE, CASE]), pl.DataFrame(own)], how="horizontal")
    found = frames.label(policy, frames.decide(policy, frame, on=DAY))
    for at, row in enumerate(frame.rows(named=True)):
        single = frames.explain(policy, row, on=DAY)
        assert {step.measure.label("en") for step in single.measures} == set(found["measures"][at].split(", "))
    assert [len(words.split(", ")) for words in found["measures"]] == [1, 4]
    with pytest.raises(InvalidInputError, match=r"`row\.fee` must be a whole number of minor units.*`row\.share` must be an exact ratio"):
        frames.explain(policy, {**frame.row(0, named=True), "fee": True, "share": 0.5}, on=DAY)


def test_what_is_said_beside_the_fields_is_no_stranger() -> None:
    assert set(SAID) <= set(OUR_COLUMNS.paths)
    assert frames.to_case({**SOUND, **dict.fromkeys(SAID)}).loan == CASE.loan
