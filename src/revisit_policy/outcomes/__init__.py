"""The vocabulary: what a policy can say of a loan, in the words of the trade.

Each outcome is a member of a labelled enumeration, or a small frozen value made of them; a table's scale is built of the one or the other.

Which door: ``Grade``, ``Level``, ``SignalCode``, ``Measure``, ``VisitKind`` and ``VisitMethod`` are the enumerations; ``Trigger``, ``DayWindow``,
``Deadline``, ``TurnaroundPart`` and ``RevaluationDuty`` what a rule says of time; ``Signal``, ``Recommendation``, ``Revisit`` in a ``RevisitSchedule``,
each with its ``Window`` and its ``Result``, what a decision hands out, and a ``DeskDuty``, of a ``DeskKind`` or one of a bank's own, for which
nobody is visited. An ``Obligation`` is what a rule says to be done and when: ``Within``, ``Between``, ``Every`` or ``AtNextVisit``; an
``ObligationKind`` says what holds of all of one kind. A ``Vocabulary`` says which of all these words one bank has, its own or ours: a
``MeasureNote``, a ``MethodNote`` and a ``Checklist`` are what it adds to them.
"""

from revisit_policy.outcomes.checklist import Checklist
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.grade import UNCLASSIFIED, FineGrade, Grade, Unclassified
from revisit_policy.outcomes.measure import ActionState, Measure, OwnerRole
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.obligations.desk_duty import DeskDuty
from revisit_policy.outcomes.obligations.desk_kind import DeskKind
from revisit_policy.outcomes.obligations.obligation import Obligation, Since
from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity, MetBy, ObligationKind, ServedBy
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every, When, Within
from revisit_policy.outcomes.origination_finding import OriginationFinding
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.results.classification_run import ClassificationRun
from revisit_policy.outcomes.results.durations import Durations, StageDurations
from revisit_policy.outcomes.results.layout import Layout
from revisit_policy.outcomes.results.progress import Progress
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.results.result_stage import ResultStage
from revisit_policy.outcomes.results.stage_limit import StageLimit
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.outcomes.revisit import Revisit, VisitStatus
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart, WaitsFor
from revisit_policy.outcomes.visit import Finding, VisitKind, VisitMethod
from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.outcomes.words.measure_order import MeasureOrder
from revisit_policy.outcomes.words.method_note import MethodNote
from revisit_policy.outcomes.words.vocabulary import Vocabulary

__all__ = [
    "UNCLASSIFIED",
    "ActionState",
    "AtMaturity",
    "AtNextVisit",
    "Between",
    "BoundReason",
    "Checklist",
    "ClassificationRun",
    "DayWindow",
    "Deadline",
    "DeskDuty",
    "DeskKind",
    "Durations",
    "Every",
    "Finding",
    "FineGrade",
    "Grade",
    "Layout",
    "Level",
    "Measure",
    "MeasureNote",
    "MeasureOrder",
    "MetBy",
    "MethodNote",
    "Obligation",
    "ObligationKind",
    "OriginationFinding",
    "OwnerRole",
    "Progress",
    "Recommendation",
    "Result",
    "ResultDay",
    "ResultStage",
    "RevaluationDuty",
    "Revisit",
    "RevisitSchedule",
    "ServedBy",
    "Signal",
    "SignalCode",
    "Since",
    "StageDurations",
    "StageLimit",
    "StageState",
    "Trigger",
    "TurnaroundPart",
    "Unclassified",
    "VisitKind",
    "VisitMethod",
    "VisitStatus",
    "Vocabulary",
    "WaitsFor",
    "When",
    "Window",
    "Within",
]
