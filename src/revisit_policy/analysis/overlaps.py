"""Overlaps: two rules of one table that hold together."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import Final

import attrs

from revisit_policy.analysis.answer import Answer, table_text
from revisit_policy.analysis.by_table import by_table
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.region import region_of
from revisit_policy.analysis.space.telling import Telling
from revisit_policy.analysis.study import STEPS, MissingFacts, Study
from revisit_policy.language.condition import Condition
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import outcome_text
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import to_flag

CLAIM: Final = Label("没有两条规则同时成立而结论不同", "no two rules hold together with different outcomes")
CLAIM_ALL: Final = Label("没有两条规则同时成立", "no two rules hold together")
OVERLAP: Final = Label(
    "表{table}：规则{first}（{one}）与{second}（{other}）同时成立；{fold}",
    "table {table}: rules `{first}` ({one}) and `{second}` ({other}) hold together; the table takes {fold}",
)
CONFLICT: Final = Label(
    "表{table}：规则{first}（{one}）与{second}（{other}）同时成立，相互冲突",
    "table {table}: rules `{first}` ({one}) and `{second}` ({other}) hold together and contradict each other",
)
NO_OVERLAP: Final = Label("表「{table}」无重叠", "table `{table}` has no overlap")
APART: Final = Label("表「{table}」：规则{first}与{second}不会同时成立", "table `{table}`: rules `{first}` and `{second}` never hold together")
TOGETHER: Final = Label("表「{table}」：规则{first}与{second}同时成立", "table `{table}`: rules `{first}` and `{second}` hold together")

#: The folds that give every rule its say.
TAKE_ALL: Final = frozenset({Fold.EVERY, Fold.TOTAL})


@attrs.frozen(kw_only=True)
class Overlap:
    """A region in which two rules of *table* hold together.

    Args:
        table: The table.
        first: The rule that is written first.
        second: The other.
        region: Where both hold; with facts missing, where both hold or may: that and no more, unless *is_exact* is false.
        witness: Facts that show it.
        is_exact: Whether the region is that and no more; else it is the least box around what nobody could read.
    """

    table: Table
    first: Rule
    second: Rule
    region: Condition
    witness: Witness
    is_exact: bool = True

    @property
    def is_conflict(self) -> bool:
        """True if the outcomes differ and the table is UNIQUE: nothing says which of them counts."""
        return self.table.fold is Fold.UNIQUE and not self.first.says(self.second.then)

    def sentence(self, lang: str | Lang = "en") -> str:
        """What was found, in one sentence."""
        lang = to_lang(lang)
        template = CONFLICT if self.is_conflict else OVERLAP
        return template.filled(
            lang,
            table=table_text(self.table, lang),
            first=self.first.id,
            second=self.second.id,
            one=outcome_text(self.first.then, lang),
            other=outcome_text(self.second.then, lang),
            fold=self.table.fold.label(lang),
        )


def overlaps(
    subject: object, *, equal: bool = False, settled: bool = True, missing: MissingFacts = False, budget: int = STEPS
) -> Answer[Overlap]:
    """The pairs of rules that hold together with different outcomes; or the proof that there are none.

    Tables that list or add up the outcomes of all rules are left out: there, holding together is no overlap.

    Args:
        subject: A table, a decision graph, a policy, or a rulebook, each edition of which is asked.
        equal: Also report pairs of equal outcomes.
        settled: Also report pairs between which the fold decides; ``False`` leaves the conflicts of UNIQUE tables.
        missing: The names of facts that can be unknown, ``True`` for all: then two rules that may hold together count.
        budget: The steps that the search may take.

    Raises:
        AnalysisLimitError: If *budget* runs out, with what was proved and found until then.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> policy = cn_housing.policy()
        >>> overlaps(policy.grade, settled=False).is_proved
        True
    """
    to_flag(equal, field="equal")
    to_flag(settled, field="settled")

    def concerns(table: Table) -> bool:
        return table.fold not in TAKE_ALL and (settled or table.fold is Fold.UNIQUE)

    claim, ask = CLAIM_ALL if equal else CLAIM, partial(_overlaps, equal=equal)
    return by_table(subject, (ask, NO_OVERLAP), claim=claim, missing=missing, budget=budget, concerns=concerns)


def conflicts_in(study: Study, telling: Telling) -> list[Overlap]:
    """The overlaps of one table between which no fold decides."""
    return _overlaps(study, telling, equal=False) if telling.table.fold is Fold.UNIQUE else []


def holding(study: Study, telling: Telling) -> dict[str, int]:
    """For every rule, where one of its lines fires or is undecided."""
    parts: dict[str, list[int]] = {}
    for line, possibly in zip(telling.lines, telling.possibly, strict=True):
        parts.setdefault(line.rule.id, []).append(possibly)
    return {name: study.book.either(formulas) for name, formulas in parts.items()}


def _overlaps(study: Study, telling: Telling, *, equal: bool) -> list[Overlap]:
    table, found = telling.table, []
    where = holding(study, telling)
    for first, second in combinations(table.rules, 2):
        if first.says(second.then) and not equal:
            continue
        both = study.book.both((where.get(first.id, 1), where.get(second.id, 1)))
        witness = study.example(both)
        if witness is None:
            study.settled.prove(APART, table=table.id, first=first.id, second=second.id)
            continue
        reading = witness.read_by(study.graphs[0], table.id)[table.id]
        heard = {line.rule.id for at, line in enumerate(table.lines) if (reading.fired | reading.open) >> at & 1}
        if not {first.id, second.id} <= heard:
            raise AssertionError(witness)  # the readers disagree: a fault of this library
        study.settled.notice(TOGETHER, table=table.id, first=first.id, second=second.id)
        region, is_exact = region_of(study, both)
        overlap = Overlap(table=table, first=first, second=second, region=region, is_exact=is_exact, witness=witness)
        found.append(study.settled.find(overlap))
    return found
