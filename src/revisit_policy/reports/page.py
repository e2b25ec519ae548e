"""A page in one language: headings with sentences and tables under them, as text, as Markdown and as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Lang
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.markup.markdown import plain
from revisit_policy.values.validation import each_by, fault, gather, gathering, to_text, to_tuple_of

#: Only what makes a table legible on paper and on a telephone; without it the page says the same.
STYLE: Final = (
    "body{max-width:60rem;margin:1rem auto;padding:0 1rem;line-height:1.5;font-family:sans-serif}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.2rem .5rem;vertical-align:top}"
    "figure{margin:0;overflow-x:auto}figure svg{min-width:40rem}li{overflow-wrap:anywhere}"
)


def _to_lines(values: Iterable[str]) -> tuple[str, ...]:
    return each_by(to_text, values, expected=Phrase("若干行文字", "lines of text"))


def _to_rows(values: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return each_by(_to_lines, values, expected=Phrase("若干行单元格", "rows of cells"))


def _to_sections(values: Iterable[Section]) -> tuple[Section, ...]:
    return to_tuple_of(Section, values)


def _to_lang(value: str) -> Lang:
    try:
        return Lang.of(value)
    except (AttributeError, TypeError, ValueError):
        expected = Phrase("语言代码，如 `zh`", "the code of a language, such as `zh`")
        raise InvalidValueError(owner="", field="", value=value, expected=expected) from None


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Section:
    """What stands under one heading: sentences, then a table, then a picture; what there is none of is left out.

    Args:
        heading: A line of text.
        lines: Sentences, one a line.
        columns: The headings of the table; none if it has no table.
        rows: The cells of each row, as many as there are headings.
        picture: SVG as the library draws it; only a page of HTML shows it. Nobody else's text belongs here: it is not escaped.

    Raises:
        InvalidInputError: If a field is malformed, or a row has more or fewer cells than there are headings.
    """

    heading: str = attrs.field(converter=to_text, kw_only=False)
    lines: tuple[str, ...] = attrs.field(default=(), converter=_to_lines)
    columns: tuple[str, ...] = attrs.field(default=(), converter=_to_lines)
    rows: tuple[tuple[str, ...], ...] = attrs.field(default=(), converter=_to_rows)
    picture: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        gather(self, _rows_fit, _picture_is_one)


def _rows_fit(section: Section) -> InvalidValueError | None:
    odd = next((row for row in section.rows if len(row) != len(section.columns)), None)
    if odd is None:
        return None
    return fault("rows", odd, Phrase("与栏数（{count}）相同的单元格", "as many cells as there are columns ({count})", count=len(section.columns)))


def _picture_is_one(section: Section) -> InvalidValueError | None:
    picture: object = section.picture
    if isinstance(picture, str) and (not picture or (picture.startswith("<svg ") and "<script" not in picture)):
        return None
    return fault("picture", picture, Phrase("SVG 文字，不含脚本", "SVG as text, without a script"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Page:
    r"""A title and sections in one language. The same page has the same bytes, whoever prints it and whenever.

    Args:
        title: A line of text.
        sections: In the order in which they are read.
        lang: The language it is in, or its code.

    Raises:
        InvalidInputError: If a field is malformed.

    Examples:
        >>> page = Page("Loan <b>", sections=[Section("Grade", lines=["normal"]), Section("Days", columns=["what", "by"], rows=[["told", "1 May"]])], lang="en")
        >>> print(page.to_text())
        Loan <b>
        <BLANKLINE>
        Grade
          normal
        <BLANKLINE>
        Days
          what | by
          told | 1 May
        <BLANKLINE>
        >>> "<h1>Loan &lt;b&gt;</h1>" in page.to_html(), page.to_markdown().startswith("# Loan \\<b>")
        (True, True)
    """

    title: str = attrs.field(converter=to_text, kw_only=False)
    sections: tuple[Section, ...] = attrs.field(converter=_to_sections)
    lang: Lang = attrs.field(converter=_to_lang)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def to_text(self) -> str:
        """The page as plain text, which ends in a line break."""
        return "\n".join([self.title, *(line for section in self.sections for line in _told(section)), ""])

    def to_markdown(self) -> str:
        """The page as Markdown; what looks like a mark in a name is shown as it is. It ends in a line break."""
        parts = [f"# {plain(self.title)}"]
        for section in self.sections:
            parts.append(f"## {plain(section.heading)}")
            if section.lines:
                parts.append("\n".join(f"* {plain(line)}" for line in section.lines))
            if section.rows:
                parts.append(Grid(section.columns, section.rows).markdown())
        return "\n\n".join(parts) + "\n"

    def to_html(self) -> str:
        """The page as a whole document of HTML: no script, nothing that is fetched, and legible without its few lines of style."""
        head = (
            '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
            f"<title>{escape(self.title)}</title><style>{STYLE}</style>"
        )
        body = "".join(_html(section) for section in self.sections)
        return f'<!doctype html>\n<html lang="{self.lang}"><head>{head}</head>\n<body><h1>{escape(self.title)}</h1>{body}</body></html>\n'

    def _repr_html_(self) -> str:
        return f'<div lang="{self.lang}"><h3>{escape(self.title)}</h3>{"".join(_html(section) for section in self.sections)}</div>'


def _told(section: Section) -> Iterator[str]:
    yield ""
    yield section.heading
    yield from (f"  {line}" for line in section.lines)
    if section.rows:
        yield from (f"  {' | '.join(row)}" for row in (section.columns, *section.rows))


def _html(section: Section) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in section.lines)
    told = f"<ul>{lines}</ul>" if lines else ""
    table = Grid(section.columns, section.rows).html() if section.rows else ""
    picture = f"<figure>{section.picture}</figure>" if section.picture else ""
    return f"\n<section><h2>{escape(section.heading)}</h2>{told}{table}{picture}</section>"
