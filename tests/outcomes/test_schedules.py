"""The visits of one loan, as values, as rows and as a table to look at."""

from __future__ import annotations

import copy
import pickle
import re
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

from revisit_policy import UnknownNameError
from revisit_policy.outcomes import (
    checklist,
    day_window,
    deadline,
    grade,
    measure,
    measure_note,
    recommendation,
    revisit,
    schedule,
    signal,
    trigger,
    turnaround,
    visit,
    window,
)
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.results import result, stage_limit
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.revisit import Revisit, VisitStatus
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.outcomes.signal import Signal
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.turnaround import TurnaroundPart
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.outcomes.window import BoundReason, Window
from revisit_policy.values import citation, dates, labels, working_days
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label

MADE_IN_TIME = Revisit(
    kind=VisitKind.FIRST,
    window=Window(opens="2025-02-14", due="2025-03-14", closes="2025-04-15", opens_because=(BoundReason.DISBURSEMENT,)),
    method=VisitMethod.PHONE,
    checklist=(Label("用途", "use of funds"), Label("收入", "income")),
    result=Result.of(earliest="2025-02-19", expected="2025-03-19", latest="2025-04-18", parts=(TurnaroundPart(Label("报告", "report"), 3),)),
    reasons=("first-visit", "by-phone"),
    serves=(VisitKind.FIRST,),
)
FORESEEN = attrs.evolve(
    MADE_IN_TIME,
    kind=VisitKind.PERIODIC,
    window=Window(opens="2025-09-15", due="2025-09-30", closes="2025-10-15"),
    result=Result.of(earliest="2025-09-18", expected="2025-10-11", latest="2025-10-20"),
    serves=(VisitKind.PERIODIC, VisitKind.REVALUATION),
    is_projection=True,
)
MISSED = Revisit(
    kind=VisitKind.TRIGGERED,
    window=Window(opens="2025-01-06", due="2025-01-20", closes="2025-01-20", missed_on=Date(2025, 1, 13)),
    method=VisitMethod.ON_SITE,
    officers=2,
    result=Result.of(earliest="2025-02-06", expected="2025-02-06", latest="2025-02-06"),
    triggers=("arrears", "contact"),
    serves=(VisitKind.TRIGGERED,),
)
SCHEDULE = RevisitSchedule(on=Date(2025, 1, 20), until=Date(2027, 1, 20), revisits=(MADE_IN_TIME, FORESEEN), overdue=(MISSED,))

STANDINGS = {
    "before it opens a visit is on track": (MADE_IN_TIME, Date(2025, 1, 20), VisitStatus.ON_TRACK),
    "on the day to aim at it still is": (MADE_IN_TIME, Date(2025, 3, 14), VisitStatus.ON_TRACK),
    "the day after it is at risk": (MADE_IN_TIME, Date(2025, 3, 15), VisitStatus.AT_RISK),
    "on its last day it is at risk": (MADE_IN_TIME, Date(2025, 4, 15), VisitStatus.AT_RISK),
    "after its last day it is late": (MADE_IN_TIME, Date(2025, 4, 16), VisitStatus.LATE),
    "a missed visit is late although it can still be made": (MISSED, Date(2025, 1, 20), VisitStatus.LATE),
}


@pytest.mark.parametrize(("planned", "on", "status"), STANDINGS.values(), ids=STANDINGS)
def test_an_open_visit_stands(planned: Revisit, on: Date, status: VisitStatus) -> None:
    assert planned.status(on) is status


def test_a_status_never_gets_better_by_waiting() -> None:
    statuses = [MADE_IN_TIME.status(dates.from_ordinal(day)) for day in range(Date(2025, 1, 1).toordinal(), Date(2025, 6, 1).toordinal())]
    assert statuses == sorted(statuses)


def test_the_next_visit_is_an_overdue_one_before_all_others() -> None:
    assert SCHEDULE.next is MISSED
    assert attrs.evolve(SCHEDULE, overdue=()).next is MADE_IN_TIME
    assert RevisitSchedule(on=Date(2025, 1, 20), until=Date(2025, 1, 20)).next is None


def test_all_visits_are_the_overdue_and_then_the_others() -> None:
    assert SCHEDULE.all == (MISSED, MADE_IN_TIME, FORESEEN)


def test_a_schedule_becomes_rows_of_plain_values() -> None:
    missed, in_time, foreseen = SCHEDULE.to_rows()
    assert in_time == {
        "kind": "first",
        "method": "phone",
        "officers": 1,
        "opens": "2025-02-14",
        "due": "2025-03-14",
        "closes": "2025-04-15",
        "missed_on": None,
        "window_basis": "confirmed",
        "result_earliest": "2025-02-19",
        "result_expected": "2025-03-19",
        "result_latest": "2025-04-18",
        "result_basis": "confirmed",
        "serves": "first",
        "triggers": "",
        "reasons": "first-visit by-phone",
        "checklist": 2,
        "is_projection": False,
        "is_overdue": False,
    }
    assert (missed["missed_on"], missed["triggers"], missed["is_overdue"]) == ("2025-01-13", "arrears contact", True)
    assert (foreseen["serves"], foreseen["is_projection"]) == ("periodic revaluation", True)
    assert {type(value) for row in (missed, in_time, foreseen) for value in row.values()} <= {str, int, bool, type(None)}


class _Table(HTMLParser):
    """The rows of the one table in a text, and the tags still open at its end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser hands it over
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1] in {"td", "th"}:
            self.rows[-1].append(data)


def test_a_schedule_is_shown_as_a_table_of_one_language() -> None:
    shown = _Table(SCHEDULE.to_html("en"))
    assert shown.open == []
    assert [" | ".join(row) for row in shown.rows] == [
        "visit | method | opens | due | closes | result expected | result latest | status",
        "triggered visit | visit on site | 6 Jan 2025 | 20 Jan 2025 | 20 Jan 2025 | 6 Feb 2025 | 6 Feb 2025 | due by 13 Jan 2025 by today's terms",
        "first visit | telephone call | 14 Feb 2025 | 14 Mar 2025 | 15 Apr 2025 | 19 Mar 2025 | 18 Apr 2025 | required",
        ("periodic visit + revaluation of the collateral | telephone call"
        " | 15 Sep 2025 | 30 Sep 2025 | 15 Oct 2025 | 11 Oct 2025 | 20 Oct 2025 | projection"),
    ]


PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)


def test_a_notebook_opens_one_language_and_folds_the_other() -> None:
    html = PICTURE.sub("", SCHEDULE._repr_html_())
    assert _Table(html).open == []
    assert re.findall(r'<details lang="(\w+)" style="text-align:left"( open)?>', html) == [("zh", " open"), ("en", "")]
    assert [html.count(label) for label in ("不定期回访", "triggered visit")] == [1, 1]


def test_a_long_schedule_shows_its_first_visits_and_folds_the_others() -> None:
    long = attrs.evolve(SCHEDULE, revisits=(MADE_IN_TIME,) * 12)
    shown, _, rest = PICTURE.sub("", long.to_html("en")).partition("<summary>5 more</summary>")
    assert [part.count("telephone call") for part in (shown, rest)] == [7, 5]


def test_a_day_is_not_broken_over_two_lines_of_a_notebook() -> None:
    assert '<td style="text-align:left;white-space:nowrap">2025年1月6日</td>' in SCHEDULE.to_html("zh")


def test_an_empty_schedule_is_shown_with_its_days() -> None:
    empty = RevisitSchedule(on=Date(2025, 1, 20), until=Date(2025, 6, 20))
    assert "2025年1月20日至2025年6月20日：共0次回访" in empty._repr_html_()
    assert "<table>" not in empty._repr_html_()


VALUES = [
    SCHEDULE,
    MADE_IN_TIME,
    MADE_IN_TIME.window,
    MADE_IN_TIME.result,
    Deadline(5, within_month=True),
    day_window.DayWindow(30, 90),
    Signal("arrears", level="yellow", since="2025-03-01"),
    Trigger("arrears", "yellow", Deadline(5)),
    recommendation.Recommendation(measure.Measure.LITIGATE, by=Date(2026, 11, 30), owner="legal_counsel"),
    measure_note.MeasureNote("litigate", owner="legal_counsel", precondition=("先催告", "demand first")),
    checklist.Checklist("first", [labels.Label("核实用途", "verify the use")]),
    grade.Grade.LOSS,
]
MODULES = (
    *(checklist, citation, dates, day_window, deadline, grade, labels, measure, measure_note, recommendation),
    *(result, revisit, schedule, signal, stage_limit, trigger, turnaround, visit, window, working_days),
)
NAMES: dict[str, Any] = {name: thing for module in MODULES for name, thing in vars(module).items()}


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_an_outcome_is_a_value(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value == copy.deepcopy(value)
    assert hash(pickle.loads(pickle.dumps(value))) == hash(value)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_the_text_of_an_outcome_can_be_pasted_back(value: object) -> None:
    assert eval(repr(value), NAMES) == value  # noqa: S307 - our own text


@pytest.mark.parametrize("value", VALUES[:-1], ids=lambda value: type(value).__name__)
def test_an_outcome_cannot_be_changed(value: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, attrs.fields(type(value))[0].name, None)


def test_rows_have_words_the_checklist_and_the_loan_when_they_are_asked_for() -> None:
    missed, in_time, _ = SCHEDULE.to_rows(lang="zh", loan_no="L-1")
    codes = SCHEDULE.to_rows()[1]
    assert next(iter(in_time)) == "loan_no"
    assert {name: in_time[name] for name in codes} == codes
    assert (missed["loan_no"], in_time["visit_text"], in_time["method_text"]) == ("L-1", codes_text(SCHEDULE.all[1], "zh"), SCHEDULE.all[1].method.label("zh"))
    assert in_time["status_text"] == "须完成"
    assert in_time["checklist_text"] == "\n".join(item.zh for item in SCHEDULE.all[1].checklist)
    with pytest.raises(UnknownNameError, match="unknown language `fr`"):
        SCHEDULE.to_rows(lang="fr")


def codes_text(visit: Revisit, lang: str) -> str:
    return " + ".join(kind.label(lang) for kind in visit.serves or (visit.kind,))
