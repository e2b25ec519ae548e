"""Re-planning: what a new edition changed for a loan, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import attrs

from revisit_policy.language.words.wording import outcome_text
from revisit_policy.values.citation import Citation
from revisit_policy.values.dates import Date, text
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import gather, gathering, to_text, to_texts

HEADING: Final = Label("改按{after}重新安排，此前按{before}", "re-planned under {after}, before that under {before}")
NAMED: Final = Label("{label}（{id}）", "{label} ({id})")
CHANGED: Final = Label("{what}：{before} → {after}", "{what}: {before} → {after}")
UNCHANGED: Final = Label("分类、信号、间隔与下次回访均不变", "grade, signals, interval and next visit stay as they were")
NO_VISIT: Final = Label("无须回访", "no visit")
NEXT_VISIT: Final = Label("下次回访截止日", "next visit closes")


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Change:
    """One thing that differs: *what*, *before* and *after*, and the rules that now make it so.

    A day is ``None`` where there is no visit, an outcome where nothing is established or an edition has no such table.
    """

    what: Label
    before: Any
    after: Any
    rules: tuple[str, ...] = attrs.field(converter=to_texts)

    def __attrs_post_init__(self) -> None:
        gather(self)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Replan:
    """What the change from one edition to the next did to one loan on one day.

    Args:
        before: The id of the edition that held when the loan was last visited.
        after: The id of the edition that holds now.
        labels: What the two are called.
        changes: What differs between the decisions under the two, empty if nothing does.
        source: The regulation that brought the new edition.
        digest_before: The digest of the policy of the edition *before*; ``None`` if nobody said.
    """

    before: str = attrs.field(converter=to_text)
    after: str = attrs.field(converter=to_text)
    labels: tuple[Label, Label]
    changes: tuple[Change, ...]
    source: Citation
    digest_before: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))

    def __attrs_post_init__(self) -> None:
        gather(self)

    def explain(self, lang: str | Lang = "en") -> str:
        """The change in words."""
        chosen = to_lang(lang)
        before, after = (named(label, edition, chosen) for label, edition in zip(self.labels, (self.before, self.after), strict=True))
        return "\n".join(self.told(chosen, before=before, after=after, numbered=_in_brackets))

    def told(self, chosen: Lang, *, before: str, after: str, numbered: Callable[[Iterable[str]], str]) -> list[str]:
        """The change line by line, the editions and the rules as they are called there."""
        lines = [HEADING.filled(chosen, before=before, after=after)]
        for change in self.changes:
            old, new = (_text(value, chosen, what=change.what) for value in (change.before, change.after))
            changed = CHANGED.filled(chosen, what=change.what.text(chosen), before=old, after=new)
            lines.append(f"  {changed}" + (f" {numbered(change.rules)}" if change.rules else ""))
        if not self.changes:
            lines.append(f"  {UNCHANGED.filled(chosen)}")
        return [*lines, f"  {self.source.text(chosen)}"]


def _in_brackets(rule_ids: Iterable[str]) -> str:
    return f"[{', '.join(rule_ids)}]"


def named(label: Label, edition: str, lang: Lang) -> str:  # noqa: PLR0917 - what it is called, what it is, in which language
    """An edition by its label and its id."""
    return NAMED.filled(lang, label=label.text(lang), id=edition)


def _text(value: object, lang: Lang, *, what: Label) -> str:
    match value:
        case None if what == NEXT_VISIT:
            return NO_VISIT.filled(lang)
        case Date():
            return text(value, lang)
        case _:
            return outcome_text(value, lang)
