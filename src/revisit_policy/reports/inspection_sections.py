"""The sections of an inspection report, each from what the decision and the visit hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.rows.field_label import FIELD_LABELS
from revisit_policy.decision.decision import Decision
from revisit_policy.language.words.wording import outcome_text
from revisit_policy.outcomes.obligations.desk_kind import DeskKind
from revisit_policy.reports import inspection_words as words
from revisit_policy.reports.page import Section
from revisit_policy.reports.steps_table import measures_of, steps_of
from revisit_policy.revisit.compare import value_text
from revisit_policy.revisit.reassess import GRADE
from revisit_policy.revisit.visit_report import VisitReport
from revisit_policy.speech.joining import aside, headed, listed
from revisit_policy.values.dates import text
from revisit_policy.values.labels import Labelled, Lang, OrderedLabelled

if TYPE_CHECKING:
    from revisit_policy.reports.inspection_report import InspectionReport

#: What is told of the loan as it was agreed, and of what has become of it; known or not.
_AGREED: Final = ("loan.product", "loan.principal", "loan.balance", "loan.annual_rate", "loan.repayment", "loan.disbursed_on")
_SINCE_THEN: Final = (
    "loan.days_past_due", "loan.missed_consecutive", "loan.missed_total_24m", "loan.misuse_of_funds", "borrower.credit_standing", "borrower.employment",
    "borrower.monthly_income", "borrower.monthly_debt_service", "collateral.property_type", "collateral.value", "collateral.valued_on",
    "collateral.registration", "collateral.seized",
)  # fmt: skip
_IDENTITIES: Final = ("loan.loan_no", "borrower.id")

_Rows = Iterator[tuple[str, str]]


def sections_of(report: InspectionReport, lang: Lang) -> tuple[Section, ...]:
    """Every section that has something to tell, in the order of the form."""
    decision = report.decision
    columns = words.ITEM.text(lang), words.CONTENT.text(lang)
    loan = Section(words.LOAN.text(lang), columns=columns, rows=tuple(_loan(report, lang)))
    visit = Section(words.VISIT.text(lang), columns=columns, rows=tuple(_visit(report, lang)))
    if report.visit is None:
        visit = attrs.evolve(visit, lines=(words.NO_VISIT.text(lang),))
    told = (
        (words.FINDINGS, _found(report, lang)),
        (words.WARNINGS, [signal.label(lang) for signal in decision.signals] or [words.NONE.text(lang)]),
        (words.GRADE, _grade(report, lang)),
    )
    following = (
        (words.NEXT, _next(report, lang)),
        (words.MISSING, (gap.text(lang) for gap in decision.gaps)),
        (words.LATER, _later(decision, lang)),
        (words.BASIS, _basis(decision, lang)),
        (words.SIGNED, (line.text(lang) for line in (words.PREPARED, words.DETERMINED, words.APPROVED))),
    )
    before, after = ([Section(title.text(lang), lines=tuple(lines)) for title, lines in group] for group in (told, following))
    sections = (loan, visit, *before, steps_of(report, lang), measures_of(decision, lang), *after)
    return tuple(section for section in sections if section.lines or section.rows)


# -- the loan and the visit --------------------------------------------------------------------------------------------


def _loan(report: InspectionReport, lang: Lang) -> _Rows:
    case = report.decision.case
    for path in _IDENTITIES:
        yield FIELD_LABELS[path].text(lang), report.named(str(_held(case, path)))
    for path in _AGREED:
        yield FIELD_LABELS[path].text(lang), value_text(_held(case, path), lang)
    yield words.MATURES_ON.text(lang), text(case.loan.matures_on, lang)
    for path in _SINCE_THEN:
        yield FIELD_LABELS[path].text(lang), value_text(_held(case, path), lang)


def _held(case: CaseFile, path: str) -> object:
    part, _, field = path.partition(".")
    return getattr(getattr(case, part), field)


def _visit(report: InspectionReport, lang: Lang) -> _Rows:
    visit = report.visit
    if visit is None:
        return
    nothing = words.NOT_RECORDED.text(lang)
    yield words.KIND.text(lang), visit.kind.label(lang)
    yield words.METHOD.text(lang), visit.method.label(lang)
    yield words.COMPLETED_ON.text(lang), text(visit.completed_on, lang)
    yield words.PLACE.text(lang), _place(report, lang)
    yield words.FINDING.text(lang), visit.finding.label(lang)
    for label, day in ((words.REPORTED_ON, visit.reported_on), (words.TOLD_ON, visit.told_on)):
        yield label.text(lang), nothing if day is None else text(day, lang)
    if report.reassessed is not None:
        yield from _who_and_how(report.reassessed.report, lang, named=report.named)


def _place(report: InspectionReport, lang: Lang) -> str:
    if report.place is None:
        return words.NOT_RECORDED.text(lang)
    return report.place if report.shows_identity else words.NOT_SHOWN.text(lang)


def _who_and_how(came_back: VisitReport, lang: Lang, *, named: Callable[[str], str]) -> _Rows:
    ids = listed(map(named, came_back.officers), lang)
    yield words.OFFICERS.text(lang), words.OFFICERS_COUNTED.filled(lang, count=len(came_back.officers), ids=ids)
    grounds = [
        words.GROUND.filled(lang, act=each.to.label(lang), basis=each.basis.label(lang), by=each.given_by.label(lang)) for each in came_back.consents
    ]
    told = (
        (words.MET, _labels(came_back.met, lang)),
        (words.ACTS, _labels(came_back.acts, lang)),
        (words.GROUNDS, grounds),
        (words.RECORDINGS, came_back.recordings),
        (words.DOCUMENTS, came_back.documents),
    )
    for label, items in told:
        yield label.text(lang), listed(items, lang) or words.NOT_RECORDED.text(lang)


def _labels(members: Iterable[Labelled], lang: Lang) -> list[str]:
    return [member.label(lang) for member in members]


# -- what was found and what it comes to -------------------------------------------------------------------------------


def _found(report: InspectionReport, lang: Lang) -> Iterator[str]:
    came_back = report.reassessed
    if came_back is None:
        return
    comparison = came_back.comparison
    for found in comparison.discrepancies:
        known = found
        if found.field in _IDENTITIES:
            known = attrs.evolve(found, before=report.named(str(found.before)), found=report.named(str(found.found)))
        yield known.text(lang)
    for label, paths in ((words.CONFIRMED, comparison.confirmed), (words.NOT_CONFIRMED, comparison.not_confirmed)):
        if paths:
            yield label.filled(lang, fields=listed((FIELD_LABELS[path].text(lang) for path in paths), lang))
    yield from (words.MOVED.filled(lang, text=moved.text(lang)) for moved in came_back.moved)


def _grade(report: InspectionReport, lang: Lang) -> Iterator[str]:
    decision, came_back = report.decision, report.reassessed
    if decision.is_settled:
        yield words.SETTLED.text(lang)
    yield _previous(decision, lang)
    grade: OrderedLabelled | None = decision.grade
    yield words.UNDECIDED.text(lang) if grade is None else words.PROPOSED.filled(lang, grade=outcome_text(grade, lang))
    yield from _why(decision, lang)
    if decision.grade_at_worst != decision.grade:
        yield words.AT_WORST.filled(lang, grade=outcome_text(decision.grade_at_worst, lang))
    if decision.upgrade is not None:
        because = listed((reason.text(lang) for reason in decision.upgrade.speaks_for), lang)
        yield words.UPGRADE.filled(lang, grade=outcome_text(decision.upgrade.grade, lang), because=because)
    if came_back is not None:
        yield from (words.MOVED.filled(lang, text=moved.text(lang)) for moved in came_back.moved if moved.what == GRADE)


def _previous(decision: Decision, lang: Lang) -> str:
    determined = decision.case.determination
    if not determined.is_known:
        return words.NEVER.text(lang)
    about = [text(determined.on, lang)] if determined.on is not None else []
    about += [determined.role] if determined.role is not None else []
    grade = outcome_text(determined.grade, lang)
    return headed(words.PREVIOUS.text(lang), aside(grade, listed(about, lang), lang) if about else grade, lang)


def _why(decision: Decision, lang: Lang) -> Iterator[str]:
    verdict, worse = decision.verdicts["grade"], set(decision.worsened_by_rules)
    if not worse and decision.case.determination.is_known and decision.case.determination.grade == decision.grade:
        yield words.UNCHANGED.text(lang)
    grade: OrderedLabelled | None = decision.grade
    for rule in verdict.reasons:
        if grade is not None and rule.says(grade):
            said = words.WORSENED if rule.id in worse else words.BECAUSE
            yield said.filled(lang, because=rule.because.text(lang), rule=rule.id, source=rule.source.text(lang))


# -- what comes next ---------------------------------------------------------------------------------------------------


def _next(report: InspectionReport, lang: Lang) -> Iterator[str]:
    schedule = report.decision.schedule
    upcoming = schedule.next
    if upcoming is None:
        yield words.NO_NEXT.text(lang)
    else:
        kinds = listed((kind.label(lang) for kind in upcoming.serves or (upcoming.kind,)), lang)
        said = words.NEXT_VISIT.filled(
            lang, kind=kinds, method=upcoming.method.label(lang), officers=upcoming.officers, opens=text(upcoming.window.opens, lang),
            closes=text(upcoming.window.closes, lang),
        )  # fmt: skip
        yield aside(said, words.LATE.text(lang), lang) if upcoming.is_overdue else said
    for duty in schedule.all_duties:
        if duty.kind is DeskKind.CLASSIFICATION:
            yield words.CLASSIFY.filled(lang, by=text(duty.by, lang))
    run = None if report.result is None else report.result.classification
    if run is not None:
        yield words.RUN.filled(lang, day=text(run.latest, lang))


def _later(decision: Decision, lang: Lang) -> Iterator[str]:
    yield words.PRODUCT.filled(lang, product=decision.case.loan.product.label(lang))
    found = [words.ORIGINATION.filled(lang, finding=outcome_text(each, lang)) for each in decision.origination]
    yield from found or [words.NO_ORIGINATION.text(lang)]


def _basis(decision: Decision, lang: Lang) -> Iterator[str]:
    yield words.POLICY.filled(lang, policy=decision.policy, version=decision.version, digest=decision.digest[:12])
    if decision.edition is not None:
        named = decision.edition if decision.edition_label is None else aside(decision.edition_label.text(lang), decision.edition, lang)
        yield words.EDITION.filled(lang, edition=named)
    yield words.CALENDAR.filled(lang, calendar=decision.calendar)
