"""Relations between facts hold for every case file that can be built."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.casefile.strategies import ON, case_files, days_about_on, or_unknown

from revisit_policy import facts
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.fact_relations import ALWAYS_KNOWN, FACT_RELATIONS, Bound, Impossible
from revisit_policy.casefile.loan import Repayment
from revisit_policy.casefile.relation_checks import RelationCheck, RelationChecks, checks_between_parts, checks_of, checks_on_a_day
from revisit_policy.casefile.relations import MANY, RELATIONS
from revisit_policy.language.condition import Condition, comparisons
from revisit_policy.language.extraction.extraction import Extraction
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.readers.reference import truth
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money

BOUNDS = [pytest.param(relation, id=" ".join(fact.name for fact in relation.facts)) for relation in FACT_RELATIONS if isinstance(relation, Bound)]
IMPOSSIBLE = [pytest.param(relation, id=repr(relation.condition)[:90]) for relation in FACT_RELATIONS if isinstance(relation, Impossible)]


def spends_on_housing_what_it_spends(case: CaseFile) -> bool:
    """All debt service includes the instalment and the property fee: so it is defined, and nothing checks it."""
    service, parts = case.borrower.monthly_debt_service, (case.loan.instalment, case.borrower.property_fee)
    return service is None or service.minor >= sum(part.minor for part in parts if part is not None)


def holds(condition: Condition, case: CaseFile, on: Date) -> bool:
    asked: tuple[Fact, ...] = tuple(dict.fromkeys(part.fact for part in comparisons(condition)))
    snapshot = Extraction(asked).snapshot(case, on=on, supplied={})
    return truth(condition, {name: snapshot.encoded(name) for name in snapshot}) is True


@pytest.mark.parametrize("relation", BOUNDS)
@given(case=case_files, on=days_about_on)
def test_a_sum_of_facts_keeps_within_its_bounds(relation: Bound, case: CaseFile, on: Date) -> None:
    day = max(on, ON)
    if facts.total_dsr in relation.facts:
        assume(spends_on_housing_what_it_spends(case))
    snapshot = Extraction(relation.facts).snapshot(case, on=day, supplied={})
    if None in snapshot.values or not holds(relation.where, case, day):
        return
    total = sum(factor * value for (factor, _), value in zip(relation.terms, snapshot.values, strict=True))
    assert relation.low is None or total >= relation.low
    assert relation.high is None or total <= relation.high


@pytest.mark.parametrize("relation", IMPOSSIBLE)
@given(case=case_files)
def test_an_impossible_condition_holds_for_no_case_file(relation: Impossible, case: CaseFile) -> None:
    assert not holds(relation.condition, case, ON)


@given(case=case_files)
def test_what_every_case_file_tells_is_never_unknown(case: CaseFile) -> None:
    known = tuple(fact for fact in facts.CATALOGUE if fact in ALWAYS_KNOWN)
    assert len(known) == len(ALWAYS_KNOWN)
    assert None not in Extraction(known).snapshot(case, on=ON, supplied={}).values


def test_relations_are_about_facts_of_the_catalogue_and_the_decision_day() -> None:
    for relation in FACT_RELATIONS:
        condition = relation.where if isinstance(relation, Bound) else relation.condition
        about = {part.fact for part in comparisons(condition)} | set(relation.facts if isinstance(relation, Bound) else ())
        assert about <= {*facts.CATALOGUE, DECISION_DAY}
        assert relation.because.zh
        assert relation.because.en


@given(st.data())
def test_months_on_book_and_remaining_months_add_up_to_the_term_unless_it_was_extended(data: st.DataObject) -> None:
    case = data.draw(case_files)
    asked = (facts.months_on_book, facts.remaining_months, facts.term_months)
    on_book, remaining, term = Extraction(asked).snapshot(case, on=ON, supplied={}).values
    assert on_book + remaining in {term, term + 1}



def _drawn(draw: st.DrawFn, path: str, currencies: tuple[str, ...]) -> object:
    """A value that a field at *path* could hold, or None; small, so that relations are broken as often as kept."""
    days = st.integers(0, 60).map(lambda days: Date.fromordinal(ON.toordinal() - 30 + days))
    if path == "loan.repayment":
        return draw(st.sampled_from(Repayment))
    if path.endswith(("_on", "_until", "_to", "as_of", "since", "maturity")):
        return draw(or_unknown(days))
    if path in {"loan.days_past_due", "loan.months_clean_since_cure"} or ".missed" in path:
        return draw(or_unknown(st.integers(0, 60)))
    return draw(or_unknown(st.builds(Money, minor=st.integers(0, 9), currency=st.sampled_from(currencies))))


@st.composite
def plain_files(draw: st.DrawFn, currencies: tuple[str, ...] = ("CNY",)) -> SimpleNamespace:
    """What looks like a case file to a relation, whether or not it could be one."""
    parts: dict[str, dict[str, object]] = {}
    for path in dict.fromkeys(path for relation in RELATIONS for path in relation.paths if path not in {"on", *MANY}):
        part, _, field = path.partition(".")
        parts.setdefault(part, {})[field] = _drawn(draw, path, currencies)
    days = st.integers(0, 60).map(lambda days: Date.fromordinal(ON.toordinal() - 30 + days))
    visits = [SimpleNamespace(completed_on=day) for day in draw(st.lists(days, max_size=2))]
    events = [SimpleNamespace(since=day) for day in draw(st.lists(days, max_size=2))]
    actions = [SimpleNamespace(on=day) for day in draw(st.lists(days, max_size=2))]
    return SimpleNamespace(**{part: SimpleNamespace(**held) for part, held in parts.items()}, visits=visits, events=events, actions=actions)


ALL_CHECKS = [
    pytest.param(checks, id=name)
    for name, checks in {"loan": checks_of("loan"), "borrower": checks_of("borrower"), "between parts": checks_between_parts()}.items()
]


def _one_by_one(checks: RelationChecks, owner: object, on: Date | None = None) -> list[str]:
    return [str(found) for relation in checks.relations for found in RelationCheck(relation, checks.part).faults(owner, on)]


@pytest.mark.parametrize("checks", ALL_CHECKS)
@given(case=plain_files())
def test_relations_asked_at_once_are_kept_where_each_of_them_is(checks: RelationChecks, case: SimpleNamespace) -> None:
    owner = getattr(case, checks.part) if checks.part else case
    assert (checks.unless_kept(owner) == ()) is (_one_by_one(checks, owner) == [])


@given(case=plain_files())
def test_relations_with_the_day_asked_at_once_find_what_each_of_them_finds(case: SimpleNamespace) -> None:
    checks = checks_on_a_day()
    assert [str(found) for found in checks.faults(case, ON)] == _one_by_one(checks, case, ON)


@pytest.mark.parametrize("checks", ALL_CHECKS)
@given(case=plain_files(("CNY", "USD")))
def test_relations_asked_at_once_are_never_kept_where_one_of_two_currencies_is_not(checks: RelationChecks, case: SimpleNamespace) -> None:
    owner = getattr(case, checks.part) if checks.part else case
    assert checks.unless_kept(owner) != () or _one_by_one(checks, owner) == []


def test_relations_that_cannot_be_asked_at_once_are_asked_one_by_one() -> None:
    checks = checks_of("loan")
    assert len(checks.unless_kept(SimpleNamespace())) == len(checks.relations)
