"""What other banks owe, said in the language of obligations: cadences by method, agreed days, checks before maturity, work at a desk."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.planning.requests import BY_PHONE, OFF_SITE, ON_SITE, first_visited

from revisit_policy.errors import InvalidInputError
from revisit_policy.language.derivation import Field
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity, ObligationKind
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every, When, Within
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.planning.agenda import Agenda
from revisit_policy.planning.duty import Duty, DutyOrder, Owed
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.means import Means
from revisit_policy.planning.plan import plan
from revisit_policy.planning.plan_memory import PlanMemory
from revisit_policy.planning.plan_together import plan_together
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Label, Labelled

MEMORY = PlanMemory()
CHECKED_ON = Fact.day("checked_on", label=Label("核对日", "day of the check"), derived=Field("loan.signed_on"))


class Work(Labelled):
    """What another bank does about a loan."""

    SEEN = "seen", "上门回访", "visit on site"
    CHECKED = "checked", "非现场检查", "check off site"
    AGREED = "agreed", "约定回访", "agreed visit"
    SOURCE = "source", "核实还款来源", "check of the source of repayment"
    DATA = "data", "数据核对", "check of data"


def owed(kind: ObligationKind, when: When, means: Means, *, since: str | None, met_on: str | None = None) -> Owed:
    day = None if since is None else to_date(since)
    duty = Duty.of(DutyOrder(kind, when, means, (kind.kind.value,), on_site_officers=2), memory=MEMORY)
    return Owed(duty, (day,), None if met_on is None else to_date(met_on))


def agenda(*things: Owed, on: str = "2026-06-01", **changes: Any) -> Agenda:
    fields: dict[str, Any] = {"matures_on": Date(2040, 1, 1), "last_visits": LastVisits(), "until": Date(2027, 12, 31)}
    return Agenda(on=to_date(on), calendar=CHINA, disbursed_on=Date(2024, 3, 15), owed=things, **fields | changes)


def told(asked: Agenda, *, most: int = 4) -> list[tuple[list[str], str, str]]:
    return [([kind.value for kind in visit.serves], visit.method.value, str(visit.window.closes)) for visit in plan(asked).all[:most]]


SEEN, CHECKED = ObligationKind(Work.SEEN), ObligationKind(Work.CHECKED, order=1)


def test_cadences_by_method_run_side_by_side_and_a_visit_on_site_stands_for_a_check_off_site() -> None:
    yearly, half = Every(months=12, lead_days=30), Every(months=6, lead_days=30)
    things = (owed(SEEN, yearly, ON_SITE, since="2024-03-15"), owed(CHECKED, half, OFF_SITE, since="2024-03-15"))
    both = agenda(*things, last_visits=first_visited("2026-03-10", VisitMethod.ON_SITE))
    assert told(both) == [
        (["checked"], "off_site", "2026-09-10"),
        (["seen", "checked"], "on_site", "2027-03-10"),
        (["checked"], "off_site", "2027-09-10"),
    ]


def test_a_check_off_site_never_puts_off_a_visit_on_site() -> None:
    seen = owed(SEEN, Every(months=12, lead_days=30), ON_SITE, since="2024-03-15")
    called = attrs.evolve(agenda(seen), last_visits=first_visited("2026-05-20", VisitMethod.PHONE))
    assert told(called, most=1) == told(agenda(seen), most=1)


def test_the_day_that_a_visitor_agreed_on_is_a_duty_of_its_own() -> None:
    agreed = ObligationKind(Work.AGREED)
    week = owed(agreed, Between(0, 7), BY_PHONE, since="2026-06-10")
    assert told(agenda(week)) == [(["agreed"], "phone", "2026-06-17")]
    too_early, in_time = (first_visited(day) for day in ("2026-06-08", "2026-06-11"))
    assert told(agenda(week, on="2026-06-12", last_visits=too_early)) == [(["agreed"], "phone", "2026-06-17")]
    assert told(agenda(week, on="2026-06-12", last_visits=in_time)) == []


def test_the_source_of_repayment_is_checked_before_the_loan_matures() -> None:
    source = ObligationKind(Work.SOURCE, at_maturity=AtMaturity.CUT)
    before = owed(source, Between(0, 60), BY_PHONE, since="2026-08-02")  # ninety days before it matures
    assert told(agenda(before, matures_on=Date(2026, 10, 31))) == [(["source"], "phone", "2026-09-30")]
    assert told(agenda(before, matures_on=Date(2026, 8, 31))) == [(["source"], "phone", "2026-08-31")]
    assert told(agenda(before, matures_on=Date(2026, 7, 31))) == []


@pytest.mark.parametrize(("fate", "closes"), [("kept", ["2026-07-20"]), ("cut", ["2026-07-15"]), ("dropped", [])])
def test_what_comes_after_maturity_is_kept_cut_or_dropped(fate: str, closes: list[str]) -> None:
    seen = owed(ObligationKind(Work.SEEN, at_maturity=fate), Every(months=1, lead_days=5), ON_SITE, since="2026-06-20")
    once = attrs.evolve(agenda(seen, on="2026-06-30"), matures_on=Date(2026, 7, 15), until=Date(2026, 8, 31))
    assert [closing for *_, closing in told(once, most=1)] == closes


def test_what_a_desk_serves_never_shares_a_visit() -> None:
    desk = ObligationKind(Work.DATA, served_by="desk", order=1)
    data, seen = owed(desk, Within(days=30), OFF_SITE, since="2026-06-01"), owed(SEEN, Within(days=30), ON_SITE, since="2026-06-01")
    found = plan(agenda(data, seen))
    assert [visit.serves for visit in found.all] == [(Work.SEEN,)]
    assert [(duty.kind, str(duty.by), duty.is_late) for duty in found.all_duties] == [(Work.DATA, "2026-07-01", False)]


def test_what_joins_nothing_has_a_visit_of_its_own() -> None:
    alone = owed(ObligationKind(Work.AGREED, joins=False), Within(days=30), BY_PHONE, since="2026-06-01")
    seen = owed(SEEN, Within(days=30), ON_SITE, since="2026-06-01")
    assert len(told(agenda(alone, seen))) == 2


def test_what_waits_goes_with_the_next_visit_that_is_as_thorough() -> None:
    waits = owed(ObligationKind(Work.SOURCE), AtNextVisit(), BY_PHONE, since="2026-05-01")
    seen, checked = (owed(kind, Within(days=30), means, since="2026-06-01") for kind, means in ((SEEN, ON_SITE), (CHECKED, OFF_SITE)))
    assert [serves for serves, *_ in told(agenda(waits, seen))] == [["seen", "source"]]
    assert [serves for serves, *_ in told(agenda(waits, checked))] == [["checked"]]


def test_a_day_fact_meets_what_came_before_it_and_no_visit_does() -> None:
    checked = ObligationKind(Work.DATA, met_by=CHECKED_ON)
    for met_on, left in ((None, 1), ("2026-04-30", 1), ("2026-05-01", 0)):
        asked = owed(checked, Within(days=60), OFF_SITE, since="2026-05-01", met_on=met_on)
        assert len(told(agenda(asked, last_visits=first_visited("2026-05-20", VisitMethod.ON_SITE)))) == left


def test_of_a_kind_that_is_served_alone_only_the_earliest_is_pending() -> None:
    alone = ObligationKind(Work.SOURCE, alone=True)
    early, late = (owed(alone, Within(days=days), BY_PHONE, since="2026-06-01") for days in (10, 40))
    assert told(agenda(late, early)) == [(["source"], "phone", "2026-06-11")]


def test_what_comes_after_another_kind_waits_until_that_was_met() -> None:
    then = ObligationKind(Work.SEEN, after=VisitKind.FIRST)
    first = owed(ObligationKind(VisitKind.FIRST), Between(30, 900), BY_PHONE, since="2024-03-15")
    seen = owed(then, Every(months=36), ON_SITE, since="2024-03-15")
    assert [serves for serves, *_ in told(agenda(first, seen), most=1)] == [["first"]]
    assert told(agenda(first, seen, last_visits=first_visited("2024-05-10")), most=1) == [(["seen"], "on_site", "2027-05-10")]


def test_one_visit_is_made_for_all_loans_of_a_customer_that_it_can_serve() -> None:
    home = agenda(owed(SEEN, Every(months=12, lead_days=60), ON_SITE, since="2025-07-20"))
    shop = agenda(owed(SEEN, Every(months=6, lead_days=60), ON_SITE, since="2026-02-10"))
    found = plan_together((home, shop))
    assert [(each.loans, str(each.visit.window.closes)) for each in found[:3]] == [((0, 1), "2026-07-20"), ((1,), "2027-01-20"), ((0, 1), "2027-07-20")]
    apart = [len(plan(each).all) for each in (home, shop)]
    assert len(found) < sum(apart)


def test_a_visit_for_one_loan_moves_nothing_of_another_that_it_does_not_serve() -> None:
    soon, late = (agenda(owed(SEEN, Every(months=12), ON_SITE, since=day)) for day in ("2025-07-20", "2026-02-10"))
    assert [(each.loans, str(each.visit.window.closes)) for each in plan_together((soon, late))[:2]] == [((0,), "2026-07-20"), ((1,), "2027-02-10")]


def test_what_shares_no_visit_is_made_for_each_loan_by_itself() -> None:
    apart = ObligationKind(Work.SEEN, joins=False)
    one, other = (agenda(owed(apart, Every(months=12, lead_days=30), ON_SITE, since="2025-07-20")) for _ in range(2))
    found = plan_together((one, other))
    assert [(each.loans, str(each.visit.window.closes)) for each in found] == [
        ((0,), "2026-07-20"),
        ((1,), "2026-07-20"),
        ((0,), "2027-07-20"),
        ((1,), "2027-07-20"),
    ]


def test_one_loan_is_planned_together_as_it_is_alone() -> None:
    both = agenda(owed(SEEN, Every(months=5, lead_days=20), ON_SITE, since="2026-02-10"), owed(CHECKED, Every(days=(20, 35)), OFF_SITE, since="2026-05-20"))
    assert tuple(each.visit for each in plan_together((both,))) == plan(both).all


def test_loans_that_are_asked_about_differently_are_not_planned_together() -> None:
    with pytest.raises(InvalidInputError, match="`on` must be the same for all loans"):
        plan_together((agenda(), agenda(on="2026-06-02")))
    with pytest.raises(InvalidInputError, match="at least one loan"):
        plan_together(())


DESK = ObligationKind(Work.DATA, served_by="desk", order=1)


def test_what_is_late_at_a_desk_stands_in_a_list_of_its_own() -> None:
    late, soon = (owed(DESK, Within(days=30), OFF_SITE, since=since) for since in ("2026-04-01", "2026-05-20"))
    found = plan(agenda(late, soon))
    assert [(duty.kind, str(duty.window.missed_on), str(duty.by)) for duty in found.late_duties] == [(Work.DATA, "2026-04-30", "2026-06-01")]
    assert [str(duty.by) for duty in found.duties] == ["2026-06-18"]
    assert (found.all, found.next) == ((), None)


def test_of_what_recurs_at_a_desk_the_next_time_alone_is_told_and_no_visit_meets_it() -> None:
    monthly, seen = owed(DESK, Every(months=1), OFF_SITE, since="2026-05-10"), owed(SEEN, Every(months=1, lead_days=20), ON_SITE, since="2026-05-20")
    with_visits = agenda(monthly, seen, last_visits=first_visited("2026-05-25", VisitMethod.ON_SITE))
    assert [str(duty.by) for duty in plan(with_visits).duties] == ["2026-06-10"]
    assert plan(with_visits).all == plan(attrs.evolve(with_visits, owed=(seen,))).all


def test_what_a_desk_has_to_do_after_the_horizon_is_left_out() -> None:
    far = owed(DESK, Within(months=36), OFF_SITE, since="2026-06-01")
    assert plan(agenda(far)).all_duties == ()
    assert [str(duty.by) for duty in plan(agenda(far, until=Date(2029, 6, 1))).all_duties] == ["2029-06-01"]


def test_a_desk_adds_no_visit_for_a_customer_with_several_loans() -> None:
    seen = owed(SEEN, Every(months=12, lead_days=60), ON_SITE, since="2025-07-20")
    desk = owed(DESK, Within(days=3), OFF_SITE, since="2026-06-01")
    assert plan_together((agenda(seen, desk), agenda(seen))) == plan_together((agenda(seen), agenda(seen)))
