"""Laws of whole decisions: every case file is decided with reasons, and every visit has a window that can be kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, Protocol

import attrs
from hypothesis import strategies as st

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.decision.decision import Decision
from revisit_policy.errors import InvalidValueError, LawBrokenError, OutsideCalendarError
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.laws.sampling import sampled
from revisit_policy.testing.strategies.case_files import case_files
from revisit_policy.testing.strategies.own_values import own_values
from revisit_policy.testing.subject import graph_of, policies_of
from revisit_policy.values.dates import Date, add_months
from revisit_policy.values.labels import Lang
from revisit_policy.values.working_days import Basis, WorkCalendar

#: Days on which cases are judged: a plain one, before and inside long holidays, the last confirmed one and one beyond.
DAYS: Final = (Date(2026, 6, 30), Date(2026, 2, 14), Date(2025, 10, 1), Date(2026, 12, 28), Date(2027, 3, 1))


class Decides(Protocol):
    """What decides a case file on a day: a policy or a rulebook."""

    def decide(self, case: CaseFile, *, on: Date) -> Decision:
        """The decision on *case* as of the day *on*."""


def check_decisions(policy: Decides, *, examples: int | None = None) -> None:
    """Return nothing if every case file is decided, the same when asked again, and explained in both languages.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If a case file is refused, decided differently when asked again, or not explained.
    """
    __tracebackhide__ = True

    def law(on: Date, case: CaseFile) -> None:
        decision = decided(policy, case, on)
        if policy.decide(case, on=on) != decision:
            broken_by(
                Phrase("纯粹", "pure"),
                expected=Phrase("再次询问决策相同", "the same decision when asked again"),
                got=Phrase("另一决策", "another"),
                case=case,
                on=on,
            )
        for lang in map(Lang.of, decision.languages):
            if not decision.explain(lang).strip():
                broken_by(
                    Phrase("完备", "total"),
                    expected=Phrase("`{lang}` 的说明", "an explanation in `{lang}`", lang=lang.value),
                    got=Phrase("无", "none"),
                    case=case,
                    on=on,
                )

    sampled_cases(policy, law, examples)


def check_windows(policy: Decides, *, examples: int | None = None) -> None:
    """Return nothing if the windows of every schedule can be kept.

    A window opens, is due and closes in this order; one that rests on confirmed days closes on a working day; a
    result is never expected before the earliest or after the latest day; visits close in their order, none after the
    horizon unless it is overdue; and from one periodic visit to the next it is never longer than the interval.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If a window cannot be kept.
    """
    __tracebackhide__ = True

    def law(on: Date, case: CaseFile) -> None:
        decision = decided(policy, case, on)
        for expected, got in _faults(decision, _calendar(policy)):
            broken_by(Phrase("可遵守", "keepable"), expected=expected, got=got, case=case, on=on)

    sampled_cases(policy, law, examples)


def sampled_cases(policy: Decides, law: Any, examples: int | None, *drawn: st.SearchStrategy[Any]) -> None:
    """Try *law* on days and case files as they stand on them, and on what else is *drawn*.

    Raises:
        InvalidValueError: If *policy* decides no case files.
    """
    if not callable(getattr(policy, "decide", None)):
        raise InvalidValueError(
            owner="", field="policy", value=policy, expected=Phrase("能判定案件的政策或规则手册", "a policy or a rulebook, which decides case files")
        )
    for policy_of_edition in policies_of(policy):
        graph_of(policy_of_edition)
    cases = st.sampled_from(DAYS).flatmap(lambda on: st.tuples(st.just(on), _with_own(policy, on)))
    sampled(lambda case, *more: law(*case, *more), cases, *drawn, examples=examples)


def _with_own(policy: Decides, on: Date) -> st.SearchStrategy[CaseFile]:
    """Case files with the bank's own facts, as far as *policy* reads any."""
    if not isinstance(policy, RevisitPolicy | Rulebook):
        return case_files(on=on, vocabulary=words_of(policy))
    return st.builds(lambda case, own: attrs.evolve(case, own=own), case_files(on=on, vocabulary=words_of(policy)), own_values(policy, on=on))


def words_of(policy: object) -> Vocabulary | None:
    """The words of a *policy*, in which its case files are; ``None`` of what has none, such as a stand-in."""
    words = getattr(policy, "words", None)
    return words if isinstance(words, Vocabulary) else None


def decided(policy: Decides, case: CaseFile, on: Date) -> Decision:
    """The decision of *policy* on *case*.

    Raises:
        LawBrokenError: If the case file is refused.
    """
    try:
        return policy.decide(case, on=on)
    except Exception as error:
        broken_by(
            Phrase("完备", "total"),
            expected=Phrase("每个案件均有决策", "a decision on every case file"),
            got=f"{type(error).__name__}: {error}",
            case=case,
            on=on,
        )
        raise


def _calendar(policy: Any) -> WorkCalendar:
    newest: Any = policies_of(policy)[-1]  # one without a calendar has refused every case by now
    calendar: WorkCalendar = newest.calendar
    return calendar


def broken_by(law: str, *, expected: str, got: str, case: CaseFile, on: Date) -> None:
    """Raise that *law* does not hold for *case*, in a form that pastes back.

    Raises:
        LawBrokenError: Always.
    """
    error = LawBrokenError(law=law, expected=expected, got=got)
    error.ours = [f"on = {str(on)!r}", f"case = {case!r}"]  # type: ignore[attr-defined] # as in `sampling`
    raise error


def _faults(decision: Decision, calendar: WorkCalendar) -> Iterator[tuple[str, str]]:
    """What is wrong with the windows of *decision*: what was expected, and what came."""
    schedule = decision.schedule
    for visit in schedule.all:
        yield from _window_faults(visit, calendar)
        if not visit.is_overdue and visit.window.closes > schedule.until:
            yield f"a {visit.kind.value} visit that closes by {schedule.until}", str(visit.window.closes)
    for earlier, later in pairwise(schedule.revisits):
        if later.window.closes < earlier.window.closes:
            yield f"visits in the order in which they close, the next after {earlier.window.closes}", str(later.window.closes)
    periodic = [visit.window.closes for visit in schedule.all if VisitKind.PERIODIC in (visit.kind, *visit.serves)]
    for earlier_day, later_day in pairwise(periodic):
        last = None if decision.interval_months is None else add_months(earlier_day, decision.interval_months)
        if last is None or later_day > last:
            yield f"the periodic visit after {earlier_day} by {last}, {decision.interval_months} months later", str(later_day)


def _window_faults(visit: Revisit, calendar: WorkCalendar) -> Iterator[tuple[str, str]]:
    window, result = visit.window, visit.result
    if not window.opens <= window.due <= window.closes:
        yield "a window that opens, is due and closes in this order", f"{window.opens}, {window.due}, {window.closes}"
    if window.basis is Basis.CONFIRMED and not _is_working(window.closes, calendar):
        yield f"a {visit.kind.value} visit that closes on a working day", str(window.closes)
    if not result.earliest <= result.expected <= result.latest:
        yield "a result expected between its earliest and its latest day", f"{result.earliest}, {result.expected}, {result.latest}"
    for earlier, later in pairwise(result.stages):
        if not (earlier.earliest <= later.earliest and earlier.expected <= later.expected and earlier.latest <= later.latest):
            yield f"a day for `{later.day.value}` on or after that for `{earlier.day.value}`, {earlier.expected}", str(later.expected)


def _is_working(day: Date, calendar: WorkCalendar) -> bool:
    try:
        return calendar.is_working(day)
    except OutsideCalendarError:
        return False
