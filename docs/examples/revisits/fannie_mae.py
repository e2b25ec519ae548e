"""Real loans from a Fannie Mae performance and acquisition file: what was granted, and what was reported month by month.

Both files are pipe-delimited without a header. What they lack stays missing. Dollars are taken as yuan at par.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import attrs

from revisit_policy import Money, cny
from revisit_policy.values import Date, month_end


@attrs.frozen(kw_only=True)
class Origination:
    """What was known when the loan was granted."""

    loan_no: str
    annual_rate: Decimal
    principal: Money
    term_months: int
    disbursed_on: Date
    first_due_on: Date
    loan_to_value: Decimal | None
    debt_to_income: Decimal | None
    credit_score: int | None


@attrs.frozen(kw_only=True)
class Month:
    """One month of a loan as reported; *status* is ``None`` where the file does not know it."""

    ends_on: Date
    annual_rate: Decimal
    balance: Money | None
    status: int | None
    is_modified: bool
    has_ended: bool


@attrs.frozen(kw_only=True)
class RealLoan:
    """A loan with its months in order, as the files have it."""

    origination: Origination
    months: tuple[Month, ...]


# -- reading ---------------------------------------------------------------------------------------------------------


def read_loans(performance: str, acquisition: str) -> tuple[RealLoan, ...]:
    """The loans that stand in both files, in the order of the performance file."""
    granted = {row[0]: row for row in _rows(acquisition)}
    months: dict[str, list[Month]] = {}
    for row in _rows(performance):
        if row[0] in granted:
            months.setdefault(row[0], []).append(_month(row))
    return tuple(
        RealLoan(origination=_origination(granted[loan_no]), months=tuple(sorted(found, key=lambda month: month.ends_on)))
        for loan_no, found in months.items()
    )


def _rows(path: str) -> Iterator[list[str]]:
    for line in _text(Path(path)).splitlines():
        yield line.split("|")


def _text(path: Path) -> str:
    if path.suffix != ".zst":
        return path.read_text(encoding="ascii")
    import zstandard  # noqa: PLC0415 - the group `examples` brings it, and plain files need none

    with path.open("rb") as packed:
        return zstandard.ZstdDecompressor().stream_reader(packed).read().decode("ascii")


def _origination(row: list[str]) -> Origination:
    return Origination(
        loan_no=row[0],
        annual_rate=Decimal(row[3]),
        principal=cny(row[4]),
        term_months=int(row[5]),
        disbursed_on=_first_of(row[6]),
        first_due_on=_first_of(row[7]),
        loan_to_value=Decimal(row[8]) if row[8] else None,
        debt_to_income=Decimal(row[11]) if row[11] else None,
        credit_score=int(row[12]) if row[12] else None,
    )


def _first_of(month_and_year: str) -> Date:
    month, year = month_and_year.split("/")
    return Date(int(year), int(month), 1)


def _month(row: list[str]) -> Month:
    month, day, year = row[1].split("/")
    status = int(row[10]) if row[10].isdigit() else None  # below zero, "X" and nothing: unknown
    return Month(
        ends_on=month_end(Date(int(year), int(month), int(day))),
        annual_rate=Decimal(row[3]),
        balance=cny(row[4]) if row[4] and Decimal(row[4]) else None,
        status=status,
        is_modified=row[11] == "Y",
        has_ended=bool(row[12]),
    )
