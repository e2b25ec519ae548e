"""What is owed in columns: every obligation of a policy's table, where it is owed, since when, and how it is met; see `planning.duty.Owed`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import TypeAlias, cast

import attrs
import narwhals as nw

from revisit_policy.casefile.case_columns import event_path
from revisit_policy.decision.seats.in_figures import OBLIGATIONS
from revisit_policy.frames.columns.day_columns import first_known, highest, where_it
from revisit_policy.frames.columns.said_days import day_path, days_owed, is_in_column
from revisit_policy.frames.expressions.choosing import chosen
from revisit_policy.frames.expressions.expression import Expression, Literal
from revisit_policy.frames.expressions.given import decision_day
from revisit_policy.frames.expressions.truth import Flag
from revisit_policy.frames.rules.told import Told
from revisit_policy.frames.subject import kinds_told, owed_by
from revisit_policy.frames.visits.due import refused
from revisit_policy.frames.visits.means import Asking, MeansColumns
from revisit_policy.frames.visits.request import Began, Judged, means_of
from revisit_policy.frames.visits.windows import order_matters
from revisit_policy.language.fact import Fact
from revisit_policy.language.flags import Row, both, either, inverse
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.table import Table
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind, ServedBy
from revisit_policy.outcomes.obligations.timing import AtNextVisit, Between, Every, When, Within
from revisit_policy.outcomes.signal import Signal
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.values.labels import Labelled

#: Where each reason is there, and its first day: null or ``None`` where nobody knows it.
Reasons: TypeAlias = tuple[tuple[Flag, Expression | None], ...]

_NOBODY = MeansColumns((), {})


@attrs.frozen(kw_only=True, eq=False)
class OwedColumns:
    """An obligation of every row.

    Args:
        kind: What holds of all of its kind.
        when: When.
        exists: Where it is owed, met or not.
        parts: The reasons for it, in the order of rules; of several obligations that are one in all but what they answer those of each.
        months: The months that *when* counts; ``None`` if it counts none.
        met_on: The day of the fact that meets it; ``None`` where there is none, and where visits meet it.
        means: How it is met; of what a desk does nothing.
        is_red: Whether it answers a red signal.
        answers: Whether it answers a signal within a time.
        about: What each of the parts answers, or is, where nobody knows since when.
    """

    kind: ObligationKind
    when: When
    exists: Flag
    parts: tuple[Reasons, ...]
    months: Expression | int | None
    met_on: Expression | None
    means: MeansColumns
    is_red: bool
    answers: bool
    about: tuple[Labelled, ...]

    @property
    def at_desk(self) -> bool:
        """Whether a desk does it."""
        return self.kind.served_by is ServedBy.DESK

    @property
    def waits(self) -> bool:
        """Whether it asks for no visit of its own."""
        return isinstance(self.when, AtNextVisit)

    def since(self, on: Expression) -> Expression:
        """The first day of the first of its reasons, the day *on* where nobody knows it."""
        found = self.first_reason
        return on if found is None else found.fill_null(on)

    @property
    def first_reason(self) -> Expression | None:
        """The first day of the first of its reasons that is there."""
        found: Expression | None = None
        held = [(flag, day) for flag, day in self.parts[0] if flag is not False]
        for at, (flag, day) in enumerate(held):
            outranked = inverse(either(other for other, _ in held[:at]))
            found = first_known(found, where_it(both((flag, outranked)), day))
        return found


def owed_columns(judged: Judged, policy: RevisitPolicy, *, only: Collection[Labelled]) -> tuple[OwedColumns, ...]:
    """What a *policy* with a table of obligations says of every row, of *only* some kinds; what can be owed nowhere is left out."""
    told, kinds, matures = judged.told, kinds_told(policy), judged.loans.matures
    places = told.places(OBLIGATIONS)
    said = [
        (each, kinds[each.kind], possible if kinds[each.kind].at_worst else sure)
        for each, sure, possible in zip(owed_by(told.tables[OBLIGATIONS]), places.established, places.possible, strict=True)
        if each.kind in only
    ]
    there = [(each, kind, flag) for each, kind, flag in _first_to_close(said) if flag is not False]
    asking = {each: _asking(each) for each, kind, _ in there if kind.served_by is ServedBy.VISIT}
    means = means_of(judged, list(dict.fromkeys(asking.values())))
    found = tuple(
        OwedColumns(
            kind=kind,
            when=each.when,
            exists=flag,
            parts=(_reasons(judged, each, flag, matures, with_open=kind.at_worst),),
            months=_months(told, each.when),
            met_on=_day_of(judged, kind.met_by, matures) if isinstance(kind.met_by, Fact) else None,
            means=means[asking[each]] if each in asking else _NOBODY,
            is_red=isinstance(each.since, Signal) and each.since.level.is_last,
            answers=isinstance(each.since, Signal) and isinstance(each.when, Within),
            about=(_about(each),),
        )
        for each, kind, flag in there
    )
    return tuple(_together(found, kinds.values()))


def _together(owed: tuple[OwedColumns, ...], kinds: Collection[ObligationKind]) -> Iterator[OwedColumns]:
    """What is *owed*, answers that are one in all but the signal as one: then columns grow with the times that there are, and not with signals."""
    groups: dict[tuple[object, ...], list[OwedColumns]] = {}
    former, sole = {kind.after for kind in kinds}, Counter(kind.order for kind in kinds)
    each_alone = order_matters([each.means for each in owed if not each.at_desk])
    for each in owed:
        kind = each.kind
        is_like_others = each.answers and kind.kind not in former and sole[kind.order] == 1 and (kind.met_by == () or isinstance(kind.met_by, Fact))
        key = (kind.kind, each.when, id(each.means), each.is_red) if is_like_others and not each_alone else (id(each),)
        groups.setdefault(key, []).append(each)
    for first, *others in groups.values():
        exists = either(each.exists for each in (first, *others))
        parts, about = ([part for each in (first, *others) for part in getattr(each, name)] for name in ("parts", "about"))
        yield attrs.evolve(first, exists=exists, parts=tuple(parts), about=tuple(about)) if others else first


def check_sayable(policy: RevisitPolicy) -> None:
    """Nothing, if columns plan all that a *policy* owes.

    Raises:
        InvalidPolicyError: If not: what begins with the first of several reasons, whose order no column has, or counts from a day that
            is in no column.
    """
    if OBLIGATIONS not in policy.graph.by_id:
        return
    kinds, signals = kinds_told(policy), policy.graph.by_id.get("signals")
    for each in owed_by(policy.graph.by_id[OBLIGATIONS]):
        is_of_first = isinstance(each.when, Between | Every) and isinstance(each.since, Signal)
        if not all(map(is_in_column, days_owed(each, kinds[each.kind]))) or (is_of_first and signals is not None and _raised_by(signals, each.since) > 1):
            raise refused(each)


def _raised_by(signals: Table, signal: object) -> int:
    return sum(isinstance(rule.then, Fact) or rule.says(signal) for rule in signals.rules)


def _first_to_close(said: list[tuple[Obligation, ObligationKind, Flag]]) -> Iterator[tuple[Obligation, ObligationKind, Flag]]:
    """Of the windows of one kind that is served alone, counted from one day, only the one that closes first; all else as it is *said*."""
    for each, kind, flag in said:
        ahead = [other_flag for other, _, other_flag in said if kind.alone and _closes_before(other, each)]
        yield each, kind, both((flag, inverse(either(ahead))))


def _closes_before(other: Obligation, each: Obligation) -> bool:
    """Whether both are windows of one kind, counted from one day, and the *other* closes first: no two of them have the same bounds."""
    if not (isinstance(other.when, Between) and isinstance(each.when, Between)) or other.kind != each.kind:
        return False
    is_of_one_day = type(other.since) is type(each.since) and other.since == each.since
    return is_of_one_day and (other.when.last, other.when.first) < (each.when.last, each.when.first)


def _asking(owed: Obligation) -> Asking:
    return Asking(owed.kind, owed.since if isinstance(owed.since, Signal) else None)


def _about(owed: Obligation) -> Labelled:
    if isinstance(owed.since, Signal):
        return owed.since.code
    return owed.since if isinstance(owed.since, Labelled) else owed.kind


def _reasons(judged: Judged, owed: Obligation, flag: Flag, matures: Expression, *, with_open: bool) -> Reasons:
    since = owed.since
    if isinstance(since, Fact):
        return ((flag, _day_of(judged, since, matures)),)
    if isinstance(since, Signal):
        return Began.of(judged, since, flag).reasons
    if isinstance(since, Labelled):
        return ((flag, judged.days.of(event_path(since))),)
    found = [(both((edition, where)), day) for edition, dated in judged.dated(OBLIGATIONS) for where, day in dated.reasons(owed, with_open=with_open)]
    put = judged.stages.put_flag
    return tuple((put(both((flag, where))), day) for where, day in [*found, (inverse(either(where for where, _ in found)), None)])


def _day_of(judged: Judged, fact: Fact, matures: Expression) -> Expression | None:
    if fact == DECISION_DAY:
        return judged.reading.values.number(decision_day)
    match day_path(fact):
        case "loan.matures_on":
            return matures
        case "loan.contracted_maturity":
            return judged.days.contracted()
        case "loan.limitation_from":
            return judged.stages.put(cast("Expression", highest((matures, judged.days.of("loan.demanded_on")))))
        case path:
            return judged.days.of(path)


def _months(told: Told, when: When) -> Expression | int | None:
    if not isinstance(when, Every | Within):
        return None
    return at_worst(told, when.months.name) if isinstance(when.months, Fact) else when.months


def at_worst(told: Told, table_id: str) -> Expression:
    """The number that is the worst that a table may say."""
    counts = (0, *told.items(table_id))
    return told.stages.put(chosen(Row.of((True, *told.places(table_id).possible)), [Literal(count, nw.Int16) for count in counts]))
