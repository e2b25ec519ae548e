"""Calls: tables as functions, of keyword facts or of a case file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.language.comparing import PLAIN
from revisit_policy.language.derivation import needs_day
from revisit_policy.language.domains.days import FIRST_DAY
from revisit_policy.language.fact import Assumption
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.speech.phrase import Phrase

if TYPE_CHECKING:
    from revisit_policy.language.verdicts.graph import DecisionGraph
    from revisit_policy.language.verdicts.verdict import Verdicts


def verdicts_of(
    graph: DecisionGraph, case: object, *, facts: dict[str, object], supplied: Mapping[str, object] | None, assuming: Sequence[Assumption]
) -> Verdicts:
    """What *graph* says of keyword *facts*, or of a *case* file as of the day ``facts["on"]``.

    Raises:
        InvalidInputError: If both or neither are given, the *case* is a plain value, or a fact counts from a day that is
            not told.
        UnknownNameError: If a name is that of no fact.
    """
    if case is None:
        if supplied is not None:
            raise _refused(
                "supplied",
                supplied,
                Phrase("以关键字给出事实时留空：补充事实即其中之一", "left out where facts are given by keyword: a supplied fact is one of them"),
            )
        return graph.verdicts(assuming=assuming, **facts)
    if isinstance(case, (*PLAIN, Mapping, list, tuple)):
        raise not_a_case(case, graph)
    day = facts.pop(DECISION_DAY.name, None)
    for name, value in facts.items():
        raise _refused(
            name,
            value,
            Phrase("与案件并用时列入 `supplied`，案件资料已载明的留空", "in `supplied` beside a case file, or left out where the case file tells it"),
        )
    if day is None:
        counted = [fact.name for fact in graph.facts if fact == DECISION_DAY or needs_day(fact.derived)]
        if counted:
            raise _refused("on", day, Phrase("决策日，因为 `{counted}` 由其推算", "the decision day, because `{counted}` rests on it", counted=counted[0]))
        day = FIRST_DAY  # of a case file out of which nothing is counted every day says the same
    return graph.decide(case, on=day, supplied=supplied, assuming=assuming)  # type: ignore[arg-type] # a day, or it is refused


def not_a_case(value: object, graph: DecisionGraph) -> InvalidInputError:
    """The refusal of a *value* in the place of a case file."""
    return _refused(
        "case",
        value,
        Phrase("案件；事实按名称给出，如 `{example}`", "a case file; facts are given by their names, such as `{example}`", example=_example(graph)),
    )


def _example(graph: DecisionGraph) -> str:
    """A fact as a keyword, of a kind that takes a number if there is one."""
    names = [fact.name for fact in graph.facts if fact.is_measured and fact != DECISION_DAY] or [fact.name for fact in graph.facts]
    return f"{names[0]}=..." if names else "(nothing is asked)"


def _refused(field: str, value: object, expected: str) -> InvalidInputError:
    return InvalidInputError.of("call", [InvalidValueError(owner="", field=field, value=value, expected=expected)])
