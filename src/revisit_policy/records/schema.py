"""Schemas: what a record looks like, as JSON Schema, for whoever reads it without this library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from revisit_policy.decision.decision import Decision
from revisit_policy.errors import UnknownNameError
from revisit_policy.language.fact import Fact
from revisit_policy.policy.json_text import Plain
from revisit_policy.records.codecs.codec import CALENDARS, FACTS, IS, VALUE, Schema
from revisit_policy.records.codecs.kinds import KINDS
from revisit_policy.records.codecs.leaves import LEAVES
from revisit_policy.records.codecs.shelf import NAMES, codec_of, whole_codec
from revisit_policy.records.decision_record import DecisionRecord
from revisit_policy.records.record_form import SCHEMA
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.working_days import NoticeCalendar

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_REFERENCE: Final = "#/$defs/"


def schema(kind: Any) -> dict[str, Plain]:  # noqa: ANN401 - a class, which a cache takes for anything
    r"""The JSON Schema of the records of one class, of draft 2020-12.

    Fields say in Chinese and English what they hold and in which unit, where a fact has it, and in English what absence means; codes stand
    with the texts that people read. What a record may say beyond it, such as which amounts fit one another, `from_dict` checks.

    Args:
        kind: A class that can be recorded; a `Decision` is one as its `DecisionRecord`.

    Raises:
        UnknownNameError: If values of *kind* cannot be recorded.

    Examples:
        >>> from revisit_policy import CaseFile
        >>> whole = schema(CaseFile)
        >>> whole["$defs"]["Loan"]["properties"]["days_past_due"]["title"]
        '逾期天数 · days past due'
        >>> whole["$defs"]["Loan"]["properties"]["balance"]["pattern"]
        '^[A-Z]{3} -?[0-9]+(\\.[0-9]+)?$'
    """
    recorded: Any = DecisionRecord if kind is Decision else kind
    name = _name(recorded)
    codec = whole_codec(recorded) if recorded is Fact else codec_of(recorded)
    value = codec.schema()
    facts, calendars = whole_codec(Fact).schema(), whole_codec(NoticeCalendar).schema()
    either = {"anyOf": [calendars, {"type": "object", "properties": {"edition": {"type": "string"}}, "required": ["edition"], "additionalProperties": False}]}
    return {
        "$schema": _DIALECT,
        "title": name,
        "type": "object",
        "properties": {
            IS: {"const": name},
            "schema": {"const": SCHEMA},
            VALUE: value,
            FACTS: {"type": "object", "additionalProperties": facts},
            CALENDARS: {"type": "object", "additionalProperties": either},
        },
        "required": [IS, "schema", VALUE],
        "additionalProperties": False,
        "$defs": _definitions(value, facts, calendars),
    }


def _name(kind: Any) -> str:  # noqa: ANN401 - a class, or what is none
    found = NAMES.get(kind)
    if found is None and kind in LEAVES:
        found = kind.__name__
    if found is None:
        raise UnknownNameError(kind=Phrase("类", "class"), name=getattr(kind, "__name__", repr(kind)), known=tuple(KINDS))
    return found


def _definitions(*parts: Schema) -> dict[str, Schema]:
    """What *parts* refer to, and what that refers to in turn."""
    found: dict[str, Schema] = {}
    waiting = [name for part in parts for name in _referred(part)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            of: Any = KINDS[name]
            definition = whole_codec(of).definition
            assert definition is not None  # noqa: S101 - only classes of fields are referred to
            found[name] = definition()
            waiting += _referred(found[name])
    return dict(sorted(found.items()))


def _referred(part: Any) -> Iterator[str]:  # noqa: ANN401 - a part of a schema
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "$ref":
                yield str(inner).removeprefix(_REFERENCE)
            else:
                yield from _referred(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _referred(inner)
