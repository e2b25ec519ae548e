"""Deciding a whole frame: columns in, the same columns and the decisions out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final, Protocol, TypeVar, Unpack, cast

import attrs

from revisit_policy.decision.question import Question
from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.frames.columns.binding import Binding, Layout, Wanted, bound, check_layout, current_layout, to_name, with_currency
from revisit_policy.frames.columns.phase import Phase
from revisit_policy.frames.columns.schema import Schema, checked_besides, schema_of
from revisit_policy.frames.columns.sources import currencies_of
from revisit_policy.frames.engines.opened import check_free, check_told_apart, dtypes_of, engine_of, opened
from revisit_policy.frames.expressions.given import Asked
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.outputs.output import PREFIXES, Output, Trace
from revisit_policy.frames.plan import plan_of
from revisit_policy.frames.subject import Policy, Subject, subject_of
from revisit_policy.language.readers.observing import Seam
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import to_date
from revisit_policy.values.validation import to_flag
from revisit_policy.values.working_days import WorkCalendar

Frame = TypeVar("Frame")


def schema(policy: Policy, *, visits: bool = False) -> Schema:
    """The columns that *policy* needs, derived from its facts; with *visits* also those that `next_visits` needs.

    A fact that is a field of a case file needs the column of that name, such as ``loan.balance``; a fact that is given
    needs one of its own name. A day of a collection, such as the latest of the visits, and a count of one are columns
    named after their fact.

    Raises:
        InvalidPolicyError: If two facts read one column in different ways, or outcomes are given from outside.
        InvalidValueError: If it is no policy, or a bare graph is asked for *visits*.

    Examples:
        >>> from revisit_policy import DecisionGraph
        >>> len(schema(DecisionGraph(())))
        0
    """
    return schema_of(planning(policy, Horizon()) if to_flag(visits, field="visits") else subject_of(policy))


def check(policy: Policy, frame: object, *, visits: bool = False, **layout: Unpack[Layout]) -> None:
    """Nothing, if :func:`decide` can read *frame*; no row is looked at.

    Args:
        policy: What is to decide.
        frame: A frame of any accepted engine.
        visits: Whether visits are to be planned too, which reads more columns.
        layout: How the frame is written, as for :func:`decide`.

    Raises:
        InvalidInputError: If columns are missing or of another type, all of them together, with the nearest name.
        InvalidValueError: If it is no frame of an accepted engine, or a bare graph is asked for *visits*.
        UnknownNameError: If *layout* names a column that the policy does not read.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> book = frames.from_cases([case])
        >>> check(cn_housing.rulebook, book)
        >>> check(cn_housing.rulebook, book.drop("loan.balance"))
        Traceback (most recent call last):
        revisit_policy.errors.InvalidInputError: `frame.loan.balance` must be a column of Int64; ..., got `None`
    """
    binding_of(planning(policy, Horizon()) if to_flag(visits, field="visits") else subject_of(policy), opened(frame), layout)


def decide(  # noqa: PLR0913 - all that a decision and its schedule depend on
    policy: Policy,
    frame: Frame,
    *,
    on: str | dt.date,
    trace: Trace | str = Trace.MASKS,
    visits: bool = False,
    until: str | dt.date | None = None,
    calendar: WorkCalendar | None = None,
    duties: bool = False,
    prefix: str = "",
    **layout: Unpack[Layout],
) -> Frame:
    """*frame* with the decision on every row beside it, as the single decision would take it.

    What comes in comes out: a frame of the same engine, its columns unchanged, its rows in their order where the
    engine has one. A lazy frame stays lazy and nothing is read. Null is unknown in every column.

    For each table there is the outcome, the outcome at worst (where the scale has an order), and the status. Outcomes
    are small whole numbers: places on the scale from 0; sets are masks, bit 0 for the first outcome. `label` turns
    them into words. A row that the single decision would refuse has the facts at fault in ``bad_input`` and nulls
    everywhere else; ``bad_input`` is 0 for all others. A policy that reads much has names for more than one column: then the
    last bit of ``bad_input``, in words ``…``, says that ``bad_input_2`` names more. A policy or a rulebook hands out what its
    decision does, with the edition that each row is under and the first twelve signs of its policy's digest.

    Args:
        policy: What decides.
        frame: A polars DataFrame or LazyFrame, a pandas DataFrame, a pyarrow Table, a DuckDB relation or a PySpark
            DataFrame.
        on: The decision day.
        trace: How the rules that fire and those undecided are written: ``"masks"`` (bits of ``fired_mask`` and
            ``undecided_mask``, 63 rules to each column), ``"booleans"``, ``"text"`` or ``"none"``. Rules stand in the
            order of the latest edition, those of earlier ones after them.
        visits: Whether the next visit of every row is planned too: the columns of `next_visits` then stand behind all
            others. More columns are read for that: those of ``schema(policy, visits=True)``.
        until: The last day of the schedule of visits, inclusive; the horizon of the policy if ``None``.
        calendar: The working days of the schedule; the policy's own if ``None``.
        duties: Whether what a desk has to do is added too, as `next_visits` has it.
        prefix: What the names of the added columns begin with.
        layout: How the frame is written. ``columns``: names in the frame by path, for those that differ.
            ``denominators``: what whole numbers in a column of ratios are divided by, by path. ``without``: paths
            that the frame has no column for; a register then has no entry, a measurement is unknown.

    Raises:
        InvalidInputError: If columns are missing or of another type, or names are taken, all of them together.
        InvalidValueError: If it is no frame of an accepted engine, *on* is no day, or visits are to be planned that
            nothing is said about, or the other way round.
        UnknownNameError: If *layout* names a column that the policy does not read.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> book = frames.from_cases([case])
        >>> decided = decide(cn_housing.rulebook, book, on="2026-11-24")
        >>> decided["grade"].to_list(), frames.label(cn_housing.rulebook, decided)["grade"].to_list()
        ([1], ['special mention'])
    """
    subject = asked_of(policy, visits=visits, on=on, until=until, calendar=calendar, duties=duties)
    return decided(subject, frame, on=on, trace=trace, prefix=prefix, layout=layout)


def asked_of(
    policy: Policy, *, visits: bool, on: str | dt.date, until: str | dt.date | None, calendar: WorkCalendar | None, duties: bool = False
) -> Subject:
    """What decides by *policy*, and plans *visits*, and *duties* at a desk beside them, if it is asked to.

    Raises:
        InvalidInputError: If visits are planned and the day, the horizon or the calendar is none.
        InvalidValueError: If visits are planned by a bare graph, or are not planned and something is said about them.
    """
    if to_flag(visits, field="visits"):
        question = Question(on=on, until=until, calendar=calendar)
        return planning(policy, Horizon(until=question.until, calendar=question.calendar, has_duties=to_flag(duties, field="duties")))
    for name, value in (("until", until), ("calendar", calendar), ("duties", duties or None)):
        if value is not None:
            raise InvalidValueError(owner="", field=name, value=str(value), expected=Phrase(
                "不安排回访（`visits=True`）时留空", "left out unless visits are planned (`visits=True`)"
            ))
    return subject_of(policy)


def planning(policy: Policy, horizon: Horizon) -> Subject:
    """What decides by *policy* and plans the visits up to the *horizon*.

    Raises:
        InvalidValueError: If it is a bare graph, which says nothing of visits.
    """
    subject = subject_of(policy)
    if not subject.is_policy:
        expected = Phrase("RevisitPolicy 或 Rulebook：表之图不涉及回访", "a RevisitPolicy or a Rulebook: a graph of tables says nothing of visits")
        raise InvalidValueError(owner="", field="policy", value=type(policy).__name__, expected=expected)
    return attrs.evolve(subject, horizon=horizon)


class FrameWatcher(Protocol):
    """Stands around the decision on a frame."""

    def __call__(self, decide: Callable[[Any], Any], subject: Subject, frame: Any, *, on: str | dt.date, layout: Layout) -> Any:
        """What *decide* makes of *frame*, or of a frame that is the same and can be seen when it is collected."""


#: Every decision on a frame, for whoever counts what rules do.
FRAMES: Final[Seam[FrameWatcher]] = Seam()


def decided(
    subject: Subject, frame: Frame, *, on: str | dt.date, trace: Trace | str, prefix: str, layout: Layout
) -> Frame:
    """*frame* with the decisions of *subject* beside it; see `decide`."""
    deciding: Callable[[Any], Any] = partial(_decided, subject, on=on, trace=trace, prefix=prefix, layout=layout)
    for watcher in FRAMES.watchers:
        deciding = partial(watcher, deciding, subject, on=on, layout=layout)
    found: Frame = deciding(frame)
    return found


def _decided(
    subject: Subject, frame: Frame, *, on: str | dt.date, trace: Trace | str, prefix: str, layout: Layout
) -> Frame:
    to_name(prefix, field="prefix", expected=PREFIXES)
    given = opened(frame)
    engine = engine_of(given)
    lasting = _on_any_day(subject)
    prepared = engine.prepare(frame, binding_of(lasting, given, layout))
    asked = Asked(on=to_date(on, field="on"), until=None if subject.horizon is None else subject.horizon.until)
    plan = plan_of(lasting, prepared.binding, phase=Phase.of(lasting, asked), trace=Trace.parse(trace))
    return cast("Frame", engine.run(plan, prepared, _final(given, plan.outputs, prefix=prefix), plan.values(asked)))


def _on_any_day(subject: Subject) -> Subject:
    """*subject* without the last day of its schedule, which is asked for anew each time."""
    return subject if subject.horizon is None else attrs.evolve(subject, horizon=attrs.evolve(subject.horizon, until=None))


def binding_of(subject: Subject, frame: Any, layout: Layout) -> Binding:
    """Where the columns that *subject* reads stand in *frame*, a Narwhals frame; see `binding.bound`."""
    also = (*subject.named.paths, *subject.named.former.values()) if subject.is_policy else ()
    dtypes = dtypes_of(frame)
    check_layout(layout)
    layout = current_layout(layout, dtypes, words=subject.words)
    if subject.is_policy:
        _check_words(dtypes, subject, layout)
    wanted = Wanted(needed=tuple(schema_of(subject)), optional=checked_besides(subject), also=also)
    found = bound(wanted, dtypes, layout=layout, is_pandas=engine_of(frame).is_loosely_typed)
    if subject.is_policy:
        found = with_currency(found, currencies_of(subject), dtypes, layout=layout)
    check_told_apart(frame, (source.name for source in found.columns))
    return found


def _check_words(names: Iterable[str], subject: Subject, layout: Layout) -> None:
    """Refuse columns of actions, and where visits are planned of visits and events, in other words than the policy's: they would be passed over.

    Raises:
        InvalidInputError: If there are any, each with the nearest column; all of them together.
    """
    known = (*subject.named.days, *subject.named.action_states, *subject.named.former.values(), *layout.get("columns", {}).values())
    faults = []
    for name in names:
        if name.startswith(("visits.", "events.", "actions.") if subject.plans_visits else "actions.") and name not in known:
            near = UnknownNameError(kind=Phrase("列", "column"), name=name, known=tuple(subject.named.days)).nearest
            advice = Phrase("；最接近的是 `{near}`", "; the nearest of the policy is `{near}`", near=near) if near else ""
            expected = Phrase("政策所有的类型、方式或代码{advice}", "of a kind, a method or a code that the policy has{advice}", advice=advice)
            faults.append(InvalidValueError(owner="frame", field=name, value=None, expected=expected))
    if faults:
        raise InvalidInputError.of("frame", faults)


def _final(frame: Any, outputs: Iterable[Output], *, prefix: str) -> Mapping[str, Output]:
    """The outputs by the names they get, none of which the frame may have."""
    final = {prefix + output.name: output for output in outputs}
    check_free(frame, final)
    return final
