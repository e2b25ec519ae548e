"""Rows as case files, and case files as rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, Unpack

import narwhals as nw

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.own.own_fact import is_value, no_entries, own_names
from revisit_policy.casefile.rows.row_reader import RowReader
from revisit_policy.casefile.rows.word_columns import columns_in
from revisit_policy.errors import InvalidInputError
from revisit_policy.frames.columns.binding import Layout, check_cells
from revisit_policy.frames.columns.row_layout import is_pandas_row, plain_row, row_reader
from revisit_policy.frames.columns.sources import holding_of
from revisit_policy.frames.engines.opened import dtypes_of, engine_of, new_frame, opened, whole_rows
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.words.vocabulary import Vocabulary, beside_ours
from revisit_policy.records.case_rows import PLACES, cells_of
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked, several

#: The types of the columns that are made here.
DTYPES: Final[dict[Holding, Any]] = {
    Holding.COUNT: nw.Int64,
    Holding.AMOUNT: nw.Int64,
    Holding.RATIO: nw.Decimal(38, PLACES),
    Holding.FLAG: nw.Boolean,
    Holding.CODE: nw.String,
    Holding.DAY: nw.Date,
    Holding.TEXT: nw.String,
}



# -- case files as rows ----------------------------------------------------------------------------------------------


def from_cases(cases: Iterable[CaseFile], *, engine: str = "polars", vocabulary: Vocabulary | None = None, own: Iterable[Fact] = ()) -> Any:
    """A frame with one row for each of *cases*, in their order, that `decide` reads as it stands.

    Columns are named by path. Money is in minor units, ratios are decimals, codes are text. Visits become the last day
    of each kind (``visits.first``) and of each method or a better one (``visits.by.phone``), which a revaluation is none of;
    events the first day of each signal (``events.arrears``). Where any result is recorded, so are the days on which the last visit of each
    kind was reported and told (``visits.first.reported_on``, ``visits.first.told_on``).

    Args:
        cases: Case files.
        engine: ``"polars"``, ``"pandas"`` or ``"pyarrow"``; it must be installed.
        vocabulary: The words of the policy that is to decide, ``policy.words``, of which visits and events have columns; ours if
            left out.
        own: The bank's own facts that the policy reads, ``policy.own_facts``: each has a column then, also where no case file mentions it,
            and of a register what is not mentioned has not happened.

    Raises:
        InvalidInputError: If a case file has visits, events or amounts in other words or another currency than the vocabulary's.
        InvalidValueError: If *cases* holds anything else, a ratio has no decimal of eleven places, or *engine* is none of the three.
        MissingExtraError: If *engine* is not installed; the extra ``frames`` brings none.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> from_cases([case]).select("loan.balance", "loan.days_past_due").row(0)
        (145500000, 45)
    """
    expected = Phrase("若干案件", "several case files")
    given, named = tuple(several(cases, field="cases", expected=expected)), columns_in(beside_ours(vocabulary))
    rows = [cells_of(checked(case, CaseFile, field="cases", expected=expected), named) for case in given]
    rare = (*named.actions, *named.desk, *named.results)  # what has been done about some loans alone has columns where it has
    acted = {path for row in rows for path in rare if path in row}
    acted |= set() if acted.isdisjoint(named.results) else set(named.results)  # whose results are recorded, all of its visits can be asked about
    paths = [path for path in named.paths if path in acted or path not in rare]
    columns = {path: [row.get(path) for row in rows] for path in paths}
    dtypes = {path: DTYPES[named.holds(path)] for path in paths}
    facts = several(own, field="own", expected=Phrase("若干自有事实，如 `policy.own_facts`", "own facts, such as `policy.own_facts`"))
    kinds = {name: fact for fact in facts for name in own_names(fact)}
    nothing: dict[str, Any] = dict(no_entries(kinds.values()))
    for name in dict.fromkeys((*kinds, *(name for case in given for name in case.own))):
        cells, dtype = _own_column([case.own.get(name, nothing.get(name)) for case in given])
        is_empty = name in kinds and all(cell is None for cell in cells)
        columns[f"own.{name}"], dtypes[f"own.{name}"] = cells, _own_type(kinds[name], name) if is_empty else dtype
    return new_frame(columns, dtypes, engine=engine)


def _own_type(fact: Fact, name: str) -> Any:
    """The type of the column *name* that *fact* is read from: its own, or a day that it is of or counted from."""
    return DTYPES[holding_of(fact) if is_value(fact, name) else Holding.DAY]


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DECIMAL: Final = re.compile(r"-?\d+\.\d+", re.ASCII)


def _own_column(values: list[Any]) -> tuple[list[Any], Any]:
    """The cells of an own fact and their type: a column of days or of decimals if every text is one."""
    known = [value for value in values if value is not None]
    if all(type(value) is bool for value in known):
        return values, nw.Boolean
    if all(type(value) is int for value in known):
        return values, nw.Int64
    texts = [None if value is None else str(value) for value in values]
    if all(_DAY.fullmatch(str(value)) for value in known):
        return [None if text is None else dt.date.fromisoformat(text) for text in texts], nw.Date
    if all(_DECIMAL.fullmatch(str(value)) for value in known):
        return [None if text is None else Decimal(text) for text in texts], DTYPES[Holding.RATIO]
    return texts, nw.String


# -- rows as case files ----------------------------------------------------------------------------------------------


def to_cases(
    frame: object, *, currency: str | None = None, vocabulary: Vocabulary | None = None, **layout: Unpack[Layout]
) -> Iterator[CaseFile | InvalidInputError]:
    """One case file for each row of *frame*, in order; for a row that is refused, the error that says why.

    A column that is not there leaves its field as a case file leaves it: unknown, or no entry in a register. Visits are
    made up from the last days of each kind and method, so that a plan made from them is the same; what else they were
    is not in a row. A lazy frame is collected.

    Args:
        frame: A frame of any accepted engine.
        currency: ISO 4217 code of all amounts of a row that has none of its own in ``loan.currency``; left out, that of the
            vocabulary, and the yuan without one.
        vocabulary: The words of the policy that is to decide, ``policy.words``, in which visits and events stand in columns;
            ours if left out.
        layout: How the frame is written, as for `decide`.

    Raises:
        InvalidValueError: If it is no frame of an accepted engine.
        InvalidInputError: If columns are of types that `decide` does not read either, all of them together.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> book = frames.from_cases([case])
        >>> list(to_cases(book)) == [case]
        True
    """
    reader, rows = reader_and_rows(frame, currency=currency, layout=layout, vocabulary=vocabulary)
    for row in rows:
        try:
            yield reader.case(row)
        except InvalidInputError as error:
            yield error


def reader_and_rows(
    frame: object, *, currency: str | None, layout: Layout, vocabulary: Vocabulary | None = None
) -> tuple[RowReader, Iterator[Mapping[str, Any]]]:
    """What reads the rows of *frame*, and the rows.

    Raises:
        InvalidValueError: If it is no frame of an accepted engine.
        InvalidInputError: If columns of a case file are of types that are not read.
    """
    given = opened(frame)
    reader = row_reader(layout, currency=currency, with_gaps=engine_of(given).is_loosely_typed, vocabulary=vocabulary)
    check_cells(dtypes_of(given), layout=layout, is_pandas=engine_of(given).is_loosely_typed, named=reader.named)
    return reader, whole_rows(given)


def to_case(
    row: Mapping[str, Any], *, currency: str | None = None, vocabulary: Vocabulary | None = None, **layout: Unpack[Layout]
) -> CaseFile:
    """The case file of one *row*, read exactly or refused.

    Every cell is read as `decide` reads a column of such cells. Money is whole minor units and a ratio is a decimal unless
    *layout* names another unit: ``units=[percent("loan.annual_rate"), major_units()]``, with which text of digits is read too.
    Columns of anything but a case file are passed over.

    Args:
        row: A mapping from column to value, or a row of a frame of pandas.
        currency: ISO 4217 code of all amounts of a row that has none of its own in ``loan.currency``; left out, that of the
            vocabulary, and the yuan without one.
        vocabulary: As for `to_cases`.
        layout: How the row is written, as for `decide`.

    Raises:
        InvalidInputError: If cells cannot be read, fields are malformed or contradict one another, a column that every case file
            needs is missing, or one is named as none of a case file is, with the nearest name.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> row = frames.from_cases([case]).row(0, named=True)
        >>> to_case(row) == case
        True
        >>> to_case({**row, "loan.annual_rate": "3.35"}, units=[frames.percent("loan.annual_rate")]) == case
        True
    """
    return row_reader(layout, currency=currency, with_gaps=is_pandas_row(row), vocabulary=vocabulary).case(plain_row(row))
