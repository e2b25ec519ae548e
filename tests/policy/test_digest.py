"""The digest covers everything that is signed and nothing else: one change of it is another digest, another way to write it is none."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.small_policy import CASE, case_with, small_policy

from revisit_policy import (
    Fact,
    Grade,
    InvalidPolicyError,
    Label,
    Lang,
    Level,
    Measure,
    MethodNote,
    Money,
    RevisitPolicy,
    RevisitPolicyError,
    Rule,
    SignalCode,
    Table,
    VisitKind,
    VisitMethod,
    Vocabulary,
    cny,
)  # fmt: skip
from revisit_policy.language.condition import All, AnyOf, Condition
from revisit_policy.outcomes import Checklist, MeasureNote
from revisit_policy.policy.canonical import FORM, canonical_text, digest_of
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.labels import Labelled

ON = "2026-06-01"
WORDS = Vocabulary(
    grades=Grade, levels=Level, signals=SignalCode, kinds=VisitKind, currency="CNY", measures=Measure,
    methods=[MethodNote(method, hours=0, officers=2 if method is VisitMethod.ON_SITE else 1) for method in VisitMethod],
)  # fmt: skip
POLICY = small_policy(vocabulary=WORDS)


# -- one change at a time --------------------------------------------------------------------------------------------------------------


def changes(value: Any) -> Iterator[Any]:
    """Values that differ from *value* in one place, as far as a class lets them be built."""
    match value:
        case Fact():
            return  # a fact changes everywhere at once: below
        case bool():
            yield not value
        case Enum():
            yield from (other for other in type(value) if other is not value)
        case str():
            yield f"{value}x"
        case int():
            yield from (value - 1, value + 1)
        case Fraction():
            yield value + Fraction(1, 100)
        case dt.date():
            yield dt.date.fromordinal(value.toordinal() + 1)
        case tuple():
            yield from (value[:at] + value[at + 1 :] for at in range(len(value)))
            yield from ((*value[:at], other, *value[at + 1 :]) for at, part in enumerate(value) for other in changes(part))
        case _ if attrs.has(type(value)):
            yield from changed_fields(value)
        case _:
            assert value is None, value  # nothing else is in a policy


def changed_fields(value: Any) -> Iterator[Any]:
    for field in attrs.fields(type(value)):
        if field.init and field.name != "calendar":
            for other in changes(getattr(value, field.name)):
                try:
                    yield attrs.evolve(value, **{field.alias: other})
                except RevisitPolicyError:
                    continue  # not every change makes sense


@cache
def changed_policies() -> tuple[RevisitPolicy, ...]:
    return tuple(changed for changed in changed_fields(POLICY) if changed != POLICY)


def test_any_single_change_of_a_policy_changes_its_digest() -> None:
    digests = {changed.digest for changed in changed_policies()} | {POLICY.digest}
    assert len(changed_policies()) > 700
    assert POLICY.digest not in {changed.digest for changed in changed_policies()}
    assert len(digests) > 700, "and nearly all of them are different from one another"


def with_fact(policy: RevisitPolicy, old: Fact, new: Fact) -> RevisitPolicy:
    """The policy in which *new* stands wherever *old* did."""

    def condition(part: Condition) -> Condition:
        if isinstance(part, All | AnyOf):
            return attrs.evolve(part, parts=tuple(map(condition, part.parts)))
        return attrs.evolve(part, fact=new) if part.fact == old else part

    def rule(each: Rule) -> Rule:
        return attrs.evolve(each, when=condition(each.when))

    def table(each: Table) -> Table:
        return attrs.evolve(each, rules=tuple(map(rule, each.rules)))

    return attrs.evolve(policy, tables=tuple(map(table, policy.tables)))


def test_any_single_change_of_a_fact_changes_the_digest() -> None:
    found = []
    for fact in POLICY.graph.facts:
        if fact.table is None:
            for other in (*changed_fields(fact), attrs.evolve(fact, register=Label("无记录", "no entry")) if fact.name == "seized" else fact):
                try:
                    found.append((other == fact, with_fact(POLICY, fact, other).digest == POLICY.digest))
                except RevisitPolicyError:
                    continue
    assert len(found) > 50
    assert all(is_equal is same_digest for is_equal, same_digest in found)


@pytest.mark.parametrize("field", [field.name for field in attrs.fields(RevisitPolicy) if field.name != "calendar"])
def test_every_field_of_a_policy_but_the_calendar_is_signed(field: str) -> None:
    """A field that is added later is among them without a word here."""
    assert any(getattr(changed, field) != getattr(POLICY, field) for changed in changed_policies())


def test_notes_and_checklists_are_signed_from_nothing_up() -> None:
    bare = attrs.evolve(POLICY, measure_notes=(), checklists=())
    noted = attrs.evolve(bare, measure_notes=[MeasureNote("remind")])
    listed = attrs.evolve(bare, checklists=[Checklist("first", [])])
    assert len({policy.digest for policy in (POLICY, bare, noted, listed)}) == 4


# -- what changes nothing --------------------------------------------------------------------------------------------------------------


@given(data=st.data())
def test_equal_digests_decide_alike_however_the_content_was_written(data: st.DataObject) -> None:
    other = small_policy(
        measure_notes=data.draw(st.permutations(POLICY.measure_notes)), checklists=data.draw(st.permutations(POLICY.checklists)),
        vocabulary=WORDS,
    )
    other = attrs.evolve(other, tables=data.draw(st.permutations(other.tables)))
    assert (other.digest, canonical_text(other)) == (POLICY.digest, canonical_text(POLICY))
    case = case_with(days_past_due=data.draw(st.integers(0, 400)), seized=data.draw(st.booleans()))
    found, expected = (policy.decide(case, on=ON) for policy in (other, POLICY))
    assert repr(found) == repr(expected)
    assert canonical_text(found) == canonical_text(expected)
    assert [found.explain(lang) for lang in Lang] == [expected.explain(lang) for lang in Lang]


def test_a_limit_is_signed_by_its_value_and_not_by_how_it_was_typed() -> None:
    thin = POLICY.rule("signal-thin")
    for typed in ("0.8", "0.800", "4/5", Fraction(4, 5), Decimal("0.80")):
        assert POLICY.replacing(attrs.evolve(thin, when=thin.when.fact >= typed)).digest == POLICY.digest  # type: ignore[union-attr]


def test_the_calendar_stands_beside_the_digest_in_every_decision() -> None:
    closed = CHINA.overlay(edition="HILLS", off=["2026-06-08"])
    other = attrs.evolve(POLICY, calendar=closed)
    late = case_with(days_past_due=1)
    here, there = (policy.decide(late, on=ON) for policy in (POLICY, other))
    assert here.digest == there.digest == attrs.evolve(POLICY, calendar=None).digest
    assert here.schedule != there.schedule
    assert here.calendar != there.calendar


def test_another_checklist_is_another_policy() -> None:
    longer = [attrs.evolve(each, items=(*each.items, Label("再核实一项", "one item more"))) for each in POLICY.checklists]
    after = attrs.evolve(POLICY, checklists=longer)
    assert after.decide(CASE, on=ON).schedule != POLICY.decide(CASE, on=ON).schedule
    assert after.digest != POLICY.digest


# -- the text --------------------------------------------------------------------------------------------------------------------------


class Standing(Labelled):
    """As the class of another module is called."""

    GOOD = "good", "好", "good"


class Plain(Enum):
    """An enumeration without labels."""

    A = 1


TEXTS = {
    "nothing": (None, "null"),
    "a truth is no number": ((True, 1, "1"), '[true,1,"1"]'),
    "an amount": (cny("0.01"), '{"$":"Money","currency":"CNY","minor":1}'),
    "an amount beyond what JSON holds": (
        Money(2**53, "CNY"), '{"$":"Money","currency":"CNY","minor":{"$":"whole","digits":"9007199254740992"}}',
    ),
    "a fraction in lowest terms": (Fraction(4, 6), '{"$":"ratio","over":2,"under":3}'),
    "a decimal": (Decimal("0.10"), '{"$":"decimal","digits":"0.10"}'),
    "a binary fraction": (0.5, '{"$":"float","hex":"0x1.0000000000000p-1"}'),
    "a day": (dt.date(2026, 6, 1), '{"$":"day","iso":"2026-06-01"}'),
    "a grade": (Grade.LOSS, '{"$":"Grade","code":"loss","en":"loss","zh":"损失"}'),
    "a member of a scale of one's own": (Standing.GOOD, '{"$":"Standing","code":"good","en":"good","zh":"好"}'),
    "a member without a label": (Plain.A, '{"$":"Plain","code":1}'),
    "quotes, breaks and controls": ('"\\\n\x1f\u2028é', '"\\"\\\\\\n\\u001f\u2028é"'),
    "what is not there is not written": (
        MeasureNote("remind"), '{"$":"MeasureNote","measure":{"$":"Measure","code":"remind","en":"remind of the payment","zh":"还款提醒"},"sources":[]}',
    ),
}


@pytest.mark.parametrize(("value", "text"), TEXTS.values(), ids=TEXTS)
def test_a_value_is_written_as_the_form_says(value: object, text: str) -> None:
    assert canonical_text(value) == f'{{"form":{FORM},"value":{text}}}'


def test_a_fact_is_written_once_and_named_where_it_is_compared() -> None:
    read = json.loads(canonical_text(POLICY))
    assert set(read) == {"facts", "form", "value"}
    assert set(read["facts"]) == {fact.name for fact in POLICY.graph.facts if fact.table is None}
    grade = next(table for table in read["value"]["tables"] if table["id"] == "grade")
    assert grade["rules"][0]["when"] == {"$": "Compare", "fact": {"$": "fact", "name": "days_past_due"}, "limit": 0, "operator": ">"}
    measures = next(table for table in read["value"]["tables"] if table["id"] == "measures")
    assert measures["rules"][1]["when"]["fact"] == {"$": "outcome", "table": "grade"}


def test_the_text_is_canonical_json_and_the_digest_its_hash() -> None:
    for policy in (POLICY, cn_housing.policy(), cn_housing.policy_2007()):
        text = canonical_text(policy)
        assert json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True) == text
        assert policy.digest == digest_of(policy) == hashlib.sha256(text.encode()).hexdigest()
        assert " object at 0x" not in text


def test_what_has_no_content_to_be_signed_is_refused() -> None:
    with pytest.raises(InvalidPolicyError, match="`object` has no fields to be signed"):
        canonical_text((1, object()))


def test_two_facts_of_one_name_are_not_taken_for_one() -> None:
    one, other = (Fact.count("days", low=0, high=high, label=Label("天", "days")) for high in (9, 10))
    with pytest.raises(InvalidPolicyError, match="two different facts have this name"):
        canonical_text((one, other))
