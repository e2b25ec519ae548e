"""Gaps: where no rule of a table holds."""

from __future__ import annotations

from functools import partial
from typing import Final

import attrs

from revisit_policy.analysis.answer import Answer, table_text
from revisit_policy.analysis.by_table import by_table
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.region import region_of
from revisit_policy.analysis.space.telling import Telling
from revisit_policy.analysis.study import STEPS, MissingFacts, Study
from revisit_policy.language.condition import Condition
from revisit_policy.language.fold import Fold, Status
from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import outcome_text
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import to_flag

CLAIM: Final = Label("任何情形下每张表都有结论", "every table has an outcome in every case")
GAP: Final = Label("表{table}无规则适用，亦无兜底结论", "no rule of table {table} holds, and nothing is said for that case")
CAUGHT: Final = Label(
    "表{table}无规则适用，按兜底结论为{outcome}", "no rule of table {table} holds; `otherwise` makes it {outcome}"
)
NO_GAP: Final = Label("表「{table}」无缺口", "table `{table}` has no gap")
SILENT: Final = Label("表「{table}」有无规则适用的情形", "table `{table}` has cases in which no rule holds")


@attrs.frozen(kw_only=True)
class Gap:
    """A region in which no rule of *table* holds, nor is undecided.

    Args:
        table: The table.
        caught_by: What `otherwise` says there; ``None`` if the table is left without an outcome.
        region: Where: that and no more, unless *is_exact* is false.
        witness: Facts that show it.
        is_exact: Whether the region is that and no more; else it is the least box around what nobody could read.
    """

    table: Table
    caught_by: object
    region: Condition
    witness: Witness
    is_exact: bool = True

    def sentence(self, lang: str | Lang = "en") -> str:
        """What was found, in one sentence."""
        lang = to_lang(lang)
        template = GAP if self.caught_by is None else CAUGHT
        return template.filled(lang, table=table_text(self.table, lang), outcome=outcome_text(self.caught_by, lang))


def gaps(subject: object, *, caught: bool = False, missing: MissingFacts = False, budget: int = STEPS) -> Answer[Gap]:
    """The regions in which a table, or a table of a policy, has no outcome; or the proof that there are none.

    Args:
        subject: A table, a decision graph, a policy, or a rulebook, each edition of which is asked. A table alone takes the
            outcomes of earlier tables as given.
        caught: Also report where no rule holds but `otherwise` says something.
        missing: The names of facts that can be unknown, ``True`` for all; ``False`` asks about complete facts.
        budget: The steps that the search may take.

    Raises:
        AnalysisLimitError: If *budget* runs out, with what was proved and found until then.

    Examples:
        >>> from revisit_policy import Citation, Fact, Label, Rule, Standing, Table
        >>> days = Fact.count("days", low=0, high=3650, label=Label("逾期天数", "days past due"))
        >>> def rule(name, when, then):
        ...     reason, source = Label("理由", "reason"), Citation(standing=Standing.PROPOSAL)
        ...     return Rule(name, when=when, then=then, because=reason, source=source)
        >>> table = Table(
        ...     "grade", outcomes=("good", "bad"), fold="first", label=Label("分类", "grade"),
        ...     rules=(rule("current", days <= 0, "good"), rule("late", days > 90, "bad")),
        ... )
        >>> gaps(table).findings[0].region
        ((days > 0) & (days <= 90))
    """
    to_flag(caught, field="caught")
    return by_table(subject, (partial(gap_in, caught=caught), NO_GAP), claim=CLAIM, missing=missing, budget=budget)


def gap_in(study: Study, telling: Telling, *, caught: bool = False) -> list[Gap]:
    """The gap of one table, if it has one."""
    table = telling.table
    if table.fold in {Fold.EVERY, Fold.TOTAL}:  # no rule, no outcome: that is an empty set, or the points to start from
        return []
    formula = telling.silent if caught else telling.gap
    witness = study.example(formula)
    if witness is None:
        return []
    reading = witness.read_by(study.graphs[0], table.id)[table.id]
    if reading.fired or reading.open or (table.otherwise is None) != (reading.ruling.status is Status.GAP):
        raise AssertionError(witness)  # the readers disagree: a fault of this library
    study.settled.notice(SILENT, table=table.id)
    region, is_exact = region_of(study, formula)
    gap = Gap(table=table, caught_by=table.otherwise, region=region, is_exact=is_exact, witness=witness)
    return [study.settled.find(gap)]
