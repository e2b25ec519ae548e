"""The loans of a panel, told row by row of one decision day after the other: what stays the same, and from when to when each is there."""

from __future__ import annotations

import datetime as dt
from typing import Final

import attrs
import polars as pl

#: What stays the same in all rows of a loan.
_LASTING: Final = ("event", "began", "visited")


@attrs.define(kw_only=True, eq=False)
class Book:
    """The loans in the order of their numbers, as far as they have been told of.

    Args:
        numbers: The numbers, in order.
        all_places: The places of all of them, which days on which all are there have in common.
        columns: Of each loan, by name: what stays the same, on how many days it was there, on which first and on which last.
        known: On which loans something has been told.
        differing: By column the first place of a loan whose rows say different things.
        twice: The first place of a loan with two rows for a day.
    """

    numbers: pl.Series
    all_places: pl.Series
    columns: dict[str, pl.Series]
    known: pl.Series
    differing: dict[str, int] = attrs.field(factory=dict)
    twice: int | None = None

    @classmethod
    def of(cls, numbers: pl.Series, *, ends: int) -> Book:
        """Loans of which nothing has been told, on so many days; all are placed beyond the first and before the last."""
        size = len(numbers)
        counts = {"rows": 0, "first": ends, "last": 0}
        columns = {name: pl.repeat(None, n=size, dtype=pl.Date, eager=True) for name in _LASTING}
        columns |= {name: pl.repeat(start, n=size, dtype=pl.UInt16, eager=True) for name, start in counts.items()}
        places = pl.int_range(size, dtype=pl.UInt32, eager=True)
        return cls(numbers=numbers, all_places=places, columns=columns, known=pl.repeat(value=False, n=size, dtype=pl.Boolean, eager=True))

    def told(self, lasting: pl.DataFrame, rows: pl.Series, *, at: int, day: dt.date) -> tuple[tuple[int, int] | pl.Series, pl.Series]:
        """Remember the *rows* of a day, by their places in *lasting*.

        Returns:
            The rows before the event of their loan in the order of the loans, as a first one and how many, or as places; and the
            places of the loans.
        """
        start, size = int(rows[0]), len(rows)
        is_one_piece = int(rows[-1]) - start + 1 == size
        here = lasting.slice(start, size) if is_one_piece else lasting[rows]
        places = self._places(here["loan"])
        self._remember(here, places, at=at)
        is_there = here["event"].is_null() | (here["event"] > day)
        if is_one_piece and is_there.all() and places.is_sorted():
            return (start, size), places
        kept = places.filter(is_there)
        order = kept.arg_sort()
        return rows.filter(is_there).gather(order), kept.gather(order)

    def _places(self, numbers: pl.Series) -> pl.Series:
        if len(numbers) == len(self.numbers) and numbers.equals(self.numbers):
            return self.all_places
        placed = pl.DataFrame({"loan": self.numbers}).with_columns(place=pl.int_range(pl.len(), dtype=pl.UInt32))
        return pl.DataFrame({"loan": numbers}).join(placed, on="loan", how="left", maintain_order="left")["place"]

    def _remember(self, here: pl.DataFrame, places: pl.Series, *, at: int) -> None:
        seen = self.known.gather(places)
        for name in (name for name in _LASTING if name in here.columns):
            before = self.columns[name].gather(places)
            differs = seen & here[name].ne_missing(before)
            if differs.any():
                self.differing[name] = min(int(places.filter(differs).min()), self.differing.get(name, len(self.numbers)))  # type: ignore[arg-type] # there is one
            if not seen.all():
                self.columns[name] = self.columns[name].scatter(places, here[name])
        if places is not self.all_places and places.n_unique() < len(places):
            twice = int(places.filter(places.is_duplicated()).min())  # type: ignore[arg-type] # there is one
            self.twice = twice if self.twice is None else min(twice, self.twice)
        self.known = self.known.scatter(places, values=True)
        there = pl.Series([at], dtype=pl.UInt16)
        self.columns["rows"] = self.columns["rows"].scatter(places, self.columns["rows"].gather(places) + 1)
        self.columns["first"] = self.columns["first"].scatter(places, pl.select(pl.min_horizontal(self.columns["first"].gather(places), there))[:, 0])
        self.columns["last"] = self.columns["last"].scatter(places, at)

    def loans(self) -> pl.DataFrame:
        """A row a loan, in order."""
        return pl.DataFrame({"loan": self.numbers, **self.columns})

    def first_differing(self) -> dict[str, str]:
        """By column the first loan whose rows say different things."""
        return {name: str(self.numbers[place]) for name, place in self.differing.items()}

    def first_twice(self) -> str | None:
        """The first loan with two rows for a day."""
        return None if self.twice is None else str(self.numbers[self.twice])
