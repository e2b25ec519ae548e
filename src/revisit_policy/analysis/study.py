"""Studies: one or two graphs laid out for questions, with the search that answers them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeAlias

import attrs

from revisit_policy.analysis.examples.draft import PLAIN
from revisit_policy.analysis.examples.realiser import EXAMPLE_DAY, Realised, can_realise, entangled, realise
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.solver.formula import Box, Formulas
from revisit_policy.analysis.solver.search import Search
from revisit_policy.analysis.solver.settled import Settled
from revisit_policy.analysis.space.axis import Axis
from revisit_policy.analysis.space.possible import possible_in
from revisit_policy.analysis.space.space import Space
from revisit_policy.analysis.space.telling import Telling
from revisit_policy.analysis.space.told import Told
from revisit_policy.errors import InvalidPolicyError, InvalidValueError
from revisit_policy.language.condition import Comparison, Condition, comparisons
from revisit_policy.language.derivation import Field, Supplied
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.fact import Fact
from revisit_policy.language.overlaps.bits import bits_of
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.verdicts.asked import HasEditions, graph_in
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.words.wording import joined_text
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label
from revisit_policy.values.money import Money

#: The steps that a question may take unless it is given others. The shipped rulebook needs 3,000 for its check and 27,000 for the
#: dearest question, both editions with any fact missing; at 0.03 to 0.3 ms a step there, all of these take 15 seconds at most.
STEPS: Final = 50_000

SUPPLIED: Final = Label(
    "由调用方提供的事实可取其值域内任何值：{facts}", "supplied by the caller, and taken to have any value of their domains: {facts}"
)

#: How many case files are tried before an example is left abstract.
TRIES: Final = 4

#: The names of the facts that can be missing; True for all, False for none.
MissingFacts: TypeAlias = bool | Collection[str]


def graph_of(subject: object) -> DecisionGraph:
    """The graph of a table, a graph, or anything that has a ``graph``, such as a policy.

    A table on its own is asked about with the outcomes of earlier tables given like facts; one in its policy,
    ``policy.grade``, with the tables that it rests on.

    Raises:
        InvalidPolicyError: If it is none of these.
    """
    graph = graph_in(subject)
    if graph is None:
        advice = Phrase(
            "；请用某一版本的政策，如 `rulebook.in_force(day)`", "; ask the policy of one edition, such as `rulebook.in_force(day)`"
        ) if isinstance(subject, HasEditions) else ""
        problem = Phrase(
            "应为表、决策图或政策，实际为 `{subject!r}`{advice}",
            "expected a table, a decision graph or a policy, got `{subject!r}`{advice}",
            subject=subject, advice=advice,
        )
        raise InvalidPolicyError(subject="analysis", problem=problem)
    return graph


@attrs.frozen(eq=False)
class Study:
    """Graphs in one space, and one search over it.

    Args:
        graphs: The graphs, the older first.
        space: The cells of all their facts.
        budget: The steps for all questions together.
        settled: What the questions have proved and found so far.
    """

    graphs: tuple[DecisionGraph, ...]
    space: Space
    budget: int
    settled: Settled = attrs.field(factory=Settled)

    @classmethod
    def of(
        cls,
        *subjects: object,
        missing: MissingFacts = False,
        besides: Iterable[Condition] = (),
        budget: int = STEPS,
        settled: Settled | None = None,
    ) -> Study:
        """Lay *subjects* out; what is *settled* before, such as other editions, is added to.

        Raises:
            InvalidValueError: If *budget* is not a whole number above zero.
        """
        if type(budget) is not int or budget < 1:
            raise InvalidValueError(owner="", field="budget", value=budget, expected=Phrase("步数，为正整数", "a whole number of steps above zero"))
        graphs = tuple(map(graph_of, subjects))
        return cls(graphs, Space.of(graphs, missing=missing, besides=besides), budget, Settled() if settled is None else settled)

    @property
    def book(self) -> Formulas:
        """The formulas of the space."""
        return self.space.formulas

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What each graph says."""
        return tuple(Told(self.space, graph) for graph in self.graphs)

    @property
    def tables(self) -> Mapping[str, Telling]:
        """What the tables of the first graph say."""
        return self.told[0].tables

    @cached_property
    def search(self) -> Search:
        """The search, which remembers what it has learnt."""
        return Search(self.book, self.budget, self.settled)

    def surely(self, condition: Condition, at: int = 0) -> int:
        """Where *condition* surely holds, outcomes being those of the graph *at*."""
        return self.told[at].pair(condition, self.told[at].tables)[0]

    def possibly(self, condition: Condition, at: int = 0) -> int:
        """Where *condition* holds or is unknown."""
        return self.told[at].pair(condition, self.told[at].tables)[1]

    @cached_property
    def possible(self) -> int:
        """Where the relations between facts are kept; nothing outside is ever asked about."""
        return possible_in(self.space)

    def box(self, *formulas: int) -> Box | None:
        """A box on which all *formulas* are true; ``None`` if no possible case has them."""
        return self.search.box(*formulas, self.possible)

    # -- examples ----------------------------------------------------------------------------------------------------

    def cells(self, *formulas: int) -> list[int] | None:
        """The places of cells for which all *formulas* are true, one an axis, as quiet as can be; ``None`` if there are none."""
        found = self.search.cells(*formulas, self.possible, preferred=self.quiet)
        return None if found is None else [mask.bit_length() - 1 for mask in found]

    def example(self, *formulas: int) -> Witness | None:
        """Facts for which all *formulas* are true, with a case file that has them where facts are made from case files.

        ``None`` if there are no such facts. If a few tries find no case file, the witness is marked as abstract.
        """
        cells = first = self.cells(*formulas)
        if first is None:
            return None
        tried: list[int] = []
        while cells is not None and self.is_about_case_files and len(tried) < TRIES:
            found = realise(self.space, cells)
            if found is not None and all(self.book.holds(formula, found.cells) for formula in formulas):
                return _shown(found)
            tried.append(self._elsewhere(cells, found))
            cells = self.cells(*formulas, *tried)
        return self.witness(first)

    def _elsewhere(self, cells: Sequence[int], found: Realised | None) -> int:
        """Away from the cells that could not be had together."""
        missed = range(len(cells)) if found is None else [at for at, cell in enumerate(cells) if cell != found.cells[at]]
        book = self.book
        return book.opposite(book.box({at: 1 << cells[at] for at in entangled(self.space, missed)}))

    def shown(self, cells: Sequence[int]) -> Witness:
        """A witness for these very *cells*, with a case file if one is found at once."""
        found = realise(self.space, cells) if self.is_about_case_files else None
        return _shown(found) if found is not None and list(found.cells) == list(cells) else self.witness(cells)

    @cached_property
    def is_about_case_files(self) -> bool:
        """True if the facts are made from case files, so that an example is one."""
        return can_realise(self.space)

    @cached_property
    def notes(self) -> tuple[Label, ...]:
        """What nothing but their domains bounds: the facts that callers supply beside a case file."""
        free = [axis.fact for axis in self.space.axes if isinstance(axis.fact.derived, Supplied) and axis.fact != DECISION_DAY]
        if not free or not self.is_about_case_files:
            return ()
        return (SUPPLIED.with_parts(facts=Phrase.each(lambda lang: joined_text([fact.label.text(lang) for fact in free], lang))),)

    def witness(self, cells: Sequence[int]) -> Witness:
        """Plain facts that lie in *cells*, without a case file."""
        values = self.space.facts(cells)
        facts = {axis.fact.name: axis.fact for axis in self.space.axes}
        pairs = tuple((facts[name], value) for name, value in values.items())
        return Witness(pairs, is_abstract=self.is_about_case_files)

    @cached_property
    def quiet(self) -> Sequence[int]:
        """For every axis the cell in which a person would expect the fact of an untroubled loan."""
        asked: dict[str, list[Comparison]] = {}
        for graph in self.graphs:
            for table in graph.tables:
                for line in table.lines:
                    for part in comparisons(line.condition):
                        asked.setdefault(part.fact.name, []).append(part)
        return [_quiet_cell(axis, asked.get(axis.fact.name, [])) for axis in self.space.axes]


def _usual_value(fact: Fact) -> object:
    """The value that most loans have, ``None`` if nothing says which that is."""
    match fact.domain:
        case Days(low, high) if low <= EXAMPLE_DAY <= high:
            return EXAMPLE_DAY
        case Counts(low, high, step) if low <= 0 <= high and not low % step:
            return high if low < 0 else 0  # what can be negative counts down to something
        case Amounts(low, _) if isinstance(fact.derived, Field) and fact.derived.path in PLAIN:
            return Money(PLAIN[fact.derived.path], low.currency)
        case _:
            return fact.when_absent


def _shown(found: Realised) -> Witness:
    return Witness.of(found.snapshot, case=found.case, on=found.on, supplied=tuple(found.supplied.items()))


def _quiet_cell(axis: Axis, asked: Sequence[Comparison]) -> int:
    fact = axis.fact
    usual = _usual_value(fact)
    if axis.element is None and usual is not None:
        return 1 << axis.place_of(usual)
    masks = [axis.surely(part) for part in asked] if axis.element is None else [2]
    return 1 << min(bits_of(axis.known), key=lambda at: sum(mask >> at & 1 for mask in masks))
