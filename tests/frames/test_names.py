"""Names of columns: which engines pass over their case, and what is said of columns that they cannot tell apart."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, Final

import duckdb
import polars as pl
import pytest
from tests.policy.small_policy import CASE, small_rulebook

from revisit_policy import InvalidInputError, InvalidValueError, frames

ON: Final = "2026-06-01"
BOOK: Final = small_rulebook()
FRAME: Final = frames.from_cases([CASE])
ADDED: Final = tuple(name for name in frames.decide(BOOK, FRAME, on=ON).columns if name not in FRAME.columns)
READ: Final = tuple(column.path for column in frames.schema(BOOK))


def relation(extra: str) -> Any:
    return duckdb.from_arrow(FRAME.to_arrow()).project(f'*, 99 AS "{extra}"')  # of a connection that stays: DuckDB before 2 closes others


@pytest.mark.parametrize("name", ADDED)
def test_duckdb_is_given_no_column_that_it_has_in_another_case(name: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"`frame\.{name.upper()}` must be free for what the decision adds"):
        frames.decide(BOOK, relation(name.upper()), on=ON)


@pytest.mark.parametrize("name", READ)
def test_duckdb_reads_no_column_that_it_cannot_tell_from_another(name: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"`frame\.{name}` must be told from every other column by more than its case, .* got `'{name.title()}'`"):
        frames.decide(BOOK, relation(name.title()), on=ON)


def test_a_decided_relation_is_not_labelled_where_a_column_of_another_case_stands_beside_it() -> None:
    decided = frames.decide(BOOK, relation("mine"), on=ON)
    assert frames.label(BOOK, decided).project('"grade"').fetchall() == [("pass",)]
    with pytest.raises(InvalidInputError, match=r"`frame\.grade` must be told from every other column"):
        frames.label(BOOK, decided.project('*, 99 AS "GRADE"'))


def test_names_that_nobody_reads_or_adds_may_differ_in_case_alone() -> None:
    both = relation("mine").project('*, 1 AS "Mine"')
    assert frames.decide(BOOK, both, on=ON).project('"grade"').fetchall() == [(0,)]


def test_engines_that_heed_the_case_keep_both() -> None:
    decided = frames.decide(BOOK, FRAME.with_columns(pl.lit(99).alias("GRADE"), pl.lit(99).alias("LOAN.BALANCE")), on=ON)
    assert decided.select("grade", "GRADE").row(0) == (0, 99)


@pytest.mark.parametrize(
    ("keys", "columns", "words"),
    [
        (("LOAN.BALANCE", "id"), {}, r"`keys` must be columns that the policy does not read itself, in whatever case, got `'LOAN\.BALANCE'`"),
        (("id", "ID"), {}, "`keys` must be told from `id` by more than its case, got `'ID'`"),
        (("BAL",), {"loan.balance": "bal"}, "`keys` must be columns that the policy does not read itself, in whatever case, got `'BAL'`"),
        ((), {"loan.balance": "x", "loan.days_past_due": "X"}, "`columns` must be told from `.` by more than its case, got `'.'`"),
    ],
    ids=["a key that is read", "two keys", "a key that is read under another name", "two columns that are read"],
)
def test_a_query_asks_for_no_two_columns_that_differ_in_case_alone(keys: tuple[str, ...], columns: dict[str, str], words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        frames.to_sql(BOOK, on=ON, keys=keys, columns=columns)


@pytest.mark.parametrize("name", ["grade", "GRADE", "Policy_Digest"])
def test_a_query_passes_no_key_through_that_the_decision_adds(name: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"`frame\.{name}` must be free for what the decision adds"):
        frames.to_sql(BOOK, on=ON, keys=(name,))


WITHOUT: Final = """
import sys
sys.modules["{package}"] = None
from tests.policy.small_policy import CASE, small_rulebook
from revisit_policy import MissingExtraError, frames
try:
    {call}
except MissingExtraError as error:
    print(error)
"""
CALLS: Final = {
    "a frame of polars": ("polars", "frames.from_cases([CASE])"),
    "a frame of pandas": ("pandas", "frames.from_cases([CASE], engine='pandas')"),
    "a frame of pyarrow": ("pyarrow", "frames.from_cases([CASE], engine='pyarrow')"),
    "a query": ("duckdb", "frames.to_sql(small_rulebook(), on='2026-06-01')"),
    "rows of a relation": ("pyarrow", "import duckdb; list(frames.to_cases(duckdb.sql('SELECT 1 AS one')))"),
}


@pytest.mark.parametrize(("package", "call"), CALLS.values(), ids=CALLS)
def test_an_engine_that_is_not_installed_is_named_with_how_to_install_it(package: str, call: str) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT.format(package=package, call=call)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"`revisit_policy.frames` needs `{package}`; install it with `pip install {package}`"
