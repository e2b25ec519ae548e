"""Where a figure or rule comes from, and how much weight that carries."""

import re
from typing import Final

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Label, Labelled, Lang, to_lang
from revisit_policy.values.validation import fault, gather, gathering, refused, to_text
from revisit_policy.values.verified import Verified, to_verified, verified_text

_ARTICLE: Final = re.compile(r"\d+([-–,、 ]+\d+)*", re.ASCII)
_COMMA: Final = re.compile(r" *, *")


class Standing(Labelled, zh="效力"):
    """What kind of source stands behind a statement; no standing makes another one true.

    The first eight bind a bank, the others do not. ``REGULATION`` is for a country that has no finer kinds, or a source whose kind
    nobody looked up.
    """

    LAW = "law", "法律", "law"
    JUDICIAL_INTERPRETATION = "judicial_interpretation", "司法解释", "judicial interpretation"
    ADMINISTRATIVE_REGULATION = "administrative_regulation", "行政法规", "administrative regulation"
    LOCAL_REGULATION = "local_regulation", "地方性法规", "local regulation"
    DEPARTMENTAL_RULE = "departmental_rule", "部门规章", "departmental rule"
    NORMATIVE_DOCUMENT = "normative_document", "规范性文件", "normative document"
    RETURN_INSTRUCTION = "return_instruction", "监管报表说明", "instruction of a regulatory return"
    REGULATION = "regulation", "监管规定", "regulation"
    NATIONAL_STANDARD = "national_standard", "国家标准（推荐）", "national standard, recommended"
    SELF_REGULATION = "self_regulation", "自律规则", "self-regulation"
    BANK_RULE = "bank_rule", "行内制度", "the bank's own rule"
    BANK_PRACTICE = "bank_practice", "银行惯例", "bank practice"
    PROPOSAL = "proposal", "系统建议值（未经本行批准）", "proposal, not approved by the bank"

    @property
    def is_binding(self) -> bool:
        """Whether a source of this kind binds a bank: then the source has to be named so that it can be looked up."""
        return self in _BINDING


_BINDING: Final = frozenset(tuple(Standing)[: tuple(Standing).index(Standing.REGULATION) + 1])


def to_standing(value: Standing | str) -> Standing:
    """The standing itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Standing.parse(value)


def to_label(value: Label | tuple[str, str]) -> Label:
    """A label, or the pair of its Chinese and English texts.

    Raises:
        InvalidValueError: If it is neither.
        InvalidInputError: If a text of the pair is empty.
    """
    if isinstance(value, Label):
        return value
    match value:
        case (zh, en):
            return Label(zh, en)
    raise refused(value, Phrase("Label 或（中文，英文）一对", "a Label or a (zh, en) pair"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Citation:
    """The source of a rule or figure.

    A figure from memory is not verified, whatever its source: *verified* says what somebody compared with the text.

    Args:
        document: Title in both languages, as a label or a ``(zh, en)`` pair; ``None`` if there is none.
        number: Document number (文号), the same in both languages; ``None`` if unknown.
        article: Article number, or another place in words; ``None`` for the whole document.
        in_force_from: First day in force; ``None`` if unknown.
        in_force_to: First day no longer in force; ``None`` if still in force or unknown.
        standing: What kind of source it is, or its code.
        verified: What was compared with the text: some of `Verified` or their codes, kept in the order of that class. ``True`` is
            read as the figure alone, ``False`` as nothing.

    Raises:
        InvalidInputError: If a field is malformed, what binds has neither document nor number, a proposal claims to
            be verified, or the days in force are in the wrong order.

    Examples:
        >>> measures = Citation(
        ...     document=("商业银行金融资产风险分类办法", "Measures for the Risk Classification of Financial Assets"),
        ...     number="银保监会 中国人民银行令〔2023〕第1号",
        ...     article="11",
        ...     in_force_from="2023-07-01",
        ...     standing="departmental_rule",
        ...     verified=("figure", "article"),
        ... )
        >>> measures.text("zh")
        '商业银行金融资产风险分类办法（银保监会 中国人民银行令〔2023〕第1号）第11条 · 部门规章 · 已核对数值、条文号'
    """

    document: Label | None = attrs.field(default=None, converter=attrs.converters.optional(to_label))
    number: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))
    article: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))
    in_force_from: Date | None = attrs.field(default=None, converter=attrs.converters.optional(to_date))
    in_force_to: Date | None = attrs.field(default=None, converter=attrs.converters.optional(to_date))
    standing: Standing = attrs.field(converter=to_standing)
    verified: tuple[Verified, ...] = attrs.field(default=(), converter=to_verified)

    def __attrs_post_init__(self) -> None:
        gather(self, _regulation_is_named, _proposal_is_ours, _days_are_in_order)

    def is_in_force(self, on: Date) -> bool:
        """Whether the source was in force on a day; an unknown bound is taken as open."""
        on = to_date(on, field="on")
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and (self.in_force_to is None or on < self.in_force_to)

    def lang(self, lang: str) -> Lang:
        """The language of a code, which has to be one of ours or of its title, or a `Lang` as it is."""
        return to_lang(lang) if self.document is None else self.document.lang(lang)

    def text(self, lang: str = Lang.EN) -> str:
        """The citation on one line: source, standing, and what was verified; of a proposal there is nothing that could be.

        Args:
            lang: ``"zh"``, ``"en"`` or a `Lang`. The document number stays as it was issued.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = self.lang(lang)
        compared = "" if self.standing is Standing.PROPOSAL else verified_text(self.verified, chosen)
        parts = (_source(self, chosen), self.standing.labels.filled(chosen), compared)
        return " · ".join(part for part in parts if part)


def to_citation(value: Citation) -> Citation:
    """The citation itself.

    Raises:
        InvalidValueError: If it is none.
    """
    if isinstance(value, Citation):
        return value
    raise refused(value, Phrase("Citation", "a Citation"))


def _source(citation: Citation, lang: Lang) -> str:
    zh = lang is Lang.ZH
    title = citation.document.text(lang) if citation.document else ""
    number = citation.number or ""
    if title and number:
        title, number = (f"{title}（{number}）", "") if zh else (f"{title} ({number})", "")
    place = citation.article or ""
    if _ARTICLE.fullmatch(place):
        place = f"第{_COMMA.sub('、', place)}条" if zh else f"Art. {place}"
    elif zh and place:
        place = f" {place}"
    return ("" if zh else " ").join(part for part in (title, number, place) if part).strip()


def _regulation_is_named(citation: Citation) -> InvalidValueError | None:
    if not citation.standing.is_binding or citation.document or citation.number:
        return None
    return fault("document", None, Phrase("法规须填写，除非已填文号", "given for a regulation, unless its number is"))


def _proposal_is_ours(citation: Citation) -> InvalidValueError | None:
    if citation.standing is not Standing.PROPOSAL or not citation.verified:
        return None
    return fault("verified", citation.verified, Phrase("建议不填：无来源可供核实", "left out for a proposal: there is no source to verify it against"))


def _days_are_in_order(citation: Citation) -> InvalidValueError | None:
    if citation.in_force_from is None or citation.in_force_to is None or citation.in_force_from < citation.in_force_to:
        return None
    return fault(
        "in_force_to",
        citation.in_force_to,
        Phrase("晚于 `in_force_from`（{in_force_from}）", "after `in_force_from` ({in_force_from})", in_force_from=citation.in_force_from),
    )
