"""What the shipped rulebook has a desk do, and by when: the end of an observation, the guarantor, the time to sue."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.rulebooks.loans import FIRST, case

from revisit_policy import CaseFile, Determination, Event, Visit, VisitKind, VisitMethod, cny, frames
from revisit_policy.outcomes import DeskKind
from revisit_policy.records import from_json, to_json
from revisit_policy.rulebooks import cn_housing
from revisit_policy.rulebooks.cn_housing.claims import guarantee_until, limitation_until

BOOK = cn_housing.rulebook


def told(asked: CaseFile, on: str) -> list[Any]:
    """What is to be done, by when, and whether that is over; checks of data, which every loan owes, aside."""
    duties = [duty for duty in BOOK.decide(asked, on=on).schedule.all_duties if duty.kind is not DeskKind.DATA_CHECK]
    return [(duty.kind, str(duty.window.missed_on or duty.by), duty.is_late) for duty in duties]


ENDED = {"disbursed_on": "2014-03-14", "signed_on": "2014-02-20", "term_months": 144}  # matures on 2026-03-14
OBSERVED = {"in_observation": True, "restructured_on": "2025-05-20", "observation_until": "2026-06-01"}
WORKED = {
    "an observation that can end": (OBSERVED, "2026-06-03", [(DeskKind.RELEASE, "2026-06-15", False)]),
    "one that nobody has decided on": (OBSERVED, "2026-07-01", [(DeskKind.RELEASE, "2026-06-15", True)]),
    "one that goes on": (OBSERVED, "2026-05-29", []),
    "a debt that fell due": (ENDED, "2026-06-03", []),
    "one that was due long ago": (ENDED, "2028-01-10", [(DeskKind.LIMITATION, "2029-03-14", False)]),
    "a demand after it fell due": (ENDED | {"demanded_on": "2027-06-30"}, "2029-03-20", [(DeskKind.LIMITATION, "2030-06-30", False)]),
    "a demand before it fell due": (ENDED | {"demanded_on": "2025-06-30"}, "2028-01-10", [(DeskKind.LIMITATION, "2029-03-14", False)]),
    "no time agreed with the guarantor": (ENDED | {"has_guarantor": True}, "2026-06-03", [(DeskKind.GUARANTEE, "2026-09-14", False)]),
    "a time agreed with him": (
        ENDED | {"has_guarantor": True, "guarantee_until": "2027-03-15"}, "2026-06-03", [(DeskKind.GUARANTEE, "2027-03-15", False)],
    ),
    "a time that has run out": (
        ENDED | {"has_guarantor": True, "guarantee_until": "2026-05-29"}, "2026-06-03", [(DeskKind.GUARANTEE, "2026-05-29", True)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "on", "duties"), WORKED.values(), ids=WORKED)
def test_a_desk_is_told_what_to_do_and_by_when(fields: dict[str, Any], on: str, duties: list[Any]) -> None:
    assert told(case(**fields), on) == duties


def classified(on: str, **fields: Any) -> CaseFile:
    return attrs.evolve(case(**fields), determination=Determination("normal", on=on))


def test_the_next_classification_is_due_a_quarter_after_the_last_and_at_once_after_a_red_signal() -> None:
    assert told(classified("2026-05-20"), "2026-06-03") == [(DeskKind.CLASSIFICATION, "2026-08-20", False)]
    assert told(classified("2026-01-20"), "2026-06-03") == [(DeskKind.CLASSIFICATION, "2026-04-20", True)]
    seized = Event("seizure", since="2026-05-26")
    assert told(classified("2026-05-20", seized=True, events=(seized,)), "2026-06-03") == [(DeskKind.CLASSIFICATION, "2026-06-02", True)]
    assert told(classified("2026-05-29", seized=True, events=(seized,)), "2026-06-03") == [(DeskKind.CLASSIFICATION, "2026-08-28", False)]


def test_of_a_loan_that_nobody_has_classified_no_day_can_be_told() -> None:
    assert told(case(), "2026-06-03") == []


CALLED = Visit(kind="periodic", method="phone", completed_on="2026-05-04", finding="satisfactory")


def checked(*days: str, by: str = "off_site") -> tuple[Visit, ...]:
    return tuple(Visit(kind=DeskKind.DATA_CHECK, method=by, completed_on=day, finding="satisfactory") for day in days)


@pytest.mark.parametrize(
    ("visits", "fields", "expected"),
    [
        pytest.param((), {}, ["2026-07-03"], id="where no check is on file the decision is the first: a month from now"),
        pytest.param(checked("2026-05-20"), {}, ["2026-06-18"], id="a month after the last one, before the holiday that it falls on"),
        pytest.param(checked("2026-03-20", "2026-04-15"), {}, ["2026-05-15 late"], id="and late where none was made since"),
        pytest.param((CALLED,), {}, ["2026-07-03"], id="a call is none"),
        pytest.param((), {"days_past_due": 400}, ["2026-07-03"], id="of a bad loan as well"),
        pytest.param((), {"balance": cny(0)}, [], id="and none of a loan that is settled"),
    ],
)
def test_the_data_of_every_loan_are_checked_each_month(visits: tuple[Visit, ...], fields: dict[str, Any], expected: list[str]) -> None:
    duties = BOOK.decide(case(visits=visits, **fields), on="2026-06-03").schedule.all_duties
    checks = [duty for duty in duties if duty.kind is DeskKind.DATA_CHECK]
    assert [str(duty.window.missed_on or duty.by) + " late" * duty.is_late for duty in checks] == expected


OLD = Visit(kind="periodic", method="phone", completed_on="2025-05-04", finding="satisfactory")
QUIET = {"valued_on": "2026-05-20"}
POOR = {"credit_standing": "poor", "balance": cny(900_000), "value": cny(900_000), "price_change_12m": "-0.10", "missed_total_24m": 1, "valued_on": "2026-05-20"}


@pytest.mark.parametrize(
    ("fields", "meets"),
    [pytest.param(QUIET, True, id="of a quiet loan"), pytest.param(POOR, False, id="not of one whose points ask for a person")],
)
def test_a_check_of_data_meets_the_periodic_visit(fields: dict[str, Any], meets: bool) -> None:
    before, after = (BOOK.decide(case(visits=(FIRST, *more), **fields), on="2026-06-03").schedule.next for more in ((OLD,), (OLD, *checked("2026-06-02"))))
    assert before is not None
    assert after is not None
    assert (before.kind, before.method) == (VisitKind.PERIODIC, VisitMethod.OFF_SITE if meets else VisitMethod.PHONE)
    assert before.window.missed_on is not None
    assert (VisitKind.PERIODIC not in after.serves or after.window.missed_on is None) is meets


def test_the_days_are_those_of_the_clocks_of_a_claim() -> None:
    assert [str(limitation_until("2026-03-14")), str(guarantee_until("2026-03-14"))] == ["2029-03-14", "2026-09-14"]


def test_what_was_done_at_a_desk_is_recorded_and_no_visit() -> None:
    asked = case(**OBSERVED)
    done = attrs.evolve(asked, visits=(Visit(kind=DeskKind.RELEASE, method="on_site", completed_on="2026-06-02", finding="satisfactory"),))
    before, after = (BOOK.decide(each, on="2026-06-03") for each in (attrs.evolve(asked, visits=()), done))
    assert [DeskKind.RELEASE in [duty.kind for duty in each.schedule.all_duties] for each in (before, after)] == [True, False]
    assert after.schedule.all == before.schedule.all


def test_duties_stand_in_the_explanation_in_both_languages_and_in_the_record() -> None:
    decision = BOOK.decide(case(**OBSERVED), on="2026-07-01")
    assert "decision on the end of an observation by 1 Jul 2026" in decision.explain("en")
    assert "重组观察期满认定：不晚于2026年7月1日" in decision.explain("zh")
    assert from_json(to_json(decision.schedule)) == decision.schedule
    assert decision.schedule.late_duties[0].reasons == ("desk-release",)


def test_a_settled_loan_has_no_duties() -> None:
    paid = case(**OBSERVED, balance=cny(0))
    assert told(paid, "2026-07-01") == []


def test_a_frame_plans_the_visits_of_such_loans_as_one_by_one() -> None:
    cases = [case(**fields) for fields, on, _ in WORKED.values() if on == "2026-06-03"]
    found = frames.next_visits(BOOK, frames.from_cases(cases), on="2026-06-03")
    wanted = [None if (visit := BOOK.decide(each, on="2026-06-03").schedule.next) is None else visit.window.closes for each in cases]
    assert found["next_closes"].to_list() == wanted
