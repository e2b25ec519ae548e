"""The words of explanations and tables, Chinese and English.

Comparisons are put into words here and nowhere else, so that a verdict, a signed table and an error all name a rule's
condition in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, assert_never

from revisit_policy.language.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    FlagIs,
    Includes,
    Known,
    Missing,
    OneOf,
)
from revisit_policy.language.domains.choice_words import choice_text
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.fact import Fact, Unit
from revisit_policy.language.words.chinese_phrases import denied, fall_text, moved_text, whole_range
from revisit_policy.speech.english import agreeing, counted
from revisit_policy.speech.joining import bracketed, clauses, headed, listed
from revisit_policy.values.labels import AND_BETTER, AND_WORSE, Label, Lang, OrderedLabelled

SIGNS: Final = {
    ">": Label("超过", "more than"),
    ">=": Label("达到", "at least"),
    "<": Label("低于", "less than"),
    "<=": Label("不超过", "at most"),
}

DAY_SIGNS: Final = {
    ">": Label("晚于", "after"),
    ">=": Label("不早于", "on or after"),
    "<": Label("早于", "before"),
    "<=": Label("不晚于", "on or before"),
}

AND: Final = Label("，且", "and")
OR: Final = Label("，或", "or")
ALWAYS_TEXT: Final = Label("任何情形", "in every case")
NEVER_TEXT: Final = Label("无此情形", "in no case")
YES: Final = Label("{fact}", "{fact}")
NO: Final = Label("{fact}", "not: {fact}")  # Chinese denies the fact itself
ONE_OF: Final = Label("{fact}为{choices}", "{fact} {choices}")
INCLUDES: Final = Label("{fact}包含{choices}", "{fact} {choices}")
EXCLUDES: Final = Label("{fact}不含{choices}", "{fact} {choices}")

#: The English verbs of these three, for one thing and for several.
IS: Final = ("is", "are")
INCLUDE: Final = ("includes", "include")
NOT_INCLUDE: Final = ("does not include", "do not include")
IS_MISSING: Final = Label("{fact}未知", "{fact} unknown")
IS_KNOWN: Final = Label("{fact}已知", "{fact} known")
UNKNOWN: Final = Label("未知", "unknown")
NOW: Final = Label("现{value}", "{value}")
ALTERNATIVES: Final = Label("或", "or")
COMPARED: Final = Label("{fact}{sign}{limit}", "{fact} {sign} {limit}")
FROM_TO: Final = Label("{fact}{low}至{high}", "{fact} from {low} to {high}")
EXACTLY: Final = Label("{fact}为{value}", "{fact} {value}")


def fact_text(fact: Fact, lang: Lang) -> str:
    """The label of *fact*."""
    return fact.label.text(lang)


def limit_text(fact: Fact, exact: Any, lang: Lang) -> str:
    """An exact value of *fact* with its unit."""
    return value_text(fact, fact.domain.encode(exact), lang)


def value_text(fact: Fact, encoded: Any, lang: Lang) -> str:
    """An encoded value of *fact* with its unit; "unknown" for ``None``."""
    if encoded is None:
        return UNKNOWN.filled(lang)
    text = fact.domain.text(encoded, lang)
    if fact.unit is None:
        return text
    return _with_unit(text, fact.unit, lang)


def _with_unit(number: str, unit: Unit, lang: Lang) -> str:
    return number + unit.labels.filled(lang) if lang is Lang.ZH else counted(number, unit.labels.filled(lang))


def distance_text(fact: Fact, distance: Any, lang: Lang) -> str:
    """How far apart two values of *fact* are, without a sign."""
    match fact.domain:
        case Days():
            return _with_unit(str(distance), Unit.DAYS, lang)
        case _:
            return value_text(fact, distance, lang)


def _between(word: Label, lang: Lang) -> str:
    """*word* as it stands between two others: Chinese needs no spaces."""
    return word.zh if lang is Lang.ZH else f" {word.en} "


def _choices(items: tuple[Any, ...], lang: Lang) -> str:
    return _between(ALTERNATIVES, lang).join(choice_text(item, lang) for item in items)


def condition_text(condition: Condition, lang: Lang, *, nested: bool = False) -> str:
    """*condition* in words; *nested* puts what has parts in brackets."""
    match condition:
        case All(parts):
            texts = _all_texts(parts, lang)
            joined = _between(AND, lang).join(texts)
            return bracketed(joined, lang) if nested and len(texts) > 1 else joined or ALWAYS_TEXT.filled(lang)
        case AnyOf(parts):
            joined = _between(OR, lang).join(condition_text(part, lang, nested=True) for part in parts)
            return (bracketed(joined, lang) if nested else joined) if parts else NEVER_TEXT.filled(lang)
        case Compare():
            return _compared_text(condition, lang)
        case OneOf(fact, choices):
            return _said_of(ONE_OF, IS, fact, choices, lang=lang)
        case FlagIs(fact, expected):
            name = fact_text(fact, lang)
            return YES.filled(lang, fact=name) if expected else NO.filled(lang, fact=denied(name) if lang is Lang.ZH else name)
        case Includes(fact, elements, expected):
            template, verbs = (INCLUDES, INCLUDE) if expected else (EXCLUDES, NOT_INCLUDE)
            return _said_of(template, verbs, fact, elements, lang=lang)
        case Missing(fact):
            return IS_MISSING.filled(lang, fact=fact_text(fact, lang))
        case Known(fact):
            return IS_KNOWN.filled(lang, fact=fact_text(fact, lang))
        case _:
            assert_never(condition)


def _said_of(template: Label, verbs: tuple[str, str], fact: Fact, choices: tuple[Any, ...], *, lang: Lang) -> str:
    one, several = verbs
    name = fact_text(fact, lang)
    subject = agreeing(name, one=one, several=several) if lang is not Lang.ZH else name
    return template.filled(lang, fact=subject, choices=_choices(choices, lang))


ORDERED: Final = {
    ">": Label("{fact}差于{limit}", "{fact} worse than {limit}"),
    "<": Label("{fact}好于{limit}", "{fact} better than {limit}"),
}
ONE_CHOICE: Final = Label("{fact}为{limit}", "{fact} {limit}")


def _compared_text(condition: Compare, lang: Lang) -> str:
    fact = condition.fact
    if isinstance(fact.domain, Choices):
        return _ordered_text(condition, lang)
    if lang is Lang.ZH and isinstance(fact.domain, Ratios) and (fall := fall_text(condition)) is not None:
        return fall
    signs = DAY_SIGNS if isinstance(fact.domain, Days) else SIGNS
    return COMPARED.filled(
        lang,
        fact=fact_text(fact, lang), sign=signs[condition.operator].filled(lang), limit=limit_text(fact, condition.limit, lang)
    )


def _all_texts(parts: Sequence[Condition], lang: Lang) -> list[str]:
    """Each of *parts* in words; in Chinese two that leave a range of whole numbers are said as that range."""
    texts: list[str] = []
    left = list(parts)
    while left:
        part = left.pop(0)
        found = whole_range(part, left[0]) if lang is Lang.ZH and left else None
        if found is None:
            texts.append(condition_text(part, lang, nested=True))
        else:
            left.pop(0)
            texts.append(_range_text(*found, lang=lang))
    return texts


def _range_text(fact: Fact, low: int, high: int, *, lang: Lang) -> str:
    name, most = fact_text(fact, lang), limit_text(fact, high, lang)
    return EXACTLY.filled(lang, fact=name, value=most) if low == high else FROM_TO.filled(lang, fact=name, low=low, high=most)


def names_one_choice(condition: Condition) -> bool:
    """Whether *condition* leaves one choice of a scale, so that it says the value as well."""
    match condition:
        case OneOf(_, choices):
            return len(choices) == 1
        case Compare(fact):
            return isinstance(fact.domain, Choices) and condition.inside.bit_count() == 1
        case _:
            return False


def _ordered_text(condition: Compare, lang: Lang) -> str:
    """On a scale: at its end the member alone, else with the words that the scale has for what lies beyond."""
    fact, limit = fact_text(condition.fact, lang), condition.limit
    if condition.operator in ORDERED:
        return ORDERED[condition.operator].filled(lang, fact=fact, limit=choice_text(limit, lang))
    if not names_one_choice(condition):
        worse, better = (limit.and_worse, limit.and_better) if isinstance(limit, OrderedLabelled) else (AND_WORSE, AND_BETTER)
        said = (worse if condition.operator == ">=" else better).filled(lang, limit=choice_text(limit, lang))
    else:
        said = choice_text(limit, lang)
    return ONE_CHOICE.filled(lang, fact=fact, limit=said)


def standing_at(fact: Fact, encoded: Any, lang: Lang) -> str:
    """An encoded value of *fact* as it stands beside a limit: Chinese says of a figure that it is so now, and of a change which way it went."""
    value = value_text(fact, encoded, lang)
    if lang is not Lang.ZH or encoded is None or isinstance(fact.domain, Choices | Days | Flags | Sets):
        return value
    return NOW.filled(lang, value=(moved_text(fact, encoded) if isinstance(fact.domain, Ratios) else None) or value)


def joined_text(texts: Sequence[str], lang: Lang) -> str:
    """Several outcomes one after the other: set apart by semicolons where one has a colon in it, such as a deadline's."""
    colon = headed("", "", lang)
    return (clauses if any(colon in text for text in texts) else listed)(texts, lang)


def outcome_text(outcome: object, lang: Lang) -> str:
    """An outcome, a fact that stands for one, or a set of outcomes, in words."""
    if outcome is None:
        return "–"
    if isinstance(outcome, Fact):
        return fact_text(outcome, lang)
    if isinstance(outcome, tuple):
        return joined_text([outcome_text(part, lang) for part in outcome], lang) or "–"
    return choice_text(outcome, lang)
