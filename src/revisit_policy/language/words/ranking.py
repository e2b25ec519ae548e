"""A verdict as a picture: the scale as a ladder, the rules on the steps they ask for, and the figures beside their limits."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Any, Final

from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.readers.hearing import Margin
from revisit_policy.language.scale import Scale
from revisit_policy.language.words.wording import fact_text, limit_text, outcome_text, value_text
from revisit_policy.speech.joining import headed
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.ladder import Rung, ladder
from revisit_policy.values.markup.ruler import Ruler, Tick

if TYPE_CHECKING:
    from revisit_policy.language.verdicts.verdict import Verdict

WHY: Final = Label(
    "{table}的由来：▸ 为结论，阴影为仍可能的结论，实心点为已触发的规则，空心点为待定的规则；下方三角为本案数值，竖线为最近的界限",
    "why this {table}: ▸ is the outcome, shaded is what is still possible, full dots are rules that fired, hollow ones are open; below, a triangle is the"
    " figure of this case and a stroke the nearest limit",
)
#: Steps from which on only those are drawn that some rule asks for.
_MANY: Final = 12
#: How many figures are drawn, those nearest to their limits as the table has them.
_FIGURES: Final = 6


def verdict_drawn(verdict: Verdict, lang: Lang) -> str:
    """*verdict* as a ladder with rulers below it."""
    figures = [_ruler(found, lang) for found in _by_fact(verdict)[:_FIGURES]]
    return ladder(list(_rungs(verdict, lang)), figures=figures, title=WHY.filled(lang, table=verdict.table.label.text(lang)))


def _rungs(verdict: Verdict, lang: Lang) -> Iterator[Rung]:
    scale = verdict.table.outcomes
    if not isinstance(scale, Scale):
        return
    fired, undecided = (_asked(verdict, rules) for rules in (verdict.fired, verdict.undecided))
    outcomes, possible = _outcomes(verdict)
    for outcome in scale.outcomes:
        rung = Rung(
            label=outcome_text(outcome, lang),
            fired=tuple(text.text(lang) for text in fired.get(outcome, ())),
            undecided=tuple(text.text(lang) for text in undecided.get(outcome, ()) if text not in fired.get(outcome, ())),
            is_outcome=outcome in outcomes,
            is_possible=outcome in possible,
        )
        if len(scale.outcomes) <= _MANY or rung.fired or rung.undecided or rung.is_outcome:
            yield rung


def _outcomes(verdict: Verdict) -> tuple[tuple[Hashable, ...], tuple[Hashable, ...]]:
    """What is established and what is still possible, as elements of the scale."""
    if verdict.table.fold is Fold.EVERY:
        certain, possible = verdict.candidates
        return certain, possible
    return (verdict.outcome,), verdict.candidates


def _asked(verdict: Verdict, rules: tuple[str, ...]) -> dict[Hashable, list[Label]]:
    """The reasons of *rules* by what they ask for; a rule that follows a fact asks for what that fact is, if it is known."""
    asked: dict[Hashable, list[Label]] = {}
    for rule in map(verdict.table.rule, rules):
        then: Any = rule.then
        for outcome in _followed(verdict, then) if isinstance(then, Fact) else then if isinstance(then, tuple) else (then,):
            asked.setdefault(outcome, []).append(rule.because)
    return asked


def _followed(verdict: Verdict, fact: Fact) -> tuple[Hashable, ...]:
    if fact.name not in verdict.facts.places:
        return ()  # an earlier table: what it says stands there
    encoded = verdict.facts.encoded(fact.name)
    return () if encoded is None else (fact.domain.decode(encoded),)


def _by_fact(verdict: Verdict) -> list[list[Margin]]:
    found: dict[str, list[Margin]] = {}
    for margin in verdict.margins:
        found.setdefault(margin.fact.name, []).append(margin)
    return list(found.values())


def _ruler(margins: list[Margin], lang: Lang) -> Ruler:
    """One fact with its nearest limits; what is measured is of kinds that can be encoded as numbers."""
    fact, value = margins[0].fact, margins[0].value
    ticks = tuple(Tick(float(value + margin.distance), limit_text(fact, margin.comparison.limit, lang)) for margin in margins)
    label = headed(fact_text(fact, lang), value_text(fact, value, lang), lang)
    return Ruler(label=label, ticks=ticks, pointer=Tick(float(value), value_text(fact, value, lang)))
