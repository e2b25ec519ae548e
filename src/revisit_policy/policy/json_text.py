"""JSON as RFC 8785 has it, for what we write: text, true and false, ``None``, whole numbers, lists, and mappings with ASCII names.

Days, decimals and amounts are text there, so that no reader rounds them. Of these values the standard library writes the canonical
form when it is asked for no space and names in order; what it would write otherwise, a float or a name beyond ASCII, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NoReturn, TypeAlias

from revisit_policy.errors import InvalidValueError

Plain: TypeAlias = Any
"""What JSON can hold: text, true and false, ``None``, whole numbers up to `LARGEST_WHOLE`, lists and mappings of it."""

LARGEST_WHOLE: Final = 2**53 - 1
"""The largest whole number, of either sign, that every reader of JSON holds exactly."""

_HALF: Final = re.compile("[\ud800-\udfff]")
_WRITTEN_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")


def json_text(plain: Plain) -> str:
    """The canonical text of *plain*: the same value has the same text, everywhere and in every year.

    Args:
        plain: What JSON can hold; tuples are lists.

    Raises:
        InvalidValueError: If a part is anything else, such as a float, a number beyond `LARGEST_WHOLE`, half of a character, or
            a name that is not ASCII.

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
            if type(name) is not str or not name.isascii():
                raise _refused(name, "a name of ASCII letters")
            _refuse_odd(part)
    elif (expected := _odd(kind, plain)) is not None:
        raise _refused(plain, expected)


def _odd(kind: type[Any], plain: Plain) -> str | None:
    """What a value without parts would have to be; ``None`` if JSON holds it."""
    if kind is str:
        return "text of whole characters, without half of a pair of surrogates" if _HALF.search(plain) else None
    if kind is int:
        return None if abs(plain) <= LARGEST_WHOLE else f"a whole number up to {LARGEST_WHOLE}, which JSON holds exactly"
    return None if plain is None or kind is bool else "what JSON holds exactly: text, whole numbers, true, false, null, lists and mappings"


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
        raise _refused(type(given).__name__, "JSON as text")
    try:
        plain = loads(text, object_pairs_hook=_once, parse_float=_inexact, parse_constant=_inexact, parse_int=_whole)
    except InvalidValueError:
        raise
    except (ValueError, RecursionError) as error:
        place = getattr(error, "pos", None)
        raise _refused("what is no JSON" if place is None else f"a fault at sign {place}", "JSON") from None
    if _HALF.search(text) or (_WRITTEN_HALF.search(text) and _has_half(plain)):
        raise _refused("half of a pair of surrogates", "JSON of whole characters")
    return plain


def _once(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _refused(twice, "JSON with each name once in an object")
    return made


def _inexact(digits: str) -> NoReturn:
    raise _refused(digits, f"JSON whose numbers are whole; decimals are text, such as {chr(34)}0.0335{chr(34)}")


def _whole(digits: str) -> int:
    if len(digits) <= len(str(-LARGEST_WHOLE)) and abs(value := int(digits)) <= LARGEST_WHOLE:
        return value
    raise _refused(digits, f"JSON with numbers up to {LARGEST_WHOLE}, which it holds exactly")


def _has_half(plain: Plain) -> bool:
    if isinstance(plain, str):
        return _HALF.search(plain) is not None
    if isinstance(plain, list):
        return any(map(_has_half, plain))
    return isinstance(plain, dict) and any(_has_half(part) for pair in plain.items() for part in pair)


def _refused(value: object, expected: str) -> InvalidValueError:
    return InvalidValueError(owner="", field="text", value=value, expected=expected)
