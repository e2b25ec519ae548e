"""What a table says of a row as columns: outcome, outcome at worst, and status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.frames.outputs.answer import Answer, RowsDecided, mask_answers
from revisit_policy.frames.outputs.outcome_columns import place
from revisit_policy.frames.outputs.output import Meaning, Output
from revisit_policy.frames.rules.spoken import Places, Total, status
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.scale import Scale, Score
from revisit_policy.language.table import Table

Read = TypeVar("Read")


def table_answers(table: Table) -> tuple[Answer, ...]:
    """The columns of one table: outcome, at worst (where there is a worse and a better), status."""
    worst, status_column = f"{table.id}_at_worst", status_answer(table.id)
    if not isinstance(table.outcomes, Scale):
        return *_points(table, worst), status_column
    items = table.outcomes.outcomes
    if table.fold is Fold.EVERY:
        established = mask_answers(table.id, items, Meaning.SET, _of(table.id, lambda said: said.established))
        return *established, *mask_answers(worst, items, Meaning.SET, _of(table.id, lambda said: said.possible)), status_column
    outcome = Answer(Output(name=table.id, meaning=Meaning.PLACE, items=items), _of(table.id, lambda said: place(said.established)))
    at_worst = Answer(Output(name=worst, meaning=Meaning.PLACE, items=items), _of(table.id, lambda said: place(said.possible)))
    return (outcome, at_worst, status_column) if table.outcomes.ordered else (outcome, status_column)


def status_answer(table_id: str) -> Answer:
    """The column of the status of what the table of this id says."""
    return Answer(Output(name=f"{table_id}_status", meaning=Meaning.PLACE, items=tuple(Status)), lambda rows: status(rows.told.said[table_id]))


def _points(table: Table, worst: str) -> tuple[Answer, Answer]:
    def at_worst(rows: RowsDecided) -> Expression:
        said = cast("Total", rows.told.said[table.id])
        return said.high if cast("Score", table.outcomes).worse == "high" else said.low

    outcome = Answer(Output(name=table.id, meaning=Meaning.POINTS), lambda rows: cast("Total", rows.told.said[table.id]).outcome)
    return outcome, Answer(Output(name=worst, meaning=Meaning.POINTS), at_worst)


def _of(table_id: str, read: Callable[[Places], Read]) -> Callable[[RowsDecided], Read]:
    """What is *read* of a table with places."""
    return lambda rows: read(cast("Any", rows.told.said[table_id]))
