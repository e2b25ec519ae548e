"""Reports: what a bank prints, files and hands on, made of what is decided and counted already.

A report adds nothing of its own: every sentence stands in a decision, a visit or a count. It is a value, and prints the same bytes always.

Which door: an ``InspectionReport`` of one visit, whose ``page`` in a language is a ``Page`` of ``Section`` values, printed as text, as
Markdown, or as HTML without a script that fetches nothing.
"""

from revisit_policy.reports.inspection_report import InspectionReport
from revisit_policy.reports.page import Page, Section

__all__ = [
    "InspectionReport",
    "Page",
    "Section",
]
