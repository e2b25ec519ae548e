"""The visits of one loan, and what a desk does about it, as a good developer schedules them by hand: whole numbers for days, lists for the calendar.

The days are those of `revisit_policy.planning`, without what fixed them.
"""

# ruff: noqa: C901, PLR0912, PLR0913 - one long reading is what this rival is

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from revisit_policy import CaseFile, Finding, VisitKind, VisitMethod
from revisit_policy.outcomes import DeskKind
from revisit_policy.values import CHINA, Date, add_months, month_end

FIRST, PERIODIC, TRIGGERED, REVALUATION = VisitKind
METHODS = tuple(VisitMethod)
BY_DATA, BY_SMS, BY_PHONE, BY_VIDEO, ON_SITE = range(5)
REPORTS = (1, 2, 3, 3, 7)
LEAD = 30

#: What a visit needs until its result, beside its report; that it answers a red signal; and that it is one to the borrower.
EXCELLENT, VALUATION, DETERMINATION, APPROVAL, REGISTRY, DECISION, OPINION, PAPERS, TELLING, RETRY, NO_REPLY, IS_RED, IS_VISIT = (1 << place for place in range(13))

_START, _END = Date(2004, 1, 1).toordinal(), Date(2060, 1, 1).toordinal()
_CALENDAR = CHINA.provisional()
DAYS = [Date.fromordinal(day) for day in range(_START, _END)]
WORKED = [day.toordinal() for day in DAYS if _CALENDAR.is_working(day)]
#: Working days up to each day, inclusive.
_COUNT = list(accumulate(map(_CALENDAR.is_working, DAYS), initial=0))[1:]
CONFIRMED_FROM, CONFIRMED_TO = (day.toordinal() for day in CHINA.confirmed)


class Errand(NamedTuple):
    """What a visit is made for: its kind, its method, the steps to its result, the kinds it stands for, the signals it answers."""

    kind: VisitKind
    method: int
    steps: int
    serves: frozenset[VisitKind]
    codes: frozenset[str] = frozenset()


class Call(NamedTuple):
    """A signal that asks for a visit: since when each of its rules has held, and how soon it is answered."""

    code: str
    is_red: bool
    since: Sequence[int | None]
    working_days: int
    within_month: bool
    method: int
    steps: int


class Planned(NamedTuple):
    """A visit to be made, or something to be done at a desk."""

    errand: Errand
    opens: int
    due: int
    closes: int
    missed: int | None
    is_projection: bool

    def told(self, today: int) -> tuple:
        """The visit with dates, and with the days its result can be expected."""
        (kind, method, steps, serves, codes), opens, due, closes, missed, is_projection = self
        usual, longest = _limits(method, steps)
        return (
            kind,
            METHODS[method],
            2 if method == ON_SITE else 1,
            DAYS[opens - _START],
            DAYS[due - _START],
            DAYS[closes - _START],
            None if missed is None else DAYS[missed - _START],
            _each_after(max(opens, today), usual),
            _each_after(due, usual),
            _each_after(closes, longest),
            is_projection,
            serves,
            codes,
        )


@lru_cache(maxsize=2**12)
def _limits(method: int, steps: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Working days until a visit is reported, the grade determined, a measure decided, the borrower told: as a rule, and with all that may be needed."""
    if steps & IS_RED:
        usual = longest = 1
    else:
        report = REPORTS[method] - bool(steps & EXCELLENT)
        usual = max(1, report)
        longest = max(usual, report + 3 * bool(steps & RETRY) + bool(steps & NO_REPLY))
    valued, opinion = bool(steps & VALUATION), bool(steps & OPINION)
    determined = 3 * valued + bool(steps & DETERMINATION) + 3 * bool(steps & APPROVAL)
    decided, told = 2 * bool(steps & DECISION) + 5 * opinion, bool(steps & TELLING)
    contingent = 10 * valued + 5 * bool(steps & REGISTRY), 10 * bool(steps & PAPERS)
    return (
        tuple(accumulate((usual, determined, decided, told))),
        tuple(accumulate((longest, determined + contingent[0], decided + contingent[1], told))),
    )


# -- days ------------------------------------------------------------------------------------------------------------


def after(day: int, working_days: int) -> int:
    """The working day number *working_days* after *day*."""
    return WORKED[_COUNT[day - _START] + working_days - 1]


@lru_cache(maxsize=2**14)
def _each_after(day: int, counts: tuple[int, ...]) -> tuple[Date, ...]:
    worked = _COUNT[day - _START] - 1
    return tuple([DAYS[WORKED[worked + count] - _START] for count in counts])


def _worked_from(day: int) -> int:
    return WORKED[_COUNT[day - _START - 1]]


def _forward(day: int) -> int:
    return WORKED[_COUNT[day - _START - 1]] if CONFIRMED_FROM <= day <= CONFIRMED_TO else day


def _back(day: int) -> int:
    return WORKED[_COUNT[day - _START] - 1] if CONFIRMED_FROM <= day <= CONFIRMED_TO else day


@lru_cache(maxsize=2**15)
def months_later(day: int, months: int) -> int:
    """The day *months* after *day*, the last of its month if there is none of its number."""
    return add_months(Date.fromordinal(day), months).toordinal()


def ends_of_month(day: int) -> int:
    """The last day of the month of *day*."""
    return month_end(DAYS[day - _START]).toordinal()


def _aim(opens: int, closes: int) -> int:
    return min(closes, max(opens, _back((opens + closes) // 2)))


# -- windows ---------------------------------------------------------------------------------------------------------


def _planned(errand: Errand, opens: int, closes: int, *, not_before: int, today: int, is_projection: bool = False) -> Planned:
    opens = _forward(max(opens, not_before))
    rolled = _back(closes)
    closes = rolled if rolled >= not_before else _worked_from(not_before)
    opens = min(opens, closes)
    due, missed = _aim(opens, closes), None
    if due <= today and due < (soonest := _worked_from(today)):
        if closes < today:
            missed, closes = closes, soonest
        elif closes < soonest:
            closes = soonest
        due = soonest
    return Planned(errand, opens, due, closes, missed, is_projection)


def _once_more(errand: Errand, since: int, months: int, *, matures: int, disbursed: int, today: int, is_projection: bool = False) -> list[Planned]:
    closes, not_before = months_later(since, months), since + 1
    if matures < closes:
        if since < min(matures - LEAD, _back(matures)):
            closes = matures
        elif today <= matures:
            return []
    opens = closes - LEAD
    if not_before < disbursed:
        opens, closes, not_before = max(opens, disbursed), max(closes, disbursed), disbursed
    return [_planned(errand, opens, closes, not_before=not_before, today=today, is_projection=is_projection)]


@lru_cache(maxsize=2**12)
def errand(kind: VisitKind, method: int, steps: int, code: str | None = None) -> Errand:
    """The errand of one kind, or the answer to the signal called *code*."""
    steps |= (RETRY if method == BY_PHONE else 0) | (NO_REPLY if method == BY_SMS else 0) | (VALUATION if kind is REVALUATION else IS_VISIT)
    return Errand(kind, method, steps, frozenset((kind,)), frozenset() if code is None else frozenset((code,)))


# -- the schedule ----------------------------------------------------------------------------------------------------


class History(NamedTuple):
    """The last visit of each kind, and of at least each method."""

    of_kind: dict[object, int]
    by: list[int | None]

    @classmethod
    def of(cls, case: CaseFile, today: int) -> "History":
        """The visits that reached the borrower, which stand by the days they were completed."""
        of_kind: dict[object, int] = {}
        by: list[int | None] = [None] * 5
        for past in case.visits:
            day, kind = past.completed_on.toordinal(), past.kind
            if day > today or past.finding is Finding.NOT_REACHED:
                continue
            of_kind[kind] = day
            if kind is not REVALUATION and (isinstance(kind, VisitKind) or kind is DeskKind.DATA_CHECK):
                for method in range(past.method.severity + 1):
                    by[method] = day
        return cls(of_kind, by)


def _called(calls: Sequence[Call], last_by: list[int | None], *, disbursed: int, today: int) -> Iterator[Planned]:
    """The visits that warnings call for and no visit has answered; of several reasons the one that began first."""
    for code, is_red, days, working_days, within_month, method, steps in calls:
        answered = last_by[method]
        left = [today if since is None else since for since in days if answered is None or answered < (today if since is None else since)]
        if not left:
            continue
        began = max(min(left), disbursed)
        ends = after(began, working_days)
        if within_month:
            ends = min(ends, ends_of_month(began))
        yield _planned(errand(TRIGGERED, method, steps | (IS_RED if is_red else 0), code), began, ends, not_before=began, today=today)


def schedule(
    case: CaseFile,
    history: History,
    *,
    today: int,
    until: int,
    interval: int,
    window: tuple[int, int],
    first: Errand,
    periodic: Errand,
    valuation: Errand,
    calls: Sequence[Call],
    is_valuation_due: bool,
    valuation_since: int | None,
) -> tuple[list[Planned], bool]:
    """The visits by earliest closing, and whether a valuation is to be made of which nobody knows since when."""
    disbursed, matures, valued = case.loan.disbursed_on.toordinal(), case.loan.matures_on.toordinal(), case.collateral.valued_on.toordinal()
    last_by, last_periodic = history.by, history.of_kind.get(PERIODIC)
    opens, closes = disbursed + window[0], disbursed + window[1]
    if opens <= matures < closes:
        closes = matures
    replaced, pending = last_by[first.method], []
    is_met = replaced is not None and (FIRST in history.of_kind or replaced >= min(opens, _back(closes)))
    if is_met or (last_periodic is not None and last_periodic > closes):
        since = last_by[periodic.method]
        if since is None:
            since = closes if replaced is None else min(closes, replaced)
        pending += _once_more(periodic, since, interval, matures=matures, disbursed=disbursed, today=today)
    elif not today <= matures < opens:
        pending.append(_planned(first, opens, closes, not_before=disbursed, today=today))
    if calls:
        pending += _called(calls, last_by, disbursed=disbursed, today=today)
    is_undated = False
    if is_valuation_due and (valuation_since is None or valued < valuation_since):
        began = max(today if valuation_since is None else valuation_since, disbursed)
        closes = after(began, 10)
        if began <= matures < closes:
            closes = matures
        if closes < months_later(valued, 12):
            is_undated = valuation_since is None
            if not today <= matures < began:
                pending.append(_planned(valuation, began, closes, not_before=began, today=today))
        else:
            pending += _once_more(valuation, valued, 12, matures=matures, disbursed=disbursed, today=today)
    else:
        pending += _once_more(valuation, valued, 12, matures=matures, disbursed=disbursed, today=today)

    visits: list[Planned] = []
    while pending:
        pending.sort(key=_deadline)
        leading = pending[0]
        last = leading.closes
        if last > until and leading.missed is None:
            break
        served = [each for each in pending if each.opens <= last]
        pending = [each for each in pending if each.opens > last]
        visit = leading if len(served) == 1 else _joined(served, today)
        visits.append(visit)
        _, method, steps, serves, _ = visit.errand
        if PERIODIC in serves or FIRST in serves or (steps & IS_VISIT and method >= periodic.method and not any(each.errand.kind is FIRST for each in pending)):
            pending = _once_more(periodic, last, interval, matures=matures, disbursed=disbursed, today=today, is_projection=True) + [
                each for each in pending if each.errand.kind is not PERIODIC
            ]
        if REVALUATION in serves:
            pending += _once_more(valuation, last, 12, matures=matures, disbursed=disbursed, today=today, is_projection=True)
    return visits, is_undated


def _joined(served: list[Planned], today: int) -> Planned:
    leading, latest, is_projection = served[0], served[0].opens, True
    kind, method, steps, serves, codes = leading.errand
    for each in served:
        _, other, needed, kinds, answered = each.errand
        method, steps, serves, codes = max(method, other), steps | needed, serves | kinds, codes | answered
        latest, is_projection = max(latest, each.opens), is_projection and each.is_projection
    due = leading.due if latest == leading.opens else max(_aim(latest, leading.closes), _worked_from(today))
    return Planned(Errand(kind, method, steps, serves, codes), latest, due, leading.closes, leading.missed, is_projection)


def _deadline(planned: Planned) -> int:
    return planned.closes if planned.missed is None else planned.missed


# -- what a desk does ------------------------------------------------------------------------------------------------


def at_desk(
    case: CaseFile,
    history: History,
    *,
    red: Sequence[tuple[str, Sequence[int | None]]],
    is_owed: bool,
    is_over: bool,
    today: int,
    until: int,
) -> Iterator[tuple]:
    """What a desk has to do by a day, each kind the next time; *red* are the signals after which the loan is classified anew."""
    loan, home = case.loan, case.collateral
    disbursed = loan.disbursed_on.toordinal()

    def told(kind: DeskKind, opens: int, closes: int, not_before: int, codes: frozenset[str] = frozenset()) -> Iterator[tuple]:
        found = _planned(None, opens, closes, not_before=not_before, today=today)  # type: ignore[arg-type] # no errand
        if found.missed is not None or found.closes <= until:
            yield kind, *(DAYS[day - _START] for day in found[1:4]), None if found.missed is None else DAYS[found.missed - _START], codes

    def once(kind: DeskKind, since: int, closes: int) -> Iterator[tuple]:
        done = history.of_kind.get(kind)
        if done is None or done < since:
            yield from told(kind, max(since, disbursed), closes, max(since, disbursed))

    found = _classification(case, red, disbursed=disbursed, today=today)
    if found is not None:
        yield from told(DeskKind.CLASSIFICATION, *found)
    if loan.in_observation and loan.observation_until is not None and loan.observation_until.toordinal() <= today:
        ends = loan.observation_until.toordinal()
        yield from once(DeskKind.RELEASE, ends, after(ends, 10))
    if home.has_guarantor and home.guarantee_until is not None and (loan.days_past_due or is_over):
        ends = home.guarantee_until.toordinal()
        yield from once(DeskKind.GUARANTEE, ends, ends)
    elif home.has_guarantor and home.guarantee_until is None and is_over:
        matured = loan.matures_on.toordinal()
        yield from once(DeskKind.GUARANTEE, matured, months_later(matured, 6))
    if is_over:
        runs = loan.limitation_from.toordinal()
        yield from once(DeskKind.LIMITATION, runs, months_later(runs, 36))
    if is_owed:
        checked = history.of_kind.get(DeskKind.DATA_CHECK, today)
        closes = months_later(checked, 1)
        yield from told(DeskKind.DATA_CHECK, closes - LEAD, closes, checked + 1)


def _classification(case: CaseFile, red: Sequence[tuple[str, Sequence[int | None]]], *, disbursed: int, today: int) -> tuple | None:
    """The next classification: three months after the last, and soon after a red signal that came since."""
    classified = None if case.determination.on is None else case.determination.on.toordinal()
    found = None
    if classified is not None:
        closes = months_later(classified, 3)
        found = (closes - LEAD, closes, classified + 1, frozenset())
        if classified + 1 < disbursed:
            found = (max(closes - LEAD, disbursed), max(closes, disbursed), disbursed, frozenset())
    for code, days in red:
        left = [today if since is None else since for since in days if since is None or classified is None or classified < since]
        if left:
            began = max(min(left), disbursed)
            closes = after(began, 5)
            if found is None or closes < found[1]:
                found = (began, closes, began, frozenset((code,)))
    return found
