"""What the head of the branch asks back about: a report that is empty, copied, or at odds with what the bank knows."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.revisit.test_reassess import CALL, CASE, decided, report

from revisit_policy import cny
from revisit_policy.errors import RevisitPolicyError
from revisit_policy.revisit import Observed, QualityCode, VisitReport, quality

LAST_CALL = attrs.evolve(CALL, completed_on="2026-05-25")
INCOME = Observed(field="borrower.monthly_income", value=cny("20000"), evidence="document", reference="DOC-7")
WORK = Observed(field="borrower.employment", value="salaried", evidence="said")
#: What `CASE` lacks and its decision asks for, named as not confirmed by a report that does its duty.
ASKED = tuple(quality(decided(report(CALL, observed=[WORK])))[0].fields)
LAST = report(LAST_CALL, observed=[INCOME, WORK], documents=["DOC-7"], recordings=["REC-1"])


def less(evidence: str = "document", reference: str | None = "DOC-8") -> Observed:
    return attrs.evolve(INCOME, value=cny("9000"), evidence=evidence, reference=reference)


#: The report, and what is asked back about: codes, each with the fields, references and warnings it is about.
WORKED: dict[str, tuple[VisitReport, dict[str, tuple[str, ...]]]] = {
    "all that was asked is answered or named": (report(CALL, observed=[WORK], not_confirmed=ASKED), {}),
    "an attempt that reached nobody": (report(attrs.evolve(CALL, finding="not_reached"), met=[]), {}),
    "nothing is told": (report(CALL), {"nothing_told": ()}),
    "nothing of what was asked": (report(CALL, observed=[WORK]), {"left_out": ASKED}),
    "all but one thing of what was asked": (report(CALL, observed=[WORK], not_confirmed=ASKED[1:]), {"left_out": ASKED[:1]}),
    "a document without its number": (
        report(CALL, observed=[attrs.evolve(INCOME, reference=None)], not_confirmed=ASKED), {"no_reference": ("borrower.monthly_income",)},
    ),
    "a concern without a reason": (
        report(attrs.evolve(CALL, finding="unsatisfactory"), observed=[WORK], not_confirmed=ASKED), {"unexplained": ()},
    ),
    "a concern with its reason": (report(attrs.evolve(CALL, finding="unsatisfactory"), observed=[less()], not_confirmed=ASKED), {}),
    "word for word the last one": (
        report(CALL, observed=[WORK, INCOME], not_confirmed=ASKED),
        {"copied": ("borrower.employment", "borrower.monthly_income"), "reused": ("DOC-7",)},
    ),
    "one finding is the same, which may be": (report(CALL, observed=[WORK], not_confirmed=ASKED), {}),
    "a new paper of the same income": (report(CALL, observed=[WORK, attrs.evolve(INCOME, reference="DOC-9")], not_confirmed=ASKED), {}),
    "the recording of the last call": (
        report(CALL, observed=[WORK], not_confirmed=ASKED, recordings=["REC-2", "REC-1"]), {"reused": ("REC-1",)},
    ),
    "less income by the borrower's word": (
        report(attrs.evolve(CALL, finding="unsatisfactory"), observed=[less("said", None)], not_confirmed=ASKED),
        {"against_data": ("borrower.monthly_income",)},
    ),
    "what nobody knew, by the borrower's word": (
        report(CALL, observed=[Observed(field="loan.price", value=cny("1200000"), evidence="said")], not_confirmed=ASKED), {},
    ),
    "satisfied, at half the income": (report(CALL, observed=[less()], not_confirmed=ASKED), {"played_down": ("capacity",)}),
    "much at once": (
        report(CALL, observed=[less("said", None)], recordings=["REC-1"]),
        {"left_out": ASKED, "reused": ("REC-1",), "against_data": ("borrower.monthly_income",), "played_down": ("capacity",)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("visited", "asked_back"), WORKED.values(), ids=WORKED)
def test_a_report_is_asked_back_about_for_what_it_lacks(visited: VisitReport, asked_back: dict[str, tuple[str, ...]]) -> None:
    told = quality(decided(visited), last=LAST)
    about = {each.code.value: (*each.fields, *each.references, *(str(signal.code.value) for signal in each.signals)) for each in told}
    assert about == asked_back
    assert [each.code for each in told] == sorted((each.code for each in told), key=list(QualityCode).index)


def test_every_code_is_shown_by_a_worked_case() -> None:
    assert {code for _, asked_back in WORKED.values() for code in asked_back} == {code.value for code in QualityCode}


def test_without_the_last_report_nothing_is_held_against_it() -> None:
    assert quality(decided(report(CALL, observed=[WORK, INCOME], not_confirmed=ASKED))) == ()


def test_a_signal_says_in_either_language_what_it_is_about() -> None:
    thin, at_odds, _ = quality(decided(report(CALL, observed=[less("said", None)], not_confirmed=ASKED, recordings=["REC-1"])), last=LAST)
    assert thin.text("en") == "a document or a recording of the last report stands for this visit: REC-1"
    assert at_odds.text("zh") == "与已知数据不符，而仅凭当事人陈述：月收入"


REFUSED: dict[str, tuple[Any, str]] = {
    "no reassessment": (lambda: quality(report()), "`found` must be a Reassessment"),  # type: ignore[arg-type] # wrong on purpose
    "a last report that is none": (lambda: quality(decided(report(CALL)), last=CALL), "`last` must be a VisitReport"),  # type: ignore[arg-type] # as above
    "the report itself as the last": (lambda: quality(decided(report(CALL)), last=report(CALL)), "`last` must be of a visit before this one (2026-11-25)"),
    "the last report of another loan": (
        lambda: quality(decided(report(CALL)), last=report(LAST_CALL, loan_no="GZ-2")), "`VisitReport.loan_no` must be on the loan of the case file (GZ-1)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_compared_is_refused_in_one_line(call: Any, message: str) -> None:
    with pytest.raises(RevisitPolicyError) as caught:
        call()
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_what_is_asked_for_are_fields_that_the_case_file_lacks() -> None:
    assert ASKED
    assert all(attrs.asdict(CASE)[path.partition(".")[0]][path.partition(".")[2]] is None for path in ASKED)
