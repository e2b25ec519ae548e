"""Bands and grids: two ways to write rules down. They make ordinary rules and mean nothing of their own."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import Combinable, Condition
from revisit_policy.language.fact import Fact
from revisit_policy.language.parts import check_part, items_of
from revisit_policy.language.rule import Rule
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label


def bands(fact: Fact, *cuts: object) -> tuple[Condition, ...]:
    """The bands that *cuts* divide a fact into: below the first, from each to the next, from the last upwards.

    Every band includes its lower cut and excludes its upper one, so they cover the domain once.

    Raises:
        InvalidPolicyError: If there is no cut, or the cuts do not rise.

    Examples:
        >>> age = Fact.count("age", low=0, high=120, label=Label("年龄", "age"))
        >>> bands(age, 18, 65)
        ((age < 18), ((age >= 18) & (age < 65)), (age >= 65))
    """
    check_part(fact, Fact, subject="bands", field="fact", expected="a fact")
    if not fact.is_measured:
        raise InvalidPolicyError(subject=fact.name, problem=f"bands divide what lies on a line, and this is a {fact.domain.kind.en}")
    values = [fact.encode(cut) for cut in cuts]
    if not cuts or None in values or values != sorted(set(values)):
        raise InvalidPolicyError(subject=fact.name, problem=f"bands need cuts that rise, got `{cuts!r}`")
    inner = tuple(fact.between(low, high) for low, high in pairwise(cuts))
    return (fact < cuts[0], *inner, fact >= cuts[-1])


def grid(
    prefix: str,
    rows: Sequence[Condition],
    columns: Sequence[Condition],
    *,
    outcomes: Sequence[Sequence[Hashable]],
    because: Label,
    source: Citation,
) -> tuple[Rule, ...]:
    """One rule a cell: the row's and the column's condition together, then the outcome that stands there.

    The rules are named *prefix* with the numbers of row and column, from 1: ``matrix-1-3``.

    Raises:
        InvalidPolicyError: If *outcomes* has not one entry for every cell.

    Examples:
        >>> age = Fact.count("age", low=0, high=120, label=Label("年龄", "age"))
        >>> homes = Fact.count("homes", low=0, high=9, label=Label("套数", "homes"))
        >>> cells = grid(
        ...     "matrix", bands(age, 65), bands(homes, 2), outcomes=(("low", "mid"), ("mid", "high")),
        ...     because=Label("矩阵", "matrix"), source=Citation(standing="proposal"),
        ... )
        >>> cells[-1].id, cells[-1].then
        ('matrix-2-2', 'high')
    """
    lines = [items_of(line, subject=prefix, field="outcomes") for line in items_of(outcomes, subject=prefix, field="outcomes")]
    rows, columns = items_of(rows, subject=prefix, field="rows"), items_of(columns, subject=prefix, field="columns")
    for condition in (*rows, *columns):
        check_part(condition, Combinable, subject=prefix, field="rows and columns", expected="conditions")
    if len(lines) != len(rows) or any(len(line) != len(columns) for line in lines):
        shape = f"{len(rows)} rows of {len(columns)}"
        raise InvalidPolicyError(subject=prefix, problem=f"a grid needs one outcome for every cell: {shape}")
    return tuple(
        Rule(f"{prefix}-{row}-{column}", when=across & down, then=outcome, because=because, source=source)
        for row, (across, line) in enumerate(zip(rows, lines, strict=True), 1)
        for column, (down, outcome) in enumerate(zip(columns, line, strict=True), 1)
    )
