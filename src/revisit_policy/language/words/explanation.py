"""Explanations: a verdict as plain text, why and why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from revisit_policy.language.condition import FlagIs, Includes, Missing
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.readers.hearing import Heard, Hearing, Margin
from revisit_policy.language.words.wording import condition_text, distance_text, fact_text, names_one_choice, outcome_text, standing_at, value_text
from revisit_policy.speech.joining import listed
from revisit_policy.values.labels import Label, Lang

if TYPE_CHECKING:
    from revisit_policy.language.verdicts.verdict import Verdict
    from revisit_policy.language.words.footnotes import Footnotes

HEADING: Final = Label("{table}：{outcome}（{status}）", "{table}: {outcome} ({status})")
NOTHING: Final = Label("无结论", "nothing established")
POSSIBLE: Final = Label("仍可能：{outcomes}", "still possible: {outcomes}")
FIRED: Final = Label("规则 {id}：{because}", "rule {id}: {because}")
OPEN: Final = Label("未定规则 {id}：若成立则为{then}", "undecided rule {id}: {then} if it holds")
NOT_FIRED: Final = Label("规则 {id} 不适用：{because}", "rule {id} does not apply: {because}")
READ: Final = Label("事实：{condition}（{value}）", "fact: {condition} — it is {value}")
LACKS: Final = Label("缺少：{condition} — {fact}未知", "lacks: {condition} — {fact} is unknown")
NOT_SO: Final = Label("不符：{condition}（{value}）", "not so: {condition} — it is {value}")
READ_SET: Final = Label("事实：{condition}", "fact: {condition}")
NOT_SO_SET: Final = Label("不符：{condition}", "not so: {condition}")
OPEN_SET: Final = Label("未定：{condition}", "open: {condition}")
OF_THESE: Final = Label("{line} — 其中有{found}", "{line} — of these {found}")
POSSIBLY: Final = Label("{line} — 可能有{found}", "{line} — possibly {found}")
SOURCE: Final = Label("依据：{source}", "source: {source}")
STILL_OPEN: Final = Label("未定规则：{rules}", "undecided rules: {rules}")
WANTED: Final = Label("补齐后可定：{facts}", "would be closed by: {facts}")
ASSUMED: Final = Label("假定：{fact}为{value}（{source}）", "assumed: {fact} is {value} ({source})")
MARGIN: Final = Label("界限：{condition}（{fact}{value}），相差{distance}", "threshold: {condition} — {fact} is {value}, {distance} away")
WITHHELD: Final = Label("不予采用（禁止或可能禁止）：{outcomes}", "Not recommended, being barred or possibly barred: {outcomes}")
OTHERWISE: Final = Label("无规则成立，按默认结论", "no rule holds, so the default applies")

INDENT: Final = "  "


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (INDENT + line for line in lines)


def explain_verdict(verdict: Verdict, lang: Lang) -> str:
    """*verdict* in words, a line a thing."""
    return "\n".join(_verdict_lines(verdict, lang))


def summarise_verdict(verdict: Verdict, lang: Lang, *, notes: Footnotes) -> str:
    """*verdict* in fewer words: the rules that fired in full, the undecided ones by their numbers among *notes*, no thresholds."""
    lines = [*_heading_lines(verdict, lang), *_fired_lines(verdict, lang, named=notes.number)]
    still_open = [rule_id for rule_id in verdict.undecided if rule_id not in verdict.fired]
    if still_open:
        lines.append(INDENT + STILL_OPEN.filled(lang, rules=notes.numbers(still_open)))
    return "\n".join([*lines, *_assumed_lines(verdict, lang), *_wanted_lines(verdict, lang)])


def _verdict_lines(verdict: Verdict, lang: Lang) -> Iterator[str]:
    yield from _heading_lines(verdict, lang)
    yield from _fired_lines(verdict, lang)
    for rule_id in verdict.undecided:
        if rule_id not in verdict.fired:
            yield from _indented(_hearing_lines(verdict.hearing(rule_id), lang))
    yield from _assumed_lines(verdict, lang)
    yield from _wanted_lines(verdict, lang)
    for margin in verdict.margins:
        yield INDENT + _margin_line(margin, lang)


def _heading_lines(verdict: Verdict, lang: Lang) -> Iterator[str]:
    nothing = verdict.outcome is None
    yield HEADING.filled(
        lang,
        table=verdict.table.label.text(lang),
        outcome=NOTHING.filled(lang) if nothing else outcome_text(verdict.outcome, lang),
        status=verdict.status.labels.filled(lang),
    )
    if verdict.status is not Status.DECIDED:
        yield INDENT + POSSIBLE.filled(lang, outcomes=_candidates(verdict, lang))
    if verdict.withheld:
        yield INDENT + WITHHELD.filled(lang, outcomes=outcome_text(verdict.withheld, lang))
    if not verdict.fired and not nothing:
        yield INDENT + OTHERWISE.filled(lang)


def _fired_lines(verdict: Verdict, lang: Lang, *, named: Callable[[str], str] = str) -> Iterator[str]:
    for rule_id in verdict.fired:
        yield from _indented(_hearing_lines(verdict.hearing(rule_id), lang, named=named))


def _wanted_lines(verdict: Verdict, lang: Lang) -> Iterator[str]:
    if verdict.missing:
        names = [fact_text(verdict.facts.facts[verdict.facts.places[name]], lang) for name in verdict.missing]
        yield INDENT + WANTED.filled(lang, facts=listed(names, lang))


def _candidates(verdict: Verdict, lang: Lang) -> str:
    if verdict.table.fold is Fold.EVERY:
        certain, possible = verdict.candidates
        return outcome_text(tuple(item for item in possible if item not in certain), lang)
    if verdict.table.fold is Fold.TOTAL:
        return " … ".join(map(str, verdict.candidates))
    return outcome_text(verdict.candidates, lang)


def _assumed_lines(verdict: Verdict, lang: Lang) -> Iterator[str]:
    read = {fact.name for fact in verdict.table.facts}
    for assumption in verdict.facts.assumed:
        if assumption.fact.name in read:
            value = value_text(assumption.fact, assumption.fact.encode(assumption.value), lang)
            yield INDENT + ASSUMED.filled(
                lang,
                fact=fact_text(assumption.fact, lang), value=value, source=assumption.because.text(lang)
            )


def explain_hearing(hearing: Hearing, lang: Lang) -> str:
    """One rule in words: why it fired, why not, or what keeps it open."""
    return "\n".join(_hearing_lines(hearing, lang))


def _hearing_lines(hearing: Hearing, lang: Lang, *, named: Callable[[str], str] = str) -> Iterator[str]:
    rule = hearing.rule
    match hearing.truth:
        case True:
            yield FIRED.filled(lang, id=named(rule.id), because=rule.because.text(lang))
        case False:
            yield NOT_FIRED.filled(lang, id=rule.id, because=rule.because.text(lang))
        case None:
            yield OPEN.filled(lang, id=rule.id, then=outcome_text(rule.then, lang))
    for heard in hearing.settled_by:
        yield INDENT + _heard_line(heard, lang)
    yield INDENT + SOURCE.filled(lang, source=rule.source.text(lang))


def _heard_line(heard: Heard, lang: Lang) -> str:
    fact, condition = heard.comparison.fact, condition_text(heard.comparison, lang)
    if heard.truth is None and not isinstance(heard.comparison, Missing) and heard.value is None:
        return LACKS.filled(lang, condition=condition, fact=fact_text(fact, lang))
    if isinstance(heard.comparison, Includes):
        return _included_line(heard.comparison, heard, lang)
    if _says_the_value(heard):
        return (NOT_SO_SET if heard.truth is False else READ_SET).filled(lang, condition=condition)
    template = NOT_SO if heard.truth is False else READ
    return template.filled(lang, condition=condition, value=standing_at(fact, heard.value, lang))


def _says_the_value(heard: Heard) -> bool:
    """Whether the condition with its truth says the value as well: of a flag always, of what is unknown or one choice where it holds."""
    asked = heard.comparison
    return isinstance(asked, FlagIs) or (heard.truth is True and (isinstance(asked, Missing) or names_one_choice(asked)))


def _included_line(asked: Includes, heard: Heard, lang: Lang) -> str:
    """What was asked of a set; of the set itself only what was asked for, and only where the question does not say it."""
    template = {True: READ_SET, False: NOT_SO_SET, None: OPEN_SET}[heard.truth]
    line = template.filled(lang, condition=condition_text(asked, lang))
    certain, possible = heard.value
    found = (possible if heard.truth is None else certain) & asked.inside
    if len(asked.elements) == 1 or not found:
        return line
    addition = POSSIBLY if heard.truth is None else OF_THESE
    return addition.filled(lang, line=line, found=value_text(asked.fact, (found, found), lang))


def _margin_line(margin: Margin, lang: Lang) -> str:
    return MARGIN.filled(
        lang,
        fact=fact_text(margin.fact, lang),
        value=standing_at(margin.fact, margin.value, lang),
        condition=condition_text(margin.comparison, lang),
        distance=distance_text(margin.fact, abs(margin.distance), lang),
    )
