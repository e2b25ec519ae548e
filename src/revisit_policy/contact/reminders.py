"""Reminders: what has to be done soon, is due, or is late, of many loans."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Protocol, TypeVar, runtime_checkable

import attrs

from revisit_policy.contact.reminder import RemindedOf, Reminder, Urgency
from revisit_policy.errors import InvalidInputError
from revisit_policy.outcomes.measure import ActionState
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.outcomes.window import Window
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import checked, fault, several, to_whole

Key = TypeVar("Key", bound=Hashable)
_DECISIONS = Phrase("若干决定，或按编号给出的每笔贷款的回访计划", "several decisions, or the schedule of every loan by its number")
_RESULTS = Phrase("按编号给出的每笔贷款的回访结果", "the result of a visit of every loan by its number")


@runtime_checkable
class Decided(Protocol):
    """What reminders read of a decision; any class with these will do."""

    @property
    def loan_no(self) -> str:
        """The bank's number of the loan."""

    @property
    def schedule(self) -> RevisitSchedule:
        """The visits, and what a desk has to do."""

    @property
    def measures(self) -> tuple[Recommendation, ...]:
        """What is recommended."""

    @property
    def measures_in_hand(self) -> tuple[Recommendation, ...]:
        """What somebody is at."""


@attrs.frozen
class _Owing:
    """What one loan has to do by which day: what it is, the day to aim at, the last day, and who has it."""

    of: RemindedOf
    what: Labelled
    aim: Date
    by: Date
    owners: tuple[Labelled, ...] = ()
    visit: Revisit | None = None


def reminders(
    decisions: Iterable[Decided] | Mapping[str, RevisitSchedule | Decided],
    on: str | Date,
    *,
    results: Mapping[str, Result | Iterable[Result]] | None = None,
    soon_days: int = 14,
    escalate_days: int = 10,
) -> tuple[Reminder, ...]:
    """What is due soon, due, late or to be escalated on a day: the most pressing first, then by day and loan.

    It is due from the day to aim at, late after its last day, and escalated when it has been late for so many days. A measure has no other
    day than its last, and what has been begun by then is not reminded of; of the choices of one step the first stands for all, and what is
    done all along until the next visit is that visit's. Of a result the first day that has not come is waited for: the others wait for
    it. What is not done yet stays in the list whatever day is asked about, so that no reminder is lost because nobody asked on its
    day. Projections rest on visits still to be made and are no duty yet.

    Args:
        decisions: Decisions, made for *on* or earlier; or the schedule of every loan by its number.
        on: The day of the reminders.
        results: By the numbers of loans how the result of a visit that was made stands, or those of several, as ``rulebook.result_of`` tells
            for *on* or earlier of each of ``case.untold_visits(on)``.
        soon_days: Calendar days before the day to aim at from which something is due soon.
        escalate_days: Calendar days late from which it is escalated.

    Raises:
        InvalidValueError: If an argument is malformed.
        InvalidInputError: If a schedule or a result was made for a later day, or a result is of a visit still to be made.

    Examples:
        >>> from revisit_policy.casefile.borrower import BorrowerProfile
        >>> from revisit_policy.casefile.case_file import CaseFile
        >>> from revisit_policy.casefile.loan import Loan
        >>> from revisit_policy.rulebooks import cn_housing
        >>> from revisit_policy.values.money import cny
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=95, arrears_as_of="2026-11-24",
        ... )
        >>> decision = cn_housing.rulebook.decide(CaseFile(loan=loan, borrower=BorrowerProfile("B-1")), on="2026-11-24")
        >>> found = reminders([decision], "2026-11-24")
        >>> print(found[0].text("en"))
        late, to be reported upwards · L-1 · first visit · 2024-06-13
    """
    day = to_date(on, field="on")
    soon, late = to_whole(soon_days, field="soon_days"), to_whole(escalate_days, field="escalate_days")
    owing = [*_of_decisions(decisions, day), *_of_results(results, day)]
    found = [reminder for loan_no, each in owing if (reminder := _reminder(loan_no, each, day=day, soon=soon, late=late)) is not None]
    return tuple(sorted(found, key=lambda reminder: (-reminder.urgency.severity, reminder.by, reminder.loan_no)))


def grouped(found: Iterable[Reminder], key: Callable[[Reminder], Key]) -> dict[Key, tuple[Reminder, ...]]:
    """Reminders by whatever the caller keys them by, such as a branch or an officer: the groups by their first reminder, each in order.

    Examples:
        >>> from revisit_policy.outcomes.visit import VisitKind
        >>> late = Reminder(
        ...     loan_no="L-1", of=RemindedOf.VISIT, what=VisitKind.FIRST, urgency=Urgency.LATE, by=Date(2026, 11, 20), days=-4,
        ... )
        >>> branches = {"L-1": "Tianhe"}
        >>> [(branch, len(members)) for branch, members in grouped([late], lambda reminder: branches[reminder.loan_no]).items()]
        [('Tianhe', 1)]
    """
    groups: dict[Key, list[Reminder]] = {}
    for reminder in found:
        groups.setdefault(key(reminder), []).append(reminder)
    return {each: tuple(members) for each, members in groups.items()}


def _reminder(loan_no: str, owing: _Owing, *, day: Date, soon: int, late: int) -> Reminder | None:
    days, ahead = owing.by.toordinal() - day.toordinal(), owing.aim.toordinal() - day.toordinal()
    if days < 0:
        urgency = Urgency.ESCALATED if -days >= late else Urgency.LATE
    elif ahead <= 0:
        urgency = Urgency.DUE
    elif ahead <= soon:
        urgency = Urgency.DUE_SOON
    else:
        return None
    return Reminder(
        loan_no=loan_no, of=owing.of, what=owing.what, urgency=urgency, by=owing.by, days=days, owners=owing.owners, visit=owing.visit
    )


def _of_decisions(decisions: Iterable[Decided] | Mapping[str, RevisitSchedule | Decided], day: Date) -> Iterator[tuple[str, _Owing]]:
    for loan_no, decided in _by_loan(decisions):
        schedule = decided if isinstance(decided, RevisitSchedule) else decided.schedule
        _check_day("schedules", schedule.on, day=day, loan_no=loan_no)
        for visit in schedule.all:
            if not visit.is_projection:
                yield loan_no, _windowed(visit.kind, visit.window, of=RemindedOf.VISIT, visit=visit)
        for duty in schedule.all_duties:
            yield loan_no, _windowed(duty.kind, duty.window, of=RemindedOf.DESK)
        if not isinstance(decided, RevisitSchedule):
            for step in _steps(decided):
                yield loan_no, step


def _by_loan(decisions: Iterable[Decided] | Mapping[str, RevisitSchedule | Decided]) -> Iterator[tuple[str, RevisitSchedule | Decided]]:
    if isinstance(decisions, Mapping):
        for loan_no, decided in decisions.items():
            yield loan_no, checked(decided, RevisitSchedule | Decided, field="decisions", expected=_DECISIONS)
        return
    for each in several(decisions, field="decisions", expected=_DECISIONS):
        found = checked(each, Decided, field="decisions", expected=_DECISIONS)
        yield found.loan_no, found


def _check_day(field: str, made: Date, *, day: Date, loan_no: str) -> None:
    if made > day:
        expected = Phrase("与 `{loan_no}` 的一样，作于{day}或更早", "made for {day} or earlier, as that of `{loan_no}`", day=day, loan_no=loan_no)
        raise InvalidInputError.of("reminders", [fault(field, str(made), expected)])


def _windowed(what: Labelled, window: Window, *, of: RemindedOf, visit: Revisit | None = None) -> _Owing:
    return _Owing(of, what, aim=window.due, by=window.missed_on or window.closes, visit=visit)


def _steps(decided: Decided) -> Iterator[_Owing]:
    taken: set[Labelled] = set()
    for step in (*decided.measures, *decided.measures_in_hand):
        waits_for_the_visit = step.since is None and not step.undated
        if step.by is None or waits_for_the_visit or _was_begun_in_time(step, step.by) or not taken.isdisjoint(step.instead_of):
            continue
        taken.add(step.measure)
        yield _Owing(RemindedOf.MEASURE, step.measure, aim=step.by, by=step.by, owners=() if step.owner is None else (step.owner,))


def _was_begun_in_time(step: Recommendation, by: Date) -> bool:
    return step.state is ActionState.BEGUN and step.acted_on is not None and step.acted_on <= by


def _of_results(results: Mapping[str, Result | Iterable[Result]] | None, day: Date) -> Iterator[tuple[str, _Owing]]:
    for loan_no, result in _each_result(results):
        progress = result.progress
        if progress is None:
            expected = Phrase("已完成的回访的结果（如 `{loan_no}`）", "of visits that were made, as that of `{loan_no}`", loan_no=loan_no)
            raise InvalidInputError.of("reminders", [fault("results", result, expected)])
        _check_day("results", progress.on, day=day, loan_no=loan_no)
        waiting = result.awaited
        if waiting is not None:
            yield loan_no, _Owing(RemindedOf.RESULT, waiting.day, aim=waiting.expected, by=waiting.latest, owners=waiting.owners)


def _each_result(results: Mapping[str, Result | Iterable[Result]] | None) -> Iterator[tuple[str, Result]]:
    for loan_no, given in checked(results or {}, Mapping, field="results", expected=_RESULTS).items():
        for result in (given,) if isinstance(given, Result) else several(given, field="results", expected=_RESULTS):
            yield loan_no, checked(result, Result, field="results", expected=_RESULTS)
