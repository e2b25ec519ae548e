"""Dead rules: rules that never hold, or that hold and never decide anything; and rules that others make redundant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import attrs

from revisit_policy.analysis.answer import Answer, table_text
from revisit_policy.analysis.by_table import by_table
from revisit_policy.analysis.differences.difference import apart
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.overlaps import holding
from revisit_policy.analysis.region import region_of
from revisit_policy.analysis.solver.formula import FALSE
from revisit_policy.analysis.space.telling import Telling
from revisit_policy.analysis.study import STEPS, MissingFacts, Study
from revisit_policy.language.condition import NEVER, Condition, Missing, comparisons
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import joined_text
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Labelled, Lang, to_lang

CLAIM: Final = Label("每条规则都有决定结论的情形", "every rule decides something in some case")
CLAIM_REDUNDANT: Final = Label("删去任何一条规则都会改变结论", "no rule can be left out without changing an outcome")
DEAD: Final = Label("表{table}：规则{rule}{reason}", "table {table}: rule `{rule}` {reason}")
DEAD_BY: Final = Label("表{table}：规则{rule}{reason}（{by}）", "table {table}: rule `{rule}` {reason} ({by})")
ALIVE: Final = Label("表「{table}」无死规则", "table `{table}` has no dead rule")
NEEDED: Final = Label("表「{table}」无多余规则", "table `{table}` has no redundant rule")
DECIDES: Final = Label("表「{table}」：规则{rule}有决定结论的情形", "table `{table}`: rule `{rule}` decides something")
MATTERS: Final = Label("表「{table}」：删去规则{rule}会改变结论", "table `{table}`: without rule `{rule}` an outcome changes")


class Reason(Labelled, zh="理由"):
    """Why a rule is dead or redundant."""

    NEVER_HOLDS = "never_holds", "从不成立", "never holds"
    NEVER_DECIDES = "never_decides", "成立时总被其他规则盖过", "holds, but others always decide"
    CHANGES_NOTHING = "changes_nothing", "删去后结论不变", "changes no outcome: without it all stays as it is"


@attrs.frozen(kw_only=True)
class DeadRule:
    """A rule without effect.

    Args:
        table: Its table.
        rule: The rule.
        reason: Why it has no effect.
        shadowed_by: The ids of rules that together decide wherever it holds; none if it never holds.
        region: Where it holds: that and no more, unless *is_exact* is false.
        witness: Facts with which it holds; ``None`` if there are none.
        is_exact: Whether the region is that and no more; else it is the least box around what nobody could read.
    """

    table: Table
    rule: Rule
    reason: Reason
    shadowed_by: tuple[str, ...]
    region: Condition
    witness: Witness | None
    is_exact: bool = True

    def sentence(self, lang: str | Lang = "en") -> str:
        """What was found, in one sentence."""
        lang = to_lang(lang)
        template = DEAD_BY if self.shadowed_by else DEAD
        reason, rules = self.reason.label(lang), joined_text(self.shadowed_by, lang)
        return template.filled(lang, table=table_text(self.table, lang), rule=self.rule.id, reason=reason, by=rules)


_Question: TypeAlias = Callable[[Study, Telling], list[DeadRule]]


def dead_rules(subject: object, *, missing: MissingFacts = False, budget: int = STEPS) -> Answer[DeadRule]:
    """The rules that never hold, or hold and never decide; or the proof that each decides something.

    A rule decides if, somewhere, its outcome is the table's. It may share that with other rules: see :func:`redundant`
    for those that could be left out.

    Args:
        subject: A table, a decision graph, a policy, or a rulebook, each edition of which is asked.
        missing: The names of facts that can be unknown, ``True`` for all. A rule that waits for a
            fact to be missing which never is here is left out of the question.
        budget: The steps that the search may take.

    Raises:
        AnalysisLimitError: If *budget* runs out, with what was proved and found until then.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> policy = cn_housing.policy()
        >>> dead_rules(policy.grade).is_proved
        True
    """
    return _asked(subject, dead_in, CLAIM, ALIVE, missing=missing, budget=budget)


def redundant(subject: object, *, missing: MissingFacts = False, budget: int = STEPS) -> Answer[DeadRule]:
    """The rules each of which could be left out, alone, without changing any outcome; or the proof that none could.

    Two rules that make each other redundant are both found: one of them can go, not both.

    Args:
        subject: A table, a decision graph, a policy, or a rulebook, each edition of which is asked.
        missing: The names of facts that can be unknown, ``True`` for all.
        budget: The steps that the search may take.

    Raises:
        AnalysisLimitError: If *budget* runs out, with what was proved and found until then.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> policy = cn_housing.policy()
        >>> [found.rule.id for found in redundant(policy.first_window)]
        ['first-window-2010', 'first-window-2024']
    """
    return _asked(subject, _redundant, CLAIM_REDUNDANT, NEEDED, missing=missing, budget=budget)


def _asked(subject: object, ask: _Question, claim: Label, proof: Label, *, missing: MissingFacts, budget: int) -> Answer[DeadRule]:
    return by_table(subject, (ask, proof), claim=claim, missing=missing, budget=budget)


def dead_in(study: Study, telling: Telling) -> list[DeadRule]:
    """The dead rules of one table."""
    found = []
    for rule, where in _asked_about(study, telling):
        if study.box(where) is None:
            found.append(study.settled.find(_finding(study, telling, rule, Reason.NEVER_HOLDS)))
        elif study.box(_deciding(study, telling, rule)) is None:
            found.append(study.settled.find(_finding(study, telling, rule, Reason.NEVER_DECIDES)))
        else:
            study.settled.prove(DECIDES, table=telling.table.id, rule=rule.id)
    return found


def _redundant(study: Study, telling: Telling) -> list[DeadRule]:
    found = []
    for rule, where in _asked_about(study, telling):
        if study.box(where) is None:
            found.append(study.settled.find(_finding(study, telling, rule, Reason.NEVER_HOLDS)))
        elif study.box(apart(telling, telling.without(rule.id))) is None:
            found.append(study.settled.find(_finding(study, telling, rule, Reason.CHANGES_NOTHING)))
        else:
            study.settled.prove(MATTERS, table=telling.table.id, rule=rule.id)
    return found


def _asked_about(study: Study, telling: Telling) -> Iterator[tuple[Rule, int]]:
    """The rules, each with where it holds; without those that wait for a fact to be missing that never is here."""
    where = holding(study, telling)
    missing = {axis.fact for axis in study.space.axes if axis.can_be_missing}
    for rule in telling.table.rules:
        waits = any(isinstance(part, Missing) and part.fact not in missing for part in comparisons(rule.condition))
        if rule.id in where and not (waits and where[rule.id] == FALSE):
            yield rule, where[rule.id]


def _deciding(study: Study, telling: Telling, rule: Rule) -> int:
    """Where a line of *rule* holds and no line stands above it."""
    book, fold = study.book, telling.table.fold
    parts = []
    for at, line in enumerate(telling.lines):
        if line.rule.id == rule.id:
            above = [telling.surely[other] for other in _above(telling, at)]
            parts.append(book.both((telling.possibly[at], book.opposite(book.either(above)))))
    return book.either(parts) if fold in _RANKED else holding(study, telling)[rule.id]


_RANKED: Final = {Fold.FIRST, Fold.WORST, Fold.LEAST}


def _above(telling: Telling, at: int) -> list[int]:
    """The lines that, where they surely fire, leave the line *at* nothing to decide."""
    lines = telling.lines
    settling = [other for other, line in enumerate(lines) if not line.is_absence]
    match telling.table.fold:
        case Fold.FIRST:
            return [other for other in settling if other < at]
        case Fold.WORST | Fold.LEAST:
            return [other for other in settling if lines[other].place > lines[at].place]
        case _:
            return []


def _finding(study: Study, telling: Telling, rule: Rule, reason: Reason) -> DeadRule:
    where = holding(study, telling)[rule.id]
    study.settled.notice(DEAD, table=Phrase.each(lambda lang: table_text(telling.table, lang)), rule=rule.id, reason=Phrase.each(reason.label))
    witness = study.example(where)
    if witness is None:
        return DeadRule(table=telling.table, rule=rule, reason=reason, shadowed_by=(), region=NEVER, witness=None)
    reading = witness.read_by(study.graphs[0], telling.table.id)[telling.table.id]
    if not any((reading.fired | reading.open) >> at & 1 for at, line in enumerate(telling.lines) if line.rule.id == rule.id):
        raise AssertionError(witness)  # the readers disagree: a fault of this library
    region, is_exact = region_of(study, where)
    return DeadRule(
        table=telling.table,
        rule=rule,
        reason=reason,
        shadowed_by=_shadowing(study, telling, rule, reason),
        region=region,
        is_exact=is_exact,
        witness=witness,
    )


def _shadowing(study: Study, telling: Telling, rule: Rule, reason: Reason) -> tuple[str, ...]:
    """The fewest rules found that decide wherever *rule* holds; none if no set of rules does."""
    book, where = study.book, holding(study, telling)[rule.id]
    mine = [at for at, line in enumerate(telling.lines) if line.rule.id == rule.id]
    others = {other for at in mine for other in _above(telling, at)}
    if reason is Reason.CHANGES_NOTHING:
        places = {telling.lines[at].place for at in mine}
        others |= {other for other, line in enumerate(telling.lines) if line.place in places}
    by_rule: dict[str, list[int]] = {}
    for other in sorted(others.difference(mine)):
        by_rule.setdefault(telling.lines[other].rule.id, []).append(telling.surely[other])
    free = {name: book.opposite(book.either(formulas)) for name, formulas in by_rule.items()}
    if study.box(where, *free.values()) is not None:
        return ()
    for name in list(free):
        rest = [formula for other, formula in free.items() if other != name]
        if study.box(where, *rest) is None:
            del free[name]
    return tuple(free)
