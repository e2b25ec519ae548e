"""The catalogue of facts is complete: everything in it can be read, and everything a bank knows is in it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import attrs
import pytest
from tests.casefile import files

import revisit_policy.facts
from revisit_policy.casefile import facts
from revisit_policy.casefile.borrower import BorrowerProfile
from revisit_policy.casefile.case_columns import FIELDS
from revisit_policy.casefile.collateral import Collateral
from revisit_policy.casefile.loan import Loan
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.casefile.rows.field_label import FIELD_LABELS
from revisit_policy.errors import InvalidValueError
from revisit_policy.language.derivation import (
    SUPPLIED,
    CountOf,
    DaysFromTo,
    DaysSince,
    Derivation,
    Field,
    Greatest,
    GrownDaily,
    Latest,
    Least,
    MonthsBegun,
    MonthsElapsed,
    MonthsUntil,
    Quotient,
    RelativeChange,
    Supplied,
)
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.grade import UNCLASSIFIED

PARTS = {"loan": Loan, "borrower": BorrowerProfile, "collateral": Collateral, "market": MarketConditions, "determination": Determination}
GIVEN_BY_THE_CALLER = {"visit_kind", "score"}

READ_OTHERWISE = {
    "loan.loan_no": "names the loan",
    "loan.extended_to": "read as the maturity, and as extended",
    "loan.restructured_on": "read as restructured, and by the signal's beginning",
    "loan.person_needed_since": "a plan reads it: visits are caught up from it",
    "loan.reclassified_on": "the rulebook reads it to choose the edition",
    "borrower.id": "names the borrower",
    "borrower.reviewed_on": "the beginning of signals",
    "market.region": "text for people",
    "determination.role": "text for people",
    "market.as_of": "the beginning of signals",
}
"""The fields that no fact reads by themselves, and who does."""


def paths(derived: Derivation) -> Iterator[str]:
    match derived:
        case Field(path):
            yield path
        case Quotient(over, under):
            yield from (*over.paths, *under.paths)
        case RelativeChange(now, before):
            yield from (now, before)
        case DaysSince(day) | MonthsElapsed(day) | MonthsBegun(day) | MonthsUntil(day):
            yield from paths(day)
        case DaysFromTo(first, last):
            yield from (first.path, last.path)
        case Greatest(several) | Least(several):
            yield from several
        case GrownDaily(count, as_of, since):
            yield from (count, as_of, since)
        case Latest(collection) | CountOf(collection):
            yield collection
        case Supplied():
            pass


each_fact = pytest.mark.parametrize("fact", facts.CATALOGUE, ids=lambda fact: fact.name)


@each_fact
def test_a_fact_has_a_name_for_people_in_both_languages(fact: Fact) -> None:
    assert fact.label.zh.strip()
    assert fact.label.en.strip()
    assert fact.label.zh != fact.label.en


@each_fact
def test_a_fact_stands_under_its_own_name(fact: Fact) -> None:
    assert getattr(facts, fact.name) is fact
    assert getattr(revisit_policy.facts, fact.name) is fact


@each_fact
def test_the_derivation_of_a_fact_leads_somewhere(fact: Fact) -> None:
    for path in paths(fact.derived):
        part, _, field = path.partition(".")
        assert field in {found.name for found in attrs.fields(PARTS[part])} or isinstance(getattr(PARTS[part], field), property) or field == "matures_on"


@each_fact
def test_a_count_has_a_unit_and_nothing_else_has(fact: Fact) -> None:
    assert (fact.unit is not None) is isinstance(fact.domain, Counts)


@each_fact
def test_only_the_caller_s_own_facts_are_supplied(fact: Fact) -> None:
    assert (fact.derived == SUPPLIED) is (fact.name in GIVEN_BY_THE_CALLER)


@each_fact
def test_a_register_says_why_nothing_on_file_means_no_entry(fact: Fact) -> None:
    if fact.register is not None:
        assert fact.register.zh.strip()
        assert fact.register.en.strip()
        assert isinstance(fact.domain, Flags | Counts) or (isinstance(fact.domain, Choices) and fact.domain.ordered)


@each_fact
def test_the_repr_of_a_fact_can_be_pasted_back(fact: Fact) -> None:
    import revisit_policy as rp
    from revisit_policy.language import derivation
    from revisit_policy.values.dates import Date

    offered = {name: getattr(rp, name) for name in rp.__all__} | vars(derivation) | {"Date": Date}
    assert eval(repr(fact), offered) == fact  # noqa: S307 - pasting back is what is tested


def test_a_field_that_can_say_no_entry_is_a_register_in_the_catalogue_and_no_other_is() -> None:
    plain = {path: fact for fact in facts.CATALOGUE if isinstance(fact.derived, Field) for path in paths(fact.derived)}
    for part, kind in PARTS.items():
        for field in attrs.fields(kind):
            fact = plain.get(f"{part}.{field.name}")
            if fact is not None:
                says_no_entry = field.default is False or (field.default is not None and field.default == 0) or fact.when_absent is UNCLASSIFIED
                assert (fact.register is not None) is says_no_entry, fact.name


def test_every_field_of_a_case_file_is_read_by_a_fact_or_has_another_reader() -> None:
    read = {path for fact in facts.CATALOGUE for path in paths(fact.derived)}
    there = {f"{part}.{field.name}" for part, kind in PARTS.items() for field in attrs.fields(kind)}
    assert there - read == set(READ_OTHERWISE)


def test_the_names_and_the_labels_in_the_catalogue_are_all_different() -> None:
    assert len({fact.name for fact in facts.CATALOGUE}) == len(facts.CATALOGUE)
    assert len({fact.label.zh for fact in facts.CATALOGUE}) == len(facts.CATALOGUE)
    assert len({fact.label.en for fact in facts.CATALOGUE}) == len(facts.CATALOGUE)


def test_what_grows_daily_are_counts_of_days() -> None:
    assert {fact.unit for fact in facts.GROWS_DAILY} == {facts.days_past_due.unit}
    assert frozenset(facts.CATALOGUE) >= set(facts.GROWS_DAILY)


def test_every_fact_is_offered_by_the_room_s_front_door() -> None:
    assert {fact.name for fact in facts.CATALOGUE} <= set(facts.__all__)
    assert [name for name in facts.__all__ if not hasattr(revisit_policy.facts, name)] == []


def test_a_full_case_file_leaves_only_the_caller_s_facts_unknown() -> None:
    from revisit_policy.language.extraction.extraction import Extraction

    snapshot = Extraction(facts.CATALOGUE).snapshot(files.FULL, on="2026-11-23", supplied={})
    assert set(snapshot.missing) == GIVEN_BY_THE_CALLER


@pytest.mark.parametrize("fact", [fact for fact in facts.CATALOGUE if isinstance(fact.domain, Ratios)], ids=lambda fact: fact.name)
def test_a_percentage_without_its_noughts_is_no_limit_of_a_rule(fact: Fact) -> None:
    for limit in (80, "12.5", Decimal("7.5")):
        with pytest.raises(InvalidValueError, match="did you mean"):
            _ = fact >= limit


def test_every_field_of_a_case_file_is_called_something_in_both_languages() -> None:
    assert list(FIELD_LABELS) == list(FIELDS)
    assert [path for path, label in FIELD_LABELS.items() if label.zh == label.en] == []
    assert len({label.zh for label in FIELD_LABELS.values()}) == len(FIELD_LABELS)
