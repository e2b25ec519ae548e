"""Calendars beside the one of mainland China: one that has no answer after what has been published, and may have answers before that are not final."""

from __future__ import annotations

import attrs

from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date
from revisit_policy.values.working_days import Basis, NoticeCalendar, WorkCalendar


@attrs.frozen
class Ending:
    """A calendar that never goes on provisionally."""

    published: NoticeCalendar = CHINA
    final_from: Date | None = None

    @property
    def edition(self) -> str:
        return f"ending-{self.published.edition}"

    @property
    def confirmed(self) -> tuple[Date, Date]:
        first, last = self.published.confirmed
        return self.final_from or first, last

    def is_working(self, day: Date, /) -> bool:
        return self.published.is_working(day)

    def basis(self, day: Date, /) -> Basis:
        return self.published.basis(day)

    def add_working_days(self, day: Date, days: int, /) -> Date:
        return self.published.add_working_days(day, days)

    def working_days_between(self, start: Date, end: Date, /) -> int:
        return self.published.working_days_between(start, end)

    def roll_forward(self, day: Date, /) -> Date:
        return self.published.roll_forward(day)

    def roll_back(self, day: Date, /) -> Date:
        return self.published.roll_back(day)

    def provisional(self) -> WorkCalendar:
        return self
