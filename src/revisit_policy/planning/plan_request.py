"""What a plan is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter, itemgetter

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.planning.last_visits import LastVisits
from revisit_policy.planning.means import Means
from revisit_policy.planning.open_trigger import OpenTrigger
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.validation import fault, gather, gathering, refused
from revisit_policy.values.working_days import WorkCalendar

_KINDS: tuple[Labelled, ...] = tuple(VisitKind)
_ALL_KINDS = frozenset(VisitKind)
_means_in_order: Callable[[Mapping[Labelled, Means]], tuple[Means, ...]] = itemgetter(*_KINDS)
_NO_VISITS = LastVisits()
_AT_LEAST_ONE = ("revaluation_working_days", "on_site_officers")
_IF_ANY = ("interval_months", "revaluation_months", "red_result_days")
_figures = attrgetter(*_AT_LEAST_ONE)
_if_any = attrgetter(*_IF_ANY)


def _to_means(values: Mapping[Labelled, Means] | tuple[Means, ...]) -> tuple[Means, ...]:
    if type(values) is tuple and len(values) == len(_KINDS):
        return values
    if isinstance(values, Mapping) and values.keys() >= _ALL_KINDS:
        return _means_in_order(values)
    raise refused(
        values, Phrase("每类回访的方式，按类型或依 `VisitKind` 的次序给出", "the means of every kind of visit, by kind or in the order of `VisitKind`")
    )


@attrs.frozen(kw_only=True, field_transformer=gathering)
class PlanRequest:
    """Everything a schedule depends on. A policy makes it from what it decided, so fields are taken as they are.

    Args:
        on: The day of the plan.
        until: Its horizon, inclusive.
        calendar: The working days.
        lead_days: How many calendar days before it closes a periodic visit or a valuation may be made.
        disbursed_on: The day the loan was paid out.
        matures_on: The day it is to be repaid.
        is_settled: Whether nothing is owed any more: then nothing is planned.
        first_window: When the first visit is to be made; ``None`` if there is none to be made.
        first_reasons: Ids of the rules that fixed it.
        interval_months: Calendar months from one periodic visit to the next, at least 1; ``None`` if there are none.
        interval_reasons: Ids of the rules that fixed them.
        triggers: The triggers set off, answered ones included.
        valued_on: The day of the last valuation; ``None`` if there is none.
        revaluation_is_due: Whether rules ask for a valuation now.
        revaluation_since: Since when they do; ``None`` if nobody recorded it: then it counts as *on*.
        revaluation_months: Calendar months for which a valuation lasts, at least 1; ``None`` if it does not expire.
        revaluation_working_days: How long a valuation asked for now may take, at least 1.
        revaluation_reasons: Ids of the rules behind the three.
        means: By which means each kind of visit is made, given by kind and kept in the order of `VisitKind`.
        gaps: What is not known and has to be asked: it goes on the checklist of the next visit only.
        red_result_days: Working days within which the result is due if the visit answers a red signal, at least 1;
            ``None`` if it is due as that of any other visit.
        on_site_officers: How many people a visit on site takes, at least 1.
        last_visits: What is read of the visits made.

    Raises:
        InvalidInputError: If *until* comes before *on*, a figure is too small, or the means of a kind are missing.
    """

    on: Date
    until: Date
    calendar: WorkCalendar
    lead_days: int
    disbursed_on: Date
    matures_on: Date
    is_settled: bool = False
    first_window: DayWindow | None
    first_reasons: tuple[str, ...] = ()
    interval_months: int | None
    interval_reasons: tuple[str, ...] = ()
    triggers: tuple[OpenTrigger, ...] = ()
    valued_on: Date | None = None
    revaluation_is_due: bool = False
    revaluation_since: Date | None = None
    revaluation_months: int | None = None
    revaluation_working_days: int
    revaluation_reasons: tuple[str, ...] = ()
    means: tuple[Means, ...] = attrs.field(converter=_to_means)
    gaps: tuple[Label, ...] = ()
    red_result_days: int | None = None
    on_site_officers: int
    last_visits: LastVisits = _NO_VISITS

    def __attrs_post_init__(self) -> None:
        if type(self.means) is not tuple or self.until < self.on or self.lead_days < 0 or _least(self) < 1:
            gather(self, _horizon_is_ahead, _lead_is_a_count, _figures_are_above_zero)

    def means_of(self, kind: Labelled) -> Means:
        """By which means a visit of this *kind* is made."""
        return self.means[_KINDS.index(kind)]


def _least(request: PlanRequest) -> int:  # written out, because every decision makes a request
    interval, valued, red = _if_any(request)
    least: int = min(*_figures(request), 1 if interval is None else interval, 1 if valued is None else valued, 1 if red is None else red)
    return least


def _horizon_is_ahead(request: PlanRequest) -> InvalidValueError | None:
    if request.until < request.on:
        return fault("until", str(request.until), Phrase("不早于 `on`（{on}）", "on or after `on` ({on})", on=request.on))
    return None


def _lead_is_a_count(request: PlanRequest) -> InvalidValueError | None:
    return fault("lead_days", request.lead_days, Phrase("不小于0", "at least 0")) if request.lead_days < 0 else None


def _figures_are_above_zero(request: PlanRequest) -> InvalidValueError | None:
    for name in (*_IF_ANY, *_AT_LEAST_ONE):
        figure = getattr(request, name)
        if figure is not None and figure < 1:
            return fault(name, figure, Phrase("不小于1", "at least 1"))
    return None
