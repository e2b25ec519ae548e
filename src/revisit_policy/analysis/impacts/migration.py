"""Migrations: how many loans go from one grade to another, on whatever scales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, cast

import attrs

from revisit_policy.analysis.impacts.supply import policies_of
from revisit_policy.language.scale import Scale
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook


@attrs.frozen(kw_only=True)
class Migration:
    """How many loans go from one grade to another, or stay.

    Args:
        old: The grade under the old version, on the scale of its table; ``None`` where none is established.
        new: The same under the new one.
        loans: How many.
    """

    old: Hashable
    new: Hashable
    loans: int


def graded(grade: Hashable) -> tuple[type, Hashable]:
    """What two equal grades have in common, on whatever scales they stand."""
    return type(grade), grade


def places_of(*versions: RevisitPolicy | Rulebook) -> Mapping[tuple[type, Hashable], int]:
    """The place of every grade that can be given, mild to severe: on the older scale, and behind it what only others have."""
    policies = [policy for version in versions for policy in policies_of(version)]
    scales = (cast("Scale", policy.grade.table.outcomes).outcomes for policy in policies)
    return {grade: place for place, grade in enumerate(dict.fromkeys(graded(outcome) for scale in scales for outcome in scale))}


def migrations(moves: Iterable[tuple[Hashable, Hashable]], places: Mapping[tuple[type, Hashable], int]) -> list[Migration]:
    """How many loans make each of *moves*, the grades before and after, in the order of *places*."""

    def in_order(move: tuple[Any, Any]) -> tuple[int, ...]:
        return tuple(places.get(grade, len(places)) for grade in move)  # a grade that nothing establishes comes last

    counts = Counter((graded(before), graded(after)) for before, after in moves)
    return [Migration(old=old[1], new=new[1], loans=counts[old, new]) for old, new in sorted(counts, key=in_order)]
