"""Conventions: the few figures a policy needs beside its tables to turn outcomes into days."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.outcomes.results.classification_run import to_run_months
from revisit_policy.outcomes.signal import Level, to_level
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.validation import gather, gathering, to_whole

LONGEST: Final = 1_200
"""The greatest figure that is still a figure and not a slip: a hundred years in months."""


def _to_figure(value: int) -> int:
    return to_whole(value, low=1, high=LONGEST)


def _to_lead(value: int) -> int:
    return to_whole(value, low=0, high=LONGEST)


def _to_limit(value: int | None) -> int | None:
    return None if value is None else _to_figure(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Conventions:
    """How days are found once the tables have spoken.

    What is left out is no bank's practice: it is what holds if nothing was agreed. Each rulebook gives its own.

    Args:
        periodic_lead_days: Calendar days a periodic window opens before it closes, from 0: on that day alone.
        red_working_days: Working days within which a measure that rests on a red level is taken; ``None`` if it waits for the
            next visit, as blue and none always do.
        orange_working_days: The same for orange.
        yellow_working_days: The same for yellow.
        red_result_working_days: Working days within which the preliminary finding of a visit on a red signal is due, by whatever method;
            ``None`` if it is due as any other. What comes after it takes its time.
        revaluation_months: Months after a valuation by which the next one is due; ``None`` if none is due because of its age.
        revaluation_working_days: Working days within which a valuation that is due is made.
        classification_months: Months from one classification run to the next, counted from January, 1 to 12: a grade that was determined
            appears in the books then; ``None`` if nothing is said of it.
        on_site_officers: Officers on an on-site visit; every other visit takes one.
        horizon_months: Months a schedule looks ahead unless it is told otherwise.

    Raises:
        InvalidInputError: If figures are not whole numbers from 1 (the lead from 0) to 1200, all of them together.

    Examples:
        >>> Conventions(red_working_days=2).working_days_to_act(Level.RED)
        2
    """

    periodic_lead_days: int = attrs.field(default=0, converter=_to_lead)
    red_working_days: int | None = attrs.field(default=None, converter=_to_limit)
    orange_working_days: int | None = attrs.field(default=None, converter=_to_limit)
    yellow_working_days: int | None = attrs.field(default=None, converter=_to_limit)
    red_result_working_days: int | None = attrs.field(default=None, converter=_to_limit)
    revaluation_months: int | None = attrs.field(default=None, converter=_to_limit)
    revaluation_working_days: int = attrs.field(default=1, converter=_to_figure)
    on_site_officers: int = attrs.field(default=1, converter=_to_figure)
    classification_months: int | None = attrs.field(default=None, converter=attrs.converters.optional(to_run_months))
    horizon_months: int = attrs.field(default=24, converter=_to_figure)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def working_days_to_act(self, level: OrderedLabelled | str) -> int | None:
        """Working days within which a measure of a loan at *level* is taken; ``None`` if it waits for the next visit."""
        match to_level(level):
            case Level.RED:
                return self.red_working_days
            case Level.ORANGE:
                return self.orange_working_days
            case Level.YELLOW:
                return self.yellow_working_days
            case _:
                return None
