"""The blocks of Python that a page shows: plain code, to be copied and run, with what a session says of it in comments behind ``#>``."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from doctest import ELLIPSIS, DocTestParser, Example

import attrs
from sybil import Document, Region
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.parsers.myst import CodeBlockParser

MARK = "#>"
_RAISED = DocTestParser._EXCEPTION_RE  # type: ignore[attr-defined] # how a session shows an error is told there alone


@attrs.frozen
class Shown:
    """A statement of a block, and what is said of it.

    Args:
        first: Its first line, from 0.
        last: The line after what is said of it.
        example: Both, as doctest compares them.
    """

    first: int
    last: int
    example: Example


def shown_code(source: str) -> Iterator[Shown]:
    """Every statement of a block with what stands behind ``#>`` below it; one below which nothing stands must say nothing."""
    lines = source.split("\n")
    for first, last in _statements(source):
        end = last
        while end < len(lines) and lines[end].startswith(MARK):
            end += 1
        said = "".join(f"{line.removeprefix(MARK)[1:] or '<BLANKLINE>'}\n" for line in lines[last:end])
        raised = _RAISED.match(said)
        yield Shown(first, end, Example("\n".join(lines[first:last]), said, raised.group("msg") if raised else None, lineno=first))


def _statements(source: str) -> Iterator[tuple[int, int]]:
    """The first line of every statement, from 0, and the line after it; those that share a line are one."""
    last = 0
    for node in ast.parse(source).body:
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))]) - 1
        if first >= last:
            last = node.end_lineno or node.lineno
            yield first, last


class ShownCodeParser:
    """Finds the blocks of a page, and makes a test of each statement."""

    def __init__(self) -> None:
        self._blocks = CodeBlockParser("python", lambda _: None)
        self._evaluator = DocTestEvaluator(ELLIPSIS)

    def __call__(self, document: Document) -> Iterable[Region]:
        """A region for every statement of every block."""
        for block in self._blocks(document):
            source = block.parsed
            starts = [0, *(at + 1 for at, sign in enumerate(source) if sign == "\n"), len(source)]
            for shown in shown_code(source):
                region = Region(starts[shown.first], starts[min(shown.last, len(starts) - 1)], shown.example, self._evaluator)
                region.adjust(block, source)
                yield region
