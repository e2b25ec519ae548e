"""The next visit of every row is the one that the single decision plans."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.books import BARE, DENOMINATORS, RATIOS, as_columns, with_said
from tests.frames.calendars import Ending
from tests.frames.engines import ENGINES, cells
from tests.frames.test_visit_days import CITY
from tests.frames.visit_books import ON, planned_rows
from tests.frames.visit_policies import POLICIES
from tests.policy.small_policy import CASE, case_with, small_policy, small_rulebook
from tests.spark.books import gathered

from revisit_policy import CaseFile, Decision, Event, InvalidInputError, InvalidValueError, RevisitPolicy, Rulebook, VisitKind, facts, frames
from revisit_policy.casefile.rows.word_columns import OUR_COLUMNS
from revisit_policy.frames.outputs.output import next_visit_outputs
from revisit_policy.frames.subject import subject_of
from revisit_policy.frames.visits.means import Asking
from revisit_policy.frames.visits.means import given as given_asking
from revisit_policy.language.condition import ALWAYS, NEVER
from revisit_policy.rulebooks import cn_housing

BOOK = small_rulebook()
VISITS = tuple(output.name for output in next_visit_outputs(BOOK.words, has_duties=True))
DUTIES = ("next_duty", "next_duty_due", "next_duty_closes", "next_duty_missed_on", "duties_late")
NAMES = (*VISITS, *DUTIES, "measures_in_hand", "measures")


def wanted(book: RevisitPolicy | Rulebook, case: CaseFile | InvalidInputError, on: str, **asked: Any) -> dict[str, Any]:
    """The columns about the next visit as the single decision has them; none of them where it refuses the case."""
    nothing: dict[str, Any] = dict.fromkeys(NAMES)
    if isinstance(case, InvalidInputError):
        return nothing
    try:
        decision = book.decide(case, on=on, **asked)
    except InvalidInputError:
        return nothing
    visit = decision.schedule.next
    undated = ", ".join(code.label("en") for code in decision.undated)
    steps = (*decision.measures, *decision.measures_in_hand)
    nothing |= {"next_act_by": min((step.by for step in steps if step.by is not None), default=None)}
    for name in ("measures", "measures_in_hand", "measures_late"):
        nothing |= {name: {step.measure.label("en") for step in getattr(decision, name)}}
    nothing |= {"undated": undated, "calendar": decision.calendar} | duties_wanted(decision)
    if visit is None:
        return nothing
    window, result = visit.window, visit.result
    return nothing | {
        "next_kind": visit.kind.label("en"),
        "next_method": visit.method.label("en"),
        "next_opens": window.opens,
        "next_due": window.due,
        "next_closes": window.closes,
        "next_missed_on": window.missed_on,
        "next_officers": visit.officers,
        "result_earliest": result.earliest,
        "result_expected": result.expected,
        "result_latest": result.latest,
    }


def duties_wanted(decision: Decision) -> dict[str, Any]:
    """The columns about what a desk has to do."""
    late = {duty.kind.label("en") for duty in decision.schedule.late_duties}
    if not decision.schedule.all_duties:
        return {"duties_late": late}
    first = decision.schedule.all_duties[0]
    window = first.window
    return {
        "next_duty": first.kind.label("en"), "next_duty_due": window.due, "next_duty_closes": window.closes, "next_duty_missed_on": window.missed_on,
        "duties_late": late,
    }  # fmt: skip


def assert_next_visits(book: RevisitPolicy | Rulebook, engine: str, data: st.DataObject, *, on: str = "", **asked: Any) -> None:
    """Every row of a made-up book has the next visit that the single decision plans, cell for cell, and its measures."""
    on = on or data.draw(st.sampled_from(ON))
    loans = [with_said(row) for row in data.draw(st.lists(planned_rows(book, on=on), min_size=1, max_size=40))]
    frame = ENGINES[engine](as_columns([row for row, _ in loans]))
    decided = frames.decide(book, frame, on=on, visits=True, duties=True, denominators=DENOMINATORS, trace="none", **asked)
    assert type(decided) is type(frame)
    found = cells(frames.label(book, decided))
    assert all((name in found) is _has_measures(book) for name in ("measures", "measures_in_hand"))
    for at, (_, case) in enumerate(loans):
        said = wanted(book, case, on, **asked)
        assert {name: _as_set(name, found[name][at]) for name in NAMES if name in found} == {name: said[name] for name in NAMES if name in found}


def _has_measures(book: RevisitPolicy | Rulebook) -> bool:
    """Whether some edition has a table of them: without one there is not even a column."""
    policies = [book] if isinstance(book, RevisitPolicy) else [each.policy for each in book.editions]
    return any("measures" in policy.graph.by_id for policy in policies)


def _as_set(name: str, told: Any) -> Any:
    """A set of measures in words, in whatever order they stand."""
    return set(told.split(", ")) - {""} if name.startswith(("measures", "duties_late")) and told is not None else told


@pytest.mark.parametrize("engine", ENGINES)
@given(st.data())
@settings(max_examples=3)
def test_every_row_has_the_next_visit_of_the_single_decision(engine: str, data: st.DataObject) -> None:
    assert_next_visits(BOOK, engine, data)


@pytest.mark.slow
@pytest.mark.parametrize("engine", [name for name in ENGINES if name not in {"pandas nullable", "pandas arrow"}])  # these differ in how columns are read
@given(st.data())
@settings(max_examples=2)
def test_the_shipped_rulebook_plans_every_row_as_the_single_decision_does(engine: str, data: st.DataObject) -> None:
    assert_next_visits(cn_housing.rulebook, engine, data)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("book", POLICIES.values(), ids=POLICIES)
@given(st.data())
@settings(max_examples=2)
def test_unusual_policies_plan_every_row_as_the_single_decision_does(book: RevisitPolicy | Rulebook, engine: str, data: st.DataObject) -> None:
    assert_next_visits(book, engine, data)


ASKED = {"a horizon": {"until": "2027-03-06"}, "a city's own days": {"calendar": CITY}, "a calendar that ends": {"calendar": Ending()}}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
@given(st.data())
@settings(max_examples=2)
def test_a_horizon_and_a_calendar_of_the_callers_own_are_those_of_the_single_decision(asked: dict[str, Any], data: st.DataObject) -> None:
    assert_next_visits(BOOK, "polars lazy", data, on="2026-12-21", **asked)


def test_a_calendar_that_ends_before_measures_are_taken_refuses_no_loan_and_no_book() -> None:
    cases = [case_with(days_past_due=10), case_with()]
    quiet = BOOK.decide(cases[1], on="2026-12-27", calendar=Ending())
    planned = frames.next_visits(BOOK, frames.from_cases(cases), on="2026-12-27", calendar=Ending())
    # ten days late since the 18th: five working days from there
    assert planned["next_act_by"].to_list() == [dt.date(2026, 12, 25), *(step.by for step in quiet.measures)]


def test_the_events_and_visits_of_a_row_move_its_next_visit() -> None:
    seized = case_with(seized=True, events=(Event("seizure", since="2026-05-06"),))
    result = frames.label(BOOK, frames.next_visits(BOOK, frames.from_cases([CASE, seized]), on="2026-06-01"))
    for row, case in enumerate((CASE, seized)):
        visit = BOOK.decide(case, on="2026-06-01").schedule.next
        assert visit is not None
        assert result["next_closes"][row] == dt.date(visit.window.closes.year, visit.window.closes.month, visit.window.closes.day)
    assert result["next_kind"].to_list() == ["periodic visit", "triggered visit"]


def test_a_visit_or_an_event_after_the_decision_day_is_bad_input() -> None:
    late = case_with(events=(Event("seizure", since="2026-06-02"),))
    result = frames.next_visits(BOOK, frames.from_cases([CASE, late]), on="2026-06-01")
    assert [kind is None for kind in result["next_kind"]] == [False, True]


def test_what_the_plan_reads_has_to_be_there_or_said_not_to_be() -> None:
    frame = frames.from_cases([CASE]).drop("visits.by.phone", "events.seizure")
    with pytest.raises(InvalidInputError, match=r"`frame\.visits\.by\.phone` must be a column of Date"):
        frames.next_visits(BOOK, frame, on="2026-06-01")
    never = frames.next_visits(BOOK, frame, on="2026-06-01", without=("visits", "events"))
    unvisited = frames.next_visits(BOOK, frames.from_cases([attrs.evolve(CASE, visits=())]), on="2026-06-01")
    assert never["next_closes"].to_list() == unvisited["next_closes"].to_list()


def test_a_lazy_frame_stays_lazy() -> None:
    result = frames.next_visits(BOOK, frames.from_cases([CASE]).lazy(), on="2026-06-01")
    assert type(result) is pl.LazyFrame
    assert result.collect()["next_kind"].to_list() == [1]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_decision_with_visits_has_the_columns_of_both(engine: str) -> None:
    books = [with_said(row) for row in gathered(planned_rows(BOOK, on="2026-06-01"), rows=40)]
    frame = ENGINES[engine](as_columns([row for row, _ in books]))
    asked: dict[str, Any] = {"on": "2026-06-01", "denominators": DENOMINATORS}
    both = cells(frames.decide(BOOK, frame, visits=True, until="2026-12-31", **asked))
    decided, planned = cells(frames.decide(BOOK, frame, **asked)), cells(frames.next_visits(BOOK, frame, until="2026-12-31", **asked))
    sound = [at for at, bad in enumerate(both["bad_input"]) if bad == 0]
    more = both.pop("bad_input_2", [0] * len(books))  # a plan reads more, and there are names for that many in one column
    assert list(both) == [*decided, *VISITS]
    assert {more[at] for at in sound} == {0}
    assert {name: [both[name][at] for at in sound] for name in decided} == {name: [column[at] for at in sound] for name, column in decided.items()}
    assert {name: both[name] for name in VISITS} == {name: planned[name] for name in VISITS}


def test_visits_that_are_not_planned_have_no_horizon() -> None:
    frame = frames.from_cases([CASE])
    with pytest.raises(InvalidValueError, match=r"`until` must be left out unless visits are planned"):
        frames.decide(BOOK, frame, on="2026-06-01", until="2027-06-01")
    with pytest.raises(InvalidInputError, match=r"`until` must be on or after the decision day"):
        frames.next_visits(BOOK, frame, on="2026-06-01", until="2026-05-31")


def test_a_bare_graph_says_nothing_of_visits() -> None:
    with pytest.raises(InvalidValueError, match="a graph of tables says nothing of visits"):
        frames.decide(small_policy().case_graph, frames.from_cases([CASE]), on="2026-06-01", visits=True)


def test_no_visit_is_planned_without_the_loan_itself() -> None:
    with pytest.raises(InvalidInputError, match=r"`frame\.loan\.balance` must be a column: no visit is planned without it"):
        frames.next_visits(BOOK, frames.from_cases([CASE]), on="2026-06-01", without=("loan.balance",))


def test_days_that_contradict_one_another_are_bad_input() -> None:
    sound = frames.from_cases([CASE])
    wrong = pl.concat([
        sound,
        sound.with_columns(pl.lit(dt.date(2026, 4, 1)).alias("visits.by.phone")),
        sound.with_columns(pl.lit(dt.date(2054, 3, 15)).alias("loan.extended_to")),
    ])
    result = frames.label(BOOK, frames.decide(BOOK, wrong, on="2026-06-01", visits=True))
    assert result["bad_input"].to_list() == ["", "visits.by.phone", "loan.extended_to"]
    assert [kind is None for kind in result["next_kind"]] == [False, True, True]


EXTREMES = {
    "loan.term_months": (2**40, -(2**63), 0, 601),
    "loan.days_past_due": (2**63 - 1, -(2**63), -1, 36_501),
    "loan.disbursed_on": (dt.date(1, 1, 1), dt.date(9999, 12, 31)),
    "loan.extended_to": (dt.date(9999, 12, 31),),
    "visits.periodic": (dt.date(9999, 12, 31), dt.date(1, 1, 1)),
    "events.seizure": (dt.date(9999, 12, 31),),
}


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_and_days_beyond_all_bounds_sink_no_other_row(engine: str) -> None:
    row, _ = with_said(dict(BARE) | dict.fromkeys((*RATIOS, *OUR_COLUMNS.visits, *OUR_COLUMNS.events)))
    wrong = [row | {path: value} for path, values in EXTREMES.items() for value in values]
    if engine == "pandas numpy":  # its floats do not hold such numbers
        wrong = [each for each in wrong if abs(each["loan.term_months"]) < 2**53 and abs(each["loan.days_past_due"]) < 2**53]
    frame = ENGINES[engine](as_columns([row, *wrong, row]))
    found = cells(frames.decide(BOOK, frame, on="2025-06-02", visits=True, denominators=DENOMINATORS))
    assert [kind is None for kind in found["next_kind"]] == [False, *[True] * len(wrong), False]
    assert [bad != 0 for bad in found["bad_input"]] == [False, *[True] * len(wrong), False]


LEFT_OUT = {
    "valuations and extensions": ("collateral.valued_on", "loan.extended_to"),
    "what has been done and noted": ("visits", "events"),
    "the days of figures": ("borrower.reviewed_on", "market"),
}


@pytest.mark.parametrize("without", LEFT_OUT.values(), ids=LEFT_OUT)
@pytest.mark.parametrize("book", [BOOK, POLICIES["signals that rest on counts"]], ids=["a small rulebook", "signals that rest on counts"])
def test_what_a_frame_has_no_column_for_is_unknown_to_every_row(book: RevisitPolicy | Rulebook, without: tuple[str, ...]) -> None:
    row, _ = with_said(dict(BARE) | dict.fromkeys((*RATIOS, *OUR_COLUMNS.visits, *OUR_COLUMNS.events)))
    gone = [path for path in as_columns([row]) if path.startswith(without)]
    loans = [with_said(row | dict.fromkeys(gone)) for row in gathered(planned_rows(book, on="2026-02-28"), rows=60)]
    frame = ENGINES["polars"](as_columns([row for row, _ in loans])).drop(gone)
    denominators = {path: part for path, part in DENOMINATORS.items() if path not in gone}
    found = cells(frames.label(book, frames.next_visits(book, frame, on="2026-02-28", without=without, denominators=denominators)))
    for at, (_, case) in enumerate(loans):
        expected = wanted(book, case, "2026-02-28")
        assert {name: _as_set(name, found[name][at]) for name in VISITS} == {name: expected[name] for name in VISITS}


def test_a_loan_of_which_nobody_knows_the_term_is_bad_input() -> None:
    frame = frames.from_cases([CASE], engine="pandas")
    frame["loan.term_months"] = None
    result = frames.decide(small_policy(), frame.astype({"loan.term_months": object}), on="2026-06-01", visits=True)
    assert result["bad_input"][0] != 0
    assert result["next_kind"].isna().all()


def test_a_visit_always_has_a_kind() -> None:
    asked = Asking(VisitKind.FIRST)
    assert given_asking(facts.visit_kind.is_missing(), asked) == NEVER
    assert given_asking(~facts.visit_kind.is_missing(), asked) == ALWAYS


def test_days_without_end_sink_no_other_row() -> None:
    row, _ = with_said(dict(BARE) | dict.fromkeys((*RATIOS, *OUR_COLUMNS.visits, *OUR_COLUMNS.events)))
    relation = ENGINES["duckdb"](as_columns([row]))
    endless = relation.project("* REPLACE (DATE 'infinity' AS \"visits.by.phone\", DATE '-infinity' AS \"loan.disbursed_on\")")
    found = cells(frames.next_visits(BOOK, relation.union(endless), on="2025-06-02", denominators=DENOMINATORS))
    assert sorted(kind is None for kind in found["next_kind"]) == [False, True]


def test_an_empty_frame_gets_the_columns_all_the_same() -> None:
    result = frames.next_visits(small_policy(), frames.from_cases([]), on="2026-06-01")
    assert result.height == 0
    assert result.schema["next_due"] == pl.Date


def test_the_schema_with_visits_tells_what_more_is_read() -> None:
    more = {column.path for column in frames.schema(BOOK, visits=True)} - {column.path for column in frames.schema(BOOK)}
    assert {"visits.first", "visits.by.on_site", "events.seizure", "market.as_of"} <= more
    assert "最近一次电话及以上方式完成日" in frames.schema(BOOK, visits=True).text("zh")
    assert subject_of(BOOK).plans_visits is False
