"""Third persons: who owes nothing is asked only where nobody who owes can be reached, and only once refused."""

from __future__ import annotations

import attrs

from revisit_policy.contact.attempt import Attempt, Response
from revisit_policy.contact.contact import Contact
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.values.citation import Citation, to_citation
from revisit_policy.values.labels import Label
from revisit_policy.values.moments import Moment
from revisit_policy.values.validation import gather, gathering, to_whole


def _to_after_failed(value: int) -> int:
    return to_whole(value, low=1)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class ThirdPersons:
    """A third person is asked only if the borrower cannot be reached, cannot act or has died; never about the debt.

    A guarantor owes the debt and is no third person.

    Args:
        after_failed: How many attempts in a row have to have failed, from 1, to whoever owes. A number that is void is enough by
            itself, and so is a borrower who cannot act.
        source: Where the rule comes from.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    after_failed: int = attrs.field(converter=_to_after_failed)
    source: Citation = attrs.field(converter=to_citation)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def label(self) -> Label:
        """What it forbids, for people."""
        return Label(
            f"仅在联系方式失效、连续{self.after_failed}次未能联系上或债务人死亡、丧失行为能力时，方可联系第三人，且不得透露债务信息",
            f"a third person only where a number is void, {self.after_failed} attempts in a row have failed, or the borrower has died "
            "or cannot act; and nothing about the debt",
        )

    def clears(self, contact: Contact, *, at: Moment, log: ContactLog) -> Moment | None:
        """Time alone clears nothing: attempts have to fail first."""
        if contact.to.owes or log.debtor_incapable:
            return at
        failed = failed_in_a_row(log.before(at))
        is_void = any(each.response is Response.VOID for each in failed)
        return at if is_void or len(failed) >= self.after_failed else None


def failed_in_a_row(attempts: tuple[Attempt, ...]) -> tuple[Attempt, ...]:
    """The attempts to whoever owes that have failed since one of them was last reached, in order of time."""
    owing = [each for each in attempts if each.contact.to.owes and each.response is not Response.OPEN]
    last = max((at for at, each in enumerate(owing) if each.response.reached), default=-1)
    return tuple(each for each in owing[last + 1 :] if each.response.failed)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class NoStaysNo:
    """A third person who has declined is not asked again, ever.

    Args:
        source: Where the rule comes from.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    source: Citation = attrs.field(converter=to_citation)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def label(self) -> Label:
        """What it forbids, for people."""
        return Label("第三人明确拒绝的，不得再次联系", "a third person who has declined is never asked again")

    def clears(self, contact: Contact, *, at: Moment, log: ContactLog) -> Moment | None:
        """Never, once that person has declined."""
        if contact.to.owes:
            return at
        declined = any(each.contact.is_with(contact) and each.response is Response.DECLINED for each in log.before(at))
        return None if declined else at
