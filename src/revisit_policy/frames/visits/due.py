"""What is due in columns in the usual way: of every row what `decision.due` says of one case.

The four usual kinds are a first visit between two days after the disbursement, one periodic visit, answers to signals, and valuations by
age and by a time in working days: said in figures, or in obligations that come to the same. Obligations of any other kind or time are
those of `owed`, of which each has columns of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import attrs
import narwhals as nw

from revisit_policy.casefile.facts import disbursed_on
from revisit_policy.decision.seats.in_figures import OBLIGATIONS
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.frames.expressions.choosing import chosen
from revisit_policy.frames.expressions.expression import Expression, Literal
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.frames.rules.told import Told, number
from revisit_policy.frames.subject import kinds_told, owed_by
from revisit_policy.language.fact import Fact
from revisit_policy.language.flags import Row, both, either, inverse
from revisit_policy.outcomes.deadline import Deadline
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.obligation_kind import ServedBy
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every, Within
from revisit_policy.outcomes.obligations.usual import USUAL_KINDS, VALUED_ON
from revisit_policy.outcomes.signal import Signal, SignalCode
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.speech.phrase import Phrase

Shape = TypeVar("Shape", Between, Every, Within)


@attrs.frozen(kw_only=True)
class Figures:
    """The figures of one policy that turn what is due into days.

    Args:
        lead_days: Calendar days before its last day from which a periodic visit may be made.
        catch_up_days: Calendar days that are left after the last visit of a lesser sort; ``None`` if none are.
        valuation_lead_days: The same as *lead_days* of a valuation that expires.
        valuation_months: Months for which a valuation lasts; ``None`` if it does not expire.
        valuation_working_days: How long a valuation asked for now may take.
    """

    lead_days: int
    catch_up_days: int | None
    valuation_lead_days: int
    valuation_months: int | None
    valuation_working_days: int


@attrs.frozen(kw_only=True, eq=False)
class DueColumns:
    """What is due of every row.

    Args:
        first: The windows of a first visit, in days after the disbursement, each where it is the one that counts.
        periodic: Where there is a periodic visit.
        months: Months from one to the next; 0 where there is none.
        answers: Signals that are to be answered, and how soon, each where it is.
        valuation: Where a valuation that expires is made anew.
        valuation_is_asked: Where rules ask for one now.
    """

    first: tuple[tuple[Between, Flag], ...]
    periodic: Flag
    months: Expression
    answers: tuple[tuple[Trigger, Flag], ...]
    valuation: Flag
    valuation_is_asked: Flag


def due_columns(told: Told) -> DueColumns:
    """What is due of every row that has been *told* what tables say: by its obligations, or, without such a table, by the four in figures."""
    if OBLIGATIONS not in told.tables:
        return _in_figures(told)
    if told.has(OBLIGATIONS) is True:
        return _said(told)
    return _merged(_said(told), _in_figures(told), without=inverse(told.has(OBLIGATIONS)))


def figures_of(policy: RevisitPolicy) -> Figures:
    """The figures of a *policy* that `is_usual`: those of its obligations, else its conventions."""
    figures = policy.conventions
    if OBLIGATIONS not in policy.graph.by_id:
        return Figures(
            lead_days=figures.periodic_lead_days,
            catch_up_days=None,
            valuation_lead_days=figures.periodic_lead_days,
            valuation_months=figures.revaluation_months,
            valuation_working_days=figures.revaluation_working_days,
        )
    owed = visits_owed(policy)
    periodic = _only(owed, VisitKind.PERIODIC, Every)
    expiring, asked = _only(owed, VisitKind.REVALUATION, Every), _only(owed, VisitKind.REVALUATION, Within)
    months = None if expiring is None else expiring.months
    return Figures(
        lead_days=0 if periodic is None else periodic.lead_days,
        catch_up_days=None if periodic is None else periodic.catch_up_days,
        valuation_lead_days=0 if expiring is None else expiring.lead_days,
        valuation_months=months if isinstance(months, int) else None,
        valuation_working_days=1 if asked is None or asked.working_days is None else asked.working_days,
    )


def visits_owed(policy: RevisitPolicy) -> tuple[Obligation, ...]:
    """What a *policy* with a table of obligations can ask of visits."""
    kinds = kinds_told(policy)
    return tuple(each for each in owed_by(policy.graph.by_id[OBLIGATIONS]) if kinds[each.kind].served_by is ServedBy.VISIT)


def is_usual(policy: RevisitPolicy) -> bool:
    """Whether a *policy* plans the four usual kinds of visits in the usual way: these have fewer columns than obligations of any kind."""
    if OBLIGATIONS not in policy.graph.by_id:
        return True
    owed, kinds = visits_owed(policy), kinds_told(policy)
    is_planned = all(_is_planned(each) and kinds[each.kind] == USUAL_KINDS[each.kind] for each in owed)
    shapes = [(each.kind, type(each.when)) for each in owed if isinstance(each.when, Every) or each.kind is VisitKind.REVALUATION]
    return is_planned and len(set(shapes)) == len(shapes)


def refused(obligation: Obligation) -> InvalidPolicyError:
    """The error for an *obligation* of which columns cannot say when it is to be met."""
    problem = Phrase(
        "列式运算不排定`{owed}`：其起算日不在任何一列；请不取 `visits`，改为逐案决定",
        "columns plan no `{owed}`: the day that it counts from is in no column; leave `visits` out, and decide the cases one by one",
        owed=obligation.labels,
    )
    return InvalidPolicyError(subject=OBLIGATIONS, problem=problem)


def _is_planned(owed: Obligation) -> bool:
    """Whether columns plan what is *owed*."""
    when, since = owed.when, owed.since
    match owed.kind, when:
        case VisitKind.FIRST, Between():
            return isinstance(since, Fact) and since == disbursed_on and when.first >= 0
        case VisitKind.PERIODIC, Every():
            return isinstance(since, Fact) and since == disbursed_on and when.months is not None
        case VisitKind.TRIGGERED, Within() | AtNextVisit():
            return isinstance(since, Signal) and (isinstance(when, AtNextVisit) or when.days is when.months is None)
        case VisitKind.REVALUATION, Every():
            return isinstance(since, Fact) and since == VALUED_ON and isinstance(when.months, int)
        case VisitKind.REVALUATION, Within():
            return since is SignalCode.REVALUATION_DUE and when.working_days is not None and not when.same_month
        case _:
            return False


def _only(owed: Iterable[Obligation], kind: VisitKind, shape: type[Shape]) -> Shape | None:
    """The time of the one obligation of a *kind* that has this *shape*."""
    return next((each.when for each in owed if each.kind is kind and isinstance(each.when, shape)), None)


# -- as obligations --------------------------------------------------------------------------------------------------


def _said(told: Told) -> DueColumns:
    handed = zip(owed_by(told.tables[OBLIGATIONS]), told.handed(OBLIGATIONS), strict=True)
    owed = tuple((each, flag) for each, flag in handed if isinstance(each.kind, VisitKind) and _is_planned(each))
    periodic = [(each, flag) for each, flag in owed if each.kind is VisitKind.PERIODIC]
    return DueColumns(
        first=tuple(_earliest([(each.when, flag) for each, flag in owed if each.kind is VisitKind.FIRST and isinstance(each.when, Between)])),
        periodic=either(flag for _, flag in periodic),
        months=_months(told, periodic),
        answers=tuple((_trigger(each), flag) for each, flag in owed if each.kind is VisitKind.TRIGGERED and flag is not False),
        valuation=either(flag for each, flag in owed if each.kind is VisitKind.REVALUATION and isinstance(each.when, Every)),
        valuation_is_asked=either(flag for each, flag in owed if each.kind is VisitKind.REVALUATION and isinstance(each.when, Within)),
    )


def _earliest(windows: list[tuple[Between, Flag]]) -> Iterator[tuple[Between, Flag]]:
    """Of the *windows* that are owed the one that closes first."""
    before: list[Flag] = []
    for window, flag in sorted(windows, key=lambda each: (each[0].last, each[0].first)):
        yield window, both((flag, inverse(either(before))))
        before.append(flag)


def _trigger(owed: Obligation) -> Trigger:
    signal, when = owed.since, owed.when
    assert isinstance(signal, Signal)  # noqa: S101 - others are refused
    deadline = Deadline(when.working_days, within_month=when.same_month) if isinstance(when, Within) else Deadline(None)
    return Trigger(signal.code, signal.level, deadline)


def _months(told: Told, periodic: list[tuple[Obligation, Flag]]) -> Expression:
    found: Expression = Literal(0, nw.Int16)
    for each, flag in periodic:
        assert isinstance(each.when, Every)  # noqa: S101 - others are refused
        months = each.when.months
        counted = _at_worst(told, months.name) if isinstance(months, Fact) else Literal(months, nw.Int16)
        found = counted if flag is True else chosen(Row.of((True, flag)), [found, counted])
    return found


def _at_worst(told: Told, table_id: str) -> Expression:
    """The number that is the worst that a table may say."""
    counts = (0, *told.items(table_id))
    return chosen(Row.of((True, *told.places(table_id).possible)), [Literal(count, nw.Int16) for count in counts])


# -- in figures ------------------------------------------------------------------------------------------------------


def _in_figures(told: Told) -> DueColumns:
    windows = zip(told.items("first_window"), told.handed("first_window"), strict=True)
    triggers = zip(told.items("triggers"), told.handed("triggers"), strict=True)
    valued = told.has("revaluation")
    return DueColumns(
        first=tuple((Between(window.first, window.last), flag) for window, flag in windows),
        periodic=told.has("interval"),
        months=number(told, "interval"),
        answers=tuple(pair for pair in triggers if pair[1] is not False),
        valuation=valued,
        valuation_is_asked=both((valued, told.is_more_than_absent("revaluation"))),
    )


def _merged(said: DueColumns, figures: DueColumns, *, without: Flag) -> DueColumns:
    """What is *said* of rows whose edition has obligations, and the *figures* of those *without*."""
    return DueColumns(
        first=(*said.first, *((window, both((without, flag))) for window, flag in figures.first)),
        periodic=either((said.periodic, both((without, figures.periodic)))),
        months=chosen(Row.of((True, without)), [said.months, figures.months]),
        answers=tuple(_one_each((*said.answers, *((trigger, both((without, flag))) for trigger, flag in figures.answers)))),
        valuation=either((said.valuation, both((without, figures.valuation)))),
        valuation_is_asked=either((said.valuation_is_asked, both((without, figures.valuation_is_asked)))),
    )


def _one_each(answers: Iterable[tuple[Trigger, Flag]]) -> Iterator[tuple[Trigger, Flag]]:
    """Each answer once, where one of the *answers* is that."""
    found: dict[Trigger, list[Flag]] = {}
    for trigger, flag in answers:
        found.setdefault(trigger, []).append(flag)
    yield from ((trigger, either(flags)) for trigger, flags in found.items())
