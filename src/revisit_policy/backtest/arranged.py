"""A panel arranged for replays: day by day, each loan known by its place among all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import attrs
import polars as pl

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months, from_ordinal, month_end, to_date
from revisit_policy.values.validation import fault

#: The days that figures are of: none may come after the day of its row.
_DATED: Final = ("borrower.reviewed_on", "collateral.valued_on", "determination.on", "loan.arrears_as_of", "market.as_of")


@attrs.frozen(kw_only=True, eq=False)
class Period:
    """One decision day and the days up to the next.

    Args:
        at: Its place among all, from 0.
        on: The decision day.
        until: The last day before the next one.
        rows: What is known of the loans that are there, without what became of them.
        loans: The places of these loans among all, in the order of the rows.
    """

    at: int
    on: Date
    until: Date
    rows: pl.DataFrame
    loans: pl.Series


@attrs.frozen(kw_only=True, eq=False)
class Arranged:
    """The rows of a panel by period, and its loans.

    Args:
        loans: A row a loan in the order of their numbers: ``loan``, ``event``, ``began``, ``visited``, ``rows``, ``differs``
            (a column that is not the same in all rows), and the ``first`` and ``last`` of its periods.
        periods: The periods in order; a loan is in none after its event.
        step_months: Months from one to the next.
        late: Columns with a figure dated after its day, each with the day.
    """

    loans: pl.DataFrame
    periods: tuple[Period, ...]
    step_months: int
    late: tuple[tuple[str, str], ...]

    @property
    def since(self) -> pl.Series:
        """The day from which each loan's gap is counted before the first period."""
        return self.loans.select(pl.coalesce("visited", "began"))["visited"]

    def check(self) -> None:
        """Do nothing if loans and figures are sound.

        Raises:
            InvalidInputError: If they are not; all of it together.
        """
        faults = [*self._of_loans(), *(fault(name, day, Phrase("不晚于决策日", "on or before its decision day")) for name, day in self.late)]
        if faults:
            raise InvalidInputError.of("panel", faults)

    def _of_loans(self) -> Iterator[InvalidValueError]:
        first, last, rows, event = pl.col("first"), pl.col("last"), pl.col("rows"), pl.col("event")
        told = (
            *((name, pl.col("differs") == name, Phrase("每笔贷款各行一致", "the same in all rows of a loan")) for name in ("event", "began", "visited")),
            ("on", last - first + 1 > rows, Phrase("每笔贷款自首行至末行每期一行", "there for a loan on every day from its first to its last")),
            ("on", last - first + 1 < rows, Phrase("每笔贷款每期一行", "there once for a loan and day")),
            ("event", event <= pl.col("began"), Phrase("晚于贷款开始日", "after the day the loan began")),
        )
        for field, wrong, expected in told:
            found = self.loans.filter(wrong)
            if len(found):
                yield fault(field, str(found["loan"][0]), expected)


def arranged(frame: pl.DataFrame, *, loan: str, on: str, event: str, began: str, visited: str | None) -> Arranged:
    """The rows of *frame* by period.

    Raises:
        InvalidInputError: If the days are irregular.
    """
    days = frame[on].unique().sort()
    step = _step(days)
    before = pl.col(visited) if visited is not None else pl.lit(None, dtype=pl.Date)
    numbered = frame.select(
        pl.col(loan).alias("loan"), event=pl.col(event), began=pl.col(began), visited=before,
        at=((pl.col(on).dt.year().cast(pl.Int32) * 12 + pl.col(on).dt.month()) - _month(days[0])) // step,
    )
    loans = numbered.group_by("loan").agg(
        pl.col("event", "began", "visited").first(), rows=pl.len(), first=pl.col("at").min(), last=pl.col("at").max(), differs=_differing(),
    ).sort("loan")
    placed = loans.select("loan", place=pl.int_range(pl.len(), dtype=pl.UInt32))
    places = numbered.select("loan", "at").join(placed, on="loan", how="left", maintain_order="left")["place"]
    hidden = [name for name in (event, visited) if name is not None]
    rows = frame.with_columns(places.alias(_PLACE)).filter(pl.col(event).is_null() | (pl.col(on) < pl.col(event))).drop(*hidden)
    parts = rows.sort(on, _PLACE).partition_by(on, as_dict=True)
    periods = tuple(_periods(days, parts=parts, rows=rows, step=step))
    return Arranged(loans=loans, periods=periods, step_months=step, late=tuple(_late(frame, on)))


#: No column of a bank is called so.
_PLACE: Final = "\0place"


def _differing() -> pl.Expr:
    """The first of the columns of a loan that is not the same in all of its rows; null if they all are."""
    return pl.coalesce(pl.when(pl.col(name).n_unique() > 1).then(pl.lit(name)) for name in ("event", "began", "visited"))


def _periods(days: pl.Series, *, parts: dict[tuple[object, ...], pl.DataFrame], rows: pl.DataFrame, step: int) -> Iterator[Period]:
    ends = [*days[1:], add_months(to_date(days[-1]), step)]
    for at, (day, end) in enumerate(zip(days, ends, strict=True)):
        part = parts.get((day,), rows.clear())
        yield Period(at=at, on=to_date(day), until=from_ordinal(end.toordinal() - 1), rows=part.drop(_PLACE), loans=part[_PLACE])


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month


def _step(days: pl.Series) -> int:
    """The months from one day to the next.

    Raises:
        InvalidInputError: If they are not always the same, or not on the same day of the month, or else its last.
    """
    found = [to_date(day) for day in days]
    steps = {_month(later) - _month(earlier) for earlier, later in pairwise(found)} or {1}
    usual = max(day.day for day in found)
    step = min(steps)
    irregular = next((day for day in found if day.day != min(usual, month_end(day).day)), None)
    if irregular is None and len(steps) > 1:
        irregular = next(later for earlier, later in pairwise(found) if _month(later) - _month(earlier) != step)
    if irregular is not None or step < 1:
        raise InvalidInputError.of("panel", [fault("on", str(irregular or found[0]), Phrase("间隔相同的整月之日", "on days an equal number of months apart"))])
    return step


def _late(frame: pl.DataFrame, on: str) -> Iterator[tuple[str, str]]:
    """The columns with a figure of a later day than its row."""
    dated = [name for name in frame.columns if (name in _DATED or name.startswith(("visits.", "events."))) and frame.schema[name] == pl.Date]
    for name in dated:
        late = frame.filter(pl.col(name) > pl.col(on))
        if len(late):
            yield name, str(late[name].max())
