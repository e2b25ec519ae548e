"""A case file held against the report of a visit: what differs, what was confirmed, and what nobody could confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

import attrs

from revisit_policy.casefile.case_columns import to_path
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.rows.case_words import field_text
from revisit_policy.casefile.rows.field_label import FIELD_LABELS
from revisit_policy.errors import InvalidValueError
from revisit_policy.revisit.observed import Evidence, Observed
from revisit_policy.revisit.report_rule import Breach, ReportRule
from revisit_policy.revisit.visit_report import VisitReport
from revisit_policy.speech.joining import listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.money import Money
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import checked, gather, gathering, has_items, refused, several

CHANGED: Final = Label("{field}：{before} → {found}（{evidence}）", "{field}: {before} → {found} ({evidence})")
SLIGHT: Final = Label("差异不重大", "not material")
UNKNOWN: Final = Label("不详", "unknown")
CONFIRMED: Final = Label("已确认：{fields}", "confirmed: {fields}")
NOT_CONFIRMED: Final = Label("未能核实：{fields}", "could not be confirmed: {fields}")
NOT_USABLE: Final = Label("报告不可采用：{rule}", "the report cannot be used: {rule}")

def _to_share(value: Fraction | str) -> Fraction:
    return exact_ratio(value)


def _to_shares(values: Mapping[str, Fraction | str] | Iterable[tuple[str, Fraction | str]]) -> tuple[tuple[str, Fraction], ...]:
    pairs: list[Any] = list(values.items()) if isinstance(values, Mapping) else list(values) if has_items(values) else [values]
    if not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):  # noqa: PLR2004 - a pair
        raise refused(values, Phrase("字段与比例的对照", "fields with their shares"))
    return tuple(sorted((to_path(path), exact_ratio(share)) for path, share in pairs))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Materiality:
    """By how much of what was known a figure may differ before it matters. What is no amount, ratio or count always matters.

    Args:
        share: The largest difference, inclusive, that does not matter, as a share of the figure known before.
        of: The same for single fields, by their paths.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> Materiality(share="0.05", of={"borrower.monthly_income": "0.1"}).share_of("borrower.monthly_income")
        Fraction(1, 10)
    """

    share: Fraction = attrs.field(default=Fraction(0), converter=_to_share)
    of: tuple[tuple[str, Fraction], ...] = attrs.field(default=(), converter=_to_shares)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def share_of(self, path: str) -> Fraction:
        """The share that holds for the field at *path*."""
        return dict(self.of).get(path, self.share)

    def matters(self, path: str, before: object, found: object) -> bool:  # noqa: PLR0917 - what, from what, to what
        """Whether it matters that the field at *path* held *before* and was *found* otherwise."""
        one, other = _figure(before), _figure(found)
        if one is None or other is None or not one:
            return True
        return abs(other - one) > self.share_of(path) * abs(one)


def _figure(value: object) -> Fraction | None:
    match value:
        case bool():
            return None
        case Money():
            return Fraction(value.minor)
        case int() | Fraction():
            return Fraction(value)
        case _:
            return None


@attrs.frozen(kw_only=True)
class Discrepancy:
    """A field that is not as the case file has it.

    Args:
        field: Its path.
        before: What the case file has; ``None`` if it was unknown.
        found: What the visitor found.
        evidence: What shows it.
        reference: Where that is kept; ``None`` if nowhere.
        is_material: Whether the difference matters.
    """

    field: str
    before: Any
    found: Any
    evidence: Evidence
    reference: str | None
    is_material: bool

    def text(self, lang: str | Lang = "en") -> str:
        """The difference on one line."""
        chosen = to_lang(lang)
        said = CHANGED.filled(
            chosen,
            field=FIELD_LABELS[self.field],
            before=value_text(self.before, chosen),
            found=value_text(self.found, chosen),
            evidence=self.evidence.label(chosen) + (f" {self.reference}" if self.reference else ""),
        )
        return said if self.is_material else f"{said} [{SLIGHT.text(chosen)}]"


def value_text(value: object, lang: Lang) -> str:
    """A value of a field in words; unknown if there is none."""
    return UNKNOWN.text(lang) if value is None else field_text(value, lang)


@attrs.frozen(kw_only=True)
class Comparison:
    """What a report says of a case file.

    Args:
        discrepancies: What is not as the case file has it, in the order of the report.
        confirmed: Paths of what is.
        not_confirmed: Paths of what was to be confirmed and could not be; the case file keeps what it has.
        breaches: Rules of conduct that the report breaks.
    """

    discrepancies: tuple[Discrepancy, ...]
    confirmed: tuple[str, ...]
    not_confirmed: tuple[str, ...]
    breaches: tuple[Breach, ...]

    @property
    def is_usable(self) -> bool:
        """Whether the report breaks no rule of conduct."""
        return not self.breaches

    @property
    def material(self) -> tuple[Discrepancy, ...]:
        """The discrepancies that matter."""
        return tuple(found for found in self.discrepancies if found.is_material)

    def explain(self, lang: str | Lang = "en") -> str:
        """All of it as plain text, what makes the report unusable first."""
        chosen = to_lang(lang)
        lines = [NOT_USABLE.filled(chosen, rule=breach.text(chosen)) for breach in self.breaches]
        lines += [found.text(chosen) for found in self.discrepancies]
        for said, paths in ((CONFIRMED, self.confirmed), (NOT_CONFIRMED, self.not_confirmed)):
            if paths:
                lines.append(said.filled(chosen, fields=listed((FIELD_LABELS[path].text(chosen) for path in paths), chosen)))
        return "\n".join(lines)


def compare(
    case: CaseFile, report: VisitReport, *, rules: Iterable[ReportRule] = (), materiality: Materiality | None = None
) -> Comparison:
    """Hold *report* against the case file.

    Args:
        case: What the bank knew.
        report: What came back.
        rules: Rules of conduct; a rulebook has them, such as ``cn_housing.REPORT_RULES``.
        materiality: When a difference of figures matters; left out, always.

    Raises:
        InvalidValueError: If an argument is of another kind, or the report is on another loan.

    Examples:
        See `reassess`.
    """
    case = checked(case, CaseFile, field="case", expected=Phrase("一份案卷（CaseFile）", "a CaseFile"))
    report = checked(report, VisitReport, field="report", expected=Phrase("一份回访报告（VisitReport）", "a VisitReport"))
    check_loan(case, report)
    asked = _rules(rules)
    scale = _scale(materiality)
    differing = [found for found in report.observed if attrgetter(found.field)(case) != found.value]
    return Comparison(
        discrepancies=tuple(_discrepancy(case, found, materiality=scale) for found in differing),
        confirmed=tuple(found.field for found in report.observed if found not in differing),
        not_confirmed=report.not_confirmed,
        breaches=tuple(Breach(rule.label, rule.source) for rule in asked if rule.is_broken_by(report)),
    )


def check_loan(case: CaseFile, report: VisitReport) -> None:
    """Refuse a *report* on another loan.

    Raises:
        InvalidValueError: If it is one.
    """
    if report.loan_no != case.loan.loan_no:
        expected = Phrase("案卷所载贷款（{loan_no}）的报告", "on the loan of the case file ({loan_no})", loan_no=case.loan.loan_no)
        raise InvalidValueError(owner="VisitReport", field="loan_no", value=report.loan_no, expected=expected)


def _rules(values: Iterable[ReportRule]) -> tuple[ReportRule, ...]:
    asked = tuple(several(values, field="rules", expected=Phrase("若干行为规则", "several rules of conduct")))
    for rule in asked:
        if not isinstance(rule, ReportRule):
            raise refused(rule, Phrase("一条行为规则（ReportRule）", "a ReportRule")).located(owner="", field="rules")
    return asked


def _scale(given: Materiality | None) -> Materiality:
    if given is None:
        return Materiality()
    return checked(given, Materiality, field="materiality", expected=Phrase("重大性标准（Materiality）", "a Materiality"))


def _discrepancy(case: CaseFile, found: Observed, *, materiality: Materiality) -> Discrepancy:
    before = attrgetter(found.field)(case)
    return Discrepancy(
        field=found.field,
        before=before,
        found=found.value,
        evidence=found.evidence,
        reference=found.reference,
        is_material=materiality.matters(found.field, before, found.value),
    )
