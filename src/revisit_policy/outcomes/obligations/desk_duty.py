"""One thing that a desk has to do about a loan: nobody is visited for it."""

from __future__ import annotations

import attrs

from revisit_policy.outcomes.window import Window
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.validation import gather, gathering, to_texts


@attrs.frozen(kw_only=True, field_transformer=gathering)
class DeskDuty:
    """One thing to be done at a desk: by when, and what makes it due. It is never done on a visit, and moves none.

    Of what recurs the next time alone is told: the one after counts from the day on which it is done.

    Args:
        kind: What is to be done.
        window: When it can be done, and by when it has to be.
        checklist: What to look at.
        reasons: Ids of the rules that made it due, in order.
        triggers: Codes of the signals it answers.

    Raises:
        InvalidInputError: If a reason or a trigger is not text on one line.

    Examples:
        >>> from revisit_policy.outcomes.obligations.desk_kind import DeskKind
        >>> window = Window(opens="2026-03-02", due="2026-03-16", closes="2026-03-31")
        >>> duty = DeskDuty(kind=DeskKind.CLASSIFICATION, window=window)
        >>> duty.kind.label("en"), str(duty.by), duty.is_late
        ('next classification', '2026-03-31', False)
    """

    kind: Labelled
    window: Window
    checklist: tuple[Label, ...] = ()
    reasons: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    triggers: tuple[str, ...] = attrs.field(default=(), converter=to_texts)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def by(self) -> Date:
        """The last day to do it; of one that is late the first working day there is."""
        return self.window.closes

    @property
    def is_late(self) -> bool:
        """Whether its deadline has passed; that day is ``window.missed_on``."""
        return self.window.missed_on is not None

    def __rich_repr__(self) -> Shown:
        yield "kind", self.kind
        yield "by", Words(str(self.by))
        yield "missed_on", Words(str(self.window.missed_on)), Words("None")
        yield "triggers", few(self.triggers), ()
        yield "reasons", few(self.reasons), ()
