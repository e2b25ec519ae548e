"""Running a plan over a panel."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import polars as pl

from revisit_policy.backtest.answers import Answered
from revisit_policy.backtest.panel import Panel, arranged_of
from revisit_policy.backtest.plans import Dealt, Flat, Intervals, Plan, Planned, Ranked
from revisit_policy.backtest.replays import replayed
from revisit_policy.backtest.result import Beside, Result
from revisit_policy.backtest.tally import Tally, tally_of
from revisit_policy.backtest.window import USUAL, Window
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked, fault, several, to_whole


def run(
    plan: Plan, panel: Panel, *, window: Window = USUAL, segment: str | None = None, flats: Iterable[int] | None = None, dealt: int = 1
) -> Result:
    """What a plan would have done on a panel: whom it visits on each decision day by what was known on it, and how often that was in time.

    Args:
        plan: The plan.
        panel: The loans; the plan is given neither the column of the event nor a row of a later day.
        window: The visits that come in time.
        segment: A column by which what is counted is parted too, by what each loan's first row has there.
        flats: The months of the flat plans that are replayed beside it, so that it can be seen what its spend buys without any knowledge;
            left out, all multiples of the panel's step up to five years; none for none.
        dealt: By how many seeds the plan's own answers are dealt to other loans beside it, from seed 0; 0 for none.

    Returns:
        The result. That of two parts of a book add up, for plans that look at each loan alone.

    Raises:
        InvalidInputError: If the policy of the plan reads a column that the panel lacks.
        InvalidValueError: If an argument is of another kind.

    Examples:
        >>> import datetime as dt
        >>> days = [dt.date(2020, month, 1) for month in (1, 4, 7, 10)]
        >>> frame = pl.DataFrame({
        ...     "loan": ["A"] * 4 + ["B"] * 4, "on": days * 2, "lost_on": [dt.date(2021, 1, 1)] * 4 + [None] * 4,
        ...     "began": [dt.date(2019, 10, 1)] * 8, "points": [1, 2, 5, 6, 2, 2, 2, 2],
        ... })
        >>> panel = Panel(frame, loan="loan", on="on", event="lost_on", began="began")
        >>> found = run(Ranked(by="points", capacity=2, cooldown_months=6), panel)
        >>> found.hit_rate.value, found.visits_per_loan_year, found.leads
        (Fraction(1, 1), Fraction(2, 1), {9: 1})
    """
    checked(panel, Panel, field="panel", expected=Phrase("Panel", "a Panel"))
    check_plan(plan)
    checked(window, Window, field="window", expected=Phrase("Window", "a Window"))
    seeds = to_whole(dealt, field="dealt")
    ladder = range(panel.step_months, 61, panel.step_months) if flats is None else several(flats, field="flats", expected=Phrase("若干月数", "several months"))
    return counted(plan, panel, window=window, segment=segment, ladder=tuple(ladder), seeds=seeds, answered=Answered(panel=panel, keeps=seeds > 0))


def counted(  # noqa: PLR0913 - what a run was asked for, once it is sound
    plan: Plan, panel: Panel, *, window: Window, segment: str | None, ladder: tuple[int, ...], seeds: int, answered: Answered
) -> Result:
    """The result of a plan, by answers that may be *answered* already."""
    visits = replayed(plan, panel, answered=answered)
    undecided, book = answered.undecided, arranged_of(panel)
    dealt = () if isinstance(plan, Dealt | Flat) else tuple(Dealt(plan, seed=seed) for seed in range(seeds))
    return Result(
        plan=plan,
        window=window,
        tally=tally_of(panel, visits),
        segments=() if segment is None else tuple(_by_segment(panel, visits, segment=segment)),
        beside=Beside(
            flats=tuple((months, tally_of(panel, replayed(Flat(months=months), panel))) for months in ladder),
            dealt=tuple(tally_of(panel, replayed(other, panel, answered=answered)) for other in dealt),
        ),
        made=partial(_named, visits, numbers=book.loans["loan"], days=pl.Series([period.on for period in book.periods], dtype=pl.Date)),
        undecided=undecided,
    )


def _named(visits: pl.DataFrame, *, numbers: pl.Series, days: pl.Series) -> pl.DataFrame:
    """The visits by number of loan and day, in this order."""
    told = visits.select(loan=pl.lit(numbers).gather(pl.col("place")), on=pl.lit(days).gather(pl.col("at")), why=pl.col("why").cast(pl.String))
    return told.sort("loan", "on")


def _by_segment(panel: Panel, visits: pl.DataFrame, *, segment: str) -> list[tuple[str, Tally]]:
    if segment not in panel.frame.columns or segment in {panel.event, panel.on}:
        raise fault("segment", segment, Phrase("面板的一列", "a column of the panel"))
    firsts = panel.frame.sort(panel.on).group_by(panel.loan).agg(pl.col(segment).first().cast(pl.String).fill_null("")).sort(panel.loan)
    parts = firsts.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("place"), segment)
    return [(str(name), tally_of(panel, visits, only=part["place"])) for (name,), part in sorted(parts.partition_by(segment, as_dict=True).items())]


def check_plan(plan: Plan) -> Plan:
    """*plan* itself, if it is one.

    Raises:
        InvalidValueError: If it is none.
    """
    expected = Phrase("回测计划，如 Flat(months=12)", "a plan, such as Flat(months=12)")
    return checked(plan, Flat | Intervals | Planned | Ranked | Dealt, field="plan", expected=expected)
