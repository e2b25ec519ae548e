"""What a case file refuses, asked of columns: fields that it needs, bounds, and fields that contradict one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

from revisit_policy.casefile.case_columns import FIELDS
from revisit_policy.casefile.fields import FIRST_YEAR, LARGEST_MINOR, LAST_YEAR, MOST_EVENTS
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.relations import RELATIONS
from revisit_policy.casefile.rows.word_columns import WordColumns
from revisit_policy.frames.checks.relation_faults import MOST, columns_named, relation_faults
from revisit_policy.frames.columns.binding import Form
from revisit_policy.frames.columns.cells import Cell
from revisit_policy.frames.columns.day_columns import DayColumns, is_known
from revisit_policy.frames.columns.fact_column import day_given, day_literal
from revisit_policy.frames.columns.fact_columns import is_code
from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.frames.expressions.given import GivenValues, decision_day
from revisit_policy.frames.expressions.truth import Flag, where_null
from revisit_policy.language.flags import both, either, inverse

_FIRST_DAY: Final = dt.date(FIRST_YEAR, 1, 1)
_LAST_DAY: Final = dt.date(LAST_YEAR, 12, 31)


def case_faults(days: DayColumns, *, values: GivenValues, told: Collection[str], named: WordColumns) -> Iterator[tuple[str, Flag]]:
    """Every path whose cell the case file, or the decision on its day, would refuse, and where.

    Only what is read can be refused: a column that nobody asks for is not there.

    Args:
        days: The cells by path, and their days.
        values: What the plan reads of the decision day.
        told: The paths of the cells that are facts themselves, whose bounds and codes are checked as those of the facts.
        named: The columns of visits and events.
    """
    past = _past(named)
    for path, cell in days.read.items():
        if cell.source.form is Form.EMPTY:
            found: Flag = _is_required(path)
        else:
            found = either((*_of_one(path, cell, values=values, is_past=path in past), *([] if path in told else _of_no_fact(path, cell))))
        if found is not False:
            yield path, found
    yield from relation_faults(days, values=values, named=named)
    yield from _arrears_told_twice_or_never(days)
    yield from _half_told(days, named)


def _arrears_told_twice_or_never(days: DayColumns) -> Iterator[tuple[str, Flag]]:
    """Where a loan is refused that says how late it is by two fields, or by none."""
    counted = days.read.get("loan.days_past_due")
    if counted is not None:
        is_counted = False if counted.source.form is Form.EMPTY else inverse(where_null(counted.value))
        since, as_of = (is_known(days.of(path)) for path in ("loan.unpaid_since", "loan.arrears_as_of"))
        yield "loan.days_past_due", either((both((is_counted, since)), both((inverse(is_counted), inverse(since)))))
        yield "loan.arrears_as_of", both((since, as_of))


def _half_told(days: DayColumns, named: WordColumns) -> Iterator[tuple[str, Flag]]:
    """Where a row says how far a measure has come and not on which day, or the other way round, or says it in another word."""
    for state_path, day_path in zip(named.action_states, named.action_days, strict=True):
        state, day = days.read.get(state_path), days.read.get(day_path)
        if state is None and day is None:
            continue
        has_state = False if state is None or state.source.form is Form.EMPTY else inverse(where_null(state.value))
        has_day = False if day is None or day.source.form is Form.EMPTY else inverse(where_null(day.value))
        yield state_path, either((both((has_state, inverse(has_day))), both((has_day, inverse(has_state)))))
        if state is not None and state.source.form is not Form.EMPTY:
            is_known_code = either(is_code(code, state).fill_null(value=False) for code in state.source.column.codes)
            yield state_path, both((has_state, inverse(is_known_code)))


@lru_cache(maxsize=64)
def _past(named: WordColumns) -> frozenset[str]:
    """Days that cannot lie ahead of the decision."""
    return frozenset(path for relation in RELATIONS if relation.is_past for path in columns_named(relation, named))


def _is_required(path: str) -> bool:
    field = FIELDS.get(path)
    return field is not None and field.is_required


def _of_one(path: str, cell: Cell, *, values: GivenValues, is_past: bool) -> Iterator[Flag]:
    if _is_required(path):
        yield where_null(cell.value)
    match cell.source.column.holds:
        case Holding.AMOUNT:
            least = 1 if path == "loan.principal" else 0
            yield _outside(cell.value, least, LARGEST_MINOR)
            yield cell.bad
        case Holding.DAY:
            form = cell.source.form
            last = day_given(values, form, decision_day) if is_past else day_literal(_LAST_DAY, form)
            yield _outside(cell.value, day_literal(_FIRST_DAY, form), last)
        case _:
            yield False


def _of_no_fact(path: str, cell: Cell) -> Iterator[Flag]:
    """Where a count or a code is none that the field can hold."""
    match cell.source.column.holds:
        case Holding.COUNT:
            yield _outside(cell.value, 1 if path == "loan.term_months" else 0, MOST.get(path, MOST_EVENTS))
            yield cell.bad
        case Holding.CODE if (field := FIELDS.get(path)) is not None and cell.source.column.codes:
            yield both((inverse(where_null(cell.value)), inverse(either(is_code(code, cell).fill_null(value=False) for code in field.codes))))
        case _:
            yield False


def _outside(value: Expression, low: object, high: object) -> Expression:
    return ((value < low) | (value > high)).fill_null(value=False)
