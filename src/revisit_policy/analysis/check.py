"""The whole check of a policy: what must be so before anyone signs it."""

from __future__ import annotations

from typing import Final, TypeAlias

from revisit_policy.analysis.answer import Answer
from revisit_policy.analysis.by_table import TableQuestion, by_table
from revisit_policy.analysis.dead_rules import ALIVE, DeadRule, dead_in
from revisit_policy.analysis.gaps import NO_GAP, Gap, gap_in
from revisit_policy.analysis.overlaps import NO_OVERLAP, Overlap, conflicts_in
from revisit_policy.analysis.study import STEPS, MissingFacts
from revisit_policy.values.labels import Label

CLAIM: Final = Label("无缺口、无冲突、无死规则", "no gap, no conflict, no dead rule")

#: What a check can find.
Fault: TypeAlias = Gap | Overlap | DeadRule


def check(subject: object, *, missing: MissingFacts = False, budget: int = STEPS) -> Answer[Fault]:
    """The proof that a policy has no gap, no conflict and no dead rule; or what it has of them.

    The same as ``gaps``, ``overlaps`` with ``settled=False`` and ``dead_rules`` in one go.

    Args:
        subject: A table, a decision graph, a policy, or a rulebook, each edition of which is asked.
        missing: The names of facts that can be unknown, ``True`` for all.
        budget: The steps that the search may take altogether.

    Raises:
        AnalysisLimitError: If *budget* runs out, with what was proved and found until then.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> policy = cn_housing.policy()
        >>> print(check(policy.grade).heading())
        Proved: no gap, no conflict, no dead rule
    """
    questions: tuple[TableQuestion[Fault], ...] = ((gap_in, NO_GAP), (conflicts_in, NO_OVERLAP), (dead_in, ALIVE))
    return by_table(subject, *questions, claim=CLAIM, missing=missing, budget=budget)
