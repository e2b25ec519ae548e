"""One page: what a branch manager reads of a decision and signs. Everything else stands in the annex, which `explain` is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import attrs

from revisit_policy.decision.explaining import identity
from revisit_policy.language.words.wording import outcome_text
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.results.result_stage import ResultStage
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.turnaround import ResultDay
from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.speech.joining import aside, clauses, headed, listed, one_of
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.dates import text
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.outline import INDENT, folded, outline

if TYPE_CHECKING:
    from revisit_policy.decision.decision import Decision

#: What the page may have in either language.
MOST_LINES: Final = 30
#: How many characters it may have in Chinese; another language takes three times as many for the same.
MOST_CHARACTERS: Final = 700
OTHERS_TAKE: Final = 3

TITLE: Final = Label("贷后回访意见 {loan} {on}（系统建议，须认定）", "Post-loan review, {loan}, {on} (a proposal: a person decides)")
SETTLED: Final = Label("本息已结清，不作任何要求", "Nothing is owed: nothing is asked")
CONCLUSION: Final = Label("结论", "Conclusion")
GRADE: Final = Label("风险分类{grade}", "grade {grade}")
AT_WORST: Final = Label("信息补齐后最差可能为{grade}", "at worst {grade}, once what is missing is known")
AS_BEFORE: Final = Label("与上次认定（{grade}）相同", "as last determined ({grade})")
WORSE: Final = Label("较上次认定（{grade}）下调", "worse than last determined ({grade})")
BY_WHOM: Final = Label("须{owners}认定", "to be determined by {owners}")
WARNINGS: Final = Label("预警", "Warnings")
MORE: Final = Label("另有{count}项", "{count} more")
NONE: Final = Label("无", "none")
NEXT: Final = Label("下一步", "Next step")
VISIT: Final = Label("{kind}，{method}，由{officers}人进行，不晚于{by}", "{kind}, {method}, made by a person (officers: {officers}), by {by}")
AT_A_DESK: Final = Label("{kind}，{method}，由后台进行，不派人员，不晚于{by}", "{kind}, {method}, made by the desk and by no officer, by {by}")
LATE: Final = Label("已逾期", "late")
AT_ONCE: Final = Label("须立即开展", "at once")
LOOK_AT: Final = Label("查：{items}", "to find out: {items}")
MEASURES: Final = Label("建议措施", "Measures")
BY: Final = Label("不晚于{by}", "by {by}")
AFTER: Final = Label("先办结{after}", "once done: {after}")
NO_DAY: Final = Label("无期限", "no deadline")
PROVIDED: Final = Label("前提：{text}", "provided: {text}")
BARRED: Final = Label("不得采取", "Not to be done")
MISSING: Final = Label("尚缺信息", "Missing")
RESULT: Final = Label("结果时间", "Result")
RESULT_DAY: Final = Label("{day}不晚于{by}", "{day} by {by}")
BASIS: Final = Label("依据", "Basis")
SIGNED: Final = Label("经办：　　　复核：　　　认定：　　　日期：", "Prepared:        Checked:        Determined:        Date:")


@attrs.frozen(kw_only=True)
class _Room:
    """How much of everything is told. A fuller page is tried first; the last one always fits, because its lines are cut.

    Args:
        items: How many items a list has.
        sources: How many sources stand at the foot.
        has_conditions: Whether measures tell on what condition they are taken.
        longest: How many characters a line may have; ``None`` for as many as it takes.
    """

    items: int
    sources: int
    has_conditions: bool = False
    longest: int | None = None


_ROOMS: Final = (
    _Room(items=5, sources=4, has_conditions=True),
    _Room(items=3, sources=3, has_conditions=True),
    _Room(items=3, sources=3),
    _Room(items=2, sources=2),
    _Room(items=1, sources=1),
    _Room(items=1, sources=1, longest=MOST_CHARACTERS // 20),
)
_WARNINGS, _MEASURES = 3, 5
_RANKS: Final = tuple(Standing)
_NUMBERED: Final = re.compile(r"\d+\. |\[\d+\] ")


def one_page(decision: Decision, lang: Lang) -> str:
    """*decision* on one page; see `Decision.one_page`."""
    most = MOST_CHARACTERS if lang == Lang.ZH else MOST_CHARACTERS * OTHERS_TAKE
    *fuller, last = ("\n".join(_Page(decision, lang, room=room).lines()) for room in _ROOMS)
    return next((page for page in fuller if len(page) <= most and page.count("\n") < MOST_LINES), last)


def one_page_html(decision: Decision, lang: Lang) -> str:
    """The sentences of `one_page` as HTML; see `Decision.one_page_html`."""
    title, *lines = one_page(decision, lang).split("\n")
    under = outline(f"{INDENT}{line}" if _NUMBERED.match(line) else line for line in lines)
    return folded(title, under, lang=lang, is_open=True, title=identity(decision, lang))


class _Page:
    """The page of one decision in one language and in so much room."""

    def __init__(self, decision: Decision, lang: Lang, *, room: _Room) -> None:
        self.decision, self.lang, self.room = decision, lang, room
        self._cited: list[Citation] = []

    def lines(self) -> list[str]:
        """The page, line by line; what it rests on is at the foot, by the numbers that stand behind what rests on it."""
        decision, lang = self.decision, self.lang
        body = [TITLE.filled(lang, loan=decision.loan_no, on=text(decision.on, lang)), *self._told()]
        numbered = sorted(enumerate(self._cited, start=1), key=lambda cited: _RANKS.index(cited[1].standing))  # laws first, proposals last
        foot = [f"[{number}] {source.text(lang)}" for number, source in numbered]
        whole = [*body, *([BASIS.text(lang), *foot] if foot else []), SIGNED.text(lang)]
        return [self._cut(line) for line in whole]

    def _told(self) -> Iterator[str]:
        decision, lang = self.decision, self.lang
        if decision.is_settled:
            yield SETTLED.text(lang)
            return
        yield self._headed(CONCLUSION, self._conclusion())
        yield self._headed(WARNINGS, self._warnings())
        upcoming = decision.schedule.next
        if upcoming is not None:
            yield self._headed(NEXT, self._next(upcoming))
        yield from self._measures()
        barred = decision.verdicts["measures"].withheld if "measures" in decision.verdicts else ()
        if barred:
            yield self._headed(BARRED, self._few(each.label(lang) for each in barred))
        if decision.gaps:
            yield self._headed(MISSING, self._few(gap.text(lang) for gap in decision.gaps))
        if upcoming is not None:
            days = (RESULT_DAY.filled(lang, day=each.day.label(lang), by=text(each.latest, lang)) for each in self._stages())
            yield self._headed(RESULT, clauses(days, lang))

    def _conclusion(self) -> str:
        decision, lang = self.decision, self.lang
        parts = [GRADE.filled(lang, grade=outcome_text(decision.grade, lang))]
        verdict = decision.verdicts["grade"]
        rule = next((rule for rule in verdict.reasons if rule.then == decision.grade), None)
        if rule is not None:
            parts[0] = aside(parts[0], rule.because.text(lang), lang) + self._cite(rule.source)
        if decision.grade_at_worst != decision.grade:
            parts.append(AT_WORST.filled(lang, grade=outcome_text(decision.grade_at_worst, lang)))
        if decision.case.determination.is_known:
            before = decision.case.determination.grade
            parts.append((AS_BEFORE if before == decision.grade else WORSE).filled(lang, grade=outcome_text(before, lang)))
        owners = dict.fromkeys(owner.label(lang) for stage in self._stages() if stage.day is ResultDay.DETERMINED for owner in stage.owners)
        if owners:
            parts.append(BY_WHOM.filled(lang, owners=listed(owners, lang)))
        return clauses(parts, lang)

    def _stages(self) -> list[ResultStage]:
        """The days of the next visit's result that are to come."""
        upcoming = self.decision.schedule.next
        return [] if upcoming is None else [stage for stage in upcoming.result.stages if stage.is_asked or not stage.day.severity]

    def _warnings(self) -> str:
        signals, lang = sorted(self.decision.signals, key=lambda signal: -signal.level.severity), self.lang
        return self._few((signal.label(lang) for signal in signals), most=_WARNINGS) or NONE.text(lang)

    def _next(self, visit: Revisit) -> str:
        lang = self.lang
        kinds = listed((kind.label(lang) for kind in visit.serves or (visit.kind,)), lang)
        told = AT_A_DESK if visit.method == VisitMethod.OFF_SITE else VISIT
        line = told.filled(lang, kind=kinds, method=visit.method.label(lang), officers=visit.officers, by=text(visit.window.closes, lang))
        parts = [aside(line, AT_ONCE.text(lang), lang) if visit.is_overdue else line]
        if visit.checklist:
            parts.append(LOOK_AT.filled(lang, items=self._few(item.text(lang) for item in visit.checklist)))
        return clauses(parts, lang)

    def _measures(self) -> Iterator[str]:
        steps = _steps(self.decision.measures)
        if not steps:
            return
        yield MEASURES.text(self.lang)
        for number, choices in enumerate(steps[:_MEASURES], start=1):
            yield f"{number}. " + one_of((self._measure(choice) for choice in choices), self.lang)
        if len(steps) > _MEASURES:
            yield MORE.filled(self.lang, count=len(steps) - _MEASURES)

    def _measure(self, step: Recommendation) -> str:
        lang = self.lang
        parts = [] if step.owner is None else [step.owner.label(lang)]
        if step.by is not None:
            parts.append(BY.filled(lang, by=text(step.by, lang)))
        else:
            parts.append(AFTER.filled(lang, after=listed((each.label(lang) for each in step.after), lang)) if step.after else NO_DAY.text(lang))
        if step.late:
            parts.append(LATE.text(lang))
        if self.room.has_conditions and step.precondition is not None:
            parts.append(PROVIDED.filled(lang, text=step.precondition.text(lang)))
        return aside(step.measure.label(lang), clauses(parts, lang), lang) + "".join(map(self._cite, step.sources[:1]))

    # -- what stands around it ---------------------------------------------------------------------------------------

    def _headed(self, heading: Label, told: str) -> str:
        return headed(heading.text(self.lang), told, self.lang)

    def _few(self, items: Iterable[str], *, most: int | None = None) -> str:
        """The first *items*, and how many more there are."""
        given = list(dict.fromkeys(items))
        count = self.room.items if most is None or self.room.longest is not None else most
        more = [MORE.filled(self.lang, count=len(given) - count)] if len(given) > count else []
        return clauses([*given[:count], *more], self.lang)

    def _cite(self, source: Citation) -> str:
        """The number of a *source* at the foot; nothing once that is full."""
        said = [known.text(self.lang) for known in self._cited]
        if source.text(self.lang) not in said:
            if len(said) >= self.room.sources:
                return ""
            self._cited.append(source)
            said.append(source.text(self.lang))
        return f"[{said.index(source.text(self.lang)) + 1}]"

    def _cut(self, line: str) -> str:
        longest = self.room.longest
        if longest is None:
            return line
        room = longest if self.lang == Lang.ZH else longest * OTHERS_TAKE
        return line if len(line) <= room else f"{line[: room - 1]}…"


def _steps(measures: Sequence[Recommendation]) -> list[list[Recommendation]]:
    """The measures in their order; those of which one is taken stand together."""
    steps: list[list[Recommendation]] = []
    for each in measures:
        chosen = next((step for step in steps if each.measure in step[0].instead_of or step[0].measure in each.instead_of), None)
        if chosen is None:
            steps.append([each])
        else:
            chosen.append(each)
    return steps
