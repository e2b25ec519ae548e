"""Words of a bank's own: fields that take any labelled enumeration, and policies that say what no shipped one does."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest
from tests.policy.small_policy import CASE, rule, small_policy, table

from revisit_policy import Grade, InvalidInputError, RevisitPolicy, Rule, Signal, Unclassified, facts
from revisit_policy.outcomes import Obligation, ObligationKind, VisitKind, Vocabulary, Within
from revisit_policy.records import from_dict, from_json, recorded, replay, to_dict, to_json
from revisit_policy.records.codecs.class_fields import class_codec
from revisit_policy.records.codecs.codec import Reading, Writing
from revisit_policy.records.codecs.misread import MisreadError
from revisit_policy.records.codecs.shelf import codec_of
from revisit_policy.values import Labelled, OrderedLabelled


class Kind(Labelled, zh="类型"):
    """Kinds of visit of a bank's own."""

    COURTESY = "courtesy", "礼节性回访", "courtesy visit"
    FIRST = "first", "首访", "first call"


class Mood(OrderedLabelled, zh="心情"):
    """A scale of a bank's own."""

    FINE = "fine", "良好", "fine"
    SOUR = "sour", "不佳", "sour"


def to_kind(value: Labelled | str) -> Labelled:
    return value if isinstance(value, Labelled) else VisitKind.parse(value)


@attrs.frozen(kw_only=True)
class Call:
    """Takes a member of any enumeration, or the code of a `VisitKind`."""

    kind: Labelled = attrs.field(converter=to_kind)
    grade: OrderedLabelled | Unclassified | None = attrs.field(default=None, converter=lambda value: Grade.parse(value) if isinstance(value, str) else value)


CODEC: Final = class_codec(Call, codec_of, name="Call", hints={"kind": Labelled, "grade": OrderedLabelled | Unclassified | None})
READING: Final = Reading(kinds={"Kind": Kind, "Mood": Mood})

WRITTEN: Final = {
    "one of ours by its code": (Call(kind="first"), {"kind": "first"}),
    "one of the bank's own with what it is": (Call(kind=Kind.COURTESY), {"kind": {"is": "own:Kind", "value": "courtesy"}}),
    "one of the bank's own that has a code of ours": (Call(kind=Kind.FIRST), {"kind": {"is": "own:Kind", "value": "first"}}),
    "a grade of ours": (Call(kind="first", grade="loss"), {"kind": "first", "grade": "loss"}),
    "a grade of the bank's own": (Call(kind="first", grade=Mood.SOUR), {"kind": "first", "grade": {"is": "own:Mood", "value": "sour"}}),
    "what is neither": (Call(kind="first", grade=Unclassified.UNCLASSIFIED), {"kind": "first", "grade": {"is": "Unclassified", "value": "unclassified"}}),
}


@pytest.mark.parametrize(("value", "plain"), WRITTEN.values(), ids=WRITTEN.keys())
def test_a_field_that_takes_any_word_keeps_codes_of_ours_as_they_are(value, plain) -> None:
    assert CODEC.write(value, Writing()) == plain
    assert CODEC.read(plain, READING) == value


def test_a_code_that_is_none_of_ours_is_refused_with_those_that_are() -> None:
    with pytest.raises(MisreadError) as caught:
        CODEC.read({"kind": "courtesy"}, READING)
    assert "`first`" in str(caught.value.told())


def test_an_obligation_of_a_kind_of_the_banks_own_comes_back() -> None:
    for value in (Obligation(Kind.COURTESY, Within(days=30)), ObligationKind(Kind.COURTESY, met_by=(VisitKind.FIRST,))):
        assert from_json(to_json(value), vocabulary=[Kind]) == value


def own_policy() -> RevisitPolicy:
    says: tuple[Rule, ...] = (rule("late", facts.days_past_due > 30, Mood.SOUR),)
    policy = small_policy()
    return attrs.evolve(policy, tables=(*policy.tables, table("mood", Mood, "worst", *says, otherwise=Mood.FINE)))


def test_a_vocabulary_hands_over_the_classes_of_its_words() -> None:
    words = Vocabulary(kinds=[next(iter(Kind))], levels=list(Mood))
    assert from_json(to_json(words), vocabulary=words) == words


def test_a_policy_of_the_banks_own_words_comes_back_if_they_are_handed_over() -> None:
    policy = own_policy()
    record = to_dict(policy)
    for vocabulary in (policy, [Mood]):
        again: Any = from_dict(record, vocabulary=vocabulary)
        assert (again, again.digest) == (policy, policy.digest)
    with pytest.raises(InvalidInputError, match=r"hand the bank's own classes over with `vocabulary=`"):
        from_dict(record)


def test_a_decision_of_the_banks_own_words_needs_nothing_to_be_read_and_is_asked_again() -> None:
    policy = own_policy()
    decision = policy.decide(CASE, on="2026-06-30")
    record = from_json(to_json(decision))
    assert record == recorded(decision)
    assert record.told["tables"]["mood"]["outcome"] in {"fine", "sour"}
    assert replay(record, policy).decision == decision


def test_outcomes_that_are_values_of_ours_say_what_they_are() -> None:
    signal = Signal("arrears", level="yellow")
    assert to_dict(rule("late", facts.days_past_due > 30, signal))["value"]["then"]["is"] == "Signal"




def test_facts_of_the_banks_own_are_plain_values_by_name() -> None:
    case = attrs.evolve(CASE, own={"insured_until": "2027-03-01", "rooms": 3, "gated": True})
    assert to_dict(case)["value"]["own"] == {"gated": True, "insured_until": "2027-03-01", "rooms": 3}
    assert from_json(to_json(case)) == case
    spoilt = to_dict(case)
    spoilt["value"]["own"]["rooms"] = [3]
    with pytest.raises(InvalidInputError, match=r"`record.own") as caught:
        from_dict(spoilt)
    assert "2027-03-01" not in str(caught.value)
