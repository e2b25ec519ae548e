"""Results in words: a sentence for the borrower, a line for the manager."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.speech.english import counted
from revisit_policy.speech.joining import aside, clauses, headed, listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import text
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.validation import to_text
from revisit_policy.values.working_days import Basis

if TYPE_CHECKING:
    from revisit_policy.outcomes.results.classification_run import ClassificationRun
    from revisit_policy.outcomes.results.result import Result
    from revisit_policy.outcomes.results.result_stage import ResultStage

#: What the borrower is told.
THIS_VISIT: Final = Label("本次回访", "This visit")
MADE_VISIT: Final = Label("您{day}的回访", "Our visit of {day}")
BY: Final = Label("{visit}预计{expected}有结果，最迟{latest}", "{visit} should have its result by {expected}, by {latest} at the latest")
WITHIN: Final = Label(
    "{visit}一般在{days}内有结果（预计{expected}），最迟{latest}",
    "{visit} usually has its result within {days} (we expect {expected}), by {latest} at the latest",
)
PAPERS: Final = Label("如需补充材料，自补齐之日起算", "if papers are missing, the time counts from the day we have them all")
TOLD: Final = Label("{visit}的结果已于{day}告知您", "{visit}: we told you the result on {day}")
OVERDUE: Final = Label(
    "{visit}的结果原应不晚于{latest}告知您，尚未办结，我们正在加紧办理",
    "{visit} should have had its result by {latest}; it is not ready, and we are seeing to it",
)
ASK: Final = Label("您可拨打{ask}查询", "you can ask at {ask}")
#: What the manager sees.
EXPECTED: Final = Label("预计{expected}，最迟{latest}", "expected {expected}, by {latest} at the latest")
BY_ONE: Final = Label("不晚于{latest}", "by {latest}")
LIMIT: Final = Label("{state}（不晚于{latest}）", "{state} (by {latest})")
REACHED: Final = Label("{state}（{day}）", "{state} ({day})")
WAITS: Final = Label("等待{whom}", "waits for {whom}")
RUN: Final = Label("分类时点", "classification run")
RUN_DAY: Final = Label("{day}（{period}）", "{day} ({period})")
RUN_DAYS: Final = Label("{day}或{latest}（{period}）", "{day} or {latest} ({period})")
MONTHLY: Final = Label("月末", "end of a month")
QUARTERLY: Final = Label("季末", "end of a quarter")
YEARLY: Final = Label("年末", "end of the year")
EVERY: Final = Label("每{months}个月末", "end of every {months} months")
PROVISIONAL: Final = Label("含尚未公布放假安排的日期，暂定", "rests on days whose holidays are not announced yet")

_PERIODS: Final = {1: MONTHLY, 3: QUARTERLY, 12: YEARLY}
_STOP: Final = Label("。", ".")


def sentence_of(result: Result, lang: Lang, *, ask: str | None) -> str:
    """What the borrower is told of a *result*; see `Result.sentence`."""
    parts = list(_told(result, lang))
    if ask is not None:
        parts.append(ASK.filled(lang, ask=to_text(ask)))
    return clauses(parts, lang) + _STOP.text(lang)


def _told(result: Result, lang: Lang) -> Iterator[str]:
    progress, last = result.progress, result.told
    visit = THIS_VISIT.text(lang) if progress is None else MADE_VISIT.filled(lang, day=text(progress.completed_on, lang))
    if last.reached_on is not None:
        yield TOLD.filled(lang, visit=visit, day=text(last.reached_on, lang))
        return
    latest = text(result.latest, lang)
    if last.state is StageState.LATE:
        yield OVERDUE.filled(lang, visit=visit, latest=latest)
        return
    expected = text(result.expected, lang)
    if result.parts:
        days = sum(limit.working_days for limit in result.limits)
        yield WITHIN.filled(lang, visit=visit, days=_working_days(days), expected=expected, latest=latest)
    else:
        yield BY.filled(lang, visit=visit, expected=expected, latest=latest)
    yield PAPERS.text(lang)


def _working_days(days: int) -> Phrase:
    return Phrase(f"{days}个工作日", counted(str(days), "working days"))


def line_of(result: Result, lang: Lang) -> str:
    """What the manager sees of a *result*; see `Result.line`."""
    return clauses(_line(result, lang), lang)


def _line(result: Result, lang: Lang) -> Iterator[str]:
    for stage in result.stages:
        if stage.is_asked or not stage.day.severity:
            yield headed(stage.day.label(lang), _stage(stage, lang), lang)
    run = result.classification
    if run is not None:
        yield headed(RUN.text(lang), _run(run, lang), lang)
    if result.basis is Basis.PROVISIONAL:
        yield PROVISIONAL.text(lang)


def _stage(stage: ResultStage, lang: Lang) -> str:
    concerned = [owner.label(lang) for owner in stage.owners]
    if stage.waits_for and stage.reached_on is None:
        concerned.append(WAITS.filled(lang, whom=listed((whom.label(lang) for whom in stage.waits_for), lang)))
    days = _days(stage, lang)
    return aside(days, listed(concerned, lang), lang) if concerned else days


def _days(stage: ResultStage, lang: Lang) -> str:
    if stage.state is None and stage.expected == stage.latest:
        return BY_ONE.filled(lang, latest=text(stage.latest, lang))
    if stage.state is None:
        return EXPECTED.filled(lang, expected=text(stage.expected, lang), latest=text(stage.latest, lang))
    state = stage.state.label(lang)
    if stage.reached_on is not None:
        return REACHED.filled(lang, state=state, day=text(stage.reached_on, lang))
    return LIMIT.filled(lang, state=state, latest=text(stage.latest, lang))


def _run(run: ClassificationRun, lang: Lang) -> str:
    period = _PERIODS.get(run.months)
    named = EVERY.filled(lang, months=run.months) if period is None else period.text(lang)
    if run.latest == run.expected:
        return RUN_DAY.filled(lang, day=text(run.expected, lang), period=named)
    return RUN_DAYS.filled(lang, day=text(run.expected, lang), latest=text(run.latest, lang), period=named)
