"""What a visitor found: one field of the case file as it is now, and what shows it."""

from __future__ import annotations

from typing import Any

import attrs

from revisit_policy.casefile.case_columns import as_held, to_path
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import Fault, gather, gathering, placed, refused, to_text


class Evidence(Labelled, zh="证据"):
    """What shows a finding, the weakest first."""

    SAID = "said", "当事人陈述", "said by whoever was met"
    SEEN = "seen", "现场所见", "seen by the visitor"
    DOCUMENT = "document", "书面材料", "a document"
    REGISTER = "register", "登记或系统查询", "an entry in a register"


def _to_evidence(value: Evidence | str) -> Evidence:
    return Evidence.parse(value)


def _to_known(value: object) -> object:
    if value is None:
        what = Phrase("所见的值（未能核实的列入 not_confirmed）", "what was found; what could not be confirmed is named in `not_confirmed`")
        raise refused(value, what)
    return value


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Observed:
    """A field of the case file as a visitor found it.

    Args:
        field: The field by its path, such as ``"borrower.monthly_income"``.
        value: What it holds now, as the field takes it; never unknown.
        evidence: What shows it, or the code.
        reference: Where the evidence is kept: the number of a document or of a recording; ``None`` if it is kept nowhere.

    Raises:
        InvalidInputError: If fields are malformed, or the field does not take the value; all of them together.

    Examples:
        >>> from revisit_policy.values.money import cny
        >>> Observed(field="borrower.monthly_income", value=cny("12000"), evidence="document", reference="DOC-7").value
        cny("12000.00")
        >>> Observed(field="collateral.seized", value="yes", evidence="register")
        Traceback (most recent call last):
        revisit_policy.errors.InvalidInputError: `Observed.value` must be True or False, got `'yes'`
    """

    field: str = attrs.field(converter=to_path)
    value: Any = attrs.field(converter=_to_known)
    evidence: Evidence = attrs.field(converter=_to_evidence)
    reference: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))

    def __attrs_post_init__(self) -> None:
        gather(self, _is_taken_by_the_field)
        object.__setattr__(self, "value", as_held(self.field, self.value))


def _is_taken_by_the_field(found: Observed) -> InvalidValueError | None:
    held = as_held(found.field, found.value)
    return placed(held, "value") if isinstance(held, Fault) else None
