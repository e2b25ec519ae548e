"""Notebooks of the site: each is written as Markdown with cells of Python, and run on each build into a page and a file that Jupyter opens.

The form of the file is plain JSON, so no kernel and no further package is needed; the same text gives the same bytes.
"""

import ast
import contextlib
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parent / "notebooks"
CELL = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
#: What a value is shown as, the best first: the name of what makes it, and of what it is.
SHOWN = (("_repr_svg_", "image/svg+xml"), ("_repr_html_", "text/html"))
Output = dict[str, Any]


def scrolling(picture: str) -> str:
    """A picture as a page holds it: on a telephone it is moved sideways and not made too small to read."""
    return f'<div style="overflow-x:auto"><div style="min-width:40rem">{picture}</div></div>'


@cache
def cells(name: str) -> tuple[tuple[str, str, tuple[Output, ...]], ...]:
    """The cells of a notebook in order, each with its kind, its source and what running it shows."""
    names: dict[str, Any] = {"__name__": name}
    parts = CELL.split((SOURCES / f"{name}.md").read_text(encoding="utf-8"))
    told = [("code" if at % 2 else "markdown", part.strip()) for at, part in enumerate(parts) if part.strip()]
    return tuple((kind, source, tuple(_run(source, names)) if kind == "code" else ()) for kind, source in told)


def _run(source: str, names: dict[str, Any]) -> Iterator[Output]:
    """What one cell shows: what it prints, and then its last line where that is an expression."""
    tree, printed, value = ast.parse(source), io.StringIO(), None
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own text
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307 - our own text
    if printed.getvalue():
        yield {"output_type": "stream", "name": "stdout", "text": printed.getvalue()}
    if value is not None:
        rich = {form: getattr(value, way)() for way, form in SHOWN if hasattr(value, way)}
        yield {"output_type": "execute_result", "data": {"text/plain": repr(value)} | rich, "metadata": {}}


def notebook(name: str) -> str:
    """The notebook as Jupyter reads it, with everything that it shows."""
    told, count = [], 0
    for at, (kind, source, outputs) in enumerate(cells(name)):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{at}", "metadata": {}, "source": source}
        if kind == "code":
            count += 1
            shown = [output | ({"execution_count": count} if output["output_type"] == "execute_result" else {}) for output in outputs]
            cell |= {"execution_count": count, "outputs": shown}
        told.append(cell)
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    return json.dumps({"cells": told, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1) + "\n"


def page(name: str) -> str:
    """The notebook as a page of the site."""
    parts = []
    for kind, source, outputs in cells(name):
        parts += [source if kind == "markdown" else f"```py\n{source}\n```", *(_shown(output) for output in outputs)]
    return "\n\n".join([*parts, f"{{download}}`This page as a notebook for Jupyter <{name}.ipynb>`", ""])


def _shown(output: Output) -> str:
    if output["output_type"] == "stream":
        return f"```text\n{output['text'].rstrip()}\n```"
    data = output["data"]
    for _, form in SHOWN:
        if form in data:
            return f"```{{raw}} html\n{scrolling(data[form])}\n```"
    return f"```text\n{data['text/plain']}\n```"


def _named() -> list[str]:
    return sorted(source.stem for source in SOURCES.glob("*.md"))


NOTEBOOKS: dict[str, Callable[[], str]] = {
    **{f"{name}.md": partial(page, name) for name in _named()},
    **{f"{name}.ipynb": partial(notebook, name) for name in _named()},
}
