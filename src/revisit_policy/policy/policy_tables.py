"""The tables that a policy is made of, and what each of them has to be for a case to be decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import ALWAYS
from revisit_policy.language.graph import in_order
from revisit_policy.language.table import Table

#: In the order in which they speak.
TABLES: Final = (
    "difficulty",
    "grade",
    "signals",
    "level",
    "interval_base",
    "interval",
    "first_window",
    "triggers",
    "revaluation",
    "measures",
    "barred",
    "origination",
    "method",
    "turnaround",
)

#: The table that recommends and the table that rules out: what is ruled out, even possibly, is nowhere handed out.
BARRING: Final = (("measures", "barred"),)

#: The tables that speak once for every planned visit, with its kind as the fact ``visit_kind``.
PER_VISIT: Final = ("method", "turnaround")

#: The tables out of which every case is handed something, so that they may leave no gap.
NO_GAP: Final = ("difficulty", "grade", "level", "interval", "first_window", "revaluation", "method")


def check_tables(tables: tuple[Table, ...], *, policy_id: str) -> None:
    """Do nothing if *tables* make a policy.

    Raises:
        InvalidPolicyError: If one is missing, unknown, reads what it is not told, or leaves a gap where every case
            needs an answer.
    """
    there = {table.id for table in tables}
    missing = [name for name in TABLES if name not in there]
    surplus = sorted(there - set(TABLES))
    if missing or surplus:
        wrong = (("missing", missing), ("unknown", surplus))
        problem = "; ".join(f"{what} tables: {', '.join(names)}" for what, names in wrong if names)
        raise InvalidPolicyError(subject=policy_id, problem=problem)
    for table in tables:
        for problem in _problems(table):
            raise InvalidPolicyError(subject=table.id, problem=problem)


def as_they_speak(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The *tables* in the order in which they are decided, which is one and the same in whatever order they came.

    Raises:
        InvalidPolicyError: If a table id is used twice, or tables read one another in a circle.
    """
    return in_order(sorted(tables, key=lambda table: TABLES.index(table.id)))


def _problems(table: Table) -> Iterator[str]:
    if table.id not in PER_VISIT:
        if late := set(table.reads) & set(PER_VISIT):
            yield f"reads `{', '.join(sorted(late))}`, which speaks once for every visit, after all others"
        if facts.visit_kind in table.facts:
            yield "reads `visit_kind`, which only the tables that speak once for every visit are told"
    if table.id in NO_GAP and table.otherwise is None and all(rule.condition != ALWAYS for rule in table.rules):
        yield "needs `otherwise` or a rule that always holds: every case is handed something out of it"
