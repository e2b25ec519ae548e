"""Editions: the measures of 2023, the guideline of 2007, and how loans pass from one to the other."""

from __future__ import annotations

from typing import Final

from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.language.fact import Fact
from revisit_policy.language.table import Table
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.policy.edition import Edition
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.rulebooks.cn_housing import (
    difficulty,
    first_window,
    grade,
    grade_2007,
    interval,
    level,
    measures,
    method,
    obligations,
    origination,
    points,
    revaluation,
    signals,
    triggers,
    turnaround,
    upgrade,
)
from revisit_policy.rulebooks.cn_housing.checklists import CHECKLISTS
from revisit_policy.rulebooks.cn_housing.measure_notes import MEASURE_NOTES, MEASURE_NOTES_2007
from revisit_policy.rulebooks.cn_housing.parameters import DEFAULTS, Parameters, to_parameters
from revisit_policy.rulebooks.cn_housing.regulations import guideline_2007, measures_2023
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.labels import Label

#: The version of the rules; a change of it can change decisions.
VERSION: Final = "2027.1"

#: The words are ours, the amounts yuan.
WORDS: Final = Vocabulary(currency="CNY")


def _tables(p: Parameters, grades: Table, grounds: tuple[Fact, ...], *, is_old: bool = False) -> tuple[Table, ...]:  # noqa: PLR0917 - private
    classified_by = guideline_2007() if is_old else measures_2023(verified=False)
    strain, warnings = difficulty.table(p), signals.table(p)
    milder = (upgrade.table_2007 if is_old else upgrade.table)(p, grades=grades, difficulty=strain.outcome)
    sooner = points.table(p)
    often = interval.table(p, points=sooner.outcome, grade=grades.outcome, grounds=grounds)
    window, asked, valued = first_window.table(p), triggers.table(p, signals=warnings.outcome), revaluation.table(p)
    means = method.table(p, signals=warnings.outcome, points=sooner.outcome)
    return (
        strain,
        grades,
        milder,
        warnings,
        level.table(warnings.outcome),
        sooner,
        often,
        window,
        asked,
        valued,
        obligations.table(p, first_window=window, interval=often, triggers=asked, revaluation=valued, classified_by=classified_by),
        measures.table(p, signals=warnings.outcome, grade=grades.outcome, difficulty=strain.outcome),
        measures.barred_table(grades.outcome),
        origination.table(p),
        means,
        turnaround.table(p, signals=warnings.outcome, grade=grades.outcome, method=means.outcome),
    )


def _conventions(p: Parameters) -> Conventions:
    return Conventions(
        periodic_lead_days=p.periodic_lead_days,
        red_working_days=p.red_working_days,
        orange_working_days=p.orange_working_days,
        yellow_working_days=p.yellow_working_days,
        red_result_working_days=p.red_result_days,
        classification_months=p.classification_months,
        revaluation_months=p.revaluation_months,
        revaluation_working_days=p.revaluation_working_days,
        on_site_officers=p.on_site_officers,
    )


def policy(parameters: Parameters = DEFAULTS) -> RevisitPolicy:
    """The policy under the 2023 classification measures, with these figures.

    Raises:
        InvalidValueError: If *parameters* are none.

    Examples:
        >>> import attrs
        >>> from revisit_policy.rulebooks import cn_housing
        >>> tuned = cn_housing.policy(attrs.evolve(cn_housing.DEFAULTS, days_second_notice=20))
        >>> tuned.digest == cn_housing.policy().digest
        False
    """
    to_parameters(parameters)
    return RevisitPolicy(
        "cn-housing-2023",
        version=VERSION,
        label=Label("个人住房贷款贷后回访政策（2023年分类办法）", "Revisit policy for housing loans (2023 measures)"),
        tables=_tables(parameters, grade.table(parameters), grade.GROUNDS),
        conventions=_conventions(parameters),
        measure_notes=MEASURE_NOTES,
        checklists=CHECKLISTS,
        vocabulary=WORDS,
        calendar=CHINA,
    )


def policy_2007(parameters: Parameters = DEFAULTS) -> RevisitPolicy:
    """The same under the 2007 classification guideline, for loans not yet re-classified.

    Under that guideline a restructured loan is non-performing while it is observed, and visited as one: the longer
    interval of the observation would never decide anything.

    Raises:
        InvalidValueError: If *parameters* are none.
    """
    to_parameters(parameters)
    complete = RevisitPolicy(
        "cn-housing-2007",
        version=VERSION,
        label=Label("个人住房贷款贷后回访政策（2007年分类指引）", "Revisit policy for housing loans (2007 guideline)"),
        tables=_tables(parameters, grade_2007.table(parameters), grade_2007.GROUNDS, is_old=True),
        conventions=_conventions(parameters),
        measure_notes=MEASURE_NOTES_2007,
        checklists=CHECKLISTS,
        vocabulary=WORDS,
        calendar=CHINA,
    )
    return complete.without("cap-in-observation")


def rulebook_of(parameters: Parameters = DEFAULTS) -> Rulebook:
    """Both editions with these figures, and the transition of older loans until the end of 2025.

    Raises:
        InvalidValueError: If *parameters* are none.
    """
    return Rulebook(
        "cn-housing",
        editions=(
            Edition(
                id="CN-CLASS-2007-54",
                policy=policy_2007(parameters),
                since="2007-07-03",
                until=parameters.measures_in_force_on,
                source=guideline_2007(),
                label=Label("2007年贷款风险分类指引", "2007 guideline on loan classification"),
            ),
            Edition(
                id="CN-CLASS-2023-1",
                policy=policy(parameters),
                since=parameters.measures_in_force_on,
                stock_until=parameters.stock_until,
                source=measures_2023(verified=True),
                label=Label("2023年金融资产风险分类办法", "2023 measures on asset classification"),
            ),
        ),
    )


#: The rulebook as shipped.
rulebook: Final = rulebook_of()
