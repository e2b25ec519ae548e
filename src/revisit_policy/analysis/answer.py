"""Answers: a proof that nothing was found, or everything that was found, in text, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final, Generic, Never, Protocol, TypeAlias, TypeVar

import attrs

from revisit_policy.analysis.witness import Witness
from revisit_policy.language.condition import Condition
from revisit_policy.language.wording import condition_text
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import to_tuple

PROVED: Final = Label("已证明：{claim}", "Proved: {claim}")
FOUND: Final = Label("共{count}项：{claim}不成立", "{count} found against: {claim}")
WHERE: Final = Label("情形", "where")
EXAMPLE: Final = Label("举例", "for example")
FINDING: Final = Label("发现", "finding")
NOTE: Final = Label("说明：{note}", "Note: {note}")


class Finding(Protocol):
    """What every finding has: where it holds, a case that shows it, and a sentence that says it."""

    @property
    def region(self) -> Condition:
        """Where it holds: all of it and nothing else."""

    @property
    def witness(self) -> Witness | None:
        """Facts that show it, confirmed by the reference reader; ``None`` if it is about what never happens."""

    def sentence(self, lang: str | Lang = "en") -> str:
        """What was found, in one sentence."""


FindingT_co = TypeVar("FindingT_co", bound=Finding, covariant=True)


class Printed(Generic[FindingT_co]):
    """Gives answers their forms: text, Markdown, HTML."""

    __slots__ = ()

    claim: Label
    notes: tuple[Label, ...]

    @property
    def findings(self) -> tuple[FindingT_co, ...]:
        """What was found, plainest first."""
        return ()

    @property
    def is_proved(self) -> bool:
        """True if what was hoped for has been proved."""
        return not self.findings

    def __bool__(self) -> bool:
        return self.is_proved

    def __iter__(self) -> Iterator[FindingT_co]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def heading(self, lang: str | Lang = "en") -> str:
        """What was asked and how it ended, in one sentence."""
        if self.is_proved:
            return PROVED.text(lang).format(claim=self.claim.text(lang))
        return FOUND.text(lang).format(claim=self.claim.text(lang), count=len(self.findings))

    def explain(self, lang: str | Lang = "en") -> str:
        """The answer as plain text: each finding with where it holds and an example.

        Args:
            lang: ``"zh"`` or ``"en"``.
        """
        chosen = to_lang(lang)
        lines = [self.heading(chosen)]
        for number, finding in enumerate(self.findings, 1):
            lines.append(f"{number}. {finding.sentence(chosen)}")
            lines += [f"   {column.text(chosen)}: {text}" for column, text in _columns(finding, chosen) if text]
        lines += [NOTE.text(chosen).format(note=note.text(chosen)) for note in self.notes]
        return "\n".join(lines)

    def to_markdown(self, lang: str | Lang = "en") -> str:
        """The answer as Markdown: a table with one row a finding."""
        chosen = to_lang(lang)
        parts = [f"**{self.heading(chosen)}**"]
        if self.findings:
            head = " | ".join(column.text(chosen) for column in (FINDING, WHERE, EXAMPLE))
            rows = [f"| {head} |", "|---|---|---|"]
            for finding in self.findings:
                cells = [finding.sentence(chosen), *(text for _, text in _columns(finding, chosen))]
                rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
            parts.append("\n".join(rows))
        parts += [NOTE.text(chosen).format(note=note.text(chosen)) for note in self.notes]
        return "\n\n".join(parts) + "\n"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(f'{column.zh} {column.en}')}</th>" for column in (FINDING, WHERE, EXAMPLE))
        rows = []
        for finding in self.findings:
            both = [_html_columns(finding, lang) for lang in (Lang.ZH, Lang.EN)]
            cells = "".join(f"<td>{zh}<br>{en}</td>" for zh, en in zip(*both, strict=True))
            rows.append(f"<tr>{cells}</tr>")
        title = f"<b>{escape(self.heading(Lang.ZH))} · {escape(self.heading(Lang.EN))}</b>"
        notes = "".join(f"<p>{escape(note.zh)} · {escape(note.en)}</p>" for note in self.notes)
        if not rows:
            return f"<p>{title}</p>{notes}"
        return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{notes}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.explain('en')}>"


def _columns(finding: Finding, lang: Lang) -> list[tuple[Label, str]]:
    example = "" if finding.witness is None else finding.witness.text(lang, about=finding.region)
    return [(WHERE, condition_text(finding.region, lang)), (EXAMPLE, example)]


def _html_columns(finding: Finding, lang: Lang) -> list[str]:
    return [escape(finding.sentence(lang)), *(escape(text) for _, text in _columns(finding, lang))]


@attrs.frozen(kw_only=True, repr=False)
class Proved(Printed[Never]):
    """The proof that *claim* holds for every combination of facts.

    Args:
        claim: What was proved.
        notes: What a reader should know about the question, such as facts without bounds.
    """

    claim: Label
    notes: tuple[Label, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, repr=False)
class Found(Printed[FindingT_co]):
    """Everything that was found against *claim*, plainest first.

    Args:
        claim: What does not hold.
        findings: At least one.
        notes: What a reader should know about the question.
    """

    claim: Label
    findings: tuple[FindingT_co, ...] = attrs.field(converter=to_tuple)
    notes: tuple[Label, ...] = attrs.field(default=(), converter=to_tuple)


Answer: TypeAlias = Proved | Found[FindingT_co]


def answer(claim: Label, findings: Sequence[FindingT_co], *, notes: tuple[Label, ...] = ()) -> Answer[FindingT_co]:
    """The proof of *claim* if there is no finding, else what was found."""
    if not findings:
        return Proved(claim=claim, notes=notes)
    return Found(claim=claim, findings=tuple(findings), notes=notes)
