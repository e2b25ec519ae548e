"""Rule coverage: which rules cases fired, decided and left undecided, and on which sides of each limit they lay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from revisit_policy.language.snapshot import snapshot_of
from revisit_policy.language.table import Table
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.coverage.coverage_text import coverage_drawn, coverage_text
from revisit_policy.testing.coverage.scope import Scope
from revisit_policy.testing.coverage.table_coverage import TableCoverage, blank_coverage
from revisit_policy.testing.coverage.tally import Tally
from revisit_policy.testing.subject import graph_of
from revisit_policy.values.validation import several


@attrs.frozen
class RuleCoverage:
    """The coverage of several tables, in the order of the policy."""

    tables: tuple[TableCoverage, ...]

    @property
    def percent(self) -> float:
        """The tested part of what can be tested, rules and sides of limits together; 0 if nothing was decided."""
        testable = sum(table.testable for table in self.tables)
        return 100 * sum(table.tested for table in self.tables) / testable if testable else 0.0

    @property
    def is_empty(self) -> bool:
        """True if no table was read once."""
        return not any(table.cases for table in self.tables)

    def to_svg(self) -> str:
        """The coverage as a picture: a line for each table, a cell for each rule, below it the sides of its limits.

        A cell is dark for a rule that decided some case, pale for one that fired and decided none, and empty for one that never did.
        """
        return coverage_drawn(self)

    def _repr_html_(self) -> str:
        return self.to_svg()

    def __str__(self) -> str:
        return coverage_text(self)


def rule_coverage(policy: object, cases: Iterable[Mapping[str, Any]]) -> RuleCoverage:
    """The coverage that *cases* give to the rules of *policy*.

    Args:
        policy: A table, a decision graph, or a policy.
        cases: Keyword facts, one mapping a case.

    Raises:
        InvalidValueError: If *policy* is none of the three.
        UnknownNameError: If a case names a fact that the policy does not read.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> coverage = rule_coverage(grade, [{"overdue": 91}, {"overdue": 10, "impaired": False}])
        >>> print(coverage)
        grade (worst): 66 % of 2 rules and otherwise, 1 limit
          rule        fired  decided  undecided
          overdue-90  yes    yes      -
            overdue > 90: no case at
          impaired    -      -        yes
          otherwise   yes    yes      -
    """
    graph = graph_of(policy)
    tally = Tally()
    for case in several(cases, field="cases", expected=Phrase("以关键字给出的事实，每个案件一个映射", "keyword facts, one mapping a case")):
        snapshot = snapshot_of(graph.facts, case)
        tally.read(graph.reader, snapshot.values, graph.reader.resolve(snapshot))
    return covered(tally.found(), tables=graph.tables)


def covered(found: Mapping[str, TableCoverage], *, tables: Iterable[Table]) -> RuleCoverage:
    """What was *found*, by key, of *tables*; a table that nobody read is there with nothing tested."""
    blank = (blank_coverage(table) for table in tables)
    return RuleCoverage(tuple({table.key: found.get(table.key, table) for table in blank}.values()))


def confined(coverage: RuleCoverage, scope: Scope) -> RuleCoverage:
    """The part of *coverage* that is about the rules of *scope*; a table of which there is none is left out."""
    parts = []
    for table in coverage.tables:
        kept = scope.rules.get(table.key, frozenset())
        if kept:
            sets = {name: getattr(table, name) & kept for name in ("fired", "decided", "undecided")}
            rules = tuple(rule for rule in table.rules if rule in kept)
            parts.append(attrs.evolve(table, rules=rules, limits=tuple(limit for limit in table.limits if limit.rule in kept), **sets))
    return RuleCoverage(tuple(parts))


def merged(parts: Iterable[TableCoverage]) -> dict[str, TableCoverage]:
    """The coverage of several processes as one, by key."""
    whole: dict[str, TableCoverage] = {}
    for part in parts:
        before = whole.get(part.key)
        whole[part.key] = part if before is None else _joined(before, part)
    return whole


def _joined(one: TableCoverage, other: TableCoverage) -> TableCoverage:
    limits = zip(one.limits, other.limits, strict=True)
    return attrs.evolve(
        one,
        fired=one.fired | other.fired,
        decided=one.decided | other.decided,
        undecided=one.undecided | other.undecided,
        limits=tuple(attrs.evolve(left, met=left.met | right.met) for left, right in limits),
        cases=one.cases + other.cases,
    )
