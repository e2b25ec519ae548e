"""Reviews: what the worst part of a ranking holds, in the terms in which early warnings are published."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import attrs

from revisit_policy.backtest.estimate import Estimate
from revisit_policy.backtest.panel import Panel
from revisit_policy.backtest.plans import Ranked
from revisit_policy.backtest.replays import replayed
from revisit_policy.backtest.tally import tally_of
from revisit_policy.backtest.window import USUAL, Window
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked, several
from revisit_policy.workload.lot import to_share


@attrs.frozen(kw_only=True)
class Reviewed:
    """What the worst part of the loans holds, looked at anew on every decision day.

    Args:
        share: The part of the loans that is looked at.
        recall: Of all events those of loans looked at in the window.
        precision: Of all loans looked at those with an event in the window.
        mean_lead_months: Whole months from the first look in the window to the event, on the mean; ``None`` if there was none.
    """

    share: Fraction
    recall: Estimate
    precision: Estimate
    mean_lead_months: Fraction | None


def review(
    plan: Ranked, panel: Panel, *, window: Window = USUAL, shares: Iterable[str | int | Decimal | Fraction] = ("0.01", "0.05")
) -> tuple[Reviewed, ...]:
    """What the worst one and the worst five per cent of a ranking hold; capacity, cool-down, longest gap and musts of the plan play no part.

    Args:
        plan: Whose ranking it is.
        panel: The loans.
        window: How long before an event a look is in time.
        shares: The parts that are looked at, each above 0 and up to 1, exact; of a fraction of a loan at most one is carried over to the next day.

    Raises:
        InvalidInputError: If the policy of the plan reads a column that the panel lacks.
        InvalidValueError: If an argument is of another kind, or a share is none.

    Examples:
        >>> import datetime as dt
        >>> import polars as pl
        >>> frame = pl.DataFrame({
        ...     "loan": ["A", "B"], "on": [dt.date(2020, 1, 1)] * 2, "lost_on": [dt.date(2020, 8, 1), None], "began": [dt.date(2019, 10, 1)] * 2,
        ...     "points": [7, 3],
        ... })
        >>> panel = Panel(frame, loan="loan", on="on", event="lost_on", began="began")
        >>> (half,) = review(Ranked(by="points", capacity=1), panel, shares=["1/2"])
        >>> half.recall.value, half.precision.value, half.mean_lead_months
        (Fraction(1, 1), Fraction(1, 1), Fraction(7, 1))
    """
    checked(plan, Ranked, field="plan", expected=Phrase("Ranked", "a Ranked"))
    checked(panel, Panel, field="panel", expected=Phrase("Panel", "a Panel"))
    parts = several(shares, field="shares", expected=Phrase("若干比率", "several ratios"))
    return tuple(_reviewed(plan, panel, window=window, share=to_share(share, field="shares")) for share in parts)


def _reviewed(plan: Ranked, panel: Panel, *, window: Window, share: Fraction) -> Reviewed:
    looks = attrs.evolve(plan, capacity=share * 12 / panel.step_months, cooldown_months=0, longest_months=None, must=None)
    tally = tally_of(panel, replayed(looks, panel))
    leads = tally.leads(window)
    return Reviewed(
        share=share,
        recall=tally.hit_rate(window),
        precision=Estimate(hits=tally.visits_in_time(window), of=tally.visits),
        mean_lead_months=Fraction(sum(months * events for months, events in leads.items()), sum(leads.values())) if leads else None,
    )
