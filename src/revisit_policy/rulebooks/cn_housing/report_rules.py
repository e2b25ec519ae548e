"""How visits are made, and what a report has to show of it: the Civil Code, the law on personal information, and practice."""

from __future__ import annotations

from typing import Final

from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.revisit.consent import Act, Basis
from revisit_policy.revisit.report_rule import ActsNeeded, GroundNeeded, OfficersTogether, ReportRule
from revisit_policy.rulebooks.cn_housing.regulations import civil_code, personal_information_law
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE_UNVERIFIED

#: The rules as shipped, in the order in which they are told.
REPORT_RULES: Final[tuple[ReportRule, ...]] = (
    OfficersTogether(method=VisitMethod.ON_SITE, least=2, source=PRACTICE_UNVERIFIED),
    ActsNeeded(method=VisitMethod.PHONE, acts=(Act.IDENTIFY, Act.TELL_OF_RECORDING), source=PRACTICE_UNVERIFIED),
    GroundNeeded(act=Act.ENTER, bases=(Basis.CONSENT, Basis.LAW), source=civil_code("1033")),
    GroundNeeded(act=Act.PHOTOGRAPH, bases=(Basis.CONSENT, Basis.LAW), source=civil_code("1033")),
    GroundNeeded(act=Act.SENSITIVE_DATA, bases=(Basis.SEPARATE_CONSENT,), source=personal_information_law("29")),
    GroundNeeded(act=Act.CHILD_DATA, bases=(Basis.GUARDIAN,), source=personal_information_law("31")),
)
