"""Decision records: a decision without the policy that made it, small enough to be kept for every loan and every day."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.language.fact import Assumption
from revisit_policy.policy.json_text import Plain, json_text, read_json
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import gather, gathering, refused, to_text, to_tuple_of


@attrs.frozen(repr=False)
class Told:
    """What a decision came to: codes, days and ids of rules, as canonical JSON.

    Args:
        text: The JSON.
    """

    text: str

    @property
    def plain(self) -> Plain:
        """What the text holds, read anew."""
        return read_json(self.text)

    @classmethod
    def of(cls, plain: Plain) -> Told:
        """What *plain* holds, which is what JSON can hold."""
        return cls(json_text(plain))

    def __repr__(self) -> str:
        return f"<Told, {len(self.text)} signs>"


def _to_case(value: CaseFile) -> CaseFile:
    if isinstance(value, CaseFile):
        return value
    raise refused(value, Phrase("CaseFile", "a CaseFile"))


def _to_supplied(value: Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return {to_text(name): value[name] for name in sorted(value)}
    raise refused(value, Phrase("按名称给出的事实值", "values of facts by name"))


def _to_assumptions(value: tuple[Assumption, ...]) -> tuple[Assumption, ...]:
    return to_tuple_of(Assumption, value)


@attrs.frozen(kw_only=True, repr=False, field_transformer=gathering)
class DecisionRecord:
    """A decision as it is stored: the case, what was asked, who answered, and what the answer was.

    It does without its policy: `replay` asks the policy again and compares. Its ``repr`` says nothing of the person.

    Args:
        case: The case file that was judged.
        on: The decision day.
        until: The last day of the schedule, inclusive.
        supplied: Values of supplied facts by name, as they were given.
        assuming: Stand-ins for facts, as they were given.
        policy: The id of the policy.
        version: Its version.
        digest: The digest of its content.
        edition: The id of the rulebook's edition; ``None`` if a policy was asked directly.
        edition_before: The edition that held when the loan was last visited, where it was another; else ``None``.
        digest_before: The digest of that edition's policy.
        calendar: The edition of the calendar.
        library: The version of this library.
        outcome: What the decision came to.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    case: CaseFile = attrs.field(converter=_to_case)
    on: Date
    until: Date
    supplied: Mapping[str, Any] = attrs.field(factory=dict, converter=_to_supplied, hash=False)
    assuming: tuple[Assumption, ...] = attrs.field(default=(), converter=_to_assumptions)
    policy: str = attrs.field(converter=to_text)
    version: str = attrs.field(converter=to_text)
    digest: str = attrs.field(converter=to_text)
    edition: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))
    edition_before: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))
    digest_before: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))
    calendar: str = attrs.field(converter=to_text)
    library: str = attrs.field(converter=to_text)
    outcome: Told

    def __attrs_post_init__(self) -> None:
        gather(self)

    @cached_property
    def told(self) -> Plain:
        """What the decision came to, as dictionaries, lists and codes."""
        return self.outcome.plain

    @property
    def grade(self) -> str | None:
        """The code of the established grade; ``None`` if none is."""
        code: str | None = self.told.get("grade")
        return code

    def __repr__(self) -> str:
        return f"<DecisionRecord on {self.on}: {self.grade}, {self.edition or self.policy} {self.version}>"

    def __rich_repr__(self) -> Shown:
        yield "on", Words(str(self.on))
        yield "grade", Words(str(self.grade))
        yield "edition", Words(self.edition or self.policy)
        yield "version", Words(self.version)
        yield "library", Words(self.library)
