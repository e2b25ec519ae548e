"""Exclusion: which rules of a scorecard can never hold together, such as the bands of one fact.

A total adds the points of every rule that holds. Of bands of a fact that is missing each may hold, but only one will, so
that the total widens by the span of their points and not by their sum. What is claimed here is proved: of conditions
that are too many, or of kinds that nothing is proved about, it is said that they may hold together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import attrs

from revisit_policy.language.condition import Comparison, Condition, comparisons
from revisit_policy.language.fact import Fact
from revisit_policy.language.overlaps.overlap import boxes, can_hold, is_provable, mask_of, samples_of

#: How many groups a line is held against before it begins its own: a long scorecard is to be built in no time.
TRIES: Final = 64

#: The places of lines with their conditions.
Placed: TypeAlias = list[tuple[int, Condition]]


@attrs.frozen
class Group:
    """Lines of a table, by their places, of which at most one can hold.

    Args:
        lines: The places, in the order written.
        is_complete: True if one of them holds whatever their fact is, once it is known.
    """

    lines: tuple[int, ...]
    is_complete: bool = False


def groups_of(conditions: Sequence[Condition | None], points: Sequence[int]) -> tuple[Group, ...]:
    """The lines with these *conditions* in groups, each line in one; ``None`` stands alone.

    A line joins the first group all of whose lines it excludes. Which is first is a matter of what lines say and how many
    *points* they give, never of where they are written: a scorecard says the same in whatever order its rules come.
    """
    by_fact: dict[Fact, Placed] = {}
    of_several: Placed = []
    groups: list[Group] = []
    for at, condition in enumerate(conditions):
        parts = () if condition is None else tuple(comparisons(condition))
        if condition is None or not parts or not all(map(is_provable, parts)):
            groups.append(Group((at,)))
        elif len({part.fact for part in parts}) == 1:
            by_fact.setdefault(parts[0].fact, []).append((at, condition))
        else:
            of_several.append((at, condition))
    groups += [group for fact, lines in by_fact.items() for group in _of_one_fact(fact, lines, points=points)]
    groups += _of_several_facts(sorted(of_several, key=lambda line: (repr(line[1]), points[line[0]])))
    return tuple(sorted(groups, key=lambda group: group.lines))


# -- lines about one fact: where each holds, a bit for every kind of value that they tell apart -----------------------


def _of_one_fact(fact: Fact, lines: Placed, *, points: Sequence[int]) -> Iterator[Group]:
    samples = samples_of(fact, [part for _, condition in lines for part in comparisons(condition)])
    full = (1 << len(samples)) - 1
    found: list[tuple[int, list[int]]] = []
    for mask, _, at in sorted((mask_of(condition, samples, full), points[at], at) for at, condition in lines):
        for place, (taken, members) in enumerate(found[:TRIES]):
            if not taken & mask:
                found[place] = taken | mask, [*members, at]
                break
        else:
            found.append((mask, [at]))
    yield from (Group(tuple(sorted(members)), taken == full) for taken, members in found)


# -- lines about several facts ---------------------------------------------------------------------------------------


def _of_several_facts(lines: Placed) -> Iterator[Group]:
    found: list[list[tuple[int, Sequence[tuple[Comparison, ...]]]]] = []
    for at, condition in lines[:TRIES]:
        opened = boxes(condition)
        if opened is None:
            yield Group((at,))
            continue
        for members in found:
            if not any(can_hold((*one, *other)) for _, theirs in members for one in opened for other in theirs):
                members.append((at, opened))
                break
        else:
            found.append([(at, opened)])
    yield from (Group((at,)) for at, _ in lines[TRIES:])
    yield from (Group(tuple(sorted(at for at, _ in members))) for members in found)
