"""What outputs are made of: masks, places, and where rules fire, from what the tables say."""

from __future__ import annotations

from collections.abc import Mapping
from operator import add
from typing import Final

import attrs
import narwhals as nw

from revisit_policy.frames.expressions.choosing import chosen
from revisit_policy.frames.expressions.expression import Expression, Literal, Points, halved, when
from revisit_policy.frames.expressions.kind_flags import Split
from revisit_policy.frames.expressions.truth import Flag, in_column
from revisit_policy.frames.outputs.output import MASK_BITS
from revisit_policy.frames.rules.spoken import Spoken
from revisit_policy.frames.rules.table_columns import Lines, Ruled
from revisit_policy.language.flags import Row, either
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
    return [mask(flags[start : start + MASK_BITS]) for start in range(0, max(len(flags), 1), MASK_BITS)]


def mask(flags: tuple[Flag, ...]) -> Expression:
    """At most 63 *flags* as bits of one whole number.

    They are added up in small numbers first: those take a quarter of the memory, and adding is all there is to it.
    """
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


def by_rule(said: Mapping[Table, Said]) -> tuple[dict[str, Flag], dict[str, Flag]]:
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
