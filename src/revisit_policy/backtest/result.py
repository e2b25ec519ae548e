"""Results: what a plan would have done, beside what the same spend buys without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise

import attrs
import polars as pl

from revisit_policy.backtest.estimate import Estimate, share_text
from revisit_policy.backtest.plans import Plan
from revisit_policy.backtest.tally import Tally
from revisit_policy.backtest.window import Window, usual_windows
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.markup.picture import bars
from revisit_policy.values.validation import fault

_TOLD = Label(
    "窗口：事件前{window}个月；{events}起事件，其中{reach}起可及；{visits}次回访，每笔每年{spend}次；命中率{rate}",
    "window: {window} months before; {events} events, {reach} within reach; {visits} visits, {spend} a loan-year; hit rate {rate}",
)
_COSTS = Label("每次命中{visits}次回访，其中{alarms}次无事件随后", "{visits} visits a hit, {alarms} of them with no event to follow")
_UNDECIDED = Label("{rows}行中{undecided}行无法判定，未安排回访", "{undecided} of {rows} loan-days could not be decided, and nobody went")
_YEAR, _SPEND = Label("年份", "year"), Label("每笔每年回访次数", "visits a loan-year")
_WINDOW, _RATE = Label("窗口（月）", "window, months"), Label("命中率", "hit rate")
_FLAT, _DEALT = Label("同等次数均匀回访", "flat, same spend"), Label("答案发给他人", "dealt")
_SPENT = Label("各年每千笔贷款回访次数", "visits of a thousand loans by year")
_LEADS = Label("首次及时回访提前的月数", "months from the first visit in time to the event")


@attrs.frozen(kw_only=True)
class WindowRow:
    """The same visits by one window.

    Args:
        window: The window.
        hit_rate: Of the plan.
        flat: Of flat plans at the same spend, between the two nearest; ``None`` if none were replayed around it.
        dealt: Of the plan's own answers dealt to other loans, the mean over the seeds; ``None`` if they were not.
    """

    window: Window
    hit_rate: Estimate
    flat: Fraction | None
    dealt: Fraction | None


@attrs.frozen(kw_only=True, eq=False)
class Beside:
    """What was counted of other plans on the same loans.

    Args:
        flats: By months, in order.
        dealt: The plan's own answers, seed by seed.
    """

    flats: tuple[tuple[int, Tally], ...]
    dealt: tuple[Tally, ...]

    def flats_around(self, spend: Fraction) -> tuple[Tally, Tally, Fraction] | None:
        """The two flat plans between which *spend* lies, and the part of the second; ``None`` if it lies between none."""
        tallies = sorted((tally for _, tally in self.flats), key=lambda tally: tally.visits_per_loan_year)
        for less, more in pairwise(tallies):
            low, high = less.visits_per_loan_year, more.visits_per_loan_year
            if low <= spend <= high:
                return less, more, (spend - low) / (high - low) if high > low else Fraction(0)
        return None

    def __add__(self, other: Beside) -> Beside:
        """Of two parts of a book: the flat plans and the seeds that both have."""
        theirs = dict(other.flats)
        return Beside(
            flats=tuple((months, tally + theirs[months]) for months, tally in self.flats if months in theirs),
            dealt=tuple(one + another for one, another in zip(self.dealt, other.dealt, strict=False)),
        )


@attrs.frozen(kw_only=True, eq=False)
class Result:
    """What a plan would have done on a panel.

    Args:
        plan: The plan.
        window: The visits that come in time.
        tally: What was counted.
        segments: The same by what the first rows of loans had in a column, in order; empty if it was not asked for.
        beside: What was counted of other plans on the same loans.
        undecided: Of how many loans and decision days the plan was told nothing, so that nobody went: bad input, or a figure missing.
        made: What makes the frame of `visits` of seven bytes a visit.
    """

    plan: Plan
    window: Window
    tally: Tally
    segments: tuple[tuple[str, Tally], ...]
    beside: Beside
    undecided: int
    made: Callable[[], pl.DataFrame] = attrs.field(repr=False)

    @cached_property
    def visits(self) -> pl.DataFrame:
        """A row a visit, ``loan``, ``on`` and ``why``, by loan and day.

        *Why* is ``interval``, the code of a `workload.AdmittedBecause`, or of the visit's kind, such as ``triggered``.
        """
        return self.made()

    @property
    def hit_rate(self) -> Estimate:
        """Of all events those with a visit in the window."""
        return self.tally.hit_rate(self.window)

    @property
    def visits_per_loan_year(self) -> Fraction:
        """The spend."""
        return self.tally.visits_per_loan_year

    @property
    def visits_per_hit(self) -> Fraction | None:
        """Visits for every event that had one in time; ``None`` if there was none."""
        return Fraction(self.tally.visits, self.hit_rate.hits) if self.hit_rate.hits else None

    @property
    def alarms_per_hit(self) -> Fraction | None:
        """Visits without an event in their window for every event that had a visit in time; ``None`` if there was none."""
        alarms = self.tally.visits - self.tally.visits_in_time(self.window)
        return Fraction(alarms, self.hit_rate.hits) if self.hit_rate.hits else None

    @property
    def leads(self) -> Mapping[int, int]:
        """By whole months from the first visit in the window to the event: how many events."""
        return self.tally.leads(self.window)

    def flat_at_the_same_spend(self, window: Window | None = None) -> Fraction | None:
        """The hit rate that the spend buys without any knowledge, between the two nearest flat plans; ``None`` if none are around it."""
        around = self.beside.flats_around(self.visits_per_loan_year)
        if around is None or not len(self.tally.events):
            return None
        (less, more, part), asked = around, window or self.window
        low, high = (tally.hit_rate(asked).value or Fraction(0) for tally in (less, more))
        return low + part * (high - low)

    def own_answers_dealt(self, window: Window | None = None) -> Fraction | None:
        """The hit rate of the plan's own answers dealt to other loans, the mean over the seeds; ``None`` if they were not."""
        rates = [tally.hit_rate(window or self.window).value or Fraction(0) for tally in self.beside.dealt]
        return sum(rates, start=Fraction(0)) / len(rates) if rates else None

    def by_window(self) -> tuple[WindowRow, ...]:
        """The same visits by windows of 1–2, 1–4, 2–4, 2–6 and 2–8 quarters."""
        return tuple(
            WindowRow(
                window=each, hit_rate=self.tally.hit_rate(each), flat=self.flat_at_the_same_spend(each), dealt=self.own_answers_dealt(each)
            )
            for each in usual_windows()
        )

    def __add__(self, other: Result) -> Result:
        """What the plan would have done on two parts of a book that share no loan.

        Raises:
            InvalidValueError: If it is another plan, or another window.
        """
        if error := _differing(self, other):
            raise error
        theirs = dict(other.segments)
        both = {name: tally + theirs[name] if name in theirs else tally for name, tally in self.segments}
        return attrs.evolve(
            self,
            tally=self.tally + other.tally,
            segments=tuple(sorted((theirs | both).items())),
            beside=self.beside + other.beside,
            made=partial(_together, self.made, other.made),
            undecided=self.undecided + other.undecided,
        )

    def text(self, lang: str | Lang = Lang.EN) -> str:
        """The result with all that it has to be read beside: window, events, spend by year, flat at the same spend, dealt, other windows."""
        tongue = Lang.of(lang)
        return "\n\n".join([*self._said(tongue), *(grid.markdown() for grid in self._grids(tongue))])

    def _said(self, lang: Lang) -> Iterator[str]:
        yield _TOLD.filled(
            lang, window=self.window, events=f"{len(self.tally.events):,}", reach=f"{self.tally.reach(self.window).hits:,}",
            visits=f"{self.tally.visits:,}", spend=f"{float(self.visits_per_loan_year):.3f}", rate=self.hit_rate,
        )
        if self.visits_per_hit is not None and self.alarms_per_hit is not None:
            yield _COSTS.filled(lang, visits=f"{float(self.visits_per_hit):.1f}", alarms=f"{float(self.alarms_per_hit):.1f}")

        if self.undecided:
            yield _UNDECIDED.filled(lang, undecided=f"{self.undecided:,}", rows=f"{sum(each.loans for each in self.tally.periods):,}")

    def _grids(self, lang: Lang) -> Iterator[Grid]:
        years = self.tally.spend_by_year().items()
        yield Grid([_YEAR.text(lang), _SPEND.text(lang)], [(str(year), f"{float(spend):.3f}") for year, spend in years])
        heads = [label.text(lang) for label in (_WINDOW, _RATE, _FLAT, _DEALT)]
        yield Grid(heads, [(str(row.window), str(row.hit_rate), _share(row.flat), _share(row.dealt)) for row in self.by_window()])

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{line}</p>" for line in self._said(Lang.EN))
        return said + "".join(grid.html() for grid in self._grids(Lang.EN))

    def to_svg(self, lang: str | Lang = Lang.EN) -> str:
        """How long before the events the first visits in time were, as a picture of bars."""
        return bars([(str(months), events) for months, events in self.leads.items()], title=_LEADS.text(lang))

    def spend_to_svg(self, lang: str | Lang = Lang.EN) -> str:
        """What was spent by calendar year, in visits of a thousand loans, as a picture of bars: whether a plan keeps to its capacity."""
        return bars([(str(year), round(1_000 * spend)) for year, spend in self.tally.spend_by_year().items()], title=_SPENT.text(lang))


def _together(one: Callable[[], pl.DataFrame], other: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([one(), other()]).sort("loan", "on")


def _share(value: Fraction | None) -> str:
    return "–" if value is None else share_text(float(value))


def _differing(one: Result, other: Result) -> InvalidValueError | None:
    if one.plan != other.plan:
        return fault("plan", type(other.plan).__name__, Phrase("与另一部分相同的计划", "the plan of the other part"))
    if one.window != other.window:
        return fault("window", str(other.window), Phrase("{window}，与另一部分相同", "{window} as in the other part", window=one.window))
    return None
