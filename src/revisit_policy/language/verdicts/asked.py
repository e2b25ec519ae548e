"""What can be asked: a table, decision tables in a graph, whatever holds such a graph, and editions of it.

A bound table, a policy and a rulebook are of higher rooms. They are known here by what they have, and so is whatever else has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeAlias, runtime_checkable

from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph


@runtime_checkable
class HasGraph(Protocol):
    """What is decided by one graph, such as a policy or one table of it."""

    @property
    def graph(self) -> DecisionGraph:
        """All that it rests on."""
        ...


class HasPolicy(Protocol):
    """One edition of what is asked."""

    @property
    def id(self) -> str:
        """Its name."""
        ...

    @property
    def policy(self) -> HasGraph:
        """What holds under it."""
        ...


@runtime_checkable
class HasEditions(Protocol):
    """What is one thing at one time and another later, such as a rulebook."""

    @property
    def editions(self) -> Iterable[HasPolicy]:
        """The editions, in order of time."""
        ...


Askable: TypeAlias = Table | DecisionGraph | HasGraph | HasEditions


def graph_in(asked: object) -> DecisionGraph | None:
    """The one graph of what is *asked*; ``None`` if it has none, or several as a rulebook does.

    A table on its own is asked with the outcomes of earlier tables given like facts; one in its policy, ``policy.grade``, with the
    tables that it rests on.
    """
    match asked:
        case DecisionGraph():
            return asked
        case Table():
            return DecisionGraph((asked,), given=asked.reads)
        case type():
            return None
        case _:
            graph = getattr(asked, "graph", None)
            return graph if isinstance(graph, DecisionGraph) else None


def versions_in(asked: object) -> Mapping[str, object]:
    """What holds under every edition of what is *asked*, by its id; of what has none the thing itself, under no name."""
    editions = None if isinstance(asked, type) else getattr(asked, "editions", None)
    return {"": asked} if editions is None else {edition.id: edition.policy for edition in editions}
