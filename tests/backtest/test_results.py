"""Results: shares with their intervals, leads, costs, and everything that a claim has to be read beside."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.backtest.panels import panel, rows

from revisit_policy.backtest import Estimate, Flat, Panel, Ranked, Window, compare, review, run
from revisit_policy.errors import RevisitPolicyError
from revisit_policy.values import Date, months_elapsed

SMALL = pl.DataFrame({
    "loan": ["A"] * 4 + ["B"] * 4,
    "on": [Date(2020, month, 1) for month in (1, 4, 7, 10)] * 2,
    "event": [Date(2021, 1, 1)] * 4 + [None] * 4,
    "began": [Date(2019, 1, 1)] * 8,
    "visited": [Date(2019, 10, 1)] * 8,
    "points": [1, 2, 5, 6, 2, 2, 2, 2],
})


def test_a_worked_example_is_counted_by_hand() -> None:
    found = run(Flat(months=6), panel(SMALL), flats=[3, 12])
    assert found.visits.rows() == [(loan, Date(2020, month, 1), "interval") for loan in "AB" for month in (4, 10)]
    assert (found.hit_rate, found.visits_per_loan_year, found.leads) == (Estimate(hits=1, of=1), Fraction(2), {9: 1})
    assert (found.visits_per_hit, found.alarms_per_hit) == (Fraction(4), Fraction(3))
    assert [(str(each.on), each.loans, each.visits) for each in found.tally.periods] == [
        ("2020-01-01", 2, 0), ("2020-04-01", 2, 2), ("2020-07-01", 2, 0), ("2020-10-01", 2, 2)
    ]
    assert found.tally.spend_by_year() == {2020: Fraction(2)}
    assert found.flat_at_the_same_spend() == Fraction(1, 3)  # between four visits that hit and one that does not


def test_a_plan_without_a_hit_has_no_cost_of_one() -> None:
    found = run(Flat(months=6), panel(SMALL), window=Window(earliest_months=8, latest_months=7), flats=())
    assert (found.hit_rate.value, found.visits_per_hit, found.alarms_per_hit, found.leads) == (Fraction(0), None, None, {})
    assert found.flat_at_the_same_spend() is None
    nothing = run(Flat(months=6), panel(SMALL.with_columns(event=pl.lit(None, dtype=pl.Date))))
    assert (nothing.hit_rate.value, nothing.flat_at_the_same_spend(), str(nothing.hit_rate)) == (None, None, "of 0")


@given(st.dates(Date(2001, 1, 1), Date(2003, 12, 31)), st.integers(1, 900))
def test_leads_are_whole_months_as_everywhere(on: Date, days: int) -> None:
    event = Date.fromordinal(on.toordinal() + days)
    frame = pl.DataFrame({"loan": ["A"], "on": [on], "event": [event], "began": [Date(2000, 1, 1)], "visited": [None]}, schema_overrides={"visited": pl.Date})
    tally = run(Flat(months=12), panel(frame), flats=()).tally
    assert tally.events["visited"].to_list() == tally.events["seen"].to_list() == [[months_elapsed(on, event)]]


def test_the_interval_of_a_share_is_wilsons() -> None:
    found = Estimate(hits=10, of=20)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2993, 0.7007)  # as published tables have it
    assert (Estimate(hits=0, of=0).low, Estimate(hits=0, of=0).high) == (0, 1)
    assert Estimate(hits=5, of=5).high == 1


def test_a_result_is_told_with_all_that_it_has_to_be_read_beside() -> None:
    found = run(Ranked(by="points", capacity="0.8", cooldown_months=9), panel(rows(80, 10, high=0.1)))
    told = found.text()
    assert "window: 6–12 months before" in told
    assert "visits a hit" in told
    assert [line for line in told.splitlines() if line.startswith("| 201")] == [
        f"| {year} | {float(spend):.3f} |" for year, spend in found.tally.spend_by_year().items()
    ]
    assert "| window, months | hit rate | flat, same spend | dealt |" in told
    assert "窗口：事件前6–12个月" in found.text("zh")
    assert found._repr_html_().count("<table>") == 2
    assert found.to_svg("zh").startswith("<svg ")
    assert found.spend_to_svg().count("<rect") == len(found.tally.spend_by_year())


def test_a_result_says_of_how_many_rows_its_plan_was_told_nothing() -> None:
    found = run(Ranked(by="points", capacity=2), panel(SMALL.with_columns(points=pl.when(pl.col("loan") == "A").then("points"))), flats=())
    assert (found.undecided, set(found.visits["loan"])) == (4, {"A"})
    assert "4 of 8 loan-days could not be decided" in found.text()
    assert "8行中4行无法判定" in found.text("zh")
    assert (run(Flat(months=6), panel(SMALL), flats=()).undecided, "could not" in run(Flat(months=6), panel(SMALL), flats=()).text()) == (0, False)


def test_plans_are_compared_at_equal_spend_only() -> None:
    found = compare({"half": Flat(months=6), "year": Flat(months=12), "same": Flat(months=12)}, panel(rows(80, 10, high=0.1)))
    assert found.lift("year", over="same").value == 0
    with pytest.raises(RevisitPolicyError, match="within one per cent"):
        found.lift("half", over="year")
    with pytest.raises(RevisitPolicyError, match="year"):
        found.lift("yeer", over="same")
    assert found.text().count("\n") == 4
    assert "每笔每年回访次数" in found.text("zh")
    assert "year: 1.08" in found.to_svg()
    assert found.to_svg("zh").count("<circle") == 2  # those that spend and hit the same share a mark
    none = found.over_flat("half")
    assert none is not None
    assert none.value == 0


def test_a_review_says_what_the_worst_part_holds() -> None:
    book = panel(rows(400, 10, bad=0.05, low=0.001, high=0.1))
    one, five = review(Ranked(by="points", then="ltv", capacity=1), book)
    assert (one.share, five.share) == (Fraction(1, 100), Fraction(1, 20))
    assert (one.recall.value or 0) < (five.recall.value or 0) > Fraction(1, 4)
    assert five.recall.of == one.recall.of == book.events
    assert five.precision.of == pytest.approx(0.05 * sum(period.loans for period in run(Flat(months=12), book, flats=()).tally.periods), abs=1)
    assert (five.precision.value or 0) > Fraction(1, 20)
    assert five.mean_lead_months is not None
    assert 6 <= five.mean_lead_months <= 12


BAD = {
    "days that are irregular": (SMALL.with_columns(on=pl.when(pl.col("on") == Date(2020, 4, 1)).then(Date(2020, 4, 2)).otherwise("on")), "on"),
    "days unequally far apart": (SMALL.filter(pl.col("on") != Date(2020, 4, 1)), "on"),
    "a day without its row": (SMALL.filter((pl.col("loan") == "B") | (pl.col("on") != Date(2020, 4, 1))), "from its first"),
    "a day with two rows": (pl.concat([SMALL, SMALL.head(1)]), "once"),
    "events that differ": (SMALL.with_columns(event=pl.when(pl.col("points") == 6).then(None).otherwise("event")), "event"),
    "an event before the loan began": (SMALL.with_columns(began=pl.lit(Date(2021, 2, 1))), "after the day the loan began"),
    "an event on the day the loan began": (SMALL.with_columns(began=pl.col("event").fill_null(Date(2019, 1, 1))), "after the day the loan"),
    "a beginning that differs": (SMALL.with_columns(began="on"), "began"),
    "a figure dated after its day": (SMALL.with_columns(pl.lit(Date(2020, 5, 1)).alias("market.as_of")), "market.as_of"),
    "arrears that begin after their day": (SMALL.with_columns(pl.lit(Date(2020, 5, 1)).alias("loan.unpaid_since")), "loan.unpaid_since"),
    "a restructuring after its day": (SMALL.with_columns(pl.lit(Date(2020, 5, 1)).alias("loan.restructured_on")), "loan.restructured_on"),
    "an event of the loan after its day": (SMALL.with_columns(pl.lit(Date(2020, 5, 1)).alias("events.seizure")), "events.seizure"),
    "a visit dated after its day": (SMALL.with_columns(pl.lit(Date(2020, 5, 1)).alias("visits.first")), "visits.first"),
    "no such column": (SMALL.drop("event"), "event"),
    "a day of text": (SMALL.with_columns(pl.col("event").cast(pl.String)), "event"),
    "a loan without a number": (SMALL.with_columns(loan=pl.lit(None, dtype=pl.String)), "loan"),
    "no row": (SMALL.clear(), "frame"),
}


@pytest.mark.parametrize(("frame", "named"), BAD.values(), ids=BAD.keys())
def test_a_panel_that_cannot_be_replayed_is_refused_by_name(frame: pl.DataFrame, named: str) -> None:
    with pytest.raises(RevisitPolicyError, match=named):
        panel(frame)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"capacity": 1.5}, "capacity"),
        ({"capacity": 0}, "capacity"),
        ({"cooldown_months": 40, "longest_months": 36}, "cooldown_months"),
        ({"by": ""}, "by"),
        ({"policy": "worst"}, "policy"),
    ],
    ids=["a float capacity", "a capacity of nothing", "a cool-down longer than the longest gap", "no name", "no policy"],
)
def test_a_ranking_that_cannot_be_is_refused_by_name(more: dict[str, object], named: str) -> None:
    with pytest.raises(RevisitPolicyError, match=named):
        Ranked(**{"capacity": 1, **more})  # type: ignore[arg-type] # it says so


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(RevisitPolicyError, match="one of points"):
        run(Ranked(by="score", capacity=1), panel(SMALL))


def test_a_lazy_frame_is_collected_and_another_refused() -> None:
    assert panel(SMALL.lazy()).digest == panel(SMALL).digest != panel(SMALL.with_columns(points=1)).digest
    with pytest.raises(RevisitPolicyError, match="a polars frame"):
        Panel(SMALL.to_pandas(), loan="loan", on="on", event="event", began="began")


WITHOUT = """
import sys
sys.modules["{package}"] = None
try:
    from revisit_policy import backtest
except ImportError as error:
    print(error)
"""


@pytest.mark.parametrize("package", ["polars", "narwhals"])
def test_without_a_package_the_extra_is_named(package: str) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT.format(package=package)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f'`revisit_policy.backtest` needs `{package}`; install it with `pip install "revisit-policy[backtest]"`'
