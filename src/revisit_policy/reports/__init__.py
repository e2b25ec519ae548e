"""Reports: what a bank prints, files and hands on, made of what is decided and counted already.

A report adds nothing of its own: every sentence stands in a decision, a visit or a count. It is a value, and prints the same bytes always.

Which door: an ``InspectionReport`` of one visit, whose ``page`` in a language is a ``Page`` of ``Section`` values, printed as text, as
Markdown, or as HTML without a script that fetches nothing; a ``PortfolioReport`` of a ``Tally``, which `frames.tally` counts of a decided book;
a ``GrantingReport`` of a ``GrantTally``, the same by product and channel, for those who grant, which `frames.tally_grants` counts.
"""

from revisit_policy.reports.grant_tally import EarlyArrears, GrantGroup, GrantTally
from revisit_policy.reports.granting_report import GrantingReport
from revisit_policy.reports.inspection_report import InspectionReport
from revisit_policy.reports.page import Page, Section
from revisit_policy.reports.portfolio_report import PortfolioReport
from revisit_policy.reports.tally import Counted, Moves, Tally, WeekOfVisits

__all__ = [
    "Counted",
    "EarlyArrears",
    "GrantGroup",
    "GrantTally",
    "GrantingReport",
    "InspectionReport",
    "Moves",
    "Page",
    "PortfolioReport",
    "Section",
    "Tally",
    "WeekOfVisits",
]
