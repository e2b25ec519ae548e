"""The coverage of one table: its rules and limits, and what cases did with them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

import attrs

from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.readers.generated import Found
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.testing.strategies.threshold import Side, Threshold, thresholds

#: Stands among the rules of a table for the case that no rule fires.
OTHERWISE: Final = "otherwise"


@attrs.frozen(kw_only=True)
class Limit:
    """One threshold of a rule: the comparison as written, the sides its domain has, and those where cases lay."""

    rule: str
    text: str
    sides: tuple[str, ...]
    met: frozenset[str]

    @property
    def unmet(self) -> tuple[str, ...]:
        """The sides on which no case lay."""
        return tuple(side for side in self.sides if side not in self.met)


@attrs.frozen(kw_only=True)
class TableCoverage:
    """What the cases did with the rules of one table.

    Args:
        id: The table.
        key: Tells this table from another version of it.
        fold: Its fold.
        rules: The ids of its rules in the order written, and ``"otherwise"`` where it has one.
        fired: Those that surely held for some case.
        decided: Those that made the outcome of some case.
        undecided: Those that were left open for want of a fact.
        limits: The thresholds of its rules on facts from outside.
        cases: How many readings there were.
    """

    id: str
    key: str
    fold: str
    rules: tuple[str, ...]
    fired: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()
    undecided: frozenset[str] = frozenset()
    limits: tuple[Limit, ...] = ()
    cases: int = 0

    @property
    def tested(self) -> int:
        """How many rules decided some case, and on how many sides of limits cases lay."""
        return len(self.decided) + sum(len(limit.sides) - len(limit.unmet) for limit in self.limits)

    @property
    def testable(self) -> int:
        """How many there are of both."""
        return len(self.rules) + sum(len(limit.sides) for limit in self.limits)


def key_of(table: Table) -> str:
    """Tells *table* from every other version of it, in every process alike."""
    return f"{table.id}-{sha256(repr(table).encode()).hexdigest()[:16]}"


def blank_coverage(table: Table) -> TableCoverage:
    """The coverage of a table that was never read."""
    rules = [rule.id for rule in table.rules]
    if table.otherwise is not None and table.fold is not Fold.TOTAL:
        rules.append(OTHERWISE)
    limits = tuple(_limit(threshold) for threshold in thresholds(table))
    return TableCoverage(id=table.id, key=key_of(table), fold=table.fold.value, rules=tuple(rules), limits=limits)


def _limit(threshold: Threshold) -> Limit:
    sides = tuple(side.value for side in Side if side in threshold.sides)
    return Limit(rule=threshold.rule, text=threshold.text, sides=sides, met=frozenset())


def decided_by(table: Table, found: Found) -> Iterator[str]:
    """The rules that made the outcome which *found* establishes, ``"otherwise"`` if none did."""
    outcome = found.ruling.outcome
    if outcome is None or found.ruling.status is Status.CONFLICT:
        return
    if not found.fired:
        yield OTHERWISE
    elif table.fold is Fold.FIRST:
        yield found.fired[0]
    elif table.fold in {Fold.EVERY, Fold.TOTAL} or not isinstance(table.outcomes, Scale):
        yield from found.fired
    else:
        plain = [rule_id for rule_id in found.fired if table.rule(rule_id).says(outcome)]
        passing_on = [rule_id for rule_id in found.fired if isinstance(table.rule(rule_id).then, Fact)]
        yield from plain or passing_on


def to_plain(coverage: TableCoverage) -> dict[str, Any]:
    """*coverage* in lists and text, to be sent to another process."""
    limits = [
        {"rule": limit.rule, "text": limit.text, "sides": list(limit.sides), "met": sorted(limit.met)}
        for limit in coverage.limits
    ]
    sets = {name: sorted(getattr(coverage, name)) for name in ("fired", "decided", "undecided")}
    plain = {name: getattr(coverage, name) for name in ("id", "key", "fold", "cases")}
    return {**plain, **sets, "rules": list(coverage.rules), "limits": limits}


def from_plain(plain: dict[str, Any]) -> TableCoverage:
    """The coverage that was written as *plain*."""
    limits = tuple(
        Limit(rule=limit["rule"], text=limit["text"], sides=tuple(limit["sides"]), met=frozenset(limit["met"]))
        for limit in plain["limits"]
    )
    sets = {name: frozenset(plain[name]) for name in ("fired", "decided", "undecided")}
    return TableCoverage(**{**plain, **sets, "rules": tuple(plain["rules"]), "limits": limits})
