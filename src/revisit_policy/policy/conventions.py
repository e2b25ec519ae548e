"""Conventions: the few figures a policy needs beside its tables to turn outcomes into days."""

from __future__ import annotations

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.signal import Level


@attrs.frozen(kw_only=True)
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
    """

    periodic_lead_days: int = 30
    red_working_days: int = 1
    orange_working_days: int = 3
    yellow_working_days: int = 5
    red_result_working_days: int = 1
    revaluation_months: int = 12
    revaluation_working_days: int = 10
    on_site_officers: int = 2
    horizon_months: int = 24

    def __attrs_post_init__(self) -> None:
        for field in attrs.fields(Conventions):
            value = getattr(self, field.name)
            if type(value) is not int or value < 1:
                raise InvalidValueError(owner="Conventions", field=field.name, value=value, expected="a whole number of at least 1")

    def working_days_to_act(self, level: Level) -> int | None:
        """Working days within which a measure of a loan at *level* is taken; ``None`` if it waits for the next visit."""
        match level:
            case Level.RED:
                return self.red_working_days
            case Level.ORANGE:
                return self.orange_working_days
            case Level.YELLOW:
                return self.yellow_working_days
            case _:
                return None
