"""How borrowers are contacted: what the national standard on collection and the banking association's guideline say.

Both speak of consumer credit and collection. Nothing binds a revisit of a housing loan in the same words, so they are used
by analogy, as the careful default; Art. 1033 of the Civil Code, which forbids disturbing anybody's private peace by calls,
binds everybody and has no figure.
"""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.contact.as_preferred import AsPreferred
from revisit_policy.contact.calls_a_day import CallsADay, UnansweredADay
from revisit_policy.contact.contact_rule import ContactRule
from revisit_policy.contact.hours import Hours
from revisit_policy.contact.quiet_hours import QuietHours
from revisit_policy.contact.third_persons import NoStaysNo, ThirdPersons
from revisit_policy.rulebooks.cn_housing.regulations import COLLECTION
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE_UNVERIFIED
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.labels import Label

#: The guideline of the banking association of 30 January 2026: self-regulation, and known from reports of it only.
ASSOCIATION: Final = Citation(
    document=Label("中国银行业协会催收自律指引", "China Banking Association, guideline on collection"),
    in_force_from="2026-01-30",
    standing=Standing.SELF_REGULATION,
)

#: The standard's figures as press reports of it have them.
STANDARD: Final = attrs.evolve(COLLECTION, verified=())

#: The rules as shipped, in the order in which they are told.
CONTACT_RULES: Final[tuple[ContactRule, ...]] = (
    QuietHours(hours=Hours("22:00", "08:00"), source=STANDARD),
    CallsADay(most=3, source=STANDARD),
    UnansweredADay(most=6, source=ASSOCIATION),
    ThirdPersons(after_failed=3, source=ASSOCIATION),
    NoStaysNo(source=ASSOCIATION),
    AsPreferred(source=PRACTICE_UNVERIFIED),
)
