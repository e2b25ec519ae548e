"""From a report to a new decision: what the bank knows now, what it decides now, and which finding moved what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.rows.field_label import FIELD_LABELS
from revisit_policy.decision.decision import Decision
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.outcomes.signal import Signal
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.revisit.compare import Comparison, Materiality, compare, value_text
from revisit_policy.revisit.report_rule import ReportRule
from revisit_policy.revisit.visit_report import VisitReport
from revisit_policy.speech.joining import all_of
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Label, Labelled, Lang, to_lang
from revisit_policy.values.validation import checked

#: The visit itself among the findings: that it took place changes what falls due.
VISIT: Final = "visits"

GRADE: Final = Label("风险分类", "grade")
LEVEL: Final = Label("预警级别", "level")
NEXT_VISIT: Final = Label("下次回访截止日", "next visit closes")
MADE: Final = Label("本次回访", "the visit itself")
MOVED: Final = Label("{findings}：{what} {before} → {after}", "{findings}: {what} {before} → {after}")
TOGETHER: Final = Label("{findings}共同作用：{what} {before} → {after}", "{findings} together: {what} {before} → {after}")
NONE: Final = Label("无", "none")
SAME: Final = Label("结论不变", "nothing is decided otherwise")


@attrs.frozen(kw_only=True)
class Moved:
    """Something that is decided otherwise since the visit.

    Args:
        what: What it is called.
        before: What was decided; ``None`` if it was not.
        after: What is decided now; ``None`` if it no longer is.
        by: The findings, by the paths of their fields or ``"visits"`` for the visit itself: one, if it alone does it (several such
            stand one by one in several of these); more, if none of them does it alone.
    """

    what: Label
    before: Any
    after: Any
    by: tuple[str, ...]

    @property
    def is_joint(self) -> bool:
        """Whether several findings do it only together."""
        return len(self.by) > 1

    def text(self, lang: str | Lang = "en") -> str:
        """The change and what moved it, on one line."""
        chosen = to_lang(lang)
        names = [MADE.text(chosen) if path == VISIT else FIELD_LABELS[path].text(chosen) for path in self.by]
        before, after = (NONE.text(chosen) if value is None else value_text(value, chosen) for value in (self.before, self.after))
        said = TOGETHER if self.is_joint else MOVED
        return said.filled(chosen, findings=all_of(names, chosen), what=self.what, before=before, after=after)


@attrs.frozen(kw_only=True)
class Reassessment:
    """A decision before a visit and the one after it, on one day.

    Args:
        report: What came back.
        comparison: What of it is new.
        before: The decision without the report.
        after: The decision with it; its case file is the new one.
        moved: What is decided otherwise, and which finding did it.
        result: When the result of the visit is due from its day on, by what is known now; ``None`` of an attempt that reached nobody.
    """

    report: VisitReport
    comparison: Comparison
    before: Decision
    after: Decision
    moved: tuple[Moved, ...]
    result: Result | None = None

    @property
    def case(self) -> CaseFile:
        """What the bank knows now, the visit among it."""
        return self.after.case

    @property
    def new_signals(self) -> tuple[Signal, ...]:
        """The warnings whose code was not there before."""
        known = {signal.code for signal in self.before.signals}
        return tuple(signal for signal in self.after.signals if signal.code not in known)

    @property
    def to_determine(self) -> tuple[Label, ...]:
        """What is still to be found out or made sure of before people determine the grade anew."""
        return self.after.gaps

    def explain(self, lang: str | Lang = "en") -> str:
        """What was found and what it moved, as plain text."""
        chosen = to_lang(lang)
        lines = [self.comparison.explain(chosen), *(moved.text(chosen) for moved in self.moved)]
        return "\n".join([line for line in lines if line] + ([] if self.moved else [SAME.text(chosen)]))


def reassess(  # noqa: PLR0913, PLR0917 - what was known, what came back and what decides, then how
    case: CaseFile,
    report: VisitReport,
    rulebook: Rulebook | RevisitPolicy,
    *,
    on: str | dt.date,
    rules: Iterable[ReportRule] = (),
    materiality: Materiality | None = None,
    planned: Revisit | None = None,
) -> Reassessment:
    """Decide anew with what a visit has found, and tell which finding moved what.

    Each finding is put back in turn. What then is decided as before was moved by it. What no single finding moves is told with the
    fewest that do it together.

    Args:
        case: What the bank knew.
        report: What came back.
        rulebook: What decides.
        on: The day of the decision, not before the visit.
        rules: Rules of conduct; a report that breaks one is refused.
        materiality: When a difference of figures matters; left out, always. Everything found enters the case file all the same.
        planned: The planned visit that this was, if it was one.

    Raises:
        InvalidValueError: If an argument is of another kind, the report is on another loan, breaks a rule of conduct, or tells of a
            visit after *on* or before the window of the *planned* one.
        InvalidInputError: If the findings contradict the rest of the case file.

    Examples:
        >>> from revisit_policy.casefile.borrower import BorrowerProfile
        >>> from revisit_policy.casefile.loan import Loan
        >>> from revisit_policy.casefile.visit import Visit
        >>> from revisit_policy.revisit.observed import Observed
        >>> from revisit_policy.rulebooks import cn_housing
        >>> from revisit_policy.values.money import cny
        >>> case = CaseFile(
        ...     loan=Loan(
        ...         "GZ-1", product="first_home", principal=cny("900000"), balance=cny("800000"), annual_rate="0.035",
        ...         repayment="level_payment", disbursed_on="2024-03-01", term_months=240, days_past_due=0,
        ...     ),
        ...     borrower=BorrowerProfile("B-1", monthly_income=cny("20000"), income_at_last_review=cny("20000")),
        ... )
        >>> report = VisitReport(
        ...     loan_no="GZ-1", officers=["O-17", "O-23"], met=["borrower"],
        ...     visit=Visit(kind="periodic", method="on_site", completed_on="2026-11-25", finding="unsatisfactory"),
        ...     observed=[Observed(field="borrower.monthly_income", value=cny("12000"), evidence="document", reference="DOC-7")],
        ... )
        >>> found = reassess(case, report, cn_housing.rulebook, on="2026-11-26")
        >>> [signal.code.value for signal in found.new_signals]
        ['capacity']
        >>> found.moved[0].by
        ('borrower.monthly_income',)
        >>> str(found.result.preliminary.latest)
        '2026-12-04'
    """
    day = to_date(on, field="on")
    comparison = compare(case, report, rules=rules, materiality=materiality)
    rulebook = checked(rulebook, Rulebook | RevisitPolicy, field="rulebook", expected=Phrase("规则手册或政策", "a Rulebook or a RevisitPolicy"))
    _check_usable(comparison)
    _check_days(report, on=day, planned=planned)
    findings = _Findings(case, report, comparison, rulebook=rulebook, on=day)
    before, after = findings.decision(()), findings.decision(findings.all)
    moved = tuple(findings.moved(before, after))
    result = rulebook.result_of(report.visit, after.case, on=day) if report.visit.reached_borrower else None
    return Reassessment(report=report, comparison=comparison, before=before, after=after, moved=moved, result=result)


def _check_usable(comparison: Comparison) -> None:
    for breach in comparison.breaches:
        expected = Phrase("可采用的报告：{breach}", "a report that can be used: {breach}", breach=breach)
        raise InvalidValueError(owner="", field="report", value="not usable", expected=expected)


def _check_days(report: VisitReport, *, on: Date, planned: Revisit | None) -> None:
    made = report.visit.completed_on
    if made > on:
        expected = Phrase("决策日（{on}）或之前", "on or before the decision day ({on})", on=on)
        raise InvalidValueError(owner="VisitReport", field="visit.completed_on", value=str(made), expected=expected)
    if planned is not None and made < planned.window.opens:
        expected = Phrase("回访窗口开启日（{opens}）或之后", "on or after the day its window opens ({opens})", opens=planned.window.opens)
        raise InvalidValueError(owner="VisitReport", field="visit.completed_on", value=str(made), expected=expected)


@attrs.frozen
class _Findings:
    """The findings of one report, any of which can be put back."""

    case: CaseFile
    report: VisitReport
    comparison: Comparison
    rulebook: Rulebook | RevisitPolicy = attrs.field(kw_only=True)
    on: Date = attrs.field(kw_only=True)

    @property
    def all(self) -> tuple[str, ...]:
        """By the paths of their fields, the visit last."""
        fields = tuple(found.field for found in self.comparison.discrepancies)
        return fields if self.report.visit in self.case.visits else (*fields, VISIT)

    def decision(self, known: Iterable[str]) -> Decision:
        """The decision with these findings alone."""
        return self.rulebook.decide(self._with(frozenset(known)), on=self.on)

    def _with(self, known: frozenset[str]) -> CaseFile:
        parts: dict[str, dict[str, Any]] = {}
        for found in self.comparison.discrepancies:
            if found.field in known:
                part, _, field = found.field.partition(".")
                parts.setdefault(part, {})[field] = found.found
        changed: dict[str, Any] = {part: attrs.evolve(getattr(self.case, part), **fields) for part, fields in parts.items()}
        if VISIT in known:
            changed[VISIT] = (*self.case.visits, self.report.visit)
        return attrs.evolve(self.case, **changed)

    def moved(self, before: Decision, after: Decision) -> Iterable[Moved]:
        """What is decided otherwise, in the order of a decision."""
        old, new = _outcomes(before), _outcomes(after)
        differing = [what for what in dict.fromkeys((*old, *new)) if old.get(what) != new.get(what)]
        without = {path: self._outcomes_without(path) for path in self.all} if differing else {}
        for what in differing:
            alone = [path for path, outcomes in without.items() if outcomes is not None and outcomes.get(what) == old.get(what)]
            groups: list[tuple[str, ...]] = [(path,) for path in alone]
            for by in groups or [self._together(what, old.get(what))]:
                yield Moved(what=what, before=old.get(what), after=new.get(what), by=by)

    def _outcomes_without(self, *paths: str) -> Mapping[Label, Any] | None:
        """What is decided with these findings put back; ``None`` if the case file then contradicts itself."""
        try:
            return _outcomes(self.decision(path for path in self.all if path not in paths))
        except InvalidInputError:
            return None

    def _together(self, what: Label, before: object) -> tuple[str, ...]:
        """Findings that do it together, none of which can be spared: all of them do, and each is left out that is not needed."""
        needed = list(self.all)
        for path in self.all:
            rest = [each for each in needed if each != path]
            outcomes = self._outcomes_without(*rest)
            if outcomes is not None and outcomes.get(what) == before:
                needed = rest
        return tuple(needed)


def _outcomes(decision: Decision) -> dict[Label, Any]:
    """What is decided, each thing under what it is called."""
    following = decision.schedule.next
    return {
        GRADE: decision.grade,
        LEVEL: decision.level,
        **{_label(signal.code): signal.level for signal in decision.signals},
        **{_label(each.measure): each.by or each.measure for each in decision.measures},
        NEXT_VISIT: None if following is None else following.window.closes,
    }


def _label(member: Labelled) -> Label:
    return Label(member.label("zh"), member.label("en"))
