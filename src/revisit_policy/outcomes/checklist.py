"""Checklists: what a visit of a kind has to find out."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revisit_policy.outcomes.visit import to_visit_kind
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.validation import gather, gathering, refused, to_tuple_of


def _to_items(values: Iterable[Label]) -> tuple[Label, ...]:
    return to_tuple_of(Label, values)


@attrs.frozen(field_transformer=gathering)
class Checklist:
    """What every visit of one kind has to find out; a visit of several purposes has the items of each.

    Args:
        kind: The kind of visit, a member of any labelled enumeration or the code of a `VisitKind`.
        items: What to verify, in the order in which it is read.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> Checklist("revaluation", [Label("核实押品价值与状况", "verify value and condition of the home")]).kind
        VisitKind.REVALUATION
    """

    kind: Labelled = attrs.field(converter=to_visit_kind)
    items: tuple[Label, ...] = attrs.field(converter=_to_items)

    def __attrs_post_init__(self) -> None:
        gather(self)


def to_checklists(values: Iterable[Checklist]) -> tuple[Checklist, ...]:
    """The checklists in the order of their kinds' codes: in whatever order they come, they say the same.

    Raises:
        InvalidValueError: If one is no checklist, or a kind has two.
    """
    lists = to_tuple_of(Checklist, values)
    if len({each.kind for each in lists}) < len(lists):
        raise refused(values, Phrase("不同回访类型的清单", "checklists of different kinds of visit"))
    return tuple(sorted(lists, key=lambda each: each.kind.value))
