"""Changes of a condition: one limit a step further, one operator strict or loose, one choice or alternative fewer."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, Final, TypeAlias, cast

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import NEVER, All, AnyOf, Compare, Condition, Includes, OneOf, Operator, any_of, comparisons
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import Period
from revisit_policy.testing.strategies.threshold import condition_source, moved, plain
from revisit_policy.testing.worked.outcome_words import outcome_words
from revisit_policy.values.dates import from_ordinal

#: A strict operator made loose, and a loose one strict.
LOOSENED: Final[dict[Operator, Operator]] = {">": ">=", ">=": ">", "<": "<=", "<=": "<"}

#: What became of a condition, and the condition: ``("90 became 91", overdue > 91)``.
Change: TypeAlias = tuple[str, Condition]


def changed_conditions(condition: Condition) -> Iterator[Change]:
    """Every condition that differs from *condition* in one place, each once, with what became of that place.

    A limit moves one step up; down too, unless making the operator strict or loose comes to the same, as it does for
    whole numbers, days and amounts.
    """
    alone = sum(1 for _ in comparisons(condition)) == 1
    seen = {condition}
    for before, after, changed in _changed(condition):
        if changed not in seen:
            seen.add(changed)
            yield _became(before, after, alone=alone), changed


def _changed(condition: Condition) -> Iterator[tuple[Condition, Condition, Condition]]:
    """The part before, the part after, and the whole after."""
    match condition:
        case All(parts) | AnyOf(parts):
            for at, part in enumerate(parts):
                for before, after, changed in _changed(part):
                    yield before, after, attrs.evolve(condition, parts=(*parts[:at], changed, *parts[at + 1 :]))
            if isinstance(condition, AnyOf):
                yield from ((part, NEVER, any_of(*parts[:at], *parts[at + 1 :])) for at, part in enumerate(parts) if len(parts) > 1)
        case Compare():
            yield from ((condition, after, after) for after in _changed_comparisons(condition) if _is_telling(after))
        case OneOf(_, choices) if len(choices) > 1:
            yield from ((condition, fewer, fewer) for fewer in (attrs.evolve(condition, choices=rest) for rest in _fewer(choices)))
        case Includes(_, elements) if len(elements) > 1:
            yield from ((condition, fewer, fewer) for fewer in (attrs.evolve(condition, elements=rest) for rest in _fewer(elements)))
        case _:
            return


def _fewer(choices: tuple[Hashable, ...]) -> Iterator[tuple[Hashable, ...]]:
    """*choices* without each of them in turn."""
    return (tuple(other for other in choices if other != choice) for choice in choices)


def _changed_comparisons(comparison: Compare) -> Iterator[Compare]:
    fact, op, limit = comparison.fact, comparison.operator, comparison.limit
    yield from (Compare(fact, op, other) for other in _moved(fact, op, limit))
    yield Compare(fact, LOOSENED[op], limit)


def _moved(fact: Fact, op: Operator, limit: Any) -> Iterator[Any]:
    domain = fact.domain
    if isinstance(domain, Choices):
        place = domain.place(limit) + 1
        yield from domain.items[place : place + 1]
        return
    loosening_is_a_step = not isinstance(domain, Ratios)
    down = -1 if op in {">", "<="} else 1  # `> 90` made loose is `> 89`, `>= 90` made strict is `>= 91`
    for steps in (1, -1):
        other = moved(fact, limit, steps)
        if other is not None and not (loosening_is_a_step and steps == down):
            yield other


def _is_telling(comparison: Compare) -> bool:
    """True if *comparison* can be written: it is exact, and holds for some choices and not for others."""
    domain = comparison.fact.domain
    if isinstance(domain, Choices):
        place, size = domain.place(comparison.limit), len(domain.items)
        kept = {"<": place, "<=": place + 1, ">": size - place - 1, ">=": size - place}[comparison.operator]
        return 0 < kept < size
    try:
        domain.check_limit(comparison.limit)  # type: ignore[union-attr] # a comparison is of a number, a day or a choice
    except InvalidPolicyError:
        return False
    return True


def _became(before: Condition, after: Condition, *, alone: bool) -> str:
    if after == NEVER:
        return f"{condition_source(before)} was dropped from the alternatives"
    if isinstance(before, OneOf | Includes):
        (dropped,) = set(_choices(before)) - set(_choices(after))
        return f"{outcome_words(dropped)} was dropped from the choices of {before.fact.name}"
    if isinstance(before, Compare) and isinstance(after, Compare) and alone and before.operator == after.operator:
        return f"{_limit(before)} became {_limit(after)}"
    return f"{condition_source(before)} became {condition_source(after)}"


def _choices(condition: Condition) -> tuple[Hashable, ...]:
    match condition:
        case OneOf(_, choices) | Includes(_, choices):
            return choices
        case _:
            return ()


def _limit(comparison: Compare) -> str:
    value = plain(comparison.fact, comparison.limit)
    return value if isinstance(value, str) else repr(value)


def changed_periods(period: Period) -> Iterator[tuple[str, Period]]:
    """*period* with its beginning, and with its end, a day later, with what became of it."""
    for name in ("since", "until"):
        day = getattr(period, name)
        if day is None:
            continue
        later = from_ordinal(day.toordinal() + 1)
        try:
            changed: Period = attrs.evolve(period, **cast("Any", {name: later}))
        except InvalidPolicyError:  # a period of one day has no other beginning
            continue
        yield f"{name} {day} became {name} {later}", changed
