"""Two tables of an inspection report: the steps of a result, and the measures as far as they have come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from revisit_policy.decision.decision import Decision
from revisit_policy.language.words.wording import outcome_text
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.results.result_stage import ResultStage
from revisit_policy.reports import inspection_words as words
from revisit_policy.reports.page import Section
from revisit_policy.speech.joining import clauses, listed
from revisit_policy.values.dates import Date, text
from revisit_policy.values.labels import Label, Lang

if TYPE_CHECKING:
    from revisit_policy.reports.inspection_report import InspectionReport

_STEP = (words.STEP, words.ROLE, words.FROM, words.BY, words.REACHED, words.STATE, words.WAITS)
_MEASURE = (words.MEASURE, words.ROLE, words.SINCE, words.BY, words.STATE, words.REMARK)


def steps_of(report: InspectionReport, lang: Lang) -> Section:
    """Who does what until when: of the visit that was made, else of the next one."""
    upcoming = report.decision.schedule.next
    result: Result | None = report.result
    if result is None and upcoming is not None:
        result = upcoming.result
    if result is None:
        return Section(words.STEPS.text(lang))
    asked = [stage for stage in result.stages if stage.is_asked or not stage.day.severity]
    return Section(
        words.STEPS.text(lang),
        lines=(words.OF_THE_NEXT.text(lang),) if report.result is None else (),
        columns=_columns(_STEP, lang),
        rows=[_step(stage, lang) for stage in asked],
    )


def _columns(labels: tuple[Label, ...], lang: Lang) -> tuple[str, ...]:
    return tuple(label.text(lang) for label in labels)


def _step(stage: ResultStage, lang: Lang) -> tuple[str, ...]:
    nothing = words.NOTHING.text(lang)
    return (
        stage.day.label(lang),
        listed((owner.label(lang) for owner in stage.owners), lang) or nothing,
        _day(stage.starts_on, lang),
        _day(stage.latest, lang),
        _day(stage.reached_on, lang),
        nothing if stage.state is None else stage.state.label(lang),
        listed((whom.label(lang) for whom in stage.waits_for), lang) or nothing,
    )


def _day(day: Date | None, lang: Lang) -> str:
    return words.NOTHING.text(lang) if day is None else text(day, lang)


def measures_of(decision: Decision, lang: Lang) -> Section:
    """What is recommended and what is in hand, each with its owner, its days and how far it has come; below, what is not to be done."""
    steps = [*decision.measures, *decision.measures_in_hand]
    withheld = () if decision.is_settled or "measures" not in decision.verdicts else decision.verdicts["measures"].withheld
    lines = [] if steps else [words.NONE.text(lang)]
    if withheld:
        lines.append(words.WITHHELD.filled(lang, measures=outcome_text(withheld, lang)))
    return Section(words.MEASURES.text(lang), lines=lines, columns=_columns(_MEASURE, lang), rows=[_measure(step, lang) for step in steps])


def _measure(step: Recommendation, lang: Lang) -> tuple[str, ...]:
    nothing = words.NOTHING.text(lang)
    return (
        step.measure.label(lang),
        nothing if step.owner is None else step.owner.label(lang),
        _day(step.since, lang),
        _day(step.by, lang),
        _state(step, lang),
        clauses(_remarks(step, lang), lang) or nothing,
    )


def _state(step: Recommendation, lang: Lang) -> str:
    if step.state is None or step.acted_on is None:
        return words.RECOMMENDED.text(lang)
    course = words.COURSE.filled(lang, state=step.state.label(lang), on=text(step.acted_on, lang))
    return course if step.state.is_in_hand else words.AGAIN.filled(lang, state=course)


def _remarks(step: Recommendation, lang: Lang) -> Iterator[str]:
    if step.late:
        yield words.LATE.text(lang)
    if step.after:
        yield words.AFTER.filled(lang, after=listed((each.label(lang) for each in step.after), lang))
    if step.instead_of:
        yield words.OR.filled(lang, others=listed((each.label(lang) for each in step.instead_of), lang))
    if step.waits_for:
        yield words.WAITS_FOR.filled(lang, facts=listed((fact.text(lang) for fact in step.waits_for), lang))
    if step.precondition is not None:
        yield words.ON_CONDITION.filled(lang, text=step.precondition.text(lang))
