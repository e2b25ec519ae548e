"""Answers: a proof that nothing was found, or everything that was found, in text, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, Generic, Never, Protocol, TypeAlias, TypeVar

import attrs

from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.language.condition import Condition
from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import condition_text
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.markup.markdown import plain
from revisit_policy.values.markup.outline import LEFT, in_languages
from revisit_policy.values.validation import to_tuple

PROVED: Final = Label("已证明：{claim}", "Proved: {claim}")
FOUND: Final = Label("不成立：{claim}（共{count}项）", "Not so: {claim} ({count} found)")
AND_ABSTRACT: Final = Label(
    "不成立：{claim}（共{count}项，另有{abstract}项未找到案例）", "Not so: {claim} ({count} found, {abstract} more without a case file)"
)
OPEN: Final = Label(
    "未证明，亦无案例否定：{claim}（{abstract}项未找到案例）", "Neither proved nor shown false by a case file: {claim} ({abstract} found without one)"
)
ABSTRACT: Final = Label("下列情形未找到对应的案例", "No case file was found that shows the following")
WHERE: Final = Label("情形", "where")
AT_MOST: Final = Label("至多在此范围内：{region}", "nowhere but within {region}")
EXAMPLE: Final = Label("举例", "for example")
FINDING: Final = Label("发现", "finding")
NOTE: Final = Label("说明：{note}", "Note: {note}")


class AnyFinding(Protocol):
    """What every finding has: where it holds, a case that shows it, and a sentence that says it."""

    @property
    def region(self) -> Condition:
        """Where it holds: all of it and nothing else, unless *is_exact* is false."""

    @property
    def is_exact(self) -> bool:
        """Whether the region is that and no more; else it is the least box around what nobody could read."""

    @property
    def witness(self) -> Witness | None:
        """Facts that show it, confirmed by the reference reader; ``None`` if it is about what never happens."""

    def sentence(self, lang: str | Lang = "en") -> str:
        """What was found, in one sentence."""


def table_text(table: Table, lang: Lang) -> str:
    """*table* in a sentence: its label in Chinese, its id in English, where ids are words."""
    return f"「{table.label.zh}」" if lang is Lang.ZH else f"`{table.id}`"


FindingT_co = TypeVar("FindingT_co", bound=AnyFinding, covariant=True)


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
    def abstract(self) -> tuple[FindingT_co, ...]:
        """What holds for some facts, of which no case file was found that has them. There may be none."""
        return ()

    @property
    def is_proved(self) -> bool:
        """True if what was hoped for has been proved."""
        return not self.findings and not self.abstract

    def __bool__(self) -> bool:
        return self.is_proved

    def __rich_repr__(self) -> Shown:
        yield Words(self.heading())
        yield "findings", few(finding.sentence() for finding in self.findings), ()
        yield "abstract", few(finding.sentence() for finding in self.abstract), ()

    def __iter__(self) -> Iterator[FindingT_co]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def heading(self, lang: str | Lang = "en") -> str:
        """What was asked and how it ended, in one sentence."""
        if self.is_proved:
            return PROVED.filled(lang, claim=self.claim.text(lang))
        template = OPEN if not self.findings else AND_ABSTRACT if self.abstract else FOUND
        return template.filled(lang, claim=self.claim.text(lang), count=len(self.findings), abstract=len(self.abstract))

    def explain(self, lang: str | Lang = "en") -> str:
        """The answer as plain text: each finding with where it holds and an example.

        Args:
            lang: ``"zh"`` or ``"en"``.
        """
        chosen = to_lang(lang)
        lines = [self.heading(chosen)]
        for number, finding in enumerate((*self.findings, *self.abstract), 1):
            if number == len(self.findings) + 1:
                lines.append(ABSTRACT.text(chosen))
            lines.append(f"{number}. {finding.sentence(chosen)}")
            lines += [f"   {column.text(chosen)}: {text}" for column, text in _columns(finding, chosen) if text]
        lines += [NOTE.filled(chosen, note=note.text(chosen)) for note in self.notes]
        return "\n".join(lines)

    def to_markdown(self, lang: str | Lang = "en") -> str:
        """The answer as Markdown: a table with one row a finding."""
        chosen = to_lang(lang)
        parts = [f"**{plain(self.heading(chosen))}**"]
        for findings in filter(None, (self.findings, self.abstract)):
            if findings is self.abstract:
                parts.append(ABSTRACT.text(chosen))
            parts.append(_grid(findings, chosen).markdown())
        parts += [plain(NOTE.filled(chosen, note=note.text(chosen))) for note in self.notes]
        return "\n\n".join(parts) + "\n"

    def to_rows(self, lang: str | Lang = "en") -> tuple[dict[str, object], ...]:
        """One flat row a finding, in their order, for a data frame, a file or a column of JSON; none if the claim is proved.

        A row has what kind of finding it is (``kind``), the sentence (``finding``), where it holds (``where``), an example
        (``example``, ``None`` if it is about what never happens) and whether a case file shows it (``is_shown``).

        Args:
            lang: ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is no language of ours.

        Examples:
            >>> from revisit_policy import analysis
            >>> from revisit_policy.testing.example import grade
            >>> analysis.gaps(grade).to_rows()
            ()
        """
        chosen = to_lang(lang)
        found = (*((finding, True) for finding in self.findings), *((finding, False) for finding in self.abstract))
        return tuple(_row(finding, chosen, is_shown=is_shown) for finding, is_shown in found)

    def _repr_html_(self) -> str:
        return in_languages(self.heading, self._html)

    def _html(self, lang: Lang) -> str:
        parts = []
        for findings in filter(None, (self.findings, self.abstract)):
            if findings is self.abstract:
                parts.append(f"<p{LEFT}>{escape(ABSTRACT.text(lang))}</p>")
            parts.append(_grid(findings, lang).html())
        parts += [f"<p{LEFT}>{escape(NOTE.filled(lang, note=note.text(lang)))}</p>" for note in self.notes]
        return "".join(parts)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.explain('en')}>"


def _columns(finding: AnyFinding, lang: Lang) -> list[tuple[Label, str]]:
    example = "" if finding.witness is None else finding.witness.text(lang, about=finding.region)
    region = condition_text(finding.region, lang)
    return [(WHERE, region if finding.is_exact else AT_MOST.filled(lang, region=region)), (EXAMPLE, example)]


def _row(finding: AnyFinding, lang: Lang, *, is_shown: bool) -> dict[str, object]:
    where, example = (text for _, text in _columns(finding, lang))
    told = {"kind": type(finding).__name__, "finding": finding.sentence(lang), "where": where}
    return {**told, "example": example or None, "is_shown": is_shown}


def _grid(findings: Iterable[AnyFinding], lang: Lang) -> Grid:
    rows = [[finding.sentence(lang), *(text for _, text in _columns(finding, lang))] for finding in findings]
    return Grid([column.text(lang) for column in (FINDING, WHERE, EXAMPLE)], rows)


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
        findings: What is shown by a case file, or by facts where facts are not made from case files.
        abstract: What holds for some facts, of which no case file was found that has them; there may be none.
        notes: What a reader should know about the question.
    """

    claim: Label
    findings: tuple[FindingT_co, ...] = attrs.field(converter=to_tuple)
    abstract: tuple[FindingT_co, ...] = attrs.field(default=(), converter=to_tuple)
    notes: tuple[Label, ...] = attrs.field(default=(), converter=to_tuple)


Answer: TypeAlias = Proved | Found[FindingT_co]


def answer(claim: Label, findings: Sequence[FindingT_co], *, notes: tuple[Label, ...] = ()) -> Answer[FindingT_co]:
    """The proof of *claim* if there is no finding, else what was found: what no case file shows stands apart."""
    if not findings:
        return Proved(claim=claim, notes=notes)
    shown, abstract = set_apart(findings)
    return Found(claim=claim, findings=shown, abstract=abstract, notes=notes)


def set_apart(findings: Sequence[FindingT_co]) -> tuple[tuple[FindingT_co, ...], tuple[FindingT_co, ...]]:
    """The *findings* that are shown by their witnesses, and those whose witness is abstract."""
    is_abstract = [finding.witness is not None and finding.witness.is_abstract for finding in findings]
    pairs = list(zip(findings, is_abstract, strict=True))
    return tuple(finding for finding, is_it in pairs if not is_it), tuple(finding for finding, is_it in pairs if is_it)
