"""The decision: what a policy says of one case on one day, with its reasons."""

from __future__ import annotations

from typing import Any, Final

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.own.own_fact import counts_from_asking
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.decision.assessment import Assessment
from revisit_policy.decision.checklist import record_beginning
from revisit_policy.decision.doubts import doubts
from revisit_policy.decision.grading.upgrade import Upgrade, upgrade_of
from revisit_policy.decision.grading.worsening import worsened
from revisit_policy.decision.replan import Replan
from revisit_policy.errors import InvalidInputError
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.language.verdicts.verdict import Verdicts
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.recommendation import Recommendation
from revisit_policy.outcomes.schedule import RevisitSchedule
from revisit_policy.outcomes.signal import Signal
from revisit_policy.outcomes.visit import VisitKind
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label, Labelled, Lang, OrderedLabelled, lang_among
from revisit_policy.values.markup.outline import folded, in_languages
from revisit_policy.values.validation import checked, fault, gather, gathering, to_text

#: What a decision needs before people can determine what it says.
ESTABLISHED: Final = Phrase("已确定的分类", "established, to be determined by people")
ROLE: Final = Phrase("认定人的角色，文字或带标签枚举的成员", "who determines, as text or a member of a labelled enumeration")


@attrs.frozen(kw_only=True, repr=False, field_transformer=gathering)
class Decision:
    """What a policy says of one case on one day. Every automatic grade and measure is a proposal: a person decides.

    Args:
        case: The case file that was judged.
        on: The decision day.
        policy: The id of the policy.
        version: Its version.
        digest: The digest of its content: two decisions of one digest were made by the same rules and figures.
        edition: The id of the rulebook's edition; ``None`` if a policy was asked directly.
        edition_label: What that edition is called.
        calendar: The edition of the working-day calendar.
        verdicts: What every table that speaks once for a case said, by its id.
        assessment: What is handed out of them.
        signals: The established warnings, one a code at its loudest level, each with the day it began if that is known.
        schedule: The visits that are due from *on* to the horizon.
        measures: What is recommended, since when, by when, by whom and why, in the order of doing: what comes after something stands
            behind it, the choices of one step side by side. What was refused or has failed is recommended again and says so.
        measures_in_hand: What somebody is at: proposed, approved or begun. It is not recommended again.
        replan: What a new edition changed for this loan and why; ``None`` if none came since its last visit, or if nothing
            is owed any more.
        undated: The signals that ask for a visit, or for a valuation (``revaluation_due``), and then the kinds of obligations counted
            from the first day of their rule's own condition, of which nobody recorded the beginning: their deadlines move with every
            day of asking, until an `Event` says since when, or the figures that the rule reads carry their days.
        supplied: The supplied facts as they were given, by name; what they came to stands in *verdicts*.
        assuming: The stand-ins as they were given; those that were used stand in *verdicts*.

    Raises:
        InvalidInputError: If a name is not text on one line.
    """

    case: CaseFile
    on: Date
    policy: str = attrs.field(converter=to_text)
    version: str = attrs.field(converter=to_text)
    digest: str = attrs.field(converter=to_text)
    edition: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))
    edition_label: Label | None = None
    languages: tuple[str, ...] = attrs.field(default=("zh", "en"), eq=False)
    calendar: str = attrs.field(converter=to_text)
    verdicts: Verdicts
    assessment: Assessment = attrs.field(eq=False)
    signals: tuple[Signal, ...]
    schedule: RevisitSchedule
    measures: tuple[Recommendation, ...]
    measures_in_hand: tuple[Recommendation, ...] = ()
    replan: Replan | None = None
    undated: tuple[Labelled, ...] = ()
    supplied: tuple[tuple[str, Any], ...] = attrs.field(default=(), eq=False)
    assuming: tuple[Assumption, ...] = attrs.field(default=(), eq=False)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def loan_no(self) -> str:
        """The bank's number of the loan."""
        return self.case.loan.loan_no

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed. Then nothing is asked: there is no warning, no measure, no visit and no valuation.

        The tables are read all the same, and the grade is what they say; who counts loans by grade leaves these out.
        """
        return self.case.loan.is_settled

    @property
    def grade(self) -> Grade:
        """The established grade: what the facts that are known make certain; ``None`` if a table that goes by order establishes none."""
        grade: Grade = self.assessment.grade
        return grade

    @property
    def grade_at_worst(self) -> Grade:
        """The most severe grade that missing facts could still bring about."""
        worst: Grade = self.assessment.grade_at_worst
        return worst

    @property
    def upgrade(self) -> Upgrade | None:
        """The milder grade that people could determine, what speaks for it, and what is missing; ``None`` if none is proposed.

        The table `upgrade` proposes, and never more than the grade next to the one that holds now. With something missing it is only
        possible.
        """
        return None if self.is_settled else upgrade_of(self.verdicts, grade=self.grade, at_worst=self.grade_at_worst)

    @property
    def worsened_by_rules(self) -> tuple[str, ...]:
        """The ids of the rules that established a worse grade than people determined last; empty if none did, or nobody determined one.

        What rules made worse holds for this decision. It binds the next one only if it is recorded: `as_determination`.
        """
        return tuple(rule.id for rule in worsened(self.verdicts["grade"], self.case.determination))

    def as_determination(self, role: Labelled | str) -> Determination:
        """The established grade as people of this *role* determine it on the decision day, for the next case file.

        Args:
            role: Who determines: text in the bank's own words, or a member of a labelled enumeration.

        Raises:
            InvalidInputError: If no grade is established, the policy grades in other words than a labelled enumeration, or *role* is
                no text.

        Examples:
            >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny
            >>> from revisit_policy.rulebooks import cn_housing
            >>> loan = Loan(
            ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
            ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
            ... )
            >>> decision = cn_housing.rulebook.decide(CaseFile(loan=loan, borrower=BorrowerProfile("B-1")), on="2026-11-24")
            >>> decision.as_determination("credit_committee")
            Determination(grade=Grade.SPECIAL_MENTION, on=Date(2026, 11, 24), role='credit_committee')
        """
        if self.grade is None:
            raise InvalidInputError.of("Decision", [fault("grade", None, ESTABLISHED).located(owner="Decision", field="")])
        return Determination(self.grade, on=self.on, role=checked(role, Labelled | str, field="role", expected=ROLE))

    @property
    def level(self) -> OrderedLabelled:
        """How loud the loudest signal is."""
        return self.assessment.level

    @property
    def interval_months(self) -> int | None:
        """Months between periodic visits, at worst: what is not known shortens them and never lengthens them.

        ``None`` under a policy that has no table of intervals.
        """
        months: int | None = self.assessment.interval.outcome
        return months

    @property
    def person_needed_since(self) -> Date | None:
        """The day from which a person has to make the next periodic visit, which data did before, for `Loan.person_needed_since`.

        It is the day that is recorded there, else the decision day: record it where the decision before said ``None``, and clear it where
        this one does. ``None`` where data are enough or no such visit is planned. Of a loan that needed a person ever since the bank
        began to ask nobody knows the day, and nothing is recorded.
        """
        visit = next((visit for visit in self.schedule.all if VisitKind.PERIODIC in visit.serves), None)
        if visit is None or visit.method is next(iter(type(visit.method))):
            return None
        return self.case.loan.person_needed_since or self.on

    @property
    def origination(self) -> tuple[Labelled, ...]:
        """What was wrong with the grant, as far as it is established; empty if nothing."""
        return tuple(reason.outcome for reason in self.assessment.several("origination"))

    @property
    def measures_late(self) -> tuple[Recommendation, ...]:
        """What is recommended or in hand and should have been set about before the decision day."""
        return tuple(step for step in (*self.measures, *self.measures_in_hand) if step.late)

    @property
    def counts_from_asking(self) -> bool:
        """Whether the loan is late and says of no day how late, so that its first days and deadlines move with every day of asking.

        They stay where they are once the loan says of which day its days past due are (`Loan.arrears_as_of`) or since when it is unpaid.
        So it is of an own fact that grows daily (`own_counts_from_asking`).
        """
        return not self.case.loan.is_dated or bool(self.own_counts_from_asking)

    @property
    def own_counts_from_asking(self) -> tuple[Fact, ...]:
        """The bank's own facts that grow daily and are of no day, in the order in which rules read them."""
        own = {**self.case.own, **dict(self.supplied)}
        return tuple(fact for fact in self.verdicts["grade"].facts.facts if counts_from_asking(fact, own))

    @property
    def gaps(self) -> tuple[Label, ...]:
        """What is not known and could matter, or is known and hard to believe, as items for the next visit's checklist."""
        return (*self.assessment.gaps, *map(record_beginning, self.undated), *doubts(self.case, self.on))

    def explain(self, lang: str | Lang = "en") -> str:
        """The decision as plain text: every outcome with the rules that made it, the facts they read and what they cite.

        Rules are numbered where they are mentioned; what the numbers stand for is at the foot, with the policy and its digest.

        Args:
            lang: One of the languages of the policy, such as ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is none of them.
        """
        from revisit_policy.decision.explaining import explain_decision  # noqa: PLC0415 - words are loaded when asked for

        return explain_decision(self, lang_among(lang, self.languages))

    def one_page(self, lang: str | Lang = "en") -> str:
        """The decision as a branch manager reads and signs it: at most 30 lines, and 700 characters in Chinese or three times as many in English.

        First the conclusion, then at most three warnings, the next step, at most five measures in their order (of those that one chooses
        among, one line), what is not to be done where a rule would have it, what is missing, the days of the result, and what it
        rests on, by number, at the foot. Where there is no room for all, a list says how many more it has. :meth:`explain` is the annex.

        Args:
            lang: One of the languages of the policy, such as ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is none of them.
        """
        from revisit_policy.decision.page.one_page import one_page  # noqa: PLC0415 - words are loaded when asked for

        return one_page(self, lang_among(lang, self.languages))

    def one_page_html(self, lang: str | Lang = "en") -> str:
        """The sentences of :meth:`one_page` as HTML that needs no style sheet; policy, digest and calendar are told on hover.

        Args:
            lang: One of the languages of the policy, such as ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is none of them.
        """
        from revisit_policy.decision.page.one_page import one_page_html  # noqa: PLC0415 - words are loaded when asked for

        return one_page_html(self, lang_among(lang, self.languages))

    def __repr__(self) -> str:
        upcoming = self.schedule.next
        visit = "no visit" if upcoming is None else f"{upcoming.kind.value} by {upcoming.window.closes}"
        grade = getattr(self.grade, "name", self.grade)
        return f"<Decision {self.loan_no} on {self.on}: {grade}, {self.level.name}, {visit}, {self.edition or self.policy}>"

    def to_html(self, lang: str | Lang = "en") -> str:
        """The sentences of :meth:`explain` as HTML that needs no style sheet; reasons and later visits are folded.

        Args:
            lang: One of the languages of the policy, such as ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is none of them.
        """
        chosen = lang_among(lang, self.languages)
        return folded(self.explain(chosen).split("\n", 1)[0], self._html(chosen), lang=chosen, is_open=True)

    def _html(self, lang: Lang) -> str:
        from revisit_policy.decision.explaining import decision_html  # noqa: PLC0415 - words are loaded when asked for

        return decision_html(self, lang)

    def _repr_html_(self) -> str:
        return in_languages(self.explain, self._html, languages=self.languages)

    def __rich_repr__(self) -> Shown:
        yield Words(self.loan_no)
        yield "on", Words(str(self.on))
        yield "edition", Words(self.edition or self.policy)
        yield "grade", self.grade
        yield "grade_at_worst", self.grade_at_worst, self.grade
        yield "upgrade", None if self.upgrade is None else self.upgrade.grade, None
        yield "level", self.level
        yield "signals", few(signal.label() for signal in self.signals)
        yield "interval_months", self.interval_months, None
        yield "schedule", self.schedule
        yield "measures", few(item.measure.value for item in self.measures)
        yield "measures_in_hand", few(item.measure.value for item in self.measures_in_hand), ()
        yield "gaps", few(gap.en for gap in self.gaps), ()
