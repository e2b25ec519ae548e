"""Servicing: facts made from histories, each by a convention that is printed beside it.

A policy is only as right as its facts, and two systems that read the same payments differ in days past due because each has
assumptions that nobody wrote down. Here they are values. None of them is any country's: a rulebook has its own, such as
``cn_housing.ARREARS_CONVENTION``.

Which door: `arrears` counts days past due, overdue amounts and missed periods from a `LoanAccount` under an
`ArrearsConvention`; `pauses_of` reads pauses from what a system has noted. `case_on` makes the case file of a day from a `History`,
as far as it was known on another, and `onsets` says since when something has been so. `revalue` carries an appraisal on by a
`PriceIndex`, or says why somebody has to look first; `cover` tells what is short, and what would cure it. `observation_until`
says when a time of good payment can end.
"""

from revisit_policy.servicing.arrears.arrears import Arrears, BandSpell, arrears
from revisit_policy.servicing.arrears.arrears_convention import AfterGrace, Allocation, ArrearsConvention, DayCount, DueDayShift, GraceFor
from revisit_policy.servicing.arrears.instalment import Instalment, Postponement
from revisit_policy.servicing.arrears.loan_account import LoanAccount
from revisit_policy.servicing.arrears.pause import Pause, PauseMark, pauses_of
from revisit_policy.servicing.arrears.payment import Payment
from revisit_policy.servicing.histories.dated_fact import DatedFact
from revisit_policy.servicing.histories.history import History, case_on
from revisit_policy.servicing.histories.observation import observation_until
from revisit_policy.servicing.histories.onset import onsets, with_onsets
from revisit_policy.servicing.valuation.appraisal import Appraisal
from revisit_policy.servicing.valuation.cover import Cover, cover
from revisit_policy.servicing.valuation.price_index import IndexKind, PriceIndex
from revisit_policy.servicing.valuation.revaluation import AppraisalReason, Revaluation, ValueLimit, revalue
from revisit_policy.servicing.valuation.valuation_convention import ValuationConvention

__all__ = [
    "AfterGrace",
    "Allocation",
    "Appraisal",
    "AppraisalReason",
    "Arrears",
    "ArrearsConvention",
    "BandSpell",
    "Cover",
    "DatedFact",
    "DayCount",
    "DueDayShift",
    "GraceFor",
    "History",
    "IndexKind",
    "Instalment",
    "LoanAccount",
    "Pause",
    "PauseMark",
    "Payment",
    "Postponement",
    "PriceIndex",
    "Revaluation",
    "ValuationConvention",
    "ValueLimit",
    "arrears",
    "case_on",
    "cover",
    "observation_until",
    "onsets",
    "pauses_of",
    "revalue",
    "with_onsets",
]
