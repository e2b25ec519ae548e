"""Bands, increments and grids: three ways to write rules down. They make ordinary rules and mean nothing of their own."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Any, Final

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import Combinable, Condition
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.language.parts import check_part, items_of
from revisit_policy.language.rule import Rule
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.ratio import exact_ratio, percent_label

_CUT: Final = "{cut}"


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
    _encoded(fact, cuts, what="bands", rises=(True,))
    inner = tuple(fact.between(low, high) for low, high in pairwise(cuts))
    return (fact < cuts[0], *inner, fact >= cuts[-1])


def _encoded(fact: Fact, cuts: tuple[object, ...], *, what: str, rises: tuple[bool, ...]) -> list[Any]:
    """The *cuts* as *fact* has them; refused is what *what* cannot be made of: a fact without a line, no cuts, or cuts in another order."""
    check_part(fact, Fact, subject=what, field="fact", expected=Phrase("事实", "a fact"))
    if not fact.is_measured:
        raise InvalidPolicyError(subject=fact.name, problem=Phrase(
            "{what} 划分可排在数轴上的事实，而这是{kind}", "{what} divide what lies on a line, and this is a {kind}", what=what, kind=fact.domain.kind
        ))
    values = [fact.encode(cut) for cut in cuts]
    if not cuts or None in values or not any(values == sorted(set(values), reverse=not up) for up in rises):
        order = Phrase("递增", "rise") if len(rises) == 1 else Phrase("递增或递减", "rise or fall")
        raise InvalidPolicyError(subject=fact.name, problem=Phrase(
            "{what} 的分界须{order}，实际为 `{cuts!r}`", "{what} need cuts that {order}, got `{cuts!r}`", what=what, order=order, cuts=cuts
        ))
    return values


def increments(
    fact: Fact, cuts: Sequence[object], points: Sequence[int], *, because: Label, source: Citation, prefix: str | None = None
) -> tuple[Rule, ...]:
    """One rule a cut for a ``TOTAL`` table: from each cut on, its points come on top of those before.

    A scorecard says "80 % and more: 1 point, 90 % and more: 2" as steps of 1 and 1. Where the fact is missing the score
    widens by the span of its own points and no more, because no step can hold without those before it. Where less is
    worse the cuts fall, "-5 % and less: 1 point, -10 % and less: 2", and each step holds from its cut downwards. All steps
    go one way, up or down; where points rise and fall again, write one rule for each of its :func:`bands`.

    Args:
        fact: What is measured.
        cuts: Where steps are, each inclusive; they must rise, or all fall.
        points: What each step adds: whole numbers, all above zero or all below.
        because: The reason of every rule; where it has the slot ``{cut}``, each rule's own cut stands there.
        source: The citation of every rule.
        prefix: What the rules are named, with a number from 1; the fact's name in kebab-case if ``None``.

    Raises:
        InvalidPolicyError: If the fact does not lie on a line, the cuts neither rise nor fall, or the points are not as
            many, not whole numbers, or of both signs.

    Examples:
        >>> ltv = Fact.ratio("ltv", low="0", high="2", label=Label("贷款价值比", "loan-to-value"))
        >>> steps = increments(ltv, ("0.80", "0.90"), (1, 2), because=Label("杠杆", "leverage"), source=Citation(standing="proposal"))
        >>> [(rule.id, rule.when, rule.then) for rule in steps]
        [('ltv-1', (ltv >= '0.80'), 1), ('ltv-2', (ltv >= '0.90'), 2)]
        >>> steps = increments(ltv, ("0.80", "0.90"), (1, 2), because=Label("{cut}起", "from {cut}"), source=Citation(standing="proposal"))
        >>> [rule.because.en for rule in steps]
        ['from 80 %', 'from 90 %']
        >>> prices = Fact.ratio("prices", low="-1", high="1", label=Label("房价变动", "change of prices"))
        >>> steps = increments(prices, ("-0.05", "-0.10"), (1, 1), because=Label("跌价", "a fall"), source=Citation(standing="proposal"))
        >>> [rule.when for rule in steps]
        [(prices <= '-0.05'), (prices <= '-0.10')]
    """
    steps, added = items_of(cuts, subject="increments", field="cuts"), items_of(points, subject="increments", field="points")
    places = _encoded(fact, steps, what="increments", rises=(True, False))
    if len(added) != len(steps) or not all(type(worth) is int and worth * added[0] > 0 for worth in added):
        problem = Phrase(
            "每个分界须有分值，且为全正或全负的整数，实际为 `{points!r}`；其他情形请用 bands",
            "increments need points for every cut, whole numbers all above zero or all below, got `{points!r}`; write bands for others",
            points=points,
        )
        raise InvalidPolicyError(subject=fact.name, problem=problem)
    name, falls = fact.name.replace("_", "-") if prefix is None else prefix, len(places) > 1 and places != sorted(places)
    return tuple(
        _naming(Rule(f"{name}-{at}", when=fact <= cut if falls else fact >= cut, then=worth, because=because, source=source), fact, cut)
        for at, (cut, worth) in enumerate(zip(steps, added, strict=True), 1)
    )


def _naming(rule: Rule, fact: Fact, cut: Any) -> Rule:
    """The *rule* of a *cut*, which its reason names where it has a slot for it."""
    if _CUT not in rule.because.en:
        return rule
    if isinstance(fact.domain, Ratios):
        told = percent_label(exact_ratio(cut))
    else:
        told = Label(*(fact.domain.text(fact.encode(cut), lang) for lang in (Lang.ZH, Lang.EN)))
    return attrs.evolve(rule, because=rule.because.with_parts(cut=told))


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
