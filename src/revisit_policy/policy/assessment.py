"""Assessments: what the tables say of a case apart from days, shared by all cases of which they say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from revisit_policy.language.condition import comparisons
from revisit_policy.language.fact import Fact
from revisit_policy.language.generated import Found, Resolution
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.outcomes.signal import Level, Signal
from revisit_policy.policy.checklist import find_out
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label


@attrs.frozen(eq=False)
class Reason:
    """An outcome with the rules that make it so."""

    outcome: Any
    rules: tuple[Rule, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rules, in the order written."""
        return tuple(rule.id for rule in self.rules)

    @cached_property
    def sources(self) -> tuple[Citation, ...]:
        """What the rules cite, each once."""
        return tuple(dict.fromkeys(rule.source for rule in self.rules))


@attrs.frozen(kw_only=True, eq=False)
class Assessment:
    """What is handed out of the tables of a policy: what is established, and for intervals and revaluation the worst.

    Args:
        grade: The established grade.
        grade_at_worst: The most severe grade still possible.
        level: How loud the loudest established signal is.
        signals: Every established signal with its rules, a code at several levels included.
        triggers: Every established trigger with its rules.
        interval: Months between visits at worst, with the rules that make it so.
        first_window: The window of the first visit; of several still possible the one that closes first.
        revaluation: The duty at worst.
        measures: What is recommended: established, not barred even possibly.
        gaps: What is unknown and read by a rule that is open, as items of a checklist.
    """

    grade: Grade
    grade_at_worst: Grade
    level: Level
    signals: tuple[Reason, ...]
    triggers: tuple[Reason, ...]
    interval: Reason
    first_window: Reason
    revaluation: Reason
    measures: tuple[Reason, ...]
    gaps: tuple[Label, ...]

    @cached_property
    def worst_signals(self) -> tuple[Reason, ...]:
        """One signal a code, the loudest."""
        loudest: dict[Any, Reason] = {}
        for reason in self.signals:
            signal: Signal = reason.outcome
            held = loudest.get(signal.code)
            if held is None or held.outcome.level < signal.level:
                loudest[signal.code] = reason
        return tuple(loudest.values())


    @cached_property
    def of_a_settled_loan(self) -> Assessment:
        """The same where nothing is owed: then nothing is asked, whatever the tables say of the rest of the file."""
        return attrs.evolve(
            self, level=Level.NONE, signals=(), triggers=(), revaluation=Reason(RevaluationDuty.NOT_DUE, ()), measures=(), gaps=()
        )


def assess(tables: Mapping[str, Table], resolution: Resolution, *, unknown: frozenset[str]) -> Assessment:
    """The assessment that *resolution* of *tables* comes to, the facts named *unknown* being missing."""
    said = resolution.tables
    barred = set(said["barred"].ruling.candidates[1])
    return Assessment(
        grade=said["grade"].ruling.outcome,
        grade_at_worst=said["grade"].ruling.at_worst,
        level=said["level"].ruling.outcome,
        signals=tuple(_every(tables["signals"], said["signals"])),
        triggers=tuple(_every(tables["triggers"], said["triggers"])),
        interval=_at_worst(tables["interval"], said["interval"]),
        first_window=_first_window(tables["first_window"], said["first_window"]),
        revaluation=_duty(tables["revaluation"], said["revaluation"]),
        measures=tuple(
            reason for reason in _every(tables["measures"], said["measures"]) if reason.outcome not in barred
        ),
        gaps=tuple(map(find_out, _open_facts(tables, said, unknown=unknown))),
    )


def _every(table: Table, found: Found) -> Iterator[Reason]:
    """The certain outcomes of an EVERY table, each with the rules that make it certain."""
    for outcome in found.ruling.outcome:
        yield Reason(outcome, tuple(_saying(table, found.fired, outcome=outcome)))


def _saying(table: Table, rule_ids: Iterable[str], *, outcome: object) -> Iterator[Rule]:
    """Those of the rules that say *outcome*, or a fact that can be it."""
    for rule_id in rule_ids:
        rule = table.rule(rule_id)
        if rule.says(outcome) or isinstance(rule.then, Fact):
            yield rule


def _at_worst(table: Table, found: Found) -> Reason:
    worst = found.ruling.at_worst
    return Reason(worst, tuple(_saying(table, (*found.fired, *found.undecided), outcome=worst)))


def _duty(table: Table, found: Found) -> Reason:
    """The duty to value anew: it is due wherever it may be, in whatever order the table lists its outcomes."""
    if RevaluationDuty.DUE not in found.ruling.candidates:
        return _at_worst(table, found)
    return Reason(RevaluationDuty.DUE, tuple(_saying(table, (*found.fired, *found.undecided), outcome=RevaluationDuty.DUE)))


def _first_window(table: Table, found: Found) -> Reason:
    windows: tuple[DayWindow, ...] = found.ruling.candidates
    window = min(windows, key=lambda window: (window.last, window.first))
    return Reason(window, tuple(_saying(table, (*found.fired, *found.undecided), outcome=window)))


def _open_facts(tables: Mapping[str, Table], said: Mapping[str, Found], *, unknown: frozenset[str]) -> tuple[Fact, ...]:
    """The unknown facts that undecided rules read, and those by whose absence a rule holds."""
    met: dict[str, Fact] = {}
    for table_id, found in said.items():
        if table_id == "origination":  # what was granted is looked up in the files, not on a visit
            continue
        table = tables[table_id]
        absent = tuple(rule_id for rule_id in found.fired if table.rule(rule_id).is_absence)
        for rule_id in (*found.undecided, *absent):
            for part in comparisons(table.rule(rule_id).condition):
                if part.fact.name in unknown:
                    met.setdefault(part.fact.name, part.fact)
    return tuple(met.values())


def is_due(duty: Reason) -> bool:
    """True if the collateral is to be valued anew."""
    return bool(duty.outcome == RevaluationDuty.DUE)
