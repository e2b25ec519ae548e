"""Any bank's words: what a policy says, takes and refuses when none of its words is ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.policy.own_words import BARE, CASE, LATE, VERY_LATE, VOCABULARY, Alarm, Band, Owner, Rank, Reason, Step, Topic, Way, mixed_policy, own_policy, yen
from tests.policy.small_policy import rule, small_policy, table

from revisit_policy import (
    DecisionGraph,
    Determination,
    Event,
    Grade,
    InvalidInputError,
    InvalidPolicyError,
    Level,
    Measure,
    MethodNote,
    Money,
    Signal,
    SignalCode,
    UnknownNameError,
    Visit,
    VisitKind,
    VisitMethod,
    Vocabulary,
    analysis,
    cny,
    facts,
    unordered,
)  # fmt: skip
from revisit_policy.outcomes import FineGrade, MeasureNote
from revisit_policy.values.labels import OrderedLabelled

POLICY = own_policy()
ON = "2026-06-01"


def test_a_policy_decides_in_words_of_its_own() -> None:
    decision: Any = POLICY.decide(CASE, on=ON)
    assert (decision.grade, decision.grade_at_worst, decision.level) == (Rank.R4, Rank.R4, Alarm.LOUD)
    assert [(signal.code, signal.level) for signal in decision.signals] == [(Topic.LATE, Alarm.LOUD)]
    assert [(found.measure, found.owner) for found in decision.measures] == [(Step.WRITE, Owner.SERVICER)]
    assert decision.schedule.all == ()
    for lang, words in (("zh", ("四等", "迟付", "发函")), ("en", ("rank 4", "late payment", "write a letter"))):
        assert all(word in decision.explain(lang) for word in words)
        assert all(word in POLICY.to_markdown(lang) for word in words)


def test_a_loan_without_warnings_is_as_loud_as_the_first_level() -> None:
    quiet = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=0))
    assert POLICY.decide(quiet, on=ON).level is Alarm.SILENT
    settled = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=0, balance=yen(0)))
    assert POLICY.decide(settled, on=ON).level is Alarm.SILENT


def test_visits_are_planned_by_methods_of_its_own() -> None:
    policy = mixed_policy()
    upcoming = policy.decide(attrs.evolve(CASE, visits=()), on=ON).schedule.next
    assert upcoming is not None
    assert (upcoming.kind, upcoming.method, upcoming.officers) == (VisitKind.PERIODIC, Way.INTERIOR, 2)
    seen = Visit(kind="triggered", method=Way.INTERIOR, completed_on="2026-05-29", finding="satisfactory")
    answered = policy.decide(attrs.evolve(CASE, visits=(seen,)), on=ON).schedule.next
    assert answered is not None
    assert answered.kind is VisitKind.PERIODIC
    assert str(answered.window.closes) == "2027-05-29"


def test_comparing_with_a_coarse_grade_means_the_finer_ones_in_it() -> None:
    outcome = POLICY.grade.table.outcome
    ranks = tuple(Rank)
    assert (outcome >= Band.FAIR) == (outcome >= Rank.R5)
    assert (outcome > Band.FAIR) == (outcome >= Rank.R9)
    assert (outcome < Band.POOR) == (outcome <= Rank.R8)
    assert (outcome <= "good") == (outcome <= Rank.R4)
    assert outcome.is_in(Band.FAIR) == outcome.is_in(*ranks[4:8])
    assert outcome.is_in("poor", Rank.R1) == outcome.is_in(Rank.R1, *ranks[8:])
    with pytest.raises(InvalidPolicyError, match="holds for every choice"):
        outcome >= Band.GOOD  # noqa: B015 - it is refused


@pytest.mark.parametrize("days", [0, 1, 31, 119, 120, 121, 240, 241, 400])
def test_every_reader_compares_with_a_coarse_grade_alike(days: int) -> None:
    coarse = table("coarse", ("no", "yes"), "worst", rule("poor", POLICY.grade.table.outcome >= Band.POOR, "yes"), otherwise="no")
    graph = DecisionGraph((POLICY.grade.table, coarse))
    assert graph.verdicts(days_past_due=days)["coarse"].outcome == ("yes" if days > 210 else "no")


def test_the_tiers_of_ours_map_onto_the_five_categories() -> None:
    tiers = table("grade", FineGrade, "worst", rule("late", facts.days_past_due > 90, FineGrade.SUBSTANDARD_1), otherwise=FineGrade.NORMAL_1)
    assert (tiers.outcome >= Grade.SUBSTANDARD) == (tiers.outcome >= FineGrade.SUBSTANDARD_1)


def test_a_finer_grade_that_was_determined_is_read_as_its_category() -> None:
    former = table("grade", Grade, "worst", rule("was-bad", facts.determined_grade.is_in(Grade.DOUBTFUL), Grade.DOUBTFUL), otherwise=Grade.NORMAL)
    policy = own_policy(tables=(former,), vocabulary=None)
    case = attrs.evolve(CASE, visits=(), events=(), determination=Determination(FineGrade.DOUBTFUL_2, on="2026-03-31"))
    assert policy.decide(case, on=ON).grade is Grade.DOUBTFUL


# -- the vocabulary ----------------------------------------------------------------------------------------------------


def test_what_is_left_out_is_what_the_tables_say() -> None:
    words = own_policy(vocabulary=None).words
    assert (words.grades, words.levels, words.signals) == (tuple(Rank), tuple(Alarm), tuple(Topic))
    assert [note.measure for note in words.measures] == list(Step)
    assert (words.purposes, words.means) == (tuple(VisitKind), tuple(VisitMethod))
    assert [note.hours for note in words.methods] == [None] * 5


def test_a_policy_of_one_table_is_ten_lines() -> None:
    words = own_policy(tables=(table("grade", Rank, "worst", rule("late", facts.days_past_due > 30, Rank.R7), otherwise=Rank.R1),), vocabulary=None).words
    assert (words.grades, words.levels, words.signals, words.currency) == (tuple(Rank), tuple(Level), tuple(SignalCode), None)


def test_the_shipped_words_are_those_of_the_enumerations() -> None:
    words = small_policy().words
    assert (words.levels, words.signals, words.purposes, words.means) == (tuple(Level), tuple(SignalCode), tuple(VisitKind), tuple(VisitMethod))
    assert [note.measure for note in words.measures] == list(Measure)
    assert words.officers_of(VisitMethod.ON_SITE) == 2
    assert small_policy().note_of("remind").owner is not None


def test_the_order_of_members_of_a_set_changes_nothing() -> None:
    sets = [POLICY.table(name).table for name in ("measures", "barred")]
    turned = {t.id: attrs.evolve(t, outcomes=unordered(reversed(t.outcomes.outcomes))) for t in sets}  # type: ignore[union-attr] # scales
    other = own_policy(tables=tuple(turned.get(t.id, t) for t in POLICY.tables))
    case = attrs.evolve(CASE, collateral=attrs.evolve(CASE.collateral, damaged_by_owner=True), loan=attrs.evolve(CASE.loan, days_past_due=260))
    found, expected = other.decide(case, on=ON), POLICY.decide(case, on=ON)
    assert (set(found.measures), found.signals, found.level) == (set(expected.measures), expected.signals, expected.level)
    assert {each.measure for each in found.measures} == {Step.WRITE, Step.INSURE, Step.AUCTION}


class Backwards(OrderedLabelled):
    """Three grades, of which the second lies where it must not."""

    LOW = "low", "低", "low"
    MIDDLE = "middle", "中", "middle"
    HIGH = "high", "高", "high"

    @property
    def coarser(self) -> Band:
        """The band."""
        return {"low": Band.FAIR, "middle": Band.GOOD, "high": Band.POOR}[self.value]


class Half(OrderedLabelled):
    """Two grades, of which one maps."""

    LOW = "low", "低", "low"
    HIGH = "high", "高", "high"

    @property
    def coarser(self) -> Band | None:
        """The band."""
        return Band.POOR if self is Half.HIGH else None


def says_other(words: Vocabulary) -> Callable[[], Any]:
    return lambda: own_policy(vocabulary=words)


MISFITS: dict[str, tuple[Callable[[], Any], str]] = {
    "a grade outside": (
        says_other(attrs.evolve(VOCABULARY, grades=tuple(Rank)[:9])),
        "`grade`: says `r10`, which is not among the grades of the vocabulary; did you mean `r1`",
    ),
    "grades in another order": (says_other(attrs.evolve(VOCABULARY, grades=(Rank.R2, Rank.R1, *tuple(Rank)[2:]))), "another order than the grades"),
    "a code outside": (says_other(attrs.evolve(VOCABULARY, signals=[Topic.LATE, Topic.EMPTY])), "`signals`: says `uninsured`, which is not among the signals"),
    "a level outside": (says_other(attrs.evolve(VOCABULARY, levels=[Alarm.SILENT, Alarm.SOFT])), "`signals`: says `loud`, which is not among the levels"),
    "a measure outside": (says_other(attrs.evolve(VOCABULARY, measures=[Step.WRITE, Step.INSURE])), "`measures`: says `auction`, which is not"),
    "a method outside": (
        lambda: mixed_policy(vocabulary=attrs.evolve(VOCABULARY, kinds=(), checklists=(), methods=[MethodNote(Way.DRIVE_BY, hours=1)])),
        "`method`: says `exterior`, which is not among the methods",
    ),
    "a note beside the vocabulary": (lambda: own_policy(measure_notes=[MeasureNote(Step.WRITE)]), "says of `write` in its vocabulary and beside it"),
    "a measure of ours": (lambda: own_policy(measure_notes=[MeasureNote("remind")]), "says `remind`, which is not among the measures of the vocabulary"),
    "a map that is not in order": (lambda: table("grade", Backwards, "worst", otherwise=Backwards.LOW), "maps onto a coarser one in order"),
    "a map of some": (lambda: table("grade", Half, "worst", otherwise=Half.LOW), "or none does"),
}


@pytest.mark.parametrize(("build", "message"), MISFITS.values(), ids=MISFITS)
def test_a_policy_that_does_not_speak_its_vocabulary_is_refused(build: Callable[[], Any], message: str) -> None:
    with pytest.raises(InvalidPolicyError, match=message):
        build()


MALFORMED: dict[str, tuple[Callable[[], Any], str]] = {
    "a method without hours": (lambda: Vocabulary(methods=[Way.DRIVE_BY]), r"`Vocabulary.methods` must be a method that says what it takes, such as"),  # type: ignore[list-item]
    "methods out of order": (lambda: Vocabulary(methods=[MethodNote(Way.INTERIOR, hours=1), MethodNote(Way.DRIVE_BY, hours=1)]), "the least first"),
    "levels of two enumerations": (lambda: Vocabulary(levels=[Alarm.SILENT, Level.RED]), "of one ordered enumeration"),
    "two kinds of one code": (lambda: Vocabulary(kinds=[Reason.LIVE_CONTACT, Reason.LIVE_CONTACT]), "members of different codes"),
    "a checklist of another kind": (lambda: attrs.evolve(VOCABULARY, kinds=[Reason.LIVE_CONTACT]), "must be of the kinds of visits or the warnings: phone"),
    "no currency": (lambda: Vocabulary(currency="yen"), "`Vocabulary.currency` must be a currency code of three capitals"),
    "hours below zero": (lambda: MethodNote("phone", hours=-1), "`MethodNote.hours` must be hours of one officer"),
    "grades that do not map in order": (lambda: Vocabulary(grades=Backwards), "maps onto a coarser one in order"),
}


@pytest.mark.parametrize(("build", "message"), MALFORMED.values(), ids=MALFORMED)
def test_a_vocabulary_that_makes_no_sense_is_refused(build: Callable[[], Any], message: str) -> None:
    with pytest.raises(InvalidInputError) as found:
        build()
    assert any(re.search(message, str(error)) for error in found.value.exceptions), found.value.exceptions


# -- case files --------------------------------------------------------------------------------------------------------

def visit(kind: Any, method: Any) -> dict[str, Any]:
    return {"visits": [Visit(kind=kind, method=method, completed_on="2026-01-05", finding="satisfactory")]}


STRANGERS: dict[str, tuple[dict[str, Any], str]] = {
    "a kind of ours": (visit("first", Way.DRIVE_BY), "in words of the policy: inspection, phone"),
    "a method of ours": (visit(Reason.INSPECTION, "on_site"), "drive_by, exterior, interior"),
    "a code of ours": ({"events": [Event("seizure", since="2026-05-04")]}, "late, uninsured, empty"),
    "a member of another enumeration": (visit(VisitMethod.PHONE, Way.DRIVE_BY), "members of Reason"),
    "another currency": (
        {"loan": attrs.evolve(CASE.loan, principal=cny(1_000_000), balance=cny(500_000)), "collateral": attrs.evolve(CASE.collateral, value=cny(2_000_000))},
        "in the currency of the policy, JPY",
    ),
}


@pytest.mark.parametrize(("changes", "message"), STRANGERS.values(), ids=STRANGERS)
def test_a_case_in_other_words_is_refused(changes: dict[str, Any], message: str) -> None:
    case = attrs.evolve(CASE, **changes)
    with pytest.raises(InvalidInputError) as found:
        POLICY.decide(case, on=ON)
    assert message in str(found.value.exceptions[0])
    (refusal,) = POLICY.iter_decide([case], on=ON)
    assert message in str(getattr(refusal, "error").exceptions[0])  # noqa: B009 - a refusal has one, a decision none


def test_an_unknown_code_of_ours_is_refused_when_it_is_written() -> None:
    with pytest.raises(InvalidInputError, match="perhaps `periodic`"):
        Visit(kind="periodical", method="phone", completed_on="2026-01-05", finding="satisfactory")
    with pytest.raises(UnknownNameError, match="did you mean `interior`"):
        VOCABULARY.method("interiors")


# -- analysis ----------------------------------------------------------------------------------------------------------


def test_impact_counts_grades_visits_and_hours_in_words_of_its_own() -> None:
    old = mixed_policy()
    new = old.without("see-soon")
    case = attrs.evolve(CASE, visits=())
    found = analysis.impact(old, new, [case], on=ON, until="2026-12-31")
    assert [(move.old, move.new) for move in found.migrations] == [(Rank.R4, Rank.R4)]
    assert {each.kind for each in found.visits} <= set(VisitKind)
    assert found.before[0].hours is not None
    assert "drive" not in found.explain("en") or found.explain("zh")


def test_a_difference_of_notes_and_lists_is_told() -> None:
    words = attrs.evolve(VOCABULARY, measures=[MeasureNote(Step.WRITE), Step.INSURE, Step.AUCTION], checklists=())
    told = " ".join(note.en for note in analysis.diff(POLICY, own_policy(vocabulary=words)).notes)
    assert "write a letter" in told
    assert "property inspection" in told


def test_signals_of_one_code_are_told_by_equality() -> None:
    assert Signal(Topic.LATE, level=Alarm.SOFT) == LATE != VERY_LATE
    assert BARE.label("en") == "insurance lapsed (loud)"
    assert Money(1, "JPY") == yen(1)
