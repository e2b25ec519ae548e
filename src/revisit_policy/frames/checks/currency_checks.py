"""Currencies: rows whose amounts are in another one than the policy reads, which a case file of them would be refused for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from revisit_policy.casefile.case_columns import CURRENCY
from revisit_policy.casefile.holding import Holding
from revisit_policy.frames.columns.cells import Cell
from revisit_policy.frames.columns.fact_columns import token
from revisit_policy.frames.expressions.expression import Literal
from revisit_policy.frames.expressions.truth import Flag


def currency_faults(read: Mapping[str, Cell]) -> Iterator[tuple[str, Flag]]:
    """Every path of amounts, and the rows that say another currency than the policy's; a row that says none is in it.

    Only a frame that has a column of currencies says any.
    """
    if CURRENCY not in read:
        return
    cell = read[CURRENCY]
    (code,) = cell.source.column.codes
    wrong = ((cell.value == token(code, cell)) == Literal(value=False)).fill_null(value=False)
    for path, part in read.items():
        if part.source.column.holds is Holding.AMOUNT:
            yield path, wrong
