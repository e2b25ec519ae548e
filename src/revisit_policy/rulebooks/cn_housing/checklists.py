"""Checklists: what a visit of each kind finds out by the practice of Chinese banks, and what it must not do in a home."""

from __future__ import annotations

from typing import Final

from revisit_policy.outcomes.checklist import Checklist
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.values.labels import Label

#: Civil Code, articles 672 (inspection as agreed) and 1033 (no entering, no pictures of a home without consent).
_CONSENT: Final = Label(
    "检查以合同约定为限；入户、拍照须先取得明确同意，不拍摄未成年人",
    "inspect as far as the contract says; ask for express consent before entering or taking pictures, and take none of children",
)

CHECKLISTS: Final = (
    Checklist(VisitKind.FIRST, (
        Label("核实贷款资金用途", "verify that the money was used as agreed"),
        Label("核对借款人联系方式与居住情况", "check how the borrower is reached and who lives in the home"),
        Label("核查房屋交付、产权证及抵押登记进度", "check delivery, title certificate and registration of the mortgage"),
        _CONSENT,
    )),
    Checklist(VisitKind.PERIODIC, (
        Label("核实收入、就业、家庭与负债变化", "verify changes of income, employment, family and debts"),
        Label("核实房屋占有、使用与保险状况", "verify possession, use and insurance of the home"),
        Label("核查抵押登记与权属状态", "check registration of the mortgage and title"),
        _CONSENT,
    )),
    Checklist(VisitKind.TRIGGERED, (
        Label("核实预警原因与借款人还款安排", "verify the cause of the warning and how the borrower will pay"),
        Label("涉及查封、登记的：核对登记簿，查明申请查封的债权人、案由与顺位", "of a seizure or the registration: look up the register, and by whom, why and in which rank it was seized"),
        Label("涉及停工、逾期交付的：向开发商核实工程进度与预售资金监管账户", "of a project that is stalled or late: ask the developer how far it is and what is in the supervised account"),
        Label("涉及收入、负债的：核对收入材料，并经书面授权查询征信", "of income or debts: look at proofs of income, and at the credit register with written consent"),
        _CONSENT,
    )),
    Checklist(VisitKind.REVALUATION, (Label("核实押品价值与状况", "verify value and condition of the home"),)),
)  # fmt: skip
"""One a kind of visit."""
