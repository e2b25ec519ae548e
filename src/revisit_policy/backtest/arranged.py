"""A panel arranged for replays: day by day, each loan known by its place among all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

import attrs
import polars as pl

from revisit_policy.backtest.loan_book import Book
from revisit_policy.casefile.relations import RELATIONS
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months, from_ordinal, month_end, to_date
from revisit_policy.values.validation import fault

#: The days that figures are of: none may come after the day of its row.
_DATED: Final = frozenset(relation.field for relation in RELATIONS if relation.is_past)


@attrs.frozen(kw_only=True, eq=False)
class Period:
    """One decision day and the days up to the next.

    Args:
        at: Its place among all, from 0.
        on: The decision day.
        until: The last day before the next one.
        frame: What is known of all loans on all days, without what became of them.
        taken: The rows of the day: the first and how many, or the places of them all.
        loans: The places of these loans among all, in ascending order.
    """

    at: int
    on: Date
    until: Date
    frame: pl.DataFrame = attrs.field(repr=False)
    taken: tuple[int, int] | pl.Series = attrs.field(repr=False)
    loans: pl.Series = attrs.field(repr=False)

    @property
    def rows(self) -> pl.DataFrame:
        """What is known of the loans that are there, in their order; read anew each time, for a large panel is walked day by day."""
        return self.of(self.frame.columns)

    def of(self, names: Iterable[str]) -> pl.DataFrame:
        """The columns *names* of these rows."""
        columns = self.frame.select(*names)
        return columns[self.taken] if isinstance(self.taken, pl.Series) else columns.slice(*self.taken)


@attrs.frozen(kw_only=True, eq=False)
class Arranged:
    """The rows of a panel by period, and its loans.

    Args:
        loans: A row a loan in the order of their numbers: ``loan``, ``event``, ``began``, ``visited``, ``rows`` (on how many days), and the
            ``first`` and ``last`` of its periods.
        periods: The periods in order; a loan is in none after its event.
        step_months: Months from one to the next.
        differing: Columns that are not the same in all rows of a loan, each with the first such loan.
        twice: The first loan with two rows for a day; ``None`` if there is none.
        late: Columns with a figure dated after its day, each with the day.
    """

    loans: pl.DataFrame
    periods: tuple[Period, ...]
    step_months: int
    differing: Mapping[str, str]
    twice: str | None
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
        for name, loan in self.differing.items():
            yield fault(name, loan, Phrase("每笔贷款各行一致", "the same in all rows of a loan"))
        if self.twice is not None:
            yield fault("on", self.twice, Phrase("每笔贷款每期一行", "there once for a loan and day"))
        first, last, rows, event = pl.col("first").cast(pl.Int32), pl.col("last").cast(pl.Int32), pl.col("rows").cast(pl.Int32), pl.col("event")
        told = (
            ("on", last - first + 1 > rows, Phrase("每笔贷款自首行至末行每期一行", "there for a loan on every day from its first to its last")),
            ("event", event <= pl.col("began"), Phrase("晚于贷款开始日", "after the day the loan began")),
        )
        for field, wrong, expected in told:
            found = self.loans.filter(wrong)
            if len(found):
                yield fault(field, str(found["loan"][0]), expected)


def arranged(frame: pl.DataFrame, *, loan: str, on: str, event: str, began: str, visited: str | None) -> Arranged:
    """The rows of *frame* by period.

    The days are walked one by one, so that beside the rows themselves memory is taken by loan, and by row only where they stand in no order.

    Raises:
        InvalidInputError: If the days are irregular.
    """
    days = _unique(frame[on])
    step = _step(days)
    book = Book.of(_unique(frame[loan]), ends=len(days))
    hidden = [name for name in (event, visited) if name is not None]
    known, ends = frame.drop(hidden), [*days[1:], add_months(to_date(days[-1]), step)]
    names = {"loan": loan, "event": event, "began": began, **({} if visited is None else {"visited": visited})}
    lasting, periods = frame.select(**{name: pl.col(column) for name, column in names.items()}), []
    for day, end in zip(days, ends, strict=True):
        at = (_month(day) - _month(days[0])) // step
        taken, loans = book.told(lasting, (frame[on] == day).arg_true(), at=at, day=day)
        periods.append(Period(at=at, on=to_date(day), until=from_ordinal(end.toordinal() - 1), frame=known, taken=taken, loans=loans))
    return Arranged(
        loans=book.loans(), periods=tuple(periods), step_months=step, differing=book.first_differing(), twice=book.first_twice(), late=tuple(_late(known, on))
    )


def _unique(column: pl.Series) -> pl.Series:
    """What is in a column, each once and in order; looked for piece by piece, of which many are the same as the one before."""
    found, before = column.clear(), column.clear()
    for piece in column.get_chunks():
        if not piece.equals(before):
            found, before = pl.concat([found, piece.unique()]).unique(), piece
    return found.sort()


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
        if (frame[name] > frame[on]).any():
            yield name, str(frame.filter(pl.col(name) > pl.col(on))[name].max())
