"""What is owed, said in figures: the four tables of windows, intervals, triggers and revaluation as the obligations that they stand for.

A policy that has no table of obligations may say what it owes in these tables. This is the one place where that is spelled out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from revisit_policy.casefile.facts import disbursed_on
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.timing import Between, Every, Within
from revisit_policy.outcomes.obligations.usual import VALUED_ON, time_of
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.outcomes.signal import Signal, SignalCode
from revisit_policy.outcomes.visit import VisitKind

#: The table that says what is owed.
OBLIGATIONS: Final = "obligations"

#: The tables that say it in figures where there is none of obligations, in the order in which they speak.
FIGURES: Final = ("first_window", "interval", "triggers", "revaluation")

#: The tables of which any makes a policy that plans what is owed.
PLANNED: Final = frozenset({*FIGURES, OBLIGATIONS})


def owed_in_figures(table_id: str, outcome: Any, figures: Conventions) -> Iterator[Obligation]:  # noqa: ANN401, PLR0917 - whatever its table says; read in order
    """The obligations that an *outcome* of one of those tables stands for, by the *figures* of its policy.

    Examples:
        >>> from revisit_policy.outcomes.day_window import DayWindow
        >>> [owed.label() for owed in owed_in_figures("first_window", DayWindow(30, 90), Conventions())]
        ['first visit: on day 30 to 90, from disbursement date']
    """
    lead = figures.periodic_lead_days
    match table_id:
        case "first_window":
            yield Obligation(VisitKind.FIRST, Between(outcome.first, outcome.last), since=disbursed_on)
        case "interval":
            yield Obligation(VisitKind.PERIODIC, Every(months=outcome, lead_days=lead), since=disbursed_on)
        case "triggers":
            yield Obligation(VisitKind.TRIGGERED, time_of(outcome.deadline), since=Signal(outcome.code, level=outcome.level))
        case _:
            if figures.revaluation_months is not None:
                yield Obligation(VisitKind.REVALUATION, Every(months=figures.revaluation_months, lead_days=lead), since=VALUED_ON)
            if outcome == RevaluationDuty.DUE:
                yield Obligation(VisitKind.REVALUATION, Within(working_days=figures.revaluation_working_days), since=SignalCode.REVALUATION_DUE)
