"""Bound tables: one table of a policy, asked as a function of facts, with everything it reads decided first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from revisit_policy.errors import UnknownNameError
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.language.graph import DecisionGraph
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.language.verdict import Verdict

if TYPE_CHECKING:
    from revisit_policy.policy.revisit_policy import RevisitPolicy


@attrs.frozen(repr=False)
class BoundTable:
    """A table in its policy: ``policy.grade(days_past_due=91)`` decides what the table reads, then the table.

    Where a table, a graph or a policy is asked about, it stands for its :attr:`graph`: ``analysis.gaps(policy.grade)``.

    Args:
        whole: All tables of the policy.
        table: The one.
    """

    whole: DecisionGraph
    table: Table

    @property
    def graph(self) -> DecisionGraph:
        """The table with the tables that it rests on, and none of the others."""
        return self.whole.leading_to(self.table.id)

    def __call__(self, *, assuming: tuple[Assumption, ...] = (), **facts: object) -> Verdict:
        """The verdict on keyword *facts*; what is not mentioned is unknown, a register not mentioned has no entry.

        Raises:
            UnknownNameError: If a keyword names no fact of the policy, with the nearest name.
            InvalidInputError: If values are of another type or outside their domains, all of them together.
        """
        return self.whole.verdicts(assuming=assuming, **facts)[self.table.id]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the order written."""
        return self.table.rules

    @property
    def outcome(self) -> Fact:
        """The outcome as a fact, to be compared in conditions: ``policy.grade.outcome >= Grade.SUBSTANDARD``."""
        return self.table.outcome

    def to_markdown(self, lang: str = "en") -> str:
        """The table as Markdown that a risk officer can read and sign."""
        return self.table.to_markdown(lang)

    def __repr__(self) -> str:
        return f"<table {self.table.id}: {len(self.table.rules)} rules, {self.table.fold.name}>"


class Slot:
    """The place of a table in a policy, named after the table."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, policy: RevisitPolicy | None, owner: type) -> BoundTable:
        if policy is None:
            return self  # type: ignore[return-value] # asked of the class: the slot itself, for documentation
        table = policy.graph.by_id.get(self.name)
        if table is None:
            raise UnknownNameError(kind="table", name=self.name, known=tuple(policy.graph.by_id))
        return BoundTable(policy.graph, table)
