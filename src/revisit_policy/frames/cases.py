"""Rows as case files, and case files as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final, Unpack

import attrs
import narwhals as nw

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.fields import LAST_YEAR
from revisit_policy.casefile.visit import Visit
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.binding import Layout, check_layout, is_left_out
from revisit_policy.frames.case_columns import EVENT_PATHS, FIELDS, PARTS, SAID, VISIT_PATHS
from revisit_policy.frames.column import Holding
from revisit_policy.frames.engine import new_frame, opened, whole_rows
from revisit_policy.outcomes.visit import Finding, VisitKind, VisitMethod
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.money import Money
from revisit_policy.values.validation import checked, several

_PLACES: Final = 11
"""Decimals of a ratio in a column: the most that a ratio can have and still be compared exactly."""

_DTYPES: Final[dict[Holding, Any]] = {
    Holding.COUNT: nw.Int64,
    Holding.AMOUNT: nw.Int64,
    Holding.RATIO: nw.Decimal(38, _PLACES),
    Holding.FLAG: nw.Boolean,
    Holding.CODE: nw.String,
    Holding.DAY: nw.Date,
    Holding.TEXT: nw.String,
}

_EVER: Final = Date(LAST_YEAR, 12, 31)

_ALL: Final[dict[str, Holding]] = {
    **{path: column.holds for path, column in FIELDS.items()},
    **SAID,
    **dict.fromkeys((*VISIT_PATHS, *EVENT_PATHS), Holding.DAY),
}


# -- case files as rows ----------------------------------------------------------------------------------------------


def from_cases(cases: Iterable[CaseFile], *, engine: str = "polars") -> Any:
    """A frame with one row for each of *cases*, in their order, that `decide` reads as it stands.

    Columns are named by path. Money is in minor units, ratios are decimals, codes are text. Visits become the last day
    of each kind and of each method (``visits.first``, ``visits.phone``), events the first day of each signal.

    Args:
        cases: Case files.
        engine: ``"polars"``, ``"pandas"`` or ``"pyarrow"``; it must be installed.

    Raises:
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
    given = several(cases, field="cases", expected="several case files")
    rows = [_row(checked(case, CaseFile, field="cases", expected="several case files")) for case in given]
    columns = {path: [row[path] for row in rows] for path in _ALL}
    return new_frame(columns, {path: _DTYPES[holds] for path, holds in _ALL.items()}, engine=engine)


def _row(case: CaseFile) -> dict[str, Any]:
    row = {path: _cell(attrgetter(path)(case), path) for path in (*FIELDS, *SAID)}
    visits = attrs.asdict(LastVisits.of(case.visits, on=_EVER))
    row |= {path: _plain(visits[path.removeprefix("visits.")]) for path in VISIT_PATHS}
    since = {event.code.value: event.since for event in case.events}
    return row | {path: _plain(since.get(path.removeprefix("events."))) for path in EVENT_PATHS}


def _cell(value: Any, path: str) -> Any:
    match value:
        case Money():
            return value.minor
        case Enum():
            return str(value.value)
        case Fraction():
            return _decimal(value, path)
        case Date():
            return _plain(value)
        case _:
            return value


def _plain(day: Date | None) -> dt.date | None:
    return None if day is None else dt.date(day.year, day.month, day.day)


def _decimal(value: Fraction, path: str) -> Decimal:
    scaled = value * 10**_PLACES
    if scaled.denominator != 1:
        expected = f"a ratio that is a decimal of at most {_PLACES} places"
        raise InvalidValueError(owner="CaseFile", field=path, value=value, expected=expected)
    return Decimal(scaled.numerator).scaleb(-_PLACES)


# -- rows as case files ----------------------------------------------------------------------------------------------


def to_cases(frame: object, *, currency: str = "CNY", **layout: Unpack[Layout]) -> Iterator[CaseFile | InvalidInputError]:
    """One case file for each row of *frame*, in order; for a row that is refused, the error that says why.

    A column that is not there leaves its field as a case file leaves it: unknown, or no entry in a register. Visits are
    made up from the last days of each kind and method, so that a plan made from them is the same; what else they were
    is not in a row. A lazy frame is collected.

    Args:
        frame: A frame of any accepted engine.
        currency: ISO 4217 code of all amounts.
        layout: How the frame is written, as for `decide`.

    Raises:
        InvalidValueError: If it is no frame of an accepted engine.

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
    for row in whole_rows(opened(frame)):
        try:
            yield to_case(row, currency=currency, **layout)
        except InvalidInputError as error:
            yield error


def to_case(row: Mapping[str, Any], *, currency: str = "CNY", **layout: Unpack[Layout]) -> CaseFile:
    """The case file of one *row*, a mapping from column to value.

    Raises:
        InvalidInputError: If fields are malformed or contradict one another.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> book = frames.from_cases([case])
        >>> to_case(book.row(0, named=True)) == case
        True
    """
    check_layout(layout)
    checked(row, Mapping, field="row", expected="one row as a mapping from column to value")
    checked(currency, str, field="currency", expected="a currency code of three capitals, such as CNY")
    names, denominators = layout.get("columns", {}), layout.get("denominators", {})
    found = {path: row[names.get(path, path)] for path in (*FIELDS, *VISIT_PATHS, *EVENT_PATHS) if names.get(path, path) in row}
    found = {path: value for path, value in found.items() if not is_left_out(path, layout.get("without", ()))}
    _check_required(found)
    parts: dict[str, dict[str, Any]] = {part: {} for part in PARTS}
    for path, value in found.items():
        if path in FIELDS:
            part, _, field = path.partition(".")
            parts[part][field] = _value(value, path, currency=currency, denominator=denominators.get(path))
    made = {part: kind(**_with_numbers(part, parts[part])) for part, kind in PARTS.items()}
    return CaseFile(**made, visits=tuple(_visits(found)), events=tuple(_events(found)))


def _check_required(found: Mapping[str, Any]) -> None:
    """Refuse a row without a column that every case file needs; a number of the loan or the borrower is made up."""
    needed = (path for path, column in FIELDS.items() if column.is_required and path not in {"loan.loan_no", "borrower.id"})
    faults = [InvalidValueError(owner="row", field=path, value=None, expected="a column of it") for path in needed if path not in found]
    if faults:
        raise InvalidInputError.of("row", faults)


def _with_numbers(part: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, with a number of the loan or borrower made up where the frame has none."""
    number = {"loan": "loan_no", "borrower": "id"}.get(part)
    return fields if number is None else {number: "-", **fields}


def _value(value: Any, path: str, *, currency: str, denominator: int | None) -> Any:
    """A cell as its field takes it; what is no such value goes through, for the field to refuse."""
    if value is None or value != value:  # noqa: PLR0124 - a NaN, or a missing timestamp
        return None
    match FIELDS[path].holds:
        case Holding.AMOUNT if float(value).is_integer():
            return Money(int(value), currency)
        case Holding.COUNT if float(value).is_integer():
            return int(value)
        case Holding.RATIO if denominator is not None:
            return Fraction(int(value), denominator)
        case Holding.DAY:
            return _day(value)
        case Holding.FLAG if value in {True, False}:
            return bool(value)
        case Holding.CODE | Holding.TEXT:
            return str(value)
        case _:
            return value


def _day(value: Any) -> Any:
    """A day; a timestamp of pandas at midnight is one, with any other time it is left for the field to refuse."""
    if isinstance(value, dt.datetime) and value.tzinfo is None and value.time() == dt.time():
        return value.date()
    return value


def _visits(found: Mapping[str, Any]) -> Iterator[Visit]:
    """Visits of which the last days are those of the row."""
    by_kind = {kind: day for kind in VisitKind if (day := _known(found, f"visits.{kind.value}")) is not None}
    for kind, day in by_kind.items():
        yield Visit(kind=kind, method=VisitMethod.OFF_SITE, completed_on=day, finding=Finding.SATISFACTORY)
    for method in VisitMethod:
        day = _known(found, f"visits.{method.value}")
        if day is not None:
            kinds = sorted((at, kind.value) for kind, at in by_kind.items() if at >= day)
            if not kinds:
                expected = "on or before the last visit of some kind"
                fault = InvalidValueError(owner="CaseFile", field=f"visits.{method.value}", value=str(day), expected=expected)
                raise InvalidInputError.of("CaseFile", [fault])
            yield Visit(kind=kinds[0][1], method=method, completed_on=day, finding=Finding.SATISFACTORY)


def _events(found: Mapping[str, Any]) -> Iterator[Event]:
    for path in EVENT_PATHS:
        day = _known(found, path)
        if day is not None:
            yield Event(path.removeprefix("events."), since=day)


def _known(found: Mapping[str, Any], path: str) -> Date | None:
    value = found.get(path)
    return None if value is None or value != value else to_date(_day(value))  # noqa: PLR0124 - a missing timestamp
