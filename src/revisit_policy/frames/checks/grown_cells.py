"""Cells of what is of a day: counts that have grown since, as they are on the decision day, and figures, whose day has come."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs
import narwhals as nw

from revisit_policy.frames.columns.cells import Cell
from revisit_policy.frames.columns.day_columns import DayColumns, is_known
from revisit_policy.frames.expressions.expression import Expression, when
from revisit_policy.frames.expressions.given import GivenValues, decision_day
from revisit_policy.frames.expressions.truth import Flag, in_column, where_null
from revisit_policy.language.derivation import GrownDaily, Measured
from revisit_policy.language.fact import Fact
from revisit_policy.language.flags import both, either, inverse


def grown_cells(facts: Collection[Fact], days: DayColumns, *, values: GivenValues) -> Mapping[str, Cell]:
    """The cells by path, of those counts and figures whose days are read."""
    found: dict[str, Cell | None] = {fact.derived.count: _grown(fact.derived, days, values=values) for fact in facts if isinstance(fact.derived, GrownDaily)}
    found |= {fact.derived.path: _measured(fact.derived, days, values=values) for fact in facts if isinstance(fact.derived, Measured)}
    return {path: cell for path, cell in found.items() if cell is not None}


def _measured(derived: Measured, days: DayColumns, *, values: GivenValues) -> Cell | None:
    as_of, cell = days.of(derived.as_of), days.read.get(derived.path)
    if cell is None or as_of is None:
        return None
    ahead = in_column(is_known(as_of)) & (as_of > values.number(decision_day)).fill_null(value=False)
    return attrs.evolve(cell, bad=days.stages.put_flag(either((cell.bad, ahead, _off_the_calendar(days, derived.as_of)))))


def _grown(derived: GrownDaily, days: DayColumns, *, values: GivenValues) -> Cell | None:
    as_of, since, cell = days.of(derived.as_of), days.of(derived.since), days.read.get(derived.count)
    if cell is None or (as_of is None and since is None):
        return None
    counted, today = days.needed(derived.count).cast(nw.Int64), values.number(decision_day)
    grown: Expression = counted
    lost: Flag = False  # where no count can be made of the days
    if as_of is not None:
        is_late = (counted > 0).fill_null(value=False)
        grown = when(in_column(is_known(as_of)) & is_late).then(counted + (today - as_of).cast(nw.Int64)).otherwise(counted)
        lost = both((is_late, _off_the_calendar(days, derived.as_of)))
    if since is not None:
        grown = when(in_column(is_known(since))).then((today - since).cast(nw.Int64)).otherwise(grown)
        lost = both((either((lost, _off_the_calendar(days, derived.since))), inverse(is_known(since))))
    return attrs.evolve(cell, value=days.stages.put(grown), bad=days.stages.put_flag(either((cell.bad, lost))))


def _off_the_calendar(days: DayColumns, path: str) -> Flag:
    """Where the day at *path* is one that no case file can name."""
    return both((inverse(where_null(days.read[path].value)), inverse(is_known(days.of(path)))))
