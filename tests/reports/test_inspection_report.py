"""An inspection report has every item of the form, in both languages, and tells nobody apart unless it is asked to."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.revisit.test_reassess import CASE, report
from tests.speech.chinese import left_in_english

from revisit_policy import Action, Determination, InvalidInputError, UnknownNameError, cny
from revisit_policy.reports import InspectionReport
from revisit_policy.revisit import Consent, Observed, reassess
from revisit_policy.rulebooks import cn_housing

ON = "2026-11-26"
LATE = attrs.evolve(
    CASE,
    loan=attrs.evolve(CASE.loan, loan_no="GZ-2024-000117", days_past_due=95, missed_consecutive=4, missed_total_24m=4),
    borrower=attrs.evolve(CASE.borrower, id="PERSON-88231"),
    determination=Determination("normal", on="2026-09-30", role="credit_committee"),
    actions=(Action("hand_over", state="begun", on="2026-11-24"),),
)
CAME_BACK = report(
    loan_no="GZ-2024-000117", officers=["OFFICER-1701", "OFFICER-2302"], acts=["identify", "enter"], consents=[Consent(to="enter", basis="consent")],
    recordings=["REC-1"], observed=[Observed(field="borrower.monthly_income", value=cny("9000"), evidence="document", reference="DOC-7")],
    not_confirmed=["collateral.registration"],
)  # fmt: skip
FOUND = reassess(LATE, CAME_BACK, cn_housing.rulebook, on=ON)
PLACE = "8 Willow Road"
SHOWN = InspectionReport.of(FOUND, place=PLACE, shows_identity=True)
MASKED = InspectionReport.of(FOUND, place=PLACE)
NAMES = ("GZ-2024-000117", "PERSON-88231", "OFFICER-1701", "OFFICER-2302", PLACE)

ITEMS = [
    ("loan", "贷款编号 | GZ-2024-000117", "number of the loan | GZ-2024-000117"),
    ("borrower", "借款人编号 | PERSON-88231", "number of the borrower | PERSON-88231"),
    ("balance", "贷款余额 | 800,000元", "balance | CNY 800,000.00"),
    ("maturity", "到期日 | 2044年3月1日", "matures on | 1 Mar 2044"),
    ("arrears", "逾期天数 | 95", "days past due | 95"),
    ("method", "检查方式 | 上门", "method | visit on site"),
    ("place", "检查地点 | 8 Willow Road", "place | 8 Willow Road"),
    ("officers", "检查人员 | 2人（OFFICER-1701、OFFICER-2302）", "officers | 2 (OFFICER-1701, OFFICER-2302)"),
    ("ground", "进入住宅：本人明确同意（借款人）", "enter the home: explicit consent (borrower)"),
    ("recording", "录音录像编号 | REC-1", "recordings | REC-1"),
    ("finding", "月收入：20,000元 → 9,000元（书面材料 DOC-7）", "monthly income: CNY 20,000.00 → CNY 9,000.00 (a document DOC-7)"),
    ("not confirmed", "未能核实：抵押登记状态", "could not be confirmed: registration of the mortgage"),
    ("what moved", "检查引起的变化：月收入：还款能力下降", "moved by the visit: monthly income: weaker ability to repay"),
    ("warning", "不良（红色，自2026年11月22日起）", "non-performing (red, since 22 Nov 2026)"),
    ("previous grade", "原认定分类：正常（2026年9月30日、credit_committee）", "determined before: pass (30 Sep 2026, credit_committee)"),
    ("grade", "本次建议分类：次级", "proposed now: substandard"),
    ("why it changed", "下调原因：逾期超过90天，押品足值亦不例外（overdue-90；", "made worse because: more than 90 days past due, however good the collateral"),
    ("step", "认定结论 | 有权审批人 | 2026年11月26日 | 2026年12月1日", "grade as determined | approver | 26 Nov 2026 | 1 Dec 2026"),
    ("measure", "移交资产保全部门 | 资产保全部门 | 2026年11月22日 | 2026年11月27日 | 已开始（2026年11月24日）", "hand over to special assets | special assets"),
    ("late measure", "报送不良信息前告知本人 | 集中催收中心 | 2026年8月24日 | 2026年8月31日 | 建议 | 已逾期", "recommended | late"),
    ("next visit", "下次检查：", "next visit: "),
    ("next classification", "下次分类认定：不晚于2026年11月27日", "next classification: by 27 Nov 2026"),
    ("run", "本次结果计入的分类时点：2026年12月31日", "classification run that the result enters: 31 Dec 2026"),
    ("missing", "补充核实：抵押登记状态", "find out: registration of the mortgage"),
    ("for granting", "贷款品种：首套住房贷款", "product: first home"),
    ("policy", "政策：cn-housing-2023 ", "policy: cn-housing-2023 "),
    ("first signature", "初分（经办）：", "prepared:"),
    ("second signature", "认定（复核）：", "determined:"),
    ("last signature", "审批：", "approved:"),
]


@pytest.mark.parametrize(("zh", "en"), [row[1:] for row in ITEMS], ids=[row[0] for row in ITEMS])
def test_the_report_has_every_item_of_the_form(zh: str, en: str) -> None:
    assert zh in SHOWN.page("zh").to_text()
    assert en in SHOWN.page("en").to_text()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobody_is_told_apart_unless_it_is_asked_for(lang: str) -> None:
    hidden, shown = MASKED.page(lang), SHOWN.page(lang)
    for masked, open_ in zip((hidden.to_text(), hidden.to_markdown(), hidden.to_html()), (shown.to_text(), shown.to_markdown(), shown.to_html()), strict=True):
        assert [name for name in NAMES if name in masked] == []
        assert [name for name in NAMES if name not in open_] == []
    assert all(name not in repr(MASKED) for name in NAMES)
    assert "****0117" in hidden.title


@pytest.mark.parametrize("identity", ["B-1", "12345678", "中国-88", "<b>1</b>"])
def test_a_short_identity_is_hidden_whole(identity: str) -> None:
    assert InspectionReport(FOUND.after).named(identity) == "****"
    assert InspectionReport(FOUND.after, shows_identity=True).named(identity) == identity


def test_the_report_of_a_number_that_was_found_otherwise_hides_both() -> None:
    came_back = attrs.evolve(CAME_BACK, observed=(Observed(field="borrower.id", value="PERSON-99999", evidence="register"),))
    found = reassess(LATE, came_back, cn_housing.rulebook, on=ON)
    told = InspectionReport.of(found).page("zh").to_text()
    assert "PERSON" not in told
    assert "借款人编号：****8231 → ****9999" in told


def test_markup_in_a_name_is_shown_as_it_is() -> None:
    wicked = attrs.evolve(LATE, loan=attrs.evolve(LATE.loan, loan_no="<img src=x>|`*7*`"), determination=Determination("normal", role="<script>|*a*"))
    page = InspectionReport(cn_housing.rulebook.decide(wicked, on=ON), place="<b>8 *Willow*</b>", shows_identity=True).page("en")
    document = page.to_html()
    assert "<img" not in document
    assert "<script" not in document
    assert "&lt;img src=x&gt;|`*7*`" in document
    assert "\\<img src=x>\\|\\`\\*7\\*\\`" in page.to_markdown()


def test_the_tables_of_a_chinese_report_have_no_english_beside_ids() -> None:
    told = [line for section in MASKED.page("zh").sections for row in section.rows for line in row]
    assert [line for line in told if left_in_english(line.replace("REC-1", "").replace("DOC-7", ""))] == []


def test_a_report_of_no_visit_says_so_and_tells_the_steps_of_the_next_one() -> None:
    decision = cn_housing.rulebook.decide(attrs.evolve(CASE, visits=()), on=ON)
    told = InspectionReport(decision).page("en").to_text()
    assert "the case file has no visit" in told
    assert "these are the steps of the next visit" in told
    assert "What was found" not in told


def test_the_last_visit_of_the_case_file_is_reported_unless_another_is_named() -> None:
    first = CASE.visits[0]
    later = attrs.evolve(first, kind="periodic", completed_on="2026-06-09")
    decision = cn_housing.rulebook.decide(attrs.evolve(CASE, visits=(later, first)), on=ON)
    assert InspectionReport(decision).visit == later
    assert InspectionReport(decision, visit=first).visit == first


def test_the_report_of_a_settled_loan_asks_for_nothing() -> None:
    paid = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, balance=cny(0)))
    told = InspectionReport(cn_housing.rulebook.decide(paid, on=ON)).page("zh").to_text()
    assert "本息已结清，不作任何要求" in told
    assert "期限内无须检查" in told


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("visit", {"visit": "phone"}),
    ("result", {"result": 5}),
    ("reassessed", {"reassessed": FOUND.after}),
    ("place", {"place": "a\nb"}),
    ("shows_identity", {"shows_identity": 1}),
]


@pytest.mark.parametrize(("field", "given"), WRONG, ids=[row[0] for row in WRONG])
def test_what_a_report_cannot_hold_is_refused_by_its_field(field: str, given: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError) as refused:
        InspectionReport(FOUND.after, **given)
    assert f"`InspectionReport.{field}` must be" in str(refused.value)


def test_a_decision_that_the_findings_did_not_lead_to_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="the decision after `reassessed`"):
        InspectionReport(FOUND.before, reassessed=FOUND)


def test_a_language_that_the_policy_has_not_is_refused_with_those_it_has() -> None:
    with pytest.raises(UnknownNameError) as refused:
        MASKED.page("fr")
    assert str(refused.value) == "unknown language `fr`, expected `zh`, `en`"
