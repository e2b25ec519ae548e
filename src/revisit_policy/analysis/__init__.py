"""Exact questions about a policy: holes, contradictions, dead rules, monotony, and what a change changes.

Because rules compare facts with constants, every question is decidable: nothing is sampled. Each answer is a proof or
a list of findings, and each finding has its region in the words of the facts and a witness that the reference reader
has confirmed.

Which door: ``check`` tells all that is wrong with a policy; ``gaps``, ``overlaps``, ``dead_rules``, ``redundant`` and ``monotone`` one kind of it;
``implies``, ``equivalent`` and ``can`` answer a question of one's own; ``diff`` and ``diff_in_time`` say who is treated differently, ``impact`` what
that costs over a book, ``sensitivity`` and ``volume`` how much hangs on a figure. An ``Answer`` is ``Proved`` or ``Found``.
"""

from revisit_policy.analysis.answer import Answer, Found, Printed, Proved
from revisit_policy.analysis.check import Fault, check
from revisit_policy.analysis.dead_rules import DeadRule, Reason, dead_rules, redundant
from revisit_policy.analysis.diff import Diff, diff, diff_in_time
from revisit_policy.analysis.differences.change import Aspect, Change
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.gaps import Gap, gaps
from revisit_policy.analysis.impact import Affected, Hours, Impact, MonthOfVisits, VisitsOfKind, impact
from revisit_policy.analysis.impacts.migration import Migration
from revisit_policy.analysis.impacts.officer_hours import OfficerHours
from revisit_policy.analysis.impacts.supply import SuppliedFacts
from revisit_policy.analysis.implication import Counterexample, equivalent, implies
from revisit_policy.analysis.monotone import Direction, NotMonotone, monotone
from revisit_policy.analysis.overlaps import Overlap, overlaps
from revisit_policy.analysis.reach import Reached, can
from revisit_policy.analysis.sensitivity import Step, sensitivity
from revisit_policy.analysis.study import MissingFacts
from revisit_policy.analysis.volume import Volume, volume

__all__ = [
    "Affected",
    "Answer",
    "Aspect",
    "Change",
    "Counterexample",
    "DeadRule",
    "Diff",
    "Direction",
    "Fault",
    "Found",
    "Gap",
    "Hours",
    "Impact",
    "Migration",
    "MissingFacts",
    "MonthOfVisits",
    "NotMonotone",
    "OfficerHours",
    "Overlap",
    "Printed",
    "Proved",
    "Reached",
    "Reason",
    "Step",
    "SuppliedFacts",
    "VisitsOfKind",
    "Volume",
    "Witness",
    "can",
    "check",
    "dead_rules",
    "diff",
    "diff_in_time",
    "equivalent",
    "gaps",
    "impact",
    "implies",
    "monotone",
    "overlaps",
    "redundant",
    "sensitivity",
    "volume",
]
