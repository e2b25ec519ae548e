"""The languages of the library, and how people spell them."""

import re
from enum import StrEnum
from typing import Any, Final

_CODE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII)


class Lang(StrEnum):
    """A language of the labels; always an argument, never a setting.

    Its members are those in which the library has words of its own. `Lang.of` is any other, in which a bank may have labels: whatever
    has none in it is told in English, or in what there is, and marked with the language it is in.
    """

    ZH = "zh"
    EN = "en"

    @classmethod
    def of(cls, code: str) -> "Lang":
        """The language of a *code*, such as ``"id"`` or ``"pt-BR"``.

        Raises:
            ValueError: If it cannot be the code of a language.

        Examples:
            >>> Lang.of("zh") is Lang.ZH, Lang.of("id") == "id", list(Lang)
            (True, True, [<Lang.ZH: 'zh'>, <Lang.EN: 'en'>])
        """
        if isinstance(code, cls):
            return code
        known = spelled(code)
        if known is not None:
            return known
        given: object = code
        plain = code.replace("_", "-").lower() if isinstance(given, str) else ""
        if not _CODE.fullmatch(plain):
            problem = f"{code!r} is no code of a language"
            raise ValueError(problem)
        other = str.__new__(cls, plain)  # no member: those are the languages of the library
        other._name_, other._value_ = plain.replace("-", "_").upper(), plain
        return other

    def __reduce_ex__(self, proto: object) -> tuple[Any, ...]:  # by its code: what is no member is not found among them
        return Lang.of, (str(self),)


# The labels of ours are in simplified Chinese: whoever asks for traditional Chinese is told so and not handed the other.
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
    if isinstance(value, Lang):
        return value
    if isinstance(value, str):
        for lang, spelling in _SPELLINGS.items():
            if spelling.fullmatch(value):
                return lang
    return None
