"""Spaces: all facts that some graphs read, each as an axis, and conditions over them as formulas."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import attrs

from revisit_policy.analysis.solver.formula import Box, Formulas
from revisit_policy.analysis.space.axis import Axis
from revisit_policy.casefile.fact_relations import ALWAYS_KNOWN
from revisit_policy.errors import InvalidPolicyError, UnknownNameError
from revisit_policy.language.condition import ALWAYS, Comparison, Condition, all_of, comparisons
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.extraction.extraction import Extraction
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import several


@attrs.frozen(eq=False)
class Space:
    """The axes of the facts that *graphs* and some further conditions ask about.

    Args:
        axes: One axis a fact; one an element for a set of outcomes that is given like a fact.
        currency: That of the amounts of the graphs; ``None`` for any.
    """

    axes: tuple[Axis, ...]
    currency: str | None = None

    @classmethod
    def of(
        cls,
        graphs: Sequence[DecisionGraph],
        *,
        missing: bool | Collection[str] = False,
        besides: Iterable[Condition] = (),
    ) -> Space:
        """The space of *graphs*.

        Args:
            graphs: Whose facts; facts of one name may differ in their labels only.
            missing: The names of facts that can be unknown; ``True`` for all that can be. The decision day, the
                outcomes of earlier tables, and what every case file tells are always known.
            besides: Conditions whose comparisons cut the facts too.

        Raises:
            InvalidPolicyError: If two graphs have different facts of one name, or amounts in different currencies.
            UnknownNameError: If *missing* names no fact.
        """
        currency = _one_currency(graphs)
        asked: dict[str, list[Comparison]] = {}
        met: dict[str, Fact] = {}
        for condition in (*_conditions(graphs), *besides):
            for part in comparisons(condition):
                if any(part.fact.name in graph.by_id for graph in graphs):
                    continue
                if not _mean_the_same(met.setdefault(part.fact.name, part.fact), part.fact):
                    raise InvalidPolicyError(subject=part.fact.name, problem=Phrase("两个不同的事实同名", "two different facts have this name"))
                asked.setdefault(part.fact.name, []).append(part)
        gone = _can_be_missing(met, missing)
        known = met if currency is None else {name: fact.in_currency(currency) for name, fact in met.items()}
        return cls(tuple(axis for name, parts in asked.items() for axis in _axes(known[name], parts, gone)), currency)

    @cached_property
    def formulas(self) -> Formulas:
        """The book of formulas over these axes."""
        return Formulas([axis.size for axis in self.axes])

    @cached_property
    def extraction(self) -> Extraction:
        """How the facts are made from a case file, where they are."""
        return Extraction(tuple(axis.fact for axis in self.axes))

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The place of the axis of every fact; of the first one of a set."""
        found: dict[str, int] = {}
        for at, axis in enumerate(self.axes):
            found.setdefault(axis.fact.name, at)
        return found

    def axes_of_set(self, fact: Fact) -> Mapping[Any, int]:
        """The places of the axes of the elements of a set that is given like a fact."""
        first = self.place[fact.name]
        return {item: first + at for at, item in enumerate(cast("Sets", fact.domain).items)}

    def condition(self, box: Box) -> Condition:
        """A box in the words of the facts, in the order of the axes."""
        parts = [self.axes[at].condition(mask) for at, mask in sorted(box.items())]
        return all_of(*(part for part in parts if part != ALWAYS))

    def facts(self, cells: Sequence[int]) -> dict[str, Any]:
        """Plain values of the facts in the given *cells*, one place an axis; unknown ones as ``None``."""
        values: dict[str, Any] = {}
        for axis, at in zip(self.axes, cells, strict=True):
            value = axis.value(at)
            if axis.element is None:
                values[axis.fact.name] = value
            else:
                values[axis.fact.name] = (*values.get(axis.fact.name, ()), *((axis.element,) if value else ()))
        return values


def _one_currency(graphs: Sequence[DecisionGraph]) -> str | None:
    """The currency of all *graphs* that have one; amounts of two cannot be compared."""
    said = tuple(dict.fromkeys(graph.currency for graph in graphs if graph.currency is not None))
    if len(said) > 1:
        problem = Phrase("两者金额币种不同：{said}", "the amounts of the two are in different currencies, {said}", said=", ".join(said))
        raise InvalidPolicyError(subject="analysis", problem=problem)
    return said[0] if said else None


def _mean_the_same(one: Fact, other: Fact) -> bool:
    """True if two facts differ in their words at most."""
    return one == other or attrs.evolve(one, label=other.label, unit=other.unit) == other


def _conditions(graphs: Sequence[DecisionGraph]) -> Iterable[Condition]:
    for graph in graphs:
        for table in graph.tables:
            for line in table.lines:
                yield line.condition


def _can_be_missing(met: Mapping[str, Fact], missing: bool | Collection[str]) -> Collection[str]:  # noqa: FBT001 - True stands for "all"
    free = {name for name, fact in met.items() if fact.table is None and fact != DECISION_DAY}
    if isinstance(missing, bool):
        return {name for name in free if met[name] not in ALWAYS_KNOWN} if missing else ()
    for name in several(missing, field="missing", expected=Phrase("True、False 或若干事实的名称", "True, False or several names of facts")):
        if type(name) is not str or name not in free:
            raise UnknownNameError(kind=Phrase("可缺失的事实", "fact that can be missing"), name=name, known=tuple(sorted(free)))
    return missing


def _axes(fact: Fact, parts: Sequence[Comparison], gone: Collection[str]) -> Iterable[Axis]:
    if isinstance(fact.domain, Sets):
        return (Axis.of_element(fact, item) for item in fact.domain.items)
    if isinstance(fact.domain, Points):
        return (Axis.of(fact, parts, can_be_missing=False),)
    return (Axis.of(fact, parts, can_be_missing=fact.name in gone),)
