"""A fact as a plan reads it, and how it is compared with constants.

A count of days or months since a day is never computed. Comparing it with a constant is comparing the day with a
cut-off, which every engine does alike.
"""


import datetime as dt
import math
from collections.abc import Callable, Hashable
from fractions import Fraction
from typing import Any, Final, cast

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.frames.columns.binding import Form
from revisit_policy.frames.expressions.expression import Expression, Literal
from revisit_policy.frames.expressions.given import Asked, Given, GivenValues
from revisit_policy.frames.expressions.truth import Flag, where_null
from revisit_policy.language.condition import COMPARES, Operator
from revisit_policy.language.derivation import (
    DaysSince,
    Derivation,
    MonthsBegun,
    MonthsElapsed,
    MonthsUntil,
)
from revisit_policy.language.domains.days import Days
from revisit_policy.language.fact import Fact
from revisit_policy.values.dates import Date, add_months, cutoff_begun, cutoff_elapsed, from_ordinal

_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_FIRST: Final = Date(1, 1, 1)
_LAST: Final = Date(9999, 12, 31)
_SINCE: Final = (DaysSince, MonthsElapsed, MonthsBegun, MonthsUntil)


@attrs.frozen(eq=False)
class FactColumn:
    """A fact as a plan reads it.

    Args:
        fact: The fact.
        column: Its encoded value, or the day that it counts from; ``None`` if all rows have the value *constant*.
        constant: That value, encoded; ``None`` for unknown.
        values: What the plan reads of the decision day.
        form: How its day is written.
        per: What its whole numbers are divided by, if it is a ratio given in whole numbers; ``None`` otherwise.
        bad: Where the value is outside the domain or could not be read.
        choices: For a fact that is one of several choices, where each is the one, null where it is unknown which; *column*
            has its place.
    """

    fact: Fact
    column: Expression | None
    values: GivenValues
    constant: Any = None
    form: Form = Form.DATE
    per: int | None = None
    bad: Flag = False
    choices: tuple[Expression, ...] = ()

    def compare(self, op: Operator, limit: Any) -> Expression | bool | None:
        """The fact compared with the exact value *limit*: null where it is unknown; a constant where all rows agree."""
        domain = self.fact.domain
        if self.column is None:
            return None if self.constant is None else COMPARES[op](self.constant, domain.encode(limit))
        if isinstance(self.fact.derived, _SINCE):
            return _since(self, op, limit)
        if self.per is not None:
            return _whole(self.column, op, limit * self.per)
        if isinstance(domain, Days):
            return cast("Expression", COMPARES[op](self.column, day_literal(limit, self.form)))
        return cast("Expression", COMPARES[op](self.column, domain.encode(limit)))

    def is_missing(self) -> Flag:
        """Where the fact is unknown."""
        return self.constant is None if self.column is None else where_null(self.choices[0] if self.choices else self.column)


def day_literal(day: dt.date, form: Form) -> Any:
    """*day* as a column of this *form* compares it."""
    if form is Form.DAY_NUMBER:
        return day.toordinal() - _EPOCH
    return Literal(dt.date(day.year, day.month, day.day))


def day_given(values: GivenValues, form: Form, make: Callable[..., Date], *parts: Hashable) -> Given:
    """A day that is made of the decision day, as a column of this *form* compares it."""
    return values.number(make, *parts) if form is Form.DAY_NUMBER else values.day(make, *parts)


# -- comparing -----------------------------------------------------------------------------------------------------


def _whole(column: Expression, op: Operator, limit: Fraction) -> Expression:
    """Whole numbers compared with a fraction, by the whole number next to it.

    Dividing the column by its denominator would not do: some engines multiply by the inverse instead, and round twice.
    """
    bound = math.floor(limit) if op in {">", "<="} else math.ceil(limit)
    return cast("Expression", COMPARES[op](column, bound))


# -- comparing days --------------------------------------------------------------------------------------------------


def _since(part: FactColumn, op: Operator, limit: int) -> Expression:
    """A count since a day, compared: the count is greater for earlier days; one until a day, for later days."""
    count = limit if op in {">", "<="} else limit - 1  # what remains is to ask whether it is more than `count`
    more_than = op in {">", ">="}
    ahead = isinstance(part.fact.derived, MonthsUntil)
    day = cast("Expression", part.column)
    cutoff = day_given(part.values, part.form, _cutoff, part.fact.derived, count)
    beyond: Expression = day > cutoff if more_than == ahead else day <= cutoff
    return beyond


def _cutoff(asked: Asked, derived: Derivation, count: int) -> Date:
    """See `_last_day_of_more`; one that is off the calendar has all days that a case file can name on one side of it."""
    try:
        return _last_day_of_more(derived, count, asked.on)
    except InvalidValueError:
        return _LAST if isinstance(derived, MonthsUntil) == (count > 0) else _FIRST


def _last_day_of_more(derived: Derivation, count: int, on: Date) -> Date:
    """The last day since which more than *count* have passed; until: the last day with no more than *count* to go."""
    match derived:
        case DaysSince():
            return from_ordinal(on.toordinal() - count - 1)
        case MonthsElapsed():
            return cutoff_elapsed(count + 1, on)
        case MonthsBegun():
            return cutoff_begun(count, on)
        case _:
            return add_months(on, count)
