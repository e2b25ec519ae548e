"""When a housing loan is visited again after disbursement, as a policy that is a value.

A policy is a total function from a case file and a day to a decision with reasons. Importing this package reads no
file, no clock and no network, and brings in attrs and pendulum alone.

The words of the policy language stand here; rooms such as ``revisit_policy.values`` are entered by name.
"""

from revisit_policy.errors import (
    ConditionTruthError,
    InvalidInputError,
    InvalidPolicyError,
    InvalidValueError,
    OutsideCalendarError,
    RevisitPolicyError,
    UnknownNameError,
)
from revisit_policy.language.fact import Assumption, Fact, Unit
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.graph import DecisionGraph
from revisit_policy.language.grid import bands, grid
from revisit_policy.language.period import DECISION_DAY, Period
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale, Score, unordered
from revisit_policy.language.table import Table
from revisit_policy.language.verdict import Verdict, Verdicts
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.money import Money, cny

__all__ = [
    "DECISION_DAY",
    "Assumption",
    "Citation",
    "ConditionTruthError",
    "DecisionGraph",
    "Fact",
    "Fold",
    "InvalidInputError",
    "InvalidPolicyError",
    "InvalidValueError",
    "Label",
    "Lang",
    "Money",
    "OutsideCalendarError",
    "Period",
    "RevisitPolicyError",
    "Rule",
    "Scale",
    "Score",
    "Standing",
    "Status",
    "Table",
    "Unit",
    "UnknownNameError",
    "Verdict",
    "Verdicts",
    "bands",
    "cny",
    "grid",
    "unordered",
]
