"""Recommendations: a measure for one loan, since when, by when and by whom, how far it has come, on what condition and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.measure import ActionState, to_action_state, to_measure, to_owner_role
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation, to_label
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.validation import each_by, fault, gather, gathering, refused, to_flag, to_texts, to_tuple_of


def _to_sources(values: tuple[Citation, ...]) -> tuple[Citation, ...]:
    return to_tuple_of(Citation, values)


def _to_measures(values: Iterable[Labelled | str]) -> tuple[Labelled, ...]:
    return each_by(to_measure, values, expected=Phrase("措施的元组", "a tuple of measures"))


def _to_labels(values: Iterable[Label]) -> tuple[Label, ...]:
    return each_by(to_label, values, expected=Phrase("标签的元组", "a tuple of labels"))


def _day_or_none(value: str | dt.date | None) -> Date | None:
    return None if value is None else to_date(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Recommendation:
    """A measure that a policy recommends for one loan, or that is in hand. It is a proposal: a person decides.

    Args:
        measure: What to do, or its code.
        by: The last day to set about it, inclusive. What takes its time, such as a suit, is begun by then; what is done
            all along, such as watching, is done until then and judged anew. Working days that the calendar has not
            confirmed are counted provisionally, as those of a schedule are. ``None`` if it has no deadline: by its note, as
            long as what it comes after is not done, or because no rule calls for what is in hand any longer.
        since: The first day of what calls for it; ``None`` if nobody recorded it, or nothing counts from it: what waits for the next visit.
        undated: Whether *by* counts from a day that nobody recorded, so that it counts from the last action about it, else from
            the day of asking, and moves with that.
        state: How far it has come; ``None`` if nothing has been done about it.
        acted_on: The day of that.
        late: Whether *by* has passed and it was not begun by then.
        after: The measures that have to be done first, as far as they are called for and not done.
        instead_of: The other choices of the same step that are recommended: one of them is taken, never two.
        waits_for: The facts that it is decided on and that are unknown, or of a day before what calls for it began.
        owner: Who does it, or the role's code; ``None`` if the policy names nobody.
        precondition: What has to be true first; ``None`` if nothing has.
        warning: What it brings about that is easily overlooked; ``None`` if nothing.
        rules: Ids of the rules that recommend it, in the order of the policy.
        sources: What those rules, the precondition and the warning cite.

    Raises:
        InvalidInputError: If a field is malformed.
    """

    measure: Labelled = attrs.field(converter=to_measure, kw_only=False)
    by: Date | None = attrs.field(default=None, converter=_day_or_none)
    since: Date | None = attrs.field(default=None, converter=_day_or_none)
    undated: bool = attrs.field(default=False, converter=to_flag)
    state: ActionState | None = attrs.field(default=None, converter=attrs.converters.optional(to_action_state))
    acted_on: Date | None = attrs.field(default=None, converter=_day_or_none)
    late: bool = attrs.field(default=False, converter=to_flag)
    after: tuple[Labelled, ...] = attrs.field(default=(), converter=_to_measures)
    instead_of: tuple[Labelled, ...] = attrs.field(default=(), converter=_to_measures)
    waits_for: tuple[Label, ...] = attrs.field(default=(), converter=_to_labels)
    owner: Labelled | None = attrs.field(default=None, converter=attrs.converters.optional(to_owner_role))
    precondition: Label | None = attrs.field(default=None, converter=attrs.converters.optional(to_label))
    warning: Label | None = attrs.field(default=None, converter=attrs.converters.optional(to_label))
    rules: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    sources: tuple[Citation, ...] = attrs.field(default=(), converter=_to_sources)

    def __attrs_post_init__(self) -> None:
        gather(self, _is_late_for_something, _has_its_day)

    @classmethod
    def of(
        cls, note: MeasureNote, *, by: Date | None, rules: tuple[str, ...] = (), sources: tuple[Citation, ...] = (), **course: Any  # noqa: ANN401 - as the fields
    ) -> Recommendation:
        """The measure of a *note*, with its owner, precondition and warning.

        Args:
            note: What the policy has to say of the measure.
            by: The last day to set about it, inclusive; ``None`` if it has no deadline.
            rules: Ids of the rules that recommend it.
            sources: What those rules cite; what the note cites comes after, each source once.
            course: The fields that tell how far it has come: *since*, *undated*, *state*, *acted_on*, *late*, *after*, *instead_of*, *waits_for*.

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
            **course,
        )


def _is_late_for_something(found: Recommendation) -> InvalidValueError | None:
    is_vain = found.late and found.by is None
    return fault("late", found.late, Phrase("无期限（`by` 留空）时为假", "false where there is no deadline (`by` is left out)")) if is_vain else None


def _has_its_day(found: Recommendation) -> InvalidValueError | None:
    if (found.state is None) == (found.acted_on is None):
        return None
    return fault("acted_on", str(found.acted_on), Phrase("与 `state` 同时给出", "given together with `state`"))
