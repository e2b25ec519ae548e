"""Implication and equivalence of conditions, with the outcomes of a policy's tables as facts where one is given."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.analysis.answer import Answer, answer
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.region import region_of
from revisit_policy.analysis.space.asking import to_condition
from revisit_policy.analysis.study import STEPS, MissingFacts, Study
from revisit_policy.language.condition import ALWAYS, Condition
from revisit_policy.language.readers.reference import read, truth
from revisit_policy.language.snapshot import snapshot_of
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.words.wording import condition_text
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang

COUNTER: Final = Label("{holds}成立而{fails}不成立", "{holds} holds and {fails} does not")

#: No tables: conditions over facts alone.
NO_TABLES: Final = DecisionGraph(())


@attrs.frozen(kw_only=True)
class Counterexample:
    """A region in which *holds* is true and *fails* is not.

    Args:
        holds: The condition that holds there.
        fails: The condition that does not.
        region: Where: that and no more, unless *is_exact* is false.
        witness: Facts that show it.
        is_exact: Whether the region is that and no more; else it is the least box around what nobody could read.
    """

    holds: Condition
    fails: Condition
    region: Condition
    witness: Witness
    is_exact: bool = True

    def sentence(self, lang: str | Lang = "en") -> str:
        """What was found, in one sentence."""
        lang = to_lang(lang)
        holds, fails = (condition_text(part, lang, nested=True) for part in (self.holds, self.fails))
        return COUNTER.filled(lang, holds=f"[{holds}]", fails=f"[{fails}]")


def implies(
    first: Condition,
    second: Condition,
    *,
    policy: object = NO_TABLES,
    given: Condition = ALWAYS,
    missing: MissingFacts = False,
    budget: int = STEPS,
) -> Answer[Counterexample]:
    """The proof that *second* holds wherever *first* does, or where it does not.

    Args:
        first: What is supposed.
        second: What should follow.
        policy: The tables whose outcomes the conditions may compare: ``policy.grade.outcome >= Grade.SUBSTANDARD``.
            Without one, such an outcome is a fact like any other.
        given: Only cases in which this holds are asked about.
        missing: The names of facts that can be unknown, ``True`` for all; then *second* has to be sure.
        budget: The steps that the search may take.

    Raises:
        AnalysisLimitError: If *budget* runs out.

    Examples:
        >>> from revisit_policy import Fact, Label
        >>> days = Fact.count("days", low=0, high=3650, label=Label("逾期天数", "days past due"))
        >>> implies(days > 90, days > 60).is_proved
        True
        >>> implies(days > 60, days > 90).findings[0].region
        ((days > 60) & (days <= 90))
    """
    _check(first, second, given)
    claim = _claim(Label("{first}成立时必有{second}", "where {first} holds, {second} does"), first, second)
    return _compared(claim, ((first, second),), policy=policy, given=given, missing=missing, budget=budget)


def equivalent(
    first: Condition,
    second: Condition,
    *,
    policy: object = NO_TABLES,
    given: Condition = ALWAYS,
    missing: MissingFacts = False,
    budget: int = STEPS,
) -> Answer[Counterexample]:
    """The proof that two conditions hold in the same cases, or where only one of them does.

    Args:
        first: One condition.
        second: The other.
        policy: The tables whose outcomes the conditions may compare; see :func:`implies`.
        given: Only cases in which this holds are asked about.
        missing: The names of facts that can be unknown, ``True`` for all.
        budget: The steps that the search may take.

    Raises:
        AnalysisLimitError: If *budget* runs out.

    Examples:
        >>> from revisit_policy import facts
        >>> equivalent(facts.days_past_due > 90, facts.days_past_due >= 91).is_proved
        True
    """
    _check(first, second, given)
    claim = _claim(Label("{first}与{second}等价", "{first} and {second} hold in the same cases"), first, second)
    both_ways = ((first, second), (second, first))
    return _compared(claim, both_ways, policy=policy, given=given, missing=missing, budget=budget)


def _check(first: Condition, second: Condition, given: Condition) -> None:
    for field, value in (("first", first), ("second", second), ("given", given)):
        to_condition(value, field=field)


def _claim(template: Label, first: Condition, second: Condition) -> Label:
    return template.with_parts(
        first=Phrase.each(lambda lang: f"[{condition_text(first, lang)}]"), second=Phrase.each(lambda lang: f"[{condition_text(second, lang)}]")
    )


def _compared(
    claim: Label,
    pairs: tuple[tuple[Condition, Condition], ...],
    *,
    policy: object,
    given: Condition,
    missing: MissingFacts,
    budget: int,
) -> Answer[Counterexample]:
    besides = (*(part for pair in pairs for part in pair), given)
    study = Study.of(policy, missing=missing, besides=besides, budget=budget)
    found = []
    for holds, fails in pairs:
        where = study.book.both((study.surely(given), study.surely(holds), study.book.opposite(study.surely(fails))))
        witness = study.example(where)
        if witness is not None:
            if holds_for(study, witness, holds) is not True or holds_for(study, witness, fails) is True:
                raise AssertionError(witness)  # the readers disagree: a fault of this library
            region, is_exact = region_of(study, where)
            found.append(study.settled.find(Counterexample(holds=holds, fails=fails, region=region, is_exact=is_exact, witness=witness)))
    return answer(claim, found, notes=study.notes)


def holds_for(study: Study, witness: Witness, condition: Condition, at: int = 0) -> bool | None:
    """What the reference reader says of *condition* for the facts of *witness*; ``None`` for unknown."""
    facts = tuple(fact for fact, _ in witness.values)
    snapshot = snapshot_of(facts, witness.facts)
    readings = {fact.name: snapshot.encoded(fact.name) for fact in facts}
    graph = study.graphs[at]
    inner = snapshot_of(graph.facts, {fact.name: witness.facts[fact.name] for fact in graph.facts})
    readings |= {name: reading.ruling.reads for name, reading in read(graph, inner).items()}
    return truth(condition, readings)
