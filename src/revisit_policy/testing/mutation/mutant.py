"""Mutants: a policy with one small fault in it, and the sentence that tells which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeAlias

import attrs

from revisit_policy.errors import InvalidPolicyError, InvalidValueError
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.policy.bound_table import BoundTable
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.mutation.condition_change import changed_conditions, changed_periods
from revisit_policy.testing.mutation.equivalence import provably_equivalent
from revisit_policy.testing.subject import graph_of
from revisit_policy.testing.worked.outcome_words import outcome_words

#: Says of a policy and a mutant of it, whose table of the given id was changed, whether they decide alike.
Equivalence: TypeAlias = Callable[[object, object, str], bool]


@attrs.frozen(kw_only=True, eq=False)
class Mutant:
    """A policy with one fault.

    Args:
        sentence: What became of what: ``"90 became 91 in overdue-90"``.
        table: The id of the table that was changed.
        rule: The id of the rule, ``"otherwise"`` for what holds if none does.
        policy: The policy with the fault, of the kind that was given.
    """

    sentence: str
    table: str
    rule: str
    policy: Any = attrs.field(repr=False)

    def __str__(self) -> str:
        return self.sentence


def mutants(policy: object, *, equivalent: Equivalence | None = provably_equivalent) -> Iterator[Mutant]:
    """The mutants of *policy*, table by table and rule by rule, as they are asked for.

    One limit moves a step, one operator becomes strict or loose, one choice or one alternative of an "or" is dropped, one period begins or ends a
    day later, one outcome shifts a place, one rule is removed, two neighbours in a FIRST table change places. What
    cannot be written as a policy, such as a rule that can never be reached, is left out.

    Args:
        policy: A table, a decision graph, a policy, or a table of one (``policy.grade``), which brings those it rests on.
        equivalent: Says which mutants decide every case as the policy does, and are left out because no test could
            tell them from it; by default those that the exact analysis proves so. ``None`` keeps all.

    Raises:
        InvalidValueError: If *policy* is none of the three.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> for mutant in mutants(grade):
        ...     print(mutant)
        90 became 91 in overdue-90
        overdue > 90 became overdue >= 90 in overdue-90
        substandard became special_mention in overdue-90
        overdue-90 was removed
        special_mention became normal in impaired
        special_mention became substandard in impaired
        impaired was removed
        otherwise normal became special_mention in grade
    """
    if equivalent is not None and not callable(equivalent):
        raise InvalidValueError(
            owner="",
            field="equivalent",
            value=equivalent,
            expected=Phrase("以两个政策与表标识为参数的函数，或 None", "a function of two policies and a table id, or None"),
        )
    for table in graph_of(policy).tables:
        for rule, sentence, change in _changes(table):
            try:
                changed = with_table(policy, change())
            except InvalidPolicyError:
                continue
            if equivalent is None or not equivalent(policy, changed, table.id):
                yield Mutant(sentence=sentence, table=table.id, rule=rule, policy=changed)


def with_table(policy: object, table: Table) -> Any:
    """*policy* with *table* in the place of the one that has its id."""
    if isinstance(policy, Table):
        return table
    if isinstance(policy, BoundTable):
        own = table if table.id == policy.table.id else policy.table
        return attrs.evolve(policy, whole=with_table(policy.whole, table), table=own)
    if isinstance(policy, DecisionGraph):
        return attrs.evolve(policy, tables=tuple(table if old.id == table.id else old for old in policy.tables))
    replaced = getattr(policy, "with_table", None)
    if replaced is None:
        raise InvalidValueError(
            owner="", field="policy", value=policy, expected=Phrase("可用 `with_table` 修改的政策", "a policy that can be changed by `with_table`")
        )
    changed = replaced(table)
    graph_of(changed)
    return changed


#: A change waits until it is wanted: some cannot be made, and say so only when they are.
_Change: TypeAlias = tuple[str, str, Callable[[], Table]]


def _changes(table: Table) -> Iterator[_Change]:
    for at, rule in enumerate(table.rules):
        for sentence, changed in _changed_rules(table, rule):
            yield rule.id, f"{sentence} in {rule.id}", _replacing(table, at, changed)
        asks = ", which asks for a missing fact," if rule.is_absence else ""
        yield rule.id, f"{rule.id}{asks} was removed", _replacing(table, at)
        if table.fold is Fold.FIRST and at + 1 < len(table.rules):
            after = table.rules[at + 1]
            yield rule.id, f"{rule.id} and {after.id} changed places", _swapping(table, at)
    yield from _changed_defaults(table)


def _changed_rules(table: Table, rule: Rule) -> Iterator[tuple[str, Callable[[], Rule]]]:
    for sentence, when in changed_conditions(rule.when):
        yield sentence, partial(attrs.evolve, rule, when=when)
    if rule.period is not None:
        for sentence, period in changed_periods(rule.period):
            yield sentence, partial(attrs.evolve, rule, period=period)
    if not isinstance(rule.then, Fact):
        for then in _shifted(table, rule.then):
            sentence = f"{outcome_words(rule.then)} became {outcome_words(then)}"
            yield sentence, partial(attrs.evolve, rule, then=then)


def _shifted(table: Table, outcome: Any) -> tuple[Any, ...]:
    """The outcomes one place from *outcome*; on a scale without order the next one."""
    if not isinstance(table.outcomes, Scale):
        return outcome - 1, outcome + 1
    items = table.outcomes.outcomes
    place = items.index(outcome)
    if not table.outcomes.ordered or table.fold is Fold.EVERY:
        return (items[(place + 1) % len(items)],) if len(items) > 1 else ()
    return items[max(place - 1, 0) : place] + items[place + 1 : place + 2]


def _changed_defaults(table: Table) -> Iterator[_Change]:
    if table.otherwise is None or table.fold is Fold.EVERY:
        return
    for other in _shifted(table, table.otherwise):
        sentence = f"otherwise {outcome_words(table.otherwise)} became {outcome_words(other)} in {table.id}"
        yield "otherwise", sentence, lambda other=other: attrs.evolve(table, otherwise=other)  # type: ignore[misc] # bound at once


def _replacing(table: Table, at: int, *changed: Callable[[], Rule]) -> Callable[[], Table]:
    """*table* with what is *changed* in the place of a rule; without the rule if nothing is."""
    return lambda: attrs.evolve(table, rules=(*table.rules[:at], *(make() for make in changed), *table.rules[at + 1 :]))


def _swapping(table: Table, at: int) -> Callable[[], Table]:
    rules = table.rules
    return lambda: attrs.evolve(table, rules=(*rules[:at], rules[at + 1], rules[at], *rules[at + 2 :]))
