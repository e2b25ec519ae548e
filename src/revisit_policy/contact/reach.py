"""Reach: whether the borrower can still be reached, and what to do next if not."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.contact.attempt import Attempt
from revisit_policy.contact.contact import Channel
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.contact.third_persons import failed_in_a_row
from revisit_policy.values.labels import OrderedLabelled
from revisit_policy.values.moments import Moment, to_moment
from revisit_policy.values.validation import to_whole


class ReachStep(OrderedLabelled, zh="失联步骤"):
    """What comes next where somebody is not reached, mild to severe."""

    NONE = "none", "无须升级", "nothing"
    OTHER_TIMES = "other_times", "换时段再次联系", "try at other times of the day"
    OTHER_CHANNEL = "other_channel", "换渠道联系", "try another channel"
    GO_THERE = "go_there", "上门查找", "look for the borrower at home"
    REPORT_LOST = "report_lost", "认定失联并上报", "report the borrower as lost"


#: Days and channels that have to have been tried before anybody counts as lost.
_SEVERAL: Final = 2


@attrs.frozen(kw_only=True)
class Reach:
    """How the attempts to reach whoever owes stand at a moment.

    Args:
        failed: The attempts that have failed since somebody was last reached, in order of time.
        last_reached: When somebody was last reached; ``None`` if never.
        step: What comes next.
    """

    failed: tuple[Attempt, ...]
    last_reached: Moment | None
    step: ReachStep

    @property
    def is_lost(self) -> bool:
        """Whether the borrower counts as lost."""
        return self.step is ReachStep.REPORT_LOST


def reach(log: ContactLog, at: str | Moment, *, lost_after: int = 3) -> Reach:
    """How the attempts to reach whoever owes stand at a moment, and what comes next.

    The borrower is lost once so many attempts have failed on different days, by more than one channel, a visit among
    them. Before that comes what is still missing: other times, another channel, a visit.

    Args:
        log: What has been tried. Attempts after *at* are not looked at.
        at: The moment, with an offset.
        lost_after: Failed attempts after which the borrower counts as lost; bank practice, no rule of law has a figure.

    Raises:
        InvalidValueError: If *at* has no offset, or *lost_after* is no whole number from 1.

    Examples:
        >>> from revisit_policy.contact.contact import Contact
        >>> tried = [Attempt(at=f"2026-11-{day}T10:00+08:00", contact=Contact(how), response="unanswered")
        ...          for day, how in ((24, "call"), (25, "message"), (26, "visit"))]
        >>> [reach(ContactLog(attempts=tried[:number]), "2026-11-27T09:00+08:00").step.value for number in range(4)]
        ['none', 'other_times', 'go_there', 'report_lost']
    """
    moment, enough = to_moment(at, field="at"), to_whole(lost_after, low=1, field="lost_after")
    attempts = log.before(moment)
    failed = failed_in_a_row(attempts)
    reached = [each.at for each in attempts if each.contact.to.owes and each.response.reached]
    return Reach(failed=failed, last_reached=max(reached, default=None), step=_step(failed, enough))


def _step(failed: tuple[Attempt, ...], enough: int) -> ReachStep:
    days = {each.at.date() for each in failed}
    channels = {each.contact.channel for each in failed}
    if not failed:
        return ReachStep.NONE
    if len(days) < _SEVERAL:
        return ReachStep.OTHER_TIMES
    if len(channels) < _SEVERAL:
        return ReachStep.OTHER_CHANNEL
    if Channel.VISIT not in channels:
        return ReachStep.GO_THERE
    return ReachStep.REPORT_LOST if len(failed) >= enough else ReachStep.OTHER_TIMES
