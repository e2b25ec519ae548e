"""Requests of every kind: new and old loans, with and without visits, triggers, valuations, near maturity and after it."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st
from tests.planning.requests import CALL, CALL_REPORT, SECOND_CALL, VALUATION, VISIT_REPORT

from revisit_policy.casefile.visit import Visit
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.signal import Level, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.visit import Finding, VisitKind, VisitMethod
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.means import Means
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, add_months, from_ordinal
from revisit_policy.values.labels import Label

# The notices cover 2004 to 2026: days before and after are as likely as any.
LONG_AGO, EARLIEST, LATEST = (Date(year, 1, 1).toordinal() for year in (2003, 2023, 2029))
CALENDARS = st.sampled_from([CHINA, CHINA.provisional(), CHINA.overlay(edition="SHUT", off=[("2025-07-01", "2025-08-20")])])
METHODS = st.sampled_from(VisitMethod)


def day(first: int, last: int) -> st.SearchStrategy[Date]:
    """A day from *first* to *last*, both ordinals and inclusive."""
    return st.integers(first, max(first, last)).map(from_ordinal)


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    """From the same day's month end to three working weeks, and none at all."""
    return Deadline(draw(st.none() | st.integers(1, 15)), within_month=draw(st.booleans()))


@st.composite
def means(draw: st.DrawFn) -> Means:
    """Any method, with some of the parts."""
    parts = draw(st.lists(st.sampled_from([CALL, CALL_REPORT, SECOND_CALL, VALUATION, VISIT_REPORT]), unique=True, max_size=3))
    return Means(method=draw(METHODS), parts=tuple(parts), reasons=("a-method",), checklist=(Label("收入", "income"),))


@st.composite
def open_triggers(draw: st.DrawFn, *, on: int, is_dated: bool = False) -> OpenTrigger:
    """A trigger whose signal began within the last ten weeks, or, rarely, many years ago."""
    since = st.one_of(day(on - 70, on), day(LONG_AGO, on))
    return OpenTrigger(
        trigger=Trigger(draw(st.sampled_from(SignalCode)), draw(st.sampled_from([level for level in Level if level is not Level.NONE])), draw(deadlines())),
        since=draw(since if is_dated else st.none() | since),
        means=draw(means()),
        reasons=(draw(st.sampled_from(["one-rule", "another-rule"])),),
    )


@st.composite
def visits(draw: st.DrawFn, *, since: int, on: int) -> tuple[Visit, ...]:
    """Up to five visits after the disbursement."""
    visit = st.builds(Visit, kind=st.sampled_from(VisitKind), method=METHODS, completed_on=day(since, on), finding=st.sampled_from(Finding))
    return tuple(draw(st.lists(visit, max_size=5)))


@st.composite
def requests(draw: st.DrawFn, *, is_dated: bool = False) -> PlanRequest:
    """Any request; if *is_dated*, nothing in it is counted from the day of the plan."""
    on = draw(st.integers(EARLIEST, LATEST))
    disbursed = draw(st.one_of(day(on - 120, on), day(LONG_AGO, on)))
    first = draw(st.integers(0, 40))
    revaluation_since = day(on - 40, on)
    made = draw(visits(since=disbursed.toordinal(), on=on))
    return PlanRequest(
        on=from_ordinal(on),
        until=from_ordinal(on + draw(st.integers(0, 800))),
        calendar=draw(CALENDARS),
        lead_days=draw(st.integers(0, 45)),
        disbursed_on=disbursed,
        matures_on=draw(st.one_of(day(on - 30, on + 400), st.just(add_months(disbursed, 360)))),
        first_window=DayWindow(first, first + draw(st.integers(0, 60))),
        first_reasons=("first-visit",),
        interval_months=draw(st.integers(1, 12)),
        interval_reasons=("interval",),
        triggers=tuple(draw(st.lists(open_triggers(on=on, is_dated=is_dated), max_size=3))),
        valued_on=draw(st.none() | day(on - 500, on)),
        revaluation_is_due=draw(st.booleans()),
        revaluation_since=draw(revaluation_since if is_dated else st.none() | revaluation_since),
        revaluation_months=draw(st.none() | st.integers(1, 12)),
        revaluation_working_days=draw(st.integers(1, 15)),
        revaluation_reasons=("valuation",),
        means={kind: draw(means()) for kind in VisitKind},
        gaps=draw(st.sampled_from([(), (Label("收入未知", "income unknown"),)])),
        red_result_days=draw(st.none() | st.integers(1, 3)),
        on_site_officers=draw(st.integers(1, 3)),
        last_visits=LastVisits.of(made, on=from_ordinal(on)),
    )


def unvisited(request: PlanRequest) -> PlanRequest:
    """The same loan if nobody had visited it."""
    return attrs.evolve(request, last_visits=LastVisits())
