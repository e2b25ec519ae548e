"""What the rules cite where no law speaks: what other banks do, and what this rulebook proposes.

The kind that a bank gives its own rules, `Standing.BANK_RULE`, is for the bank: what is shipped has not been approved by any.
"""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.labels import Label

MANUALS: Final = Label("同业贷后管理制度", "post-loan manuals of banks")
HABIT: Final = Label("同业做法", "what banks do")
OUR_PROPOSAL: Final = Label("本规则集建议", "proposal of this rulebook")

_GROUND: Final = Label("本规则集建议，所涉情形见{title}", "proposal of this rulebook; what it is about stands in {title}")


def set_by_bank(duty: Citation) -> Citation:
    """The article of *duty* as the ground of what it leaves to the bank: the state is of that document, the answer to it a proposal."""
    document = OUR_PROPOSAL if duty.document is None else _GROUND.with_parts(title=duty.document)
    return attrs.evolve(duty, document=document, standing=Standing.PROPOSAL, verified=())


#: Practice that was read in a bank's manual, examination question or report.
PRACTICE: Final = Citation(document=MANUALS, standing=Standing.BANK_PRACTICE, verified=True)

#: Practice known from memory, or from weak sources only.
PRACTICE_UNVERIFIED: Final = Citation(document=HABIT, standing=Standing.BANK_PRACTICE)

PROPOSAL: Final = Citation(document=OUR_PROPOSAL, standing=Standing.PROPOSAL)
