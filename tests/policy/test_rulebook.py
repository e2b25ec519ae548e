"""Editions: which policy holds for a loan on a day, and what a change of edition does."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.policy.small_policy import CASE, PRACTICE, case_with, small_policy, small_rulebook, table

from revisit_policy import Conventions, Edition, Grade, InvalidInputError, InvalidPolicyError, Label, Rulebook, UnknownNameError, Visit
from revisit_policy.policy.replan import Replan

BOOK = small_rulebook()
OLD, NEW = BOOK.editions
OLD_CASE = case_with(disbursed_on="2022-05-10", reviewed_on=None, valued_on=None, visits=())


def test_new_business_is_under_the_edition_of_its_day() -> None:
    assert BOOK.in_force("2023-06-30") == OLD.policy
    assert BOOK.in_force("2023-07-01") == NEW.policy


PASSES = {
    "an old loan stays under the old edition": (None, "2024-06-30", "OLD"),
    "until it is re-classified": ("2024-07-01", "2024-06-30", "OLD"),
    "from that day on": ("2024-07-01", "2024-07-01", "NEW"),
    "and on the last day of grace still": (None, "2025-12-31", "OLD"),
    "but not a day longer": (None, "2026-01-01", "NEW"),
}


@pytest.mark.parametrize(("reclassified_on", "on", "edition"), PASSES.values(), ids=PASSES)
def test_an_old_loan_passes(reclassified_on, on, edition) -> None:
    case = case_with(OLD_CASE, reclassified_on=reclassified_on)
    assert BOOK.edition_for(case, on).id == edition
    assert BOOK.decide(case, on=on).edition == edition


def test_a_day_before_the_first_edition_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="on or after 2010-01-01"):
        BOOK.decide(case_with(OLD_CASE, disbursed_on="2009-01-01"), on="2009-12-31")
    with pytest.raises(InvalidInputError, match="`on` must be a day"):
        BOOK.in_force("now")
    with pytest.raises(InvalidInputError, match="on or after 2010-01-01"):
        list(BOOK.iter_decide([OLD_CASE], on="2009-12-31"))


def test_a_new_edition_says_what_it_changed_and_why() -> None:
    visit = Visit(kind="first", method="phone", completed_on="2025-06-10", finding="satisfactory")
    case = case_with(OLD_CASE, days_past_due=100, visits=(visit,))
    replan = BOOK.decide(case, on="2026-02-02").replan
    assert replan is not None
    assert (replan.before, replan.after) == ("OLD", "NEW")
    (grade, *_) = replan.changes
    assert (grade.before, grade.after) == (Grade.SPECIAL_MENTION, Grade.SUBSTANDARD)
    assert "overdue-90" in grade.rules
    assert replan.explain("en").startswith("re-planned under new (NEW), before that under old (OLD)\n")
    assert replan.explain("zh").startswith("改按新（NEW）重新安排，此前按旧（OLD）\n")
    assert "special mention → substandard" in replan.explain("en")
    assert "关注 → 次级" in BOOK.decide(case, on="2026-02-02").explain("zh")


def test_a_decision_says_its_edition_by_its_label_and_its_id() -> None:
    decision = BOOK.decide(CASE, on="2026-06-01")
    assert (decision.edition, decision.edition_label) == ("NEW", NEW.label)
    assert decision.explain("zh").splitlines()[2] == "  版本：新（NEW）"
    assert decision.explain("en").splitlines()[2] == "  edition: new (NEW)"
    assert small_policy().decide(CASE, on="2026-06-01").edition_label is None


def replan_of_a_sound_loan(new: Edition) -> Replan:
    """What *new* changes for a loan that was visited and valued at the end of 2025."""
    visit = Visit(kind="first", method="phone", completed_on="2025-12-10", finding="satisfactory")
    case = case_with(OLD_CASE, visits=(visit,), valued_on="2025-12-01")
    replan = attrs.evolve(BOOK, editions=(OLD, new)).decide(case, on="2026-01-05").replan
    assert replan is not None
    return replan


def test_the_day_of_the_next_visit_is_told_in_words() -> None:
    stricter = NEW.policy.with_table(table("interval", (12, 6, 3), "least", otherwise=3))
    replan = replan_of_a_sound_loan(attrs.evolve(NEW, policy=stricter))
    assert "下次回访截止日：2026年6月10日 → 2026年3月10日" in replan.explain("zh")
    assert "next visit closes: 10 Jun 2026 → 10 Mar 2026" in replan.explain("en")


def test_an_edition_under_which_no_visit_is_left_says_so() -> None:
    near = attrs.evolve(NEW.policy, conventions=Conventions(horizon_months=1))
    replan = replan_of_a_sound_loan(attrs.evolve(NEW, policy=near))
    assert replan.changes[-1].after is None
    assert "→ 无须回访" in replan.explain("zh")
    assert "→ no visit" in replan.explain("en")


def test_an_edition_that_changes_nothing_says_so() -> None:
    visit = Visit(kind="first", method="phone", completed_on="2025-06-10", finding="satisfactory")
    replan = BOOK.decide(case_with(OLD_CASE, visits=(visit,)), on="2026-02-02").replan
    assert replan is not None
    assert replan.changes == ()
    assert "stay as they were" in replan.explain("en")


def test_a_loan_visited_under_the_edition_in_force_is_not_planned_anew() -> None:
    assert BOOK.decide(CASE, on="2026-06-01").replan is None


def test_editions_cover_the_timeline_once() -> None:
    with pytest.raises(InvalidPolicyError, match="must begin on the day `OLD` ends"):
        attrs.evolve(BOOK, editions=(OLD, attrs.evolve(NEW, since="2023-07-02")))
    with pytest.raises(InvalidPolicyError, match="must have no end"):
        attrs.evolve(BOOK, editions=(OLD,))
    with pytest.raises(InvalidPolicyError, match="at least one edition"):
        Rulebook("empty", editions=())
    with pytest.raises(InvalidPolicyError, match="used twice"):
        attrs.evolve(BOOK, editions=(OLD, attrs.evolve(NEW, id="OLD")))


def test_an_edition_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidPolicyError, match="`until` must be after"):
        Edition(id="X", policy=small_policy(), since="2024-01-01", until="2024-01-01", source=PRACTICE, label=Label("无", "none"))


def test_what_is_no_edition_is_refused_with_every_fault() -> None:
    edition: Any = Edition
    with pytest.raises(InvalidInputError) as caught:
        edition(id="", policy=None, since="2024-1-1", until="x", source="law", label=None)
    assert [getattr(error, "field", None) for error in caught.value.exceptions] == ["id", "policy", "since", "until", "source", "label"]
    rulebook: Any = Rulebook
    with pytest.raises(InvalidInputError, match=r"`Rulebook\.editions` must be a tuple of Edition"):
        rulebook("one", editions=NEW)


def test_an_edition_is_found_by_its_id() -> None:
    assert BOOK.edition("NEW") == NEW
    with pytest.raises(UnknownNameError, match="OLD"):
        BOOK.edition("OLDER")


def test_stock_that_must_pass_before_the_edition_begins_is_refused() -> None:
    with pytest.raises(InvalidPolicyError, match="`stock_until` must not be before 2023-07-01"):
        attrs.evolve(NEW, stock_until="2023-06-30")


def test_a_rulebook_shows_its_editions_and_since_when_each_holds() -> None:
    assert repr(BOOK) == "<Rulebook small: OLD from 2010-01-01, NEW from 2023-07-01>"


def test_only_an_overlay_is_laid_over_a_policy() -> None:
    with pytest.raises(TypeError, match="unsupported operand"):
        small_policy() | small_policy()  # type: ignore[operator] # it takes overlays
