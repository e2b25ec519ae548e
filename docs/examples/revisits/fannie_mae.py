"""Real histories from a Fannie Mae performance and acquisition file, as case files month by month.

Both files are pipe-delimited without a header. What a month's case file holds was known at the end of that month; what
the files lack stays missing. Dollars are taken as yuan at par.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import attrs

from revisit_policy import BorrowerProfile, CaseFile, Collateral, Grade, Loan, Money, Visit, cny
from revisit_policy.values import Date, month_end, months_elapsed

#: The lowest credit score of each standing: this example's own translation, no bank's.
STANDINGS = ((760, "excellent"), (700, "good"), (640, "average"), (0, "poor"))

OBSERVED_MONTHS = 12
"""How long a modified loan counts as restructured and under observation."""


@attrs.frozen(kw_only=True)
class Origination:
    """What was known when the loan was granted."""

    loan_no: str
    annual_rate: Decimal
    principal: Money
    term_months: int
    disbursed_on: Date
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
class History:
    """A loan with its months in order."""

    origination: Origination
    months: tuple[Month, ...]

    def case(self, at: int, *, days_past_due: int, visits: Sequence[Visit], previous_grade: Grade | None) -> CaseFile:
        """The case file at the end of month number *at*, with the *visits* made until then."""
        granted, month = self.origination, self.months[at]
        behind = [known.status for known in self.months[: at + 1]]
        modified = [known.ends_on for known in self.months[: at + 1] if known.is_modified]
        balance = month.balance if month.balance is not None else granted.principal
        return CaseFile(
            loan=Loan(
                granted.loan_no,
                product="first_home",
                principal=max(granted.principal, balance),  # a modification may add unpaid interest
                balance=balance,
                annual_rate=month.annual_rate / 100,
                repayment="level_payment",
                disbursed_on=granted.disbursed_on,
                term_months=granted.term_months,
                days_past_due=days_past_due,
                missed_consecutive=month.status,
                missed_total_24m=_missed(behind[-25:]),
                in_observation=bool(modified) and months_elapsed(modified[0], month.ends_on) < OBSERVED_MONTHS,
                restructured_on=modified[0] if modified else None,
                previous_grade=previous_grade or "unclassified",
                months_clean_since_cure=_clean(behind),
            ),
            borrower=_borrower(granted),
            collateral=_collateral(granted, visits),
            visits=visits,
        )


def _missed(statuses: Sequence[int | None]) -> int | None:
    """Periods missed: the months in which the status rose; unknown if a status is."""
    known = [status for status in statuses if status is not None]
    if len(known) < len(statuses):
        return None
    return sum(max(0, later - earlier) for earlier, later in zip([0, *known], known, strict=False))


def _clean(statuses: Sequence[int | None]) -> int:
    """Months paid in full up to now."""
    count = 0
    for status in reversed(statuses):
        if status != 0:
            break
        count += 1
    return count


def _borrower(granted: Origination) -> BorrowerProfile:
    """The score as standing, and an income of 100,000 of which the reported part goes into debts: only the ratio is real."""
    score, ratio = granted.credit_score, granted.debt_to_income
    return BorrowerProfile(
        granted.loan_no,
        credit_standing=None if score is None else next(standing for least, standing in STANDINGS if score >= least),
        monthly_income=None if ratio is None else cny(100_000),
        monthly_debt_service=None if ratio is None else cny(ratio * 1_000),
        reviewed_on=granted.disbursed_on,
    )


def _collateral(granted: Origination, visits: Sequence[Visit]) -> Collateral:
    """The value at the grant; a later valuation repeats it, since the files hold no later value."""
    ratio = granted.loan_to_value
    if not ratio:
        return Collateral()
    value = Money(int(granted.principal.minor * 100 / ratio), "CNY")
    valued = [visit.completed_on for visit in visits if visit.kind.value == "revaluation"]
    return Collateral(value=value, value_at_origination=value, valued_on=max(valued, default=granted.disbursed_on), registration="registered")


# -- reading ---------------------------------------------------------------------------------------------------------


def read_histories(performance: str, acquisition: str) -> tuple[History, ...]:
    """The histories of the loans that stand in both files, in the order of the performance file."""
    granted = {row[0]: row for row in _rows(acquisition)}
    months: dict[str, list[Month]] = {}
    for row in _rows(performance):
        if row[0] in granted:
            months.setdefault(row[0], []).append(_month(row))
    return tuple(
        History(origination=_origination(granted[loan_no]), months=tuple(sorted(found, key=lambda month: month.ends_on)))
        for loan_no, found in months.items()
    )


def _rows(path: str) -> Iterator[list[str]]:
    for line in _text(Path(path)).splitlines():
        yield line.split("|")


def _text(path: Path) -> str:
    if path.suffix != ".zst":
        return path.read_text(encoding="ascii")
    import zstandard  # noqa: PLC0415 - the extra `examples` brings it, and plain files need none

    with path.open("rb") as packed:
        return zstandard.ZstdDecompressor().stream_reader(packed).read().decode("ascii")


def _origination(row: list[str]) -> Origination:
    month, year = row[6].split("/")
    return Origination(
        loan_no=row[0],
        annual_rate=Decimal(row[3]),
        principal=cny(row[4]),
        term_months=int(row[5]),
        disbursed_on=Date(int(year), int(month), 1),
        loan_to_value=Decimal(row[8]) if row[8] else None,
        debt_to_income=Decimal(row[11]) if row[11] else None,
        credit_score=int(row[12]) if row[12] else None,
    )


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
