"""A playbook for visitors: what to ask, to bring and to mind, made from the policy in force, so that it is always true of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from revisit_policy.language.condition import comparisons
from revisit_policy.outcomes.checklist import Checklist
from revisit_policy.outcomes.signal import Signal
from revisit_policy.revisit.report_rule import ReportRule
from revisit_policy.speech.joining import aside, clauses, headed, listed
from revisit_policy.values.labels import Label, Labelled, Lang

if TYPE_CHECKING:
    from revisit_policy.language.rule import Rule
    from revisit_policy.policy.revisit_policy import RevisitPolicy

_TITLE: Final = Label("回访手册：{policy}", "Playbook for visitors: {policy}")
_METHODS: Final = Label("回访方式", "Methods")
_OFFICERS: Final = Label("{officers}人", "{officers} officers")
_CONDUCT: Final = Label("回访须守的规则", "What every visit minds")
_KINDS: Final = Label("各类回访", "Kinds of visit")
_SIGNALS: Final = Label("各类预警", "Warnings")
_RAISED: Final = Label("何时出现", "raised when")
_ASK: Final = Label("依次询问", "ask, in this order")
_BRING: Final = Label("携带或查阅", "bring or ask to see")
_SKILL: Final = Label("需要", "needs")
_SETTLE: Final = Label("须查明的事实", "facts that settle it")
_CARE: Final = Label("借款人的生活变化与服务", "Changes of life, and what the bank can do")
_TABLE: Final = "signals"


def playbook(policy: RevisitPolicy, lang: str = Lang.EN, *, conduct: Iterable[ReportRule] = (), care: Iterable[tuple[Label, Label]] = ()) -> str:
    """The playbook as Markdown: methods, conduct, what each kind of visit asks, and what each warning asks beside.

    Whatever it says is read off the policy: rules that raise a warning with their reasons, the facts that they read, the checklists, the methods.

    Args:
        policy: The policy in force, such as ``rulebook.in_force(day)``.
        lang: One of its languages.
        conduct: What a report has to show, such as ``cn_housing.REPORT_RULES``.
        care: Changes of life with what the bank can do about each that is no collection, such as ``cn_housing.CARE``.

    Raises:
        UnknownNameError: If *lang* is no language of the policy.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> text = playbook(cn_housing.policy(), "zh", conduct=cn_housing.REPORT_RULES)
        >>> "申请查封的债权人与债权金额" in text
        True
    """
    chosen = policy.words.lang(lang)
    lists = {each.kind: each for each in policy.words.checklists}
    parts = [
        f"# {_TITLE.filled(chosen, policy=aside(policy.label.text(chosen), policy.version, chosen))}",
        _section(_METHODS, _methods(policy, chosen), lang=chosen),
        _section(_CONDUCT, (headed(rule.label.text(chosen), rule.source.text(chosen), chosen) for rule in conduct), lang=chosen),
        _chapter(_KINDS, ((kind, _asked(lists.get(kind), chosen)) for kind in policy.words.purposes), lang=chosen),
        _chapter(_SIGNALS, ((code, [*_raised(policy, code, lang=chosen), *_asked(lists.get(code), chosen)]) for code in _codes(policy)), lang=chosen),
        _section(_CARE, (headed(change.text(chosen), service.text(chosen), chosen) for change, service in care), lang=chosen),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _methods(policy: RevisitPolicy, lang: Lang) -> Iterator[str]:
    for note in policy.words.methods:
        yield aside(note.method.label(lang), _OFFICERS.filled(lang, officers=note.officers), lang)


def _asked(checklist: Checklist | None, lang: Lang) -> Iterator[tuple[Label, str]]:
    """What a checklist has, each part under its heading."""
    if checklist is None:
        return
    for heading, items in ((_ASK, checklist.items), (_BRING, checklist.documents), (_SKILL, () if checklist.skill is None else (checklist.skill,))):
        if items:
            yield heading, clauses((item.text(lang) for item in items), lang)


def _codes(policy: RevisitPolicy) -> Iterator[Labelled]:
    """The warnings that the policy can raise, in the order of its words."""
    raised = {signal.code for _, signal in _signal_rules(policy)}
    yield from (code for code in policy.words.signals if code in raised)


def _signal_rules(policy: RevisitPolicy) -> Iterator[tuple[Rule, Signal]]:
    rules = next((table.rules for table in policy.tables if table.id == _TABLE), ())
    yield from ((rule, rule.then) for rule in rules if isinstance(rule.then, Signal))


def _raised(policy: RevisitPolicy, code: Labelled, *, lang: Lang) -> Iterator[tuple[Label, str]]:
    """The reasons for which a warning is raised, each with its level, and the facts that settle whether it is."""
    rules = [(rule, signal) for rule, signal in _signal_rules(policy) if signal.code == code]
    yield _RAISED, clauses((aside(rule.because.text(lang), signal.level.label(lang), lang) for rule, signal in rules), lang)
    facts = dict.fromkeys(part.fact.label.text(lang) for rule, _ in rules for part in comparisons(rule.when))
    yield _SETTLE, listed(facts, lang)


def _section(heading: Label, lines: Iterable[str], *, lang: Lang) -> str:
    told = "\n".join(f"* {line}" for line in lines)
    return f"## {heading.filled(lang)}\n\n{told}" if told else ""


def _chapter(heading: Label, entries: Iterable[tuple[Labelled, Iterable[tuple[Label, str]]]], *, lang: Lang) -> str:
    told = []
    for word, parts in entries:
        lines = "\n".join(f"* {headed(part.filled(lang), text, lang)}" for part, text in parts)
        if lines:
            told.append(f"### {word.label(lang)}\n\n{lines}")
    return "\n\n".join((f"## {heading.filled(lang)}", *told)) if told else ""
