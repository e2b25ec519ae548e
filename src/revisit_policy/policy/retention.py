"""How long what was recorded has to be kept: signed beside the policy, and no part of what a decision says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from revisit_policy.errors import UnknownNameError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation, to_label
from revisit_policy.values.dates import Date, add_months, to_date
from revisit_policy.values.labels import Label, Labelled, Lang, to_lang
from revisit_policy.values.validation import checked, gather, gathering, refused, several, to_text, to_whole


class KeptSince(Labelled, zh="保留起点"):
    """The day from which a time of keeping is counted."""

    RECORDED = "recorded", "自记录之日起", "from the day of the record"
    ENDED = "ended", "自业务关系结束之日起", "from the day on which the relation ended"


def to_since(value: KeptSince | str) -> KeptSince:
    """The day itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return KeptSince.parse(value)


def to_months(value: int) -> int:
    """Months of keeping, up to a hundred years."""
    return to_whole(value, high=1200)


def to_source(value: Citation) -> Citation:
    """Where a time of keeping is from.

    Raises:
        InvalidValueError: If it is no citation.
    """
    if isinstance(value, Citation):
        return value
    raise refused(value, Phrase("Citation", "a Citation"))


_RULES: Final = Phrase("若干 Retention", "several Retentions")
_MONTHS: Final = Label("{label}：{since}至少保存{months}个月。{source}", "{label}: at least {months} months {since}. {source}")


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Retention:
    """How long one kind of thing is kept at least.

    Args:
        kind: What goes by this rule, such as ``"identity"``.
        label: The kind in words.
        months: Calendar months, the last day of which is still one of them; 0 if the day from which they are counted is the last.
        since: The day from which they are counted, or its code.
        source: Where that is from; one that says "as short as is needed" leaves the figure to the bank, which then is no regulation's.

    Raises:
        InvalidInputError: If a field is malformed.

    Examples:
        >>> house = Citation(document=("档案管理办法", "filing rules"), standing="bank_practice")
        >>> rule = Retention(kind="contact", label=("联系方式", "how to reach somebody"), months=6, since="ended", source=house)
        >>> rule.last_day(recorded_on="2026-11-23", ended_on="2030-08-31")
        Date(2031, 2, 28)
        >>> print(rule.text("en"))
        how to reach somebody: at least 6 months from the day on which the relation ended. filing rules · bank practice · not verified
    """

    kind: str = attrs.field(converter=to_text)
    label: Label = attrs.field(converter=to_label)
    months: int = attrs.field(converter=to_months)
    since: KeptSince = attrs.field(converter=to_since)
    source: Citation = attrs.field(converter=to_source)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def last_day(self, *, recorded_on: str | Date, ended_on: str | Date | None = None) -> Date | None:
        """The last day on which it has to be kept; ``None`` while nobody can tell.

        Args:
            recorded_on: The day on which it was recorded.
            ended_on: The day on which the relation with the borrower ended; ``None`` if it has not.
        """
        begins = to_date(recorded_on, field="recorded_on")
        if self.since is KeptSince.ENDED:
            if ended_on is None:
                return None
            begins = max(begins, to_date(ended_on, field="ended_on"))
        return add_months(begins, self.months)

    def text(self, lang: str = Lang.EN) -> str:
        """The rule on one line, with its source.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        lang = to_lang(lang)
        parts = {"label": self.label.text(lang), "months": self.months, "since": self.since.label(lang)}
        return _MONTHS.filled(lang, **parts, source=self.source.text(lang))


def keeping(rules: Iterable[Retention], kind: str, *, recorded_on: Date, ended_on: Date | None) -> Date | None:
    """The last day on which a thing of that kind has to be kept: of several rules about it, the one that keeps it longest.

    Args:
        rules: The rules, in any order.
        kind: The kind.
        recorded_on: The day on which it was recorded.
        ended_on: The day on which the relation ended; ``None`` if it has not.

    Returns:
        ``None`` while nobody can tell.

    Raises:
        InvalidValueError: If *rules* are none.
        UnknownNameError: If no rule is about that kind, with the nearest.
    """
    known = to_rules(rules)
    lasts = [rule.last_day(recorded_on=recorded_on, ended_on=ended_on) for rule in known if rule.kind == kind]
    if not lasts:
        raise UnknownNameError(kind=Phrase("保存种类", "kind of retention"), name=kind, known=tuple(dict.fromkeys(rule.kind for rule in known)))
    told = [last for last in lasts if last is not None]
    return max(told) if len(told) == len(lasts) else None


def to_rules(rules: Iterable[Retention]) -> tuple[Retention, ...]:
    """Rules of retention.

    Raises:
        InvalidValueError: If they are none.
    """
    given = several(rules, field="rules", expected=_RULES)
    return tuple(checked(rule, Retention, field="rules", expected=_RULES) for rule in given)
