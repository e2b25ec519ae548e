"""A tally: a decided book as numbers, without a loan in it."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from typing import Any

import attrs

from revisit_policy.values.dates import Date
from revisit_policy.values.labels import OrderedLabelled


@attrs.frozen(kw_only=True)
class Counted:
    """How many loans something is said of.

    Args:
        what: An outcome, such as a grade or a signal; ``None`` where none is established.
        loans: How many.
    """

    what: Any
    loans: int


@attrs.frozen(kw_only=True)
class WeekOfVisits:
    """The next visits by one method whose windows close in one week.

    Args:
        week: The Monday.
        method: By which means.
        visits: How many loans are visited.
        late: How many of them should have been visited before.
        hours: The hours that the officers spend, exact; ``None`` if the policy does not say how long such a visit takes.
    """

    week: Date
    method: OrderedLabelled
    visits: int
    late: int
    hours: Fraction | None


@attrs.frozen(kw_only=True)
class Moves:
    """How many loans go from the grade that people determined to the one that is proposed now.

    Args:
        before: The grade as determined; ``None`` if none is on file.
        now: The established grade; ``None`` if none is.
        loans: How many.
    """

    before: Hashable
    now: Hashable
    loans: int


@attrs.frozen(kw_only=True)
class Tally:
    """A decided book as numbers; `frames.tally` makes one of a frame, however many loans it has.

    Args:
        on: The decision day.
        loans: How many rows were decided.
        refused: How many could not be, being malformed; they are counted nowhere else.
        grades: The established grades, mild to severe, those without a loan too.
        levels: The levels of the loudest signals likewise; empty under a policy without.
        signals: The established signals that some loan has, in the order of the policy; a loan can have several.
        visits: The next visits by week and method, in order.
        measures_late: How many loans have a measure that should have been set about; ``None`` if visits were not planned.
        moves: From the determined grade to the proposed one, only what occurs; empty if the frame has no determined grades.
        languages: The codes of the languages of the policy.
    """

    on: Date
    loans: int
    refused: int
    grades: tuple[Counted, ...]
    levels: tuple[Counted, ...] = ()
    signals: tuple[Counted, ...] = ()
    visits: tuple[WeekOfVisits, ...] = ()
    measures_late: int | None = None
    moves: tuple[Moves, ...] = ()
    languages: tuple[str, ...] = ("zh", "en")
