"""Checklists: what a visit of each kind finds out by the practice of Chinese banks."""

from __future__ import annotations

from typing import Final

from revisit_policy.outcomes.checklist import Checklist
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.values.labels import Label

CHECKLISTS: Final = (
    Checklist(VisitKind.FIRST, (
        Label("核实贷款资金用途", "verify that the money was used as agreed"),
        Label("核对借款人联系方式与居住情况", "check how the borrower is reached and who lives in the home"),
        Label("核查房屋交付、产权证及抵押登记进度", "check delivery, title certificate and registration of the mortgage"),
    )),
    Checklist(VisitKind.PERIODIC, (
        Label("核实收入、就业与负债变化", "verify changes of income, employment and debts"),
        Label("核实房屋占有、使用与保险状况", "verify possession, use and insurance of the home"),
        Label("核查抵押登记与权属状态", "check registration of the mortgage and title"),
    )),
    Checklist(VisitKind.TRIGGERED, (Label("核实预警原因与借款人还款安排", "verify the cause of the warning and how the borrower will pay"),)),
    Checklist(VisitKind.REVALUATION, (Label("核实押品价值与状况", "verify value and condition of the home"),)),
)
"""One a kind of visit."""
