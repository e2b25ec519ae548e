"""The days of a result: of a visit to come, and of one that was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from revisit_policy.outcomes.results.layout import Layout
from revisit_policy.outcomes.results.progress import Progress
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.results.stage_limit import StageLimit
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.planning.plan_calendar import PlanCalendar
from revisit_policy.values.dates import Date
from revisit_policy.values.unchecked import unchecked

_result = unchecked(Result)


def result_to_come(layout: Layout, days: tuple[Date, Date, Date], *, calendar: PlanCalendar, run_months: int | None) -> Result:
    """The result of a visit that can be made from the first of three *days* on, is due on the second, and is made by the third."""
    first, due, closes = days
    usual, each_after = layout.usual, calendar.each_after
    earliest, latest = each_after(first, usual), each_after(closes, layout.longest)
    return _result(
        limits=layout.limits,
        earliest_days=earliest,
        expected_days=each_after(due, usual),
        latest_days=latest,
        basis=calendar.basis(earliest[0], latest[-1]),
        run_months=run_months,
    )


def result_made(
    layout: Layout, completed_on: Date, *, reached: Sequence[Date | None], on: Date, calendar: PlanCalendar, run_months: int | None
) -> Result:
    """The result of a visit that was made, as it stands at the end of a day.

    Args:
        layout: How long each of its days may take.
        completed_on: The day the visit was made.
        reached: For each day of a result when it came, as far as that is recorded; ``None`` if it is not.
        on: The day asked about; what came later has not come.
        calendar: The working days.
        run_months: Months from one classification run to the next; ``None`` if there are none.

    A day is counted from the one before it as soon as that has come, and from its limit until then: no limit moves because a day passed.
    What came is not counted back: who has determined the grade has a finding, whether or not anybody recorded it.
    """
    stages = list(_stages(layout.limits, completed_on, reached=_known(layout.limits, reached, on=on), asked=(on, calendar)))
    latest = tuple(stage.latest for stage in stages)
    expected = tuple(stage.expected for stage in stages)
    progress = Progress(on=on, completed_on=completed_on, reached=[stage.reached for stage in stages], states=[stage.state for stage in stages])
    return Result(
        limits=layout.limits,
        earliest_days=expected,
        expected_days=expected,
        latest_days=latest,
        basis=calendar.basis(completed_on, latest[-1]),
        run_months=run_months,
        progress=progress,
    )


class _Stage(NamedTuple):
    expected: Date
    latest: Date
    reached: Date | None
    state: StageState


def _known(limits: Sequence[StageLimit], reached: Sequence[Date | None], *, on: Date) -> list[Date | None]:
    """When each day came: what nobody recorded has come with what comes after it, and what nobody asks for with what comes before it."""
    found = [day if day is not None and day <= on else None for day in reached]
    for place in reversed(range(len(found) - 1)):
        if found[place] is None and (limits[place].is_asked or place == 0):
            found[place] = next((day for day in found[place + 1 :] if day is not None), None)
    for place in range(1, len(found)):
        if found[place] is None and not limits[place].is_asked:
            found[place] = found[place - 1]
    return found


def _stages(
    limits: Sequence[StageLimit], completed_on: Date, *, reached: Sequence[Date | None], asked: tuple[Date, PlanCalendar]
) -> Iterator[_Stage]:
    after = asked[1].after
    expected = latest = completed_on
    is_running = True
    for limit, day in zip(limits, reached, strict=True):
        if day is not None:
            expected = latest = max(day, expected)
            yield _Stage(expected, latest, day, StageState.REACHED)
            continue
        expected = after(expected, limit.working_days) if limit.working_days else expected
        latest = after(latest, limit.longest) if limit.longest else latest
        state = _state(expected, latest, is_running=is_running, asked=asked) if limit.is_asked or is_running else StageState.OPEN
        yield _Stage(expected, latest, None, state)
        is_running = False


def _state(expected: Date, latest: Date, *, is_running: bool, asked: tuple[Date, PlanCalendar]) -> StageState:
    on, calendar = asked
    if on > latest:
        return StageState.LATE
    if on > expected or calendar.after(on, 1) >= latest:
        return StageState.AT_RISK
    return StageState.ON_TRACK if is_running else StageState.OPEN
