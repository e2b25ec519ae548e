"""The form of a record: what a value is, under which number of the form it was written, and the value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar, overload

import attrs

from revisit_policy.decision.decision import Decision
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.language.fact import Fact
from revisit_policy.policy.json_text import Plain, json_text, read_json
from revisit_policy.records.codecs.class_fields import THERE
from revisit_policy.records.codecs.codec import IS, SECTIONS, VALUE, Codec, Reading, Writing
from revisit_policy.records.codecs.misread import MisreadError, Spot, Withheld, plain_fields
from revisit_policy.records.codecs.shelf import OPEN, codec_of, whole_codec
from revisit_policy.records.own_classes import OwnClasses, by_name
from revisit_policy.records.recording import recorded
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked, several
from revisit_policy.values.working_days import WorkCalendar

SCHEMA: Final = 1
"""The number of the form that is written."""
KNOWN: Final = (1,)
"""The numbers that are read."""
_SCHEMA: Final = "schema"
_CALENDARS: Final = Phrase("工作日历", "calendars of working days")

Kind = TypeVar("Kind")
"""What is read."""


def to_dict(value: object) -> dict[str, Plain]:
    """What JSON can hold of *value*, whole: text, whole numbers, true, false, ``None``, lists and dictionaries.

    Days, decimals, ratios and amounts are text, members of enumerations their codes. Beside the content stand the number of the form
    and what the value is. A field that is ``None`` and would be if it were left out is left out; every other is there.

    Args:
        value: A value of ours, or what a field of one holds. A `Decision` becomes a `DecisionRecord`, which does without its policy.

    Raises:
        InvalidInputError: If a part of it cannot be recorded, such as an object with nothing but an address.

    Examples:
        >>> from revisit_policy import Label, cny
        >>> to_dict(cny("1800000.00"))
        {'is': 'Money', 'schema': 1, 'value': 'CNY 1800000.00'}
        >>> to_dict(Label("正常", "pass"))
        {'is': 'Label', 'schema': 1, 'value': {'zh': '正常', 'en': 'pass'}}
    """
    writing = Writing()
    told: object = recorded(value) if isinstance(value, Decision) else value
    try:
        name = OPEN.name_of(type(told))
        written = _codec(type(told)).write(told, writing)
    except MisreadError as error:
        raise error.told() from None
    return {IS: name, _SCHEMA: SCHEMA, VALUE: written, **writing.sections()}


def to_json(value: object) -> str:
    """`to_dict` as JSON in the one canonical form of RFC 8785: equal values have equal text.

    Raises:
        InvalidInputError: As `to_dict` does.

    Examples:
        >>> from revisit_policy import cny
        >>> to_json(cny("1800000.00"))
        '{"is":"Money","schema":1,"value":"CNY 1800000.00"}'
    """
    return json_text(to_dict(value))


@overload
def from_dict(plain: Mapping[str, Plain], kind: type[Kind], *, vocabulary: OwnClasses = (), calendars: Iterable[WorkCalendar] = ()) -> Kind: ...


@overload
def from_dict(plain: Mapping[str, Plain], *, vocabulary: OwnClasses = (), calendars: Iterable[WorkCalendar] = ()) -> Any: ...  # noqa: ANN401 - what stands there


def from_dict(plain: Mapping[str, Plain], kind: type[Any] | None = None, *, vocabulary: OwnClasses = (), calendars: Iterable[WorkCalendar] = ()) -> Any:
    """The value that `to_dict` was given.

    It is made by the constructors that everybody uses, so that a record which was changed by hand is checked like any other input. What
    is unknown, missing or wrong is refused with its path; the message says what was expected and never what stood there.

    Args:
        plain: What `to_dict` answered, or JSON that was read.
        kind: The class that it has to be of; any that can be recorded if ``None``.
        vocabulary: Classes of the bank's own that stand in it, enumerations or frozen classes of fields; or a vocabulary, policy or rulebook
            that has them, such as the one in use today.
        calendars: Calendars that stand in it by their edition alone, because they are no `NoticeCalendar`.

    Raises:
        InvalidInputError: If the record cannot be read; all that is wrong with it together.

    Examples:
        >>> from revisit_policy import Money
        >>> from_dict({"is": "Money", "schema": 1, "value": "CNY 12.50"}, Money)
        cny("12.50")
        >>> from_dict({"is": "Money", "schema": 9, "value": "CNY 12.50"})
        Traceback (most recent call last):
        revisit_policy.errors.InvalidInputError: `record.schema` must be a form that is known here (1), got `9` (int)
    """
    try:
        fields, name, reading = _opened(plain, _reading(vocabulary, calendars))
        found = _of_kind(name, kind, reading=reading)
        return _codec(found).read(fields[VALUE], reading)
    except MisreadError as error:
        raise error.told() from None


@overload
def from_json(text: str, kind: type[Kind], *, vocabulary: OwnClasses = (), calendars: Iterable[WorkCalendar] = ()) -> Kind: ...


@overload
def from_json(text: str, *, vocabulary: OwnClasses = (), calendars: Iterable[WorkCalendar] = ()) -> Any: ...  # noqa: ANN401 - what stands there


def from_json(text: str, kind: type[Any] | None = None, *, vocabulary: OwnClasses = (), calendars: Iterable[WorkCalendar] = ()) -> Any:
    """The value that `to_json` was given, read as strictly as `read_json` and `from_dict` do.

    Raises:
        InvalidValueError: If *text* is no JSON that is read exactly.
        InvalidInputError: If the record cannot be read.

    Examples:
        >>> from revisit_policy import Grade
        >>> from_json(to_json(Grade.LOSS), Grade)
        Grade.LOSS
    """
    return from_dict(read_json(text), kind, vocabulary=vocabulary, calendars=calendars)  # type: ignore[arg-type] # a type or None, as told


def _of_kind(name: str, kind: type[Any] | None, *, reading: Reading) -> type[Any]:
    """The class of this *name*, if it is the *kind* that was asked for."""
    found = OPEN.kind_of(name, reading)
    if kind is None or found is kind:
        return found
    raise MisreadError(Spot(IS, Phrase("`{name}`", "`{name}`", name=OPEN.name_of(kind)), Withheld(name)))


def _codec(kind: Any) -> Codec:  # noqa: ANN401 - a class, which a cache takes for anything
    """The codec of a value that stands by itself: a fact is whole there."""
    return whole_codec(kind) if kind is Fact else codec_of(kind)


def _reading(vocabulary: OwnClasses, calendars: Iterable[WorkCalendar]) -> Reading:
    handed = tuple(several(calendars, field="calendars", expected=_CALENDARS))
    for calendar in handed:
        checked(calendar, WorkCalendar, field="calendars", expected=_CALENDARS)
    return Reading(kinds=by_name(vocabulary), calendars={calendar.edition: calendar for calendar in handed})


def _opened(plain: Mapping[str, Plain], reading: Reading) -> tuple[dict[str, Plain], str, Reading]:
    """The fields of the record, what it is, and what it is read with."""
    given: object = plain
    fields = plain_fields(dict(given) if isinstance(given, Mapping) else given)
    _check_number(fields.get(_SCHEMA))
    spots = [Spot(name, THERE, Withheld("nothing")) for name in (IS, VALUE) if name not in fields]
    spots += [
        Spot(name, Phrase("删去，因为记录没有这个部分", "left out, because a record has no such part"), Withheld.of(fields[name]))
        for name in fields
        if name not in _PARTS
    ]
    if not spots and type(fields[IS]) is not str:
        spots.append(Spot(IS, Phrase("类的名称", "the name of a class"), Withheld.of(fields[IS])))
    if spots:
        raise MisreadError(*spots)
    named: dict[str, dict[str, Plain]] = {section: plain_fields(fields[section]) for section in SECTIONS if section in fields}
    return fields, fields[IS], attrs.evolve(reading, named=named)


_PARTS: Final = frozenset({IS, _SCHEMA, VALUE, *SECTIONS})


def _check_number(number: Plain) -> None:
    if type(number) is not int or number not in KNOWN:
        expected = Phrase("此处已知的格式编号（{known}）", "a form that is known here ({known})", known=", ".join(map(str, KNOWN)))
        raise InvalidInputError.of("record", [InvalidValueError(owner="record", field=_SCHEMA, value=number, expected=expected)])
