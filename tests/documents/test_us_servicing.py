"""Another bank's rulebook: what was published of its rules, case by case, and what its versions change."""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from tests.frames.test_any_obligations import assert_planned

from revisit_policy import UnknownNameError, Visit, analysis, facts, frames, testing
from revisit_policy.values import Date

FOLDER: Final = Path(__file__).parents[2] / "docs" / "examples" / "us_servicing"
sys.path.insert(0, str(FOLDER))
rulebook: Any = importlib.import_module("rulebook").rulebook
words: Any = importlib.import_module("words")
known: Any = importlib.import_module("known")
late_loan: Any = importlib.import_module("cases").late_loan
holidays: Any = importlib.import_module("federal_holidays")
sys.path.remove(str(FOLDER))

DAYS: Final = (44, 45, 59, 60, 75, 89, 90, 120, 121)
#: From which day past due each version asks for inspections, and who may live in the home for a contact to spare them.
VERSIONS: Final = {
    "2018-06-15": (45, {"borrower"}),
    "2019-06-15": (60, {"borrower"}),
    "2022-06-15": (90, {"borrower", "tenant"}),
    "2024-06-15": (90, {"borrower", "tenant"}),
}


def published() -> Iterator[tuple[str, int, str, bool, bool, bool]]:
    """The published cells: the day, days past due, occupancy, a contact; whether an inspection may be ordered, and is required."""
    for on, (first, occupants) in VERSIONS.items():
        yield from ((on, late, "borrower", False, late >= first, late >= first) for late in DAYS)
        yield from ((on, 100, occupancy, True, True, occupancy not in occupants) for occupancy in ("borrower", "tenant", "vacant"))


def loan_on(on: str, late: int, **own: Any) -> Any:
    return late_loan(str(Date.fromisoformat(on) - dt.timedelta(days=late)), **own)


@pytest.mark.parametrize(("on", "late", "occupancy", "contacted", "may_order", "required"), list(published()))
def test_the_published_cells_come_out(on: str, late: int, occupancy: str, contacted: bool, may_order: bool, required: bool) -> None:
    decision = rulebook.decide(loan_on(on, late, occupancy=occupancy, contacted_within_30_days=contacted), on=on)
    assert decision.verdicts["may_order"].outcome == ("yes" if may_order else "no")
    assert decision.verdicts["inspection"].outcome == ("required" if required else "not_required")
    owed = {each.kind.value for each in decision.verdicts["obligations"].outcome}
    assert ({"initial_inspection", "reinspection"} <= owed) is required


def test_there_are_48_published_cells() -> None:
    assert len(list(published())) == 48


# -- Regulation X ----------------------------------------------------------------------------------------------------


def closes(decision: Any, kind: str) -> list[str]:
    """By when what is due of a *kind* is to be done; of what is late, by when it should have been."""
    plan = decision.schedule
    visits = [(each.serves or (each.kind,), each.window) for each in plan.all if not each.is_projection]
    duties = [((each.kind,), each.window) for each in plan.all_duties]
    return [str(window.missed_on or window.closes) for kinds, window in (*visits, *duties) if kind in {each.value for each in kinds}]


@pytest.mark.parametrize(
    ("missed", "by"),
    [("2023-01-01", "2023-02-06"), ("2023-02-01", "2023-03-09"), ("2023-03-01", "2023-04-06"), ("2024-02-01", "2024-03-08")],
)
def test_live_contact_is_made_within_36_days_of_the_payment_that_was_missed(missed: str, by: str) -> None:
    decision = rulebook.decide(late_loan(missed, occupancy="borrower"), on=str(Date.fromisoformat(missed) + dt.timedelta(days=10)))
    assert closes(decision, "live_contact") == [by]


def called(on: str) -> Visit:
    return Visit(kind=words.Duty.LIVE_CONTACT, method=words.Means.CALL, completed_on=on, finding="satisfactory")


def test_one_contact_meets_two_deadlines_and_a_second_one_the_third() -> None:
    both = late_loan("2023-01-01", occupancy="borrower", missed_again=True, last_missed_on="2023-02-01")
    assert closes(rulebook.decide(both, on="2023-02-02"), "live_contact") == ["2023-02-06", "2023-03-09"]
    made = late_loan("2023-01-01", visits=[called("2023-02-05")], occupancy="borrower", missed_again=True, last_missed_on="2023-02-01")
    assert closes(rulebook.decide(made, on="2023-02-06"), "live_contact") == []
    third = late_loan("2023-01-01", visits=[called("2023-02-05")], occupancy="borrower", missed_again=True, last_missed_on="2023-03-01")
    assert closes(rulebook.decide(third, on="2023-03-02"), "live_contact") == ["2023-04-06"]
    done = attrs.evolve(third, visits=(*third.visits, called("2023-03-25")))
    assert closes(rulebook.decide(done, on="2023-03-26"), "live_contact") == []


def test_an_inspection_of_the_house_is_no_live_contact() -> None:
    seen = Visit(kind=words.Duty.INITIAL_INSPECTION, method=words.Means.EXTERIOR, completed_on="2023-01-20", finding="satisfactory")
    decision = rulebook.decide(late_loan("2023-01-01", visits=[seen], occupancy="borrower"), on="2023-01-25")
    assert closes(decision, "live_contact") == ["2023-02-06"]


def test_the_written_notice_is_due_on_day_45_and_not_twice_in_180_days() -> None:
    assert closes(rulebook.decide(late_loan("2023-01-01", occupancy="borrower"), on="2023-01-11"), "written_notice") == ["2023-02-15"]
    sent = late_loan("2023-01-01", occupancy="borrower", notified_within_180_days=True, notice_sent_on="2022-10-01")
    assert closes(rulebook.decide(sent, on="2023-01-11"), "written_notice") == []
    long_ago = late_loan("2023-01-01", occupancy="borrower", notice_sent_on="2022-03-01")
    assert closes(rulebook.decide(long_ago, on="2023-01-11"), "written_notice") == ["2023-02-15"]


@pytest.mark.parametrize(("on", "filed"), [("2023-05-01", []), ("2023-05-02", ["first_filing"])], ids=["day 120", "day 121"])
def test_nothing_is_filed_before_the_loan_is_more_than_120_days_delinquent(on: str, filed: list[str]) -> None:
    decision = rulebook.decide(late_loan("2023-01-01", occupancy="borrower"), on=on)
    assert [each.measure.value for each in decision.measures] == filed


HELD: Final[dict[str, tuple[dict[str, Any], list[str]]]] = {
    "no application": ({}, ["first_filing", "sale"]),
    "complete 37 days before the sale": ({"application_is_complete": True, "complete_on": "2023-05-24"}, ["first_filing", "sale"]),
    "complete 38 days before the sale": ({"application_is_complete": True, "complete_on": "2023-05-23"}, ["first_filing"]),
    "complete long before, but refused": ({"application_is_complete": True, "complete_on": "2023-04-03", "help_has_ended": True}, ["first_filing", "sale"]),
    "complete after the sale": ({"application_is_complete": True, "complete_on": "2023-07-03"}, ["first_filing", "sale"]),
    "complete, nobody says since when": ({"application_is_complete": True}, ["first_filing"]),
}


@pytest.mark.parametrize(("own", "done"), HELD.values(), ids=HELD)
@pytest.mark.parametrize("on", ["2023-06-15", "2023-06-29"])
def test_no_home_is_sold_while_an_application_is_open_that_was_complete_more_than_37_days_before(own: dict[str, Any], done: list[str], on: str) -> None:
    case = late_loan("2023-01-01", occupancy="borrower", sale_is_set=True, sale_on="2023-06-30", **own)
    assert [each.measure.value for each in rulebook.decide(case, on=on).measures] == done
    book = frames.from_cases([case], vocabulary=rulebook.words, own=rulebook.own_facts)
    assert frames.decide(rulebook, book, on=on)["measures"].to_list() == [sum({"first_filing": 1, "sale": 2}[step] for step in done)]


def test_an_application_is_acknowledged_within_five_working_days() -> None:
    applied = late_loan("2023-02-01", occupancy="borrower", applied_for_help=True, application_on="2023-03-10")
    assert closes(rulebook.decide(applied, on="2023-03-13"), "acknowledgement") == ["2023-03-17"]
    done = late_loan("2023-02-01", occupancy="borrower", applied_for_help=True, application_on="2023-03-10", acknowledged_on="2023-03-14")
    assert closes(rulebook.decide(done, on="2023-03-15"), "acknowledgement") == []


# -- inspections on the calendar -------------------------------------------------------------------------------------


def test_the_first_inspection_lies_between_the_two_days_and_the_next_20_to_35_days_after_it() -> None:
    late = loan_on("2019-06-15", 62, occupancy="borrower")
    (first,) = (each for each in rulebook.decide(late, on="2019-06-15").schedule.all if each.kind.value == "initial_inspection")
    assert (str(first.window.opens), str(first.window.closes)) == ("2019-06-13", "2019-06-28")
    seen = Visit(kind=words.Duty.INITIAL_INSPECTION, method=words.Means.EXTERIOR, completed_on="2019-06-20", finding="satisfactory")
    again = rulebook.decide(attrs.evolve(late, visits=(seen,)), on="2019-06-25")
    found = [each for each in again.schedule.all if each.kind.value == "reinspection"]
    assert (str(found[0].window.opens), str(found[0].window.closes)) == ("2019-07-10", "2019-07-25")


def final(case: Any, on: str) -> list[tuple[str, str]]:
    visits = (each for each in rulebook.decide(case, on=on).schedule.all if words.Duty.FINAL_INSPECTION in (each.kind, *each.serves))
    return [(str(each.window.opens), str(each.window.missed_on or each.window.closes)) for each in visits]


def test_the_final_inspection_counts_back_from_the_sale_and_moves_with_no_day_of_asking() -> None:
    sold = late_loan("2023-01-01", occupancy="borrower", plan_performs=True, sale_is_set=True, sale_on="2024-03-15")
    assert {tuple(final(sold, on)) for on in ("2024-01-05", "2024-02-08")} == {(("2024-02-09", "2024-03-14"),)}
    assert final(late_loan("2023-01-01", occupancy="vacant"), "2024-01-05") == []

    def looked(on: str) -> Any:
        seen = Visit(kind=words.Duty.FINAL_INSPECTION, method=words.Means.EXTERIOR, completed_on=on, finding="satisfactory")
        return attrs.evolve(sold, visits=(seen,))

    assert final(looked("2024-02-20"), "2024-02-21") == []
    assert final(looked("2024-02-01"), "2024-02-05") == [("2024-02-09", "2024-03-14")]  # too early to say how the home is on the day of the sale


def test_a_loan_that_pays_is_visited_neither_first_nor_periodically() -> None:
    for on in ("2018-06-15", "2024-06-14"):
        decision = rulebook.decide(late_loan(None, occupancy="borrower"), on=on)
        assert (decision.schedule.all, decision.measures, decision.interval_months) == ((), (), None)


def test_who_lives_there_is_found_out_and_the_inspection_owed_until_then() -> None:
    decision = rulebook.decide(loan_on("2024-06-14", 95, contacted_within_30_days=True), on="2024-06-14")
    assert closes(decision, "initial_inspection")
    assert "find out: who lives in the home" in [each.en for each in decision.gaps]


HOLIDAYS: Final = {
    "2021-01-18", "2021-02-15", "2021-05-31", "2021-06-18", "2021-07-05", "2021-09-06", "2021-10-11", "2021-11-11", "2021-11-25", "2021-12-24", "2021-12-31",
}  # fmt: skip


def test_federal_holidays_are_those_that_were_kept() -> None:
    days = (Date(2021, 1, 2) + dt.timedelta(days=n) for n in range(364))
    assert {str(day) for day in days if day.weekday() < 5 and not holidays.US.is_working(day)} == HOLIDAYS
    assert not holidays.US.is_working(Date(2020, 11, 26))
    assert holidays.US.is_working(Date(2020, 6, 19))


# -- editions --------------------------------------------------------------------------------------------------------

LATE: Final = facts.days_past_due
EFFORTS: Final = (known.CONTACTED, known.PAID, known.PLAN_PERFORMS, known.BANKRUPTCY_PLAN_PERFORMS, known.WORKOUT_PERFORMS)
EFFORT: Final = functools.reduce(lambda one, other: one | other, (fact.is_true() for fact in EFFORTS))


def changed(older: int) -> Any:
    return analysis.diff(rulebook.editions[older].policy, rulebook.editions[older + 1].policy)


def test_from_2018_to_2019_inspections_of_day_45_to_59_fall_away() -> None:
    found = changed(0)
    (may_order,) = found.of("may_order")
    assert analysis.equivalent(may_order.region, LATE.between(45, 60)).is_proved
    (inspection,) = found.of("inspection")
    assert (inspection.old, inspection.new) == ("required", "not_required")
    assert analysis.implies(inspection.region, LATE.between(45, 60)).is_proved


def test_from_2019_to_2021_day_60_to_89_falls_away_and_beyond_only_the_wider_relief() -> None:
    found = changed(1)
    (may_order,) = found.of("may_order")
    assert analysis.equivalent(may_order.region, LATE.between(60, 90)).is_proved
    (inspection,) = found.of("inspection")
    widened = known.OCCUPANCY.is_in("tenant") | known.WORKOUT_PERFORMS.is_true()
    assert analysis.implies(inspection.region, LATE.between(60, 90) | ((LATE >= 90) & EFFORT & widened)).is_proved
    assert not analysis.implies(inspection.region, LATE.between(60, 90)).is_proved


def test_from_2021_to_2023_nothing_changes_but_the_wording() -> None:
    assert not changed(2)


def test_a_version_of_which_the_effective_date_is_not_known_says_so() -> None:
    first, second, third, fourth = (edition.label.en for edition in rulebook.editions)
    assert "its effective date was not stated" in third
    assert "since when it held, we did not read" in first
    assert "not" not in second + fourth
    assert not any(rule.source.verified for edition in rulebook.editions for table in edition.policy.tables for rule in table.rules)


# -- every reader, in English alone ----------------------------------------------------------------------------------


def test_the_rulebook_speaks_english_alone() -> None:
    decision = rulebook.decide(loan_on("2024-06-14", 95, occupancy="vacant"), on="2024-06-14")
    assert decision.languages == ("en",)
    assert "[en]" not in decision.explain()
    for ask in (decision.explain, rulebook.to_html, rulebook.editions[0].policy.to_markdown):
        with pytest.raises(UnknownNameError, match="unknown language `zh`, expected `en`"):
            ask("zh")


def test_columns_say_what_the_single_decision_says() -> None:
    on = "2022-06-15"
    cases = [
        loan_on(on, late, occupancy=occupancy, **relief)
        for late in DAYS
        for occupancy in ("borrower", "tenant", "vacant")
        for relief in ({}, {"contacted_within_30_days": True}, {"workout_performs": True}, {"plan_performs": None})
    ]
    book = frames.from_cases(cases, vocabulary=rulebook.words, own=rulebook.own_facts)
    rows = frames.decide(rulebook, book, on=on).to_dicts()
    singles = [rulebook.decide(case, on=on) for case in cases]
    for table, outcomes in (("may_order", ("no", "yes")), ("inspection", ("not_required", "required"))):
        assert [outcomes[row[f"{table}_at_worst"]] for row in rows] == [single.verdicts[table].at_worst for single in singles]
    assert [row["grade"] for row in rows] == [single.grade.severity for single in singles]
    assert [row["measures"] for row in rows] == [len(single.measures) for single in singles]  # of one measure the bit is the count


def test_the_laws_of_every_policy_hold() -> None:
    for law in (testing.check_decisions, testing.check_windows, testing.check_tomorrow, testing.check_made_visits):
        law(rulebook, examples=10)


@pytest.mark.parametrize("on", ["2018-06-15", "2019-06-14", "2024-07-05"])
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_frame_plans_inspections_and_contacts_as_the_single_decision_does(on: str, engine: str) -> None:
    day = Date.fromisoformat(on)
    told = {"occupancy": "borrower", "applied_for_help": True, "application_on": str(day - dt.timedelta(days=4)), "missed_again": True}
    again: dict[str, Any] = {"last_missed_on": str(day - dt.timedelta(days=14)), "acknowledged_on": str(day - dt.timedelta(days=1))}
    again |= {"sale_is_set": True, "sale_on": str(day + dt.timedelta(days=20))}
    made = [
        Visit(kind=words.Duty.INITIAL_INSPECTION, method=words.Means.EXTERIOR, completed_on=str(day - dt.timedelta(days=40)), finding="satisfactory"),
        Visit(kind=words.Duty.LIVE_CONTACT, method=words.Means.CALL, completed_on=str(day - dt.timedelta(days=9)), finding="satisfactory"),
    ]
    cases = [loan_on(on, late, visits=visits, **own) for late in (1, 20, 40, 70, 100, 130) for visits in ((), made) for own in ({}, told, told | again)]
    assert_planned(rulebook, [*cases, late_loan(None)], dt.date.fromisoformat(on), engine=engine)
