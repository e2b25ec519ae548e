"""The visits of one loan as a good developer schedules them by hand: whole numbers for days, lists for the calendar.

The days are those of `revisit_policy.planning`, without what fixed them.
"""

# ruff: noqa: C901, PLR0912, PLR0913 - one long reading is what this rival is

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from revisit_policy import CaseFile, Finding, VisitKind, VisitMethod
from revisit_policy.values import CHINA, Date, add_months, month_end

FIRST, PERIODIC, TRIGGERED, REVALUATION = VisitKind
METHODS = tuple(VisitMethod)
BY_DATA, BY_SMS, BY_PHONE, BY_VIDEO, ON_SITE = range(5)
REPORTS = (1, 2, 3, 3, 7)
LEAD = 30

_START, _END = Date(2004, 1, 1).toordinal(), Date(2060, 1, 1).toordinal()
_CALENDAR = CHINA.provisional()
WORKED = [day for day in range(_START, _END) if _CALENDAR.is_working(Date.fromordinal(day))]
CONFIRMED_FROM, CONFIRMED_TO = (day.toordinal() for day in CHINA.confirmed)


class Call(NamedTuple):
    """What a visit is made for: its method, and the steps to its result beside the report."""

    method: int
    valuation: bool = False
    approval: bool = False
    opinion: bool = False
    excellent: bool = False


class Errand(NamedTuple):
    """Method, report, and whether each further step is needed."""

    kind: VisitKind
    method: int
    report: int
    retry: bool
    no_reply: bool
    valuation: bool
    opinion: bool
    approval: bool
    excellent: bool
    is_red: bool
    serves: frozenset[VisitKind]
    codes: frozenset[str]


class Planned(NamedTuple):
    """A visit to be made."""

    errand: Errand
    opens: int
    due: int
    closes: int
    missed: int | None
    is_projection: bool
    today: int

    def told(self) -> tuple:
        """The visit with dates, and with the days its result can be expected."""
        errand, day = self.errand, Date.fromordinal
        usual = longest = 1
        if not errand.is_red:
            usual = errand.report + 3 * errand.valuation + 5 * errand.opinion + 3 * errand.approval - errand.excellent
            longest = max(1, usual, usual + 3 * errand.retry + errand.no_reply + 10 * errand.valuation)
            usual = max(1, usual)
        return (
            errand.kind,
            METHODS[errand.method],
            2 if errand.method == ON_SITE else 1,
            day(self.opens),
            day(self.due),
            day(self.closes),
            None if self.missed is None else day(self.missed),
            day(after(max(self.opens, self.today), usual)),
            day(after(self.due, usual)),
            day(after(self.closes, longest)),
            self.is_projection,
            errand.serves,
            errand.codes,
        )


# -- days ------------------------------------------------------------------------------------------------------------


def after(day: int, working_days: int) -> int:
    """The working day number *working_days* after *day*."""
    return WORKED[bisect_right(WORKED, day) + working_days - 1]


def _worked_from(day: int) -> int:
    return WORKED[bisect_left(WORKED, day)]


def _forward(day: int) -> int:
    return _worked_from(day) if CONFIRMED_FROM <= day <= CONFIRMED_TO else day


def _back(day: int) -> int:
    return WORKED[bisect_right(WORKED, day) - 1] if CONFIRMED_FROM <= day <= CONFIRMED_TO else day


@lru_cache(maxsize=2**15)
def _months_later(day: int, months: int) -> int:
    return add_months(Date.fromordinal(day), months).toordinal()


def _aim(opens: int, closes: int) -> int:
    return min(closes, max(opens, _back((opens + closes) // 2)))


# -- windows ---------------------------------------------------------------------------------------------------------


def _planned(errand: Errand, opens: int, closes: int, *, not_before: int, today: int, is_projection: bool = False) -> Planned:
    opens = _forward(max(opens, not_before))
    rolled = _back(closes)
    closes = rolled if rolled >= not_before else _worked_from(not_before)
    opens = min(opens, closes)
    due, missed, soonest = _aim(opens, closes), None, _worked_from(today)
    if due < soonest:
        if closes < today:
            missed, closes = closes, soonest
        elif closes < soonest:
            closes = soonest
        due = soonest
    return Planned(errand, opens, due, closes, missed, is_projection, today)


def _once_more(errand: Errand, since: int, months: int, *, matures: int, today: int, is_projection: bool = False) -> list[Planned]:
    closes = _months_later(since, months)
    if today <= matures < closes:
        closes = matures
        if since >= min(closes - LEAD, _back(closes)):
            return []
    return [_planned(errand, closes - LEAD, closes, not_before=since + 1, today=today, is_projection=is_projection)]


def _errand(kind: VisitKind, call: Call, code: str | None = None, *, is_red: bool = False) -> Errand:
    method = call.method
    codes = frozenset() if code is None else frozenset((code,))
    return Errand(
        kind,
        method,
        REPORTS[method],
        method == BY_PHONE,
        method == BY_SMS,
        call.valuation,
        call.opinion,
        call.approval,
        call.excellent,
        is_red,
        frozenset((kind,)),
        codes,
    )


def _together(one: Errand, other: Errand) -> Errand:
    leading = other if other.method > one.method else one
    return Errand(
        one.kind,
        leading.method,
        leading.report,
        one.retry or other.retry,
        one.no_reply or other.no_reply,
        one.valuation or other.valuation,
        one.opinion or other.opinion,
        one.approval or other.approval,
        one.excellent or other.excellent,
        one.is_red or other.is_red,
        one.serves | other.serves,
        one.codes | other.codes,
    )


# -- the schedule ----------------------------------------------------------------------------------------------------


def _called(calls: Sequence[tuple[str, bool, int | None, int, bool, Call]], last_by: list[int | None], *, disbursed: int, today: int) -> list[Planned]:
    """The visits that warnings call for and no visit has answered; of two alike the one that began first."""
    pending: dict[object, Planned] = {}
    for code, is_red, since, days, within_month, call in calls:
        errand = _errand(TRIGGERED, call, code, is_red=is_red)
        began, answered = today if since is None else max(since, disbursed), last_by[errand.method]
        if answered is not None and answered >= began:
            continue
        ends = after(began, days)
        if within_month:
            ends = min(ends, month_end(Date.fromordinal(began)).toordinal())
        planned, alike = _planned(errand, began, ends, not_before=began, today=today), pending.get((code, days, call))
        if alike is None or _deadline(planned) < _deadline(alike):
            pending[code, days, call] = planned
    return list(pending.values())


def schedule(
    case: CaseFile,
    *,
    today: int,
    until: int,
    interval: int,
    window: tuple[int, int],
    first: Call,
    periodic: Call,
    valuation: Call,
    calls: Sequence[tuple[str, bool, int | None, int, bool, Call]],
    is_valuation_due: bool,
    valuation_since: int | None,
) -> list[Planned]:
    """The visits by earliest closing."""
    if not case.loan.balance.minor:
        return []
    disbursed, matures, valued = case.loan.disbursed_on.toordinal(), case.loan.matures_on.toordinal(), case.collateral.valued_on.toordinal()
    last_first = last_periodic = None
    last_by: list[int | None] = [None] * 5
    for past in case.visits:  # by the day they were completed
        day = past.completed_on.toordinal()
        if day > today or past.finding is Finding.NOT_REACHED:
            continue
        if past.kind is FIRST:
            last_first = day
        elif past.kind is PERIODIC:
            last_periodic = day
        if past.kind is not REVALUATION:
            for method in range(past.method.severity + 1):
                last_by[method] = day

    pending: list[Planned] = []
    recurring, first_errand, valuing = _errand(PERIODIC, periodic), _errand(FIRST, first), _errand(REVALUATION, valuation)
    opens, closes = disbursed + window[0], disbursed + window[1]
    if opens <= matures < closes:
        closes = matures
    replaced = last_by[first_errand.method]
    is_met = replaced is not None and (last_first is not None or replaced >= min(opens, _back(closes)))
    if is_met or (last_periodic is not None and last_periodic > closes):
        since = last_by[recurring.method]
        if since is None:
            since = closes if replaced is None else min(closes, replaced)
        pending += _once_more(recurring, since, interval, matures=matures, today=today)
    elif not today <= matures < opens:
        pending.append(_planned(first_errand, opens, closes, not_before=disbursed, today=today))
    pending += _called(calls, last_by, disbursed=disbursed, today=today)
    pending += _valuation(valuing, valued, is_due=is_valuation_due, since=valuation_since, matures=matures, today=today)

    visits: list[Planned] = []
    soonest = _worked_from(today)
    while pending:
        pending.sort(key=_deadline)
        leading = pending[0]
        if leading.closes > until and leading.missed is None:
            break
        served = [each for each in pending if each.opens <= leading.closes]
        pending = [each for each in pending if each.opens > leading.closes]
        visit = leading if len(served) == 1 else _joined(served, soonest)
        visits.append(visit)
        serves = visit.errand.serves
        if PERIODIC in serves or FIRST in serves or (visit.errand.method >= recurring.method and all(each.errand.kind is not FIRST for each in pending)):
            pending = _once_more(recurring, visit.closes, interval, matures=matures, today=today, is_projection=True) + [
                each for each in pending if each.errand.kind is not PERIODIC
            ]
        if REVALUATION in serves:
            pending += _once_more(valuing, visit.closes, 12, matures=matures, today=today, is_projection=True)
    return visits


def _valuation(errand: Errand, valued: int, *, is_due: bool, since: int | None, matures: int, today: int) -> list[Planned]:
    if is_due and (since is None or valued < since):
        began = today if since is None else since
        closes = after(began, 10)
        if today <= matures < closes:
            closes = matures
        if closes < _months_later(valued, 12):
            return [_planned(errand, began, closes, not_before=began, today=today)]
    return _once_more(errand, valued, 12, matures=matures, today=today)


def _joined(served: list[Planned], soonest: int) -> Planned:
    leading, errand, opens = served[0], served[0].errand, served[0].opens
    for each in served[1:]:
        errand = _together(errand, each.errand)
        opens = max(opens, each.opens)
    due = leading.due if opens == leading.opens else max(_aim(opens, leading.closes), soonest)
    return leading._replace(errand=errand, opens=opens, due=due, is_projection=all(each.is_projection for each in served))


def _deadline(planned: Planned) -> int:
    return planned.closes if planned.missed is None else planned.missed
