"""Planning for one customer: the visits that several loans of one borrower require, each of them made for all that it can serve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from revisit_policy.errors import InvalidInputError
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.desk import by_visit
from revisit_policy.planning.duties.owing import Owing
from revisit_policy.planning.duties.pending import Pending, deadline_of, joined
from revisit_policy.planning.plan import shared
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.planned_visit import planned_visit
from revisit_policy.planning.today import Today
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault


@attrs.frozen(kw_only=True)
class SharedVisit:
    """One visit to a customer.

    Args:
        visit: When and how it is made, and what for.
        loans: The places of the loans it is made for, in the order in which they were given, from 0.
    """

    visit: Revisit
    loans: tuple[int, ...]


def plan_together(agendas: Sequence[Agenda], *, memory: PlanMemory | None = None) -> tuple[SharedVisit, ...]:
    """The visits to one customer for all loans together.

    What several loans owe is met as what one owes is: the next visit closes with the first of all deadlines, and serves whatever of any
    loan may share it and is open by then. It begins a period anew for those loans that it serves.

    Args:
        agendas: What each loan owes, on one day, to one horizon and by one calendar.
        memory: What is remembered from one plan to the next; nothing if ``None``.

    Returns:
        The visits, in the order in which they close.

    Raises:
        InvalidInputError: If there is no loan, or the days, horizons or calendars of the loans differ.
    """
    _check_alike(agendas)
    first, remembered = agendas[0], PlanMemory() if memory is None else memory
    today = Today.of(first.on, first.calendar, memory=remembered)
    return tuple(_visits([Owing(agenda, today) for agenda in agendas if not agenda.is_settled], agendas, today=today))


def _visits(owing: Sequence[Owing], agendas: Sequence[Agenda], *, today: Today) -> Iterator[SharedVisit]:
    places = [place for place, agenda in enumerate(agendas) if not agenda.is_settled]
    pending = [by_visit(each.pending()) for each in owing]
    while any(pending):
        everything = sorted((each for several in pending for each in several), key=deadline_of)
        first = everything[0].window
        if first.closes > agendas[0].until and first.missed_on is None:
            break
        served, _ = shared(everything)
        made = joined(served, today=today)
        chosen = set(map(id, served))
        loans = tuple(place for place, several in zip(places, pending, strict=True) if _meet(several, chosen))
        yield SharedVisit(visit=planned_visit(made, today), loans=loans)
        pending = [
            each.after(made, others=[one for one in several if id(one) not in chosen]) if _meet(several, chosen) else several
            for each, several in zip(owing, pending, strict=True)
        ]


def _meet(pending: list[Pending], chosen: set[int]) -> bool:
    """Whether any of the *pending* is among what was *chosen*."""
    return any(id(each) in chosen for each in pending)


def _check_alike(agendas: Sequence[Agenda]) -> None:
    if not agendas:
        raise InvalidInputError.of("plan_together", [fault("agendas", agendas, Phrase("至少一笔贷款", "at least one loan"))])
    for name in ("on", "until", "calendar"):
        if any(getattr(agenda, name) != getattr(agendas[0], name) for agenda in agendas):
            given = str(getattr(agendas[-1], name)) if name != "calendar" else agendas[-1].calendar.edition
            expected = Phrase("对所有贷款相同", "the same for all loans")
            raise InvalidInputError.of("plan_together", [fault(name, given, expected)])
