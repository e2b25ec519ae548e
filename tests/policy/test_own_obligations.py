"""A policy of a bank's own kinds of obligations: cadences by method, agreed days, one visit for several loans, checks before maturity."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.policy.other_bank import OWED, WORDS, Work, case, other_bank, seen
from tests.policy.small_policy import rule, table

from revisit_policy import CaseFile, InvalidPolicyError, Obligation, Visit, VisitKind, Within, unordered
from revisit_policy.errors import InvalidInputError
from revisit_policy.language.condition import ALWAYS
from revisit_policy.planning import plan_together

BANK = other_bank()
ON = "2026-06-01"


def told(asked: CaseFile, *, on: str = ON, most: int = 3, **more: Any) -> list[tuple[list[str], str, str]]:
    found = BANK.decide(asked, on=on, **more).schedule.all
    return [([kind.value for kind in visit.serves], visit.method.value, str(visit.window.closes)) for visit in found[:most]]


def test_cadences_by_method_run_side_by_side() -> None:
    assert told(case(seen("2026-03-10"), disbursed_on="2024-03-15")) == [
        (["checked"], "phone", "2026-09-10"),
        (["seen", "checked"], "on_site", "2027-03-10"),
        (["checked"], "phone", "2027-09-10"),
    ]


def test_a_check_off_site_never_puts_off_a_visit_on_site() -> None:
    seldom, often = (
        case(seen("2026-03-10"), *more, disbursed_on="2024-03-15") for more in ((), (seen("2026-05-20", kind=Work.CHECKED, method="phone"),))
    )
    on_site = [next(closes for kinds, _, closes in told(each, most=9) if "seen" in kinds) for each in (seldom, often)]
    assert on_site == ["2027-03-10", "2027-03-10"]
    assert told(often)[0] == (["checked"], "phone", "2026-11-20")


def test_the_day_that_a_visitor_agreed_on_has_a_visit_of_its_own() -> None:
    agreed = attrs.evolve(case(seen("2026-03-10"), disbursed_on="2024-03-15"), own={"agreed_on": "2026-06-10"})
    assert told(agreed, most=1) == [(["agreed"], "phone", "2026-06-17")]
    kept = attrs.evolve(agreed, visits=(*agreed.visits, seen("2026-06-11", kind=Work.AGREED, method="phone")))
    assert told(kept, on="2026-06-12", most=1)[0][0] == ["checked"]


def test_a_day_given_for_one_question_wins_over_the_one_in_the_case_file() -> None:
    agreed = attrs.evolve(case(seen("2026-03-10"), disbursed_on="2024-03-15"), own={"agreed_on": "2026-06-10"})
    assert told(agreed, most=1, supplied={"agreed_on": "2026-06-17"}) == [(["agreed"], "phone", "2026-06-24")]


def test_the_source_of_repayment_is_checked_before_the_loan_matures() -> None:
    ends = case(seen("2026-05-10"), disbursed_on="2024-07-31", term_months=25)
    decided = BANK.decide(ends, on="2026-06-10")
    (first, *_) = decided.schedule.all
    assert (first.serves, str(first.window.closes), decided.undated) == ((Work.SOURCE,), "2026-07-31", ())
    assert first.checklist[0].en == "where the money comes from"
    assert [visit.window.closes for visit in BANK.decide(ends, on="2026-06-11").schedule.all if Work.SOURCE in visit.serves] == [first.window.closes]
    assert not any(Work.SOURCE in visit.serves for visit in BANK.decide(ends, on=ON).schedule.all)


def test_an_inspection_of_a_late_loan_comes_again_after_at_least_and_at_most_so_many_days() -> None:
    late = case(seen("2026-05-20", kind=Work.INSPECTED), disbursed_on="2024-03-15", days_past_due=60)
    again = next(visit for visit in BANK.decide(late, on=ON).schedule.all if Work.INSPECTED in visit.serves)
    assert (str(again.window.opens), str(again.window.closes)) == ("2026-06-09", "2026-06-24")


def test_one_visit_is_made_for_a_customer_with_several_loans() -> None:
    home = case(seen("2025-06-20"), disbursed_on="2024-03-15", loan_no="L-1")
    shop = case(seen("2025-07-10"), disbursed_on="2024-03-15", loan_no="L-2")
    found = plan_together([BANK.agenda(each, on=ON) for each in (home, shop)])
    assert found[0].loans == (0, 1)
    assert len(found) < sum(len(BANK.decide(each, on=ON).schedule.all) for each in (home, shop))


def test_a_visit_of_a_kind_that_the_bank_has_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidInputError, match="seen"):
        BANK.decide(case(Visit(kind=VisitKind.PERIODIC, method="phone", completed_on="2026-03-10", finding="satisfactory")), on=ON)


def test_an_obligation_of_a_kind_outside_the_vocabulary_is_refused_when_the_policy_is_built() -> None:
    stray = rule("stray", ALWAYS, Obligation(VisitKind.PERIODIC, Within(days=3)))
    owed = table("obligations", unordered(dict.fromkeys(each.then for each in (*OWED, stray))), "every", *OWED, stray)
    with pytest.raises(InvalidPolicyError, match="says `periodic`, which is not among the kinds of the vocabulary") as refused:
        BANK.with_table(owed)
    assert len(str(refused.value).splitlines()) == 1
    assert VisitKind.PERIODIC not in WORDS.purposes


def test_what_cannot_be_dated_is_named_by_the_check_of_the_policy() -> None:
    assert len(BANK.check()) == 0
