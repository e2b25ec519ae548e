"""Classes of fields: written field by field and made anew by their own constructors, so that a record is checked as whatever is typed is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import attrs

from revisit_policy.errors import RevisitPolicyError
from revisit_policy.policy.json_text import Plain
from revisit_policy.records.codecs.codec import IS, Codec, CodecOf, Reading, Schema, Writing
from revisit_policy.records.codecs.meanings import meanings
from revisit_policy.records.codecs.misread import MisreadError, Spot, Withheld, plain_fields, refused_by
from revisit_policy.records.codecs.special import FOLLOWS
from revisit_policy.records.codecs.words import takes_words, word_codec
from revisit_policy.speech.phrase import Phrase

_NOTHING: Final = object()
THERE: Final = Phrase("存在", "there")
"""What a field has to be that is missing."""


@attrs.frozen(eq=False)
class FieldPlan:
    """One field: its name, that of its argument, its codec, and whether it is left out of the record where it is ``None``."""

    name: str
    argument: str
    codec: Codec
    is_left_out: bool


def class_codec(kind: type[Any], codec_of: CodecOf, *, name: str, hints: Mapping[str, Any], make: Callable[..., Any] | None = None) -> Codec:
    """The codec of a class of fields.

    A field that is ``None`` and would be ``None`` if it were left out is not written: a field that a later version adds changes no
    record. All others are written and have to be there, whatever their defaults are then.

    Args:
        kind: The class.
        codec_of: The codec of an annotation.
        name: What the class is called in records.
        hints: What the fields are annotated with.
        make: What makes a value of the arguments; the class itself if ``None``.
    """

    @cache
    def plans() -> tuple[FieldPlan, ...]:
        return _plans(kind, codec_of, hints=hints)

    maker = kind if make is None else make

    def read(plain: Plain, reading: Reading) -> Any:  # noqa: ANN401 - of the kind
        fields = plain_fields(plain)
        arguments = _arguments(fields, plans(), reading=reading)
        try:
            return maker(**arguments)
        except RevisitPolicyError as error:
            raise refused_by(error, plain, names=fields) from None

    return Codec(
        write=lambda value, writing: _written(kind, value, plans=plans(), writing=writing),
        read=read,
        schema=lambda: {"$ref": f"#/$defs/{name}"},
        definition=lambda: _schema(kind, plans(), name=name),
    )


def _plans(kind: type[Any], codec_of: CodecOf, *, hints: Mapping[str, Any]) -> tuple[FieldPlan, ...]:
    follows = FOLLOWS.get(kind, frozenset())
    fields = (field for field in attrs.fields(kind) if field.init and field.name not in follows)
    return tuple(FieldPlan(field.name, field.alias or field.name, _codec(field, codec_of, hint=hints[field.name]), field.default is None) for field in fields)


def _codec(field: attrs.Attribute[Any], codec_of: CodecOf, *, hint: Any) -> Codec:  # noqa: ANN401 - an annotation
    convert: Any = field.converter
    return word_codec(convert, codec_of(Any)) if takes_words(hint) and callable(convert) else codec_of(hint)


def _written(kind: type[Any], value: Any, *, plans: tuple[FieldPlan, ...], writing: Writing) -> Plain:  # noqa: ANN401 - of the kind
    """The fields of *value* by name.

    Raises:
        MisreadError: If it is of another class, or a field cannot be written.
    """
    if type(value) is not kind:
        raise MisreadError(
            Spot(
                "",
                Phrase("{kind} 本身，因为其他类增加的内容会丢失", "a {kind} itself, because what another class adds would be lost", kind=kind.__name__),
                Withheld(f"a {type(value).__name__}"),
            )
        )
    made: dict[str, Plain] = {}
    for plan in plans:
        part = getattr(value, plan.name)
        if part is None and plan.is_left_out:
            continue
        try:
            made[plan.name] = plan.codec.write(part, writing)
        except MisreadError as error:
            raise error.below(plan.name) from None
    return made


def _arguments(fields: dict[str, Plain], plans: tuple[FieldPlan, ...], *, reading: Reading) -> dict[str, Any]:
    """The arguments of a constructor, by name.

    Raises:
        MisreadError: If a field is unknown, missing or wrong; all of them together.
    """
    made: dict[str, Any] = {}
    spots: list[Spot] = []
    met = 0
    for plan in plans:
        part = fields.get(plan.name, _NOTHING)
        if part is _NOTHING:
            if not plan.is_left_out:
                spots.append(Spot(plan.name, THERE, Withheld("nothing")))
            continue
        met += 1
        try:
            made[plan.argument] = plan.codec.read(part, reading)
        except MisreadError as error:
            spots += error.below(plan.name).spots
    if met != len(fields):
        spots += _strangers(fields, plans)
    if spots:
        raise MisreadError(*spots)
    return made


def _strangers(fields: dict[str, Plain], plans: tuple[FieldPlan, ...]) -> list[Spot]:
    from difflib import get_close_matches  # noqa: PLC0415 - loaded for a message, which is rare

    known = [plan.name for plan in plans]
    found = []
    for name, plain in fields.items():
        if name not in known:
            found.append(Spot(name, _no_such_field(get_close_matches(name, known, n=1)), Withheld.of(plain)))
    return found


def _no_such_field(near: list[str]) -> Phrase:
    if not near:
        return Phrase("删去，因为没有这个字段", "left out, because there is no such field")
    return Phrase("删去，因为没有这个字段，或许是 `{near}`", "left out, because there is no such field, perhaps `{near}`", near=near[0])


def _schema(kind: type[Any], plans: tuple[FieldPlan, ...], *, name: str) -> Schema:
    of: Any = kind
    meant = meanings(of)
    properties = {plan.name: plan.codec.schema() | meant.get(plan.name, {}) for plan in plans}
    return {
        "type": "object",
        "title": kind.__name__,
        "properties": {IS: {"const": name}, **properties},
        "required": [plan.name for plan in plans if not plan.is_left_out],
        "additionalProperties": False,
    }
