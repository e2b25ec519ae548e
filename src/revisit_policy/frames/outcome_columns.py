"""The outputs of a plan as expressions: outcomes, statuses, traces and bad input, from what the tables say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never, cast

import attrs
import narwhals as nw

from revisit_policy.frames.conditions import Elements
from revisit_policy.frames.output import MASK_BITS, Trace
from revisit_policy.frames.table_columns import Lines, Ranked, Ruled, Summed, place_of, worse_end
from revisit_policy.frames.truth import Flag, both, either, in_column, inverse, several
from revisit_policy.language.fold import Status
from revisit_policy.language.scale import Scale, Score
from revisit_policy.language.table import Table


@attrs.frozen(eq=False)
class Said:
    """What one table says, and the lines it says it by."""

    lines: Lines
    ruled: Ruled


def where(flag: Flag, expression: nw.Expr) -> nw.Expr:
    """*expression* where *flag* holds, null elsewhere."""
    return expression if flag is True else nw.when(in_column(flag)).then(expression)


def masks(flags: tuple[Flag, ...]) -> list[nw.Expr]:
    """*flags* as bits of as many whole numbers as they need."""
    return [_mask(flags[start : start + MASK_BITS]) for start in range(0, max(len(flags), 1), MASK_BITS)]


def _mask(flags: tuple[Flag, ...]) -> nw.Expr:
    bits = [in_column(flag).cast(nw.Int64) * 2**at for at, flag in enumerate(flags) if flag is not False]
    return nw.sum_horizontal(in_column(flag=False).cast(nw.Int64), *bits)


def outcomes(table: Table, said: Ruled) -> list[nw.Expr]:
    """The columns of one table, in the order of `output.outcome_outputs`."""
    match said:
        case Ranked():
            return _ranked(table, said)
        case Elements(certain, possible):
            undecided = either(both((maybe, inverse(sure))) for sure, maybe in zip(certain, possible, strict=True))
            return [*masks(certain), *masks(possible), _status([(undecided, Status.UNDECIDED)])]
        case Summed(outcome, low, high):
            worst = worse_end(said, cast("Score", table.outcomes))
            return [outcome, worst, _status([(low != high, Status.UNDECIDED)])]
        case _:
            assert_never(said)


def _ranked(table: Table, said: Ranked) -> list[nw.Expr]:
    some = either(said.candidates)
    decided = both((said.winner, inverse(several(said.candidates)), inverse(said.conflict)))
    gap = inverse(either((said.winner, some)))
    undecided = both((inverse(decided), inverse(gap), inverse(said.conflict)))
    status = _status([(undecided, Status.UNDECIDED), (gap, Status.GAP), (said.conflict, Status.CONFLICT)])
    worst = place_of(said.candidates)
    established = said.established
    outcome = where(decided, worst) if established is None else where(either(established), place_of(established))
    is_ordered = cast("Scale", table.outcomes).ordered
    return [outcome, where(some, worst), status] if is_ordered else [outcome, status]


def _status(cases: Iterable[tuple[Flag, Status]]) -> nw.Expr:
    """The place of the status; where none of *cases* holds, the table is decided."""
    order = tuple(Status)
    parts = [in_column(flag).cast(nw.Int16) * order.index(status) for flag, status in cases if flag is not False]
    return nw.sum_horizontal(in_column(flag=False).cast(nw.Int16), *parts)


def traces(tables: tuple[Table, ...], said: Mapping[str, Said], trace: Trace) -> list[nw.Expr]:
    """The columns of the rules that fire and of those undecided, in the order of `output.trace_outputs`."""
    if trace is Trace.NONE:
        return []
    found: list[nw.Expr] = []
    for flags in _by_rule(tables, said):
        match trace:
            case Trace.BOOLEANS:
                found += [in_column(flag) for flag in flags.values()]
            case Trace.MASKS:
                found += masks(tuple(flags.values()))
            case Trace.TEXT:
                found.append(_text(flags))
    return found


def _by_rule(tables: tuple[Table, ...], said: Mapping[str, Said]) -> tuple[dict[str, Flag], dict[str, Flag]]:
    """Where each rule fires, and where it is undecided: a rule may have several lines."""
    fired: dict[str, Flag] = {}
    undecided: dict[str, Flag] = {}
    for table in tables:
        lines = said[table.id].lines
        for rule in table.rules:
            mine = [at for at, line in enumerate(table.lines) if line.rule is rule]
            fired[rule.id] = either(lines.fires[at] for at in mine)
            undecided[rule.id] = either(lines.opens[at] for at in mine)
    return fired, undecided


def _text(flags: Mapping[str, Flag]) -> nw.Expr:
    """The ids whose flags hold, joined by commas; empty if there is none."""
    parts = [nw.when(in_column(flag)).then(nw.lit(rule)) for rule, flag in flags.items() if flag is not False]
    nothing = nw.when(in_column(flag=False)).then(nw.lit(""))
    return nw.concat_str(nothing, nothing, *parts, separator=",", ignore_nulls=True)
