"""The languages of the library, and how people spell them."""

import re
from enum import StrEnum
from typing import Final


class Lang(StrEnum):
    """A language of the labels; always an argument, never a setting."""

    ZH = "zh"
    EN = "en"


# The labels are in simplified Chinese: whoever asks for traditional Chinese is told so and not handed the other.
_SPELLINGS: Final = {
    Lang.ZH: re.compile(r"zh([-_](hans|cn|sg))*(\.utf-?8)?", re.ASCII | re.IGNORECASE),
    Lang.EN: re.compile(r"en([-_][a-z]{2,4})*(\.utf-?8)?", re.ASCII | re.IGNORECASE),
}


def spelled(value: object) -> Lang | None:
    """The language that goes by *value*; ``None`` if it is no language of ours.

    Examples:
        >>> spelled("zh-Hans-CN"), spelled("en_US"), spelled("zh-TW")
        (<Lang.ZH: 'zh'>, <Lang.EN: 'en'>, None)
    """
    try:
        return Lang(value)  # type: ignore[arg-type] # whatever it is: what is no language is told by the error
    except ValueError:
        pass
    if isinstance(value, str):
        for lang, spelling in _SPELLINGS.items():
            if spelling.fullmatch(value):
                return lang
    return None
