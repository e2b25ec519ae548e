"""Stand-ins: a mutant put in the place of the policy wherever the modules that are loaded hold it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, TypeAlias

import attrs

from revisit_policy.language.snapshot import forgiving
from revisit_policy.language.table import Table
from revisit_policy.testing.mutation.mutant import Mutant, mutants, with_table
from revisit_policy.testing.subject import graph_of, policies_of, tables_of

#: A module, the name of one of its globals, and what it is now.
Place: TypeAlias = tuple[ModuleType, str, Any]


class StandIn:
    """Knows every global of a loaded module that is *subject*, or one of its policies, graphs or tables.

    A rulebook is replaced by one whose editions have the mutants of their policies. What a test keeps elsewhere than
    in a global - in a parameter, a closure, an attribute - is not found; such a test asks for the fixture
    ``policy_under_test`` instead.

    Args:
        subject: What is under test.
        modules: Modules to look in besides the loaded ones, such as those of tests that pytest keeps to itself.
    """

    def __init__(self, subject: object, *, modules: Iterable[ModuleType] = ()) -> None:
        self.subject = subject
        self.policies = policies_of(subject)
        self.tables = tables_of(subject)
        kinds = {type(subject), *map(type, self.policies), *map(type, self._graphs()), *map(type, self.tables)}
        self.places = [place for place in _globals(modules) if type(place[2]) in kinds]
        self.facts = {fact.name for policy in self.policies for fact in graph_of(policy).facts}

    def _graphs(self) -> Iterator[object]:
        return (held for policy in self.policies if (held := getattr(policy, "graph", None)) is not None)

    def mutants(self) -> Iterator[tuple[Any, Mutant]]:
        """The mutants of each policy, latest edition first, with the policy; a table that editions share is taken once."""
        seen: set[Table] = set()
        for policy in reversed(self.policies):
            tables = {table.id: table for table in tables_of(policy)}
            yield from ((policy, mutant) for mutant in mutants(policy, equivalent=None) if tables[mutant.table] not in seen)
            seen.update(tables.values())

    @contextmanager
    def standing(self, policy: object, mutant: Mutant, *, put: Callable[[ModuleType, str, Any], None]) -> Iterator[Any]:
        """Put *mutant* in the place of *policy* until the block ends.

        Args:
            policy: The policy that was mutated, one of those of the subject.
            mutant: Its mutant. Other editions with the same table get the changed table too.
            put: Sets a global so that it can be undone, as ``pytest.MonkeyPatch().setattr`` does.
        """
        old, new = graph_of(policy).by_id[mutant.table], graph_of(mutant.policy).by_id[mutant.table]
        changed = [(held, with_table(held, new)) for held in self.policies if graph_of(held).by_id.get(old.id) == old]
        whole = changed[0][1] if self.subject is self.policies[0] else self._with_editions(changed)
        pairs = [(old, new), (self.subject, whole), *changed]
        pairs += [(held.graph, other.graph) for held, other in changed if hasattr(held, "graph")]
        for module, name, value in self.places:
            replacement = next((after for before, after in pairs if type(before) is type(value) and before == value), None)
            if replacement is not None:
                put(module, name, replacement)
        with forgiving(self.facts):
            yield whole

    def _with_editions(self, changed: list[tuple[Any, Any]]) -> Any:
        subject: Any = self.subject
        policies = {id(held): other for held, other in changed}
        return attrs.evolve(
            subject,
            editions=tuple(
                attrs.evolve(edition, policy=policies.get(id(edition.policy), edition.policy)) for edition in subject.editions
            ),
        )


def _globals(modules: Iterable[ModuleType]) -> Iterator[Place]:
    for module in {id(module): module for module in (*sys.modules.values(), *modules)}.values():
        for name, value in tuple(getattr(module, "__dict__", {}).items()):
            yield module, name, value
