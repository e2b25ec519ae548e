"""Level: how loud the loudest signal is."""

from __future__ import annotations

from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.signal import Level
from revisit_policy.rulebooks.cn_housing.signals import SIGNALS
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE
from revisit_policy.values.labels import Label


def table(signals: Fact) -> Table:
    """The worst level among *signals*, the outcome of the table before."""
    rules = tuple(
        Rule(
            f"level-{level.value}",
            when=signals.includes(*(signal for signal in SIGNALS if signal.level is level)),
            then=level,
            because=Label(f"存在{level.labels.zh}预警信号", f"there is a signal at level {level.labels.en}"),
            source=PRACTICE,
        )
        for level in Level
        if level is not Level.NONE
    )
    return Table("level", label=Label("预警等级", "warning level"), outcomes=Level, fold=Fold.WORST, otherwise=Level.NONE, rules=rules)
