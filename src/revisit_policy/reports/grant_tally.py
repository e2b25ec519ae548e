"""A book by how it was granted, as numbers: what became of the loans of each product, channel, or whatever else they are told apart by."""

from __future__ import annotations

import attrs

from revisit_policy.reports.tally import Counted
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled


@attrs.frozen(kw_only=True)
class EarlyArrears:
    """How many loans that were paid out lately are in arrears already.

    Args:
        loans: Those paid out lately.
        in_arrears: Those of them with an instalment unpaid on the decision day.
        unknown: Those of them whose arrears nobody knows.
    """

    loans: int
    in_arrears: int
    unknown: int


@attrs.frozen(kw_only=True)
class GrantGroup:
    """The loans that were granted alike.

    Args:
        granted: What each column by which loans are told apart says of them: the member of an enumeration, or a text; ``None`` where it is
            empty.
        loans: How many were decided.
        refused: How many could not be, being malformed; they are counted nowhere else.
        grades: The established grades, mild to severe, those without a loan too.
        warned: How many have a signal established; ``None`` under a policy without.
        signals: The established signals that some loan has, in the order of the policy; a loan can have several.
        faulty: How many have something established against the grant; ``None`` under a policy that does not look.
        found: What that is, of those findings that some loan has, in the order of the policy; a loan can have several.
        early: The loans paid out lately; ``None`` if the frame does not say when, or nothing of arrears.
    """

    granted: tuple[Labelled | str | None, ...]
    loans: int
    refused: int
    grades: tuple[Counted, ...]
    warned: int | None = None
    signals: tuple[Counted, ...] = ()
    faulty: int | None = None
    found: tuple[Counted, ...] = ()
    early: EarlyArrears | None = None

    @property
    def worse(self) -> int:
        """How many loans have an established grade other than the mildest."""
        return sum(each.loans for each in self.grades[1:] if each.what is not None)


@attrs.frozen(kw_only=True)
class GrantTally:
    """A decided book by how it was granted; `frames.tally_grants` makes one of a frame, however many loans it has.

    Args:
        on: The decision day.
        by: The columns by which loans are told apart, such as ``("loan.product", "own.channel")``.
        groups: The loans granted alike, by what the columns say of them.
        early_months: A loan was paid out lately if that was less than so many months ago.
        languages: The codes of the languages of the policy.
    """

    on: Date
    by: tuple[str, ...]
    groups: tuple[GrantGroup, ...]
    early_months: int = 12
    languages: tuple[str, ...] = ("zh", "en")
