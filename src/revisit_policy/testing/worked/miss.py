"""Misses: why a verdict is not what was expected, and how far the case is from a rule that would make it so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from revisit_policy.language.condition import Compare
from revisit_policy.language.fact import Fact
from revisit_policy.language.readers.hearing import Heard, Hearing
from revisit_policy.language.readers.reference import read
from revisit_policy.language.rule import Rule
from revisit_policy.language.verdicts.verdict import Verdict
from revisit_policy.language.words.wording import distance_text, value_text
from revisit_policy.testing.strategies.threshold import condition_source, plain
from revisit_policy.testing.worked.outcome_words import outcome_words
from revisit_policy.values.labels import Lang


def misses(verdict: Verdict, wanted: Any) -> Iterator[str]:
    """The facts read, the rules that fired, and the rule with the outcome *wanted* that is nearest to firing; a line each."""
    read = ", ".join(_fact(verdict, fact) for fact in verdict.table.facts if fact.table is None)
    if read:
        yield f"facts read: {read}"
    fired = [f"{rule.id} ({condition_source(rule.condition)}: {_then(rule)})" for rule in verdict.reasons]
    yield f"fired: {'; '.join(fired) or 'no rule'}"
    if verdict.undecided:
        yield f"undecided: {', '.join(verdict.undecided)}, for want of {', '.join(verdict.missing) or 'an earlier outcome'}"
    for item in wanted if isinstance(wanted, tuple) else (wanted,):
        if not isinstance(verdict.outcome, tuple) or item not in verdict.outcome:
            yield from _nearest(verdict, item)


def _fact(verdict: Verdict, fact: Fact) -> str:
    encoded = verdict.facts.encoded(fact.name)
    if encoded is None:
        return f"{fact.name} unknown"
    value = verdict.facts[fact.name]
    return f"{fact.name}={value_text(fact, encoded, Lang.EN) if isinstance(value, float) else plain(fact, value)}"


def _then(rule: Rule) -> str:
    return rule.then.name if isinstance(rule.then, Fact) else outcome_words(rule.then)


def _nearest(verdict: Verdict, wanted: Any) -> Iterator[str]:
    hearings = [hearing for hearing in verdict.hearings if _gives(hearing.rule, verdict, wanted)]
    if not hearings:
        yield f"nearest: no rule of `{verdict.table.id}` gives {outcome_words(wanted)}"
        return
    hearing = min(hearings, key=_shortfall)
    reasons = "; ".join(_wants(heard, verdict) for heard in hearing.settled_by)
    match hearing.truth:
        case True:
            yield f"nearest: {hearing.rule.id} holds, but another rule prevails"
        case False:
            yield f"nearest: {hearing.rule.id}, which wants {reasons}"
        case None:
            yield f"nearest: {hearing.rule.id}, which is open: it wants {reasons}"


def _gives(rule: Rule, verdict: Verdict, wanted: Any) -> bool:
    """True if *rule* would give the outcome *wanted* here: as its own, or as the one established for what it hands on."""
    if not isinstance(rule.then, Fact):
        return rule.says(wanted)
    if rule.then.name in verdict.graph.by_id:
        return bool(read(verdict.graph, verdict.facts)[rule.then.name].ruling.outcome == wanted)
    return bool(verdict.facts[rule.then.name] == wanted)


def _shortfall(hearing: Hearing) -> tuple[int, int, float]:
    """Rules that hold first, then those that are open, then those that few comparisons keep from firing, by little."""
    if hearing.truth is not False:
        return (0 if hearing.truth else 1), 0, 0.0
    return 2, len(hearing.settled_by), sum(map(_distance, hearing.settled_by))


def _distance(heard: Heard) -> float:
    """How far a value is from its limit, as a part of the limit; one whole where there is no limit to come near."""
    part = heard.comparison
    if not isinstance(part, Compare) or not part.fact.is_measured or heard.value is None:
        return 1.0
    limit = part.fact.encode(part.limit)
    return float(abs(limit - heard.value) / (abs(limit) or 1))


def _wants(heard: Heard, verdict: Verdict) -> str:
    part = heard.comparison
    asked = condition_source(part)
    if part.fact.table is not None:
        earlier = verdict.graph.by_id.get(part.fact.name)
        return f"{asked}, an earlier outcome" if earlier is not None else asked
    if heard.value is None:
        return f"{asked}, and it is unknown"
    text = f"{asked}, and it is {value_text(part.fact, heard.value, Lang.EN)}"
    if not isinstance(part, Compare) or not part.fact.is_measured:
        return text
    distance = abs(heard.value - part.fact.encode(part.limit))
    return f"{text}, {distance_text(part.fact, distance, Lang.EN) if distance else 'one step'} away"
