"""Worsening: what rules made worse since people determined the grade last."""

from __future__ import annotations

from typing import Any

from revisit_policy.casefile.people.determination import Determination
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale
from revisit_policy.language.verdicts.verdict import Verdict


def worsened(verdict: Verdict[Any], determination: Determination) -> tuple[Rule, ...]:
    """The rules of the table of grades that establish a worse grade than people determined; none where nobody determined one."""
    scale = verdict.table.outcomes
    if not determination.is_known or verdict.outcome is None or not isinstance(scale, Scale):
        return ()
    determined = Choices(scale.outcomes, ordered=True).accept(determination.grade, name="determination.grade")
    if scale.place(verdict.outcome) <= scale.place(determined):
        return ()
    return tuple(rule for rule in verdict.reasons if rule.says(verdict.outcome))
