"""Origination findings: what can be wrong with a grant."""

from __future__ import annotations

from revisit_policy.values.labels import Labelled


class OriginationFinding(Labelled, zh="发放时的问题"):
    """One limit that the grant of a loan did not keep."""

    DOWN_PAYMENT_BELOW_FLOOR = "down_payment_below_floor", "首付低于下限", "down payment below the floor"
    HOUSING_DSR_ABOVE_LIMIT = "housing_dsr_above_limit", "房产支出与收入比超限", "housing debt service above the limit"
    TOTAL_DSR_ABOVE_LIMIT = "total_dsr_above_limit", "所有债务与收入比超限", "total debt service above the limit"
    TERM_TOO_LONG = "term_too_long", "期限过长", "term too long"
