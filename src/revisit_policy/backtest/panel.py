"""Panels: one row a loan and decision day, with what was known on it, and what became of the loan."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from typing import cast

import attrs
import polars as pl

from revisit_policy.backtest.arranged import Arranged, arranged
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.columns.binding import Layout
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import checked, gather, gathering, to_text


def _to_frame(value: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    if isinstance(value, pl.LazyFrame):
        return value.collect()
    return checked(value, pl.DataFrame, field="", expected=Phrase("polars 数据框", "a polars frame"))


def _to_name(value: str) -> str:
    return to_text(value)


def _to_other_name(value: str | None) -> str | None:
    return None if value is None else to_text(value)


def _to_layout(value: Mapping[str, object]) -> Mapping[str, object]:
    return checked(value, Mapping, field="", expected=Phrase("映射，同 `decide` 以关键字所取", "a mapping, as `decide` takes it by keyword"))


@attrs.frozen(kw_only=True, eq=False, field_transformer=gathering)
class Panel:
    """Loans on regular decision days, and the event that each had or had not.

    Rows on or after a loan's event are put aside: nobody revisits it any more to see whether it will happen. A policy is given neither
    the column of the event nor any row of a later day.

    Args:
        frame: A frame of polars with the columns of ``frames.schema(policy)``; a lazy one is collected.
        loan: The column of the loan's number.
        on: The column of the decision day. Days are some whole number of months apart, the same for all, and a loan has a row
            on each of them from its first to its last.
        event: The column of the day of the event, the same in all rows of a loan; null where there was none.
        began: The column of the day on which the loan began, the same in all rows.
        visited: The column of the day of its last visit before its first row, the same in all rows, null for none; left out, nobody
            was visited, and gaps are counted from the day the loan began.
        layout: How the frame is written, as `frames.decide` takes it by keyword.

    Raises:
        InvalidInputError: If columns are missing or of another type, days are irregular, a loan has two rows for a day or none for one
            in between, its events differ, an event is not after the day the loan began, or a figure is dated after its decision day.

    Examples:
        >>> import datetime as dt
        >>> days = [dt.date(2020, 3, 31), dt.date(2020, 6, 30)]
        >>> frame = pl.DataFrame({
        ...     "loan": ["A", "A", "B", "B"], "on": days * 2, "defaulted_on": [dt.date(2020, 12, 31)] * 2 + [None] * 2,
        ...     "began": [dt.date(2019, 5, 6)] * 4, "points": [4, 6, 1, 1],
        ... })
        >>> panel = Panel(frame, loan="loan", on="on", event="defaulted_on", began="began")
        >>> panel.loans, panel.events, panel.step_months, len(panel.days)
        (2, 1, 3, 2)
    """

    frame: pl.DataFrame = attrs.field(converter=_to_frame, kw_only=False, repr=False)
    loan: str = attrs.field(default="loan.loan_no", converter=_to_name)
    on: str = attrs.field(default="on", converter=_to_name)
    event: str = attrs.field(converter=_to_name)
    began: str = attrs.field(default="loan.disbursed_on", converter=_to_name)
    visited: str | None = attrs.field(default=None, converter=_to_other_name)
    layout: Mapping[str, object] = attrs.field(factory=dict, converter=_to_layout)

    def __attrs_post_init__(self) -> None:
        gather(self)
        self._check_columns()
        self._arranged.check()

    def _check_columns(self) -> None:
        days = [name for name in (self.on, self.event, self.began, self.visited) if name is not None]
        schema = self.frame.schema
        wanted: list[tuple[str, bool, Phrase]] = [(name, schema.get(name) == pl.Date, Phrase("日期列", "a column of days")) for name in days]
        number = schema.get(self.loan)
        wanted.append((self.loan, number == pl.String or (number is not None and number.is_integer()), Phrase("借据号列", "a column of loan numbers")))
        faults = [
            InvalidValueError(owner="panel", field=name, value=str(schema[name]) if name in schema else None, expected=expected)
            for name, is_sound, expected in wanted
            if not is_sound
        ]
        faults += [
            InvalidValueError(owner="panel", field=name, value=None, expected=Phrase("每行都有", "there in every row"))
            for name in (self.loan, self.on, self.began)
            if name in schema and self.frame[name].null_count()
        ]
        if not faults and not len(self.frame):
            faults = [InvalidValueError(owner="panel", field="frame", value=0, expected=Phrase("至少一行", "of at least one row"))]
        if faults:
            raise InvalidInputError.of("panel", faults)

    @cached_property
    def _arranged(self) -> Arranged:
        """The rows day by day, and the loans by number."""
        return arranged(self.frame, loan=self.loan, on=self.on, event=self.event, began=self.began, visited=self.visited)

    @property
    def days(self) -> tuple[Date, ...]:
        """The decision days, in order."""
        return tuple(period.on for period in self._arranged.periods)

    @property
    def step_months(self) -> int:
        """Months from one decision day to the next."""
        return self._arranged.step_months

    @property
    def loans(self) -> int:
        """How many loans there are."""
        return len(self._arranged.loans)

    @property
    def events(self) -> int:
        """How many of them had the event."""
        return int(self._arranged.loans["event"].is_not_null().sum())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the rows in order of loan and day, as text, and of what the columns are: the order of the rows given plays no part."""
        names = sorted(self.frame.columns)
        text = self.frame.select(names).sort(self.loan, self.on).write_csv(null_value="")
        said = repr((self.loan, self.on, self.event, self.began, self.visited, [(name, str(self.frame.schema[name])) for name in names]))
        return sha256(f"{said}\n{text}".encode()).hexdigest()


def arranged_of(panel: Panel) -> Arranged:
    """The rows of a panel day by day, and its loans by number, for whoever replays them."""
    return panel._arranged  # noqa: SLF001 - of this module


def layout_of(panel: Panel) -> Layout:
    """How the frame of a panel is written."""
    return cast("Layout", panel.layout)
