"""How soon a signal has to be answered."""

import functools

import attrs

from revisit_policy.speech.english import counted
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.validation import gather, gathering, to_flag, to_whole


def _to_working_days(value: int | None) -> int | None:
    return None if value is None else to_whole(value, low=1)


@functools.total_ordering
@attrs.frozen(repr=False, field_transformer=gathering)
class Deadline:
    """The time a triggered visit may take, counted from the day its signal began.

    Deadlines are ordered from mild to strict, as grades are from mild to severe, so the strictest of several is the
    greatest: working days decide first, and of two with as many the one that also ends with the month is stricter.

    Args:
        working_days: Working days after the first day of the signal, from 1. ``None`` sets no number of days; without
            *within_month* the signal then waits for the next visit that is due anyway.
        within_month: Whether the visit must also be made in the calendar month in which the signal began.

    Raises:
        InvalidInputError: If *working_days* is below 1 or no whole number.

    Examples:
        >>> Deadline(5, within_month=True)
        Deadline(5, within_month=True)
        >>> max(Deadline(10), Deadline(3), Deadline(None))
        Deadline(3)
        >>> Deadline(5, within_month=True).label("en")
        'within 5 working days and the same month'
    """

    working_days: int | None = attrs.field(converter=_to_working_days)
    within_month: bool = attrs.field(default=False, kw_only=True, converter=to_flag)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def __lt__(self, other: object) -> bool:
        return self._strictness < other._strictness if type(other) is Deadline else NotImplemented

    @property
    def _strictness(self) -> tuple[float, bool]:
        return (float("-inf") if self.working_days is None else -self.working_days, self.within_month)

    @property
    def waits_for_next_visit(self) -> bool:
        """Whether it asks for no visit of its own."""
        return self.working_days is None and not self.within_month

    @property
    def labels(self) -> Label:
        """The deadline in words, in both languages."""
        match self.working_days, self.within_month:
            case None, False:
                return Label("下次回访时", "at the next visit")
            case None, True:
                return Label("当月内", "within the same month")
            case days, False:
                return Label(f"{days}个工作日内", f"within {counted(str(days), 'working days')}")
            case days, _:
                return Label(f"{days}个工作日内且不跨月", f"within {counted(str(days), 'working days')} and the same month")

    def label(self, lang: str = Lang.EN) -> str:
        """The deadline in words.

        Args:
            lang: ``"zh"``, ``"en"`` or a `Lang`.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        return self.labels.text(lang)

    def __repr__(self) -> str:
        return f"Deadline({self.working_days}{', within_month=True' * self.within_month})"
