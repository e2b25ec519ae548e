"""Triggers: a visit that a signal asks for at once."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.signal import to_level, to_signal_code
from revisit_policy.speech.joining import aside, headed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled, Lang, OrderedLabelled
from revisit_policy.values.validation import gather, gathering, refused


def _to_deadline(value: Deadline) -> Deadline:
    if type(value) is Deadline:
        return value
    raise refused(value, Phrase("Deadline", "a Deadline"))


@attrs.frozen(field_transformer=gathering)
class Trigger:
    """A visit within *deadline*, counted from the first day on which the signal *code* stood at *level*.

    Raises:
        InvalidInputError: If a field is malformed.

    Examples:
        >>> Trigger("arrears", "orange", Deadline(3)).label("en")
        'arrears (orange): within 3 working days'
    """

    code: Labelled = attrs.field(converter=to_signal_code)
    level: OrderedLabelled = attrs.field(converter=to_level)
    deadline: Deadline = attrs.field(converter=_to_deadline)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def label(self, lang: str = Lang.EN) -> str:
        """The signal and its deadline in words."""
        lang = self.code.labels.lang(lang)
        return headed(aside(self.code.label(lang), self.level.label(lang), lang), self.deadline.label(lang), lang)
