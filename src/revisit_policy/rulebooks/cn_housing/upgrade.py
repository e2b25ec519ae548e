"""The table `upgrade`: which milder grade people could determine. It proposes, and never lifts a grade by itself.

A proposal is of the grade next to the one that was determined, so that no non-performing loan is ever proposed to be normal. It needs all
that speaks for it to be established, and that no rule of the grade would hold the loan where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from revisit_policy.casefile import facts
from revisit_policy.language.condition import ALWAYS, All, Condition, all_of, comparisons
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.grade import Grade
from revisit_policy.rulebooks.cn_housing.difficulty import Difficulty
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import measures_2023
from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL
from revisit_policy.rulebooks.cn_housing.upgrade_strategy import UpgradeStrategy
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label

LABEL: Final = Label("可认定的上调", "what could be upgraded")


def table(p: Parameters, *, grades: Table, difficulty: Fact) -> Table:
    """A step up for a loan under the 2023 measures; *grades* are its floors."""
    return _table(grades, difficulty, months=p.upgrade_months, strategy=p.upgrade_strategy, source=measures_2023("14", verified=False))


def table_2007(p: Parameters, *, grades: Table, difficulty: Fact) -> Table:
    """The same under the 2007 guideline, where a cured loan is watched for as long as a restructured one."""
    return _table(grades, difficulty, months=p.old_observation_months, strategy=UpgradeStrategy.STRICT, source=PROPOSAL)


def _table(grades: Table, difficulty: Fact, *, months: int, strategy: UpgradeStrategy, source: Citation) -> Table:
    def step(grade: Grade, when: Condition, because: Label, cited: Citation) -> Rule:  # noqa: PLR0917 - the columns of a table
        milder = tuple(Grade)[grade.severity - 1]
        asked = all_of(facts.determined_grade.is_in(grade), facts.days_past_due <= 0, when, *_unless(grades, grade))
        return Rule(f"upgrade-to-{milder.value.replace('_', '-')}", when=asked, then=milder, because=because, source=cited)

    is_by_days = strategy is UpgradeStrategy.DPD
    cured = ALWAYS if is_by_days else facts.months_clean_since_cure >= months
    paid = Label("脱期法：欠款已还清；是否上调须认定并记录", "by days past due: the arrears are cleared; whether it is upgraded is to be determined and recorded")
    if not is_by_days:
        paid = Label(
            f"不良资产已还清欠款并连续正常还款满{months}个月；须认定能持续履约，且在本行无其他已减值资产",
            f"non-performing, its arrears cleared and {months} months paid in full; that the borrower will keep paying and has no other impaired debt here is to be determined",
        )
    resolved = Label("正常还款，无其他关注类情形，亦无还款困难；原认定的事由是否消除，须认定", "it pays, nothing else makes it special mention and the borrower is in no difficulty; whether what it was determined for is over is to be determined")
    return Table(
        "upgrade",
        label=LABEL,
        outcomes=Grade,
        fold=Fold.EVERY,
        rules=(
            step(Grade.SPECIAL_MENTION, difficulty.is_in(Difficulty.NONE), resolved, PROPOSAL),
            *(step(grade, cured, paid, source if grade is Grade.SUBSTANDARD else PROPOSAL) for grade in (Grade.SUBSTANDARD, Grade.DOUBTFUL, Grade.LOSS)),
        ),
    )


def _unless(grades: Table, grade: Grade) -> Iterator[Condition]:
    """That no floor of *grades* holds the loan at *grade* or worse; those of arrears need none to be asked of a loan that has none."""
    floors = [rule.when for rule in grades.rules if isinstance(rule.then, Grade) and rule.then >= grade and not _ASKED & _read(rule.when)]
    for floor in floors:
        if not (isinstance(floor, All) and any(part in floors for part in floor.parts)):  # what a wider floor says already
            yield ~floor


_ASKED: Final = frozenset({facts.determined_grade, facts.days_past_due})


def _read(condition: Condition) -> set[Fact]:
    return {part.fact for part in comparisons(condition)}
