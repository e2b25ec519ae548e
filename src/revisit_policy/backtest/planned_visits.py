"""The visits that a policy plans, replayed: each is made in the period that it cannot wait beyond, and the next plan knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs
import polars as pl

from revisit_policy.backtest.arranged import Period
from revisit_policy.backtest.panel import Panel, arranged_of, layout_of
from revisit_policy.backtest.plans import Planned
from revisit_policy.frames.columns.binding import Layout
from revisit_policy.frames.deciding import decided, planning
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.outputs.output import Trace
from revisit_policy.frames.subject import Subject, subject_of
from revisit_policy.language.derivation import Field
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind
from revisit_policy.outcomes.obligations.usual import as_told


def planned_visits(plan: Planned, panel: Panel) -> tuple[pl.DataFrame, int]:
    """The visits: ``place`` of the loan, ``at`` of the period, and ``why``, the kind of the visit; and how many rows could not be decided.

    What nobody is seen for, such as a valuation, is no visit: it is taken as done, and the plan is asked again what else is due.
    """
    memory = _Memory.of(plan, panel)
    kinds, found = pl.lit(pl.Series(memory.codes, dtype=pl.Enum(memory.codes))), []
    for period in arranged_of(panel).periods:
        made = memory.remembered(_made(memory, period=period), period)
        unseen = made.filter(~memory.is_seen)["place"]
        if len(unseen):
            made = pl.concat([made, memory.remembered(_made(memory, period=period, only=unseen), period)])
        seen = made.filter(memory.is_seen).sort("place")
        found.append(seen.select("place", at=pl.lit(period.at, dtype=pl.UInt16), why=kinds.gather(pl.col("kind"))))
    return pl.concat(found), memory.undecided


def _made(memory: _Memory, *, period: Period, only: pl.Series | None = None) -> pl.DataFrame:
    """What cannot wait beyond the period: ``place``, ``kind`` and ``method``, of the loans *only* if they are given."""
    rows, loans = memory.told(period), period.loans
    if only is not None:
        there = loans.is_in(only.implode())
        rows, loans = rows.filter(there), loans.filter(there)
    planned = decided(memory.subject(period), rows, on=period.on, trace=Trace.NONE, prefix="", layout=memory.layout)
    due = planned.select(place=loans, kind="next_kind", method=pl.col("next_method").fill_null(0), closes="next_closes")
    if only is None:
        memory.undecided += planned["calendar"].null_count()
    return due.filter(pl.col("closes") <= period.until).drop("closes")


#: What is asked of a plan of visits.
_WANTED: Final = frozenset({"next_kind", "next_method", "next_closes", "calendar"})


@attrs.define(kw_only=True, eq=False)
class _Memory:
    """The last visit to every loan, by kind and by method.

    Args:
        plan: The plan.
        kinds: The kinds, in the order of the policy.
        methods: The codes of the methods, the least thorough first.
        days: For every column of visits, and of days that something else than a visit makes, the day by the place of the loan.
        layout: How the frame is written, now that it has a column for every visit.
        undecided: How many rows could not be decided so far.
    """

    plan: Planned
    kinds: tuple[ObligationKind, ...]
    methods: tuple[str, ...]
    days: dict[str, pl.Series]
    layout: Layout
    undecided: int = 0

    @classmethod
    def of(cls, plan: Planned, panel: Panel) -> _Memory:
        words = subject_of(plan.policy).words
        told = {each.kind: as_told(each) for each in words.kinds}
        kinds, methods = tuple(told[kind] for kind in words.visited), tuple(each.value for each in words.means)
        columns = [f"visits.{each.kind.value}" for each in kinds] + [f"visits.by.{method}" for method in methods]
        dated = [path for path in map(_dated, kinds) if path in panel.frame.columns]
        there = {"visits", "visits.by", *columns}
        given = layout_of(panel)
        layout: Layout = {**given, "without": tuple(path for path in given.get("without", ()) if path not in there)}
        return cls(plan=plan, kinds=kinds, methods=methods, days=dict(_first_known(panel, [*columns, *dated])), layout=layout)

    def subject(self, period: Period) -> Subject:
        """What is asked: what is due up to the end of the period, and nothing else of a decision."""
        return attrs.evolve(planning(self.plan.policy, Horizon(until=period.until, is_alone=True)), wanted=_WANTED)

    @property
    def codes(self) -> list[str]:
        """The codes of the kinds."""
        return [each.kind.value for each in self.kinds]

    @property
    def is_seen(self) -> pl.Expr:
        """Whether somebody sees the borrower for what is made."""
        return pl.col("kind").is_in([place for place, each in enumerate(self.kinds) if each.is_visit])

    def told(self, period: Period) -> pl.DataFrame:
        """The rows of a period with the visits of the replay; of other days the later of what the row tells and what was made since."""
        made = {name: days.gather(period.loans) for name, days in self.days.items()}
        return period.rows.with_columns(
            days.alias(name) if name.startswith("visits.") else pl.max_horizontal(name, pl.lit(days)).alias(name) for name, days in made.items()
        )

    def remembered(self, made: pl.DataFrame, period: Period) -> pl.DataFrame:
        """*made* itself, known from now on; a thorough visit is also one by every lesser method."""
        for place, each in enumerate(self.kinds):
            of_kind = made.filter(pl.col("kind") == place)
            self._know(f"visits.{each.kind.value}", of_kind, period=period)
            self._know(_dated(each), of_kind, period=period)
        seen = made.filter(self.is_seen)
        for place, method in enumerate(self.methods):
            self._know(f"visits.by.{method}", seen.filter(pl.col("method") >= place), period=period)
        return made

    def _know(self, name: str, made: pl.DataFrame, *, period: Period) -> None:
        if len(made) and name in self.days:
            self.days[name] = self.days[name].scatter(made["place"], period.on)


def _dated(kind: ObligationKind) -> str:
    """The column of the day that meets what is owed, where that is no visit; else no column's name."""
    met = kind.met_by
    return met.derived.path if isinstance(met, Fact) and isinstance(met.derived, Field) else ""


def _first_known(panel: Panel, columns: list[str]) -> Iterator[tuple[str, pl.Series]]:
    """For every column the day that the first row of each loan tells, null where there is no such column."""
    nothing = pl.Series([None], dtype=pl.Date).new_from_index(0, panel.loans)
    there = [name for name in columns if name in panel.frame.columns]
    firsts = panel.frame.sort(panel.on).group_by(panel.loan).agg(pl.col(*there).first()).sort(panel.loan) if there else None
    for name in columns:
        yield name, nothing.clone() if firsts is None or name not in there else firsts[name]
