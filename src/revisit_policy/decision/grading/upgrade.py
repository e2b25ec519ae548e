"""Upgrades: the milder grade that people could determine, what speaks for it, and what is missing."""

from __future__ import annotations

from typing import Any, Final

import attrs

from revisit_policy.decision.checklist import find_out
from revisit_policy.language.scale import Scale
from revisit_policy.language.verdicts.verdict import Verdict, Verdicts
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label

#: The id of the table that proposes.
UPGRADE: Final = "upgrade"


@attrs.frozen(kw_only=True)
class Upgrade:
    """A milder grade that people could determine. It is a proposal: the grade stays as it is until they do.

    Args:
        grade: The grade, one class milder than the one that holds now.
        rules: The ids of the rules of the table `upgrade` that propose it, in the order written.
        speaks_for: What speaks for it: the reason of each of these rules.
        sources: What they cite, each once.
        missing: What has to be found out before it can be determined, as items of a checklist; empty if all that the rules ask
            is established.
    """

    grade: Any
    rules: tuple[str, ...]
    speaks_for: tuple[Label, ...]
    sources: tuple[Citation, ...]
    missing: tuple[Label, ...] = ()

    @property
    def is_established(self) -> bool:
        """Whether nothing that is missing could take it away."""
        return not self.missing


def upgrade_of(verdicts: Verdicts, *, grade: object, at_worst: object) -> Upgrade | None:
    """What the table `upgrade` proposes beside a *grade* that is certain; ``None`` where it proposes nothing, or a grade is open.

    Only the grade next to it is proposed, whatever else the table says.
    """
    if UPGRADE not in verdicts or grade is None or grade != at_worst:
        return None
    verdict = verdicts[UPGRADE]
    scale = verdict.table.outcomes
    if not isinstance(scale, Scale) or (place := scale.place(grade)) == 0:
        return None
    return _proposed(verdict, scale.outcomes[place - 1])


def _proposed(verdict: Verdict[Any], milder: object) -> Upgrade | None:
    certain, possible = verdict.candidates
    if milder not in possible:
        return None
    is_certain = milder in certain
    found = [verdict.table.rule(rule_id) for rule_id in (verdict.fired if is_certain else verdict.undecided)]
    rules = tuple(rule for rule in found if rule.then == milder)
    facts = {fact.name: fact for fact in verdict.graph.facts}
    return Upgrade(
        grade=milder,
        rules=tuple(rule.id for rule in rules),
        speaks_for=tuple(rule.because for rule in rules),
        sources=tuple(dict.fromkeys(rule.source for rule in rules)),
        missing=() if is_certain else tuple(find_out(facts[name]) for name in verdict.missing),
    )
