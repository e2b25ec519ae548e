"""Overlays: the extra rules of a city or a branch, laid over a policy."""

from __future__ import annotations

from typing import Literal

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule, is_identifier
from revisit_policy.language.table import Table
from revisit_policy.values.validation import to_tuple


@attrs.frozen(kw_only=True)
class Addition:
    """Rules for one table; *where* they stand matters to a FIRST table only, and must then be said."""

    table: str
    rules: tuple[Rule, ...] = attrs.field(converter=to_tuple)
    where: Literal["before", "after"] | None = None

    def added_to(self, table: Table) -> Table:
        """*table* with these rules, all of them new.

        Raises:
            InvalidPolicyError: If a rule id is already there, or a FIRST table is not told where the rules stand.
        """
        there = {rule.id for rule in table.rules}
        for rule in self.rules:
            if rule.id in there:
                problem = f"table `{table.id}` already has this rule; an overlay adds, `replacing` changes"
                raise InvalidPolicyError(subject=rule.id, problem=problem)
        if table.fold is Fold.FIRST and self.where is None:
            problem = 'the table goes by order: say where="before" or where="after"'
            raise InvalidPolicyError(subject=table.id, problem=problem)
        rules = self.rules + table.rules if self.where == "before" else table.rules + self.rules
        return attrs.evolve(table, rules=rules)


@attrs.frozen(kw_only=True)
class Overlay:
    """Extra rules under one name: ``policy | overlay``."""

    id: str
    additions: tuple[Addition, ...] = attrs.field(converter=to_tuple)

    def __attrs_post_init__(self) -> None:
        if not is_identifier(self.id):
            raise InvalidPolicyError(subject=str(self.id), problem="an overlay's id must be kebab-case, such as `shenzhen`")
