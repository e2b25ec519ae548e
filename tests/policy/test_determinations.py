"""What people determined is read by whoever grades, on whichever scale, and what could be determined is proposed beside it."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest
from tests.policy.small_policy import case_with, rule, small_policy, table

from revisit_policy import (
    CaseFile,
    Determination,
    Edition,
    FineGrade,
    Grade,
    InvalidInputError,
    InvalidPolicyError,
    Label,
    RevisitPolicy,
    Rulebook,
    analysis,
    facts,
    frames,
    records,
)
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import OrderedLabelled

ON: Final = "2026-06-01"


class Stage(OrderedLabelled, zh="阶段"):
    """The stages of another bank."""

    ONE = "one", "一", "stage one"
    TWO = "two", "二", "stage two"
    THREE = "three", "三", "stage three"


class Letter(OrderedLabelled, zh="等级"):
    """What that bank had before."""

    A = "a", "甲", "A"
    B = "b", "乙", "B"
    C = "c", "丙", "C"


DETERMINED: Final = facts.determined_grade_of(Stage)
STAGES: Final = table(
    "grade", Stage, "worst",
    rule("late", facts.days_past_due > 30, Stage.TWO), rule("very-late", facts.days_past_due > 90, Stage.THREE),
    *(rule(f"people-{stage.value}", DETERMINED.is_in(stage), stage) for stage in (Stage.TWO, Stage.THREE)),
    otherwise=Stage.ONE,
)  # fmt: skip
PAYS: Final = facts.months_clean_since_cure >= 3
UPGRADES: Final = table(
    "upgrade", Stage, "every",
    rule("cured-two", PAYS & DETERMINED.is_in(Stage.TWO), Stage.ONE), rule("cured-three", PAYS & DETERMINED.is_in(Stage.THREE), Stage.ONE),
)  # fmt: skip


def staged(*tables: Any) -> RevisitPolicy:
    return RevisitPolicy("staged", version="1", label=Label("阶段", "stages"), tables=tables or (STAGES, UPGRADES), calendar=small_policy().calendar)


def decided(policy: Any, case: CaseFile, *, on: str) -> Any:
    return policy.decide(case, on=on)


def graded(grade: Any, **changes: Any) -> CaseFile:
    return attrs.evolve(case_with(**changes), visits=(), determination=Determination(grade, on="2026-05-04", role="committee"))


@pytest.mark.parametrize(
    ("grade", "days", "expected"),
    [(Stage.ONE, 0, Stage.ONE), (Stage.TWO, 0, Stage.TWO), (Stage.THREE, 45, Stage.THREE), (Stage.TWO, 91, Stage.THREE), ("unclassified", 45, Stage.TWO)],
)
def test_another_bank_s_grades_are_a_floor_as_well(grade: Any, days: int, expected: Stage) -> None:
    decision = decided(staged(), graded(grade, days_past_due=days), on=ON) if grade != "unclassified" else decided(staged(),
        attrs.evolve(case_with(days_past_due=days), visits=()), on=ON
    )
    assert (decision.grade, decision.grade_at_worst) == (expected, expected)


def test_where_nobody_looked_the_grade_is_open_and_the_case_asks_for_it() -> None:
    decision = decided(staged(), attrs.evolve(case_with(), visits=(), determination=None), on=ON)
    assert (decision.grade, decision.grade_at_worst) == (Stage.ONE, Stage.THREE)
    assert "find out: grade last determined" in [gap.en for gap in decision.gaps]
    assert decision.upgrade is None


def test_a_finer_scale_is_a_floor_and_is_compared_with_the_coarser_one() -> None:
    fine = facts.determined_grade_of(FineGrade)
    floors = (rule(f"people-{tier.severity}", fine.is_in(tier), tier) for tier in FineGrade if tier.severity)
    tiers = table("grade", FineGrade, "worst", *floors, otherwise=FineGrade.NORMAL_1)
    policy = staged(tiers)
    for tier in FineGrade:
        assert decided(policy, graded(tier), on=ON).grade is tier
    bad = fine >= Grade.SUBSTANDARD
    assert [bool(tiers_bad(bad, tier)) for tier in FineGrade] == [tier.grade >= Grade.SUBSTANDARD for tier in FineGrade]
    assert not tiers_bad(bad, "unclassified")


def tiers_bad(condition: Any, grade: Any) -> bool:
    said = table("bad", ("no", "yes"), "worst", rule("bad", condition, "yes"), otherwise="no")
    return bool(said(determined_grade=grade).outcome == "yes")


def test_a_worse_determination_never_makes_a_grade_milder() -> None:
    for policy, fact in ((staged(), DETERMINED), (cn_housing.policy(), facts.determined_grade), (cn_housing.policy_2007(), facts.determined_grade)):
        assert analysis.monotone(policy, fact, "grade").is_proved


def test_that_a_grade_forgets_what_people_determined_is_found() -> None:
    forgetful = table("grade", Stage, "worst", rule("people", DETERMINED.is_in(Stage.TWO), Stage.TWO), otherwise=Stage.ONE)
    (found,) = analysis.monotone(staged(forgetful), DETERMINED, "grade").findings
    assert (found.before, found.after) == (Stage.TWO, Stage.ONE)


# -- other scales and other days ---------------------------------------------------------------------------------------


def test_a_determination_of_another_scale_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidInputError, match=r"`CaseFile.determination` must be in words of the policy: one, two, three"):
        decided(staged(), graded(Grade.SUBSTANDARD), on=ON)
    with pytest.raises(InvalidInputError, match=r"`CaseFile.determination` must be in words of the policy: normal, special_mention"):
        cn_housing.rulebook.decide(graded(Stage.TWO), on=ON)


def test_a_determination_after_the_decision_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"`determination.on` must be on or before the decision day \(2026-05-01\), got `'2026-05-04'`"):
        cn_housing.rulebook.decide(graded("substandard"), on="2026-05-01")


def edition(policy: RevisitPolicy | None = None, **more: Any) -> Edition:
    return Edition(id="E-2", policy=policy or staged(), since="2020-01-01", source=Citation(standing="proposal"), label=Label("版", "edition"), **more)


def test_an_edition_reads_the_grades_of_a_former_scale_as_its_own() -> None:
    mapped = Rulebook("staged", editions=(edition(former_grades={Letter.A: Stage.ONE, Letter.B: Stage.TWO, Letter.C: Stage.THREE}),))
    assert [decided(mapped, graded(letter), on=ON).grade for letter in Letter] == list(Stage)
    assert decided(mapped, graded(Stage.TWO), on=ON).grade is Stage.TWO


def test_an_edition_without_a_map_refuses_the_grades_of_a_former_scale() -> None:
    bare = Rulebook("staged", editions=(edition(),))
    with pytest.raises(InvalidInputError, match=r"`CaseFile.determination` must be in words of the policy: one, two, three, got `Letter.B`"):
        bare.decide(graded(Letter.B), on=ON)


@pytest.mark.parametrize(
    ("grades", "message"),
    [
        ({Letter.A: Grade.NORMAL}, "`former_grades` reads `a` as `normal`, which it does not have"),
        ({Letter.A: Stage.TWO, Letter.B: Stage.ONE}, "`former_grades` reads the worse `b` as the milder grade"),
    ],
    ids=["onto another scale", "the other way round"],
)
def test_a_map_that_loses_or_turns_round_grades_is_refused(grades: Any, message: str) -> None:
    with pytest.raises(InvalidPolicyError, match=message):
        edition(former_grades=grades)


class Either(OrderedLabelled, zh="新旧分类"):
    """What is said before and after the change, in one order from mild to severe."""

    A = "a", "甲", "A"
    ONE = "one", "一", "stage one"
    B = "b", "乙", "B"
    TWO = "two", "二", "stage two"
    C = "c", "丙", "C"
    THREE = "three", "三", "stage three"


def by(first: Any, *worse: Any) -> RevisitPolicy:
    """A policy that says these grades alone, on the scale of either."""
    fact = facts.determined_grade_of(Either)
    late = [rule(f"late-{at}", facts.days_past_due > 30 * (2 * at + 1), grade) for at, grade in enumerate(worse)]
    return staged(table("grade", Either, "worst", *late, *(rule(f"people-{each.value}", fact.is_in(each), each) for each in worse), otherwise=first))


def two_editions(old: RevisitPolicy, new: RevisitPolicy, **more: Any) -> Rulebook:
    shared: dict[str, Any] = {"source": Citation(standing="proposal"), "label": Label("版", "edition")}
    first = Edition(id="E-1", policy=old, since="2010-01-01", until="2020-01-01", **shared)
    return Rulebook("staged", editions=(first, edition(new, **more)))


def test_editions_of_different_grades_share_a_scale_and_the_later_reads_what_people_determined_under_the_earlier() -> None:
    letters = staged(table("grade", Letter, "worst", rule("late", facts.days_past_due > 30, Letter.B), otherwise=Letter.A))
    with pytest.raises(InvalidPolicyError, match=r"all outcomes of either, in one order.*`Edition\(former_grades=...\)`"):
        two_editions(letters, staged())
    reading = {Either.A: Either.ONE, Either.B: Either.TWO, Either.C: Either.THREE}
    book = two_editions(by(Either.A, Either.B, Either.C), by(Either.ONE, Either.TWO, Either.THREE), former_grades=reading)
    assert [decided(book, graded(letter), on=ON).grade for letter in reading] == list(reading.values())
    assert decided(book, graded(Either.TWO), on=ON).grade is Either.TWO
    unread = two_editions(by(Either.A, Either.B, Either.C), by(Either.ONE, Either.TWO, Either.THREE))
    assert decided(unread, graded(Either.C), on=ON).grade is Either.ONE


# -- proposals ---------------------------------------------------------------------------------------------------------


def test_only_the_next_grade_is_proposed_whatever_the_table_says() -> None:
    two, three = (decided(staged(), graded(stage, months_clean_since_cure=3), on=ON) for stage in (Stage.TWO, Stage.THREE))
    assert two.upgrade is not None
    assert (two.grade, two.upgrade.grade, two.upgrade.rules, two.upgrade.missing) == (Stage.TWO, Stage.ONE, ("cured-two",), ())
    assert (three.grade, three.upgrade) == (Stage.THREE, None)


def test_what_is_missing_stands_beside_what_could_be_determined() -> None:
    decision = decided(staged(), graded(Stage.TWO, months_clean_since_cure=None), on=ON)
    assert decision.upgrade is not None
    assert (decision.upgrade.is_established, [item.en for item in decision.upgrade.missing]) == (
        False, ["find out: months paid in full since the arrears were cleared"],
    )  # fmt: skip
    assert "still needed: find out: months paid in full" in decision.explain("en")
    assert "尚须：补充核实：还清欠款后连续正常还款月数" in decision.explain("zh")


def test_nothing_is_proposed_to_a_policy_without_the_table_nor_of_a_loan_that_is_settled() -> None:
    assert decided(staged(STAGES), graded(Stage.TWO, months_clean_since_cure=3), on=ON).upgrade is None
    nothing = case_with().loan.balance
    paid = graded(Stage.TWO, months_clean_since_cure=3, balance=nothing - nothing)
    assert paid.loan.is_settled
    assert decided(staged(), paid, on=ON).upgrade is None


def test_a_table_of_proposals_on_another_scale_is_refused() -> None:
    other = table("upgrade", Letter, "every", rule("a", PAYS, Letter.A))
    with pytest.raises(InvalidPolicyError, match="`upgrade`: is on another scale than `grade`"):
        staged(STAGES, other)


def test_columns_propose_what_a_single_decision_establishes() -> None:
    cases = [
        graded(stage, months_clean_since_cure=months, days_past_due=days)
        for stage in Stage for months in (2, 3, None) for days in (0, 5) if not (months == 3 and days > 5)
    ]  # fmt: skip
    policy = staged()
    found = frames.decide(policy, frames.from_cases(cases, vocabulary=policy.words), on=ON)
    for row, case in zip(found.iter_rows(named=True), cases, strict=True):
        decision = policy.decide(case, on=ON)
        upgrade = decision.upgrade if decision.upgrade is not None and decision.upgrade.is_established else None
        assert (row["grade"], row["upgrade"]) == (decision.grade.severity, None if upgrade is None else upgrade.grade.severity)


# -- what becomes of a decision ----------------------------------------------------------------------------------------


def test_what_rules_made_worse_binds_the_next_decision_only_if_it_is_recorded() -> None:
    late = cn_housing.rulebook.decide(graded("special_mention", days_past_due=95, missed_consecutive=4, missed_total_24m=4), on=ON)
    assert (late.grade, late.worsened_by_rules) == (Grade.SUBSTANDARD, ("overdue-90",))
    paid = graded("special_mention")
    assert cn_housing.rulebook.decide(paid, on="2026-06-02").grade is Grade.SPECIAL_MENTION
    recorded = attrs.evolve(paid, determination=late.as_determination("credit_committee"))
    assert recorded.determination == Determination("substandard", on=ON, role="credit_committee")
    assert cn_housing.rulebook.decide(recorded, on="2026-06-02").grade is Grade.SUBSTANDARD


def test_rules_that_make_nothing_worse_are_not_told() -> None:
    for case in (case_with(days_past_due=5), graded("loss", days_past_due=5), graded("special_mention", days_past_due=5)):
        assert cn_housing.rulebook.decide(case, on=ON).worsened_by_rules == ()


@pytest.mark.parametrize("role", [None, 7, "", "two\nlines"])
def test_who_determines_is_text_on_one_line(role: Any) -> None:
    with pytest.raises((InvalidInputError, ValueError), match="role"):
        cn_housing.rulebook.decide(case_with(), on=ON).as_determination(role)


def test_a_decision_is_told_in_both_languages_with_what_people_determined() -> None:
    decision = cn_housing.rulebook.decide(graded("special_mention", days_past_due=95, missed_consecutive=4, missed_total_24m=4), on=ON)
    assert "Last determined: special mention, on 4 May 2026, by committee" in decision.explain("en").splitlines()
    assert "最近一次认定：关注，2026年5月4日，认定人：committee" in decision.explain("zh").splitlines()
    assert "Made worse by rules since: more than 90 days past due" in decision.explain("en")


def test_a_determination_and_a_proposal_are_recorded_and_replayed() -> None:
    decision = cn_housing.rulebook.decide(graded("substandard", months_clean_since_cure=7), on=ON)
    text = records.to_json(decision)
    assert '"upgrade":{"grade":"special_mention"' in text
    assert records.replay(text, cn_housing.rulebook).decision == decision
