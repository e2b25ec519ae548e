"""Rules of contact: what forbids reaching somebody, and from when on it no longer does."""

from __future__ import annotations

import datetime as dt
from typing import Final, Protocol, runtime_checkable

from revisit_policy.contact.contact import Contact
from revisit_policy.contact.contact_log import ContactLog
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label
from revisit_policy.values.moments import Moment

#: How far ahead a moment is looked for at which all rules agree, and how far a rule can put one off.
HORIZON: Final = dt.timedelta(days=366)


@runtime_checkable
class ContactRule(Protocol):
    """One rule; any class with these will do."""

    @property
    def label(self) -> Label:
        """What it forbids, for people."""

    @property
    def source(self) -> Citation:
        """Where it comes from."""

    def clears(self, contact: Contact, *, at: Moment, log: ContactLog) -> Moment | None:
        """The first moment from *at* on at which the rule allows *contact*.

        Args:
            contact: What is meant.
            at: From when on, by the clock of whoever is reached.
            log: What has been tried before.

        Returns:
            *at* itself if the rule allows it; ``None`` if time alone never will.
        """
