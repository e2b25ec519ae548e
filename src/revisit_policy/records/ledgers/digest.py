"""Digests and salts as text, and values that a message must not repeat."""

from __future__ import annotations

import re
from typing import Final

from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault, refused

_HEX: Final = re.compile("[0-9a-f]{64}", re.ASCII)
_LEAST: Final = 16
_A_DIGEST: Final = Phrase("64个十六进制字符，a至f小写", "64 hexadecimal signs, a to f in lower case")
_A_SALT: Final = Phrase(
    "至少{least}个随机字节，例如 `secrets.token_bytes(32)`", "at least {least} bytes drawn by chance, such as `secrets.token_bytes(32)`", least=_LEAST
)


def to_digest(value: str) -> str:
    """A SHA-256 digest in hexadecimal, as it came.

    Raises:
        InvalidValueError: If it is not 64 of the signs 0 to 9 and a to f.
    """
    match value:
        case str() if _HEX.fullmatch(value):
            return value
        case _:
            raise refused(value, _A_DIGEST)


def to_digests(values: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Several digests.

    Raises:
        InvalidValueError: If they are no list or tuple, or one of them is no digest.
    """
    if isinstance(values, tuple | list):
        return tuple(map(to_digest, values))
    raise refused(values, Phrase("摘要的元组", "a tuple of digests"))


def to_salt(value: bytes) -> bytes:
    """What makes a digest impossible to guess, drawn by chance by the caller.

    Raises:
        InvalidValueError: If it is not at least 16 bytes; the message does not repeat it.
    """
    match value:
        case bytes() if len(value) >= _LEAST:
            return value
        case _:
            raise fault("salt", hidden(value), _A_SALT)


def to_body(value: str) -> str:
    """Text of any length and any number of lines that can be written to a file.

    Raises:
        InvalidValueError: If it is no text, or has half of a character in it; the message does not repeat it.
    """
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise refused(hidden(value), _unwritable(value[error.start])) from None
        return value
    raise refused(hidden(value), Phrase("文本", "text"))


def hidden(value: object) -> str:
    """What a message says in place of *value*, which may be personal or secret."""
    if isinstance(value, str | bytes):
        return f"{len(value)} {'characters' if isinstance(value, str) else 'bytes'} not shown"
    return f"{type(value).__name__}, not shown"


def _unwritable(sign: str) -> Phrase:
    return Phrase("可写入文件的文本，U+{code}不可", "text that can be written, which U+{code} cannot", code=f"{ord(sign):04X}")
