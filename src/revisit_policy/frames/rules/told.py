"""What people are told of every row: what the tables of its own edition say, and what is handed out of it, as `decision.seats.shape` says."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import Any, cast

import attrs
import narwhals as nw

from revisit_policy.decision.seats.shape import BY_ID
from revisit_policy.frames.expressions.choosing import chosen
from revisit_policy.frames.expressions.expression import Expression, Literal
from revisit_policy.frames.expressions.stages import Stages
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.frames.rules.spoken import Places, Spoken
from revisit_policy.language.flags import Row, both, either, inverse
from revisit_policy.language.fold import Fold
from revisit_policy.language.on_scale import OnScale
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.values.labels import OrderedLabelled


@attrs.frozen(kw_only=True, eq=False)
class Told:
    """What the tables that speak once for a row say, by id.

    Args:
        tables: The tables, as the last edition that has them does.
        said: What each says of every row, as its own edition has it; nothing where that has no such table.
        lacking: Where a row's edition has no table of an id, for those that not all editions have.
        stages: The layers that are added to.
        words: The words of the policy.
    """

    tables: Mapping[str, Table]
    said: Mapping[str, Spoken]
    lacking: Mapping[str, Flag]
    stages: Stages
    words: Vocabulary

    def has(self, table_id: str) -> Flag:
        """Where the row's edition has a table of this id."""
        return inverse(self.lacking.get(table_id, table_id not in self.tables))

    def items(self, table_id: str) -> tuple[Any, ...]:
        """The outcomes of a table, which are those of every edition; none without it."""
        return cast("Scale", self.tables[table_id].outcomes).outcomes if table_id in self.tables else ()

    def places(self, table_id: str) -> Places:
        """What a table with places says of every row; nothing without it."""
        return cast("Places", self.said.get(table_id, Places((), (), undecided=False)))

    def handed(self, seat_id: str) -> tuple[Flag, ...]:
        """Where each outcome of the table of a seat is handed out; of one outcome the highest flag counts."""
        return BY_ID[seat_id].handed(self._on_scales) if seat_id in self.tables else ()

    @cached_property
    def _on_scales(self) -> Mapping[str, OnScale[Expression]]:
        return {name: on_scale(self.tables[name], self.places(name), self.stages) for name in BY_ID if name in self.tables}

    def is_more_than_absent(self, seat_id: str) -> Flag:
        """Where anything else is handed out than what holds without the table."""
        absent = BY_ID[seat_id].absent
        return either(flag for item, flag in zip(self.items(seat_id), self.handed(seat_id), strict=True) if item != absent)

    @cached_property
    def levels(self) -> Mapping[OrderedLabelled, Flag]:
        """Where a row is at each level at least as loud: by the table of levels, else as its signals; the loudest counts."""
        by_table = dict(zip(self.items("level"), self.places("level").established, strict=True))
        signals = tuple(zip(self.items("signals"), self.places("signals").established, strict=True))
        lacks = inverse(self.has("level"))
        by_signals = {level: either(flag for signal, flag in signals if signal.level == level) for level in self.words.levels}
        return {level: either((by_table.get(level, False), both((lacks, by_signals[level])))) for level in self.words.levels}


def on_scale(table: Table, said: Places, stages: Stages) -> OnScale[Expression]:
    """What a *table* has *said* as flags by place; one that goes by severity and leaves no gap always establishes something."""
    is_settled = table.fold in {Fold.WORST, Fold.LEAST}
    items: tuple[Hashable, ...] = cast("Scale", table.outcomes).outcomes
    return OnScale(items, said.established, said.possible, keep=stages.put_flag, is_settled=is_settled)


def number(told: Told, seat_id: str) -> Expression:
    """The number that the table of a seat hands out; 0 if there is none."""
    counts = (0, *told.items(seat_id))
    return chosen(Row.of((True, *told.handed(seat_id))), [Literal(count, nw.Int16) for count in counts])
