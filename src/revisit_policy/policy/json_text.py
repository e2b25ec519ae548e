"""JSON as RFC 8785 has it, for what we write: text, true and false, ``None``, whole numbers, lists, and mappings.

Days, decimals and amounts are text there, so that no reader rounds them. Of these values the standard library writes the canonical
form when it is asked for no space and names in order; what it would write otherwise, a float or a name with a rare character, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NoReturn, TypeAlias

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase

Plain: TypeAlias = Any
"""What JSON can hold: text, true and false, ``None``, whole numbers up to `LARGEST_WHOLE`, lists and mappings of it."""

LARGEST_WHOLE: Final = 2**53 - 1
"""The largest whole number, of either sign, that every reader of JSON holds exactly."""

_FAR: Final = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
_HALF: Final = re.compile("[\ud800-\udfff]")
_WRITTEN_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")


def json_text(plain: Plain) -> str:
    """The canonical text of *plain*: the same value has the same text, everywhere and in every year.

    Args:
        plain: What JSON can hold; tuples are lists.

    Raises:
        InvalidValueError: If a part is anything else, such as a float, a number beyond `LARGEST_WHOLE`, half of a character, or
            a name with a character beyond U+FFFF.

    Examples:
        >>> json_text({"b": 1, "a": ["正常", None, True]})
        '{"a":["正常",null,true],"b":1}'
    """
    _refuse_odd(plain)
    return written(plain)


def written(plain: Plain) -> str:
    """The text of *plain*, of which it is known that JSON holds it exactly."""
    from json import dumps  # noqa: PLC0415 - the first decision loads it, no import of ours

    return dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def _refuse_odd(plain: Plain) -> None:
    """Refuses what JSON does not hold exactly, wherever in *plain* it stands."""
    kind = type(plain)
    if kind is list or kind is tuple:
        for part in plain:
            _refuse_odd(part)
    elif isinstance(plain, Mapping):
        for name, part in plain.items():
            if type(name) is not str or _FAR.search(name):
                raise _refused(name, Phrase("由 U+FFFF 以内的完整字符组成的名称", "a name of whole characters up to U+FFFF"))
            _refuse_odd(part)
    elif (expected := _odd(kind, plain)) is not None:
        raise _refused(plain, expected)


_WHOLE_CHARACTERS: Final = Phrase("由完整字符组成的文本，不含半个代理对", "text of whole characters, without half of a pair of surrogates")
_UP_TO: Final = Phrase("不超过 {largest} 的整数（JSON 可精确表示）", "a whole number up to {largest}, which JSON holds exactly", largest=LARGEST_WHOLE)
_PLAIN: Final = Phrase(
    "JSON 可精确表示之物：文本、整数、true、false、null、列表与映射",
    "what JSON holds exactly: text, whole numbers, true, false, null, lists and mappings",
)


def _odd(kind: type[Any], plain: Plain) -> str | None:
    """What a value without parts would have to be; ``None`` if JSON holds it."""
    if kind is str:
        return _WHOLE_CHARACTERS if _HALF.search(plain) else None
    if kind is int:
        return None if abs(plain) <= LARGEST_WHOLE else _UP_TO
    return None if plain is None or kind is bool else _PLAIN


def read_json(text: str) -> Plain:
    """What *text* holds, read strictly: nothing is rounded, and nothing that is written twice is dropped.

    Args:
        text: JSON; it need not be in the canonical form.

    Raises:
        InvalidValueError: If it is no JSON, a name stands twice in one object, a number is no whole one up to `LARGEST_WHOLE`, or
            there is half of a character in it. Of the content the message repeats names alone.

    Examples:
        >>> read_json('{"a": [1, null]}')
        {'a': [1, None]}
        >>> read_json('{"a": 1, "a": 2}')
        Traceback (most recent call last):
        revisit_policy.errors.InvalidValueError: `text` must be JSON with each name once in an object, got `'a'`
    """
    from json import loads  # noqa: PLC0415 - the first record loads it, no import of ours

    given: object = text
    if not isinstance(given, str):
        raise _refused(type(given).__name__, Phrase("文本形式的 JSON", "JSON as text"))
    try:
        plain = loads(text, object_pairs_hook=_once, parse_float=_inexact, parse_constant=_inexact, parse_int=_whole)
    except InvalidValueError:
        raise
    except (ValueError, RecursionError) as error:
        place = getattr(error, "pos", None)
        raise _refused("what is no JSON" if place is None else f"a fault at sign {place}", Phrase("JSON", "JSON")) from None
    if _HALF.search(text) or (_WRITTEN_HALF.search(text) and _has_half(plain)):
        raise _refused("half of a pair of surrogates", Phrase("由完整字符组成的 JSON", "JSON of whole characters"))
    return plain


def _once(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _refused(twice, Phrase("对象中名称不重复的 JSON", "JSON with each name once in an object"))
    return made


def _inexact(digits: str) -> NoReturn:
    raise _refused(
        digits,
        Phrase(
            "数字均为整数的 JSON；小数以文本表示，如 {chr}0.0335{chr}", "JSON whose numbers are whole; decimals are text, such as {chr}0.0335{chr}", chr=chr(34)
        ),
    )


def _whole(digits: str) -> int:
    if len(digits) <= len(str(-LARGEST_WHOLE)) and abs(value := int(digits)) <= LARGEST_WHOLE:
        return value
    raise _refused(
        digits,
        Phrase(
            "数字不超过 {largest_whole} 的 JSON（可精确表示）", "JSON with numbers up to {largest_whole}, which it holds exactly", largest_whole=LARGEST_WHOLE
        ),
    )


def _has_half(plain: Plain) -> bool:
    if isinstance(plain, str):
        return _HALF.search(plain) is not None
    if isinstance(plain, list):
        return any(map(_has_half, plain))
    return isinstance(plain, dict) and any(_has_half(part) for pair in plain.items() for part in pair)


def _refused(value: object, expected: str) -> InvalidValueError:
    return InvalidValueError(owner="", field="text", value=value, expected=expected)
