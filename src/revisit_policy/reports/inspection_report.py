"""The inspection report: what one visit found, what is decided of it, and who does what until when."""

from __future__ import annotations

from typing import Self

import attrs

from revisit_policy.casefile.visit import Visit
from revisit_policy.decision.decision import Decision
from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.results.result import Result
from revisit_policy.reports.inspection_sections import sections_of
from revisit_policy.reports.inspection_words import TITLE
from revisit_policy.reports.masked import masked
from revisit_policy.reports.page import Page
from revisit_policy.revisit.reassess import Reassessment
from revisit_policy.speech.joining import headed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, text
from revisit_policy.values.labels import Lang, lang_among
from revisit_policy.values.validation import checked, fault, gather, gathering, to_flag, to_text


def _to_decision(value: Decision) -> Decision:
    return checked(value, Decision, field="", expected=Phrase("Decision", "a Decision"))


def _to_visit(value: Visit) -> Visit:
    return checked(value, Visit, field="", expected=Phrase("Visit", "a Visit"))


def _to_result(value: Result) -> Result:
    return checked(value, Result, field="", expected=Phrase("Result", "a Result"))


def _to_reassessment(value: Reassessment) -> Reassessment:
    return checked(value, Reassessment, field="", expected=Phrase("Reassessment", "a Reassessment"))


@attrs.frozen(kw_only=True, field_transformer=gathering, repr=False)
class InspectionReport:
    """The post-loan inspection report of one visit, from a decision that knows of it.

    It tells what a decision and a visit hold and adds nothing. What tells people apart (numbers of the loan and of the borrower, the
    place, ids of officers) is masked unless it is asked for.

    Args:
        decision: What is decided with what the visit found.
        visit: The visit; left out, the last that the case file has, and a report of no visit if it has none.
        result: When the visit yields its result and how far that has come, as `Rulebook.result_of` says; left out, the steps of the next
            visit are told.
        reassessed: What came back and what it moved; left out, no findings of single fields are told.
        place: Where it took place, on one line; ``None`` if nobody recorded it.
        shows_identity: Whether the page tells people apart. Left out, it does not.

    Raises:
        InvalidInputError: If a field is malformed, or *reassessed* decided otherwise than *decision*.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "GZ-2024-000117", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> made = Visit(kind="first", method="on_site", completed_on="2024-05-20", finding="satisfactory")
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"), visits=[made])
        >>> page = InspectionReport(cn_housing.rulebook.decide(case, on="2026-11-24")).page("en")
        >>> page.title
        'Post-loan inspection report: ****0117, 24 Nov 2026'
        >>> [section.heading for section in page.sections][:4]
        ['Loan and borrower', 'The visit', 'Warnings', 'Grade']
    """

    decision: Decision = attrs.field(converter=_to_decision, kw_only=False)
    visit: Visit | None = attrs.field(default=None, converter=attrs.converters.optional(_to_visit))
    result: Result | None = attrs.field(default=None, converter=attrs.converters.optional(_to_result))
    reassessed: Reassessment | None = attrs.field(default=None, converter=attrs.converters.optional(_to_reassessment))
    place: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))
    shows_identity: bool = attrs.field(default=False, converter=to_flag)

    def __attrs_post_init__(self) -> None:
        gather(self, _one_decision)
        if self.visit is None and self.decision.case.visits:
            object.__setattr__(self, "visit", max(self.decision.case.visits, key=_completed_on))

    @classmethod
    def of(cls, reassessed: Reassessment, *, place: str | None = None, shows_identity: bool = False) -> Self:
        """The report of a visit that came back with a `VisitReport`: its findings, and what each of them moved.

        Args:
            reassessed: What `revisit.reassess` says of it.
            place: Where it took place, on one line; ``None`` if nobody recorded it.
            shows_identity: Whether the page tells people apart. Left out, it does not.

        Raises:
            InvalidValueError: If it is no `Reassessment`.
            InvalidInputError: If another argument is malformed.
        """
        given = checked(reassessed, Reassessment, field="reassessed", expected=Phrase("Reassessment", "a Reassessment"))
        return cls(given.after, visit=given.report.visit, result=given.result, reassessed=given, place=place, shows_identity=shows_identity)

    def page(self, lang: str | Lang = "en") -> Page:
        """The report in one language, to be printed as text, Markdown or HTML.

        Args:
            lang: One of the languages of the policy, such as ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is none of them.
        """
        chosen = lang_among(lang, self.decision.languages)
        about = f"{self.named(self.decision.loan_no)}{'，' if chosen == Lang.ZH else ', '}{text(self.decision.on, chosen)}"
        return Page(headed(TITLE.text(chosen), about, chosen), sections=sections_of(self, chosen), lang=chosen)

    def named(self, identity: str) -> str:
        """An *identity* as this report shows it: as it is, or its last four signs at most."""
        return identity if self.shows_identity else masked(identity)

    def __repr__(self) -> str:
        return f"<InspectionReport {self.named(self.decision.loan_no)} on {self.decision.on}>"


def _completed_on(visit: Visit) -> Date:
    return visit.completed_on


def _one_decision(report: InspectionReport) -> InvalidValueError | None:
    if report.reassessed is None or report.reassessed.after == report.decision:
        return None
    return fault("decision", report.decision, Phrase("`reassessed` 之后的决策", "the decision after `reassessed`"))
