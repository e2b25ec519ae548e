"""Reviews of snapshots: what a policy says otherwise than the text that was signed, in lines and in words."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from revisit_policy.analysis.diff import diff
from revisit_policy.errors import AnalysisLimitError, SnapshotChangedError
from revisit_policy.language.words.wording import joined_text
from revisit_policy.testing.coverage.table_coverage import OTHERWISE
from revisit_policy.testing.snapshots.signature import Signature, digest_of, signature_of
from revisit_policy.testing.snapshots.signed_text import Cases, SignedText, parts_that_differ, read_signed_text
from revisit_policy.testing.snapshots.snapshot_text import snapshot
from revisit_policy.values.labels import Label, Lang, to_lang

#: How many lines of one kind are shown; how many more there are is said.
MOST: Final = 40

MORE: Final = Label("……另有{count}行", "... and {count} more")
LINES: Final = Label("变动的行", "changed lines")
RULES: Final = Label("签署以来变动的规则", "rules that have changed since it was signed")
NO_RULES: Final = Label("规则未变：变动的是案例组合，或规则之外的数字", "no rule has changed: the portfolio has, or figures beside the rules")
UNSIGNED: Final = Label("文本未载明签署时的规则，请重新写出", "the text does not say by which rules it was signed: write it anew")
CASES: Final = Label("结论不同的案例", "cases that are decided otherwise")
NEW: Final = Label("新增的案例", "cases that are new")
GONE: Final = Label("不复存在的案例", "cases that are no longer there")
ORDER: Final = Label("{table}：规则的次序由{before}变为{after}", "{table}: the order of its rules: {before}  ⇒  {after}")
NEW_RULE: Final = Label("（新增）{text}", "(new) {text}")
GONE_RULE: Final = Label("（已删除）{text}", "(gone) {text}")
MEANING: Final = Label("对所有可能的情形而言", "what this means for every case there can be")
EDITION_NEW: Final = Label("新版本，无可比较", "an edition that is new: there is nothing to compare it with")
EDITION_GONE: Final = Label("该版本已不存在", "an edition that is no longer there")
OTHER_BEFORE: Final = Label(
    "（`before`为政策{before}，而签署的是{signed}）", "(`before` is policy {before}, and what was signed is {signed})"
)


def signed_snapshot(policy: Any, portfolio: Iterable[Any], *, on: str | dt.date | None = None, lang: str | Lang = "en") -> str:
    """`snapshot` with the rules of *policy* at its head: the text to be signed, kept, and handed to `check_snapshot`.

    Args:
        policy: A table, a decision graph, a policy or a rulebook, as for `snapshot`.
        portfolio: The cases, as for `snapshot`.
        on: The day on which case files are judged; ``None`` if there are none.
        lang: The language in which the rules are written.

    Raises:
        InvalidValueError: If *portfolio* holds anything that is no case.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> for line in signed_snapshot(grade, [{"overdue": 91}]).splitlines()[1:]:  # the first has the digest of the policy
        ...     print(line)
        # grade: overdue-90: days past due more than 90 days → substandard
        # grade: impaired: impaired → special_mention
        # grade: otherwise: normal
        overdue=91
          grade: substandard by overdue-90
    """
    head = "".join(f"{line}\n" for line in signature_of(policy, lang=to_lang(lang)).lines)
    return head + snapshot(policy, portfolio, on=on)


def check_snapshot(  # noqa: PLR0913 - what is compared, and how it is told
    signed: str,
    policy: Any,
    portfolio: Iterable[Any],
    *,
    on: str | dt.date | None = None,
    before: Any = None,
    lang: str | Lang = "en",
    name: str = "the signed text",
) -> None:
    """Nothing, if *policy* says of every case of *portfolio* what the text *signed* says.

    What is told otherwise: the lines that changed, the rules that differ from those at the head of the text, the cases
    that moved and from what to what; and, if the policy that was signed is at hand as *before*, everything that can
    change at all, by `revisit_policy.analysis.diff`. A rule that changed without a decision on one of the cases
    changing is no difference.

    Args:
        signed: What `signed_snapshot`, or `snapshot`, once gave.
        policy: A table, a decision graph, a policy or a rulebook.
        portfolio: The cases, as for `snapshot`.
        on: The day on which case files are judged; ``None`` if there are none.
        before: The policy that was signed, if it is at hand.
        lang: The language in which it is told.
        name: What the text is called.

    Raises:
        SnapshotUnreadableError: If *signed* is no snapshot, whatever *policy* says: with the line that cannot be read.
        SnapshotChangedError: If a case is decided otherwise, is new, or is no longer there.
        InvalidValueError: If *signed* is no text, or *portfolio* holds anything that is no case.
        InvalidPolicyError: If *before* and *policy* have no table in common.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> check_snapshot(signed_snapshot(grade, [{"overdue": 91}]), grade, [{"overdue": 91}])
    """
    __tracebackhide__ = True  # pytest shows the line of the test, and what is told
    chosen = to_lang(lang)
    then = read_signed_text(signed, name=name)
    found = _Comparison(then, read_signed_text(snapshot(policy, portfolio, on=on), name="the policy"))
    if not found.changed:
        return
    error = SnapshotChangedError(name=name, changed=found.changed)
    signature = then.signature
    sections = {RULES: _rule_lines(signature, policy, chosen), CASES: found.moves(), NEW: found.fresh, GONE: found.gone, LINES: found.lines}
    for title, lines in sections.items():
        kept = list(lines)
        if kept:
            error.add_note("\n".join([title.text(chosen), *_most(kept, chosen)]))
    if before is not None:
        error.add_note("\n".join([MEANING.text(chosen), *_meaning(signature, before, policy, chosen)]))
    raise error


@attrs.frozen
class _Comparison:
    """What two snapshots say, and the cases in which they differ."""

    then: SignedText
    now: SignedText

    @property
    def _old(self) -> Cases:
        return self.then.cases

    @property
    def _new(self) -> Cases:
        return self.now.cases

    @property
    def moved(self) -> list[str]:
        """The cases that both have, and of which they say different things."""
        return [case for case in self._old if case in self._new and self._old[case] != self._new[case]]

    @property
    def fresh(self) -> list[str]:
        """The cases that only the later one has."""
        return [case for case in self._new if case not in self._old]

    @property
    def gone(self) -> list[str]:
        """The cases that only the earlier one has."""
        return [case for case in self._old if case not in self._new]

    @property
    def changed(self) -> int:
        """How many cases differ."""
        return len(self.moved) + len(self.fresh) + len(self.gone)

    def moves(self) -> Iterator[str]:
        """What is said otherwise of the cases that both have, part by part."""
        for case in self.moved:
            old, new = self._old[case], self._new[case]
            for part in parts_that_differ(old, new):
                yield f"{case}: {part}: {old.get(part, '–')}  ⇒  {new.get(part, '–')}"

    @property
    def lines(self) -> list[str]:
        """The lines that changed, each with the line before and after it."""
        found = difflib.unified_diff(self.then.said, self.now.said, lineterm="", n=1)
        return [line for line in found if not line.startswith(("---", "+++", "@@"))]


def _most(lines: list[str], lang: Lang) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:MOST])
    if len(lines) > MOST:
        yield f"  {MORE.filled(lang, count=len(lines) - MOST)}"


def _rule_lines(signature: Signature, policy: Any, lang: Lang) -> Iterator[str]:
    """The rules that differ, those that are new, and those that are gone."""
    if not signature.digest:
        yield UNSIGNED.text(lang)
        return
    old, new = signature.rules, signature_of(policy, lang=signature.lang).rules
    lines = [
        f"{table}: {rule}: {_rule_change(old.get((table, rule)), new.get((table, rule)), lang)}"
        for table, rule in parts_that_differ(old, new)
    ]
    lines += _orders(old, new, lang)
    yield from lines or [NO_RULES.text(lang)]


def _orders(old: Mapping[tuple[str, str], str], new: Mapping[tuple[str, str], str], lang: Lang) -> Iterator[str]:
    """The tables whose rules, those that both have, stand in another order."""
    for table in dict.fromkeys(table for table, _ in new):
        before, after = (
            [rule for home, rule in these if home == table and rule != OTHERWISE and (home, rule) in those]
            for these, those in ((old, new), (new, old))
        )
        if before != after:
            yield ORDER.filled(lang, table=table, before=joined_text(before, lang), after=joined_text(after, lang))


def _rule_change(before: str | None, after: str | None, lang: Lang) -> str:
    if before is None:
        return NEW_RULE.filled(lang, text=after)
    if after is None:
        return GONE_RULE.filled(lang, text=before)
    return f"{before}  ⇒  {after}"


def _meaning(signature: Signature, before: Any, policy: Any, lang: Lang) -> Iterator[str]:
    """The exact difference between the two policies in words, edition by edition."""
    digest = digest_of(before)
    if signature.digest and signature.digest != digest:
        yield OTHER_BEFORE.filled(lang, before=digest, signed=signature.digest)
    for name, old, new in _pairs(before, policy):
        if name:
            yield name
        if old is None or new is None:
            yield (EDITION_NEW if old is None else EDITION_GONE).text(lang)
            continue
        try:
            yield diff(old, new).explain(lang)
        except AnalysisLimitError as error:
            yield str(error)


def _pairs(before: Any, policy: Any) -> Iterator[tuple[str, Any, Any]]:
    """What is to be compared with what: the editions of two rulebooks by their ids, or two policies."""
    if not hasattr(before, "editions") or not hasattr(policy, "editions"):
        yield "", before, policy
        return
    old = {edition.id: edition.policy for edition in before.editions}
    new = {edition.id: edition.policy for edition in policy.editions}
    for name in dict.fromkeys((*old, *new)):
        yield name, old.get(name), new.get(name)
