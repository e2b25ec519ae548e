"""Editions: which policy holds for a loan on a day, and what a change of edition does."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs
import pytest
from tests.policy.small_policy import CASE, FIGURES, PRACTICE, case_with, rule, small_policy, small_rulebook, table

from revisit_policy import Edition, Fact, Grade, InvalidInputError, InvalidPolicyError, Label, Refusal, Rulebook, UnknownNameError, Visit
from revisit_policy.decision.replan import Replan

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


def test_an_attempt_that_reached_nobody_does_not_hide_what_a_new_edition_changed() -> None:
    visit = Visit(kind="first", method="phone", completed_on="2025-06-10", finding="satisfactory")
    attempt = Visit(kind="periodic", method="phone", completed_on="2026-01-20", finding="not_reached")
    seen, tried = (BOOK.decide(case_with(OLD_CASE, days_past_due=100, visits=made), on="2026-02-02") for made in ((visit,), (visit, attempt)))
    assert seen.replan is not None
    assert tried.replan == seen.replan
    assert tried.schedule == seen.schedule


def test_a_decision_says_its_edition_by_its_label_and_its_id() -> None:
    decision = BOOK.decide(CASE, on="2026-06-01")
    assert (decision.edition, decision.edition_label) == ("NEW", NEW.label)
    assert decision.explain("zh").splitlines()[1] == "  版本：新"
    assert decision.explain("en").splitlines()[1] == "  edition: new"
    assert "edition NEW" in decision.explain("en").split("What the numbers stand for")[1]
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
    near = attrs.evolve(NEW.policy, conventions=attrs.evolve(FIGURES, horizon_months=1))
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


SCORE = Fact.count("score", low=0, high=1000, label=Label("评分", "score"))
SCORED = BOOK.editions[1].policy.adding(rule("low-score", SCORE < 300, Grade.SPECIAL_MENTION), to="grade")
NEW_FACT = attrs.evolve(BOOK, editions=(BOOK.editions[0], attrs.evolve(BOOK.editions[1], policy=SCORED)))


class TestAFactThatOneEditionReads:
    def test_the_former_edition_is_asked_without_it(self) -> None:
        decision = NEW_FACT.decide(OLD_CASE, on="2026-06-01", supplied={"score": 299})
        assert decision.grade is Grade.SPECIAL_MENTION
        assert decision.replan is not None
        assert [(change.before, change.after) for change in decision.replan.changes if change.rules == ("low-score",)] == [
            (Grade.NORMAL, Grade.SPECIAL_MENTION)
        ]

    def test_it_is_taken_while_an_edition_holds_that_does_not_read_it(self) -> None:
        assert NEW_FACT.decide(OLD_CASE, on="2023-01-02", supplied={"score": 299}).grade is Grade.NORMAL

    def test_a_name_that_none_reads_is_refused_with_the_nearest(self) -> None:
        with pytest.raises(UnknownNameError, match="unknown supplied fact `scores`, did you mean `score`"):
            NEW_FACT.decide(OLD_CASE, on="2026-06-01", supplied={"scores": 299})


class TestABatchIsToldWhatTheCaseFileLacks:
    CASES = tuple(attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, loan_no=name)) for name in ("A", "B", "C"))
    SCORES: ClassVar = {"A": {"score": 299}, "B": {"score": 301}}
    LOW = (SCORE.assume(100, because=PRACTICE),)

    @pytest.mark.parametrize("decides", [NEW_FACT, SCORED], ids=["a rulebook", "a policy"])
    @pytest.mark.parametrize(
        "supplied",
        [SCORES, lambda case: TestABatchIsToldWhatTheCaseFileLacks.SCORES.get(case.loan.loan_no)],
        ids=["by loan number", "by a function"],
    )
    def test_each_case_has_its_own(self, decides, supplied) -> None:
        found = list(decides.iter_decide(self.CASES, on="2026-06-01", supplied=supplied))
        alone = [decides.decide(case, on="2026-06-01", supplied=self.SCORES.get(case.loan.loan_no)) for case in self.CASES]
        assert found == alone
        assert [decision.grade for decision in alone] == [Grade.SPECIAL_MENTION, Grade.NORMAL, Grade.NORMAL]

    def test_one_value_is_for_all_of_them(self) -> None:
        found = SCORED.iter_decide(self.CASES, on="2026-06-01", supplied={"score": 1})
        assert {getattr(decision, "grade", None) for decision in found} == {Grade.SPECIAL_MENTION}

    @pytest.mark.parametrize("assuming", [{"B": LOW}, lambda case: case.loan.loan_no == "B" and TestABatchIsToldWhatTheCaseFileLacks.LOW])
    def test_a_stand_in_can_be_for_one_case(self, assuming) -> None:
        found = NEW_FACT.iter_decide(self.CASES, on="2026-06-01", assuming=assuming)
        assert [getattr(decision, "grade", None) for decision in found] == [Grade.NORMAL, Grade.SPECIAL_MENTION, Grade.NORMAL]

    def test_a_value_that_cannot_be_read_refuses_its_own_case_alone(self) -> None:
        found = list(SCORED.iter_decide(self.CASES, on="2026-06-01", supplied={"A": {"score": -1}, "B": {"scores": 1}, "C": {}}))
        assert [type(answer).__name__ for answer in found] == ["Refusal", "Refusal", "Decision"]
        assert isinstance(found[0], Refusal)
        assert "score" in str(found[0].error)

    def test_a_day_that_is_none_is_refused_before_any_case_is_asked_for(self) -> None:
        for decides in (NEW_FACT, SCORED):
            with pytest.raises(InvalidInputError, match="`on` must be a day"):
                decides.iter_decide(self.CASES, on="now")
