"""Arrears of a whole book: row for row what the single question says, on polars and DuckDB."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs
import duckdb
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.servicing.strategies import HOUSE, LENT_ON, days

from revisit_policy import Citation, Money, RevisitPolicyError, cny, frames
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import Arrears, ArrearsConvention, Instalment, LoanAccount, Payment, arrears
from revisit_policy.values import Date, add_months

DUE: Final = {"loan_no": pl.String, "due_on": pl.Date, "principal": pl.Int64, "interest": pl.Int64}
PAID: Final = {"loan_no": pl.String, "paid_on": pl.Date, "amount": pl.Int64}

RBI: Final = ArrearsConvention(
    name=("印度储备银行口径", "as the Reserve Bank of India has it"), source=Citation(standing="proposal"), due_day=1, whole_balance_from=None,
    allocation="oldest_interest_first", bands=(1, 31, 61, 91),
)  # fmt: skip
MONTHS: Final = attrs.evolve(RBI, count="months_of_30", bands=(30, 60, 90))
CONVENTIONS: Final = {
    "the Chinese one": cn_housing.ARREARS_CONVENTION,
    "the other return's": cn_housing.ARREARS_CONVENTION_S67,
    "the Indian one": RBI,
    "a servicer's months": MONTHS,
    "months from the day after": attrs.evolve(MONTHS, due_day=0, grace_days=3),
    "principal first": attrs.evolve(HOUSE, allocation="oldest_principal_first"),
    "grace that counts": attrs.evolve(HOUSE, grace_days=7),
    "grace that does not": attrs.evolve(HOUSE, grace_days=3, after_grace="from_its_end", due_day=1),
}


def _on_duckdb(due: pl.DataFrame, paid: pl.DataFrame) -> tuple[Any, Any]:
    connection = duckdb.connect()
    return connection.from_arrow(due.to_arrow()), connection.from_arrow(paid.to_arrow())


ENGINES: Final[dict[str, Callable[[pl.DataFrame, pl.DataFrame], tuple[Any, Any]]]] = {
    "polars": lambda due, paid: (due, paid),
    "polars lazy": lambda due, paid: (due.lazy(), paid.lazy()),
    "duckdb": _on_duckdb,
}


def _rows(result: Any) -> dict[str, dict[str, Any]]:
    if isinstance(result, pl.LazyFrame):
        result = result.collect()
    table = result.to_arrow_table() if isinstance(result, duckdb.DuckDBPyRelation) else result.to_arrow()
    assert isinstance(table, pa.Table)
    return {row["loan_no"]: row for row in table.to_pylist()}


@st.composite
def _accounts(draw: st.DrawFn) -> LoanAccount:
    """Accounts that tables can hold: no pauses, nothing moved; due days of month ends and of any day."""
    first = draw(st.sampled_from([LENT_ON, Date(2024, 2, 5)]))
    kinds = draw(st.lists(st.sampled_from([(10, 5), (0, 5), (10, 0)]), min_size=1, max_size=7))
    instalments = [
        Instalment(due_on=add_months(first, at), principal=cny(principal), interest=cny(interest)) for at, (principal, interest) in enumerate(kinds, 1)
    ]
    payments = st.lists(st.builds(Payment, paid_on=days, amount=st.sampled_from([1, 5, 10, 15, 40]).map(cny)), max_size=8)
    lent = Money(sum(instalment.principal.minor for instalment in instalments), "CNY")
    return LoanAccount(disbursed_on=LENT_ON, principal=lent, instalments=instalments, payments=draw(payments))


def _tables(accounts: Mapping[str, LoanAccount]) -> tuple[pl.DataFrame, pl.DataFrame]:
    due = [
        (loan, dt.date.fromisoformat(str(each.due_on)), each.principal.minor, each.interest.minor)
        for loan, account in accounts.items()
        for each in reversed(account.instalments)
    ]
    paid = [
        (loan, dt.date.fromisoformat(str(each.paid_on)), each.amount.minor) for loan, account in accounts.items() for each in reversed(account.payments)
    ]
    return pl.DataFrame(due, schema=DUE, orient="row"), pl.DataFrame(paid, schema=PAID, orient="row")


def _row(found: Arrears, loan: str) -> dict[str, Any]:
    return {
        "loan_no": loan,
        "loan.days_past_due": found.days_past_due,
        "loan.balance": found.outstanding.minor,
        "loan.missed_consecutive": found.missed_consecutive,
        "loan.missed_total_24m": found.missed_total_24m,
        "loan.delays_over_5_days_12m": found.delays_over_5_days_12m,
        "principal_days": found.principal_days,
        "interest_days": found.interest_days,
        "overdue_principal": found.overdue_principal.minor,
        "overdue_interest": found.overdue_interest.minor,
        "overdue_balance": found.overdue_balance.minor,
        "missed_total": found.missed_total,
        "loan.arrears_as_of": dt.date.fromisoformat(str(found.on)),
        "refused": False,
    }


@given(st.lists(_accounts(), min_size=1, max_size=4), days, st.sampled_from(list(CONVENTIONS)), st.sampled_from(list(ENGINES)))
def test_every_row_is_what_the_single_question_says(accounts: list[LoanAccount], on: Date, convention: str, engine: str) -> None:
    book = {f"L{at}": account for at, account in enumerate(accounts)}
    counted = CONVENTIONS[convention]
    rows = _rows(frames.arrears(*ENGINES[engine](*_tables(book)), counted, on=on))
    assert rows.keys() == book.keys()
    for loan, account in book.items():
        found = arrears(account, counted, on=on)
        since = rows[loan].pop("unpaid_since")
        assert rows[loan] == _row(found, loan)
        grace = counted.grace_days if counted.after_grace.value == "from_its_end" else 0
        assert (since is None) is (found.unpaid_since is None)
        assert since is None or str(since + dt.timedelta(days=grace)) == str(found.unpaid_since)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("on", ["2027-03-01", "2026-02-28", "2028-02-29", "2026-12-31"])
def test_years_of_a_loan_are_counted_as_those_of_the_single_question(engine: str, on: str) -> None:
    due = [add_months(Date(2024, 1, 31), month) for month in range(1, 48)]
    paid = [Payment(paid_on=day + dt.timedelta(days=late), amount=cny(15)) for day, late in zip(due, [0, 1, 5, 6, 40] * 5, strict=False)]
    instalments = [Instalment(due_on=day, principal=cny(10), interest=cny(5)) for day in due]
    account = LoanAccount(disbursed_on="2024-01-31", principal=cny(470), instalments=instalments, payments=paid)
    for counted in CONVENTIONS.values():
        rows = _rows(frames.arrears(*ENGINES[engine](*_tables({"A": account})), counted, on=on))
        del rows["A"]["unpaid_since"]
        assert rows["A"] == _row(arrears(account, counted, on=on), "A")


DAY: Final = dt.date(2025, 3, 20)
MALFORMED: Final[dict[str, tuple[list[Any], list[Any]]]] = {
    "a payment of nothing": ([("B", DAY, 1, 1)], [("B", DAY, 0)]),
    "a payment below 0": ([("B", DAY, 1, 1)], [("B", DAY, -1)]),
    "a payment that is missing": ([("B", DAY, 1, 1)], [("B", DAY, None)]),
    "a payment on no day": ([("B", DAY, 1, 1)], [("B", None, 1)]),
    "an instalment of nothing": ([("B", DAY, 0, 0)], []),
    "an instalment below 0": ([("B", DAY, 2, -1)], []),
    "an instalment that is missing": ([("B", DAY, None, 1)], []),
    "an instalment on no day": ([("B", None, 1, 1)], []),
    "two on one day": ([("B", DAY, 1, 1), ("B", DAY, 2, 2)], []),
    "payments of a loan without instalments": ([], [("B", DAY, 1)]),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("due", "paid"), MALFORMED.values(), ids=MALFORMED)
def test_a_loan_with_what_cannot_be_is_refused_and_harms_no_other(due: list[Any], paid: list[Any], engine: str) -> None:
    dues = pl.DataFrame([("A", DAY, 100, 50), *due], schema=DUE, orient="row")
    payments = pl.DataFrame([("A", DAY, 60), *paid], schema=PAID, orient="row")
    rows = _rows(frames.arrears(*ENGINES[engine](dues, payments), HOUSE, on="2025-04-19"))
    assert rows["B"] == dict.fromkeys(rows["A"]) | {"loan_no": "B", "refused": True}
    assert (rows["A"]["loan.days_past_due"], rows["A"]["overdue_principal"], rows["A"]["refused"]) == (30, 90, False)


def test_lazy_stays_lazy_and_the_book_is_decided_with_it() -> None:
    due, paid = (pl.DataFrame(rows, schema=schema, orient="row").lazy() for rows, schema in (([("A", DAY, 100, 50)], DUE), ([], PAID)))
    found = frames.arrears(due, paid, HOUSE, on="2025-06-19")
    assert isinstance(found, pl.LazyFrame)
    assert {"loan.days_past_due", "loan.missed_consecutive"} <= {column.path for column in frames.schema(cn_housing.rulebook)}


def test_the_key_may_have_another_name_and_type() -> None:
    due, paid = pl.DataFrame([(7, DAY, 100, 50)], schema={"id": pl.Int64, **{k: v for k, v in DUE.items() if k != "loan_no"}}, orient="row"), pl.DataFrame(
        schema={"id": pl.Int64, **{k: v for k, v in PAID.items() if k != "loan_no"}}
    )
    assert frames.arrears(due, paid, HOUSE, on="2025-03-21", key="id").select("id", "loan.days_past_due").row(0) == (7, 1)


EMPTY: Final = pl.DataFrame(schema=DUE), pl.DataFrame(schema=PAID)
WRONG: Final[dict[str, tuple[Callable[[], object], str]]] = {
    "all interest first": (lambda: frames.arrears(*EMPTY, attrs.evolve(HOUSE, allocation="all_interest_first"), on="2025-01-01"), r"pays by the oldest"),
    "a tolerance": (lambda: frames.arrears(*EMPTY, attrs.evolve(HOUSE, tolerance=cny(1)), on="2025-01-01"), r"tolerates nothing"),
    "a shift": (lambda: frames.arrears(*EMPTY, attrs.evolve(HOUSE, shift="following"), on="2025-01-01"), r"moves no due days"),
    "grace for the first": (
        lambda: frames.arrears(*EMPTY, attrs.evolve(HOUSE, grace_days=1, grace_for="first_period"), on="2025-01-01"), r"grace for every instalment",
    ),
    "months from the end of a grace": (
        lambda: frames.arrears(*EMPTY, attrs.evolve(MONTHS, grace_days=1, after_grace="from_its_end"), on="2025-01-01"), r"counts months from the due day",
    ),
    "no convention": (lambda: frames.arrears(*EMPTY, None, on="2025-01-01"), r"`convention` must be an ArrearsConvention"),  # type: ignore[arg-type] # on purpose
    "another engine": (lambda: frames.arrears(EMPTY[0].to_pandas(), EMPTY[1], HOUSE, on="2025-01-01"), r"`instalments` must be a polars frame"),
    "two engines": (lambda: frames.arrears(EMPTY[0], _on_duckdb(*EMPTY)[1], HOUSE, on="2025-01-01"), r"of the engine of `instalments`"),
    "a column that is missing": (lambda: frames.arrears(EMPTY[0].drop("interest"), EMPTY[1], HOUSE, on="2025-01-01"), r"`instalments.interest` must be"),
    "a key that is missing": (lambda: frames.arrears(*EMPTY, HOUSE, on="2025-01-01", key="id"), r"`instalments.id` must be a column"),
    "a key that is none": (lambda: frames.arrears(*EMPTY, HOUSE, on="2025-01-01", key=1), r"`key` must be"),  # type: ignore[arg-type] # on purpose
    "no frame": (lambda: frames.arrears(1, EMPTY[1], HOUSE, on="2025-01-01"), r"`frame` must be"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=WRONG)
def test_what_columns_cannot_count_is_refused_by_its_name(call: Callable[[], object], message: str) -> None:
    with pytest.raises(RevisitPolicyError, match=message):
        call()
