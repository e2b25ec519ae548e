"""What is pending in columns of what is owed, whatever its kind: each obligation with its window, as `planning.duties.owing` says of one loan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import cast

import attrs

from revisit_policy.frames.columns.day_columns import chosen, first_known, highest, is_before, is_from, is_known, lowest, or_missing, where_it
from revisit_policy.frames.expressions.day_steps import MonthDay
from revisit_policy.frames.expressions.expression import Expression, Lowest
from revisit_policy.frames.expressions.truth import Flag, where_null
from revisit_policy.frames.visits.days.plan_days import PlanDays
from revisit_policy.frames.visits.owed import OwedColumns, Reasons
from revisit_policy.frames.visits.pending import Pending, RawColumns
from revisit_policy.frames.visits.request import LoanColumns, caught_up, last_at_least
from revisit_policy.language.fact import Fact
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every, Within
from revisit_policy.values.labels import Labelled


@attrs.frozen(kw_only=True, eq=False)
class _Bounds:
    """The calendar days from the first to the last of what is done once."""

    not_before: Expression
    opens: Expression
    closes: Expression


@attrs.frozen(kw_only=True, eq=False)
class _Counted:
    """What is owed and has not been met: where, what it is counted from, and by which day those of one kind are compared."""

    owed: OwedColumns
    exists: Flag
    since: Expression
    closes: Expression
    bounds: _Bounds | None = None

    @property
    def opens(self) -> Expression:
        """The day that is compared where the last ones are equal."""
        return self.since if self.bounds is None else self.bounds.opens


@attrs.frozen(kw_only=True, eq=False)
class _Unmet:
    """Where something is still to be met, and since when it is asked for: the first of its *parts*, and the same of each of these."""

    flag: Flag
    since: Expression
    parts: tuple[tuple[Flag, Expression], ...]


@attrs.frozen(kw_only=True, eq=False)
class OwingColumns:
    """What loans owe on the day of the plan.

    Args:
        owed: What is owed, in order.
        loans: The loans, and what has been done about them.
        days: The working days.
    """

    owed: tuple[OwedColumns, ...]
    loans: LoanColumns
    days: PlanDays
    _known: dict[int, _Unmet] = attrs.field(factory=dict, init=False)

    @cached_property
    def pending(self) -> tuple[Pending, ...]:
        """All that is pending, in the order in which it is served where deadlines are equal."""
        found = [each for counted in self.counted if (each := self._made(counted)) is not None]
        return tuple(sorted(found, key=lambda each: each.kind.order))

    def undated(self) -> Iterator[tuple[Labelled, Flag]]:
        """What is counted from the day of the plan, and where, because nobody recorded since when."""
        served = {id(each.owed): each for each in self.counted}
        for each in self.owed:
            moving = both((each.exists, inverse(self.loans.is_settled)))
            if isinstance(each.when, Every):
                moving = both((moving, inverse(self._is_anchored(each))))
            if each.kind.alone:
                moving = both((moving, each.waits is False and served[id(each)].exists))
            for about, part, is_served in zip(each.about, each.parts, self._served_parts(each), strict=True):
                flag = either(both((where, True if day is None else where_null(day))) for where, day in part)
                yield about, self.days.stages.put_flag(both((flag, moving, is_served)))

    def _served_parts(self, owed: OwedColumns) -> list[Flag]:
        """For each part of what is owed, whether it is told of it that nobody dated it: of what is served alone of the first to begin."""
        if len(owed.parts) == 1 or not owed.kind.alone:
            return [True] * len(owed.parts)
        earliest = self._unmet(owed).since
        found: list[Flag] = []
        for unmet, since in self._unmet(owed).parts:
            is_earliest = both((unmet, (since == earliest).fill_null(value=False)))
            found.append(both((is_earliest, inverse(either(found)))))
        return found

    def _is_anchored(self, owed: OwedColumns) -> Flag:
        former = either(each.exists for each in self._of_kind(owed.kind.after))
        return either((former, isinstance(owed.kind.met_by, Fact), is_known(self._last_met(owed))))

    # -- what is counted ---------------------------------------------------------------------------------------------

    @cached_property
    def counted(self) -> tuple[_Counted, ...]:
        """What has not been met; of a kind that is served alone, where it is the earliest: those kinds come last."""
        alone: dict[Labelled, list[_Counted]] = {}
        found: list[_Counted] = []
        for each in filter(lambda each: not each.waits, self.owed):
            (alone.setdefault(each.kind.kind, []) if each.kind.alone else found).append(self._counted(each))
        return (*found, *(each for several in alone.values() for each in self._earliest(several)))

    def _counted(self, owed: OwedColumns) -> _Counted:
        is_open, flagged = self._is_open(owed), self.days.stages.put_flag
        if isinstance(owed.when, Every):
            last = self._last_time(owed)
            exists = flagged(both((owed.exists, is_open, is_known(last), inverse(self.loans.is_settled))))
            is_met_by_visits = not owed.at_desk and not isinstance(owed.kind.met_by, Fact)
            left = owed.when.catch_up_days if is_met_by_visits else None
            closes = caught_up(self._ends(owed, last), loans=self.loans, left=left, ends_after=partial(self._ends, owed), stages=self.days.stages)
            return _Counted(owed=owed, exists=exists, since=last, closes=closes)
        unmet = self._unmet(owed)
        bounds = self._bounds(owed, unmet.since)
        exists = flagged(both((owed.exists, is_open, unmet.flag, inverse(self.loans.is_settled))))
        return _Counted(owed=owed, exists=exists, since=unmet.since, closes=bounds.closes, bounds=bounds)

    def _earliest(self, several: list[_Counted]) -> Iterator[_Counted]:
        """Of *several* that are compared each where it is the one with the earliest deadline, what recurs first where these are equal."""
        for at, each in enumerate(several):
            better = [both((other.exists, _comes_first(other, each, is_before_it=place < at))) for place, other in enumerate(several) if other is not each]
            yield attrs.evolve(each, exists=self.days.stages.put_flag(both((each.exists, inverse(either(better))))))

    def _is_open(self, owed: OwedColumns) -> Flag:
        """Where all has been met that must have been met first, as far as the loan owes it."""
        return inverse(either(both((each.exists, inverse(self._has_been_met(each)))) for each in self._of_kind(owed.kind.after)))

    def _of_kind(self, kind: Labelled | None) -> Iterable[OwedColumns]:
        return [each for each in self.owed if each.kind.kind == kind]

    def _has_been_met(self, owed: OwedColumns) -> Flag:
        return is_known(self._last_met(owed)) if isinstance(owed.when, Every) else inverse(self._unmet(owed).flag)

    # -- when it was met ---------------------------------------------------------------------------------------------

    def _last_met(self, owed: OwedColumns) -> Expression | None:
        if isinstance(owed.kind.met_by, Fact):
            return owed.met_on
        if owed.at_desk:
            return highest(self.loans.last.get(each) for each in (owed.kind.kind, *owed.kind.met_by))
        return last_at_least(self.loans.last_by, owed.means)

    def _last_time(self, owed: OwedColumns) -> Expression:
        """The day that a period is counted from; see `Owing._last_time`."""
        since = owed.first_reason if isinstance(owed.kind.met_by, Fact) else owed.since(self.days.on)
        ended = lowest(where_it(each.exists, self._ended(each)) for each in self._of_kind(owed.kind.after))
        return self.days.stages.put(or_missing(first_known(self._last_met(owed), ended, since)))

    def _ended(self, former: OwedColumns) -> Expression:
        met = self._last_met(former)
        if isinstance(former.when, Every | AtNextVisit):
            return self.days.on if met is None else met.fill_null(self.days.on)
        bounds = self._bounds(former, self._asked(former.since(self.days.on)))
        return bounds.closes if met is None else Lowest((bounds.closes, met))

    def _unmet(self, owed: OwedColumns) -> _Unmet:
        """Where one of its reasons has not been met, and since when the first of these has been there."""
        if id(owed) not in self._known:  # asked for itself, and for what comes after it
            self._known[id(owed)] = self._first_unmet(owed)
        return self._known[id(owed)]

    def _first_unmet(self, owed: OwedColumns) -> _Unmet:
        put, flagged = self.days.stages.put, self.days.stages.put_flag
        if isinstance(owed.when, Between):
            since = self._asked(owed.since(self.days.on))
            flag = flagged(inverse(self._was_met_between(owed, self._bounds(owed, since))))
            return _Unmet(flag=flag, since=since, parts=((flag, since),))
        parts = tuple(self._first_left(owed, part) for part in owed.parts)
        first = lowest(where_it(flag, since) for flag, since in parts)
        since = parts[0][1] if len(parts) == 1 else put(cast("Expression", first_known(first, self.days.on)))
        unmet = either(flag for flag, _ in parts)
        if isinstance(owed.kind.met_by, tuple) and owed.kind.met_by and not owed.waits:
            unmet = both((unmet, inverse(self._by_another_kind(owed, after=self._bounds(owed, since).closes))))
        return _Unmet(flag=flagged(unmet), since=since, parts=parts)

    def _first_left(self, owed: OwedColumns, part: Reasons) -> tuple[Flag, Expression]:
        """Where one of the reasons of a *part* has not been met, and since when the first of these has been there."""
        put, flagged = self.days.stages.put, self.days.stages.put_flag
        left = [(flagged(both((flag, self._is_left(owed, day)))), day) for flag, day in part if flag is not False]
        days = [where_it(flag, self.days.on if day is None else put(day.fill_null(self.days.on))) for flag, day in left]
        since = self._asked(cast("Expression", first_known(lowest(days), self.days.on)))
        return flagged(either(flag for flag, _ in left)), since

    def _is_left(self, owed: OwedColumns, day: Expression | None) -> Flag:
        """Where what began on a *day* has not been met since."""
        met = self._last_met(owed)
        if isinstance(owed.kind.met_by, Fact):
            return inverse(is_from(met, day))
        return inverse(is_from(met, self.days.on if day is None else day.fill_null(self.days.on)))

    def _was_met_between(self, owed: OwedColumns, bounds: _Bounds) -> Flag:
        kind, met = owed.kind, self._last_met(owed)
        is_in_time = is_from(met, Lowest((bounds.opens, self.days.back(bounds.closes))))
        if isinstance(kind.met_by, Fact):
            return is_in_time
        is_of_kind = both((is_known(met), is_known(self.loans.last.get(kind.kind)))) if kind.kind in kind.met_by else False
        return either((is_in_time, is_of_kind, self._by_another_kind(owed, after=bounds.closes)))

    def _by_another_kind(self, owed: OwedColumns, *, after: Expression) -> Flag:
        others = [] if isinstance(owed.kind.met_by, Fact) else [kind for kind in owed.kind.met_by if kind != owed.kind.kind]
        return either(is_from(self.loans.last.get(kind), after + 1) for kind in others)

    # -- from which day to which -------------------------------------------------------------------------------------

    def _asked(self, since: Expression) -> Expression:
        return self.days.stages.put(cast("Expression", highest((since, self.loans.disbursed))))

    def _bounds(self, owed: OwedColumns, since: Expression) -> _Bounds:
        when, put, matures = owed.when, self.days.stages.put, self.loans.matures
        if isinstance(when, Between):
            opens, closes = put(since + when.first), put(since + when.last)
        else:
            opens, closes = since, self._within(owed, since)
        if owed.kind.at_maturity is AtMaturity.CUT:
            closes = put(chosen(both((is_from(matures, opens), is_before(matures, closes))), matures, closes))
        counts_back = isinstance(when, Between) and when.first < 0
        return _Bounds(not_before=opens if counts_back else since, opens=opens, closes=closes)

    def _within(self, owed: OwedColumns, since: Expression) -> Expression:
        """See `planning.plan_calendar.last_day_within`."""
        if isinstance(owed.when, AtNextVisit):
            return since
        assert isinstance(owed.when, Within)  # noqa: S101 - what recurs is counted from the last time
        return self.days.last_day_within(owed.when, since, months=owed.months)

    def _ends(self, owed: OwedColumns, since: Expression) -> Expression:
        when = owed.when
        assert isinstance(when, Every)  # noqa: S101 - only what recurs is asked
        if when.most_days is not None:
            return self.days.stages.put(since + when.most_days)
        return MonthDay.of(since, self.days.stages).later(cast("Expression | int", owed.months))

    @property
    def _runs(self) -> Flag:
        """Where the loan has not matured before the day of the plan."""
        return is_from(self.loans.matures, self.days.on)

    def _made(self, counted: _Counted) -> Pending | None:
        """It with its window, where the loan does not mature before it would be done."""
        if counted.exists is False:
            return None
        gone, raw = self._again(counted) if counted.bounds is None else self._once(counted.owed, counted.bounds)
        opens, closes = raw.settled(self.days)
        exists = self.days.stages.put_flag(both((counted.exists, inverse(gone))))
        owed = counted.owed
        return Pending(
            kind=owed.kind, exists=exists, opens=opens, closes=closes, means=owed.means, latest=self._latest(owed), has_begun=owed.answers, is_red=owed.is_red
        )

    def _latest(self, owed: OwedColumns) -> Expression | None:
        """The last day from which one of several parts is asked for."""
        if len(owed.parts) == 1:
            return None
        return self.days.stages.put(cast("Expression", highest(where_it(flag, since) for flag, since in self._unmet(owed).parts)))

    def _once(self, owed: OwedColumns, bounds: _Bounds) -> tuple[Flag, RawColumns]:
        fate, matures = owed.kind.at_maturity, self.loans.matures
        ends = {AtMaturity.CUT: bounds.opens, AtMaturity.DROPPED: bounds.closes}.get(fate)
        raw = RawColumns(opens=bounds.opens, closes=bounds.closes, back=self.days.back(bounds.closes), not_before=bounds.not_before)
        return both((self._runs, is_before(matures, ends))), raw

    def _again(self, counted: _Counted) -> tuple[Flag, RawColumns]:
        """The next time of what recurs; see `planning.duties.again.once_more`."""
        owed, since, closes, put = counted.owed, counted.since, counted.closes, self.days.stages.put
        lead = cast("Every", owed.when).lead
        fate, matures = owed.kind.at_maturity, self.loans.matures
        gone: Flag = False
        if fate is not AtMaturity.KEPT:
            is_last = self.days.stages.put_flag(is_before(matures, closes))
            done: Flag = True
            if fate is AtMaturity.CUT:
                done = self.days.stages.put_flag(is_from(since, Lowest((matures - lead, self.days.back(matures)))))
                closes = put(chosen(both((is_last, inverse(done))), matures, closes))
            gone = both((is_last, done, self._runs))
        not_before = put(cast("Expression", highest((since + 1, self.loans.disbursed))))
        return gone, RawColumns(opens=put(closes - lead), closes=closes, back=self.days.back(closes), not_before=not_before)


def _comes_first(one: _Counted, other: _Counted, *, is_before_it: bool) -> Flag:
    """Where *one* has the earlier deadline than the *other*; where they are equal, what recurs, then what opens first, then what stands first."""
    earlier = is_before(one.closes, other.closes)
    equal = (one.closes == other.closes).fill_null(value=False)
    if (one.bounds is None) is not (other.bounds is None):
        return either((earlier, both((equal, one.bounds is None))))
    as_early = (one.opens == other.opens).fill_null(value=False)
    return either((earlier, both((equal, either((is_before(one.opens, other.opens), both((as_early, is_before_it))))))))
