"""Every field of every public value that a user writes holds what it says it holds, whatever it was given."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import types
import typing
import warnings
from collections.abc import Mapping
from typing import Any, Final

import attrs
import polars as pl
import pytest
from tests.architecture.public_surface import facades, offered
from tests.architecture.test_wrong_arguments import DECISION, FIELDS, HOUSE, WRONG, Call, fields_of, refusal_of
from tests.servicing import test_wrong_arguments as of_servicing

import revisit_policy as rp
from revisit_policy import (
    analysis,
    backtest,
    casefile,
    contact,
    decision,
    frames,
    language,
    outcomes,
    planning,
    policy,
    records,
    reports,
    revisit,
    servicing,
    testing,
    values,
    workload,
)
from revisit_policy.casefile import percent
from revisit_policy.language import Field, Terms, Where
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.cn_notices import CHINA

VISITED: Final = rp.Visit(kind="first", method="phone", completed_on="2024-05-20", finding="satisfactory")
CONTENT: Final = records.Content("watch", "transaction")
ONE: Final = records.Ledger(name="a").append("1", on="2026-01-01", fields={"a": CONTENT}, salt=bytes(32))
LEDGER: Final = ONE.append("2", on="2026-01-02", fields={"a": CONTENT}, salt=bytes([1]) * 32)
FLAT: Final = backtest.Flat(months=12)
ROWS: Final = pl.DataFrame({"loan": ["L-1"], "on": [dt.date(2026, 1, 1)], "lost_on": [dt.date(2026, 9, 1)], "began": [dt.date(2025, 1, 1)]})
CALL: Final = contact.Contact("call", number="mobile")

#: Beside the values whose fields are asked about with the other arguments.
MORE: Final = {
    "a rule of calls a day": contact.CallsADay(most=3, source=HOUSE),
    "a rule of unanswered calls": contact.UnansweredADay(most=3, source=HOUSE),
    "a rule of days apart": contact.DaysApart(days=7, purposes=["collection"], source=HOUSE),
    "quiet hours": contact.QuietHours(hours=contact.Hours("22:00", "08:00"), source=HOUSE),
    "a rule of third persons": contact.ThirdPersons(after_failed=3, source=HOUSE),
    "a no that stays": contact.NoStaysNo(source=HOUSE),
    "what is preferred": contact.AsPreferred(source=HOUSE),
    "hours": contact.Hours("22:00", "08:00"),
    "a contact": CALL,
    "an attempt": contact.Attempt(at="2026-11-24T10:05+08:00", contact=CALL, response="answered"),
    "a log": contact.ContactLog(),
    "an entry of a calendar": contact.CalendarEntry(id="a", on="2026-11-24", title="a"),
    "a ground": revisit.Consent(to="enter", basis="consent"),
    "a finding": revisit.Observed(field="loan.balance", value=rp.cny(1), evidence="document", reference="DOC-1"),
    "a report": revisit.VisitReport(loan_no="L-1", visit=VISITED, officers=["O-1"], met=["borrower"]),
    "what matters": revisit.Materiality(),
    "a rule of officers": revisit.OfficersTogether(method="on_site", least=2, source=HOUSE),
    "a rule of acts": revisit.ActsNeeded(method="phone", acts=["identify"], source=HOUSE),
    "a rule of grounds": revisit.GroundNeeded(act="enter", bases=["consent"], source=HOUSE),
    "a page": reports.Page("a", sections=[], lang="zh"),
    "a section": reports.Section("a"),
    "an inspection report": reports.InspectionReport(DECISION),
    "a granting report": reports.GrantingReport(reports.GrantTally(on=DECISION.on, by=("loan.product",), groups=())),
    "a portfolio report": reports.PortfolioReport(reports.Tally(on=DECISION.on, loans=0, refused=0, grades=())),
    "a content": CONTENT,
    "a rule of retention": cn_housing.RETENTION[0],
    "an entry": LEDGER.entry("1"),
    "a sealed field": LEDGER.entry("1").fields[0],
    "a head": LEDGER.head,
    "a proof of an entry": LEDGER.inclusion("1"),
    "a proof of growth": LEDGER.consistency(ONE.head),
    "a candidate": workload.Candidate("L-1", points=1, since="2026-01-01"),
    "a capacity": workload.Capacity(5),
    "a due visit": workload.DueVisit("L-1", opens="2026-12-01", closes="2026-12-04"),
    "a window": backtest.Window(),
    "a share": backtest.Estimate(hits=1, of=2),
    "a flat plan": FLAT,
    "a plan of intervals": backtest.Intervals(cn_housing.policy()),
    "a plan of visits": backtest.Planned(cn_housing.policy()),
    "a ranking": backtest.Ranked(capacity=1),
    "a plan that is dealt": backtest.Dealt(FLAT),
    "a panel": backtest.Panel(ROWS, loan="loan", on="on", event="lost_on", began="began"),
    "a limit": outcomes.StageLimit("told"),
    "a run": outcomes.ClassificationRun(months=3, earliest="2026-12-31", expected="2026-12-31", latest="2026-12-31"),
    "a unit of cells": percent("loan.annual_rate"),
    "a calendar": CHINA,
    "a question": decision.Question(on="2026-06-01"),
    "amounts": language.Amounts(rp.cny(0), rp.cny(1)),
    "choices": language.Choices(("a", "b")),
    "counts": language.Counts(0, 3),
    "days": language.Days(),
    "ratios": language.Ratios("0", "1"),
    "a field": Field("loan.balance"),
    "terms": Terms(("loan.balance",)),
    "a quotient": language.Quotient(Terms(("loan.balance",)), Terms(("loan.principal",))),
    "a change": language.RelativeChange("loan.balance", "loan.principal"),
    "a filter": Where("kind", ("first",)),
    "the latest": language.Latest("visits", "completed_on"),
    "a count of items": language.CountOf("visits", "completed_on"),
    "days since": language.DaysSince(Field("loan.disbursed_on")),
    "days from one to another": language.DaysFromTo(Field("loan.signed_on"), Field("loan.disbursed_on")),
    "months elapsed": language.MonthsElapsed(Field("loan.disbursed_on")),
    "months begun": language.MonthsBegun(Field("loan.disbursed_on")),
    "months until": language.MonthsUntil(Field("loan.disbursed_on")),
    "the greatest": language.Greatest(("loan.balance",)),
    "the least": language.Least(("loan.balance",)),
    "a figure of a day": language.Measured("own.score", "own.score_as_of"),
    "a count that grows": language.GrownDaily("loan.days_past_due", "loan.arrears_as_of", "loan.unpaid_since"),
}
WRITTEN: Final = {
    **FIELDS,
    **{row: call for row, call in of_servicing.CALLS.items() if hasattr(call, "keywords")},
    **{row: call for name, value in MORE.items() for row, call in fields_of(name, value).items()},
}


#: What the library makes and hands out: nobody writes its fields, and it would be slow to look at them again each time.
HANDED_OUT: Final = {
    "answers of the analysis": (
        analysis.Affected, analysis.Change, analysis.Counterexample, analysis.DeadRule, analysis.Diff, analysis.Found, analysis.Gap,
        analysis.Impact, analysis.Migration, analysis.MonthOfVisits, analysis.NotMonotone, analysis.OfficerHours, analysis.Overlap, analysis.Proved,
        analysis.Reached, analysis.Step, analysis.VisitsOfKind, analysis.Volume, analysis.Witness,
    ),
    "a decision and its parts": (
        rp.Decision, rp.Glance, rp.Refusal, rp.Revisit, rp.RevisitSchedule, rp.Upgrade, outcomes.DeskDuty, rp.Verdict, rp.Verdicts,
        outcomes.Progress, outcomes.Durations, outcomes.StageDurations, workload.MethodHours, workload.VisitHours, rp.Result, rp.ResultStage, outcomes.Window,
        decision.Saying, decision.Sayings, outcomes.Layout, outcomes.MeasureOrder,
        decision.Assessment, decision.Change, decision.Due, decision.DueReader, decision.Reason, decision.Replan,
    ),
    "what conditions are made of: by comparing facts, by `&` and by `|`, which refuse what is none": (
        language.All, language.AnyOf, language.Compare, language.FlagIs, language.Includes, language.Known, language.Missing, language.OneOf,
        language.Flags, language.Points, language.Sets, language.Supplied,
    ),
    "what a table is read by, and what is read": (
        language.Both, language.Either, language.Extraction, language.Folding, language.Found, language.GeneratedReader, language.Group,
        language.Heard, language.Hearing, language.Line, language.Margin, language.MaskReader, language.Reading, language.Resolution,
        language.Ruling, language.RulingReader, language.Snapshot, language.Stem, language.Stems,
        decision.Identity, decision.PolicyReader, decision.VisitReader, decision.VisitReading, policy.Assessments, policy.BoundTable,
    ),
    "what visits are planned from, made of a decision": (
        planning.Agenda, planning.Duty, planning.Errand,
        planning.LastVisits, planning.Means, planning.SharedVisit, planning.OpenTrigger, planning.PlanCalendar, planning.PlanMemory, planning.PlanRequest,
        values.Memory,
    ),
    "what has no field": (outcomes.AtNextVisit,),
    "plans, permissions and reminders": (contact.ContactPlan, contact.Permission, contact.Reach, contact.Reminder),
    "a book as numbers": (
        reports.Counted, reports.EarlyArrears, reports.GrantGroup, reports.GrantTally, reports.Moves, reports.Tally, reports.WeekOfVisits,
    ),
    "what a report says": (revisit.Breach, revisit.Comparison, revisit.Discrepancy, revisit.Moved, revisit.QualitySignal, revisit.Reassessment),
    "a stored decision, and what asking it again found": (records.DecisionRecord, records.Difference, records.Replay, records.Told),
    "a ledger, made by adding, and what its verification finds": (
        records.Entries, records.Ledger, records.LedgerFinding, records.Verification,
    ),
    "what a policy finds of itself, and what is made of `own`": (casefile.OwnFacts, policy.PolicyCheck, policy.UndatedObligation),
    "answers of servicing": (servicing.Arrears, servicing.BandSpell, servicing.Cover, servicing.Revaluation),
    "answers about the workload": (
        workload.Admission, workload.Admitted, workload.Crowd, workload.LeftOut, workload.OfficePlan, workload.PlannedVisit,
        workload.Quota, workload.Sample, workload.Spread, workload.Stratum,
    ),
    "answers of a backtest": (
        backtest.Beside, backtest.Comparison, backtest.Lift, backtest.PeriodSpend, backtest.Result, backtest.Reviewed, backtest.Tally,
        backtest.WindowRow,
    ),
    "reports of the kit, schemas, figures of a rulebook": (
        testing.BoundaryCase, testing.Limit, testing.Mutant, testing.RuleCoverage, testing.SnapshotChange, testing.SnapshotDiff, testing.TableCoverage,
        frames.BookAgenda, frames.Column, frames.OfficeHours, frames.Schema,
        cn_housing.Figure,
    ),
}  # fmt: skip


def _owner(call: Call) -> type[Any]:
    return type(typing.cast("Any", call).args[0])


def _public_values() -> set[type[Any]]:
    named = (getattr(importlib.import_module(facade), name) for facade in facades() for name in offered(facade))
    return {value for value in named if inspect.isclass(value) and attrs.has(value)}


def _is_of(value: object, hint: Any) -> bool:
    """Whether *value* is what *hint* says, its items too; a bool is no number."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any or isinstance(hint, typing.TypeVar):
        return True
    if isinstance(hint, typing.NewType):
        return _is_of(value, hint.__supertype__)
    if origin in {typing.Union, types.UnionType}:
        return any(_is_of(value, argument) for argument in arguments)
    if origin is typing.Literal:
        return value in arguments
    if origin is tuple and arguments[-1] is Ellipsis:
        return isinstance(value, tuple) and all(_is_of(item, arguments[0]) for item in value)
    if origin is tuple:
        return isinstance(value, tuple) and len(value) == len(arguments) and all(map(_is_of, value, arguments))
    if isinstance(value, Mapping):
        return isinstance(value, origin or hint)
    if hint is int and isinstance(value, bool):
        return False
    return isinstance(value, type(None) if hint is None else origin or hint)


def _made(call: Call, given: object) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas warns of being asked whether it is true
        return call(given)


def test_every_public_value_is_either_written_by_somebody_or_handed_out() -> None:
    written, handed_out = {_owner(call) for call in WRITTEN.values()}, [cls for kinds in HANDED_OUT.values() for cls in kinds]
    assert len(handed_out) == len(set(handed_out))
    assert written.isdisjoint(handed_out)
    assert {cls.__qualname__ for cls in _public_values() - written - set(handed_out)} == set()


@pytest.mark.parametrize("call", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_field_refuses_what_it_is_not_in_one_line_or_holds_what_it_says(call: Call) -> None:
    value, alias = typing.cast("Any", call).args
    field = next(field for field in attrs.fields(type(value)) if field.alias == alias)
    hint = typing.get_type_hints(type(value))[field.name]
    assert _is_of(getattr(value, field.name), hint)
    for name, wrong in WRONG.items():
        for given in (wrong, (wrong,)):
            refused = refusal_of(call, given)
            if refused is None:
                assert _is_of(getattr(_made(call, given), field.name), hint), name
            else:
                assert len(str(refused).splitlines()) == 1, name


def test_a_figure_of_a_rule_of_contact_is_refused_with_the_field_and_what_was_given() -> None:
    with pytest.raises(rp.InvalidInputError, match=r"`CallsADay\.most` must be a whole number at least 1 and at most 1440, got `'3'`"):
        contact.CallsADay(most="3", source=HOUSE)  # type: ignore[arg-type] # as it is often read from a file
    with pytest.raises(rp.InvalidInputError, match=r"`DaysApart\.purposes` must be several purposes, got `'collection'`"):
        contact.DaysApart(days=7, purposes="collection", source=HOUSE)
    with pytest.raises(rp.InvalidInputError, match=r"`QuietHours\.hours` must be Hours"):
        contact.QuietHours(hours=("22:00", "08:00"), source=HOUSE)  # type: ignore[arg-type] # a pair is none
