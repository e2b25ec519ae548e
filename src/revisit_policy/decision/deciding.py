"""Deciding: one case file, one day, one policy, one decision."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.decision.assessment import Assessment, Reason, is_due
from revisit_policy.decision.beginning import Beginnings
from revisit_policy.decision.checklist import record_beginning
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.doubts import doubts
from revisit_policy.decision.policy_reader import Identity, PolicyReader
from revisit_policy.decision.question import Question, checked_case
from revisit_policy.decision.visit_reader import VisitReading
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.verdicts.verdict import Verdicts
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.signal import Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.planning.duties.owing import Owing
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan import plan
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.today import Today
from revisit_policy.planning.usual_duties import agenda_of
from revisit_policy.values.dates import Date
from revisit_policy.values.working_days import WorkCalendar


def decide(policy: PolicyReader, case: CaseFile, question: Question, *, identity: Identity) -> Decision:  # noqa: PLR0917 - policy, case, question: the order of the sentence
    """The decision of *policy* on *case*, in the name of its *identity*; see `RevisitPolicy.decide`."""
    days = on, _, calendar = question.days_for(policy)
    question.check_supplied(policy.supplied)
    checked_case(case).check(on)
    snapshot = policy.graph.extraction.snapshot(case, on=on, supplied=question.supplied, assuming=question.assuming)
    hearing = CaseOnDay.of(case, snapshot, policy=policy, days=days)
    request = hearing.request()
    undated = tuple(_undated(request, policy.visit_reader.plan_memory))
    to_verify = (*map(record_beginning, undated), *doubts(case, on))
    asked = attrs.evolve(request, gaps=(*request.gaps, *to_verify)) if to_verify else request
    schedule = plan(asked, memory=policy.visit_reader.plan_memory)
    return Decision(
        case=case,
        on=on,
        policy=identity.policy,
        version=identity.version,
        digest=identity.digest,
        edition=identity.edition,
        edition_label=identity.edition_label,
        calendar=calendar.edition,
        verdicts=hearing.verdicts,
        assessment=hearing.assessment,
        signals=tuple(map(hearing.dated, hearing.assessment.worst_signals)),
        schedule=schedule,
        measures=tuple(hearing.recommendations(schedule.next)),
        undated=undated,
        supplied=question.told,
        assuming=question.assuming,
    )


def _undated(request: PlanRequest, memory: PlanMemory) -> Iterator[SignalCode]:
    """The signals of which nobody recorded the beginning, so that a deadline moves with every day of asking."""
    codes = {found.trigger.code for found in request.triggers if found.is_undated}
    is_asked = request.revaluation_is_due and request.revaluation_since is None and not request.is_settled
    if is_asked:
        owing = Owing(agenda_of(request, memory=memory), Today.of(request.on, request.calendar, memory=memory))
        codes |= {SignalCode.REVALUATION_DUE for owed in owing.undated() if owed.duty.kind.kind is VisitKind.REVALUATION}
    if codes:
        yield from (code for code in SignalCode if code in codes)


@attrs.frozen(kw_only=True, eq=False)
class CaseOnDay:
    """A case file as it is judged: its facts on the day, what the tables said of them, and the days of the answers."""

    policy: PolicyReader
    case: CaseFile
    on: Date
    until: Date
    calendar: WorkCalendar
    facts: Snapshot
    verdicts: Verdicts
    assessment: Assessment
    visits: VisitReading

    @classmethod
    def of(cls, case: CaseFile, facts: Snapshot, *, policy: PolicyReader, days: tuple[Date, Date, WorkCalendar]) -> CaseOnDay:
        """What *policy* says of the *facts* of a *case*; the *days* are the decision day, the horizon and the calendar."""
        on, until, calendar = days
        verdicts = policy.case_verdicts(facts)
        assessment = policy.assessments.of(verdicts.resolution, verdicts.facts.unknown)
        return cls(
            policy=policy,
            case=case,
            on=on,
            until=until,
            calendar=calendar,
            facts=facts,
            verdicts=verdicts,
            assessment=assessment.of_a_settled_loan if case.loan.is_settled else assessment,
            visits=policy.visit_reader.reading(facts, verdicts.resolution),
        )

    def dated(self, raised: Reason) -> Signal:
        """The signal with the day it began."""
        signal: Signal = raised.outcome
        return attrs.evolve(signal, since=self.since(raised))

    def since(self, raised: Reason) -> Date | None:
        """The first day of a signal, as far as it is known: of several rules that raise it the first to hold counts."""
        return min((day for day in self._began(raised) if day is not None), default=None)

    def _began(self, raised: Reason) -> tuple[Date | None, ...]:
        """Since when each of the rules has held that raise a signal, each day once; its trigger and the signal itself ask for it."""
        found = self._days.get(raised)
        if found is None:
            recorded = self._recorded(raised.outcome.code)
            found = self._days[raised] = tuple(dict.fromkeys(self._beginnings.of(rule.condition, recorded=recorded) for rule in raised.rules))
        return found

    @cached_property
    def _days(self) -> dict[Reason, tuple[Date | None, ...]]:
        return {}

    @cached_property
    def _beginnings(self) -> Beginnings:
        return Beginnings(self.case, self.facts, said=self.verdicts.resolution.tables, on=self.on)

    def _recorded(self, code: SignalCode) -> Date | None:
        return next((event.since for event in self.case.events if event.code is code), None)

    def request(self) -> PlanRequest:
        """What planning has to know."""
        loan, said, conventions = self.case.loan, self.assessment, self.policy.conventions
        is_valued = "revaluation" in said.handed
        return PlanRequest(
            on=self.on,
            until=self.until,
            calendar=self.calendar,
            lead_days=conventions.periodic_lead_days,
            disbursed_on=loan.disbursed_on,
            matures_on=loan.matures_on,
            is_settled=loan.is_settled,
            first_window=said.first_window.outcome,
            first_reasons=said.first_window.ids,
            interval_months=said.interval.outcome,
            interval_reasons=said.interval.ids,
            triggers=tuple(self._open_triggers()),
            valued_on=self.case.collateral.valued_on,
            revaluation_is_due=is_due(said.revaluation),
            revaluation_since=self._recorded(SignalCode.REVALUATION_DUE),
            revaluation_months=conventions.revaluation_months if is_valued else None,
            revaluation_working_days=conventions.revaluation_working_days,
            revaluation_reasons=said.revaluation.ids,
            means=self.visits.of_kinds(),
            gaps=said.gaps,
            red_result_days=conventions.red_result_working_days,
            on_site_officers=conventions.on_site_officers,
            last_visits=LastVisits.of(self.case.visits, on=self.on),
        )

    def _open_triggers(self) -> Iterator[OpenTrigger]:
        if not self.assessment.triggers:
            return
        raised = {(reason.outcome.code, reason.outcome.level): reason for reason in self.assessment.signals}
        for asked in self.assessment.triggers:
            trigger: Trigger = asked.outcome
            signal = raised.get((trigger.code, trigger.level))
            since, *also_since = (None,) if signal is None else self._began(signal)
            yield OpenTrigger(
                trigger=trigger,
                since=since,
                also_since=tuple(also_since),
                means=self.visits.of_signal(Signal(trigger.code, level=trigger.level)),
                reasons=(*(() if signal is None else signal.ids), *asked.ids),
            )

    def recommendations(self, upcoming: Revisit | None) -> Iterator[Recommendation]:
        """What is recommended, *upcoming* being the next visit."""
        if not self.assessment.measures:
            return
        by = self._act_by(upcoming)
        for reason in self.assessment.measures:
            yield self.policy.assessments.recommendation(reason, self.policy.notes[reason.outcome], by=by)

    def _act_by(self, upcoming: Revisit | None) -> Date:
        """The last day to act: some working days after the decision by the level, else the next visit's closing."""
        days = self.policy.conventions.working_days_to_act(self.assessment.level)
        if days is None:
            return self.until if upcoming is None else upcoming.window.closes
        return self.policy.visit_reader.plan_memory.calendar(self.calendar).after(self.on, days)
