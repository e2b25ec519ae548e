"""The shape of a policy: what fits a seat, what holds without a table, and tables of a bank's own."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any, Final

import attrs
import pytest
from tests.policy.small_policy import CASE, PRACTICE, case_tables, case_with, rule, small_policy, table

from revisit_policy import (
    DayWindow,
    Deadline,
    Edition,
    Grade,
    InvalidPolicyError,
    Label,
    Level,
    Measure,
    RevisitPolicy,
    Rulebook,
    Table,
    Trigger,
    VisitMethod,
    analysis,
    facts,
    unordered,
)
from revisit_policy.decision.seats.shape import SEATS
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.policy.bound_table import Slot

POLICY: Final = small_policy()
ON: Final = "2026-06-01"


def policy_of(*tables: Table) -> RevisitPolicy:
    return attrs.evolve(POLICY, id="few", label=Label("少表政策", "a policy of few tables"), tables=tables)


def only(table_id: str) -> Table:
    return next(each for each in case_tables() if each.id == table_id)


def with_table(own: Table) -> RevisitPolicy:
    return attrs.evolve(POLICY, tables=(own, *POLICY.tables))


MISFITS: Final[dict[str, tuple[Callable[[], Any], str]]] = {
    "grades without order": (lambda: policy_of(table("grade", unordered(("a", "b")), "first", otherwise="a")), "`grade`: has no order"),
    "grades all at once": (
        lambda: policy_of(table("grade", Grade, "every", otherwise=(Grade.NORMAL,))),
        "`grade`: goes by `every`, expected `worst`",
    ),
    "signals as text": (lambda: POLICY.with_table(table("signals", unordered(("late",)), "every")), "`signals`: says `late`, expected a Signal"),
    "a level that no loan has": (
        lambda: POLICY.with_table(table("level", ("low", "high"), "worst", otherwise="low")),
        "`level`: says `low`, expected a Level",
    ),
    "levels from loud to quiet": (
        lambda: POLICY.with_table(table("level", (Level.RED, Level.NONE), "worst", otherwise=Level.NONE)),
        "`level`: has `red` before `none`, expected the mildest first",
    ),
    "an interval in words": (
        lambda: policy_of(only("grade"), table("interval", ("yearly",), "least", otherwise="yearly")),
        "`interval`: says `yearly`, expected whole months",
    ),
    "an interval that never ends": (
        lambda: policy_of(only("grade"), table("interval", (1201,), "least", otherwise=1201)),
        "says `1201`, expected whole months from 1 to 1200",
    ),
    "a longer interval as the worse one": (
        lambda: policy_of(only("grade"), table("interval", (3, 12), "first", otherwise=3)),
        "`interval`: has `3` before `12`, expected the most first",
    ),
    "a window as text": (
        lambda: POLICY.with_table(table("first_window", ("soon",), "first", otherwise="soon")),
        "`first_window`: says `soon`, expected a DayWindow",
    ),
    "windows that are added up": (
        lambda: POLICY.with_table(table("first_window", unordered((DayWindow(1, 2),)), "every", otherwise=(DayWindow(1, 2),))),
        "`first_window`: goes by `every`",
    ),
    "a trigger without its signal": (
        lambda: policy_of(only("grade"), table("triggers", unordered((Trigger("seizure", "red", Deadline(1)),)), "every")),
        r"`triggers`: says `.*: within 1 working day`, expected a code and a level that an outcome of `signals` has",
    ),
    "a trigger whose signal is at another level": (
        lambda: POLICY.with_table(table("triggers", unordered((Trigger("arrears", "red", Deadline(1)),)), "every")),
        "`triggers`: says `arrears",
    ),
    "a duty of yes and no": (
        lambda: POLICY.with_table(table("revaluation", ("no", "yes"), "worst", otherwise="no")),
        "`revaluation`: says `no`, expected a RevaluationDuty",
    ),
    "a measure of its own": (
        lambda: POLICY.with_table(table("measures", unordered(("sue",)), "every")),
        "`measures`: says `sue`, expected a Measure",
    ),
    "a bar of what is never recommended": (
        lambda: policy_of(only("grade"), table("barred", unordered((Measure.LITIGATE,)), "every")),
        "`barred`: says `litigate`, expected outcomes that `measures` has",
    ),
    "a finding as text": (
        lambda: POLICY.with_table(table("origination", unordered(("bad",)), "every")),
        "`origination`: says `bad`, expected an OriginationFinding",
    ),
    "a method as text": (
        lambda: POLICY.with_table(table("method", ("letter", "call"), "worst", otherwise="letter")),
        "`method`: says `letter`, expected a VisitMethod",
    ),
    "methods from thorough to light": (
        lambda: POLICY.with_table(table("method", (VisitMethod.ON_SITE, VisitMethod.PHONE), "worst", otherwise=VisitMethod.PHONE)),
        "`method`: has `on_site` before `phone`",
    ),
    "points for a step": (
        lambda: POLICY.with_table(table("turnaround", unordered((3,)), "every")),
        "`turnaround`: says `3`, expected a TurnaroundPart",
    ),
    "an own table that reads what speaks once a visit": (
        lambda: with_table(table("own", (0, 1), "worst", rule("x", POLICY.method.outcome >= VisitMethod.PHONE, 1), otherwise=0)),
        "`own`: reads `method`, which speaks once for every visit",
    ),
    "an own table that asks for the kind of a visit": (
        lambda: policy_of(only("grade"), table("own", (0, 1), "worst", rule("x", facts.visit_kind.is_in("first"), 1), otherwise=0)),
        "`own`: reads `visit_kind`",
    ),
}


@pytest.mark.parametrize(("build", "message"), MISFITS.values(), ids=MISFITS)
def test_a_policy_whose_tables_do_not_fit_is_refused_when_it_is_built(build: Callable[[], Any], message: str) -> None:
    with pytest.raises(InvalidPolicyError, match=message) as found:
        build()
    assert "\n" not in str(found.value)


def edition(name: str, since: str, policy: RevisitPolicy, **more: Any) -> Edition:
    return Edition(id=name, policy=policy, since=since, source=PRACTICE, label=Label("版", name), **more)


def test_editions_on_different_scales_are_refused() -> None:
    shorter = POLICY.with_table(table("difficulty", ("none",), "worst", otherwise="none"))
    with pytest.raises(InvalidPolicyError, match="`difficulty`: edition `OLD` has it on another scale or fold than `NEW`"):
        Rulebook("mixed", editions=(edition("OLD", "2010-01-01", POLICY, until="2020-01-01"), edition("NEW", "2020-01-01", shorter)))


def test_every_seat_has_a_slot_and_no_other() -> None:
    slots = [name for name, value in vars(RevisitPolicy).items() if isinstance(value, Slot)]
    assert slots == [seat.id for seat in SEATS]


# -- a policy of one table -------------------------------------------------------------------------------------------


def one_table() -> RevisitPolicy:
    """As the page on small policies has it."""
    grade = Table(
        "grade",
        outcomes=("standard", "watch", "npa"),
        fold="worst",
        rules=(rule("late", facts.days_past_due >= 1, "watch"), rule("npa", facts.days_past_due > 90, "npa")),
        otherwise="standard",
        label=Label("资产分类", "asset class"),
    )
    return policy_of(grade)


def test_a_policy_of_one_table_decides_with_what_holds_without_the_others() -> None:
    decision = one_table().decide(case_with(days_past_due=91, seized=True), on=ON)
    said: Any = decision
    assert (said.grade, said.grade_at_worst, said.level, said.interval_months) == ("npa", "npa", Level.NONE, None)
    assert (decision.signals, decision.measures, decision.origination, decision.undated, decision.gaps) == ((), (), (), (), ())
    assert decision.schedule.all == ()
    assert decision.assessment.revaluation.outcome is RevaluationDuty.NOT_DUE
    assert pickle.loads(pickle.dumps(decision)) == decision


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_policy_does_not_have_is_not_printed(lang: str) -> None:
    said = one_table().decide(case_with(days_past_due=91), on=ON).explain(lang)
    for word in ("Warnings", "Interval", "Next visit", "Measures", "预警", "间隔", "下次回访", "建议措施"):
        assert word not in said
    assert "npa" in said


def test_a_grade_that_goes_by_order_may_be_left_open() -> None:
    first = table("grade", ("good", "bad"), "first", rule("poor", facts.income_change <= "-0.20", "bad"), otherwise="good")
    decision: Any = policy_of(first).decide(case_with(monthly_income=None), on=ON)
    assert (decision.grade, decision.grade_at_worst) == (None, "bad")
    assert "Grade: –(at worst" in decision.explain("en").replace(" (at worst", "(at worst")


ABSENT: Final = tuple(seat.id for seat in SEATS if not seat.is_obligatory)


def without(*names: str) -> RevisitPolicy:
    """The small policy without tables, and without those that read them."""
    gone = set(names)
    while more := {each.id for each in case_tables() if each.id not in gone and gone & set(each.reads)}:
        gone |= more
    if "signals" in gone:
        gone.add("triggers")
    if "measures" in gone:
        gone.add("barred")
    return policy_of(*(each for each in case_tables() if each.id not in gone))


@pytest.mark.parametrize("name", ABSENT)
def test_every_table_but_the_grade_may_be_left_out(name: str) -> None:
    policy, case = without(name), case_with(days_past_due=40, seized=True)
    decision = policy.decide(case, on=ON)
    assert decision.grade is Grade.SPECIAL_MENTION
    assert policy.digest != POLICY.digest
    assert decision.explain("zh")


def test_without_a_table_of_levels_a_loan_is_as_loud_as_its_loudest_signal() -> None:
    decision = without("level").decide(case_with(days_past_due=40), on=ON)
    assert decision.level is Level.ORANGE
    assert decision.measures[0].by == POLICY.decide(case_with(days_past_due=40), on=ON).measures[0].by


def test_without_a_first_window_the_interval_counts_from_disbursement() -> None:
    visit = without("first_window").decide(case_with(visits=(), disbursed_on="2026-03-15"), on=ON).schedule.next
    assert visit is not None
    assert (visit.kind.value, str(visit.window.closes)) == ("periodic", "2026-09-15")


def test_without_an_interval_nobody_is_visited_again() -> None:
    decision = without("interval", "triggers", "revaluation").decide(case_with(visits=(), disbursed_on="2026-05-15", valued_on=None), on=ON)
    assert [visit.kind.value for visit in decision.schedule.all] == ["first"]


def test_without_a_duty_to_value_no_valuation_is_planned() -> None:
    kinds = {kind.value for visit in without("revaluation").decide(case_with(valued_on="2020-01-01"), on=ON).schedule.all for kind in visit.serves}
    assert kinds == {"periodic"}


def test_the_means_of_a_visit_without_its_tables_are_the_least() -> None:
    visit = without("method", "turnaround").decide(CASE, on=ON).schedule.next
    assert visit is not None
    assert (visit.method, visit.result.parts) == (VisitMethod.OFF_SITE, ())


# -- tables of a bank's own ------------------------------------------------------------------------------------------


def with_own(limit: int = 30) -> RevisitPolicy:
    late = table("may_order", ("yes", "no"), "worst", rule("hold", facts.days_past_due >= limit, "no"), otherwise="yes")
    return with_table(late)


def test_an_own_table_is_decided_and_explained() -> None:
    policy = with_own()
    decision = policy.decide(case_with(days_past_due=30), on=ON)
    assert decision.verdicts["may_order"].outcome == "no"
    assert policy.table("may_order")(days_past_due=29).outcome == "yes"
    assert "may order: no" in decision.explain("en")


def test_an_own_table_is_compared_and_is_part_of_the_digest() -> None:
    old, new = with_own(30), with_own(31)
    assert old.digest != new.digest
    assert {change.table.id for change in analysis.diff(old, new).changes} == {"may_order"}


def test_an_own_table_may_be_read_by_those_that_have_a_seat() -> None:
    strain = table("strain", ("none", "some"), "worst", rule("strained", facts.days_past_due > 10, "some"), otherwise="none")
    grade = table("grade", Grade, "worst", rule("by-strain", strain.outcome.is_in("some"), Grade.SUBSTANDARD), otherwise=Grade.NORMAL)
    assert policy_of(grade, strain).decide(case_with(days_past_due=11), on=ON).grade is Grade.SUBSTANDARD


def test_what_a_new_edition_says_in_an_own_table_is_told() -> None:
    book = Rulebook("own", editions=(edition("OLD", "2010-01-01", POLICY, until="2026-04-01"), edition("NEW", "2026-04-01", with_own())))
    replan = book.decide(case_with(days_past_due=30), on=ON).replan
    assert replan is not None
    assert [(change.what.en, change.before, change.after) for change in replan.changes] == [("may order", None, "no")]
    assert "may order: – → no" in replan.explain("en")


def test_an_unused_slot_is_told_by_name() -> None:
    with pytest.raises(LookupError, match="unknown table `signals`"):
        one_table().signals(days_past_due=1)
