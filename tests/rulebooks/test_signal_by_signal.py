"""What each signal alone leads to: how loud, how soon, by which means, and what is recommended."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.rulebooks.edges import signal
from tests.rulebooks.loans import POLICY

from revisit_policy import Grade, Level, Measure, Signal, VisitKind, VisitMethod, cny
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.rulebooks.cn_housing.difficulty import Difficulty
from revisit_policy.rulebooks.cn_housing.signals import SIGNALS

CALL, ON_SITE = VisitMethod.PHONE, VisitMethod.ON_SITE
ACCELERATE, REVALUE, VERIFY = Measure.ACCELERATE, Measure.REVALUE, Measure.VERIFY
CONDUCT = (Measure.REVIEW_GRADE, Measure.STOP_DRAWING, ACCELERATE)
REGISTER, REVIEW = Measure.COMPLETE_REGISTRATION, Measure.REVIEW_GRADE


@attrs.frozen
class Told:
    """How soon a visit is made (``None``: none of its own), by which means, and what the signal alone recommends."""

    deadline: Deadline | None
    method: VisitMethod = CALL
    measures: tuple[Measure, ...] = ()


TOLD = {
    ("arrears", "yellow"): Told(Deadline(10)),
    ("arrears", "orange"): Told(Deadline(3, within_month=True)),
    ("npl_imminent", "orange"): Told(Deadline(3), ON_SITE, (REVALUE, Measure.DEMAND_LETTER)),
    ("npl", "red"): Told(Deadline(1), ON_SITE, (Measure.RESTRUCTURE, Measure.CALL_GUARANTEE)),
    ("loss", "red"): Told(Deadline(1), ON_SITE, (Measure.DEBT_ASSET_SWAP,)),
    ("impaired", "red"): Told(Deadline(1), ON_SITE),
    ("misuse", "red"): Told(Deadline(1), ON_SITE, (*CONDUCT, Measure.RESCIND)),
    ("evasion", "red"): Told(Deadline(1), ON_SITE, CONDUCT),
    ("bankruptcy", "red"): Told(Deadline(5), measures=(Measure.LODGE_CLAIM,)),
    ("refinanced", "yellow"): Told(None),
    ("restructured", "yellow"): Told(None),
    ("revaluation_due", "blue"): Told(None, measures=(REVALUE,)),
    ("collateral_decline", "yellow"): Told(None, measures=(REVALUE,)),
    ("collateral_decline", "orange"): Told(None, measures=(REVALUE,)),
    ("collateral_decline", "red"): Told(None, measures=(REVALUE,)),
    ("collateral_damaged", "orange"): Told(Deadline(3), ON_SITE, (Measure.DEMAND_RESTORATION, ACCELERATE, REVALUE, REVIEW)),
    ("registration_lapsed", "red"): Told(Deadline(3), ON_SITE, (REGISTER, REVIEW)),
    ("not_registered", "orange"): Told(Deadline(10), measures=(REGISTER, REVIEW)),
    ("seizure", "red"): Told(Deadline(3), ON_SITE, (VERIFY, ACCELERATE, REVIEW)),
    ("project_stalled", "orange"): Told(Deadline(3), ON_SITE, (VERIFY, REVIEW)),
    ("purchase_rescinded", "orange"): Told(Deadline(3), measures=(Measure.RESCIND, Measure.CLAIM_DEVELOPER, REVIEW)),
    ("capacity", "yellow"): Told(Deadline(5), measures=(VERIFY,)),
    ("capacity", "orange"): Told(Deadline(5), VisitMethod.VIDEO, (VERIFY,)),
    ("contact", "yellow"): Told(Deadline(5), measures=(VERIFY,)),
    ("contact", "orange"): Told(Deadline(5), ON_SITE, (VERIFY,)),
    ("bad_debt_elsewhere", "yellow"): Told(Deadline(5), measures=(VERIFY,)),
    ("deceased", "yellow"): Told(Deadline(5), measures=(VERIFY,)),
    ("deceased", "orange"): Told(Deadline(5), measures=(VERIFY,)),
    ("watch", "blue"): Told(None),
    ("watch", "yellow"): Told(None),
}

#: What the tables of measures read beside signals: a loan in order whose contract and borrower allow everything.
ALLOWED: dict[str, Any] = {
    "on": "2026-06-15", "grade": Grade.NORMAL, "difficulty": Difficulty.NONE, "days_past_due": 0, "missed_consecutive": 0, "term_months": 300,
    "technical_cause_proved": False, "cooperative": True, "has_guarantor": True, "has_top_up_clause": True, "has_acceleration_clause": True,
    "balance": cny(800_000), "months_begun_since_valuation": 6, "misuse_of_funds": False, "debt_evasion": False, "seized": False, "collateral_damaged": False,
    "lost_contact": False, "failed_contacts": 0, "deceased": False, "co_borrower_paying": True, "remaining_months": 273,
    "undrawn": cny(100_000), "registration_state": "registered", "days_since_guarantee_ended": -30, "stall_cause": "funding", "ltv_now": "0.50", "ltv_at_origination": "0.70",
}

ROWS = [pytest.param(signal(*names), told, id=f"{names[0]} at {names[1]}") for names, told in TOLD.items()]


def test_every_signal_is_told() -> None:
    assert [signal(*names) for names in TOLD] == list(SIGNALS)


@pytest.mark.parametrize(("raised", "told"), ROWS)
def test_the_loudest_signal_sets_the_level(raised: Signal, told: Told) -> None:
    assert POLICY.level.table(signals=(raised,)).outcome is raised.level
    assert POLICY.level.table(signals=()).outcome is Level.NONE


@pytest.mark.parametrize(("raised", "told"), ROWS)
def test_a_signal_is_answered_in_its_time_or_waits_for_the_next_visit(raised: Signal, told: Told) -> None:
    found = POLICY.triggers.table(signals=(raised,)).outcome
    assert [(trigger.code, trigger.level, trigger.deadline) for trigger in found] == ([] if told.deadline is None else [(raised.code, raised.level, told.deadline)])


@pytest.mark.parametrize(("raised", "told"), [row for row in ROWS if row.values[1].deadline is not None])  # type: ignore[union-attr] # a row of ours
def test_a_signal_is_answered_by_its_means(raised: Signal, told: Told) -> None:
    asked = POLICY.method.table(visit_kind=VisitKind.TRIGGERED, signals=(raised,), days_past_due=8, principal=cny(1_000_000), property_type="completed_home")
    assert asked.outcome is told.method


@pytest.mark.parametrize(("raised", "told"), ROWS)
def test_a_signal_alone_recommends_its_measures(raised: Signal, told: Told) -> None:
    found = POLICY.measures.table(signals=(raised,), **ALLOWED).outcome
    assert set(found) == {Measure.MONITOR, *told.measures}


# -- the time to the result ------------------------------------------------------------------------------------------

DAYS = {VisitMethod.OFF_SITE: 1, VisitMethod.SMS: 2, VisitMethod.PHONE: 3, VisitMethod.VIDEO: 3, VisitMethod.ON_SITE: 7}
CONTINGENT = {VisitMethod.SMS: 1, VisitMethod.PHONE: 3}


def parts(**facts: Any) -> dict[str, tuple[int, bool, bool]]:
    usual: dict[str, Any] = {"visit_kind": VisitKind.PERIODIC, "signals": (), "grade": Grade.NORMAL, "method": VisitMethod.OFF_SITE, "credit_standing": "good"}
    found = POLICY.turnaround.table(**(usual | facts)).outcome
    return {part.name.en: (part.working_days, part.is_contingent, part.is_report) for part in found}


@pytest.mark.parametrize("method", VisitMethod)
def test_the_method_sets_the_time_of_the_report_and_what_can_come_on_top(method: VisitMethod) -> None:
    found = parts(method=method)
    assert {name: days for name, (days, _, is_report) in found.items() if is_report} == {f"verification and report ({method.label('en')})": DAYS[method]}
    extra = [days for days, is_contingent, is_report in found.values() if is_contingent and not is_report]
    assert extra == ([CONTINGENT[method]] if method in CONTINGENT else [])
    assert len(found) == 1 + len(extra)


REPORT = "verification and report (off-site check of data)"
#: With a warning a person determines the grade, decides what to do, and tells the borrower.
WARNED = {"determination of the grade": (1, False, False), "approval of the measure": (2, False, False), "telling the borrower": (1, False, False)}
TITLE = {**WARNED, "enquiry at the registry": (5, True, False), "legal opinion": (5, False, False)}
STEPS = {
    "a revaluation needs a valuation, from outside at worst": ({"visit_kind": VisitKind.REVALUATION}, {"internal valuation": (3, False, False), "external valuation": (10, True, False)}),
    "a lapsed registration needs a legal opinion": ({"signals": (signal("registration_lapsed", "red"),)}, TITLE),
    "a seizure needs a legal opinion": ({"signals": (signal("seizure", "red"),)}, TITLE),
    "a stalled project needs none": ({"signals": (signal("project_stalled", "orange"),)}, WARNED),
    "a non-performing grade is approved": ({"grade": Grade.SUBSTANDARD}, {"approval of a non-performing grade": (3, False, False)}),
    "special mention is determined": ({"grade": Grade.SPECIAL_MENTION}, {"determination of the grade": (1, False, False)}),
    "excellent standing takes a day less": ({"credit_standing": "excellent"}, {"report sooner, excellent standing": (-1, False, False)}),
}


@pytest.mark.parametrize(("facts", "steps"), STEPS.values(), ids=STEPS)
def test_what_comes_after_the_report(facts: dict[str, Any], steps: dict[str, Any]) -> None:
    assert parts(**facts) == {REPORT: (1, False, True), **steps}


def test_every_step_is_told() -> None:
    assert len(POLICY.turnaround.rules) == len(DAYS) + len(CONTINGENT) + len(("valuation", "external-valuation", "excellent", "determination", "approval", "registry", "decision", "legal-opinion", "papers", "telling"))
