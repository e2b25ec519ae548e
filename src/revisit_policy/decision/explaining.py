"""Explaining: a decision as plain text and as HTML, Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from revisit_policy.decision.acting.telling import told_measures
from revisit_policy.decision.grading.telling import grading_lines
from revisit_policy.decision.grading.worsening import worsened
from revisit_policy.decision.seats.in_figures import PLANNED
from revisit_policy.decision.seats.shape import seats_of
from revisit_policy.language.fold import Status
from revisit_policy.language.words.explanation import summarise_verdict
from revisit_policy.language.words.footnotes import Footnotes
from revisit_policy.language.words.wording import outcome_text
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.outcomes.window import Window
from revisit_policy.speech.english import counted
from revisit_policy.speech.joining import clauses, listed, sentences
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import text
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.outline import folded, outline
from revisit_policy.values.working_days import Basis

if TYPE_CHECKING:
    from revisit_policy.decision.decision import Decision

HEADING: Final = Label("贷款 {loan}，决策日 {on}", "Loan {loan}, decided for {on}")
POLICY: Final = Label(
    "政策 {policy} {version}（{digest}），日历 {calendar}", "policy {policy} {version} ({digest}), calendar {calendar}"
)
ID: Final = Label("版本 {edition}", "edition {edition}")
FOOT: Final = Label("编号所指", "What the numbers stand for")
EDITION: Final = Label("版本：{edition}", "edition: {edition}")
PROPOSAL: Final = Label("本决策为建议，须经有权人员认定", "a proposal: a person decides")
GRADE: Final = Label("风险分类：{grade}", "Grade: {grade}")
AT_WORST: Final = Label("（缺失信息补齐后最差可能为{grade}）", "(at worst, once what is missing is known: {grade})")
SIGNALS: Final = Label("预警：{signals}", "Warnings: {signals}")
NONE: Final = Label("无", "none")
UNDATED: Final = Label(
    "起始日无人记录，期限自查询日起算、逐日顺延，登记事件后方固定：{signals}",
    "Nobody recorded since when, so that the deadline moves with every day of asking until an event is recorded: {signals}",
)
UNANCHORED: Final = Label(
    "逾期天数未注明截至日，按查询日计；同一案卷改日再查，据此起算的日期随之推移",
    "The days past due are of no day and count as of the day asked: with the same case file, what counts from them moves with every day of asking",
)
UNANCHORED_OWN: Final = Label(
    "未注明截至日，按查询日计，据此起算的日期逐日顺延：{facts}",
    "Of no day and counted as of the day asked, so that what counts from it moves with every day of asking: {facts}"
)
SETTLED: Final = Label("本息已结清，不作任何要求", "Nothing is owed and nothing is past due: nothing is asked")
INTERVAL: Final = Label("回访间隔：{months}", "Interval: {months}")
SHORTEST: Final = Label(
    "（信息未齐，取仍可能的最短间隔；补齐后最长为{months}个月）", "(the shortest still possible; up to {months} once what is missing is known)"
)
NEXT: Final = Label("下次回访：", "Next visit:")
NO_VISIT: Final = Label("无须安排回访", "no visit is due")
AT_ONCE_NOW: Final = Label("应立即回访：", "To be made at once:")
LATER: Final = Label("其后安排：", "After that:")
MORE: Final = Label("至{until}另有{count}次", "and {count} more until {until}")
VISIT: Final = Label(
    "{kind}，{opens}至{closes}之间（建议完成日{due}），方式：{method}，{officers}人",
    "{kind} between {opens} and {closes} (aim at {due}), {method}, officers: {officers}",
)
ON_ONE_DAY: Final = Label("{kind}，{closes}当日，方式：{method}，{officers}人", "{kind} on {closes}, {method}, officers: {officers}")
AT_ONCE: Final = Label("{kind}，不晚于{closes}立即开展，方式：{method}，{officers}人", "{kind} by {closes}, {method}, officers: {officers}")
MISSED: Final = Label("（按今日情况推算，期限为{day}；当时未必应办）", "(by today's terms the day was {day}, though nobody need have owed it then)")
RESULT: Final = Label(
    "结果：最早{earliest}，预计{expected}，最迟{latest}", "result: {earliest} at the earliest, {expected} as expected, {latest} at the latest"
)
PROVISIONAL: Final = Label("（含尚未公布放假安排的日期，暂定）", "(rests on days whose holidays are not announced yet)")
PROJECTION: Final = Label("（预测）", "(foreseen)")
CHECKLIST: Final = Label("核查清单：{items}", "checklist: {items}")
BECAUSE: Final = Label("依据规则：{rules}", "by the rules: {rules}")
DUTIES: Final = Label("后台事项：", "To be done at a desk:")
DUTY: Final = Label("{kind}：不晚于{by}", "{kind} by {by}")
FINDINGS: Final = Label("发放合规检查：{findings}", "Check of the grant: {findings}")

#: How many later visits an explanation lists; the schedule has them all.
SHOWN: Final = 6

#: The tables of which every outcome asks for a visit or a duty of its own, while one plan answers them all.
_PLANNED_TOGETHER: Final = ("triggers", "obligations")

REASONS: Final = Label("各表结论与理由", "What every table says and why")
UNMOVED: Final = Label("其余各表无规则成立，按默认结论：", "Of the other tables no rule holds, so that their defaults apply:")
SAYS: Final = Label("{table}：{outcome}", "{table}: {outcome}")
TOGETHER: Final = Label(
    "以上为各规则分别的要求；合并后的安排如上文所列，以最早的期限为准",
    "each as its rule asks for it; what is planned stands above, by the earliest of the deadlines",
)


def explain_decision(decision: Decision, lang: Lang) -> str:
    """*decision* in words: first what is to be done, then every table with its reasons; ids and digests stand at the foot, by number."""
    notes = Footnotes()
    lines = [*_summary(decision, lang), *_schedule(decision, lang, notes=notes)]
    lines += [*told_measures(decision, lang, notes=notes), *_replan(decision, lang, notes=notes)]
    verdicts = list(_verdicts(decision, lang, notes=notes))
    foot = [FOOT.filled(lang), *(f"  {line}" for line in (identity(decision, lang), *notes.told()))]
    return "\n".join([*lines, "", REASONS.filled(lang), "", "\n\n".join(verdicts), "", *foot])


def identity(decision: Decision, lang: Lang) -> str:
    """What the decision was made by, as machines know it: the policy with its digest, the calendar, and the editions."""
    policy = POLICY.filled(lang, policy=decision.policy, version=decision.version, digest=decision.digest[:12], calendar=decision.calendar)
    editions = [] if decision.edition is None else [decision.edition]
    editions += [] if decision.replan is None else [decision.replan.before]
    return clauses([policy, *(ID.filled(lang, edition=edition) for edition in editions)], lang)


def _verdicts(decision: Decision, lang: Lang, *, notes: Footnotes) -> Iterator[str]:
    """What every table says and why; those of which no rule holds or may hold on one line together."""
    unmoved = []
    for name in _as_they_speak(decision):
        verdict = decision.verdicts[name]
        if verdict.fired or verdict.withheld or verdict.status is not Status.DECIDED:
            told = summarise_verdict(verdict, lang, notes=notes)
            is_planned = name in _PLANNED_TOGETHER and len(verdict.outcome) > 1
            yield f"{told}\n  {TOGETHER.filled(lang)}" if is_planned else told
        else:
            unmoved.append(SAYS.filled(lang, table=verdict.table.label.text(lang), outcome=outcome_text(verdict.outcome, lang)))
    if unmoved:
        yield f"{UNMOVED.filled(lang)}\n  {clauses(unmoved, lang)}"


def _as_they_speak(decision: Decision) -> list[str]:
    """The ids of the tables, those of a bank's own last; when the first visit was to be made is told until it was made."""
    seats = [seat.id for seat in seats_of(decision.verdicts)]
    told = [*seats, *(name for name in decision.verdicts if name not in seats)]
    has_been_visited = any(visit.kind == VisitKind.FIRST for visit in decision.case.visits)
    return [name for name in told if name != "first_window" or not has_been_visited]


def _summary(decision: Decision, lang: Lang) -> Iterator[str]:
    yield HEADING.filled(lang, loan=decision.loan_no, on=text(decision.on, lang))
    if decision.edition_label is not None:
        yield "  " + EDITION.filled(lang, edition=decision.edition_label.text(lang))
    yield f"  {PROPOSAL.filled(lang)}"
    if decision.is_settled:
        yield SETTLED.filled(lang)
    yield _grade(decision, lang)
    determination = decision.case.determination
    yield from grading_lines(determination, worsened=worsened(decision.verdicts["grade"], determination), upgrade=decision.upgrade, lang=lang)
    if "signals" in decision.verdicts:
        signals = clauses((signal.label(lang) for signal in decision.signals), lang)
        yield SIGNALS.filled(lang, signals=signals or NONE.filled(lang))
    yield from _moving(decision, lang)
    if decision.interval_months is not None:
        yield _interval(decision.interval_months, lang, longest=max(decision.verdicts["interval"].candidates))
    if decision.origination:
        yield FINDINGS.filled(lang, findings=outcome_text(decision.origination, lang))


def _moving(decision: Decision, lang: Lang) -> Iterator[str]:
    """What moves with every day of asking, because nobody said of which day it is."""
    if decision.undated:
        yield UNDATED.filled(lang, signals=listed((code.label(lang) for code in decision.undated), lang))
    if not decision.case.loan.is_dated:
        yield UNANCHORED.filled(lang)
    if own := decision.own_counts_from_asking:
        yield UNANCHORED_OWN.filled(lang, facts=listed((fact.label.text(lang) for fact in own), lang))


def _grade(decision: Decision, lang: Lang) -> str:
    parts = [GRADE.filled(lang, grade=outcome_text(decision.grade, lang))]
    if decision.grade_at_worst != decision.grade:
        parts.append(AT_WORST.filled(lang, grade=outcome_text(decision.grade_at_worst, lang)))
    return sentences(parts, lang)


def _interval(months: int, lang: Lang, *, longest: int) -> str:
    parts = [INTERVAL.filled(lang, months=Phrase(f"{months}个月", counted(str(months), "months")))]
    if longest > months:
        parts.append(SHORTEST.filled(lang, months=longest))
    return sentences(parts, lang)




def _schedule(decision: Decision, lang: Lang, *, notes: Footnotes) -> Iterator[str]:
    schedule = decision.schedule
    if not PLANNED & decision.verdicts.keys():  # of a policy that plans nothing nothing is said about visits
        return
    yield from _visits(schedule, lang, notes=notes)
    yield from _duties(schedule, lang, notes=notes)


def _visits(schedule: RevisitSchedule, lang: Lang, *, notes: Footnotes) -> Iterator[str]:
    if schedule.next is None:
        yield sentences([NEXT.filled(lang), NO_VISIT.filled(lang)], lang)
        return
    yield (AT_ONCE_NOW if schedule.overdue else NEXT).filled(lang)
    for visit in schedule.overdue or schedule.revisits[:1]:
        yield from _visit(visit, lang, notes=notes)
    later = schedule.revisits if schedule.overdue else schedule.revisits[1:]
    if later:
        yield LATER.filled(lang)
        yield from ("  " + _visit_line(visit, lang) for visit in later[:SHOWN])
    if len(later) > SHOWN:
        yield "  " + MORE.filled(lang, count=len(later) - SHOWN, until=text(schedule.until, lang))


def _duties(schedule: RevisitSchedule, lang: Lang, *, notes: Footnotes) -> Iterator[str]:
    if schedule.all_duties:
        yield DUTIES.filled(lang)
    for duty in schedule.all_duties:
        line = DUTY.filled(lang, kind=duty.kind.label(lang), by=text(duty.by, lang))
        late = [] if duty.window.missed_on is None else [MISSED.filled(lang, day=text(duty.window.missed_on, lang))]
        yield "  " + sentences([line, *late, *_provisional(duty.window.basis, lang)], lang)
        yield "    " + BECAUSE.filled(lang, rules=notes.numbers(duty.reasons))


def _visit(visit: Revisit, lang: Lang, *, notes: Footnotes) -> Iterator[str]:
    yield "  " + _visit_line(visit, lang)
    if visit.result.parts:
        yield "    " + _result(visit.result, lang)
        yield "    " + visit.result.line(lang)
    if visit.checklist:
        yield "    " + CHECKLIST.filled(lang, items=clauses((item.text(lang) for item in visit.checklist), lang))
    if visit.reasons:
        yield "    " + BECAUSE.filled(lang, rules=notes.numbers(visit.reasons))


def _result(result: Result, lang: Lang) -> str:
    days = RESULT.filled(
        lang,
        earliest=text(result.earliest, lang), expected=text(result.expected, lang), latest=text(result.latest, lang)
    )
    return sentences([days, *_provisional(result.basis, lang)], lang)


def _visit_line(visit: Revisit, lang: Lang) -> str:
    window = visit.window
    kinds = ("兼" if lang is Lang.ZH else " + ").join(kind.label(lang) for kind in visit.serves or (visit.kind,))
    line = _template(window).filled(
        lang,
        kind=kinds,
        opens=text(window.opens, lang),
        closes=text(window.closes, lang),
        due=text(window.due, lang),
        method=visit.method.label(lang),
        officers=visit.officers,
    )
    marks = [] if window.missed_on is None else [MISSED.filled(lang, day=text(window.missed_on, lang))]
    marks += [PROJECTION.filled(lang)] if visit.is_projection else []
    return sentences([line, *marks, *_provisional(window.basis, lang)], lang)


def _template(window: Window) -> Label:
    if window.missed_on is not None:
        return AT_ONCE  # since when it could have been made no longer matters
    return ON_ONE_DAY if window.opens == window.closes else VISIT


def _provisional(basis: Basis, lang: Lang) -> tuple[str, ...]:
    return (PROVISIONAL.filled(lang),) if basis is Basis.PROVISIONAL else ()


def _replan(decision: Decision, lang: Lang, *, notes: Footnotes) -> Iterator[str]:
    if decision.replan is not None:
        before, after = (label.text(lang) for label in decision.replan.labels)
        yield from decision.replan.told(lang, before=before, after=after, numbered=notes.numbers)


# -- HTML ------------------------------------------------------------------------------------------------------------


def decision_html(decision: Decision, lang: Lang) -> str:
    """The sentences of :func:`explain_decision` as HTML that needs no style sheet, reasons and all visits to be unfolded."""
    first, heading, *tables = explain_decision(decision, lang).split("\n\n")
    said = outline(first.split("\n")[1:])
    reasons = folded(heading, outline(line for table in tables for line in table.split("\n")))
    return f"{said}{decision.schedule.to_html(lang) if decision.schedule.all else ''}{reasons}"
