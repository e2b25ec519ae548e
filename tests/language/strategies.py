"""Conditions, rules, tables, graphs and snapshots, dense in the values at which something changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs
from hypothesis import strategies as st
from tests.language.vocabulary import (
    FACTS,
    LIMITS,
    PERIODS,
    PRACTICE,
    REASON,
    UNKNOWNS,
    VALUES,
    Level,
    balance,
    ltv,
    mood,
    overdue,
    reachable,
    seized,
    work,
)

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import Condition, all_of, any_of
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Outcomes, Scale, Score, unordered
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.values.labels import Label
from revisit_policy.values.money import cny

LEVELS: Final = Scale(tuple(Level))
MONTHS: Final = Scale((36, 12, 6, 3))
DESKS: Final = unordered(("branch", "legal", "workout"))
FOLDS: Final = tuple(Fold)


def _atoms() -> Iterator[Condition]:
    for fact, limits in LIMITS.items():
        for limit in limits:
            yield from (fact > limit, fact >= limit, fact < limit, fact <= limit)
    yield from (overdue.between(31, 91), ltv.between("1/3", "0.80"), balance.between(cny(1), cny(1_000_000)))
    yield from (seized.is_true(), seized.is_false(), reachable.is_true(), reachable.is_false())
    yield from (work.is_in("trader"), work.is_in("salaried", "retired"), mood.is_in("calm", "alarm"))


ATOMS: Final = tuple(_atoms())
ABSENCES: Final = (
    *(fact.is_missing() for fact in FACTS),
    overdue.is_missing() & reachable.is_true(),
    work.is_missing() | (overdue > 60),
    (~ltv.is_missing()) & (ltv > "0.70"),
    (~work.is_missing()) & work.is_in("trader"),
    (~overdue.is_missing()) & (overdue <= 30) & mood.is_missing(),
)


def readings_of(fact: Fact) -> tuple[Condition, ...]:
    """Conditions on the outcome of an earlier table."""
    domain = fact.domain
    match domain:
        case Sets(items):
            return tuple(cond for item in items for cond in (fact.includes(item), ~fact.includes(item)))
        case Points(low, high):
            limits = sorted({low, (low + high) // 2, high})
            return tuple(cond for limit in limits for cond in (fact > limit, fact <= limit))
        case Choices(items, ordered=True) if not isinstance(items[0], int):
            compared = (cond for item in items[1:] for cond in (fact >= item, fact < item))
            return (*compared, *(fact.is_in(item) for item in items))
        case Choices(items):
            return tuple(fact.is_in(item) for item in items)
        case _:
            raise AssertionError(domain)


@st.composite
def conditions(draw: st.DrawFn, atoms: tuple[Condition, ...] = ATOMS) -> Condition:
    """One to four comparisons, joined by ``&`` and ``|`` in one or two storeys, now and then negated."""
    pick = st.sampled_from(atoms)
    shape = draw(st.integers(0, 6))
    match shape:
        case 0 | 1:
            return draw(pick)
        case 2:
            return all_of(draw(pick), draw(pick))
        case 3:
            return any_of(draw(pick), draw(pick))
        case 4:
            return any_of(all_of(draw(pick), draw(pick)), draw(pick))
        case 5:
            return all_of(any_of(draw(pick), draw(pick)), draw(pick))
        case _:
            return ~all_of(any_of(draw(pick), draw(pick)), any_of(draw(pick), draw(pick)))


def _outcomes(fold: Fold, draw: st.DrawFn) -> Outcomes:
    match fold:
        case Fold.TOTAL:
            return Score(worse=draw(st.sampled_from(("high", "low"))))
        case Fold.LEAST:
            return MONTHS
        case Fold.WORST:
            return LEVELS
        case _:
            return draw(st.sampled_from((LEVELS, DESKS, MONTHS)))


def _otherwise(fold: Fold, outcomes: Outcomes, *, gaps: bool) -> st.SearchStrategy[Any]:
    if isinstance(outcomes, Score):
        return st.sampled_from((None, 0, 10, -4))
    items = outcomes.outcomes
    if fold is Fold.EVERY:
        return st.sampled_from((None, (), items[:1], items[1:]))
    return st.sampled_from((None, *items) if gaps else items)


def _thens(fold: Fold, outcomes: Outcomes, earlier: tuple[Table, ...]) -> st.SearchStrategy[Any]:
    """Outcomes of the scale and, now and then, a fact of the same scale."""
    if isinstance(outcomes, Score):
        return st.integers(-20, 20)
    facts = [table.outcome for table in earlier if table.outcomes == outcomes]
    facts += [mood] if outcomes == LEVELS else []
    plain = st.sampled_from(outcomes.outcomes)
    return st.one_of(plain, plain, st.sampled_from(facts)) if facts else plain


@st.composite
def rules(draw: st.DrawFn, name: str, *, when: st.SearchStrategy[Condition], then: st.SearchStrategy[Any]) -> Rule:
    period = draw(st.none() | st.none() | st.sampled_from(PERIODS))
    return Rule(name, when=draw(when), then=draw(then), because=REASON, source=PRACTICE, period=period)


def _accepted(table: Table, rule: Rule) -> Table:
    """*table* with *rule*, or as it was if the two together are refused (an overlap, a rule never reached)."""
    try:
        return attrs.evolve(table, rules=(*table.rules, rule))
    except InvalidPolicyError:
        return table


@st.composite
def tables(
    draw: st.DrawFn,
    name: str = "table",
    *,
    earlier: tuple[Table, ...] = (),
    folds: tuple[Fold, ...] = FOLDS,
    absence: bool = True,
    gaps: bool = True,
) -> Table:
    """A table of any fold; it may read *earlier* ones, in conditions and as consequences."""
    fold = draw(st.sampled_from(folds))
    outcomes = _outcomes(fold, draw)
    read = tuple(condition for table in earlier for condition in readings_of(table.outcome))
    atoms = (*ATOMS, *ABSENCES) if absence else ATOMS
    when = st.one_of(conditions(atoms), conditions((*ATOMS, *read * 4))) if read else conditions(atoms)
    then = _thens(fold, outcomes, earlier)
    table = Table(
        name,
        outcomes=outcomes,
        fold=fold,
        rules=(),
        otherwise=draw(_otherwise(fold, outcomes, gaps=gaps)),
        label=Label(f"表 {name}", f"table {name}"),
    )
    for place in range(draw(st.integers(1, 4))):
        try:
            rule = draw(rules(f"{name}-{place}", when=when, then=then))
        except InvalidPolicyError:  # a negation may leave `~is_missing` alone, which no rule may say
            continue
        table = _accepted(table, rule)
    return table


@st.composite
def graphs(
    draw: st.DrawFn,
    *,
    most: int = 4,
    folds: tuple[Fold, ...] = FOLDS,
    absence: bool = True,
    gaps: bool = True,
) -> DecisionGraph:
    """One to *most* tables, each of which may read all before it."""
    found: tuple[Table, ...] = ()
    for place in range(draw(st.integers(1, most))):
        name = f"t{place}"
        found = (*found, draw(tables(name, earlier=found, folds=folds, absence=absence, gaps=gaps)))
    return DecisionGraph(found)


@st.composite
def cases(draw: st.DrawFn, graph: DecisionGraph, *, least_missing: int = 0, most_missing: int = 99) -> dict[str, Any]:
    """Values of the facts of *graph* by name, some of them unknown in one way or another."""
    names = [fact.name for fact in graph.facts]
    gone = draw(st.sets(st.sampled_from(names), min_size=min(least_missing, len(names)), max_size=most_missing)) if names else set()
    return {name: draw(st.sampled_from(UNKNOWNS if name in gone else VALUES[name])) for name in names}
