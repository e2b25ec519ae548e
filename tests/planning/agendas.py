"""Agendas of every kind: whatever a bank can say of its obligations, a loan of any age, and any history of visits."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.planning.strategies import CALENDARS, EARLIEST, LATEST, LONG_AGO, day, means, visits

from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity, MetBy, ObligationKind, ServedBy
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every, When, Within
from revisit_policy.outcomes.obligations.usual import USUAL_KINDS, VALUED_ON
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.duty import Duty, DutyOrder, Owed
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.values.dates import Date, add_months, from_ordinal
from revisit_policy.values.labels import Label, Labelled


class Work(Labelled):
    """What another bank does about a loan."""

    SEEN = "seen", "上门回访", "visit on site"
    DATA = "data", "数据核对", "check of data"
    CLOCK = "clock", "时效", "limitation clock"


KINDS: tuple[Labelled, ...] = (*VisitKind, *Work)
kinds_of_work = st.sampled_from(KINDS)
some_kinds = st.lists(kinds_of_work, max_size=2, unique=True).map(tuple)


@st.composite
def obligation_kinds(draw: st.DrawFn, kind: Labelled) -> ObligationKind:
    """What holds of one kind: what is usual, or anything that can be said."""
    if isinstance(kind, VisitKind) and draw(st.booleans()):
        return USUAL_KINDS[kind]
    met_by: MetBy = draw(st.just(VALUED_ON) | some_kinds)
    return ObligationKind(
        kind,
        met_by=met_by,
        served_by=draw(st.sampled_from([ServedBy.VISIT, ServedBy.VISIT, ServedBy.DESK])),
        joins=draw(st.sampled_from([True, True, False])),
        after=draw(st.none() | st.sampled_from([other for other in KINDS if other != kind])),
        alone=draw(st.booleans()),
        at_maturity=draw(st.sampled_from(AtMaturity)),
        restarts=draw(some_kinds),
        order=draw(st.integers(0, 2)),
    )


@st.composite
def times(draw: st.DrawFn) -> When:
    """Any time: once, between two days, again and again, or with the next visit."""
    first, span = draw(st.integers(0, 40)), draw(st.integers(0, 60))
    found: list[When] = [
        Between(first, first + span),
        Within(working_days=1 + span % 15, same_month=span % 2 == 0),
        Within(days=1 + span),
        Within(months=1 + span % 6),
        Within(same_month=True),
        Every(months=1 + span % 12, lead_days=first, catch_up_days=1 + span % 40 if first % 2 else None),
        Every(days=20 + span, lead_days=first % 20),
        Every(days=(20 + first, 20 + first + span)),
        AtNextVisit(),
    ]
    return draw(st.sampled_from(found))


@st.composite
def owed_things(draw: st.DrawFn, *, on: int, kind: ObligationKind, memory: PlanMemory) -> Owed:
    """One thing of this *kind* that is owed."""
    since = st.none() | day(on - 90, on) | day(LONG_AGO, on)
    order = DutyOrder(kind, draw(times()), draw(means()), (draw(st.sampled_from(["one-rule", "another-rule"])),), 2)
    if draw(st.booleans()):
        order = order._replace(code=draw(st.sampled_from(SignalCode)).value, red_result_days=draw(st.none() | st.just(1)))
    return Owed(Duty.of(order, memory=memory), tuple(draw(st.lists(since, min_size=1, max_size=2))), draw(st.none() | day(on - 500, on)))


@st.composite
def agendas(draw: st.DrawFn, *, memory: PlanMemory) -> Agenda:
    """Any agenda."""
    on = draw(st.integers(EARLIEST, LATEST))
    disbursed: Date = draw(st.one_of(day(on - 120, on), day(LONG_AGO, on)))
    said = {kind: draw(obligation_kinds(kind)) for kind in draw(st.lists(kinds_of_work, min_size=1, max_size=4, unique=True))}
    owed = [draw(owed_things(on=on, kind=said[kind], memory=memory)) for kind in draw(st.lists(st.sampled_from(sorted(said, key=str)), min_size=1, max_size=5))]
    return Agenda(
        on=from_ordinal(on),
        until=from_ordinal(on + draw(st.integers(0, 800))),
        calendar=draw(CALENDARS),
        disbursed_on=disbursed,
        matures_on=draw(st.one_of(day(on - 30, on + 400), st.just(add_months(disbursed, 360)))),
        owed=tuple(owed),
        last_visits=LastVisits.of(draw(visits(since=disbursed.toordinal(), on=on)), on=from_ordinal(on)),
        person_needed_since=draw(st.none() | day(max(disbursed.toordinal(), on - 400), on)),
        gaps=draw(st.sampled_from([(), (Label("收入未知", "income unknown"),)])),
    )
