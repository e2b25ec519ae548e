"""How long each of the days of a result may take, as a policy lays it out: the same for all loans that owe the same visit."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart, to_result_day
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import fault, gather, gathering, to_tuple_of

#: The days in the order in which they come.
DAYS: Final = tuple(ResultDay)


def _to_parts(values: Iterable[TurnaroundPart]) -> tuple[TurnaroundPart, ...]:
    return to_tuple_of(TurnaroundPart, values)


@attrs.frozen(field_transformer=gathering, cache_hash=True)  # a policy makes few, and plans ask for each of them in many cases
class StageLimit:
    """How long one of the days of a result may take, from the day before it or, of the first, from the visit.

    Args:
        day: Which, or its code.
        parts: The steps that lead up to it, in order; empty if the policy asks for nothing here: then it comes with the day before.

    Raises:
        InvalidInputError: If a step leads up to another day.

    Examples:
        >>> from revisit_policy.values.labels import Label
        >>> report = TurnaroundPart(Label("报告", "report"), 3, is_report=True)
        >>> again = TurnaroundPart(Label("再次联系", "further calls"), 2, is_contingent=True)
        >>> limit = StageLimit("preliminary", (report, again))
        >>> limit.working_days, limit.longest
        (3, 5)
    """

    day: ResultDay = attrs.field(converter=to_result_day)
    parts: tuple[TurnaroundPart, ...] = attrs.field(default=(), converter=_to_parts)

    def __attrs_post_init__(self) -> None:
        gather(self, _parts_lead_here)

    @property
    def is_asked(self) -> bool:
        """Whether the policy asks for anything here."""
        return bool(self.parts)

    @cached_property
    def working_days(self) -> int:
        """Working days without what may be needed; a visit has no finding on the day it is made."""
        return max(self._least, sum(part.working_days for part in self.parts if not part.is_contingent))

    @cached_property
    def longest(self) -> int:
        """Working days with everything that may be needed."""
        return max(self.working_days, sum(part.working_days for part in self.parts))

    @property
    def _least(self) -> int:
        return 1 if self.day is ResultDay.PRELIMINARY else 0

    @property
    def owners(self) -> tuple[Labelled, ...]:
        """The roles that carry the steps out, in order and each once."""
        return tuple(dict.fromkeys(part.owner for part in self.parts if part.owner is not None))

    @property
    def waits_for(self) -> tuple[Labelled, ...]:
        """Whom the steps that are always needed wait for, in order and each once."""
        return tuple(dict.fromkeys(part.waits_for for part in self.parts if part.waits_for is not None and not part.is_contingent))

    @property
    def contingent(self) -> tuple[TurnaroundPart, ...]:
        """The steps that are needed only if something happens."""
        return tuple(part for part in self.parts if part.is_contingent)


def _parts_lead_here(limit: StageLimit) -> InvalidValueError | None:
    for part in limit.parts:
        if part.leads_to is not limit.day:
            return fault("parts", part.name.en, Phrase("通向{day}的步骤", "a step that leads to `{day}`", day=limit.day.value))
    return None


def limits_of(parts: Iterable[TurnaroundPart]) -> tuple[StageLimit, ...]:
    """All *parts* by the days they lead up to, in the order of the days."""
    given = tuple(parts)
    return tuple(StageLimit(day, tuple(part for part in given if part.leads_to is day)) for day in DAYS)
