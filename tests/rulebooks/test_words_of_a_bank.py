"""The words that a Chinese bank writes: which stand where people read them, and which stand nowhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import pytest
from tests.rulebooks.test_officers_borrowers import BORROWERS, Borrower, case_of, decided, late

import revisit_policy
from revisit_policy import Measure, reports, revisit
from revisit_policy.rulebooks import cn_housing

LAID_OFF: Final = "laid off, and still pays: one is to talk, and no security is asked for"
ENFORCED: Final = "100 days late and does not: enforcement, and no plan beside it"
UNREGISTERED: Final = "registrable for half a year, and never registered"
QUIET: Final = "a quiet borrower of good standing is watched"
FOOT: Final = "编号所指"

#: What is written, and of whom the explanation says it.
WRITTEN: Final = (
    ("不定期回访", LAID_OFF),
    ("年度重估", QUIET),
    ("风险分类为关注类及以下（次级）", ENFORCED),
    ("风险分类为次级类及以下（次级）", ENFORCED),
    ("较上次核实的收入下降20%以上（现下降85%）", LAID_OFF),
    ("未证明逾期系操作或技术原因", ENFORCED),
    ("有提前到期条款", ENFORCED),
    ("贷款价值比达到90%（现105%）", "a home worth less than the debt"),
    ("抵押物余值不足", "a home worth less than the debt"),
    ("启动", LAID_OFF),
    ("立即开展", ENFORCED),
    ("建议完成日", QUIET),
    ("系统建议值（未经本行批准）", QUIET),
    ("押品足值亦不例外", ENFORCED),
    ("择一", LAID_OFF),
    ("抵押权未设立", UNREGISTERED),
    ("当时未必应办", ENFORCED),
    ("以最早的期限为准", ENFORCED),
    ("另有措施的照办", UNREGISTERED),
)

#: What is written nowhere, and what stands in its place.
NOWHERE: Final = {
    "不低于": "达到",
    "或更重": "类及以下",
    "或更轻": "类及以上",
    "现为": "（现…）",
    "着手": "启动",
    "补办": "立即开展",
    "目标日": "建议完成日",
    "触发回访": "不定期回访",
    "本库建议": "系统建议值",
    "余值变薄": "抵押率偏高",
    "几无余值": "抵押物余值不足",
    "押品充足亦同": "押品足值亦不例外",
    "为否": "未…、无…",
    "为是": "the fact alone",
    "变动不超过": "下降…以上",
    "-1个工作日": "a limit, and no step",
    "逾期未访": "应立即回访",
    "按现行期限": "按今日情况推算",
    "押品重估：无须重估": "年度重估",
    "尚按2007年指引": "the edition that holds",
    "核实预警原因与借款人还款安排": "what each warning asks",
}


#: Spots that misled, each with the borrower of whom it was said.
MISLEADING: Final = (
    ("亦无挪用、逃废债、查封或毁损，继续观察", UNREGISTERED),
    ("首次回访窗口：", QUIET),
    ("禁止措施：批量转让", QUIET),
    ("无须重估（已定）", QUIET),
    ("仅因市价下跌", LAID_OFF),
    ("押品至少每年重估一次", "the owner tears out walls: a demand, a valuation, and then the law"),
    ("借款人还款安排", "building has stopped, and nothing is asked of the buyer"),
    ("信用优良（", "an excellent one as well"),
)


@cache
def texts_of(name: str) -> dict[str, str]:
    """Whatever a person reads of one borrower, by where it stands."""
    decision = decided(BORROWERS[name])
    return {
        "explanation": decision.explain("zh"),
        "page": decision.one_page("zh"),
        "HTML": decision.to_html("zh"),
        "visits": "\n".join(item.text("zh") for visit in decision.schedule.all for item in visit.checklist),
    }


@cache
def texts_of_the_policies() -> dict[str, str]:
    """Whatever a person reads of the rulebook itself."""
    new, old = cn_housing.policy(), cn_housing.policy_2007()
    return {
        "rules": new.to_markdown("zh"),
        "rules of 2007": old.to_markdown("zh"),
        "notes": new.notes_to_markdown("zh"),
        "playbook": revisit.playbook(new, "zh", conduct=cn_housing.REPORT_RULES, care=cn_housing.CARE),
    }


@pytest.mark.parametrize(("term", "name"), WRITTEN)
def test_a_term_of_the_trade_stands_in_the_explanation_of_whom_it_concerns(term: str, name: str) -> None:
    assert term in texts_of(name)["explanation"]


@pytest.mark.parametrize("name", BORROWERS)
def test_nothing_that_a_bank_would_not_write_is_said_of_a_borrower(name: str) -> None:
    assert [(term, where) for term in NOWHERE for where, text in texts_of(name).items() if term in text] == []


def test_nor_of_the_rulebook_but_for_floors_of_the_law() -> None:
    assert [(term, where) for term in NOWHERE for where, text in texts_of_the_policies().items() if term in text] == []
    for said in ("逾期天数1至7天", "逾期天数31至90天", "十二个月房价下降10%以上", "风险分类为次级类及以下"):
        assert said in texts_of_the_policies()["rules"]


#: Where a word that is written nowhere else is right: a floor that is set, a bound of an estimate, and what stood in a record and stands there now.
RIGHT: Final = {
    ("不低于", "rulebooks/cn_housing/down_payment_floor.py"),
    ("不低于", "servicing/valuation/revaluation.py"),
    ("现为", "records/replay.py"),
}
SOURCES: Final = Path(revisit_policy.__file__).parent
PAGES: Final = SOURCES.parents[1]


def test_no_label_of_the_library_has_such_a_word_but_where_it_is_right() -> None:
    texts = {str(path.relative_to(SOURCES)): path.read_text(encoding="utf-8") for path in sorted(SOURCES.rglob("*.py"))}
    said = {term for term in NOWHERE if term not in {"为是", "为否"}}  # parts of other words
    assert {(term, name) for name, text in texts.items() for term in said if term in text} == RIGHT


@pytest.mark.parametrize("name", ["README.zh.md", "docs/tutorial/decide-one-loan-zh.md", "docs/tutorial/first-table-zh.md", "docs/reference/cn-housing-rules-zh.md"])
def test_no_page_in_chinese_has_such_a_word(name: str) -> None:
    text = (PAGES / name).read_text(encoding="utf-8")
    assert [term for term in NOWHERE if term in text] == []


@pytest.mark.parametrize("name", BORROWERS)
def test_no_report_of_an_inspection_has_such_a_word(name: str) -> None:
    text = reports.InspectionReport(decision=decided(BORROWERS[name])).page("zh").to_text()
    assert [term for term in (*NOWHERE, "批量转让、") if term in text] == []


@pytest.mark.parametrize(("spot", "name"), MISLEADING)
def test_a_spot_that_misled_is_gone(spot: str, name: str) -> None:
    assert [where for where, text in texts_of(name).items() if spot in text] == []


@pytest.mark.parametrize("name", BORROWERS)
def test_ids_of_rules_and_digests_stand_at_the_foot_alone(name: str) -> None:
    decision = decided(BORROWERS[name])
    body, foot = texts_of(name)["explanation"].split(FOOT)
    ids = {rule.id for verdict in decision.verdicts.values() for rule in verdict.table.rules if "-" in rule.id}
    assert [rule_id for rule_id in ids if rule_id in body or rule_id in texts_of(name)["page"]] == []
    assert decision.digest[:12] not in body
    assert decision.digest[:12] in foot


@pytest.mark.parametrize("name", BORROWERS)
def test_a_barred_measure_is_named_as_barred_and_never_as_recommended(name: str) -> None:
    barred = {measure.label("zh") for measure in decided(BORROWERS[name]).verdicts["barred"].outcome}
    lines = [line.strip() for text in texts_of(name).values() for line in text.splitlines()]
    named = [line for line in lines if any(label in line for label in barred)]
    assert all(line.startswith(("禁止措施：", "不予采用", "不得采取", "规则 [")) or "不得批量转让" in line or "试点" in line or "管理办法（财金" in line for line in named)
    assert Measure.BULK_TRANSFER.label("zh") not in "".join(line for line in lines if line.startswith("建议措施："))


@pytest.mark.parametrize("name", BORROWERS)
def test_the_result_names_no_rule_that_had_no_part_in_it(name: str) -> None:
    decision = decided(BORROWERS[name])
    upcoming = decision.schedule.next
    if upcoming is None:
        return
    named = [rule_id for rule_id in upcoming.reasons if rule_id.startswith("turnaround-")]
    assert [rule_id for rule_id in named if cn_housing.policy().rule(rule_id).then not in upcoming.result.parts] == []


def test_a_day_that_is_missing_is_asked_for_as_the_day_that_stands_in_the_papers() -> None:
    file = case_of(Borrower(facts={"property_type": "off_plan", "registration": "none", "registrable_since": None}))
    asked = {gap.text("zh") for gap in cn_housing.rulebook.decide(file, on="2026-11-23").gaps}
    assert "补充核实：首次能够办理登记之日" in asked
    assert not any("以来天数" in item for item in asked)


def test_the_page_says_how_the_grade_compares_and_who_determines_it() -> None:
    assert "较上次认定（正常）下调；须有权审批人认定" in texts_of(ENFORCED)["page"]
    assert "与上次认定（正常）相同；须" in texts_of(QUIET)["page"]


def test_what_the_page_rests_on_is_in_order_of_what_binds_most() -> None:
    foot = texts_of("misuse, with no clause on file, is recalled by law")["page"].split("\n依据\n")[1].splitlines()
    kinds = [next(place for place, kind in enumerate(("· 法律", "· 部门规章", "· 银行惯例")) if kind in line) for line in foot if line.startswith("[")]
    assert kinds == sorted(kinds) == [0, 1, 2]
    late_page = cn_housing.rulebook.decide(case_of(Borrower(facts=late(100, 4))), on="2026-11-23").one_page("zh")
    assert late_page.count("\n") < 30


@pytest.mark.parametrize("name", BORROWERS)
def test_a_page_is_within_its_bounds(name: str) -> None:
    page = texts_of(name)["page"]
    assert len(page) <= 700
    assert len(page.splitlines()) <= 30
