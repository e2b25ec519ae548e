"""What people read: every enumeration member, fact and rule in the languages of whoever wrote it."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, ClassVar, Final, Self, TypeVar, cast

import attrs

from revisit_policy.errors import LANGUAGE, InvalidPolicyError, InvalidValueError, UnknownNameError
from revisit_policy.speech.lang import Lang as Lang  # noqa: PLC0414 - a language is met beside the labels that are in it
from revisit_policy.speech.lang import spelled
from revisit_policy.speech.phrase import Phrase, Spoken, slots_of, told
from revisit_policy.values.validation import fault, gather, gathering, refused, to_text

Member = TypeVar("Member", bound="Labelled")


def to_lang(value: str) -> Lang:
    """The language of a code.

    Args:
        value: ``"zh"``, ``"en"``, a `Lang`, or another common spelling of one, such as ``"zh-CN"`` or ``"en_GB.UTF-8"``.

    Raises:
        UnknownNameError: If it is anything else; traditional Chinese, ``"zh-TW"``, is no language of ours.

    Examples:
        >>> to_lang("zh-Hans-CN"), to_lang("en_US")
        (<Lang.ZH: 'zh'>, <Lang.EN: 'en'>)
    """
    if (lang := spelled(value)) is not None:
        return lang
    raise UnknownNameError(kind=LANGUAGE, name=value, known=tuple(Lang))


_SLOT: Final = Phrase("空位的内容", "part of a slot")
_TEXTS: Final = Phrase("语言代码与文本，如 {'id': 'lancar'}", "texts by the codes of their languages, such as {'id': 'lancar'}")


def lang_among(value: str, languages: Iterable[str]) -> Lang:
    """The language of a code, which has to be one of *languages*, or a `Lang` as it is.

    Raises:
        UnknownNameError: If it is none of them.

    Examples:
        >>> lang_among("en_GB", ("id", "en"))
        <Lang.EN: 'en'>
    """
    known, given = tuple(languages), cast("object", value)
    found = spelled(value)
    if found is not None and (found is value or found in known):
        return found
    if isinstance(given, str) and given in known:
        return Lang.of(given)
    raise UnknownNameError(kind=LANGUAGE, name=value, known=known)


def _marked(text: str, lang: str) -> str:
    return f"{text} [{lang}]"


def _to_said(value: str | None) -> str:
    return "" if value is None else to_text(value)  # it is filled in from another language


def _to_others(value: Mapping[str, str] | Iterable[tuple[str, str]] | None) -> tuple[tuple[str, str], ...] | None:
    """Texts by the codes of their languages, in the order of the codes; ``None`` for none."""
    if value is None:
        return None
    try:
        texts = {str(Lang.of(lang)): to_text(text) for lang, text in dict(value).items()}
    except (TypeError, ValueError):
        raise refused(value, _TEXTS) from None
    if twice := [lang for lang in texts if lang in tuple(Lang)]:
        raise refused(value, Phrase("其他语言的文本：`{lang}` 另有参数", "of other languages: `{lang}` has an argument of its own", lang=twice[0]))
    return tuple(sorted(texts.items())) or None


def _is_said(label: "Label") -> InvalidValueError | None:
    if any((label.zh, label.en, label.others)):
        return None
    return fault("en", None, Phrase("至少一种语言的文本", "a text in one language at least"))


def _has_its_slots_in_each_language(label: "Label") -> InvalidValueError | None:
    """A fault if one text has a slot that another has not: it would show braces, or leave something out, in one language alone."""
    said = [(lang, text) for lang, text in (("zh", label.zh), ("en", label.en), *(label.others or ())) if text]
    if not any("{" in text for _, text in said):
        return None
    first, usual = said[0]
    for lang, text in said[1:]:
        if missing := sorted(slots_of(usual) ^ slots_of(text)):
            slots = ", ".join(f"`{{{slot}}}`" for slot in missing)
            named = Phrase("中文", "Chinese") if first == Lang.ZH else f"`{first}`"
            return fault(lang if lang == Lang.EN else "others", text, Phrase(
                "与{first}的空位相同（不同之处：{slots}）", "with the same slots as the {first}, not {slots} in one alone", first=named, slots=slots
            ))  # fmt: skip
    return None


@attrs.frozen(field_transformer=gathering, repr=False)
class Label(Spoken):
    """One meaning in some languages, or a sentence in each with slots for its parts.

    What is not said in a language is told in English, or in the first language that there is, and marked with it.

    Args:
        zh: The Chinese text.
        en: The English text. A slot such as ``{day}`` in one is in the others too.
        others: Texts in other languages by their codes, such as ``{"id": "lancar"}``.

    Raises:
        InvalidInputError: If there is no text at all, one is empty or padded, or has a slot that another has not.

    Examples:
        >>> Label("正常", "pass").text("zh")
        '正常'
        >>> Label("{loan}：不早于{day}", "{loan}: not before {day}").filled("zh", loan="L-1", day="2026-03-02")
        'L-1：不早于2026-03-02'
        >>> Label(en="pass").text("zh"), Label(en="pass", others={"id": "lancar"}).text("id")
        ('pass [en]', 'lancar')
    """

    zh: str = attrs.field(default=None, converter=_to_said)
    en: str = attrs.field(default=None, converter=_to_said)
    others: tuple[tuple[str, str], ...] | None = attrs.field(default=None, kw_only=True, converter=_to_others)

    def __repr__(self) -> str:
        others = "" if self.others is None else f", others={dict(self.others)!r}"
        return f"Label(zh={self.zh!r}, en={self.en!r}{others})"

    def __attrs_post_init__(self) -> None:
        gather(self, _is_said, _has_its_slots_in_each_language)
        if not (self.zh and self.en):
            texts = {Lang.EN: self.en, Lang.ZH: self.zh, **dict(self.others or ())}
            known = next(_marked(text, lang) for lang, text in texts.items() if text)
            for lang in ("zh", "en"):
                object.__setattr__(self, lang, getattr(self, lang) or known)  # frozen: a text that is another's with its mark is none

    @classmethod
    def each(cls, say: Callable[[Lang], str], *parts: "Label") -> "Label":
        """What *say* says in each language that one of the *parts* has."""
        codes = dict.fromkeys(lang for part in parts for lang in part.languages)
        said = {code: say(Lang.of(code)) for code in codes}
        return cls(said.pop("zh", None), said.pop("en", None), others=said)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that it is said in: Chinese, English, then others."""
        texts = self._texts
        marks = {_marked(text, lang) for lang, text in texts.items()}
        return tuple(lang for lang, text in texts.items() if text not in marks)

    def text(self, lang: str = Lang.EN) -> str:
        """The text in one language.

        Args:
            lang: ``"zh"``, ``"en"``, the code of another language that it is said in, or a `Lang`.

        Raises:
            UnknownNameError: If *lang* is none of these.
        """
        if lang is Lang.EN:
            return self.en
        found = self._said_in(lang)
        return _marked(self._usual, self._usual_lang) if found is None else found

    def filled(self, lang: str, /, **parts: Any) -> str:  # noqa: ANN401 - a slot shows anything
        """The text in one language with its slots filled.

        Args:
            lang: As of `text`.
            parts: What stands in the slots; a label among them, or whatever else has a text in each language, is put in in *lang*.

        Raises:
            UnknownNameError: If *lang* is no language of the label, or a slot has no part.
        """
        chosen, found = self.lang(lang), self._said_in(lang)
        try:
            return (self._usual if found is None else found).format(**{name: told(part, chosen) for name, part in parts.items()})
        except KeyError as error:
            raise UnknownNameError(kind=_SLOT, name=error.args[0], known=tuple(parts)) from None

    def with_parts(self, **parts: Any) -> "Label":  # noqa: ANN401 - as above
        """The label whose slots are filled, in each language with the text of its own."""
        return Label.each(lambda lang: self.filled(lang, **parts), self, *(part for part in parts.values() if isinstance(part, Label)))

    def lang(self, lang: str) -> Lang:
        """The language of a code, which has to be Chinese, English or another that it is said in, or a `Lang` as it is.

        Raises:
            UnknownNameError: If it is none of these.
        """
        return lang_among(lang, self._texts)

    def _said_in(self, lang: str) -> str | None:
        """The text in one language; ``None`` if it has none."""
        return self._texts.get(self.lang(lang))

    @property
    def _texts(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en, **dict(self.others or ())}

    @property
    def _usual_lang(self) -> str:
        languages = self.languages
        return "en" if "en" in languages else languages[0]

    @property
    def _usual(self) -> str:
        return self.text(self._usual_lang)


def _words(name: str) -> str:
    """``CreditStanding`` as a person would say it: ``credit standing``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


class Labelled(Enum):
    """An enumeration whose members are written ``NAME = code, zh, en``, or ``NAME = code, label`` with a `Label` in any languages.

    The code is the member's value: it goes into records and comes back through `parse`. Labels are for people. A refusal calls the
    class by its own name in words, and in Chinese by what is given as ``zh``, such as ``class Method(Labelled, zh="回访方式")``.

    Raises:
        InvalidPolicyError: If two members of a class share a code; Python would silently make the second an alias.

    Examples:
        >>> class Method(Labelled):
        ...     PHONE = "phone", "电话", "phone call"
        ...     ON_SITE = "on_site", "上门", "visit on site"
        >>> Method.PHONE, Method.PHONE.value, Method.PHONE.label("zh")
        (Method.PHONE, 'phone', '电话')
        >>> Method.parse("on_site")
        Method.ON_SITE
        >>> Method.parse("onsite")
        Traceback (most recent call last):
        revisit_policy.errors.UnknownNameError: unknown method `onsite`, did you mean `on_site`?
    """

    _label: Label
    _place: int
    _called: ClassVar[Phrase]

    __hash__ = object.__hash__  # a member equals itself alone; `Enum` would hash its name, in Python, at every look-up

    def __new__(cls, code: str, zh: "str | Label | None" = None, en: str | None = None) -> Self:  # noqa: PLR0917 - a member reads in this order
        """A member: its code, then its label, or the Chinese and the English text of it."""
        member = object.__new__(cls)
        member._value_ = to_text(code)
        member._label = zh if isinstance(zh, Label) else Label(zh, en)
        member._place = len(cls.__members__)
        return member

    def __init_subclass__(cls, *, zh: str | None = None, **more: Any) -> None:  # noqa: ANN401 - passed on as it came
        super().__init_subclass__(**more)
        name = _words(cls.__name__)
        cls._called = Phrase(name if zh is None else zh, name)
        for name, member in cls.__members__.items():
            if name != member.name:
                problem = Phrase(
                    "`{name}` 与 `{member}` 的代码同为 `{member_2}`",
                    "`{name}` and `{member}` have the same code `{member_2}`",
                    name=name,
                    member=member.name,
                    member_2=member.value,
                )
                raise InvalidPolicyError(subject=cls.__name__, problem=problem)

    @classmethod
    def parse(cls, value: Self | str, *, lang: str | None = None) -> Self:
        """The member with this code, or with this label in a language; a member comes back as it is.

        Args:
            value: A member of this class or the code of one, or, if *lang* is given, its label. The Python name is neither.
            lang: The language of the label, ``"zh"`` or ``"en"``; ``None`` if *value* is a code.

        Raises:
            UnknownNameError: If no member has it, with the nearest one, or *lang* is no language of ours.
            InvalidValueError: If two members have this label.

        Examples:
            >>> class Method(Labelled):
            ...     ON_SITE = "on_site", "上门", "visit on site"
            >>> Method.parse("上门", lang="zh")
            Method.ON_SITE
        """
        if type(value) is cls:
            return value
        if lang is not None:
            return cls._labelled(value, lang)
        if isinstance(value, str) and value in cls._value2member_map_:
            return cls._value2member_map_[value]  # type: ignore[return-value] # typeshed says Enum
        raise UnknownNameError(kind=cls._called, name=value, known=tuple(member.value for member in cls))

    @classmethod
    def _labelled(cls, value: object, lang: str) -> Self:
        named = [member for member in cls if member.label(lang) == value]
        if len(named) > 1:
            raise refused(
                value,
                Phrase(
                    "代码，因为这一名称为{named}所共有",
                    "a code, because this is the label of {named}",
                    named=" and ".join(f"`{member.value}`" for member in named),
                ),
            )
        for member in named:
            return member
        raise UnknownNameError(kind=cls._called, name=value, known=tuple(member.label(lang) for member in cls))

    @property
    def labels(self) -> Label:
        """The member's name for people, in the languages that it has."""
        return self._label

    def label(self, lang: str = Lang.EN) -> str:
        """The member's name for people in one language.

        Args:
            lang: As of `Label.text`.

        Raises:
            UnknownNameError: If *lang* is no language of the label.
        """
        return self._label.text(lang)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


#: How a bound on a scale is said that what lies beyond it meets as well, unless the scale has words of its own.
AND_WORSE: Final = Label("{limit}或更差", "{limit} or worse")
AND_BETTER: Final = Label("{limit}或更好", "{limit} or better")


class OrderedLabelled(Labelled):
    """A labelled enumeration declared from mild to severe.

    Members compare by the place of their declaration, within their own class only; against anything else the
    comparison is a `TypeError`. Codes play no part: by its code NORMAL would come after LOSS.

    Examples:
        >>> class Level(OrderedLabelled):
        ...     WATCH = "watch", "关注", "watch"
        ...     ALERT = "alert", "预警", "alert"
        >>> Level.WATCH < Level.ALERT, max(Level.ALERT, Level.WATCH), Level.ALERT.severity
        (True, Level.ALERT, 1)
    """

    @property
    def severity(self) -> int:
        """The place of the member's declaration, from 0 for the mildest."""
        return self._place

    @property
    def is_last(self) -> bool:
        """Whether nothing of its class is more severe."""
        return self._place == len(type(self).__members__) - 1

    @property
    def and_worse(self) -> Label:
        """How this member and all that are more severe are said, with ``{limit}`` for its own label; a scale of another trade has other words."""
        return AND_WORSE

    @property
    def and_better(self) -> Label:
        """The same of this member and all that are milder."""
        return AND_BETTER

    @property
    def coarser(self) -> "OrderedLabelled | None":
        """The member of a coarser scale that this one lies in; ``None``, as here, if its class maps onto no other.

        A fine scale says it by a property of this name. What is then asked about a coarse member is asked about the fine ones
        that lie in it.
        """
        return None

    def __lt__(self, other: object) -> bool:
        return self._place < other._place if type(other) is type(self) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self._place <= other._place if type(other) is type(self) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self._place > other._place if type(other) is type(self) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self._place >= other._place if type(other) is type(self) else NotImplemented


def coarse_scale(members: Iterable[object]) -> "tuple[OrderedLabelled, ...]":
    """The coarse member that each of *members* lies in, in their order; empty if they map onto no coarser scale.

    What is on no ordered scale, as *unclassified* below the grades, lies in none and is passed over.

    Raises:
        InvalidPolicyError: If only some of them map, or onto several scales, or not in order: a finer grade that is more severe
            never lies in a milder coarse one.
    """
    given = tuple(each for each in members if isinstance(each, OrderedLabelled))
    found = [each.coarser for each in given]
    coarse = tuple(each for each in found if each is not None)
    if not coarse:
        return ()
    if len(coarse) < len(given) or len(set(map(type, coarse))) > 1:
        problem = Phrase(
            "各成员须都说明属于同一较粗标度的哪一成员，或都不说明", "either all members say in which member of one coarser scale they lie, or none does"
        )
        raise InvalidPolicyError(subject="scale", problem=problem)
    for fine, lower, upper in zip(given[1:], coarse, coarse[1:], strict=False):
        if upper < lower:
            raise InvalidPolicyError(subject="scale", problem=Phrase(
                "`{fine!r}` 属于 `{upper!r}`，而较轻者属于 `{lower!r}`：较细标度须按次序对应较粗标度",
                "`{fine!r}` lies in `{upper!r}`, and what is milder in `{lower!r}`: a finer scale maps onto a coarser one in order",
                fine=fine, upper=upper, lower=lower,
            ))
    return coarse


def to_member(value: Member | str, *, usual: type[Labelled], kind: type[Member]) -> Member:
    """A member of any enumeration of *kind*, or the one of the *usual* enumeration that has this code.

    Args:
        value: A member as it is, of whichever bank, or a code.
        usual: The enumeration that codes are of.
        kind: What members have to be: `Labelled`, or `OrderedLabelled` where some are more than others.

    Raises:
        UnknownNameError: If it is neither, with the nearest code.
    """
    return value if isinstance(value, kind) else cast("Member", usual.parse(value))
