"""When the result of a visit is due."""

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.english import counted
from revisit_policy.speech.joining import aside
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import to_label
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.validation import fault, gather, gathering, to_flag, to_whole
from revisit_policy.values.working_days import Basis


def _to_days(value: int) -> int:
    return to_whole(value, low=None)


@attrs.frozen(field_transformer=gathering)
class TurnaroundPart:
    """One step between the visit and its result.

    Args:
        name: What is done.
        working_days: How long it takes; below zero for what shortens the whole.
        is_contingent: Whether it is needed only if something happens, such as a call that nobody answers. The latest
            day allows for it, the earliest and the expected do not.
        is_report: Whether it is the writing of the result itself. One visit has one report, whatever it serves.

    Raises:
        InvalidInputError: If *working_days* is no whole number, or a flag is no flag.

    Examples:
        >>> TurnaroundPart(Label("核实", "verification"), 3).working_days
        3
    """

    name: Label = attrs.field(converter=to_label)
    working_days: int = attrs.field(converter=_to_days)
    is_contingent: bool = attrs.field(default=False, kw_only=True, converter=to_flag)
    is_report: bool = attrs.field(default=False, kw_only=True, converter=to_flag)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def label(self, lang: str = Lang.EN) -> str:
        """The step and its time in words.

        Args:
            lang: ``"zh"``, ``"en"`` or a `Lang`.

        Raises:
            UnknownNameError: If *lang* is no language of ours.

        Examples:
            >>> TurnaroundPart(Label("核实", "verification"), 3).label("en")
            'verification (3 working days)'
        """
        days = self.working_days
        chosen = self.name.lang(lang)
        return aside(self.name.text(chosen), Phrase(f"{days}个工作日", counted(str(days), "working days")).text(chosen), chosen)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Turnaround:
    """The days on which the result of a visit can be expected.

    They count in working days from the day the visit is completed, which is not counted itself. Of a visit still to be
    made nobody knows that day, hence three answers.

    Args:
        earliest: If the visit is completed on the first day it can be.
        expected: If it is completed on the day it is due.
        latest: If it is completed on its last day and every contingent part is needed.
        parts: The steps that add up to the working days.
        basis: `PROVISIONAL` if the calendar has not confirmed the working days up to *latest*.

    Raises:
        InvalidInputError: If one of the three is no day, or they are not in order.
    """

    earliest: Date = attrs.field(converter=to_date)
    expected: Date = attrs.field(converter=to_date)
    latest: Date = attrs.field(converter=to_date)
    parts: tuple[TurnaroundPart, ...] = ()
    basis: Basis = Basis.CONFIRMED

    def __attrs_post_init__(self) -> None:
        is_sound = type(self.earliest) is type(self.expected) is type(self.latest) is Date
        if not (is_sound and self.earliest <= self.expected <= self.latest):
            gather(self, _days_are_in_order)


def _days_are_in_order(turnaround: Turnaround) -> InvalidValueError | None:
    if turnaround.earliest > turnaround.expected:
        return fault(
            "expected", str(turnaround.expected), Phrase("不早于 `earliest`（{earliest}）", "on or after `earliest` ({earliest})", earliest=turnaround.earliest)
        )
    if turnaround.expected > turnaround.latest:
        return fault(
            "latest", str(turnaround.latest), Phrase("不早于 `expected`（{expected}）", "on or after `expected` ({expected})", expected=turnaround.expected)
        )
    return None
