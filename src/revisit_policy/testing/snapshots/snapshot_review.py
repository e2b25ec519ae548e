"""Reviews of snapshots: what a policy says otherwise than the text that was signed, in lines and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

from revisit_policy.analysis.diff import diff
from revisit_policy.errors import AnalysisLimitError, SnapshotChangedError
from revisit_policy.testing.snapshots.signature import Signature, digest_of, signature_of
from revisit_policy.testing.snapshots.signed_text import read_signed_text
from revisit_policy.testing.snapshots.snapshot_diff import NO_RULES, RULES, UNSIGNED, SnapshotDiff, changed_lines, difference
from revisit_policy.testing.snapshots.snapshot_text import snapshot
from revisit_policy.values.labels import Label, Lang, to_lang

#: How many lines of one kind are shown; how many more there are is said.
MOST: Final = 40

MORE: Final = Label("……另有{count}行", "... and {count} more")
LINES: Final = Label("变动的行", "changed lines")
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
    now = read_signed_text(snapshot(policy, portfolio, on=on), name="the policy")
    found = difference(then, now, signature=signature_of(policy, lang=then.signature.lang))
    if not found:
        return
    error = SnapshotChangedError(name=name, changed=found.changed)
    for title, lines in ((*_of_rules(found, then.signature, chosen), *found.sections(chosen), (LINES.text(chosen), changed_lines(then, now)))):
        error.add_note("\n".join([title, *_most(list(lines), chosen)]))
    if before is not None:
        error.add_note("\n".join([MEANING.text(chosen), *_meaning(then.signature, before, policy, chosen)]))
    raise error


def _most(lines: list[str], lang: Lang) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:MOST])
    if len(lines) > MOST:
        yield f"  {MORE.filled(lang, count=len(lines) - MOST)}"


def _of_rules(found: SnapshotDiff, signature: Signature, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    """What is said of the rules where none has changed, or where the text does not tell."""
    if not signature.digest:
        yield RULES.text(lang), [UNSIGNED.text(lang)]
    elif not found.rules:
        yield RULES.text(lang), [NO_RULES.text(lang)]


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
