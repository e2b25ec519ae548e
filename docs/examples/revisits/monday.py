"""Monday's list of the made-up book: who is visited this week, who is not and why, and what the visits take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

import attrs
from summary import ASSUMED_HOURS, line

from revisit_policy import Decision, Revisit, VisitMethod
from revisit_policy.reports import Section
from revisit_policy.values import Date, Label, OrderedLabelled, from_ordinal
from revisit_policy.workload import Admitted, AdmittedBecause, Candidate, LeftOut, LeftOutBecause, admit, in_sample

#: Visits that a thousand loans get in a week, the share that is drawn by lot for it, and months after a visit in which a loan is not seen again:
#: assumptions of this example.
ASSUMED_VISITS: Final = 60
ASSUMED_DRAWN: Final = "0.003"
ASSUMED_COOLDOWN: Final = 1
SHOWN: Final = 20
"""Of those left out, so many of the worst are named."""

HEADING: Final = Label("周一清单", "Monday's list")
LISTED: Final = Label("本周回访清单（至{until}，假定名额{visits}次）", "Monday's list (to {until}, assuming room for {visits} visits)")
NOT_LISTED: Final = Label("未列入清单", "not on the list")
TAKEN: Final = Label("清单所需工时", "hours of the list")
BY_METHOD: Final = Label("{method}{visits}次{hours}小时", "{method} {visits} in {hours}")
BY_OFFICE: Final = Label("其中各机构", "of these by office")
WAITING: Final = Label("未列入清单中风险最高的", "The worst of those not on the list")
OFFICE, LOAN, POINTS = Label("机构", "office"), Label("借据号", "loan"), Label("积分", "points")
WHY, HOW, OFFICERS = Label("理由", "why"), Label("方式", "how"), Label("人数", "officers")
BY, NOT_BEFORE = Label("最迟", "by"), Label("最早", "not before")
NONE: Final = "–"


@attrs.frozen
class Called:
    """A loan on the list, or not, and the visit that its schedule has next; whoever is on it is at least called."""

    said: Admitted | LeftOut
    office: str
    visit: Revisit

    @property
    def method(self) -> OrderedLabelled:
        """By which the loan is visited."""
        return max(self.visit.method, VisitMethod.PHONE)

    @property
    def hours(self) -> Fraction:
        """What the visit takes of all its officers together."""
        return ASSUMED_HOURS[self.method] * self.visit.officers


@attrs.frozen
class MondaysList:
    """Every loan of the book that has a visit to come, once: *called* on this week in order, or *left*, those that visits were too few for first."""

    until: Date
    capacity: int
    called: tuple[Called, ...]
    left: tuple[Called, ...]

    @classmethod
    def of(cls, decisions: Iterable[Decision], *, on: Date) -> MondaysList:
        """The list of the working week from *on*, worst first as far as the capacity goes."""
        until, known = from_ordinal(on.toordinal() + 4), {found.loan_no: found for found in decisions if found.schedule.next is not None}
        capacity = -(-ASSUMED_VISITS * len(known) // 1_000)
        candidates = (_candidate(found, on=on, until=until) for found in known.values())
        made = admit(candidates, on=on, until=until, capacity=capacity, cooldown_months=ASSUMED_COOLDOWN)
        return cls(until, capacity, _called(made.admitted, known), _called(made.left_out, known))

    def lines(self, lang: str) -> Iterator[str]:
        """The list in four lines: who is on it and why, who is not and why, and its hours by method and by office."""
        heading = LISTED.filled(lang, until=self.until, visits=self.capacity)
        yield line(heading, _counted(AdmittedBecause, self.called, lang), lang)
        yield line(NOT_LISTED.text(lang), _counted(LeftOutBecause, self.left, lang), lang)
        yield line(TAKEN.text(lang), self._hours_by_method(lang), lang)
        yield line(BY_OFFICE.text(lang), self._hours_by_office(), lang)

    def sections(self, lang: str) -> Iterator[Section]:
        """The list itself, office by office, and the worst of those that are not on it."""
        offices = sorted(self.called, key=lambda each: each.office)  # and within an office in the order of the admission
        columns = (OFFICE, LOAN, POINTS, WHY, HOW, OFFICERS, BY)
        rows = [(*_named(each, lang), each.method.label(lang), f"{each.visit.officers}", f"{each.visit.window.closes}") for each in offices]
        yield Section(HEADING.text(lang), lines=self.lines(lang), columns=_texts(columns, lang), rows=rows)
        left = [(*_named(each, lang), _day(each.said)) for each in self.left[:SHOWN]]
        yield Section(WAITING.text(lang), columns=_texts((OFFICE, LOAN, POINTS, WHY, NOT_BEFORE), lang), rows=left)

    def _hours_by_method(self, lang: str) -> Iterator[str]:
        for method in VisitMethod:
            if made := [each for each in self.called if each.method is method]:
                yield BY_METHOD.filled(lang, method=method.label(lang), visits=len(made), hours=_summed(made))

    def _hours_by_office(self) -> Iterator[str]:
        for office in sorted({each.office for each in self.called}):
            yield f"{office} {_summed(each for each in self.called if each.office == office)}"


def _candidate(decision: Decision, *, on: Date, until: Date) -> Candidate:
    """What is known of a loan, its missing facts at their worst; a visit that closes this week, or should have been made, is a must."""
    case, visit = decision.case, decision.schedule.next
    return Candidate(
        decision.loan_no,
        points=decision.verdicts["points"].at_worst,
        since=max((made.completed_on for made in case.visits), default=case.loan.disbursed_on),
        must=visit is not None and visit.window.closes <= until,
        by_data=visit is not None and visit.method is VisitMethod.OFF_SITE,
        sampled=in_sample(decision.loan_no, period=f"the week of {on}", rate=ASSUMED_DRAWN, seed="made up"),
    )


def _called(said: Iterable[Admitted | LeftOut], decisions: Mapping[str, Decision]) -> tuple[Called, ...]:
    found = ((each, decisions[each.candidate.loan_no]) for each in said)
    return tuple(Called(each, of.case.market.region or NONE, of.schedule.next) for each, of in found if of.schedule.next is not None)


def _counted(reasons: Iterable[AdmittedBecause | LeftOutBecause], called: Iterable[Called], lang: str) -> Iterator[str]:
    """How many stand for each of the *reasons* that is there."""
    counts = Counter(each.said.because for each in called)
    return (f"{because.label(lang)} {counts[because]:,}" for because in reasons if counts[because])


def _named(called: Called, lang: str) -> tuple[str, str, str, str]:
    candidate = called.said.candidate
    return called.office, candidate.loan_no, f"{candidate.points}", called.said.because.label(lang)


def _day(said: Admitted | LeftOut) -> str:
    """The first day on which a loan that is left out could be visited, where a day keeps it out."""
    return f"{said.until}" if isinstance(said, LeftOut) and said.until is not None else NONE


def _summed(called: Iterable[Called]) -> str:
    return f"{float(sum(each.hours for each in called)):,.1f}"


def _texts(labels: Iterable[Label], lang: str) -> Iterator[str]:
    return (label.text(lang) for label in labels)
