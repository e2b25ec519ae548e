"""Laws of what people determine: no rule overrules them, and what they determine changes nothing but what reads the grade."""

from __future__ import annotations

from typing import Any, Final

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.facts import determined_grade, determined_on
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.decision.decision import Decision
from revisit_policy.language.scale import Scale
from revisit_policy.outcomes.grade import UNCLASSIFIED
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.laws.schedule_laws import DAYS, Decides, broken_by, decided, sampled_cases, words_of
from revisit_policy.testing.strategies.case_files import determinations
from revisit_policy.values.dates import Date

#: The facts by which rules read what people determined.
_DETERMINED: Final = frozenset({determined_grade.name, determined_on.name})
_OVERRULED: Final = Phrase("不推翻认定", "heedful of people")
_CONFINED: Final = Phrase("互不相干", "confined to the grade")


def check_determinations(policy: Decides, *, examples: int | None = None) -> None:
    """Return nothing if no decision is milder than people determined last, and what it proposes to be milder would hold.

    A milder grade that is proposed as established is one class milder than the grade, and if people determine it, it is the grade.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If a grade is milder than the last determination, or a proposal is of another class or would not hold.
    """
    __tracebackhide__ = True

    def law(on: Date, case: CaseFile) -> None:
        decision = decided(policy, case, on)
        if case.determination.is_known and _place(decision, decision.grade) < _place(decision, _as_graded(decision)):
            expected = Phrase("不轻于最近一次认定（{grade}）", "a grade no milder than it was determined ({grade})", grade=_as_graded(decision))
            broken_by(_OVERRULED, expected=expected, got=str(decision.grade), case=case, on=on)
        upgrade = decision.upgrade
        if upgrade is None or not upgrade.is_established:
            return
        lifted = decided(policy, attrs.evolve(case, determination=Determination(upgrade.grade, on=on)), on)
        if _place(decision, upgrade.grade) != _place(decision, decision.grade) - 1 or lifted.grade != upgrade.grade:
            expected = Phrase("上调一级，且经认定后即为该级", "a proposal one class milder, which is the grade once people determine it")
            broken_by(_OVERRULED, expected=expected, got=f"{decision.grade} -> {upgrade.grade}, {lifted.grade}", case=case, on=on)

    sampled_cases(policy, law, examples)


def check_determination_scope(policy: Decides, *, examples: int | None = None) -> None:
    """Return nothing if what people determined changes no table that does not rest on it.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If another determination makes such a table say something else.
    """
    __tracebackhide__ = True

    def law(on: Date, case: CaseFile, determination: Determination) -> None:
        one, other = (decided(policy, attrs.evolve(case, determination=each), on) for each in (Determination(UNCLASSIFIED), determination))
        for name, verdict in one.verdicts.items():
            if not _rests_on_people(verdict) and (verdict.ruling, verdict.fired) != (other.verdicts[name].ruling, other.verdicts[name].fired):
                expected = Phrase("表 `{name}` 结论不变", "the same outcome of the table `{name}`", name=name)
                got = f"{verdict.outcome}, {other.verdicts[name].outcome}"
                broken_by(_CONFINED, expected=expected, got=got, case=attrs.evolve(case, determination=determination), on=on)

    sampled_cases(policy, law, examples, determinations(on=min(DAYS), vocabulary=words_of(policy)))


def _as_graded(decision: Decision) -> Any:
    """What people determined, as a grade of the policy: of a finer one the grade that it lies in."""
    grade: Any = decision.case.determination.grade
    outcomes = _scale(decision).outcomes
    return grade if grade in outcomes else grade.coarser


def _scale(decision: Decision) -> Scale:
    scale = decision.verdicts["grade"].table.outcomes
    assert isinstance(scale, Scale)  # noqa: S101 - as the seat of the grade sees to
    return scale


def _place(decision: Decision, grade: Any) -> int:
    return -1 if grade is None else _scale(decision).place(grade)


def _rests_on_people(verdict: Any) -> bool:
    graph = verdict.graph.leading_to(verdict.table.id)
    return not _DETERMINED.isdisjoint(fact.name for fact in graph.facts)
