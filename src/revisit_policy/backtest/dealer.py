"""Dealing: the answers of a plan to other loans, each to the same one as long as both are there."""

from __future__ import annotations

import attrs
import polars as pl

from revisit_policy.backtest.arranged import Period
from revisit_policy.backtest.panel import Panel, arranged_of
from revisit_policy.workload.lot import lots


@attrs.frozen(kw_only=True, eq=False)
class Dealer:
    """All loans in one circle in the order of lots.

    Args:
        order: For every loan its place in the circle.
        panel: Whose loans they are.
    """

    order: pl.Series
    panel: Panel

    @classmethod
    def of(cls, panel: Panel, seed: str) -> Dealer:
        """The circle that *seed* makes of the loans of a panel."""
        drawn = lots(period="dealt", seed=seed)
        found = [drawn(number) for number in arranged_of(panel).loans["loan"].cast(pl.String)]
        return cls(order=pl.Series(found, dtype=pl.UInt64).rank("ordinal"), panel=panel)

    def answers(self, said: pl.DataFrame, period: Period) -> pl.DataFrame:
        """For each loan of a period what was *said* to the next one in the circle that is there."""
        if said.is_empty():
            return said
        circle = self.order.gather(period.loans).arg_sort()
        sources = pl.concat([circle[1:], circle[:1]])
        taken = pl.zeros(len(circle), dtype=pl.UInt32, eager=True).scatter(circle, sources)
        return said[taken]

    def visits(self, visits: pl.DataFrame) -> pl.DataFrame:
        """For each loan of a period the visit that was made to the next one in the circle that is there."""
        found = []
        for period in arranged_of(self.panel).periods:
            made = visits.filter(pl.col("at") == period.at).select("place", "why")
            said = pl.DataFrame({"place": period.loans}).join(made, on="place", how="left", maintain_order="left")
            why = self.answers(said.select("why"), period)
            found.append(pl.DataFrame({"place": period.loans, "why": why["why"]}).with_columns(at=pl.lit(period.at, dtype=pl.UInt16)))
        return pl.concat(found).filter(pl.col("why").is_not_null()).select("place", "at", "why")
