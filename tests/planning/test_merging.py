"""One visit for several obligations."""

from __future__ import annotations

from itertools import combinations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.requests import (
    BY_PHONE,
    CALL,
    CALL_REPORT,
    MEANS,
    OFF_SITE,
    ON_SITE,
    SECOND_CALL,
    VALUATION,
    VISIT_REPORT,
    first_visited,
    request,
    trigger,
)
from tests.planning.strategies import open_triggers, requests

from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.planning.duties.owing import Owing
from revisit_policy.planning.duties.pending import Pending
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.means import Means
from revisit_policy.planning.plan import plan
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.planning.today import Today
from revisit_policy.planning.usual_duties import agenda_of
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.labels import Label


def _fewest(windows: list[Window]) -> int:
    """How many days it takes at least so that one of them lies in each window; trying closings is enough."""
    days = sorted({window.closes for window in windows})
    sizes = (size for size in range(len(days) + 1) for chosen in combinations(days, size) if all(any(day in window for day in chosen) for window in windows))
    return next(sizes)


@st.composite
def fixed_windows(draw: st.DrawFn) -> PlanRequest:
    """A first visit, a valuation and signals, some of which begin only later: nothing that moves with a visit."""
    loan = draw(requests())
    later = open_triggers(on=loan.on.toordinal() + draw(st.integers(0, 120)), is_dated=True)
    triggers = tuple(draw(st.lists(later, max_size=5)))
    return attrs.evolve(
        loan,
        triggers=triggers,
        last_visits=LastVisits(),
        matures_on=Date(2099, 1, 1),
        interval_months=60,
        revaluation_months=60,
        until=from_ordinal(loan.on.toordinal() + 2500),
    )


def _pending(loan: PlanRequest) -> list[Pending]:
    memory = PlanMemory()
    return Owing(agenda_of(loan, memory=memory), Today.of(loan.on, loan.calendar, memory=memory)).pending()


@given(fixed_windows())
def test_windows_that_stay_where_they_are_take_the_fewest_visits(loan: PlanRequest) -> None:
    pending = _pending(loan)
    required = [visit for visit in plan(loan).all if not visit.is_projection]
    assert len(required) == _fewest([each.window for each in pending])


@given(fixed_windows())
def test_every_window_has_a_visit_in_it(loan: PlanRequest) -> None:
    closings = [visit.window.closes for visit in plan(loan).all]
    for each in _pending(loan):
        assert any(day in each.window for day in closings)


def test_a_visit_closes_with_the_first_obligation_and_opens_with_the_last() -> None:
    arrears = trigger(since="2025-03-10", days=5)
    visit = plan(request(on="2025-03-10", disbursed_on="2025-01-15", triggers=(arrears,))).next
    assert visit is not None
    assert (visit.kind, visit.serves) == (VisitKind.TRIGGERED, (VisitKind.TRIGGERED, VisitKind.FIRST))
    assert (str(visit.window.opens), str(visit.window.closes)) == ("2025-03-10", "2025-03-17")
    assert visit.window.opens_because == (BoundReason.SIGNAL_BEGAN,)
    assert visit.reasons == ("arrears-trigger", "by-phone", "first-visit")


def test_an_opening_that_another_obligation_set_says_so() -> None:
    arrears = trigger(since="2025-02-13", days=5)
    visit = plan(request(on="2025-02-13", disbursed_on="2025-01-15", triggers=(arrears,))).next
    assert visit is not None
    assert (str(visit.window.opens), str(visit.window.due), str(visit.window.closes)) == ("2025-02-14", "2025-02-17", "2025-02-20")
    assert visit.window.opens_because == (BoundReason.DISBURSEMENT, BoundReason.SHARED_VISIT)


def test_an_obligation_that_is_not_open_yet_has_a_visit_of_its_own() -> None:
    arrears = trigger(since="2025-02-05", days=5)
    schedule = plan(request(on="2025-02-05", disbursed_on="2025-01-15", triggers=(arrears,)))
    assert [visit.serves for visit in schedule.revisits[:2]] == [(VisitKind.TRIGGERED,), (VisitKind.FIRST,)]


def test_a_thorough_visit_starts_the_interval_anew() -> None:
    arrears = trigger(since="2025-02-05", days=5, method=VisitMethod.PHONE)
    calls = plan(request(on="2025-02-05", triggers=(arrears,), last_visits=first_visited("2024-12-02")))
    assert [(visit.kind, str(visit.window.closes), visit.is_projection) for visit in calls.revisits[:2]] == [
        (VisitKind.TRIGGERED, "2025-02-11", False),
        (VisitKind.PERIODIC, "2025-08-11", True),
    ]


def test_a_visit_that_sees_less_leaves_the_interval_as_it_was() -> None:
    arrears = trigger(since="2025-02-05", days=5, method=VisitMethod.SMS)
    calls = plan(request(on="2025-02-05", triggers=(arrears,), last_visits=first_visited("2024-12-02")))
    assert [(visit.kind, str(visit.window.closes), visit.is_projection) for visit in calls.revisits[:2]] == [
        (VisitKind.TRIGGERED, "2025-02-11", False),
        (VisitKind.PERIODIC, "2025-05-30", False),
    ]


def test_a_visit_that_serves_a_requirement_is_none_foreseen_only() -> None:
    schedule = plan(request(on="2025-01-20", last_visits=first_visited("2024-08-20"), valued_on="2024-08-26", matures_on="2040-01-01"))
    assert [(visit.serves, str(visit.window.closes), visit.is_projection) for visit in schedule.revisits[:3]] == [
        ((VisitKind.PERIODIC,), "2025-02-20", False),
        ((VisitKind.PERIODIC, VisitKind.REVALUATION), "2025-08-20", False),
        ((VisitKind.PERIODIC,), "2026-02-14", True),
    ]


PARTS = {
    "a call for two reasons has the parts of one call": (BY_PHONE, VisitMethod.PHONE, (CALL, CALL_REPORT, SECOND_CALL)),
    "a visit on site has its own report and what else a call needs": (ON_SITE, VisitMethod.ON_SITE, (VISIT_REPORT, CALL, SECOND_CALL)),
    "a valuation beside a call adds its own part": (OFF_SITE, VisitMethod.PHONE, (CALL, CALL_REPORT, SECOND_CALL, VALUATION)),
}


@pytest.mark.parametrize(("means", "method", "parts"), PARTS.values(), ids=PARTS)
def test_a_visit_has_the_parts_of_all_it_serves_and_one_report(means: Means, method: VisitMethod, parts: tuple[TurnaroundPart, ...]) -> None:
    arrears = attrs.evolve(trigger(since="2025-03-10"), means=means)
    visit = plan(request(on="2025-03-10", disbursed_on="2025-01-15", triggers=(arrears,))).next
    assert visit is not None
    assert (visit.method, visit.result.parts) == (method, parts)


def test_of_two_errands_as_thorough_the_first_one_writes_the_report() -> None:
    other_report = TurnaroundPart(Label("不定期回访报告", "report of a triggered visit"), 5, is_report=True)
    arrears = attrs.evolve(trigger(since="2025-03-10"), means=attrs.evolve(BY_PHONE, parts=(CALL, other_report)))
    visit = plan(request(on="2025-03-10", disbursed_on="2025-01-15", triggers=(arrears,))).next
    assert visit is not None
    assert visit.result.parts == (CALL, other_report, SECOND_CALL)


def test_a_visit_takes_as_many_officers_as_any_of_its_errands() -> None:
    by_two = attrs.evolve(trigger("seizure", "orange", since="2025-03-10", days=9), means=attrs.evolve(ON_SITE, officers=3))
    visit = plan(request(on="2025-03-10", disbursed_on="2025-01-15", triggers=(trigger(since="2025-03-10"), by_two))).next
    assert visit is not None
    assert (visit.triggers, visit.method, visit.officers) == (("arrears", "seizure"), VisitMethod.ON_SITE, 3)


def test_the_latest_result_allows_for_what_may_be_needed() -> None:
    visit = plan(request(on="2025-03-10", disbursed_on="2025-01-15")).next
    assert visit is not None
    result = visit.result
    assert [str(day) for day in (result.earliest, result.expected, result.latest)] == ["2025-03-13", "2025-03-19", "2025-04-21"]


CONTINGENT = {
    "two things that may be needed are allowed for both": (
        (CALL, CALL_REPORT, SECOND_CALL, TurnaroundPart(Label("上门", "going there"), 2, is_contingent=True)),
        "2025-04-23",
    ),
    "what may shorten it does not": ((CALL, CALL_REPORT, TurnaroundPart(Label("从速", "hurried"), -2, is_contingent=True)), "2025-04-18"),
}


@pytest.mark.parametrize(("parts", "latest"), CONTINGENT.values(), ids=CONTINGENT)
def test_what_may_be_needed_moves_the_latest_result_alone(parts: tuple[TurnaroundPart, ...], latest: str) -> None:
    means = {**MEANS, VisitKind.FIRST: attrs.evolve(BY_PHONE, parts=parts)}
    visit = plan(request(on="2025-03-10", disbursed_on="2025-01-15", means=means)).next
    assert visit is not None
    result = visit.result
    assert [str(day) for day in (result.earliest, result.expected, result.latest)] == ["2025-03-13", "2025-03-19", latest]


def test_a_red_signal_is_reported_in_a_working_day_whatever_else_the_visit_serves() -> None:
    triggers = (trigger(since="2025-03-10"), trigger("misuse", "red", since="2025-03-10", days=1, method=VisitMethod.ON_SITE))
    visit = plan(request(on="2025-03-10", disbursed_on="2025-01-15", triggers=triggers)).next
    assert visit is not None
    assert visit.triggers == ("misuse", "arrears")
    assert [part.working_days for part in visit.result.parts] == [1]
    assert str(visit.result.latest) == "2025-03-12"


def test_a_result_takes_at_least_one_working_day() -> None:
    shortened = attrs.evolve(BY_PHONE, parts=(CALL, TurnaroundPart(Label("信用优良", "excellent standing"), -1)))
    visit = plan(request(on="2025-04-15", disbursed_on="2025-01-15", means={**MEANS, VisitKind.FIRST: shortened})).next
    assert visit is not None
    assert str(visit.result.expected) == "2025-04-16"


def test_what_is_not_known_is_asked_on_the_next_visit_only() -> None:
    gap = Label("收入未知", "income unknown")
    first, second, *_ = plan(request(on="2025-03-10", disbursed_on="2025-01-15", gaps=(gap,))).revisits
    assert first.checklist == (*BY_PHONE.checklist, gap)
    assert second.checklist == BY_PHONE.checklist


def test_a_signal_that_can_wait_is_answered_on_the_next_visit_if_that_sees_enough() -> None:
    waiting = trigger("watch", "blue", since="2025-03-01", days=None)
    on_site = trigger("collateral_decline", "blue", since="2025-03-01", days=None, method=VisitMethod.ON_SITE)
    first, second, *_ = plan(request(on="2025-03-10", disbursed_on="2025-01-15", triggers=(waiting, on_site))).revisits
    assert (first.kind, first.serves, first.triggers) == (VisitKind.FIRST, (VisitKind.FIRST,), ("watch",))
    assert second.triggers == ()


def test_a_signal_that_could_wait_and_has_been_answered_is_not_on_the_next_visit() -> None:
    waiting = trigger("watch", "blue", since="2025-03-01", days=None)
    loan = request(on="2025-03-10", triggers=(waiting,), last_visits=first_visited("2025-03-05"))
    assert plan(loan).revisits[0].triggers == ()
    assert plan(attrs.evolve(loan, last_visits=first_visited("2025-02-28"))).revisits[0].triggers == ("watch",)
