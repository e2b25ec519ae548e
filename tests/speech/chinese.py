"""What of a Chinese message was left in English: running words that are neither code nor a value."""

from __future__ import annotations

import re

_CODE = re.compile(r"`[^`]*`|\"[^\"]*\"|'[^']*'|（\w+）")
_WORDS = re.compile(r"[a-z]{2,}(?: [a-z]+)+")


def left_in_english(text: str) -> list[str]:
    """Runs of two English words and more outside of code."""
    return _WORDS.findall(_CODE.sub("", text))
