"""The report of a visit: who was met and how, what was found, and on which grounds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import attrs

from revisit_policy.casefile.case_columns import to_path
from revisit_policy.casefile.visit import Visit
from revisit_policy.contact.contact import Person, to_person
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.revisit.consent import Act, Consent, to_acts
from revisit_policy.revisit.observed import Observed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault, gather, gathering, refused, several, to_text, to_texts, to_tuple_of


def _to_visit(value: Visit) -> Visit:
    if isinstance(value, Visit):
        return value
    raise refused(value, Phrase("一次已完成的回访（Visit）", "a Visit"))


def _to_met(values: Iterable[Person | str]) -> tuple[Person, ...]:
    return tuple(to_person(value) for value in several(values, field="met", expected=Phrase("若干人", "several persons")))


def _to_observed(values: Iterable[Observed]) -> tuple[Observed, ...]:
    return to_tuple_of(Observed, values)


def _to_paths(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(to_path(value) for value in to_texts(values))


def _to_consents(values: Iterable[Consent]) -> tuple[Consent, ...]:
    return to_tuple_of(Consent, values)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class VisitReport:
    """What came back from one visit. It holds references, never a document, a recording or the name of a person.

    Args:
        loan_no: The loan.
        visit: The visit as the case file will have it: kind, method, day, finding.
        officers: Who visited, by ids that mean nothing outside the bank.
        met: Who was met, or their codes; nobody if the visit reached nobody.
        observed: What was found, a field at most once.
        not_confirmed: Fields that were to be confirmed and could not be; what the bank knew of them stays as it was.
        acts: What the officers did of what rules of conduct speak of, or their codes.
        consents: The grounds on which they did it.
        documents: References of documents taken.
        recordings: References of recordings.

    Raises:
        InvalidInputError: If fields are malformed; a field is found twice, or found and not confirmed; something was found by a
            visit that reached nobody, or nobody was met by one that did.

    Examples:
        >>> from revisit_policy.values.money import cny
        >>> report = VisitReport(
        ...     loan_no="GZ-1", officers=["O-17", "O-23"], met=["borrower"], acts=["identify", "enter"],
        ...     visit=Visit(kind="triggered", method="on_site", completed_on="2026-11-25", finding="unsatisfactory"),
        ...     observed=[Observed(field="borrower.monthly_income", value=cny("12000"), evidence="document", reference="DOC-7")],
        ...     consents=[Consent(to="enter", basis="consent")],
        ... )
        >>> [found.field for found in report.observed]
        ['borrower.monthly_income']
    """

    loan_no: str = attrs.field(converter=to_text)
    visit: Visit = attrs.field(converter=_to_visit)
    officers: tuple[str, ...] = attrs.field(converter=to_texts)
    met: tuple[Person, ...] = attrs.field(default=(), converter=_to_met)
    observed: tuple[Observed, ...] = attrs.field(default=(), converter=_to_observed)
    not_confirmed: tuple[str, ...] = attrs.field(default=(), converter=_to_paths)
    acts: tuple[Act, ...] = attrs.field(default=(), converter=to_acts)
    consents: tuple[Consent, ...] = attrs.field(default=(), converter=_to_consents)
    documents: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    recordings: tuple[str, ...] = attrs.field(default=(), converter=to_texts)

    def __attrs_post_init__(self) -> None:
        gather(self, _officers_are_several_people, _each_field_once, _found_or_not_confirmed, _somebody_was_met)

    def joined(self, other: VisitReport) -> VisitReport:
        """This report and the *other* officer's of the same visit, as one.

        Raises:
            InvalidInputError: If *other* is of another loan or visit, or the two found different things of one field.
        """
        _check_same_visit(self, other)
        found = {each.field: each for each in self.observed}
        for each in other.observed:
            known = found.setdefault(each.field, each)
            if known.value != each.value:
                raise _refusal("observed", each.value, _FOUND_OTHERWISE(field=each.field, value=known.value))
        both = {field: tuple(dict.fromkeys((*getattr(self, field), *getattr(other, field)))) for field in _JOINED}
        unconfirmed = tuple(path for path in both.pop("not_confirmed") if path not in found)
        changed: dict[str, Any] = {**both, "not_confirmed": unconfirmed}
        return attrs.evolve(self, observed=tuple(found.values()), **changed)


_FOUND_OTHERWISE = partial(Phrase, "与另一报告对{field}的认定一致（{value}）", "what the other report of this visit found of `{field}` ({value})")
_JOINED = ("officers", "met", "acts", "consents", "documents", "recordings", "not_confirmed")


def _refusal(field: str, value: object, expected: Phrase) -> InvalidInputError:  # noqa: PLR0917 - read in order, as in the message
    return InvalidInputError.of("VisitReport", [InvalidValueError(owner="VisitReport", field=field, value=value, expected=expected)])


def _check_same_visit(one: VisitReport, other: VisitReport) -> None:
    for field in ("loan_no", "visit"):
        expected, found = getattr(one, field), getattr(other, field)
        if expected != found:
            raise _refusal(field, found, Phrase("与另一报告相同（{expected}）", "as in the other report ({expected})", expected=expected))


def _officers_are_several_people(report: VisitReport) -> InvalidValueError | None:
    if report.officers and len(set(report.officers)) == len(report.officers):
        return None
    return fault("officers", report.officers, Phrase("一名或数名人员，各列一次", "one officer or several, each named once"))


def _each_field_once(report: VisitReport) -> InvalidValueError | None:
    seen: set[str] = set()
    for found in report.observed:
        if found.field in seen:
            return fault("observed", found.field, Phrase("每一字段至多一项", "at most one finding a field"))
        seen.add(found.field)
    return None


def _found_or_not_confirmed(report: VisitReport) -> InvalidValueError | None:
    twice = next((found.field for found in report.observed if found.field in report.not_confirmed), None)
    return None if twice is None else fault("not_confirmed", twice, Phrase("未在所见之列的字段", "a field that was not found either"))


def _somebody_was_met(report: VisitReport) -> InvalidValueError | None:
    if report.visit.reached_borrower:
        return None if report.met else fault("met", report.met, Phrase("所见之人（回访已联系上借款人）", "who was met, because the visit reached somebody"))
    if not report.met and not report.observed:
        return None
    expected = Phrase("已联系上借款人的回访（报告载有所见）", "one that reached somebody, because the report tells what was found")
    return fault("visit", report.visit.finding, expected)
