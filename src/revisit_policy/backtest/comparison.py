"""Comparisons: several plans on the same loans, event by event, and only where they spend the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import sqrt
from typing import Final

import attrs

from revisit_policy.backtest.answers import Answered
from revisit_policy.backtest.estimate import NORMAL_95
from revisit_policy.backtest.panel import Panel
from revisit_policy.backtest.plans import Flat, Plan
from revisit_policy.backtest.result import Result
from revisit_policy.backtest.running import check_plan, counted, run
from revisit_policy.backtest.tally import same_spend
from revisit_policy.backtest.window import USUAL, Window
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.frontier import Choice, frontier
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.validation import checked, found_in, to_whole

_HEADS: Final = (
    Label("计划", "plan"), Label("每笔每年回访次数", "visits a loan-year"), Label("命中率", "hit rate"), Label("较同等次数均匀回访", "over flat, same spend"),
)
_FRONTIER: Final = Label("各计划的命中率与回访次数", "what each plan hits, at which spend")
_ANYBODY: Final = Label("均匀回访", "flat visits")
_CHOICE: Final = Label("{name}：{spend}次，命中率{rate}", "{name}: {spend}, hit rate {rate}")
_PLAN: Final = Phrase("计划", "plan")


@attrs.frozen(kw_only=True)
class Lift:
    """By how much the hit rate of one plan is above that of another, event by event.

    Args:
        value: The difference; ``None`` of no events.
        low: The lower end of its interval of 95 %, closed form.
        high: The upper end.
        events: How many events there were.
    """

    value: Fraction | None
    low: float
    high: float
    events: int

    def __str__(self) -> str:
        """In points of a hundred."""
        if self.value is None:
            return "of 0"
        return f"{100 * float(self.value):+.1f} [{100 * self.low:+.1f}, {100 * self.high:+.1f}] of {self.events:,}"


@attrs.frozen(kw_only=True, eq=False)
class Comparison:
    """Several plans on the same panel.

    Args:
        window: The visits that come in time.
        results: By the names that the plans were given.
    """

    window: Window
    results: Mapping[str, Result]

    def lift(self, name: str, *, over: str) -> Lift:
        """By how much the plan *name* hits more often than *over*, paired by event.

        Raises:
            UnknownNameError: If there is no plan of a name.
            InvalidValueError: If their spends are more than one per cent apart: the difference would be that of the spend.
        """
        one, other = (found_in(self.results, each, kind=_PLAN).tally for each in (name, over))
        if error := same_spend(one, other):
            raise error
        return _paired([Fraction(int(a) - int(b)) for a, b in zip(one.hits(self.window), other.hits(self.window), strict=True)])

    def over_flat(self, name: str, *, window: Window | None = None) -> Lift | None:
        """By how much it hits more often than flat plans at the very same spend, paired by event with the mean of the two nearest.

        Returns:
            The lift; ``None`` if its spend is above or below that of all flat plans replayed.

        Raises:
            UnknownNameError: If there is no plan of this name.
        """
        result, asked = found_in(self.results, name, kind=_PLAN), window or self.window
        around = result.beside.flats_around(result.visits_per_loan_year)
        if around is None:
            return None
        less, more, part = around
        hits = (result.tally.hits(asked), less.hits(asked), more.hits(asked))
        return _paired([int(own) - (1 - part) * int(low) - part * int(high) for own, low, high in zip(*hits, strict=True)])

    def text(self, lang: str | Lang = Lang.EN) -> str:
        """All plans beside one another."""
        tongue = Lang.of(lang)
        rows = [(name, f"{float(each.visits_per_loan_year):.3f}", str(each.hit_rate), str(self.over_flat(name) or "")) for name, each in self.results.items()]
        return Grid([head.text(tongue) for head in _HEADS], rows).markdown()

    def to_svg(self, lang: str | Lang = Lang.EN) -> str:
        """The frontier of the budgets as a picture: what each plan hits at what it spends, beside what flat visits hit at any spend."""
        tongue = Lang.of(lang)
        flats = next((each.beside.flats for each in self.results.values()), ())
        return frontier(
            [_choice(name, each, lang=tongue) for name, each in self.results.items()],
            [(tally.visits_per_loan_year, tally.hit_rate(self.window).value or Fraction(0)) for _, tally in flats],
            across=_HEADS[1].text(tongue), up=_HEADS[2].text(tongue), plain_says=_ANYBODY.text(tongue), title=_FRONTIER.text(tongue),
        )


def _choice(name: str, result: Result, *, lang: Lang) -> Choice:
    rate = result.hit_rate
    says = _CHOICE.filled(lang, name=name, spend=f"{float(result.visits_per_loan_year):.3f}", rate=rate)
    return Choice(spent=result.visits_per_loan_year, reached=rate.value or Fraction(0), low=rate.low, high=rate.high, says=says)


def _paired(differences: Sequence[Fraction]) -> Lift:
    """The mean of *differences* with an interval by the normal distribution."""
    number = len(differences)
    if not number:
        return Lift(value=None, low=-1.0, high=1.0, events=0)
    mean = sum(differences, start=Fraction(0)) / number
    spread = sum((float(each) - float(mean)) ** 2 for each in differences) / number
    error = NORMAL_95 * sqrt(spread / number)
    return Lift(value=mean, low=float(mean) - error, high=float(mean) + error, events=number)


def compare(plans: Mapping[str, Plan], panel: Panel, *, window: Window = USUAL, dealt: int = 1) -> Comparison:
    """Several plans on the same panel; see `run`.

    Args:
        plans: The plans by names.
        panel: The loans.
        window: The visits that come in time.
        dealt: By how many seeds the answers of each are dealt to other loans beside it.

    Raises:
        InvalidInputError: If the policy of a plan reads a column that the panel lacks.
        InvalidValueError: If an argument is of another kind.

    Examples:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from revisit_policy.backtest.plans import Flat
        >>> days = [dt.date(2020, month, 1) for month in (1, 4, 7, 10)]
        >>> frame = pl.DataFrame({
        ...     "loan": ["A"] * 4 + ["B"] * 4, "on": days * 2, "lost_on": [dt.date(2021, 1, 1)] * 4 + [None] * 4, "began": [dt.date(2019, 10, 1)] * 8,
        ... })
        >>> found = compare({"half a year": Flat(months=6), "a year": Flat(months=12)}, Panel(frame, loan="loan", on="on", event="lost_on", began="began"))
        >>> found.lift("half a year", over="a year")
        Traceback (most recent call last):
        revisit_policy.errors.InvalidValueError: `over` must be visits a loan-year within one per cent of 2.0000, got `'1.0000'`
    """
    checked(plans, Mapping, field="plans", expected=Phrase("按名称给出的计划", "plans by name"))
    checked(panel, Panel, field="panel", expected=Phrase("Panel", "a Panel"))
    answered, seeds = Answered(panel=panel), to_whole(dealt, field="dealt")
    flats = run(Flat(months=panel.step_months), panel, window=window, dealt=0).beside.flats
    results = {}
    for name, plan in plans.items():
        found = counted(check_plan(plan), panel, window=window, segment=None, ladder=(), seeds=seeds, answered=answered)
        results[name] = attrs.evolve(found, beside=attrs.evolve(found.beside, flats=flats))
    return Comparison(window=window, results=results)
