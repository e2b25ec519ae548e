"""The agenda of a book: its frame, how many loans stand how, and what the visits take office by office."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

import attrs

from revisit_policy.values.brief import few_of
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.markup.picture import bars
from revisit_policy.workload.admission import AdmittedBecause, LeftOutBecause
from revisit_policy.workload.hours import MethodHours, VisitHours

_STANDING, _LOANS = Label("处理", "what is done"), Label("笔数", "loans")
_OFFICE, _NONE = Label("机构", "office"), Label("—", "—")
_AVAILABLE, _MADE, _OVER = Label("名额", "available"), Label("回访", "visits"), Label("超出名额", "overspent")
_METHOD, _VISITS, _OFFICERS, _HOURS = Label("方式", "method"), Label("次数", "visits"), Label("人次", "officers"), Label("工时", "hours")


@attrs.frozen
class OfficeHours:
    """What the visits of one office take; ``None`` is the office of loans that name none.

    Args:
        office: What it is called.
        hours: What its visits take.
        available: The visits there were: its capacity and what was carried over to it; ``None`` where the book has one capacity.
        carried: What is carried over to its next period, at most one visit; ``None`` likewise.
    """

    office: str | None
    hours: VisitHours
    available: Fraction | None = attrs.field(default=None, kw_only=True)
    carried: Fraction | None = attrs.field(default=None, kw_only=True)

    @property
    def overspent(self) -> int:
        """How many visits more than were available its musts ask for; 0 if they had room, or the office has no capacity of its own."""
        return 0 if self.available is None else max(0, self.hours.visits - floor(self.available))


@attrs.frozen(kw_only=True, eq=False)
class BookAgenda:
    """Who of a book is visited in a period: every loan stands in one place, and the numbers add up.

    Args:
        frame: The frame that was given, with ``agenda`` and ``agenda_until``.
        standings: How many loans stand how: why they are visited, then why they are left out, with none left out of the list.
        offices: What the visits take, office by office in the order of their names.
        hours: What all of them take together.
        available: The visits there were: the capacity and what was carried over to it, of all offices.
        carried: What is carried over to the next period, at most one visit; of all offices, each of which carries at most one.
    """

    frame: Any = attrs.field(repr=False)
    standings: tuple[tuple[AdmittedBecause | LeftOutBecause, int], ...]
    offices: tuple[OfficeHours, ...] = attrs.field(repr=few_of)
    hours: VisitHours
    available: Fraction
    carried: Fraction

    @property
    def visited(self) -> int:
        """How many loans are visited."""
        return sum(loans for standing, loans in self.standings if isinstance(standing, AdmittedBecause))

    @property
    def overspent(self) -> int:
        """How many visits more than were available the musts ask for; 0 if they had room."""
        if any(each.available is not None for each in self.offices):
            return sum(each.overspent for each in self.offices)
        return max(0, self.visited - floor(self.available))

    def text(self, lang: str | Lang = Lang.EN) -> str:
        """The agenda in tables of Markdown: how loans stand, what offices had room for where each has a capacity, and what the visits take."""
        return "\n\n".join(grid.markdown() for grid in self._grids(Lang.of(lang)))

    def _grids(self, lang: Lang) -> tuple[Grid, ...]:
        standing = Grid([_STANDING.text(lang), _LOANS.text(lang)], [(each.label(lang), f"{loans:,}") for each, loans in self.standings])
        heads = [label.text(lang) for label in (_OFFICE, _METHOD, _VISITS, _OFFICERS, _HOURS)]
        taken = Grid(heads, [_row(each.office, of, lang) for each in self.offices for of in each.hours.by_method if of.visits])
        levelled = [(_called(each.office, lang), f"{float(each.available):,.1f}", f"{each.hours.visits:,}", f"{each.overspent:,}")
                    for each in self.offices if each.available is not None]  # fmt: skip
        heads = [label.text(lang) for label in (_OFFICE, _AVAILABLE, _MADE, _OVER)]
        return (standing, Grid(heads, levelled), taken) if levelled else (standing, taken)

    def _repr_html_(self) -> str:
        return "".join(grid.html() for grid in self._grids(Lang.EN))

    def to_svg(self, lang: str | Lang = Lang.EN) -> str:
        """How many loans stand how, as a picture of bars."""
        tongue = Lang.of(lang)
        return bars([(each.label(tongue), loans) for each, loans in self.standings], title=_STANDING.text(tongue))


def _row(office: str | None, of: MethodHours, lang: Lang) -> tuple[str, ...]:
    hours = "?" if of.hours is None else f"{float(of.hours):,.1f}"
    return (_called(office, lang), of.method.label(lang), f"{of.visits:,}", f"{of.officers:,}", hours)


def _called(office: str | None, lang: Lang) -> str:
    return office or _NONE.text(lang)
