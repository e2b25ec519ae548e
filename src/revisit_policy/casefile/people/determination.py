"""Determinations: the grade that people gave a loan last, on which day, and who."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.casefile import fields
from revisit_policy.errors import UnknownNameError
from revisit_policy.outcomes.grade import UNCLASSIFIED, Grade, Unclassified
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled, OrderedLabelled
from revisit_policy.values.validation import gather, gathering, names_known, to_text


def to_determined_grade(value: OrderedLabelled | Unclassified | str | None) -> OrderedLabelled | Unclassified | None:
    """A grade of any scale, *unclassified*, the code of one of ours, or ``None`` if nobody looked.

    Raises:
        UnknownNameError: If there is no such grade.
    """
    if value is None or isinstance(value, OrderedLabelled | Unclassified):
        return value
    if type(value) is str and value == UNCLASSIFIED.value:
        return UNCLASSIFIED
    try:
        return Grade.parse(value)
    except UnknownNameError as error:
        raise UnknownNameError(kind=error.kind, name=value, known=(UNCLASSIFIED.value, *error.known)) from None


def to_role(value: Labelled | str | None) -> str | None:
    """Who determined, in the bank's own words on one line; of a member of a labelled enumeration its code.

    Raises:
        InvalidValueError: If it is anything else.
    """
    return None if value is None else to_text(str(value.value) if isinstance(value, Labelled) else value)


@names_known
@attrs.frozen(kw_only=True, field_transformer=gathering)
class Determination:
    """The grade that people determined last. Rules can make it worse from day to day; milder it becomes only by another determination.

    A policy reads it as the fact ``determined_grade``. A case file without one says that the loan was never classified.

    Args:
        grade: The grade, of the scale of the policy that is to read it, or the code of one of the five categories; a finer one that
            lies in a category is read as that. `UNCLASSIFIED`: never classified. ``None``: nobody looked, and then the grade is undecided.
        on: The day on which it was determined; ``None`` if nobody recorded it. On or before the decision day.
        role: Who determined it: text in the bank's own words, such as ``"credit_committee"``, or a member of a labelled enumeration,
            which is kept as its code; ``None`` if nobody recorded it. No rule reads it.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> Determination("special_mention", on="2026-06-30", role="credit_committee")
        Determination(grade=Grade.SPECIAL_MENTION, on=Date(2026, 6, 30), role='credit_committee')
        >>> Determination("unclassified").is_known, Determination(None).grade is None
        (False, True)
    """

    grade: OrderedLabelled | Unclassified | None = attrs.field(converter=to_determined_grade, kw_only=False)
    on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    role: str | None = attrs.field(default=None, converter=to_role)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def is_known(self) -> bool:
        """Whether people have determined a grade, and it is on file."""
        return isinstance(self.grade, OrderedLabelled)


#: What a case file holds unless it is told: the loan was never classified.
NEVER_CLASSIFIED: Final = Determination(UNCLASSIFIED)
