"""What a visit is made for, and how."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import attrs

from revisit_policy.outcomes.results.layout import Layout
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart
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
        layout: The steps from the visit to its result, by the days that they lead up to. If it answers a red signal, the preliminary
            finding waits for nothing but the report on that; what comes after stays.
        checklist: What to verify.
        reasons: Ids of the rules that brought it about and chose its means, in order.
        asked_by: Of the rules among them that ask for a step each with its step.
        serves: The kinds of all that it stands for.
        triggers: Codes of the signals it answers.
        visits_borrower: Whether the borrower is visited: a valuation alone is an errand of its own, and no visit.
        answers_red: Whether one of them is red.
        run_months: Months from one classification run to the next; ``None`` if there are none.
    """

    kind: Labelled
    method: OrderedLabelled
    officers: int
    layout: Layout
    checklist: tuple[Label, ...]
    reasons: tuple[str, ...]
    serves: tuple[Labelled, ...]
    triggers: tuple[str, ...] = ()
    visits_borrower: bool = True
    answers_red: bool = False
    run_months: int | None = None
    asked_by: tuple[tuple[str, TurnaroundPart], ...] = ()
    stated: tuple[str, ...] = attrs.field(init=False)

    @stated.default
    def _with_a_part_in_it(self) -> tuple[str, ...]:
        """The reasons less the rules whose step had to give way to another report: those have no part in what is planned."""
        gone = {rule_id for rule_id, part in self.asked_by if part not in self.layout.parts}
        return tuple(reason for reason in self.reasons if reason not in gone) if gone else self.reasons

    @property
    def parts(self) -> tuple[TurnaroundPart, ...]:
        """The steps from the visit to its result."""
        return self.layout.parts

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
        return Errand(
            kind=self.kind,
            method=leading.method,
            officers=max(self.officers, other.officers),
            layout=Layout.of(_parts_together(leading, lesser)),
            checklist=union(self.checklist, other.checklist),
            reasons=union(self.reasons, other.reasons),
            serves=union(self.serves, other.serves),
            triggers=union(self.triggers, other.triggers),
            visits_borrower=self.visits_borrower or other.visits_borrower,
            answers_red=self.answers_red or other.answers_red,
            run_months=self.run_months,
            asked_by=union(self.asked_by, other.asked_by),
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
    return Errand(
        kind=order.kind,
        method=means.method,
        officers=max(means.officers, order.on_site_officers) if means.method == VisitMethod.ON_SITE else means.officers,
        layout=Layout.of(means.parts if red_days is None else (_red_report(red_days, instead_of=means.parts), *_afterwards(means.parts))),
        checklist=means.checklist,
        reasons=union(order.reasons, means.reasons),
        serves=(order.kind,),
        triggers=order.triggers,
        visits_borrower=order.is_visit,
        answers_red=red_days is not None,
        run_months=means.run_months,
        asked_by=means.asked_by,
    )


def _red_report(working_days: int, *, instead_of: tuple[TurnaroundPart, ...]) -> TurnaroundPart:
    """The report on a red signal, by whoever would have written the usual one."""
    return TurnaroundPart(_RED_REPORT, working_days, is_report=True, owner=next((part.owner for part in instead_of if part.is_report), None))


def _parts_together(leading: Errand, lesser: Errand) -> tuple[TurnaroundPart, ...]:
    """A visit has one report, that of the more thorough errand; and if a red signal is reported, the finding waits for nothing else."""
    red = next((each for each in (lesser, leading) if each.answers_red), None)
    if red is not None:
        return union(_findings(red.parts), union(_afterwards(leading.parts), _afterwards(lesser.parts)))
    return union(leading.parts, tuple(part for part in lesser.parts if not part.is_report))


def _findings(parts: tuple[TurnaroundPart, ...]) -> tuple[TurnaroundPart, ...]:
    return tuple(part for part in parts if part.leads_to is ResultDay.PRELIMINARY)


def _afterwards(parts: tuple[TurnaroundPart, ...]) -> tuple[TurnaroundPart, ...]:
    return tuple(part for part in parts if part.leads_to is not ResultDay.PRELIMINARY)
