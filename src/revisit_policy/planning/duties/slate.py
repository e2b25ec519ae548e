"""Slates: what several duties are to one another, laid out once for all loans that owe them."""

from __future__ import annotations

import attrs

from revisit_policy.planning.duty import Duty
from revisit_policy.planning.plan_memory import PlanMemory


@attrs.frozen(eq=False)
class Slate:
    """All that loans owe which owe the same, apart from their days.

    Args:
        duties: What is owed, in the order in which it is.
        asked: The places of what asks for something itself, in the order in which it is served: first what stands beside its like, then what is
            served alone.
        visits: Those of them that somebody is visited for.
        waiting: The places of what waits for a visit.
        formers: Of each duty the places of what must have been met first.
        recurring: What goes on from visit to visit.
        is_crowded: Whether several duties are of one kind that is served alone.
        is_met_in_passing: Whether something waits for a visit without a signal that asks for it, so that the first visit may meet more than what
            is pending.
    """

    duties: tuple[Duty, ...]
    asked: tuple[int, ...]
    visits: tuple[int, ...]
    waiting: tuple[int, ...]
    formers: tuple[tuple[int, ...], ...]
    recurring: tuple[Duty, ...]
    is_crowded: bool
    is_met_in_passing: bool

    @classmethod
    def of(cls, duties: tuple[Duty, ...], *, memory: PlanMemory) -> Slate:
        """The slate of these *duties*; the same object for all loans that owe them, as long as it is remembered."""
        found: Slate | None = memory.slates.kept.get(duties) or memory.slates.find(duties)
        return memory.slates.keep(duties, cls._laid_out(duties)) if found is None else found

    @classmethod
    def _laid_out(cls, duties: tuple[Duty, ...]) -> Slate:
        asking = [at for at, duty in enumerate(duties) if not duty.waits]
        alone = [at for at in asking if duties[at].kind.alone]
        waiting = tuple(at for at, duty in enumerate(duties) if duty.waits)
        asked = (*(at for at in asking if at not in alone), *alone)
        return cls(
            duties=duties,
            asked=asked,
            visits=tuple(at for at in asked if not duties[at].is_at_desk),
            waiting=waiting,
            formers=tuple(tuple(at for at, other in enumerate(duties) if other.kind.kind is duty.kind.after) for duty in duties),
            recurring=tuple(duty for duty in duties if duty.every is not None and not duty.is_at_desk),
            is_crowded=len({duties[at].kind.kind for at in alone}) < len(alone),
            is_met_in_passing=any(not duties[at].errand.triggers for at in waiting),
        )
