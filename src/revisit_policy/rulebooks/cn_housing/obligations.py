"""Obligations: what falls due of a loan, as the tables of windows, intervals, triggers and revaluation say it in figures.

A first visit after disbursement, periodic visits from then on, an answer to each signal that asks for one, a valuation before the last one
is too old, and a valuation at once where that is missed or there is none; and what `desk_work` says of a desk. The duties and figures, and what they cite, stand in those tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from revisit_policy.casefile import facts
from revisit_policy.language.condition import ALWAYS, Condition
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale, unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.timing import Between, Every, Within
from revisit_policy.outcomes.obligations.usual import VALUED_ON, time_of
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.outcomes.signal import Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.rulebooks.cn_housing import desk_work
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label


def table(p: Parameters, *, first_window: Table, interval: Table, triggers: Table, revaluation: Table, classified_by: Citation) -> Table:
    """One obligation for each thing that those tables can ask for, and for each that a desk owes; *classified_by* says how often to classify."""
    rules = (*_first(first_window), _periodic(p, interval), *_answers(triggers), *_valuations(p, revaluation), *desk_work.rules(p, triggers=triggers, classified_by=classified_by))
    return Table(
        "obligations",
        label=Label("应办事项", "obligations"),
        outcomes=unordered(dict.fromkeys(rule.then for rule in rules)),
        fold=Fold.EVERY,
        rules=rules,
    )


def _owed(rule_id: str, when: Condition, then: Obligation, because: Label) -> Rule:  # noqa: PLR0917 - the columns of a table
    return Rule(rule_id, when=when, then=then, because=because, source=PROPOSAL)


def _first(windows: Table) -> Iterator[Rule]:
    assert isinstance(windows.outcomes, Scale)  # noqa: S101 - windows are on a scale
    found: tuple[DayWindow, ...] = windows.outcomes.outcomes  # type: ignore[assignment] # of windows
    for window in found:
        owed = Obligation(VisitKind.FIRST, Between(window.first, window.last), since=facts.disbursed_on)
        because = Label(f"首次回访窗口为放款后{window.first}至{window.last}天", f"the first visit is due {window.first} to {window.last} days after disbursement")
        when = ALWAYS if len(found) == 1 else windows.outcome.is_in(window)
        yield _owed(f"owed-first-visit-{window.first}-{window.last}", when, owed, because)


def _periodic(p: Parameters, interval: Table) -> Rule:
    every = Every(months=interval.outcome, lead_days=p.periodic_lead_days, catch_up_days=p.catch_up_days)
    owed = Obligation(VisitKind.PERIODIC, every, since=facts.disbursed_on)
    because = Label("首次回访之后，按回访间隔定期回访", "after the first visit, a periodic one as often as the interval says")
    return _owed("owed-periodic-visit", ALWAYS, owed, because)


def _answers(triggers: Table) -> Iterator[Rule]:
    assert isinstance(triggers.outcomes, Scale)  # noqa: S101 - triggers are on a scale
    found: tuple[Trigger, ...] = triggers.outcomes.outcomes  # type: ignore[assignment] # of triggers
    for trigger in found:
        owed = Obligation(VisitKind.TRIGGERED, time_of(trigger.deadline), since=Signal(trigger.code, level=trigger.level))
        because = Label(f"不定期回访：{trigger.label('zh')}", f"a trigger asks for it: {trigger.label('en')}")
        yield _owed(f"owed-answer-{trigger.code.value.replace('_', '-')}-{trigger.level.value}", triggers.outcome.includes(trigger), owed, because)


def _valuations(p: Parameters, revaluation: Table) -> Iterator[Rule]:
    months, days, kind = p.revaluation_months, p.revaluation_working_days, VisitKind.REVALUATION
    again = Obligation(kind, Every(months=months, lead_days=p.periodic_lead_days), since=VALUED_ON)
    yield _owed("owed-valuation", ALWAYS, again, Label(f"估值{months}个月内有效", f"a valuation lasts {months} months"))
    soon = Obligation(kind, Within(working_days=days), since=SignalCode.REVALUATION_DUE)
    because = Label(f"估值逾期或缺失，{days}个工作日内重估", f"the valuation has run out or is missing: a new one within {days} working days")
    yield _owed("owed-valuation-now", revaluation.outcome.is_in(RevaluationDuty.DUE), soon, because)
