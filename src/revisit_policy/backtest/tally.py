"""Tallies: what was counted of a plan, so that the tallies of two parts of a book add up to that of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs
import polars as pl

from revisit_policy.backtest.estimate import Estimate
from revisit_policy.backtest.panel import Panel, arranged_of
from revisit_policy.backtest.window import Window
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.validation import fault


@attrs.frozen(kw_only=True)
class PeriodSpend:
    """What one period took: how many *loans* there were on its decision day, and how many *visits* they got."""

    on: Date
    loans: int
    visits: int


@attrs.frozen(kw_only=True, eq=False)
class Tally:
    """What was counted of a plan.

    Args:
        step_months: Months that a period lasts.
        periods: Loans and visits by period, in order.
        events: A row an event in the order of loan numbers: ``loan``, ``event``, and as lists of whole months before it ``seen``, the
            decision days on which the loan was there, and ``visited``, the visits.
    """

    step_months: int
    periods: tuple[PeriodSpend, ...]
    events: pl.DataFrame = attrs.field(repr=False)

    @property
    def visits(self) -> int:
        """All visits."""
        return sum(period.visits for period in self.periods)

    @property
    def loan_years(self) -> Fraction:
        """Years that loans were there, each period counted as a whole."""
        return Fraction(sum(period.loans for period in self.periods) * self.step_months, 12)

    @property
    def visits_per_loan_year(self) -> Fraction:
        """The spend; 0 of no loans."""
        return self.visits / self.loan_years if self.loan_years else Fraction(0)

    def spend_by_year(self) -> Mapping[int, Fraction]:
        """Visits a loan-year by calendar year."""
        years = dict.fromkeys(period.on.year for period in self.periods)
        return {year: attrs.evolve(self, periods=tuple(each for each in self.periods if each.on.year == year)).visits_per_loan_year for year in years}

    def hit_rate(self, window: Window) -> Estimate:
        """Of all events those with a visit in the window; one that no decision day could have been in time for is a miss."""
        return Estimate(hits=int(self.hits(window).sum()), of=len(self.events))

    def reach(self, window: Window) -> Estimate:
        """Of all events those before which the loan was there on a decision day in the window: no plan hits more."""
        return Estimate(hits=int(_any_within(self.events["seen"], window).sum()), of=len(self.events))

    def hits(self, window: Window) -> pl.Series:
        """For every event whether a visit was in the window."""
        return _any_within(self.events["visited"], window)

    def visits_in_time(self, window: Window) -> int:
        """How many visits were in the window of an event."""
        return int(_within(self.events["visited"], window).list.sum().sum())

    def leads(self, window: Window) -> Mapping[int, int]:
        """By whole months from the first visit in the window to the event: how many events; the longest lead first."""
        within = self.events["visited"].list.eval(pl.element().filter(pl.element().is_between(window.latest_months, window.earliest_months)))
        firsts = within.list.max().drop_nulls().to_list()
        return {months: firsts.count(months) for months in sorted(set(firsts), reverse=True)}

    def __add__(self, other: Tally) -> Tally:
        """What was counted of two parts of a book that share no loan.

        Raises:
            InvalidValueError: If their periods last differently.
        """
        if self.step_months != other.step_months:
            raise fault("step_months", other.step_months, Phrase("{months}，与另一部分相同", "{months} as in the other part", months=self.step_months))
        by_day: dict[Date, tuple[int, int]] = {}
        for period in (*self.periods, *other.periods):
            loans, visits = by_day.get(period.on, (0, 0))
            by_day[period.on] = loans + period.loans, visits + period.visits
        periods = tuple(PeriodSpend(on=on, loans=loans, visits=visits) for on, (loans, visits) in sorted(by_day.items()))
        return Tally(step_months=self.step_months, periods=periods, events=pl.concat([self.events, other.events]).sort("loan"))

    def equals(self, other: Tally) -> bool:
        """True if the same was counted, figure for figure."""
        return (self.step_months, self.periods) == (other.step_months, other.periods) and self.events.equals(other.events)


def tally_of(panel: Panel, visits: pl.DataFrame, *, only: pl.Series | None = None) -> Tally:
    """What is counted of the *visits* of a panel.

    Args:
        panel: Whose loans they are.
        visits: ``place`` of the loan and ``at`` of the period.
        only: The places of the loans that are counted; all of them if ``None``.
    """
    counted = visits if only is None else visits.filter(pl.col("place").is_in(only.implode()))
    by_period = dict(counted.group_by("at").len().iter_rows())
    return Tally(step_months=panel.step_months, periods=tuple(_spend(panel, by_period, only=only)), events=_events(panel, counted, only=only))


def _spend(panel: Panel, visits: Mapping[int, int], *, only: pl.Series | None) -> Iterator[PeriodSpend]:
    for period in arranged_of(panel).periods:
        loans = len(period.loans) if only is None else int(period.loans.is_in(only.implode()).sum())
        yield PeriodSpend(on=period.on, loans=loans, visits=visits.get(period.at, 0))


def _events(panel: Panel, visits: pl.DataFrame, *, only: pl.Series | None) -> pl.DataFrame:
    loans = arranged_of(panel).loans.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("place"), "loan", "event", "first", "last")
    had = loans.filter(pl.col("event").is_not_null())
    had = had if only is None else had.filter(pl.col("place").is_in(only.implode()))
    days = pl.Series([to_date(period.on) for period in arranged_of(panel).periods], dtype=pl.Date)
    seen = had.select("place", "event", at=pl.int_ranges("first", pl.col("last") + 1)).explode("at")
    seen = _leads(seen.drop_nulls(), days).filter(pl.col("months") >= 0)
    made = _leads(visits.select("place", pl.col("at").cast(pl.Int64)).join(had.select("place", "event"), on="place"), days)
    found = had.select("place", pl.col("loan").cast(pl.String), "event")
    for name, rows in (("seen", seen), ("visited", made)):
        found = found.join(rows.group_by("place").agg(pl.col("months").sort(descending=True).alias(name)), on="place", how="left", maintain_order="left")
        found = found.with_columns(pl.col(name).fill_null(pl.lit([], dtype=pl.List(pl.Int32))))
    return found.drop("place").sort("loan")


def _leads(rows: pl.DataFrame, days: pl.Series) -> pl.DataFrame:
    """Whole months from the day of the period to the event, as `values.months_elapsed` counts them; below 0 after it."""
    dated = rows.with_columns(day=pl.lit(days).gather(pl.col("at")))
    event, day = pl.col("event"), pl.col("day")
    apart = (event.dt.year().cast(pl.Int32) * 12 + event.dt.month()) - (day.dt.year().cast(pl.Int32) * 12 + day.dt.month())
    is_short = (event.dt.day() < day.dt.day()) & (event != event.dt.month_end())
    return dated.select("place", months=pl.when(event <= day).then(-1).otherwise(apart - is_short.cast(pl.Int32)))


def _any_within(months: pl.Series, window: Window) -> pl.Series:
    return _within(months, window).list.any()


def _within(months: pl.Series, window: Window) -> pl.Series:
    return months.list.eval(pl.element().is_between(window.latest_months, window.earliest_months))


def same_spend(one: Tally, other: Tally) -> InvalidValueError | None:
    """The fault of two plans of which one spends more than one per cent more than the other; ``None`` if they may be compared."""
    spends = one.visits_per_loan_year, other.visits_per_loan_year
    if max(spends) * 100 <= min(spends) * 101:
        return None
    expected = Phrase("与 {spend} 相差不超过百分之一的每笔每年回访次数", "visits a loan-year within one per cent of {spend}", spend=f"{float(spends[0]):.4f}")
    return fault("over", f"{float(spends[1]):.4f}", expected)
