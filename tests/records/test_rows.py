"""Case files out of rows, and rows out of case files: read exactly, by the names that frames have."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sqlite3
from decimal import Decimal
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from tests.policy.small_policy import CASE

from revisit_policy import Event, Grade, InvalidInputError, InvalidValueError, Money, Product, UnknownNameError, Visit, cny, frames
from revisit_policy.casefile import major_units, percent
from revisit_policy.casefile.case_columns import FIELDS
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.rows.word_columns import OUR_COLUMNS, WordColumns
from revisit_policy.outcomes.measure import ActionState
from revisit_policy.records import from_row, to_row
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import case_files

ON: Final = "2026-06-30"
TEXT: Final = {
    "loan.loan_no": "L-1",
    "loan.product": "first_home",
    "loan.principal": "1800000.00",
    "loan.balance": "1455000.00",
    "loan.annual_rate": "3.35",
    "loan.repayment": "level_payment",
    "loan.disbursed_on": "2024-03-15",
    "loan.term_months": "360",
    "loan.days_past_due": "45",
    "borrower.id": "B-1",
}
UNITS: Final = (percent(), major_units())


@given(case_files(on=ON))
def test_a_row_that_is_written_is_read_back_and_decided_alike(case) -> None:
    again = from_row(to_row(case))
    assert (again.loan, again.borrower, again.collateral, again.market) == (case.loan, case.borrower, case.collateral, case.market)
    asked, told = (cn_housing.rulebook.decide(each, on=ON) for each in (case, again))
    assert (told.grade, told.level, told.schedule) == (asked.grade, asked.level, asked.schedule)


@given(case_files(on=ON))
def test_a_row_has_the_names_and_the_values_of_a_frame(case) -> None:
    (cells,) = frames.from_cases([case]).rows(named=True)
    assert to_row(case, only=list(cells)) == cells
    assert frames.to_case(to_row(case)) == from_row(to_row(case))


def test_columns_can_be_called_otherwise_in_both_directions() -> None:
    names = {"loan.loan_no": "contract_no", "visits.first": "first_visit"}
    row = to_row(CASE, columns=names)
    assert row["contract_no"] == CASE.loan.loan_no
    assert from_row(row, columns=names) == from_row(to_row(CASE))


def test_a_row_of_text_is_read_as_from_csv() -> None:
    written = io.StringIO()
    writer = csv.DictWriter(written, [*TEXT, "loan.refinanced", "loan.impaired", "loan.price"])
    writer.writeheader()
    writer.writerow({**TEXT, "loan.refinanced": "true", "loan.impaired": "", "loan.price": ""})
    (row,) = csv.DictReader(io.StringIO(written.getvalue()))
    case = from_row(row, visits=(), units=UNITS)
    assert (case.loan.balance, case.loan.days_past_due, case.loan.disbursed_on.isoformat()) == (cny("1455000.00"), 45, "2024-03-15")
    assert (case.loan.refinanced, case.loan.impaired, case.loan.price) == (True, None, None)


def test_a_row_of_sql_is_read_with_the_flags_and_days_that_sqlite_has() -> None:
    with sqlite3.connect(":memory:") as database:
        database.row_factory = sqlite3.Row
        columns = "no text, kind text, lent int, owed int, rate text, way text, paid_out text, months int, late int, who text, lost int"
        database.execute(f"create table loans ({columns})")
        database.execute("insert into loans values ('L-1', '01', 180000000, 145500000, '3.35', 'level_payment', '2024-03-15', 360, 45, 'B-1', 0)")
        (row,) = database.execute("select * from loans").fetchall()
    database.close()
    names = dict(zip([*TEXT, "borrower.lost_contact"], row.keys(), strict=True))
    codes: dict[str, dict[Any, Any]] = {"loan.product": {"01": Product.FIRST_HOME}, "borrower.lost_contact": {0: False, 1: True}}
    case = from_row(dict(row), columns=names, visits=(), codes=codes, units=[percent()])
    assert case == from_row({**TEXT, "borrower.lost_contact": False}, visits=(), units=UNITS)


def test_amounts_are_of_the_currency_that_the_row_or_the_caller_says() -> None:
    assert from_row(TEXT, visits=(), units=UNITS, currency="USD").loan.balance == Money.of("1455000.00", "USD")
    assert from_row({**TEXT, "loan.currency": "EUR"}, visits=(), units=UNITS).loan.balance == Money.of("1455000.00", "EUR")


def test_labels_are_read_in_a_language_beside_codes() -> None:
    row = {**TEXT, "loan.product": "首套住房贷款", "loan.repayment": "level_payment", "determination.grade": "关注"}
    case = from_row(row, visits=(), units=UNITS, lang="zh")
    assert (case.loan.product, case.determination.grade) == (Product.FIRST_HOME, Grade.SPECIAL_MENTION)


@pytest.mark.parametrize("state", list(ActionState))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_how_far_a_measure_has_come_is_read_by_its_label_beside_its_code(state, lang) -> None:
    for word in (state.label(lang), state.value):
        case = from_row({**TEXT, "actions.litigate.state": word, "actions.litigate.on": "2026-01-05"}, visits=(), units=UNITS, lang=lang)
        assert [(each.state, str(each.on)) for each in case.actions] == [(state, "2026-01-05")]


def test_every_column_of_codes_is_read_by_labels() -> None:
    named = WordColumns(cn_housing.rulebook.words)
    coded = {path for path in named.paths if named.holds(path) is Holding.CODE}
    assert coded >= {"loan.product", "loan.repayment", "determination.grade", "actions.litigate.state"}
    for path in coded:
        with pytest.raises(InvalidInputError, match=rf"`row\.{path}` must be one of"):
            from_row({**TEXT, path: "无此标签"}, visits=(), units=UNITS, lang="zh")


def test_a_history_that_was_not_loaded_is_no_loan_that_nobody_visited() -> None:
    with pytest.raises(InvalidInputError, match=r"`row.visits.first` must be a column of it \(None if there was none\), or the visits given as `visits=`"):
        from_row(TEXT, units=UNITS)
    assert from_row(TEXT, units=UNITS, visits=()).visits == ()
    never = dict.fromkeys(("visits.first", "visits.periodic", "visits.triggered", "visits.revaluation"))
    assert from_row({**TEXT, **never}, units=UNITS).visits == ()


def test_visits_and_events_come_from_tables_of_their_own() -> None:
    visit = Visit(kind="first", method="on_site", completed_on=dt.date(2024, 4, 2), finding="satisfactory")
    event = Event("seizure", since=dt.date(2026, 1, 5))
    case = from_row(TEXT, units=UNITS, visits=[visit], events=[event])
    assert (case.visits, case.events) == ((visit,), (event,))


BAD = {
    "a code that the bank did not say": ({"loan.product": "02"}, {"codes": {"loan.product": {"01": "first_home"}}}, "`row.loan.product` must be one of `01`"),
    "a label that is none": ({"loan.product": "首套房"}, {"lang": "zh"}, "perhaps `首套住房贷款`"),
    "digits that are no whole number": ({"loan.days_past_due": "45.0"}, {}, "`row.loan.days_past_due` must be a whole number"),
    "a day that there is not": ({"loan.disbursed_on": "2026-02-30"}, {}, "`row.loan.disbursed_on` must be a day"),
    "a day in another spelling": ({"loan.disbursed_on": "20240315"}, {}, "`row.loan.disbursed_on` must be a day"),
    "yes where true belongs": ({"loan.refinanced": "yes"}, {}, "`row.loan.refinanced` must be True or False"),
    "a misspelt column": ({"loan.days_pastdue": "3"}, {}, "did you mean `loan.days_past_due`?"),
    "told before it was reported": (
        {"visits.first": "2026-01-05", "visits.first.reported_on": "2026-01-08", "visits.first.told_on": "2026-01-07"}, {},
        "`CaseFile.visits.first.told_on` must be on or after the day of the report, `visits.first.reported_on` (2026-01-08), got `'2026-01-07'`",
    ),
    "a state of a measure that is none": (
        {"actions.litigate.state": "办妥", "actions.litigate.on": "2026-01-05"}, {"lang": "zh"}, "`row.actions.litigate.state` must be one of",
    ),
    "an amount as a float": ({"loan.balance": 1455000.25}, {}, "`row.loan.balance` must be exact money"),
    "a rate that could be either": ({"loan.annual_rate": 3}, {"units": [major_units()]}, "`row.loan.annual_rate` must be a ratio with its unit named"),
}


@pytest.mark.parametrize(("cells", "form", "because"), BAD.values(), ids=BAD.keys())
def test_a_cell_that_cannot_be_read_is_refused_at_its_column(cells, form, because) -> None:
    with pytest.raises(InvalidInputError) as caught:
        from_row({**TEXT, **cells}, visits=(), **{"units": UNITS, **form})
    assert because in str(caught.value)


def test_all_cells_are_refused_together_each_once() -> None:
    with pytest.raises(InvalidInputError) as caught:
        from_row({**TEXT, "loan.product": "x", "loan.term_months": "y"}, units=UNITS, lang="zh")
    told = [each.field for each in caught.value.exceptions if isinstance(each, InvalidValueError)]
    assert told == ["loan.product", "visits.first", "visits.periodic", "visits.triggered", "visits.revaluation", "loan.term_months"]


WRONG = {
    "a path of columns that is none": (lambda: from_row(TEXT, columns={"loan.balanc": "x"}), UnknownNameError, "did you mean `loan.balance`?"),
    "a path of codes that is none": (lambda: from_row(TEXT, codes={"product": {}}), UnknownNameError, "unknown column `product`"),
    "a parameter that is none": (lambda: from_row(TEXT, unit=1), UnknownNameError, "unknown parameter `unit`, did you mean `units`?"),  # type: ignore[call-arg]
    "a language that is none": (lambda: from_row(TEXT, lang="fr"), UnknownNameError, "unknown language `fr`"),
    "what is no row": (lambda: from_row([1]), InvalidValueError, "`row` must be one row"),  # type: ignore[arg-type]
    "what is no case file": (lambda: to_row(TEXT), InvalidValueError, "`case` must be a CaseFile"),  # type: ignore[arg-type]
    "a path that a row has not": (lambda: to_row(CASE, only=["loan.balanc"]), UnknownNameError, "did you mean `loan.balance`?"),
}


@pytest.mark.parametrize(("call", "kind", "because"), WRONG.values(), ids=WRONG.keys())
def test_a_call_that_cannot_be_meant_is_refused(call, kind, because) -> None:
    with pytest.raises(kind) as caught:
        call()
    assert because in str(caught.value)


def test_a_row_has_every_path_and_no_object_of_this_library() -> None:
    row = to_row(CASE)
    assert tuple(row) == tuple(path for path in OUR_COLUMNS.paths if path not in (*OUR_COLUMNS.actions, *OUR_COLUMNS.results))  # nothing was done
    assert {type(cell) for cell in row.values()} <= {str, int, bool, Decimal, dt.date, type(None)}
    assert set(FIELDS) <= set(row)


def test_what_is_given_beside_the_row_wins_over_it() -> None:
    row = to_row(attrs.evolve(CASE, visits=()))
    assert from_row(row, visits=CASE.visits).visits == CASE.visits
