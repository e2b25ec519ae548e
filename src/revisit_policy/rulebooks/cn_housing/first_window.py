"""First window: when the first visit after disbursement is made. The duty is regulation, the days are the bank's."""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.condition import ALWAYS
from revisit_policy.language.fold import Fold
from revisit_policy.language.period import Period
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.regulations import PERSONAL_LOANS_CHANGED_ON, PERSONAL_LOANS_SINCE, personal_loans_2010, personal_loans_2024
from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL, set_by_bank
from revisit_policy.values.labels import Label


def usual(p: Parameters) -> DayWindow:
    """The usual window; an early check of the use of funds, where a bank makes one, is the first visit."""
    if p.use_of_funds_check_days is None:
        return DayWindow(*p.first_window_days)
    return DayWindow(0, p.use_of_funds_check_days)


def table(p: Parameters) -> Table:
    """The usual window, and an earlier end for large loans."""
    window = usual(p)
    last = max(window.first, min(window.last, p.first_window_last_day_large))
    large = DayWindow(window.first, last)
    return Table(
        "first_window",
        label=Label("首次回访窗口", "window of the first visit"),
        outcomes=unordered(dict.fromkeys((window, large))),
        fold=Fold.FIRST,
        otherwise=window,
        rules=(
            Rule(
                "first-window-large",
                when=facts.principal >= p.large_principal,
                then=large,
                because=Label(f"大额贷款，首次回访不迟于放款后{last}天", f"a large loan: the first visit within {last} days of disbursement"),
                source=PROPOSAL,
            ),
            *_duties(window),
        ),
    )


def _duties(window: DayWindow) -> tuple[Rule, ...]:
    """What obliges the lender to follow a loan up, by the day it was paid out."""
    first, last = window.first, window.last
    because = Label(
        f"办法要求贷款支付后跟踪检查资金用途、借款人信用和担保变化，期限由银行自定，此处为{first}至{last}天",
        f"after payment the lender follows up use of funds, borrower's credit and security, in a time of its own: here {first} to {last} days",
    )
    paid_out = facts.disbursed_on
    return (
        Rule("first-window-2010", when=ALWAYS, then=window, because=because, source=set_by_bank(personal_loans_2010("35")), period=Period(since=PERSONAL_LOANS_SINCE, until=PERSONAL_LOANS_CHANGED_ON, of=paid_out)),
        Rule("first-window-2024", when=ALWAYS, then=window, because=because, source=set_by_bank(personal_loans_2024()), period=Period(since=PERSONAL_LOANS_CHANGED_ON, of=paid_out)),
    )
