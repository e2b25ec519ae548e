"""The relations of a case file asked of columns: where a row holds a contradiction, as the case file would refuse it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import add
from typing import Final

from revisit_policy.casefile.case_columns import FIELDS
from revisit_policy.casefile.fields import LARGEST_MINOR, LONGEST_ARREARS, LONGEST_TERM, MOST_EVENTS
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.relations import ACTED_ON, EVENT_SINCE, ON, RELATIONS, VISITED_ON, Relation, Where
from revisit_policy.casefile.rows.word_columns import WordColumns
from revisit_policy.frames.columns.binding import Form
from revisit_policy.frames.columns.day_columns import DayColumns, within
from revisit_policy.frames.columns.fact_columns import is_code
from revisit_policy.frames.expressions.expression import Expression, Literal
from revisit_policy.frames.expressions.given import GivenValues, decision_day
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.language.flags import both, either

#: The most that a count can be, by its path; of others it is a number of events.
MOST: Final[Mapping[str, int]] = {"loan.term_months": LONGEST_TERM, "loan.days_past_due": LONGEST_ARREARS}


def _many(named: WordColumns) -> Mapping[str, tuple[str, ...]]:
    """The columns that stand for what a case file has many of."""
    return {VISITED_ON: (*named.visits, *named.desk), EVENT_SINCE: named.events, ACTED_ON: tuple(named.action_days)}


def columns_named(relation: Relation, named: WordColumns) -> Iterator[str]:
    """The columns that a *relation* reads of a row, in the words of a policy."""
    for path in relation.paths:
        yield from (path,) if path in FIELDS else _many(named).get(path, ())


def relation_faults(days: DayColumns, *, values: GivenValues, named: WordColumns) -> Iterator[tuple[str, Flag]]:
    """The path of the field to mend and where, for every relation of which all fields are read."""
    for relation in RELATIONS:
        if not relation.is_past:  # a day that lies ahead is seen where the bounds of days are
            for field in _many(named).get(relation.field, (relation.field,)):
                found = _broken(relation, field, days, values=values)
                if found is not False:
                    yield field, found


def _broken(relation: Relation, field: str, days: DayColumns, *, values: GivenValues) -> Flag:
    asked = [_holds(where, days, values=values) for where in relation.where]
    terms = [(factor, _number(field if path == relation.field else path, days, values=values)) for factor, path in relation.terms]
    if any(number is None for _, number in terms) or any(flag is False for flag in asked):
        return False
    over = [number if factor == 1 else number * factor for factor, number in terms if number is not None and factor > 0]
    under = [number if factor == -1 else number * -factor for factor, number in terms if number is not None and factor < 0]
    least: Expression = reduce(add, under) if under else Literal(0)
    if relation.most:
        least = least + relation.most
    most: Expression = reduce(add, over) if over else Literal(0)
    return both((*asked, (most > least).fill_null(value=False)))


def _number(path: str, days: DayColumns, *, values: GivenValues) -> Expression | None:
    """A field as a whole number, null where it is unknown or outside its bounds; ``None`` if it is not read."""
    if path == ON:
        return values.number(decision_day)
    if path == "loan.contracted_maturity":
        return days.contracted() if {"loan.disbursed_on", "loan.term_months"} <= days.read.keys() else None
    cell = days.read.get(path)
    if cell is None or cell.source.form is Form.EMPTY:
        return None
    if cell.source.column.holds is Holding.DAY:
        return days.of(path)
    most = LARGEST_MINOR if cell.source.column.holds is Holding.AMOUNT else MOST.get(path, MOST_EVENTS)
    return days.stages.put(within(cell.value, 0, most))


def _holds(where: Where, days: DayColumns, *, values: GivenValues) -> Flag:
    """Where the condition of a relation holds; nowhere that its field is unknown or outside its bounds, which is a fault of its own."""
    if where.among:
        cell = days.read.get(where.path)
        if cell is None or cell.source.form is Form.EMPTY:
            return False
        return either(is_code(code, cell).fill_null(value=False) for code in where.among)
    number = _number(where.path, days, values=values)
    if number is None:
        return False
    least = [] if where.least is None else [(number >= where.least).fill_null(value=False)]
    most = [] if where.most is None else [(number <= where.most).fill_null(value=False)]
    return both((*least, *most))
