"""Every public value can be recorded: what is written is read back, equal and with the same bytes."""

from __future__ import annotations

import datetime as dt
import importlib
import typing
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from types import NoneType
from typing import Any, Final

import attrs
import pytest
import rfc8785
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from tests.architecture.public_surface import PACKAGE
from tests.records.ledgers import ledger_of

from revisit_policy import Decision, Grade, Money, RevisitPolicyError, VisitKind, cny, facts
from revisit_policy.casefile.own.own_facts import OwnFacts, to_own
from revisit_policy.contact import ContactRule, Hours
from revisit_policy.language import (
    All,
    AnyOf,
    Choices,
    Compare,
    CountOf,
    DaysFromTo,
    Field,
    FlagIs,
    GrownDaily,
    Heard,
    Includes,
    Latest,
    Measured,
    OneOf,
    Ratios,
    RelativeChange,
    Sets,
)
from revisit_policy.policy import BoundTable
from revisit_policy.records import ConsistencyProof, Entry, Head, InclusionProof, SealedField, Told, from_dict, from_json, to_dict, to_json
from revisit_policy.records.codecs.kinds import KINDS, hints_of
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import Arrears, ArrearsConvention, DatedFact, Instalment, LoanAccount, PriceIndex, arrears
from revisit_policy.testing.strategies.public_values import _MADE
from revisit_policy.values import Labelled, WorkCalendar
from revisit_policy.values.moments import to_moment

BELOW: Final = ("values", "outcomes", "language", "casefile", "planning", "servicing", "contact", "workload", "policy")
LEAVES: Final = {"Date", "Money"}

#: Public classes whose values are no part of a record, and why.
NOT_RECORDED: Final = {
    "Agenda": "what planning is told, made from what a policy decided",
    "Assessment": "what a decision is made from; the decision tells it",
    "Assessments": "what a policy remembers",
    "Because": "words of a duty",
    "Both": "a step of the generated reader",
    "ClassificationRun": "follows from a result",
    "Combinable": "what conditions have in common",
    "ContactRule": "a protocol: whichever rule stands there is recorded",
    "Decided": "a protocol: what reminders read of a decision",
    "Decision": "recorded as a DecisionRecord, without its policy",
    "Duty": "what planning is told, made from an obligation that a table says",
    "DutyOrder": "what a duty is made from",
    "Either": "a step of the generated reader",
    "Errand": "what planning is told, made from what tables say of a visit",
    "ErrandOrder": "what an errand is made from",
    "Extraction": "how facts are read, made from the facts",
    "Folding": "how a table folds, made from the table",
    "Found": "what the generated reader says, made from the facts",
    "GeneratedReader": "made from the tables",
    "Glance": "of a decision what is asked most often: what is to be recorded is decided in full",
    "Group": "made from the rules of a table",
    "Labelled": "what enumerations have in common",
    "Layout": "made from the steps of a result",
    "Line": "made from a rule",
    "MaskReader": "made from the tables",
    "MeasureOrder": "made from the notes on measures",
    "Memory": "what was made once",
    "OrderedLabelled": "what enumerations have in common",
    "Owed": "a duty of one loan, made from what a policy decided",
    "PlanCalendar": "a calendar as planning counts it",
    "PlanMemory": "what planning remembers",
    "PlanRequest": "what planning is told, made from a case file and what tables say of it",
    "Reading": "what the reference reader says, made from the facts",
    "Reason": "part of an assessment",
    "Resolution": "what tables say, made from the facts",
    "ResultStage": "one of the days of a result, which is recorded",
    "RulingReader": "made from the tables",
    "Slot": "the place of a table in a class",
    "Stem": "a step of the generated reader",
    "Stems": "made from the conditions of a table",
    "Unparenthesized": "what facts and conditions have in common",
    "Upgrade": "part of a decision, which is recorded",
    "VisitReader": "made from the tables",
    "VisitReading": "made from the facts of a case",
    "WorkCalendar": "a protocol: a NoticeCalendar is recorded whole, any other by its edition",
}


def _public() -> Iterator[tuple[str, type[Any]]]:
    rooms = [importlib.import_module(PACKAGE), *(importlib.import_module(f"{PACKAGE}.{room}") for room in BELOW)]
    for room in rooms:
        for name in vars(room)["__all__"]:
            value = getattr(room, name)
            if isinstance(value, type) and not issubclass(value, BaseException) and value.__module__.startswith(PACKAGE):
                yield name, value


def test_every_public_class_is_recorded_or_says_why_not() -> None:
    recorded = set(KINDS.values())
    left_out = {name for name, kind in _public() if kind not in recorded and name not in LEAVES}
    assert left_out == set(NOT_RECORDED)


def test_every_name_in_a_record_means_one_class() -> None:
    assert len(set(KINDS.values())) == len(KINDS)


# -- values ----------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(categories=("Ll", "Lu", "Lo", "Nd")), min_size=1, max_size=8)
NAMES = st.text(st.characters(max_codepoint=0xFFFF, categories=("Ll", "Lu", "Lo", "Nd")), min_size=1, max_size=8)  # a record refuses others as names
FEW = st.integers(1, 60)
POLICY: Final = cn_housing.policy()
OPEN = st.none() | st.booleans() | FEW | TEXTS | st.sampled_from(cn_housing.rulebook.editions).map(lambda edition: edition.since)
CLOCK = st.sampled_from(["2026-11-24T19:30:00+08:00", "2026-11-24T08:00:00+06:00"]).map(to_moment)
PLAIN: Final[dict[Any, st.SearchStrategy[Any]]] = {
    str: TEXTS,
    int: FEW,
    bool: st.booleans(),
    NoneType: st.none(),
    Labelled: st.sampled_from(VisitKind),
    float: st.floats(allow_nan=False),
    Fraction: st.fractions(0, 1, max_denominator=1000),
    dt.datetime: CLOCK,
    Any: OPEN,
    typing.Hashable: OPEN,
    WorkCalendar: st.just(POLICY.calendar),
}


def _conditions() -> Iterator[Any]:
    """Every condition of the shipped policy, with what it is made of."""
    waiting: list[Any] = [rule.condition for table in POLICY.tables for rule in table.rules]
    while waiting:
        condition = waiting.pop()
        yield condition
        waiting += getattr(condition, "parts", ())


WRITTEN: Final = {kind: [each for each in _conditions() if type(each) is kind] for kind in (Compare, OneOf, FlagIs, Includes, All, AnyOf)}
ACCOUNT: Final = LoanAccount(
    disbursed_on="2025-02-20",
    principal=cny(800_000),
    instalments=[Instalment(due_on=f"2025-0{month}-20", principal=cny(1_500), interest=cny(2_200)) for month in range(3, 7)],
)
LEDGER: Final = ledger_of(5)
FIELDS: Final = [field for entry in LEDGER.entries for field in entry.fields]
PATHS = st.sampled_from(["visits", "completed_on", "loan.balance"])
HARD: Final[dict[Any, st.SearchStrategy[Any]]] = {
    **{kind: st.sampled_from(found) for kind, found in WRITTEN.items()},
    Heard: st.builds(Heard, comparison=st.sampled_from(WRITTEN[Compare]), truth=st.booleans(), value=OPEN),
    Choices: st.lists(TEXTS, min_size=1, unique=True).map(lambda items: Choices(tuple(items))),
    Sets: st.just(Sets((Grade.LOSS, Grade.NORMAL))),
    Ratios: st.just(Ratios("0", "1.5")),
    CountOf: st.builds(CountOf, PATHS, PATHS, months=st.none() | FEW),
    Hours: st.just(Hours("08:00", "20:00")),
    Measured: st.builds(Measured, PATHS, PATHS),
    DaysFromTo: st.just(DaysFromTo(Field("own.applied_on"), Field("own.sale_on"))),
    GrownDaily: st.just(facts.days_past_due.derived),
    OwnFacts: st.dictionaries(st.sampled_from(["rooms", "insured_until"]), FEW | TEXTS, max_size=2).map(to_own),
    Latest: st.builds(Latest, PATHS, PATHS),
    ArrearsConvention: st.sampled_from([cn_housing.ARREARS_CONVENTION, cn_housing.ARREARS_CONVENTION_S67]),
    RelativeChange: st.builds(RelativeChange, PATHS, PATHS),
    BoundTable: st.sampled_from([POLICY.table(table.id) for table in POLICY.tables]),
    Told: st.dictionaries(NAMES, FEW | TEXTS, max_size=2).map(Told.of),
    ContactRule: st.sampled_from(cn_housing.CONTACT_RULES),
    Head: st.integers(0, 5).map(LEDGER.head_at),
    SealedField: st.sampled_from([*FIELDS, *(field.dropped() for field in FIELDS)]),
    Entry: st.sampled_from([each for entry in LEDGER.entries for each in (entry, entry.dropping(["borrower"]))]),
    InclusionProof: st.sampled_from([LEDGER.inclusion(entry.key) for entry in LEDGER.entries]),
    ConsistencyProof: st.integers(0, 5).map(LEDGER.head_at).map(LEDGER.consistency),
    Arrears: st.just(arrears(ACCOUNT, cn_housing.ARREARS_CONVENTION, on="2025-06-18")),
    PriceIndex: st.just(PriceIndex(region="广州", kind="change", figures={"2026-09": "1.002", "2026-10": "0.998"})),
    DatedFact: st.just(DatedFact(field="loan.days_past_due", value=45, true_on="2026-11-01", known_on="2026-11-03")),
}


def drawn(hint: Any) -> st.SearchStrategy[Any]:
    """Values of what is annotated with *hint*: drawn as they are elsewhere, or made of parts that are drawn."""
    parts = typing.get_args(hint)
    if hint in _MADE and hint is not Decision:
        return _MADE[hint]()
    if hint in PLAIN or hint in HARD:
        return (PLAIN | HARD)[hint]
    if typing.get_origin(hint) is tuple:
        return st.lists(drawn(parts[0]), max_size=2).map(tuple) if parts[-1] is Ellipsis else st.tuples(*map(drawn, parts))
    if typing.get_origin(hint) is typing.Literal:
        return st.sampled_from(parts)
    if parts and isinstance(typing.get_origin(hint), type) and issubclass(typing.get_origin(hint), typing.Mapping):
        return st.dictionaries(NAMES if parts[0] is str else drawn(parts[0]), drawn(parts[1]), max_size=2)
    if parts:
        return st.one_of(*map(drawn, parts))
    return made(hint)


@st.composite
def _made(draw: st.DrawFn, kind: Any) -> Any:
    names = {field.name: field.alias for field in attrs.fields(kind) if field.init}
    try:
        return kind(**{alias: draw(drawn(hints_of(kind)[name])) for name, alias in names.items()})
    except (RevisitPolicyError, ExceptionGroup):
        reject()


def made(kind: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(kind) if issubclass(kind, Enum) else _made(kind)


@pytest.mark.parametrize("name", KINDS)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], max_examples=2)
@given(data=st.data())
def test_what_is_written_is_read_back_with_the_same_bytes(name, data) -> None:
    value = data.draw(drawn(KINDS[name]))
    text = to_json(value)
    assert text.encode() == rfc8785.dumps(to_dict(value))
    again = from_json(text, KINDS[name], vocabulary=cn_housing.rulebook)
    assert again == value
    assert to_json(again) == text



def test_a_fact_in_two_currencies_stands_once_in_each_and_is_read_back_in_each() -> None:
    limits = All(tuple(facts.balance > Money.of(amount, currency) for amount, currency in (("1000", "CNY"), ("900", "USD"), ("800", "CNY"))))
    stored = to_dict(limits)
    assert set(stored["facts"]) == {"balance", "balance#2"}
    again = from_dict(stored)
    assert again == limits
    assert [each.fact.domain.low.currency for each in again.parts] == ["CNY", "USD", "CNY"]


def test_a_snapshot_says_its_amounts_in_the_same_currency_when_it_is_read_back() -> None:
    verdicts = POLICY.graph.leading_to("first_window").verdicts(principal=cny(9_000_000))
    again = from_json(to_json(verdicts), KINDS["Verdicts"], vocabulary=cn_housing.rulebook)
    assert again.facts["principal"] == verdicts.facts["principal"] == cny(9_000_000)
