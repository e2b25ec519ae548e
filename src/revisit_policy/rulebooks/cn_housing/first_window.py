"""First window: when the first visit after disbursement is made. No regulation fixes it."""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL
from revisit_policy.values.labels import Label


def table(p: Parameters) -> Table:
    """The usual window, and an earlier end for large loans."""
    usual, large = DayWindow(*p.first_window_days), DayWindow(*p.first_window_days_large)
    rules = () if usual == large else (
        Rule(
            "first-window-large",
            when=facts.principal >= p.large_principal,
            then=large,
            because=Label("大额贷款，首次回访提前完成", "a large loan: the first visit ends earlier"),
            source=PROPOSAL,
        ),
    )
    return Table(
        "first_window",
        label=Label("首次回访窗口", "window of the first visit"),
        outcomes=unordered(dict.fromkeys((usual, large))),
        fold=Fold.FIRST,
        otherwise=usual,
        rules=rules,
    )
