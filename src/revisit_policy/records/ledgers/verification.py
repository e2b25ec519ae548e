"""What holding a ledger against its heads has found."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.speech.joining import clauses
from revisit_policy.values.brief import Shown, few
from revisit_policy.values.labels import Label, Labelled, Lang, to_lang


class Flaw(Labelled, zh="瑕疵"):
    """What can be wrong with a ledger."""

    TEXT = "text", "原文与摘要不符", "a text is not the one that was recorded"
    LEAF = "leaf", "条目与其哈希不符", "an entry is not the one that was recorded"
    REWRITTEN = "rewritten", "条目被替换、调序、插入或删除", "entries were replaced, reordered, added or taken out"
    TRUNCATED = "truncated", "末尾条目缺失", "entries at the end are missing"


_AT: Final = Label("第{first}条", "entry {first}")
_AT_KEY: Final = Label("第{first}条（{key}）", "entry {first} ({key})")
_AT_FIELD: Final = Label("第{first}条（{key}）字段{field}", "entry {first} ({key}), field {field}")
_AMONG: Final = Label("第{first}条至第{last}条之间", "among entries {first} to {last}")
_COMPARED: Final = Label("：{flaw}（应为{expected}，实为{got}）", ": {flaw} (expected {expected}, got {got})")
_SOUND: Final = Label("与自身摘要相符：全部{size}条", "in agreement with their digests: all {size}")
_DROPPED: Final = Label("已删除原文的字段：{dropped}个", "fields without a text: {dropped}")
_ANCHORED: Final = Label("与另存的根哈希一致：前{anchored}条", "as a head kept elsewhere has them: the first {anchored}")
_OPEN: Final = Label(
    "无另存的根哈希可比：其后{open}条，若末尾缺失或被重写则无法发现",
    "without a head: the {open} after them; that some are missing at the end, or were written anew, would not be seen",
)


@attrs.frozen(kw_only=True)
class LedgerFinding:
    """One thing that is wrong with a ledger.

    Args:
        flaw: What is wrong.
        first: The number of the entry, from 1; of several the first that can be meant.
        last: The last that can be meant.
        key: The key of the entry; ``None`` where no single one can be named.
        field: The field whose text it is; ``None`` if it is no text.
        expected: The digest as recorded, the root of the head, or the number of entries.
        got: What follows from what is there.
    """

    flaw: Flaw
    first: int
    last: int
    key: str | None = None
    field: str | None = None
    expected: str
    got: str

    def text(self, lang: str = Lang.EN) -> str:
        """The finding on one line, without anything that was recorded.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        lang = to_lang(lang)
        one = _AT_FIELD if self.field else _AT_KEY if self.key else _AT
        place = one if self.first == self.last else _AMONG
        flaw = self.flaw.label(lang)
        parts = {"first": self.first, "last": self.last, "key": self.key, "field": self.field, "flaw": flaw}
        return place.filled(lang, **parts) + _COMPARED.filled(lang, **parts, expected=_short(self.expected), got=_short(self.got))


@attrs.frozen(kw_only=True, repr=False)
class Verification:
    """What was looked at, and what was found.

    Args:
        ledger: The name of the ledger.
        size: Its entries, each of which was worked out anew.
        anchored: How many of them, from the first, a head that was given vouches for. What comes after is sound in itself and no more.
        dropped: How many fields have no text any more. Nobody can tell from the ledger who dropped them.
        findings: What is wrong, in the order of the entries, then by heads; empty if nothing is.
    """

    ledger: str
    size: int
    anchored: int
    dropped: int
    findings: tuple[LedgerFinding, ...]

    def text(self, lang: str = Lang.EN) -> str:
        """What was found, one line each; if nothing was, how far that goes.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        lang = to_lang(lang)
        if self.findings:
            return "\n".join(finding.text(lang) for finding in self.findings)
        parts = {"size": self.size, "anchored": self.anchored, "dropped": self.dropped, "open": self.size - self.anchored}
        said = [_SOUND, *[_DROPPED] * (self.dropped > 0), *[_ANCHORED] * (self.anchored > 0), *[_OPEN] * (self.size > self.anchored)]
        return clauses((part.filled(lang, **parts) for part in said), lang)

    def __repr__(self) -> str:
        return f"Verification({', '.join(f'{name}={value!r}' for name, value in self.__rich_repr__())})"

    def __rich_repr__(self) -> Shown:
        yield "ledger", self.ledger
        yield "size", self.size
        yield "anchored", self.anchored
        yield "dropped", self.dropped
        yield "findings", few(finding.text() for finding in self.findings)


def _short(digest: str) -> str:
    return digest if digest.isdecimal() and len(digest) < 20 else f"{digest[:12]}…"  # noqa: PLR2004 - no number of entries is as long as a digest
