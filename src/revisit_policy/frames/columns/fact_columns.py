"""Facts in columns: each made from cells in the way its derivation says, with where it is outside its domain."""


from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

import attrs

from revisit_policy.frames.columns.binding import Form
from revisit_policy.frames.columns.cells import Cell
from revisit_policy.frames.columns.fact_bounds import outside
from revisit_policy.frames.columns.fact_column import FactColumn
from revisit_policy.frames.columns.phase import Phase
from revisit_policy.frames.columns.quotient import quotient
from revisit_policy.frames.columns.sources import columns_of
from revisit_policy.frames.expressions.expression import Expression, Literal, Numbered, Points, halved, when
from revisit_policy.frames.expressions.given import GivenValues
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.language.derivation import (
    DaysFromTo,
    Greatest,
    Least,
    Quotient,
    RelativeChange,
)
from revisit_policy.language.domains.choice_words import choice_code
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.extraction.maker import as_quotient
from revisit_policy.language.fact import Fact
from revisit_policy.language.flags import GROUP, either
from revisit_policy.language.period import DECISION_DAY


@attrs.frozen(eq=False)
class Reading:
    """What facts are made for: a *phase* of days, and the *values* that the plan reads of each."""

    phase: Phase
    values: GivenValues


def fact_columns(facts: Iterable[Fact], read: Mapping[str, Cell], *, reading: Reading, stages: Stages) -> Mapping[str, FactColumn]:
    """Make the columns of *facts* from the cells *read*, by path: one layer, and what is bad in the next."""
    parts = {fact.name: _made(fact, read, reading=reading, stages=stages) for fact in facts}
    stages.next()
    return {name: _checked(part, read, stages) for name, part in parts.items()}


# -- making ----------------------------------------------------------------------------------------------------------


def _made(fact: Fact, read: Mapping[str, Cell], *, reading: Reading, stages: Stages) -> FactColumn:
    if fact == DECISION_DAY:
        return FactColumn(fact, None, reading.values, constant=fact.encode(reading.phase.day))
    paths = tuple(column.path for column in columns_of(fact))
    if any(path in read and read[path].source.form is Form.EMPTY for path in paths):
        return FactColumn(fact, None, reading.values)
    if any(path not in read for path in paths):
        absent = fact.when_absent if len(paths) == 1 else None
        return FactColumn(fact, None, reading.values, constant=fact.encode(absent))
    cells = tuple(read[path] for path in paths)
    bad = either(part.bad for part in cells)
    first = cells[0].source
    if isinstance(fact.domain, Choices):
        choices = _choices(fact.domain, cells[0], stages)
        place = _place(choices)
        column = stages.put(place) if len(choices) > GROUP else place  # of many choices limits are held against the place
        return FactColumn(fact, column, reading.values, choices=choices, form=first.form, bad=bad)
    form = Form.INTEGER if isinstance(fact.derived, DaysFromTo) else first.form
    return FactColumn(fact, _value(fact, read, stages), reading.values, form=form, per=first.denominator, bad=bad)


def _value(fact: Fact, read: Mapping[str, Cell], stages: Stages) -> Expression:
    derived = fact.derived
    match derived:
        case Quotient() | RelativeChange():
            return stages.keep(quotient(as_quotient(derived), read))
        case DaysFromTo(first, last):
            return stages.keep(_day_number(read[last.path]) - _day_number(read[first.path]))
        case Greatest(paths):
            return stages.keep(reduce(_greater, [read[path].value for path in paths]))
        case Least(paths):
            return stages.keep(reduce(_lesser, [read[path].value for path in paths]))
        case _:
            (column,) = columns_of(fact)
            return read[column.path].value


def _day_number(part: Cell) -> Expression:
    """The days since 1970-01-01 of a column of days."""
    return part.value if part.source.form is Form.DAY_NUMBER else Numbered(part.value)


def _choices(domain: Choices, part: Cell, stages: Stages) -> tuple[Expression, ...]:
    """Where each choice is the one; null where it is unknown which."""
    return tuple(stages.keep(is_code(choice_code(item), part)) for item in domain.items)


def is_code(code: str, part: Cell) -> Expression:
    """Where the column of codes *part* has this *code*; null where it has none."""
    return part.value == token(code, part)


def _place(choices: tuple[Expression, ...]) -> Expression:
    """The place of a code among the choices; null where it is unknown and where it names none."""
    return when(halved(or_, choices)).then(Points(tuple((flag, place) for place, flag in enumerate(choices) if place)))


def token(code: str, part: Cell) -> str | int:
    """How *code* stands in a column of codes."""
    match part.source.form:
        case Form.TOKEN:
            return part.source.column.codes.index(code)
        case Form.INTEGER:
            return int(code)
        case _:
            return code


def _greater(one: Expression, other: Expression) -> Expression:
    return _chosen(one >= other, one, other)


def _lesser(one: Expression, other: Expression) -> Expression:
    return _chosen(one <= other, one, other)


def _chosen(is_first: Expression, one: Expression, other: Expression) -> Expression:
    """*one* or *other*; null where they cannot be compared."""
    return when(is_first).then(one).otherwise(when(is_first.fill_null(value=True) == Literal(value=False)).then(other))


def _checked(part: FactColumn, read: Mapping[str, Cell], stages: Stages) -> FactColumn:
    if part.column is None:
        return part
    bad = either((part.bad, outside(part, read)))
    return attrs.evolve(part, bad=stages.keep_flag(bad))
