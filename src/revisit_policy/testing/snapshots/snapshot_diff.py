"""Differences of snapshots: what one text says otherwise than another, case by case and rule by rule, as a value."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from revisit_policy.language.words.wording import joined_text
from revisit_policy.testing.coverage.table_coverage import OTHERWISE
from revisit_policy.testing.snapshots.signature import Signature
from revisit_policy.testing.snapshots.signed_text import Cases, SignedText, parts_that_differ, read_signed_text
from revisit_policy.values.brief import Shown, few
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.markup.outline import folded, in_languages, outline
from revisit_policy.values.unchecked import unchecked
from revisit_policy.values.validation import gather, gathering, to_text, to_tuple_of

_HEADING: Final = Label("结论不同、新增或不复存在的案例：{count}", "cases decided otherwise, new or gone: {count}")
RULES: Final = Label("签署以来变动的规则", "rules that have changed since it was signed")
NO_RULES: Final = Label("规则未变：变动的是案例组合，或规则之外的数字", "no rule has changed: the portfolio has, or figures beside the rules")
UNSIGNED: Final = Label("文本未载明签署时的规则，请重新写出", "the text does not say by which rules it was signed: write it anew")
CASES: Final = Label("结论不同的案例", "cases that are decided otherwise")
NEW: Final = Label("新增的案例", "cases that are new")
GONE: Final = Label("不复存在的案例", "cases that are no longer there")
ORDER: Final = Label("{table}：规则的次序由{before}变为{after}", "{table}: the order of its rules: {before}  ⇒  {after}")
NEW_RULE: Final = Label("（新增）{text}", "(new) {text}")
GONE_RULE: Final = Label("（已删除）{text}", "(gone) {text}")


@attrs.frozen(kw_only=True, field_transformer=gathering)
class SnapshotChange:
    """One thing that is said otherwise.

    Args:
        of: The heading of the case, or the table of the rule.
        part: What of it: a table or a line of the case, or the rule.
        before: What the earlier text says; ``None`` if it says nothing of it.
        after: What the later one says; likewise.

    Raises:
        InvalidInputError: If a text is none, or lies on several lines.
    """

    of: str = attrs.field(converter=to_text)
    part: str = attrs.field(converter=to_text)
    before: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))
    after: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_text))

    def __attrs_post_init__(self) -> None:
        gather(self)

    def __str__(self) -> str:
        return f"{self.of}: {self.part}: {self.before or '–'}  ⇒  {self.after or '–'}"


def _to_changes(values: Iterable[SnapshotChange]) -> tuple[SnapshotChange, ...]:
    return to_tuple_of(SnapshotChange, values)


def _to_names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(to_text, to_tuple_of(str, values)))


def _to_signature(value: tuple[SnapshotChange, ...] | None) -> tuple[SnapshotChange, ...] | None:
    return None if value is None else _to_changes(value)


@attrs.frozen(kw_only=True, repr=False, field_transformer=gathering)
class SnapshotDiff:
    """What one snapshot says otherwise than another.

    Args:
        moves: What is said otherwise of the cases that both have, part by part.
        new: The headings of the cases that only the later one has.
        gone: Those of the cases that only the earlier one has.
        rules: The rules that differ, those that one of the two lacks, and as ``(order)`` the tables whose rules stand in another order;
            ``None`` if one of the two does not say by which rules it was written.

    Raises:
        InvalidInputError: If fields are malformed.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> from revisit_policy.testing.snapshots.snapshot_text import snapshot
        >>> signed = snapshot(grade, [{"overdue": 91}])
        >>> found = snapshot_diff(signed, signed.replace("substandard by overdue-90", "normal"))
        >>> found, bool(found), found.changed
        (<SnapshotDiff 1 case>, True, 1)
        >>> print(found.explain())
        cases decided otherwise, new or gone: 1
          cases that are decided otherwise
            overdue=91: grade: substandard by overdue-90  ⇒  normal
    """

    moves: tuple[SnapshotChange, ...] = attrs.field(default=(), converter=_to_changes)
    new: tuple[str, ...] = attrs.field(default=(), converter=_to_names)
    gone: tuple[str, ...] = attrs.field(default=(), converter=_to_names)
    rules: tuple[SnapshotChange, ...] | None = attrs.field(default=None, converter=_to_signature)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def __bool__(self) -> bool:
        return bool(self.changed)

    @property
    def changed(self) -> int:
        """How many cases are decided otherwise, new or gone. A rule that changed without a case doing so is no difference."""
        return len(dict.fromkeys(move.of for move in self.moves)) + len(self.new) + len(self.gone)

    def sections(self, lang: str | Lang = "en") -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The headings that there is something under, each with its lines: rules, then cases, new ones, and those that are gone.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = to_lang(lang)
        rules = () if self.rules is None else tuple(_rule_line(each, chosen) for each in self.rules)
        found = {RULES: rules, CASES: tuple(map(str, self.moves)), NEW: self.new, GONE: self.gone}
        return tuple((title.text(chosen), lines) for title, lines in found.items() if lines)

    def explain(self, lang: str | Lang = "en") -> str:
        """The difference as plain text: how many cases, then every section.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        return "\n".join(self._lines(to_lang(lang)))

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield _HEADING.filled(lang, count=self.changed)
        for title, lines in self.sections(lang):
            yield f"  {title}"
            yield from (f"    {line}" for line in lines)

    def to_html(self, lang: str | Lang = "en") -> str:
        """The same as HTML that needs no style sheet.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = to_lang(lang)
        return folded(_HEADING.filled(chosen, count=self.changed), self._html(chosen), lang=chosen, is_open=True)

    def _html(self, lang: Lang) -> str:
        return outline(line.removeprefix("  ") for line in self.explain(lang).split("\n")[1:])

    def _repr_html_(self) -> str:
        return in_languages(self.explain, self._html)

    def __repr__(self) -> str:
        return f"<SnapshotDiff {self.changed} {'case' if self.changed == 1 else 'cases'}>"

    def __rich_repr__(self) -> Shown:
        yield "changed", self.changed
        yield "moves", few(map(str, self.moves)), ()
        yield "new", few(self.new), ()
        yield "gone", few(self.gone), ()
        yield "rules", few(str(each) for each in self.rules or ()), ()


#: What has been read from a text is taken as it stands there, whatever people wrote into it.
_change, _diff = unchecked(SnapshotChange), unchecked(SnapshotDiff)


def snapshot_diff(before: str, after: str) -> SnapshotDiff:
    """What the snapshot *after* says otherwise than the one *before*, both as `snapshot` or `signed_snapshot` gave them.

    Raises:
        InvalidValueError: If one of them is no text.
        SnapshotUnreadableError: If one of them is no snapshot, with the line that cannot be read.
    """
    return difference(read_signed_text(before, name="before"), read_signed_text(after, name="after"))


def difference(then: SignedText, now: SignedText, *, signature: Signature | None = None) -> SnapshotDiff:
    """What *now* says otherwise than *then*; the *signature* is that of *now* where its text does not have it."""
    old, new = then.cases, now.cases
    rules = now.signature if signature is None else signature
    return _diff(
        moves=tuple(_moves(old, new)),
        new=tuple(case for case in new if case not in old),
        gone=tuple(case for case in old if case not in new),
        rules=tuple(_rules(then.signature, rules)) if then.signature.digest and rules.digest else None,
    )


def changed_lines(then: SignedText, now: SignedText) -> list[str]:
    """The lines that changed, each with the line before and after it."""
    found = difflib.unified_diff(then.said, now.said, lineterm="", n=1)
    return [line for line in found if not line.startswith(("---", "+++", "@@"))]


def _moves(old: Cases, new: Cases) -> Iterator[SnapshotChange]:
    for case in old:
        if case in new and old[case] != new[case]:
            for part in parts_that_differ(old[case], new[case]):
                yield _change(of=case, part=part, before=old[case].get(part), after=new[case].get(part))


def _rules(then: Signature, now: Signature) -> Iterator[SnapshotChange]:
    """The rules that differ, those that are new, and those that are gone."""
    old, new = then.rules, now.rules
    for table, rule in parts_that_differ(old, new):
        yield _change(of=table, part=rule, before=old.get((table, rule)), after=new.get((table, rule)))
    yield from _orders(old, new, then.lang)


def _orders(old: Mapping[tuple[str, str], str], new: Mapping[tuple[str, str], str], lang: Lang) -> Iterator[SnapshotChange]:
    """The tables whose rules, those that both have, stand in another order."""
    for table in dict.fromkeys(table for table, _ in new):
        before, after = (
            [rule for home, rule in these if home == table and rule != OTHERWISE and (home, rule) in those]
            for these, those in ((old, new), (new, old))
        )
        if before != after:
            yield _change(of=table, part=_ORDER, before=joined_text(before, lang), after=joined_text(after, lang))


#: What stands for the order of the rules of a table: the id of no rule.
_ORDER: Final = "(order)"


def _rule_line(change: SnapshotChange, lang: Lang) -> str:
    if change.part == _ORDER:
        return ORDER.filled(lang, table=change.of, before=change.before, after=change.after)
    told = f"{change.before}  ⇒  {change.after}"
    if change.before is None:
        told = NEW_RULE.filled(lang, text=change.after)
    elif change.after is None:
        told = GONE_RULE.filled(lang, text=change.before)
    return f"{change.of}: {change.part}: {told}"
