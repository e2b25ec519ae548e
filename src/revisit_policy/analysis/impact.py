"""Impact: what a change of policy does to a book of loans: grades, visits, the time they take, and who is affected."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

import attrs

from revisit_policy.analysis.diff import diff
from revisit_policy.analysis.differences.change import Change
from revisit_policy.analysis.differences.changes import is_shown_by
from revisit_policy.analysis.examples.witness import read_graph
from revisit_policy.analysis.impacts.migration import Migration, graded, migrations, places_of
from revisit_policy.analysis.impacts.officer_hours import OfficerHours, time_of
from revisit_policy.analysis.impacts.supply import SuppliedFacts, Supply, policies_of
from revisit_policy.analysis.study import STEPS, MissingFacts
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.own.own_fact import no_entries, own_names
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.question import Question
from revisit_policy.decision.refusal import Refusal
from revisit_policy.errors import InvalidInputError, InvalidPolicyError, RevisitPolicyError
from revisit_policy.language.condition import comparisons
from revisit_policy.language.derivation import Supplied
from revisit_policy.language.extraction.extraction import Extraction
from revisit_policy.language.readers.reference import truth
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.visit import VisitMethod
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled, Lang, OrderedLabelled, to_lang
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import checked, fault, found_in, several, to_tuple
from revisit_policy.values.working_days import WorkCalendar

#: What tells two visits apart: why, by which means, and from when to when.
VisitKey: TypeAlias = tuple[Labelled, OrderedLabelled, Date, Date]

#: Hours that one officer spends on a visit, by its method or the method's code.
Hours: TypeAlias = Mapping[str, str | int | Fraction] | Mapping[OrderedLabelled, str | int | Fraction] | Mapping[VisitMethod, str | int | Fraction]


@attrs.frozen(kw_only=True)
class MonthOfVisits:
    """The visits due in one month.

    Args:
        month: Such as ``"2026-12"``.
        visits: How many.
        officers: How many officers they take, counted once a visit.
        hours: The hours that the officers spend; ``None`` if nobody said how long one of these visits takes.
    """

    month: str
    visits: int
    officers: int
    hours: Fraction | None


@attrs.frozen(kw_only=True)
class VisitsOfKind:
    """The visits of one kind that stay, come and go. A visit whose window or method moves goes and comes."""

    kind: Labelled
    kept: int
    added: int
    dropped: int


@attrs.frozen(kw_only=True)
class Affected:
    """A change of the policy, and how many loans of the book lie in its region."""

    change: Change
    loans: int


@attrs.frozen(kw_only=True, repr=False)
class Impact:
    """What a new version of a policy does to a book of loans.

    Args:
        on: The decision day.
        loans: How many loans both versions could decide.
        refused: The loans that one of them could not decide, each with its reason; they are counted nowhere else.
        migrations: The grades before and after, only those that occur, mild to severe.
        before: The visits by the month in which they are due under the old version, in order.
        after: The same under the new one.
        hours_before: The officer-hours of all visits under the old version, to its horizon and for one loan a year.
        hours_after: The same under the new one.
        visits: The visits kept, added and dropped, by kind.
        affected: The changes of the policy with the loans in them, also those without any.
    """

    on: Date
    loans: int
    refused: tuple[Refusal, ...] = attrs.field(converter=to_tuple)
    migrations: tuple[Migration, ...] = attrs.field(converter=to_tuple)
    before: tuple[MonthOfVisits, ...] = attrs.field(converter=to_tuple)
    after: tuple[MonthOfVisits, ...] = attrs.field(converter=to_tuple)
    hours_before: OfficerHours
    hours_after: OfficerHours
    visits: tuple[VisitsOfKind, ...] = attrs.field(converter=to_tuple)
    affected: tuple[Affected, ...] = attrs.field(converter=to_tuple)

    @property
    def regraded(self) -> int:
        """How many loans change their grade."""
        return sum(move.loans for move in self.migrations if graded(move.old) != graded(move.new))

    def explain(self, lang: str | Lang = "en") -> str:
        """The impact as plain text."""
        from revisit_policy.analysis.impacts.impact_wording import impact_text  # noqa: PLC0415 - words are loaded when asked for

        return impact_text(self, lang)

    def to_markdown(self, lang: str | Lang = "en") -> str:
        """The impact as Markdown: one table for grades, months, visits and regions each."""
        from revisit_policy.analysis.impacts.impact_wording import impact_markdown  # noqa: PLC0415 - that module needs this one

        return impact_markdown(self, lang)

    def to_svg(self, lang: str | Lang = "en") -> str:
        """The grades before and after as a picture: a circle for every move, as large as the number of loans that make it.

        Args:
            lang: ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        from revisit_policy.analysis.impacts.impact_wording import impact_drawn  # noqa: PLC0415 - pictures are loaded when asked for

        return impact_drawn(self, to_lang(lang))

    def _repr_html_(self) -> str:
        from revisit_policy.analysis.impacts.impact_wording import impact_html  # noqa: PLC0415 - that module needs this one

        return impact_html(self)

    def __repr__(self) -> str:
        return f"<Impact {self.explain('en')}>"


def impact(  # noqa: PLR0913 - what a decision takes, and what a diff takes
    old: RevisitPolicy | Rulebook,
    new: RevisitPolicy | Rulebook,
    portfolio: Iterable[CaseFile | InvalidInputError],
    *,
    on: str | dt.date,
    until: str | dt.date | None = None,
    calendar: WorkCalendar | None = None,
    supplied: SuppliedFacts | None = None,
    hours: Hours | None = None,
    missing: MissingFacts = True,
    budget: int = STEPS,
) -> Impact:
    """Decide every loan of a book by both versions and count what differs.

    Args:
        old: The policy or rulebook in force.
        new: The one that is to be signed.
        portfolio: The loans; an error stands for a row of which no case file could be made, and is kept as refused.
        on: The decision day.
        until: The last day of the visits counted, inclusive; the horizon of each policy if ``None``.
        calendar: The working days; each policy's own if ``None``.
        supplied: The supplied facts by name, such as a score of the bank's own model: a mapping for every case, or a
            function from a case file to its mapping. A version is told those that it reads.
        hours: The hours that one officer spends on a visit, by method, travel included; ``None`` takes those that the
            policies say in their vocabularies, and counts visits and officers only where they do not say those of a method that
            is visited by: then the impact tells that its cost cannot be told, and of which methods nobody said it.
        missing: The facts that can be unknown, as in :func:`diff`; books have holes, so all by default.
        budget: The steps for the diff.

    Raises:
        InvalidInputError: If the day, the horizon or the calendar is none.
        InvalidValueError: If another argument is of another kind, such as a data frame, which is for `frames.impact`.
        UnknownNameError: If *supplied* is a mapping with a name that neither version takes from the caller; of a function,
            such a case is refused.
        InvalidPolicyError: If *hours* leaves out a method that is visited by.
        AnalysisLimitError: If *budget* runs out.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> policy = cn_housing.policy()
        >>> impact(policy, policy, [case], on="2026-11-24").migrations
        (Migration(old=Grade.SPECIAL_MENTION, new=Grade.SPECIAL_MENTION, loans=1),)
    """
    question = Question(on=on, until=until, calendar=calendar)
    for field, version in (("old", old), ("new", new)):
        checked(version, RevisitPolicy | Rulebook, field=field, expected=Phrase("RevisitPolicy 或 Rulebook", "a RevisitPolicy or a Rulebook"))
    words = tuple(policy.words for version in (old, new) for policy in policies_of(version))
    each = _hours_said(words) if hours is None else to_hours(hours, words)
    pairs, told, refused = _decided_by_both((old, new), _to_portfolio(portfolio), question, Supply.of(supplied, (old, new)))
    book = [(case, facts) for (case, _, _), facts in zip(pairs, told, strict=True)]
    sides = [before for _, before, _ in pairs], [after for _, _, after in pairs]
    spent = [OfficerHours.of((decision.schedule for decision in side), each, on=question.on) for side in sides]
    if hours is not None:
        _check_all_said(spent)
    return Impact(
        on=question.on,
        loans=len(pairs),
        refused=refused,
        migrations=migrations([(before.grade, after.grade) for _, before, after in pairs], places_of(old, new)),
        before=_months(sides[0], each),
        after=_months(sides[1], each),
        hours_before=spent[0],
        hours_after=spent[1],
        visits=_visits(pairs, tuple(dict.fromkeys(kind for each in words for kind in each.visited))),
        affected=_affected(_graph(old, question.on), _graph(new, question.on), book, on=question.on, missing=missing, budget=budget),
    )


def _decided_by_both(
    versions: tuple[RevisitPolicy | Rulebook, RevisitPolicy | Rulebook],
    portfolio: Iterable[CaseFile | InvalidInputError],
    question: Question,
    given: Supply,
) -> tuple[Pairs, list[Mapping[str, object]], list[Refusal]]:
    """The loans that both versions decide with both decisions, what was supplied to each of them, and the loans refused."""
    pairs: Pairs = []
    told: list[Mapping[str, object]] = []
    refused: list[Refusal] = []
    for case in portfolio:
        if isinstance(case, InvalidInputError):
            refused.append(Refusal(case=None, error=case))
            continue
        try:
            facts = given.facts_of(case)
            before, after = (
                version.decide(given.told(case, version), on=question.on, until=question.until, calendar=question.calendar, supplied=part)
                for version, part in zip(versions, given.by_version(facts), strict=True)
            )
        except RevisitPolicyError as error:
            refused.append(Refusal(case=case, error=error))
        else:
            pairs.append((case, before, after))
            told.append(facts)
    return pairs, told, refused


def _to_portfolio(portfolio: Iterable[CaseFile | InvalidInputError]) -> Iterable[CaseFile | InvalidInputError]:
    """The case files as they are; a data frame, which Python would go over by its columns, is refused."""
    if hasattr(type(portfolio), "columns") or hasattr(type(portfolio), "column_names"):  # of the class: lazy ones reckon their own
        raise fault("portfolio", type(portfolio).__name__, Phrase(
            "若干案件（数据框请用 `frames.impact`）", "several case files (a data frame is for `frames.impact`)"
        ))
    return several(portfolio, field="portfolio", expected=Phrase("若干案件", "several case files"))


def to_hours(hours: Hours, words: tuple[Vocabulary, ...]) -> Mapping[OrderedLabelled, Fraction]:
    """The hours by method, exact; a method by its code is one of *words*."""
    given = checked(hours, Mapping, field="hours", expected=Phrase("按回访方式给出的工时", "hours by the method of a visit"))
    known = {str(method.value): method for each in words for method in each.means}
    return {
        method if isinstance(method, OrderedLabelled) else found_in(known, method, kind=Phrase("回访方式", "visit method")): exact_ratio(time)
        for method, time in given.items()
    }


def _hours_said(words: tuple[Vocabulary, ...]) -> Mapping[OrderedLabelled, Fraction]:
    """The hours by method that the policies say themselves, as far as they do."""
    return {note.method: note.hours for each in words for note in each.methods if note.hours is not None}


def _check_all_said(spent: Iterable[OfficerHours]) -> None:
    """Refuse hours that leave out a method that is visited by."""
    missing = next((method for each in spent for method in each.unknown), None)
    if missing is not None:
        problem = Phrase(
            "须有每种所用回访方式的工时，缺 `{method}`", "needs the hours of every method that is visited by, got none for `{method}`", method=missing.value
        )
        raise InvalidPolicyError(subject="hours", problem=problem)


#: The decisions of both versions on one case file.
Pairs: TypeAlias = list[tuple[CaseFile, Decision, Decision]]


def _graph(version: RevisitPolicy | Rulebook, on: Date) -> DecisionGraph:
    """The tables that speak once for a case; of a rulebook, those for new business of the day."""
    policy = version.in_force(on) if isinstance(version, Rulebook) else version
    return policy.case_graph


def _months(decisions: Iterable[Decision], hours: Mapping[OrderedLabelled, Fraction]) -> list[MonthOfVisits]:
    by_month: dict[str, list[Revisit]] = {}
    for decision in decisions:
        for visit in decision.schedule.all:
            by_month.setdefault(str(visit.window.due)[:7], []).append(visit)
    return [
        MonthOfVisits(
            month=month,
            visits=len(visits),
            officers=sum(visit.officers for visit in visits),
            hours=time_of(visits, hours),
        )
        for month, visits in sorted(by_month.items())
    ]


def _visits(pairs: Pairs, kinds: tuple[Labelled, ...]) -> list[VisitsOfKind]:
    """The visits that stay, come and go, of those *kinds* of which there are any."""
    kept: Counter[Labelled] = Counter()
    added: Counter[Labelled] = Counter()
    dropped: Counter[Labelled] = Counter()
    for _, before, after in pairs:
        old, new = (Counter(map(_key, decision.schedule.all)) for decision in (before, after))
        for counter, found in ((kept, old & new), (added, new - old), (dropped, old - new)):
            for key, count in found.items():
                counter[key[0]] += count
    met = [kind for kind in kinds if kept[kind] or added[kind] or dropped[kind]]
    return [VisitsOfKind(kind=kind, kept=kept[kind], added=added[kind], dropped=dropped[kind]) for kind in met]


def _key(visit: Revisit) -> VisitKey:
    return visit.kind, visit.method, visit.window.opens, visit.window.closes


def _is_shown(change: Change, old: DecisionGraph, new: DecisionGraph, facts: Mapping[str, Any]) -> bool:
    """Whether *facts* show a change of which the region is more than it."""
    before, after = (read_graph(graph, facts, change.table.id) for graph in (old, new))
    return is_shown_by(change, before, after, old=old.by_id[change.table.id])


def _affected(
    old: DecisionGraph, new: DecisionGraph, cases: list[tuple[CaseFile, Mapping[str, object]]], *, on: Date, missing: MissingFacts, budget: int
) -> list[Affected]:
    found = diff(old, new, missing=missing, budget=budget)
    changes = (*found.changes, *found.abstract)
    asked = {part.fact.name: part.fact for change in changes for part in comparisons(change.region)}
    if not all(change.is_exact for change in changes):
        asked |= {fact.name: fact for fact in (*old.facts, *new.facts)}
    own_read = {name for fact in asked.values() for name in own_names(fact)}
    extraction, nothing = Extraction(tuple(asked.values())), no_entries(asked.values())
    counts = [0] * len(changes)
    for case, facts in cases:
        supplied = {name: value for name, value in facts.items() if name in asked and isinstance(asked[name].derived, Supplied)}
        own: Any = {**nothing, **case.own, **{name: value for name, value in facts.items() if name in own_read}}
        snapshot = extraction.snapshot(attrs.evolve(case, own=own) if own else case, on=on, supplied=supplied)
        readings = {name: snapshot.encoded(name) for name in snapshot}
        for at, change in enumerate(changes):
            counts[at] += truth(change.region, readings) is True and (change.is_exact or _is_shown(change, old, new, readings))
    return [Affected(change=change, loans=count) for change, count in zip(changes, counts, strict=True)]

