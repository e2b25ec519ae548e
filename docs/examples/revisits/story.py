"""One borrower, once around: the plan, the visit and its report, what it moved, the measures, the record, and the next plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from revisit_policy import Action, BorrowerProfile, CaseFile, Collateral, Decision, Event, Loan, MarketConditions, Visit, cny, records
from revisit_policy.contact import reminders
from revisit_policy.revisit import Consent, Materiality, Observed, Reassessment, VisitReport, reassess
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Label

CASE: Final = CaseFile(
    loan=Loan(
        "GZ-2024-000117", product="first_home", principal=cny("900000"), balance=cny("800000"), annual_rate="0.035",
        repayment="level_payment", disbursed_on="2024-03-01", term_months=240, instalment=cny("5200"), days_past_due=0,
        arrears_as_of="2026-11-23", missed_consecutive=0, missed_total_24m=0, delays_over_5_days_12m=0, has_inspection_clause=True,
    ),
    borrower=BorrowerProfile(
        "B-88", credit_standing="good", monthly_income=cny("20000"), income_at_last_review=cny("20000"), monthly_debt_service=cny("6000"),
        employment="salaried",
    ),
    collateral=Collateral(value=cny("1400000"), valued_on="2026-03-02", property_type="completed_home", registration="registered"),
    market=MarketConditions(region="Guangzhou", price_change_12m="-0.04", price_volatility="0.05", as_of="2026-10-31"),
    visits=(
        Visit(kind="first", method="on_site", completed_on="2024-05-20", finding="satisfactory", reported_on="2024-05-22", told_on="2024-05-27"),
        Visit(kind="periodic", method="phone", completed_on="2025-12-08", finding="satisfactory", reported_on="2025-12-09", told_on="2025-12-10"),
    ),
)  # fmt: skip

PLAN: Final = Label("1 计划", "1 The plan")
REPORT: Final = Label("2 回访报告", "2 What the visit reports")
MOVED: Final = Label("3 重新评估", "3 What it moves")
TOLD: Final = Label("4 告知借款人", "4 What the borrower is told")
STEPS: Final = Label("5 措施", "5 The measures")
RECORD: Final = Label("6 留存", "6 The record")
AGAIN: Final = Label("7 下一计划", "7 The next plan")

DECIDED: Final = Label("{day}：风险分类{grade}，预警{level}", "{day}: grade {grade}, {level}")
NEXT: Final = Label("下次回访：{kind}，{method}，不晚于{day}", "next visit: {kind}, {method}, by {day}")
BY: Final = Label("{measure}（{owner}，不晚于{day}）", "{measure} ({owner}, by {day})")
DONE: Final = Label(
    "{day}：已报告，已认定，已查明查封始于12月4日，已办结：{measure}",
    "{day}: reported and determined; the seizure is of 4 December; done: {measure}",
)
STORED: Final = Label(
    "JSON {size}字节，摘要{digest}；按记录重算，结果一致：{same}", "JSON of {size} bytes, digest {digest}; asked again from the record, the same: {same}"
)
OR: Final = Label("或", "or")
YES: Final = Label("是", "yes")
NO: Final = Label("否", "no")


def story(lang: str) -> Iterator[str]:
    """The story in one language, a line for each thing that happens."""
    planned = cn_housing.rulebook.decide(CASE, on="2026-11-23")
    yield PLAN.text(lang)
    yield from _decided(planned, lang)
    found = _reassessed(planned)
    yield REPORT.text(lang)
    yield from (f"  {line}" for line in found.comparison.explain(lang).splitlines())
    yield MOVED.text(lang)
    yield from _decided(found.after, lang)
    raised = {signal.code.label("en") for signal in found.new_signals}
    yield from (f"  {moved.text(lang)}" for moved in found.moved if moved.what.en in raised)
    yield TOLD.text(lang)
    if found.result is not None:
        yield f"  {found.result.sentence(lang)}"
    yield STEPS.text(lang)
    yield from (f"  {line}" for line in _steps(found.after, lang))
    yield RECORD.text(lang)
    yield f"  {_stored(found.after, lang)}"
    yield AGAIN.text(lang)
    yield from _again(found, lang)


def _reassessed(planned: Decision) -> Reassessment:
    """The visit of 7 December: pay slips tell of half the income, and the register of a seizure."""
    report = VisitReport(
        loan_no=planned.loan_no,
        visit=Visit(kind="periodic", method="on_site", completed_on="2026-12-07", finding="unsatisfactory"),
        officers=["O-17", "O-23"],
        met=["borrower"],
        acts=["identify", "enter"],
        observed=[
            Observed(field="borrower.monthly_income", value=cny("9800"), evidence="document", reference="DOC-7"),
            Observed(field="collateral.seized", value=True, evidence="register", reference="REG-3"),
            Observed(field="borrower.employment", value="salaried", evidence="said"),
        ],
        not_confirmed=["collateral.value"],
        consents=[Consent(to="enter", basis="consent")],
    )
    rules, matters = cn_housing.REPORT_RULES, Materiality(share="0.05")
    return reassess(CASE, report, cn_housing.rulebook, on="2026-12-08", rules=rules, materiality=matters, planned=planned.schedule.next)


def _again(found: Reassessment, lang: str) -> Iterator[str]:
    """A week later: what was done is on file, and the next plan is made from it."""
    done = found.after.measures[0]
    *earlier, visit = found.case.visits
    case = attrs.evolve(
        found.case,
        visits=(*earlier, attrs.evolve(visit, reported_on="2026-12-08", told_on="2026-12-14")),
        determination=found.after.as_determination("risk_head"),
        actions=(Action(done.measure, state="done", on="2026-12-10"),),
        events=(Event("seizure", since="2026-12-04"),),  # the register says since when, and the visit of the 7th came after it
    )
    yield f"  {DONE.filled(lang, day='2026-12-10', measure=done.measure.label(lang))}"
    decision = cn_housing.rulebook.decide(case, on="2026-12-15")
    yield from _decided(decision, lang)
    yield from (f"  {each.text(lang)}" for each in reminders([decision], "2026-12-15")[:4])


def _decided(decision: Decision, lang: str) -> Iterator[str]:
    yield f"  {DECIDED.filled(lang, day=decision.on, grade=decision.grade.label(lang), level=decision.level.label(lang))}"
    upcoming = decision.schedule.next
    if upcoming is not None:
        yield f"  {NEXT.filled(lang, kind=upcoming.kind.label(lang), method=upcoming.method.label(lang), day=upcoming.window.closes)}"


def _steps(decision: Decision, lang: str) -> Iterator[str]:
    """The measures that have a day, of the choices of one step all on one line."""
    taken: set[object] = set()
    for step in decision.measures:
        if step.by is not None and step.measure not in taken:
            taken.update(step.instead_of)
            choices = f" {OR.text(lang)} " if lang == "en" else OR.text(lang)
            measures = choices.join(measure.label(lang) for measure in (step.measure, *step.instead_of))
            yield BY.filled(lang, measure=measures, owner=step.owner.label(lang) if step.owner else "", day=step.by)


def _stored(decision: Decision, lang: str) -> str:
    stored = records.to_json(decision)
    is_same = records.replay(stored, cn_housing.rulebook).is_equal
    return STORED.filled(lang, size=f"{len(stored.encode()):,}", digest=decision.digest[:16], same=YES if is_same else NO)
