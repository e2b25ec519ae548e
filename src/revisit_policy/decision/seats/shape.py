"""The shape of a policy: one row a seat, which says what its table has to be, what is handed out of it, and what holds without it.

The slots of a policy, its checks, assessments, decisions, explanations and re-planning read these rows, and so do columns. A
table that no seat is for is a bank's own: it is decided and shown, and nothing is asked of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, TypeVar

import attrs

from revisit_policy.decision.seats.handing_out import (
    HandsOut,
    at_worst,
    earliest_closing,
    established,
    established_or_worst,
    loudest_a_code,
    next_below,
    owed,
    wherever_possible,
)
from revisit_policy.decision.seats.scale_check import ANYTHING, MONTHS, SEVERITIES, ScaleCheck
from revisit_policy.language.flags import Awaited
from revisit_policy.language.fold import Fold
from revisit_policy.language.on_scale import OnScale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.withholding import unbarred
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.outcomes.signal import Signal
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled, OrderedLabelled

Part = TypeVar("Part", bound=Awaited)


class Shown(Labelled, zh="展示方式"):
    """How what is handed out of a table stands in a frame."""

    NOWHERE = "nowhere", "不输出", "nowhere: it is read by others, or once a visit"
    AS_SAID = "as_said", "结论、最差与状态", "the outcome, at worst, and what is known of it"
    SET = "set", "集合", "bits, and what is known of them"
    NUMBER = "number", "数", "a number, and what is known of it"
    PLACE = "place", "位次", "a place on the scale, and what is known of it"
    FLAG = "flag", "是否", "true or false, and what is known of it"


@attrs.frozen(kw_only=True)
class Seat:
    """One place for a table in a policy.

    Args:
        id: The id of the table.
        scale: What it may say.
        folds: How its rules may become one.
        hands_out: What of all that it says people are told.
        absent: What is handed out where there is no such table.
        is_obligatory: Whether a policy must have it.
        per_visit: Whether it speaks once for every planned visit, with its kind as the fact ``visit_kind``, after all others.
        needs_answer: Whether every case is handed something out of it, so that it may leave no gap.
        above: The seat of a table on the same scale, of which this one hands out no more than the outcome one place milder than the
            one that table is certain of; ``None`` if it is held against none.
        bar: The seat of the table that rules out some of what it says; what is ruled out, even possibly, is not handed out.
        is_asking: Whether it asks something of a loan; of one that owes nothing, what holds without it holds.
        is_found_out: Whether what its open rules read is asked for on the next visit.
        is_replanned: Whether it is told where another edition says otherwise.
        shown: How it stands in a frame.
        column: Under which name; its id if left out.
    """

    id: str
    scale: ScaleCheck
    folds: tuple[Fold, ...]
    hands_out: HandsOut = established
    absent: Any = None
    is_obligatory: bool = False
    per_visit: bool = False
    needs_answer: bool = False
    above: str | None = None
    bar: str | None = None
    is_asking: bool = False
    is_found_out: bool = True
    is_replanned: bool = False
    shown: Shown = Shown.NOWHERE
    column: str = attrs.field()

    @column.default
    def _id(self) -> str:
        return self.id

    @cached_property
    def is_set(self) -> bool:
        """Whether several outcomes are handed out, and not one."""
        return self.folds == _SETS

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The ids of the tables out of which it is handed: its own, what rules some of it out, and what it is held against."""
        return tuple(name for name in (self.id, self.bar, self.above) if name is not None)

    def handed(self, said: Mapping[str, OnScale[Part]]) -> tuple[bool | Part, ...]:
        """Where each outcome is handed out, less what is barred, even possibly; *said* is what tables say, by their ids."""
        told, bars = said[self.id], None if self.bar is None else said.get(self.bar)
        flags = self.hands_out(told if bars is None else unbarred(told, bars))
        return flags if self.above is None else next_below(flags, said[self.above])


_RANKED: Final = (Fold.WORST, Fold.LEAST, Fold.FIRST)
_ONE: Final = (*_RANKED, Fold.UNIQUE)
_SETS: Final = (Fold.EVERY,)


def _members(kind: type, named: str, *, is_ordered: bool = False) -> ScaleCheck:
    return ScaleCheck(kind=kind, expected=Phrase(kind.__name__, named), is_ordered=is_ordered, order="rising" if is_ordered else None)


_MEASURES: Final = _members(Labelled, "a Measure, or a member of another labelled enumeration")

#: In the order in which they speak.
SEATS: Final = (
    Seat(id="difficulty", scale=ANYTHING, folds=(*_ONE, Fold.EVERY), needs_answer=True, shown=Shown.AS_SAID),
    Seat(id="grade", scale=SEVERITIES, folds=_RANKED, is_obligatory=True, needs_answer=True, is_replanned=True, shown=Shown.AS_SAID),
    Seat(id="upgrade", scale=SEVERITIES, folds=_SETS, absent=(), above="grade", is_asking=True, shown=Shown.PLACE),
    Seat(
        id="signals", scale=_members(Signal, "a Signal"), folds=_SETS, hands_out=loudest_a_code, absent=(), is_asking=True,
        is_replanned=True, shown=Shown.SET,
    ),
    Seat(
        id="level", scale=_members(OrderedLabelled, "a Level, or a member of another ordered enumeration,", is_ordered=True), folds=(Fold.WORST, Fold.LEAST),
        needs_answer=True, is_asking=True, shown=Shown.AS_SAID,
    ),  # without it a loan is as loud as its loudest signal, and without any as the first level of the policy's vocabulary
    Seat(id="interval_base", scale=ANYTHING, folds=_ONE),
    Seat(
        id="interval", scale=MONTHS, folds=_ONE, hands_out=at_worst, needs_answer=True, is_replanned=True, shown=Shown.NUMBER,
        column="interval_months",
    ),
    Seat(
        id="first_window", scale=_members(DayWindow, "a DayWindow"), folds=_ONE, hands_out=earliest_closing, needs_answer=True,
        shown=Shown.PLACE,
    ),
    Seat(id="triggers", scale=_members(Trigger, "a Trigger"), folds=_SETS, absent=(), is_asking=True, is_replanned=True, shown=Shown.SET),
    Seat(
        id="revaluation", scale=_members(RevaluationDuty, "a RevaluationDuty"), folds=_ONE, hands_out=wherever_possible(RevaluationDuty.DUE),
        absent=RevaluationDuty.NOT_DUE, needs_answer=True, is_asking=True, shown=Shown.FLAG, column="revaluation_is_due",
    ),
    Seat(id="obligations", scale=_members(Obligation, "an Obligation"), folds=_SETS, hands_out=owed({}), absent=(), is_asking=True),
    Seat(id="measures", scale=_MEASURES, folds=_SETS, absent=(), bar="barred", is_asking=True, is_replanned=True, shown=Shown.SET),
    Seat(id="barred", scale=_MEASURES, folds=_SETS, absent=()),
    Seat(
        id="origination", scale=_members(Labelled, "an OriginationFinding, or a member of another labelled enumeration"), folds=_SETS, absent=(),
        is_found_out=False, shown=Shown.AS_SAID,
    ),  # what was granted is looked up in the files, not on a visit
    Seat(
        id="method", scale=_members(OrderedLabelled, "a VisitMethod, or a member of another ordered enumeration,", is_ordered=True), folds=_RANKED,
        hands_out=established_or_worst, needs_answer=True, per_visit=True,
    ),  # without it the least thorough method of the policy's vocabulary serves
    Seat(id="turnaround", scale=_members(TurnaroundPart, "a TurnaroundPart"), folds=_SETS, absent=(), per_visit=True),
)

#: The same by the ids of their tables.
BY_ID: Final = MappingProxyType({seat.id: seat for seat in SEATS})

#: The ids of the tables that speak once for every planned visit.
PER_VISIT: Final = tuple(seat.id for seat in SEATS if seat.per_visit)

#: The table that says something and the table that rules some of it out.
BARRING: Final = tuple((seat.id, seat.bar) for seat in SEATS if seat.bar is not None)


def seats_of(tables: Iterable[str]) -> tuple[Seat, ...]:
    """The seats that are taken by the *tables* of these ids, in the order in which they speak."""
    there = frozenset(tables)
    return tuple(seat for seat in SEATS if seat.id in there)


def own(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Those of the *tables* that no seat is for, in their order."""
    return tuple(table for table in tables if table.id not in BY_ID)
