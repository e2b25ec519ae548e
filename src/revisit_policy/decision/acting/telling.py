"""Telling: measures in words, what is recommended and what is in hand, with their days and their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from revisit_policy.language.words.explanation import WITHHELD
from revisit_policy.language.words.wording import outcome_text
from revisit_policy.outcomes.measure import Measure
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.speech.joining import clauses, listed, sentences
from revisit_policy.values.dates import text
from revisit_policy.values.labels import Label, Labelled, Lang

if TYPE_CHECKING:
    from collections.abc import Iterable

    from revisit_policy.decision.decision import Decision
    from revisit_policy.language.table import Table
    from revisit_policy.language.words.footnotes import Footnotes

MEASURES: Final = Label("建议措施：", "Measures:")
NONE: Final = Label("无", "none")
IN_HAND: Final = Label("办理中：", "In hand:")
ANSWERED: Final = Label("已有处置，不再建议：{measures}", "Answered by what has been done: {measures}")
MEASURE: Final = Label("{measure}：不晚于{by}启动", "{measure}: set about it by {by}")
WATCH: Final = Label("{measure}：至{by}", "{measure}: until {by}")
OPEN: Final = Label("{measure}：无期限", "{measure}: no deadline")
AFTERWARDS: Final = Label("{measure}：待{after}之后", "{measure}: after: {after}")
OWNER: Final = Label("，{owner}", ", {owner}")
LATE: Final = Label("（已逾期）", "(late)")
SINCE: Final = Label("（自{since}起）", "(since {since})")
UNDATED: Final = Label("（起因日无人记录，期限自查询日或最近一次处置起算）", "(nobody recorded since when: counted from the day asked or the last action)")
STATE: Final = Label("{state}（{on}）", "{state} on {on}")
AGAIN: Final = Label("此前{state}，再次建议", "{state} before, recommended again")
UNCALLED: Final = Label("现已无规则要求", "no rule calls for it any longer")
CHOICE: Final = Label("与{others}择一", "one of two or more, never both: this, or {others}")
WAITS: Final = Label("须先查明：{facts}", "first to be found out: {facts}")
PRECONDITION: Final = Label("前提：{text}", "on condition: {text}")
WARNING: Final = Label("注意：{text}", "mind: {text}")
REASON: Final = Label("理由：{because}{rule}", "because: {because} {rule}")
SOURCES: Final = Label("出处：{sources}", "sources: {sources}")


def told_measures(decision: Decision, lang: Lang, *, notes: Footnotes) -> Iterator[str]:
    """What *decision* recommends, what is in hand, what has been answered, and what is withheld, line by line; rules by their numbers among *notes*."""
    if "measures" not in decision.verdicts:
        return
    table = decision.verdicts["measures"].table
    yield MEASURES.filled(lang) if decision.measures else sentences([MEASURES.filled(lang), NONE.filled(lang)], lang)
    for step in decision.measures:
        yield from _step(step, lang, measures=table, notes=notes)
    if decision.measures_in_hand:
        yield IN_HAND.filled(lang)
    for step in decision.measures_in_hand:
        yield from _step(step, lang, measures=table, notes=notes)
    if answered := _answered(decision):
        yield ANSWERED.filled(lang, measures=_names(answered, lang))
    if withheld := () if decision.is_settled else decision.verdicts["measures"].withheld:
        yield WITHHELD.filled(lang, outcomes=outcome_text(withheld, lang))


def _answered(decision: Decision) -> tuple[Labelled, ...]:
    """What rules call for and is neither recommended nor in hand: it is done, or another choice of its step is taken."""
    told = {step.measure for step in (*decision.measures, *decision.measures_in_hand)}
    return tuple(reason.outcome for reason in decision.assessment.measures if reason.outcome not in told)


def _names(measures: Iterable[Labelled], lang: Lang) -> str:
    return listed((each.label(lang) for each in measures), lang)


def _step(step: Recommendation, lang: Lang, *, measures: Table, notes: Footnotes) -> Iterator[str]:
    owner = "" if step.owner is None else OWNER.filled(lang, owner=step.owner.label(lang))
    yield "  " + sentences([_line(step, lang) + owner, *_marks(step, lang)], lang)
    for line in _course(step, lang):
        yield "    " + line
    if step.precondition is not None:
        yield "    " + PRECONDITION.filled(lang, text=step.precondition.text(lang))
    if step.warning is not None:
        yield "    " + WARNING.filled(lang, text=step.warning.text(lang))
    yield from _why(step, lang, measures=measures, notes=notes)


def _line(step: Recommendation, lang: Lang) -> str:
    name = step.measure.label(lang)
    if step.by is not None:
        line = WATCH if step.measure == Measure.MONITOR else MEASURE
        return line.filled(lang, measure=name, by=text(step.by, lang))
    if step.after:
        return AFTERWARDS.filled(lang, measure=name, after=_names(step.after, lang))
    return OPEN.filled(lang, measure=name)


def _marks(step: Recommendation, lang: Lang) -> Iterator[str]:
    if step.late:
        yield LATE.filled(lang)
    if step.since is not None:
        yield SINCE.filled(lang, since=text(step.since, lang))
    if step.undated:
        yield UNDATED.filled(lang)


def _course(step: Recommendation, lang: Lang) -> Iterator[str]:
    if step.state is not None and step.acted_on is not None:
        state = STATE.filled(lang, state=step.state.label(lang), on=text(step.acted_on, lang))
        yield state if step.state.is_in_hand else AGAIN.filled(lang, state=state)
    if step.state is not None and not step.rules:
        yield UNCALLED.filled(lang)
    if step.instead_of:
        yield CHOICE.filled(lang, others=_names(step.instead_of, lang))
    if step.waits_for:
        yield WAITS.filled(lang, facts=clauses((fact.text(lang) for fact in step.waits_for), lang))


def _why(step: Recommendation, lang: Lang, *, measures: Table, notes: Footnotes) -> Iterator[str]:
    for rule_id in step.rules:
        yield "    " + REASON.filled(lang, because=measures.rule(rule_id).because.text(lang), rule=notes.number(rule_id))
    if step.sources:
        sources = dict.fromkeys(source.text(lang) for source in step.sources)  # two can differ in their days alone
        yield "    " + SOURCES.filled(lang, sources=clauses(sources, lang))
