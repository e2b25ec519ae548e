"""Laws over days and over histories: what a day, an attempt, a visit made, or a worse figure does to a decision.

Each takes whole case files of every kind and compares two decisions on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import attrs
from hypothesis import strategies as st

from revisit_policy.casefile.case_columns import PARTS
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.fields import LONGEST_ARREARS
from revisit_policy.casefile.own.own_fact import counts_from_asking, own_names
from revisit_policy.casefile.visit import Visit
from revisit_policy.decision.decision import Decision
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.visit import Finding, VisitKind
from revisit_policy.outcomes.window import BoundReason
from revisit_policy.outcomes.words.vocabulary import Vocabulary, beside_ours
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.laws.schedule_laws import Decides, broken_by, decided, sampled_cases, words_of
from revisit_policy.values.dates import Date, from_ordinal
from revisit_policy.values.labels import Labelled, OrderedLabelled
from revisit_policy.values.money import Money

_MOVING: Final = {BoundReason.SIGNAL_NOT_DATED, BoundReason.VALUATION_NOT_DATED, BoundReason.NOT_DATED}
_PARTS: Final[dict[str, Any]] = dict(PARTS)


def check_tomorrow(policy: Decides, *, examples: int | None = None) -> None:
    """Return nothing if no deadline moves away because a day passes.

    Days past due grow by the day, and so do counts of a bank's own of which no day is told: they are of the day asked
    first. A deadline may move where the interval itself gets longer, where another edition holds, and where nobody
    recorded since when it runs, which the decision then says (`Decision.undated`).

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If tomorrow the next visit is due later than today, or what is overdue today is forgotten.
    """

    def law(on: Date, case: CaseFile) -> None:
        today, tomorrow = decided(policy, case, on), _on(policy, case, on, from_ordinal(on.toordinal() + 1))
        upcoming = today.schedule.next
        if upcoming is None or _MOVING & set(upcoming.window.closes_because) or _is_on_other_terms(today, tomorrow):
            return
        if _deadline(tomorrow) > _deadline(today):
            got = _told(tomorrow.schedule.next)
            broken_by(
                Phrase("稳定", "steady"),
                expected=Phrase("明日与今日一样为 {told}", "tomorrow {told}, as today", told=_told(upcoming)),
                got=got,
                case=case,
                on=on,
            )

    sampled_cases(policy, law, examples)


def check_attempts(policy: Decides, *, examples: int | None = None) -> None:
    """Return nothing if an attempt that reached nobody changes nothing.

    A policy that counts attempts by a fact of its own need not keep this law.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If a decision differs when an attempt is added to the visits.
    """
    words = beside_ours(words_of(policy))
    attempts = st.tuples(st.sampled_from(words.visited or words.at_desk), st.sampled_from(words.means), st.integers(0, 60))

    def law(on: Date, case: CaseFile, attempt: tuple[Labelled, OrderedLabelled, int]) -> None:
        kind, method, ago = attempt
        day = max(case.loan.disbursed_on, from_ordinal(on.toordinal() - ago))
        tried = attrs.evolve(case, visits=(*case.visits, Visit(kind=kind, method=method, completed_on=day, finding=Finding.NOT_REACHED)))
        before, after = _handed_out(decided(policy, case, on)), _handed_out(decided(policy, tried, on))
        for name, was in before.items():
            if after[name] != was:
                expected = Phrase("`{name}` 与没有{day}的尝试时一样：{was}", "`{name}` as without the attempt of {day}: {was}", name=name, day=day, was=was)
                broken_by(Phrase("不因未遂联系而变", "deaf to attempts"), expected=expected, got=str(after[name]), case=tried, on=on)

    sampled_cases(policy, law, examples, attempts)


def check_made_visits(policy: Decides, *, examples: int | None = None) -> None:
    """Return nothing if a visit that was made as planned is not asked for again on the day it is made.

    It is recorded once for each kind that it serves, by its method; a valuation moves the day of the value. It may be asked
    for again only by a more thorough method than it was made by.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If the first visit, a signal it answered, or the same recurring duty is asked for at once.
    """
    words = beside_ours(words_of(policy))

    def law(on: Date, case: CaseFile) -> None:
        visit = decided(policy, case, on).schedule.next
        if visit is None:
            return
        day = visit.window.closes
        later = _on(policy, _with_visit(case, visit, day, words=words), on, day).schedule.next
        if later is None or later.method > visit.method or later.window.closes > day:
            return
        again = [kind.value for kind in later.serves if kind in visit.serves and kind != VisitKind.TRIGGERED]
        again += [code for code in later.triggers if code in visit.triggers]
        if again:
            got = Phrase("{closes}之前再次要求 {again}", "{again} asked for again by {closes}", again=", ".join(again), closes=later.window.closes)
            broken_by(
                Phrase("有呼应", "heedful"),
                expected=Phrase("{day}的回访满足其目的", "the visit of {day} to meet what it was made for", day=day),
                got=got,
                case=case,
                on=on,
            )

    sampled_cases(policy, law, examples)


def check_settled(policy: Decides, *, examples: int | None = None) -> None:
    """Return nothing if nothing is asked of a loan on which nothing is owed and nothing past due.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If there is a warning, a measure, a visit, a valuation or a question about such a loan.
    """

    def law(on: Date, case: CaseFile) -> None:
        nothing = Money(0, case.loan.balance.currency)
        loan = attrs.evolve(case.loan, balance=nothing, days_past_due=0, arrears_as_of=None, unpaid_since=None, missed_consecutive=0)
        settled = attrs.evolve(case, loan=loan)
        decision = decided(policy, settled, on)
        asked = (*decision.signals, *decision.measures, *decision.schedule.all, *decision.gaps, *decision.undated)
        if asked or decision.level != beside_ours(words_of(policy)).quiet:
            got = Phrase("{level}，共{len}项，首项 {asked}", "{level}, {len} in all, first {asked}", level=decision.level.name, len=len(asked), asked=asked[:1])
            broken_by(Phrase("了结即止", "at rest"), expected=Phrase("已结清贷款不再有要求", "nothing asked of a settled loan"), got=got, case=settled, on=on)

    sampled_cases(policy, law, examples)


def check_worse(policy: Decides, worse: Mapping[str, Sequence[Any]], *, examples: int | None = None) -> None:
    """Return nothing if a worse figure never makes a signal younger, nor the next visit later or lesser.

    Whatever the next visit is, a case that is worse has one at least as thorough by the same day. One exception holds by
    nature: a worse figure can say that a signal began *before* a visit that has been made, and then that visit has seen it.
    Where a visit was made since a signal of the worse case began, only the signals are compared.

    Args:
        policy: A policy or a rulebook.
        worse: Values of fields of the case file by path, mild to severe, such as ``{"loan.days_past_due": (0, 31, 91)}``.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        InvalidValueError: If *worse* names no field, or fewer than two values of one.
        LawBrokenError: If a worse case has a younger signal, or a later or lesser visit.
    """
    steps = [(path, mild, severe) for path, values in _checked(worse).items() for at, mild in enumerate(values) for severe in values[at + 1 :]]

    def law(on: Date, case: CaseFile, step: tuple[str, Any, Any]) -> None:
        path, mild, severe = step
        try:
            cases = _with(case, path, mild), _with(case, path, severe)
            for each in cases:
                each.check(on)
        except InvalidInputError:
            return  # the value does not fit the rest of the file
        better, bad = (decided(policy, each, on) for each in cases)
        what = Phrase("`{path}` = {severe!r}（原为 {mild!r}）", "`{path}` = {severe!r} in place of {mild!r}", path=path, severe=severe, mild=mild)
        for signal in better.signals:
            held = next((found for found in bad.signals if found.code is signal.code and found.level is signal.level), None)
            if held is not None and signal.since is not None and (held.since is None or held.since > signal.since):
                broken_by(
                    Phrase("趋严", "wary"),
                    expected=Phrase("在 {what} 时{signal}不更晚开始", "{signal} no younger with {what}", signal=signal.label(), what=what),
                    got=held.label(),
                    case=better.case,
                    on=on,
                )
        upcoming = better.schedule.next
        if upcoming is None or _is_seen(bad):
            return
        until = upcoming.window.missed_on or upcoming.window.closes
        if not any((visit.window.missed_on or visit.window.closes) <= until and visit.method >= upcoming.method for visit in bad.schedule.all):
            broken_by(
                Phrase("趋严", "wary"),
                expected=Phrase("在 {what} 时也为 {told}", "{told} with {what} too", told=_told(upcoming), what=what),
                got=_told(bad.schedule.next),
                case=better.case,
                on=on,
            )

    sampled_cases(policy, law, examples, st.sampled_from(steps))


def check_rows(policy: Decides, *, examples: int | None = None) -> None:
    """Return nothing if a row that frames decide is explained as it was decided, and both as the case file is.

    It needs polars, which comes with the extra ``frames``.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If the row of a case file, its explanation, and the decision on it differ.
    """
    from revisit_policy import frames  # noqa: PLC0415 - the other laws do not need the extra

    def law(on: Date, case: CaseFile) -> None:
        book = cast("Any", policy)
        row = frames.label(book, frames.decide(book, frames.from_cases([case], vocabulary=words_of(policy)), on=on, visits=True)).row(0, named=True)
        decision, explained = decided(policy, case, on), frames.explain(book, row, on=on)
        if _handed_out(decision) != _handed_out(explained):
            broken_by(
                Phrase("同一", "one"),
                expected=Phrase("其所在行的说明为 {decision!r}", "{decision!r} in the explanation of its row", decision=decision),
                got=repr(explained),
                case=case,
                on=on,
            )
        visit = decision.schedule.next
        closes, missed_on = (None, None) if visit is None else (visit.window.closes, visit.window.missed_on)
        said = decision.grade.label(), decision.level.label(), closes, missed_on
        read = row["grade"], row["level"], row["next_closes"], row["next_missed_on"]
        if said != read:
            broken_by(Phrase("同一", "one"), expected=Phrase("其所在行为 {said}", "{said} in its row", said=said), got=str(read), case=case, on=on)

    sampled_cases(policy, law, examples)


# -- what is compared ------------------------------------------------------------------------------------------------


def _handed_out(decision: Decision) -> dict[str, Any]:
    """What a decision asks for, the case file and the trace aside."""
    names = ("grade", "grade_at_worst", "level", "interval_months", "signals", "schedule", "measures", "gaps", "undated", "replan")
    return {name: getattr(decision, name) for name in names}


def _deadline(decision: Decision) -> Date:
    visit = decision.schedule.next
    return Date(9999, 12, 31) if visit is None else visit.window.missed_on or visit.window.closes


def _told(visit: Revisit | None) -> str:
    if visit is None:
        return "no visit"
    missed = visit.window.missed_on
    return f"a {visit.kind.value} visit ({visit.method.value}) by {visit.window.closes if missed is None else f'{missed}, missed'}"


def _is_on_other_terms(today: Decision, tomorrow: Decision) -> bool:
    return (tomorrow.interval_months or 0) > (today.interval_months or 0) or (today.edition, today.digest) != (tomorrow.edition, tomorrow.digest)


def _is_seen(decision: Decision) -> bool:
    """Whether a visit has been made since a signal began."""
    made = max((visit.completed_on for visit in decision.case.visits if visit.reached_borrower), default=None)
    return made is not None and any(signal.since is not None and signal.since <= made for signal in decision.signals)


# -- other cases -----------------------------------------------------------------------------------------------------


def _on(policy: Decides, case: CaseFile, on: Date, later: Date) -> Decision:
    """The decision on a *later* day, by which arrears have grown."""
    loan = case.loan
    if not loan.is_dated:
        loan = attrs.evolve(loan, arrears_as_of=on)
    if loan.days_past_due_on(later) > LONGEST_ARREARS:
        loan = attrs.evolve(loan, days_past_due=LONGEST_ARREARS, arrears_as_of=later, unpaid_since=None)
    own: Any = {name: on for fact in getattr(policy, "own_facts", ()) if counts_from_asking(fact, case.own) for name in _as_of(fact)}
    return decided(policy, attrs.evolve(case, loan=loan, own={**case.own, **own} if own else case.own), later)


def _as_of(fact: Fact) -> tuple[str, ...]:
    """The name of the day that an own count that grows is of."""
    return own_names(fact)[1:2]


def _with_visit(case: CaseFile, visit: Revisit, day: Date, *, words: Vocabulary) -> CaseFile:
    """The *case* with what a *visit* leaves behind that was made on a *day*: itself, and the days of facts that meet a kind of it."""
    made = (Visit(kind=kind, method=visit.method, completed_on=day, finding=Finding.SATISFACTORY) for kind in visit.serves)
    collateral = case.collateral
    if VisitKind.REVALUATION in visit.serves:
        value = collateral.value if collateral.value is not None else case.loan.principal
        collateral = attrs.evolve(collateral, value=value, valued_on=day)
    met = (kind.met_by for kind in words.kinds if kind.kind in visit.serves and isinstance(kind.met_by, Fact))
    own: Any = {name: day for fact in met for name in own_names(fact)}
    return attrs.evolve(case, visits=(*case.visits, *made), collateral=collateral, own={**case.own, **own})


def _with(case: CaseFile, path: str, value: Any) -> CaseFile:
    part, _, field = path.partition(".")
    return attrs.evolve(case, **{part: attrs.evolve(getattr(case, part), **{field: value})})


def _checked(worse: Any) -> Mapping[str, Sequence[Any]]:
    expected = Phrase(
        "若干字段（如 `loan.days_past_due`）各至少两个由轻到重的值",
        "at least two values, mild to severe, of each of several fields such as `loan.days_past_due`",
    )
    if not isinstance(worse, Mapping) or not worse:
        raise InvalidValueError(owner="", field="worse", value=worse, expected=expected)
    for path, values in worse.items():
        part, _, field = str(path).partition(".")
        is_field = part in _PARTS and field in attrs.fields_dict(_PARTS[part])
        if not is_field or not isinstance(values, Sequence) or len(values) < 2:  # noqa: PLR2004 - a mild and a severe one
            raise InvalidValueError(owner="", field="worse", value=path, expected=expected)
    return worse
