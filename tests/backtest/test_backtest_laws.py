"""Laws of replays: nothing is known before its day, nothing is lost, and the parts of a book add up."""

from __future__ import annotations

from fractions import Fraction

import attrs
import polars as pl
import pytest
from tests.backtest.panels import panel, quarters, rows

from revisit_policy import Citation, DecisionGraph, Fact, Label, Rule, Table
from revisit_policy.backtest import Dealt, Flat, Intervals, Panel, Plan, Ranked, Window, run
from revisit_policy.backtest.panel import arranged_of
from revisit_policy.errors import RevisitPolicyError
from revisit_policy.outcomes import Deadline, Trigger
from revisit_policy.values import Date, add_months, from_ordinal
from revisit_policy.workload import AdmittedBecause, Candidate, admit, quota

POINTS = Fact.count("points", low=0, high=9, label=Label("积分", "points"))
ROWS = rows(120, 12, high=0.06)
BOOK = panel(ROWS)


def _always(months: int) -> DecisionGraph:
    rule = Rule("always", when=POINTS >= 0, then=months, because=Label("一律", "always"), source=Citation(standing="proposal"))
    return DecisionGraph((Table("interval", outcomes=(months,), fold="unique", rules=[rule], label=Label("间隔", "interval")),))


def _interval(months: tuple[int, ...], steps: tuple[int, ...]) -> DecisionGraph:
    cuts = quota({0: 80, 1: 20}, months=months, steps=steps, capacity="0.9")
    return DecisionGraph((cuts.table(POINTS, label=Label("间隔", "interval"), source=Citation(standing="proposal")),))


def _triggered(from_points: int) -> DecisionGraph:
    """Every two years, and sooner whoever has so many points or more."""
    asks = Trigger("arrears", "orange", Deadline(3))
    rule = Rule("asks", when=from_points <= POINTS, then=asks, because=Label("积分高", "many points"), source=Citation(standing="proposal"))
    return DecisionGraph((*_always(24).tables, Table("triggers", outcomes=(asks,), fold="every", rules=[rule], label=Label("触发", "triggers"))))


INTERVALS = Intervals(_interval((24, 9), ()), by="interval")
RANKED = Ranked(by="points", then="ltv", capacity="0.8", cooldown_months=9, longest_months=36)
PLANS: dict[str, Plan] = {
    "flat": Flat(months=12),
    "intervals": INTERVALS,
    "triggered": Intervals(_triggered(1), by="interval"),
    "ranked": RANKED,
    "intervals dealt": Dealt(INTERVALS, seed=1),
    "ranked dealt": Dealt(RANKED, seed=1),
}


@pytest.fixture(scope="module")
def visits() -> dict[str, pl.DataFrame]:
    return {name: _visits(plan, BOOK) for name, plan in PLANS.items()}


def _visits(plan: Plan, book: Panel) -> pl.DataFrame:
    return run(plan, book, flats=(), dealt=0).visits


@pytest.mark.parametrize("name", PLANS)
def test_what_comes_after_a_day_moves_no_visit_up_to_it(name: str, visits: dict[str, pl.DataFrame]) -> None:
    day = quarters(12)[6]
    later = pl.col("on") > day
    changed = ROWS.with_columns(
        points=pl.when(later).then(1 - pl.col("points")).otherwise("points"),
        ltv=pl.when(later).then(150 - pl.col("ltv")).otherwise("ltv"),
        event=pl.when(pl.col("event") > day).then(None).otherwise("event"),
    )
    assert not changed.equals(ROWS)
    found = _visits(PLANS[name], panel(changed))
    assert found.filter(pl.col("on") <= day).equals(visits[name].filter(pl.col("on") <= day))


@pytest.mark.parametrize("name", PLANS)
def test_neither_the_order_of_rows_nor_another_run_changes_anything(name: str, visits: dict[str, pl.DataFrame]) -> None:
    shuffled = panel(ROWS.sample(fraction=1, shuffle=True, seed=3))
    assert shuffled.digest == BOOK.digest
    assert _visits(PLANS[name], shuffled).equals(visits[name])
    assert _visits(PLANS[name], BOOK).equals(visits[name])
    assert visits[name].columns == ["loan", "on", "why"]
    assert len(visits[name]) > 20


@pytest.mark.parametrize("plan", [Flat(months=12), INTERVALS, PLANS["triggered"]], ids=["flat", "intervals", "triggered"])
def test_two_parts_of_a_book_add_up_to_the_whole(plan: Plan) -> None:
    first, second = (panel(ROWS.filter(pl.col("loan").str.slice(2).cast(pl.Int64) % 3 == 0 if is_first else pl.col("loan").str.slice(2).cast(pl.Int64) % 3 > 0))
                     for is_first in (True, False))
    parts = run(plan, first, segment="city", dealt=0) + run(plan, second, segment="city", dealt=0)
    whole = run(plan, BOOK, segment="city", dealt=0)
    assert parts.tally.equals(whole.tally)
    assert parts.visits.equals(whole.visits)
    assert parts.hit_rate == whole.hit_rate
    assert parts.by_window() == whole.by_window()
    assert [name for name, _ in parts.segments] == [name for name, _ in whole.segments] == ["A", "B"]
    assert all(one.equals(other) for (_, one), (_, other) in zip(parts.segments, whole.segments, strict=True))
    a, b = (tally for _, tally in whole.segments)
    assert (a + b).equals(whole.tally)
    assert sum(period.visits for period in whole.tally.periods) == len(whole.visits)


def test_parts_by_other_plans_or_windows_do_not_add_up() -> None:
    one = run(Flat(months=12), BOOK, flats=())
    with pytest.raises(RevisitPolicyError, match="plan"):
        one + run(Flat(months=9), BOOK, flats=())
    with pytest.raises(RevisitPolicyError, match="window"):
        one + run(Flat(months=12), BOOK, window=Window(earliest_months=6, latest_months=3), flats=())


def test_an_interval_that_is_always_the_same_is_flat(visits: dict[str, pl.DataFrame]) -> None:
    constant = Intervals(_always(12), by="interval")
    assert _visits(constant, BOOK).equals(visits["flat"])
    assert _visits(Dealt(constant), BOOK).equals(visits["flat"])


def test_a_trigger_brings_a_visit_sooner_once_for_as_long_as_it_stands() -> None:
    days, points = quarters(9), [0, 5, 6, 0, 5, None, 5, 0, 0]
    frame = pl.DataFrame({"loan": "A", "on": days, "began": Date(2011, 12, 31), "visited": days[0], "event": None, "points": points}).cast({"event": pl.Date})
    found = run(Intervals(_triggered(5), by="interval"), panel(frame), flats=(), dealt=0)
    assert found.visits.select("on", "why").rows() == [(days[at], "triggered") for at in (1, 4, 6)]  # what is not established is gone
    assert found.undecided == 1
    calm = run(Intervals(_triggered(9), by="interval"), panel(frame), flats=(), dealt=0)
    assert calm.visits.select("on", "why").rows() == [(days[8], "interval")]


def test_worst_first_is_what_is_admitted_of_one_candidate_after_the_other(visits: dict[str, pl.DataFrame]) -> None:
    since = dict(ROWS.select("loan", "visited").unique().iter_rows())
    carried, found = Fraction(0), []
    for day in quarters(12):
        here = [row for row in ROWS.iter_rows(named=True) if row["on"] == day]
        book = [Candidate(row["loan"], points=row["points"], then=row["ltv"], since=since[row["loan"]]) for row in here]
        until = from_ordinal(add_months(day, 3).toordinal() - 1) if day != quarters(12)[-1] else Date(2015, 3, 30)
        until = from_ordinal(quarters(13)[quarters(12).index(day) + 1].toordinal() - 1)
        made = admit(book, on=day, until=until, capacity=Fraction(4, 5) * len(here) / 4, carried=carried, cooldown_months=9, longest_months=36)
        carried = made.carried
        since |= dict.fromkeys(made.loans, day)
        found += [(each.candidate.loan_no, day, each.because.value) for each in made.admitted]
    assert visits["ranked"].rows() == sorted(found)
    assert {why for _, _, why in found} == {AdmittedBecause.WORST_FIRST.value, AdmittedBecause.LONGEST_GAP.value}


def test_spend_keeps_within_the_capacity_and_gaps_within_the_longest() -> None:
    plan = attrs.evolve(RANKED, longest_months=25)  # no multiple of a quarter, so that the visit has to come before it is over
    found = run(plan, BOOK, flats=(), dealt=0)
    musts = int((found.visits["why"] == "longest_gap").sum())
    assert found.tally.visits <= float(found.tally.loan_years) * 0.8 + musts
    calm = run(attrs.evolve(plan, longest_months=None), BOOK, flats=(), dealt=0).tally
    assert all(period.visits <= period.loans * 0.2 + 1 for period in calm.periods)
    assert calm.visits <= calm.loan_years * Fraction(4, 5)
    gaps = found.visits.with_columns(before=pl.col("on").shift(1).over("loan"))
    assert all(add_months(before, 25) >= on for _, on, _, before in gaps.drop_nulls("before").iter_rows())


def test_numbers_of_loans_may_be_whole_numbers() -> None:
    whole = ROWS.with_columns(loan=pl.col("loan").str.slice(2).cast(pl.UInt32))
    of_text, of_numbers = (set(_visits(RANKED, panel(frame)).cast({"loan": pl.String}).rows()) for frame in (whole.cast({"loan": pl.String}), whole))
    assert of_numbers == of_text != set()


def test_a_flag_of_the_panel_can_say_who_has_to_be_visited() -> None:
    frame = ROWS.with_columns(first=(pl.col("loan") == "L-00003") & (pl.col("on") == quarters(1)[0]))
    found = run(Ranked(by="points", capacity="0.1", must="first"), panel(frame), flats=(), dealt=0).visits
    assert ("L-00003", quarters(1)[0], "must") in found.rows()


@pytest.mark.parametrize("name", PLANS)
def test_what_became_of_the_loans_changes_no_visit(name: str, visits: dict[str, pl.DataFrame]) -> None:
    assert _visits(PLANS[name], panel(ROWS.with_columns(event=pl.lit(None, dtype=pl.Date)))).equals(visits[name])


def test_a_plan_is_not_given_what_became_of_a_loan() -> None:
    assert {"event", "visited"}.isdisjoint(arranged_of(BOOK).periods[0].rows.columns)
    with pytest.raises(RevisitPolicyError, match="one of"):
        run(Ranked(by="event", capacity=1), BOOK)
    assert BOOK.frame["event"].null_count() > 0


def test_rows_after_the_event_are_put_aside_and_an_event_without_rows_is_a_miss() -> None:
    late = ROWS.filter(pl.col("loan") == "L-00001").with_columns(event=pl.lit(Date(2012, 3, 1)), loan=pl.lit("L-99999"))
    book = panel(pl.concat([ROWS, late]))
    found, before = (run(Flat(months=12), each, flats=()) for each in (book, BOOK))
    assert (book.events, book.loans) == (BOOK.events + 1, BOOK.loans + 1)
    assert found.tally.loan_years == before.tally.loan_years
    assert (found.hit_rate.hits, found.hit_rate.of) == (before.hit_rate.hits, before.hit_rate.of + 1)
    assert found.tally.reach(found.window).hits == before.tally.reach(found.window).hits
