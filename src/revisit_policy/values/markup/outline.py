"""Text as HTML for a notebook: the very sentences of the text, indented lines as lists, one language at a time."""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Final

from revisit_policy.values.labels import Lang

INDENT: Final = "  "
#: Notebooks put what stands in a cell to the right.
LEFT: Final = ' style="text-align:left"'


def outline(lines: Iterable[str]) -> str:
    """*lines* as nested lists: a line is under the last one before it that is indented less, by two spaces a step.

    Examples:
        >>> outline(["a", "  b < c", "d"])
        '<ul><li>a<ul><li>b &lt; c</li></ul></li><li>d</li></ul>'
    """
    return "".join(_tags(line for line in lines if line))


def _tags(lines: Iterable[str]) -> Iterator[str]:
    depth = 0
    for line in lines:
        wanted = min((len(line) - len(line.lstrip())) // len(INDENT), depth) + 1
        if wanted > depth:
            yield "<ul>"
        else:
            yield "</li></ul>" * (depth - wanted) + "</li>"
        depth = wanted
        yield f"<li>{escape(line.strip())}"
    yield "</li></ul>" * depth


def folded(heading: str, body: str, *, lang: str = "", is_open: bool = False, title: str = "") -> str:
    """*body*, which is HTML, under a *heading*, which is text, to be opened by whoever wants to read it.

    Args:
        heading: Text of one line.
        body: HTML.
        lang: The language of both, if it is to be marked.
        is_open: Whether it is open already.
        title: What is told of it on hover.
    """
    marked = (f' lang="{lang}"' if lang else "") + (f' title="{escape(title)}"' if title else "")
    if not body:  # nothing to open
        return f"<p{marked}{LEFT}>{escape(heading)}</p>"
    return f"<details{marked}{LEFT}{' open' * is_open}><summary>{escape(heading)}</summary>{body}</details>"


def in_languages(text: Callable[[Lang], str], body: Callable[[Lang], str], *, languages: Iterable[str] | None = None) -> str:
    """The *body* of each language under the first line of its *text*; the first is open, so nothing is read twice.

    Args:
        text: The text in a language.
        body: HTML in a language.
        languages: The codes of the languages; those of the library if ``None``.
    """
    each = tuple(Lang) if languages is None else tuple(map(Lang.of, languages))
    return "".join(folded(text(lang).split("\n", 1)[0], body(lang), lang=lang, is_open=lang is each[0]) for lang in each)
