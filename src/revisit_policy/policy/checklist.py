"""Checklists: what a visit has to find out. Bank practice; a visit of several purposes has the items of each."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.values.labels import Label

#: What every visit of a kind has to find out.
STANDARD: Final = MappingProxyType(
    {
        VisitKind.FIRST: (
            Label("核实贷款资金用途", "verify that the money was used as agreed"),
            Label("核对借款人联系方式与居住情况", "check how the borrower is reached and who lives in the home"),
            Label("核查房屋交付、产权证及抵押登记进度", "check delivery, title certificate and registration of the mortgage"),
        ),
        VisitKind.PERIODIC: (
            Label("核实收入、就业与负债变化", "verify changes of income, employment and debts"),
            Label("核实房屋占有、使用与保险状况", "verify possession, use and insurance of the home"),
            Label("核查抵押登记与权属状态", "check registration of the mortgage and title"),
        ),
        VisitKind.TRIGGERED: (Label("核实预警原因与借款人还款安排", "verify the cause of the warning and how the borrower will pay"),),
        VisitKind.REVALUATION: (Label("核实押品价值与状况", "verify value and condition of the home"),),
    }
)


def find_out(fact: Fact) -> Label:
    """The item that a missing *fact* puts on the next visit's checklist."""
    return Label(f"补充核实：{fact.label.zh}", f"find out: {fact.label.en}")


def record_beginning(code: SignalCode) -> Label:
    """The item that a signal of which nobody recorded the beginning puts there."""
    return Label(f"查明并记录起始日：{code.labels.zh}", f"find out and record since when: {code.labels.en}")
