"""How a Chinese bank may carry an appraisal on by an index.

The guideline on collateral has three words on it: other methods may not exceed the current market price (Art. 17), value at
least once a year (18), and anew on a large move of prices (19). It has no figure for any of the others, so those are ours.
"""

from __future__ import annotations

from typing import Final

from revisit_policy.rulebooks.cn_housing.sources import PROPOSAL
from revisit_policy.servicing.valuation.valuation_convention import ValuationConvention
from revisit_policy.values.labels import Label

#: Three years by index, an index of the last quarter, and a look at the home where prices have fallen by a fifth.
VALUATION_CONVENTION: Final = ValuationConvention(
    name=Label("批量重估口径", "revaluation in batches"),
    source=PROPOSAL,
    most_months=36,
    most_index_months=3,
    most_fall="0.20",
    error_a_month="0.003",
)
