"""What a policy says beside its tables, as Markdown: of measures, of visits, and of days. It is signed as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import attrs

from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.speech.joining import clauses
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.markup.markdown import plain
from revisit_policy.values.markup.outline import INDENT, folded, outline

if TYPE_CHECKING:
    from revisit_policy.decision.policy_reader import PolicyReader

MEASURES: Final = Label("措施说明", "What is said of each measure")
COLUMNS: Final = (Label("措施", "measure"), Label("承办", "carried out by"), Label("条件", "condition"), Label("提示", "warning"), Label("依据", "source"))
VISITS: Final = Label("回访核实清单", "What a visit finds out")
DOCUMENTS: Final = Label("携带或查阅：{documents}", "bring or ask to see: {documents}")
SKILL: Final = Label("需要：{skill}", "needs: {skill}")
DAYS: Final = Label("期限约定", "Figures that turn outcomes into days")
FIGURE: Final = (Label("约定", "figure"), Label("数值", "value"))


def notes_markdown(policy: PolicyReader, lang: str) -> str:
    """The notes on measures, the checklists and the conventions of *policy*; a part that is empty is left out.

    Raises:
        UnknownNameError: If *lang* is no language of the policy.
    """
    chosen = policy.vocabulary.lang(lang)
    parts = [
        (MEASURES, _measures(policy, chosen).markdown() if _noted(policy) else ""),
        (VISITS, "\n".join(re.sub(r"^( *)(.*)$", lambda line: f"{line[1]}* {plain(line[2])}", line) for line in _items(policy, chosen))),
        (DAYS, _days(policy, chosen).markdown()),
    ]
    return "\n".join(f"### {heading.filled(chosen)}\n\n{body}\n" for heading, body in parts if body)


def notes_html(policy: PolicyReader, lang: Lang) -> str:
    """What `notes_markdown` says, as HTML that needs no style sheet; each part is folded."""
    parts = [
        (MEASURES, _measures(policy, lang).html() if _noted(policy) else ""),
        (VISITS, outline(_items(policy, lang))),
        (DAYS, _days(policy, lang).html()),
    ]
    return "".join(folded(heading.filled(lang), body) for heading, body in parts if body)


def _noted(policy: PolicyReader) -> list[MeasureNote]:
    """The notes that say something, by their measures' codes."""
    return sorted((note for note in policy.vocabulary.measures if note != MeasureNote(note.measure)), key=lambda note: str(note.measure.value))


def _measures(policy: PolicyReader, lang: Lang) -> Grid:
    return Grid([column.filled(lang) for column in COLUMNS], [_note(note, lang) for note in _noted(policy)])


def _days(policy: PolicyReader, lang: Lang) -> Grid:
    return Grid([column.filled(lang) for column in FIGURE], [*((field.name, str(value)) for field, value in _figures(policy)), *_act_within(policy)], code=(0,))


def _act_within(policy: PolicyReader) -> Iterator[tuple[str, str]]:
    yield from ((f"act_within.{level.value}", str(days)) for level, days in policy.vocabulary.act_within or ())


def _note(note: MeasureNote, lang: Lang) -> Iterator[str]:
    yield note.measure.label(lang)
    yield "" if note.owner is None else note.owner.label(lang)
    yield from ("" if text is None else text.text(lang) for text in (note.precondition, note.warning))
    yield clauses((source.text(lang) for source in note.sources), lang)


def _items(policy: PolicyReader, lang: Lang) -> Iterator[str]:
    for each in policy.vocabulary.checklists:
        yield each.kind.label(lang)
        yield from (f"{INDENT}{item.text(lang)}" for item in each.items)
        if each.documents:
            yield INDENT + DOCUMENTS.filled(lang, documents=clauses((document.text(lang) for document in each.documents), lang))
        if each.skill is not None:
            yield INDENT + SKILL.filled(lang, skill=each.skill.text(lang))


def _figures(policy: PolicyReader) -> Iterator[tuple[attrs.Attribute[object], object]]:
    for field in attrs.fields(type(policy.conventions)):
        value = getattr(policy.conventions, field.name)
        if value is not None:
            yield field, value
