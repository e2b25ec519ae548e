"""Kinds: every class whose values can be recorded, found by what the fields of a few of them hold."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.own.own_facts import OwnFacts
from revisit_policy.casefile.rows.cell_unit import CellUnit
from revisit_policy.contact.as_preferred import AsPreferred
from revisit_policy.contact.calendar_text import CalendarEntry
from revisit_policy.contact.calls_a_day import CallsADay, UnansweredADay
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.contact.contact_plan import ContactPlan
from revisit_policy.contact.days_apart import DaysApart
from revisit_policy.contact.may_contact import Permission
from revisit_policy.contact.quiet_hours import QuietHours
from revisit_policy.contact.reach import Reach
from revisit_policy.contact.reminder import Reminder
from revisit_policy.contact.third_persons import NoStaysNo, ThirdPersons
from revisit_policy.decision.refusal import Refusal
from revisit_policy.decision.replan import Replan
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.language.readers.generated import Resolution
from revisit_policy.language.readers.hearing import Hearing, Margin
from revisit_policy.language.scale import Score
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdict, Verdicts
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.grade import FineGrade, Grade, Unclassified
from revisit_policy.outcomes.measure import Measure, OwnerRole
from revisit_policy.outcomes.obligations.desk_kind import DeskKind
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind
from revisit_policy.outcomes.origination_finding import OriginationFinding
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.results.durations import Durations
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.outcomes.revisit import VisitStatus
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.turnaround import WaitsFor
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan_together import SharedVisit
from revisit_policy.policy.bound_table import BoundTable
from revisit_policy.policy.overlay import Overlay
from revisit_policy.policy.policy_check import PolicyCheck
from revisit_policy.policy.retention import KeptSince, Retention
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.records.decision_record import DecisionRecord
from revisit_policy.records.ledgers.entry import Entry
from revisit_policy.records.ledgers.head import Head
from revisit_policy.records.ledgers.proof import ConsistencyProof, InclusionProof
from revisit_policy.records.ledgers.verification import Verification
from revisit_policy.servicing.arrears.arrears import Arrears
from revisit_policy.servicing.arrears.pause import PauseMark
from revisit_policy.servicing.histories.history import History
from revisit_policy.servicing.valuation.cover import Cover
from revisit_policy.servicing.valuation.price_index import PriceIndex
from revisit_policy.servicing.valuation.revaluation import Revaluation
from revisit_policy.values import notices
from revisit_policy.values.labels import Labelled, Lang, OrderedLabelled
from revisit_policy.values.working_days import NoticeCalendar
from revisit_policy.workload.admission import Admission
from revisit_policy.workload.capacity import Capacity
from revisit_policy.workload.hours import VisitHours
from revisit_policy.workload.quota import Quota
from revisit_policy.workload.sample import Sample
from revisit_policy.workload.spread import Spread

_ROOTS: Final = (
    # what a bank has on file, and what is made of it
    *(CaseFile, OwnFacts, Holding, CellUnit, PauseMark, History, Arrears, Revaluation, Cover, PriceIndex),
    # what is decided
    *(DecisionRecord, RevisitSchedule, Recommendation, Replan, Refusal, Verdict, Verdicts, Hearing, Margin),
    # what is shown of a ledger, which itself is written line by line
    *(Entry, Head, InclusionProof, ConsistencyProof, Verification),
    # what decides
    *(Rulebook, PolicyCheck, KeptSince, Retention, Overlay, BoundTable, Assumption, Score, NoticeCalendar, LastVisits, OpenTrigger, SharedVisit),
    # what tables can say
    *(WaitsFor, Durations, VisitHours),
    *(Grade, Unclassified, Level, SignalCode, Measure, VisitKind, VisitMethod, DeskKind, Vocabulary),
    *(FineGrade, OwnerRole, OriginationFinding, RevaluationDuty, Signal, Trigger, DayWindow, Obligation, ObligationKind, VisitStatus, Lang),
    # who is called, and who is visited
    *(AsPreferred, CallsADay, UnansweredADay, DaysApart, NoStaysNo, QuietHours, ThirdPersons),
    *(ContactLog, ContactPlan, Permission, Reach, Reminder, CalendarEntry),
    *(Admission, Capacity, Quota, Sample, Spread),
)

_NAMES: Final[dict[type[Any], str]] = {notices.Overlay: "CalendarOverlay"}
"""What a class is called in records, where another has its name."""

_LATE: Final[dict[str, Any]] = {"Fact": Fact, "DecisionGraph": DecisionGraph, "Resolution": Resolution}
"""What modules import for its type only."""


@cache
def hints_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a class, which a cache takes for anything
    """What the fields of *kind* are annotated with; nothing for what has no fields."""
    return typing.get_type_hints(kind, localns=_LATE) if attrs.has(kind) else {}


def given(kind: Any) -> frozenset[str]:  # noqa: ANN401 - a class
    """The fields of *kind* that its constructor is given."""
    return frozenset(field.name for field in attrs.fields(kind) if field.init)


def _within(hint: Any) -> Iterator[type[Any]]:  # noqa: ANN401 - an annotation
    """The classes that *hint* names."""
    if parts := typing.get_args(hint):
        for part in parts:
            yield from _within(part)
    elif isinstance(hint, type) and (attrs.has(hint) or (issubclass(hint, Enum) and hint not in {Labelled, OrderedLabelled})):
        yield hint


def _reached() -> Iterator[type[Any]]:
    met: dict[type[Any], None] = {}
    waiting: list[Any] = list(_ROOTS)
    while waiting:
        kind = waiting.pop(0)
        if kind not in met and kind is not Resolution:  # it follows from the rest of the verdicts that have it
            met[kind] = None
            waiting += [part for name, hint in hints_of(kind).items() if name in given(kind) for part in _within(hint)]
    yield from met


KINDS: Final = MappingProxyType({_NAMES.get(kind, kind.__name__): kind for kind in sorted(_reached(), key=lambda kind: kind.__name__)})
"""Every class whose values can be recorded, by its name in records."""
