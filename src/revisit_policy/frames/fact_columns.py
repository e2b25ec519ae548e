"""Facts in columns: each fact made from cells, in the way its derivation says, and compared with constants.

A count of days or months since a day is never computed. Comparing it with a constant is comparing the day with a
cut-off, which every engine does alike.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any, Final, cast

import attrs
import narwhals as nw

from revisit_policy.errors import InvalidValueError
from revisit_policy.frames.binding import Form
from revisit_policy.frames.cells import EXACT, Cell
from revisit_policy.frames.sources import columns_of
from revisit_policy.frames.stages import Stages
from revisit_policy.frames.truth import Flag, both, either, inverse, where_null
from revisit_policy.language.condition import COMPARES, Operator
from revisit_policy.language.derivation import (
    DaysSince,
    Derivation,
    Greatest,
    Least,
    MonthsBegun,
    MonthsElapsed,
    MonthsUntil,
    Quotient,
    RelativeChange,
    Supplied,
    Terms,
)
from revisit_policy.language.domain import Amounts, Choices, Counts, Days, Flags, Ratios, choice_code
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.values.dates import Date, add_months, cutoff_begun, cutoff_elapsed, from_ordinal
from revisit_policy.values.ratio import exact_ratio

_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_SINCE: Final = (DaysSince, MonthsElapsed, MonthsBegun, MonthsUntil)


@attrs.frozen(eq=False)
class FactColumn:
    """A fact as a plan reads it.

    Args:
        fact: The fact.
        column: Its encoded value, or the day that it counts from; ``None`` if all rows have the value *constant*.
        constant: That value, encoded; ``None`` for unknown.
        on: The decision day.
        form: How its day is written.
        per: What its whole numbers are divided by, if it is a ratio given in whole numbers; ``None`` otherwise.
        bad: Where the value is outside the domain or could not be read.
    """

    fact: Fact
    column: nw.Expr | None
    on: Date
    constant: Any = None
    form: Form = Form.DATE
    per: int | None = None
    bad: Flag = False

    def compare(self, op: Operator, limit: Any) -> nw.Expr | bool | None:
        """The fact compared with the exact value *limit*: null where it is unknown; a constant where all rows agree."""
        domain = self.fact.domain
        if self.column is None:
            return None if self.constant is None else COMPARES[op](self.constant, domain.encode(limit))
        if isinstance(self.fact.derived, _SINCE):
            return _since(self, op, limit)
        if self.per is not None:
            return _whole(self.column, op, limit * self.per)
        if isinstance(domain, Days):
            return cast("nw.Expr", COMPARES[op](self.column, day_literal(limit, self.form)))
        return cast("nw.Expr", COMPARES[op](self.column, domain.encode(limit)))

    def is_missing(self) -> Flag:
        """Where the fact is unknown."""
        return self.constant is None if self.column is None else where_null(self.column)


def day_literal(day: dt.date, form: Form) -> Any:
    """*day* as a column of this *form* compares it."""
    if form is Form.DAY_NUMBER:
        return day.toordinal() - _EPOCH
    return nw.lit(dt.date(day.year, day.month, day.day))


def fact_columns(facts: Iterable[Fact], read: Mapping[str, Cell], *, on: Date, stages: Stages) -> Mapping[str, FactColumn]:
    """Make the columns of *facts* from the cells *read*, by path: one layer, and what is bad in the next."""
    parts = {fact.name: _made(fact, read, on=on, stages=stages) for fact in facts}
    stages.next()
    return {name: _checked(part, read, stages) for name, part in parts.items()}


# -- making ----------------------------------------------------------------------------------------------------------


def _made(fact: Fact, read: Mapping[str, Cell], *, on: Date, stages: Stages) -> FactColumn:
    if fact == DECISION_DAY:
        return FactColumn(fact, None, on, constant=fact.encode(on))
    paths = tuple(column.path for column in columns_of(fact))
    if any(path in read and read[path].source.form is Form.EMPTY for path in paths):
        return FactColumn(fact, None, on)
    if any(path not in read for path in paths):
        absent = fact.when_absent if len(paths) == 1 else None
        return FactColumn(fact, None, on, constant=fact.encode(absent))
    cells = tuple(read[path] for path in paths)
    bad = either(part.bad for part in cells)
    first = cells[0].source
    return FactColumn(fact, _value(fact, read, stages), on, form=first.form, per=first.denominator, bad=bad)


def _value(fact: Fact, read: Mapping[str, Cell], stages: Stages) -> nw.Expr:
    derived = fact.derived
    match derived:
        case Quotient(over, under):
            return stages.keep(_quotient(_sum(over, read), _sum(under, read), derived))
        case RelativeChange(now, before):
            later, earlier = read[now].value, read[before].value
            return stages.keep(_quotient(later - earlier, earlier, derived))
        case Greatest(paths):
            return stages.keep(reduce(_greater, [read[path].value for path in paths]))
        case Least(paths):
            return stages.keep(reduce(_lesser, [read[path].value for path in paths]))
        case _:
            (column,) = columns_of(fact)
            return _direct(fact, read[column.path], stages)


def _direct(fact: Fact, part: Cell, stages: Stages) -> nw.Expr:
    if isinstance(fact.domain, Choices):
        return stages.keep(_place(fact.domain, part))
    return part.value


def _place(choices: Choices, part: Cell) -> nw.Expr:
    """The place of a code among the choices; null where it is unknown and where it names none."""
    tokens = [_token(choice_code(item), part) for item in choices.items]
    found = [part.value == token for token in tokens]
    known = reduce(lambda one, other: one | other, found)
    return nw.when(known).then(_weighted(found))


def _weighted(found: list[nw.Expr]) -> nw.Expr:
    return nw.sum_horizontal(*(flag.cast(nw.Int16) * place for place, flag in enumerate(found))).cast(nw.Int16)


def _token(code: str, part: Cell) -> str | int:
    match part.source.form:
        case Form.TOKEN:
            return part.source.column.codes.index(code)
        case Form.INTEGER:
            return int(code)
        case _:
            return code


def _sum(terms: Terms, read: Mapping[str, Cell]) -> nw.Expr:
    total = reduce(lambda one, other: one + other, [read[path].value for path in terms.plus])
    return reduce(lambda one, other: one - other, [read[path].value for path in terms.minus], total)


def _quotient(over: nw.Expr, under: nw.Expr, derived: Quotient | RelativeChange) -> nw.Expr:
    over, under = (nw.when((part >= -EXACT) & (part <= EXACT)).then(part) for part in (over, under))
    divided = nw.when(under != 0).then(over.cast(nw.Float64) / under.cast(nw.Float64))
    if isinstance(derived, RelativeChange) or derived.under_zero is None:
        return divided
    instead = exact_ratio(derived.under_zero)
    both_known = ~over.is_null() & (under == 0)
    return nw.when(both_known).then(nw.lit(instead.numerator / instead.denominator)).otherwise(divided)


def _greater(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return _chosen(one >= other, one, other)


def _lesser(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return _chosen(one <= other, one, other)


def _chosen(is_first: nw.Expr, one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """*one* or *other*; null where they cannot be compared."""
    return nw.when(is_first).then(one).otherwise(nw.when(is_first.fill_null(value=True) == nw.lit(value=False)).then(other))


# -- comparing -----------------------------------------------------------------------------------------------------


def _whole(column: nw.Expr, op: Operator, limit: Fraction) -> nw.Expr:
    """Whole numbers compared with a fraction, by the whole number next to it.

    Dividing the column by its denominator would not do: some engines multiply by the inverse instead, and round twice.
    """
    bound = math.floor(limit) if op in {">", "<="} else math.ceil(limit)
    return cast("nw.Expr", COMPARES[op](column, bound))


# -- comparing days --------------------------------------------------------------------------------------------------


def _since(part: FactColumn, op: Operator, limit: int) -> nw.Expr:
    """A count since a day, compared: the count is greater for earlier days; one until a day, for later days."""
    count = limit if op in {">", "<="} else limit - 1  # what remains is to ask whether it is more than `count`
    more_than = op in {">", ">="}
    ahead = isinstance(part.fact.derived, MonthsUntil)
    day = cast("nw.Expr", part.column)
    try:
        cutoff = _last_day_of_more(part.fact.derived, count, part.on)
    except InvalidValueError:  # the cut-off is off the calendar, so all known days are on one side of it
        return _everywhere(day, holds=more_than == (count < 0))
    literal = day_literal(cutoff, part.form)
    beyond: nw.Expr = day > literal if more_than == ahead else day <= literal
    return beyond


def _everywhere(column: nw.Expr, *, holds: bool) -> nw.Expr:
    """The answer *holds* wherever the column is known, null elsewhere."""
    return column == column if holds else column != column  # noqa: PLR0124 - null stays null


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


# -- checking --------------------------------------------------------------------------------------------------------


def _checked(part: FactColumn, read: Mapping[str, Cell], stages: Stages) -> FactColumn:
    if part.column is None:
        return part
    bad = either((part.bad, _outside(part, read)))
    return attrs.evolve(part, bad=stages.keep_flag(bad))


def _outside(part: FactColumn, read: Mapping[str, Cell]) -> Flag:
    """Where the value is known and not in the domain."""
    domain = part.fact.domain
    match domain:
        case Flags():
            return False
        case Choices():
            (column,) = columns_of(part.fact)
            return both((where_null(cast("nw.Expr", part.column)), inverse(where_null(read[column.path].value))))
        case Ratios():
            return _ratio_outside(part, domain, read)
        case Counts(low, high, step):
            uneven = _uneven(part, low, step) if step > 1 and isinstance(part.fact.derived, Supplied) else False
            return either((_beyond(part, low, high), uneven))
        case Amounts(low, high) | Days(low, high):
            return _beyond(part, low, high)
        case _:
            raise AssertionError(domain)  # outcomes of tables are not read from a frame


def _beyond(part: FactColumn, low: Any, high: Any) -> Flag:
    return either(_surely(found) for found in (part.compare("<", low), part.compare(">", high)))


def _surely(found: nw.Expr | bool | None) -> Flag:  # noqa: FBT001 - the answer itself
    return found if isinstance(found, bool) else False if found is None else found.fill_null(value=False)


def _uneven(part: FactColumn, low: int, step: int) -> Flag:
    steps = cast("nw.Expr", part.column) - low
    return (steps - steps // step * step != 0).fill_null(value=False)


def _ratio_outside(part: FactColumn, domain: Ratios, read: Mapping[str, Cell]) -> Flag:
    beyond = _beyond(part, domain.low, domain.high)
    match part.fact.derived:
        case Quotient(over, under):
            return either((beyond, _inexact(_sum(over, read), _sum(under, read), domain)))
        case RelativeChange(now, before):
            later, earlier = read[now].value, read[before].value
            return either((beyond, _inexact(later - earlier, earlier, domain)))
        case _:
            return beyond


def _inexact(over: nw.Expr, under: nw.Expr, domain: Ratios) -> Flag:
    """Where a quotient is known and its numbers have more digits than are divided exactly."""
    too_long = either((_too_long(over, EXACT), _too_long(under, domain.denominator)))
    return both((too_long, inverse(where_null(over)), inverse(where_null(under))))


def _too_long(number: nw.Expr, most: int) -> nw.Expr:
    """Where a whole number has more digits than are divided exactly."""
    return ((number > most) | (number < -most)).fill_null(value=False)
