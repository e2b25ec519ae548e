"""Replays: the visits that a plan makes, decision day after decision day, each by what was known on it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeAlias

import polars as pl

from revisit_policy.backtest.answers import Answered, check_answers
from revisit_policy.backtest.arranged import Period
from revisit_policy.backtest.dealer import Dealer
from revisit_policy.backtest.panel import Panel, arranged_of, layout_of
from revisit_policy.backtest.planned_visits import planned_visits
from revisit_policy.backtest.plans import Dealt, Flat, Intervals, Plan, Planned, Ranked
from revisit_policy.backtest.triggers import Triggers
from revisit_policy.frames.agendas.admitting import VISITED, standings
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.values.dates import cutoff_elapsed
from revisit_policy.workload.admission_terms import AdmissionTerms

#: What makes the visits of plans that go by intervals.
INTERVAL: Final = "interval"

#: What makes the visits that a trigger brings sooner.
TRIGGERED: Final = VisitKind.TRIGGERED.value

#: Why a plan that asks loan by loan visits one, in a byte.
REASONS: Final = pl.Enum([INTERVAL, TRIGGERED, *VISITED])

#: Who of the loans of a period is visited, and why: text, null for nobody; told the day since which each waits.
Saying: TypeAlias = Callable[[Period, pl.Series], pl.Series]


def replayed(plan: Plan, panel: Panel, *, answered: Answered | None = None) -> pl.DataFrame:
    """The visits of *plan*: ``place`` of the loan, ``at`` of the period, and ``why``, period by period and by loan within each.

    Args:
        plan: The plan.
        panel: The loans.
        answered: What was said of this panel before, and is kept for later; ``None`` to keep nothing.

    Raises:
        InvalidInputError: If the policy of the plan reads what the panel has not.
    """
    answered = answered or Answered(panel=panel, keeps=False)
    answered.undecided = 0
    dealer = Dealer.of(panel, plan.seed) if isinstance(plan, Dealt) else None
    match plan.plan if isinstance(plan, Dealt) else plan:
        case Flat() as flat:
            return _replayed(panel, _flat(flat))
        case Intervals() as intervals:
            return _replayed(panel, _intervals(intervals, answered, dealer=dealer))
        case Ranked() as ranked:
            return _replayed(panel, _ranked(ranked, answered, dealer=dealer))
        case Planned() as planned:
            if planned not in answered.visits:
                answered.visits[planned] = planned_visits(planned, panel)
            visits, answered.undecided = answered.visits[planned]
            return visits if dealer is None else dealer.visits(visits)


def _replayed(panel: Panel, say: Saying) -> pl.DataFrame:
    since, found = arranged_of(panel).since.clone(), []
    for period in arranged_of(panel).periods:
        why = say(period, since.gather(period.loans))
        made = why.is_not_null().arg_true()
        visited = period.loans.gather(made)
        since = since.scatter(visited, period.on) if len(visited) else since
        reasons = why.gather(made).cast(REASONS)
        found.append(pl.DataFrame({"place": visited, "why": reasons}).select("place", pl.lit(period.at, dtype=pl.UInt16).alias("at"), "why"))
    return pl.concat(found)


def _flat(plan: Flat) -> Saying:
    def say(period: Period, since: pl.Series) -> pl.Series:
        return _where(since <= cutoff_elapsed(plan.months, period.on))

    return say


def _where(visited: pl.Series) -> pl.Series:
    return pl.select(pl.when(visited).then(pl.lit(INTERVAL)))[:, 0].cast(pl.String)


def _intervals(plan: Intervals, answered: Answered, *, dealer: Dealer | None) -> Saying:
    panel = answered.panel
    check_answers(plan.policy, arranged_of(panel).periods[0].rows, names=(plan.by,), layout=layout_of(panel))
    triggers = Triggers.of(plan.policy, loans=panel.loans)

    def say(period: Period, since: pl.Series) -> pl.Series:
        said = answered.answers(plan.policy, period, names=(plan.by, *triggers.columns))
        answered.undecided += said[plan.by].null_count()
        said = said if dealer is None else dealer.answers(said, period)
        months = said[plan.by]
        due = pl.lit(value=False)
        for each in months.unique().drop_nulls():
            due = pl.when(months == each).then(since <= cutoff_elapsed(int(each), period.on)).otherwise(due)
        is_due = due & pl.lit(months.is_not_null())
        why = pl.select(pl.when(is_due).then(pl.lit(INTERVAL)).when(triggers.ask(said, period)).then(pl.lit(TRIGGERED)))[:, 0].cast(pl.String)
        triggers.remember(said, period, visited=why.is_not_null())
        return why

    return say


def _ranked(plan: Ranked, answered: Answered, *, dealer: Dealer | None) -> Saying:
    panel = answered.panel
    names = tuple(dict.fromkeys(name for name in (plan.by, plan.then, plan.must) if name is not None))
    check_answers(plan.policy, arranged_of(panel).periods[0].rows, names=names, layout=layout_of(panel))
    carried = Fraction(0)
    numbers = arranged_of(panel).loans["loan"]

    def say(period: Period, since: pl.Series) -> pl.Series:
        nonlocal carried
        said = answered.answers(plan.policy, period, names=names)
        answered.undecided += said[plan.by].null_count()
        said = said if dealer is None else dealer.answers(said, period)
        terms = AdmissionTerms(
            on=period.on, until=period.until, capacity=plan.capacity * len(said) * panel.step_months / 12, carried=carried,
            cooldown_months=plan.cooldown_months, longest_months=plan.longest_months, seed=plan.seed,
        )
        rows = said.select(
            loan=pl.lit(numbers.gather(period.loans)), points=pl.col(plan.by).cast(pl.Int64), then=pl.lit(0) if plan.then is None else pl.col(plan.then),
            since=pl.lit(since), must=pl.lit(value=False) if plan.must is None else pl.col(plan.must).fill_null(value=False), sampled=pl.lit(value=False),
        )
        why = standings(rows, terms).cast(pl.String)
        visited = why.is_in(VISITED)
        carried = terms.carried_from(int(visited.sum()))
        return pl.select(pl.when(visited).then(why))[:, 0]

    return say
