"""Exact things that know nothing of mortgages: money, ratios, days, working days, labels and citations.

A value is what it says, in every process and in both languages: no float, no clock, no time zone, no rounding that nobody asked for.

Which door: ``Money`` (``cny("600000")`` for yuan) and ``exact_ratio`` for figures; ``Date`` through ``to_date``, and the functions of
months beside it; ``Moment`` through ``to_moment`` where the hour matters; ``WorkCalendar`` for whoever counts working days, ``CHINA``
or a ``NoticeCalendar`` of one's own for whoever needs some;
``Label`` for what a person reads, ``Labelled`` and ``OrderedLabelled`` for enumerations that carry it; ``Citation`` for where a rule is from,
``Verified`` for what of it was compared with the text. ``bars`` draws counts, ``matrix`` moves, and
``wall_calendar`` days, for a report of one's own.
"""

from revisit_policy.values.brief import Shown
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import (
    Date,
    add_months,
    cutoff_begun,
    cutoff_elapsed,
    from_ordinal,
    month_end,
    months_begun,
    months_elapsed,
    to_date,
)
from revisit_policy.values.labels import Label, Labelled, Lang, OrderedLabelled
from revisit_policy.values.markup.matrix import matrix
from revisit_policy.values.markup.picture import bars
from revisit_policy.values.markup.wall_calendar import wall_calendar
from revisit_policy.values.memory import Memory
from revisit_policy.values.moments import Moment, to_moment
from revisit_policy.values.money import Money, cny
from revisit_policy.values.notices import Day, Notice, Overlay, Run, StatutoryDay
from revisit_policy.values.ratio import exact_ratio, percent_label, percent_text
from revisit_policy.values.verified import Verified
from revisit_policy.values.working_days import Basis, NoticeCalendar, WorkCalendar

__all__ = [
    "CHINA",
    "Basis",
    "Citation",
    "Date",
    "Day",
    "Label",
    "Labelled",
    "Lang",
    "Memory",
    "Moment",
    "Money",
    "Notice",
    "NoticeCalendar",
    "OrderedLabelled",
    "Overlay",
    "Run",
    "Shown",
    "Standing",
    "StatutoryDay",
    "Verified",
    "WorkCalendar",
    "add_months",
    "bars",
    "cny",
    "cutoff_begun",
    "cutoff_elapsed",
    "exact_ratio",
    "from_ordinal",
    "matrix",
    "month_end",
    "months_begun",
    "months_elapsed",
    "percent_label",
    "percent_text",
    "to_date",
    "to_moment",
    "wall_calendar",
]
