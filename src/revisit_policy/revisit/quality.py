"""The quality of a report: what the head of the branch asks back about before anybody relies on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import attrs

from revisit_policy.casefile.rows.field_label import FACT_OF, FIELD_LABELS
from revisit_policy.decision.checklist import find_out
from revisit_policy.errors import InvalidValueError
from revisit_policy.outcomes.signal import Signal
from revisit_policy.outcomes.visit import Finding
from revisit_policy.revisit.compare import check_loan
from revisit_policy.revisit.observed import Evidence
from revisit_policy.revisit.reassess import Reassessment
from revisit_policy.revisit.visit_report import VisitReport
from revisit_policy.speech.joining import headed, listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled, Lang, to_lang
from revisit_policy.values.validation import checked

#: What is kept somewhere, so that a report has to say where.
_KEPT: Final = frozenset({Evidence.DOCUMENT, Evidence.REGISTER})
#: So many findings that are word for word those of the last report are no chance.
_COPIED: Final = 2


class QualityCode(Labelled, zh="报告质量信号"):
    """What speaks against a report."""

    NOTHING_TOLD = "nothing_told", "已联系上借款人，却未填写任何所见", "somebody was met, and nothing that was found is told"
    LEFT_OUT = "left_out", "应查事项既无所见，也未注明未能核实", "what was to be found out is neither found nor named as not confirmed"
    NO_REFERENCE = "no_reference", "书面或登记证据未注明编号", "a document or a register is named as evidence without its reference"
    UNEXPLAINED = "unexplained", "结论为不满意，却无一所见说明缘由", "the visit is called unsatisfactory, and nothing found says why"
    COPIED = "copied", "所见与上次报告逐项相同", "every finding is word for word that of the last report"
    REUSED = "reused", "沿用上次报告的材料或录音编号", "a document or a recording of the last report stands for this visit"
    AGAINST_DATA = "against_data", "与已知数据不符，而仅凭当事人陈述", "what the data say is contradicted by nothing but somebody's word"
    PLAYED_DOWN = "played_down", "结论为满意，所见却引发预警", "the visit is called satisfactory, and what it found raises a warning"


@attrs.frozen(kw_only=True)
class QualitySignal:
    """One thing about a report that the head of the branch asks back about. It changes no decision.

    Args:
        code: What it is.
        fields: The fields that it is about, by their paths; empty if it is about the whole report.
        references: The documents and recordings that it is about.
        signals: The warnings that it is about.
    """

    code: QualityCode
    fields: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()

    def text(self, lang: str | Lang = "en") -> str:
        """The signal and what it is about, on one line.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = to_lang(lang)
        told = [FIELD_LABELS[path].text(chosen) for path in self.fields]
        told += [*self.references, *(signal.label(chosen) for signal in self.signals)]
        return headed(self.code.label(chosen), listed(told, chosen), chosen) if told else self.code.label(chosen)


def quality(found: Reassessment, *, last: VisitReport | None = None) -> tuple[QualitySignal, ...]:
    """What the head of the branch asks back about a report, in the order of `QualityCode`; empty if nothing.

    A report that breaks a rule of conduct is refused before it comes so far, see `reassess`; one that comes so far is used as it is, and
    these signals say where it is thin, copied, or at odds with what the bank knows.

    Args:
        found: The report, reassessed.
        last: The report of the visit before; left out, nothing is held against it.

    Raises:
        InvalidValueError: If an argument is of another kind, or *last* is on another loan or of a visit that was not made before.

    Examples:
        See the page "From visit to decision".
    """
    checked(found, Reassessment, field="found", expected=Phrase("重新评估的结果（Reassessment）", "a Reassessment"))
    if last is not None:
        _check_last(found, checked(last, VisitReport, field="last", expected=Phrase("上次回访的报告（VisitReport）", "a VisitReport")))
    return tuple(
        QualitySignal(code=code, fields=tuple(fields), references=tuple(references), signals=tuple(signals))
        for code, fields, references, signals in (*_thin(found), *_of_the_last(found.report, last), *_at_odds(found))
    )


#: What it is, and the fields, references and warnings that it is about.
_About: TypeAlias = tuple[QualityCode, Iterable[str], Iterable[str], Iterable[Signal]]


def _check_last(found: Reassessment, last: VisitReport) -> None:
    check_loan(found.before.case, last)
    made = found.report.visit.completed_on
    if last.visit.completed_on >= made:
        expected = Phrase("本次回访（{made}）之前的回访", "of a visit before this one ({made})", made=made)
        raise InvalidValueError(owner="", field="last", value=str(last.visit.completed_on), expected=expected)


def _thin(found: Reassessment) -> Iterator[_About]:
    """What is empty."""
    report = found.report
    if not report.visit.reached_borrower:
        return
    if not report.observed and not report.not_confirmed:
        yield QualityCode.NOTHING_TOLD, (), (), ()
    elif left_out := _left_out(found):
        yield QualityCode.LEFT_OUT, left_out, (), ()
    if bare := [each.field for each in report.observed if each.evidence in _KEPT and each.reference is None]:
        yield QualityCode.NO_REFERENCE, bare, (), ()
    if report.visit.finding is Finding.UNSATISFACTORY and not found.comparison.material:
        yield QualityCode.UNEXPLAINED, (), (), ()


def _left_out(found: Reassessment) -> list[str]:
    """The fields that the decision before asked for, as far as a gap is one field, and of which the report says nothing.

    What prices do is looked up and not found on a visit.
    """
    asked, told = set(found.before.gaps), {*(each.field for each in found.report.observed), *found.report.not_confirmed}
    return [path for path, fact in FACT_OF.items() if not path.startswith("market.") and path not in told and find_out(fact) in asked]


def _of_the_last(report: VisitReport, last: VisitReport | None) -> Iterator[_About]:
    """What was there already."""
    if last is None:
        return
    if len(report.observed) >= _COPIED and set(report.observed) == set(last.observed):
        yield QualityCode.COPIED, (each.field for each in report.observed), (), ()
    before = set(_kept(last))
    if again := [reference for reference in dict.fromkeys(_kept(report)) if reference in before]:
        yield QualityCode.REUSED, (), again, ()


def _kept(report: VisitReport) -> Iterator[str]:
    yield from (*report.documents, *report.recordings)
    yield from (each.reference for each in report.observed if each.reference is not None)


def _at_odds(found: Reassessment) -> Iterator[_About]:
    """What goes against the data."""
    said = [each.field for each in found.comparison.material if each.evidence is Evidence.SAID and each.before is not None]
    if said:
        yield QualityCode.AGAINST_DATA, said, (), ()
    if found.report.visit.finding is Finding.SATISFACTORY and found.new_signals:
        yield QualityCode.PLAYED_DOWN, (), (), found.new_signals
