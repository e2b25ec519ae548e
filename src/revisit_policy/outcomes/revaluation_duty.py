"""Revaluation duty: whether the collateral is to be valued anew."""

from __future__ import annotations

from revisit_policy.values.labels import OrderedLabelled


class RevaluationDuty(OrderedLabelled, zh="重估要求"):
    """Whether a valuation is due."""

    NOT_DUE = "not_due", "无须重估", "not due"
    DUE = "due", "应当重估", "due"
