"""Contacts: whom somebody wants to reach, and how."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import each_by, gather, gathering, to_text


class Channel(Labelled, zh="渠道"):
    """How somebody is reached."""

    CALL = "call", "电话", "telephone call"
    VIDEO = "video", "视频", "video call"
    MESSAGE = "message", "短信或手机银行", "text message or app"
    LETTER = "letter", "信函", "letter"
    VISIT = "visit", "上门", "visit"


class Person(Labelled, zh="联系对象"):
    """Who is reached. A guarantor owes the debt as well and is no third person."""

    BORROWER = "borrower", "借款人", "borrower"
    CO_BORROWER = "co_borrower", "共同借款人", "co-borrower"
    GUARANTOR = "guarantor", "保证人", "guarantor"
    THIRD_PERSON = "third_person", "第三人", "third person"

    @property
    def owes(self) -> bool:
        """Whether the person owes the debt."""
        return self is not Person.THIRD_PERSON


class Purpose(Labelled, zh="用途"):
    """What somebody is reached for. Rules against disturbance count all of them together."""

    REVISIT = "revisit", "贷后回访", "revisit"
    COLLECTION = "collection", "催收", "collection"
    SERVICE = "service", "客户服务", "service"


class Caller(Labelled, zh="联系人"):
    """On whose behalf. The bank, its agents and its robots are one caller to whoever is called."""

    BANK = "bank", "本行", "the bank"
    AGENT = "agent", "外包机构", "an agent of the bank"
    ROBOT = "robot", "机器人", "a robot"


def to_channel(value: Channel | str) -> Channel:
    """The channel itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Channel.parse(value)


def to_channels(values: Iterable[Channel | str]) -> tuple[Channel, ...]:
    """The channels themselves or those with these codes.

    Raises:
        InvalidValueError: If *values* are not several.
        UnknownNameError: If there is no such channel.
    """
    return each_by(Channel.parse, values, expected=Phrase("若干渠道", "several channels"))


def to_person(value: Person | str) -> Person:
    """The person itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Person.parse(value)


def to_purpose(value: Purpose | str) -> Purpose:
    """The purpose itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Purpose.parse(value)


def to_caller(value: Caller | str) -> Caller:
    """The caller itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Caller.parse(value)


def _text_or_none(value: str | None) -> str | None:
    return None if value is None else to_text(value)


@attrs.frozen(field_transformer=gathering)
class Contact:
    """Reaching somebody in one way, made or meant.

    Args:
        channel: How, or the code.
        to: Whom, or the code.
        name: An opaque id of the person, where there are several of the kind. Not a name: it stands in logs.
        number: An opaque id of the number or address used; ``None`` if it is the only one. Not the number itself.
        purpose: What for, or the code.
        by: On whose behalf, or the code.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> Contact("call", number="mobile").to
        Person.BORROWER
    """

    channel: Channel = attrs.field(converter=to_channel)
    to: Person = attrs.field(default=Person.BORROWER, converter=to_person)
    name: str | None = attrs.field(default=None, kw_only=True, converter=_text_or_none)
    number: str | None = attrs.field(default=None, kw_only=True, converter=_text_or_none)
    purpose: Purpose = attrs.field(default=Purpose.REVISIT, kw_only=True, converter=to_purpose)
    by: Caller = attrs.field(default=Caller.BANK, kw_only=True, converter=to_caller)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def is_with(self, other: Contact) -> bool:
        """Whether both mean the same person."""
        return (self.to, self.name) == (other.to, other.name)
