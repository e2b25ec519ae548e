"""Results: the four days after a visit, in order, with their steps, and what is said of them to the borrower and the manager."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given

from revisit_policy.errors import InvalidInputError
from revisit_policy.outcomes.results.classification_run import ClassificationRun, run_on_or_after
from revisit_policy.outcomes.results.progress import Progress
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.results.stage_limit import StageLimit, limits_of
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart, WaitsFor
from revisit_policy.testing.strategies.public_values import values_of
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label, Lang

REPORT = TurnaroundPart(Label("报告", "report"), 3, is_report=True, owner="account_manager")
VALUER = TurnaroundPart(
    Label("外部评估", "external valuation"), 10, is_contingent=True, leads_to="determined", waits_for="valuer",
    due_if=Label("难以自评", "the bank cannot value it"),
)
APPROVAL = TurnaroundPart(Label("审批", "approval"), 2, leads_to="decided", owner="approver")
REGISTRY = TurnaroundPart(Label("查档", "look-up"), 1, leads_to="decided", waits_for="registry")
TELLING = TurnaroundPart(Label("告知", "telling"), 1, leads_to="told", owner="account_manager")
PARTS = (TELLING, APPROVAL, REPORT, VALUER, REGISTRY)

FIRST = (Date(2025, 3, 3), Date(2025, 3, 3), Date(2025, 3, 5), Date(2025, 3, 6))
SECOND = (Date(2025, 3, 13), Date(2025, 3, 13), Date(2025, 3, 17), Date(2025, 3, 18))
LAST = (Date(2025, 3, 20), Date(2025, 4, 3), Date(2025, 4, 8), Date(2025, 4, 9))


def to_come(**changes: Any) -> Result:
    return Result(**{"limits": limits_of(PARTS), "earliest_days": FIRST, "expected_days": SECOND, "latest_days": LAST, **changes})


def made(*states: str, reached: tuple[str | None, ...] = (None, None, None, None)) -> Result:
    progress = Progress(on="2025-03-14", completed_on="2025-03-10", reached=reached, states=states)
    return to_come(earliest_days=SECOND, progress=progress)


def test_steps_stand_under_the_day_that_they_lead_up_to() -> None:
    assert [limit.parts for limit in limits_of(PARTS)] == [(REPORT,), (VALUER,), (APPROVAL, REGISTRY), (TELLING,)]
    assert to_come().parts == (REPORT, VALUER, APPROVAL, REGISTRY, TELLING)


LIMITS = {
    "the steps of a day add up": ("decided", (APPROVAL, REGISTRY), 3, 3),
    "a step that may be needed counts at the longest alone": ("determined", (VALUER,), 0, 10),
    "without a step a finding still takes a day": ("preliminary", (), 1, 1),
    "without a step a later day comes with the one before": ("told", (), 0, 0),
    "a finding never comes on the day of the visit": ("preliminary", (TurnaroundPart(Label("从速", "hurried"), -5),), 1, 1),
    "what shortens a later day leaves nothing below zero": ("told", (TurnaroundPart(Label("从速", "hurried"), -5, leads_to="told"), TELLING), 0, 0),
    "what may shorten a day does not at the longest": (
        "told", (TurnaroundPart(Label("从速", "hurried"), -1, leads_to="told", is_contingent=True), TELLING), 1, 1
    ),
}


@pytest.mark.parametrize(("day", "parts", "usual", "longest"), LIMITS.values(), ids=LIMITS)
def test_a_limit_is_the_sum_of_its_steps(day: str, parts: tuple[TurnaroundPart, ...], usual: int, longest: int) -> None:
    limit = StageLimit(day, parts)
    assert (limit.working_days, limit.longest) == (usual, longest)


def test_a_stage_says_who_has_it_and_whom_it_waits_for() -> None:
    decided, determined = to_come().decided, to_come().determined
    assert [owner.value for owner in decided.owners] == ["approver"]
    assert decided.waits_for == (WaitsFor.REGISTRY,)
    assert (determined.waits_for, determined.contingent) == ((), (VALUER,))
    assert VALUER.due_if is not None


@given(values_of(Result))
def test_no_day_of_a_result_comes_before_the_one_before_it(result: Result) -> None:
    stages = result.stages
    assert [stage.day for stage in stages] == list(ResultDay)
    for name in ("earliest", "expected", "latest"):
        days = [getattr(stage, name) for stage in stages]
        assert days == sorted(days)
    assert all(stage.earliest <= stage.expected <= stage.latest for stage in stages)
    assert (result.earliest, result.expected, result.latest) == (stages[-1].earliest, stages[-1].expected, stages[-1].latest)


@given(values_of(Result))
def test_a_classification_run_is_the_first_month_end_of_its_period_once_the_grade_is_determined(result: Result) -> None:
    run, determined = result.classification, result.determined
    assert (run is None) == (result.run_months is None)
    if run is not None:
        assert determined.expected <= run.expected
        assert determined.latest <= run.latest
        assert (run.expected.month % run.months == 0) or run.expected.month == 12
        assert run.expected.add(days=1).day == 1


RUNS = {
    "the last day of a month is in time": (1, "2026-11-30", "2026-11-30"),
    "a quarter ends in December": (3, "2026-10-01", "2026-12-31"),
    "a half-year ends in June": (6, "2026-06-30", "2026-06-30"),
    "a leap February has its day": (1, "2028-02-01", "2028-02-29"),
    "what does not divide the year ends with it": (5, "2026-11-02", "2026-12-31"),
}


@pytest.mark.parametrize(("months", "day", "run"), RUNS.values(), ids=RUNS)
def test_runs_are_counted_from_january(months: int, day: str, run: str) -> None:
    assert str(run_on_or_after(Date.fromisoformat(day), months)) == run


WRONG = {
    "three days for four": (lambda: to_come(latest_days=LAST[:3]), "latest_days"),
    "days against their order": (lambda: to_come(latest_days=LAST[::-1]), "latest_days"),
    "limits out of order": (lambda: to_come(limits=limits_of(PARTS)[::-1]), "limits"),
    "thirteen months from run to run": (lambda: to_come(run_months=13), "run_months"),
    "an expected day before the earliest": (lambda: to_come(expected_days=(Date(2025, 3, 1), *SECOND[1:])), "expected_days"),
    "a step under another day": (lambda: StageLimit("told", (REPORT,)), "parts"),
    "a report after the finding": (lambda: TurnaroundPart(Label("报告", "report"), 1, is_report=True, leads_to="told"), "leads_to"),
    "a condition of what is always needed": (lambda: TurnaroundPart(Label("报告", "report"), 1, due_if=Label("若", "if")), "due_if"),
    "a day that there is not": (lambda: TurnaroundPart(Label("报告", "report"), 1, leads_to="final"), "leads_to"),
    "three states for four days": (lambda: made("late", "open", "open"), "states"),
    "a visit after the day asked about": (
        lambda: Progress(on="2025-03-14", completed_on="2025-03-15", reached=(None,) * 4, states=("open",) * 4), "completed_on"
    ),
    "a run beyond a year": (lambda: ClassificationRun(months=0, earliest="2025-03-31", expected="2025-03-31", latest="2025-03-31"), "months"),
}


@pytest.mark.parametrize(("make", "field"), WRONG.values(), ids=WRONG)
def test_what_no_result_can_be_is_refused_by_its_field(make: Any, field: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"\.{field}`"):
        make()


SENTENCES = {
    "a visit to come": (
        to_come(),
        "本次回访一般在7个工作日内有结果（预计2025年3月18日），最迟2025年4月9日；如需补充材料，自补齐之日起算；您可拨打95588查询。",
        (
            "This visit usually has its result within 7 working days (we expect 18 Mar 2025), by 9 Apr 2025 at the latest; "
            "if papers are missing, the time counts from the day we have them all; you can ask at 95588."
        ),
    ),
    "a visit that was made": (
        made("reached", "on_track", "open", "open", reached=("2025-03-12", None, None, None)),
        "您2025年3月10日的回访一般在7个工作日内有结果（预计2025年3月18日），最迟2025年4月9日；如需补充材料，自补齐之日起算；您可拨打95588查询。",
        (
            "Our visit of 10 Mar 2025 usually has its result within 7 working days (we expect 18 Mar 2025), by 9 Apr 2025 at the latest; "
            "if papers are missing, the time counts from the day we have them all; you can ask at 95588."
        ),
    ),
    "one that is late": (
        made("reached", "reached", "late", "late"),
        "您2025年3月10日的回访的结果原应不晚于2025年4月9日告知您，尚未办结，我们正在加紧办理；您可拨打95588查询。",
        "Our visit of 10 Mar 2025 should have had its result by 9 Apr 2025; it is not ready, and we are seeing to it; you can ask at 95588.",
    ),
    "one that was told": (
        made(*["reached"] * 4, reached=("2025-03-12", "2025-03-12", "2025-03-13", "2025-03-14")),
        "您2025年3月10日的回访的结果已于2025年3月14日告知您；您可拨打95588查询。",
        "Our visit of 10 Mar 2025: we told you the result on 14 Mar 2025; you can ask at 95588.",
    ),
}


@pytest.mark.parametrize(("result", "zh", "en"), SENTENCES.values(), ids=SENTENCES)
def test_the_borrower_is_told_by_when_in_one_sentence(result: Result, zh: str, en: str) -> None:
    assert result.sentence("zh", ask="95588") == zh
    assert result.sentence("en", ask="95588") == en


@given(values_of(Result))
def test_the_borrower_reads_one_sentence_without_a_word_of_the_bank(result: Result) -> None:
    zh, en = result.sentence("zh"), result.sentence("en")
    assert not re.search("认定|分类|初步|审批|处置|预警|缓释|不良", zh)
    assert not re.search("grade|determin|preliminary|approv|classif|contingent|stage", en)
    assert zh.count("。") == 1
    assert "\n" not in zh + en


def test_the_manager_sees_who_has_it_and_whom_it_waits_for() -> None:
    result = made("reached", "reached", "at_risk", "open", reached=("2025-03-12", "2025-03-12", None, None))
    assert result.line("zh") == (
        "初步结论：已完成（2025年3月12日）（客户经理）；认定结论：已完成（2025年3月12日）；"
        "处置决定：临近期限（不晚于2025年4月8日）（有权审批人、等待登记机构）；告知借款人：未开始（不晚于2025年4月9日）（客户经理）"
    )
    assert result.late == ()
    assert made("late", "open", "open", "open").late[0].day is ResultDay.PRELIMINARY


def test_the_line_of_a_visit_to_come_tells_the_run_in_which_its_grade_appears() -> None:
    found = to_come(run_months=3)
    assert found.line("en").endswith("classification run: 31 Mar 2025 or 30 Jun 2025 (end of a quarter)")
    assert "年末" in to_come(run_months=12).line("zh")
    assert "每4个月末" in to_come(run_months=4).line("zh")
    assert all(to_come(run_months=months).line(lang) for months in range(1, 13) for lang in Lang)


def test_a_result_is_complete_once_all_of_it_has_come() -> None:
    assert made(*["reached"] * 4).is_complete
    assert not made("reached", "reached", "reached", "on_track").is_complete
    assert not to_come().is_complete
    assert {state.label("zh") for state in StageState} == {"未开始", "按期推进", "临近期限", "已超期", "已完成"}
