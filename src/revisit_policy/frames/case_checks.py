"""What a case file refuses, asked of columns: fields that it needs, bounds, and fields that contradict one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from revisit_policy.casefile.case_columns import EVENT_PATHS, FIELDS, VISIT_PATHS
from revisit_policy.casefile.fields import FIRST_YEAR, LARGEST_MINOR, LAST_YEAR
from revisit_policy.casefile.holding import Holding
from revisit_policy.frames.binding import Form
from revisit_policy.frames.cells import Cell
from revisit_policy.frames.expression import Expression
from revisit_policy.frames.fact_column import day_literal
from revisit_policy.frames.truth import Flag, where_null
from revisit_policy.language.flags import either
from revisit_policy.values.dates import Date

#: Days that cannot lie ahead of the decision.
PAST: Final = (
    "loan.disbursed_on", "loan.restructured_on", "collateral.valued_on", "borrower.reviewed_on", "market.as_of", *VISIT_PATHS, *EVENT_PATHS,
)  # fmt: skip

#: Fields of which the first may be at most the second.
AT_MOST: Final = (
    ("loan.balance", "loan.principal"),
    ("loan.down_payment", "loan.price"),
    ("loan.ecl", "loan.carrying_amount"),
    ("loan.signed_on", "loan.disbursed_on"),
    ("borrower.property_fee", "borrower.monthly_debt_service"),
)

_FIRST_DAY: Final = dt.date(FIRST_YEAR, 1, 1)
_LAST_DAY: Final = dt.date(LAST_YEAR, 12, 31)


def case_faults(read: Mapping[str, Cell], *, on: Date) -> Iterator[tuple[str, Flag]]:
    """Every path whose cell the case file, or the decision on the day *on*, would refuse, and where.

    Only what is read can be refused: a column that nobody asks for is not there.
    """
    for path in [path for path, cell in read.items() if cell.source.form is Form.EMPTY and _is_required(path)]:
        yield path, True
    read = {path: cell for path, cell in read.items() if cell.source.form is not Form.EMPTY}
    for path, cell in read.items():
        found = either(_of_one(path, cell, on=on))
        if found is not False:
            yield path, found
    for path, bound in AT_MOST:
        if path in read and bound in read:
            yield path, (read[path].value > read[bound].value).fill_null(value=False)
    if {"loan.observation_until", "loan.restructured_on"} <= read.keys():
        until, since = read["loan.observation_until"].value, read["loan.restructured_on"].value
        yield "loan.observation_until", (until <= since).fill_null(value=False)


def _is_required(path: str) -> bool:
    field = FIELDS.get(path)
    return field is not None and field.is_required


def _of_one(path: str, cell: Cell, *, on: Date) -> Iterator[Flag]:
    if _is_required(path):
        yield where_null(cell.value)
    match cell.source.column.holds:
        case Holding.AMOUNT:
            least = 1 if path == "loan.principal" else 0
            yield _outside(cell.value, least, LARGEST_MINOR)
            yield cell.bad
        case Holding.DAY:
            form = cell.source.form
            last = on if path in PAST else _LAST_DAY
            yield _outside(cell.value, day_literal(_FIRST_DAY, form), day_literal(last, form))
        case _:
            yield False


def _outside(value: Expression, low: object, high: object) -> Expression:
    return ((value < low) | (value > high)).fill_null(value=False)
