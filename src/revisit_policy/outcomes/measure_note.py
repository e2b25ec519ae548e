"""What a policy has to say of a measure: who carries it out, what it needs, and what it brings about."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revisit_policy.outcomes.measure import to_measure, to_owner_role
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation, to_label
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.validation import gather, gathering, refused, to_tuple_of


def _to_sources(values: Iterable[Citation]) -> tuple[Citation, ...]:
    return to_tuple_of(Citation, values)


@attrs.frozen(kw_only=True, field_transformer=gathering, cache_hash=True)  # what is recommended is looked up by it
class MeasureNote:
    """The standing remarks of one policy on one measure: a recommendation of it repeats them.

    Args:
        measure: The measure, a member of any labelled enumeration or the code of a `Measure`.
        owner: Who carries it out, or the role's code; ``None`` if the policy names nobody.
        precondition: What has to be true in law or contract first; ``None`` if nothing has.
        warning: What the measure brings about that is easily overlooked; ``None`` if nothing.
        sources: Where precondition and warning come from; empty if there is neither.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> MeasureNote("remind", owner="collection_centre").owner
        OwnerRole.COLLECTION_CENTRE
    """

    measure: Labelled = attrs.field(converter=to_measure, kw_only=False)
    owner: Labelled | None = attrs.field(default=None, converter=attrs.converters.optional(to_owner_role))
    precondition: Label | None = attrs.field(default=None, converter=attrs.converters.optional(to_label))
    warning: Label | None = attrs.field(default=None, converter=attrs.converters.optional(to_label))
    sources: tuple[Citation, ...] = attrs.field(default=(), converter=_to_sources)

    def __attrs_post_init__(self) -> None:
        gather(self)


def to_measure_notes(values: Iterable[MeasureNote]) -> tuple[MeasureNote, ...]:
    """The notes in the order of their codes: in whatever order they come, they say the same.

    Raises:
        InvalidValueError: If one is no note, or a measure has two.
    """
    notes = to_tuple_of(MeasureNote, values)
    if len({note.measure for note in notes}) < len(notes):
        raise refused(values, Phrase("不同措施的说明", "notes of different measures"))
    return tuple(sorted(notes, key=lambda note: note.measure.value))
