"""Windows in columns: what is pending about every row, and between which days, as `planning.duties.obligations` says of one loan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import attrs

from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.frames.columns.day_columns import chosen, first_known, highest, is_before, is_from, is_known, lowest, where_it
from revisit_policy.frames.expressions.day_steps import MonthDay
from revisit_policy.frames.expressions.expression import Expression, Lowest
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.frames.visits.days.plan_days import PlanDays
from revisit_policy.frames.visits.due import Figures
from revisit_policy.frames.visits.means import MeansColumns
from revisit_policy.frames.visits.pending import Pending, RawColumns
from revisit_policy.frames.visits.request import OpenTrigger, VisitRequest, caught_up
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.obligations.usual import USUAL_KINDS
from revisit_policy.outcomes.visit import VisitKind


@attrs.frozen(kw_only=True, eq=False)
class _Again:
    """The next time of what recurs: where there is one, and its bounds as the calendar days fall.

    *ends* is the closing before it was cut to the day the loan matures.
    """

    exists: Flag
    opens: Expression
    closes: Expression
    back: Expression
    ends: Expression


@attrs.frozen(kw_only=True, eq=False)
class Windows:
    """The windows of all that can be pending.

    Args:
        request: What the plan is made from.
        days: The working days.
        conventions: The figures of the policy.
        figures: Those that turn what is due into days.
    """

    request: VisitRequest
    days: PlanDays
    conventions: Conventions
    figures: Figures

    def pending(self) -> tuple[Pending, ...]:
        """All of it, in the order in which it is served where deadlines are equal."""
        return (*self.visits(), *self.triggers(), self.valuation())

    def visits(self) -> tuple[Pending, Pending]:
        """The first visit and the periodic one; a row has one of them at most."""
        request, days, put, flagged = self.request, self.days, self.days.stages.put, self.days.stages.put_flag
        first, periodic = request.means[VisitKind.FIRST], request.means[VisitKind.PERIODIC]
        opens, closes = request.first_opens, request.first_closes
        back = days.back(closes)
        replaced = request.last_at_least(first)
        early = both((is_known(request.last[VisitKind.FIRST]), is_known(replaced)))
        none = inverse(request.has_first)
        visited = flagged(either((none, early, is_from(replaced, Lowest((opens, back))), is_from(request.last[VisitKind.PERIODIC], closes + 1))))
        ended = lowest((closes, where_it(request.has_first, replaced)))
        last = put(cast("Expression", first_known(request.last_at_least(periodic), ended)))
        ends, left = MonthDay.of(last, days.stages).later(request.months), self.figures.catch_up_days
        until = caught_up(ends, loans=request, left=left, ends_after=lambda day: MonthDay.of(day, days.stages).later(request.months), stages=days.stages)
        again = self._once_more(last, ends=until, lead=self.figures.lead_days)
        exists = both((visited, again.exists, request.has_periodic, inverse(request.is_settled)))
        too_late = both((self._runs, is_before(request.matures, opens)))
        raw = RawColumns(
            opens=put(chosen(visited, again.opens, opens)),
            closes=put(chosen(visited, again.closes, closes)),
            back=put(chosen(visited, again.back, back)),
            not_before=put(chosen(visited, last + 1, request.disbursed)),
        )
        opening, closing = raw.settled(self.days)
        kinds = USUAL_KINDS[VisitKind.FIRST], USUAL_KINDS[VisitKind.PERIODIC]
        never = both((inverse(visited), inverse(too_late), inverse(request.is_settled)))
        return (
            Pending(kind=kinds[0], exists=flagged(never), opens=opening, closes=closing, means=first),
            Pending(kind=kinds[1], exists=flagged(exists), opens=opening, closes=closing, means=periodic),
        )

    def valuation(self) -> Pending:
        """The valuation of the collateral: by the time the last one expires, or earlier if rules ask for one."""
        request, days, put, flagged = self.request, self.days, self.days.stages.put, self.days.stages.put_flag
        valued, noted = request.valued, request.revaluation_since
        began = put(cast("Expression", highest((first_known(noted, days.on), request.disbursed))))
        due = days.after(began, self.figures.valuation_working_days)
        due = put(chosen(both((is_from(request.matures, began), is_before(request.matures, due))), request.matures, due))
        is_asked = both((request.revaluation_is_due, inverse(both((is_known(noted), is_from(valued, noted))))))
        kind, means = USUAL_KINDS[VisitKind.REVALUATION], request.means[VisitKind.REVALUATION]
        months = self.figures.valuation_months
        if valued is None or months is None:
            raw = RawColumns(opens=began, closes=due, back=days.back(due), not_before=began)
            opening, closing = raw.settled(self.days)
            exists = flagged(both((is_asked, inverse(request.is_settled))))
            return Pending(kind=kind, exists=exists, opens=opening, closes=closing, means=means, is_undated=both((exists, inverse(is_known(noted)))))
        again = self._once_more(valued, ends=MonthDay.of(valued, days.stages).later(months), lead=self.figures.valuation_lead_days)
        first = put(cast("Expression", highest((valued + 1, request.disbursed))))
        asked = flagged(both((is_asked, either((inverse(is_known(valued)), inverse(request.has_valuation), is_before(due, again.ends))))))
        closes = put(chosen(asked, due, again.closes))
        raw = RawColumns(opens=put(chosen(asked, began, again.opens)), closes=closes, back=days.back(closes), not_before=put(chosen(asked, began, first)))
        opening, closing = raw.settled(self.days)
        exists = both((either((asked, both((is_known(valued), again.exists, request.has_valuation)))), inverse(request.is_settled)))
        undated = both((asked, inverse(is_known(noted)), inverse(request.is_settled)))
        return Pending(kind=kind, exists=flagged(exists), opens=opening, closes=closing, means=means, is_undated=undated)

    def _once_more(self, since: Expression, *, ends: Expression, lead: int) -> _Again:
        """What recurs, until the end of the period *ends*; it is not there if it was done in the lead before the loan matures."""
        days, put = self.days, self.days.stages.put
        matures = self.request.matures
        is_last = days.stages.put_flag(is_before(matures, ends))
        done = days.stages.put_flag(is_from(since, Lowest((matures - lead, days.back(matures)))))
        closes = put(chosen(both((is_last, inverse(done))), matures, ends))
        exists = inverse(both((is_last, done, self._runs)))
        return _Again(exists=exists, opens=put(closes - lead), closes=closes, back=days.back(closes), ends=ends)

    @property
    def _runs(self) -> Flag:
        """Where the loan has not matured before the day of the plan."""
        return is_from(self.request.matures, self.days.on)

    def triggers(self) -> Iterator[Pending]:
        """The visits that signals ask for: one for all triggers of one deadline and of means that report alike."""
        for members in grouped(self.request.triggers):
            put = self.days.stages.put
            deadline, means = members[0].trigger.deadline, members[0].means
            began = put(cast("Expression", lowest(where_it(each.asks, each.since) for each in members)))
            latest = put(cast("Expression", highest(where_it(each.asks, each.since) for each in members)))
            yield Pending(
                kind=USUAL_KINDS[VisitKind.TRIGGERED],
                exists=self.days.stages.put_flag(either(each.asks for each in members)),
                opens=began,
                closes=self.days.answered_by(began, deadline),
                means=means,
                latest=latest,
                has_begun=True,
                is_red=members[0].trigger.level.is_last,
            )


# -- triggers that are looked at together ----------------------------------------------------------------------------


def grouped(triggers: tuple[OpenTrigger, ...]) -> Iterator[tuple[OpenTrigger, ...]]:
    """Triggers that have one deadline and are met by the same means; each by itself if it matters which of them comes first."""
    if order_matters([each.means for each in triggers]):
        yield from ((each,) for each in triggers)
        return
    groups: dict[tuple[Deadline, int, bool], list[OpenTrigger]] = {}
    for each in triggers:
        groups.setdefault((each.trigger.deadline, id(each.means), each.trigger.level.is_last), []).append(each)
    yield from map(tuple, groups.values())


def order_matters(means: list[MeansColumns]) -> bool:
    """Whether of two visits by one method the report may be another: the report on both is that of the first."""
    return any(
        _may_be_of_one_method(one, other) and not _report_alike(one, other)
        for at, one in enumerate(means)
        for other in means[at + 1 :]
        if one is not other
    )


def _may_be_of_one_method(one: MeansColumns, other: MeansColumns) -> bool:
    return any(flag is not False and also is not False for flag, also in zip(one.methods, other.methods, strict=True))


def _report_alike(one: MeansColumns, other: MeansColumns) -> bool:
    reports, others = dict(one.reports), dict(other.reports)
    return reports.keys() == others.keys() and all(others[part] is flag for part, flag in reports.items())
