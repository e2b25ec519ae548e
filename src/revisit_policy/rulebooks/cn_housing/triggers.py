"""Triggers: which signals ask for a visit of their own, and how soon.

The level gives the deadline unless the code has one of its own. Signals that are answered by the interval, by the
revaluation table or by the next visit that is due anyway ask for none. A margin that has grown thin, by itself, makes a list and a
valuation, and no visit: nobody is called because prices fell. Arrears are answered step by step:
a message, a call, a call and a letter, a visit, and a visit when special assets take over (`method`).
"""

from __future__ import annotations

from typing import Final

from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.signals import SIGNALS, raised
from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL
from revisit_policy.values.labels import Label, OrderedLabelled

#: Signals without a visit of their own.
QUIET: Final = frozenset({SignalCode.RESTRUCTURED, SignalCode.WATCH, SignalCode.REVALUATION_DUE, SignalCode.REFINANCED, SignalCode.COLLATERAL_DECLINE})

#: Signals of the title, which leave time to look up the register before the visit.
_TITLE: Final = frozenset({SignalCode.REGISTRATION_LAPSED, SignalCode.SEIZURE, SignalCode.PROJECT_STALLED})

#: Signals of the borrower, for which a louder level asks for a better method and not for a sooner visit.
_BORROWER: Final = frozenset({SignalCode.CAPACITY, SignalCode.CONTACT, SignalCode.DECEASED, SignalCode.BANKRUPTCY})

#: Arrears that begin with a message, and leave time for a call after it.
FRESH: Final = frozenset(raised(SignalCode.ARREARS, Level.YELLOW))


def deadline_of(signal: Signal, p: Parameters) -> Deadline:
    """How soon *signal* is answered: its own deadline, or that of its level."""
    if signal in FRESH:
        return Deadline(p.arrears_call_working_days)
    if signal.code is SignalCode.ARREARS:
        return Deadline(_working_days(p, signal.level), within_month=True)
    if signal.code is SignalCode.NOT_REGISTERED:
        return Deadline(p.registration_working_days)
    if signal.code in _TITLE:
        return Deadline(p.orange_working_days)
    if signal.code in _BORROWER:
        return Deadline(p.yellow_working_days)
    return Deadline(_working_days(p, signal.level))


def _working_days(p: Parameters, level: OrderedLabelled) -> int:
    days: dict[OrderedLabelled, int] = {Level.RED: p.red_working_days, Level.ORANGE: p.orange_working_days, Level.YELLOW: p.yellow_working_days}
    return days[level]


def table(p: Parameters, *, signals: Fact) -> Table:
    """One trigger for each signal that asks for a visit."""
    asking = tuple(signal for signal in SIGNALS if signal.code not in QUIET)
    triggers = {signal: Trigger(signal.code, signal.level, deadline_of(signal, p)) for signal in asking}
    return Table(
        "triggers",
        label=Label("不定期回访", "triggered visits"),
        outcomes=unordered(triggers.values()),
        fold=Fold.EVERY,
        rules=tuple(
            Rule(
                f"trigger-{signal.code.value.replace('_', '-')}-{signal.level.value}",
                when=signals.includes(signal),
                then=trigger,
                because=Label(f"{signal.label('zh')}须及时回访", f"{signal.label('en')} is to be answered by a visit"),
                source=PROPOSAL,
            )
            for signal, trigger in triggers.items()
        ),
    )
