"""Composites: what may be missing, several of a kind, pairs, mappings, and one of several kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from revisit_policy.policy.json_text import Plain
from revisit_policy.records.codecs.codec import IS, Codec, Reading, Schema, Writing
from revisit_policy.records.codecs.misread import MisreadError, Spot, Withheld, plain_fields, wrong
from revisit_policy.speech.phrase import Phrase


def optional(inner: Codec) -> Codec:
    """A value, or null where there is none."""
    return Codec(
        write=lambda value, writing: None if value is None else inner.write(value, writing),
        read=lambda plain, reading: None if plain is None else inner.read(plain, reading),
        schema=lambda: _nullable(inner.schema()),
    )


def _nullable(schema: Schema) -> Schema:
    """*schema*, or null."""
    if isinstance(kind := schema.get("type"), str | list) and not schema.keys() & {"enum", "oneOf"}:
        return schema | {"type": [*([kind] if isinstance(kind, str) else kind), "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def listed(inner: Codec) -> Codec:
    """Any number of values, in order."""

    def read(plain: Plain, reading: Reading) -> tuple[Any, ...]:
        if type(plain) is not list:
            raise wrong(plain, Phrase("列表", "a list"))
        made: list[Any] = []
        spots: list[Spot] = []
        for at, part in enumerate(plain):
            try:
                made.append(inner.read(part, reading))
            except MisreadError as error:
                spots += error.below(f"[{at}]").spots
        if spots:
            raise MisreadError(*spots)
        return tuple(made)

    return Codec(
        write=lambda value, writing: [inner.write(part, writing) for part in value],
        read=read,
        schema=lambda: {"type": "array", "items": inner.schema()},
    )


def paired(*inner: Codec) -> Codec:
    """As many values as there are codecs, each of its own kind."""

    def read(plain: Plain, reading: Reading) -> tuple[Any, ...]:
        if type(plain) is not list or len(plain) != len(inner):
            raise wrong(plain, Phrase("含 {count} 项的列表", "a list of {count}", count=len(inner)))
        return tuple(codec.read(part, reading) for codec, part in zip(inner, plain, strict=True))

    return Codec(
        write=lambda value, writing: [codec.write(part, writing) for codec, part in zip(inner, value, strict=True)],
        read=read,
        schema=lambda: {"type": "array", "prefixItems": [codec.schema() for codec in inner], "items": False, "minItems": len(inner)},
    )


def mapped(keys: Codec, values: Codec) -> Codec:
    """Values by name; the names are written as text."""

    def read(plain: Plain, reading: Reading) -> dict[Any, Any]:
        made = {}
        for name, part in plain_fields(plain).items():
            try:
                made[keys.read(name, reading)] = values.read(part, reading)
            except MisreadError as error:
                raise error.below(name) from None
        return made

    return Codec(
        write=lambda value, writing: {keys.write(key, writing): values.write(part, writing) for key, part in value.items()},
        read=read,
        schema=lambda: {"type": "object", "additionalProperties": values.schema()},
    )


def one_of(kinds: Mapping[str, tuple[type[Any], Codec]]) -> Codec:
    """An object of one of several *kinds*, by their names; which of them stands beside ``is``."""
    names = {kind: name for name, (kind, _) in kinds.items()}

    def write(value: Any, writing: Writing) -> Plain:  # noqa: ANN401 - of one of the kinds
        name = names.get(type(value))
        if name is None:
            raise MisreadError(Spot("", Phrase("{names} 之一", "one of {names}", names=", ".join(names.values())), Withheld(f"a {type(value).__name__}")))
        return {IS: name, **kinds[name][1].write(value, writing)}

    def read(plain: Plain, reading: Reading) -> Any:  # noqa: ANN401 - of one of the kinds
        name, rest = tagged(plain)
        if name not in kinds:
            raise MisreadError(Spot(IS, Phrase("{names} 之一", "one of {names}", names=", ".join(f"`{known}`" for known in kinds)), Withheld.of(name)))
        return kinds[name][1].read(rest, reading)

    return Codec(write=write, read=read, schema=lambda: {"anyOf": [_tagged_schema(name, codec) for name, (_, codec) in kinds.items()]})


def tagged(plain: Plain) -> tuple[str, dict[str, Plain]]:
    """What an object says that it is, and the rest of it."""
    fields = plain_fields(plain)
    name = fields.get(IS)
    if type(name) is not str:
        raise MisreadError(Spot(IS, Phrase("存在，并说明这是什么", "there and say what this is"), Withheld.of(name)))
    return name, {field: part for field, part in fields.items() if field != IS}


def _tagged_schema(name: str, codec: Codec) -> Schema:
    return {**codec.schema(), "properties": {IS: {"const": name}}, "required": [IS]}


def delayed(codec: Callable[[], Codec]) -> Codec:
    """The codec that *codec* answers with when it is first needed: kinds name one another."""
    return Codec(
        write=lambda value, writing: codec().write(value, writing),
        read=lambda plain, reading: codec().read(plain, reading),
        schema=lambda: codec().schema(),
    )
