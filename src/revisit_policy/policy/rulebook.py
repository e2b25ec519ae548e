"""Rulebooks: editions that cover the timeline once, and which of them holds for a loan on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.visit import Visit
from revisit_policy.decision.batch import AssumingEach, SuppliedEach, decided
from revisit_policy.decision.decision import Decision
from revisit_policy.decision.glance import Glance
from revisit_policy.decision.question import Question, asked, check_own, checked_case, decision_day
from revisit_policy.decision.refusal import Refusal
from revisit_policy.decision.replanning import replanned
from revisit_policy.errors import InvalidInputError, InvalidPolicyError, InvalidValueError, RevisitPolicyError, UnknownNameError
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.policy.edition import Edition
from revisit_policy.policy.fitting import check_alike
from revisit_policy.policy.overlay import Overlay
from revisit_policy.policy.policy_check import PolicyCheck
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.wording import check_one_wording
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import found_in, gather, gathering, to_text, to_tuple_of
from revisit_policy.values.working_days import WorkCalendar


def _to_editions(values: Sequence[Edition]) -> tuple[Edition, ...]:
    return to_tuple_of(Edition, values)


@attrs.frozen(repr=False, field_transformer=gathering)
class Rulebook:
    """Editions of one policy. Every day from the first edition on has exactly one for business new on it.

    Args:
        id: The name of the rulebook.
        editions: In order of time; each begins on the day the one before ends, and the last has no end.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
        InvalidPolicyError: If there is no edition, an id is used twice, the editions leave a gap or overlap, or two of them have a
            table of one id on different scales.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> case = CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))
        >>> cn_housing.rulebook.edition_for(case, "2026-11-24").id
        'CN-CLASS-2023-1'
        >>> cn_housing.rulebook.decide(case, on="2026-11-24").grade
        Grade.SPECIAL_MENTION
    """

    id: str = attrs.field(converter=to_text)
    editions: tuple[Edition, ...] = attrs.field(kw_only=True, converter=_to_editions)

    def __attrs_post_init__(self) -> None:
        gather(self)
        if not self.editions:
            raise InvalidPolicyError(subject=self.id, problem=Phrase("规则手册至少须有一个版本", "a rulebook needs at least one edition"))
        if len({edition.id for edition in self.editions}) != len(self.editions):
            raise InvalidPolicyError(subject=self.id, problem=Phrase("版本标识重复", "an edition id is used twice"))
        for earlier, later in zip(self.editions, self.editions[1:], strict=False):
            if earlier.until != later.since:
                problem = Phrase(
                    "须自 `{earlier}` 截止之日（{until}）起，实际为 `{since}`",
                    "must begin on the day `{earlier}` ends ({until}), got `{since}`",
                    earlier=earlier.id,
                    until=earlier.until,
                    since=later.since,
                )
                raise InvalidPolicyError(subject=later.id, problem=problem)
        if self.editions[-1].until is not None:
            raise InvalidPolicyError(subject=self.editions[-1].id, problem=Phrase("最后一个版本不得有截止日", "the last edition must have no end"))
        check_alike({edition.id: edition.policy.tables for edition in self.editions})
        check_one_wording({edition.id: edition.policy.words for edition in self.editions})

    @property
    def words(self) -> Vocabulary:
        """All words of its policies, which are the same in every edition."""
        return self.editions[-1].policy.words

    @cached_property
    def supplied(self) -> tuple[str, ...]:
        """The names of the facts that a caller supplies to one edition or another; each edition is told those that it reads."""
        return tuple(dict.fromkeys(name for edition in self.editions for name in edition.policy.supplied))

    @property
    def own_facts(self) -> tuple[Fact, ...]:
        """The bank's own facts that one edition or another reads."""
        return tuple(dict.fromkeys(fact for edition in self.editions for fact in edition.policy.own_facts))

    def edition(self, edition_id: str) -> Edition:
        """The edition of this id.

        Raises:
            UnknownNameError: If there is none.
        """
        return found_in({edition.id: edition for edition in self.editions}, edition_id, kind=Phrase("版本", "edition"))

    def edition_on(self, on: str | dt.date) -> Edition:
        """The edition for business new on the day *on*.

        Raises:
            InvalidInputError: If *on* is no day, or lies before the first edition.
        """
        return self.editions[self._newest(decision_day(on))]

    def _newest(self, day: Date) -> int:
        """The place of the edition for business new on *day*."""
        for place, edition in enumerate(self.editions):
            if edition.holds_new_business_of(day):
                return place
        expected = Phrase("不早于首个版本生效之日{since}", "on or after {since}, when the first edition begins", since=self.editions[0].since)
        raise InvalidInputError.of("Rulebook", [InvalidValueError(owner="", field="on", value=str(day), expected=expected)])

    def in_force(self, on: str | dt.date) -> RevisitPolicy:
        """The policy for business new on the day *on*.

        Raises:
            InvalidInputError: If *on* lies before the first edition.
        """
        return self.edition_on(on).policy

    def edition_for(self, case: CaseFile, on: str | dt.date) -> Edition:
        """The edition that holds for *case* on the day *on*.

        A loan granted before an edition begins passes to it when it is re-classified, and at the latest on the day
        after the edition's ``stock_until``.

        Raises:
            InvalidInputError: If *on* is no day, or lies before the first edition.
        """
        return self._holding(checked_case(case), decision_day(on))

    def _holding(self, case: CaseFile, day: Date) -> Edition:
        """The last edition that *case* has passed to by *day*."""
        holding = self.editions[0]
        for edition in self.editions[: self._newest(day) + 1]:
            if _has_passed_to(edition, case, on=day):
                holding = edition
        return holding

    def decide(
        self,
        case: CaseFile,
        *,
        on: str | dt.date,
        until: str | dt.date | None = None,
        calendar: WorkCalendar | None = None,
        supplied: Mapping[str, object] | None = None,
        assuming: Sequence[Assumption] = (),
    ) -> Decision:
        """The decision on *case* under the edition that holds for it on the day *on*.

        If the edition is another than on the day of the last visit (or of disbursement), the decision says what the
        new edition changed and why: ``decision.replan``.

        Raises:
            InvalidInputError: If the case file does not fit the day, a fact is outside its domain, or *on* lies
                before the first edition.
        """
        return self._decide(case, asked(on, until=until, calendar=calendar, supplied=supplied, assuming=assuming))

    def _decide(self, case: CaseFile, question: Question) -> Decision:
        edition = self._asked(case, question)
        decision = edition.decide_on(case, question)
        before = None if decision.is_settled else self._edition_before(case, question.on)
        if before is None or before.id == edition.id:
            return decision
        former = before.decide_on(case, question)
        return attrs.evolve(decision, replan=replanned(former, decision, source=edition.source))

    def glance(
        self,
        case: CaseFile,
        *,
        on: str | dt.date,
        until: str | dt.date | None = None,
        calendar: WorkCalendar | None = None,
        supplied: Mapping[str, object] | None = None,
        assuming: Sequence[Assumption] = (),
    ) -> Glance:
        """The grade of a *case* and its next visit under the edition that holds for it on the day *on*; see :meth:`RevisitPolicy.glance`.

        Raises:
            InvalidInputError: As of :meth:`decide`.
        """
        question = asked(on, until=until, calendar=calendar, supplied=supplied, assuming=assuming)
        return self._asked(case, question).glance_on(case, question)

    def result_of(
        self,
        visit: Visit,
        case: CaseFile,
        *,
        on: str | dt.date,
        calendar: WorkCalendar | None = None,
        supplied: Mapping[str, object] | None = None,
        assuming: Sequence[Assumption] = (),
    ) -> Result:
        """When the result of a *visit* that was made is due, and how it stands, under the edition that holds for *case* on the day *on*.

        Arguments are those of :meth:`RevisitPolicy.result_of`.

        Raises:
            InvalidInputError: If the visit is not in the case file or reached nobody, the case file does not fit the day, or *on* lies before
                the first edition.
        """
        question = Question(on=on, calendar=calendar, supplied=supplied, assuming=assuming)
        return self._asked(case, question).result_on(visit, case, question=question)

    def _asked(self, case: CaseFile, question: Question) -> Edition:
        """The edition that is to answer a *question* about a *case*, of which nothing is said that none of them reads."""
        question.check_supplied(self.supplied)
        check_own(checked_case(case), self.supplied)
        return self._holding(case, question.on)

    def iter_decide(
        self,
        cases: Iterable[CaseFile],
        *,
        on: str | dt.date,
        until: str | dt.date | None = None,
        calendar: WorkCalendar | None = None,
        supplied: SuppliedEach | None = None,
        assuming: AssumingEach = (),
    ) -> Iterator[Decision | Refusal]:
        """The decisions on *cases*, one for each and in their order, as :meth:`RevisitPolicy.iter_decide` has them.

        Raises:
            InvalidInputError: If *on* or *until* is malformed, or *on* lies before the first edition.
        """
        question = asked(on, until=until, calendar=calendar)
        self.edition_on(question.on)
        return decided(cases, self._decide, question=question, supplied=supplied, assuming=assuming)

    def __or__(self, overlay: Overlay) -> Rulebook:
        """The rulebook with *overlay* laid over every edition.

        Raises:
            InvalidPolicyError: If it fits one edition and not another, with the reason: lay it over the policies of those it fits.
        """
        if not isinstance(overlay, Overlay):
            return NotImplemented
        laid: dict[str, RevisitPolicy] = {}
        refused: dict[str, RevisitPolicyError] = {}
        for edition in self.editions:
            try:
                laid[edition.id] = edition.policy | overlay
            except (InvalidPolicyError, UnknownNameError) as error:
                refused[edition.id] = error
        for name, problem in refused.items():
            if not laid:
                raise problem
            raise InvalidPolicyError(subject=overlay.id, problem=Phrase(
                "适用于版本 {fitted}，而不适用于 `{name}`：{error}；请只加于其适用的版本：attrs.evolve(edition, policy=edition.policy | overlay)",
                "fits edition {fitted} and not `{name}`: {error}; lay it over those it fits: attrs.evolve(edition, policy=edition.policy | overlay)",
                fitted=", ".join(f"`{each}`" for each in laid), name=name, error=problem,
            )) from None  # fmt: skip
        return attrs.evolve(self, editions=tuple(attrs.evolve(edition, policy=laid[edition.id]) for edition in self.editions))

    def check(self) -> PolicyCheck:
        """The triggers that cannot be dated, of all editions, each once; see :meth:`RevisitPolicy.check`."""
        return PolicyCheck(tuple(dict.fromkeys(found for edition in self.editions for found in edition.policy.check())))

    def _edition_before(self, case: CaseFile, on: Date) -> Edition | None:
        """The edition that held when the loan was last visited, or paid out; ``None`` if there was none yet."""
        visited = [visit.completed_on for visit in case.visits if visit.completed_on <= on and visit.reached_borrower]
        last = max(visited, default=case.loan.disbursed_on)
        return None if last < self.editions[0].since else self._holding(case, last)

    def to_html(self, lang: str = "en") -> str:
        """Every edition with all that is signed of it, as HTML that needs no style sheet; each is folded.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        from revisit_policy.policy.shown import folded_rulebook  # noqa: PLC0415 - words are loaded when asked for

        return folded_rulebook(self, lang)

    def _repr_html_(self) -> str:
        from revisit_policy.policy.shown import rulebook_in_languages  # noqa: PLC0415 - as above

        return rulebook_in_languages(self)

    def __repr__(self) -> str:
        editions = ", ".join(f"{edition.id} from {edition.since}" for edition in self.editions)
        return f"<Rulebook {self.id}: {editions}>"

    def __rich_repr__(self) -> Shown:
        yield Words(self.id)
        yield "editions", few(f"{edition.id} from {edition.since}" for edition in self.editions)


def _has_passed_to(edition: Edition, case: CaseFile, *, on: Date) -> bool:
    """True if *case* is under *edition*, or one after it, on the day *on*."""
    if case.loan.disbursed_on >= edition.since or edition.stock_until is None:
        return on >= edition.since
    reclassified = case.loan.reclassified_on
    return on > edition.stock_until or (reclassified is not None and on >= reclassified >= edition.since)
