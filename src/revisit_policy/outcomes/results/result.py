"""When a visit yields its result: the four days that everybody asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import chain, pairwise
from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.results.classification_run import ClassificationRun, run_on_or_after, to_run_months
from revisit_policy.outcomes.results.progress import Progress
from revisit_policy.outcomes.results.result_stage import ResultStage
from revisit_policy.outcomes.results.stage_limit import DAYS, StageLimit, limits_of
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Lang, to_lang
from revisit_policy.values.validation import checked, each_by, fault, gather, gathering, refused, to_tuple_of
from revisit_policy.values.working_days import Basis

_FOUR: Final = len(DAYS)
_FOUR_DAYS: Final = Phrase("{count}个日期，每个结果之日各一，依次", "{count} days, one for each day of a result and in their order", count=_FOUR)


def _to_days(values: Iterable[str | dt.date]) -> tuple[Date, ...]:
    if type(values) is tuple and len(values) == _FOUR and all(type(day) is Date for day in values):  # as planning has them
        return values
    days = each_by(to_date, values, expected=_FOUR_DAYS)
    if len(days) == _FOUR:
        return days
    raise refused(values, _FOUR_DAYS)


def _to_limits(values: Iterable[StageLimit]) -> tuple[StageLimit, ...]:
    limits = to_tuple_of(StageLimit, values)
    if tuple(limit.day for limit in limits) == DAYS:
        return limits
    raise refused(values, Phrase("每个结果之日各一个时限，依次", "one limit for each day of a result, in their order"))


def _to_progress(value: Progress) -> Progress:
    return checked(value, Progress, field="", expected=Phrase("Progress", "a Progress"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class _OneDay:
    """The day of a whole result, as whoever plans a visit elsewhere knows it."""

    earliest: Date = attrs.field(converter=to_date)
    expected: Date = attrs.field(converter=to_date)
    latest: Date = attrs.field(converter=to_date)

    def __attrs_post_init__(self) -> None:
        gather(self, _one_is_expected_in_order, _one_is_latest_in_order, place="Result")


def _one_is_expected_in_order(days: _OneDay) -> InvalidValueError | None:
    return _out_of_order("expected", days.expected, "earliest", days.earliest)


def _one_is_latest_in_order(days: _OneDay) -> InvalidValueError | None:
    return _out_of_order("latest", days.latest, "expected", days.expected)


def _out_of_order(name: str, day: Date, before: str, least: Date) -> InvalidValueError | None:  # noqa: PLR0917 - read in order
    if day >= least:
        return None
    return fault(name, str(day), Phrase("不早于 `{before}`（{least}）", "on or after `{before}` ({least})", before=before, least=least))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Result:
    """When a visit yields its result.

    Four days are asked for: when the visitor has a *preliminary* finding, when the grade is *determined*, when a measure is *decided*, and
    when the borrower is *told*. Each is counted in working days from the one before, the first from the visit, which is not counted
    itself. Of a visit still to be made nobody knows that day, hence three answers to each.

    Args:
        limits: How long each of them may take.
        earliest_days: Each of them if the visit is completed on the first day it can be.
        expected_days: If it is completed on the day it is due.
        latest_days: If it is completed on its last day and every contingent step is needed.
        basis: `PROVISIONAL` if the calendar has not confirmed the working days up to the last of them.
        run_months: Months from one classification run to the next, counted from January; ``None`` if the policy has none.
        progress: How far it has come, of a visit that was made; ``None`` for a visit to come.

    Raises:
        InvalidInputError: If fields are malformed, or days are not in order.

    Examples:
        >>> result = Result.of(earliest="2025-02-19", expected="2025-03-19", latest="2025-04-18")
        >>> str(result.told.expected), str(result.latest)
        ('2025-03-19', '2025-04-18')
    """

    limits: tuple[StageLimit, ...] = attrs.field(converter=_to_limits)
    earliest_days: tuple[Date, ...] = attrs.field(converter=_to_days)
    expected_days: tuple[Date, ...] = attrs.field(converter=_to_days)
    latest_days: tuple[Date, ...] = attrs.field(converter=_to_days)
    basis: Basis = Basis.CONFIRMED
    run_months: int | None = attrs.field(default=None, converter=attrs.converters.optional(to_run_months))
    progress: Progress | None = attrs.field(default=None, converter=attrs.converters.optional(_to_progress))

    def __attrs_post_init__(self) -> None:
        gather(self, _expected_is_in_order, _latest_is_in_order, _each_comes_after_the_one_before)

    @classmethod
    def of(
        cls, *, earliest: str | dt.date, expected: str | dt.date, latest: str | dt.date, parts: Iterable[TurnaroundPart] = (), basis: Basis = Basis.CONFIRMED
    ) -> Result:
        """A result whose four days are one and the same, for who knows the day and not the steps.

        Args:
            earliest: If the visit is completed on the first day it can be.
            expected: If it is completed on the day it is due.
            latest: If it is completed on its last day and every contingent step is needed.
            parts: The steps.
            basis: What the days rest on.

        Raises:
            InvalidInputError: If one of the three is no day, or they are not in order.
        """
        days = _OneDay(earliest=earliest, expected=expected, latest=latest)
        first, middle, last = ((day,) * _FOUR for day in (days.earliest, days.expected, days.latest))
        return cls(limits=limits_of(parts), earliest_days=first, expected_days=middle, latest_days=last, basis=basis)

    # -- the days ----------------------------------------------------------------------------------------------------

    @property
    def stages(self) -> tuple[ResultStage, ...]:
        """The four days, in the order in which they come."""
        return tuple(map(self.stage, DAYS))

    def stage(self, day: ResultDay | str) -> ResultStage:
        """One of the four days, or the one with this code.

        Raises:
            UnknownNameError: If there is none.
        """
        place, progress = ResultDay.parse(day).severity, self.progress
        return ResultStage(
            limit=self.limits[place],
            starts_on=None if progress is None else self.expected_days[place - 1] if place else progress.completed_on,
            earliest=self.earliest_days[place],
            expected=self.expected_days[place],
            latest=self.latest_days[place],
            reached_on=None if progress is None else progress.reached[place],
            state=None if progress is None else progress.states[place],
        )

    @property
    def preliminary(self) -> ResultStage:
        """When the visitor has a finding."""
        return self.stage(ResultDay.PRELIMINARY)

    @property
    def determined(self) -> ResultStage:
        """When the grade is determined."""
        return self.stage(ResultDay.DETERMINED)

    @property
    def decided(self) -> ResultStage:
        """When a measure is decided."""
        return self.stage(ResultDay.DECIDED)

    @property
    def told(self) -> ResultStage:
        """When the borrower is told."""
        return self.stage(ResultDay.TOLD)

    @property
    def earliest(self) -> Date:
        """The last of the four days if the visit is completed on the first day it can be."""
        return self.earliest_days[-1]

    @property
    def expected(self) -> Date:
        """The last of the four days if the visit is completed on the day it is due."""
        return self.expected_days[-1]

    @property
    def latest(self) -> Date:
        """The last of the four days if the visit is completed on its last day and every contingent step is needed."""
        return self.latest_days[-1]

    @property
    def classification(self) -> ClassificationRun | None:
        """The first classification run on or after the day the grade is determined; ``None`` if the policy has none."""
        months = self.run_months
        if months is None:
            return None
        place = ResultDay.DETERMINED.severity
        days = (run_on_or_after(each[place], months) for each in (self.earliest_days, self.expected_days, self.latest_days))
        return ClassificationRun(months=months, **dict(zip(("earliest", "expected", "latest"), days, strict=True)))

    # -- what it rests on and how it stands --------------------------------------------------------------------------

    @property
    def parts(self) -> tuple[TurnaroundPart, ...]:
        """The steps of all days, in order."""
        return tuple(chain.from_iterable(limit.parts for limit in self.limits))

    @property
    def late(self) -> tuple[ResultStage, ...]:
        """The days whose limits have passed and that have not come."""
        return tuple(stage for stage in self.stages if stage.is_late)

    @property
    def awaited(self) -> ResultStage | None:
        """The first of the days asked for that has not come, of a visit that was made: the others wait for it; else ``None``."""
        if self.progress is None:
            return None
        return next((stage for stage in self.stages if stage.is_asked and stage.reached_on is None), None)

    @property
    def is_complete(self) -> bool:
        """Whether the visit was made and all four days have come."""
        return self.progress is not None and all(state is StageState.REACHED for state in self.progress.states)

    # -- in words ----------------------------------------------------------------------------------------------------

    def sentence(self, lang: str | Lang = Lang.EN, *, ask: str | None = None) -> str:
        """What the borrower is told: by when, and what it depends on. No word of it is the bank's own.

        Args:
            lang: ``"zh"``, ``"en"`` or a `Lang`.
            ask: Where to ask, such as a telephone number; left out, nothing is said of it.

        Raises:
            UnknownNameError: If *lang* is no language of ours.

        Examples:
            >>> Result.of(earliest="2025-02-19", expected="2025-03-19", latest="2025-04-18").sentence("zh", ask="95588")
            '本次回访预计2025年3月19日有结果，最迟2025年4月18日；如需补充材料，自补齐之日起算；您可拨打95588查询。'
        """
        from revisit_policy.outcomes.results.result_wording import sentence_of  # noqa: PLC0415 - words are loaded when asked for

        return sentence_of(self, to_lang(lang), ask=ask)

    def line(self, lang: str | Lang = Lang.EN) -> str:
        """What the manager sees: every day with how it stands, who has it and whom it waits for.

        Args:
            lang: ``"zh"``, ``"en"`` or a `Lang`.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        from revisit_policy.outcomes.results.result_wording import line_of  # noqa: PLC0415 - words are loaded when asked for

        return line_of(self, to_lang(lang))

    def __rich_repr__(self) -> Shown:
        for stage in self.stages:
            yield stage.day.value, Words(f"{stage.earliest} to {stage.latest}, expected {stage.expected}" if stage.state is None else _stands(stage))
        yield "basis", self.basis, Basis.CONFIRMED


def _stands(stage: ResultStage) -> str:
    state = "" if stage.state is None else stage.state.label()
    return f"{state} ({stage.latest})"


def _expected_is_in_order(result: Result) -> InvalidValueError | None:
    return _days_out_of_order("expected_days", result.expected_days, "earliest_days", result.earliest_days)


def _latest_is_in_order(result: Result) -> InvalidValueError | None:
    return _days_out_of_order("latest_days", result.latest_days, "expected_days", result.expected_days)


def _days_out_of_order(name: str, days: tuple[Date, ...], before: str, least: tuple[Date, ...]) -> InvalidValueError | None:  # noqa: PLR0917 - as above
    found = (_out_of_order(name, day, before, other) for day, other in zip(days, least, strict=True))
    return next((each for each in found if each is not None), None)


def _each_comes_after_the_one_before(result: Result) -> InvalidValueError | None:
    for name in ("earliest_days", "expected_days", "latest_days"):
        for before, day in pairwise(getattr(result, name)):
            if day < before:
                return fault(name, str(day), Phrase("不早于前一日（{before}）", "on or after the day before it ({before})", before=before))
    return None
