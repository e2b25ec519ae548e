"""Measures have a life: since when they are called for and by when they are due, what is in hand, done, turned down, waiting, or late."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.policy.acting import NOTES, acting_policy, late_case, seized_case
from tests.policy.own_words import CASE as OWN_CASE
from tests.policy.own_words import own_policy
from tests.policy.small_policy import case_with

from revisit_policy import Action, CaseFile, Decision, InvalidInputError, InvalidPolicyError, Measure, Recommendation, Within, cny, facts
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.values.dates import Date

POLICY = acting_policy()
ON = "2026-06-15"
CAUSE = Date(2026, 6, 6)
"""The first day on which the late loan is more than 90 days past due."""


def decided(case: CaseFile, on: str = ON) -> Decision:
    return POLICY.decide(case, on=on)


def step(decision: Decision, measure: str) -> Recommendation:
    (found,) = (each for each in (*decision.measures, *decision.measures_in_hand) if each.measure.value == measure)
    return found


def codes(steps: tuple[Recommendation, ...]) -> list[str]:
    return [str(each.measure.value) for each in steps]


def act(measure: str, state: str, on: str) -> Action:
    return Action(measure, state=state, on=on)


# -- by when ---------------------------------------------------------------------------------------------------------


def test_a_deadline_counts_from_the_day_on_which_the_first_rule_began_to_call_for_the_measure() -> None:
    remind = step(decided(late_case(days=10)), "remind")
    assert (remind.since, remind.by, remind.late) == (Date(2026, 6, 6), Date(2026, 6, 11), True)


@pytest.mark.parametrize("on", ["2026-06-15", "2026-06-16", "2026-07-31"])
def test_a_deadline_stays_where_it_is_whenever_it_is_asked_and_comes_to_be_late(on: str) -> None:
    sue = step(decided(late_case(), on), "litigate")
    assert (sue.since, sue.by, sue.late) == (CAUSE, Date(2026, 9, 6), False)
    order = step(decided(late_case(), on), "payment_order")
    assert (order.by, order.late) == (Date(2026, 6, 21), on == "2026-07-31")


def test_a_measure_without_a_deadline_of_its_own_has_the_time_of_the_level_from_that_day() -> None:
    policy = acting_policy(MeasureNote("remind"))
    remind = step(policy.decide(late_case(days=10), on=ON), "remind")
    assert (remind.since, remind.by) == (Date(2026, 6, 6), Date(2026, 6, 12))  # yellow: five working days from Saturday


def test_a_recorded_event_tells_since_when_a_measure_on_its_signal_is_called_for() -> None:
    assert step(decided(seized_case()), "demand_restoration").since is None  # the rule reads the register itself
    tables = [each for each in POLICY.tables if each.id != "measures"]
    measures = next(each for each in POLICY.tables if each.id == "measures")
    signal = next(each for each in POLICY.tables if each.id == "signals")
    seized = [one for one in signal.outcomes.outcomes if one.code.value == "seizure"]  # type: ignore[union-attr]
    rules = [attrs.evolve(rule, when=signal.outcome.includes(*seized)) if rule.id == "demand" else rule for rule in measures.rules]
    policy = attrs.evolve(POLICY, tables=(*tables, attrs.evolve(measures, rules=tuple(rules))))
    demand = step(policy.decide(seized_case(since="2026-06-01"), on=ON), "demand_restoration")
    assert (demand.since, demand.by, demand.undated) == (Date(2026, 6, 1), Date(2026, 6, 15), False)


def test_where_nobody_recorded_since_when_the_deadline_counts_from_the_day_of_asking_and_says_so() -> None:
    for on, by in (("2026-06-15", Date(2026, 6, 30)), ("2026-06-16", Date(2026, 7, 1))):
        demand = step(decided(seized_case(), on), "demand_restoration")
        assert (demand.since, demand.by, demand.undated, demand.late) == (None, by, True, False)


def test_where_nobody_recorded_since_when_an_action_about_it_fixes_the_deadline() -> None:
    proposed = seized_case(act("demand_restoration", "proposed", "2026-06-01"))
    assert {step(decided(proposed, on), "demand_restoration").by for on in ("2026-06-15", "2026-07-15")} == {Date(2026, 6, 15)}
    assert codes(decided(proposed, "2026-07-15").measures_late) == ["demand_restoration"]


def test_what_has_no_deadline_is_never_late() -> None:
    write_off = step(decided(late_case(days=400)), "write_off")
    assert (write_off.by, write_off.late) == (None, False)


def test_what_waits_for_the_next_visit_is_due_with_it() -> None:
    decision = decided(case_with())
    assert decision.schedule.next is not None
    assert [(each.measure, each.by, each.undated) for each in decision.measures] == [(Measure.MONITOR, decision.schedule.next.window.closes, False)]


# -- how far it has come ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["proposed", "approved", "begun"])
def test_what_is_in_hand_is_listed_with_its_deadline_and_not_recommended_again(state: str) -> None:
    decision = decided(late_case(act("litigate", state, "2026-06-10")), on="2026-09-30")
    assert "litigate" not in codes(decision.measures)
    sue = step(decision, "litigate")
    assert (sue.state, sue.acted_on, sue.by) == (sue.state, Date(2026, 6, 10), Date(2026, 9, 6))
    assert sue.late is (state != "begun")  # what was begun in time is not late, however long it takes
    assert ("litigate" in codes(decision.measures_late)) is sue.late


def test_what_was_begun_after_its_deadline_is_late() -> None:
    assert step(decided(late_case(act("payment_order", "begun", "2026-06-23")), on="2026-06-24"), "payment_order").late


def test_what_is_in_hand_stays_so_though_no_rule_calls_for_it_any_longer_and_has_no_deadline() -> None:
    decision = decided(attrs.evolve(case_with(), actions=(act("litigate", "begun", "2026-03-10"),)))
    assert [(each.measure, each.by, each.rules) for each in decision.measures_in_hand] == [(Measure.LITIGATE, None, ())]


def test_what_is_done_is_silent_while_its_cause_began_on_or_before_that_day() -> None:
    done = act("litigate", "done", "2026-06-06")
    decision = decided(late_case(done))
    assert "litigate" not in codes((*decision.measures, *decision.measures_in_hand))
    assert step(decided(late_case(attrs.evolve(done, on="2026-06-05"))), "litigate").state is None  # that was about another cause


@pytest.mark.parametrize("state", ["refused", "failed"])
def test_what_was_turned_down_is_recommended_again_marked_with_its_alternatives_first(state: str) -> None:
    decision = decided(late_case(act("payment_order", state, "2026-06-10")))
    order = codes(decision.measures)
    assert order.index("litigate") < order.index("payment_order")
    assert step(decision, "payment_order").state is not None
    assert codes(decided(late_case()).measures).index("payment_order") < codes(decided(late_case()).measures).index("litigate")


def test_an_action_recorded_twice_changes_nothing() -> None:
    once, other = act("litigate", "begun", "2026-06-10"), act("accelerate", "done", "2026-06-09")
    assert decided(late_case(once, other)).explain() == decided(late_case(once, other, once)).explain()


def test_the_last_action_about_a_measure_counts() -> None:
    decision = decided(late_case(act("litigate", "failed", "2026-06-12"), act("litigate", "begun", "2026-06-10")))
    assert "litigate" in codes(decision.measures)


# -- one step with several choices -----------------------------------------------------------------------------------


def test_choices_of_one_step_stand_side_by_side_and_name_each_other() -> None:
    decision = decided(late_case(cooperative=True))
    order = codes(decision.measures)
    assert abs(order.index("restructure") - order.index("accelerate")) == 1
    assert step(decision, "restructure").instead_of == (Measure.ACCELERATE,)
    assert step(decision, "accelerate").instead_of == (Measure.RESTRUCTURE,)


@pytest.mark.parametrize("state", ["proposed", "approved", "begun", "done"])
def test_no_other_choice_is_recommended_once_one_is_taken(state: str) -> None:
    decision = decided(late_case(act("restructure", state, "2026-06-10"), cooperative=True))
    assert "accelerate" not in codes(decision.measures)
    assert "payment_order" in codes(decision.measures)  # that is another step


@pytest.mark.parametrize(("state", "is_in_hand"), [("proposed", True), ("approved", True), ("begun", True), ("refused", False), ("failed", False)])
def test_a_choice_in_hand_silences_the_others_though_no_rule_calls_for_it_any_longer(state: str, *, is_in_hand: bool) -> None:
    decision = decided(late_case(act("restructure", state, "2026-06-10"), cooperative=False))
    assert ("accelerate" in codes(decision.measures)) is not is_in_hand
    assert [(each.measure, each.rules) for each in decision.measures_in_hand] == [(Measure.RESTRUCTURE, ())] * is_in_hand


def test_what_comes_after_a_step_waits_for_the_choice_of_it_that_is_in_hand_and_no_longer_called_for() -> None:
    notes = MeasureNote("litigate", after=["accelerate"])
    decision = acting_policy(notes).decide(late_case(act("restructure", "begun", "2026-06-10"), cooperative=False), on=ON)
    assert step(decision, "litigate").after == (Measure.RESTRUCTURE,)


def test_a_choice_that_is_not_called_for_is_none() -> None:
    assert step(decided(late_case()), "accelerate").instead_of == ()


# -- one after another -----------------------------------------------------------------------------------------------


def test_what_comes_after_a_step_waits_for_it_without_a_deadline() -> None:
    decision = decided(seized_case())
    assert codes(decision.measures) == ["demand_restoration", "accelerate"]
    accelerate = step(decision, "accelerate")
    assert (accelerate.after, accelerate.by, accelerate.late) == ((Measure.DEMAND_RESTORATION,), None, False)


def test_it_is_free_once_the_notice_of_the_step_is_over_and_its_time_counts_from_there() -> None:
    case = seized_case(act("demand_restoration", "done", "2026-06-10"))
    waiting = step(decided(case, "2026-07-10"), "accelerate")
    assert (waiting.after, waiting.by) == ((Measure.DEMAND_RESTORATION,), None)
    free = step(decided(case, "2026-07-11"), "accelerate")
    assert (free.after, free.by, free.late) == ((), Date(2026, 7, 30), False)


def test_it_is_free_at_once_where_the_step_has_failed() -> None:
    decision = decided(seized_case(act("demand_restoration", "failed", "2026-06-10")))
    assert step(decision, "accelerate").after == ()
    assert codes(decision.measures) == ["demand_restoration", "accelerate"]


def test_a_step_that_was_refused_frees_nothing() -> None:
    assert step(decided(seized_case(act("demand_restoration", "refused", "2026-06-10"))), "accelerate").after == (Measure.DEMAND_RESTORATION,)


def test_a_step_that_is_not_called_for_holds_nothing_up() -> None:
    assert step(decided(late_case()), "accelerate").after == ()


# -- what it is decided on -------------------------------------------------------------------------------------------


def test_a_measure_waits_for_facts_that_are_unknown_or_of_a_day_before_its_cause() -> None:
    unknown = late_case(cooperative=True, income_at_last_review=None)
    old = late_case(cooperative=True)  # reviewed in January, late since June
    new = late_case(cooperative=True, reviewed_on="2026-06-08")
    waits = [[fact.en for fact in step(decided(case), "restructure").waits_for] for case in (unknown, old, new)]
    assert waits == [[facts.income_change.label.en], [facts.income_change.label.en], []]


# -- bars and other rules --------------------------------------------------------------------------------------------


def test_what_is_barred_is_never_recommended_whatever_became_of_it() -> None:
    for state in ("refused", "failed", "done"):
        decision = decided(late_case(act("bulk_transfer", state, "2026-06-10")))
        assert "bulk_transfer" not in codes((*decision.measures, *decision.measures_in_hand))


def test_what_is_barred_and_in_hand_all_the_same_has_no_deadline() -> None:
    assert step(decided(late_case(act("bulk_transfer", "begun", "2026-06-10"))), "bulk_transfer").by is None


def test_nothing_is_asked_of_a_loan_that_is_settled() -> None:
    decision = decided(attrs.evolve(case_with(balance=cny(0)), actions=(act("litigate", "begun", "2026-06-10"),)))
    assert (decision.measures, decision.measures_in_hand, decision.measures_late) == ((), (), ())


def test_no_measure_rests_on_a_rule_that_is_undecided() -> None:
    decision = decided(late_case(cooperative=None))
    assert "restructure" not in codes(decision.measures)


# -- bad input -------------------------------------------------------------------------------------------------------


def test_an_action_on_a_measure_outside_the_vocabulary_is_refused_with_the_nearest_word() -> None:
    stranger = attrs.evolve(OWN_CASE, actions=(act("litigate", "begun", "2026-05-11"),))
    with pytest.raises(InvalidInputError, match=r"`CaseFile\.actions` must be in words of the policy"):
        own_policy().decide(stranger, on="2026-06-15")


def test_an_action_after_the_decision_day_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"`actions\[0\]\.on` must be on or before the decision day"):
        decided(late_case(act("litigate", "begun", "2026-06-16")))


BAD_NOTES: dict[str, tuple[dict[str, Any], str]] = {
    "a deadline where there is none": ({"deadline": Within(days=3), "has_deadline": False}, "must be left out where `has_deadline` is false"),
    "after itself": ({"after": ["litigate"]}, r"`MeasureNote\.after` must be other measures"),
    "in place of itself": ({"instead_of": ["litigate"]}, r"`MeasureNote\.instead_of` must be other measures"),
    "after what it can take the place of": ({"after": ["accelerate"], "instead_of": ["accelerate"]}, "must be measures that are not among `instead_of`"),
    "a deadline that is no time": ({"deadline": 5}, "must be a Within in whole numbers"),
    "a fact by its name": ({"needs": ["income_change"]}, "must be a tuple of Fact"),
}


@pytest.mark.parametrize(("fields", "message"), BAD_NOTES.values(), ids=BAD_NOTES)
def test_a_note_that_cannot_be_meant_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        MeasureNote("litigate", **fields)


WRONG_ORDERS: dict[str, tuple[tuple[MeasureNote, ...], str]] = {
    "a circle of two": ((MeasureNote("litigate", after=["accelerate"]), MeasureNote("accelerate", after=["litigate"])), "does not come after"),
    "a circle through a choice": (
        (MeasureNote("litigate", after=["accelerate"]), MeasureNote("accelerate", after=["grace"]), MeasureNote("grace", instead_of=["litigate"])),
        "does not come after",
    ),
    "after another choice of its step": (
        (MeasureNote("litigate", after=["accelerate"]), MeasureNote("accelerate", instead_of=["litigate"])),
        "a measure of another step",
    ),
    "a measure that is not there": ((MeasureNote("litigate", after=["remind"]),), "among the measures of the vocabulary"),
}


@pytest.mark.parametrize(("notes", "message"), WRONG_ORDERS.values(), ids=WRONG_ORDERS)
def test_an_order_that_cannot_be_kept_is_refused_when_the_vocabulary_is_built(notes: tuple[MeasureNote, ...], message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        Vocabulary(measures=notes)


def test_a_policy_refuses_notes_in_a_circle_when_it_is_built() -> None:
    with pytest.raises(InvalidInputError, match="does not come after"):
        acting_policy(MeasureNote("demand_restoration", after=["accelerate"]))


def test_a_policy_refuses_a_measure_that_waits_for_a_fact_that_no_rule_reads() -> None:
    with pytest.raises(InvalidPolicyError, match="has `litigate` wait for `home_count`, which no rule reads"):
        acting_policy(MeasureNote("litigate", needs=[facts.home_count]))


# -- words -----------------------------------------------------------------------------------------------------------


def test_the_explanation_tells_the_life_of_measures_in_both_languages() -> None:
    actions = (act("payment_order", "failed", "2026-06-10"), act("accelerate", "begun", "2026-06-09"), act("write_off", "proposed", "2026-06-11"))
    decision = decided(late_case(*actions, cooperative=True), on="2026-06-30")
    english, chinese = decision.explain("en"), decision.explain("zh")
    again = "failed on 10 Jun 2026 before, recommended again"
    for phrase in ("In hand:", "begun on 9 Jun 2026", again, "(late)", "(since 6 Jun 2026)", "no rule calls for it any longer"):
        assert phrase in english
    for phrase in ("办理中：", "此前未达目的（2026年6月10日），再次建议", "（已逾期）", "择一", "现已无规则要求"):
        assert phrase in chinese
    assert "begun on 9 Jun 2026" in decision.to_html("en")


def test_what_has_been_answered_is_told_as_such() -> None:
    text = decided(late_case(act("litigate", "done", "2026-06-10"))).explain("en")
    assert "Answered by what has been done: apply for a payment order, sue" in text


def test_own_words_have_a_life_too() -> None:
    policy = own_policy()
    (first, *_) = policy.decide(OWN_CASE, on="2026-06-15").measures
    begun = attrs.evolve(OWN_CASE, actions=(Action(first.measure, state="begun", on="2026-06-12"),))
    decision = policy.decide(begun, on="2026-06-15")
    assert [each.measure for each in decision.measures_in_hand] == [first.measure]
    assert first.measure not in [each.measure for each in decision.measures]


def test_notes_that_say_nothing_of_order_are_signed_as_before() -> None:
    plain, said = MeasureNote("litigate", owner="legal_counsel"), MeasureNote("litigate", owner="legal_counsel", deadline=Within(days=5))
    assert attrs.evolve(POLICY, measure_notes=(plain,)).digest != attrs.evolve(POLICY, measure_notes=(said,)).digest
    assert len(NOTES) == len({note.measure for note in NOTES})
