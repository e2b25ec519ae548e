"""Checklists: what a visit of a kind, or one that answers a warning, has to find out."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import to_label
from revisit_policy.values.labels import Label, Labelled, to_member
from revisit_policy.values.validation import gather, gathering, refused, to_tuple_of


def _to_items(values: Iterable[Label]) -> tuple[Label, ...]:
    return to_tuple_of(Label, values)


def to_purpose(value: Labelled | str) -> Labelled:
    """The kind of visit or the code of a signal itself, of whichever enumeration, or the one of ours with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return to_member(value, usual=SignalCode if isinstance(value, str) and value in _CODES else VisitKind, kind=Labelled)


_CODES = frozenset(code.value for code in SignalCode)


@attrs.frozen(field_transformer=gathering)
class Checklist:
    """What every visit of one kind, or every visit that answers one warning, has to find out; a visit of several purposes has the items of each.

    Args:
        kind: The kind of visit or the code of the signal, a member of any labelled enumeration, or the code of a `VisitKind` or of a
            `SignalCode`.
        items: What to verify, in the order in which it is asked.
        documents: What the visitor takes along, or asks to see.
        skill: What the visitor has to be able to do beyond the usual; ``None`` if nothing.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> Checklist("revaluation", [Label("核实押品价值与状况", "verify value and condition of the home")]).kind
        VisitKind.REVALUATION
        >>> Checklist("seizure", [Label("查封法院与案号", "the court and the number of the case")]).kind
        SignalCode.SEIZURE
    """

    kind: Labelled = attrs.field(converter=to_purpose)
    items: tuple[Label, ...] = attrs.field(converter=_to_items)
    documents: tuple[Label, ...] = attrs.field(default=(), kw_only=True, converter=_to_items)
    skill: Label | None = attrs.field(default=None, kw_only=True, converter=attrs.converters.optional(to_label))

    def __attrs_post_init__(self) -> None:
        gather(self)


def to_checklists(values: Iterable[Checklist]) -> tuple[Checklist, ...]:
    """The checklists in the order of their codes: in whatever order they come, they say the same.

    Raises:
        InvalidValueError: If one is no checklist, or a kind or a warning has two.
    """
    lists = to_tuple_of(Checklist, values)
    if len({each.kind for each in lists}) < len(lists):
        raise refused(values, Phrase("不同回访类型或预警的清单", "checklists of different kinds of visit or warnings"))
    return tuple(sorted(lists, key=lambda each: each.kind.value))
