"""The result of a visit that was made: by what the case file says of it, when each of its four days is due, and how it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.visit import Visit
from revisit_policy.decision.deciding import CaseOnDay, heard
from revisit_policy.decision.due import Due
from revisit_policy.decision.policy_reader import PolicyReader
from revisit_policy.decision.question import Question, checked_case
from revisit_policy.decision.results.made_by import MadeBy
from revisit_policy.errors import InvalidInputError
from revisit_policy.outcomes.measure import ActionState
from revisit_policy.outcomes.results.layout import Layout
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.planning.duty import Duty, Owed
from revisit_policy.planning.means import Means
from revisit_policy.planning.plan import plan
from revisit_policy.planning.results.result_days import result_made
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months
from revisit_policy.values.labels import Labelled, OrderedLabelled
from revisit_policy.values.validation import fault


def result_of(policy: PolicyReader, visit: Visit, *, case: CaseFile, question: Question) -> Result:
    """The result of a *visit* of the *case*; see `RevisitPolicy.result_of`."""
    _check(visit, checked_case(case))
    that_day = tuple(each for each in case.visits if each.completed_on == visit.completed_on and each.reached_borrower)
    earlier = attrs.evolve(case, visits=tuple(each for each in case.visits if each.completed_on < visit.completed_on))
    _, _, calendar = question.days_for(policy)
    case.check(question.on)
    return result_made(
        _Made(heard(policy, earlier, question=question), visit, that_day).layout(),
        visit.completed_on,
        reached=(visit.reported_on, _determined_on(case, visit), _decided_on(case, visit), visit.told_on),
        on=question.on,
        calendar=policy.visit_reader.plan_memory.calendar(calendar),
        run_months=policy.conventions.classification_months,
    )


def _determined_on(case: CaseFile, visit: Visit) -> Date | None:
    """The day on which people determined the grade once the *visit* was made; ``None`` if they have not, or nobody recorded the day."""
    determined = case.determination
    is_later = determined.is_known and determined.on is not None and determined.on >= visit.completed_on
    return determined.on if is_later else None


#: What no measure becomes before somebody has approved it.
_APPROVED: Final = frozenset({ActionState.APPROVED, ActionState.BEGUN, ActionState.DONE})


def _decided_on(case: CaseFile, visit: Visit) -> Date | None:
    """The day of the first action that was approved once the *visit* was made; ``None`` if there is none."""
    return next((action.on for action in case.actions if action.state in _APPROVED and action.on >= visit.completed_on), None)


def _check(visit: Visit, case: CaseFile) -> None:
    given: object = visit
    if not isinstance(given, Visit):
        expected = Phrase("Visit", "a Visit")
    elif given not in case.visits:
        expected = Phrase("案卷中的回访", "a visit of the case file")
    elif not given.reached_borrower:
        expected = Phrase("联系上借款人的回访：未联系上的尝试没有结果", "a visit that reached the borrower: an attempt has no result")
    else:
        return
    raise InvalidInputError.of("result_of", [fault("visit", given, expected)])


@attrs.frozen(eq=False)
class _Made:
    """A visit that was made, beside what was owed on that day by what is known today.

    Args:
        hearing: The case as it is judged today, without the visit and what came after it.
        visit: The visit.
        that_day: What one call or journey was recorded as: the visit, and others of the same day.
    """

    hearing: CaseOnDay
    visit: Visit
    that_day: tuple[Visit, ...]

    def layout(self) -> Layout:
        """How long each day of its result may take: as planned, if it was made by the method planned, else as that method takes."""
        planned = self._planned(self.hearing.means_of)
        if planned is not None and planned.method == self._method:
            return Layout(planned.result.limits)
        by_method = MadeBy(self.hearing.policy.visit_reader, self.hearing.facts, self.hearing.verdicts.resolution, self._method)
        instead = self._planned(lambda due: by_method.of_kind(due.kind.kind, due.signal))
        return Layout.of(by_method.of_kind(self.visit.kind).parts) if instead is None else Layout(instead.result.limits)

    @property
    def _kinds(self) -> set[Labelled]:
        return {each.kind for each in self.that_day}

    @property
    def _method(self) -> OrderedLabelled:
        methods = [each.method for each in self.that_day if type(each.method) is type(self.visit.method)]
        return max(methods)

    def _planned(self, means_of: Callable[[Due], Means]) -> Revisit | None:
        """The visit that was owed on the day it was made, for what it is recorded as; ``None`` if nothing of that was owed."""
        hearing, on, memory = self.hearing, self.visit.completed_on, self.hearing.policy.visit_reader.plan_memory
        agenda = hearing.agenda()
        owed = tuple(
            then._replace(duty=Duty.of(hearing.order(due, means_of(due)), memory=memory))
            for due, now in zip(hearing.assessment.due, agenda.owed, strict=True)
            if due.kind.kind in self._kinds and (then := _by_then(now, due, on=on)) is not None
        )
        until = add_months(on, hearing.policy.conventions.horizon_months)
        schedule = plan(attrs.evolve(agenda, on=on, until=until, owed=owed, gaps=()), memory=memory)
        return next((found for found in schedule.all if not self._kinds.isdisjoint(found.serves)), None)


def _by_then(owed: Owed, due: Due, *, on: Date) -> Owed | None:
    """What was owed on that day: of a signal the reasons that had begun; ``None`` if none had."""
    if due.signal is None:
        return owed
    since = tuple(day for day in owed.since if day is None or day <= on)
    return owed._replace(since=since) if since else None
