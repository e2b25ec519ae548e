"""Questions about every table of what is asked, edition by edition, with one answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, TypeVar

from revisit_policy.analysis.answer import Answer, AnyFinding, answer
from revisit_policy.analysis.solver.settled import Settled
from revisit_policy.analysis.space.telling import Telling
from revisit_policy.analysis.study import MissingFacts, Study
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.asked import versions_in
from revisit_policy.values.labels import Label

FindingT = TypeVar("FindingT", bound=AnyFinding)

#: What is asked about one table, and what is proved where nothing is found.
TableQuestion: TypeAlias = tuple[Callable[[Study, Telling], Sequence[FindingT]], Label]

EDITION: Final = Label("版本{edition}：{count}项", "edition `{edition}`: {count} found")


def _every(_: Table) -> bool:
    return True


def by_table(
    subject: object,
    *questions: TableQuestion[FindingT],
    claim: Label,
    missing: MissingFacts,
    budget: int,
    concerns: Callable[[Table], bool] = _every,
) -> Answer[FindingT]:
    """The answer to *questions* about the tables of *subject* that they concern; of a rulebook, about those of every edition.

    Raises:
        AnalysisLimitError: If the *budget*, which each edition has for itself, runs out, with what was settled until then.
    """
    versions = versions_in(subject)
    found: list[FindingT] = []
    settled = Settled()
    notes: dict[Label, None] = {}
    for edition, version in versions.items():
        study = Study.of(version, missing=missing, budget=budget, settled=settled)
        settled.prefix, before = f"{edition}: " if edition else "", len(found)
        for telling in study.tables.values():
            if concerns(telling.table):
                found += _asked(study, telling, questions)
        notes |= dict.fromkeys(study.notes)
        if edition:
            notes[EDITION.with_parts(edition=edition, count=len(found) - before)] = None
    return answer(claim, found, notes=tuple(notes))


def _asked(study: Study, telling: Telling, questions: Sequence[TableQuestion[FindingT]]) -> list[FindingT]:
    found: list[FindingT] = []
    for ask, proof in questions:
        mark = study.settled.mark
        here = ask(study, telling)
        found += here
        if not here:
            study.settled.conclude(mark, proof, table=telling.table.id)
    return found
