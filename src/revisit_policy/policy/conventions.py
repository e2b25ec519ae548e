"""Conventions: the few figures a policy needs beside its tables to turn outcomes into days."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.outcomes.signal import Level
from revisit_policy.values.validation import gather, gathering, to_whole

LONGEST: Final = 1_200
"""The greatest figure that is still a figure and not a slip: a hundred years in months."""



def _to_figure(value: int) -> int:
    return to_whole(value, low=1, high=LONGEST)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Conventions:
    """How days are found once the tables have spoken.

    Args:
        periodic_lead_days: Calendar days a periodic window opens before it closes.
        red_working_days: Working days within which a measure that rests on a red level is taken.
        orange_working_days: The same for orange.
        yellow_working_days: The same for yellow; blue and none wait for the next visit.
        red_result_working_days: Working days within which the result of a visit on a red signal is due, by whatever method.
        revaluation_months: Months after a valuation by which the next one is due.
        revaluation_working_days: Working days within which a valuation that is due is made.
        on_site_officers: Officers on an on-site visit; every other visit takes one.
        horizon_months: Months a schedule looks ahead unless it is told otherwise.

    Raises:
        InvalidInputError: If figures are not whole numbers from 1 to 1200, all of them together.

    Examples:
        >>> Conventions(red_working_days=2).working_days_to_act(Level.RED)
        2
    """

    periodic_lead_days: int = attrs.field(default=30, converter=_to_figure)
    red_working_days: int = attrs.field(default=1, converter=_to_figure)
    orange_working_days: int = attrs.field(default=3, converter=_to_figure)
    yellow_working_days: int = attrs.field(default=5, converter=_to_figure)
    red_result_working_days: int = attrs.field(default=1, converter=_to_figure)
    revaluation_months: int = attrs.field(default=12, converter=_to_figure)
    revaluation_working_days: int = attrs.field(default=10, converter=_to_figure)
    on_site_officers: int = attrs.field(default=2, converter=_to_figure)
    horizon_months: int = attrs.field(default=24, converter=_to_figure)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def working_days_to_act(self, level: Level) -> int | None:
        """Working days within which a measure of a loan at *level* is taken; ``None`` if it waits for the next visit."""
        match Level.parse(level):
            case Level.RED:
                return self.red_working_days
            case Level.ORANGE:
                return self.orange_working_days
            case Level.YELLOW:
                return self.yellow_working_days
            case _:
                return None
