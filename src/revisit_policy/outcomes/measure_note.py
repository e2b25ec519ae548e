"""What a policy has to say of a measure: who carries it out and by when, what it waits for, what it needs, and what it brings about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.measure import to_measure, to_owner_role
from revisit_policy.outcomes.obligations.timing import Within
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation, to_label
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.validation import each_by, fault, gather, gathering, refused, to_flag, to_tuple_of

#: A field that came later: a note that leaves it out is signed as it was before.
_LATER: Final = {"is_later": True}


def _to_sources(values: Iterable[Citation]) -> tuple[Citation, ...]:
    return to_tuple_of(Citation, values)


def _to_period(value: Within | None) -> Within | None:
    given: object = value
    if given is None or (isinstance(given, Within) and not isinstance(given.months, Fact)):
        return value
    raise refused(value, Phrase("Within，如 `Within(working_days=5)`，月数须为整数", "a Within in whole numbers, such as `Within(working_days=5)`"))


def _to_facts(values: Iterable[Fact]) -> tuple[Fact, ...]:
    return to_tuple_of(Fact, values)


def _to_measures(values: Iterable[Labelled | str]) -> tuple[Labelled, ...]:
    return each_by(to_measure, values, expected=Phrase("措施的元组", "a tuple of measures"))


@attrs.frozen(kw_only=True, field_transformer=gathering, cache_hash=True)  # what is recommended is looked up by it
class MeasureNote:
    """The standing remarks of one policy on one measure: a recommendation of it repeats them.

    Args:
        measure: The measure, a member of any labelled enumeration or the code of a `Measure`.
        owner: Who carries it out, or the role's code; ``None`` if the policy names nobody.
        precondition: What has to be true in law or contract first; ``None`` if nothing has.
        warning: What the measure brings about that is easily overlooked; ``None`` if nothing.
        sources: Where precondition and warning come from; empty if there is neither.
        deadline: By when it is set about, from the day that what calls for it began; ``None`` for the time that the level of
            the loan leaves.
        has_deadline: Whether it has any; ``False`` for what is never late, such as writing off.
        notice: The time that it leaves to whom it is addressed once it is done: what comes after it waits until the last day of it has passed.
        needs: The facts that it is decided on: it waits while one is unknown, or of a day before what calls for it began. A rule
            of the policy has to read them.
        after: The measures that have to be done first where they are called for too; having failed frees what comes after as well.
        instead_of: The measures that it can be taken in place of: together they are one step with a choice, of which only one is taken.

    Raises:
        InvalidInputError: If fields are malformed, or contradict one another; all faults together.

    Examples:
        >>> MeasureNote("remind", owner="collection_centre").owner
        OwnerRole.COLLECTION_CENTRE
        >>> MeasureNote("accelerate", deadline=Within(working_days=10), after=["demand_restoration"]).after
        (Measure.DEMAND_RESTORATION,)
    """

    measure: Labelled = attrs.field(converter=to_measure, kw_only=False)
    owner: Labelled | None = attrs.field(default=None, converter=attrs.converters.optional(to_owner_role))
    precondition: Label | None = attrs.field(default=None, converter=attrs.converters.optional(to_label))
    warning: Label | None = attrs.field(default=None, converter=attrs.converters.optional(to_label))
    sources: tuple[Citation, ...] = attrs.field(default=(), converter=_to_sources)
    deadline: Within | None = attrs.field(default=None, converter=_to_period, metadata=_LATER)
    has_deadline: bool = attrs.field(default=True, converter=to_flag, metadata=_LATER)
    notice: Within | None = attrs.field(default=None, converter=_to_period, metadata=_LATER)
    needs: tuple[Fact, ...] = attrs.field(default=(), converter=_to_facts, metadata=_LATER)
    after: tuple[Labelled, ...] = attrs.field(default=(), converter=_to_measures, metadata=_LATER)
    instead_of: tuple[Labelled, ...] = attrs.field(default=(), converter=_to_measures, metadata=_LATER)

    def __attrs_post_init__(self) -> None:
        gather(self, _is_late_or_never, _names_others, _comes_after_no_choice)


def _is_late_or_never(note: MeasureNote) -> InvalidValueError | None:
    if note.deadline is None or note.has_deadline:
        return None
    return fault("deadline", note.deadline.label("en"), Phrase("`has_deadline` 为假时留空", "left out where `has_deadline` is false"))


def _names_others(note: MeasureNote) -> InvalidValueError | None:
    for field in ("after", "instead_of"):
        if note.measure in getattr(note, field):
            return fault(field, note.measure.value, Phrase("其他措施", "other measures"))
    return None


def _comes_after_no_choice(note: MeasureNote) -> InvalidValueError | None:
    both = [each for each in note.after if each in note.instead_of]
    return fault("after", both[0].value, Phrase("不在 `instead_of` 之列的措施", "measures that are not among `instead_of`")) if both else None


def to_measure_notes(values: Iterable[MeasureNote]) -> tuple[MeasureNote, ...]:
    """The notes in the order of their codes: in whatever order they come, they say the same.

    Raises:
        InvalidValueError: If one is no note, or a measure has two.
    """
    notes = to_tuple_of(MeasureNote, values)
    if len({note.measure for note in notes}) < len(notes):
        raise refused(values, Phrase("不同措施的说明", "notes of different measures"))
    return tuple(sorted(notes, key=lambda note: note.measure.value))
