"""What a policy says beside its tables, as Markdown: of measures, of visits, and of days. It is signed as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import attrs

from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.markup import plain, row

if TYPE_CHECKING:
    from revisit_policy.decision.policy_reader import PolicyReader
    from revisit_policy.outcomes.measure_note import MeasureNote

MEASURES: Final = Label("措施说明", "What is said of each measure")
COLUMNS: Final = (Label("措施", "measure"), Label("承办", "carried out by"), Label("条件", "condition"), Label("提示", "warning"), Label("依据", "source"))
VISITS: Final = Label("回访核实清单", "What a visit finds out")
DAYS: Final = Label("期限约定", "Figures that turn outcomes into days")
FIGURE: Final = (Label("约定", "figure"), Label("数值", "value"))


def notes_markdown(policy: PolicyReader, lang: str) -> str:
    """The notes on measures, the checklists and the conventions of *policy*; a part that is empty is left out.

    Raises:
        UnknownNameError: If *lang* is no language of ours.
    """
    chosen = to_lang(lang)
    figures = ((f"`{field.name}`", str(value)) for field, value in _figures(policy))
    parts = (
        (MEASURES, [*_table(COLUMNS, (_note(note, chosen) for note in policy.measure_notes), chosen)] if policy.measure_notes else []),
        (VISITS, [*_items(policy, chosen)]),
        (DAYS, [*_table(FIGURE, figures, chosen)]),
    )
    return "\n".join(f"### {heading.text(chosen)}\n\n" + "\n".join(lines) + "\n" for heading, lines in parts if lines)


def _table(columns: tuple[Label, ...], rows: Iterable[Iterable[str]], lang: Lang) -> Iterator[str]:  # noqa: PLR0917 - private
    yield row(column.text(lang) for column in columns)
    yield f"|{'---|' * len(columns)}"
    yield from map(row, rows)


def _note(note: MeasureNote, lang: Lang) -> Iterator[str]:
    yield plain(note.measure.label(lang))
    yield "" if note.owner is None else plain(note.owner.label(lang))
    yield from ("" if text is None else plain(text.text(lang)) for text in (note.precondition, note.warning))
    yield "<br>".join(plain(source.text(lang)) for source in note.sources)


def _items(policy: PolicyReader, lang: Lang) -> Iterator[str]:
    for each in policy.checklists:
        yield f"* {plain(each.kind.label(lang))}"
        yield from (f"  * {plain(item.text(lang))}" for item in each.items)


def _figures(policy: PolicyReader) -> Iterator[tuple[attrs.Attribute[object], object]]:
    for field in attrs.fields(type(policy.conventions)):
        value = getattr(policy.conventions, field.name)
        if value is not None:
            yield field, value
