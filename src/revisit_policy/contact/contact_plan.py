"""Contact plans: when to try whom, so that no rule can be broken whatever comes of each try."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import cycle

import attrs

from revisit_policy.contact.attempt import Attempt, Response
from revisit_policy.contact.contact import Contact
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.contact.contact_rule import ContactRule
from revisit_policy.contact.may_contact import checked_rules, first_allowed
from revisit_policy.errors import InvalidInputError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.moments import Moment, to_moment, to_offset, with_offset
from revisit_policy.values.validation import fault, several, to_whole


@attrs.frozen(kw_only=True)
class ContactPlan:
    """Attempts still to be made, in order of time; stop at the first that reaches the person.

    Args:
        attempts: What is to be tried when; each is *open*.
        left_out: The contacts for which no lawful moment was found.
    """

    attempts: tuple[Attempt, ...]
    left_out: tuple[Contact, ...] = ()


def contact_plan(  # noqa: PLR0913 - the terms of a plan, each by its name
    log: ContactLog,
    rules: Iterable[ContactRule],
    *,
    since: str | Moment,
    until: str | Moment,
    contacts: Iterable[Contact],
    tries: int = 3,
    apart_minutes: int = 180,
    offset: str | None = None,
) -> ContactPlan:
    """Attempts between two moments, each lawful whatever came of those before it.

    The contacts take turns. Each is put on the first moment that all rules allow, at least so long after the one before:
    tries at one hour of one day say little, so choose *apart_minutes* so that different hours are tried.

    Args:
        log: What has been tried before *since*.
        rules: The rules, as a rulebook has them.
        since: From when on.
        until: Up to when, inclusive.
        contacts: Whom to try and how, in turn.
        tries: How many attempts at the most.
        apart_minutes: The least time between two attempts.
        offset: The offset of the clock of whoever is reached; that of *since* if ``None``.

    Raises:
        InvalidValueError: If a time has no offset.
        InvalidInputError: If another argument is malformed, *until* is before *since*, or the log has attempts after it.

    Examples:
        >>> from revisit_policy.rulebooks.cn_housing import CONTACT_RULES
        >>> plan = contact_plan(
        ...     ContactLog(), CONTACT_RULES, since="2026-11-24T20:30+08:00", until="2026-11-26T20:00+08:00",
        ...     contacts=[Contact("call", number="mobile"), Contact("call", number="office")], tries=3,
        ... )
        >>> [(f"{each.at:%d %H:%M}", each.contact.number) for each in plan.attempts]
        [('24 20:30', 'mobile'), ('25 08:00', 'office'), ('25 11:00', 'mobile')]
    """
    begins, ends = to_moment(since, field="since"), to_moment(until, field="until")
    if offset is not None:
        begins = with_offset(begins, to_offset(offset))
    wanted = _checked(contacts, log, begins=begins, ends=ends)
    known = checked_rules(rules, caller="contact_plan")
    most, apart = to_whole(tries, low=1, field="tries"), dt.timedelta(minutes=to_whole(apart_minutes, low=0, field="apart_minutes"))
    attempts: list[Attempt] = []
    refused: dict[Contact, None] = {}
    moment = begins
    for contact in cycle(wanted):
        if len(attempts) == most or len(refused) == len(wanted):
            break
        at = None if contact in refused else first_allowed(contact, log, rules=known, at=moment)
        if at is None or at > ends:
            refused[contact] = None
            continue
        attempt = Attempt(at=at, contact=contact, response=Response.OPEN)
        attempts.append(attempt)
        log, moment = log.adding(attempt), at + apart
    tried = {attempt.contact for attempt in attempts}
    return ContactPlan(attempts=tuple(attempts), left_out=tuple(contact for contact in wanted if contact not in tried))


def _checked(contacts: Iterable[Contact], log: ContactLog, *, begins: Moment, ends: Moment) -> tuple[Contact, ...]:
    found = tuple(dict.fromkeys(several(contacts, field="contacts", expected=Phrase("若干联系", "several contacts"))))
    for contact in found:
        if not isinstance(contact, Contact):
            raise InvalidInputError.of("contact_plan", [fault("contacts", contact, Phrase("若干联系", "several contacts"))])
    if not found:
        raise InvalidInputError.of("contact_plan", [fault("contacts", found, Phrase("至少一次联系", "at least one contact"))])
    if not isinstance(log, ContactLog):
        raise InvalidInputError.of("contact_plan", [fault("log", log, Phrase("ContactLog", "a ContactLog"))])
    if ends < begins:
        raise InvalidInputError.of(
            "contact_plan", [fault("until", ends.isoformat(), Phrase("不早于 `since`（{given}）", "on or after `since` ({given})", given=begins.isoformat()))]
        )
    if log.attempts and log.attempts[-1].at > begins:
        late = log.attempts[-1].at.isoformat()
        raise InvalidInputError.of(
            "contact_plan",
            [fault("since", begins.isoformat(), Phrase("不早于记录中的最近一次联系（{late}）", "on or after the last attempt of the log ({late})", late=late))],
        )
    return found
