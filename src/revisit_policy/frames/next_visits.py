"""The next visit of every row, planned by the single decision itself.

When a visit is due depends on the first days of signals, on what each of them asks for, and on which visits one visit can
serve. That is planned row by row in Python, on case files made of the rows that `decide` has found sound.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar, Unpack

import attrs
import narwhals as nw

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.errors import InvalidValueError
from revisit_policy.frames.answers import EDITION
from revisit_policy.frames.binding import Layout
from revisit_policy.frames.deciding import decided
from revisit_policy.frames.engine import names_of, opened, whole_rows, with_columns
from revisit_policy.frames.output import Trace, next_visit_outputs
from revisit_policy.frames.sound_cases import SoundCases
from revisit_policy.frames.subject import Subject, subject_of
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.planning.plan import first_planned
from revisit_policy.policy.deciding import CaseOnDay
from revisit_policy.policy.question import Question
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.values.dates import Date
from revisit_policy.values.working_days import WorkCalendar

Frame = TypeVar("Frame")

_OURS: Final = "decided__"
_NOTHING: Final = (None,) * len(next_visit_outputs())


def next_visits(  # noqa: PLR0913 - all that a schedule depends on
    policy: RevisitPolicy | Rulebook,
    frame: Frame,
    *,
    on: str | dt.date,
    until: str | dt.date | None = None,
    calendar: WorkCalendar | None = None,
    currency: str = "CNY",
    prefix: str = "",
    **layout: Unpack[Layout],
) -> Frame:
    """*frame* with the next visit of every row beside it, as the single decision plans it.

    The added columns are ``next_kind`` and ``next_method`` (places, for `label`), ``next_opens``, ``next_due``,
    ``next_closes``, ``next_missed_on`` (the deadline, if it has passed), ``next_officers``, ``result_earliest``,
    ``result_expected``, ``result_latest``, and ``act_by``, by when measures are to be taken, if there are any. A row that
    cannot be decided has nulls in all of them, and so has one of which no visit is due up to the horizon.

    This plans one row after the other in Python and needs the frame in memory: `decide` the book first, on its own engine,
    and plan what the day's work is about.

    Args:
        policy: What decides.
        frame: A polars or pandas DataFrame or a pyarrow Table. Beside the columns of ``schema(policy, visits=True)``
            nothing is read.
        on: The decision day.
        until: The last day of the schedule, inclusive; the horizon of the policy if ``None``.
        calendar: The working days; the policy's own if ``None``.
        currency: ISO 4217 code of all amounts.
        prefix: What the names of the added columns begin with.
        layout: How the frame is written, as for `decide`.

    Raises:
        InvalidInputError: If columns are missing or of another type, or names are taken, all of them together.
        InvalidValueError: If it is no frame in memory.
    """
    given = opened(frame)
    if not isinstance(given, nw.DataFrame):
        expected = "in memory: collect it, or hand over one slice after the other"
        raise InvalidValueError(owner="", field="frame", value=type(frame).__name__, expected=expected)
    question = Question(on=on, until=until, calendar=calendar)
    subject = attrs.evolve(subject_of(policy), plans_visits=True)
    judged = decided(subject, frame, on=question.on, trace=Trace.NONE, prefix=_OURS, layout=layout)
    cases = SoundCases.of(names_of(given), currency=currency, layout=layout)
    supplied = {name for edited in subject.editions if edited.policy for name in edited.policy.supplied} & set(names_of(given))
    planner = Planner(subject, question, cases)
    rows = whole_rows(opened(judged).select(_OURS + EDITION, *dict.fromkeys((*cases.columns, *supplied))))
    columns = list(zip(*map(planner.cells, rows), strict=True)) or [()] * len(_NOTHING)
    outputs = next_visit_outputs()
    added = {prefix + output.name: (output, list(cells)) for output, cells in zip(outputs, columns, strict=True)}
    result: Frame = with_columns(given, added)
    return result


@attrs.frozen(eq=False)
class Planner:
    """Plans the next visit of one row after the other."""

    subject: Subject
    question: Question
    cases: SoundCases

    def cells(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """The cells of `output.next_visit_outputs` for a *row* that has been judged."""
        place = row[_OURS + EDITION]
        if place is None:
            return _NOTHING
        policy = self.subject.editions[place].policy
        assert policy is not None  # noqa: S101 - a subject of policies
        question = self.question
        if policy.supplied:
            question = attrs.evolve(question, supplied={name: row.get(name) for name in policy.supplied})
        hearing = heard(policy, self.cases.case(row), question)
        upcoming = first_planned(hearing.request())
        act_by = next((_plain(measure.by) for measure in hearing.recommendations(upcoming)), None)
        return (*_NOTHING[1:], act_by) if upcoming is None else (*_cells(upcoming), act_by)


def heard(policy: RevisitPolicy, case: CaseFile, question: Question) -> CaseOnDay:
    """The case on its day, up to the point where visits are planned."""
    on, until, calendar = question.days_for(policy)
    snapshot = policy.graph.extraction.snapshot(case, on=on, supplied=question.supplied, assuming=question.assuming)
    verdicts = policy.case_verdicts(snapshot)
    return CaseOnDay(
        policy=policy,
        case=case,
        on=on,
        until=until,
        calendar=calendar,
        facts=snapshot,
        assessment=policy.assessments[verdicts.resolution, verdicts.facts.unknown],
        visits=policy.visit_reader.reading(snapshot, verdicts.resolution),
    )


def _cells(visit: Revisit) -> Iterator[Any]:
    outputs, window, result = next_visit_outputs(), visit.window, visit.result_due
    yield outputs[0].items.index(visit.kind)
    yield visit.method.severity
    yield from map(_plain, (window.opens, window.due, window.closes, window.missed_on))
    yield visit.officers
    yield from map(_plain, (result.earliest, result.expected, result.latest))


def _plain(day: Date | None) -> dt.date | None:
    return None if day is None else dt.date(day.year, day.month, day.day)
