"""What the rules cite where no regulation speaks: practice, and what this rulebook proposes."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.labels import Label

HOUSE_PRACTICE: Final = Label("银行贷后管理惯例", "bank practice in post-loan management")
OUR_PROPOSAL: Final = Label("本规则集建议", "proposal of this rulebook")


def set_by_bank(duty: Citation) -> Citation:
    """The article of *duty* as the ground of a figure that it leaves to the bank: the duty is law, the figure practice."""
    return attrs.evolve(duty, standing=Standing.BANK_PRACTICE, verified=False)


#: Practice that was read in a bank's manual, examination question or report.
PRACTICE: Final = Citation(document=HOUSE_PRACTICE, standing=Standing.BANK_PRACTICE, verified=True)

#: Practice known from memory, or from weak sources only.
PRACTICE_UNVERIFIED: Final = Citation(document=HOUSE_PRACTICE, standing=Standing.BANK_PRACTICE)

PROPOSAL: Final = Citation(document=OUR_PROPOSAL, standing=Standing.PROPOSAL)
