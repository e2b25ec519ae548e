"""Events: since when something has been so."""

from __future__ import annotations

import attrs

from revisit_policy.casefile import fields
from revisit_policy.outcomes.signal import to_signal_code
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import gather, gathering, names_known


@names_known
@attrs.frozen(kw_only=True, field_transformer=gathering)
class Event:
    """The recorded first day of what a signal is about.

    It raises no signal: the registers and measurements of the case file do. It only says from which day the answer to
    the signal is due.

    Args:
        code: What the signal is about, a member of any labelled enumeration or the code of a `SignalCode`.
        since: The first day on which it was so.

    Raises:
        InvalidInputError: If fields are malformed.

    Examples:
        >>> Event("seizure", since="2026-11-02")
        Event(code=SignalCode.SEIZURE, since=Date(2026, 11, 2))
    """

    code: Labelled = attrs.field(converter=to_signal_code, kw_only=False)
    since: Date = attrs.field(converter=fields.to_day)

    def __attrs_post_init__(self) -> None:
        gather(self)
