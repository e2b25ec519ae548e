"""A text in English that also knows how it reads in Chinese."""

import functools
from collections.abc import Callable, Iterable
from string import Formatter
from typing import Any, Final, Self

from revisit_policy.speech.lang import Lang

_PARSED: Final = Formatter()


class Spoken:
    """What has a text in each language: labels, phrases and refusals. Of such a thing a phrase shows the text in its own language."""

    __slots__ = ()

    def text(self, lang: str = Lang.EN) -> str:
        """The text in one language."""
        raise NotImplementedError


class Phrase(str, Spoken):
    """A text in English that also knows how it reads in Chinese.

    It *is* its English text, so that it goes wherever a text does; whoever joins it to another text by ``+`` or in an f-string has
    English only. To build upon it, put it into a slot of another phrase.

    Args:
        zh: The Chinese text, with a slot such as ``{day}`` for each part.
        en: The English text, with the same slots.
        parts: What stands in the slots. What has a text in each language, such as a `Phrase`, a `Label` or one of our errors, is put in
            in the language of the text. Without any part the texts are taken as they are, braces and all.

    Raises:
        TypeError: If the texts do not have the same slots, or parts are missing or left over: the program is wrong, not its input.

    Examples:
        >>> late = Phrase("不早于{day}", "on or after {day}", day="2026-03-02")
        >>> late, late.text("zh")
        ('on or after 2026-03-02', '不早于2026-03-02')
        >>> Phrase("{what}，且为工作日", "{what}, on a working day", what=late).text("zh")
        '不早于2026-03-02，且为工作日'
    """

    __slots__ = ("_zh",)
    _zh: str

    def __new__(cls, zh: str, en: str, /, **parts: Any) -> Self:  # noqa: ANN401 - a slot shows anything
        """The phrase with its slots filled."""
        if parts:
            check_slots((zh, en), tuple(parts))
            zh = zh.format(**{name: told(part, Lang.ZH) for name, part in parts.items()})
            en = en.format(**{name: told(part, Lang.EN) for name, part in parts.items()})
        made = super().__new__(cls, en)
        made._zh = zh
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (self._zh, str(self))

    def text(self, lang: str = Lang.EN) -> str:
        """The text in one language.

        Args:
            lang: ``"zh"`` or a `Lang`; in any other it is English.
        """
        return self._zh if lang == Lang.ZH else str(self)

    @classmethod
    def each(cls, say: Callable[[Lang], str]) -> Self:
        """What *say* says in each language, as one phrase."""
        return cls(say(Lang.ZH), say(Lang.EN))


def told(part: Any, lang: str) -> Any:  # noqa: ANN401 - whatever a slot shows
    """The text of *part* in one language, if it has one in each; else *part* itself."""
    return part.text(lang) if isinstance(part, Spoken) else part


def joined(parts: Iterable[str], how: Callable[[Iterable[str], str], str]) -> Phrase:
    """Several *parts* as one phrase, joined as *how* does it, such as `joining.listed`.

    Examples:
        >>> from revisit_policy.speech.joining import clauses
        >>> joined([Phrase("甲", "a"), Phrase("乙", "b")], clauses).text("zh")
        '甲；乙'
    """
    known = tuple(parts)
    return Phrase.each(lambda lang: how([told(part, lang) for part in known], lang))


@functools.lru_cache(maxsize=2**10)
def slots_of(text: str) -> frozenset[str]:
    """The names of the slots of a text; none if its braces are no slots.

    Examples:
        >>> sorted(slots_of("from {low} to {high:,}")), sorted(slots_of("a brace { alone"))
        (['high', 'low'], [])
    """
    try:
        return frozenset(name for _, name, _, _ in _PARSED.parse(text) if name and name.isidentifier())
    except ValueError:
        return frozenset()


@functools.lru_cache(maxsize=2**10)
def check_slots(texts: tuple[str, ...], parts: tuple[str, ...]) -> None:
    """Refuse *texts* of one meaning that do not all have exactly the slots that *parts* fill.

    Raises:
        TypeError: If one has others.
    """
    for text in texts:
        if slots_of(text) != frozenset(parts):
            problem = f"`{text}` has the slots {sorted(slots_of(text))}, and what is given fills {sorted(parts)}"
            raise TypeError(problem)
