"""Answers: the columns that a decision adds, each with what makes it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property

import attrs

from revisit_policy.frames.expressions.expression import Expression
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.frames.outputs.outcome_columns import Said, by_rule, mask, where
from revisit_policy.frames.outputs.output import MASK_BITS, Meaning, Output, mask_outputs
from revisit_policy.frames.rules.told import Told
from revisit_policy.frames.subject import Subject
from revisit_policy.language.flags import both, either
from revisit_policy.language.table import Table
from revisit_policy.values.labels import Labelled


@attrs.frozen(kw_only=True, eq=False)
class RowsDecided:
    """Rows as the tables have decided them: what every column that is added is made from.

    Args:
        subject: What decides.
        editions: For every edition, the rows under it.
        said: What the tables of each edition say; empty for an edition under which no row is.
        bad: Where each of `answers.checked_names` is bad, in their order.
        sound: Where none of them is.
        told: What each table says of every row as its own edition has it.
        settled: Where nothing is asked any more.
        plan: What plans the next visit, its columns by name.
        act: What tells, by measures, where each is recommended and where it is in hand.
    """

    subject: Subject
    editions: tuple[Flag, ...]
    said: Sequence[Mapping[Table, Said]]
    bad: tuple[Flag, ...]
    sound: Flag
    told: Told
    settled: Flag
    plan: Callable[[], Mapping[str, Expression]]
    act: Callable[[], tuple[Mapping[Labelled, Flag], Mapping[Labelled, Flag]]]

    @cached_property
    def acted(self) -> tuple[Mapping[Labelled, Flag], Mapping[Labelled, Flag]]:
        """Where each measure is recommended, and where it is in hand; asked for the first time it is needed."""
        return self.act()

    @cached_property
    def visits(self) -> Mapping[str, Expression]:
        """The columns of the next visit by name, planned when the first of them is asked for."""
        return self.plan()

    @cached_property
    def fired(self) -> Mapping[str, Flag]:
        """Where each rule fires, by its id."""
        return self._by_rule(0)

    @cached_property
    def undecided(self) -> Mapping[str, Flag]:
        """Where each rule is undecided, by its id."""
        return self._by_rule(1)

    def _by_rule(self, at: int) -> Mapping[str, Flag]:
        found = [(flag, by_rule(tables)[at]) for flag, tables in zip(self.editions, self.said, strict=True) if flag is not False]
        return {rule.id: either(both((flag, rules.get(rule.id, False))) for flag, rules in found) for rule in self.subject.rules}


@attrs.frozen(eq=False)
class Answer:
    """One column that a decision adds, and what makes it.

    Args:
        output: The column.
        make: What makes it of rows that have been decided.
        is_of_all: Whether rows have it that cannot be decided; null stands there otherwise.
    """

    output: Output
    make: Callable[[RowsDecided], Expression]
    is_of_all: bool = False

    def of(self, rows: RowsDecided) -> Expression:
        """The column of these *rows*."""
        return self.make(rows) if self.is_of_all else where(rows.sound, self.make(rows))


def mask_answers(
    name: str, items: tuple[Hashable, ...], meaning: Meaning, flags: Callable[[RowsDecided], tuple[Flag, ...]], *, is_of_all: bool = False
) -> tuple[Answer, ...]:
    """*flags*, one for each of the *items*, as bits of as many columns as they need."""

    def part(start: int) -> Callable[[RowsDecided], Expression]:
        return lambda rows: mask(flags(rows)[start : start + MASK_BITS])

    outputs = mask_outputs(name, items, meaning)
    return tuple(Answer(output, part(at * MASK_BITS), is_of_all) for at, output in enumerate(outputs))
