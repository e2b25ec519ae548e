"""Upgrade strategy: when a non-performing loan that pays again may be performing. The bank chooses, and says which."""

from __future__ import annotations

from revisit_policy.values.labels import Labelled


class UpgradeStrategy(Labelled, zh="上调方式"):
    """How long a cured loan stays non-performing."""

    STRICT = "strict", "连续正常还款期满后上调", "after the required months of payments in full"
    DPD = "dpd", "脱期法：欠款还清即可上调，并须记录", "by days past due: once the arrears are cleared, and recorded as such"


def to_upgrade_strategy(value: UpgradeStrategy | str) -> UpgradeStrategy:
    """The strategy itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return UpgradeStrategy.parse(value)
