"""The outputs of a plan as expressions: outcomes, statuses, traces and bad input, from what the tables say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import add
from typing import Final, cast

import attrs
import narwhals as nw

from revisit_policy.frames.expressions.choosing import chosen
from revisit_policy.frames.expressions.expression import Expression, Listed, Literal, Points, halved, when
from revisit_policy.frames.expressions.kind_flags import Split
from revisit_policy.frames.expressions.truth import Flag, in_column
from revisit_policy.frames.outputs.output import MASK_BITS, Trace
from revisit_policy.frames.rules.spoken import Spoken, Total, status
from revisit_policy.frames.rules.table_columns import Lines, Ruled
from revisit_policy.language.flags import Row, both, either
from revisit_policy.language.fold import Fold
from revisit_policy.language.scale import Scale, Score
from revisit_policy.language.table import Table

#: How many bits an Int16 holds beside its sign.
_SMALL: Final = 15


@attrs.frozen(eq=False)
class Said:
    """What one table says, the lines it says it by, and how later tables read it."""

    lines: Lines
    spoken: Spoken
    ruled: Ruled


def where(flag: Flag, expression: Expression) -> Expression:
    """*expression* where *flag* holds, null elsewhere."""
    return expression if flag is True else when(in_column(flag)).then(expression)


def masks(flags: tuple[Flag, ...]) -> list[Expression]:
    """*flags* as bits of as many whole numbers as they need."""
    return [_mask(flags[start : start + MASK_BITS]) for start in range(0, max(len(flags), 1), MASK_BITS)]


def _mask(flags: tuple[Flag, ...]) -> Expression:
    """Bits added up in small numbers first: those take a quarter of the memory, and adding is all there is to it."""
    if split := Split.of(flags):
        return split.summed(2**at for at in range(len(flags)))
    starts = range(0, len(flags), _SMALL)
    words = [_small_mask(flags[start : start + _SMALL]).cast(nw.Int64) * 2**start for start in starts]
    return halved(add, words) if words else Points(())


def _small_mask(flags: tuple[Flag, ...]) -> Expression:
    return Points(tuple((in_column(flag), 2**at) for at, flag in enumerate(flags) if flag is not False))


def place(flags: tuple[Flag, ...]) -> Expression:
    """The highest place whose flag holds; null if none does."""
    return chosen(Row.of(flags), [Literal(at, nw.Int16) for at in range(len(flags))])


def outcomes(table: Table, said: Spoken) -> list[Expression]:
    """The columns of one table, in the order of `output.outcome_outputs`."""
    if isinstance(said, Total):
        worst = said.high if cast("Score", table.outcomes).worse == "high" else said.low
        return [said.outcome, worst, status(said)]
    if table.fold is Fold.EVERY:
        return [*masks(said.established), *masks(said.possible), status(said)]
    is_ordered = cast("Scale", table.outcomes).ordered
    return [place(said.established), *([place(said.possible)] if is_ordered else []), status(said)]


# -- traces ----------------------------------------------------------------------------------------------------------


def traces(rules: Iterable[str], said: Iterable[tuple[Flag, Mapping[Table, Said]]], trace: Trace) -> list[Expression]:
    """The columns of the *rules* that fire and of those undecided, in the order of `output.trace_outputs`.

    Args:
        rules: The ids.
        said: For every edition the rows under it, and what its tables say.
        trace: In which form.
    """
    if trace is Trace.NONE:
        return []
    editions = [(flag, *_by_rule(tables)) for flag, tables in said if flag is not False]
    found: list[Expression] = []
    for part in (1, 2):
        flags = {rule: either(both((edition[0], edition[part].get(rule, False))) for edition in editions) for rule in rules}  # type: ignore[union-attr] # a mapping
        match trace:
            case Trace.BOOLEANS:
                found += [in_column(flag) for flag in flags.values()]
            case Trace.MASKS:
                found += masks(tuple(flags.values()))
            case Trace.TEXT:
                found.append(_text(flags))
    return found


def _by_rule(said: Mapping[Table, Said]) -> tuple[dict[str, Flag], dict[str, Flag]]:
    """Where each rule fires, and where it is undecided: a rule may have several lines."""
    fired: dict[str, Flag] = {}
    undecided: dict[str, Flag] = {}
    for table, spoke in said.items():
        mine: dict[str, list[int]] = {rule.id: [] for rule in table.rules}
        for at, line in enumerate(table.lines):
            mine[line.rule.id].append(at)
        fired |= {rule: either(spoke.lines.fires[at] for at in places) for rule, places in mine.items()}
        undecided |= {rule: either(spoke.lines.opens[at] for at in places) for rule, places in mine.items()}
    return fired, undecided


def _text(flags: Mapping[str, Flag]) -> Expression:
    """The ids whose flags hold, joined by commas; empty if there is none."""
    return Listed(tuple((in_column(flag), rule) for rule, flag in flags.items() if flag is not False))
