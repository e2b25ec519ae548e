"""Obligations: whatever has a deadline, as a rule says it."""

from __future__ import annotations

from typing import Final, TypeAlias

import attrs

from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.obligations.obligation_kind import to_day_fact, to_member
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every, When, Within
from revisit_policy.outcomes.signal import Signal
from revisit_policy.speech.joining import headed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Labelled, Lang
from revisit_policy.values.validation import gather, gathering, refused

Since: TypeAlias = Fact | Signal | Labelled
"""A day fact, a signal (its first day), or the code of an event (the day recorded)."""

_SINCE: Final = Label("，自{since}起", ", from {since}")


def _to_when(value: When) -> When:
    if isinstance(value, Within | Between | Every | AtNextVisit):
        return value
    raise refused(value, Phrase("Within、Between、Every 或 AtNextVisit", "a Within, Between, Every or AtNextVisit"))


def _to_since(value: Since | None) -> Since | None:
    if isinstance(value, Fact):
        return to_day_fact(value)
    if value is None or isinstance(value, Signal | Labelled):
        return value
    raise refused(value, Phrase("日期类事实、Signal、事件的代码，或留空", "a fact that is a day, a Signal, the code of an event, or left out"))


def _by_kind(value: object) -> tuple[type, object]:
    """What two equal days have in common: a fact is not asked whether it is a signal."""
    return type(value), value


@attrs.frozen(field_transformer=gathering)
class Obligation:
    """Something of a *kind* that is to be done, and *when*.

    Args:
        kind: The kind of it; what holds of all of them its `ObligationKind` says.
        when: By when, counted from *since*; what recurs is counted from the last time, and from *since* while there was none.
        since: A fact that is a day; a signal, for its first day; the code of an event, for the day that is on file. ``None`` for the first
            day of the condition of the rule that says it. Where nobody recorded the day, it is counted from the day of the plan, and
            the deadline moves with every day on which the question is asked.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> from revisit_policy.outcomes.visit import VisitKind
        >>> Obligation(VisitKind.TRIGGERED, Within(working_days=3), since=Signal("arrears", level="orange")).label("en")
        'triggered visit: within 3 working days, from arrears (orange)'
    """

    kind: Labelled = attrs.field(converter=to_member)
    when: When = attrs.field(converter=_to_when)
    since: Since | None = attrs.field(default=None, kw_only=True, eq=_by_kind, converter=_to_since)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def labels(self) -> Label:
        """The obligation in the languages of its kind."""
        return Label.each(self._text, self.kind.labels)

    def _text(self, lang: Lang) -> str:
        since = "" if self.since is None else _SINCE.filled(lang, since=_text(self.since, lang))
        return headed(self.kind.label(lang), f"{self.when.label(lang)}{since}", lang)

    def label(self, lang: str = Lang.EN) -> str:
        """The obligation in words."""
        return self._text(self.kind.labels.lang(lang))


def _text(since: Since, lang: Lang) -> str:
    return since.label.text(lang) if isinstance(since, Fact) else since.label(lang)
