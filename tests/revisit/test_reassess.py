"""A report is held against the case file, and what it moves is told: each change by a finding that does it, or by the fewest that do together."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casefile.strategies import ON, case_files

from revisit_policy import BorrowerProfile, CaseFile, Collateral, InvalidInputError, Loan, Visit, cny
from revisit_policy.errors import InvalidValueError, RevisitPolicyError
from revisit_policy.revisit import Consent, Materiality, Observed, Reassessment, VisitReport, compare, reassess
from revisit_policy.revisit.reassess import VISIT
from revisit_policy.rulebooks import cn_housing

RULES = cn_housing.REPORT_RULES
CASE = CaseFile(
    loan=Loan(
        "GZ-1", product="first_home", principal=cny("900000"), balance=cny("800000"), annual_rate="0.035", repayment="level_payment",
        disbursed_on="2024-03-01", term_months=240, instalment=cny("5200"), days_past_due=0, missed_consecutive=0, missed_total_24m=0,
        delays_over_5_days_12m=0,
    ),
    borrower=BorrowerProfile(
        "B-1", credit_standing="good", monthly_income=cny("20000"), income_at_last_review=cny("20000"), monthly_debt_service=cny("6000"), employment="salaried",
    ),
    collateral=Collateral(value=cny("1400000"), valued_on="2026-03-02", property_type="completed_home"),
    visits=(Visit(kind="first", method="on_site", completed_on="2024-05-20", finding="satisfactory"),),
)  # fmt: skip
CALL = Visit(kind="periodic", method="phone", completed_on="2026-11-25", finding="satisfactory")
ENTRY = Consent(to="enter", basis="consent")
ON_SITE = attrs.evolve(CALL, method="on_site", kind="triggered", finding="unsatisfactory")


def report(visit: Visit = ON_SITE, **more: Any) -> VisitReport:
    given: dict[str, Any] = {"loan_no": "GZ-1", "visit": visit, "officers": ["O-17", "O-23"], "met": ["borrower"], **more}
    return VisitReport(**given)


def found(field: str, value: object, evidence: str = "document") -> Observed:
    return Observed(field=field, value=value, evidence=evidence, reference="DOC-7")


def decided(visited: VisitReport, case: CaseFile = CASE, **more: Any) -> Reassessment:
    return reassess(case, visited, cn_housing.rulebook, on="2026-11-26", **more)


# -- comparing -------------------------------------------------------------------------------------------------------


def test_what_differs_is_told_with_what_was_known_and_what_shows_it() -> None:
    less = found("borrower.monthly_income", cny("12000"))
    told = compare(CASE, report(observed=[less, found("borrower.employment", "salaried")], not_confirmed=["collateral.value"]))
    (differs,) = told.discrepancies
    assert (differs.before, differs.found, differs.reference) == (cny("20000"), cny("12000"), "DOC-7")
    assert told.confirmed == ("borrower.employment",)
    assert told.not_confirmed == ("collateral.value",)
    assert told.explain("en").splitlines() == [
        "monthly income: CNY 20,000.00 → CNY 12,000.00 (a document DOC-7)",
        "confirmed: employment",
        "could not be confirmed: value of the collateral",
    ]
    assert told.explain("zh").splitlines()[0] == "月收入：20,000元 → 12,000元（书面材料 DOC-7）"


@pytest.mark.parametrize(
    ("share", "income", "matters"),
    [("0.1", "18000", False), ("0.1", "17999.99", True), ("0.1", "22000", False), ("0", "20000.01", True)],
    ids=["a tenth less", "a cent below a tenth less", "a tenth more", "a cent more where all matters"],
)
def test_a_difference_matters_beyond_its_share_of_what_was_known(share: str, income: str, matters: bool) -> None:
    visited = report(observed=[found("borrower.monthly_income", cny(income))])
    told = compare(CASE, visited, materiality=Materiality(of={"borrower.monthly_income": share}))
    assert bool(told.material) is matters
    assert len(told.discrepancies) == 1


def test_what_is_no_figure_or_was_unknown_always_matters() -> None:
    visited = report(observed=[found("collateral.seized", value=True), found("loan.price", cny("1200000"))])
    assert len(compare(CASE, visited, materiality=Materiality(share="1")).material) == 2


# -- rules of conduct ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visited", "broken"),
    [
        (report(officers=["O-17"]), "visit on site: by 2 officers or more"),
        (report(CALL, acts=["identify"]), "telephone call: identify both sides and say why one comes, and say that it is recorded"),
        (report(acts=["enter"]), "enter the home: only on the ground of explicit consent or the law"),
        (report(acts=["photograph"], consents=[ENTRY]), "photograph the home: only on the ground of explicit consent or the law"),
        (
            report(acts=["child_data"], consents=[attrs.evolve(ENTRY, to="child_data")]),
            "take down anything about a child under 14: only on the ground of a guardian's consent",
        ),
    ],
    ids=["alone on site", "no word of the recording", "entered unasked", "photographed on the consent to enter", "a child's data on the borrower's consent"],
)  # fmt: skip
def test_a_report_that_breaks_a_rule_of_conduct_is_not_usable_and_says_which(visited: VisitReport, broken: str) -> None:
    told = compare(CASE, visited, rules=RULES)
    assert not told.is_usable
    assert [breach.label.en for breach in told.breaches] == [broken]
    assert told.breaches[0].source.text("zh") in told.explain("zh")
    with pytest.raises(InvalidValueError, match=r"^`report` must be a report that can be used: "):
        decided(visited, rules=RULES)


@pytest.mark.parametrize(
    "visited",
    [
        report(acts=["enter", "photograph"], consents=[Consent(to="enter", basis="consent"), Consent(to="photograph", basis="consent")]),
        report(CALL, officers=["O-17"], acts=["identify", "tell_of_recording"]),
        report(attrs.evolve(CALL, finding="not_reached"), officers=["O-17"], met=[]),
    ],
    ids=["two officers who asked", "a call as it should be", "a call that nobody answered"],
)
def test_a_report_that_keeps_the_rules_is_usable(visited: VisitReport) -> None:
    assert compare(CASE, visited, rules=RULES).is_usable


# -- deciding anew ---------------------------------------------------------------------------------------------------


def test_an_income_that_fell_raises_a_signal_and_is_told_as_its_cause() -> None:
    told = decided(report(observed=[found("borrower.monthly_income", cny("12000"))]))
    assert [signal.code.value for signal in told.new_signals] == ["capacity"]
    assert ("borrower.monthly_income",) in {moved.by for moved in told.moved if moved.what.en == "level"}
    assert told.case.borrower.monthly_income == cny("12000")
    assert told.case.visits == (*CASE.visits, ON_SITE)
    assert "monthly income: level no warning → yellow" in told.explain("en")


def test_two_findings_that_do_alone_what_they_do_together_are_told_one_by_one() -> None:
    both = [found("borrower.monthly_income", cny("12000")), found("borrower.employment", "unemployed")]
    causes = {moved.by for moved in decided(report(observed=both)).moved if moved.what.en == "level"}
    assert causes == {("borrower.monthly_income", "borrower.employment")}  # neither can be spared: with either one the signal stays


def test_what_was_not_confirmed_stays_as_it_was() -> None:
    assert decided(report(CALL, not_confirmed=["borrower.monthly_income"])).case.borrower == CASE.borrower


@given(case=case_files)
def test_a_report_that_repeats_the_case_moves_nothing_but_by_the_visit(case: CaseFile) -> None:
    repeated = [found("loan.balance", case.loan.balance), found("loan.term_months", case.loan.term_months)]
    visited = report(attrs.evolve(CALL, completed_on=ON), loan_no=case.loan.loan_no, observed=repeated)
    told = reassess(case, visited, cn_housing.rulebook, on=ON)
    assert not told.comparison.discrepancies
    assert {moved.by for moved in told.moved} <= {(VISIT,)}
    again = reassess(told.case, visited, cn_housing.rulebook, on=ON)
    assert again.moved == ()


FINDINGS = {
    "borrower.monthly_income": st.integers(0, 30_000).map(cny),
    "borrower.employment": st.sampled_from(["salaried", "unemployed"]),
    "borrower.lost_contact": st.booleans(),
    "collateral.value": st.integers(500_000, 2_000_000).map(cny),
    "collateral.seized": st.booleans(),
    "loan.misuse_of_funds": st.booleans(),
}


@st.composite
def reports(draw: st.DrawFn) -> VisitReport:
    fields = draw(st.lists(st.sampled_from(sorted(FINDINGS)), unique=True, max_size=4))
    return report(observed=[found(field, draw(FINDINGS[field])) for field in fields])


@given(visited=reports())
def test_what_moved_is_all_that_changed_and_putting_its_findings_back_undoes_it(visited: VisitReport) -> None:
    told = decided(visited)
    for moved in told.moved:
        assert moved.before != moved.after
        assert moved.by
        kept = [each for each in visited.observed if each.field not in moved.by]
        without = attrs.evolve(visited, observed=kept)
        undone = reassess(CASE, without, cn_housing.rulebook, on="2026-11-26") if VISIT not in moved.by else None
        if undone is not None:
            assert moved.what not in {each.what for each in undone.moved}
    if not told.moved:
        assert (told.before.grade, told.before.level, told.before.measures) == (told.after.grade, told.after.level, told.after.measures)


# -- bad input -------------------------------------------------------------------------------------------------------

REFUSED = {
    "a report on another loan": (lambda: decided(report(loan_no="GZ-2")), "`VisitReport.loan_no` must be on the loan of the case file (GZ-1), got `'GZ-2'`"),
    "a visit after the decision": (
        lambda: decided(report(attrs.evolve(CALL, completed_on="2026-11-27"))),
        "`VisitReport.visit.completed_on` must be on or before the decision day (2026-11-26), got `'2026-11-27'`",
    ),
    "a field found twice": (
        lambda: report(observed=[found("borrower.employment", "salaried"), found("borrower.employment", "unemployed")]),
        "`VisitReport.observed` must be at most one finding a field, got `'borrower.employment'`",
    ),
    "a field found and not confirmed": (
        lambda: report(observed=[found("borrower.employment", "salaried")], not_confirmed=["borrower.employment"]),
        "`VisitReport.not_confirmed` must be a field that was not found either, got `'borrower.employment'`",
    ),
    "a field that there is not": (lambda: found("borrower.salary", cny(1)), "`Observed.field` must be one of "),
    "a value that the field does not take": (lambda: found("collateral.seized", "yes"), "`Observed.value` must be True or False, got `'yes'`"),
    "an unknown value": (lambda: found("collateral.seized", None), "`Observed.value` must be what was found; "),
    "findings of a visit that reached nobody": (
        lambda: report(attrs.evolve(CALL, finding="not_reached"), met=[], observed=[found("borrower.employment", "salaried")]),
        "`VisitReport.visit` must be one that reached somebody, ",
    ),
    "a visit that met nobody": (lambda: report(met=[]), "`VisitReport.met` must be who was met, "),
    "one officer twice": (lambda: report(officers=["O-1", "O-1"]), "`VisitReport.officers` must be one officer or several, each named once"),
    "two reports that contradict": (
        lambda: report(observed=[found("borrower.employment", "salaried")]).joined(report(observed=[found("borrower.employment", "unemployed")])),
        "`VisitReport.observed` must be what the other report of this visit found of `borrower.employment` ",
    ),
    "two reports of two visits": (lambda: report().joined(report(CALL)), "`VisitReport.visit` must be as in the other report "),
    "a rule that is none": (lambda: compare(CASE, report(), rules=["alone"]), "`rules` must be a ReportRule"),  # type: ignore[list-item] # wrong on purpose
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_meant_is_refused_in_one_line_that_names_it(call: Any, message: str) -> None:
    with pytest.raises(RevisitPolicyError) as caught:
        call()
    assert str(caught.value).startswith(message)
    assert len(str(caught.value).splitlines()) == 1


def test_a_visit_before_the_window_of_the_planned_one_is_refused() -> None:
    planned = cn_housing.rulebook.decide(attrs.evolve(CASE, visits=(*CASE.visits, CALL)), on="2026-11-26").schedule.next
    assert planned is not None
    with pytest.raises(InvalidValueError, match="on or after the day its window opens"):
        reassess(CASE, report(CALL), cn_housing.rulebook, on="2026-11-26", planned=planned)


def test_findings_that_contradict_the_case_file_are_refused_as_a_case_file_is() -> None:
    with pytest.raises(InvalidInputError, match="balance"):
        decided(report(observed=[found("loan.balance", cny("900001"))]))


def test_the_reports_of_two_officers_are_joined() -> None:
    one = report(officers=["O-17"], observed=[found("borrower.employment", "salaried")], not_confirmed=["collateral.value"])
    other = report(officers=["O-23"], observed=[found("collateral.value", cny("1300000"))], documents=["DOC-9"])
    both = one.joined(other)
    assert (both.officers, both.not_confirmed, both.documents) == (("O-17", "O-23"), (), ("DOC-9",))
    assert [each.field for each in both.observed] == ["borrower.employment", "collateral.value"]
