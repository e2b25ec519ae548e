"""Keyword facts: a strategy for what a table or graph is called with, dense where its rules change their minds."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import Any, Final, Literal, TypeAlias

from hypothesis import assume
from hypothesis import strategies as st

from revisit_policy.errors import InvalidValueError
from revisit_policy.language.condition import Combinable, Condition, comparisons
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.language.readers.reference import read, truth
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.strategies.fact_space import UNKNOWN, FactSpace, Value
from revisit_policy.testing.strategies.threshold import RATIO_PLACES, plain
from revisit_policy.testing.subject import graph_of
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.money import Money
from revisit_policy.values.validation import checked, to_flag

Background: TypeAlias = Literal["unknown", "calm", "any"]

#: What the facts that a case is not about are like; the first is what a failing case shrinks towards.
BACKGROUNDS: Final[tuple[Background, ...]] = ("unknown", "calm", "calm", "any")

FIRST_REALISTIC_DAY: Final = Date(2005, 1, 1)
LAST_REALISTIC_DAY: Final = Date(2035, 12, 31)


def facts_for(
    policy: object,
    *,
    missing: bool = True,
    given: Mapping[str, Any] | None = None,
    where: Condition | None = None,
) -> st.SearchStrategy[dict[str, Any]]:
    """Keyword facts for *policy*: ``policy.graph.verdicts(**facts)`` or ``table(**facts)``.

    Half the values lie at a limit of some rule or one step beside it, and about half the cases are made so that one rule
    of the policy, chosen at random, can fire. A failing case shrinks to the few facts that matter.

    Args:
        policy: A table, a decision graph, or a policy.
        missing: True to leave facts out now and then, and to say of a register that nobody searched it; False for
            cases in which every fact is known.
        given: Facts that are the same in every case.
        where: A condition on facts of the policy that holds in every case.

    Returns:
        Facts by name, in the order of the graph. A fact that is left out is unknown, a register then has no entry.

    Raises:
        InvalidValueError: If *policy* is none of the three or *where* is no condition.
        UnknownNameError: If *given* or *where* names a fact that the policy does not read.
        InvalidInputError: If values *given* are of another type or outside their domains.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> from hypothesis import given
        >>> @given(facts_for(grade, where=grade.facts[0] > 90))
        ... def law(facts):
        ...     assert grade(**facts).outcome == "substandard"
        >>> law()
    """
    graph = graph_of(policy)
    to_flag(missing, field="missing")
    fixed = dict(checked({} if given is None else given, Mapping, field="given", expected=Phrase("按名称给出的事实", "facts by name")))
    _check(graph, fixed, where)
    return _facts(FactSpace(graph), missing=missing, fixed=fixed, where=where)


def facts_in(space: FactSpace) -> st.SearchStrategy[dict[str, Any]]:
    """Keyword facts for the graph of *space*, dense in the values that it holds; some are missing."""
    return _facts(space, missing=True, fixed={}, where=None)


def _check(graph: DecisionGraph, fixed: Mapping[str, Any], where: Condition | None) -> None:
    snapshot_of(graph.facts, fixed)
    if where is None:
        return
    if not isinstance(where, Combinable):
        raise InvalidValueError(owner="", field="where", value=where, expected=Phrase("条件，如 `fact > 90`", "a condition, such as `fact > 90`"))
    asked = {part.fact.name: None for part in comparisons(where) if part.fact.name not in graph.by_id}
    snapshot_of(graph.facts, asked)


@st.composite
def _facts(
    draw: st.DrawFn, space: FactSpace, *, missing: bool, fixed: dict[str, Any], where: Condition | None
) -> dict[str, Any]:
    def pick(items: Any) -> Any:
        return draw(st.sampled_from(items))

    background = pick(BACKGROUNDS if missing else BACKGROUNDS[1:])
    chosen = {
        fact.name: draw(_background(fact, space, background=background, missing=missing)) for fact in space.graph.facts
    }
    # what a case is about comes last, so that a failing case is simpler without it and stays the same otherwise
    aims = [line.condition for table in space.graph.tables for line in table.lines]
    for condition in (pick((None, *aims)) if pick((False, True)) else None, where):
        if condition is not None:
            found = space.choose(space.wanted(condition, pick=pick), pick=pick)
            chosen |= {name: value for name, value in found.items() if missing or value is not UNKNOWN}
    facts = {**space.given(chosen), **fixed}
    if where is not None:
        assume(_holds(space.graph, where, snapshot_of(space.graph.facts, facts)))
    return facts


def _holds(graph: DecisionGraph, where: Condition, snapshot: Snapshot) -> bool:
    readings = {name: snapshot.encoded(name) for name in snapshot}
    readings |= {name: reading.ruling.reads for name, reading in read(graph, snapshot).items()}
    return truth(where, readings) is True


def _background(fact: Fact, space: FactSpace, *, background: Background, missing: bool) -> st.SearchStrategy[Value | None]:
    """Values of a fact that a case is not about; ``None`` to leave it out."""
    known = value_of(fact, space)
    match background:
        case "unknown":
            return st.none() | known
        case "calm":
            return st.sampled_from((space.calm[fact.name],) * 7) | known
        case _:
            return (st.just(UNKNOWN) | known | known | known) if missing else known


def value_of(fact: Fact, space: FactSpace) -> st.SearchStrategy[Value]:
    """Values of one *fact*: those at which a rule of the graph changes its mind, and any other."""
    telling = st.sampled_from(space.values[fact.name])
    anything = _anything(fact, space.limits.get(fact.name, ()))
    if anything is None:
        return telling
    return telling | anything.map(lambda exact: Value(plain(fact, exact), fact.domain.encode(exact)))


def _anything(fact: Fact, limits: tuple[Any, ...]) -> st.SearchStrategy[Any] | None:
    domain = fact.domain
    match domain:
        case Counts():
            return st.integers(0, (domain.high - domain.low) // domain.step).map(partial(_counted, domain))
        case Points():
            return st.integers(domain.low, domain.high)
        case Ratios():
            top = min(domain.high, max(limits, default=Fraction(1)) * 2 + 1)
            units = 10**RATIO_PLACES
            return st.integers(int(domain.low * units), int(top * units)).map(lambda steps: Fraction(steps, units))
        case Amounts():
            return st.integers(domain.low.minor, domain.high.minor).map(partial(Money, currency=domain.low.currency))
        case Days():
            return st.dates(max(domain.low, FIRST_REALISTIC_DAY), min(domain.high, LAST_REALISTIC_DAY)).map(to_date)
        case _:
            return None


def _counted(domain: Counts, steps: int) -> int:
    return domain.low + steps * domain.step
