"""The shipped rulebook replayed: its points rank, its visits are planned, each with what was known on the day."""

from __future__ import annotations

from functools import cache
from typing import Final

import polars as pl
import pytest

from revisit_policy import BorrowerProfile, CaseFile, Collateral, Loan, MarketConditions, cny, frames
from revisit_policy.backtest import Intervals, Panel, Plan, Planned, Ranked, Result, run
from revisit_policy.backtest.answers import answers
from revisit_policy.backtest.dealer import Dealer
from revisit_policy.backtest.panel import arranged_of, layout_of
from revisit_policy.errors import RevisitPolicyError
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date, add_months

DAYS = [add_months(Date(2024, 3, 31), 3 * at) for at in range(6)]


def _case(number: int, on: Date) -> CaseFile:
    """Every third loan is of poor standing and its home loses value from quarter to quarter; that of the second was valued once."""
    is_bad = number % 3 == 0
    value = 2_600_000 - (150_000 * DAYS.index(on) + 700_000 if is_bad else 0)
    return CaseFile(
        loan=Loan(
            f"L-{number:02}", product="first_home", principal=cny(1_800_000), balance=cny(1_700_000), annual_rate="0.0335",
            repayment="level_payment", disbursed_on="2023-03-15", term_months=360, days_past_due=0,
            missed_consecutive=0, missed_total_24m=0, delays_over_5_days_12m=0,
        ),
        borrower=BorrowerProfile(f"B-{number}", credit_standing="poor" if is_bad else "excellent"),
        collateral=Collateral(value=cny(value), valued_on=on if number != 1 else "2023-06-30", property_type="completed_home", registration="registered"),
        market=MarketConditions(region="Guangzhou", price_change_12m="-0.06" if is_bad else "0.01", price_volatility="0.02", as_of=on),
    )


@cache
def _frame() -> pl.DataFrame:
    parts = [frames.from_cases([_case(number, day) for number in range(12)]).with_columns(on=pl.lit(day)) for day in DAYS]
    book = pl.concat(parts, how="vertical_relaxed").select(pl.all().exclude("^visits.*$"), "visits.first")
    is_lost = pl.col("loan.loan_no").is_in(["L-00", "L-03", "L-06"])
    lost: pl.DataFrame = book.with_columns(lost_on=pl.when(is_lost).then(pl.lit(Date(2025, 9, 30))))
    return lost


@cache
def _panel() -> Panel:
    return Panel(_frame(), event="lost_on")


PLANS: dict[str, Plan] = {
    "points": Ranked(cn_housing.rulebook, by="points_at_worst", capacity=1, cooldown_months=9),
    "intervals": Intervals(cn_housing.rulebook),
    "planned": Planned(cn_housing.rulebook),
}


def test_the_points_of_the_rulebook_find_the_loans_that_were_lost() -> None:
    found = run(PLANS["points"], _panel(), dealt=1)
    assert found.hit_rate.value == 1
    assert (found.own_answers_dealt() or 0) < 1
    assert set(found.visits.filter(pl.col("on") == DAYS[0])["loan"]) <= {"L-00", "L-03", "L-06", "L-09"}


def test_what_a_replay_asks_for_is_what_the_whole_decision_says() -> None:
    names, period = ("interval_months", "triggers", "points_at_worst"), arranged_of(_panel()).periods[1]
    asked = answers(cn_housing.rulebook, period, names=names, layout=layout_of(_panel()))
    decided = frames.decide(cn_housing.rulebook, period.rows, on=period.on)
    assert asked["triggers"].equals(decided["triggers"])
    assert asked["points_at_worst"].equals(decided["points_at_worst"])
    assert asked["interval_months"].cast(pl.Int64).equals(decided["interval_months"].cast(pl.Int64))


@pytest.mark.slow
def test_few_rows_are_decided_as_many_are() -> None:
    """Few are carried out as they are written, many as polars improves it."""
    rows = _panel().frame.filter(pl.col("on") == DAYS[1])
    few, many = (frames.decide(cn_housing.rulebook, book, on=DAYS[1], trace="none") for book in (rows, pl.concat([rows] * 5_000)))
    assert many.tail(len(rows)).equals(few)


def test_intervals_of_the_rulebook_are_kept() -> None:
    visits = run(PLANS["intervals"], _panel(), flats=(), dealt=0).visits
    decided = frames.decide(cn_housing.rulebook, _frame().filter(pl.col("on") == DAYS[1]), on=DAYS[1])
    months = dict(decided.select("loan.loan_no", "interval_months").iter_rows())
    assert visits.filter(pl.col("on") == DAYS[0])["loan"].n_unique() == 12  # nobody has been visited since the grant
    again = set(visits.filter(pl.col("on") == DAYS[1])["loan"])
    assert again == {loan for loan, each in months.items() if each <= 3}


# Each plan with visits takes a second a day to be put together, so three days have to do.
SHORT: Final = pl.col("on") <= DAYS[2]


def _in_arrears(days: tuple[int, ...]) -> pl.DataFrame:
    """The made-up book, the second loan so many days past due, decision day by decision day, from 2024-06-30."""
    owed = pl.col("on").replace_strict(dict(zip(DAYS[1:], days, strict=True)), default=0, return_dtype=pl.Int32)
    is_second = pl.col("loan.loan_no") == "L-02"
    missed = [pl.when(is_second).then((owed > 0).cast(pl.Int32)).otherwise(name).cast(_frame().schema[name]).alias(name) for name in MISSED]
    late = pl.when(is_second).then(owed).otherwise("loan.days_past_due").cast(_frame().schema["loan.days_past_due"])
    return _frame().with_columns(*missed, late.alias("loan.days_past_due"))


MISSED: Final = ("loan.missed_consecutive", "loan.missed_total_24m", "loan.delays_over_5_days_12m")


def test_a_trigger_of_the_rulebook_brings_a_visit_sooner_as_its_schedule_does() -> None:
    panel = Panel(_in_arrears((5, 0, 0, 0, 0)).filter(pl.col("loan.loan_no") == "L-02", SHORT), event="lost_on")
    planned, by_interval = (run(PLANS[name], panel, flats=(), dealt=0).visits.select("on", "why").rows() for name in ("planned", "intervals"))
    assert planned == [(DAYS[0], "first"), (DAYS[1], "triggered")]
    assert by_interval == [(DAYS[0], "interval"), (DAYS[1], "triggered")]


@cache
def _short(name: str) -> Result:
    return run(PLANS[name], Panel(_frame().filter(SHORT), event="lost_on"), flats=(), dealt=0)


def _planned() -> Result:
    return _short("planned")


def test_planned_visits_are_fed_back() -> None:
    visits = _planned().visits
    assert _planned().undecided == 0
    assert "revaluation" not in set(visits["why"])  # is taken as made, and nobody is seen for it
    firsts, later = visits.filter(pl.col("on") == DAYS[0]), visits.filter(pl.col("on") > DAYS[0])
    assert (set(firsts["why"]), len(firsts)) == ({"first"}, 12)
    assert set(later["why"]) == {"periodic"}
    assert set(later["loan"]) == {"L-00", "L-03", "L-06", "L-09"}  # the others are seen again after a year


def test_planned_visits_up_to_a_day_do_not_know_what_comes_after_it() -> None:
    value = pl.when(pl.col("on") > DAYS[1]).then(pl.col("collateral.value") // 2).otherwise("collateral.value")
    changed = _in_arrears((0, 40, 0, 0, 0)).filter(SHORT).with_columns(value.alias("collateral.value"), pl.lit(None, dtype=pl.Date).alias("lost_on"))
    after, before = run(PLANS["planned"], Panel(changed, event="lost_on"), flats=(), dealt=0).visits, _planned().visits
    assert after.filter(pl.col("on") <= DAYS[1]).equals(before.filter(pl.col("on") <= DAYS[1]))
    assert len(after) > len(before)


def test_neither_the_order_of_rows_nor_another_run_changes_planned_visits() -> None:
    mixed = _frame().filter(SHORT).sample(fraction=1, shuffle=True, seed=3)
    assert not mixed.equals(_frame().filter(SHORT))
    assert run(PLANS["planned"], Panel(mixed, event="lost_on"), flats=(), dealt=0).visits.equals(_planned().visits)


@pytest.mark.parametrize("name", PLANS)
def test_the_day_of_the_event_is_hidden_even_from_a_policy_that_reads_a_column_of_its_name(name: str) -> None:
    """A day to come would be bad input there, and a day gone by would bring visits."""
    panel = Panel(_frame().filter(SHORT).drop("loan.restructured_on").rename({"lost_on": "loan.restructured_on"}), event="loan.restructured_on")
    found = run(PLANS[name], panel, flats=(), dealt=0)
    assert (found.visits.equals(_short(name).visits), found.undecided, len(found.visits) > 0) == (True, 0, True)


@pytest.mark.slow
def test_parts_of_a_book_add_up_for_planned_visits() -> None:
    is_first = pl.col("loan.loan_no") < "L-05"
    one, two = (run(PLANS["planned"], Panel(_frame().filter(SHORT & part), event="lost_on"), flats=(), dealt=0) for part in (is_first, ~is_first))
    assert (one + two).tally.equals(_planned().tally)
    assert (one + two).visits.equals(_planned().visits)


def test_planned_visits_are_dealt_as_they_are() -> None:
    panel = Panel(_frame().filter(SHORT), event="lost_on")
    numbers, days = panel.frame["loan.loan_no"].unique().sort().to_list(), list(panel.days)
    own = _planned().visits.select(
        place=pl.col("loan").replace_strict({number: at for at, number in enumerate(numbers)}, return_dtype=pl.UInt32),
        at=pl.col("on").replace_strict({day: at for at, day in enumerate(days)}, return_dtype=pl.UInt16), why="why",
    ).sort("at", "place")
    dealt = Dealer.of(panel, "2").visits(own)
    assert [len(dealt.filter(pl.col("at") == at)) for at in range(3)] == [len(own.filter(pl.col("at") == at)) for at in range(3)]
    assert not dealt.equals(own)


@pytest.mark.parametrize("name", PLANS)
def test_a_column_that_the_policy_reads_and_the_panel_lacks_is_named(name: str) -> None:
    with pytest.raises(RevisitPolicyError, match=r"loan\.days_past_due"):
        run(PLANS[name], Panel(_frame().drop("loan.days_past_due"), event="lost_on"))
