"""Figures: the rows of the parameter sheet, each with its provenance."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import attrs

from revisit_policy.language.domains.choice_words import choice_text
from revisit_policy.speech.joining import clauses
from revisit_policy.values.citation import Citation
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.dates import text as day_text
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.money import Money, to_money
from revisit_policy.values.ratio import exact_ratio, percent_label
from revisit_policy.values.validation import to_whole


@attrs.frozen(kw_only=True)
class Figure:
    """One row of the parameter sheet."""

    name: str
    label: Label
    value: Any
    source: Citation

    def text(self, lang: str | Lang = "en") -> str:
        """The value as people read it.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        return _text(self.value, to_lang(lang))


def _text(value: object, lang: Lang) -> str:
    match value:
        case None:
            return Label("未启用", "off").text(lang)
        case Fraction():
            return percent_label(value).text(lang)
        case Money():
            return value.text(lang)
        case Date():
            return day_text(value, lang)
        case tuple():
            return clauses((_text(part, lang) for part in value), lang)
        case _:
            return choice_text(value, lang)


def _to_amount(value: Money) -> Money:
    return to_money(value)


def days(default: int, zh: str, en: str, source: Citation, *, low: int | None = 1) -> Any:  # noqa: ANN401, PLR0917 - a field of attrs; the columns of the sheet
    """A whole number of days, months or times, from *low*."""
    return figure(default, zh, en, source, converter=partial(to_whole, low=low))


def share(default: str, zh: str, en: str, source: Citation) -> Any:  # noqa: ANN401, PLR0917 - as above
    """An exact ratio."""
    return figure(default, zh, en, source, converter=exact_ratio)


def amount(default: Money, zh: str, en: str, source: Citation) -> Any:  # noqa: ANN401, PLR0917 - as above
    """An amount of money."""
    return figure(default, zh, en, source, converter=_to_amount)


def day(default: str, zh: str, en: str, source: Citation) -> Any:  # noqa: ANN401, PLR0917 - as above
    """A day."""
    return figure(default, zh, en, source, converter=to_date)


def figure(default: Any, zh: str, en: str, source: Citation, *, converter: Callable[[Any], Any]) -> Any:  # noqa: ANN401, PLR0917 - as above
    """A field with its label and provenance, read by *converter*."""
    return attrs.field(default=default, converter=converter, metadata={"label": Label(zh, en), "source": source})
