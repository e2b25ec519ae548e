"""The days of rows as day numbers, and what is said of several days that may be missing.

A day that no row has, because the frame has no column of it, is ``None``: it takes part in nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs
import narwhals as nw

from revisit_policy.casefile.fields import LONGEST_TERM
from revisit_policy.casefile.holding import Holding
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.columns.binding import Form
from revisit_policy.frames.columns.cells import Cell
from revisit_policy.frames.columns.fact_column import day_literal
from revisit_policy.frames.expressions.day_steps import MonthDay
from revisit_policy.frames.expressions.expression import FALSE, Expression, Highest, Literal, Lowest, Numbered, expression, when
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.expressions.truth import Flag, where_null
from revisit_policy.language.domains.days import FIRST_DAY, LAST_DAY
from revisit_policy.language.flags import inverse
from revisit_policy.speech.phrase import Phrase

_CONTRACTED: Final = "loan.contracted_maturity"


@attrs.frozen(eq=False)
class DayColumns:
    """The days of rows, each as the days since 1970-01-01.

    Args:
        read: The cells by path.
        stages: The layers in which days are numbered.
    """

    read: Mapping[str, Cell]
    stages: Stages
    _numbers: dict[str, Expression | None] = attrs.field(factory=dict)

    def of(self, path: str) -> Expression | None:
        """The day at *path*; null where it is missing."""
        if path not in self._numbers:
            cell = self.read.get(path)
            is_there = cell is not None and cell.source.form is not Form.EMPTY
            self._numbers[path] = self.numbered(cell.value, cell.source.form) if cell is not None and is_there else None
        return self._numbers[path]

    def needed(self, path: str) -> Expression:
        """The day, or the number, at *path*, null where it is missing.

        Raises:
            InvalidInputError: If the frame has no such column.
        """
        cell = self.read.get(path)
        if cell is None:
            fault = InvalidValueError(
                owner="frame", field=path, value=None, expected=Phrase("一列：缺此无法安排回访", "a column: no visit is planned without it")
            )
            raise InvalidInputError.of("frame", [fault])
        if cell.source.form is Form.EMPTY:
            return when(FALSE).then(0)
        found = self.of(path) if cell.source.column.holds is Holding.DAY else cell.value
        assert found is not None  # noqa: S101 - it is there
        return found

    def contracted(self) -> Expression:
        """The last day of the term as contracted, without an extension."""
        found = self._numbers.get(_CONTRACTED)
        if found is None:
            months = within(self.needed("loan.term_months"), 1, LONGEST_TERM)
            found = self._numbers[_CONTRACTED] = MonthDay.of(self.needed("loan.disbursed_on"), self.stages).later(months)
        return found

    def numbered(self, day: Expression, form: Form) -> Expression:
        """A column of days in this *form* as day numbers; null for a day that no case file can name."""
        first, last = (day_literal(bound, form) for bound in (FIRST_DAY, LAST_DAY))
        return self.stages.put(when((day >= first) & (day <= last)).then(day if form is Form.DAY_NUMBER else Numbered(day)))


def within(number: Expression, low: int, high: int) -> Expression:
    """A *number*, and null where it is outside its bounds: what is bad input must not overflow."""
    return when((number >= low) & (number <= high)).then(number)


def lowest(days: Iterable[Expression | None]) -> Expression | None:
    """The earliest of *days*, those that are missing left out."""
    there = tuple(dict.fromkeys(day for day in days if day is not None))
    return there[0] if len(there) == 1 else Lowest(there) if there else None


def highest(days: Iterable[Expression | None]) -> Expression | None:
    """The latest of *days*, those that are missing left out."""
    there = tuple(dict.fromkeys(day for day in days if day is not None))
    return there[0] if len(there) == 1 else Highest(there) if there else None


def or_missing(day: Expression | None) -> Expression:
    """The *day*, missing in every row where a policy plans nothing."""
    return Literal(None, nw.Int32).cast(nw.Int32) if day is None else day


def first_known(*days: Expression | None) -> Expression | None:
    """The first of *days* that is not missing."""
    found: Expression | None = None
    for day in reversed(days):
        if day is not None:
            found = day if found is None else day.fill_null(found)
    return found


def is_known(day: Expression | None) -> Flag:
    """Where *day* is not missing."""
    return False if day is None else inverse(where_null(day))


def is_from(day: Expression | None, other: Expression | int | None) -> Flag:
    """Where *day* is *other* or a later one, and both are known."""
    return False if day is None or other is None else (day >= other).fill_null(value=False)


def is_before(day: Expression | None, other: Expression | int | None) -> Flag:
    """Where *day* comes before *other*, and both are known."""
    return False if day is None or other is None else (day < other).fill_null(value=False)


def chosen(flag: Flag, then: Expression | int, otherwise: Expression | int) -> Expression:
    """*then* where *flag* holds, *otherwise* elsewhere."""
    if isinstance(flag, bool):
        return expression(then if flag else otherwise)
    return when(flag).then(then).otherwise(otherwise)


def where_it(flag: Flag, day: Expression | None) -> Expression | None:
    """*day* where *flag* holds, missing elsewhere."""
    if day is None or flag is False:
        return None
    return day if flag is True else when(flag).then(day)
