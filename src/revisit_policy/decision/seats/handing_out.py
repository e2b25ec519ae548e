"""Handing out: what of all that a table says people are told, written once for the single decision and for columns.

Each way takes what a table says of its scale, and returns a flag for every outcome: of a set all that hold are handed out, of
one outcome the highest that holds.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, Protocol, TypeVar, cast

import attrs

from revisit_policy.language.fact import Fact
from revisit_policy.language.flags import Awaited, Row, both, either, inverse
from revisit_policy.language.on_scale import OnScale
from revisit_policy.language.rule import Rule
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind
from revisit_policy.outcomes.obligations.usual import usual_kind
from revisit_policy.outcomes.signal import Signal
from revisit_policy.values.labels import Labelled

Part = TypeVar("Part", bound=Awaited)


class HandsOut(Protocol):
    """One way of handing out."""

    def __call__(self, said: OnScale[Part], /) -> tuple[bool | Part, ...]:
        """For every outcome of the scale, where it is handed out."""
        ...


def established(said: OnScale[Part]) -> tuple[bool | Part, ...]:
    """What is established."""
    return said.certain


def at_worst(said: OnScale[Part]) -> tuple[bool | Part, ...]:
    """The most severe that is still possible."""
    return said.possible


def established_or_worst(said: OnScale[Part]) -> tuple[bool | Part, ...]:
    """What is established; where a table that goes by order establishes nothing, the most severe that is still possible."""
    nothing = False if said.is_settled else inverse(either(said.certain))
    return tuple(either((sure, both((nothing, maybe)))) for sure, maybe in zip(said.certain, said.possible, strict=True))


def earliest_closing(said: OnScale[Part]) -> tuple[bool | Part, ...]:
    """Of the windows that are still possible the one that closes first."""
    windows = cast("tuple[DayWindow, ...]", said.items)
    order = sorted(range(len(windows)), key=lambda at: (windows[at].last, windows[at].first))
    row = Row.of((said.possible[at] for at in order), said.keep)
    found = {at: both((said.possible[at], inverse(row.between(0, rank)))) for rank, at in enumerate(order)}
    return tuple(found[at] for at in range(len(windows)))


def loudest_a_code(said: OnScale[Part]) -> tuple[bool | Part, ...]:
    """One signal a code, the loudest that is established."""
    return tuple(
        False if flag is False else both((flag, inverse(either(said.certain[other] for other in louder))))
        for flag, louder in zip(said.certain, _louder(cast("tuple[Signal, ...]", said.items)), strict=True)
    )


@lru_cache(maxsize=2**6)  # a policy has one scale of signals, and is asked for every case
def _louder(signals: tuple[Signal, ...]) -> tuple[tuple[int, ...], ...]:
    """For every signal the places of those of its code that are louder."""
    return tuple(tuple(at for at, other in enumerate(signals) if other.code == one.code and other.level > one.level) for one in signals)


def next_below(flags: tuple[bool | Part, ...], above: OnScale[Part]) -> tuple[bool | Part, ...]:
    """Of what *flags* hand out the outcome one place milder than the one that *above*, on the same scale, is certain of and no worse."""
    worse = Row.of(above.possible, above.keep)
    count = len(flags)
    return tuple(
        both((flag, above.certain[at + 1], inverse(worse.between(at + 2, count)))) if at + 1 < count else False for at, flag in enumerate(flags)
    )


def owed(kinds: Mapping[Labelled, ObligationKind]) -> HandsOut:
    """The way that hands out what is established, and of a kind that is owed at worst also what is possible; *kinds* are those told of."""

    def way(said: OnScale[Part], /) -> tuple[bool | Part, ...]:
        items = cast("tuple[Obligation, ...]", said.items)
        at_worst = [(kinds[each.kind] if each.kind in kinds else usual_kind(each.kind)).at_worst for each in items]
        return tuple(maybe if worst else sure for worst, sure, maybe in zip(at_worst, said.certain, said.possible, strict=True))

    return way


def wherever_possible(member: Hashable) -> HandsOut:
    """The way that hands out *member* where it is possible at all, in whatever order a table lists its outcomes, else the worst."""

    def way(said: OnScale[Part], /) -> tuple[bool | Part, ...]:
        is_there = dict(zip(said.items, said.possible, strict=True)).get(member, False)
        return tuple(maybe if item == member else both((maybe, inverse(is_there))) for item, maybe in zip(said.items, said.possible, strict=True))

    return way


# -- as tables -------------------------------------------------------------------------------------------------------


def handed_out(graph: DecisionGraph, barring: tuple[tuple[str, str], ...]) -> DecisionGraph:
    """The *graph* with every rule of a table of which some is barred asking that what it says is not.

    It says of every case what `language.verdicts.withholding` leaves, so a question about it is one about what people are told; only where
    all that rules ask for is barred it says `otherwise`, and a decision nothing. A graph without such tables comes back as
    it is, and so does one whose bar rests on what it bars.

    Args:
        graph: Tables.
        barring: Pairs of their ids: the second rules out some of what the first says.
    """
    changed = graph
    for table_id, bar in barring:
        if {table_id, bar} <= graph.by_id.keys() and table_id not in graph.leading_to(bar).by_id:
            changed = _unless_barred(changed, table_id, barred=graph.by_id[bar].outcome)
    return changed


def _unless_barred(graph: DecisionGraph, table_id: str, *, barred: Fact) -> DecisionGraph:
    table = graph.by_id[table_id]
    asked = attrs.evolve(table, rules=tuple(_rule_unless(barred, rule) for rule in table.rules))
    return attrs.evolve(graph, tables=tuple(asked if other.id == table_id else other for other in graph.tables))


def _rule_unless(barred: Fact, rule: Rule) -> Rule:
    items: tuple[Any, ...] = barred.domain.items  # type: ignore[union-attr] # EVERY: a set
    if isinstance(rule.then, Fact) or rule.then not in items:
        return rule
    return attrs.evolve(rule, when=rule.when & ~barred.includes(rule.then))
