"""Origination: was the loan granted within the limits of its day? Findings, not grades.

The floor of the down payment is that of the day of signing; a city's higher floor is an overlay.
"""

from __future__ import annotations

from revisit_policy.casefile import facts
from revisit_policy.language.condition import Condition
from revisit_policy.language.fold import Fold
from revisit_policy.language.period import Period
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import unordered
from revisit_policy.language.table import Table
from revisit_policy.outcomes.origination_finding import OriginationFinding
from revisit_policy.rulebooks.cn_housing.parameters import Parameters
from revisit_policy.rulebooks.cn_housing.sources import PRACTICE_UNVERIFIED, down_payment_notice, real_estate_2004
from revisit_policy.values.labels import Label

#: The national floors: (rule, in force from, until, first home, second home, verified).
FLOORS = (
    ("2016", "2016-02-02", "2023-08-31", "0.20", "0.30", False),
    ("2023", "2023-08-31", "2024-05-17", "0.20", "0.30", True),
    ("2024-05", "2024-05-17", "2024-09-24", "0.15", "0.25", True),
    ("2024-09", "2024-09-24", None, "0.15", "0.15", True),
)


def table(p: Parameters) -> Table:
    """What was wrong with the grant, if anything."""
    finding = OriginationFinding
    return Table(
        "origination",
        label=Label("发放合规检查", "check of the grant"),
        outcomes=unordered(finding),
        fold=Fold.EVERY,
        rules=(
            *_floors(),
            Rule("grant-housing-dsr", when=facts.housing_dsr > p.housing_dsr_limit, then=finding.HOUSING_DSR_ABOVE_LIMIT, because=Label("房产支出与收入比超过50%", "the housing debt-service ratio exceeds one half"), source=real_estate_2004("36")),
            Rule("grant-total-dsr", when=facts.total_dsr > p.total_dsr_limit, then=finding.TOTAL_DSR_ABOVE_LIMIT, because=Label("所有债务与收入比超过55%", "the total debt-service ratio exceeds 55 per cent"), source=real_estate_2004("36")),
            Rule("grant-term", when=facts.term_months > p.max_term_months, then=finding.TERM_TOO_LONG, because=Label("期限超过最长贷款期限", "the term exceeds the longest allowed"), source=PRACTICE_UNVERIFIED),
        ),
    )


def _floors() -> tuple[Rule, ...]:
    def floor(rule_id: str, when: Condition, share: str, since: str, *, until: str | None, verified: bool) -> Rule:  # noqa: PLR0913 - the columns of FLOORS
        return Rule(
            rule_id,
            when=when & (facts.down_payment_ratio < share),
            then=OriginationFinding.DOWN_PAYMENT_BELOW_FLOOR,
            because=Label(f"首付比例低于{float(share):.0%}", f"the down payment is below {float(share):.0%}"),
            source=down_payment_notice(since, verified=verified),
            period=Period(since=since, until=until, of=facts.signed_on),
        )

    return tuple(
        floor(f"down-payment-{which}-home-{year}", when, share, since, until=until, verified=verified)
        for year, since, until, first, second, verified in FLOORS
        for which, when, share in (("first", facts.home_count <= 1, first), ("second", facts.home_count >= 2, second))  # noqa: PLR2004
    )
