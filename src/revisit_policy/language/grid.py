"""Bands, increments and grids: three ways to write rules down. They make ordinary rules and mean nothing of their own."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import Combinable, Condition
from revisit_policy.language.fact import Fact
from revisit_policy.language.parts import check_part, items_of
from revisit_policy.language.rule import Rule
from revisit_policy.speech.phrase import Phrase
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
    _check_cuts(fact, cuts, what="bands")
    inner = tuple(fact.between(low, high) for low, high in pairwise(cuts))
    return (fact < cuts[0], *inner, fact >= cuts[-1])


def _check_cuts(fact: Fact, cuts: tuple[object, ...], *, what: str) -> None:
    """Refuse what *what* cannot be made of: a fact without a line, no cuts, or cuts that do not rise."""
    check_part(fact, Fact, subject=what, field="fact", expected=Phrase("事实", "a fact"))
    if not fact.is_measured:
        raise InvalidPolicyError(subject=fact.name, problem=Phrase(
            "{what} 划分可排在数轴上的事实，而这是{kind}", "{what} divide what lies on a line, and this is a {kind}", what=what, kind=fact.domain.kind
        ))
    values = [fact.encode(cut) for cut in cuts]
    if not cuts or None in values or values != sorted(set(values)):
        raise InvalidPolicyError(subject=fact.name, problem=Phrase(
            "{what} 的分界须递增，实际为 `{cuts!r}`", "{what} need cuts that rise, got `{cuts!r}`", what=what, cuts=cuts
        ))


def increments(
    fact: Fact, cuts: Sequence[object], points: Sequence[int], *, because: Label, source: Citation, prefix: str | None = None
) -> tuple[Rule, ...]:
    """One rule a cut for a ``TOTAL`` table: from each cut on, its points come on top of those before.

    A scorecard says "80 % and more: 1 point, 90 % and more: 2" as steps of 1 and 1. Where the fact is missing the score
    widens by the span of its own points and no more, because no step can hold without those before it. All steps go one
    way, up or down; where points rise and fall again, write one rule for each of its :func:`bands`.

    Args:
        fact: What is measured.
        cuts: Where steps are, each inclusive; they must rise.
        points: What each step adds: whole numbers, all above zero or all below.
        because: The reason of every rule.
        source: The citation of every rule.
        prefix: What the rules are named, with a number from 1; the fact's name in kebab-case if ``None``.

    Raises:
        InvalidPolicyError: If the fact does not lie on a line, the cuts do not rise, or the points are not as many, not
            whole numbers, or of both signs.

    Examples:
        >>> ltv = Fact.ratio("ltv", low="0", high="2", label=Label("贷款价值比", "loan-to-value"))
        >>> steps = increments(ltv, ("0.80", "0.90"), (1, 2), because=Label("杠杆", "leverage"), source=Citation(standing="proposal"))
        >>> [(rule.id, rule.when, rule.then) for rule in steps]
        [('ltv-1', (ltv >= '0.80'), 1), ('ltv-2', (ltv >= '0.90'), 2)]
    """
    steps, added = items_of(cuts, subject="increments", field="cuts"), items_of(points, subject="increments", field="points")
    _check_cuts(fact, steps, what="increments")
    if len(added) != len(steps) or not all(type(worth) is int and worth * added[0] > 0 for worth in added):
        problem = Phrase(
            "每个分界须有分值，且为全正或全负的整数，实际为 `{points!r}`；其他情形请用 bands",
            "increments need points for every cut, whole numbers all above zero or all below, got `{points!r}`; write bands for others",
            points=points,
        )
        raise InvalidPolicyError(subject=fact.name, problem=problem)
    name = fact.name.replace("_", "-") if prefix is None else prefix
    return tuple(
        Rule(f"{name}-{at}", when=fact >= cut, then=worth, because=because, source=source)
        for at, (cut, worth) in enumerate(zip(steps, added, strict=True), 1)
    )


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
        check_part(condition, Combinable, subject=prefix, field="rows and columns", expected=Phrase("条件", "conditions"))
    if len(lines) != len(rows) or any(len(line) != len(columns) for line in lines):
        shape = Phrase("{len}行，每行{len_2}个", "{len} rows of {len_2}", len=len(rows), len_2=len(columns))
        raise InvalidPolicyError(subject=prefix, problem=Phrase(
            "网格的每一格须有一个结论：{shape}", "a grid needs one outcome for every cell: {shape}", shape=shape
        ))
    return tuple(
        Rule(f"{prefix}-{row}-{column}", when=across & down, then=outcome, because=because, source=source)
        for row, (across, line) in enumerate(zip(rows, lines, strict=True), 1)
        for column, (down, outcome) in enumerate(zip(columns, line, strict=True), 1)
    )
