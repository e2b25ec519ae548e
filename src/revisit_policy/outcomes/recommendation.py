"""Recommendations: a measure for one loan, by when, by whom, on what condition and why."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.measure import to_measure, to_owner_role
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation, to_label
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.validation import gather, gathering, refused, to_texts, to_tuple_of


def _to_sources(values: tuple[Citation, ...]) -> tuple[Citation, ...]:
    return to_tuple_of(Citation, values)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Recommendation:
    """A measure that a policy recommends for one loan. It is a proposal: a person decides.

    Args:
        measure: What to do, or its code.
        by: The last day to set about it, inclusive. What takes its time, such as a suit, is begun by then; what is done
            all along, such as watching, is done until then and judged anew. Working days that the calendar has not
            confirmed are counted provisionally, as those of a schedule are.
        owner: Who does it, or the role's code; ``None`` if the policy names nobody.
        precondition: What has to be true first; ``None`` if nothing has.
        warning: What it brings about that is easily overlooked; ``None`` if nothing.
        rules: Ids of the rules that recommend it, in the order of the policy.
        sources: What those rules, the precondition and the warning cite.

    Raises:
        InvalidInputError: If a field is malformed.
    """

    measure: Labelled = attrs.field(converter=to_measure, kw_only=False)
    by: Date = attrs.field(converter=to_date)
    owner: Labelled | None = attrs.field(default=None, converter=attrs.converters.optional(to_owner_role))
    precondition: Label | None = attrs.field(default=None, converter=attrs.converters.optional(to_label))
    warning: Label | None = attrs.field(default=None, converter=attrs.converters.optional(to_label))
    rules: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    sources: tuple[Citation, ...] = attrs.field(default=(), converter=_to_sources)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @classmethod
    def of(cls, note: MeasureNote, *, by: Date, rules: tuple[str, ...] = (), sources: tuple[Citation, ...] = ()) -> Recommendation:
        """The measure of a *note*, with its owner, precondition and warning.

        Args:
            note: What the policy has to say of the measure.
            by: The last day to set about it, inclusive.
            rules: Ids of the rules that recommend it.
            sources: What those rules cite; what the note cites comes after, each source once.

        Raises:
            InvalidValueError: If *note* is none.
            InvalidInputError: If another argument is malformed.

        Examples:
            >>> sue = MeasureNote("litigate", owner="legal_counsel")
            >>> Recommendation.of(sue, by=Date(2026, 11, 30), rules=("npl-litigate",)).owner
            OwnerRole.LEGAL_COUNSEL
        """
        if not isinstance(note, MeasureNote):
            raise refused(note, Phrase("MeasureNote", "a MeasureNote"))
        return cls(
            note.measure,
            by=by,
            owner=note.owner,
            precondition=note.precondition,
            warning=note.warning,
            rules=rules,
            sources=tuple(dict.fromkeys((*to_tuple_of(Citation, sources), *note.sources))),
        )
