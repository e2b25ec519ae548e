"""The steps between a visit and its result, each with the day that it leads up to."""

from __future__ import annotations

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.measure import to_owner_role
from revisit_policy.speech.english import counted
from revisit_policy.speech.joining import aside
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import to_label
from revisit_policy.values.labels import Label, Labelled, Lang, OrderedLabelled, to_member
from revisit_policy.values.validation import fault, gather, gathering, to_flag, to_whole


class ResultDay(OrderedLabelled, zh="结果之日"):
    """The days that everybody asks for after a visit, in the order in which they come.

    Examples:
        >>> [day.label("zh") for day in ResultDay]
        ['初步结论', '认定结论', '处置决定', '告知借款人']
    """

    PRELIMINARY = "preliminary", "初步结论", "preliminary finding"
    DETERMINED = "determined", "认定结论", "grade as determined"
    DECIDED = "decided", "处置决定", "measure as approved"
    TOLD = "told", "告知借款人", "borrower told"


class WaitsFor(Labelled, zh="等待对象"):
    """Whom outside the bank a step waits for; who carries it out is its owner."""

    BORROWER = "borrower", "借款人", "the borrower"
    REGISTRY = "registry", "登记机构", "the registry"
    VALUER = "valuer", "评估机构", "the valuer"
    COURT = "court", "法院", "the court"


def to_result_day(value: ResultDay | str) -> ResultDay:
    """The day itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return ResultDay.parse(value)


def to_waits_for(value: Labelled | str) -> Labelled:
    """Whom is waited for, of whichever enumeration, or the one of ours with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return to_member(value, usual=WaitsFor, kind=Labelled)


def _to_days(value: int) -> int:
    return to_whole(value, low=None)


@attrs.frozen(field_transformer=gathering, cache_hash=True)  # a policy makes few, and plans go through them again and again
class TurnaroundPart:
    """One step between the visit and its result.

    Args:
        name: What is done.
        working_days: How long it takes; below zero for what shortens the others of its day.
        is_contingent: Whether it is needed only if something happens, such as a call that nobody answers. The latest
            day allows for it, the earliest and the expected do not.
        is_report: Whether it is the writing of the result itself. One visit has one report, whatever it serves.
        leads_to: The day that it leads up to, or its code.
        owner: The role that carries it out, a member of any labelled enumeration or the code of an `OwnerRole`; ``None`` if
            nobody said.
        waits_for: Whom outside the bank it waits for, likewise; codes are those of `WaitsFor`. ``None`` if it waits for nobody.
        due_if: What makes a contingent step due; ``None`` for any other, or if nobody said.

    Raises:
        InvalidInputError: If *working_days* is no whole number, a flag is no flag, a report leads to another day than the
            preliminary finding, or a step that is always needed says what makes it due.

    Examples:
        >>> TurnaroundPart(Label("核实", "verification"), 3).working_days
        3
        >>> TurnaroundPart(Label("审批", "approval"), 3, leads_to="determined", owner="approver").owner
        OwnerRole.APPROVER
    """

    name: Label = attrs.field(converter=to_label)
    working_days: int = attrs.field(converter=_to_days)
    is_contingent: bool = attrs.field(default=False, kw_only=True, converter=to_flag)
    is_report: bool = attrs.field(default=False, kw_only=True, converter=to_flag)
    leads_to: ResultDay = attrs.field(default=ResultDay.PRELIMINARY, kw_only=True, converter=to_result_day)
    owner: Labelled | None = attrs.field(default=None, kw_only=True, converter=attrs.converters.optional(to_owner_role))
    waits_for: Labelled | None = attrs.field(default=None, kw_only=True, converter=attrs.converters.optional(to_waits_for))
    due_if: Label | None = attrs.field(default=None, kw_only=True, converter=attrs.converters.optional(to_label))

    def __attrs_post_init__(self) -> None:
        gather(self, _a_report_is_preliminary, _what_is_always_needed_has_no_condition)

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
        if days < 0:  # no step that takes time, but a shorter limit
            return aside(self.name.text(chosen), Phrase(f"少{-days}个工作日", f"{counted(str(-days), 'working days')} fewer").text(chosen), chosen)
        return aside(self.name.text(chosen), Phrase(f"{days}个工作日", counted(str(days), "working days")).text(chosen), chosen)


def _a_report_is_preliminary(part: TurnaroundPart) -> InvalidValueError | None:
    if part.is_report and part.leads_to is not ResultDay.PRELIMINARY:
        return fault("leads_to", part.leads_to.value, Phrase("`preliminary`：报告即初步结论", "`preliminary`: a report is the preliminary finding"))
    return None


def _what_is_always_needed_has_no_condition(part: TurnaroundPart) -> InvalidValueError | None:
    if part.due_if is not None and not part.is_contingent:
        return fault("due_if", part.due_if.en, Phrase("不填，除非该步骤视情形而定", "left out unless the step is contingent"))
    return None
