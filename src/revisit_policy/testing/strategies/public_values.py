"""Public values: a strategy for every class that the front door shows, so that `st.from_type` draws valid and varied ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

from hypothesis import strategies as st

from revisit_policy.casefile.borrower import BorrowerProfile
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.collateral import Collateral
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.fields import YearlyRate
from revisit_policy.casefile.loan import DaysPastDue, Loan, Principal, TermMonths
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.people.action import Action
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.casefile.visit import Visit
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.glance import Glance
from revisit_policy.decision.grading.upgrade import Upgrade
from revisit_policy.decision.refusal import Refusal
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.errors import OutsideCalendarError
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.language.period import Period
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Scale, Score
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdict, Verdicts
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.measure import ActionState, Measure, OwnerRole
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.obligation_kind import AtMaturity, ObligationKind, ServedBy
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every, Within
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.results.progress import Progress
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.results.result_stage import ResultStage
from revisit_policy.outcomes.results.stage_limit import limits_of
from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.turnaround import ResultDay, TurnaroundPart, WaitsFor
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.outcomes.window import Window
from revisit_policy.outcomes.words.method_note import MethodNote
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.policy.edition import Edition
from revisit_policy.policy.overlay import Addition, Overlay
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing.strategies.case_files import borrowers, case_files, collaterals, determinations, markets, visits
from revisit_policy.testing.strategies.keyword_facts import facts_for
from revisit_policy.testing.strategies.loans import ON, loans
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.dates import Date, from_ordinal, to_date
from revisit_policy.values.labels import Label, Labelled, OrderedLabelled
from revisit_policy.values.money import Money, cny
from revisit_policy.values.validation import Text
from revisit_policy.values.verified import Verified

Values = st.SearchStrategy[Any]

_WORDS: Final = st.text(st.characters(categories=("Ll", "Lu", "Lo", "Nd")), min_size=1, max_size=12)
_DAYS: Final = st.dates(Date(1990, 1, 1), Date(2060, 12, 31)).map(to_date)
_IDS: Final = st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
_FEW: Final = st.integers(1, 30)


def values_of(kind: Any) -> Values:
    """A strategy for values of *kind*, one of the classes of the front door that are values.

    What a bank has on file, and the small values, are made of parts that are drawn; rules, tables and policies are those of
    the shipped rulebook, and decisions and verdicts are what it says of drawn cases.

    Args:
        kind: The class.
    """
    return _MADE[kind]()


def _labels() -> Values:
    return st.builds(Label, zh=_WORDS, en=_WORDS)


def _citations() -> Values:
    binding = [each for each in Standing if each.is_binding]
    standing = st.sampled_from([each for each in Standing if not each.is_binding])
    return st.one_of(
        st.builds(Citation, document=_labels(), article=st.none() | _WORDS, standing=standing),
        st.builds(Citation, document=_labels(), number=st.none() | _WORDS, in_force_from=st.none() | _DAYS, verified=st.sets(st.sampled_from(Verified)),
                  standing=st.sampled_from(binding)),
    )


def _ordered_days(kind: type, *names: str, **parts: Values) -> Values:
    """Values of *kind* whose days *names* come one after the other."""

    def made(first: Date, steps: list[int], **rest: Any) -> Any:
        days = [first + timedelta(days=sum(steps[:at])) for at in range(len(names))]
        return kind(**dict(zip(names, map(to_date, days), strict=True)), **rest)

    return st.builds(made, _DAYS, st.lists(st.integers(0, 60), min_size=len(names), max_size=len(names)), **parts)


def _windows() -> Values:
    return _ordered_days(Window, "opens", "due", "closes")


def _results() -> Values:
    """Results of visits to come and of visits that were made, whose days come one after the other."""

    def made(first: Date, steps: list[int], parts: list[TurnaroundPart], **rest: Any) -> Result:
        places = [sum(steps[: at + 1]) for at in range(len(ResultDay))]
        earliest, expected, latest = (tuple(from_ordinal(first.toordinal() + place * more) for place in places) for more in (1, 2, 3))
        return Result(limits=limits_of(parts), earliest_days=earliest, expected_days=expected, latest_days=latest, **rest)

    return st.builds(
        made, _DAYS, st.lists(st.integers(0, 60), min_size=len(ResultDay), max_size=len(ResultDay)), st.lists(_turnaround_parts(), max_size=3),
        run_months=st.none() | st.integers(1, 12), progress=st.none() | _progress(),
    )


def _progress() -> Values:
    """How far a result has come; of the days those that have come are the first."""

    def made(completed_on: Date, more: int, reached: int) -> Progress:
        states = [StageState.REACHED if place < reached else StageState.ON_TRACK for place in range(len(ResultDay))]
        days = [completed_on if place < reached else None for place in range(len(ResultDay))]
        return Progress(on=from_ordinal(completed_on.toordinal() + more), completed_on=completed_on, reached=days, states=states)

    return st.builds(made, _DAYS, _FEW, st.integers(0, len(ResultDay)))


def _turnaround_parts() -> Values:
    return st.builds(
        TurnaroundPart, _labels(), working_days=_FEW, leads_to=st.sampled_from(ResultDay), owner=st.none() | st.sampled_from(OwnerRole),
        waits_for=st.none() | st.sampled_from(WaitsFor),
    )


def _stages() -> Values:
    return _results().map(lambda result: result.told)


def _revisits() -> Values:
    return st.builds(
        Revisit,
        kind=st.sampled_from(VisitKind),
        window=_windows(),
        method=st.sampled_from(VisitMethod),
        officers=st.integers(1, 3),
        result=_results(),
    )


def _members() -> Values:
    return st.sampled_from((*VisitKind, *Measure))


def _between() -> Values:
    return st.builds(lambda first, more: Between(first, first + more), _FEW, _FEW)


def _every() -> Values:
    return st.one_of(
        st.builds(lambda months, lead, left: Every(months=months, lead_days=lead, catch_up_days=left), _FEW, _FEW, st.none() | _FEW),
        st.builds(lambda least, more: Every(days=(least, least + more)), _FEW, _FEW),
    )


def _within() -> Values:
    count = st.sampled_from(("working_days", "days", "months"))
    return st.builds(lambda name, length, same: Within(**{name: length}, same_month=same), count, _FEW, st.booleans())


def _obligations() -> Values:
    when = st.one_of(_within(), _between(), _every(), st.just(AtNextVisit()))
    return st.builds(Obligation, _members(), when, since=st.none() | _signals() | st.sampled_from(SignalCode))


def _obligation_kinds() -> Values:
    return _members().flatmap(
        lambda kind: st.builds(
            ObligationKind,
            st.just(kind),
            met_by=st.lists(_members(), max_size=2, unique=True).map(tuple),
            served_by=st.sampled_from(ServedBy),
            joins=st.booleans(),
            after=st.none() | _members().filter(lambda other: other is not kind),
            at_maturity=st.sampled_from(AtMaturity),
            order=st.integers(0, 9),
        )
    )


def _signals() -> Values:
    return st.builds(Signal, st.sampled_from(SignalCode), level=_levels(), since=st.none() | _DAYS)


def _levels() -> Values:
    return st.sampled_from([level for level in Level if level is not Level.NONE])


def _recommendations() -> Values:
    course: Values = st.builds(lambda state, day: {"state": state, "acted_on": day}, st.sampled_from(ActionState), _DAYS) | st.just({})
    return st.builds(
        lambda measure, others, by, owner, done: Recommendation(measure, by=by, owner=owner, since=by, late=by is not None, instead_of=others, **done),
        st.sampled_from(Measure), st.lists(st.sampled_from(Measure), max_size=2).map(tuple), st.none() | _DAYS, st.sampled_from(OwnerRole), course,
    )  # fmt: skip


def _measure_notes() -> Values:
    def made(measure: Measure, others: list[Measure], deadline: Within | None, owner: OwnerRole) -> MeasureNote:
        other = [each for each in others if each is not measure]
        return MeasureNote(measure, owner=owner, deadline=deadline, after=other[:1], instead_of=other[1:])

    others = st.lists(st.sampled_from(Measure), max_size=2, unique=True)
    return st.builds(made, st.sampled_from(Measure), others, st.none() | _within(), st.sampled_from(OwnerRole))


def _periods() -> Values:
    return _ordered_days(Period, "since").flatmap(
        lambda period: st.just(period) | _FEW.map(lambda days: Period(since=period.since, until=to_date(period.since + timedelta(days=days))))
    )


def _conventions() -> Values:
    return st.builds(Conventions, periodic_lead_days=_FEW, red_working_days=_FEW, revaluation_months=_FEW)


def _scales() -> Values:
    return st.lists(_IDS, min_size=1, max_size=6, unique=True).map(lambda outcomes: Scale(tuple(outcomes)))


def _policies() -> Values:
    return st.sampled_from(cn_housing.rulebook.editions).map(lambda edition: edition.policy)


def _tables() -> Values:
    return _policies().flatmap(lambda policy: st.sampled_from(policy.graph.tables))


def _rules() -> Values:
    return _tables().filter(lambda table: table.rules).flatmap(lambda table: st.sampled_from(table.rules))


def _facts() -> Values:
    return _policies().flatmap(lambda policy: st.sampled_from(policy.graph.facts))


def _assumptions() -> Values:
    late = Fact.count("late", low=0, high=999, label=Label("逾期", "late"))
    return st.builds(lambda value, because: Assumption(fact=late, value=value, because=because), _FEW, _citations())


def _additions() -> Values:
    return st.builds(lambda rule, table: Addition(table=table, rules=(rule,)), _rules(), _IDS)


def _decisions() -> Values:
    return case_files().map(lambda case: cn_housing.rulebook.decide(case, on=ON))


def _upgrades() -> Values:
    return st.builds(
        lambda grade, rules, because, sources, missing: Upgrade(grade=grade, rules=tuple(rules), speaks_for=because, sources=sources, missing=missing),
        st.sampled_from(Grade), st.lists(_IDS, min_size=1, max_size=2), st.tuples(_labels()), st.tuples(_citations()),
        st.lists(_labels(), max_size=2).map(tuple),
    )  # fmt: skip


def _graphs() -> Values:
    return _policies().flatmap(lambda policy: st.sampled_from(policy.graph.tables).map(lambda table: policy.graph.leading_to(table.id)))


def _verdicts() -> Values:
    return _graphs().flatmap(lambda graph: facts_for(graph).map(lambda facts: graph.verdicts(**facts)))


def _refusals() -> Values:
    return case_files().map(lambda case: Refusal(case=case, error=OutsideCalendarError(day=ON, first=ON, last=ON)))


def _glances() -> Values:
    return case_files().map(lambda case: cn_housing.rulebook.glance(case, on=ON))


_MADE: Final[Mapping[Any, Callable[[], Values]]] = {
    Date: lambda: _DAYS,
    Action: lambda: st.builds(Action, st.sampled_from(Measure), state=st.sampled_from(ActionState), on=_DAYS),
    Addition: _additions,
    Assumption: _assumptions,
    AtNextVisit: lambda: st.just(AtNextVisit()),
    Between: _between,
    BorrowerProfile: borrowers,
    CaseFile: case_files,
    Citation: _citations,
    Collateral: collaterals,
    Conventions: _conventions,
    DayWindow: lambda: st.builds(lambda first, more: DayWindow(first, first + more), _FEW, _FEW),
    Deadline: lambda: _FEW.map(Deadline),
    Decision: _decisions,
    Upgrade: _upgrades,
    DecisionGraph: _graphs,
    Edition: lambda: st.sampled_from(cn_housing.rulebook.editions),
    Every: _every,
    Event: lambda: st.builds(Event, st.sampled_from(SignalCode), since=_DAYS),
    Fact: _facts,
    Glance: _glances,
    Label: _labels,
    Loan: loans,
    MarketConditions: markets,
    Determination: determinations,
    MeasureNote: _measure_notes,
    MethodNote: lambda: st.builds(MethodNote, st.sampled_from(VisitMethod), hours=st.none() | st.integers(0, 8), officers=st.integers(1, 3)),
    Money: lambda: st.integers(0, 10_000_000).map(cny),
    Obligation: _obligations,
    ObligationKind: _obligation_kinds,
    Overlay: lambda: st.builds(lambda name, addition: Overlay(id=name, additions=(addition,)), _IDS, _additions()),
    Period: _periods,
    Recommendation: _recommendations,
    Refusal: _refusals,
    Revisit: _revisits,
    RevisitPolicy: _policies,
    RevisitSchedule: lambda: _decisions().map(lambda decision: decision.schedule),
    Rule: _rules,
    Rulebook: lambda: st.just(cn_housing.rulebook),
    Scale: _scales,
    Score: lambda: st.sampled_from((Score(), Score(worse="low"))),
    Signal: _signals,
    Table: _tables,
    Trigger: lambda: st.builds(Trigger, st.sampled_from(SignalCode), level=_levels(), deadline=_FEW.map(Deadline)),
    Progress: _progress,
    Result: _results,
    ResultStage: _stages,
    TurnaroundPart: _turnaround_parts,
    Verdict: lambda: _verdicts().flatmap(lambda verdicts: st.sampled_from(tuple(verdicts.values()))),
    Verdicts: _verdicts,
    Visit: visits,
    Vocabulary: lambda: st.builds(
        Vocabulary, signals=st.sets(st.sampled_from(SignalCode), min_size=1).map(tuple), currency=st.sampled_from(("CNY", "JPY", "IDR"))
    ),
    Window: _windows,
    Within: _within,
    # what the fields of a case file let through, for `st.builds`
    Labelled: lambda: st.sampled_from((*VisitKind, *SignalCode, *Measure)),
    OrderedLabelled: lambda: st.sampled_from((*VisitMethod, *Grade)),
    Text: lambda: _WORDS,
    YearlyRate: lambda: st.integers(0, 1000).map(lambda part: Fraction(part, 10_000)),
    Principal: lambda: st.integers(10_000_000, 20_000_000).map(cny),  # no less than any balance that is drawn
    TermMonths: lambda: st.integers(1, 360),
    DaysPastDue: lambda: st.sampled_from((0, 1, 30, 31, 90, 91, 180, 181, 360, 361)),
}
