"""Words: fields that take a member of any labelled enumeration, or the code of one of ours."""

from __future__ import annotations

import typing
from collections.abc import Callable
from enum import Enum
from typing import Any

from revisit_policy.errors import RevisitPolicyError
from revisit_policy.language.domains.choice_words import choice_code
from revisit_policy.policy.json_text import Plain
from revisit_policy.records.codecs.codec import Codec, Reading, Writing
from revisit_policy.records.codecs.misread import refused_by
from revisit_policy.values.validation import Fault


def takes_words(hint: Any) -> bool:  # noqa: ANN401 - an annotation
    """Whether a field that is annotated with *hint* takes members of enumerations that bring their own."""
    return any(isinstance(kind, type) and issubclass(kind, Enum) and not len(kind) for kind in typing.get_args(hint) or (hint,))


def word_codec(convert: Callable[[Any], Any], whole: Codec) -> Codec:
    """The codec of a field whose converter is *convert*: its code where that is one of ours, else, by *whole*, what it is and its code.

    Args:
        convert: Takes a member, or the code of one of ours; a fault that it keeps is a refusal.
        whole: The codec of values of any kind.
    """

    def meant(code: str) -> Any:  # noqa: ANN401 - a member, or a fault
        try:
            return convert(code)
        except RevisitPolicyError as error:
            return Fault(code, error)

    def write(value: Any, writing: Writing) -> Plain:  # noqa: ANN401 - a member, or None
        if isinstance(value, Enum) and meant(code := choice_code(value)) is value:
            return code
        return whole.write(value, writing)

    def read(plain: Plain, reading: Reading) -> Any:  # noqa: ANN401 - a member, or None
        if type(plain) is not str:
            return whole.read(plain, reading)
        found = meant(plain)
        if isinstance(found, Fault):
            raise refused_by(found.error, plain)
        return found

    return Codec(write=write, read=read, schema=whole.schema)
