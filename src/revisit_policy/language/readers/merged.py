"""Merged tables: rules that say the same written as one, for whoever asks what a table says and not why."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

import attrs

from revisit_policy.language.condition import any_of
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table

#: Folds of which it does not matter in which order rules speak, nor how many say the same.
IN_ANY_ORDER: Final = frozenset({Fold.WORST, Fold.LEAST, Fold.EVERY})


def merged(table: Table) -> Table:
    """A table that says of every case what *table* says, with one rule in the place of those that say the same.

    Of a FIRST table neighbours alone are merged, of TOTAL and UNIQUE nothing. A rule that asks whether a fact is missing
    stays as it is, because it settles nothing, and so does one whose consequence is itself a fact.
    """
    if table.fold in IN_ANY_ORDER:
        return attrs.evolve(table, rules=tuple(map(_as_one, _groups(table.rules))))
    if table.fold is Fold.FIRST:
        return attrs.evolve(table, rules=tuple(_as_one(tuple(same)) for _, same in groupby(table.rules, key=_said)))
    return table


def _groups(rules: Iterable[Rule]) -> Iterable[tuple[Rule, ...]]:
    found: dict[object, tuple[Rule, ...]] = {}
    for rule in rules:
        found[_said(rule)] = (*found.get(_said(rule), ()), rule)
    return found.values()


def _said(rule: Rule) -> object:
    """Equal for rules that can be one; a rule that cannot has only its own id."""
    return rule.id if isinstance(rule.then, Fact) or rule.is_absence else (type(rule.then), rule.then)


def _as_one(rules: tuple[Rule, ...]) -> Rule:
    first, *others = rules
    return attrs.evolve(first, when=any_of(*(rule.condition for rule in rules)), period=None) if others else first
