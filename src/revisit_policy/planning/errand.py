"""What a visit is made for, and how."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import attrs

from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.planning.means import Means
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.values.labels import Label, Labelled, OrderedLabelled

Item = TypeVar("Item")

_RED_REPORT = Label("红色预警报告", "report on a red signal")


@attrs.frozen(kw_only=True, eq=False)  # shared between plans, and a key in them
class Errand:
    """What a visit is made for and how, whenever that is.

    Args:
        kind: Why it is made.
        method: The least method that serves.
        officers: How many people it takes.
        parts: The steps from the visit to its result. If it answers a red signal, nothing but the report on that is
            waited for.
        usual_days: Working days that they take, at least 1.
        longest_days: Working days that they take with everything that may be needed.
        checklist: What to verify.
        reasons: Ids of the rules that brought it about and chose its means, in order.
        serves: The kinds of all that it stands for.
        triggers: Codes of the signals it answers.
        visits_borrower: Whether the borrower is visited: a valuation alone is an errand of its own, and no visit.
        answers_red: Whether one of them is red.
    """

    kind: Labelled
    method: OrderedLabelled
    officers: int
    parts: tuple[TurnaroundPart, ...]
    usual_days: int
    longest_days: int
    checklist: tuple[Label, ...]
    reasons: tuple[str, ...]
    serves: tuple[Labelled, ...]
    triggers: tuple[str, ...] = ()
    visits_borrower: bool = True
    answers_red: bool = False

    @classmethod
    def of(cls, order: ErrandOrder, *, memory: PlanMemory) -> Errand:
        """The errand that is made of an *order*; the same object for equal ones, as long as it is remembered."""
        found: Errand | None = memory.errands.find(order)
        return memory.errands.keep(order, _made(order)) if found is None else found

    def together_with(self, other: Errand, *, memory: PlanMemory) -> Errand:
        """One errand for both: of the kind of this one, by the more thorough method."""
        found: Errand | None = memory.shared_errands.find((self, other))
        return memory.shared_errands.keep((self, other), self._joined(other)) if found is None else found

    def _joined(self, other: Errand) -> Errand:
        leading, lesser = (other, self) if other.method > self.method else (self, other)
        parts = _parts_together(leading, lesser)
        usual, longest = _working_days(parts)
        return Errand(
            kind=self.kind,
            method=leading.method,
            officers=max(self.officers, other.officers),
            parts=parts,
            usual_days=usual,
            longest_days=longest,
            checklist=union(self.checklist, other.checklist),
            reasons=union(self.reasons, other.reasons),
            serves=union(self.serves, other.serves),
            triggers=union(self.triggers, other.triggers),
            visits_borrower=self.visits_borrower or other.visits_borrower,
            answers_red=self.answers_red or other.answers_red,
        )

    def also_about(self, gaps: tuple[Label, ...], codes: tuple[str, ...], *, kinds: tuple[Labelled, ...] = (), memory: PlanMemory) -> Errand:
        """The errand with the *gaps* to ask about besides, the signals of these *codes* to answer, and what waits of other *kinds*."""
        key = (self, gaps, codes, kinds)
        found: Errand | None = memory.informed_errands.find(key)
        if found is None:
            made = attrs.evolve(self, checklist=union(self.checklist, gaps), triggers=union(self.triggers, codes), serves=union(self.serves, kinds))
            found = memory.informed_errands.keep(key, made)
        return found


def union(first: tuple[Item, ...], second: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items of both in order, each of them once."""
    return tuple(dict.fromkeys(first + second))


class ErrandOrder(NamedTuple):
    """What an errand is made from; *red_result_days* only if it answers a red signal."""

    kind: Labelled
    means: Means
    reasons: tuple[str, ...]
    on_site_officers: int
    triggers: tuple[str, ...] = ()
    red_result_days: int | None = None
    is_visit: bool = True


def _made(order: ErrandOrder) -> Errand:
    means, red_days = order.means, order.red_result_days
    parts = means.parts if red_days is None else (TurnaroundPart(_RED_REPORT, red_days, is_report=True),)
    usual, longest = _working_days(parts)
    return Errand(
        kind=order.kind,
        method=means.method,
        officers=max(means.officers, order.on_site_officers) if means.method == VisitMethod.ON_SITE else means.officers,
        parts=parts,
        usual_days=usual,
        longest_days=longest,
        checklist=means.checklist,
        reasons=union(order.reasons, means.reasons),
        serves=(order.kind,),
        triggers=order.triggers,
        visits_borrower=order.is_visit,
        answers_red=red_days is not None,
    )


def _parts_together(leading: Errand, lesser: Errand) -> tuple[TurnaroundPart, ...]:
    """A visit has one report, that of the more thorough errand; and if a red signal is reported, nothing else counts."""
    if lesser.answers_red:
        return lesser.parts
    if leading.answers_red:
        return leading.parts
    return union(leading.parts, tuple(part for part in lesser.parts if not part.is_report))


def _working_days(parts: tuple[TurnaroundPart, ...]) -> tuple[int, int]:
    """Without and with what may be needed."""
    usual = contingent = 0
    for part in parts:
        if part.is_contingent:
            contingent += part.working_days
        else:
            usual += part.working_days
    return max(1, usual), max(1, usual, usual + contingent)
