"""How a Chinese bank counts days past due, as the instructions of two regulatory returns have it."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.rulebooks.cn_housing.regulations import CLASSIFICATION_RETURN, REAL_ESTATE_RETURN, TEXT
from revisit_policy.servicing.arrears.arrears_convention import ArrearsConvention
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.labels import Label

#: Calendar days from the day after the due day, principal and interest apart, all principal from day 91. That payments go to
#: the oldest instalment, interest first, and that nothing is forgiven or moved, is how contracts usually have it.
ARREARS_CONVENTION: Final = ArrearsConvention(
    name=Label("G11口径", "as in return G11"),
    source=Citation(document=CLASSIFICATION_RETURN, number="1104 G11 (2024)", standing=Standing.RETURN_INSTRUCTION, verified=TEXT),
    due_day=0,
    whole_balance_from=91,
    allocation="oldest_interest_first",
    bands=(1, 31, 61, 91, 181, 271, 361),
)

#: The same as the instructions of another return have it, which let all principal count from day 90 on. The two contradict
#: one another; whoever reports both needs both.
ARREARS_CONVENTION_S67: Final = attrs.evolve(
    ARREARS_CONVENTION,
    name=Label("S67口径", "as in return S67"),
    source=Citation(document=REAL_ESTATE_RETURN, number="1104 S67 (2024), 5", standing=Standing.RETURN_INSTRUCTION, verified=TEXT),
    whole_balance_from=90,
    bands=(1, 61, 91),
)
