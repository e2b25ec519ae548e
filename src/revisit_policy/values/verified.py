"""What of a statement was compared with its source: the figure, the number of the article, the wording."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from revisit_policy.speech.joining import listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Labelled, Lang, to_lang
from revisit_policy.values.validation import refused


class Verified(Labelled, zh="核对内容"):
    """One thing that somebody held against the text; who has read a report of it has seen the figure and not the wording."""

    FIGURE = "figure", "数值", "figure"
    ARTICLE = "article", "条文号", "article"
    WORDING = "wording", "文字", "wording"


VerifiedInput: TypeAlias = bool | str | Verified | Iterable["Verified | str"]
"""What was compared: several of them, one, or their codes. True is the figure alone, False is nothing."""

_EXPECTED: Final = Phrase(
    "真假值，或 `figure`、`article`、`wording` 之若干", "true, false, or some of `figure`, `article` and `wording`"
)


def to_verified(value: VerifiedInput) -> tuple[Verified, ...]:
    """What was compared, each once and in the order of the class.

    Raises:
        UnknownNameError: If one of them is nothing that can be compared.
        InvalidValueError: If *value* is neither true, false nor some of them.
    """
    if type(value) is bool:
        return (Verified.FIGURE,) if value else ()
    if isinstance(value, str | Verified):
        return (Verified.parse(value),)
    if not isinstance(value, Iterable):
        raise refused(value, _EXPECTED)
    given = {Verified.parse(each) for each in value}
    return tuple(each for each in Verified if each in given)


def verified_text(verified: tuple[Verified, ...], lang: str | Lang) -> str:
    """What was compared as people read it.

    Raises:
        UnknownNameError: If *lang* is no language of ours.
    """
    chosen = to_lang(lang)
    if not verified:
        return _NOTHING.filled(chosen)
    return _SOMETHING.filled(chosen, what=listed((each.labels.filled(chosen) for each in verified), chosen))


_NOTHING: Final = Label("未核对", "not verified")
_SOMETHING: Final = Label("已核对{what}", "{what} verified")
