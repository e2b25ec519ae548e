"""Deciding: one case file, one day, one policy, one decision."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.people.action import Action, last_actions
from revisit_policy.decision.acting.steps import Cause, Days, Steps, began_by
from revisit_policy.decision.assessment import Assessment, Reason
from revisit_policy.decision.beginnings.beginning import Beginnings, measured_on
from revisit_policy.decision.checklist import record_beginning
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.doubts import doubts
from revisit_policy.decision.due import Due
from revisit_policy.decision.glance import Glance
from revisit_policy.decision.policy_reader import Identity, PolicyReader
from revisit_policy.decision.question import Question, checked_case
from revisit_policy.decision.visit_reader import VisitReading
from revisit_policy.language.fact import Fact
from revisit_policy.language.readers.generated import Resolution
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.verdicts.verdict import Verdicts
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.signal import Signal
from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.duties.owing import Owing
from revisit_policy.planning.duty import Duty, DutyOrder, Owed
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.means import Means
from revisit_policy.planning.plan import next_visit, planned
from revisit_policy.planning.today import Today
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.unchecked import unchecked
from revisit_policy.values.working_days import WorkCalendar

#: What is worked out here is sound: nothing of it has to be converted or checked once more.
_decision, _glance, _signal, _agenda = unchecked(Decision), unchecked(Glance), unchecked(Signal), unchecked(Agenda)


def decide(policy: PolicyReader, case: CaseFile, question: Question, *, identity: Identity) -> Decision:  # noqa: PLR0917 - policy, case, question: the order of the sentence
    """The decision of *policy* on *case*, in the name of its *identity*; see `RevisitPolicy.decide`."""
    hearing = heard(policy, case, question=question)
    owing = Owing(hearing.agenda(), hearing.today)
    undated = hearing.undated(owing)
    schedule = planned(owing, gaps=hearing.gaps(undated))
    recommended, in_hand = hearing.measures(schedule.next)
    return _decision(
        case=case,
        on=hearing.on,
        policy=identity.policy,
        version=identity.version,
        digest=identity.digest,
        edition=identity.edition,
        edition_label=identity.edition_label,
        languages=identity.languages,
        calendar=hearing.calendar.edition,
        verdicts=hearing.verdicts,
        assessment=hearing.assessment,
        signals=tuple(map(hearing.dated, hearing.assessment.worst_signals)),
        schedule=schedule,
        measures=recommended,
        measures_in_hand=in_hand,
        undated=undated,
        supplied=question.told,
        assuming=question.assuming,
    )


def glance(policy: PolicyReader, case: CaseFile, *, question: Question) -> Glance:
    """The grade of a *case* and its next visit, of the decision no more; see `RevisitPolicy.glance`."""
    hearing = heard(policy, case, question=question)
    owing, said = Owing(hearing.agenda(), hearing.today), hearing.assessment
    upcoming = next_visit(owing, gaps=hearing.gaps(hearing.undated(owing)))
    return _glance(on=hearing.on, grade=said.grade, grade_at_worst=said.grade_at_worst, level=said.level, next_visit=upcoming)


def agenda_of_case(policy: PolicyReader, case: CaseFile, *, question: Question) -> Agenda:
    """What the loan of a *case* owes by the *policy*; see `RevisitPolicy.agenda`."""
    return heard(policy, case, question=question).agenda()


def heard(policy: PolicyReader, case: CaseFile, *, question: Question) -> CaseOnDay:
    """The *case* as *policy* judges it on the day of the question."""
    days = on, _, _ = question.days_for(policy)
    question.check_supplied(policy.supplied)
    checked_case(case).check(on)
    policy.check_words(case)
    known, supplied = question.beside(case, policy) if case.own or question.supplied or policy.no_entries else (case, question.supplied)
    snapshot = policy.graph.extraction.snapshot(known, on=on, supplied=supplied, assuming=question.assuming)
    return CaseOnDay.of(case, snapshot, known=known, policy=policy, days=days)


def _code(due: Due) -> Labelled:
    """What nobody recorded the beginning of: the signal, the event, else what is due itself."""
    since = due.obligation.since
    if isinstance(since, Signal):
        return since.code
    return since if isinstance(since, Labelled) else due.obligation.kind


@attrs.frozen(kw_only=True, eq=False)
class CaseOnDay:
    """A case file as it is judged: its facts on the day, what the tables said of them, and the days of the answers."""

    policy: PolicyReader
    case: CaseFile
    known: CaseFile  # with the own facts that were supplied for this question
    on: Date
    until: Date
    calendar: WorkCalendar
    facts: Snapshot
    verdicts: Verdicts
    assessment: Assessment
    visits: VisitReading

    @classmethod
    def of(cls, case: CaseFile, facts: Snapshot, *, known: CaseFile, policy: PolicyReader, days: tuple[Date, Date, WorkCalendar]) -> CaseOnDay:
        """What *policy* says of the *facts* of a *case*; the *days* are the decision day, the horizon and the calendar."""
        on, until, calendar = days
        verdicts = policy.case_verdicts(facts)
        assessment = policy.assessments.of(verdicts.resolution, verdicts.facts.unknown)
        return _case_on_day(
            policy=policy,
            case=case,
            known=known,
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
        return _signal(code=signal.code, level=signal.level, since=self.since(raised))

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
        return Beginnings(self.known, self.facts, said=self.verdicts.resolution.tables, sayings=self.policy.sayings, on=self.on)

    def _recorded(self, code: Labelled) -> Date | None:
        return next((event.since for event in self.case.events if event.code == code), None)

    @property
    def today(self) -> Today:
        """The day as plans see it."""
        return Today.of(self.on, self.calendar, memory=self.policy.visit_reader.plan_memory)

    def agenda(self) -> Agenda:
        """What planning has to know."""
        loan, said = self.case.loan, self.assessment
        return _agenda(
            on=self.on,
            until=self.until,
            calendar=self.calendar,
            disbursed_on=loan.disbursed_on,
            matures_on=loan.matures_on,
            is_settled=loan.is_settled,
            owed=tuple(map(self._owed, said.due, self._duties())),
            last_visits=LastVisits.of(self.case.visits, on=self.on, apart=self.policy.at_desk),
            person_needed_since=loan.person_needed_since,
            gaps=said.gaps,
        )

    def _owed(self, due: Due, duty: Duty) -> Owed:
        begins, met, case, facts = due.begins, due.met, self.case, self.facts
        since = (self.on,) if due.begins_today else self._since(due) if begins is None else (begins(case, facts),)
        return Owed(duty, since, None if met is None else met(case, facts))

    def _duties(self) -> tuple[Duty, ...]:
        """The duties of all that is due, made once for all loans that owe it and meet it alike."""
        due, said_of, memory = self.assessment.due, self.visits.said_of, self.policy.visit_reader.plan_memory.duties
        said = [None if each.is_at_desk else said_of(each.kind.kind, each.signal) for each in due]
        key = (due, *[each.key for each in said if each is not None])
        found: tuple[Duty, ...] | None = memory.kept.get(key) or memory.find(key)
        return memory.keep(key, tuple(map(self._duty, due, said))) if found is None else found

    def _duty(self, due: Due, said: Resolution | None) -> Duty:
        """The duty, made once for all loans that owe it and meet it alike."""
        reader, kind = self.policy.visit_reader, due.kind.kind
        memory = reader.plan_memory
        key = (due, None if said is None else said.key)
        found: Duty | None = memory.duties.find(key)
        if found is None:
            means = reader.at_desk(kind) if said is None else reader.means(said, kind, code=None if due.signal is None else due.signal.code)
            found = memory.duties.keep(key, Duty.of(self.order(due, means), memory=memory))
        return found

    def undated(self, owing: Owing) -> tuple[Labelled, ...]:
        """The signals, and the kinds counted by a rule of their own, of which nobody recorded the beginning: their deadlines move with every day."""
        agenda = owing.agenda
        if agenda.is_settled or not [owed for owed in agenda.owed if None in owed.since]:
            return ()
        moving = owing.undated()
        codes = {_code(each) for each, owed in zip(self.assessment.due, agenda.owed, strict=True) if owed in moving}
        words = self.policy.vocabulary
        return tuple(word for word in (*words.signals, *words.purposes) if word in codes)

    def gaps(self, undated: tuple[Labelled, ...]) -> tuple[Label, ...]:
        """What the next visit looks after: what is unknown, since when what is *undated* has been there, and what is hard to believe."""
        return (*self.assessment.gaps, *map(record_beginning, undated), *doubts(self.case, self.on))

    def means_of(self, due: Due) -> Means:
        """How what is *due* is done, as the tables say it."""
        kind, signal = due.kind.kind, due.signal
        if due.is_at_desk:
            return self.policy.visit_reader.at_desk(kind)
        return self.visits.of_kind(kind) if signal is None else self.visits.of_signal(signal, kind=kind)

    def order(self, due: Due, means: Means) -> DutyOrder:
        """What the duty is made from that is *due* and done by these *means*."""
        figures, signal = self.policy.conventions, due.signal
        order = DutyOrder(due.kind, due.obligation.when, means, due.reasons, self.policy.vocabulary.officers_of(VisitMethod.ON_SITE))
        if signal is None:
            return order
        return order._replace(code=signal.code.value, red_result_days=figures.red_result_working_days if signal.level.is_last else None)

    def _since(self, due: Due) -> tuple[Date | None, ...]:
        """The first days of the reasons for what is *due*; ``None`` where nobody recorded one."""
        match due.obligation.since:
            case Signal() as signal:
                raised = next((reason for reason in self.assessment.signals if reason.outcome == signal), None)
                return (None,) if raised is None else self._began(raised)
            case None:
                return tuple(dict.fromkeys(self._beginnings.of(rule.condition, recorded=None) for rule in due.rules)) or (None,)
            case Labelled() as code:
                return (self._recorded(code),)
            case _:  # a fact, whose day is read as it is
                return (None,)

    def measures(self, upcoming: Revisit | None) -> tuple[tuple[Recommendation, ...], tuple[Recommendation, ...]]:
        """What is recommended and what is in hand, *upcoming* being the next visit; made once for all loans of a kind where nothing counts from a day."""
        said, actions = self.assessment, self.case.actions
        timeless = self.policy.assessments.timeless
        found = None if actions else timeless.find(said)
        if found is not None:
            return found, ()
        if not said.measures and not actions:
            return (), ()
        steps = self.steps(upcoming)
        recommended = steps.recommended
        if not actions and steps.are_timeless:
            timeless.keep(said, recommended)
        return recommended, steps.in_hand if actions else ()

    def steps(self, upcoming: Revisit | None) -> Steps:
        """What is recommended and what is in hand, *upcoming* being the next visit."""
        actions = last_actions(self.case.actions) if self.case.actions else {}
        days = Days(
            self.on,
            self.today.calendar,
            self.policy.working_days_to_act(self.assessment.level),
            self.until if upcoming is None else upcoming.window.closes,
        )
        return Steps(
            causes={reason.outcome: self._cause(reason, days, actions=actions) for reason in self.assessment.measures},
            actions={} if self.case.loan.is_settled else actions,
            order=self.policy.measure_order,
            days=days,
            lacks=self._lacks,
            made=self.policy.assessments.recommendation,
        )

    def _cause(self, reason: Reason, days: Days, *, actions: Mapping[Labelled, Action]) -> Cause:
        """What calls for a measure, since when where something counts from that, and how far it has come."""
        note, action = self.policy.notes[reason.outcome], actions.get(reason.outcome)
        since = self._called_for_since(reason) if actions or note.needs or days.is_counted(note) else None
        is_of_it = action is not None and (action.state.is_in_hand or began_by(since, action.on))
        return Cause(reason, note, since, action if is_of_it else None)

    def _called_for_since(self, reason: Reason) -> Date | None:
        """The first day of the rules that recommend a measure; those are asked of which some case file tells it."""
        dating = [self.policy.datable[rule_id] for rule_id in reason.ids if rule_id in self.policy.datable]
        return min((day for each in dating if (day := self._beginnings.of(each, recorded=None)) is not None), default=None)

    def _lacks(self, needs: tuple[Fact, ...], since: Date | None) -> tuple[Label, ...]:
        """Of the facts that a measure is decided on those that are unknown, or of a day before *since*."""
        return tuple(fact.label for fact in needs if self.facts[fact.name] is None or self._is_before(fact, since))

    def _is_before(self, fact: Fact, since: Date | None) -> bool:
        day = measured_on(fact, self.known)
        return since is not None and day is not None and day < since


_case_on_day = unchecked(CaseOnDay)
