"""Refusals: the cases of a batch that cannot be decided, each with its reason."""

from __future__ import annotations

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.errors import RevisitPolicyError
from revisit_policy.values.brief import Shown, Words


@attrs.frozen(kw_only=True)
class Refusal:
    """Stands in a batch where a decision would stand, so that no row is lost and none sinks the rest.

    Args:
        case: What was refused; ``None`` for a row of a frame of which no case file could be made.
        error: Why: the error that deciding it alone would have raised.
    """

    case: CaseFile | None
    error: RevisitPolicyError = attrs.field(eq=str)

    @property
    def loan_no(self) -> str:
        """The bank's number of the loan; empty if what came was no case file."""
        return self.case.loan.loan_no if isinstance(self.case, CaseFile) else ""

    def __rich_repr__(self) -> Shown:
        yield Words(self.loan_no)
        yield "error", Words(str(self.error))
