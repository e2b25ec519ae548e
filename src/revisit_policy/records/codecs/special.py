"""Special kinds: the few classes that are not written field by field, each with its reason.

=====================  ==================================================================================================
fact                   stands once in a record, under ``facts``, and is called by its name
calendar               stands once, under ``calendars``, and is called by its edition: a `NoticeCalendar` whole; of any other
                       the edition alone, and whoever reads hands it over
comparison             is made by the function that checks it against the domain of its fact
own facts              are an object of plain values by name
verdicts               what follows from the tables and the facts is made anew
=====================  ==================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from revisit_policy.casefile.own.own_facts import OwnFacts, to_own
from revisit_policy.errors import RevisitPolicyError
from revisit_policy.language.comparing import compare, flag_is, includes, one_of
from revisit_policy.language.condition import Compare, FlagIs, Includes, OneOf, negated
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.fact import Fact
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdicts
from revisit_policy.policy.json_text import Plain
from revisit_policy.records.codecs.codec import CALENDARS, FACTS, Codec, CodecOf, Reading, Schema, Writing
from revisit_policy.records.codecs.misread import plain_fields, refused_by, wrong
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.working_days import NoticeCalendar, WorkCalendar

_EDITION: Final = "edition"


def _compare(*, fact: Fact, operator: Any, limit: Any) -> Any:  # noqa: ANN401 - of the domain
    return compare(fact, operator, limit)


def _one_of(*, fact: Fact, choices: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a condition
    return one_of(fact, choices)


def _flag_is(*, fact: Fact, expected: bool) -> Any:  # noqa: ANN401 - a condition
    return flag_is(fact, expected=expected)


def _includes(*, fact: Fact, elements: tuple[Any, ...], expected: bool) -> Any:  # noqa: ANN401 - a condition
    found = includes(fact, elements)
    return found if expected else negated(found)


def _verdicts(*, graph: DecisionGraph, facts: Snapshot, barring: tuple[tuple[str, str], ...]) -> Verdicts:
    return Verdicts(graph, facts, graph.read(facts).resolution, barring=barring)


MADE_BY: Final[Mapping[type[Any], Callable[..., Any]]] = {Compare: _compare, OneOf: _one_of, FlagIs: _flag_is, Includes: _includes, Verdicts: _verdicts}
"""The functions that make values of a class, where that is not the class itself."""

FOLLOWS: Final[Mapping[type[Any], frozenset[str]]] = {Verdicts: frozenset({"resolution"})}
"""The fields that follow from the others."""


def fact_codec(whole: Codec) -> Codec:
    """Facts by their names; *whole* is the codec of what stands once."""

    def write(fact: Fact, writing: Writing) -> Plain:
        return writing.name(FACTS, fact.name, fact, written=lambda: whole.write(fact, writing), content=(fact, fact.limits, _currency(fact)))

    def read(plain: Plain, reading: Reading) -> Fact:
        found: Fact = reading.called(FACTS, plain, read=lambda written: whole.read(written, reading))
        return found

    return Codec(write=write, read=read, schema=lambda: {"type": "string", "description": "the name of a fact that stands under `facts`"})


def _currency(fact: Fact) -> str | None:
    """The currency of the bounds of an amount; facts of any currency are equal in whichever they were met."""
    return fact.domain.low.currency if isinstance(fact.domain, Amounts) else None


def own_codec(whole: Codec) -> Codec:
    """A bank's own facts: plain values by name; *whole* is the codec of values of any kind."""

    def write(own: OwnFacts, writing: Writing) -> Plain:
        return {name: whole.write(value, writing) for name, value in own.pairs}

    def read(plain: Plain, _: Reading) -> OwnFacts:
        try:
            return to_own(plain_fields(plain))
        except RevisitPolicyError as error:
            raise refused_by(error, plain) from None

    plain = {"type": ["string", "integer", "boolean", "null"]}
    return Codec(write=write, read=read, schema=lambda: {"type": "object", "additionalProperties": plain})


def calendar_codec(codec_of: CodecOf) -> Codec:
    """Calendars by their editions."""

    def write(calendar: WorkCalendar, writing: Writing) -> Plain:
        def written() -> Plain:
            is_whole = type(calendar) is NoticeCalendar
            return codec_of(NoticeCalendar).write(calendar, writing) if is_whole else {_EDITION: calendar.edition}

        return writing.name(CALENDARS, calendar.edition, calendar, written=written)

    def made(plain: Plain, reading: Reading) -> WorkCalendar:
        fields = plain_fields(plain)
        if set(fields) != {_EDITION} or type(fields[_EDITION]) is not str:
            whole: WorkCalendar = codec_of(NoticeCalendar).read(plain, reading)
            return whole
        found = reading.calendars.get(fields[_EDITION])
        if found is None:
            raise wrong(plain, _edition(reading))
        return found

    def read(plain: Plain, reading: Reading) -> WorkCalendar:
        found: WorkCalendar = reading.called(CALENDARS, plain, read=lambda written: made(written, reading))
        return found

    return Codec(write=write, read=read, schema=_calendar_schema)


def _edition(reading: Reading) -> Phrase:
    there = ", ".join(reading.calendars) or Phrase("无", "none was")
    return Phrase("由 `calendars=` 传入的版次（{there}）", "an edition that `calendars=` hands over ({there})", there=there)


def _calendar_schema() -> Schema:
    return {"type": "string", "description": "the edition of a calendar that stands under `calendars`"}
