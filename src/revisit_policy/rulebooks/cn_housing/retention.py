"""How long a Chinese bank keeps what it recorded, as far as a law has a figure, and what this rulebook proposes beyond.

The laws have least times only. What they have no figure for is kept as short as is needed (Personal Information Protection Law,
19, 47); how short that is, a bank says itself.
"""

from __future__ import annotations

from typing import Final

from revisit_policy.policy.retention import KeptSince, Retention
from revisit_policy.rulebooks.cn_housing.regulations import ANTI_MONEY_LAUNDERING_LAW, CARD_CONVENTION, PERSONAL_INFORMATION_LAW, TEXT
from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.labels import Label

#: Who the customer is and what was done with him are kept ten years after the relation or the transaction.
TEN_YEARS: Final = Citation(
    document=ANTI_MONEY_LAUNDERING_LAW, article="34", in_force_from="2025-01-01", standing=Standing.LAW, verified=TEXT
)

#: The rules as shipped: the kinds of contents for `Ledger.append`.
RETENTION: Final[tuple[Retention, ...]] = (
    Retention(kind="identity", label=Label("客户身份资料", "who the customer is"), months=120, since=KeptSince.ENDED, source=TEN_YEARS),
    Retention(kind="transaction", label=Label("交易信息", "what was done with him"), months=120, since=KeptSince.RECORDED, source=TEN_YEARS),
    Retention(
        kind="processing",
        label=Label("个人信息保护影响评估报告和处理情况记录", "impact assessments and records of processing"),
        months=36,
        since=KeptSince.RECORDED,
        source=Citation(
            document=PERSONAL_INFORMATION_LAW, article="56", in_force_from="2021-11-01", standing=Standing.LAW, verified=TEXT
        ),
    ),
    Retention(
        kind="recording",
        label=Label("催收录音", "recordings of collection"),
        months=24,
        since=KeptSince.RECORDED,
        source=Citation(document=CARD_CONVENTION, standing=Standing.SELF_REGULATION),
    ),
    Retention(kind="contact", label=Label("联系方式和行踪", "how and where somebody is reached"), months=0, since=KeptSince.ENDED, source=PROPOSAL),
    Retention(kind="finding", label=Label("走访所见", "what a visitor saw"), months=36, since=KeptSince.RECORDED, source=PROPOSAL),
)
