"""The words in which conditions, values, verdicts and tables are told, in both languages, word for word."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from tests.language.loan_facts import HOUSE, days, job, ltv, misuse, principal, rule, signed, standing, table
from tests.language.vocabulary import Level

from revisit_policy import DecisionGraph, Fact, Fold, Grade, Label, Period, Rule, Score, Table, cny, unordered
from revisit_policy import Level as Colour
from revisit_policy.language.condition import ALWAYS, NEVER, All, AnyOf, Condition
from revisit_policy.language.verdicts.verdict import Verdict
from revisit_policy.language.words.explanation import summarise_verdict
from revisit_policy.language.words.footnotes import Footnotes
from revisit_policy.language.words.wording import condition_text, joined_text, outcome_text, value_text
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Lang

mood = Fact.choice("mood", Level, ordered=True, label=Label("情绪", "mood"))
graded = Fact.choice("graded", Grade, ordered=True, label=Label("分类", "grade"))
colour = Fact.choice("colour", Colour, ordered=True, label=Label("颜色", "colour"))
moved = Fact.ratio("moved", low="-1", high="10", label=Label("收入变动", "income change"))
lapsed = Fact.flag("lapsed", label=Label("已到期", "lapsed"))
moods = table(outcomes=Level, fold=Fold.EVERY, otherwise=None, name="moods").outcome
desks = table(fold=Fold.EVERY, otherwise=None, name="desks").outcome
points = table(rule("five", days > 1, 5), fold=Fold.TOTAL, outcomes=Score(), otherwise=0, name="points").outcome

CONDITIONS = [
    (days > 90, "逾期天数超过90天", "days past due more than 90 days"),
    (days <= 90, "逾期天数不超过90天", "days past due at most 90 days"),
    (days >= 1, "逾期天数达到1天", "days past due at least 1 day"),
    (days < 1, "逾期天数低于1天", "days past due less than 1 day"),
    (ltv >= "0.805", "贷款价值比达到80.5%", "loan-to-value at least 80.50 %"),
    (principal < cny("1000000.50"), "本金低于1,000,000.50元", "principal less than CNY 1,000,000.50"),
    (signed < "2024-05-17", "签约日早于2024年5月17日", "day of signing before 17 May 2024"),
    (signed >= "2024-05-17", "签约日不早于2024年5月17日", "day of signing on or after 17 May 2024"),
    (signed > "2024-05-17", "签约日晚于2024年5月17日", "day of signing after 17 May 2024"),
    (signed <= "2024-05-17", "签约日不晚于2024年5月17日", "day of signing on or before 17 May 2024"),
    (misuse.is_true(), "挪用", "misuse"),
    (misuse.is_false(), "无挪用情形", "not: misuse"),
    (job.is_in("none"), "职业为none", "employment is none"),
    (job.is_in("salaried", "none"), "职业为salaried或none", "employment is salaried or none"),
    (standing > "good", "信用差于good", "standing worse than good"),
    (standing >= "fair", "信用为fair或更差", "standing fair or worse"),
    (standing < "poor", "信用好于poor", "standing better than poor"),
    (standing <= "fair", "信用为fair或更好", "standing fair or better"),
    (mood.is_in(Level.CALM, Level.ALARM), "情绪为平静或警报", "mood is calm or alarm"),
    (mood >= Level.WATCH, "情绪为关注或更差", "mood watch or worse"),
    (mood >= Level.ALARM, "情绪为警报", "mood alarm"),
    (mood <= Level.CALM, "情绪为平静", "mood calm"),
    (graded >= Grade.SPECIAL_MENTION, "分类为关注类及以下", "grade special mention or worse"),
    (graded <= Grade.SPECIAL_MENTION, "分类为关注类及以上", "grade special mention or better"),
    (graded >= Grade.LOSS, "分类为损失", "grade loss"),
    (colour >= Colour.YELLOW, "颜色为黄色及以上", "colour yellow or worse"),
    (colour <= Colour.YELLOW, "颜色为黄色及以下", "colour yellow or better"),
    (days.between(1, 8), "逾期天数1至7天", "days past due at least 1 day and days past due less than 8 days"),
    ((days > 0) & (days <= 1), "逾期天数为1天", "days past due more than 0 days and days past due at most 1 day"),
    (days.between(1, 8) & misuse.is_true(), "逾期天数1至7天，且挪用", "days past due at least 1 day and days past due less than 8 days and misuse"),
    (moved <= "-0.20", "收入下降20%以上", "income change at most -20.00 %"),
    (moved < "-0.20", "收入下降超过20%", "income change less than -20.00 %"),
    (moved >= "-0.20", "收入下降不超过20%", "income change at least -20.00 %"),
    (moved > "-0.20", "收入下降不足20%", "income change more than -20.00 %"),
    (moved >= "0.10", "收入变动达到10%", "income change at least 10.00 %"),
    (desks.includes("a", "b"), "表包含a或b", "table includes a or b"),
    (~desks.includes("a"), "表不含a", "table does not include a"),
    (ltv.is_missing(), "贷款价值比未知", "loan-to-value unknown"),
    (~ltv.is_missing(), "贷款价值比已知", "loan-to-value known"),
    (ALWAYS, "任何情形", "in every case"),
    (NEVER, "无此情形", "in no case"),
    ((days > 90) & misuse.is_true(), "逾期天数超过90天，且挪用", "days past due more than 90 days and misuse"),
    ((days > 90) | misuse.is_true(), "逾期天数超过90天，或挪用", "days past due more than 90 days or misuse"),
    (
        (days > 90) & (misuse.is_true() | (ltv > "0.8")),
        "逾期天数超过90天，且（挪用，或贷款价值比超过80%）",
        "days past due more than 90 days and (misuse or loan-to-value more than 80.00 %)",
    ),
    (
        (days > 90) | (misuse.is_true() & (ltv > "0.8")),
        "逾期天数超过90天，或（挪用，且贷款价值比超过80%）",
        "days past due more than 90 days or (misuse and loan-to-value more than 80.00 %)",
    ),
    (All((AnyOf((days > 90,)), misuse.is_true())), "（逾期天数超过90天），且挪用", "(days past due more than 90 days) and misuse"),
    (AnyOf((All((days > 90,)), misuse.is_true())), "逾期天数超过90天，或挪用", "days past due more than 90 days or misuse"),
    (All((AnyOf(()), All(()))), "无此情形，且任何情形", "in no case and in every case"),
    (
        (days > 90) & (ltv > "0.8") | misuse.is_true() & (ltv > "0.7"),
        "（逾期天数超过90天，且贷款价值比超过80%），或（挪用，且贷款价值比超过70%）",
        "(days past due more than 90 days and loan-to-value more than 80.00 %) or (misuse and loan-to-value more than 70.00 %)",
    ),
]


@pytest.mark.parametrize(("condition", "chinese", "english"), CONDITIONS, ids=[english for _, _, english in CONDITIONS])
def test_a_condition_is_put_into_words(condition: Condition, chinese: str, english: str) -> None:
    assert condition_text(condition, Lang.ZH) == chinese
    assert condition_text(condition, Lang.EN) == english


OUTCOMES: list[tuple[str, Any, str, str]] = [
    ("nothing", None, "–", "–"),
    ("no outcome at all", (), "–", "–"),
    ("text", "a", "a", "a"),
    ("a number", 12, "12", "12"),
    ("a member", Level.WATCH, "关注", "watch"),
    ("members", (Level.CALM, Level.ALARM), "平静、警报", "calm, alarm"),
    ("what has a colon in it", ("a: 1 day", "b"), "a: 1 day、b", "a: 1 day; b"),
    ("what has a Chinese colon in it", ("a：1天", "b"), "a：1天；b", "a：1天, b"),
    ("what an earlier table says", desks, "表", "table"),
]


@pytest.mark.parametrize(("outcome", "chinese", "english"), [pytest.param(*row, id=sentence) for sentence, *row in OUTCOMES])
def test_an_outcome_is_put_into_words(outcome: Any, chinese: str, english: str) -> None:
    assert outcome_text(outcome, Lang.ZH) == chinese
    assert outcome_text(outcome, Lang.EN) == english


# several texts, and how they stand one after the other in Chinese and in English
JOINED: list[tuple[str, list[str], str, str]] = [
    ("none", [], "", ""),
    ("one", ["a: 1 day"], "a: 1 day", "a: 1 day"),
    ("several without a colon", ["a", "b", "c"], "a、b、c", "a, b, c"),
    ("several of which the last has a colon", ["a", "b: 1 day"], "a、b: 1 day", "a; b: 1 day"),
    ("several of which the last has a Chinese colon", ["a", "b：1天"], "a；b：1天", "a, b：1天"),
    ("several with a time of day, whose colon sets nothing apart", ["12:30", "b"], "12:30、b", "12:30, b"),
]


@pytest.mark.parametrize(("texts", "chinese", "english"), [pytest.param(*row, id=sentence) for sentence, *row in JOINED])
def test_texts_with_a_colon_are_set_apart_by_semicolons(texts: list[str], chinese: str, english: str) -> None:
    assert joined_text(texts, Lang.ZH) == chinese
    assert joined_text(texts, Lang.EN) == english


READ: list[tuple[Fact, Any, str, str]] = [
    (days, None, "未知", "unknown"),
    (days, 31, "31天", "31 days"),
    (ltv, 0.805, "80.5%", "80.50 %"),
    (principal, 100_050, "1,000.50元", "CNY 1,000.50"),
    (misuse, True, "是", "yes"),
    (misuse, False, "否", "no"),
    (standing, 0b010, "fair", "fair"),
    (standing, 0b110, "fair / poor", "fair / poor"),
    (signed, Date(2026, 1, 31).toordinal(), "2026年1月31日", "31 Jan 2026"),
    (desks, (0b001, 0b111), "a（或还有b、c）", "a (possibly also b, c)"),
    (desks, (0b011, 0b011), "a、b", "a, b"),
    (desks, (0, 0b010), "–（或还有b）", "– (possibly also b)"),
    (mood, 0b110, "关注 / 警报", "watch / alarm"),
    (moods, (0b001, 0b111), "平静（或还有关注、警报）", "calm (possibly also watch, alarm)"),
    (points, (0, 5), "0 … 5", "0 … 5"),
    (points, (5, 5), "5", "5"),
]


@pytest.mark.parametrize(("fact", "encoded", "chinese", "english"), READ, ids=[f"{fact.name} {encoded}" for fact, encoded, _, _ in READ])
def test_a_value_is_put_into_words_with_its_unit(fact: Fact, encoded: Any, chinese: str, english: str) -> None:
    assert value_text(fact, encoded, Lang.ZH) == chinese
    assert value_text(fact, encoded, Lang.EN) == english


# -- verdicts ----------------------------------------------------------------------------------------------------------

MILD, GRAVE = rule("mild", days > 10, "b"), rule("grave", (ltv >= "0.8") & (days > 30), "c")
BOTH = table(MILD, GRAVE)
THIN = table(rule("thin", ltv >= "0.8", "b"))
LACKING = table(rule("poor", (ltv >= "0.8") & job.is_in("none"), "c"), rule("early", signed < "2020-01-01", "b"))
SCORED = table(rule("plus", days > 10, 5), rule("minus", ltv >= "0.8", -2), fold=Fold.TOTAL, outcomes=Score(), otherwise=10)

TOLD: list[tuple[str, Verdict, str]] = [
    (
        "two rules fire",
        BOTH(days=31, ltv="0.85"),
        (
            "table: c (decided)\n"
            "  rule mild: reason\n"
            "    fact: days past due more than 10 days — it is 31 days\n"
            "    source: house rule · bank practice · not verified\n"
            "  rule grave: reason\n"
            "    fact: loan-to-value at least 80.00 % — it is 85.00 %\n"
            "    fact: days past due more than 30 days — it is 31 days\n"
            "    source: house rule · bank practice · not verified\n"
            "  threshold: days past due more than 30 days — days past due is 31 days, 1 day away\n"
            "  threshold: loan-to-value at least 80.00 % — loan-to-value is 85.00 %, 5.00 % away"
        ),
    ),
    (
        "one fires and one is open",
        BOTH(days=31),
        (
            "table: b (undecided)\n"
            "  still possible: b, c\n"
            "  rule mild: reason\n"
            "    fact: days past due more than 10 days — it is 31 days\n"
            "    source: house rule · bank practice · not verified\n"
            "  undecided rule grave: c if it holds\n"
            "    lacks: loan-to-value at least 80.00 % — loan-to-value is unknown\n"
            "    source: house rule · bank practice · not verified\n"
            "  would be closed by: loan-to-value\n"
            "  threshold: days past due more than 30 days — days past due is 31 days, 1 day away"
        ),
    ),
    (
        "none fires",
        BOTH(days=5, ltv="0.85"),
        (
            "table: a (decided)\n"
            "  no rule holds, so the default applies\n"
            "  threshold: days past due more than 10 days — days past due is 5 days, 5 days away\n"
            "  threshold: loan-to-value at least 80.00 % — loan-to-value is 85.00 %, 5.00 % away"
        ),
    ),
    (
        "a gap",
        table(MILD, GRAVE, otherwise=None)(days=5, ltv="0.5"),
        (
            "table: nothing established (no rule applies)\n"
            "  still possible: –\n"
            "  threshold: days past due more than 10 days — days past due is 5 days, 5 days away\n"
            "  threshold: loan-to-value at least 80.00 % — loan-to-value is 50.00 %, 30.00 % away"
        ),
    ),
    (
        "all that fire and what may",
        table(MILD, GRAVE, fold=Fold.EVERY, otherwise=("a",))(days=31),
        (
            "table: b (undecided)\n"
            "  still possible: c\n"
            "  rule mild: reason\n"
            "    fact: days past due more than 10 days — it is 31 days\n"
            "    source: house rule · bank practice · not verified\n"
            "  undecided rule grave: c if it holds\n"
            "    lacks: loan-to-value at least 80.00 % — loan-to-value is unknown\n"
            "    source: house rule · bank practice · not verified\n"
            "  would be closed by: loan-to-value\n"
            "  threshold: days past due more than 30 days — days past due is 31 days, 1 day away"
        ),
    ),
    (
        "a total",
        SCORED(days=31),
        (
            "table: 15 (undecided)\n"
            "  still possible: 13 … 15\n"
            "  rule plus: reason\n"
            "    fact: days past due more than 10 days — it is 31 days\n"
            "    source: house rule · bank practice · not verified\n"
            "  undecided rule minus: -2 if it holds\n"
            "    lacks: loan-to-value at least 80.00 % — loan-to-value is unknown\n"
            "    source: house rule · bank practice · not verified\n"
            "  would be closed by: loan-to-value\n"
            "  threshold: days past due more than 10 days — days past due is 31 days, 21 days away"
        ),
    ),
    (
        "a stand-in, and one that nobody reads",
        THIN(assuming=(ltv.assume("0.9", because=HOUSE), days.assume(1, because=HOUSE))),
        (
            "table: b (decided)\n"
            "  rule thin: reason\n"
            "    fact: loan-to-value at least 80.00 % — it is 90.00 %\n"
            "    source: house rule · bank practice · not verified\n"
            "  assumed: loan-to-value is 90.00 % (house rule · bank practice · not verified)\n"
            "  threshold: loan-to-value at least 80.00 % — loan-to-value is 90.00 %, 10.00 % away"
        ),
    ),
    (
        "what is missing adds caution",
        table(rule("no-value", ltv.is_missing(), "c"))(),
        (
            "table: c (undecided)\n"
            "  still possible: a, c\n"
            "  rule no-value: reason\n"
            "    fact: loan-to-value unknown\n"
            "    source: house rule · bank practice · not verified\n"
            "  would be closed by: loan-to-value"
        ),
    ),
    (
        "two facts are missing",
        LACKING(signed="2020-01-31"),
        (
            "table: a (undecided)\n"
            "  still possible: a, c\n"
            "  no rule holds, so the default applies\n"
            "  undecided rule poor: c if it holds\n"
            "    lacks: loan-to-value at least 80.00 % — loan-to-value is unknown\n"
            "    lacks: employment is none — employment is unknown\n"
            "    source: house rule · bank practice · not verified\n"
            "  would be closed by: loan-to-value, employment\n"
            "  threshold: day of signing before 1 Jan 2020 — day of signing is 31 Jan 2020, 30 days away"
        ),
    ),
]


@pytest.mark.parametrize(("verdict", "text"), [pytest.param(verdict, text, id=sentence) for sentence, verdict, text in TOLD])
def test_a_verdict_is_told_line_by_line(verdict: Verdict, text: str) -> None:
    assert verdict.explain() == text


def test_a_verdict_is_told_in_chinese() -> None:
    assert LACKING(signed="2020-01-31").explain("zh") == (
        "表：a（未定）\n"
        "  仍可能：a、c\n"
        "  无规则成立，按默认结论\n"
        "  未定规则 poor：若成立则为c\n"
        "    缺少：贷款价值比达到80% — 贷款价值比未知\n"
        "    缺少：职业为none — 职业未知\n"
        "    依据：内部规定 · 银行惯例 · 未核对\n"
        "  补齐后可定：贷款价值比、职业\n"
        "  界限：签约日早于2020年1月1日（签约日2020年1月31日），相差30天"
    )
    assert THIN(assuming=(ltv.assume("0.9", because=HOUSE),)).explain("zh") == (
        "表：b（已定）\n"
        "  规则 thin：理由\n"
        "    事实：贷款价值比达到80%（现90%）\n"
        "    依据：内部规定 · 银行惯例 · 未核对\n"
        "  假定：贷款价值比为90%（内部规定 · 银行惯例 · 未核对）\n"
        "  界限：贷款价值比达到80%（贷款价值比现90%），相差10%"
    )


def test_a_summary_names_the_rules_that_are_open_and_leaves_thresholds_out() -> None:
    assert summarise_verdict(BOTH(days=31), Lang.EN, notes=Footnotes()) == (
        "table: b (undecided)\n"
        "  still possible: b, c\n"
        "  rule [1]: reason\n"
        "    fact: days past due more than 10 days — it is 31 days\n"
        "    source: house rule · bank practice · not verified\n"
        "  undecided rules: [2]\n"
        "  would be closed by: loan-to-value"
    )
    two_open = table(rule("poor", ltv >= "0.8", "b"), rule("worse", ltv >= "0.9", "c"))()
    assert summarise_verdict(two_open, Lang.EN, notes=Footnotes()).split("\n")[-2:] == ["  undecided rules: [1][2]", "  would be closed by: loan-to-value"]
    assert summarise_verdict(two_open, Lang.ZH, notes=Footnotes()).split("\n")[-2:] == ["  未定规则：[1][2]", "  补齐后可定：贷款价值比"]


def test_a_summary_shows_the_stand_ins() -> None:
    verdict = THIN(assuming=(ltv.assume("0.9", because=HOUSE),))
    assert summarise_verdict(verdict, Lang.EN, notes=Footnotes()).endswith("\n  assumed: loan-to-value is 90.00 % (house rule · bank practice · not verified)")


def test_why_a_rule_did_not_fire_is_told_by_what_kept_it() -> None:
    verdict = BOTH(days=5, ltv="0.85")
    assert verdict.why_not("grave") == (
        "rule grave does not apply: reason\n  not so: days past due more than 30 days — it is 5 days\n  source: house rule · bank practice · not verified"
    )
    assert verdict.why_not("grave", "zh") == ("规则 grave 不适用：理由\n  不符：逾期天数超过30天（现5天）\n  依据：内部规定 · 银行惯例 · 未核对")


def test_the_verdicts_of_a_graph_are_told_one_after_the_other() -> None:
    graph = DecisionGraph((table(rule("x", days > 1, "b"), name="one"), table(rule("y", ltv > "0.5", "b"), name="two")))
    verdicts = graph.verdicts(days=2)
    assert verdicts.explain("zh") == "\n\n".join(verdicts[name].explain("zh") for name in ("one", "two"))
    assert verdicts.explain() == verdicts.explain("en")
    assert repr(verdicts) == "<Verdicts one='b', two='a'>"


def test_the_repr_of_a_verdict_has_its_candidates_where_it_is_open() -> None:
    assert repr(BOTH(days=31)) == "<Verdict 't' UNDECIDED outcome='b' candidates=('b', 'c') fired=('mild',) undecided=('grave',)>"
    assert repr(BOTH(days=31, ltv="0.85")) == "<Verdict 't' DECIDED outcome='c' fired=('mild', 'grave') undecided=()>"


# -- outcomes with names for people --------------------------------------------------------------------------------------

STALE, DEAR = rule("stale", days > 30, Level.WATCH), rule("dear", ltv > "0.8", Level.ALARM)


def levels(*rules: Rule, **more: Any) -> Table:
    return table(*rules, outcomes=Level, **{"otherwise": Level.CALM, **more})


def test_outcomes_are_told_by_their_names_in_the_language_asked_for() -> None:
    worst, every = levels(STALE, DEAR)(days=31), levels(STALE, DEAR, fold=Fold.EVERY, otherwise=(Level.CALM,))(days=31)
    assert worst.explain("zh").split("\n")[:2] == ["表：关注（未定）", "  仍可能：关注、警报"]
    assert worst.explain("en").split("\n")[:2] == ["table: watch (undecided)", "  still possible: watch, alarm"]
    assert every.explain("zh").split("\n")[:2] == ["表：关注（未定）", "  仍可能：警报"]
    assert "  未定规则 dear：若成立则为警报" in worst.explain("zh").split("\n")


def test_a_table_for_signature_names_its_outcomes_in_the_language_asked_for() -> None:
    lines = levels(STALE, DEAR).to_markdown("zh").split("\n")
    assert lines[3:5] == ["结论由轻到重：平静 → 关注 → 警报  ", "无规则成立时：平静"]
    assert lines[-2] == "| `dear` | 贷款价值比超过80% | 警报 | 理由 | 内部规定 · 银行惯例 · 未核对 |"


def test_a_notebook_shows_the_outcome_in_one_language_at_a_time_and_no_rule_that_does_not_hold() -> None:
    html = levels(DEAR, STALE)(days=31, ltv="0.1")._repr_html_()
    assert "<summary>表：关注（已定）</summary>" in html
    assert "<summary>table: watch (decided)</summary>" in html
    assert ("rule stale:" in html, "dear" in html) == (True, False)


def test_a_stand_in_is_told_with_its_unit_in_the_language_asked_for() -> None:
    verdict = levels(STALE)(assuming=(days.assume(31, because=HOUSE),))
    assert "  假定：逾期天数为31天（内部规定 · 银行惯例 · 未核对）" in verdict.explain("zh").split("\n")


def test_of_a_set_what_is_sure_and_what_is_possible_are_told_apart() -> None:
    first = levels(STALE, DEAR, fold=Fold.EVERY, otherwise=None, name="first")
    second = table(rule("any", first.outcome.includes(Level.WATCH, Level.ALARM), "b"), name="second")
    graph = DecisionGraph((first, second))
    assert "    事实：表包含关注或警报 — 其中有关注" in graph.verdicts(days=31)["second"].explain("zh").split("\n")
    assert "    fact: table includes watch or alarm — of these watch" in graph.verdicts(days=31)["second"].explain("en").split("\n")
    assert "  not so: table includes watch or alarm" in graph.verdicts(days=1, ltv="0.1")["second"].why_not("any").split("\n")


# -- tables and notebooks ----------------------------------------------------------------------------------------------

PIPED = Rule("r", when=days > 1, then="b", because=Label("甲|乙", "one|two"), source=HOUSE)
DATED = rule("s", days > 2, "b", period=Period(since="2024-01-01", until="2025-01-01", of=signed))


def test_a_table_without_order_and_without_an_otherwise_says_so() -> None:
    first = table(MILD, outcomes=unordered("abc"), fold=Fold.FIRST, otherwise=None)
    assert first.to_markdown("en") == (
        "### table (`t`)\n"
        "\n"
        "Folded by: the first rule that fires, in the order written  \n"
        "Outcomes, in no order: a; b; c\n"
        "\n"
        "| rule | when | then | because | source |\n"
        "|---|---|---|---|---|\n"
        "| `mild` | days past due more than 10 days | b | reason | house rule · bank practice · not verified |\n"
        ""
    )
    assert first.to_markdown("zh") == (
        "### 表 (`t`)\n"
        "\n"
        "合并方式：依次判断，首条成立者为准  \n"
        "结论（不分轻重）：a；b；c\n"
        "\n"
        "| 规则 | 情形 | 结论 | 理由 | 依据 |\n"
        "|---|---|---|---|---|\n"
        "| `mild` | 逾期天数超过10天 | b | 理由 | 内部规定 · 银行惯例 · 未核对 |\n"
        ""
    )
    assert first.to_markdown() == first.to_markdown("en")


def test_a_scorecard_has_no_scale() -> None:
    assert SCORED.to_markdown("en").split("\n")[2:5] == ["Folded by: the sum of all rules that fire  ", "If no rule holds: 10", ""]


def test_what_would_break_a_cell_is_written_so_that_it_does_not() -> None:
    piped, dated = table(PIPED, DATED).to_markdown("en").split("\n")[-3:-1]
    assert piped == "| `r` | days past due more than 1 day | b | one\\|two | house rule · bank practice · not verified |  |"
    assert dated == (
        "| `s` | days past due more than 2 days | b | reason | house rule · bank practice · not verified "
        "| day of signing on or after 1 Jan 2024 and day of signing before 1 Jan 2025 |"
    )


def test_a_verdict_in_a_notebook_is_its_explanation() -> None:
    verdict = table(GRAVE, MILD, rule("never", days > 100, "c"), fold=Fold.FIRST)(days=31)
    heading, *lines = verdict.explain("en").split("\n")
    html = verdict.to_html("en")
    assert html.startswith(f'<details lang="en" style="text-align:left" open><summary>{heading}</summary><svg ')
    assert [unescape(said) for said in re.findall(r"<li>([^<]*)", html)] == [line.strip() for line in lines]
    assert "still possible" in html
    assert "逾期" not in html


@pytest.mark.parametrize(
    ("condition", "facts", "said"),
    [
        (moved <= "-0.20", {"moved": "-0.85"}, "收入下降20%以上（现下降85%）"),
        (moved >= "0.10", {"moved": "0.15"}, "收入变动达到10%（现上升15%）"),
        (lapsed.is_false(), {"lapsed": False}, "未到期"),
        (lapsed.is_true(), {"lapsed": True}, "已到期"),
        (graded >= Grade.SPECIAL_MENTION, {"graded": "substandard"}, "分类为关注类及以下（次级）"),
        (graded >= Grade.LOSS, {"graded": "loss"}, "分类为损失"),
        (job.is_in("none"), {"job": "none"}, "职业为none"),
        (job.is_in("salaried", "none"), {"job": "none"}, "职业为salaried或none（none）"),
        (principal < cny(100), {"principal": cny(99)}, "本金低于100元（现99元）"),
    ],
)  # fmt: skip
def test_a_fact_is_told_in_chinese_without_what_its_condition_has_said(condition: Condition, facts: dict[str, Any], said: str) -> None:
    told = table(rule("one", condition, "b"))(**facts).explain("zh").split("\n")
    assert f"    事实：{said}" in told


@pytest.mark.parametrize(
    ("label", "so"),
    [
        ("有提前到期条款", "无提前到期条款"),
        ("已证明系技术原因", "未证明系技术原因"),
        ("曾经展期", "未曾展期"),
        ("押品被查封", "押品未被查封"),
        ("有限公司借款", "无有限公司借款情形"),
        ("挪用贷款资金", "无挪用贷款资金情形"),
    ],
)
def test_what_is_not_so_is_denied_as_chinese_denies_it(label: str, so: str) -> None:
    flag = Fact.flag("held", label=Label(label, "held"))
    assert condition_text(flag.is_false(), Lang.ZH) == so
    assert condition_text(flag.is_false(), Lang.EN) == "not: held"
