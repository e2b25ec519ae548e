"""Every figure is checked, has a provenance, moves the policy, and reaches the sentences of the rules that read it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.rulebooks.edges import IN_ORDER, fired
from tests.rulebooks.loans import POLICY

from revisit_policy import Grade, InvalidInputError, Measure, RevisitPolicy, Rule, cny
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.rulebooks import cn_housing
from revisit_policy.rulebooks.cn_housing import DEFAULTS, DownPaymentFloor, UpgradeStrategy

OLD = cn_housing.policy_2007()

#: Another lawful value for every figure.
OTHERWISE: dict[str, Any] = {
    "first_window_days": (25, 85),
    "first_window_last_day_large": 55,
    "use_of_funds_check_days": 15,
    "periodic_lead_days": 20,
    "catch_up_days": 20,
    "data_check_months": 2,
    "classification_working_days": 4,
    "release_working_days": 9,
    "months_excellent": 11,
    "months_standard": 5,
    "months_special_mention": 4,
    "months_non_performing": 2,
    "months_restructured": 4,
    "large_principal": cny(4_000_000),
    "points_standard": 4,
    "points_close": 8,
    "points_person": 9,
    "missed_some": 2,
    "dsr_strained": "0.385",
    "long_term_months": 240,
    "first_year_months": 6,
    "measures_in_force_on": "2023-07-02",
    "stock_until": "2025-12-30",
    "days_substandard": 89,
    "days_doubtful": 260,
    "days_loss": 350,
    "technical_grace_days": 5,
    "ecl_doubtful": "0.45",
    "ecl_loss": "0.85",
    "upgrade_strategy": UpgradeStrategy.DPD,
    "upgrade_months": 9,
    "observation_months": 18,
    "old_observation_months": 7,
    "old_days_doubtful": 170,
    "days_message": 5,
    "days_second_notice": 25,
    "days_npl_imminent": 55,
    "housing_dsr_limit": "0.45",
    "total_dsr_limit": "0.52",
    "income_fall": "-0.15",
    "lost_contact_attempts": 4,
    "watch_delays": 5,
    "missed_consecutive": 2,
    "missed_total": 5,
    "revaluation_months": 10,
    "volatile_revaluation_months": 4,
    "high_volatility": "0.08",
    "fresh_valuation_months": 2,
    "revaluation_working_days": 8,
    "ltv_longest": "0.55",
    "ltv_second": "0.75",
    "ltv_third": "0.85",
    "ltv_thin": "0.75",
    "ltv_orange": "0.85",
    "price_soft": "-0.04",
    "price_fall": "-0.08",
    "pre_registration_days": 80,
    "red_working_days": 2,
    "arrears_call_working_days": 8,
    "orange_working_days": 4,
    "yellow_working_days": 6,
    "lawyer_letter_missed": 5,
    "days_enforcement": 120,
    "registration_working_days": 12,
    "on_site_officers": 3,
    "off_site_days": 2,
    "sms_days": 3,
    "sms_no_reply_days": 2,
    "phone_days": 4,
    "phone_retry_days": 2,
    "video_days": 4,
    "on_site_days": 6,
    "internal_valuation_days": 4,
    "external_valuation_days": 9,
    "legal_opinion_days": 4,
    "determination_days": 2,
    "approval_days": 2,
    "registry_days": 4,
    "decision_days": 3,
    "papers_days": 9,
    "telling_days": 2,
    "classification_months": 1,
    "excellent_fewer_days": 2,
    "red_result_days": 2,
    "down_payment_floors": (DownPaymentFloor(since="2024-09-24", first_home="0.20", second_home="0.25"),),
    "shop_floors": (DownPaymentFloor(since="2026-01-17", first_home="0.40", second_home="0.40"),),
    "shop_max_term_months": 60,
    "grant_review_months": 2,
    "max_term_months": 300,
}  # every figure of the sheet, in its order


def test_every_figure_can_be_tuned() -> None:
    assert list(OTHERWISE) == [figure.name for figure in DEFAULTS.sheet()]


@pytest.mark.parametrize("name", OTHERWISE)
def test_another_figure_is_another_rulebook(name: str) -> None:
    tuned = cn_housing.rulebook_of(attrs.evolve(DEFAULTS, **{name: OTHERWISE[name]}))
    before, after = cn_housing.rulebook.editions, tuned.editions
    assert [(edition.policy.digest, edition.since, edition.stock_until) for edition in before] != [
        (edition.policy.digest, edition.since, edition.stock_until) for edition in after
    ]


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_sentence_never_names_a_figure_that_its_rule_no_longer_has(name: str) -> None:
    changed = attrs.evolve(DEFAULTS, **{name: OTHERWISE[name]})
    for before, after in ((POLICY, cn_housing.policy(changed)), (OLD, cn_housing.policy_2007(changed))):
        for was, now in _pairs(before, after):
            if was.when != now.when or was.then != now.then:
                stale = (_figures_of(was) - _figures_of(now)) & _said_in(was)
                assert not stale & _said_in(now), now.id


def _pairs(before: RevisitPolicy, after: RevisitPolicy) -> list[tuple[Rule, Rule]]:
    new = {rule.id: rule for table in after.tables for rule in table.rules}
    return [(rule, new[rule.id]) for table in before.tables for rule in table.rules if rule.id in new]


def _figures_of(rule: Rule) -> set[str]:
    """The numbers of a condition and outcome as sentences write them: days as they are, ratios in per cent."""
    text = f"{rule.when!r} {rule.then!r}"
    ratios = {str(round(abs(Fraction(found)) * 100)) for found in re.findall(r"'(-?\d+\.\d+)'", text)}
    return ratios | set(re.findall(r"(?<![\d.'])\d+(?![\d.'])", text))


def _said_in(rule: Rule) -> set[str]:
    return set(re.findall(r"\d+", f"{rule.because.zh} {rule.because.en}"))


SENTENCES: dict[str, tuple[Any, str, str]] = {
    "days_substandard": (89, "overdue-90", "逾期超过89天"),
    "days_loss": (350, "signal-loss", "逾期超过350天"),
    "technical_grace_days": (5, "overdue-unless-technical", "逾期5天以内"),
    "ecl_doubtful": ("0.45", "ecl-half", "45%"),
    "upgrade_months": (9, "upgrade-to-special-mention", "9个月"),
    "observation_months": (18, "in-observation", "18个月"),
    "days_second_notice": (25, "measure-demand-letter", "逾期超过25天"),
    "lawyer_letter_missed": (5, "measure-lawyer-letter", "5期"),
    "pre_registration_days": (80, "signal-registration-lapsed", "80日"),
    "price_fall": ("-0.08", "signal-prices-fall", "8%"),
    "total_dsr_limit": ("0.525", "signal-total-dsr", "52.5%"),
    "max_term_months": (300, "measure-extend-term-2024", "300个月"),
    "first_window_last_day_large": (55, "first-window-large", "55天"),
    "points_standard": (4, "cap-points-standard", "4分"),
    "points_person": (9, "method-person-points", "9分"),
    "days_message": (5, "method-trigger-fresh-arrears", "5天"),
    "data_check_months": (2, "desk-data-check", "2个月"),
    "missed_some": (2, "points-missed-2", "2期"),
    "dsr_strained": ("0.385", "points-debts-1", "38.5%"),
    "first_year_months": (6, "points-first-year", "6个月"),
    "volatile_revaluation_months": (4, "revaluation-volatile-market", "4个月"),
    "high_volatility": ("0.08", "revaluation-volatile-market", "8%"),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_tuned_figure_stands_in_the_sentence(name: str) -> None:
    value, rule, words = SENTENCES[name]
    assert words in cn_housing.policy(attrs.evolve(DEFAULTS, **{name: value})).rule(rule).because.zh
    assert words not in POLICY.rule(rule).because.zh


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a float is no ratio": ({"ltv_thin": 0.8}, "`Parameters.ltv_thin` must be an exact ratio"),
    "text is no number of days": ({"days_loss": "360"}, "`Parameters.days_loss` must be a whole number at least 1"),
    "no interval is shorter than a month": ({"months_non_performing": 0}, "`Parameters.months_non_performing` must be a whole number at least 1"),
    "a window does not end before it begins": ({"first_window_days": (90, 30)}, "`Parameters.first_window_days` must be two whole numbers of days"),
    "a large loan is money": ({"large_principal": 5_000_000}, "`Parameters.large_principal` must be"),
    "floors come in order": ({"down_payment_floors": DEFAULTS.down_payment_floors[::-1]}, "`Parameters.down_payment_floors` must be floors in the order of their days"),
    "a louder level is not slower": ({"orange_working_days": 6}, "`Parameters.orange_working_days` must be at most `yellow_working_days` (5)"),
    "substandard comes before doubtful": ({"days_substandard": 270}, "`Parameters.days_substandard` must be below `days_doubtful` (270)"),
    "a standard interval is not the longest": ({"months_standard": 13}, "`Parameters.months_standard` must be at most `months_excellent` (12)"),
    "few points come before many": ({"points_standard": 9}, "`Parameters.points_standard` must be below `points_close` (9)"),
    "a second point is not the first": ({"missed_some": 1}, "`Parameters.missed_some` must be a whole number at least 2"),
    "a volatile market is not valued later": ({"volatile_revaluation_months": 13}, "`Parameters.volatile_revaluation_months` must be at most `revaluation_months` (12)"),
    "thin comes before hardly any": ({"ltv_thin": "0.90"}, "`Parameters.ltv_thin` must be below `ltv_orange`"),
    "a fall is below zero": ({"income_fall": "0.2"}, "`Parameters.income_fall` must be below 0"),
    "a year ends with a classification run": ({"classification_months": 13}, "`Parameters.classification_months` must be a whole number at least 1 and at most 12"),
    "a strategy has a name": ({"upgrade_strategy": "lenient"}, "`Parameters.upgrade_strategy` must be one of `strict`, `dpd`"),
}


@pytest.mark.parametrize(("fields", "message"), WRONG.values(), ids=WRONG)
def test_figures_that_make_no_sense_are_refused_by_name(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInputError, match=re.escape(message)):
        attrs.evolve(DEFAULTS, **fields)


def test_several_wrong_figures_are_refused_together() -> None:
    with pytest.raises(InvalidInputError) as refused:
        attrs.evolve(DEFAULTS, **WRONG["a float is no ratio"][0], **WRONG["text is no number of days"][0])
    assert len(refused.value.exceptions) == 2


def test_a_floor_is_a_part_of_the_price_and_not_lower_for_a_second_home() -> None:
    for first, second in (("0.30", "0.20"), ("0", "0.20"), ("0.20", "1")):
        with pytest.raises(InvalidInputError, match="second_home"):
            DownPaymentFloor(since="2024-01-01", first_home=first, second_home=second)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_has_a_row_a_figure_with_its_source(lang: str) -> None:
    rows = DEFAULTS.to_markdown(lang).splitlines()[2:]
    assert len(rows) == len(OTHERWISE)
    for row, figure in zip(rows, DEFAULTS.sheet(), strict=True):
        assert row == f"| `{figure.name}` | {figure.label.text(lang)} | {figure.text(lang)} | {figure.source.text(lang)} |"


#: Figures that were read in what binds a bank, or in a report of it. All other law is from memory and says so.
READ = {
    "measures_in_force_on", "stock_until", "days_substandard", "days_doubtful", "days_loss", "observation_months", "housing_dsr_limit",
    "total_dsr_limit", "revaluation_months", "pre_registration_days",
}


def test_no_figure_from_memory_is_presented_as_verified_law() -> None:
    regulation = {figure.name: figure.source.verified for figure in DEFAULTS.sheet() if figure.source.standing.is_binding}
    assert {name for name, verified in regulation.items() if verified} == READ
    assert {name for name, verified in regulation.items() if not verified} == {
        "technical_grace_days", "ecl_doubtful", "ecl_loss", "upgrade_strategy", "upgrade_months", "old_observation_months",
        "classification_months",
        "down_payment_floors",  # two of the six
        "shop_floors", "shop_max_term_months",  # the floor of 2007
    }


# -- figures that switch behaviour -----------------------------------------------------------------------------------


def test_an_upgrade_by_days_past_due_is_proposed_once_the_arrears_are_cleared_and_is_to_be_recorded() -> None:
    by_days = cn_housing.policy(attrs.evolve(DEFAULTS, upgrade_strategy=UpgradeStrategy.DPD))
    cured = {"determined_grade": "substandard", "days_past_due": 0}
    assert not fired(POLICY, "upgrade-to-special-mention", **cured, months_clean_since_cure=0)
    assert fired(by_days, "upgrade-to-special-mention", **cured)
    assert "recorded" in by_days.rule("upgrade-to-special-mention").because.en
    for change in ({"determined_grade": "special_mention"}, {"days_past_due": 1}, {"impaired": True}):
        assert not fired(by_days, "upgrade-to-special-mention", **(cured | change))


def test_without_grace_days_no_technical_cause_excuses_anything() -> None:
    strict = cn_housing.policy(attrs.evolve(DEFAULTS, technical_grace_days=0))
    for proved in (None, False, True):
        verdicts = strict.graph.verdicts(**(IN_ORDER | {"days_past_due": 1, "technical_cause_proved": proved}))
        assert verdicts["grade"].outcome is Grade.SPECIAL_MENTION
        assert Measure.REMIND in verdicts["measures"].outcome


def test_an_early_check_of_the_use_of_funds_is_the_first_visit() -> None:
    early = cn_housing.policy(attrs.evolve(DEFAULTS, use_of_funds_check_days=15))
    for principal in (cny(1_000_000), cny(5_000_000)):
        assert early.first_window(principal=principal, disbursed_on="2025-01-15").outcome == DayWindow(0, 15)


@pytest.mark.parametrize(
    ("usual", "last", "large"),
    [((30, 90), 60, DayWindow(30, 60)), ((10, 40), 60, DayWindow(10, 40)), ((70, 90), 60, DayWindow(70, 70))],
    ids=["ends earlier", "never later than the usual one", "never before it opens"],
)
def test_the_window_of_a_large_loan_ends_earlier_if_at_all(usual: tuple[int, int], last: int, large: DayWindow) -> None:
    policy = cn_housing.policy(attrs.evolve(DEFAULTS, first_window_days=usual, first_window_last_day_large=last))
    assert policy.first_window(principal=cny(5_000_000), disbursed_on="2025-01-15").outcome == large
    assert policy.first_window(principal=cny(1_000_000), disbursed_on="2025-01-15").outcome == DayWindow(*usual)


def test_a_figure_that_takes_nothing_off_leaves_no_idle_step() -> None:
    same = cn_housing.policy(attrs.evolve(DEFAULTS, excellent_fewer_days=0))
    assert "turnaround-excellent" not in {rule.id for rule in same.turnaround.rules}
