"""The boundary book of the shipped rulebook: what each table says at and beside every limit, written down in text.

``python -m tests.rulebooks.boundaries`` writes the book anew. Do that when a rule has been changed on purpose, and
read the difference: each line is a case, and a line that changes is a decision that changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Final

import attrs
from tests.rulebooks.loans import RULEBOOK

from revisit_policy import Money, Obligation, Signal, Table, Verdict, cny
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.sets import Sets
from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.testing import boundary_cases
from revisit_policy.testing.strategies.fact_space import FactSpace
from revisit_policy.testing.subject import graph_of, tables_of
from revisit_policy.testing.worked.outcome_words import outcome_words

BOOK: Final = Path(__file__).parent / "boundaries"
ARROW: Final = " -> "


@attrs.frozen
class Page:
    """One table of one edition, and where its page is."""

    edition: str
    table: str

    @property
    def path(self) -> Path:
        return BOOK / f"{self.edition}.{self.table}.txt"

    def lookup(self) -> Table:
        """The table as the rulebook has it now."""
        return graph_of(RULEBOOK.edition(self.edition).policy).by_id[self.table]


def pages() -> tuple[Page, ...]:
    """A page for every table, the latest edition first; a table that editions share has one page."""
    found: dict[Table, Page] = {}
    for edition in reversed(RULEBOOK.editions):
        for table in tables_of(edition.policy):
            found.setdefault(table, Page(edition.id, table.id))
    return tuple(found.values())


def code(item: Any) -> Any:
    """An outcome in one word: a signal by its code and level, anything else by its code."""
    if isinstance(item, tuple):
        return tuple(map(code, item))
    if isinstance(item, Signal):
        return f"{item.code.value}:{item.level.value}"
    if isinstance(item, Obligation):
        return item.label("en")
    if isinstance(item, TurnaroundPart):
        return f"{item.name.en}: {item.working_days}{', if need be' if item.is_contingent else ''}"
    return item.value if isinstance(item, Enum) else item if item is None or isinstance(item, int | str) else str(item)


def said(verdict: Verdict) -> str:
    """The outcome, and what is still possible where that is more."""
    text = outcome_words(code(verdict.outcome))
    return text if verdict.is_decided else f"{text} ({verdict.status.value}: {outcome_words(code(verdict.candidates))})"


def named(table: Table, facts: dict[str, Any]) -> dict[str, Any]:
    """*facts* with outcomes of earlier tables by the words of the book, as the values that they are."""
    words = {fact.name: {code(item): item for item in fact.domain.items} for fact in table.facts if isinstance(fact.domain, Choices | Sets)}
    return {
        name: tuple(words[name][word] for word in value) if isinstance(value, tuple) else words.get(name, {}).get(value, value)
        for name, value in facts.items()
    }


def written(table: Table) -> Iterator[str]:
    """The lines of the page of *table*: the calm facts, then what differs from them in each case."""
    space = FactSpace(graph_of(table))
    calm = space.given(space.calm)
    yield _line(calm, said(table(**calm)))
    lines: dict[str, None] = {}
    for case in boundary_cases(table):
        names = dict.fromkeys((*calm, *case.facts))
        differing = {name: case.facts.get(name) for name in names if case.facts.get(name) != calm.get(name)}
        lines.setdefault(_line(differing, said(table(**case.facts))), None)
    yield from lines


def _line(facts: dict[str, Any], outcome: str) -> str:
    return f"{ {name: code(value) if not isinstance(value, Money) else value for name, value in facts.items()} !r}{ARROW}{outcome}"


def read(page: Page) -> Iterator[tuple[dict[str, Any], str]]:
    """The cases of *page*, with what is expected of each."""
    calm: dict[str, Any] = {}
    for line in page.path.read_text(encoding="utf-8").splitlines():
        facts, _, expected = line.partition(ARROW)
        given = calm | eval(facts, {"cny": cny})  # noqa: S307 - our own text, written by this module
        calm = calm or given
        yield named(page.lookup(), given), expected


def main() -> None:
    """Write the book anew."""
    BOOK.mkdir(exist_ok=True)
    for old in BOOK.glob("*.txt"):
        old.unlink()
    for page in pages():
        page.path.write_text("".join(f"{line}\n" for line in written(page.lookup())), encoding="utf-8")


if __name__ == "__main__":
    main()
