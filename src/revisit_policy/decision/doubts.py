"""Doubts: what a case file can say and seldom does, as items of the next visit's checklist.

A contradiction is refused at the door of the case file; a doubt is decided as it stands, and whoever visits next checks it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.loan import Loan
from revisit_policy.casefile.relations import LONGEST_MONTH, MONTHLY, SHORTEST_MONTH
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label

#: Who has missed so many periods in a row would have missed another long before so many days are past due.
TOO_MANY_DAYS: Final = Label(
    "核实逾期天数与连续欠款期数：逾期天数多于所欠期数可解释的天数，是否已宣布提前到期",
    "check days past due against periods missed in a row: more days than the periods explain; was the loan called in?",
)
#: Who has so few days past due has not had so many due days since.
TOO_MANY_PERIODS: Final = Label(
    "核实连续欠款期数与逾期天数：所欠期数多于逾期天数可解释的期数，还款如何入账",
    "check periods missed in a row against days past due: more periods than the days explain; to what were payments applied?",
)


def doubts(case: CaseFile, on: Date) -> Iterator[Label]:
    """What is to be verified of a *case*, judged on the day *on*: nothing where days or periods are unknown, or fall due other than monthly.

    Once a loan has matured no further period can be missed, so that its days past due go on alone.
    """
    loan = case.loan
    if loan.days_past_due and loan.missed_consecutive is not None and loan.repayment.value in MONTHLY:
        yield from _payment_record(loan, days=loan.days_past_due, missed=loan.missed_consecutive, on=on)


def _payment_record(loan: Loan, *, days: int, missed: int, on: Date) -> Iterator[Label]:
    if days > LONGEST_MONTH * (missed + 1) and on <= loan.matures_on:
        yield TOO_MANY_DAYS
    elif days < SHORTEST_MONTH * (missed - 1):
        yield TOO_MANY_PERIODS
