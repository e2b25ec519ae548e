"""When a housing loan is visited again after disbursement, as a policy that is a value.

A policy is a total function from a case file and a day to a decision with reasons. Importing this package reads, of itself, no
file, no clock and no network; it brings in attrs and pendulum alone (pendulum looks up the machine's time zone once).

The words of the policy language stand here. Rooms are entered by name: ``from revisit_policy import facts`` (or ``analysis``, ``frames``,
``testing``) and ``from revisit_policy.rulebooks import cn_housing``. What a room offers is what its ``__all__`` names; everything else is private.
"""

import sys as _sys
import typing as _typing

from revisit_policy.casefile.borrower import BorrowerProfile, CreditStanding, Employment
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.collateral import Collateral, PropertyType, RegistrationState, StallCause
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.loan import Loan, Product, Repayment
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.people.action import Action
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.casefile.visit import Visit
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.glance import Glance
from revisit_policy.decision.grading.upgrade import Upgrade
from revisit_policy.decision.refusal import Refusal
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.errors import (
    AnalysisLimitError,
    ConditionTruthError,
    InvalidInputError,
    InvalidPolicyError,
    InvalidValueError,
    LawBrokenError,
    MissingExtraError,
    OutsideCalendarError,
    RevisitPolicyError,
    SnapshotChangedError,
    SnapshotUnreadableError,
    UnexpectedOutcomeError,
    UnknownNameError,
)
from revisit_policy.language.fact import Assumption, Fact, Unit
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.grid import bands, grid, increments
from revisit_policy.language.period import DECISION_DAY, Period
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale, Score, unordered
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdict, Verdicts
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.grade import UNCLASSIFIED, FineGrade, Grade, Unclassified
from revisit_policy.outcomes.measure import ActionState, Measure, OwnerRole
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every, Within
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.results.result_stage import ResultStage
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.outcomes.revisit import Revisit, VisitStatus
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart, WaitsFor
from revisit_policy.outcomes.visit import Finding, VisitKind, VisitMethod
from revisit_policy.outcomes.window import Window
from revisit_policy.outcomes.words.method_note import MethodNote
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.policy.edition import Edition
from revisit_policy.policy.overlay import Addition, Overlay
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.money import Money, cny
from revisit_policy.version import VERSION as _VERSION

__all__ = [
    "DECISION_DAY",
    "UNCLASSIFIED",
    "Action",
    "ActionState",
    "Addition",
    "AnalysisLimitError",
    "Assumption",
    "AtNextVisit",
    "Between",
    "BorrowerProfile",
    "CaseFile",
    "Citation",
    "Collateral",
    "ConditionTruthError",
    "Conventions",
    "CreditStanding",
    "DayWindow",
    "Deadline",
    "Decision",
    "DecisionGraph",
    "Determination",
    "Edition",
    "Employment",
    "Event",
    "Every",
    "Fact",
    "Finding",
    "FineGrade",
    "Fold",
    "Glance",
    "Grade",
    "InvalidInputError",
    "InvalidPolicyError",
    "InvalidValueError",
    "Label",
    "Lang",
    "LawBrokenError",
    "Level",
    "Loan",
    "MarketConditions",
    "Measure",
    "MethodNote",
    "MissingExtraError",
    "Money",
    "Obligation",
    "ObligationKind",
    "OutsideCalendarError",
    "Overlay",
    "OwnerRole",
    "Period",
    "Product",
    "PropertyType",
    "Recommendation",
    "Refusal",
    "RegistrationState",
    "Repayment",
    "Result",
    "ResultDay",
    "ResultStage",
    "Revisit",
    "RevisitPolicy",
    "RevisitPolicyError",
    "RevisitSchedule",
    "Rule",
    "Rulebook",
    "Scale",
    "Score",
    "Signal",
    "SignalCode",
    "SnapshotChangedError",
    "SnapshotUnreadableError",
    "StageState",
    "StallCause",
    "Standing",
    "Status",
    "Table",
    "Trigger",
    "TurnaroundPart",
    "Unclassified",
    "UnexpectedOutcomeError",
    "Unit",
    "UnknownNameError",
    "Upgrade",
    "Verdict",
    "Verdicts",
    "Visit",
    "VisitKind",
    "VisitMethod",
    "VisitStatus",
    "Vocabulary",
    "WaitsFor",
    "Window",
    "Within",
    "bands",
    "cny",
    "grid",
    "increments",
    "unordered",
]

__version__ = _VERSION
_ROOMS = (
    "analysis", "backtest", "contact", "facts", "frames", "planning", "records", "reports", "revisit", "rulebooks", "servicing", "testing", "workload",
)  # fmt: skip
#: The rooms whose names are looked for where one is asked of the front door, as far as they have been entered.
_INNER_ROOMS = ("values", "language", "outcomes", "casefile", "decision", "policy", *_ROOMS)

if not _typing.TYPE_CHECKING:  # or a type checker would believe that every name is there

    def __getattr__(name: str) -> object:
        """Refuses a name that is not here; of a room that nobody has entered yet it names the import to write."""
        hint = f"; write `from {__name__} import {name}`" if name in _ROOMS else ""
        for room in () if hint or name.startswith("_") else _INNER_ROOMS:
            if name in getattr(_sys.modules.get(f"{__name__}.{room}"), "__all__", ()):
                hint = f"; write `from {__name__}.{room} import {name}`"
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}{hint}", name=name, obj=_sys.modules[__name__])
