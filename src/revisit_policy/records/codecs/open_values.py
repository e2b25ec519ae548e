"""Open values: fields that hold a value of any kind, such as the outcome of a rule, say beside it of which kind it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final

import attrs

from revisit_policy.errors import UnknownNameError
from revisit_policy.language.fact import Fact
from revisit_policy.policy.json_text import Plain
from revisit_policy.records.codecs.codec import IS, VALUE, Codec, CodecOf, Reading, Schema, Writing
from revisit_policy.records.codecs.composites import tagged
from revisit_policy.records.codecs.leaves import LEAVES
from revisit_policy.records.codecs.misread import MisreadError, Spot, Withheld, plain_fields, wrong
from revisit_policy.speech.phrase import Phrase

#: Kinds that JSON itself tells from one another.
_BARE: Final = (bool, str)
_TUPLE: Final = "tuple"
OWN: Final = "own:"
"""What the name of a class begins with that is none of ours: whoever reads hands it over."""
_PLAIN: Final = {kind.__name__: kind for kind in LEAVES if isinstance(kind, type)}


@attrs.frozen(eq=False)
class OpenValues:
    """Values of any kind that records know.

    Args:
        kinds: Every class that is known, by the name it has in records.
        codec_of: The codec of a class.
    """

    kinds: Mapping[str, type[Any]]
    codec_of: CodecOf

    @property
    def codec(self) -> Codec:
        """The codec: text, true and false and null as they are, whole numbers too, all else as an object that says what it is."""
        return Codec(write=self.write, read=self.read, schema=_schema)

    def write(self, value: Any, writing: Writing) -> Plain:  # noqa: ANN401 - that is the point
        """What JSON holds of *value*."""
        if value is None or type(value) in _BARE:
            return value
        if type(value) is int:
            written = LEAVES[int].write(value, writing)
            return written if type(written) is int else {IS: int.__name__, VALUE: written}
        if isinstance(value, tuple):
            return {IS: _TUPLE, VALUE: [self.write(part, writing) for part in value]}
        return self.whole(value, writing)

    def whole(self, value: Any, writing: Writing) -> Plain:  # noqa: ANN401 - that is the point
        """*value* as an object that says what it is."""
        name = self.name_of(type(value))
        if attrs.has(type(value)) and not isinstance(value, Fact) and name not in _PLAIN:
            return {IS: name, **plain_fields(self.codec_of(type(value)).write(value, writing))}
        return {IS: name, VALUE: self.codec_of(type(value)).write(value, writing)}

    def name_of(self, kind: type[Any]) -> str:
        """What *kind* is called in records.

        Raises:
            MisreadError: If no value of it can be told.
        """
        found = next((name for name, known in self.kinds.items() if known is kind), None) or _PLAIN_NAMES.get(kind)
        if found is not None:
            return found
        if issubclass(kind, Enum) or attrs.has(kind):
            return f"{OWN}{kind.__name__}"
        raise MisreadError(Spot("", _WRITTEN, Withheld(f"a {kind.__name__}")))

    def read(self, plain: Plain, reading: Reading) -> Any:  # noqa: ANN401 - that is the point
        """The value again."""
        if plain is None or type(plain) in {bool, str, int}:
            return plain
        name, rest = tagged(plain)
        if name == _TUPLE:
            return tuple(self.read(part, reading) for part in self._content(rest, list))
        kind = self.kind_of(name, reading)
        if attrs.has(kind) and kind is not Fact and name not in _PLAIN:
            return self.codec_of(kind).read(rest, reading)
        try:
            return self.codec_of(kind).read(self._content(rest, object), reading)
        except MisreadError as error:
            raise error.below(VALUE) from None

    @staticmethod
    def _content(rest: dict[str, Plain], kind: type[Any]) -> Any:  # noqa: ANN401 - what JSON holds
        if set(rest) == {VALUE} and isinstance(rest[VALUE], kind):
            return rest[VALUE]
        raise wrong(rest, Phrase("由 `{is_}` 与 `{value}` 组成的对象", "an object of `{is_}` and `{value}`", is_=IS, value=VALUE))

    def kind_of(self, name: str, reading: Reading) -> type[Any]:
        """The class of this *name*: one of ours, or one that the caller adds.

        Raises:
            MisreadError: If there is none.
        """
        if name.startswith(OWN):
            found = reading.kinds.get(name.removeprefix(OWN))
            known, advice = tuple(reading.kinds), _HAND_OVER
        else:
            found, known, advice = self.kinds.get(name) or _PLAIN.get(name), tuple(self.kinds), _LATER
        if found is None:
            near = UnknownNameError(kind=_CLASS, name=name, known=known).nearest
            told = Phrase("是否想写 `{near}`？", "did you mean `{near}`?", near=near) if near else advice
            raise MisreadError(Spot(IS, Phrase("此处已知的类（{told}）", "a class that is known here ({told})", told=told), Withheld(name)))
        return found


_WRITTEN: Final = Phrase("文本、数字、日期、枚举成员或由字段组成的冻结值", "text, a number, a day, a member of an enumeration or a frozen value of fields")
_HAND_OVER: Final = Phrase("本行自有的类用 `vocabulary=` 传入", "hand the bank's own classes over with `vocabulary=`")
_LATER: Final = Phrase("以后的版本或许有", "a later version may have it")
_CLASS: Final = Phrase("类", "class")
_PLAIN_NAMES: Final = {kind: name for name, kind in _PLAIN.items()}


def _schema() -> Schema:
    kinds: Callable[[], Schema] = lambda: {"type": "object", "properties": {IS: {"type": "string"}}, "required": [IS]}  # noqa: E731 - a part
    return {"anyOf": [{"type": ["string", "boolean", "integer", "null"]}, kinds()]}
