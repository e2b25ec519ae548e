"""The revisit itself: what comes back from a visit, and what it changes.

A report holds findings, grounds and references, never a document or the name of a person.

Which door: a ``VisitReport`` of ``Observed`` fields and ``Consent`` to what was done; ``compare`` holds it against the case file, under a
``Materiality`` and the rules of conduct of a rulebook, such as ``cn_housing.REPORT_RULES``; ``reassess`` decides anew and tells which finding
moved what; ``quality`` tells the head of the branch what to ask back about; ``playbook`` prints for visitors what the policy in force asks.
"""

from revisit_policy.revisit.compare import Comparison, Discrepancy, Materiality, compare
from revisit_policy.revisit.consent import Act, Basis, Consent
from revisit_policy.revisit.observed import Evidence, Observed
from revisit_policy.revisit.playbook import playbook
from revisit_policy.revisit.quality import QualityCode, QualitySignal, quality
from revisit_policy.revisit.reassess import Moved, Reassessment, reassess
from revisit_policy.revisit.report_rule import ActsNeeded, Breach, GroundNeeded, OfficersTogether, ReportRule
from revisit_policy.revisit.visit_report import VisitReport

__all__ = [
    "Act",
    "ActsNeeded",
    "Basis",
    "Breach",
    "Comparison",
    "Consent",
    "Discrepancy",
    "Evidence",
    "GroundNeeded",
    "Materiality",
    "Moved",
    "Observed",
    "OfficersTogether",
    "QualityCode",
    "QualitySignal",
    "Reassessment",
    "ReportRule",
    "VisitReport",
    "compare",
    "playbook",
    "quality",
    "reassess",
]
