"""Impact on a book of loans: every number counted again by hand."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import attrs
import pytest

from revisit_policy import BorrowerProfile, CaseFile, Collateral, InvalidPolicyError, Loan, analysis, cny, facts, workload
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.dates import Date, text
from revisit_policy.values.labels import Lang

ON = "2026-11-23"
UNTIL = "2027-05-31"
HOURS: dict[str, str | int | Fraction] = {"off_site": "0.25", "phone": "0.5", "on_site": 4, "sms": "0.1", "video": 1}

policy = cn_housing.rulebook.in_force(ON)
stricter = policy.replacing(attrs.evolve(policy.rule("overdue-90"), when=facts.days_past_due > 60))


def loan(number: int, **changed: Any) -> CaseFile:
    fields: dict[str, Any] = {
        "product": "first_home", "principal": cny(1_800_000), "balance": cny(1_455_000), "annual_rate": "0.0335",
        "repayment": "level_payment", "disbursed_on": "2024-03-15", "term_months": 360, "days_past_due": 0,
    }  # fmt: skip
    return CaseFile(
        loan=Loan(f"L{number}", **fields | changed),
        borrower=BorrowerProfile("B", credit_standing="good", monthly_income=cny(24_500), monthly_debt_service=cny(9_100)),
        collateral=Collateral(value=cny(2_450_000), valued_on="2026-03-02", property_type="completed_home"),
    )


DAYS = (0, 0, 5, 30, 61, 75, 90, 91, 200, 400)
BOOK = tuple(loan(at, days_past_due=days) for at, days in enumerate(DAYS))
LATE = loan(99, disbursed_on="2026-12-24")  # not yet paid out on the decision day

counted = analysis.impact(policy, stricter, (*BOOK, LATE), on=ON, until=UNTIL, hours=HOURS)
decisions = [(policy.decide(case, on=ON, until=UNTIL), stricter.decide(case, on=ON, until=UNTIL)) for case in BOOK]


def test_grades_move_where_the_rule_moved() -> None:
    moves = {(move.old, move.new): move.loans for move in counted.migrations}
    assert moves == {
        (Grade.NORMAL, Grade.NORMAL): 2,
        (Grade.SPECIAL_MENTION, Grade.SPECIAL_MENTION): 2,
        (Grade.SPECIAL_MENTION, Grade.SUBSTANDARD): 3,
        (Grade.SUBSTANDARD, Grade.SUBSTANDARD): 2,
        (Grade.LOSS, Grade.LOSS): 1,
    }
    assert (counted.loans, counted.regraded) == (10, 3)


def test_a_loan_that_cannot_be_decided_is_named_and_counted_nowhere() -> None:
    assert [refusal.loan_no for refusal in counted.refused] == ["L99"]


@pytest.mark.parametrize("version", [0, 1], ids=["before", "after"])
def test_visits_officers_and_hours_are_those_of_the_schedules(version: int) -> None:
    months = (counted.before, counted.after)[version]
    visits = [visit for pair in decisions for visit in pair[version].schedule.all]
    by_month = Counter(str(visit.window.due)[:7] for visit in visits)
    assert {month.month: month.visits for month in months} == by_month
    assert sum(month.officers for month in months) == sum(visit.officers for visit in visits)
    hours = sum(visit.officers * Fraction(HOURS[visit.method.value]) for visit in visits)
    assert sum(month.hours for month in months if month.hours is not None) == hours


def test_visits_kept_and_added_are_those_after_and_kept_and_dropped_those_before() -> None:
    before, after = (sum(len(pair[version].schedule.all) for pair in decisions) for version in (0, 1))
    assert sum(kind.kept + kind.dropped for kind in counted.visits) == before
    assert sum(kind.kept + kind.added for kind in counted.visits) == after


def test_closer_intervals_add_visits() -> None:
    closer = cn_housing.policy(attrs.evolve(cn_housing.DEFAULTS, points_standard=1, points_close=2))
    assert sum(kind.added for kind in analysis.impact(policy, closer, BOOK, on=ON, until=UNTIL, hours=HOURS).visits) > 0


def test_the_loans_in_a_region_are_those_whose_outcome_changes_in_that_way() -> None:
    for part in counted.affected:
        if part.change.table.id == "grade" and part.change.aspect is analysis.Aspect.ESTABLISHED:
            assert (part.change.old, part.change.new, part.loans) == (Grade.SPECIAL_MENTION, Grade.SUBSTANDARD, 3)
    changed = sum(1 for old, new in decisions if any(old.verdicts[name].ruling != new.verdicts[name].ruling for name in old.verdicts))
    assert changed == 3


def test_a_version_against_itself_has_no_impact() -> None:
    same = analysis.impact(policy, policy, BOOK, on=ON, until=UNTIL)
    assert (same.regraded, same.affected) == (0, ())
    assert all(kind.added == kind.dropped == 0 for kind in same.visits)
    assert same.before == same.after
    assert all(month.hours is None for month in same.before)


def test_rulebooks_are_compared_like_policies() -> None:
    assert analysis.impact(cn_housing.rulebook, stricter, BOOK, on=ON, until=UNTIL, hours=HOURS).migrations == counted.migrations


def test_hours_are_needed_for_every_method_that_is_visited_by() -> None:
    with pytest.raises(InvalidPolicyError, match="hours of every method that is visited by, got none for `off_site`"):
        analysis.impact(policy, policy, BOOK, on=ON, until=UNTIL, hours={"on_site": 4})


def test_an_empty_book_has_an_impact_of_nothing() -> None:
    nothing = analysis.impact(policy, stricter, (), on=ON)
    assert (nothing.loans, nothing.migrations, nothing.before, nothing.visits) == (0, (), (), ())
    assert {part.loans for part in nothing.affected} == {0}


HEADINGS = {
    "zh": "2026-11-23：共10笔贷款，3笔分类改变；1笔无法判定，未计入",
    "en": "2026-11-23: 10 loans, of which 3 change their grade; 1 could not be decided and is not counted",
}


@pytest.mark.parametrize(("lang", "heading"), HEADINGS.items())
def test_an_impact_has_text_markdown_and_html(lang: str, heading: str) -> None:
    assert counted.explain(lang).startswith(heading)
    assert counted.to_markdown(lang).startswith(f"**{heading}**")
    assert heading in counted._repr_html_()
    assert counted._repr_html_().count("<table>") == 4 * len(Lang)
    assert repr(counted).startswith("<Impact 2026-11-23")


@pytest.mark.parametrize(("version", "spent"), [(0, counted.hours_before), (1, counted.hours_after)], ids=["before", "after"])
def test_the_cost_of_a_version_is_the_hours_of_its_schedules_to_the_horizon_and_for_one_loan_a_year(version: int, spent: analysis.OfficerHours) -> None:
    words = vocabulary_with_hours()
    found = workload.hours([pair[version].schedule for pair in decisions], words)
    assert (spent.visits, spent.hours, spent.unknown) == (found.visits, found.hours, ())
    assert str(spent.until) == UNTIL
    days = (Date.fromisoformat(UNTIL) - Date.fromisoformat(ON)).days
    assert spent.a_loan_year == found.hours * 365 / (len(BOOK) * days)
    months = (counted.before, counted.after)[version]
    assert sum(month.hours or 0 for month in months) == spent.hours


def vocabulary_with_hours() -> Vocabulary:
    return attrs.evolve(policy.words, methods=tuple(attrs.evolve(note, hours=HOURS[note.method.value]) for note in policy.words.methods))


def test_hours_that_the_policies_say_are_told_without_being_given() -> None:
    said = [attrs.evolve(version, vocabulary=vocabulary_with_hours(), measure_notes=(), checklists=()) for version in (policy, stricter)]
    found = analysis.impact(said[0], said[1], BOOK, on=ON, until=UNTIL)
    assert (found.hours_before, found.hours_after) == (counted.hours_before, counted.hours_after)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_printed_impact_has_a_line_of_its_cost(lang: str) -> None:
    before, after = counted.hours_before, counted.hours_after
    assert before.hours is not None
    assert after.hours is not None
    assert before.a_loan_year is not None
    figures = f"{float(before.hours):.10g} → {float(after.hours):.10g}"
    lines = [line for line in counted.explain(lang).splitlines() if "→" in line and figures in line]
    assert len(lines) == 1
    assert f"{float(before.a_loan_year):.2f} → " in lines[0]
    assert text(Date.fromisoformat(UNTIL), lang) in lines[0]
    for printed in (counted.to_markdown(lang), counted._repr_html_()):
        assert lines[0] in printed


def test_a_cost_that_cannot_be_told_says_of_which_methods_nobody_said_the_hours() -> None:
    untold = analysis.impact(policy, stricter, BOOK, on=ON, until=UNTIL)
    assert untold.hours_after.hours is None
    assert untold.hours_after.a_loan_year is None
    names = {lang: [method.label(lang) for method in untold.hours_after.unknown] for lang in ("en", "zh")}
    assert names["en"]
    english = next(line for line in untold.explain("en").splitlines() if line.startswith("officer-hours of visits: cannot be told"))
    chinese = next(line for line in untold.explain("zh").splitlines() if line.startswith("回访工时：无法得知"))
    assert all(name in english for name in names["en"])
    assert all(name in chinese for name in names["zh"])
    assert "hours=" in english
    assert "hours=" in chinese


def test_hours_are_not_wanted_of_a_method_that_nobody_visits_by() -> None:
    used = {visit.method.value for pair in decisions for version in pair for visit in version.schedule.all}
    found = analysis.impact(policy, stricter, BOOK, on=ON, until=UNTIL, hours={method: hours for method, hours in HOURS.items() if method in used})
    assert found.hours_after == counted.hours_after


def test_versions_that_look_ahead_by_different_horizons_say_both() -> None:
    shorter = attrs.evolve(policy, conventions=attrs.evolve(policy.conventions, horizon_months=6))
    found = analysis.impact(policy, shorter, BOOK, on=ON, hours=HOURS)
    line = found.explain("en").splitlines()[1]
    assert found.hours_before.until > found.hours_after.until
    assert all(text(spent.until, "en") in line for spent in (found.hours_before, found.hours_after))


def test_the_cost_of_no_loans_is_nothing_and_of_no_year() -> None:
    nothing = analysis.impact(policy, stricter, (), on=ON)
    assert nothing.hours_before.hours == 0
    assert nothing.hours_before.a_loan_year is None
    assert str(nothing.hours_before.until) == ON
    assert "0 → 0; for one loan a year – → –" in nothing.explain("en")
