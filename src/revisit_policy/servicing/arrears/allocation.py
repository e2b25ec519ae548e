"""Allocation: which claims the payments have paid by the end of each day on which anything happens."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

import attrs

from revisit_policy.servicing.arrears.arrears_convention import Allocation
from revisit_policy.servicing.arrears.claim import Claim


@attrs.frozen(kw_only=True)
class Unpaid:
    """A claim at the end of a day, as far as it is unpaid."""

    claim: Claim
    rest: int


class Till:
    """Takes payments and pays what is due, in one order; what is more than due waits for the next claims.

    Within each queue the oldest claim is first, so what is unpaid is always its end.
    """

    def __init__(self, order: Allocation) -> None:
        self._principal_first = order in {Allocation.OLDEST_PRINCIPAL_FIRST, Allocation.ALL_PRINCIPAL_FIRST}
        self._apart = order in {Allocation.ALL_INTEREST_FIRST, Allocation.ALL_PRINCIPAL_FIRST}
        self._queues: tuple[deque[Claim], ...] = (deque(), deque()) if self._apart else (deque(),)
        self._paid_of_first = [0] * len(self._queues)
        self._waiting = 0

    def fall_due(self, claims: Iterable[Claim]) -> None:
        """Take up claims that are due from now on; none is older than those that are there."""
        for claim in sorted(claims, key=lambda claim: (claim.period, claim.is_principal is not self._principal_first)):
            self._queues[self._queue_of(claim)].append(claim)

    def pay(self, amount: int) -> int:
        """Pay with *amount* and what was waiting; what of it went to principal."""
        self._waiting += amount
        to_principal = 0
        for at, queue in enumerate(self._queues):
            while queue and self._waiting:
                claim = queue[0]
                paid = min(self._waiting, claim.amount - self._paid_of_first[at])
                self._waiting -= paid
                self._paid_of_first[at] += paid
                to_principal += paid * claim.is_principal
                if self._paid_of_first[at] == claim.amount:
                    queue.popleft()
                    self._paid_of_first[at] = 0
        return to_principal

    def unpaid(self) -> Iterator[Unpaid]:
        """What is due and unpaid."""
        for queue, paid in zip(self._queues, self._paid_of_first, strict=True):
            for at, claim in enumerate(queue):
                yield Unpaid(claim=claim, rest=claim.amount - (paid if at == 0 else 0))

    def _queue_of(self, claim: Claim) -> int:
        return int(claim.is_principal is not self._principal_first) if self._apart else 0
