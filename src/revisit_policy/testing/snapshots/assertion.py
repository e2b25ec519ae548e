"""Why two policies are not equal, in the sentences of the exact diff: what a test that fails shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from revisit_policy.analysis.diff import diff
from revisit_policy.errors import AnalysisLimitError, RevisitPolicyError
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook

#: How many lines are shown of each pair of policies, and how many steps are spent on finding them.
_MOST: Final = 40
_BUDGET: Final = 20_000


def told_apart(left: object, right: object) -> list[str] | None:
    """The lines in which a test that compared *left* and *right* is told what they say differently; ``None`` if they are no policies.

    Args:
        left: A policy or a rulebook.
        right: Another of the same type.

    Returns:
        A heading, then what differs. What the budget of the search does not reach is said to be open, so that a test is never
        kept waiting by its own failure.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> told_apart(cn_housing.rulebook, 5) is None
        True
    """
    if isinstance(left, RevisitPolicy) and isinstance(right, RevisitPolicy):
        return [f"{left!r} == {right!r}", *_differences(left, right)]
    if isinstance(left, Rulebook) and isinstance(right, Rulebook):
        return [f"{left!r} == {right!r}", *_by_edition(left, right)]
    return None


def _by_edition(left: Rulebook, right: Rulebook) -> Iterator[str]:
    before, after = ({edition.id: edition for edition in rulebook.editions} for rulebook in (left, right))
    for name in dict.fromkeys((*before, *after)):
        if name not in before or name not in after:
            yield f"edition {name} is {'only on the right' if name not in before else 'only on the left'}"
        elif before[name] != after[name]:
            yield f"edition {name}:"
            yield from (f"  {line}" for line in _differences(before[name].policy, after[name].policy))


def _differences(left: RevisitPolicy, right: RevisitPolicy) -> list[str]:
    if left == right:
        return ["the policies are equal; what stands beside them differs"]
    if left.digest == right.digest:
        return ["both have the same digest: they differ in the id, the version or the calendar"]
    try:
        lines = diff(left, right, budget=_BUDGET).explain("en").split("\n")
    except AnalysisLimitError as error:
        lines = [*(f"{finding.sentence()}" for finding in error.findings), f"and perhaps more: {error}"]
    except RevisitPolicyError as error:
        lines = [f"the two cannot be compared exactly: {error}"]
    more = len(lines) - _MOST
    return [*lines[:_MOST], f"... and {more} more lines: `analysis.diff(left, right)` has them all"] if more > 0 else lines
