"""Reach: whether any case can have an outcome."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final

import attrs

from revisit_policy.analysis.answer import Answer, answer
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.implication import holds_for
from revisit_policy.analysis.region import region_of
from revisit_policy.analysis.space.asking import to_condition
from revisit_policy.analysis.study import STEPS, MissingFacts, Study, graph_of
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import ALWAYS, Combinable, Condition
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import condition_text
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang

CAN: Final = Label("可能出现：{wanted}", "it can happen: {wanted}")
NEVER_HAPPENS: Final = Label("不可能出现：{wanted}", "it never happens: {wanted}")
NEVER_GIVEN: Final = Label("在[{given}]的情形下不可能出现：{wanted}", "where [{given}] holds, it never happens: {wanted}")


@attrs.frozen(kw_only=True)
class Reached:
    """A region in which what was asked for happens.

    Args:
        wanted: What was asked for.
        region: Where it happens: that and no more, unless *is_exact* is false.
        witness: Facts that show it.
        is_exact: Whether the region is that and no more; else it is the least box around what nobody could read.
    """

    wanted: Condition
    region: Condition
    witness: Witness
    is_exact: bool = True

    def sentence(self, lang: str | Lang = "en") -> str:
        """What was found, in one sentence."""
        lang = to_lang(lang)
        return CAN.filled(lang, wanted=condition_text(self.wanted, lang))


def can(
    policy: object,
    outcome: Condition | Hashable,
    *,
    given: Condition = ALWAYS,
    missing: MissingFacts = False,
    budget: int = STEPS,
) -> Answer[Reached]:
    """The case that has *outcome*, or the proof that none has: "can a loan 95 days past due ever be special mention?".

    Args:
        policy: A table, a decision graph or a policy.
        outcome: An outcome on the scale of one of its tables, or a condition on outcomes and facts.
        given: Only cases in which this holds are asked about.
        missing: The names of facts that can be unknown, ``True`` for all; an outcome then counts where it is sure.
        budget: The steps that the search may take.

    Returns:
        ``Proved`` if it never happens; else the region in which it does, with a witness.

    Raises:
        InvalidPolicyError: If *outcome* stands on the scale of no table, or of several.
        AnalysisLimitError: If *budget* runs out.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> from revisit_policy import Grade, facts
        >>> policy = cn_housing.policy()
        >>> can(policy.grade, Grade.SPECIAL_MENTION, given=facts.days_past_due > 90).is_proved
        True
    """
    graph = graph_of(policy)
    to_condition(given, field="given")
    wanted = outcome if isinstance(outcome, Combinable) else _outcome_condition(graph.tables, outcome)
    study = Study.of(graph, missing=missing, besides=(given, wanted), budget=budget)  # type: ignore[arg-type] # every Combinable is a condition
    where = study.book.both((study.surely(given), study.surely(wanted)))  # type: ignore[arg-type] # so is this
    witness = study.example(where)
    claim = _claim(wanted, given)  # type: ignore[arg-type] # so is this
    if witness is None:
        return answer(claim, (), notes=study.notes)
    if holds_for(study, witness, wanted) is not True:  # type: ignore[arg-type] # so is this
        raise AssertionError(witness)  # the readers disagree: a fault of this library
    region, is_exact = region_of(study, where)
    reached = Reached(wanted=wanted, region=region, is_exact=is_exact, witness=witness)  # type: ignore[arg-type] # so is this
    return answer(claim, (reached,), notes=study.notes)


def _claim(wanted: Condition, given: Condition) -> Label:
    template = NEVER_HAPPENS if given == ALWAYS else NEVER_GIVEN
    said = {"wanted": Phrase.each(lambda lang: condition_text(wanted, lang)), "given": Phrase.each(lambda lang: condition_text(given, lang))}
    return template.with_parts(**said)


def _outcome_condition(tables: tuple[Table, ...], outcome: Hashable) -> Condition:
    """The condition that the one table on whose scale *outcome* stands comes to it."""
    fitting = [table for table in tables if any(type(item) is type(outcome) and item == outcome for item in _scale(table))]
    if len(fitting) != 1:
        names = ", ".join(f"`{table.id}`" for table in fitting) or "none"
        problem = Phrase(
            "结论应只在一张表的标度上，而它在 {names} 的标度上；请改用条件",
            "expected an outcome on the scale of one table, it stands on those of {names}; ask for a condition",
            names=names,
        )
        raise InvalidPolicyError(subject=str(outcome), problem=problem)
    fact = fitting[0].outcome
    return fact.includes(outcome) if isinstance(fact.domain, Sets) else fact.is_in(outcome)


def _scale(table: Table) -> Iterator[Hashable]:
    if isinstance(table.outcomes, Scale):
        yield from table.outcomes.outcomes
