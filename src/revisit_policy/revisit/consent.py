"""Consents: what somebody agreed to, and on which ground a visitor may do what needs one."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revisit_policy.contact.contact import Person, to_person
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import each_by, gather, gathering


class Act(Labelled, zh="回访行为"):
    """What a visitor does that a rule of conduct can ask for, or ask a ground for."""

    IDENTIFY = "identify", "核实身份并说明来意", "identify both sides and say why one comes"
    TELL_OF_RECORDING = "tell_of_recording", "告知录音录像", "say that it is recorded"
    RECORD = "record", "录音录像", "record sound or pictures of a talk"
    ENTER = "enter", "进入住宅", "enter the home"
    PHOTOGRAPH = "photograph", "拍摄住宅", "photograph the home"
    SENSITIVE_DATA = "sensitive_data", "收集敏感个人信息", "take down sensitive personal data"
    CHILD_DATA = "child_data", "收集未满十四周岁未成年人信息", "take down anything about a child under 14"


class Basis(Labelled, zh="依据"):
    """On which ground something was done."""

    CONSENT = "consent", "本人明确同意", "explicit consent"
    SEPARATE_CONSENT = "separate_consent", "本人单独同意", "separate consent"
    GUARDIAN = "guardian", "监护人同意", "a guardian's consent"
    CONTRACT = "contract", "合同约定", "the contract"
    LAW = "law", "法律规定", "the law"


def to_act(value: Act | str) -> Act:
    """The act itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Act.parse(value)


def to_acts(values: Iterable[Act | str]) -> tuple[Act, ...]:
    """The acts themselves or those with these codes.

    Raises:
        InvalidValueError: If *values* are not several.
        UnknownNameError: If there is no such act.
    """
    return each_by(Act.parse, values, expected=Phrase("若干行为", "several acts"))


def to_basis(value: Basis | str) -> Basis:
    """The ground itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Basis.parse(value)


def to_bases(values: Iterable[Basis | str]) -> tuple[Basis, ...]:
    """The grounds themselves or those with these codes.

    Raises:
        InvalidValueError: If *values* are not several.
        UnknownNameError: If there is no such ground.
    """
    return each_by(Basis.parse, values, expected=Phrase("若干依据", "several grounds"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Consent:
    """The ground on which a visitor did something that needs one.

    Args:
        to: What was done, or its code.
        basis: On which ground, or its code.
        given_by: Who agreed, or the code; a guardian is a third person where the guardian does not owe the debt.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> Consent(to="photograph", basis="consent", given_by="borrower").to
        Act.PHOTOGRAPH
    """

    to: Act = attrs.field(converter=to_act)
    basis: Basis = attrs.field(converter=to_basis)
    given_by: Person = attrs.field(default=Person.BORROWER, converter=to_person)

    def __attrs_post_init__(self) -> None:
        gather(self)
