"""May this person be contacted now? If not, by which rule, and from when on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from revisit_policy.contact.contact import Contact
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.contact.contact_rule import HORIZON, ContactRule
from revisit_policy.errors import InvalidInputError
from revisit_policy.speech.joining import clauses
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.moments import Moment, moment_text, to_moment, to_offset, with_offset
from revisit_policy.values.validation import fault, several

_YES: Final = Label("可以联系", "may be contacted")
_NO: Final = Label("暂不可联系：{rules}", "may not be contacted: {rules}")
_FROM: Final = Label("；{moment}起可以", "; from {moment} on they may")
_NEVER: Final = Label("；不因时间经过而解除", "; time alone will not change that")


@attrs.frozen(kw_only=True)
class Permission:
    """Whether somebody may be contacted at a moment.

    Args:
        at: The moment asked about, by the clock of whoever is reached.
        forbidden_by: The rules that forbid it, in the order in which they were given; empty if none does.
        allowed_from: The first moment from *at* on at which no rule forbids it, as long as nothing else is tried;
            ``None`` if time alone never allows it, or not within a year.
    """

    at: Moment
    forbidden_by: tuple[ContactRule, ...] = ()
    allowed_from: Moment | None

    @property
    def is_allowed(self) -> bool:
        """Whether no rule forbids it."""
        return not self.forbidden_by

    def text(self, lang: str = Lang.EN) -> str:
        """The answer on one line, with what forbids it, its source, and from when on it is allowed."""
        chosen = to_lang(lang)
        if self.is_allowed:
            return _YES.text(chosen)
        rules = clauses((f"{rule.label.text(chosen)} [{rule.source.text(chosen)}]" for rule in self.forbidden_by), chosen)
        until = _NEVER.text(chosen) if self.allowed_from is None else _FROM.filled(chosen, moment=moment_text(self.allowed_from, chosen))
        return _NO.filled(chosen, rules=rules) + until


def may_contact(  # noqa: PLR0917 - the order of the question: after this log, at that time, by these rules
    log: ContactLog, at: str | Moment, rules: Iterable[ContactRule], *, contact: Contact | None = None, offset: str | None = None
) -> Permission:
    """Whether *contact* is allowed at a moment, after all that the log has.

    Args:
        log: What has been tried before. Attempts after *at* are not looked at.
        at: The moment, with an offset.
        rules: The rules, as a rulebook has them.
        contact: Whom and how; a call to the borrower if ``None``.
        offset: The offset of the clock of whoever is reached, such as ``"+08:00"``: hours and days are counted by it.
            ``None`` if it is that of *at*.

    Raises:
        InvalidValueError: If *at* is no time with an offset, or *offset* is none.
        InvalidInputError: If another argument is malformed.

    Examples:
        >>> from revisit_policy.rulebooks.cn_housing import CONTACT_RULES
        >>> asked = may_contact(ContactLog(), "2026-11-24T22:10+08:00", CONTACT_RULES)
        >>> asked.is_allowed, asked.allowed_from.isoformat()
        (False, '2026-11-25T08:00:00+08:00')
    """
    moment = to_moment(at, field="at")
    if offset is not None:
        moment = with_offset(moment, to_offset(offset))
    wanted = Contact("call") if contact is None else contact
    known = checked_rules(rules, caller="may_contact")
    if not isinstance(log, ContactLog):
        raise InvalidInputError.of("may_contact", [fault("log", log, Phrase("ContactLog", "a ContactLog"))])
    if not isinstance(wanted, Contact):
        raise InvalidInputError.of("may_contact", [fault("contact", contact, Phrase("Contact", "a Contact"))])
    forbidding = tuple(rule for rule in known if rule.clears(wanted, at=moment, log=log) != moment)
    return Permission(at=moment, forbidden_by=forbidding, allowed_from=first_allowed(wanted, log, rules=known, at=moment))


def checked_rules(rules: Iterable[ContactRule], *, caller: str) -> tuple[ContactRule, ...]:
    """The rules themselves.

    Raises:
        InvalidInputError: If one is none.
    """
    found = tuple(several(rules, field="rules", expected=Phrase("若干联系规则", "rules of contact")))
    for rule in found:
        if not isinstance(rule, ContactRule):
            raise InvalidInputError.of(caller, [fault("rules", rule, Phrase("若干联系规则", "rules of contact"))])
    return found


def first_allowed(contact: Contact, log: ContactLog, *, rules: tuple[ContactRule, ...], at: Moment) -> Moment | None:
    """The first moment from *at* on that every rule allows; ``None`` if there is none within a year.

    Each rule says from when on it would allow the contact, and no moment before that can be right: so the latest of
    what they say is asked about again, until all agree.
    """
    moment = at
    while moment - at <= HORIZON:
        cleared = [rule.clears(contact, at=moment, log=log) for rule in rules]
        later = [each for each in cleared if each is not None]
        if len(later) < len(cleared):
            return None
        latest = max(later, default=moment)
        if latest == moment:
            return moment
        moment = latest
    return None
