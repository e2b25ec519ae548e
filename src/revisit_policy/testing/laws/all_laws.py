"""All laws that can be asked of a policy, at once."""

from __future__ import annotations

from typing import Any, Final

from revisit_policy.casefile.facts import determined_grade
from revisit_policy.testing.laws.day_laws import check_attempts, check_made_visits, check_settled, check_tomorrow
from revisit_policy.testing.laws.grade_laws import check_determination_scope, check_determinations
from revisit_policy.testing.laws.laws import check_rules
from revisit_policy.testing.laws.measure_laws import check_measures
from revisit_policy.testing.laws.result_laws import check_results
from revisit_policy.testing.laws.schedule_laws import check_decisions, check_windows
from revisit_policy.testing.subject import policies_of

#: What is asked of whatever decides case files.
_OF_DECISIONS: Final = (
    check_decisions, check_windows, check_results, check_measures, check_tomorrow, check_attempts, check_made_visits, check_settled, check_determination_scope,
)  # fmt: skip


def check_all(policy: Any, *, examples: int | None = None) -> None:
    """Return nothing if *policy* keeps every law that can be asked of it.

    These are the laws of rules (`check_rules`), and of what decides case files also `check_decisions`, `check_windows`,
    `check_results`, `check_measures`, `check_tomorrow`, `check_attempts`, `check_made_visits`, `check_settled` and `check_determination_scope`, and, where a
    rule reads what people determined, `check_determinations`. Which facts make which outcomes worse is the
    policy's own affair: `check_monotone`, `check_worse`. That rows agree is asked by `check_rows`, which needs polars; that what is stored
    comes back by `check_records`, to which a policy of outcomes that cannot be stored is a fault.

    Args:
        policy: A table, a decision graph, a policy, or a rulebook, whose editions are each held to the laws of rules.
        examples: How many cases are tried for each law; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: For the first law that does not hold.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> check_all(grade, examples=20)
    """
    __tracebackhide__ = True
    for each in policies_of(policy):
        check_rules(each, examples=examples)
    if callable(getattr(policy, "decide", None)) and hasattr(policies_of(policy)[0], "conventions"):
        for law in _OF_DECISIONS:
            law(policy, examples=examples)
        if all(_reads_people(each) for each in policies_of(policy)):
            check_determinations(policy, examples=examples)


def _reads_people(policy: Any) -> bool:
    """Whether a rule of the table of grades reads what people determined."""
    return any(fact.name == determined_grade.name for fact in policy.grade.table.facts)
