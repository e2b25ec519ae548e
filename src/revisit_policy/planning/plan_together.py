"""Planning for one customer: the visits that several loans of one borrower require, each of them made for all that it can serve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from revisit_policy.errors import InvalidInputError
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.desk import by_whom
from revisit_policy.planning.duties.owing import Owing
from revisit_policy.planning.duties.pending import Pending, deadline_of, joined
from revisit_policy.planning.plan import goes_with
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.today import Today
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
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
    pending = [by_whom(each.pending())[0] for each in owing]
    while any(pending):
        everything = sorted(((one, at) for at, several in enumerate(pending) for one in several), key=_deadline)
        (first, whose), *rest = everything
        if first.window.closes > agendas[0].until and first.window.missed_on is None:
            break
        served = [(first, whose), *(each for each in rest if goes_with(each[0], first))]
        others = [each for each in rest if not goes_with(each[0], first)]
        made = joined([one for one, _ in served], today=today)
        met = {at for _, at in served}
        yield SharedVisit(visit=made.visit, loans=tuple(place for at, place in enumerate(places) if at in met))
        for at in met:
            pending[at] = owing[at].after(made, others=[one for one, loan in others if loan == at])


def _deadline(found: tuple[Pending, int]) -> tuple[Date, int]:
    return deadline_of(found[0])


def _check_alike(agendas: Sequence[Agenda]) -> None:
    if not agendas:
        raise InvalidInputError.of("plan_together", [fault("agendas", agendas, Phrase("至少一笔贷款", "at least one loan"))])
    for name in ("on", "until", "calendar"):
        if any(getattr(agenda, name) != getattr(agendas[0], name) for agenda in agendas):
            given = str(getattr(agendas[-1], name)) if name != "calendar" else agendas[-1].calendar.edition
            expected = Phrase("对所有贷款相同", "the same for all loans")
            raise InvalidInputError.of("plan_together", [fault(name, given, expected)])
