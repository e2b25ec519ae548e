"""Assessing: what is handed out of what the tables say, made once for all cases of which they say the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import attrs

from revisit_policy.decision.assessment import Assessment, Reason, assess
from revisit_policy.decision.due import DueReader
from revisit_policy.decision.seats.shape import BARRING, Seat, Shown, seats_of
from revisit_policy.language.readers.generated import Found, Resolution
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.memory import Memory
from revisit_policy.values.unchecked import unchecked

#: The bytes that the assessments of a policy may take, and those that their parts may.
_BUDGET: Final = 2**23
_OF_PARTS: Final = 2**20

#: What has been worked out is sound: nothing of it has to be converted or checked once more.
_recommendation: Final = unchecked(Recommendation)


def _fields(found: Recommendation) -> dict[str, Any]:
    return {field.name: getattr(found, field.name) for field in attrs.fields(Recommendation)}


@attrs.frozen(eq=False)
class Assessments:
    """The assessments of a policy; those of cases that differ in days alone are one object.

    Args:
        due: Reads what is due out of the tables that speak once for a case.
        facts: The names of the facts that they read, in the order of its snapshots.
        quiet: How loud a loan without warnings is.
    """

    due: DueReader
    facts: tuple[str, ...]
    quiet: OrderedLabelled = attrs.field(kw_only=True)

    def of(self, resolution: Resolution, unknown: tuple[int, ...]) -> Assessment:
        """What is handed out of a *resolution* of the tables, the facts at the places *unknown* being missing."""
        key = (resolution.key, unknown)
        found = self._memory.kept.get(key) or self._memory.find(key)
        if found is None:
            names = frozenset(self.facts[place] for place in unknown)
            made = assess(resolution, unknown=names, seats=self._seats, reason=self._reason, once=self._once, due=self.due, quiet=self.quiet)
            found = self._memory.keep(key, made)
        return found

    def recommendation(self, reason: Reason, note: MeasureNote, *, by: Date | None, **course: Any) -> Recommendation:  # noqa: ANN401 - as the fields
        """What is recommended for a *reason*, to be done *by* this day, with the *course* it has taken; the loans of one day share it."""
        key = (reason, by, *course.values())
        found = self._recommended.find(key)
        if found is None:
            standing = self._standing.find(reason)
            if standing is None:
                standing = self._standing.keep(reason, Recommendation.of(note, by=by, rules=reason.ids, sources=reason.sources))
            found = self._recommended.keep(key, _recommendation(**{**_fields(standing), "by": by, **course}))
        return found

    def _reason(self, table: Table, outcome: object, rules: tuple[Rule, ...]) -> Reason:  # noqa: PLR0917 - the order of the sentence
        """One object for all cases that have it: reasons are what an assessment is made of."""
        key = (table.id, type(outcome), outcome, tuple(rule.id for rule in rules))
        found = self._reasons.find(key)
        return self._reasons.keep(key, Reason(outcome, rules)) if found is None else found

    def _once(self, key: tuple[str | Found, ...], make: Callable[[], tuple[Reason, ...]]) -> tuple[Reason, ...]:
        """What *make* makes, one tuple for all cases of which the tables of the *key* say the same."""
        found = self._told.kept.get(key) or self._told.find(key)
        return self._told.keep(key, make()) if found is None else found

    @cached_property
    def _seats(self) -> tuple[Seat, ...]:
        """The seats out of whose tables something is handed out, or that rule it out."""
        bars = {bar for _, bar in BARRING}
        return tuple(seat for seat in seats_of(self.due.tables) if seat.shown is not Shown.NOWHERE or seat.id in bars)

    @cached_property
    def timeless(self) -> Memory[tuple[Recommendation, ...]]:
        """What is recommended to all cases of an assessment about which nothing was done, where nothing of it counts from a day."""
        return Memory(_OF_PARTS)

    @cached_property
    def _told(self) -> Memory[tuple[Reason, ...]]:
        return Memory(_OF_PARTS)

    @cached_property
    def _memory(self) -> Memory[Assessment]:
        return Memory(_BUDGET)

    @cached_property
    def _reasons(self) -> Memory[Reason]:
        return Memory(_OF_PARTS)

    @cached_property
    def _standing(self) -> Memory[Recommendation]:
        """By its reason what all recommendations of a measure have in common, converted and checked once."""
        return Memory(_OF_PARTS)

    @cached_property
    def _recommended(self) -> Memory[Recommendation]:
        return Memory(_OF_PARTS)
