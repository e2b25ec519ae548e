"""The law that a worse fact never gives a better outcome."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any, Final, Literal, TypeAlias

from hypothesis import strategies as st

from revisit_policy.errors import InvalidPolicyError, InvalidValueError
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.scale import Scale, Score
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.verdict import Verdict
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.laws.sampling import broken, sampled
from revisit_policy.testing.strategies.fact_space import FactSpace, Value
from revisit_policy.testing.strategies.keyword_facts import facts_for, value_of
from revisit_policy.testing.subject import fact_behind, graph_of, table_of

Worse: TypeAlias = Literal["higher", "lower"]

#: Facts by name, and what a table says of them.
Told: TypeAlias = tuple[Mapping[str, Any], Verdict]

#: How many values of a fact are tried at most on the same other facts.
_STEPS: Final = 12


def check_monotone(
    policy: object, *, fact: str, outcome: str, worse: Worse = "higher", examples: int | None = None
) -> None:
    """Return nothing if a worse *fact* never gives a milder *outcome*, all other facts being the same.

    Up to twelve values of the fact are tried on the same other facts, and each is compared with all that are better. What must not get milder is
    the outcome where both verdicts establish one, and what is possible at worst. Of a table that lists outcomes, none may disappear.

    Args:
        policy: A table, a decision graph, or a policy.
        fact: The name of the fact: a number, a day, a flag (true is the higher) or an ordered choice.
        outcome: The id of the table.
        worse: ``"higher"`` if more is worse, ``"lower"`` if less is.
        examples: How many sets of other facts are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If a worse fact makes the outcome milder.
        UnknownNameError: If there is no such table, or the table does not read the fact, itself or through others.
        InvalidPolicyError: If the fact's choices or the outcomes have no order.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> check_monotone(grade, fact="overdue", outcome="grade")
        >>> check_monotone(grade, fact="overdue", outcome="grade", worse="lower")
        Traceback (most recent call last):
        revisit_policy.errors.LawBrokenError: the policy is not monotone: expected `grade` at least substandard with `overdue` at 0 as at 91, got normal
        facts = dict(overdue=91)
        worse = dict(overdue=0)
    """
    __tracebackhide__ = True
    graph = graph_of(policy)
    table = table_of(graph, outcome)
    asked = fact_behind(graph, table, fact)
    _check_orders(table, asked, worse)
    space = FactSpace(graph)
    value = st.sampled_from(space.values[asked.name]) | value_of(asked, space)
    # several values on the same facts: a band in which the outcome falls back is narrow, and a pair seldom lies astride it
    ladder = st.lists(value, min_size=2, max_size=_STEPS)

    def law(values: list[Value], facts: dict[str, Any]) -> None:
        climbed = sorted(values, key=_place, reverse=worse == "lower")
        told = [(given := facts | {fact: step.given}, graph.verdicts(**given)[table.id]) for step in climbed]
        for better, bad in combinations(told, 2):
            _compare(table, asked, better, bad)

    sampled(law, ladder, facts_for(graph), examples=examples)


def _check_orders(table: Table, fact: Fact, worse: str) -> None:
    if worse not in {"higher", "lower"}:
        raise InvalidValueError(owner="", field="worse", value=worse, expected=Phrase('"higher" 或 "lower"', '"higher" or "lower"'))
    if isinstance(fact.domain, Choices) and not fact.domain.ordered:
        raise InvalidPolicyError(subject=fact.name, problem=Phrase("其选项没有次序，无从比较优劣", "its choices have no order, so none is worse than another"))
    if isinstance(table.outcomes, Scale) and not table.outcomes.ordered and table.fold is not Fold.EVERY:
        raise InvalidPolicyError(subject=table.id, problem=Phrase("其结论没有次序，无从比较轻重", "its outcomes have no order, so none is milder than another"))


def _place(value: Value) -> Any:
    return value.encoded


def _compare(table: Table, fact: Fact, less: Told, more: Told) -> None:
    (better, before), (worse, after) = less, more
    milder = _milder(table, before, after)
    if milder is not None:
        was, now = milder
        at = Phrase(
            "`{fact}` 为 {worse} 与为 {better}", "with `{fact}` at {worse} as at {better}", fact=fact.name, worse=worse[fact.name], better=better[fact.name]
        )
        broken(Phrase("单调", "monotone"), expected=Phrase(
            "{at}时 `{table}` 至少为 {was}", "`{table}` at least {was} {at}", table=table.id, was=was, at=at
        ), got=now, facts=better, worse=worse)


def _milder(table: Table, before: Verdict, after: Verdict) -> tuple[str, str] | None:
    """What was expected at least and what came instead, if *after* is milder than *before*."""
    if table.fold is Fold.EVERY:
        gone = [item for item in before.outcome if item not in after.outcome]
        return (_text(before.outcome), _text(after.outcome)) if gone else None
    for was, now, suffix in ((before.outcome, after.outcome, ""), (before.at_worst, after.at_worst, " at worst")):
        if was is not None and now is not None and _severity(table, now) < _severity(table, was):
            return _text(was) + suffix, _text(now) + suffix
    return None


def _severity(table: Table, outcome: Any) -> int:
    if isinstance(table.outcomes, Score):
        return int(outcome) if table.outcomes.worse == "high" else -int(outcome)
    return table.outcomes.place(outcome)


def _text(outcome: Any) -> str:
    if isinstance(outcome, tuple):
        return ", ".join(map(_text, outcome)) or "none"
    return str(getattr(outcome, "value", outcome))
