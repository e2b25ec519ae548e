"""The visits that a policy plans, replayed: each is made in the period that it cannot wait beyond, and the next plan knows of it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import polars as pl

from revisit_policy.backtest.arranged import Period
from revisit_policy.backtest.panel import Panel, arranged_of, layout_of
from revisit_policy.backtest.plans import Planned
from revisit_policy.frames.columns.binding import Layout
from revisit_policy.frames.next_visits import next_visits
from revisit_policy.frames.subject import subject_of


def planned_visits(plan: Planned, panel: Panel) -> pl.DataFrame:
    """The visits: ``place`` of the loan, ``at`` of the period, and ``why``, the kind of the visit, period by period."""
    memory = _Memory.of(plan, panel)
    found = []
    for period in arranged_of(panel).periods:
        planned = next_visits(plan.policy, memory.told(period), on=period.on, until=period.until, **memory.layout(panel))
        closes = pl.col("next_closes") <= period.until
        made = planned.select(place=period.loans, kind="next_kind", method=pl.col("next_method").fill_null(0), is_made=closes).filter("is_made")
        memory.remember(made, period)
        kinds = pl.Series(memory.kinds, dtype=pl.String)
        found.append(made.select("place", at=pl.lit(period.at, dtype=pl.UInt16), why=pl.lit(kinds).gather(pl.col("kind"))))
    return pl.concat(found)


@attrs.define(kw_only=True, eq=False)
class _Memory:
    """The last visit to every loan, by kind and by method.

    Args:
        kinds: The codes of the kinds, in the order of the policy.
        methods: Those of the methods, the least thorough first.
        days: For every column of visits the day by the place of the loan.
    """

    kinds: tuple[str, ...]
    methods: tuple[str, ...]
    days: dict[str, pl.Series]

    @classmethod
    def of(cls, plan: Planned, panel: Panel) -> _Memory:
        words = subject_of(plan.policy).words
        kinds, methods = tuple(each.value for each in words.visited), tuple(each.value for each in words.means)
        columns = [f"visits.{kind}" for kind in kinds] + [f"visits.by.{method}" for method in methods]
        return cls(kinds=kinds, methods=methods, days=dict(_first_known(panel, columns)))

    def layout(self, panel: Panel) -> Layout:
        """How the frame is written, now that it has a column for every visit."""
        there = {"visits", "visits.by", *self.days}
        return {**layout_of(panel), "without": tuple(path for path in layout_of(panel).get("without", ()) if path not in there)}

    def told(self, period: Period) -> pl.DataFrame:
        """The rows of a period with the visits of the replay."""
        return period.rows.with_columns(days.gather(period.loans).alias(name) for name, days in self.days.items())

    def remember(self, made: pl.DataFrame, period: Period) -> None:
        """Know of the visits that were *made* in a period; a thorough one is also one by every lesser method."""
        for place, kind in enumerate(self.kinds):
            self._visited(f"visits.{kind}", made.filter(pl.col("kind") == place), period=period)
        for place, method in enumerate(self.methods):
            self._visited(f"visits.by.{method}", made.filter(pl.col("method") >= place), period=period)

    def _visited(self, name: str, made: pl.DataFrame, *, period: Period) -> None:
        if len(made):
            self.days[name] = self.days[name].scatter(made["place"], period.on)


def _first_known(panel: Panel, columns: list[str]) -> Iterator[tuple[str, pl.Series]]:
    """For every column the day that the first row of each loan tells, null where there is no such column."""
    nothing = pl.Series([None], dtype=pl.Date).new_from_index(0, panel.loans)
    there = [name for name in columns if name in panel.frame.columns]
    firsts = panel.frame.sort(panel.on).group_by(panel.loan).agg(pl.col(*there).first()).sort(panel.loan) if there else None
    for name in columns:
        yield name, nothing.clone() if firsts is None or name not in there else firsts[name]
