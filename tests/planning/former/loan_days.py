"""The days between which a loan runs."""

from __future__ import annotations

from typing import NamedTuple, Self

from revisit_policy.planning.plan_request import PlanRequest
from revisit_policy.values.dates import Date


class LoanDays(NamedTuple):
    """The days between which a loan runs.

    Args:
        disbursed_on: The day it was paid out.
        matures_on: The day it is to be repaid.
    """

    disbursed_on: Date
    matures_on: Date

    @classmethod
    def of(cls, request: PlanRequest) -> Self:
        """Those of the loan that *request* asks about."""
        return cls(request.disbursed_on, request.matures_on)
