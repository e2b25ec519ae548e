"""The run in which a grade appears in the books: the end of a month, of a quarter, of a year."""

from __future__ import annotations

import attrs

from revisit_policy.values.dates import Date, add_months, month_end, to_date
from revisit_policy.values.validation import gather, gathering, to_whole

_YEAR = 12


def to_run_months(value: int) -> int:
    """Whole months from one run to the next, 1 to 12.

    Raises:
        InvalidValueError: If it is anything else.
    """
    return to_whole(value, low=1, high=_YEAR)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class ClassificationRun:
    """The first classification run on or after the day a grade is determined.

    Runs are at the end of every *months* months, counted from January: 1 is the end of each month, 3 of each quarter.

    Args:
        months: Whole months from one run to the next, 1 to 12; the year always ends with one.
        earliest: If the grade is determined on the earliest day.
        expected: If it is determined on the expected day, or was.
        latest: If it is determined on the latest day.

    Raises:
        InvalidInputError: If fields are malformed.
    """

    months: int = attrs.field(converter=to_run_months)
    earliest: Date = attrs.field(converter=to_date)
    expected: Date = attrs.field(converter=to_date)
    latest: Date = attrs.field(converter=to_date)

    def __attrs_post_init__(self) -> None:
        gather(self)


def run_on_or_after(day: Date, months: int) -> Date:
    """The day of the first run on or after *day*, runs being every *months* months.

    Examples:
        >>> [str(run_on_or_after(Date(2026, 11, 30), months)) for months in (1, 3, 5, 12)]
        ['2026-11-30', '2026-12-31', '2026-12-31', '2026-12-31']
    """
    last = min(_YEAR, -(-day.month // months) * months)
    return month_end(add_months(day.replace(day=1), last - day.month))
