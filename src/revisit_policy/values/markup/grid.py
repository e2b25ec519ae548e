"""A table of texts, said once: as Markdown for a document, as HTML for a notebook."""

from collections.abc import Iterable
from html import escape
from typing import Final

import attrs

from revisit_policy.values.markup.markdown import plain, row
from revisit_policy.values.markup.outline import LEFT

#: A cell that begins with a digit and is no longer than this, such as a day, stays on one line however narrow the table is.
_SHORT: Final = 24


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _rows(values: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_texts, values))


@attrs.frozen
class Grid:
    r"""A table of plain texts; what looks like a mark in them is shown as it is.

    Args:
        columns: The headings.
        rows: The cells of each row, as many as there are headings.
        code: The places of the columns that hold code, such as the ids of rules, from 0.

    Examples:
        >>> grid = Grid(["rule", "when"], [["late", "days < 5 | 6"]], code=(0,))
        >>> print(grid.markdown())
        | rule | when |
        |---|---|
        | `late` | days < 5 \| 6 |
        >>> "<td><code>late</code>" in grid.html().replace(LEFT, ""), "days &lt; 5 | 6" in grid.html()
        (True, True)
    """

    columns: tuple[str, ...] = attrs.field(converter=_texts)
    rows: tuple[tuple[str, ...], ...] = attrs.field(converter=_rows)
    code: tuple[int, ...] = attrs.field(default=(), kw_only=True)

    def markdown(self) -> str:
        """The table as Markdown, without a line break at its end."""
        lines = [row(map(plain, self.columns)), f"|{'---|' * len(self.columns)}"]
        lines += [row(f"`{cell}`" if at in self.code and cell else plain(cell) for at, cell in enumerate(cells)) for cells in self.rows]
        return "\n".join(lines)

    def html(self) -> str:
        """The table as HTML that needs no style sheet: it takes the colours of its page and scrolls where that is narrow."""
        head = "".join(f"<th{LEFT}>{escape(column)}</th>" for column in self.columns)
        body = "".join(f"<tr>{''.join(self._cell(at, cell) for at, cell in enumerate(cells))}</tr>" for cells in self.rows)
        return f'<div style="overflow-x:auto"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'

    def _cell(self, at: int, cell: str) -> str:
        if at in self.code:
            return f"<td{LEFT}><code>{escape(cell)}</code></td>"
        nowrap = ";white-space:nowrap" if cell[:1].isdigit() and len(cell) <= _SHORT else ""
        return f'<td style="text-align:left{nowrap}">{escape(cell)}</td>'
