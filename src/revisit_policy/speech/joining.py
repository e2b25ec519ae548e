"""How several texts become one, in each language: lists, clauses, headings and brackets."""

from collections.abc import Iterable

from revisit_policy.speech.lang import Lang


def listed(items: Iterable[str], lang: str = Lang.EN) -> str:
    """The *items* one after the other, ``a, b, c``; in Chinese parted by 顿号.

    Examples:
        >>> listed(["a", "b", "c"]), listed(["甲", "乙"], "zh")
        ('a, b, c', '甲、乙')
    """
    return ("、" if lang == Lang.ZH else ", ").join(items)


def all_of(items: Iterable[str], lang: str = Lang.EN) -> str:
    """The *items* as a sentence has them, the last one behind "and".

    Examples:
        >>> all_of(["a", "b", "c"]), all_of(["a"]), all_of(["甲", "乙", "丙"], "zh")
        ('a, b and c', 'a', '甲、乙和丙')
    """
    return _with_last(items, "和", " and ", lang)


def one_of(items: Iterable[str], lang: str = Lang.EN) -> str:
    """The *items* as a sentence has them, the last one behind "or".

    Examples:
        >>> one_of(["a", "b", "c"]), one_of(["甲", "乙"], "zh")
        ('a, b or c', '甲或乙')
    """
    return _with_last(items, "或", " or ", lang)


def _with_last(items: Iterable[str], zh: str, en: str, lang: str) -> str:  # noqa: PLR0917 - read in this order
    *most, last = tuple(items) or ("",)
    return f"{listed(most, lang)}{zh if lang == Lang.ZH else en}{last}" if most else last


def clauses(sentences: Iterable[str], lang: str = Lang.EN) -> str:
    """Several *sentences* in one, parted by semicolons.

    Examples:
        >>> clauses(["nothing is due", "one visit is late"]), clauses(["甲", "乙"], "zh")
        ('nothing is due; one visit is late', '甲；乙')
    """
    return ("；" if lang == Lang.ZH else "; ").join(sentences)


def sentences(told: Iterable[str], lang: str = Lang.EN) -> str:
    """Whole sentences, each with its stop, one behind the other: Chinese has no space between them."""
    return ("" if lang == Lang.ZH else " ").join(told)


def headed(heading: str, text: str, lang: str = Lang.EN) -> str:  # noqa: PLR0917 - read in this order
    """A *heading*, a colon, and the *text* under it.

    Examples:
        >>> headed("grade", "loss"), headed("分类", "损失", "zh")
        ('grade: loss', '分类：损失')
    """
    return f"{heading}{'：' if lang == Lang.ZH else ': '}{text}"


def bracketed(text: str, lang: str = Lang.EN) -> str:
    """The *text* in brackets.

    Examples:
        >>> bracketed("since 2026"), bracketed("自2026年起", "zh")
        ('(since 2026)', '（自2026年起）')
    """
    return f"（{text}）" if lang == Lang.ZH else f"({text})"


def aside(text: str, note: str, lang: str = Lang.EN) -> str:  # noqa: PLR0917 - read in this order
    """The *text* and a *note* in brackets behind it.

    Examples:
        >>> aside("grade", "loss"), aside("分类", "损失", "zh")
        ('grade (loss)', '分类（损失）')
    """
    return f"{text}{'' if lang == Lang.ZH else ' '}{bracketed(note, lang)}"
